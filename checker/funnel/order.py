"""Stamps out of order: what cannot have come before something else, and did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from checker.agreement import Agreement
from checker.agreement.events import became
from checker.funnel.engine import Engine
from checker.funnel.facts import FACTS, line_column
from checker.funnel.file_rows import FileRows
from checker.funnel.nodes import Node, case, column, less, number, select, table, whole_part
from checker.funnel.oddities import EXAMPLES, Oddity, quality
from checker.funnel.reading_plan import LEAD_ID, EventPlan, Plan
from checker.funnel.zones import phases, wall
from checker.logic.wall_clock import DAY
from checker.message import Written, say_counted
from checker.verdict import Quality

_FIXED_ORDER = (
    ("handed_off", "assigned"),
    ("handed_off", "first_personal_contact"),
    ("handed_off", "decided"),
    ("handed_off", "returned"),
    ("handed_off", "outcome_written"),
    ("returned", "handed_off_again"),
    ("activity", "activity_logged"),
)
"""Of each pair, the second cannot come before the first."""


def violations(agreement: Agreement, engine: Engine, plan: Plan, files: Mapping[str, FileRows]) -> Iterator[Oddity]:
    """Pairs of events that come in the wrong order. Stand-ins are not compared."""
    own = {event.event: event for event in plan.events()}
    for first, later in _pairs(agreement, own):
        yield _violation(engine, plan, files, own[first], own[later])


def _pairs(agreement: Agreement, own: Mapping[str, EventPlan]) -> Iterator[tuple[str, str]]:
    stages = [event for event in map(became, agreement.stages) if event in own]
    yield from pairwise(stages)
    handoff = agreement.sections.handoff
    fixed = [*([(became(handoff.stage), "handed_off")] if handoff is not None else []), *_FIXED_ORDER]
    yield from ((first, later) for first, later in fixed if first in own and later in own)


def _violation(engine: Engine, plan: Plan, files: Mapping[str, FileRows], first: EventPlan, later: EventPlan) -> Oddity:
    at_first, at_later = column(f"at_{first.event}"), column(f"at_{later.event}")
    is_wrong: Node = less(at_later, at_first)
    have_happened = all(files[event.file].extent(event) is not None for event in (first, later))
    if have_happened and (later.stamp.day is not False or later.midnights is not None):
        # a day is not over at its first instant, so only what begins on a later day comes after it
        days = [_day(plan, files, event) for event in (later, first)]
        is_wrong = case([(column(f"day_{later.event}"), less(*days))], is_wrong)

    def told(count: int, _: int) -> Quality:
        said = say_counted(
            "{count} lead has {later} before {first}",
            "{count} leads have {later} before {first}",
            count=count,
            later=Written(later.event),
            first=Written(first.event),
        )
        return quality("out of order", count, said, _examples(engine, plan, files, is_wrong))

    return Oddity(is_wrong, told, after=first.event)


def _day(plan: Plan, files: Mapping[str, FileRows], event: EventPlan) -> Node:
    """The local date of an event in the time zone of the reports, as a number of days."""
    extent = files[event.file].extent(event)
    assert extent is not None, "asked only of what has happened"
    return whole_part(wall(column(f"at_{event.event}"), phases(plan.timezone, *extent)), DAY)


def _examples(engine: Engine, plan: Plan, files: Mapping[str, FileRows], condition: Node) -> Iterator[str]:
    """Leads with the lines that say it: `L-17 (leads.csv:5, deals.csv:8)`."""
    joined = {line_column(name): rows.located.label for name, rows in files.items() if name != plan.leads}
    places = [column("source_file"), column("source_line"), *map(column, joined)]
    statement = select([column(LEAD_ID), *places], table(FACTS), condition.copy())
    statement = statement.order_by(column("row_number"), copy=False).limit(number(EXAMPLES), copy=False)
    for lead, file, line, *lines in engine.rows(statement):
        shown = [f"{file}:{line}"]
        shown += [f"{label}:{other}" for label, other in zip(joined.values(), lines, strict=True) if other is not None]
        yield f"{lead} ({', '.join(shown)})"
