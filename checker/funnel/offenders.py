"""Statements that name leads: the first few of each month, never all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from checker.funnel import answers, nodes
from checker.funnel.lead_rows import LeadRows, Setting
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
    values = [nodes.named(rows.month(by), "month"), nodes.named(moment, "moment"), setting.leads.column("lead_id")]
    where = [nodes.is_known(moment.copy()), answers.surely(rows.fact(fact))]
    return first_leads(rows.select(values, where), months, most)


def first_leads(found: exp.Select, months: Sequence[Month], most: int) -> exp.Select:
    """Month and lead of a statement with month, order and lead: of some months, at most `most` of each, in order.

    Leads of one instant stand in the order of their ids, so that a list is the same each time.
    """
    month, order, lead = (nodes.column(value.alias_or_name, FOUND) for value in found.expressions)
    place = exp.Window(
        this=exp.RowNumber(),
        partition_by=[month.copy()],
        order=exp.Order(expressions=[exp.Ordered(this=order), exp.Ordered(this=lead.copy())]),
    )
    is_asked = answers.is_in(month.copy(), [nodes.number(month_code(asked)) for asked in months])
    listed = nodes.select([month, lead, nodes.named(place, PLACE)], nodes.inner(found, FOUND), is_asked)
    columns = [nodes.column(month.name, LISTED), nodes.column(lead.name, LISTED), nodes.column(PLACE, LISTED)]
    is_first = exp.LTE(this=columns[2].copy(), expression=nodes.number(most))
    statement = nodes.select(columns[:2], nodes.inner(listed, LISTED), is_first)
    return statement.order_by(columns[0].copy(), columns[2].copy(), copy=False)
