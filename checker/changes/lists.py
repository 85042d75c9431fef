"""Ordered lists, in which the first line that fits wins: the ranks of leads, and which seller gets which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.conditions import Question, question
from checker.agreement.stages import OrderedLine
from checker.change import Difference, Sides
from checker.changes.effects import _same_words, asked
from checker.changes.entries import essence
from checker.changes.kind import change
from checker.changes.showing import example, names
from checker.changes.sides import BOTH_SHIFTED, SHIFTED, side_of
from checker.finding import Path
from checker.logic.proof.results import Status
from checker.logic.proof.takers import Taken, taken_elsewhere
from checker.message import Argument, Message, say


def lines_of(lines: Sequence[OrderedLine], path: Path) -> list[Question | None]:
    """The conditions of an ordered list; None for the line that takes the rest."""
    return [
        None if line.when is None else question(line.when, (*path, index, "when")) for index, line in enumerate(lines)
    ]


def moves(
    old: Agreement,
    new: Agreement,
    before: Sequence[OrderedLine],
    after: Sequence[OrderedLine],
    paths: tuple[Path, Path],
    given: Any,
) -> Iterator[Taken]:
    """Each pair of lines between which leads move, where `given(line)` is what a line gives to those it takes."""
    was, now = [given(line) for line in before], [given(line) for line in after]
    if _same_words(old, new) and [(asked(line.when), value) for line, value in zip(before, was, strict=True)] == [
        (asked(line.when), value) for line, value in zip(after, now, strict=True)
    ]:
        return
    alike = frozenset((first, second) for first, one in enumerate(was) for second, two in enumerate(now) if one == two)
    is_told = False
    for taken in taken_elsewhere(old, new, lines_of(before, paths[0]), lines_of(after, paths[1]), alike):
        if taken.status is Status.YES:
            yield taken
        elif not is_told:
            # what cannot be proved of one pair is told once, and not of each
            is_told = True
            yield taken


@change(
    "routing-changed",
    "Leads go to other sellers",
    alike="whoever gets them, some leads change hands, whichever way one looks",
    covers=("handoff.routing.*.when", "handoff.routing.*.otherwise", "handoff.routing.*.to"),
    old="""
        fields: {state: {is: text}}
        sellers: {ana: {}, bruno: {}}
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {state: PR}, to: ana}
            - {otherwise: yes, to: bruno}
        """,
    new="""
        fields: {state: {is: text}}
        sellers: {ana: {}, bruno: {}}
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {state: [PR, SC]}, to: ana}
            - {otherwise: yes, to: bruno}
        """,
)
def routing(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Some lead gets another seller than before; one such lead is shown for each pair of lines.

    A line that is only written otherwise, or stands elsewhere without taking another lead, is no change.
    """
    before, after = ((side.sections.handoff.routing if side.sections.handoff else None) or [] for side in (old, new))
    path: Path = ("handoff", "routing")
    for taken in moves(old, new, before, after, (path, path), lambda line: essence(as_list(line.to))):
        sellers = _sellers(old, before, taken.old), _sellers(new, after, taken.new)
        yield _told(
            old,
            new,
            taken,
            path,
            "routing",
            say("Leads go to {new} instead of {old}", new=sellers[1], old=sellers[0]),
            side_of("sales", SHIFTED),
        )


def _sellers(agreement: Agreement, lines: Sequence[Any], index: int | None) -> Argument:
    return say("nobody") if index is None else names(agreement, as_list(lines[index].to), "people", "fields")


@change(
    "ranking-changed",
    "Leads have another rank",
    alike="whichever rank they have, some leads change it, whichever way one looks",
    covers=("ranking.*.when", "ranking.*.otherwise", "ranking.*.rank"),
    old="""
        fields: {employees: {is: whole number}}
        ranking:
          - {when: {employees: at least 50}, rank: hot}
          - {otherwise: yes, rank: cold}
        """,
    new="""
        fields: {employees: {is: whole number}}
        ranking:
          - {when: {employees: at least 80}, rank: hot}
          - {otherwise: yes, rank: cold}
        """,
)
def ranking(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Some lead has another rank than before; one such lead is shown for each pair of ranks."""
    before, after = (side.sections.ranking or [] for side in (old, new))
    path: Path = ("ranking",)
    for taken in moves(old, new, before, after, (path, path), lambda line: line.rank):
        ranks = [
            say("no rank") if index is None else say("“{rank}”", rank=lines[index].rank)
            for lines, index in ((before, taken.old), (after, taken.new))
        ]
        message = say("Some leads have {new} instead of {old}", new=ranks[1], old=ranks[0])
        yield _told(old, new, taken, path, "ranking", message, BOTH_SHIFTED)


def _told(
    old: Agreement, new: Agreement, taken: Taken, path: Path, what: str, message: Message, sides: Sides
) -> Difference:
    """The lead is shown once: it is the same before and after."""
    if taken.status is not Status.YES:
        message = say("The lines of this list are others; whether leads move could not be proved")
    return Difference(
        what,
        message,
        sides,
        _line(old, path, taken.old),
        _line(new, path, taken.new),
        only_new=example(taken.witness, new),
    )


def _line(agreement: Agreement, path: Path, index: int | None) -> Path | None:
    """A line of the list, the list itself, or nothing where there is none."""
    if index is not None:
        return (*path, index)
    value: Any = agreement.sections
    for part in path:
        value = getattr(value, str(part), None)
    return path if value else None
