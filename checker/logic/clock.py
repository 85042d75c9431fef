"""Deadlines: when a duration of any unit is over, how much of it was used, and what is late.

What a duration means for a clock that starts at an instant:

    business minutes, hours   working time of the calendar, to the second
    business days             the close of the Nth working day after the start's own local day
    minutes, hours            elapsed time: 24 hours are 24 hours, also when the clocks are changed
    days, weeks, months       the same time on the wall that many days, weeks or months later; a day that the month
                              does not have is its last; a time that is never shown is the first instant after it
    0 of any unit             the start itself
"""

from __future__ import annotations

from enum import StrEnum

from checker.logic.calendar import Calendar
from checker.logic.wall_clock import DAY, day_number, numbered_day
from checker.quantity import Duration, Month, Unit

_SECONDS = {Unit.MINUTES: 60, Unit.HOURS: 3600, Unit.BUSINESS_MINUTES: 60, Unit.BUSINESS_HOURS: 3600}


class Counted(StrEnum):
    """What a duration counts."""

    WORKING_TIME = "working time"
    WORKING_DAYS = "working days"
    ELAPSED_TIME = "elapsed time"
    WALL_TIME = "wall time"


def counted(duration: Duration) -> Counted:
    """What a duration counts. Nothing at all is no time, whatever its unit."""
    if duration.count == 0 or duration.unit in (Unit.MINUTES, Unit.HOURS):
        return Counted.ELAPSED_TIME
    if duration.unit in (Unit.BUSINESS_MINUTES, Unit.BUSINESS_HOURS):
        return Counted.WORKING_TIME
    return Counted.WORKING_DAYS if duration.unit is Unit.BUSINESS_DAYS else Counted.WALL_TIME


def seconds_of(duration: Duration) -> int:
    """The length of working time or elapsed time in seconds. Days, weeks and months have no length of their own."""
    return duration.count * _SECONDS[duration.unit] if duration.count else 0


def deadline(calendar: Calendar, start: int, duration: Duration) -> int:
    """The instant at which a duration is over. Raises OutsideCalendar for the start, and for the deadline."""
    calendar.check_covered(start)
    match counted(duration):
        case Counted.WORKING_TIME:
            return calendar.due_in_business_time(start, seconds_of(duration))
        case Counted.WORKING_DAYS:
            return calendar.due_in_business_days(start, duration.count)
        case Counted.ELAPSED_TIME:
            due = start + seconds_of(duration)
        case Counted.WALL_TIME:
            due = calendar.wall.reaches(wall_deadline(calendar, start, duration))
    if not calendar.covers(due):
        raise calendar.deadline_outside(start)
    return due


def wall_deadline(calendar: Calendar, start: int, duration: Duration) -> int:
    """What the wall clock is to show when days, weeks or months are over (see `WallClock`)."""
    number, second = divmod(calendar.wall.shows(start), DAY)
    if duration.unit is Unit.MONTHS:
        day = numbered_day(number)
        # A month after the calendar's last is as far outside as any other, and never past the year 9999.
        month = min(Month.of(day) + duration.count, Month.of(calendar.last) + 1)
        number = day_number(month.first_day.replace(day=min(day.day, month.last_day.day)))
    else:
        number += duration.count * (7 if duration.unit is Unit.WEEKS else 1)
    return number * DAY + second


def is_late(calendar: Calendar, start: int, stop: int, duration: Duration) -> bool:
    """Whether a clock was stopped too late.

    In working time, late is what used more of it than allowed: an answer after closing on the day of the deadline
    has used no more, and is in time. In every other unit, late is what comes after the deadline. Raises
    OutsideCalendar for the start or the stop, never for the deadline: what stopped inside the calendar met a
    deadline after it.
    """
    calendar.check_covered(start)
    calendar.check_covered(stop)
    match counted(duration):
        case Counted.WORKING_TIME:
            return calendar.elapsed(start, stop) > seconds_of(duration)
        case Counted.WORKING_DAYS:
            return calendar.late_in_business_days(start, stop, duration.count)
        case Counted.ELAPSED_TIME:
            return stop - start > seconds_of(duration)
        case Counted.WALL_TIME:
            return stop > calendar.wall.reaches(wall_deadline(calendar, start, duration))


def used(calendar: Calendar, start: int, stop: int, duration: Duration) -> int:
    """Seconds from start to stop as the duration's unit counts them: working time for business units, else elapsed.

    Negative if the stop comes first. Raises OutsideCalendar for business units.
    """
    return calendar.elapsed(start, stop) if duration.unit.is_business else stop - start
