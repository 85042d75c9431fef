"""What a lead had done by a moment: points, the last action and all actions, out of the table of dated actions."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from checker.agreement import Agreement
from checker.funnel import nodes
from checker.funnel.beside import ACTION, ACTIONS
from checker.funnel.fold import latest
from checker.funnel.leads import MERGED, Leads
from checker.funnel.nodes import Node, column
from checker.funnel.readings import folded
from checker.funnel.side_tables import AT, LOCAL_DAY
from checker.funnel.zones import phases, wall
from checker.logic.wall_clock import DAY
from checker.quantity import Duration, Unit

POINTS, LAST_ACTION, DONE, MOMENT, LEAD = "points", "last_action", "done", "moment", "lead"
_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
_ROWS = 1 << 62


@dataclass(frozen=True, slots=True)
class Done:
    """What a row's lead had done by a moment: points gained (not yet less what was lost), its last action, and all of
    its actions.
    """

    points: Node
    last_action: Node
    actions: Node


def done_by(agreement: Agreement, leads: Leads, event: str | None, zone: str) -> exp.Select:
    """Lead, moment, and what it had done by then. The moment is that of an event, or the cut-off where it did not
    happen. Points count within the days that the agreement names, the day of the moment included.
    """
    moment = moment_of(leads, event)
    is_day = nodes.truth(False) if event is None or not leads.has(f"at_{event}") else leads.is_day(event)
    local = nodes.whole_part(wall(moment.copy(), phases(zone, leads.begin, leads.cut_off)), DAY)
    stamps = nodes.select(
        [
            nodes.named(leads.column("lead_id"), LEAD),
            nodes.named(moment, MOMENT),
            nodes.named(latest(moment.copy(), is_day), "latest"),
            nodes.named(local, "day"),
        ],
        nodes.table(leads.view),
    )
    actions: Node = nodes.table(ACTIONS, ACTIONS)
    is_same = nodes.equal(_doer(leads), column(LEAD, "by"))
    is_done = exp.LTE(this=column(AT, ACTIONS), expression=column("latest", "by"))
    values = [
        column(LEAD, "by"),
        column(MOMENT, "by"),
        nodes.named(_points(agreement), POINTS),
        nodes.named(nodes.call("arg_max", column(ACTION, ACTIONS), _order()), LAST_ACTION),
        nodes.named(nodes.call("list_distinct", nodes.call("list", column(ACTION, ACTIONS))), DONE),
    ]
    different = nodes.inner(stamps.distinct(copy=False), "by")
    statement = nodes.select(values, actions)
    if leads.merged:
        merged = nodes.equal(column("lead_id", MERGED), column("lead_id", ACTIONS))
        statement = statement.join(nodes.table(MERGED), on=merged, join_type="left", copy=False)
    statement = statement.join(different, on=nodes.both([is_same, is_done]), copy=False)
    return statement.group_by(nodes.number(1), nodes.number(2), copy=False)


def moment_of(leads: Leads, event: str | None) -> Node:
    """When an event happened to the row; the cut-off where it did not, or where none is asked about."""
    cut_off = nodes.number(leads.cut_off)
    stamp = None if event is None else leads.stamp(event)
    return cut_off if stamp is None else exp.Coalesce(this=stamp, expressions=[cut_off])


def _doer(leads: Leads) -> Node:
    """The lead that an action counts for: what a duplicate did, the lead did that it was merged into."""
    lead = column("lead_id", ACTIONS)
    return exp.Coalesce(this=column("survivor", MERGED), expressions=[lead]) if leads.merged else lead


def _order() -> Node:
    moment = exp.Mul(this=nodes.as_type(column(AT, ACTIONS), "HUGEINT"), expression=nodes.number(_ROWS))
    return nodes.plus(moment, column("row", ACTIONS))


def _points(agreement: Agreement) -> Node:
    """The points gained by the actions of a group."""
    points = agreement.sections.points
    inside = nodes.truth(True) if points is None or points.over is None else _is_inside(points.over)
    is_once = points is not None and points.each_action == "once"
    total: Node = nodes.number(0)
    for name, action in (agreement.sections.actions or {}).items():
        if action.points:
            is_it = nodes.both([nodes.equal(column(ACTION, ACTIONS), folded(name)), inside.copy()])
            times = nodes.how_many(is_it)
            counted = nodes.case([(nodes.less(nodes.number(0), times), nodes.number(1))], nodes.number(0))
            worth = exp.Mul(this=counted if is_once else times, expression=nodes.number(action.points))
            total = nodes.plus(total, worth)
    return total


def _is_inside(over: Duration) -> Node:
    """Whether an action is not too old to count."""
    day = column("day", "by")
    if over.unit in _DAYS:
        first: Node = nodes.minus(day, nodes.number(over.count * _DAYS[over.unit]))
    else:
        epoch = nodes.as_type(nodes.text("1970-01-01"), "DATE")
        date = exp.Add(this=epoch, expression=nodes.as_type(day, "INTEGER"))
        back = exp.Interval(this=nodes.text(str(over.count)), unit=exp.Var(this="MONTH"))
        earlier = nodes.as_type(exp.Sub(this=exp.Paren(this=date), expression=back), "DATE")
        first = exp.Paren(this=exp.Sub(this=earlier, expression=epoch.copy()))
    return exp.GTE(this=column(LOCAL_DAY, ACTIONS), expression=first)


def nodes_of(alias: str) -> Done:
    """What a joined row of `done_by` gives; of who did nothing, no points."""
    gained = exp.Coalesce(this=column(POINTS, alias), expressions=[nodes.number(0)])
    return Done(gained, column(LAST_ACTION, alias), column(DONE, alias))
