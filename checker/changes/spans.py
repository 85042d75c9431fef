"""Which of two lengths of time is the longer one, where that can be said without a calendar."""

from __future__ import annotations

from checker.quantity import Duration, Unit

_KINDS = {
    Unit.MINUTES: ("elapsed", 1),
    Unit.HOURS: ("elapsed", 60),
    Unit.DAYS: ("calendar", 1),
    Unit.WEEKS: ("calendar", 7),
    Unit.MONTHS: ("months", 1),
    Unit.BUSINESS_MINUTES: ("business", 1),
    Unit.BUSINESS_HOURS: ("business", 60),
    Unit.BUSINESS_DAYS: ("business days", 1),
}
"""Unit -> what it is a measure of, and how many of the smallest one it is."""


def longer(first: Duration, second: Duration) -> int | None:
    """1 where the first is longer, -1 where it is shorter, 0 where both are as long; None where the working time or the
    calendar would have to decide (3 business hours against 1 hour).
    """
    (kind, scale), (other_kind, other_scale) = _KINDS[first.unit], _KINDS[second.unit]
    if kind != other_kind:
        return None
    one, two = first.count * scale, second.count * other_scale
    return (one > two) - (one < two)
