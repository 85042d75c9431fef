"""Lengths of time as people say them: rounded down to what matters of them."""

from __future__ import annotations

from checker.logic.calendar import Calendar
from checker.quantity import Duration, Unit

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_STILL_MINUTES, _STILL_HOURS = 2 * _HOUR, 2 * _DAY
"""Below so many seconds a time is told in minutes, and in hours."""
_DAYS_FROM = 2
"""From so many business days on, working time is told in days."""


def rounded_elapsed(seconds: int) -> Duration:
    """Elapsed time: 90 minutes, 30 hours, 5 days."""
    if seconds < _STILL_MINUTES:
        return Duration(seconds // _MINUTE, Unit.MINUTES)
    if seconds < _STILL_HOURS:
        return Duration(seconds // _HOUR, Unit.HOURS)
    return Duration(seconds // _DAY, Unit.DAYS)


def rounded_working(calendar: Calendar, start: int, stop: int) -> Duration:
    """Working time between two instants, in either order; longer ones as working days.

    Of the days that closed in between as many are told as the working time makes up, beginning with the first: from
    Monday 17:00 to Wednesday 9:20 two days closed, and a team worked for little more than one. Raises OutsideCalendar.
    """
    first, last = sorted((start, stop))
    seconds = calendar.elapsed(first, last)
    before = calendar.closings_before(first + 1)
    days = calendar.closings_before(last) - before
    while days >= _DAYS_FROM and calendar.length_of_days(before, days) > seconds:
        days -= 1
    if days >= _DAYS_FROM:
        return Duration(days, Unit.BUSINESS_DAYS)
    if seconds < _STILL_MINUTES:
        return Duration(seconds // _MINUTE, Unit.BUSINESS_MINUTES)
    return Duration(seconds // _HOUR, Unit.BUSINESS_HOURS)
