"""The working days of a plan's months: what a month's target is a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.agreement import Agreement
from checker.errors import MissingExtra
from checker.logic.holidays import UnknownPlace
from checker.logic.wall_clock import UnknownTimezone
from checker.logic.working_time import calendar_of
from checker.quantity import Month


def days_of_work(agreement: Agreement, months: Sequence[Month]) -> Mapping[Month, int]:
    """Month -> days on which somebody works, by the agreement's first working time; empty where it names none, or one
    that cannot be laid out (a rule says so).
    """
    working_time = agreement.working_time()
    if working_time is None or not months:
        return {}
    try:
        calendar = calendar_of(working_time, months[0].first_day, months[-1].last_day)
    except (UnknownTimezone, UnknownPlace, MissingExtra):
        return {}
    return {month: len(calendar.working_days(month.first_day, month.last_day)) for month in months}
