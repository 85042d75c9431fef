"""The made-up company's working time, for the people in the story to work in.

It is a plain walk over days on purpose: what judges the story (`checker.logic`) has a clock of its own, and one
that made the data as well could not be caught wrong.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

LOCAL = timezone(timedelta(hours=-3), "São Paulo")
"""São Paulo: no summer time since 2019."""
OPENS, CLOSES = time(9), time(18)
CLOSED_DAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2026-09-07",  # Independence
        "2026-10-12",  # Our Lady of Aparecida
        "2026-11-02",  # All Souls
        "2026-11-20",  # Black Awareness
        "2026-12-25",  # Christmas
        "2027-01-01",  # New Year
        "2027-02-08",  # Carnival, as the agreement adds it
        "2027-02-09",
        "2027-03-26",  # Good Friday
        "2027-04-21",  # Tiradentes
        "2027-05-27",  # Corpus Christi, as the agreement adds it
    )
)


def at(day: date, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A local moment of a day."""
    return datetime.combine(day, time(hour, minute, second), tzinfo=LOCAL)


def is_working_day(day: date) -> bool:
    """Monday to Friday, but for the closed days."""
    return day.weekday() < 5 and day not in CLOSED_DAYS


def next_working_day(day: date, count: int = 1) -> date:
    """The `count`th working day after a day."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def is_open(moment: datetime) -> bool:
    """Whether the moment lies in working time."""
    return is_working_day(moment.date()) and OPENS <= moment.time() < CLOSES


def when_open(moment: datetime) -> datetime:
    """The moment itself in working time, else the next opening."""
    if is_open(moment):
        return moment
    opens_today = is_working_day(moment.date()) and moment.time() < OPENS
    return at(moment.date() if opens_today else next_working_day(moment.date()), OPENS.hour)


def after(moment: datetime, hours: float) -> datetime:
    """So many working hours later, in whole seconds; what ends with a working day ends at its close, not next day."""
    moment = when_open(moment)
    seconds = round(hours * 3600)
    while seconds > (left := int((at(moment.date(), CLOSES.hour) - moment).total_seconds())):
        seconds -= left
        moment = at(next_working_day(moment.date()), OPENS.hour)
    return moment + timedelta(seconds=seconds)


def close_after(moment: datetime, days: int) -> datetime:
    """The close of the `days`th working day after the day of a moment: a deadline in business days."""
    return at(next_working_day(moment.date(), days), CLOSES.hour)
