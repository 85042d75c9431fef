"""Statements that count leads by several answers at once, so that what follows from these is worked out afterwards."""

from __future__ import annotations

from sqlglot import exp

from checker.funnel import answers, nodes
from checker.funnel.lead_rows import LeadRows, Setting
from checker.funnel.nodes import Node
from checker.logic.aggregate import Crossing, DayOf, HeldNumber


def crossing(setting: Setting, asked: Crossing) -> exp.Select:
    """Channel, the answer to each fact, each number, and how many leads; in the order of all of these."""
    rows = LeadRows(setting)
    values = {"channel": rows.channel()}
    values |= {f"fact {name}": nodes.as_type(rows.fact(fact), "BOOLEAN") for name, fact in asked.facts.items()}
    values |= {f"number {name}": _number(rows, number) for name, number in asked.numbers.items()}
    among = [] if asked.among is None else [answers.surely(rows.fact(asked.among))]
    keys = [nodes.named(value, name) for name, value in values.items()]
    statement = rows.select([*keys, nodes.named(nodes.count_star(), "leads")], among)
    places = [nodes.number(place + 1) for place in range(len(keys))]
    return statement.group_by(*places, copy=False).order_by(*(place.copy() for place in places), copy=False)


def _number(rows: LeadRows, asked: HeldNumber | DayOf) -> Node:
    if isinstance(asked, DayOf):
        return rows.moments.day(asked.moment)
    found = rows.conditions().number(asked.field, asked.on)
    return nodes.as_type(nodes.nothing(), "BIGINT") if found is None else found
