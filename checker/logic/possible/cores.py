"""Which written lines contradict each other: a set of them that leaves no plan, and none of which can be spared."""

from __future__ import annotations

from collections.abc import Sequence

from checker.finding import Path
from checker.logic.possible.bounds import Bound
from checker.logic.possible.ranges import Ranges
from checker.logic.possible.solving import PlanSolver
from checker.logic.proof.conflict import smallest_conflict


def ranges_core(bounds: Sequence[Bound], order: Sequence[Path]) -> tuple[Path, ...] | None:
    """The lines by which ranges become empty, in order; None where that is not seen. They may be more than needed."""
    conflict = Ranges(bounds).conflict
    if conflict is None:
        return None
    lines = {line for index in conflict for line in bounds[index].lines}
    return tuple(line for line in order if line in lines)


def smallest(bounds: Sequence[Bound], lines: Sequence[Path], solver: PlanSolver | None) -> tuple[Path, ...]:
    """Of lines that contradict each other, a set of which none can be spared, in the same order.

    Only yes and no decide, so it is the same set whatever solver answers. Without a solver, ranges answer: then a line
    may stand in it that a sharper look would spare. Raises LimitReached.
    """
    among = frozenset(lines)
    relevant = [bound for bound in bounds if among.issuperset(bound.lines)]

    def excludes(some: Sequence[Path]) -> bool:
        standing = frozenset(some)
        if Ranges([bound for bound in relevant if standing.issuperset(bound.lines)]).conflict is not None:
            return True
        return solver is not None and not solver.is_possible(some)

    return tuple(smallest_conflict(lines, excludes))
