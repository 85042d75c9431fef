"""Rows that say something a second time: an id that an earlier row has, or a second row for one lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from checker.funnel.engine import Engine
from checker.funnel.file_rows import FILE, LINE, MISFIT, ROW, FileRows
from checker.funnel.nodes import (
    Node,
    both,
    call,
    column,
    equal,
    inner,
    is_known,
    is_null,
    less,
    named,
    negated,
    number,
    select,
    table,
    text,
)
from checker.funnel.reading_plan import LEAD_ID, Plan

SHOWN = "shown"
_EXACT = 2_000_000
"""So many rows of a Parquet file are compared one with another; of a larger file, those of every n-th id."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """The rows of a file that repeat an earlier one: a table of them (row, line, file, the repeated id as `shown`)."""

    table: str
    count: int


def find_repeats(engine: Engine, plan: Plan, rows: FileRows) -> Repeats | None:
    """The rows that repeat an earlier one; None where there are none.

    Of a Parquet file with more than two
    million rows, only the rows of every n-th id are compared at first, which finds any repetition but a rare one, and
    all of them where that finds some.
    """
    every = 1 if rows.located.kind == "csv" else rows.rows // _EXACT + 1
    name = f"repeats of {rows.plan.name}"
    found = _find(engine, plan, rows, name, every)
    if found and every > 1:
        found = _find(engine, plan, rows, name, 1)
    return Repeats(name, found) if found else None


def _find(engine: Engine, plan: Plan, rows: FileRows, name: str, every: int) -> int:
    parts = [LEAD_ID] if rows.plan.name == plan.leads else [part.own for part in rows.plan.joined_on]
    compared: list[Node] = [is_known(column(part)) for part in parts]
    if rows.can_misfit:
        compared.append(is_null(column(MISFIT)))
    if every > 1:
        remainder = exp.Mod(this=call("hash", *map(column, parts)), expression=number(every))
        compared.append(equal(remainder, number(0)))
    first = "first"
    firsts = (
        select([*map(column, parts), named(exp.Min(this=column(ROW)), first)], table(rows.name), both(compared))
        .group_by(*map(column, parts), copy=False)
        .having(less(number(1), exp.Count(this=exp.Star())), copy=False)
    )
    same = both(equal(column(part, "all"), column(part, "firsts")) for part in parts)
    shown = call("concat_ws", text(", "), *(column(part, "all") for part in parts))
    statement = select(
        [column(ROW, "all"), column(LINE, "all"), column(FILE, "all"), named(shown, SHOWN)],
        table(rows.name, "all"),
        both([less(column(first, "firsts"), column(ROW, "all")), *sound(rows, {}, "all")]),
    ).join(inner(firsts, "firsts"), on=same, copy=False)
    engine.make_table(name, statement)
    return engine.count(table(name))


def sound(rows: FileRows, repeats: Mapping[str, Repeats], alias: str | None = None) -> list[Node]:
    """What a row of a file must be to be used."""
    conditions: list[Node] = [is_null(column(MISFIT, alias))] if rows.can_misfit else []
    if rows.nameless:
        conditions.append(is_known(column(LEAD_ID, alias)))
    if rows.plan.name in repeats:
        kept_out = select([column(ROW)], table(repeats[rows.plan.name].table))
        conditions.append(negated(exp.In(this=column(ROW, alias), query=exp.Subquery(this=kept_out))))
    return conditions
