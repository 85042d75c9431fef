"""Counting as plain as can be: one lead after the other, on a calendar that was walked minute by minute.

It knows nothing of the product's statements, calendars and deadlines, and is their oracle on small funnels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from checker.quantity import Duration, Month, Unit
from tests.logic.minute_walk import MinuteWalk

Lead = Mapping[str, Any]
END_OF_DAY = 86399
LENGTHS = {Unit.MINUTES: 60, Unit.HOURS: 3600, Unit.BUSINESS_MINUTES: 60, Unit.BUSINESS_HOURS: 3600}


def as_at(leads: Iterable[Lead], cut_off: int, events: Sequence[str]) -> list[dict[str, Any]]:
    """The leads at the cut-off: duplicates are one lead with the earliest stamps, what came later has not happened."""
    by_id = {lead["lead_id"]: dict(lead) for lead in leads}
    final = {lead_id: _end(lead_id, by_id) for lead_id in by_id}
    for lead_id, end in final.items():
        if lead_id != end:
            for event in events:
                if event not in ("returned", "lost"):
                    _take_earlier(by_id[end], by_id[lead_id], event)
    kept = [by_id[lead_id] for lead_id, end in final.items() if lead_id == end]
    for lead in kept:
        for event in events:
            if lead.get(f"at_{event}") is not None and lead[f"at_{event}"] > cut_off:
                lead[f"at_{event}"] = None
    return kept


def _end(lead_id: str, by_id: Mapping[str, Lead]) -> str:
    """The lead that a lead is counted as; who merged into one that is not there is counted as the first such lead."""
    seen = [lead_id]
    while (into := by_id[seen[-1]].get("merged_into")) is not None:
        if into not in by_id:
            return min(other for other in by_id if _last(other, by_id) == into)
        if into in seen:
            return min(seen[seen.index(into) :])
        seen.append(into)
    return seen[-1]


def _last(lead_id: str, by_id: Mapping[str, Lead]) -> str:
    for _ in range(len(by_id) + 1):
        into = by_id[lead_id].get("merged_into") if lead_id in by_id else None
        if into is None:
            return lead_id
        lead_id = into
    return ""


def _take_earlier(lead: dict[str, Any], other: Lead, event: str) -> None:
    stamps = [
        (item[f"at_{event}"], bool(item.get(f"day_{event}"))) for item in (lead, other) if item.get(f"at_{event}")
    ]
    if stamps:
        lead[f"at_{event}"], lead[f"day_{event}"] = min(stamps)


@dataclass
class OneByOne:
    """Counts leads one by one. `walk` is the team's calendar as walked, `zone` that of months and dates."""

    walk: MinuteWalk
    zone: str
    cut_off: int

    def day(self, instant: int) -> date:
        return datetime.fromtimestamp(instant, ZoneInfo(self.zone)).date()

    def month(self, instant: int) -> Month:
        return Month.of(self.day(instant))

    def deadline(self, start: int, within: Duration, is_day: bool = False) -> int:
        match within.unit:
            case Unit.BUSINESS_MINUTES | Unit.BUSINESS_HOURS:
                return self.walk.due_in_working_time(start, within.count * LENGTHS[within.unit])
            case Unit.BUSINESS_DAYS:
                return self.walk.due_in_working_days(start, within.count)
            case Unit.MINUTES | Unit.HOURS:
                return start + within.count * LENGTHS[within.unit]
            case Unit.MONTHS:
                due = self.walk.due_on_the_wall(start, months=within.count)
            case _:
                due = self.walk.due_on_the_wall(start, days=within.count * (7 if within.unit is Unit.WEEKS else 1))
        return due + (END_OF_DAY if is_day else 0)

    def used(self, start: int, stop: int, within: Duration) -> int:
        return self.walk.elapsed(start, stop) if within.unit.is_business else stop - start

    def is_late(self, start: int, stop: int, within: Duration, is_day: bool = False) -> bool:
        if within.unit in (Unit.BUSINESS_MINUTES, Unit.BUSINESS_HOURS):
            return self.walk.elapsed(start, stop) > within.count * LENGTHS[within.unit]
        return stop > self.deadline(start, within, is_day)

    def needs_the_time(self, within: Duration) -> bool:
        return within.unit in LENGTHS

    def state(self, lead: Lead, starts: str, stops: str, within: Duration, not_before: str | None = None) -> str:
        """How a lead that has the start stands to its deadline, if neither spared nor excused."""
        start, stop = lead[f"at_{starts}"], lead.get(f"at_{stops}")
        start_is_day, stop_is_day = bool(lead.get(f"day_{starts}")), bool(lead.get(f"day_{stops}"))
        is_rounded = stop is not None and stop == start // 60 * 60
        if stop is not None and stop + (END_OF_DAY if stop_is_day else 0) < start and not is_rounded:
            least = lead.get(f"at_{not_before}") if not_before else None
            if least is None or stop < least:
                return "cannot tell"
        if self.needs_the_time(within) and (start_is_day or (stop is not None and stop_is_day)):
            return "cannot tell"
        if self.deadline(start, within, start_is_day) > self.cut_off:
            return "waiting"
        if stop is None or self.is_late(start, stop, within, start_is_day):
            return "late"
        return "met"

    def counted(self, keys: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
        return dict(Counter(keys))
