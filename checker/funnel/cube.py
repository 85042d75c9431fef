"""Statements that count leads by month and channel. All are additive: parts of the data may be counted apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlglot import exp

from checker.funnel import answers, nodes
from checker.funnel.lead_rows import LeadRows, Setting
from checker.funnel.nodes import Node
from checker.funnel.offenders import first_rows
from checker.logic.aggregate import CLOSING, Ages, Aggregate, How, Tally

MONTH, CHANNEL, COUNT, DAYS = "month", "channel", "count", "days"


def cube(setting: Setting, by: str | None, asked: Mapping[str, Tally]) -> exp.Select | None:
    """Month, channel, then of each tally its numbers in their order and, where it lists leads, its first rows.

    `by` is the event (or moment) of all tallies; with None all leads are counted, and there is no month. None where
    the data does not have the moment.
    """
    rows = LeadRows(setting, anchor=by)
    month: Node = nodes.as_type(nodes.nothing(), "BIGINT")
    moment: Node = nodes.number(setting.cut_off)
    where: list[Node] = []
    if by is not None:
        found = rows.moments.instant(by)
        if found is None:
            return None
        month, moment = rows.moments.month(by), found
        where = []
        if rows.stamp(by) is None and by != CLOSING:
            where = [*rows.moments.may_have(by), nodes.is_known(found), *rows.answered_in_span()]
    values: list[Node] = []
    for name, tally in asked.items():
        values += [_number(rows, aggregate, f"{name} {number}") for number, aggregate in tally.numbers.items()]
        if tally.listed is not None:
            listed = answers.surely(rows.fact(tally.listed))
            row = setting.leads.column("row_number")
            values.append(nodes.named(first_rows(setting, moment.copy(), row, listed), f"{name} leads"))
    return _grouped(rows, {MONTH: month, CHANNEL: rows.channel()}, values, where)


def ages(setting: Setting, asked: Ages) -> exp.Select | None:
    """Month of the start, channel, days from start to stop, how many leads; None where an event is not in the data."""
    rows = LeadRows(setting, anchor=asked.start)
    start, stop = rows.stamp(asked.start), rows.stamp(asked.stop)
    if start is None or stop is None:
        return None
    days = nodes.minus(rows.local_day(asked.stop), rows.local_day(asked.start))
    keys = {MONTH: rows.moments.month(asked.start), CHANNEL: rows.channel(), DAYS: days}
    how_many = nodes.named(exp.Count(this=exp.Star()), COUNT)
    return _grouped(rows, keys, [how_many], [*setting.leads.may_have([asked.stop]), nodes.is_known(stop)])


def _number(rows: LeadRows, aggregate: Aggregate, name: str) -> Node:
    condition = nodes.truth(True) if aggregate.condition is None else answers.surely(rows.fact(aggregate.condition))
    if aggregate.how is How.COUNT:
        is_every_row = isinstance(condition, exp.Boolean) and condition.this
        return nodes.named(exp.Count(this=exp.Star()) if is_every_row else nodes.how_many(condition), name)
    value = rows.setting.leads.column(aggregate.column or "")
    added = nodes.case([(condition, value)], nodes.number(0))
    return nodes.named(exp.Coalesce(this=exp.Sum(this=added), expressions=[nodes.number(0)]), name)


def _grouped(rows: LeadRows, keys: Mapping[str, Node], values: Iterable[Node], where: Iterable[Node]) -> exp.Select:
    """The statement with one row for each combination of the keys; they are grouped by their places."""
    statement = rows.select([*(nodes.named(key, name) for name, key in keys.items()), *values], where)
    return statement.group_by(*(nodes.number(place + 1) for place in range(len(keys))), copy=False)
