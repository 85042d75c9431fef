"""How many meetings an agreement plans for each month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from checker.agreement.cooperation import Meeting
from checker.agreement.scalars import WEEKDAYS
from checker.logic.calendar import Calendar
from checker.measures.view import View
from checker.quantity import Month

ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}


def planned_meetings(meeting: Meeting, months: Sequence[Month], view: View) -> dict[Month, int]:
    """How many meetings of one kind are planned for each of these months.

    `every: N months` counts from the plan's first month, `every: N weeks` from its first week; without a plan, from
    the first month asked about. A meeting on a day without work is held on the next working day. Of the month of the
    cut-off, only the meetings until then are planned.
    """
    plan = view.agreement.sections.plan
    first = plan.months.first if plan is not None else months[0]
    counts = dict.fromkeys(months, 0)
    for day in _days(meeting, first, months[0], months[-1]):
        held = _next_working_day(day, view.timeline.calendar)
        if Month.of(held) in counts and held <= view.timeline.today:
            counts[Month.of(held)] += 1
    return counts


def _days(meeting: Meeting, begin: Month, first: Month, last: Month) -> list[date]:
    """The planned days from a month before `first`, whose meeting may be put off into it, to `last`."""
    ordinal, _, weekday = (meeting.on or WEEKDAYS[0]).rpartition(" ")
    number = WEEKDAYS.index(weekday)
    if meeting.every.unit == "month":
        months = [first + offset for offset in range(-1, last - first + 1)]
        chosen = [month for month in months if (month - begin) % meeting.every.count == 0]
        return [_weekdays_of(month, number)[ORDINALS[ordinal or "first"]] for month in chosen]
    start = _weekdays_of(begin, number)[0]
    day = max(start, (first + -1).first_day)
    days = [day + timedelta(days=offset) for offset in range((last.last_day - day).days + 1)]
    return [day for day in days if (day - start).days % (7 * meeting.every.count) == 0]


def _weekdays_of(month: Month, weekday: int) -> list[date]:
    first = month.first_day + timedelta(days=(weekday - month.first_day.weekday()) % 7)
    days = [first + timedelta(weeks=week) for week in range(5)]
    return [day for day in days if Month.of(day) == month]


def _next_working_day(day: date, calendar: Calendar) -> date:
    """The day itself if it is a working day, else the next one; the day itself outside the calendar."""
    if not calendar.first <= day <= calendar.last:
        return day
    working = calendar.working_days(day, min(day + timedelta(days=30), calendar.last))
    return working[0] if working else day
