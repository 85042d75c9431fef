"""One lead on the clocks of a version: its deadlines, the nights and holidays that each skipped, and why it stands so.

The states are asked of the same statements as those of all leads. The closed times come out of the calendar in Python;
both must give the same time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from checker.funnel.by_lead import Asked, ByLead, OnTheClock
from checker.logic.aggregate import Fits, State, Timing
from checker.logic.calendar import Calendar, OutsideCalendar
from checker.logic.clock import Counted as CountedBy
from checker.logic.clock import counted
from checker.logic.closed_time import closed_between
from checker.logic.holidays import UnknownPlace, holiday_names
from checker.logic.rounded_times import rounded_elapsed, rounded_working
from checker.measures.asked import AskedClock
from checker.measures.run import Run
from checker.measures.story import ClockStory, Skipped
from checker.message import Message, Written, say


def clocks_of(run: Run, lead: str, language: str) -> list[ClockStory]:
    """The clocks of a version that the lead is on, in the order of its promises. `run` is one of this lead alone, and
    the one that was laid out last.
    """
    return list(_Clocks(run, lead, language).all())


@dataclass(frozen=True, slots=True)
class _Clock:
    """A clock of a promise: a timing, and whether it is that of second handoffs."""

    asked: AskedClock
    timing: Timing
    is_again: bool


class _Clocks:
    def __init__(self, run: Run, lead: str, language: str) -> None:
        self.run = run
        self.agreement = run.governs.agreement
        self.one = ByLead(run.bench.counter.engine, run.bench.counter.setting)
        self.lead = lead
        self.language = language

    def all(self) -> Iterator[ClockStory]:
        for promise in self.agreement.promises():
            asked = self.run.asked[promise.id]
            if isinstance(asked, AskedClock):
                yield from self._clocks(asked)

    def _clocks(self, asked: AskedClock) -> Iterator[ClockStory]:
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
            version=self.run.governs.version,
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
