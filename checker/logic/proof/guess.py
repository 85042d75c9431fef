"""A lead found without the solver: by following a condition's own words, and asking `evaluate` whether it fits.

A lead that is found settles that there is one. Where none is found nothing is settled, and the solver is asked. Most
conditions of a sound agreement are met by the first lead that is tried, so that the solver need not even be loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from checker.agreement import Agreement
from checker.agreement.conditions import AllOf, AnyOf, AtLeastOf, FieldIs, FieldTest, Meets, NoneOf, Question
from checker.agreement.fields import FieldValue, read_operand
from checker.logic.criteria import DoneAction, Lead, LeadValue, evaluate
from checker.logic.proof.cells import ALWAYS_KNOWN, ON, family, told, unlike
from checker.logic.proof.history import LAST
from checker.logic.proof.modes import Mode
from checker.logic.proof.reach import Reach, counts_points, recognised

MOST_TRIES = 24
"""So many leads are tried; a condition that they all fail is for the solver."""
Goal = tuple[Question, Mode]
Allowed = Mapping[str, Sequence[LeadValue]]
"""Field -> the values that it may still have."""


def guessed(agreement: Agreement, reach: Reach, goals: Sequence[Goal]) -> Lead | None:
    """A lead that gives all these answers, if the first few tries find one."""
    guess = _Guess(agreement, reach)
    for number, lead in enumerate(guess.leads(list(goals), guess.values)):
        if all(mode.takes(evaluate(asked, lead, agreement, ON)) for asked, mode in goals):
            return lead
        if number >= MOST_TRIES:
            break
    return None


class _Guess:
    def __init__(self, agreement: Agreement, reach: Reach) -> None:
        self.agreement = agreement
        self.values = {name: self._values_of(name, list(tests)) for name, tests in reach.tests.items()}
        asks_history = reach.asks_points or any(name in reach.tests for name in LAST)
        self._actions = list(agreement.sections.actions or {}) if asks_history else []
        if self._actions:
            self.values["actions"] = [None, *self._histories()]
            for name in LAST:
                self.values.pop(name, None)

    def _values_of(self, name: str, tests: list[FieldTest]) -> list[LeadValue]:
        """Some values to try, blanks last: those of a closed list, or those that tests name and their neighbours."""
        kind = self.agreement.field_kind(name) or ""
        blank: list[LeadValue] = [] if name in ALWAYS_KNOWN else [None]
        if kind == "yes or no":
            return [True, False, *blank]
        listed = self.agreement.field_values(name)
        if listed is not None:
            return [*([value] if family(kind) == "several" else value for value in listed), *blank]
        named = [read_operand(kind, operand) for test in tests for operand in test.operands]
        if family(kind) == "text":
            return [*map(str, named), unlike([str(operand) for operand in named]), *blank]
        if family(kind) == "date":
            return [*self._days(named), *blank]
        return [*(number for number in _numbers(named) if self._makes_sense(name, number)), *blank]

    def _days(self, named: Sequence[FieldValue]) -> Iterator[LeadValue]:
        for day in named:
            if isinstance(day, date):
                yield day
                yield from (day + timedelta(days=days) for days in (1, -1) if date.min < day < date.max)
        yield ON

    def _makes_sense(self, name: str, number: int | Fraction) -> bool:
        """Whether a number lies in the bounds of a field; without bounds, whether it is one that there surely is."""
        field = self.agreement.fields.get(name)
        least, most = (field.from_, field.to) if field is not None else (None, None)
        return (number >= (0 if least is None else least)) and (most is None or number <= most)

    def _histories(self) -> Iterator[list[DoneAction]]:
        """One action once, the most telling first; all of them, each as the last one."""
        actions = self.agreement.sections.actions or {}
        ordered = sorted(self._actions, key=lambda name: -(actions[name].points or 0))
        yield from ([DoneAction(name, ON)] for name in ordered)
        for last in ordered:
            yield [DoneAction(name, ON) for name in (last, *(other for other in ordered if other != last))]

    def leads(self, goals: list[Goal], allowed: Allowed) -> Iterator[Lead]:
        """Leads that may give these answers: each goal narrows down the values of its fields."""
        if not goals:
            yield {name: self._first(name, values) for name, values in allowed.items()}
            return
        (asked, mode), rest = goals[0], goals[1:]
        match asked:
            case FieldIs():
                yield from self._narrowed(asked, mode, rest, allowed)
            case Meets():
                yield from self.leads([(self.agreement.named_conditions[asked.name], mode), *rest], allowed)
            case AllOf() | AnyOf() | NoneOf():
                way = mode.of_opposite if isinstance(asked, NoneOf) else mode
                parts = [(part, way) for part in asked.parts]
                if mode.asks_for_yes is not isinstance(asked, AnyOf):
                    yield from self.leads([*parts, *rest], allowed)
                else:
                    for part in parts:
                        yield from self.leads([part, *rest], allowed)
            case AtLeastOf():
                needed = asked.count if mode.asks_for_yes else len(asked.parts) - asked.count + 1
                parts = [(part, mode) for part in asked.parts]
                for start in range(max(1, len(parts))):
                    chosen = (parts[start:] + parts[:start])[: max(0, needed)]
                    yield from self.leads([*chosen, *rest], allowed)

    def _narrowed(self, leaf: FieldIs, mode: Mode, rest: list[Goal], allowed: Allowed) -> Iterator[Lead]:
        if leaf.field == "persona":
            yield from self.leads([*self._persona(leaf, mode), *rest], allowed)
            return
        is_history = bool(self._actions) and (leaf.field in (*LAST, "actions") or self._is_counted(leaf))
        name = "actions" if is_history else leaf.field
        fitting = [value for value in allowed[name] if mode.takes(self._told(leaf, value, is_history=is_history))]
        if fitting:
            yield from self.leads(rest, {**allowed, name: fitting})

    def _is_counted(self, leaf: FieldIs) -> bool:
        return leaf.field == "points" and counts_points(self.agreement)

    def _told(self, leaf: FieldIs, value: LeadValue, *, is_history: bool) -> bool | None:
        if is_history:
            return evaluate(leaf, {"actions": value}, self.agreement, ON)
        return told(self.agreement, leaf.field, leaf.test, value)

    def _persona(self, leaf: FieldIs, mode: Mode) -> list[Goal]:
        """What makes a lead one of the first persona that gives the answer."""
        for name, node in recognised(self.agreement):
            if mode.takes(evaluate(leaf, {"persona": name}, self.agreement, ON)):
                return [(node, Mode.SURELY)]
        return []

    def _first(self, name: str, values: Sequence[LeadValue]) -> LeadValue:
        """The value to try: a blank where nothing was narrowed down and a field may be blank."""
        is_free = values is self.values[name] and name not in ALWAYS_KNOWN
        return None if is_free else values[0]


def _numbers(named: Sequence[FieldValue]) -> Iterator[int | Fraction]:
    """Numbers that tests name, if whole, and the whole numbers beside them."""
    for number in named:
        if isinstance(number, Fraction):
            yield from (floor(number) + step for step in (0, 1, -1))
    yield from (1, 0)
