"""One lead from its first event to the cut-off: what each clock and each share made of it, and why.

The verdicts are asked of the same statements as those of all leads, restricted to this one. The nights and holidays
that a clock skipped come out of the calendar in Python; both must give the same time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from checker.agreement import Promise
from checker.agreement.conditions import question
from checker.errors import WrongUsage
from checker.funnel import Funnel
from checker.funnel.by_lead import POINTS, Asked, ByLead, LeadTold, OnTheClock
from checker.funnel.counts import Counter
from checker.logic.aggregate import Fits, Rows, State, Timing
from checker.logic.calendar import Calendar, OutsideCalendar
from checker.logic.clock import Counted as CountedBy
from checker.logic.clock import counted
from checker.logic.closed_time import closed_between
from checker.logic.holidays import UnknownPlace, holiday_names
from checker.logic.rounded_times import rounded_elapsed, rounded_working
from checker.measures.asked import (
    AskedClock,
    CohortShare,
    MonthlyAmount,
    MonthlyShare,
    Noted,
    Snapshot,
    Unmeasurable,
    Verdict,
)
from checker.measures.bench import Bench
from checker.measures.judge import Questions, judge, questions, tallies_of
from checker.measures.leads_shown import LeadsShown
from checker.measures.story import ClockStory, Counted, Happening, LeadStory, NotAbout, Skipped
from checker.measures.wording import none_of_in_words
from checker.message import Message, Written, any_of, say

_MOST_SHOWN = 500  # characters of a field


def story_of(
    bench: Bench, funnel: Funnel, lead: str, *, with_personal: bool = False, language: str = "en"
) -> LeadStory:
    """The story of a lead. Raises WrongUsage where there is no lead with this id, UnreadableInput."""
    by_lead = ByLead(bench.counter.engine, bench.counter.setting)
    survivor = by_lead.survivor(lead)
    if survivor is None:
        raise WrongUsage(_unknown(lead, by_lead.nearest(lead), with_personal=with_personal))
    return _Teller(bench, funnel, survivor, with_personal=with_personal, language=language).story(lead)


def _unknown(lead: str, near: tuple[str, ...], *, with_personal: bool) -> Message:
    message = say("there is no lead {lead} in the data", lead=Written(lead))
    shown = [name for name in near if with_personal or "@" not in name]
    return say("{problem}; did you mean {names}?", problem=message, names=any_of(shown)) if shown else message


@dataclass(frozen=True, slots=True)
class _Clock:
    """A clock of a promise: a timing, and whether it is that of second handoffs."""

    asked: AskedClock
    timing: Timing
    is_again: bool


class _Teller:
    def __init__(self, bench: Bench, funnel: Funnel, lead: str, *, with_personal: bool, language: str) -> None:
        self.view = bench.view
        self.agreement = bench.view.agreement
        self.funnel = funnel
        self.lead = lead
        self.language = language
        self.every = ByLead(bench.counter.engine, bench.counter.setting)
        self.one = self.every.only(lead)
        self.bench = Bench(bench.view, Counter(bench.counter.engine, self.one.setting))
        self.shown = LeadsShown(bench.view, with_personal=with_personal, with_routes=True)
        self.zone = ZoneInfo(bench.view.timeline.calendar.timezone)

    def story(self, asked_as: str) -> LeadStory:
        """Everything there is to tell."""
        events = [event for event in self.funnel.events if self.view.leads.has(f"at_{event}")]
        told = self._told(events)
        asked = questions(self.view)
        verdicts = self._verdicts(asked)
        clocks = [story for promise in self.agreement.promises() for story in self._clocks(asked[promise.id])]
        counted_in = [
            found for promise in self.agreement.promises() if (found := self._counted(promise, asked, verdicts))
        ]
        named = {story.promise.id for story in clocks} | {found.promise.id for found in counted_in}
        others = [promise for promise in self.agreement.promises() if promise.id not in named]
        people = self.agreement.sections.people or {}
        return LeadStory(
            self.shown.name(told),
            datetime.fromtimestamp(self.view.timeline.cut_off, self.zone),
            str(self.zone),
            self.agreement.version,
            asked_as=asked_as if asked_as != self.lead else None,
            duplicates=self.every.duplicates(self.lead),
            link=self.shown.link(told),
            owner=self.shown.owner(told),
            channel=told.columns.get("channel"),
            stage=self._stage(told),
            rank=self._rank(),
            persona=self._persona(told),
            points=self._points(told),
            fields=self._fields(told),
            hidden_fields=self._hidden_fields(told),
            route=self.shown.route(told),
            happenings=tuple(self._happenings(told, events)),
            clocks=tuple(clocks),
            counted=tuple(counted_in),
            not_about=tuple(self._not_about(promise, asked, told) for promise in others),
            verdicts=verdicts,
            owners={key: self.agreement.text(person.name, key) for key, person in people.items()},
        )

    # ------------------------------------------------------------ what is known of it

    def _told(self, events: list[str]) -> LeadTold:
        there = self.view.leads.shapes
        columns = [name for event in events for name in (f"at_{event}", f"day_{event}")]
        columns += [line for _, line in self.funnel.told_in.values()]
        columns += [name for name in ("persona", *(f"field_{name}" for name in self.agreement.fields)) if name in there]
        asked = self.shown.asked()
        asked = replace(asked, columns=tuple(dict.fromkeys([*asked.columns, *columns])))
        ((_, told),) = self.one.leads(Rows.LEADS, None, None, asked)
        return told

    def _stage(self, told: LeadTold) -> str | None:
        """The furthest stage that is recorded."""
        reached = [stage for stage in self.agreement.stages if told.columns.get(f"at_became_{stage}") is not None]
        return reached[-1] if reached else None

    def _line(self, asked: Asked) -> int | None:
        ((_, told),) = self.one.leads(Rows.LEADS, None, None, asked)
        return told.line

    def _rank(self) -> str | None:
        ranks = self.agreement.sections.ranking or []
        lines = tuple(
            None if rank.when is None else question(rank.when, ("ranking", place, "when"))
            for place, rank in enumerate(ranks)
        )
        place = self._line(Asked(lines=lines, at=None)) if lines else None
        return None if place is None else str(ranks[place].rank)

    def _persona(self, told: LeadTold) -> str | None:
        if told.columns.get("persona") is not None:
            return str(told.columns["persona"])
        names, lines = [], []
        for name, persona in (self.agreement.sections.personas or {}).items():
            if persona.recognised_by is not None:
                names.append(name)
                lines.append(question(persona.recognised_by, ("personas", name, "recognised_by")))
        place = self._line(Asked(lines=tuple(lines), at=None)) if lines else None
        return None if place is None else names[place]

    def _points(self, told: LeadTold) -> str | None:
        ((_, found),) = self.one.leads(Rows.LEADS, None, None, Asked(with_points=True, at=None))
        points = found.columns.get(POINTS)
        return None if points is None else str(Fraction(points))

    def _fields(self, told: LeadTold) -> dict[str, str]:
        found = {}
        for name in self.agreement.fields:
            value = self.shown.value(name, told)
            if value is not None and self.shown.can_show(name):
                found[name] = value[:_MOST_SHOWN]
        return found

    def _hidden_fields(self, told: LeadTold) -> int:
        return sum(
            self.shown.value(name, told) is not None and not self.shown.can_show(name) for name in self.agreement.fields
        )

    # ------------------------------------------------------------ what happened

    def _happenings(self, told: LeadTold, events: list[str]) -> Iterator[Happening]:
        lines = self.funnel.lines
        found = []
        if lines is not None:
            for line in self.every.lines(lines, [self.lead, *self.every.duplicates(self.lead)]):
                said = {"reason": line.reason, "by": line.actor, "channel": line.channel}
                found.append(
                    Happening(
                        line.event,
                        datetime.fromtimestamp(line.at, self.zone),
                        line.is_day,
                        f"{line.file}:{line.line}",
                        says={key: value for key, value in said.items() if value and self._may_say(value)},
                    )
                )
        for event in events:
            at = told.columns.get(f"at_{event}")
            if at is None or (lines is not None and lines.has(event)):
                continue
            stand_in = self.funnel.events[event].stand_in
            found.append(
                Happening(
                    event,
                    datetime.fromtimestamp(at, self.zone),
                    bool(told.columns.get(f"day_{event}")),
                    self._place(event, told),
                    stand_in,
                )
            )
        yield from sorted(found, key=lambda each: each.at)

    def _may_say(self, value: str) -> bool:
        return self.shown.with_personal or "@" not in value

    def _place(self, event: str, told: LeadTold) -> str | None:
        """Where the data tells an event: not of stamps that may be a duplicate's."""
        file, column = self.funnel.told_in.get(event, ("", ""))
        line = told.columns.get(column)
        file = file or str(told.columns.get("source_file") or "")
        return f"{file}:{line}" if file and line is not None and not self.every.duplicates(self.lead) else None

    # ------------------------------------------------------------ clocks

    def _clocks(self, asked: Any) -> Iterator[ClockStory]:
        if not isinstance(asked, AskedClock):
            return
        for timing in (*asked.timings, *asked.again):
            clock = _Clock(asked, timing, timing in asked.again)
            facts = {
                str(place): Fits(rung.when, timing.starts)
                for place, rung in enumerate(timing.rungs)
                if rung.when is not None
            }
            for row in self.one.clock(timing, set(State), Asked(facts=facts)):
                yield self._clock(clock, row)

    def _clock(self, clock: _Clock, row: OnTheClock) -> ClockStory:
        asked, timing = clock.asked, clock.timing
        promise, rung = asked.promise, timing.rungs[row.rung]
        calendar = self.one.setting.calendars[timing.calendar].calendar
        zone = ZoneInfo(calendar.timezone)
        is_business = rung.within.unit.is_business and counted(rung.within) is not CountedBy.ELAPSED_TIME
        lines = [deadline.path for deadline in promise.deadlines] or [promise.path]

        def moment(instant: int | None) -> datetime | None:
            return None if instant is None else datetime.fromtimestamp(instant, zone)

        return ClockStory(
            promise,
            timing.rungs[0].id if asked.as_one else rung.id,
            lines[min(row.rung, len(lines) - 1)],
            timing.starts,
            timing.stops,
            datetime.fromtimestamp(row.start, zone),
            moment(row.stop),
            moment(row.deadline),
            row.month,
            rung.within,
            row.state,
            clock.is_again,
            row.used,
            self._used(row, calendar, is_business=is_business),
            is_business,
            timing.calendar or None,
            tuple(self._skipped(row, timing, calendar)) if is_business else (),
            rung.when,
            tuple(
                (above.id, lines[place], row.told.answers.get(str(place)))
                for place, above in enumerate(timing.rungs[: row.rung])
            ),
            tuple(self._why(clock, row)),
        )

    def _used(self, row: OnTheClock, calendar: Calendar, *, is_business: bool) -> Any:
        if row.stop is None or row.used is None:
            return None
        return rounded_working(calendar, row.start, row.stop) if is_business else rounded_elapsed(abs(row.used))

    def _skipped(self, row: OnTheClock, timing: Timing, calendar: Calendar) -> Iterator[Skipped]:
        """The closed times from the start to the deadline, or to the stop where that came first."""
        ends = [end for end in (row.stop, row.deadline) if end is not None]
        if not ends or min(ends) <= row.start:
            return
        working_time = self.agreement.working_time(timing.calendar) if timing.calendar else None
        zone = ZoneInfo(calendar.timezone)
        try:
            closed = closed_between(calendar, working_time, row.start, min(ends))
        except OutsideCalendar:
            return
        names = self._holidays(timing.calendar, {day.year for each in closed for day in each.holidays})
        for each in closed:
            begin, end = (datetime.fromtimestamp(at, zone) for at in (each.begin, each.end))
            holidays = {day: names.get(day) for day in each.holidays}
            yield Skipped(begin, end, each.why, holidays, each.with_weekend)

    def _holidays(self, calendar: str, years: set[int]) -> Mapping[date, str]:
        working_time = self.agreement.working_time(calendar) if calendar else None
        holidays = None if working_time is None else working_time.holidays
        if not years or holidays is None or isinstance(holidays, list):
            return {}
        try:
            return holiday_names(holidays.country, holidays.region, years, self.language)
        except UnknownPlace:
            return {}

    def _why(self, clock: _Clock, row: OnTheClock) -> Iterator[Message]:
        """What put the lead in its state, beyond its deadline."""
        match row.state:
            case State.NOT_COUNTED:
                yield from self._exceptions(clock)
            case State.NOT_OWED:
                yield from self._excuses(clock)
            case State.UNSURE:
                yield say("it cannot be told whether the promise is about this lead")
            case State.CANNOT_TELL if row.start_is_day or row.stop_is_day:
                yield say("of one moment only the day is known, and the deadline asks for the time of the day")
            case State.CANNOT_TELL:
                yield say("the clock was stopped before it started, which only an early personal contact may do")
            case _:
                return

    def _exceptions(self, clock: _Clock) -> Iterator[Message]:
        for exception in self.agreement.sections.not_counted or ():
            if exception.promise == clock.asked.promise.id:
                is_named = self.lead in (exception.leads or ())
                is_by_day = exception.days is not None and not exception.leads
                if is_named or is_by_day:
                    yield say("both sides agreed: {why}", why=self.agreement.text(exception.why))

    def _excuses(self, clock: _Clock) -> Iterator[Message]:
        timing = clock.timing
        for fact in timing.not_owed:
            if self._is_excused(replace(timing, not_owed=(fact,), late_on=())):
                yield say("the lead did not fit when it was handed over")
        for other in timing.late_on:
            if self._is_excused(replace(timing, not_owed=(), late_on=(other,))):
                name = other.rungs[0].id.partition(".")[0]
                yield say("{promise} was late with this lead", promise=Written(name))

    def _is_excused(self, timing: Timing) -> bool:
        return bool(self.one.clock(timing, {State.NOT_OWED}, Asked()))

    # ------------------------------------------------------------ what counts

    def _verdicts(self, asked: Questions) -> tuple[Verdict, ...]:
        """The verdicts of `sla check`, on this lead alone: those of promises that are about leads."""
        counts = self.bench.counter.tallies(tallies_of(asked, self.view))
        return tuple(
            verdict
            for judged in judge(self.bench, asked, counts, None)
            if self._is_about_leads(asked[judged.promise.id])
            for verdict in judged.verdicts
        )

    def _is_about_leads(self, asked: Any) -> bool:
        match asked:
            case MonthlyAmount():
                return not self.view.is_total(asked.by)
            case CohortShare():
                return not self.view.is_total(asked.start)
            case Unmeasurable() | Noted():
                return False
            case _:
                return True

    def _counted(self, promise: Promise, asked: Questions, verdicts: tuple[Verdict, ...]) -> Counted | None:
        if not isinstance(asked[promise.id], (MonthlyShare, MonthlyAmount, CohortShare, Snapshot)):
            return None
        own = tuple(verdict for verdict in verdicts if verdict.id == promise.id and counts_in(verdict))
        return Counted(promise, own) if own else None

    def _not_about(self, promise: Promise, asked: Questions, told: LeadTold) -> NotAbout:
        found = asked[promise.id]
        if isinstance(found, Unmeasurable):
            return NotAbout(promise, say("it cannot be measured on this data: {reason}", reason=found.reason))
        if isinstance(found, Noted) or not self._is_about_leads(found):
            return NotAbout(promise, say("it is not about single leads"))
        moment = None
        if isinstance(found, AskedClock):
            moment = found.timings[0].starts
        elif isinstance(found, (MonthlyShare, MonthlyAmount)):
            moment = found.by
        elif isinstance(found, CohortShare):
            moment = found.start
        if moment is not None and f"at_{moment}" in told.columns and told.columns[f"at_{moment}"] is None:
            events = none_of_in_words([moment], self.agreement)
            return NotAbout(promise, say("the data holds no {events} of this lead", events=events))
        return NotAbout(promise, say("this lead is not among those that it is about"))


def counts_in(verdict: Verdict) -> bool:
    """Whether the lead is in any number of a verdict on it alone."""
    others = (verdict.waiting, verdict.not_counted, verdict.not_owed, verdict.cannot_tell)
    own = verdict.denominator if verdict.unit == "share" else verdict.actual
    return bool(own) or any(others)
