"""What a measure may know before anything is counted: the agreement, its plan, and what the data holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from checker.agreement import Agreement, Promise
from checker.agreement.beside import NotCounted
from checker.agreement.events import became
from checker.agreement.scalars import MonthlyRate
from checker.funnel.leads import Leads
from checker.funnel.lines import Lines
from checker.funnel.side_tables import SideTables
from checker.logic.aggregate import Every, Fact, Fits, Rows, Spared
from checker.logic.plan import DerivedPlan, derive
from checker.measures.asked import Needs, TargetOf, Unmeasurable
from checker.measures.timeline import Timeline
from checker.measures.wording import none_of_in_words, written
from checker.message import Message, say
from checker.quantity import Month, Period, Share

_ROWS = {"returned": Rows.RETURNS, "handed_off_again": Rows.AGAIN, "activity": Rows.ACTIVITIES}
"""Event -> what one of it is, if no lead."""


@dataclass(frozen=True)
class View:
    """The agreement and the shape of the data.

    `stand_ins` are the events that the source reads off another one -> that one, `only_dates` those of which it knows
    no time of the day at all; `broken_calendars` are the working times that cannot be laid out, and why. `others` is
    what the data tells of rows that are no leads (returns, second handoffs …), `lines` what lines of logs say, `side`
    what files beside the leads hold.
    """

    agreement: Agreement
    leads: Leads
    timeline: Timeline
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    only_dates: frozenset[str] = frozenset()
    broken_calendars: Mapping[str, Message] = field(default_factory=dict)
    others: Mapping[Rows, Leads] = field(default_factory=dict)
    lines: Lines | None = None
    side: SideTables = field(default_factory=SideTables)

    @cached_property
    def plan(self) -> DerivedPlan:
        """Every number of the plan."""
        return derive(self.agreement)

    @property
    def handoff_stage(self) -> str | None:
        """The stage that is handed over."""
        handoff = self.agreement.sections.handoff
        return handoff.stage if handoff is not None and handoff.stage in self.agreement.stages else None

    def arrival(self, stage: str) -> str:
        """The event by which leads of a stage are counted: of the stage that is handed over, the handoff."""
        return "handed_off" if stage == self.handoff_stage else f"became_{stage}"

    def planned(self, stage: str) -> TargetOf:
        """The plan's number for a stage in a month."""
        return lambda month: self.plan.number(stage, month)

    # ------------------------------------------------------------ when

    @property
    def since(self) -> Month | None:
        """The month in which the agreement begins: its release's, else its plan's; None where neither is written."""
        sections = self.agreement.sections
        if sections.release is not None:
            return Month.of(sections.release.valid_from)
        return sections.plan.months.first if sections.plan is not None else None

    def months(self, events: Iterable[str]) -> tuple[Month, ...]:
        """The months to be judged: from the first in which the data holds all these events, but not before the
        agreement begins, to the month of the cut-off.
        """
        coverage, last = self.timeline.coverage, self.timeline.month
        firsts = [Month.of(coverage[event].first) for event in events if event in coverage]
        if not firsts:
            return ()
        first = max([*firsts, Month.of(self.timeline.calendar.first), *([self.since] if self.since else [])])
        return tuple(Period(first, last)) if first <= last else ()

    # ------------------------------------------------------------ what the data has

    def has_event(self, event: str) -> bool:
        """Whether the data tells when an event happened."""
        return self.leads.stamp(event) is not None

    def is_total(self, event: str) -> bool:
        """Whether the data holds daily totals of a stage, and nobody's name."""
        return any(event == became(stage) for stage in self.side.totals)

    def has_field(self, name: str) -> bool:
        """Whether the data holds a field, or what a built-in field is worked out from."""
        if self.leads.field(name) is not None:
            return True
        if name == "stage":
            return any(self.has_event(f"became_{stage}") for stage in self.agreement.stages)
        if name in ("points", "last_action", "actions") and self.side.has_actions:
            return True
        if name == "mode":
            return self.has_field("last_action")
        if name == "accepted":
            return self.has_event("decided")
        if name == "persona":
            personas = (self.agreement.sections.personas or {}).values()
            return any(persona.recognised_by is not None for persona in personas)
        return False

    def missing(self, needs: Needs) -> Unmeasurable | None:
        """What the data lacks of what is needed; None where it has everything."""
        events = [event for event in dict.fromkeys(needs.events) if not (self.has_event(event) or self.is_total(event))]
        if events:
            return Unmeasurable(
                say("the data holds no {events}", events=none_of_in_words(events, self.agreement)),
                say("a column for {names}", names=written(events)),
            )
        names = [name for name in dict.fromkeys(needs.fields) if not self.has_field(name)]
        names += [name for name in needs.columns if not self.leads.has(name)]
        if names:
            return Unmeasurable(
                say("the data does not hold {names}", names=written(names)),
                say("a column for {names}", names=written(names)),
            )
        return None

    def is_about(self, events: Iterable[str]) -> bool:
        """Whether one of the events is only a stand-in."""
        return any(event in self.stand_ins for event in events)

    def rows_of(self, event: str) -> Rows:
        """What is counted by an event: of returns and the like each one, where the data tells them one by one."""
        rows = _ROWS.get(event, Rows.LEADS)
        return rows if rows in self.others else Rows.LEADS

    def says(self, event: str, key: str) -> bool:
        """Whether the lines of an event say something."""
        return self.lines is not None and self.lines.says(event, key)

    # ------------------------------------------------------------ what a promise says

    def target(self, promise: Promise) -> Fraction | None:
        """The share that a promise names; None where it names none."""
        return promise.target.value if isinstance(promise.target, Share) else None

    def monthly(self, promise: Promise) -> Fraction | None:
        """The number a month that a promise names; None where it names none."""
        return promise.target.count if isinstance(promise.target, MonthlyRate) else None

    def spared(self, promise: str, moment: str) -> Spared | None:
        """The exceptions that both sides agreed on for a promise, or a rung of it."""
        return spared_by(self.exceptions(promise), moment)

    def exceptions(self, promise: str) -> tuple[NotCounted, ...]:
        """The exceptions that both sides agreed on for a promise."""
        written = self.agreement.sections.not_counted or ()
        return tuple(exception for exception in written if exception.promise == promise)

    def about_whom(self, promise: Promise, moment: str | None, *facts: Fact) -> Fact | None:
        """The leads that a promise is about: those of `only`, and of whom these facts hold."""
        only = () if promise.only is None else (Fits(promise.only, moment),)
        parts = (*only, *facts)
        return Every(parts) if parts else None


def spared_by(exceptions: Iterable[NotCounted], moment: str) -> Spared | None:
    """The leads that agreed exceptions leave out, by the days on which a moment falls; None without exceptions."""
    leads: list[str] = []
    days = []
    for exception in exceptions:
        leads += exception.leads or ()
        days += [(exception.days.first, exception.days.last)] if exception.days else []
    return Spared(moment, tuple(leads), tuple(days)) if leads or days else None
