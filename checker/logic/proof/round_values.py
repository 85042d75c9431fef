"""The roundest value of a range: the one that a person would take as an example."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

_MOST_PLACES = 40


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers between two ends, None where there is no end; `has_least` and `has_most` say whether the ends are in."""

    least: Fraction | None
    most: Fraction | None
    has_least: bool = True
    has_most: bool = True

    def holds(self, number: Fraction) -> bool:
        """Whether a number lies in the span."""
        above = self.least is None or number > self.least or (self.has_least and number == self.least)
        below = self.most is None or number < self.most or (self.has_most and number == self.most)
        return above and below


def roundest(span: Span, grid: Fraction | None = None) -> Fraction | None:
    """The number with the fewest digits, small rather than big, not zero where there is another; None for none.

    `grid` is the step of the numbers that there are: 1 for whole numbers, a hundredth for money, None for all.
    """
    if span.most is not None and span.most <= 0 and not (span.most == 0 and span.least == 0):
        mirrored = Span(-span.most, None if span.least is None else -span.least, span.has_most, span.has_least)
        found = _roundest_from_zero(mirrored, grid)
        return None if found is None else -found
    if span.least is None or span.least < 0:
        return _roundest_from_zero(Span(Fraction(0), span.most, True, span.has_most), grid)
    return _roundest_from_zero(span, grid)


def _roundest_from_zero(span: Span, grid: Fraction | None) -> Fraction | None:
    """As `roundest`, for a span whose least end is zero or more."""
    least = span.least or Fraction(0)
    reach = least * 3 + 10 if span.most is None else min(span.most, least * 3 + 10)
    for power in range(len(str(floor(reach))), -_MOST_PLACES, -1):
        step = Fraction(10) ** power
        if grid is not None and (step / grid).denominator != 1:
            break
        first = ceil(least / step) * step
        for number in (first, first + step):
            if number != 0 and number <= reach and span.holds(number):
                return number
    return Fraction(0) if span.holds(Fraction(0)) else None


def roundest_date(first: date, last: date) -> date:
    """The first day of a year, else of a month, else the first day, of the days from `first` to `last`."""
    ends = [date(first.year + ahead, 1, 1) for ahead in (0, 1) if first.year + ahead <= last.year]
    months = [first.month - 1 + ahead for ahead in (0, 1)]
    ends += [date(first.year + month // 12, month % 12 + 1, 1) for month in months if first.year + month // 12 < 10000]
    return next((day for day in ends if first <= day <= last), first)
