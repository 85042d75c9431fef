"""The rows of one statement: leads as they were at the cut-off, joined with the calendar days of their instants.

A statement is built by asking for values; each value brings the joins that it needs, and `select` puts them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlglot import exp

from checker.agreement import Agreement
from checker.funnel import answers, nodes
from checker.funnel.calendars import REST_OF_A_DAY, CalendarTable, JoinedDay
from checker.funnel.conditions import Conditions, LeadColumn
from checker.funnel.done import LEAD, MOMENT, Done, done_by, moment_of, nodes_of
from checker.funnel.leads import ALL, Leads
from checker.funnel.moments import Moments
from checker.funnel.nodes import Node
from checker.funnel.side_tables import SideTables
from checker.logic.aggregate import (
    AtLeast,
    CannotTell,
    Every,
    Fact,
    Filled,
    Fits,
    Happened,
    Holds,
    Lasted,
    Matured,
    NotBefore,
    OnDays,
    Opposite,
    Reached,
    Rows,
    Some,
    Spared,
    Surely,
)
from checker.logic.calendar import Calendar
from checker.logic.clock import Counted, counted
from checker.logic.wall_clock import day_number
from checker.quantity import Duration


@dataclass(frozen=True, slots=True)
class Silence:
    """What no answer means: after which time from which event it is silence, and whether it accepts the lead."""

    starts: str
    within: Duration
    calendar: str
    accepts: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """What all statements of a check share.

    `calendars` are the loaded tables by the name of their working time; `reports` is the one whose zone and months
    the reports use. `others` are the views of what is counted otherwise than by leads, `side` is what files
    beside the leads hold.
    """

    agreement: Agreement
    leads: Leads
    calendars: Mapping[str, CalendarTable]
    reports: str
    silence: Silence | None = None
    others: Mapping[Rows, Leads] = field(default_factory=dict)
    side: SideTables = field(default_factory=SideTables)
    span: tuple[int, int] | None = None
    """The first and the last instant of the moments that are counted; None where all are."""
    only_verdicts: bool = False
    """Whether no more is counted than verdicts need: not how long answers took."""

    @property
    def cut_off(self) -> int:
        return self.leads.cut_off

    def of(self, rows: Rows) -> Setting:
        """The same for other rows than leads. Raises KeyError where the data does not tell them one by one."""
        return self if rows is Rows.LEADS else replace(self, leads=self.others[rows])


@dataclass(slots=True)
class LeadRows:
    """The rows of one statement under construction; `anchor` is the event that every one of them has."""

    setting: Setting
    anchor: str | None = None
    _joins: dict[str, JoinedDay] = field(default_factory=dict)
    _instants: dict[str, Node] = field(default_factory=dict)
    _done: dict[str, tuple[str | None, Node]] = field(default_factory=dict)

    # ------------------------------------------------------------ what conditions may ask

    def field(self, name: str) -> LeadColumn | None:
        """A field; None where the data does not have it."""
        return self.setting.leads.field(name)

    def stamp(self, event: str) -> Node | None:
        """When an event happened, if by the cut-off; None where the data does not have the event.

        That of the anchor is taken as it is, because `select` leaves out the rows where it lies elsewhere.
        """
        leads = self.setting.leads
        return leads.column(ALL + event) if event == self.anchor and event in leads.cut else leads.stamp(event)

    def local_day(self, event: str | None) -> Node:
        """The local day of an event, or of the cut-off where there is no event."""
        reports = self.setting.calendars[self.setting.reports]
        last = nodes.number(day_number(reports.calendar.local_date(self.setting.cut_off)))
        stamp = None if event is None else self.stamp(event)
        if event is None or stamp is None:
            return last
        day = self.day_of(event, self.setting.reports).local_day(stamp)
        return day if event == self.anchor else nodes.case([(nodes.is_known(stamp), day)], last)

    def done(self, event: str | None) -> Done | None:
        """What the lead had done by an event, else by the cut-off; None where the data has no dated actions."""
        if not self.setting.side.has_actions:
            return None
        leads = self.setting.leads
        known = event if event is not None and leads.has(f"at_{event}") else None
        alias = f"done by {known or 'the cut-off'}"
        self._done[alias] = (known, moment_of(leads, known))
        return nodes_of(alias)

    def is_silent(self) -> Node:
        """Whether the deadline of the promise that says what silence means is over."""
        silence = self.setting.silence
        deadline = None if silence is None else self.deadline(silence.starts, silence.within, silence.calendar)
        return nodes.truth(False) if deadline is None else self.is_over(deadline)

    def is_over(self, deadline: Node) -> Node:
        """Whether a deadline lies at or before the cut-off; no for a null one."""
        return answers.surely(exp.LTE(this=deadline, expression=nodes.number(self.setting.cut_off)))

    def channel(self) -> Node:
        """The lead's channel; null where the data does not have it."""
        leads = self.setting.leads
        return leads.column("channel") if leads.has("channel") else nodes.as_type(nodes.nothing(), "VARCHAR")

    # ------------------------------------------------------------ moments and days

    @property
    def moments(self) -> Moments:
        """The moments that leads are counted by."""
        return Moments(self)

    def deadline(self, event: str, within: Duration, calendar: str) -> Node | None:
        """When a duration from an event is over; null without the event. None where the data does not have it."""
        stamp = self.stamp(event)
        if stamp is None:
            return None
        day = self.day_of(event, calendar)
        return day.deadline(stamp, day.worked(stamp.copy()), within, self.setting.leads.is_day(event))

    def day_of(self, event: str, calendar: str) -> JoinedDay:
        """The calendar's row of the day of an event; where it did not happen, that of the cut-off."""
        stamp = self.stamp(event)
        instant: Node = nodes.number(self.setting.cut_off)
        if stamp is not None:
            instant = stamp if event == self.anchor else exp.Coalesce(this=stamp, expressions=[instant])
        return self.join(
            f"{event} day" if calendar == self.setting.reports else f"{event} {calendar}", instant, calendar
        )

    def join(self, alias: str, instant: Node, calendar: str) -> JoinedDay:
        """The calendar's row of the day of an instant that is never null."""
        if alias not in self._joins:
            self._joins[alias] = self.setting.calendars[calendar].joined(alias)
            self._instants[alias] = instant
        return self._joins[alias]

    # ------------------------------------------------------------ facts

    def fact(self, asked: Fact) -> Node:
        """A fact as a condition: true, false or null."""
        match asked:
            case Happened(event):
                stamp = self.stamp(event)
                return answers.known(None) if stamp is None else nodes.is_known(stamp)
            case Filled(column):
                leads = self.setting.leads
                if column in leads.never_blank:
                    return nodes.truth(True)
                return nodes.is_known(leads.column(column)) if leads.has(column) else answers.known(None)
            case Fits(condition, on):
                return self.conditions().sql(condition, on)
            case Reached():
                return self._reached(asked)
            case Matured(start, within):
                deadline = self.deadline(start, within, self.setting.reports)
                return answers.known(None) if deadline is None else self.is_over(deadline)
            case AtLeast(column, number):
                leads = self.setting.leads
                if not leads.has(column):
                    return answers.known(None)
                return exp.GTE(this=leads.column(column), expression=nodes.number(number))
            case Holds(column):
                leads = self.setting.leads
                return leads.column(column) if leads.has(column) else answers.known(None)
            case NotBefore(column, day):
                leads = self.setting.leads
                if not leads.has(column):
                    return answers.known(None)
                return exp.GTE(this=leads.column(column), expression=nodes.date(day))
            case Lasted():
                return self._lasted(asked)
            case Spared():
                return self._spared(asked)
            case OnDays(moment, first, last):
                return answers.surely(self._on_days(moment, first, last))
            case Every(parts):
                return answers.every(self.fact(part) for part in parts)
            case Some(parts):
                return answers.some(self.fact(part) for part in parts)
            case Opposite(part):
                return answers.opposite(self.fact(part))
            case Surely(part):
                return answers.surely(self.fact(part))
            case CannotTell(part):
                return answers.cannot_tell(self.fact(part))

    def conditions(self) -> Conditions:
        """The conditions of the agreement over these rows."""
        silence = self.setting.silence
        return Conditions(self.setting.agreement, self, silence is not None and silence.accepts)

    def is_earlier(self, event: str, than: str) -> Node:
        """Whether one event surely happened before another: of dates without a time of the day, on an earlier day."""
        stamp, other = self.stamp(event), self.stamp(than)
        if stamp is None or other is None:
            return nodes.truth(False)
        return answers.surely(nodes.less(self._end_of(event, stamp), other))

    def _end_of(self, event: str, stamp: Node) -> Node:
        """The last instant at which an event may have happened: of a date, the end of the day."""
        is_day = self.setting.leads.is_day(event)
        if answers.is_constant(is_day, False):
            return stamp
        return nodes.plus(stamp, nodes.case([(is_day, nodes.number(REST_OF_A_DAY))], nodes.number(0)))

    def _reached(self, asked: Reached) -> Node:
        stop = self.stamp(asked.stop)
        deadline = self.deadline(asked.start, asked.within, self.setting.reports)
        if stop is None or deadline is None:
            return answers.known(None)
        reached = exp.LTE(this=stop, expression=deadline)
        return answers.surely(reached)

    def _lasted(self, asked: Lasted) -> Node:
        """Whether the stop came no earlier than the end of the time; of days, on the last of them or later."""
        start, stop = self.stamp(asked.start), self.stamp(asked.stop)
        reports = self.setting.reports
        deadline = self.deadline(asked.start, asked.over, reports)
        if start is None or stop is None or deadline is None:
            return answers.known(None)
        if counted(asked.over) in (Counted.WORKING_TIME, Counted.ELAPSED_TIME):
            return answers.surely(exp.GTE(this=stop, expression=deadline))
        if asked.over.unit.is_business:
            # where a working day ends at midnight, that is no part of it
            deadline = nodes.minus(deadline, nodes.number(1))
        known = exp.Coalesce(this=deadline, expressions=[nodes.number(self.setting.cut_off)])
        last_day = self.join(f"{asked.start} over", known, reports).local_day(known.copy())
        lasted = exp.GTE(this=self.local_day(asked.stop), expression=last_day)
        return answers.surely(answers.every([nodes.is_known(deadline.copy()), nodes.is_known(stop), lasted]))

    def _spared(self, asked: Spared) -> Node:
        parts: list[Node] = []
        if asked.leads:
            parts.append(
                answers.is_in(self.setting.leads.column("lead_id"), [nodes.text(lead) for lead in asked.leads])
            )
        parts += [self._on_days(asked.moment, first, last) for first, last in asked.days]
        return answers.surely(answers.some(parts))

    def _on_days(self, name: str, first: date, last: date) -> Node:
        moment = self.moments.instant(name)
        if moment is None:
            return nodes.truth(False)
        begin, end = day_span(self.setting.calendars[self.setting.reports].calendar, first, last)
        return exp.Between(this=moment, low=nodes.number(begin), high=nodes.number(end))

    # ------------------------------------------------------------ the statement

    def _anchored(self) -> list[Node]:
        """The rows that have the anchor, inside of what is judged."""
        leads, anchor = self.setting.leads, self.anchor
        if anchor is None or not leads.has(f"at_{anchor}"):
            return []
        begin, end = self.setting.span or (leads.begin, leads.cut_off)
        told = leads.may_have([anchor])
        if anchor not in leads.cut:
            stamp = leads.column(f"at_{anchor}")
            return [*told, nodes.is_known(stamp) if self.setting.span is None else nodes.between(stamp, begin, end)]
        return [*told, nodes.between(leads.column(ALL + anchor), max(begin, leads.begin), min(end, leads.cut_off))]

    def answered_in_span(self) -> list[Node]:
        """That the answer of sales is among the moments that are counted; of silence, that its clock's start is."""
        span, silence = self.setting.span, self.setting.silence
        if span is None:
            return []
        events = ["decided", "returned", *([silence.starts] if silence is not None else [])]
        stamps = [stamp for event in events if (stamp := self.stamp(event)) is not None]
        return [nodes.between(exp.Coalesce(this=stamps[0], expressions=stamps[1:]), *span)]

    def select(self, values: Iterable[Node], where: Iterable[Node] = ()) -> exp.Select:
        """The statement that reads these values of the leads that fulfil all conditions."""
        statement = exp.Select(expressions=list(values)).from_(nodes.table(self.setting.leads.view), copy=False)
        for alias, joined in self._joins.items():
            table, condition = joined.join_on(self._instants[alias].copy())
            statement = statement.join(table, on=condition, copy=False)
        zone = self.setting.calendars[self.setting.reports].calendar.timezone
        for alias, (event, moment) in self._done.items():
            done = nodes.inner(done_by(self.setting.agreement, self.setting.leads, event, zone), alias)
            is_same = [
                nodes.equal(nodes.column(LEAD, alias), self.setting.leads.column("lead_id")),
                nodes.equal(nodes.column(MOMENT, alias), moment),
            ]
            statement = statement.join(done, on=nodes.both(is_same), join_type="left", copy=False)
        kept = answers.every([*self._anchored(), *where])
        return statement if isinstance(kept, exp.Boolean) and kept.this else statement.where(kept, copy=False)


def day_span(calendar: Calendar, first: date, last: date) -> tuple[int, int]:
    """The first and the last instant of some local days, as far as the calendar covers them."""
    begin = calendar.midnight(max(first, calendar.first)) if first <= calendar.last else calendar.end
    end = calendar.midnight(last + timedelta(days=1)) if calendar.first <= last < calendar.last else calendar.end
    return begin, (end if last >= calendar.first else calendar.start) - 1
