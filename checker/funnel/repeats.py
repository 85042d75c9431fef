"""Rows that say something a second time: an id that an earlier row has, a second row for one lead, or, in a log, a
line that says just what an earlier one does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from checker.funnel.engine import Engine
from checker.funnel.file_rows import FILE, LINE, MISFIT, ROW, FileRows
from checker.funnel.nodes import (
    Node,
    both,
    call,
    column,
    count_star,
    either,
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
from checker.funnel.reading_plan import CELLS, LEAD_ID

SHOWN = "shown"
_ALL_COMPARED = 2_000_000
"""Up to so many rows of a Parquet file, each is compared with all others."""
_COMPARED = 500_000
"""Of a larger file, about so many rows are: those whose id falls to a lot that is drawn from the id itself."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """The rows of a file that repeat an earlier one: a table of them (row, line, file, the repeated id as `shown`)."""

    table: str
    count: int


def has_no_twins(rows: FileRows) -> bool:
    """Whether no two rows of a file may say the same: of totals, and of what people write down, they may."""
    return rows.plan.is_log or not rows.plan.purpose


def find_repeats(engine: Engine, rows: FileRows) -> Repeats | None:
    """The rows that repeat an earlier one; None where there are none.

    Of a Parquet file with more than two million rows, a part of the ids is compared at first, with all their rows:
    that finds any repetition but a rare one. Where it finds some, all are compared.
    """
    parts = _parts(rows)
    every = 1 if rows.located.kind == "csv" or rows.rows <= _ALL_COMPARED else rows.rows // _COMPARED
    if not _are_there(engine, rows, parts, every):
        return None
    name = f"repeats in {rows.name}"
    _make(engine, rows, parts, name)
    return Repeats(name, engine.count(table(name)))


def _parts(rows: FileRows) -> list[str]:
    """The columns of which no two rows may hold the same."""
    if rows.plan.is_log:
        return [CELLS]
    return [part.own for part in rows.plan.joined_on] or [LEAD_ID]


def _compared(rows: FileRows, parts: Sequence[str]) -> list[Node]:
    """What a row must be to be compared. Lines of a log that are none of the events say nothing twice."""
    conditions = [*(is_known(column(part)) for part in parts), *sound(rows, {})]
    if rows.plan.is_log:
        conditions.append(either(is_known(column(event.reading.name)) for event in rows.plan.moments()))
    return conditions


def _are_there(engine: Engine, rows: FileRows, parts: Sequence[str], every: int) -> bool:
    """Whether any key is there twice; asked of every n-th key alone, by a number that is drawn from the key."""
    compared = _compared(rows, parts)
    if every > 1:
        drawn = exp.Mod(this=call("hash", *map(column, parts)), expression=number(every))
        compared.append(equal(drawn, number(0)))
    key = column(parts[0]) if len(parts) == 1 else call("row", *map(column, parts))
    different = exp.Count(this=exp.Distinct(expressions=[key]))
    count, distinct = engine.row(select([count_star(), different], table(rows.name), both(compared)))
    return bool(count != distinct)


def _make(engine: Engine, rows: FileRows, parts: Sequence[str], name: str) -> None:
    """Makes the table of the rows that repeat an earlier one."""
    first = "first"
    firsts = (
        select(
            [*map(column, parts), named(exp.Min(this=column(ROW)), first)],
            table(rows.name),
            both(_compared(rows, parts)),
        )
        .group_by(*map(column, parts), copy=False)
        .having(less(number(1), count_star()), copy=False)
    )
    same = both(equal(column(part, "all"), column(part, "firsts")) for part in parts)
    named_by = [part.own for part in rows.plan.joined_on] or [LEAD_ID]
    shown = call("concat_ws", text(", "), *(column(part, "all") for part in named_by))
    statement = select(
        [column(ROW, "all"), column(LINE, "all"), column(FILE, "all"), named(shown, SHOWN)],
        table(rows.name, "all"),
        both([less(column(first, "firsts"), column(ROW, "all")), *sound(rows, {}, "all")]),
    ).join(inner(firsts, "firsts"), on=same, copy=False)
    engine.make_table(name, statement)


def sound(rows: FileRows, repeats: Mapping[str, Repeats], alias: str | None = None) -> list[Node]:
    """What a row of a file must be to be used."""
    conditions: list[Node] = [is_null(column(MISFIT, alias))] if rows.misfits else []
    if rows.nameless:
        conditions.append(negated(rows.lacks(alias)))
    if rows.name in repeats:
        kept_out = select([column(ROW)], table(repeats[rows.name].table))
        conditions.append(negated(exp.In(this=column(ROW, alias), query=exp.Subquery(this=kept_out))))
    return conditions
