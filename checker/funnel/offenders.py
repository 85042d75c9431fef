"""Naming leads: the first few of a group by an instant, found in the same statement that counts the group.

A lead's instant and its row number are one whole number, so that an engine only has to keep the smallest of them; and
the smallest of several groups are the smallest of their smallest. Which leads these are is asked once, for all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlglot import exp

from checker.funnel import answers, nodes
from checker.funnel.lead_rows import Setting
from checker.funnel.nodes import Node

MOST = 20
"""How many leads of a group are named."""
_ADDRESS = "@"
ROWS = 2**32
"""More rows than a funnel has; instants are counted from the calendar's start, so that both fit into 63 bits."""


def first_rows(setting: Setting, instant: Node, row: Node, condition: Node) -> Node:
    """The first rows of a group that fulfil a condition, as a list of whole numbers; null where there are none.

    `MIN(value, n)`, the n smallest values, is DuckDB's and Trino's; other engines cut a sorted list.
    """
    start = setting.calendars[setting.reports].days.first_instant
    since = exp.Paren(this=nodes.minus(instant, nodes.number(start)))
    place = exp.Mul(this=since, expression=nodes.number(ROWS))
    return nodes.call("MIN", nodes.case([(condition, exp.Add(this=place, expression=row))]), nodes.number(MOST))


def merged(*groups: Iterable[int] | None) -> tuple[int, ...]:
    """The first rows of several groups together."""
    return tuple(sorted(place for group in groups for place in group or ())[:MOST])


def row_of(place: int) -> int:
    """The row number in what `first_rows` gives."""
    return place % ROWS


def names_of(setting: Setting, rows: Collection[int]) -> exp.Select:
    """Row number and lead id of some rows, the file and the line that tell of them."""
    leads = setting.leads
    row = leads.column("row_number")
    places = [
        leads.column(name) if name in leads.shapes else nodes.nothing() for name in ("source_file", "source_line")
    ]
    values = [row, leads.column("lead_id"), *places]
    return nodes.select(values, nodes.table(leads.view), answers.is_in(row.copy(), [nodes.number(n) for n in rows]))


def place_in_data(file: str | None, line: int | None, row: int) -> str:
    """Where a lead stands in the data: its file and line, else the number of its row (from 0)."""
    return f"#{row + 1}" if file is None or line is None else f"{file}:{line}"


def shown(lead: str, place: str) -> str:
    """What a lead is called: its id; its place in the data where the id is an e-mail address."""
    return place if _ADDRESS in lead else lead
