"""Which values a written number may have under some checks, on the grid of what people would write.

Every check is linear in a single written number (only a rate that divides is not), so two evaluations give the range
that it allows, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from checker.finding import Path
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import Check
from checker.logic.plan_inputs import PlanInputs


def nearest_allowed(inputs: PlanInputs, path: Path, checks: Sequence[Check], *, exact: bool) -> Fraction | None:
    """The value nearest to the written one that all these checks allow; None where there is none.

    With `exact` nothing is made use of that is only tolerated: half a unit of rounding.
    """
    written = inputs.numbers[path]
    step = grain(path)
    now, moved = DerivedPlan(inputs), DerivedPlan(inputs.with_number(path, written + step))
    low, high = Fraction(0), Fraction(1) if is_share(path) else None
    for check in checks:
        here, there = check.compute(now), check.compute(moved)
        if here is None or there is None:
            continue
        slack = Fraction(0) if exact else here.tolerance
        gaps: list[tuple[Fraction, Fraction]] = []
        if here.high is not None and there.high is not None:
            gaps.append((here.actual - here.high - slack, there.actual - there.high - slack))
        if here.low is not None and there.low is not None:
            gaps.append((here.low - slack - here.actual, there.low - slack - there.actual))
        for gap, moved_gap in gaps:
            slope = (moved_gap - gap) / step
            if slope == 0:
                if gap > 0:
                    return None
                continue
            root = written - gap / slope
            if slope > 0:
                high = root if high is None else min(high, root)
            else:
                low = max(low, root)
    return on_grid(written, low, high, step)


def on_grid(written: Fraction, low: Fraction, high: Fraction | None, step: Fraction) -> Fraction | None:
    """The multiple of a step between two ends that is nearest to a number (the number itself where it lies between)."""
    lowest = -((-low) // step) * step
    highest = None if high is None else (high // step) * step
    if highest is not None and lowest > highest:
        return None
    if written < lowest:
        return lowest
    return highest if highest is not None and written > highest else written


def is_share(path: Path) -> bool:
    """Whether a number is a part of a whole: a rate, a month of a ramp, a part of the sales cycle."""
    return "ramp" in path or "rates" in path or "sales_cycle" in path


def grain(path: Path) -> Fraction:
    """The smallest step in which people would write such a number."""
    if is_share(path):
        return Fraction(1, 100)
    return Fraction(1, 10) if path[-1] == "pipeline_coverage" else Fraction(1)
