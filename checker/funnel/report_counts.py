"""Statements of the reports: counts by values, beside those of the promises. All are additive."""

from __future__ import annotations

from datetime import date

from sqlglot import exp

from checker.funnel import answers, nodes
from checker.funnel.lead_rows import LeadRows, Setting
from checker.funnel.nodes import Node
from checker.funnel.times import rounded
from checker.logic.aggregate import Fact


def spans(setting: Setting, starts: str, stops: str) -> exp.Select | None:
    """Month of the start, channel, working time and time on the wall to the stop (seconds, rounded down), how many
    leads; of leads of whom both moments are known to the second. None where the data does not have them.
    """
    rows = LeadRows(setting, anchor=starts)
    start, stop = rows.stamp(starts), rows.stamp(stops)
    if start is None or stop is None:
        return None
    opened, answered = (rows.day_of(event, setting.reports) for event in (starts, stops))
    known = exp.Coalesce(this=stop, expressions=[nodes.number(setting.cut_off)])
    worked = nodes.minus(answered.worked(known), opened.worked(start.copy()))
    elapsed = nodes.minus(stop.copy(), start.copy())
    has_times: list[Node] = [nodes.is_known(stop.copy())]
    has_times += [answers.opposite(setting.leads.is_day(event)) for event in (starts, stops)]
    return _counted(rows, [rows.moments.month(starts), rows.channel(), rounded(worked), rounded(elapsed)], has_times)


def followed(setting: Setting, starts: str, stops: str) -> exp.Select | None:
    """Month of the start, channel, days (by local dates) until the stop, else until the cut-off, whether it was
    reached, whether it was lost, how many leads; None where the data does not have the events.
    """
    rows = LeadRows(setting, anchor=starts)
    start, stop = rows.stamp(starts), rows.stamp(stops)
    if start is None or stop is None:
        return None
    lost = rows.stamp("lost")
    is_reached = nodes.is_known(stop)
    is_lost = nodes.truth(False) if lost is None else nodes.both([nodes.is_null(stop.copy()), nodes.is_known(lost)])
    days = nodes.minus(rows.local_day(stops), rows.local_day(starts))
    return _counted(rows, [rows.moments.month(starts), rows.channel(), days, is_reached, is_lost], [])


def daily(setting: Setting, event: str, of: Fact | None, since: date) -> exp.Select | None:
    """Local day of an event (days since 1970), how many leads of whom a fact surely holds, from a day on. None where
    the data does not have the event.
    """
    rows = LeadRows(setting, anchor=event)
    stamp = rows.stamp(event)
    if stamp is None:
        return None
    begin = setting.calendars[setting.reports].calendar.midnight(since)
    where: list[Node] = [exp.GTE(this=stamp, expression=nodes.number(begin))]
    if of is not None:
        where.append(answers.surely(rows.fact(of)))
    return _counted(rows, [rows.local_day(event)], where)


def months_taken(setting: Setting, starts: str, stops: str) -> exp.Select | None:
    """Month of the start, month of the stop, how many leads; of those that reached it, not before the start. None
    where the data does not have the events.
    """
    rows = LeadRows(setting, anchor=starts)
    start, stop = rows.stamp(starts), rows.stamp(stops)
    if start is None or stop is None:
        return None
    reached = [nodes.is_known(stop), exp.GTE(this=stop.copy(), expression=start.copy())]
    return _counted(rows, [rows.moments.month(starts), rows.moments.month(stops)], reached)


def amounts(setting: Setting, won: str) -> exp.Select | None:
    """Month in which leads were won, amount, how many leads; of those with an amount."""
    rows = LeadRows(setting, anchor=won)
    if rows.stamp(won) is None or not setting.leads.has("amount"):
        return None
    amount = setting.leads.column("amount")
    return _counted(rows, [rows.moments.month(won), amount], [nodes.is_known(amount.copy())])


def reasons(setting: Setting) -> exp.Select | None:
    """Month of the return, channel, reason (null where none is said), how many returns."""
    rows = LeadRows(setting, anchor="returned")
    if rows.stamp("returned") is None or not setting.leads.has("return_reason"):
        return None
    return _counted(rows, [rows.moments.month("returned"), rows.channel(), setting.leads.column("return_reason")], [])


def owners(setting: Setting, event: str) -> exp.Select | None:
    """Month of an event, owner, how many leads; of those that have one."""
    rows = LeadRows(setting, anchor=event)
    if rows.stamp(event) is None or not setting.leads.has("owner"):
        return None
    owner = setting.leads.column("owner")
    return _counted(rows, [rows.moments.month(event), owner], [nodes.is_known(owner.copy())])


def _counted(rows: LeadRows, keys: list[Node], where: list[Node]) -> exp.Select:
    named = [nodes.named(key, f"key {place}") for place, key in enumerate(keys, 1)]
    statement = rows.select([*named, nodes.named(nodes.count_star(), "count")], where)
    return statement.group_by(*(nodes.number(place) for place in range(1, len(keys) + 1)), copy=False)
