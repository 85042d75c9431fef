"""Conditions as formulas over the cells of a lead's fields, each asked for in one of four ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, product

from checker.agreement.agreement import BUILT_IN_FIELDS
from checker.agreement.conditions import AllOf, AnyOf, AtLeastOf, FieldIs, Meets, NoneOf, Question
from checker.finding import Path
from checker.logic.criteria import NOTHING, Lead, passes
from checker.logic.proof.cells import Asked, Sides, family
from checker.logic.proof.history import LAST, History
from checker.logic.proof.modes import Mode
from checker.logic.proof.reach import Reach, counts_points, losses, recognised
from checker.logic.proof.solver import Term, module
from checker.logic.proof.variables import Choice, Several, Variable

Guard = Callable[[Path, Term], Term]
"""Makes a formula hold only as long as a line of the agreement is kept."""


class Encoding:
    """The formulas of questions about leads; `sides` are the agreements that the questions are of."""

    def __init__(self, sides: Sides, reaches: Sequence[Reach], guard: Guard | None = None) -> None:
        self.sides = sides
        self._guard = guard or (lambda _, term: term)
        self._named: dict[tuple[int, str, Mode], Term] = {}
        self._losses = [losses(side) if reach.asks_points else [] for side, reach in zip(sides, reaches, strict=True)]
        self.variables: dict[str, Variable] = {}
        self._of_field: dict[tuple[int, str], Variable] = {}
        self._history: History | None = None
        self._make(reaches)

    # ------------------------------------------------------------ what is chosen

    def _make(self, reaches: Sequence[Reach]) -> None:
        asked: dict[str, list[Asked]] = {}
        for side, reach in enumerate(reaches):
            for field, tests in reach.tests.items():
                asked.setdefault(field, []).extend(Asked(side, field, test) for test in tests)
        points = [Asked(side, "points", test) for side, reach in enumerate(reaches) for test in reach.point_tests]
        in_history = [
            field for field in ("actions", *LAST) if field in asked and self._is_of_history(field, points, asked)
        ]
        if points or in_history:
            of_history = [item for field in in_history for item in asked.pop(field)]
            lost = [sum(points for _, points in entries) for entries in self._losses]
            self._history = History(self.sides, of_history, points, lost)
            for side in range(len(self.sides)):
                for field in ("actions", *LAST):
                    self._of_field[side, field] = self._history
        for name in _in_order(self.sides, [*asked, *(["actions"] if self._history else [])]):
            if name == "actions" and self._history:
                self.variables[name] = self._history
            else:
                self._add(name, asked[name])

    def _is_of_history(self, field: str, points: Sequence[Asked], asked: dict[str, list[Asked]]) -> bool:
        """Whether a field is told from the dated actions: where there is a list of them to tell it from."""
        if not any(side.sections.actions for side in self.sides):
            return False
        return bool(points) or field in LAST or any(name in asked for name in LAST)

    def _add(self, name: str, tests: list[Asked]) -> None:
        """One variable for all sides, or one for each where the kinds of their values cannot be compared."""
        families: dict[str, list[int]] = {}
        for side, agreement in enumerate(self.sides):
            kind = agreement.field_kind(name)
            if kind is not None:
                families.setdefault(family(kind), []).append(side)
        for kind, sides in families.items():
            mine = [item for item in tests if item.side in sides]
            if not mine:
                continue
            make = Several if kind == "several" else Choice
            called = name if len(families) == 1 else f"{name} ({kind})"
            variable = make(self.sides, name, mine, sides, called)
            self.variables[called] = variable
            for side in sides:
                self._of_field[side, name] = variable

    def as_read_by(self, side: int, lead: Lead) -> Lead:
        """The record of a lead as one of the sides reads it: where a field means two things, what it means to it."""
        own = {
            name: lead[part.name]
            for (of, name), part in self._of_field.items()
            if of == side and name != part.name and part is not self._history
        }
        return {**lead, **own}

    def domain(self) -> Iterator[Term]:
        """What holds of every lead, each line of the agreement kept."""
        for variable in self.variables.values():
            yield from variable.always()
            for path, term in variable.exclusions():
                yield self._guard(path, term)

    def unknown(self) -> list[Term]:
        """Each way in which nothing is known of a part of the lead."""
        return [term for variable in self.variables.values() for term in variable.unknown()]

    # ------------------------------------------------------------ conditions

    def formula(self, asked: Question, mode: Mode, side: int = 0) -> Term:
        """That the answer to a question is one of those that are asked for."""
        match asked:
            case FieldIs():
                return self._guard(asked.path, self._field_is(asked, mode, side))
            case Meets():
                return self._meets(asked.name, mode, side)
            case AtLeastOf():
                return self._guard(asked.path, self._at_least(asked, mode, side))
            case AllOf():
                return self._joined(asked.parts, mode, side, mode.asks_for_yes)
            case AnyOf():
                return self._joined(asked.parts, mode, side, not mode.asks_for_yes)
            case NoneOf():
                return self._joined(asked.parts, mode.of_opposite, side, mode.asks_for_yes)

    def _joined(self, parts: Sequence[Question], mode: Mode, side: int, needs_all: bool) -> Term:
        z3 = module()
        terms = [self.formula(part, mode, side) for part in parts]
        if len(terms) == 1:
            return terms[0]
        return z3.And(terms) if needs_all else z3.Or(terms)

    def _meets(self, name: str, mode: Mode, side: int) -> Term:
        key = (side, name, mode)
        if key not in self._named:
            self._named[key] = self.formula(self.sides[side].named_conditions[name], mode, side)
        return self._named[key]

    def _at_least(self, asked: AtLeastOf, mode: Mode, side: int) -> Term:
        """So many parts that are surely so; or so many that are not that the rest are too few."""
        z3 = module()
        terms = [self.formula(part, mode, side) for part in asked.parts]
        needed = asked.count if mode.asks_for_yes else len(terms) - asked.count + 1
        if needed <= 0:
            return z3.BoolVal(True)
        return z3.AtLeast(*terms, needed) if needed <= len(terms) else z3.BoolVal(False)

    def _field_is(self, leaf: FieldIs, mode: Mode, side: int) -> Term:
        agreement = self.sides[side]
        if leaf.field == "persona":
            return self._persona_is(leaf, mode, side)
        if leaf.field == "points" and counts_points(agreement):
            return self._points_are(leaf, mode, side)
        return self._of_field[side, leaf.field].literal(Asked(side, leaf.field, leaf.test), mode)

    def _persona_is(self, leaf: FieldIs, mode: Mode, side: int) -> Term:
        """The first persona that surely fits; none that does while some may is a blank; else there is none."""
        z3 = module()
        personas = recognised(self.sides[side])
        found: list[Term] = []
        before: list[Term] = []
        for name, node in personas:
            if mode.takes(passes(leaf.test, name, "persona")):
                found.append(z3.And(*before, self.formula(node, Mode.SURELY, side)))
            before.append(self.formula(node, Mode.NOT_SURELY, side))
        surely_none = z3.And([self.formula(node, Mode.SURELY_NOT, side) for _, node in personas])
        some_may = z3.Or([self.formula(node, Mode.NOT_SURELY_NOT, side) for _, node in personas])
        if mode.takes(passes(leaf.test, None, "persona")):
            found.append(z3.And(*before, some_may))
        if mode.takes(passes(leaf.test, NOTHING, "persona")):
            found.append(surely_none)
        return z3.Or(found)

    def _points_are(self, leaf: FieldIs, mode: Mode, side: int) -> Term:
        """For each choice of what may be lost: either it cannot be what is lost, or the points then fit.

        The other way round, for answers that one possible loss is enough for: it may be what is lost, and they fit.
        """
        z3 = module()
        assert self._history is not None
        lost = self._losses[side]
        fits = mode in (Mode.SURELY, Mode.NOT_SURELY_NOT)
        for_all = mode in (Mode.SURELY, Mode.SURELY_NOT)
        found = []
        for choice in product((False, True), repeat=len(lost)):
            points = sum(item for (_, item), is_lost in zip(lost, choice, strict=True) if is_lost)
            lies = self._history.points_lie(side, leaf.test, fits, points)
            modes = [
                (Mode.SURELY_NOT if is_lost else Mode.SURELY)
                if for_all
                else (Mode.NOT_SURELY_NOT if is_lost else Mode.NOT_SURELY)
                for is_lost in choice
            ]
            terms = [self.formula(node, way, side) for (node, _), way in zip(lost, modes, strict=True)]
            found.append(z3.Or(lies, *terms) if for_all else z3.And(lies, *terms))
        return z3.And(found) if for_all else z3.Or(found)


def _in_order(sides: Sides, names: Sequence[str]) -> list[str]:
    """Names of fields in the order of the agreements."""
    # the dated actions need no field to be declared: their points are counted all the same
    known = dict.fromkeys(chain(*(side.fields for side in sides), BUILT_IN_FIELDS, names))
    return [name for name in known if name in names]
