"""Whether any plan fits everything that is written, and if none does, which lines contradict each other.

The quick ways come first: a plan that is found proves that there is one, ranges that become empty prove that there is
none. What neither settles is put to the solver, which is loaded only then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from checker.finding import Path
from checker.logic.plan_inputs import PlanInputs, is_decision
from checker.logic.possible.bounds import Bound, bounds_of
from checker.logic.possible.cores import ranges_core, smallest
from checker.logic.possible.ranges import Ranges
from checker.logic.possible.solving import PlanSolver
from checker.logic.possible.witness import is_kept, likely_plan
from checker.logic.proof.solver import Limit, LimitReached, NoSolver

LIMIT = Limit()
"""What one question may take, where nothing else is said."""
MOST_CONTRADICTIONS = 20
"""Contradictions that are looked for; whoever has more begins with these."""


class Settled(Enum):
    """What became of the question whether a plan is possible.

    `FOUND`: a plan was found; `RANGED`: ranges show that there is none; `PROVED`: the solver says which. `UNKNOWN`: it
    gave no answer within its limit; `SKIPPED`: it would be needed and is not there.
    """

    FOUND = "found"
    RANGED = "ranged"
    PROVED = "proved"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Possibility:
    """The answer: `lines` contradict each other (none where a plan is possible, or where that is not known)."""

    settled: Settled
    lines: tuple[Path, ...] = ()

    @property
    def is_impossible(self) -> bool:
        return bool(self.lines)


def possibility(inputs: PlanInputs, limit: Limit | None = None, *, minimise: bool = True) -> Possibility:
    """Whether some plan keeps every bound, with lines that say why not; as few as can be, unless that is not asked."""
    limit = limit or LIMIT
    bounds = bounds_of(inputs)
    if is_kept(bounds, likely_plan(inputs)):
        return Possibility(Settled.FOUND)
    order = tuple(inputs.numbers)
    try:
        lines = ranges_core(bounds, order)
        if lines is not None:
            return Possibility(Settled.RANGED, _core(bounds, lines, limit) if minimise else lines)
        solver = PlanSolver(bounds, limit)
        if solver.is_possible(order):
            return Possibility(Settled.PROVED)
        return Possibility(Settled.PROVED, smallest(bounds, order, solver) if minimise else order)
    except NoSolver:
        return Possibility(Settled.SKIPPED)
    except LimitReached:
        return Possibility(Settled.UNKNOWN)


def _core(bounds: Sequence[Bound], lines: tuple[Path, ...], limit: Limit) -> tuple[Path, ...]:
    """The fewest of lines that ranges found; where the solver is no help, as few as ranges can tell."""
    among = frozenset(lines)
    try:
        solver = PlanSolver([bound for bound in bounds if among.issuperset(bound.lines)], limit)
        return smallest(bounds, lines, solver)
    except (NoSolver, LimitReached):
        return smallest(bounds, lines, None)


def contradictions(
    inputs: PlanInputs, limit: Limit | None = None, explained: frozenset[Path] = frozenset()
) -> tuple[Possibility, ...]:
    """Every contradiction, one after the other, and last whether what then is left of the plan is possible.

    `explained` are decisions about which something is said already. What one contradiction decides is taken out before
    the next is looked for; what people found out (rates, a deal's size) stays.
    """
    found: list[Possibility] = []
    taken = explained
    while True:
        answer = possibility(inputs.without(taken), limit)
        found.append(answer)
        decisions = frozenset(line for line in answer.lines if is_decision(line))
        if not decisions or len(found) > MOST_CONTRADICTIONS:
            return tuple(found)
        taken |= decisions


def nearest_possible(
    inputs: PlanInputs, line: Path, lines: Sequence[Path], limit: Limit | None = None
) -> Fraction | None:
    """The whole number nearest to the written one that a line could say beside some other lines of the plan.

    None where there is none, where the line takes part in a product with an unknown, or where nobody can tell.
    """
    written = inputs.numbers[line]
    others = frozenset(lines) - {line}
    bounds = [bound for bound in bounds_of(inputs) if (others | {line}).issuperset(bound.lines)]
    told = _told(inputs, line, bounds)
    if told is None:
        return None
    quick = _by_ranges([bound for bound in bounds if line not in bound.lines], told, written)
    try:
        return PlanSolver(bounds, limit or LIMIT).nearest(line, told, written)
    except NoSolver:
        return quick
    except LimitReached:
        return None


def _told(inputs: PlanInputs, line: Path, bounds: Sequence[Bound]) -> list[tuple[Bound, Fraction]] | None:
    """What a line says, with the number left open: bounds whose ends move with it, and by how much."""
    mine = [bound for bound in bounds if line in bound.lines]
    written = inputs.numbers[line]
    moved = [bound for bound in bounds_of(inputs.with_number(line, written + 1)) if line in bound.lines]
    terms = {bound.terms: bound for bound in moved}
    told = []
    for bound in mine:
        after = terms.get(bound.terms)
        if after is None:
            return None
        factors = {
            there - here
            for here, there in ((bound.low, after.low), (bound.high, after.high))
            if here is not None and there is not None
        }
        if len(factors) != 1:
            return None
        factor = factors.pop()
        shift = factor * written
        told.append(
            (
                Bound(
                    bound.terms,
                    None if bound.low is None else bound.low - shift,
                    None if bound.high is None else bound.high - shift,
                ),
                factor,
            )
        )
    return told


def _by_ranges(others: Sequence[Bound], told: Sequence[tuple[Bound, Fraction]], written: Fraction) -> Fraction | None:
    """The nearest whole number that ranges leave open, for where a line fixes single numbers of the plan."""
    ranges = Ranges(others)
    low, high = Fraction(0), None
    for bound, factor in told:
        if len(bound.terms) != 1 or bound.low != bound.high or factor != 1:
            return None
        unknown = bound.terms[0][0]
        low = max(low, ranges.low(unknown))
        highest = ranges.high(unknown)
        high = highest if high is None or (highest is not None and highest < high) else high
    lowest = Fraction(-((-low.numerator) // low.denominator))
    highest_whole = None if high is None else Fraction(high.numerator // high.denominator)
    if highest_whole is not None and lowest > highest_whole:
        return None
    if written < lowest:
        return lowest
    return highest_whole if highest_whole is not None and written > highest_whole else written
