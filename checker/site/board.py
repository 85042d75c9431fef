"""The results of a check, arranged for people: where each promise stands, and which needs attention first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from checker.agreement.agreement import Agreement
from checker.agreement.promise_list import Deadline, Promise
from checker.quantity import Month
from checker.standing import Standing, by_promise, counted, current, month_of, standing_now, this_month
from checker.verdict import FunnelCount, Result, Results, Status

MOST_MONTHS = 5
"""Months that stand beside each other on the scoreboard."""
BLOCK = 6
"""Months that stand beside each other in a table of earlier ones."""


@dataclass(frozen=True)
class Budget:
    """The misses that a promise allows in a period, and how many there were."""

    allowed: int
    used: int

    @property
    def left(self) -> int:
        return self.allowed - self.used


def budget(result: Result) -> Budget | None:
    """Of a share with a number of allowed misses; None for everything else."""
    if result.allowed_misses is None or result.unit != "share":
        return None
    misses = result.numerator if result.at_most else result.denominator - result.numerator
    return Budget(result.allowed_misses, round(misses))


@dataclass(frozen=True)
class Line:
    """A promise, or one rung of its ladder, with its results of all channels by month.

    `current` is the one that speaks for today: of the running month, else the last that could be judged, else the
    last of all; None where the check said nothing of it.
    """

    promise: Promise
    id: str
    rung: Deadline | None
    by_month: Mapping[Month, Result]
    current: Result | None

    @property
    def standing(self) -> Standing:
        return standing_now(self.current)

    @property
    def is_measured(self) -> bool:
        return self.standing is not Standing.NOT_MEASURABLE

    @property
    def is_warned(self) -> bool:
        """Whether its misses come faster than allowed, though nothing is lost yet."""
        return self.current is not None and any(recent.is_warning for recent in self.current.recent)

    @property
    def urgency(self) -> tuple[int, float, str]:
        """Sorts what needs attention first: by standing, then by the smaller part of the budget that is left."""
        spare = budget(self.current) if self.current else None
        left = 1.0 if spare is None else spare.left / max(spare.allowed, 1)
        return self.standing, left, self.id


class Board:
    """All lines of an agreement, with the results of one check."""

    def __init__(self, agreement: Agreement, results: Results) -> None:
        self.results = results
        self.this_month = this_month(results)
        by_id = by_promise(results)
        self.lines = tuple(
            self._line(promise, name, rung, by_id.get(name, {}))
            for promise in agreement.promises()
            for name, rung in _rungs(promise)
        )

    def _line(self, promise: Promise, name: str, rung: Deadline | None, by_month: Mapping[Month, Result]) -> Line:
        return Line(promise, name, rung, by_month, current(by_month, self.this_month))

    @cached_property
    def _known(self) -> tuple[Month, ...]:
        """The months of which something is known, oldest first."""
        known = {
            month
            for line in self.lines
            for month, result in line.by_month.items()
            if result.status is not Status.NOT_MEASURABLE and month <= self.this_month
        }
        return tuple(sorted(known))

    @property
    def months(self) -> tuple[Month, ...]:
        """The last months of which something is known, oldest first."""
        return self._known[-MOST_MONTHS:]

    @property
    def earlier_months(self) -> tuple[tuple[Month, ...], ...]:
        """Those before them, as many as fit beside each other in a table; the last ones first."""
        before = self._known[:-MOST_MONTHS]
        ends = range(len(before), 0, -BLOCK)
        return tuple(before[max(end - BLOCK, 0) : end] for end in ends)

    def told_in(self, months: Sequence[Month]) -> tuple[Line, ...]:
        """The lines of which something is known in one of these months, what needs attention first."""
        return tuple(
            line
            for line in self.measured
            if any(
                result.status is not Status.NOT_MEASURABLE
                for month in months
                if (result := line.by_month.get(month)) is not None
            )
        )

    @cached_property
    def measured(self) -> tuple[Line, ...]:
        """The lines that can be judged, what needs attention first."""
        return tuple(sorted((line for line in self.lines if line.is_measured), key=lambda line: line.urgency))

    @cached_property
    def unmeasured(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_measured)

    def urgent(self, most: int = 3) -> tuple[Line, ...]:
        """What somebody should look at now."""
        return tuple(line for line in self.measured if line.standing <= Standing.MISSED or line.is_warned)[:most]

    def counted(self, standings: Iterable[Standing]) -> int:
        """How many lines stand in one of these ways."""
        counts = counted(self.results, [line.id for line in self.lines])
        return sum(counts[standing] for standing in standings)

    def of(self, promise: Promise) -> tuple[Line, ...]:
        """The lines of one promise."""
        return tuple(line for line in self.lines if line.promise.id == promise.id)

    # ------------------------------------------------------------ the funnel

    @cached_property
    def last_whole_month(self) -> Month | None:
        """The last month that the data covers wholly for some stage."""
        whole = [
            month_of(count.period)
            for count in self.results.funnel
            if count.channel is None and count.count is not None and count.complete
        ]
        return max((month for month in whole if month is not None), default=None)

    def counts(self, month: Month) -> Mapping[str, FunnelCount]:
        """Stage -> how many reached it in a month, from all channels."""
        return {
            count.stage: count for count in self.results.funnel if count.channel is None and count.period == str(month)
        }

    def trend(self, stage: str) -> tuple[FunnelCount, ...]:
        """A stage's counts by month, oldest first, as far as the data covers them."""
        counts = [
            count
            for count in self.results.funnel
            if count.channel is None
            and count.stage == stage
            and count.count is not None
            and month_of(count.period) is not None
        ]
        return tuple(sorted(counts, key=lambda count: count.period))


def _rungs(promise: Promise) -> tuple[tuple[str, Deadline | None], ...]:
    named = [(f"{promise.id}.{rung.name}", rung) for rung in promise.deadlines if rung.name is not None]
    if named:
        return tuple(named)
    return ((promise.id, promise.deadlines[0] if promise.deadlines else None),)
