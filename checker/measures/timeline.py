"""Which months are over at the cut-off, and which of them the data covers.

Days on which nobody works at either end of a month do not count: a month whose last working day has closed is over,
and data that begins with its first working day covers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from checker.logic.calendar import Calendar
from checker.quantity import Month
from checker.verdict import Coverage


class Covered(Enum):
    """How much of a month the data holds."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Time as a check sees it: the calendar of the reports, the cut-off, and the coverage of each event."""

    calendar: Calendar
    cut_off: int
    coverage: Mapping[str, Coverage]

    @property
    def today(self) -> date:
        """The local day of the cut-off."""
        return self.calendar.local_date(self.cut_off)

    @property
    def month(self) -> Month:
        """The month of the cut-off."""
        return Month.of(self.today)

    def days_gone(self, month: Month) -> tuple[int, int]:
        """How many working days of a month have closed at the cut-off, and how many it has."""
        first, last = self._days_of(month.first_day, month.last_day)
        total = self.calendar.count_working_days(first, last) if first <= last else 0
        return (self._gone(first, last) if total else 0), total

    def is_over(self, month: Month) -> bool:
        """Whether a month's last working day has closed; a month without working days is over when it ends."""
        gone, total = self.days_gone(month)
        return gone == total if total else month < self.month

    def has_passed(self, day: date) -> bool:
        """Whether a day is over, or nobody works any more until its end."""
        if day < self.today:
            return True
        first, last = self._days_of(self.today, day)
        working = self.calendar.count_working_days(first, last)
        return working > 0 and self._gone(first, last) == working

    def _gone(self, first: date, last: date) -> int:
        """How many of the working days have closed: those whose last second the cut-off includes."""
        return self.calendar.working_days_gone(first, last, self.cut_off + 1)

    def _days_of(self, first: date, last: date) -> tuple[date, date]:
        """The days as far as the calendar covers them."""
        return max(first, self.calendar.first), min(last, self.calendar.last)

    # ------------------------------------------------------------ coverage

    def covered(self, events: Iterable[str], first: date, last: date) -> Covered:
        """How much of the days from `first` to `last` the data of all these events covers."""
        found = [self._covered(self.coverage.get(event), first, last) for event in events]
        if Covered.NONE in found:
            return Covered.NONE
        return Covered.PART if Covered.PART in found else Covered.WHOLE

    def lacking(self, events: Iterable[str], first: date, last: date) -> list[str]:
        """The events whose data does not cover all of these days."""
        return [event for event in events if self.covered([event], first, last) is not Covered.WHOLE]

    def goes_on(self, event: str, month: Month) -> bool:
        """Whether the data of an event reaches into a month that goes on: it begins in time and has not stopped.

        Where the coverage was found from the data, a rare event may not have happened yet this month; it has stopped
        if the month before is not covered to its end either.
        """
        coverage = self.coverage.get(event)
        if coverage is None:
            return False
        first, _ = self._without_closed_ends(month.first_day, month.last_day)
        since = first
        if not coverage.declared:
            before = month + -1
            _, since = self._without_closed_ends(before.first_day, before.last_day)
        return coverage.first <= first and coverage.last >= since

    def _covered(self, coverage: Coverage | None, first: date, last: date) -> Covered:
        if coverage is None or coverage.last < first or coverage.first > last:
            return Covered.NONE
        first, last = self._without_closed_ends(first, last)
        return Covered.WHOLE if coverage.first <= first and last <= coverage.last else Covered.PART

    def _without_closed_ends(self, first: date, last: date) -> tuple[date, date]:
        begin, end = self._days_of(first, last)
        ends = self.calendar.ends_of_working_days(begin, end) if begin <= end else None
        return ends or (first, last)
