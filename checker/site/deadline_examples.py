"""When a deadline falls, for leads that arrive at moments when people get it wrong: told in the company's own calendar.

A week without holidays stands for every week; the holiday is a real one of the plan's months.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup

from checker.agreement.people import WorkingTime
from checker.agreement.promise_list import Deadline, Promise
from checker.agreement.promises import Clock
from checker.errors import SlaError
from checker.logic.calendar import Calendar, OutsideCalendar
from checker.logic.clock import deadline
from checker.logic.example_deadline import MONDAY, example_week
from checker.logic.wall_clock import UnknownTimezone
from checker.logic.working_time import calendar_of
from checker.message import say
from checker.site.basis import Basis

_HOUR = 3600
_WEEKS_AROUND = timedelta(days=60)


@dataclass(frozen=True)
class Arrival:
    """A moment at which a lead arrives, and for each deadline of the promise the moment by which it is due."""

    arrives: Markup
    due: tuple[Markup, ...]


def arrivals(basis: Basis, promise: Promise) -> tuple[Arrival, ...]:
    """The examples of a promise; none where no deadline of it is counted in business time, or its calendar is not
    known.
    """
    clock = promise.clock
    rungs = [rung for rung in promise.deadlines if rung.time.unit.is_business]
    if clock is None or len(rungs) != len(promise.deadlines):
        return ()
    working_time = basis.agreement.working_time(None if clock.working_time == "of the seller" else clock.working_time)
    if working_time is None or working_time.is_always:
        return ()
    try:
        return (*_in_a_week(basis, clock, rungs, working_time), *_before_a_holiday(basis, rungs, working_time))
    except (OutsideCalendar, UnknownTimezone, SlaError, ValueError):
        return ()


def _in_a_week(basis: Basis, clock: Clock, rungs: list[Deadline], working_time: WorkingTime) -> Iterator[Arrival]:
    late = example_week(basis.agreement, clock)
    if late is None:
        return
    week = working_time.week()
    first = min(week)
    opens = min(shift.opens for shift in week[first])
    starts = [late.calendar.midnight(MONDAY + timedelta(days=first)) + opens + _HOUR, late.start]
    closed = next((day for day in reversed(range(7)) if day not in week), None)
    if closed is not None:
        starts.append(late.calendar.midnight(MONDAY + timedelta(days=closed)) + 11 * _HOUR)
    for start in dict.fromkeys(starts):
        shown = replace(late, start=start)
        due = [shown.due(rung.time) for rung in rungs]
        told = tuple(basis.voice.say(shown.in_words(moment)) for moment in due if moment is not None)
        if len(told) == len(due):
            yield Arrival(basis.voice.say(shown.in_words(start)), told)


def _before_a_holiday(basis: Basis, rungs: list[Deadline], working_time: WorkingTime) -> Iterator[Arrival]:
    """An hour before closing on the working day before the plan's first holiday that is not a weekend."""
    plan = basis.agreement.sections.plan
    if plan is None or working_time.holidays is None:
        return
    first, last = plan.months.first.first_day, plan.months.last.last_day
    calendar = calendar_of(working_time, first - timedelta(days=7), last + _WEEKS_AROUND)
    week = working_time.week()
    found = _holiday_and_eve(calendar, frozenset(week), first, last)
    if found is None:
        return
    holiday, eve = found
    closes = max(shift.closes for shift in week[eve.weekday()])
    start = calendar.midnight(eve) + closes - _HOUR
    zone = ZoneInfo(working_time.timezone)
    yield Arrival(
        basis.voice.gettext("{moment}, before the holiday of {day}", moment=_dated(basis, start, zone), day=holiday),
        tuple(_dated(basis, deadline(calendar, start, rung.time), zone) for rung in rungs),
    )


@lru_cache(maxsize=32)  # the same for all promises of a working time
def _holiday_and_eve(calendar: Calendar, weekdays: frozenset[int], first: date, last: date) -> tuple[date, date] | None:
    """The first holiday from a day to another that is not a weekend, and the working day before it."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    holidays = (day for day in days if day.weekday() in weekdays and not calendar.working_days(day, day))
    pairs = ((day, _working_day_before(calendar, day)) for day in holidays)
    return next(((day, eve) for day, eve in pairs if eve is not None and eve >= first), None)


def _working_day_before(calendar: Calendar, holiday: date) -> date | None:
    """The last working day of the week before a day; None where all of it is closed."""
    return max(calendar.working_days(holiday - timedelta(days=7), holiday - timedelta(days=1)), default=None)


def _dated(basis: Basis, instant: int, zone: ZoneInfo) -> Markup:
    local = datetime.fromtimestamp(instant, UTC).astimezone(zone).replace(tzinfo=None)
    return basis.voice.say(
        say("{weekday} {moment}", weekday=basis.voice.weekday(local.weekday()), moment=_without_seconds(local))
    )


def _without_seconds(local: datetime) -> datetime | date:
    return local.replace(second=0, microsecond=0)
