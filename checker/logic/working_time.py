"""From an agreement's working time to a calendar of instants."""

from __future__ import annotations

from datetime import date

from checker.agreement.people import Holidays, WorkingTime
from checker.logic.calendar import Calendar
from checker.logic.holidays import closed_days

EVERY_HOUR = ((0, 86400),)


def calendar_of(working_time: WorkingTime, first: date, last: date) -> Calendar:
    """The calendar of a working time, for the local days from `first` to `last`.

    Raises UnknownTimezone, UnknownPlace (for the country or region of its holidays), MissingExtra.
    """
    hours = {day: [(shift.opens, shift.closes) for shift in shifts] for day, shifts in working_time.week().items()}
    return Calendar(working_time.timezone, hours, _closed(working_time, first, last), first, last)


def round_the_clock(timezone: str, first: date, last: date) -> Calendar:
    """A calendar that is always open: for agreements that name no working time."""
    return Calendar(timezone, dict.fromkeys(range(7), EVERY_HOUR), frozenset(), first, last)


def _closed(working_time: WorkingTime, first: date, last: date) -> frozenset[date]:
    """The days without work; the year before too, whose last shift may run past midnight."""
    holidays = working_time.holidays
    if holidays is None or working_time.is_always:
        return frozenset()
    if not isinstance(holidays, Holidays):
        return frozenset(holidays)
    years = range(first.year - 1, last.year + 1)
    return closed_days(holidays.country, holidays.region, holidays.also or (), holidays.except_ or (), years)
