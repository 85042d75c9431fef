"""The office of the drawings: nine to six in Warsaw, around Easter 2027, and promises of four business hours in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from checker.agreement.people import WorkingTime
from checker.logic.calendar import Calendar
from checker.logic.working_time import calendar_of
from checker.quantity import Duration, Unit

ZONE = ZoneInfo("Europe/Warsaw")
OFFICE = WorkingTime.model_validate(
    {"timezone": ZONE.key, "days": "Monday to Friday", "hours": "09:00 to 18:00", "holidays": {"country": "PL"}}
)
WITHIN = Duration(4, Unit.BUSINESS_HOURS)


def calendar(first: date, last: date) -> Calendar:
    """The office's calendar from the first to the last day."""
    return calendar_of(OFFICE, first, last)


def instant(text: str) -> int:
    """A moment on the office's clocks, such as `2027-03-26 16:31`, in seconds since 1970-01-01 UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


def on_the_clock(moment: int) -> datetime:
    """What the office's clocks show."""
    return datetime.fromtimestamp(moment, UTC).astimezone(ZONE)
