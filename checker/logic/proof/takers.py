"""Ordered lists of two versions: which leads another line takes now.

The first line that surely fits a lead takes it, and what is unsure falls through to the next. So a lead that line i of
the old list takes and line j of the new one surely fits both of these and none of the lines above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.agreement import Agreement
from checker.agreement.conditions import Question
from checker.logic.proof.modes import Mode
from checker.logic.proof.prover import Wish, possible
from checker.logic.proof.results import Result, Status, Witness
from checker.logic.proof.solver import Limit, LimitReached, NoSolver
from checker.logic.proof.witness import BadWitness

Lines = Sequence[Question | None]
"""Conditions in order; None is a line that takes whatever is left (`otherwise: yes`)."""


@dataclass(frozen=True, slots=True)
class Taken:
    """That some lead goes from one line to another; None is no line. Where it could not be told, `witness` is None."""

    old: int | None
    new: int | None
    status: Status
    witness: Witness | None


def taken_elsewhere(
    old: Agreement,
    new: Agreement,
    old_lines: Lines,
    new_lines: Lines,
    are_alike: frozenset[tuple[int | None, int | None]],
    limit: Limit | None = None,
) -> Iterator[Taken]:
    """Each pair of lines between which a lead moves, with such a lead; pairs of `are_alike` give the same and are not
    asked about.
    """
    for first in (*range(len(old_lines)), None):
        for second in (*range(len(new_lines)), None):
            if (first, second) in are_alike or (first is None and second is None):
                continue
            wishes = [*_taking(old_lines, first, 0), *_taking(new_lines, second, 1)]
            if _is_closed(old_lines, first) or _is_closed(new_lines, second):
                continue
            result = _asked([old, new], wishes, limit or Limit())
            if result.status is not Status.NO:
                yield Taken(first, second, result.status, result.witness)


def _is_closed(lines: Lines, index: int | None) -> bool:
    """Whether a line above takes whatever is left."""
    return None in lines[:index]


def _taking(lines: Lines, index: int | None, side: int) -> list[Wish]:
    wishes: list[Wish] = [(line, Mode.NOT_SURELY, side) for line in lines[:index] if line is not None]
    line = None if index is None else lines[index]
    return wishes if line is None else [(line, Mode.SURELY, side), *wishes]


def _asked(sides: Sequence[Agreement], wishes: Sequence[Wish], limit: Limit) -> Result:
    try:
        return possible(sides, wishes, limit)
    except (LimitReached, BadWitness):
        return Result(Status.UNKNOWN)
    except NoSolver:
        return Result(Status.SKIPPED)
