"""Leads that had all of their time to go on to the next stage: what a written rate can be held against.

How long that is says the promise about the rate (`judged_after`). Of a rate that nobody promises it is found in the
data: the days within which 19 of 20 went on of those who did, where at least 30 did and the data is twice as long.
"""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction

from checker.funnel.counts import TallyCounts
from checker.logic.aggregate import Ages
from checker.logic.statistics import nearest_rank_of_counts
from checker.measures.bench import Bench
from checker.measures.figures import ENTERED, REACHED, WITHIN, Counts, Step, is_told, steps
from checker.measures.view import View
from checker.observed import Matured
from checker.quantity import Duration, Month, Period, Unit

MOST_OF_THEM = Fraction(19, 20)
ENOUGH_TO_SEE = 30
"""So many must have gone on before their ages say how long it takes."""


def matured(bench: Bench, counts: Counts) -> Iterator[Matured]:
    """Of each rate and channel: the leads of all months that had their time and are covered."""
    rates = {(stage, reaches): rate for stage, reaches, rate in bench.view.agreement.conversions()}
    for step in steps(bench.view):
        counted = counts.get(step.tally)
        if not isinstance(counted, TallyCounts):
            continue
        months = {month: _whole(counted, month) for month, _ in counted.cells if month is not None}
        within, numerator = step.within, WITHIN
        if within is not None:
            old = [month for month, total in months.items() if is_told(step, Period(month, month), total, bench.view)]
        else:
            within, numerator = _found(bench, step), REACHED
            old = [month for month in months if within and _had_time(step, month, within, bench.view)]
        if within is None or not old:
            continue
        sums: dict[str | None, Count[str]] = {}
        for (month, channel), numbers in counted.cells.items():
            if month in old:
                sums.setdefault(channel, Count()).update({name: int(number) for name, number in numbers.items()})
        span = Period(min(old), max(old))
        for channel, total in sums.items():
            yield Matured(
                rates[step.stage, step.reaches],
                channel,
                span,
                total[ENTERED],
                total[numerator],
                within,
                is_promised=step.within is not None,
            )


def _whole(counted: TallyCounts, month: Month) -> Mapping[str, int]:
    return {name: int(number) for name, number in counted.month(month).items()}


def _found(bench: Bench, step: Step) -> Duration | None:
    """How long it takes to go on, by the leads that did; None where there are too few, or the data is too short."""
    days: Count[int] = Count()
    for counts in bench.counter.ages(Ages(step.start, step.stop)).values():
        days.update(counts)
    most = nearest_rank_of_counts(days, MOST_OF_THEM)
    covered = bench.view.timeline.coverage.get(step.start)
    if most is None or covered is None or sum(days.values()) < ENOUGH_TO_SEE:
        return None
    most = max(most, 1)
    seen = (bench.view.timeline.today - covered.first).days
    return Duration(most, Unit.DAYS) if 2 * most <= seen else None


def _had_time(step: Step, month: Month, within: Duration, view: View) -> bool:
    """Whether the youngest lead of a month is old enough, and the data covers all of its time."""
    timeline = view.timeline
    over = month.last_day + timedelta(days=within.count)
    if over >= timeline.today or timeline.lacking([step.start], month.first_day, month.last_day):
        return False
    return not timeline.lacking([step.stop], month.first_day, over)
