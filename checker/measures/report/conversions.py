"""How leads go on from stage to stage: the young ones by estimate, and those that are stuck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from checker.figure import Conversion
from checker.funnel.counts import month_of_code
from checker.funnel.report_counts import followed
from checker.logic.statistics import nearest_rank_of_counts
from checker.measures.bench import Bench
from checker.measures.figures import Step, steps
from checker.quantity import Duration, Month, Period, Unit

_DAYS = {Unit.DAYS: Fraction(1), Unit.WEEKS: Fraction(7), Unit.MONTHS: Fraction(365, 12)}
NINE_IN_TEN = Fraction(9, 10)
AGES = (1, 3, 7, 14, 30, 60, 90, 180)
"""Days after which it is told how many have gone on."""


@dataclass(slots=True)
class Followed:
    """Leads by the days for which they were seen: until they went on, were lost, or the data ended."""

    reached: Counter[int] = field(default_factory=Counter)
    lost: Counter[int] = field(default_factory=Counter)
    waiting: Counter[int] = field(default_factory=Counter)

    @property
    def entered(self) -> int:
        return self.reached.total() + self.lost.total() + self.waiting.total()

    def update(self, other: Followed) -> None:
        """Adds the leads of another group."""
        self.reached.update(other.reached)
        self.lost.update(other.lost)
        self.waiting.update(other.waiting)


def conversions(bench: Bench, period: Period | None) -> Iterator[Conversion]:
    """Of each step, by the month in which leads entered: of all channels first, then of each."""
    for step in steps(bench.view):
        groups: dict[tuple[Month, str | None], Followed] = {}
        title = f"days for which leads were seen from {step.start} to {step.stop}"
        statement = followed(bench.counter.setting, step.start, step.stop)
        for code, channel, days, is_reached, is_lost, count in bench.counter.told(title, statement):
            group = groups.setdefault((month_of_code(code), channel), Followed())
            kind = group.reached if is_reached else group.lost if is_lost else group.waiting
            kind[max(int(days), 0)] += int(count)
        everybody = Followed()
        for group in groups.values():
            everybody.update(group)
        usual = nearest_rank_of_counts(everybody.reached, NINE_IN_TEN)
        for month in sorted({month for month, _ in groups if period is None or month in period}):
            channels = {channel: group for (at, channel), group in groups.items() if at == month}
            total = Followed()
            for group in channels.values():
                total.update(group)
            ages = _ages_seen(month, bench.view.timeline.today)
            yield _conversion(step, month, None, total, usual, ages)
            for channel in sorted(name for name in channels if name is not None):
                yield _conversion(step, month, channel, channels[channel], usual, ages)


def _ages_seen(month: Month, today: date) -> tuple[int, ...]:
    """The ages that even those have reached who entered on the last day of the month."""
    return tuple(days for days in AGES if month.last_day + timedelta(days=days) <= today)


def _conversion(
    step: Step, month: Month, channel: str | None, group: Followed, usual: int | None, ages: tuple[int, ...]
) -> Conversion:
    expected = None if step.within is None else share_within(group, step.within)
    return Conversion(
        period=str(month),
        channel=channel,
        stage=step.stage,
        reaches=step.reaches,
        entered=group.entered,
        reached=group.reached.total(),
        horizon=None if step.within is None else str(step.within),
        expected=None if expected is None else float(expected),
        median_days=nearest_rank_of_counts(group.reached, Fraction(1, 2)),
        p90_days=nearest_rank_of_counts(group.reached, NINE_IN_TEN),
        by_age={age: sum(count for days, count in group.reached.items() if days <= age) for age in ages},
        waiting=group.waiting.total(),
        waiting_median_days=nearest_rank_of_counts(group.waiting, Fraction(1, 2)),
        stuck=sum(count for days, count in group.waiting.items() if usual is not None and days > usual),
    )


def share_within(group: Followed, within: Duration) -> Fraction | None:
    """The share of leads that go on within a time, estimated as by Kaplan and Meier (1958): day by day, the leads that
    went on among those that could have and were still seen. A lost lead can no longer go on, and stays in the whole.

    None for a time that no calendar counts in days, or that is longer than any lead was seen.
    """
    if within.unit not in _DAYS:
        return None
    horizon = int(_DAYS[within.unit] * within.count)
    seen = max([*group.reached, *group.waiting, *group.lost], default=-1)
    if seen < horizon:
        return None
    left = Fraction(1)
    at_risk = group.entered
    for day in range(horizon + 1):
        if not at_risk:
            break
        left *= 1 - Fraction(group.reached[day], at_risk)
        at_risk -= group.reached[day] + group.waiting[day]
    return 1 - left
