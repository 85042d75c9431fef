"""Times as they are counted: rounded down, so that few different ones are left."""

from __future__ import annotations

from sqlglot import exp

from checker.funnel import nodes
from checker.funnel.nodes import Node
from checker.logic.wall_clock import DAY
from checker.quantity import Duration, Unit

HOUR = 3600
ROUNDED = ((2 * HOUR, 60), (2 * DAY, 600), (20 * DAY, HOUR))
"""Below so many seconds, times are rounded down to so many."""
BUCKETS = 60
"""Into how many parts a deadline is divided where response times are counted, each at least a minute."""
TAIL = 2
"""Beyond so many times the deadline, response times are counted in parts that are COARSER times as long."""
COARSER = 8
_ABOUT_SECONDS = {
    Unit.MINUTES: 60,
    Unit.HOURS: 3600,
    Unit.DAYS: 86400,
    Unit.WEEKS: 7 * 86400,
    Unit.MONTHS: 30 * 86400,
    Unit.BUSINESS_MINUTES: 60,
    Unit.BUSINESS_HOURS: 3600,
    Unit.BUSINESS_DAYS: 8 * 3600,
}


def bucket_seconds(within: Duration) -> int:
    """How many seconds of response time are counted as one, in whole minutes."""
    return max(within.count * _ABOUT_SECONDS[within.unit] // BUCKETS // 60, 1) * 60


def bucket(used: Node, within: Duration) -> Node:
    """The response time in seconds, rounded down to the beginning of its bucket; 0 for an answer before the start."""
    fine = bucket_seconds(within)
    coarse = fine * COARSER

    def rounded(to: int) -> Node:
        return exp.Mul(this=nodes.whole_part(used.copy(), to), expression=nodes.number(to))

    is_at_once = exp.LTE(this=used, expression=nodes.number(0))
    is_usual = nodes.less(used.copy(), nodes.number(fine * BUCKETS * TAIL))
    return nodes.case([(is_at_once, nodes.number(0)), (is_usual, rounded(fine))], rounded(coarse))


def rounded(seconds: Node) -> Node:
    """A time in seconds, rounded down: to minutes, from two hours on to ten of them, from two days on to hours, from
    twenty days on to days; 0 for an answer before the start.
    """

    def down(to: int) -> Node:
        return exp.Mul(this=nodes.whole_part(seconds.copy(), to), expression=nodes.number(to))

    branches: list[tuple[Node, Node]] = [(exp.LTE(this=seconds.copy(), expression=nodes.number(0)), nodes.number(0))]
    branches += [(nodes.less(seconds.copy(), nodes.number(below)), down(to)) for below, to in ROUNDED]
    return nodes.case([(nodes.is_known(seconds.copy()), nodes.case(branches, down(DAY)))])
