"""What happened when: of each event how many leads have it, and its first and last instant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from checker.funnel.engine import Engine
from checker.funnel.facts import FACTS
from checker.funnel.file_rows import FileRows
from checker.funnel.nodes import Node, both, column, count_star, how_many, is_known, select, table
from checker.funnel.reading_plan import EventPlan, Plan
from checker.funnel.rejects import kept_out
from checker.funnel.repeats import Repeats
from checker.funnel.zones import instant_at, phases


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event in the lead facts: how many leads have it, its first and last instant (seconds since 1970-01-01 UTC;
    None where nobody has it), and for how many only the day is known.

    `stand_in` is the event that it is read off, because the data does not hold it. Of a log, `lines` is how many lines
    there are of it, of which a lead may have several, and `last` the last instant of all of them.
    """

    count: int
    first: int | None
    last: int | None
    days_only: int = 0
    stand_in: str | None = None
    lines: int | None = None

    @property
    def times(self) -> int:
        """How often it happened, as far as the data tells."""
        return self.count if self.lines is None else self.lines


def told_by(
    engine: Engine, plan: Plan, files: Mapping[str, FileRows], repeats: Mapping[str, Repeats]
) -> tuple[int, dict[str, EventFacts]]:
    """The number of leads, and what is known of each event: as far as a file tells it unread, else by one statement
    over the lead facts.
    """
    rows = files[plan.leads]
    leads = rows.rows
    is_whole = not kept_out(rows, repeats) and not rows.plan.is_log
    told = dict(_unread(rows, plan.timezone)) if is_whole else {}
    own = [*(event.event for event in plan.events()), *plan.derived]
    asked = [event for event in own if event not in told]
    if asked or not is_whole:
        leads, *found = engine.row(select([count_star(), *_questions(asked)], table(FACTS)))
        told |= {event: EventFacts(*found[4 * index : 4 * index + 4]) for index, event in enumerate(asked)}
    told |= _with_lines(engine, plan, told)
    events = {event: told[event] for event in own}
    stand_ins = {event: replace(events[other], stand_in=other) for event, other in plan.stand_ins.items()}
    return leads, events | stand_ins


def _with_lines(engine: Engine, plan: Plan, told: Mapping[str, EventFacts]) -> dict[str, EventFacts]:
    """What is known of the events of logs, with all their lines."""
    logged = [event.event for file in plan.files.values() if file.is_log for event in file.events]
    if not logged:
        return {}
    asked = [
        asked
        for event in logged
        for asked in (exp.Sum(this=column(f"count_{event}")), exp.Max(this=column(f"last_{event}")))
    ]
    found = engine.row(select(asked, table(FACTS)))
    return {
        event: replace(told[event], lines=int(lines or 0), last=last)
        for event, lines, last in zip(logged, found[::2], found[1::2], strict=True)
    }


def _questions(events: Sequence[str]) -> Iterator[Node]:
    """What is asked of each event: the arguments of `EventFacts`."""
    for event in events:
        at = column(f"at_{event}")
        yield exp.Count(this=at)
        yield exp.Min(this=at.copy())
        yield exp.Max(this=at.copy())
        yield how_many(both([is_known(at.copy()), column(f"day_{event}")]))


def _unread(rows: FileRows, report_zone: str) -> Iterator[tuple[str, EventFacts]]:
    """What the statistics of a file say of the events whose column is taken as it stands."""
    for event in rows.plan.events:
        is_told = event.event in rows.measured and event.reading.name in rows.blanks
        if is_told and event.midnights is None and isinstance(event.stamp.day, bool):
            yield event.event, _from_statistics(event, rows, report_zone)


def _from_statistics(event: EventPlan, rows: FileRows, report_zone: str) -> EventFacts:
    count = rows.rows - rows.blanks[event.reading.name]
    extent = rows.extents.get(event.event)
    if extent is None:
        return EventFacts(0, None, None)
    first, last = extent
    if event.stamp.day is True or event.stamp.utc is False:
        zone = phases(report_zone if event.stamp.day is True else event.timezone, first, last)
        first, last = instant_at(first, zone), instant_at(last, zone)
    return EventFacts(count, first, last, count if event.stamp.day is True else 0)
