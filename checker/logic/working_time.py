"""From an agreement's working time to a calendar of instants."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TypeAlias

from checker.agreement.people import Holidays, WorkingTime
from checker.logic.calendar import Calendar, Opening
from checker.logic.holidays import closed_days

EVERY_HOUR = ((0, 86400),)
Openings: TypeAlias = tuple[tuple[int, tuple[Opening, ...]], ...]
"""The weekdays with work (Monday is 0) and their shifts."""


def calendar_of(working_time: WorkingTime, first: date, last: date) -> Calendar:
    """The calendar of a working time, for the local days from `first` to `last`.

    Raises UnknownTimezone, UnknownPlace (for the country or region of its holidays), MissingExtra.
    """
    return _calendar(working_time.timezone, openings(working_time), _closed(working_time, first, last), first, last)


@lru_cache(maxsize=32)  # laying out years of days takes milliseconds, and is asked for by every promise
def _calendar(timezone: str, hours: Openings, closed: frozenset[date], first: date, last: date) -> Calendar:
    return Calendar(timezone, dict(hours), closed, first, last)


def openings(working_time: WorkingTime) -> Openings:
    """When each day of the week has shifts."""
    return tuple(
        (day, tuple((shift.opens, shift.closes) for shift in shifts)) for day, shifts in working_time.week().items()
    )


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
