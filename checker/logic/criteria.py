"""Conditions put to one lead: yes, no or cannot tell.

This is the plain meaning of conditions. What evaluates millions of leads at once (`checker.funnel`) and what proves
things of all leads must agree with it.

A lead is a mapping of field ids to values: text, numbers (exact), `date`, `bool`, or a list of them. A field that is
there with the value None or "" is blank; NOTHING says that there is none, and that this is known; a field that is
absent is not in the data at all, and nothing can be told of it, not even whether it is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import product
from typing import TypeAlias, cast

from checker.agreement.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    FieldIs,
    FieldTest,
    Kind,
    Meets,
    NoneOf,
    Question,
    question,
)
from checker.agreement.fields import Field, FieldValue, Points, read_operand
from checker.logic.dates import earlier
from checker.logic.three_valued import Answer, at_least, every, opposite, some


@dataclass(frozen=True, slots=True)
class DoneAction:
    """An action that a lead did, and on which day."""

    action: str
    on: date


Value: TypeAlias = str | bool | int | Decimal | Fraction | date


class Nothing(Enum):
    """What is known to be none, unlike a blank, of which nothing is known."""

    NOTHING = "none"


NOTHING = Nothing.NOTHING
LeadValue: TypeAlias = Value | Nothing | Sequence[Value] | Sequence[DoneAction] | None
Lead: TypeAlias = Mapping[str, LeadValue]

OR_LATER, BEFORE = " or later", "before "


def folded(text: str) -> str:
    """Text without the difference of capitals: letter by letter, as SQL's LOWER does it. Accents count."""
    return "".join(letter.lower()[0] for letter in text)


def is_blank(value: LeadValue) -> bool:
    """Whether a field holds nothing."""
    return value is None or value == "" or (isinstance(value, Sequence) and not len(value))


# ---------------------------------------------------------------- one test, one value


def passes(test: FieldTest, value: LeadValue, kind: str, stages: Sequence[str] = ()) -> Answer:
    """Whether a value passes a test; None where the value is blank and the test asks for more than that.

    `kind` is the kind of the field (`money`, `one of` ...); `stages` are the agreement's, in order, for the field
    `stage`. Of several values one that passes is enough. A test whose operands do not fit the kind passes nothing
    and fails nothing: None.
    """
    if isinstance(value, Nothing):
        return passes_nothing(test)
    blank = is_blank(value)
    match test.kind:
        case Kind.KNOWN:
            return not blank
        case Kind.NOT_KNOWN:
            return blank
        case Kind.NOT_ONE_OF:
            return opposite(passes(FieldTest(Kind.ONE_OF, test.operands, test.written), value, kind, stages))
    if blank:
        return None
    try:
        operands = tuple(read_operand(kind, operand) for operand in test.operands)
    except ValueError:
        return None
    values = _each(value)
    if kind == "stage":
        allowed = {name for operand in operands for name in stages_meant(str(operand), stages)}
        return any(item in allowed for item in values)
    return any(_passes(test.kind, operands, _comparable(item, kind)) for item in values)


def _each(value: LeadValue) -> list[Value]:
    """The values of a field that may hold several; of dated actions their names."""
    many = value if isinstance(value, (list, tuple)) else [value]
    return [item.action if isinstance(item, DoneAction) else cast("Value", item) for item in many]


def stages_meant(written: str, stages: Sequence[str]) -> tuple[str, ...]:
    """The stages that `mql`, `mql or later` or `before mql` stand for; none for an unknown stage."""
    name = written.removesuffix(OR_LATER).removeprefix(BEFORE)
    if name not in stages:
        return ()
    index = list(stages).index(name)
    if written.endswith(OR_LATER):
        return tuple(stages[index:])
    return tuple(stages[:index]) if written.startswith(BEFORE) else (name,)


def _comparable(value: Value, kind: str) -> FieldValue:
    """A value as the type that operands of this kind have."""
    if isinstance(value, (bool, date, Fraction)):
        return value
    if isinstance(value, (int, Decimal)) and kind not in ("text", "one of"):
        return Fraction(value)
    return str(value)


def _passes(kind: Kind, operands: tuple[FieldValue, ...], value: FieldValue) -> bool:
    if kind is Kind.CONTAINS:
        return isinstance(value, str) and folded(str(operands[0])) in folded(value)
    if kind is Kind.ONE_OF:
        return any(_same(value, operand) for operand in operands)
    if not _ordered_alike(value, operands):
        return False
    bounds = cast("tuple[Fraction, ...]", operands)
    number = cast("Fraction", value)
    match kind:
        case Kind.AT_LEAST:
            return number >= bounds[0]
        case Kind.AT_MOST:
            return number <= bounds[0]
        case Kind.MORE_THAN:
            return number > bounds[0]
        case Kind.LESS_THAN:
            return number < bounds[0]
        case _:
            return bounds[0] <= number <= bounds[1]


def _same(value: FieldValue, operand: FieldValue) -> bool:
    if isinstance(value, str) and isinstance(operand, str):
        return folded(value) == folded(operand)
    return type(value) is type(operand) and value == operand


def _ordered_alike(value: FieldValue, operands: tuple[FieldValue, ...]) -> bool:
    """Whether the value and the bounds are all numbers or all dates: words have no order."""
    return any(all(type(item) is kind for item in (value, *operands)) for kind in (Fraction, date))


# ---------------------------------------------------------------- conditions


def evaluate(asked: Question, lead: Lead, agreement: Agreement, on: date | None = None) -> Answer:
    """Whether a lead fits a condition.

    `on` is the day of the judged event (or of the cut-off), from which `days ago` and the window of the points
    count back; without it, what needs a day cannot be told.
    """
    return _Evaluation(lead, agreement, on).answer(asked, frozenset())


def points_left(lead: Lead, agreement: Agreement, on: date) -> Fraction | None:
    """The points that a lead has on a day: what its dated actions add up to, less what it loses.

    None where its actions are not known, or whether it loses some cannot be told.
    """
    possible = _Evaluation(lead, agreement, on).possible_points(frozenset())
    return possible.pop() if len(possible) == 1 else None


class _Evaluation:
    """One lead under evaluation; `open_names` are the groups and stages whose conditions are being followed."""

    def __init__(self, lead: Lead, agreement: Agreement, on: date | None) -> None:
        self.lead = lead
        self.agreement = agreement
        self.on = on

    def answer(self, asked: Question, open_names: frozenset[str]) -> Answer:
        match asked:
            case FieldIs():
                return self._field_is(asked, open_names)
            case Meets():
                node = self.agreement.named_conditions.get(asked.name)
                if node is None or asked.name in open_names:
                    return None
                return self.answer(node, open_names | {asked.name})
            case AtLeastOf():
                return at_least(asked.count, self._parts(asked, open_names))
            case AllOf():
                return every(self._parts(asked, open_names))
            case AnyOf():
                return some(self._parts(asked, open_names))
            case NoneOf():
                return opposite(some(self._parts(asked, open_names)))

    def _parts(self, asked: AllOf | AnyOf | NoneOf | AtLeastOf, open_names: frozenset[str]) -> list[Answer]:
        return [self.answer(part, open_names) for part in asked.parts]

    def _field_is(self, leaf: FieldIs, open_names: frozenset[str]) -> Answer:
        kind = self.agreement.field_kind(leaf.field)
        if kind is None:
            return None
        if leaf.field == "persona" and "persona" not in self.lead:
            return self._persona_is(leaf.test, open_names)
        if leaf.field == "points" and "points" not in self.lead:
            answers = {passes(leaf.test, points, kind) for points in self.possible_points(open_names)}
            return answers.pop() if len(answers) == 1 else None
        found, value = self._value(leaf.field)
        if not found:
            return None
        if kind == "days ago" and isinstance(value, date):
            value = None if self.on is None else (self.on - value).days
        field = self.agreement.fields.get(leaf.field)
        if field is not None and is_blank(value):
            value = meaning_of_blank(field, kind)
        return passes(leaf.test, value, kind, list(self.agreement.stages))

    def _value(self, name: str) -> tuple[bool, LeadValue]:
        """Whether the data has the field, and its value."""
        if name in self.lead:
            return True, self.lead[name]
        if name == "mode":
            found, last = self._value("last_action")
            return found, None if is_blank(last) else self._mode_shown_by(str(last))
        if name == "last_action" and (done := self._done_actions()) is not None:
            return True, max(done, key=lambda item: item.on).action if done else None
        return False, None

    def _mode_shown_by(self, action: str) -> str | None:
        known = (self.agreement.sections.actions or {}).get(folded(action))
        return known.mode if known else None

    def _done_actions(self) -> list[DoneAction] | None:
        """The dated actions of a lead; None where there are none of them in the data, or they have no dates."""
        actions = self.lead.get("actions")
        if "actions" not in self.lead or isinstance(actions, str):
            return None
        done = [item for item in cast("Sequence[object]", actions or ()) if isinstance(item, DoneAction)]
        return done if len(done) == len(cast("Sequence[object]", actions or ())) else None

    # ------------------------------------------------------------ persona, points

    def _persona_is(self, test: FieldTest, open_names: frozenset[str]) -> Answer:
        """The first persona that surely fits; where none does, some may, or it is known that there is none."""
        unsure = False
        for name, persona in (self.agreement.sections.personas or {}).items():
            if persona.recognised_by is None or f"persona {name}" in open_names:
                continue
            node = question(persona.recognised_by, ("personas", name, "recognised_by"))
            answer = self.answer(node, open_names | {f"persona {name}"})
            if answer:
                return passes(test, name, "persona")
            unsure = unsure or answer is None
        return passes(test, None if unsure else NOTHING, "persona")

    def possible_points(self, open_names: frozenset[str]) -> set[Fraction | None]:
        """The points that the lead may have: several where it cannot be told whether it loses some."""
        points, on, done = self.agreement.sections.points, self.on, self._done_actions()
        if done is None or on is None:
            return {None}
        counted = [item.action for item in done if _is_in_window(item.on, on, points)]
        if points is not None and points.each_action == "once":
            counted = list(dict.fromkeys(counted))
        actions = self.agreement.sections.actions or {}
        gained = sum((actions[name].points or 0 for name in counted if name in actions), 0)
        losses: list[list[int]] = []
        for lost in as_list(points.lost if points else None):
            answer = self.answer(question(lost.when, ("points", "lost", "when")), open_names)
            losses.append([lost.points] if answer else [0] if answer is False else [0, lost.points])
        return {Fraction(gained - sum(chosen)) for chosen in product(*losses)}


def meaning_of_blank(field: Field, kind: str) -> FieldValue | Nothing | None:
    """What a blank stands for: the value that `blank_means` names, none where the field is optional, else unknown."""
    if field.blank_means is not None:
        return blank_value(field.blank_means, kind)
    return NOTHING if field.is_optional else None


def blank_value(written: str, kind: str) -> FieldValue | None:
    """The value that a blank stands for; None where what is written is no value of the field's kind."""
    try:
        return read_operand(kind, {"yes": True, "no": False}.get(written, written) if kind == "yes or no" else written)
    except ValueError:
        return None


def passes_nothing(test: FieldTest) -> bool:
    """Whether it passes a test that there is nothing, and that this is known."""
    return test.kind in (Kind.NOT_KNOWN, Kind.NOT_ONE_OF)


def _is_in_window(done: date, on: date, points: Points | None) -> bool:
    over = points.over if points else None
    return done <= on and (over is None or done >= earlier(on, over))
