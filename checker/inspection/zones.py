"""Days that were stored as moments: midnights of another time zone, such as 03:00 UTC for midnight in São Paulo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

COMMON_ZONES = (
    "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Santiago", "America/Bogota", "America/Lima",
    "America/Mexico_City", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "Europe/London", "Europe/Lisbon", "Europe/Madrid", "Europe/Rome", "Europe/Warsaw", "Europe/Berlin", "Europe/Paris",
    "Europe/Athens", "Asia/Dubai", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
"""Zones that are tried, in this order, where nobody names one; they are whole hours away from UTC."""
_AT_LEAST = 3
_OF_FULL_HOURS = 0.8
_BY_CHANCE = 20
"""So many times more full hours than chance brings (one moment of 3,600 is on a full hour)."""


@dataclass(frozen=True, slots=True)
class Midnights:
    """Moments that are days: how many at which hours, of how many moments; `zone` is where it was midnight then.

    `zone` is None where the moments are midnights as they stand.
    """

    count: int
    of: int
    hours: tuple[int, ...]
    zone: str | None


def find_midnights(
    moments: Mapping[str, datetime], values: Mapping[str, int], zones: Iterable[str]
) -> Midnights | None:
    """The midnights among a column's moments, None where there are none. `zones` are tried before the common ones."""
    total = sum(values[value] for value in moments)
    full = {value: moment for value, moment in moments.items() if not (moment.minute or moment.second)}
    by_hour: Counter[int] = Counter()
    for value, moment in full.items():
        by_hour[moment.hour] += values[value]
    if by_hour[0] >= _AT_LEAST and by_hour[0] >= _OF_FULL_HOURS * sum(by_hour.values()):
        return Midnights(by_hour[0], total, (0,), None)
    if sum(by_hour.values()) == total and by_hour[0] == total:
        return Midnights(total, total, (0,), None)
    if not full:
        return None
    # summer time moves midnight by an hour, so that two hours beside each other may both be it
    best = max(
        ((hour, (hour + 1) % 24) for hour in list(by_hour)), key=lambda pair: by_hour[pair[0]] + by_hour[pair[1]]
    )
    hours = tuple(hour for hour in best if by_hour[hour])
    count = sum(by_hour[hour] for hour in hours)
    if count < _AT_LEAST or count < _OF_FULL_HOURS * sum(by_hour.values()) or count * 3600 < _BY_CHANCE * total:
        return None
    days = [moment for moment in full.values() if moment.hour in hours]
    zone = next((zone for zone in dict.fromkeys([*zones, *COMMON_ZONES]) if _are_midnights(days, zone)), None)
    return Midnights(count, total, hours, zone) if zone is not None else None


def _are_midnights(moments: Iterable[datetime], zone: str) -> bool:
    there = ZoneInfo(zone)
    return all(_begins_day(moment.replace(tzinfo=UTC), there) for moment in moments)


def _begins_day(moment: datetime, there: ZoneInfo) -> bool:
    """Whether a day begins then: at midnight, or later where the clocks skip it."""
    before = moment - timedelta(seconds=1)
    return before.astimezone(there).date() != moment.astimezone(there).date()
