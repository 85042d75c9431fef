"""The lead facts: one row a lead, put together from the files of the source section.

Columns: `lead_id`; `channel`, `campaign`, `country`, `owner`, `disposition`, `return_reason`, `merged_into` (text) and
`amount` (two decimals), all null where the source does not map them; `expected_closing` (date),
`through_channel` (yes or no) and `field_<id>` for each field where it maps them;
`at_<event>` and `day_<event>` for each event: the instant in seconds since 1970-01-01 UTC, null where it did not
happen, and whether only the day is known, in which case it is that day's first instant in the zone of the reports;
`told_<event>` for some of them: false, or null, where it did not happen, and cheaper to ask than the instant;
`source_file`, `source_line`, `row_number`; and `line_<file>`, the line of the row that was joined from another file.
Where events were folded from a log (`checker.funnel.fold`), also `count_<event>` and `last_<event>`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from sqlglot import exp

from checker.funnel.conditions import Shape
from checker.funnel.file_rows import FILE, LINE, ROW, FileRows, told_column
from checker.funnel.fold import CONTACTS, contacts_of, first_contact, fold, unpacked
from checker.funnel.log_mapping import CONTACT
from checker.funnel.nodes import (
    Node,
    as_type,
    both,
    case,
    column,
    either,
    equal,
    inner,
    is_in,
    minus,
    named,
    nothing,
    number,
    select,
    table,
    truth,
)
from checker.funnel.reading_plan import BASE, CELLS, LEAD_ID, EventPlan, FilePlan, Plan
from checker.funnel.readings import is_taken_as_it_stands
from checker.funnel.repeats import Repeats, sound
from checker.funnel.values import AMOUNT
from checker.funnel.zones import Phase, instant, phases, wall
from checker.logic.wall_clock import DAY

FACTS = "lead facts"
"""The name of the view."""


@dataclass(frozen=True, slots=True)
class FactColumn:
    """A column of the lead facts.

    `mapped` is false for a column that the source says nothing of: it is null in every row. `stand_in` is the event
    that an event is read off, because the data does not hold it. Where a column of texts `is_never_empty`, a blank is
    null in it; where a column `is_never_blank`, it holds something in every row, as the file itself tells.
    """

    name: str
    shape: Shape
    mapped: bool = True
    is_never_empty: bool = False
    is_never_blank: bool = False
    stand_in: str | None = None


def line_column(file: str) -> str:
    """The column with the line of the row that was joined from a file."""
    return f"line_{file}"


def facts_of(plan: Plan, files: Mapping[str, FileRows], repeats: Mapping[str, Repeats]) -> exp.Select:
    """The statement of the lead facts. `repeats` are rows that are kept out, by file."""
    lead = plan.leads
    held = {
        reading.name: _or_blank(column(reading.name, file.name), reading.blank)
        for file in plan.files.values()
        for reading in file.values
    }
    held |= {name: value for name, (_, value) in plan.constants.items()}
    held |= {name: column(name, said.file) for name, said in plan.said.items()}
    for name, other in plan.same.items():
        held[name] = held[other].copy()
    columns: dict[str, Node] = {LEAD_ID: column(LEAD_ID, lead)}
    columns |= {name: held.pop(name, as_type(nothing(), AMOUNT if name == "amount" else "VARCHAR")) for name in BASE}
    columns |= held
    for event in plan.events():
        for name in (f"at_{event.event}", f"day_{event.event}"):
            columns[name] = column(name, event.file)
    for event_name, other in plan.stand_ins.items():
        for kind in ("at", "day"):
            columns[f"{kind}_{event_name}"] = columns[f"{kind}_{other}"].copy()
    columns |= {f"told_{event}": column(f"told_{told}", file) for event, (told, file) in _told(plan, files).items()}
    columns |= _of_logs(plan, columns)
    columns |= {"source_file": column(FILE, lead), "source_line": column(LINE, lead), "row_number": column(ROW, lead)}
    columns |= {line_column(name): column(LINE, name) for name in plan.files if name != lead}
    statement = select(
        [named(value, name) for name, value in columns.items()], inner(_rows_of(plan, files[lead], repeats), lead)
    )
    for name, file in plan.files.items():
        if name != lead:
            on = both(equal(column(part.of_lead, lead), column(part.own, name)) for part in file.joined_on)
            joined = inner(_rows_of(plan, files[name], repeats), name)
            statement = statement.join(joined, on=on, join_type="left", copy=False)
    return statement


def _told(plan: Plan, files: Mapping[str, FileRows]) -> dict[str, tuple[str, str]]:
    """Event -> the event that it is read off (itself, where it is no stand-in) and its file: of those of which the rows
    of a file say whether they tell of them.
    """
    found = {event: (event, name) for name in plan.files for event in files[name].told}
    return found | {event: found[other] for event, other in plan.stand_ins.items() if other in found}


def told_events(plan: Plan, files: Mapping[str, FileRows]) -> frozenset[str]:
    """The events of which the lead facts have a column `told_<event>`."""
    return frozenset(_told(plan, files))


def _rows_of(plan: Plan, rows: FileRows, repeats: Mapping[str, Repeats]) -> exp.Select:
    """At most one row a lead: those of a file, or the lines of a log folded."""
    told = lines_of(plan, rows, repeats)
    if not rows.plan.is_log:
        return told
    said = {name: said for name, said in plan.said.items() if said.file == rows.plan.name}
    return fold(rows.plan, rows.plan.name == plan.leads, said, told)


def _of_logs(plan: Plan, columns: Mapping[str, Node]) -> dict[str, Node]:
    """What logs tell beside: how often each event happened, the last of its instants, the first personal contact, and
    the keys of joined logs.
    """
    found: dict[str, Node] = {}
    for file in plan.files.values():
        if not file.is_log:
            continue
        for event in file.events:
            found |= {f"{kind}_{event.event}": column(f"{kind}_{event.event}", file.name) for kind in ("count", "last")}
        if contacts_of(file):
            first = first_contact(column(CONTACTS, file.name), columns.get("at_handed_off"))
            at, is_day = unpacked(first)
            found |= {f"at_{CONTACT}": at, f"day_{CONTACT}": is_day}
        found |= {part.of_lead: column(part.of_lead, plan.leads) for part in file.joined_on}
    return found


def columns_of_facts(plan: Plan, files: Mapping[str, FileRows]) -> dict[str, FactColumn]:
    """The columns of the lead facts, in their order."""
    shapes = {reading.name: reading.shape for reading in plan.readings()}
    shapes |= {name: shape for name, (shape, _) in plan.constants.items()}
    shapes |= {name: shapes[other] for name, other in plan.same.items()}
    columns = [FactColumn(LEAD_ID, Shape.TEXT)]
    columns += [
        FactColumn(
            name, shapes.pop(name, Shape.NUMBER if name == "amount" else Shape.TEXT), mapped=name in _mapped(plan)
        )
        for name in BASE
    ]
    columns += [FactColumn(name, shape) for name, shape in shapes.items()]
    never_empty, never_blank = _never_empty(plan), _never_blank(plan, files[plan.leads])
    columns = [
        replace(fact, is_never_empty=fact.name in never_empty, is_never_blank=fact.name in never_blank)
        for fact in columns
    ]
    for event in [*(event.event for event in plan.events()), *plan.stand_ins, *plan.derived]:
        stand_in = plan.stand_ins.get(event)
        columns.append(FactColumn(f"at_{event}", Shape.NUMBER, stand_in=stand_in))
        columns.append(FactColumn(f"day_{event}", Shape.FLAG, stand_in=stand_in))
    columns += [FactColumn("source_file", Shape.TEXT), FactColumn("source_line", Shape.NUMBER)]
    columns.append(FactColumn("row_number", Shape.NUMBER))
    columns += [FactColumn(line_column(name), Shape.NUMBER) for name in plan.files if name != plan.leads]
    return {fact.name: fact for fact in columns}


def _never_empty(plan: Plan) -> set[str]:
    """The columns of texts that are taken from a file as they stand there, but for the empty ones, which are null."""
    found = {
        reading.name
        for file in plan.files.values()
        for reading in file.values
        if reading.blank is None and reading.shape is Shape.TEXT and is_taken_as_it_stands(reading)
    }
    return _with_same(plan, found)


def _never_blank(plan: Plan, rows: FileRows) -> set[str]:
    """The columns of the leads' own file, of texts as they stand there or of whole numbers, that are blank in no row.

    Those of other files are blank for the leads that have no row there.
    """
    found = {
        reading.name
        for reading in rows.plan.values
        if not rows.plan.is_log
        and rows.blanks.get(reading.name) == 0
        and (reading.name in rows.ends or (reading.shape is Shape.TEXT and is_taken_as_it_stands(reading)))
    }
    return _with_same(plan, found)


def _with_same(plan: Plan, columns: set[str]) -> set[str]:
    """The columns that are taken from nowhere else, and those that repeat one of them."""
    found = columns - {*plan.constants, *plan.said}
    return found | {name for name, other in plan.same.items() if other in found}


def _mapped(plan: Plan) -> set[str]:
    return {reading.name for reading in plan.readings()} | set(plan.constants) | set(plan.same)


def _or_blank(value: Node, blank: Node | None) -> Node:
    return value if blank is None else exp.Coalesce(this=value, expressions=[blank.copy()])


# ---------------------------------------------------------------- moments


def lines_of(plan: Plan, rows: FileRows, repeats: Mapping[str, Repeats]) -> exp.Select:
    """The sound rows of a file, with the instants of its events."""
    file = rows.plan
    kept = [ROW, LINE, FILE, *([LEAD_ID] if not file.joined_on else []), *(key for key in file.keys if key != CELLS)]
    kept += [reading.name for reading in file.values]
    kept += [reading.name for event in file.events for reading in event.says.values()]
    kept += [event.flag.name for event in file.events if event.flag is not None]
    moments = [named(column(told_column(reading)), f"told_{event}") for event, reading in rows.told.items()]
    for event in file.moments():
        moment, is_day = _moment(event, rows, plan.timezone)
        moments += [named(moment, f"at_{event.event}"), named(is_day, f"day_{event.event}")]
    told = select([*map(column, kept), *moments], table(rows.name), both(sound(rows, repeats)))
    at_midnight = [event for event in file.moments() if event.midnights is not None and event.event in rows.extents]
    kept += [f"told_{event}" for event in rows.told]
    kept += [name for event in file.moments() for name in (f"at_{event.event}", f"day_{event.event}")]
    if at_midnight:
        shown = select([*map(column, kept), *(_shown(event, rows) for event in at_midnight)], inner(told, "told"))
        dated: dict[str, Node] = {name: column(name) for name in kept}
        for event in at_midnight:
            dated |= _dated(event, rows, plan.timezone)
        told = select([named(value, name) for name, value in dated.items()], inner(shown, "shown"))
    return _parted(file, kept, told) if any(event.flag is not None for event in file.events) else told


def _parted(file: FilePlan, kept: Iterable[str], told: exp.Select) -> exp.Select:
    """The lines of a log with the moments of each event, where several events share one."""
    shared = {event.reading.name: event.event for event in file.moments()}
    values: dict[str, Node] = {name: column(name) for name in kept}
    for event in file.events:
        if event.flag is not None:
            for kind in ("at", "day"):
                moment = column(f"{kind}_{shared[event.reading.name]}")
                values[f"{kind}_{event.event}"] = case([(column(event.flag.name), moment)])
    return select([named(value, name) for name, value in values.items()], inner(told, "shared"))


def _moment(event: EventPlan, rows: FileRows, report_zone: str) -> tuple[Node, Node]:
    """The instant of an event, and whether only its day is known."""
    extent = rows.extents.get(event.event)
    if extent is None:
        return as_type(nothing(), "BIGINT"), truth(False)
    position = column(event.reading.name)
    day = event.stamp.day if isinstance(event.stamp.day, bool) else column(f"day_{event.event}")
    if day is True:
        return instant(position, phases(report_zone, *extent)), truth(True)
    if event.stamp.utc is True:
        moment: Node = position
    else:
        moment = instant(position, phases(event.timezone, *extent))
        if event.stamp.utc is not False:
            moment = case([(column(f"utc_{event.event}"), position.copy())], moment)
    if day is False:
        return moment, truth(False)
    of_day = instant(position.copy(), phases(report_zone, *extent))
    return case([(day, of_day)], moment), day.copy()


def _shown(event: EventPlan, rows: FileRows) -> Node:
    """What the clocks show at an event, in the zone in which midnight stands for the day: worked out once."""
    assert event.midnights is not None, "asked only where midnight has a meaning"
    zone = phases(event.midnights, *rows.extents[event.event])
    return named(wall(column(f"at_{event.event}"), zone), f"shown_{event.event}")


def _dated(event: EventPlan, rows: FileRows, report_zone: str) -> dict[str, Node]:
    """An event where midnight stands for the whole day."""
    assert event.midnights is not None, "asked only where midnight has a meaning"
    extent = rows.extents[event.event]
    moment: Node = column(f"at_{event.event}")
    shown = column(f"shown_{event.event}")
    since_midnight = exp.Mod(this=shown, expression=number(DAY))
    is_first: Node = equal(since_midnight, number(0))
    if begins := _days_without_midnight(phases(event.midnights, *extent)):
        is_first = either([is_first, is_in(moment.copy(), [number(begin) for begin in begins])])
    is_day = either([column(f"day_{event.event}"), is_first])
    if event.midnights != report_zone:
        date = minus(shown.copy(), since_midnight.copy())
        moment = case([(is_first.copy(), instant(date, phases(report_zone, *extent)))], moment)
    return {f"at_{event.event}": moment, f"day_{event.event}": is_day}


def _days_without_midnight(zone: tuple[Phase, ...]) -> list[int]:
    """The first instants of days whose midnight the clocks skipped, as Brazil's did."""
    return [
        later.begins
        for phase, later in pairwise(zone)
        if (later.begins + later.offset - 1) // DAY * DAY >= later.begins + phase.offset
    ]
