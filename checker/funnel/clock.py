"""Statements about clocks: how the leads that have a start event stand to their deadlines.

The population is all rows that have the start event, also those that never stopped. What is due is what has its
deadline at or before the cut-off, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlglot import exp

from checker.funnel import answers, nodes
from checker.funnel.calendars import CalendarTable
from checker.funnel.lead_rows import LeadRows, Setting
from checker.funnel.nodes import Node
from checker.funnel.offenders import first_leads
from checker.logic.aggregate import Rung, State, Timing
from checker.logic.clock import Counted, counted
from checker.quantity import Duration, Month, Unit

STARTED, TIMED, JUDGED = "started", "timed", "judged"
LEAD, START, STOP, START_DAY, STOP_DAY, RUNG = "lead_id", "start", "stop", "start_is_day", "stop_is_day", "rung"
UNCLEAR, FITS, SPARED, NOT_OWED = "unclear", "fits", "spared", "not_owed"
DEADLINE, MONTH, LATE, STATE, BUCKET, COUNT = "deadline", "month", "late", "state", "bucket", "count"
BUCKETS = 240
"""Into how many parts a deadline is divided where response times are counted: half a percent, at least a minute."""
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


def clock(setting: Setting, timing: Timing) -> exp.Select | None:
    """Rung (from 0), month of the deadline, state, time used in buckets, how many leads; None without the events.

    The month is null where the deadline lies after the calendar, the bucket where nothing stopped the clock.
    """
    judged = _judged(setting, timing)
    if judged is None:
        return None
    keys = [nodes.column(name, JUDGED) for name in (RUNG, MONTH, STATE, BUCKET)]
    statement = nodes.select([*keys, nodes.named(exp.Count(this=exp.Star()), COUNT)], nodes.inner(judged, JUDGED))
    return statement.group_by(*(nodes.number(place + 1) for place in range(len(keys))), copy=False)


def late_leads(setting: Setting, timing: Timing, rung: int, months: Sequence[Month], most: int) -> exp.Select | None:
    """Month and lead of those that are late on a rung, the oldest deadlines first, at most `most` a month."""
    judged = _judged(setting, timing)
    if judged is None:
        return None
    is_late = [
        nodes.equal(nodes.column(RUNG, JUDGED), nodes.number(rung)),
        nodes.equal(nodes.column(STATE, JUDGED), nodes.text(State.LATE)),
    ]
    columns = (nodes.column(name, JUDGED) for name in (MONTH, DEADLINE, LEAD))
    return first_leads(nodes.select(columns, nodes.inner(judged, JUDGED), answers.every(is_late)), months, most)


# ---------------------------------------------------------------- the steps


def _judged(setting: Setting, timing: Timing) -> exp.Select | None:
    """One row a lead that the clock is about: rung, deadline and its month, state, time used in buckets."""
    started = _started(setting, timing)
    if started is None:
        return None
    timed = _timed(setting.calendars[timing.calendar], timing, started)
    values: list[Node] = [nodes.column(name, TIMED) for name in (LEAD, RUNG, DEADLINE, MONTH)]
    values += [nodes.named(_state(setting.cut_off), STATE), nodes.column(BUCKET, TIMED)]
    return nodes.select(values, nodes.inner(timed, TIMED))


def _started(setting: Setting, timing: Timing) -> exp.Select | None:
    """The leads that have the start event and may fit `only`, with what their conditions say."""
    rows = LeadRows(setting, anchor=timing.starts)
    start, stop = rows.stamp(timing.starts), rows.stamp(timing.stops)
    if start is None or stop is None:
        return None
    fits = nodes.truth(True) if timing.only is None else rows.conditions().sql(timing.only, timing.starts)
    values = {
        LEAD: setting.leads.column("lead_id"),
        START: start,
        STOP: stop,
        START_DAY: setting.leads.is_day(timing.starts),
        STOP_DAY: setting.leads.is_day(timing.stops),
        RUNG: _rung(rows, timing),
        FITS: answers.surely(fits),
        SPARED: nodes.truth(False) if timing.spared is None else rows.fact(timing.spared),
        NOT_OWED: _not_owed(rows, timing),
        UNCLEAR: _is_impossible(rows, timing),
    }
    where = [nodes.is_known(start.copy()), answers.perhaps(fits.copy())]
    if timing.owners is not None:
        where.append(_is_owned_by(setting, timing.owners))
    return rows.select([nodes.named(value, name) for name, value in values.items()], where)


def _timed(table: CalendarTable, timing: Timing, started: exp.Select) -> exp.Select:
    """The leads of `_started` that some rung is for, with their deadlines."""
    start, stop = nodes.column(START, STARTED), nodes.column(STOP, STARTED)
    opened, answered = table.joined("start_day"), table.joined("stop_day")
    start_is_day = nodes.column(START_DAY, STARTED)

    def deadline(rung: Rung) -> Node:
        return opened.deadline(start.copy(), rung.within, start_is_day.copy())

    def month(rung: Rung) -> Node:
        return opened.deadline_month(deadline(rung), rung.within)

    def late(rung: Rung) -> Node:
        return opened.is_late(start.copy(), stop.copy(), answered, rung.within, start_is_day.copy())

    def bucket(rung: Rung) -> Node:
        used = nodes.minus(stop.copy(), start.copy())
        if rung.within.unit.is_business:
            used = nodes.minus(answered.worked(stop.copy()), opened.worked(start.copy()))
        is_at_once = exp.LTE(this=used.copy(), expression=nodes.number(0))
        return nodes.case([(is_at_once, nodes.number(0))], nodes.whole_part(used, bucket_seconds(rung.within)))

    values = {
        **{name: nodes.column(name, STARTED) for name in (LEAD, STOP, RUNG, FITS, SPARED, NOT_OWED)},
        UNCLEAR: answers.some([nodes.column(UNCLEAR, STARTED), _by_rung(timing, _is_too_coarse)]),
        DEADLINE: _by_rung(timing, deadline),
        MONTH: nodes.case([(nodes.is_known(_by_rung(timing, deadline)), _by_rung(timing, month))]),
        LATE: _by_rung(timing, late),
        BUCKET: nodes.case([(nodes.is_known(stop.copy()), _by_rung(timing, bucket))]),
    }
    statement = nodes.select(
        [nodes.named(value, name) for name, value in values.items()],
        nodes.inner(started, STARTED),
        nodes.is_known(nodes.column(RUNG, STARTED)),
    )
    for joined, instant in ((opened, start), (answered, exp.Coalesce(this=stop.copy(), expressions=[start.copy()]))):
        day, is_same = joined.join_on(instant)
        statement = statement.join(day, on=is_same, copy=False)
    return statement


def _state(cut_off: int) -> Node:
    """The first of these that holds."""
    deadline = nodes.column(DEADLINE, TIMED)
    is_due = answers.surely(exp.LTE(this=deadline, expression=nodes.number(cut_off)))
    states = [
        (nodes.negated(nodes.column(FITS, TIMED)), State.UNSURE),
        (nodes.column(SPARED, TIMED), State.NOT_COUNTED),
        (nodes.column(NOT_OWED, TIMED), State.NOT_OWED),
        (nodes.column(UNCLEAR, TIMED), State.CANNOT_TELL),
        (nodes.negated(is_due), State.WAITING),
        (answers.some([nodes.is_null(nodes.column(STOP, TIMED)), nodes.column(LATE, TIMED)]), State.LATE),
    ]
    return nodes.case([(condition, nodes.text(state)) for condition, state in states], nodes.text(State.MET))


# ---------------------------------------------------------------- parts


def _rung(rows: LeadRows, timing: Timing) -> Node:
    """The number of the first rung that surely fits, counted from 0; null where none does."""
    branches: list[tuple[Node, Node]] = []
    for place, rung in enumerate(timing.rungs):
        if rung.when is None:
            return nodes.case(branches, nodes.number(place))
        fits = answers.surely(rows.conditions().sql(rung.when, timing.starts))
        branches.append((fits, nodes.number(place)))
    return nodes.case(branches)


def _by_rung(timing: Timing, value: Callable[[Rung], Node]) -> Node:
    """A value that depends on the rung of the row."""
    if len(timing.rungs) == 1:
        return value(timing.rungs[0])
    return nodes.case(
        (nodes.equal(nodes.column(RUNG, STARTED), nodes.number(place)), value(rung))
        for place, rung in enumerate(timing.rungs)
    )


def _is_too_coarse(rung: Rung) -> Node:
    """Whether only the day of a stamp is known, where the deadline asks for the time of the day."""
    if counted(rung.within) not in (Counted.WORKING_TIME, Counted.ELAPSED_TIME):
        return nodes.truth(False)
    stop_is_day = answers.every([nodes.is_known(nodes.column(STOP, STARTED)), nodes.column(STOP_DAY, STARTED)])
    return answers.some([nodes.column(START_DAY, STARTED), stop_is_day])


def _is_impossible(rows: LeadRows, timing: Timing) -> Node:
    """Whether the clock was stopped before it started, which only an early contact may do."""
    is_before = rows.is_earlier(timing.stops, timing.starts)
    stop = rows.stamp(timing.stops)
    least = rows.stamp(timing.not_before) if timing.not_before else None
    if stop is None or least is None:
        return is_before
    return answers.every([is_before, answers.opposite(answers.surely(exp.GTE(this=stop, expression=least)))])


def _not_owed(rows: LeadRows, timing: Timing) -> Node:
    """Whether the other side failed first."""
    facts = [answers.surely(rows.fact(fact)) for fact in timing.not_owed]
    return answers.some([*facts, *(_is_late_on(rows, other) for other in timing.late_on)])


def _is_late_on(rows: LeadRows, other: Timing) -> Node:
    """Whether another clock of the same lead is late at the cut-off."""
    if rows.stamp(other.starts) is None or rows.stamp(other.stops) is None:
        return nodes.truth(False)
    branches: list[tuple[Node, Node]] = []
    for rung in other.rungs:
        fits = answers.known(True) if rung.when is None else rows.conditions().sql(rung.when, other.starts)
        branches.append((answers.surely(fits), _is_late_on_rung(rows, other, rung)))
    late = branches[0][1] if other.rungs[0].when is None else nodes.case(branches, nodes.truth(False))
    only = answers.known(True) if other.only is None else rows.conditions().sql(other.only, other.starts)
    counts = nodes.truth(True) if other.spared is None else answers.opposite(rows.fact(other.spared))
    return answers.every([answers.surely(only), counts, late])


def _is_late_on_rung(rows: LeadRows, other: Timing, rung: Rung) -> Node:
    deadline = rows.deadline(other.starts, rung.within, other.calendar)
    start, stop = rows.stamp(other.starts), rows.stamp(other.stops)
    if deadline is None or start is None or stop is None:
        return nodes.truth(False)
    is_due = answers.surely(exp.LTE(this=deadline, expression=nodes.number(rows.setting.cut_off)))
    opened, answered = (rows.day_of(event, other.calendar) for event in (other.starts, other.stops))
    is_day = rows.setting.leads.is_day(other.starts)
    is_late = opened.is_late(start, stop.copy(), answered, rung.within, is_day)
    return answers.every([is_due, answers.some([nodes.is_null(stop), is_late])])


def _is_owned_by(setting: Setting, owners: Iterable[str | None]) -> Node:
    """Whether the lead belongs to one of these sellers (None: to nobody)."""
    owner = setting.leads.column("owner")
    names = [nodes.text(name) for name in owners if name is not None]
    is_nobodys = nodes.is_null(owner.copy()) if None in owners else nodes.truth(False)
    return answers.some([answers.surely(answers.is_in(owner, names)) if names else nodes.truth(False), is_nobodys])
