"""Statements about clocks: how the leads that have a start event stand to their deadlines.

The population is all rows that have the start event, also those that never stopped. What is due is what has its
deadline at or before the cut-off, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlglot import exp

from checker.funnel import answers, nodes
from checker.funnel.calendars import CalendarTable, JoinedDay
from checker.funnel.lead_rows import LeadRows, Setting
from checker.funnel.nodes import Node
from checker.funnel.offenders import first_rows
from checker.funnel.times import bucket, rounded
from checker.logic.aggregate import Rung, State, Timing
from checker.logic.clock import Counted, counted

STARTED, PLACED, TIMED, JUDGED = "started", "placed", "timed", "judged"
ROW, START, STOP, START_DAY, STOP_DAY, RUNG = "row_number", "start", "stop", "start_is_day", "stop_is_day", "rung"
FITS, SPARED, NOT_OWED, IMPOSSIBLE = "fits", "spared", "not_owed", "impossible"
START_WORKED, STOP_WORKED, DEADLINE = "start_worked", "stop_worked", "deadline"
MONTH, STATE, BUCKET, MARKS, COUNT, LEADS = "month", "state", "bucket", "marks", "count", "leads"
CHANNEL, WORKED, ELAPSED = "channel", "worked", "elapsed"
USED = "used"
ON_THE_CLOCK = (RUNG, START, START_DAY, STOP, STOP_DAY, DEADLINE, MONTH, STATE, USED)
"""What is known of one lead on a clock: its rung (from 0), the two moments and whether only their days are known, the
deadline and its month (null after the calendar), the state, and the time used (null where nothing stopped it).
"""
More: TypeAlias = Callable[[LeadRows], Mapping[str, Node]]
"""What else is asked of each lead: names, and values over its row."""
MINUTE = 60


def clock(setting: Setting, timing: Timing) -> exp.Select | None:
    """Rung (from 0), month of the deadline, state, response time, how many of the clock's marks the deadline has
    reached (where there are some), how many leads, and of the late ones the first rows by their deadline; None without
    the events.

    The month is null where the deadline lies after the calendar, the response time where nothing stopped the clock.
    Where no more is counted than verdicts need, all other response times are 0.
    """
    setting = setting.of(timing.rows)
    judged = _judged(setting, timing)
    if judged is None:
        return None
    keys: list[Node] = [nodes.column(name, JUDGED) for name in (RUNG, MONTH, STATE, BUCKET)]
    if timing.marks:
        keys.append(nodes.named(_marks(timing), MARKS))
    is_late = nodes.equal(nodes.column(STATE, JUDGED), nodes.text(State.LATE))
    late = first_rows(setting, nodes.column(DEADLINE, JUDGED), nodes.column(ROW, JUDGED), is_late)
    counted_leads = [nodes.named(exp.Count(this=exp.Star()), COUNT), nodes.named(late, LEADS)]
    statement = nodes.select([*keys, *counted_leads], nodes.inner(judged, JUDGED))
    return statement.group_by(*(nodes.number(place + 1) for place in range(len(keys))), copy=False)


def _marks(timing: Timing) -> Node:
    """How many of the marks lie at or before the deadline; 0 for a deadline that lies after the calendar."""
    marks = sorted(timing.marks, reverse=True)
    reached = [
        (exp.GTE(this=nodes.column(DEADLINE, JUDGED), expression=nodes.number(mark)), nodes.number(len(marks) - place))
        for place, mark in enumerate(marks)
    ]
    return nodes.case(reached, nodes.number(0))


def times(setting: Setting, timing: Timing) -> exp.Select | None:
    """Rung (from 0), month of the deadline, channel, working time and time on the wall from start to stop, how many
    leads; of the leads in the share that have a stop. None without the events.

    Times are in seconds, rounded down (`rounded`); working time is null where no deadline is in business units.
    """
    setting = setting.of(timing.rows)
    judged = _judged(setting, timing, _channel, with_times=True)
    if judged is None:
        return None
    keys: list[Node] = [nodes.column(name, JUDGED) for name in (RUNG, MONTH, CHANNEL, WORKED, ELAPSED)]
    in_share = nodes.is_in(nodes.column(STATE, JUDGED), [nodes.text(state) for state in (State.MET, State.LATE)])
    is_told = nodes.both([in_share, nodes.is_known(nodes.column(ELAPSED, JUDGED))])
    count = nodes.named(exp.Count(this=exp.Star()), COUNT)
    statement = nodes.select([*keys, count], nodes.inner(judged, JUDGED), is_told)
    return statement.group_by(*(nodes.number(place + 1) for place in range(len(keys))), copy=False)


def _channel(rows: LeadRows) -> Mapping[str, Node]:
    return {CHANNEL: rows.channel()}


# ---------------------------------------------------------------- the steps


def clock_by_lead(setting: Setting, timing: Timing, more: More, states: Collection[State]) -> exp.Select | None:
    """One row for each lead whose clock stands in one of these states: `ON_THE_CLOCK`, then what `more` asks of it;
    None without the events.
    """
    setting = setting.of(timing.rows)
    judged = _judged(setting, timing, more)
    if judged is None:
        return None
    names = (*ON_THE_CLOCK, *more(LeadRows(setting)))
    kept = nodes.is_in(nodes.column(STATE, JUDGED), [nodes.text(state) for state in states])
    return nodes.select([nodes.column(name, JUDGED) for name in names], nodes.inner(judged, JUDGED), kept)


def _judged(
    setting: Setting, timing: Timing, more: More | None = None, *, with_times: bool = False
) -> exp.Select | None:
    """One row a lead that the clock is about: rung, deadline and its month, state, response time in buckets; with the
    times also those.

    Where more is asked of each lead, also that, and what the state rests on.
    """
    started = _started(setting, timing, more)
    if started is None:
        return None
    table = setting.calendars[timing.calendar]
    timed = _timed(table, timing, _placed(table, timing, started.statement), setting.cut_off)
    day = table.joined(TIMED)
    deadline = nodes.column(DEADLINE, TIMED)
    month = _by_rung(timing, TIMED, lambda rung: day.deadline_month(deadline.copy(), rung.within))
    if not _has_deadlines(table, timing, setting.cut_off):
        month = nodes.case([(nodes.is_known(deadline), month)])
    values: list[Node] = [nodes.column(name, TIMED) for name in (ROW, RUNG, DEADLINE)]
    values.append(nodes.named(month, MONTH))
    values.append(nodes.named(_state(setting.cut_off, timing, day, started), STATE))
    counted_as: Node = nodes.number(0)
    if not setting.only_verdicts:
        counted_as = _by_rung(timing, TIMED, lambda rung: bucket(_used(rung), rung.within))
    values.append(nodes.named(nodes.case([(nodes.is_known(nodes.column(STOP, TIMED)), counted_as)]), BUCKET))
    if with_times:
        is_business = any(rung.within.unit.is_business for rung in timing.rungs)
        worked = _between(STOP_WORKED, START_WORKED) if is_business else nodes.as_type(nodes.nothing(), "BIGINT")
        values.append(nodes.named(rounded(worked), WORKED))
        values.append(nodes.named(rounded(_between(STOP, START)), ELAPSED))
    if more is not None:
        used = nodes.case([(nodes.is_known(nodes.column(STOP, TIMED)), _by_rung(timing, TIMED, _used))])
        values.append(nodes.named(used, USED))
        values += [nodes.column(name, TIMED) for name in (START, START_DAY, STOP, STOP_DAY, *more(LeadRows(setting)))]
    return nodes.select(values, nodes.inner(timed, TIMED))


@dataclass(frozen=True, slots=True)
class _Started:
    """The leads that a clock is about. `same` are the columns that are true, or false, in every row."""

    statement: exp.Select
    same: Mapping[str, exp.Boolean]

    def timed(self, name: str) -> Node:
        """A column of the leads with their deadlines, or its value where that is the same in every row."""
        return self.same[name].copy() if name in self.same else nodes.column(name, TIMED)


def _started(setting: Setting, timing: Timing, more: More | None) -> _Started | None:
    """The leads that have the start event and may fit `only`, with what their conditions say."""
    rows = LeadRows(setting, anchor=timing.starts)
    start, stop = rows.stamp(timing.starts), rows.stamp(timing.stops)
    if start is None or stop is None:
        return None
    fits = nodes.truth(True) if timing.only is None else rows.conditions().sql(timing.only, timing.starts)
    values = {
        ROW: setting.leads.column("row_number"),
        START: start,
        STOP: stop,
        START_DAY: setting.leads.is_day(timing.starts),
        STOP_DAY: setting.leads.is_day(timing.stops),
        RUNG: _rung(rows, timing),
        FITS: answers.surely(fits),
        SPARED: nodes.truth(False) if timing.spared is None else rows.fact(timing.spared),
        NOT_OWED: _not_owed(rows, timing),
        IMPOSSIBLE: _is_impossible(rows, timing),
        **({} if more is None else more(rows)),
    }
    where = [answers.perhaps(fits.copy())]
    if timing.owners is not None:
        where.append(_is_owned_by(setting, timing.owners))
    same = {name: value for name, value in values.items() if isinstance(value, exp.Boolean)}
    return _Started(rows.select([nodes.named(value, name) for name, value in values.items()], where), same)


def _placed(table: CalendarTable, timing: Timing, started: exp.Select) -> exp.Select:
    """The leads of `_started` that some rung is for, with what the calendar says of the days of start and stop."""
    start, stop = nodes.column(START, STARTED), nodes.column(STOP, STARTED)
    opened, answered = table.joined("start_day"), table.joined("stop_day")
    joins: list[tuple[JoinedDay, Node]] = [(opened, start)]
    values: list[Node] = [_every_column(STARTED), _every_column(opened.alias)]
    if any(rung.within.unit.is_business for rung in timing.rungs):
        joins.append((answered, exp.Coalesce(this=stop, expressions=[start.copy()])))
        values.append(nodes.named(opened.worked(start.copy()), START_WORKED))
        values.append(nodes.named(answered.worked(stop.copy()), STOP_WORKED))
    statement = nodes.select(values, nodes.inner(started, STARTED), nodes.is_known(nodes.column(RUNG, STARTED)))
    for joined, instant in joins:
        day, is_same = joined.join_on(instant)
        statement = statement.join(day, on=is_same, copy=False)
    return statement


def _every_column(alias: str) -> exp.Column:
    return exp.Column(this=exp.Star(), table=exp.to_identifier(alias, quoted=True))


def _has_deadlines(table: CalendarTable, timing: Timing, cut_off: int) -> bool:
    """Whether every lead has its deadline inside of the calendar: none starts after the cut-off."""
    return all(table.knows_deadlines(rung.within, cut_off) for rung in timing.rungs)


def _timed(table: CalendarTable, timing: Timing, placed: exp.Select, cut_off: int) -> exp.Select:
    """The leads of `_placed` with their deadlines."""
    day = table.joined(PLACED)

    def deadline(rung: Rung) -> Node:
        start, worked, is_day = (nodes.column(name, PLACED) for name in (START, START_WORKED, START_DAY))
        return day.deadline(start, worked, rung.within, is_day, cut_off)

    values = [_every_column(PLACED), nodes.named(_by_rung(timing, PLACED, deadline), DEADLINE)]
    return nodes.select(values, nodes.inner(placed, PLACED))


def _state(cut_off: int, timing: Timing, day: JoinedDay, started: _Started) -> Node:
    """The first of these that holds."""
    deadline, stop = nodes.column(DEADLINE, TIMED), nodes.column(STOP, TIMED)
    is_waiting: Node = nodes.less(nodes.number(cut_off), deadline)
    if not _has_deadlines(day.table, timing, cut_off):
        is_waiting = answers.perhaps(is_waiting)

    def late(rung: Rung) -> Node:
        return day.is_late(rung.within, deadline.copy(), stop.copy(), _used(rung))

    states = [
        (answers.opposite(started.timed(FITS)), State.UNSURE),
        (started.timed(SPARED), State.NOT_COUNTED),
        (started.timed(NOT_OWED), State.NOT_OWED),
        (started.timed(IMPOSSIBLE), State.CANNOT_TELL),
        (_by_rung(timing, TIMED, lambda rung: _is_too_coarse(rung, started)), State.CANNOT_TELL),
        (is_waiting, State.WAITING),
        (nodes.is_null(stop), State.LATE),
        (_by_rung(timing, TIMED, late), State.LATE),
    ]
    return nodes.case(
        [(condition, nodes.text(state)) for condition, state in states if not answers.is_constant(condition, False)],
        nodes.text(State.MET),
    )


def _used(rung: Rung) -> Node:
    """The time from start to stop, as the deadline's unit counts it."""
    return _between(STOP_WORKED, START_WORKED) if rung.within.unit.is_business else _between(STOP, START)


def _between(later: str, earlier: str) -> Node:
    return nodes.minus(nodes.column(later, TIMED), nodes.column(earlier, TIMED))


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


def _by_rung(timing: Timing, table: str, value: Callable[[Rung], Node]) -> Node:
    """A value that depends on the rung of the row."""
    values = [value(rung) for rung in timing.rungs]
    if len(values) == 1 or all(each == values[0] for each in values):
        return values[0]
    return nodes.case(
        (nodes.equal(nodes.column(RUNG, table), nodes.number(place)), value) for place, value in enumerate(values)
    )


def _is_too_coarse(rung: Rung, started: _Started) -> Node:
    """Whether only the day of a stamp is known, where the deadline asks for the time of the day."""
    if counted(rung.within) not in (Counted.WORKING_TIME, Counted.ELAPSED_TIME):
        return nodes.truth(False)
    stop_is_day = answers.every([nodes.is_known(nodes.column(STOP, TIMED)), started.timed(STOP_DAY)])
    return answers.some([started.timed(START_DAY), stop_is_day])


def _is_impossible(rows: LeadRows, timing: Timing) -> Node:
    """Whether the clock was stopped before it started, which only an early contact may do.

    Many systems write moments without their seconds: a stop on a whole minute, less than a minute too early, may well
    have come after the start. That is asked of the few leads alone whose stop is earlier.
    """
    is_earlier = rows.is_earlier(timing.stops, timing.starts)
    stop = rows.stamp(timing.stops)
    least = rows.stamp(timing.not_before) if timing.not_before else None
    excuses = [_is_rounded(rows, timing)]
    if stop is not None and least is not None:
        excuses.append(answers.surely(exp.GTE(this=stop, expression=least)))
    is_excused = answers.some(excuses)
    return nodes.case([(is_earlier, answers.opposite(is_excused))], nodes.truth(False))


def _is_rounded(rows: LeadRows, timing: Timing) -> Node:
    """Whether the stop is on a whole minute, and the start within it."""
    start, stop = rows.stamp(timing.starts), rows.stamp(timing.stops)
    if start is None or stop is None:
        return nodes.truth(False)
    minute = exp.Mul(this=nodes.whole_part(start, MINUTE), expression=nodes.number(MINUTE))
    return answers.surely(nodes.equal(stop, minute))


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
    opened, answered = (rows.day_of(event, other.calendar) for event in (other.starts, other.stops))
    used = nodes.minus(answered.worked(stop.copy()), opened.worked(start))
    is_late = opened.is_late(rung.within, deadline, stop.copy(), used)
    return answers.every([rows.is_over(deadline.copy()), answers.some([nodes.is_null(stop), is_late])])


def _is_owned_by(setting: Setting, owners: Iterable[str | None]) -> Node:
    """Whether the lead belongs to one of these sellers (None: to nobody)."""
    owner = setting.leads.column("owner")
    names = [nodes.text(name) for name in owners if name is not None]
    is_nobodys = nodes.is_null(owner.copy()) if None in owners else nodes.truth(False)
    return answers.some([answers.surely(answers.is_in(owner, names)) if names else nodes.truth(False), is_nobodys])
