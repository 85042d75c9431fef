"""The closed times that a clock skips: nights, breaks, days off and holidays between two instants."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from checker.agreement.people import WorkingTime
from checker.logic.calendar import Calendar

_WEEKEND = (5, 6)


class Closing(StrEnum):
    """Why nobody works."""

    BREAK = "break"
    NIGHT = "night"
    WEEKEND = "weekend"
    DAYS_OFF = "days off"
    HOLIDAY = "holiday"
    OUTSIDE_HOURS = "outside working hours"


@dataclass(frozen=True, slots=True)
class Closed:
    """A stretch without working time, from `begin` to `end` (seconds since 1970-01-01 UTC).

    Where days without work are in it, `holidays` are those on which people would work otherwise; `with_weekend` says
    that a weekend is in it beside them.
    """

    begin: int
    end: int
    why: Closing
    holidays: tuple[date, ...] = ()
    with_weekend: bool = False


def closed_between(calendar: Calendar, working_time: WorkingTime | None, first: int, last: int) -> list[Closed]:
    """The closed stretches between two instants, in order: what is not working time. Raises OutsideCalendar.

    Together with the working time (`Calendar.elapsed`) they are all the time in between. `working_time` tells holidays
    from days on which nobody ever works.
    """
    calendar.check_covered(first)
    calendar.check_covered(last)
    found: list[Closed] = []
    now = first
    place = bisect_right(calendar.closes, first)
    while place < len(calendar.opens) and calendar.opens[place] < last:
        if calendar.opens[place] > now:
            found.append(_closed(calendar, working_time, now, calendar.opens[place]))
        now = calendar.closes[place]
        place += 1
    if now < last:
        found.append(_closed(calendar, working_time, now, last))
    return found


def _closed(calendar: Calendar, working_time: WorkingTime | None, begin: int, end: int) -> Closed:
    first, last = calendar.local_date(begin), calendar.local_date(end - 1)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    off = [day for day in days if not calendar.working_days(day, day)]
    if off:
        week = working_time.week() if working_time is not None else {}
        holidays = tuple(day for day in off if week.get(day.weekday()))
        if holidays:
            others = any(day.weekday() in _WEEKEND for day in off if day not in holidays)
            return Closed(begin, end, Closing.HOLIDAY, holidays, others)
        is_weekend = all(day.weekday() in _WEEKEND for day in off)
        return Closed(begin, end, Closing.WEEKEND if is_weekend else Closing.DAYS_OFF)
    if begin not in calendar.closes or end not in calendar.opens:
        return Closed(begin, end, Closing.OUTSIDE_HOURS)
    next_day = calendar.local_date(end) > first
    return Closed(begin, end, Closing.NIGHT if next_day else Closing.BREAK)
