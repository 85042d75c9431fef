"""Dates that lie a number of days, weeks or months apart."""

from __future__ import annotations

from datetime import date, timedelta

from checker.quantity import Duration, Month, Unit


def later(day: date, span: Duration) -> date:
    """The day so many days, weeks or months after another; a day that its month lacks is that month's last.

    Raises ValueError for spans of less than days.
    """
    return _shifted(day, span, span.count)


def earlier(day: date, span: Duration) -> date:
    """The day so many days, weeks or months before another. Raises ValueError as above."""
    return _shifted(day, span, -span.count)


def _shifted(day: date, span: Duration, count: int) -> date:
    match span.unit:
        case Unit.DAYS:
            return day + timedelta(days=count)
        case Unit.WEEKS:
            return day + timedelta(weeks=count)
        case Unit.MONTHS:
            month = Month.of(day) + count
            return month.first_day.replace(day=min(day.day, month.last_day.day))
    raise ValueError(f"{span} is no number of days")
