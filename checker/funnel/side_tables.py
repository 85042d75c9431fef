"""What files beside the leads hold: actions and totals as tables of the engine, lists of the log as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlglot import exp

from checker.agreement import Agreement
from checker.agreement.events import became
from checker.agreement.source import Always, Source
from checker.funnel.beside import ACTION, ACTIONS, BY, CHANNEL, COUNT, DAY, ON, STAGE, WHAT
from checker.funnel.engine import Engine
from checker.funnel.facts import FACTS, lines_of
from checker.funnel.file_rows import ROW, FileRows
from checker.funnel.nodes import (
    Node,
    as_type,
    both,
    call,
    column,
    count_star,
    equal,
    exists,
    inner,
    is_known,
    named,
    negated,
    nothing,
    number,
    one_by_one,
    select,
    table,
    text,
    whole_part,
)
from checker.funnel.oddities import EXAMPLES, quality
from checker.funnel.reading_plan import LEAD_ID, Plan
from checker.funnel.readings import folded
from checker.funnel.repeats import Repeats, sound
from checker.funnel.zones import phases, wall
from checker.logic.wall_clock import DAY as A_DAY
from checker.message import Written, say_counted
from checker.verdict import Coverage, Quality

AT, IS_DAY, LOCAL_DAY, TOTALS = "at", "is_day", "local_day", "totals"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list of the log."""

    what: str
    on: date
    by: str | None


@dataclass(frozen=True, slots=True)
class SideTables:
    """What is known beside the leads.

    With `has_actions` there is the table `actions`: lead_id, action (in small letters), at, is_day, local_day (days
    since 1970 in the zone of the reports), row. Of each stage in `totals`, given with its first and last day, the table
    `totals` has rows: stage, day, channel, count. `entries` are the lists of the log that files hold.
    """

    has_actions: bool = False
    totals: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    entries: Mapping[str, Sequence[Entry]] = field(default_factory=dict)

    def coverage(self) -> dict[str, Coverage]:
        """The days for which there are totals, by the event of reaching the stage."""
        return {
            became(stage): Coverage(event=became(stage), first=first, last=last)
            for stage, (first, last) in self.totals.items()
        }


def load_beside(
    source: Source,
    engine: Engine,
    plan: Plan,
    files: Sequence[FileRows],
    repeats: Mapping[str, Repeats],
) -> SideTables:
    """Makes the tables of what files beside the leads hold."""
    entries: dict[str, list[Entry]] = {}
    totals: list[exp.Select] = []
    has_actions = False
    of_lists = {f"the list {name}": name for name in source.log or {}}
    of_totals = {f"totals of {stage}": stage for stage in source.totals or {}}
    for rows in files:
        if rows.plan.purpose == ACTIONS:
            engine.make_table(ACTIONS, _actions(plan, rows, repeats))
            has_actions = True
        elif name := of_lists.get(rows.plan.purpose):
            entries[name] = _entries(engine, rows)
        elif stage := of_totals.get(rows.plan.purpose):
            totals.append(_totals(source, stage, rows))
    spans: dict[str, tuple[date, date]] = {}
    if totals:
        engine.make_table(TOTALS, select([exp.Star()], exp.Subquery(this=one_by_one(totals))))
        ends = [column(STAGE), exp.Min(this=column(DAY)), exp.Max(this=column(DAY))]
        found = engine.rows(select(ends, table(TOTALS)).group_by(number(1), copy=False))
        spans = {stage: (first, last) for stage, first, last in found}
    return SideTables(has_actions, spans, entries)


def _actions(plan: Plan, rows: FileRows, repeats: Mapping[str, Repeats]) -> exp.Select:
    at = column(f"at_{ACTION}")
    extent = rows.extents.get(ACTION)
    local: Node = nothing() if extent is None else whole_part(wall(at, phases(plan.timezone, *extent)), A_DAY)
    values = [
        column(LEAD_ID),
        named(call("lower", column(ACTION)), ACTION),
        named(at.copy(), AT),
        named(column(f"day_{ACTION}"), IS_DAY),
        named(as_type(local, "BIGINT"), LOCAL_DAY),
        column(ROW),
    ]
    has_happened = both([is_known(at.copy()), is_known(column(ACTION))])
    return select(values, inner(lines_of(plan, rows, repeats), "lines"), has_happened)


def _totals(source: Source, stage: str, rows: FileRows) -> exp.Select:
    written = (source.totals or {})[stage].channel
    channel: Node = as_type(nothing(), "VARCHAR")
    if isinstance(written, Always):
        channel = text(str(written.always))
    elif written is not None:
        (reading,) = [reading for reading in rows.plan.values if reading.name == CHANNEL]
        channel = column(CHANNEL)
        if reading.blank is not None:
            channel = exp.Coalesce(this=channel, expressions=[reading.blank.copy()])
    values = [named(text(stage), STAGE), column(DAY), named(channel, CHANNEL), column(COUNT)]
    return select(values, table(rows.name), both(sound(rows, {})))


def _entries(engine: Engine, rows: FileRows) -> list[Entry]:
    has_author = any(reading.name == BY for reading in rows.plan.values)
    values = [column(WHAT), column(ON), column(BY) if has_author else nothing()]
    statement = select(values, table(rows.name), both(sound(rows, {}))).order_by(column(ROW), copy=False)
    return [Entry(*found) for found in engine.rows(statement)]


# ---------------------------------------------------------------- what is odd


def beside_oddities(
    agreement: Agreement, engine: Engine, files: Sequence[FileRows], repeats: Mapping[str, Repeats]
) -> Iterator[Quality]:
    """Actions of nobody, and values that the agreement does not know."""
    for rows in files:
        known = {ACTION: tuple(agreement.sections.actions or ()), CHANNEL: tuple(agreement.channels)}
        for reading in rows.plan.values:
            if known.get(reading.name):
                yield from _unknown(engine, rows, repeats, reading.name, reading.heading.name, known[reading.name])
        if rows.plan.purpose == ACTIONS:
            yield from _of_nobody(engine, rows, repeats)


def _unknown(
    engine: Engine,
    rows: FileRows,
    repeats: Mapping[str, Repeats],
    name: str,
    heading: str,
    known: Sequence[str],
) -> Iterator[Quality]:
    value = column(name)
    is_unknown = negated(exp.In(this=call("lower", value), expressions=[folded(word) for word in known]))
    where = both([*sound(rows, repeats), is_known(value.copy()), is_unknown])
    statement = select([value.copy(), named(count_star(), COUNT)], table(rows.name), where)
    statement = statement.group_by(number(1), copy=False).order_by(number(2), number(1), copy=False)
    found = engine.rows(statement)[::-1]
    if found:
        count = sum(lines for _, lines in found)
        said = say_counted(
            "{count} row of {file} has a value in {column} that the agreement does not know",
            "{count} rows of {file} have a value in {column} that the agreement does not know",
            count=count,
            file=rows.located.label,
            column=Written(heading),
        )
        yield quality("unknown value", count, said, [str(word) for word, _ in found[:EXAMPLES]])


def _of_nobody(engine: Engine, rows: FileRows, repeats: Mapping[str, Repeats]) -> Iterator[Quality]:
    same = equal(column(LEAD_ID, "theirs"), column(LEAD_ID, "mine"))
    has_lead = exists(select([number(1)], table(FACTS, "theirs"), same))
    where = both([*sound(rows, repeats, "mine"), negated(has_lead)])
    count = engine.count(table(rows.name, "mine"), where)
    if count:
        said = say_counted(
            "{count} row of {file} belongs to no lead",
            "{count} rows of {file} belong to no lead",
            count=count,
            file=rows.located.label,
        )
        yield quality("no match", count, said)
