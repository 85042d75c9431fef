"""What the past says of a plan's numbers: each with the interval that it is compatible with at 95%, and of how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from checker.finding import Path
from checker.quantity import Duration, Month, Period, Share

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class MeasuredRate:
    """Of `leads` that had their time, `reached` went on. `channel` is None for all together, or for those without one.

    `path` is the line that says so (None: no line speaks of just these leads), `written` what the agreement says of
    them, `use` what is planned with (None: too few leads to tell).
    """

    rate: str
    channel: str | None
    is_of_all: bool
    leads: int
    reached: int
    interval: Interval
    months: Period
    within: Duration
    path: Path | None = None
    written: Share | None = None
    use: Share | None = None
    is_enough: bool = True
    """Whether that many leads say something."""

    @property
    def share(self) -> Fraction:
        return Fraction(self.reached, self.leads)

    @property
    def is_outside(self) -> bool:
        """Whether what is written lies outside of what the leads are compatible with, and there are enough of them."""
        low, high = self.interval
        return self.is_enough and self.written is not None and not low <= self.written.value <= high


@dataclass(frozen=True, slots=True)
class MeasuredDeal:
    """What customers brought: of `count` with a known amount. `interval` is None of too few."""

    count: int
    mean: Fraction
    median: Fraction
    interval: Interval | None
    written: Fraction | None

    @property
    def is_outside(self) -> bool:
        """Whether the written deal lies outside of what these are compatible with."""
        if self.interval is None or self.written is None:
            return False
        return not self.interval[0] <= self.written <= self.interval[1]


@dataclass(frozen=True, slots=True)
class MeasuredCycle:
    """Months from one stage to the customer -> how many of `count` took as long, of leads that came in `months`.

    `written` is the same as the agreement says it.
    """

    stage: str
    months: Period
    count: int
    taken: Mapping[int, int]
    intervals: Mapping[int, Interval]
    written: Mapping[int, Fraction]


@dataclass(frozen=True, slots=True)
class MeasuredSeason:
    """Month -> how many leads came at the first stage, in months that the data holds whole; and against their mean."""

    stage: str
    counts: Mapping[Month, int]
    weights: Mapping[Month, Fraction]
    intervals: Mapping[Month, Interval]
    left_out: tuple[Month, ...]

    @property
    def is_a_year(self) -> bool:
        """Whether there are all twelve months: of fewer, growth and season cannot be told apart."""
        return len({month.number for month in self.counts}) == 12


@dataclass(frozen=True, slots=True)
class Measured:
    """All of it, as at a day. What the data does not tell is None, or is not there."""

    as_of: date
    rates: tuple[MeasuredRate, ...]
    deal: MeasuredDeal | None
    cycle: MeasuredCycle | None
    season: MeasuredSeason | None
