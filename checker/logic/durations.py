"""Which of two durations is surely the longer one, whatever day they start on.

Minutes and hours are elapsed time, days to months follow the calendar, business units follow the working time, so that
two durations of different units can rarely be put in order. Each duration is held between two bounds in seconds:

    elapsed        N days are N times 24 hours, an hour more or less where the clocks are changed; N months have between
                   365 N / 12 - 2 and 366 N / 12 + 2 days; working time takes at least as long as it is
    working time   N business days hold N whole working days, and at most one more: the rest of the first; where shifts
                   run past midnight at most two more: the end of the last shift of the day before as well; an hour
                   more or less where the clocks are changed

A bound that nothing gives is None, and then nothing is sure.
"""

from __future__ import annotations

from typing import NamedTuple

from checker.agreement.people import WorkingTime
from checker.quantity import Duration, Unit

_HOUR, _DAY = 3600, 86400
_EXACT = {Unit.MINUTES: 60, Unit.HOURS: _HOUR, Unit.BUSINESS_MINUTES: 60, Unit.BUSINESS_HOURS: _HOUR}
_DAYS_OF = {Unit.DAYS: 1, Unit.WEEKS: 7}


class Bounds(NamedTuple):
    """Seconds between which a length of time lies; None where there is no bound."""

    least: int
    most: int | None


def surely_shorter(one: Duration, other: Duration, working_time: WorkingTime | None = None) -> bool:
    """Whether `one` is over before `other`, whenever both start at the same instant.

    `working_time` is the calendar of both; without it, business hours and business days cannot be compared.
    """
    if one.unit is other.unit:
        return one.count < other.count
    if one.unit.is_business and other.unit.is_business:
        return _is_below(_working(one, working_time), _working(other, working_time))
    return _is_below(_elapsed(one), _elapsed(other))


def surely_not_longer(one: Duration, other: Duration) -> bool:
    """Whether `one` is over before `other` or with it: 90 minutes are not longer than 90 minutes, or than 2 hours."""
    if one.unit is other.unit:
        return one.count <= other.count
    same = one.unit in _EXACT and other.unit in _EXACT and one.unit.is_business is other.unit.is_business
    return same and one.count * _EXACT[one.unit] <= other.count * _EXACT[other.unit]


def _is_below(one: Bounds | None, other: Bounds | None) -> bool:
    return one is not None and other is not None and one.most is not None and one.most < other.least


def _elapsed(duration: Duration) -> Bounds:
    count = duration.count
    if duration.unit is Unit.BUSINESS_DAYS:
        return Bounds(max(count - 1, 0) * _DAY, None)
    if duration.unit in _EXACT:
        seconds = count * _EXACT[duration.unit]
        return Bounds(seconds, None if duration.unit.is_business else seconds)
    if duration.unit is Unit.MONTHS:
        return Bounds((365 * count // 12 - 2) * _DAY - _HOUR, (366 * count // 12 + 2) * _DAY + _HOUR)
    days = count * _DAYS_OF[duration.unit]
    return Bounds(days * _DAY - _HOUR, days * _DAY + _HOUR)


def _working(duration: Duration, working_time: WorkingTime | None) -> Bounds | None:
    """Bounds in seconds of working time; None where the calendar must be known and is not."""
    if duration.unit is not Unit.BUSINESS_DAYS:
        seconds = duration.count * _EXACT[duration.unit]
        return Bounds(seconds, seconds)
    days = [] if working_time is None else [shifts for shifts in working_time.week().values() if shifts]
    if not days:
        return None
    lengths = [sum(shift.closes - shift.opens for shift in shifts) for shifts in days]
    past_midnight = any(shift.closes > _DAY for shifts in days for shift in shifts)
    return Bounds(duration.count * min(lengths) - _HOUR, (duration.count + 1 + past_midnight) * max(lengths) + _HOUR)
