"""Statements about daily totals: how many by month and channel, where nobody has a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlglot import exp

from checker.funnel import answers, nodes
from checker.funnel.beside import CHANNEL, COUNT, DAY, STAGE
from checker.funnel.cube import MONTH
from checker.funnel.lead_rows import Setting
from checker.funnel.moments import day_of_date
from checker.funnel.nodes import Node, column
from checker.funnel.side_tables import TOTALS
from checker.logic.aggregate import Every, Fact, Opposite, Spared, Surely, Tally


def totals(setting: Setting, stage: str, asked: Mapping[str, Tally]) -> exp.Select:
    """Month, channel, then of each tally its numbers in their order: the totals until the cut-off.

    Raises ValueError for a number that asks for more than days.
    """
    day = column(DAY)
    year, month = (nodes.call(part, day.copy()) for part in ("year", "month"))
    code = nodes.plus(exp.Mul(this=year, expression=nodes.number(100)), month)
    values: list[Node] = [nodes.named(nodes.as_type(code, "BIGINT"), MONTH), column(CHANNEL)]
    for name, tally in asked.items():
        for number, aggregate in tally.numbers.items():
            fits = nodes.truth(True) if aggregate.condition is None else _fits(aggregate.condition)
            counted = exp.Sum(this=nodes.case([(fits, column(COUNT))], nodes.number(0)))
            values.append(nodes.named(exp.Coalesce(this=counted, expressions=[nodes.number(0)]), f"{name} {number}"))
    calendar = setting.calendars[setting.reports].calendar
    where = _of_stage(setting, stage)
    if setting.span is not None:
        first, last = (calendar.local_date(instant).isoformat() for instant in setting.span)
        where.append(exp.Between(this=column(DAY), low=_date(first), high=_date(last)))
    statement = nodes.select(values, nodes.table(TOTALS), nodes.both(where))
    return statement.group_by(nodes.number(1), nodes.number(2), copy=False)


def daily_totals(setting: Setting, stage: str, since: date) -> exp.Select:
    """Day (days since 1970), how many: the totals of a stage from a day until the cut-off."""
    where = [*_of_stage(setting, stage), exp.GTE(this=column(DAY), expression=_date(since.isoformat()))]
    values = [nodes.named(day_of_date(column(DAY)), "day"), nodes.named(exp.Sum(this=column(COUNT)), "count")]
    return nodes.select(values, nodes.table(TOTALS), nodes.both(where)).group_by(nodes.number(1), copy=False)


def _of_stage(setting: Setting, stage: str) -> list[Node]:
    """The totals of a stage until the cut-off."""
    today = setting.calendars[setting.reports].calendar.local_date(setting.cut_off)
    until = exp.LTE(this=column(DAY), expression=_date(today.isoformat()))
    return [nodes.equal(column(STAGE), nodes.text(stage)), until]


def _date(day: str) -> Node:
    return nodes.as_type(nodes.text(day), "DATE")


def _fits(asked: Fact) -> Node:
    match asked:
        case Every(parts):
            return answers.every(_fits(part) for part in parts)
        case Opposite(part):
            return answers.opposite(_fits(part))
        case Surely(part):
            return answers.surely(_fits(part))
        case Spared():
            spans = [
                exp.Between(this=column(DAY), low=_date(first.isoformat()), high=_date(last.isoformat()))
                for first, last in asked.days
            ]
            return answers.some(spans)
        case _:
            raise ValueError(f"totals do not tell {asked}")
