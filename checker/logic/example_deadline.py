"""A deadline by an example: a lead whose clock starts late on the last working day of a week, which is when people get
deadlines wrong.

The week is one in June: it has no date, no holiday, and no change of the clocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from checker.agreement import Agreement
from checker.agreement.people import WorkingTime
from checker.agreement.promises import OWN_WORKING_TIME, Clock
from checker.logic.calendar import Calendar, OutsideCalendar
from checker.logic.clock import deadline
from checker.logic.wall_clock import UnknownTimezone
from checker.logic.working_time import Openings, openings
from checker.message import Message, Written, say
from checker.quantity import Duration

MONDAY = date(2027, 6, 7)
_MOST_DAYS = 42
_HOUR = 3600
_WEEK = 6 * 86400

_WEEKDAYS = (
    say("Monday"),
    say("Tuesday"),
    say("Wednesday"),
    say("Thursday"),
    say("Friday"),
    say("Saturday"),
    say("Sunday"),
)


@dataclass(frozen=True)
class ExampleWeek:
    """The weeks in which a clock of some working time is shown; `start` is when the lead's clock starts."""

    calendar: Calendar
    start: int

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the working time."""
        return ZoneInfo(self.calendar.timezone)

    def due(self, time: Duration) -> int | None:
        """When so much time is over; None where that is beyond the weeks shown."""
        try:
            return deadline(self.calendar, self.start, time)
        except OutsideCalendar:
            return None

    def in_words(self, instant: int) -> Message:
        """“Friday 17:00”, with the week where it is another one and more than six days on."""
        local = datetime.fromtimestamp(instant, UTC).astimezone(self.zone)
        time = Written(local.strftime("%H:%M"))
        day = _WEEKDAYS[local.weekday()]
        weeks = (local.date() - MONDAY).days // 7
        if weeks and instant - self.start > _WEEK:
            return say("{weekday} {time}, week {number}", weekday=day, time=time, number=weeks + 1)
        return say("{weekday} {time}", weekday=day, time=time)


def example_week(agreement: Agreement, clock: Clock) -> ExampleWeek | None:
    """The weeks for a promise's clock; of that of the seller who has the lead, those of the first working time. None
    where the agreement has no working time, or one that no calendar can be made of.
    """
    of_the_seller = clock.working_time == OWN_WORKING_TIME
    working_time = agreement.working_time(None if of_the_seller else clock.working_time)
    if working_time is None or not working_time.week():
        return None
    try:
        calendar = _calendar(working_time.timezone, openings(working_time))
        return ExampleWeek(calendar, _start(calendar, working_time))
    except (OutsideCalendar, UnknownTimezone, ValueError):
        return None


@lru_cache(maxsize=32)  # many promises have the same working time
def _calendar(timezone: str, hours: Openings) -> Calendar:
    return Calendar(timezone, dict(hours), (), MONDAY - timedelta(days=7), MONDAY + timedelta(days=_MOST_DAYS))


def _start(calendar: Calendar, working_time: WorkingTime) -> int:
    """An hour before closing on the last working day of the week that is not the day before another one."""
    days = sorted(working_time.week())
    last = next((day for day in reversed(days) if (day + 1) % 7 not in days), days[-1])
    day = MONDAY + timedelta(days=last)
    shift = max(working_time.week()[last], key=lambda hours: hours.closes)
    closes = 18 * _HOUR if working_time.is_always else shift.closes
    return calendar.midnight(day) + max(closes - _HOUR, shift.opens)
