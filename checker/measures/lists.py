"""Lists that people work through, out of the statements that the promises are judged by.

A list holds every lead of its kind, not a first few. What counts is the cut-off, as for the verdicts: a lead is late if
its deadline lies at or before the last moment of the data.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from checker.agreement import Promise
from checker.agreement.conditions import AllOf, Meets, Question
from checker.agreement.promise_list import promise as promise_of
from checker.agreement.promises import Measured
from checker.funnel.by_lead import Asked, ByLead, LeadTold, OnTheClock
from checker.logic.aggregate import CannotTell, Every, Fact, Fits, Opposite, State, Surely, Timing
from checker.logic.calendar import Calendar, OutsideCalendar
from checker.logic.clock import Counted, counted, deadline
from checker.logic.rounded_times import rounded_elapsed, rounded_working
from checker.measures.asked import AskedClock, MonthlyShare, Unmeasurable
from checker.measures.bench import Bench
from checker.measures.catalogue import measures
from checker.measures.forms import tally_of
from checker.measures.judge import ask
from checker.measures.leads_shown import LeadsShown
from checker.measures.listed import Hidden, Listed, ListName, Unmet
from checker.message import Message, Written, any_of, say
from checker.quantity import Duration, Unit

RECYCLED = "recycled_on_time"
"""The measure that has deadlines of its own: when nurtured leads are to be contacted again."""
WITHIN = Duration(4, Unit.BUSINESS_HOURS)
"""How far ahead "due soon" looks, where nothing is said."""
_ENDS = ("returned", "lost")
_ENDED: Mapping[str, Message] = {"returned": say("returned"), "lost": say("lost")}
_NOTHING_LEFT_AFTER_AN_END = (
    "first_personal_contact",
    "contact_attempt",
    "decided",
    "handed_off",
    "handed_off_again",
)
"""Events that nobody has to bring about any more once a lead was returned, lost or won."""


@dataclass(slots=True)
class Made:
    """A list in the making."""

    leads: list[Listed] = field(default_factory=list)
    over: list[Listed] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    asked: int = 0
    """How many promises could be asked."""
    listed: int = 0
    """For how many of their clocks and shares the data is new enough."""
    in_time: int = 0
    """How many leads are not on the list of those that were never handed over because there is still time."""


def make_list(
    name: ListName,
    bench: Bench,
    shown: LeadsShown,
    promises: Sequence[Promise],
    now: int | None = None,
    within: Duration = WITHIN,
) -> Made:
    """One of the lists, for these promises, in no order. `now` is when it is read (None: at the cut-off)."""
    maker = _Maker(bench, shown, promises, now, within)
    match name:
        case ListName.OVERDUE:
            maker.clocks({State.LATE})
        case ListName.UNDECIDED:
            maker.clocks({State.LATE}, _is_about_deciding)
        case ListName.DUE_SOON:
            maker.clocks({State.WAITING}, soon=True)
        case ListName.DEADLINES:
            maker.clocks({State.LATE, State.WAITING})
        case ListName.MISSED:
            maker.missed()
        case ListName.WRONGLY_QUALIFIED:
            maker.wrongly_qualified()
        case ListName.RETURNED_WITHOUT_REASON:
            maker.returned()
    return maker.made


def _has_a_deadline(promise: Promise) -> bool:
    return promise.clock is not None or (promise.measured is not None and promise.measured.measure == RECYCLED)


def _is_about_deciding(promise: Promise) -> bool:
    return promise.clock is not None and promise.clock.stops == "decided"


def is_too_old(calendar: Calendar, cut_off: int, now: int, within: Duration) -> bool:
    """Whether data that ends at the cut-off is older than half of a deadline.

    Its age counts as the deadline does: over a weekend, data grows no older for a deadline in business hours.
    """
    if now <= cut_off:
        return False
    try:
        due = deadline(calendar, cut_off, within)
        if within.unit.is_business:
            return calendar.elapsed(cut_off, now) * 2 > calendar.elapsed(cut_off, due)
    except OutsideCalendar:
        return True
    return (now - cut_off) * 2 > due - cut_off


IsAbout: TypeAlias = Callable[[Promise], bool]


class _Maker:
    def __init__(
        self, bench: Bench, shown: LeadsShown, promises: Sequence[Promise], now: int | None, within: Duration
    ) -> None:
        self.view = bench.view
        self.agreement = bench.view.agreement
        self.setting = bench.counter.setting
        self.by_lead = ByLead(bench.counter.engine, self.setting)
        self.shown = shown
        self.promises = promises
        self.now = now
        self.within = within
        self.made = Made()
        won = self.agreement.stage_named("won")
        self.ends = {f"at_{event}": _ENDED[event] for event in _ENDS}
        if won is not None:
            self.ends[f"at_became_{won}"] = say("won")

    # ------------------------------------------------------------ clocks

    def clocks(self, states: Collection[State], is_about: IsAbout = _has_a_deadline, *, soon: bool = False) -> None:
        """Leads whose clock runs, and stands in one of these states."""
        for promise in self.promises:
            asked = ask(promise, self.view) if is_about(promise) else None
            if isinstance(asked, Unmeasurable):
                self._cannot_list(promise, asked)
            if not isinstance(asked, AskedClock):
                continue
            self.made.asked += 1
            for timing in (*asked.timings, *asked.again):
                self._running(asked, timing, states, soon=soon, is_again=timing in asked.again)

    def _cannot_list(self, promise: Promise, asked: Unmeasurable) -> None:
        self.made.notes.append(
            say("{promise} cannot be listed: {reason}", promise=Written(promise.id), reason=asked.reason)
        )

    def _running(
        self, asked: AskedClock, timing: Timing, states: Collection[State], *, soon: bool, is_again: bool
    ) -> None:
        calendar = self.setting.calendars[timing.calendar].calendar
        cut_off = self.setting.cut_off
        old = {
            place
            for place, rung in enumerate(timing.rungs)
            if self.now is not None and is_too_old(calendar, cut_off, self.now, rung.within)
        }
        for place in sorted(old):
            hidden = Hidden(_id_of(asked, timing, place), timing.rungs[place].within)
            if hidden not in self.made.hidden:
                self.made.hidden.append(hidden)
        if len(old) == len(timing.rungs):
            return
        self.made.listed += 1
        until = self._soon(calendar) if soon else None
        wanted = self.shown.asked(tuple(self.ends))
        for row in self.by_lead.clock(timing, states, wanted):
            if row.stop is not None or row.rung in old or row.deadline is None:
                continue
            if until is not None and row.deadline > until:
                continue
            listed = self._on_the_clock(asked, timing, row, calendar, is_again)
            (self.made.leads if listed.over is None else self.made.over).append(listed)

    def _soon(self, calendar: Calendar) -> int:
        """Until when a deadline is soon."""
        try:
            return deadline(calendar, self.setting.cut_off, self.within)
        except OutsideCalendar:
            return calendar.end

    def _on_the_clock(
        self, asked: AskedClock, timing: Timing, row: OnTheClock, calendar: Calendar, is_again: bool
    ) -> Listed:
        rung = timing.rungs[row.rung]
        assert row.deadline is not None, "clocks without a deadline are left out"
        is_business = rung.within.unit.is_business and counted(rung.within) is not Counted.ELAPSED_TIME
        cut_off = self.setting.cut_off
        late = calendar.elapsed(row.deadline, cut_off) if is_business else cut_off - row.deadline
        zone = ZoneInfo(calendar.timezone)
        return self.shown.listed(
            row.told,
            do=what_to_do(timing.stops, self.agreement.text(asked.promise.sentence)),
            promise=_id_of(asked, timing, row.rung),
            owed_by=asked.promise.owes,
            is_again=is_again,
            since=datetime.fromtimestamp(row.start, zone),
            deadline=datetime.fromtimestamp(row.deadline, zone),
            seconds=late,
            is_business=is_business,
            time=rounded_working(calendar, row.deadline, cut_off) if is_business else rounded_elapsed(abs(late)),
            over=self._over(timing, row),
        )

    def _over(self, timing: Timing, row: OnTheClock) -> Message | None:
        """How the lead ended after the clock began."""
        if timing.stops not in _NOTHING_LEFT_AFTER_AN_END:
            return None
        for column, ended in self.ends.items():
            at = row.told.columns.get(column)
            if column != f"at_{timing.starts}" and at is not None and at >= row.start:
                return ended
        return None

    # ------------------------------------------------------------ shares

    def _shares(self, measure: str) -> Iterator[tuple[Promise, str | None, MonthlyShare]]:
        """What the promises on a measure ask; where none is about it, what the measure itself does."""
        written = [each for each in self.promises if each.measured and each.measured.measure == measure]
        is_chosen = len(self.promises) < len(self.agreement.promises())
        plain = Measured.model_validate({"promise": measure, "measure": measure})
        others = [] if written or is_chosen else [promise_of("both_promise", measure, plain)]
        for promise in (*written, *others):
            asked = measures()[measure].ask(promise, self.view)
            if isinstance(asked, MonthlyShare):
                missing = self.view.missing(asked.needs)
                asked = asked if missing is None else missing
            if isinstance(asked, Unmeasurable):
                self._cannot_list(promise, asked)
            if isinstance(asked, MonthlyShare):
                self.made.asked += 1
                self.made.listed += 1
                yield promise, promise.id if written else None, asked

    def _offending(self, promise: Promise, asked: MonthlyShare, wanted: Asked) -> list[tuple[int, LeadTold]]:
        return self.by_lead.leads(asked.rows, asked.by, tally_of(promise, asked, self.view).listed, wanted)

    def _at(self, instant: int) -> datetime:
        return datetime.fromtimestamp(instant, ZoneInfo(self.view.timeline.calendar.timezone))

    def returned(self) -> None:
        """Returns that name no reason of the agreement's list."""
        written = self.agreement.sections.return_reasons or {}
        reasons = any_of([self.agreement.text(each.name, name.replace("_", " ")) for name, each in written.items()])
        do = (
            say("Write down why it was returned: {reasons}", reasons=reasons)
            if written
            else say("Write down why it was returned")
        )
        for promise, name, asked in self._shares("return_reason_rate"):
            for at, told in self._offending(promise, asked, self.shown.asked()):
                self.made.leads.append(
                    self.shown.listed(
                        told, do=do, promise=name, owed_by="sales", since=self._at(at), seconds=self._age(at)
                    )
                )

    def _age(self, at: int) -> int:
        return self.setting.cut_off - at

    def missed(self) -> None:
        """Leads that reached the stage of the handoff and were never handed over, past the time that this may take."""
        due = self._handoffs_due()
        do = say("Hand it over to sales now")
        for promise, name, asked in self._shares("missed_leads"):
            for at, told in self._offending(promise, asked, self.shown.asked(tuple(self.ends))):
                row = due.get(told.lead_id)
                if row is not None and row.state is State.WAITING:
                    self.made.in_time += 1
                    continue
                due_at = None if row is None else row.deadline
                listed = self.shown.listed(
                    told,
                    do=do,
                    promise=name,
                    owed_by="marketing",
                    since=self._at(at),
                    deadline=None if due_at is None else self._at(due_at),
                    seconds=self._age(at if due_at is None else due_at),
                    over=self._ended_since(told, at),
                )
                (self.made.leads if listed.over is None else self.made.over).append(listed)

    def _ended_since(self, told: LeadTold, at: int) -> Message | None:
        for column, ended in self.ends.items():
            moment = told.columns.get(column)
            if moment is not None and moment >= at:
                return ended
        return None

    def _handoffs_due(self) -> dict[str, OnTheClock]:
        """The leads on the clock from the stage to its handoff, where the agreement has such a promise."""
        found: dict[str, OnTheClock] = {}
        for promise in self.agreement.promises():
            clock = promise.clock
            if clock is None or clock.stops != "handed_off" or clock.starts != f"became_{self.view.handoff_stage}":
                continue
            asked = ask(promise, self.view)
            for timing in asked.timings if isinstance(asked, AskedClock) else ():
                for row in self.by_lead.clock(timing, set(State), Asked()):
                    found.setdefault(row.told.lead_id, row)
        return found

    def wrongly_qualified(self) -> None:
        """Leads that were handed over and surely do not fit; and after them those of which it cannot be told."""
        stage = self.view.handoff_stage
        conditions = self.agreement.named_conditions.get(stage or "")
        parts = _parts(conditions, self.agreement.named_conditions) if conditions is not None else ()
        facts: dict[str, Fact] = {str(place): Fits(part, "handed_off") for place, part in enumerate(parts)}
        fields = {leaf.field for part in parts for leaf in self.agreement.reached(part)}
        wanted = self.shown.asked((), facts, fields)
        for promise, name, asked in self._shares("wrongly_qualified"):
            doubtful: Fact = CannotTell(asked.kept)
            about = () if asked.of is None else (Surely(asked.of),)
            spared = self.view.spared(promise.id, asked.by)
            about = (*about, *(() if spared is None else (Opposite(spared),)))
            found = [(False, *row) for row in self._offending(promise, asked, wanted)]
            untold = self.by_lead.leads(asked.rows, asked.by, Every((*about, doubtful)), wanted)
            found += [(True, *row) for row in untold]
            for unsure, at, told in found:
                answer = None if unsure else False
                unmet = [part for place, part in enumerate(parts) if told.answers[str(place)] is answer]
                self.made.leads.append(
                    self.shown.listed(
                        told,
                        do=say("Fill in what is missing, so that it can be told whether the lead fits")
                        if unsure
                        else say("Return it with a reason, or correct what the lead holds"),
                        promise=name,
                        owed_by="marketing",
                        since=self._at(at),
                        seconds=self._age(at),
                        unsure=unsure,
                        unmet=tuple(self._unmet(part, told, unsure=unsure) for part in unmet),
                    )
                )

    def _unmet(self, condition: Question, told: LeadTold, *, unsure: bool) -> Unmet:
        names = dict.fromkeys(leaf.field for leaf in self.agreement.reached(condition))
        values = {name: self.shown.value(name, told) for name in names if self.shown.can_show(name)}
        return Unmet(condition, {name: value for name, value in values.items() if value is None or not unsure})


def _id_of(asked: AskedClock, timing: Timing, place: int) -> str:
    return asked.timings[0].rungs[0].id if asked.as_one else timing.rungs[place].id


def _parts(condition: Question, named: Mapping[str, AllOf], seen: frozenset[str] = frozenset()) -> tuple[Question, ...]:
    """The conditions that must all hold, those of named groups and stages one by one."""
    if isinstance(condition, AllOf):
        return tuple(found for part in condition.parts for found in _parts(part, named, seen))
    if isinstance(condition, Meets) and condition.name in named and condition.name not in seen:
        return _parts(named[condition.name], named, seen | {condition.name})
    return (condition,)


_TO_DO: Mapping[str, Message] = {
    "first_personal_contact": say("Contact the lead in person"),
    "contact_attempt": say("Contact the lead"),
    "decided": say("Accept the lead, or return it with a reason"),
    "handed_off": say("Hand it over to sales"),
    "handed_off_again": say("Repair the lead and hand it over again"),
    "outcome_written": say("Write down what became of the lead"),
    "activity_logged": say("Write the call or meeting into the CRM"),
    "activity": say("Call or meet the lead"),
    "returned": say("Return the lead with a reason"),
}


def what_to_do(stops: str, sentence: str) -> Message:
    """What stops a clock, as something to do; where there are no words for it, the promise itself."""
    return _TO_DO.get(stops) or say("{promise}", promise=sentence)
