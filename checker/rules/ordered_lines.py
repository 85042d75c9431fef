"""The lists of an agreement of which the first line that fits a lead wins, in one form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.conditions import AllOf, Condition, question
from checker.agreement.promise_list import Promise
from checker.agreement.stages import OrderedLine
from checker.finding import At, Path


class ListOf(Enum):
    """What a list gives to a lead."""

    RANKS = "ranks"
    SELLERS = "sellers"
    DEADLINES = "deadlines"
    PERSONAS = "personas"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: which leads it takes (None = all that are left), what it gives them, and its path."""

    when: AllOf | None
    gives: str
    path: Path

    @property
    def at(self) -> At:
        """The place of the line: its condition, or the key that takes the rest."""
        return At((*self.path, "otherwise"), "key") if self.when is None else At(self.when.path)


@dataclass(frozen=True, slots=True)
class OrderedList:
    """A list; `given` are the conditions that every lead which gets to it meets.

    `promise` is the one whose ladder it is, `path` where the list stands.
    """

    of: ListOf
    lines: tuple[Line, ...]
    given: tuple[AllOf, ...]
    path: Path
    promise: Promise | None = None

    @property
    def takes_the_rest(self) -> bool:
        """Whether a line takes every lead that is left."""
        return any(line.when is None for line in self.lines)


def ordered_lists(agreement: Agreement) -> Iterator[OrderedList]:
    """Ranking, routing, ladders of deadlines, personas: in the order of the format."""
    sections = agreement.sections
    personas = [
        Line(question(persona.recognised_by, path), name, path[:-1])
        for name, persona in (sections.personas or {}).items()
        if persona.recognised_by is not None
        for path in [("personas", name, "recognised_by")]
    ]
    if personas:
        yield OrderedList(ListOf.PERSONAS, tuple(personas), (), ("personas",))
    if sections.ranking:
        names = [rank.rank for rank in sections.ranking]
        yield OrderedList(ListOf.RANKS, _lines(sections.ranking, names, ("ranking",)), (), ("ranking",))
    if sections.handoff is not None and sections.handoff.routing:
        routing = sections.handoff.routing
        names = [", ".join(as_list(route.to)) for route in routing]
        path: Path = ("handoff", "routing")
        yield OrderedList(ListOf.SELLERS, _lines(routing, names, path), _handed_over(agreement), path)
    for promise in agreement.promises():
        if any(deadline.name is not None for deadline in promise.deadlines):
            yield _ladder(agreement, promise)


def _lines(written: Sequence[OrderedLine], names: Sequence[str], path: Path) -> tuple[Line, ...]:
    return tuple(
        Line(_when(line.when, (*path, index, "when")), name, (*path, index))
        for index, (line, name) in enumerate(zip(written, names, strict=True))
    )


def _when(condition: Condition | None, path: Path) -> AllOf | None:
    return None if condition is None else question(condition, path)


def _handed_over(agreement: Agreement) -> tuple[AllOf, ...]:
    """The conditions of the stage at which leads are handed over."""
    handoff = agreement.sections.handoff
    node = None if handoff is None else _conditions_of(agreement, handoff.stage)
    return () if node is None else (node,)


def _conditions_of(agreement: Agreement, stage: str) -> AllOf | None:
    """The conditions of a stage; None where it has none (a group may have the same name)."""
    found = agreement.stages.get(stage)
    return question(found, ("stages", stage)) if found is not None and found.has_conditions else None


def _ladder(agreement: Agreement, promise: Promise) -> OrderedList:
    starts = promise.clock.starts if promise.clock is not None else ""
    given = [promise.only] if promise.only is not None else []
    if starts == "handed_off":
        given += _handed_over(agreement)
    elif (stage := _conditions_of(agreement, starts.removeprefix("became_"))) is not None:
        given.append(stage)
    lines = tuple(Line(rung.when, rung.name or "", rung.path) for rung in promise.deadlines)
    return OrderedList(ListOf.DEADLINES, lines, tuple(given), (*promise.path, "within"), promise)
