"""What a condition leads to: its tests, through groups, points, modes and personas, and whether it can be proved of."""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.conditions import AllOf, FieldIs, FieldTest, Kind, Meets, Question, question
from checker.agreement.fields import read_operand
from checker.finding import Path

MOST_LOSSES = 6
"""Points may be lost for so many reasons; each doubles what a lead's points may be."""


@dataclass(frozen=True)
class Criterion:
    """A condition of an agreement."""

    agreement: Agreement
    question: Question


@dataclass
class Reach:
    """What conditions of one agreement lead to.

    `tests` are the different tests of each recorded field; `is_readable` is False where a proof would only repeat what
    is wrong with the writing; `is_small` is False where there is too much to try.
    """

    tests: dict[str, dict[FieldTest, None]] = field(default_factory=dict)
    is_readable: bool = True
    is_small: bool = True
    asks_points: bool = False
    point_tests: dict[FieldTest, None] = field(default_factory=dict)


def counts_points(agreement: Agreement) -> bool:
    """Whether the agreement says what each action adds; else points are a number like any other.

    A source that counts points itself is meant to count these.
    """
    return any(action.points for action in (agreement.sections.actions or {}).values())


def losses(agreement: Agreement) -> list[tuple[AllOf, int]]:
    """Each condition under which points are lost, and how many."""
    points = agreement.sections.points
    lost = points.lost if points else None
    many = isinstance(lost, list)
    found = []
    for index, entry in enumerate(as_list(lost)):
        path: Path = ("points", "lost", *((index,) if many else ()), "when")
        found.append((question(entry.when, path), entry.points))
    return found


def recognised(agreement: Agreement) -> list[tuple[str, AllOf]]:
    """Each persona that can be recognised, and by what, in order."""
    return [
        (name, question(persona.recognised_by, ("personas", name, "recognised_by")))
        for name, persona in (agreement.sections.personas or {}).items()
        if persona.recognised_by is not None
    ]


def reach_of(agreement: Agreement, questions: tuple[Question, ...]) -> Reach:
    """What the questions lead to."""
    walk = _Walk(agreement)
    for asked in questions:
        walk.follow(asked)
    return walk.reach


class _Walk:
    """`open_names` are being followed; a name met again among them is a circle. `done` were followed before."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.reach = Reach()
        self.open_names: set[str] = set()
        self.done: set[str] = set()

    def follow(self, asked: Question) -> None:
        match asked:
            case FieldIs():
                self._field(asked)
            case Meets():
                node = self.agreement.named_conditions.get(asked.name)
                if node is None:
                    self.reach.is_readable = False
                else:
                    self._named(asked.name, node)
            case _:
                for part in asked.parts:
                    self.follow(part)

    def _named(self, name: str, *nodes: Question) -> None:
        if name in self.open_names:
            self.reach.is_readable = False
        if name in self.done:
            return
        self.done.add(name)
        self.open_names.add(name)
        for node in nodes:
            self.follow(node)
        self.open_names.discard(name)

    def _field(self, leaf: FieldIs) -> None:
        agreement, reach = self.agreement, self.reach
        kind = agreement.field_kind(leaf.field)
        if kind is None or not _fits(leaf.test, kind):
            reach.is_readable = False
        elif leaf.field == "persona":
            self._named("the personas", *(node for _, node in recognised(agreement)))
        elif leaf.field == "points" and counts_points(agreement):
            reach.asks_points = True
            reach.point_tests[leaf.test] = None
            lost = losses(agreement)
            if len(lost) > MOST_LOSSES:
                reach.is_small = False
            self._named("the points", *(node for node, _ in lost))
        else:
            reach.tests.setdefault(leaf.field, {})[leaf.test] = None


def _fits(test: FieldTest, kind: str) -> bool:
    """Whether a test can be asked of a field of this kind: its operands are of the kind, and ordered if need be."""
    try:
        operands = [read_operand(kind, operand) for operand in test.operands]
    except ValueError:
        return False
    if test.kind in (Kind.ONE_OF, Kind.NOT_ONE_OF, Kind.KNOWN, Kind.NOT_KNOWN):
        return True
    has_order = all(not isinstance(operand, (str, bool)) for operand in operands)
    return not has_order if test.kind is Kind.CONTAINS else has_order
