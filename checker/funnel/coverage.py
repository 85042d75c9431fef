"""For which days the data holds an event: declared by the source, or found from the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from checker.agreement.events import BECAME
from checker.agreement.scalars import Days
from checker.funnel.event_facts import EventFacts
from checker.verdict import Coverage

OF_ITS_OWN = ("handed_off",)
"""Beside reaching a stage, the events whose own first and last date say from when to when they were recorded."""


def coverage_of(
    events: Mapping[str, EventFacts],
    file_of: Mapping[str, str],
    declared: Mapping[str, Days],
    timezone: str,
    follow: Mapping[str, str] | None = None,
) -> dict[str, Coverage]:
    """The days for which each event is in the data.

    What is not declared is found: for reaching a stage and for handoffs, the first to the last date of that event; for
    every other event, those of any event of the same file, because where something else was recorded it would have
    been too. A stand-in is covered as the event that stands in, and events that `follow` from the lines of another one
    are covered where that one is declared. An event that never happened in a file without any is covered for no day,
    and is missing here.
    """
    found: dict[str, Coverage] = {}
    for event, facts in events.items():
        names = [event, facts.stand_in, (follow or {}).get(event)]
        said = next((name for name in names if name in declared), None)
        if said is not None:
            days = declared[said]
            found[event] = Coverage(event=event, first=days.first, last=days.last, declared=True)
        else:
            alone = event.startswith(BECAME) or event in OF_ITS_OWN
            together = (
                [facts] if alone else [other for name, other in events.items() if file_of[name] == file_of[event]]
            )
            if span := _span(together, timezone):
                found[event] = Coverage(event=event, first=span[0], last=span[1])
    return found


def _span(events: Iterable[EventFacts], timezone: str) -> tuple[date, date] | None:
    stamps = [stamp for event in events for stamp in (event.first, event.last) if stamp is not None]
    if not stamps:
        return None
    zone = ZoneInfo(timezone)
    first, last = (datetime.fromtimestamp(stamp, UTC).astimezone(zone).date() for stamp in (min(stamps), max(stamps)))
    return first, last
