"""Statements that name leads: the first few of each month, never all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from checker.funnel import answers, nodes
from checker.funnel.lead_rows import LeadRows, Setting, day_span
from checker.funnel.nodes import Node
from checker.logic.aggregate import Fact
from checker.logic.day_table import month_code
from checker.quantity import Month

FOUND, LISTED, PLACE = "found", "listed", "place"


def leads_with(setting: Setting, by: str, fact: Fact, months: Sequence[Month], most: int) -> exp.Select | None:
    """Month and lead of those of whom a fact surely holds, by the month of a moment, the earliest first."""
    rows = LeadRows(setting, anchor=by)
    moment = rows.moment(by)
    if moment is None:
        return None
    month = rows.month(by)
    values = [nodes.named(month, "month"), nodes.named(moment, "moment"), setting.leads.column("lead_id")]
    calendar = setting.calendars[setting.reports].calendar
    begin, end = day_span(calendar, min(months).first_day, max(months).last_day)
    is_near = exp.Between(this=moment.copy(), low=nodes.number(begin), high=nodes.number(end))
    where = [is_near, is_in_months(month.copy(), months), answers.surely(rows.fact(fact))]
    return first_leads(rows.select(values, where), most)


def is_in_months(month: Node, months: Sequence[Month]) -> Node:
    """Whether a month, as engines hold it, is one of these."""
    return answers.is_in(month, [nodes.number(month_code(asked)) for asked in months])


def first_leads(found: exp.Select, most: int) -> exp.Select:
    """Of a statement whose last two columns are an order and a lead: at most `most` leads for each of its other
    columns, in order, without the order.

    Leads of one instant stand in the order of their ids, so that a list is the same each time.
    """
    *keys, order, lead = (nodes.column(value.alias_or_name, FOUND) for value in found.expressions)
    place = exp.Window(
        this=exp.RowNumber(),
        partition_by=[key.copy() for key in keys],
        order=exp.Order(expressions=[exp.Ordered(this=order), exp.Ordered(this=lead.copy())]),
    )
    listed = nodes.select([*keys, lead, nodes.named(place, PLACE)], nodes.inner(found, FOUND))
    columns = [nodes.column(name, LISTED) for name in (*(key.name for key in keys), lead.name)]
    number = nodes.column(PLACE, LISTED)
    is_first = exp.LTE(this=number, expression=nodes.number(most))
    statement = nodes.select(columns, nodes.inner(listed, LISTED), is_first)
    return statement.order_by(*(column.copy() for column in columns[:-1]), number.copy(), copy=False)
