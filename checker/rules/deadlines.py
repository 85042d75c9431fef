"""Deadlines: whether one can be kept together with the others, and with the tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import NamedTuple

from checker.agreement import Agreement, Deadline, Promise
from checker.agreement.people import WorkingTime
from checker.agreement.promises import OWN_WORKING_TIME
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.durations import surely_shorter
from checker.message import Message, Written, say
from checker.quantity import Duration
from checker.rules.clock_events import HANDED_OFF
from checker.rules.rule import rule

ONE_AFTER_THE_OTHER = (HANDED_OFF, "first_personal_contact", "decided", "outcome_written")
"""What happens with a lead at the handoff, in the order in which it makes sense."""


@rule(
    "SLA507",
    "A deadline that is over before its time has come",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00", holidays: {country: PL}}
        return_reasons:
          no_answer: {found: after accepting, back_to: nobody, then: close}
        outcomes: [won_deal, still_working, not_qualified]
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 3 business days          # because
            target: 90%
          accept-or-return:
            promise: Say yes or no to each lead
            starts: handed_off
            stops: decided
            within: 2 business days          # SLA507
            target: 95%
            no_answer_means: accepted
          persistence:
            promise: Try often enough before giving up
            measure: persistence_rate
            of: no_answer
            needs: {attempts: 6, channels: 2, over: 10 business days}      # because
            target: 90%
          outcome-known:
            promise: Write what became of each lead
            starts: handed_off
            stops: outcome_written
            within: 5 business days          # SLA507
            target: 95%
        """,
    good="""
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00", holidays: {country: PL}}
        return_reasons:
          no_answer: {found: after accepting, back_to: nobody, then: close}
        outcomes: [won_deal, still_working, not_qualified]
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 business hours
            target: 90%
          accept-or-return:
            promise: Say yes or no to each lead
            starts: handed_off
            stops: decided
            within: 2 business days
            target: 95%
            no_answer_means: accepted
          persistence:
            promise: Try often enough before giving up
            measure: persistence_rate
            of: no_answer
            needs: {attempts: 6, channels: 2, over: 10 business days}
            target: 90%
          outcome-known:
            promise: Write what became of each lead
            starts: handed_off
            stops: outcome_written
            within: 15 business days
            target: 95%
        """,
)
def deadline_before_its_time(agreement: Agreement) -> Iterator[Problem]:
    """
    One promise asks for an answer before another one allows the work that leads to it: sales must decide on a lead on
    the second day, but has until the third to call it; the outcome is due after five days, but nobody may give up
    before the tenth. Whoever keeps one promise breaks the other.

    A lead is handed over, contacted, decided on, and then its outcome is written: later steps need at least the time
    of the earlier ones, and an outcome at least the time over which sales keeps trying (`over`). Deadlines of two
    promises about different leads are not compared, nor are those whose units leave it open which is longer.
    """
    steps: dict[tuple[str, int], dict[str, list[Promise]]] = {}
    for promise in agreement.promises():
        clock = promise.clock
        if clock is not None and clock.stops in ONE_AFTER_THE_OTHER:
            step = steps.setdefault((clock.starts, ONE_AFTER_THE_OTHER.index(clock.stops)), {})
            step.setdefault(repr(promise.written.only), []).append(promise)
    found: dict[Path, list[_Longer]] = {}
    for (starts, number), by_population in steps.items():
        for earlier in range(number):
            for longer in _against_an_earlier_step(by_population, steps.get((starts, earlier), {}), agreement):
                found.setdefault(longer.late, []).append(longer)
    for longer in _against_persistence(agreement):
        found.setdefault(longer.late, []).append(longer)
    for late, reasons in found.items():
        longest = reduce(lambda one, other: other if surely_shorter(one.time, other.time) else one, reasons)
        yield Problem(
            At(late),
            longest.message,
            because=tuple(Because(At(path)) for path in dict.fromkeys(reason.early for reason in reasons)),
            note=say("write at least {time}, or shorten the other one", time=Written(str(longest.time))),
        )


class _Longer(NamedTuple):
    """That what stands at `late` is due before what stands at `early`, which takes `time`."""

    late: Path
    early: Path
    time: Duration
    message: Message


_EVERY_LEAD = repr(None)


def _against_an_earlier_step(
    late: Mapping[str, list[Promise]], early: Mapping[str, list[Promise]], agreement: Agreement
) -> Iterator[_Longer]:
    """Each deadline of a step against those of one before it, where both are surely about the same leads."""
    for population, promises in late.items():
        shared = early if population == _EVERY_LEAD else {population: [], _EVERY_LEAD: []}
        for later in promises:
            for earlier in (promise for name in shared for promise in early.get(name, ())):
                yield from _due_too_soon(later, earlier, agreement)


def _due_too_soon(later: Promise, earlier: Promise, agreement: Agreement) -> Iterator[_Longer]:
    calendar = calendar_of(later, agreement)
    if calendar != calendar_of(earlier, agreement):
        calendar = None
    for rung in later.deadlines:
        for other in earlier.deadlines:
            if surely_shorter(rung.time, other.time, calendar):
                message = say(
                    "{late} is due after {short}, but {early} may take {long}",
                    late=Written(later.id),
                    short=rung.time,
                    early=Written(earlier.id),
                    long=other.time,
                )
                yield _Longer(_time(rung), _time(other), other.time, message)


def _against_persistence(agreement: Agreement) -> Iterator[_Longer]:
    windows = [
        (promise, promise.measured.needs.over)
        for promise in agreement.promises()
        if promise.measured and promise.measured.measure == "persistence_rate" and promise.measured.needs
    ]
    for promise in agreement.promises():
        if promise.clock is None or promise.clock.stops != "outcome_written":
            continue
        if promise.clock.starts not in (HANDED_OFF, "decided", "first_personal_contact"):
            continue
        for persistence, over in windows:
            for rung in promise.deadlines:
                if over is not None and surely_shorter(rung.time, over, agreement.working_time()):
                    message = say(
                        "the outcome is due after {short}, but sales tries for {long} before giving up",
                        short=rung.time,
                        long=over,
                    )
                    yield _Longer(_time(rung), (*persistence.path, "needs", "over"), over, message)


def _time(rung: Deadline) -> Path:
    """Where the deadline of a rung, or of a promise with a single one, is written."""
    return (*rung.path, "time") if rung.name is not None else rung.path


def calendar_of(promise: Promise, agreement: Agreement) -> WorkingTime | None:
    """The calendar by which a promise is counted; None where each seller has another one, or none is written."""
    name = promise.clock.working_time if promise.clock else None
    return None if name == OWN_WORKING_TIME else agreement.working_time(name)


@rule(
    "SLA508",
    "A deadline shorter than the tool takes to show the lead",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        tools:
          mailing:
            team: marketing
            records: [became_mql]
            synced: 1 day                # because
          crm:
            team: sales
            records: [handed_off]
        handoff: {stage: mql, channel: The queue}
        marketing_promises:
          handoff-speed:
            promise: A lead reaches the queue at once
            starts: became_mql
            stops: handed_off
            within: 5 minutes            # SLA508
            target: 98%
        """,
    good="""
        tools:
          mailing:
            team: marketing
            records: [became_mql]
            synced: 5 minutes
          crm:
            team: sales
            records: [handed_off]
        handoff: {stage: mql, channel: The queue}
        marketing_promises:
          handoff-speed:
            promise: A lead reaches the queue at once
            starts: became_mql
            stops: handed_off
            within: 15 minutes
            target: 98%
        """,
)
def deadline_out_of_reach(agreement: Agreement) -> Iterator[Problem]:
    """
    A tool that sends its records once a day cannot be part of a promise of five minutes: the lead is late before
    anybody can see it. Give the promise more time than the tool takes (`synced`), or let the tool send at once. Where
    several tools record an event, the fastest one counts.
    """
    fastest = _fastest_records(agreement)
    for promise in agreement.promises():
        clock = promise.clock
        if clock is None:
            continue
        for rung in promise.deadlines:
            slow = [
                (fastest[event], event)
                for event in (clock.starts, clock.stops)
                if event in fastest and surely_shorter(rung.time, fastest[event][1])
            ]
            if slow:
                (tool, takes), event = slow[0]
                yield Problem(
                    At(_time(rung)),
                    say(
                        "{time} cannot be kept: {tool} takes {takes} to show {event}",
                        time=rung.time,
                        tool=Written(tool),
                        takes=takes,
                        event=Written(event),
                    ),
                    because=(Because(At(("tools", tool, "synced"))),),
                    note=say("give it more time, or let the tool send its records faster"),
                )


def _fastest_records(agreement: Agreement) -> dict[str, tuple[str, Duration]]:
    """Event -> the tool that shows it first, and how long it takes; without events that some tool shows at once."""
    found: dict[str, tuple[str, Duration]] = {}
    at_once: set[str] = set()
    for name, tool in (agreement.sections.tools or {}).items():
        for record in tool.records:
            if not isinstance(tool.synced, Duration):
                # nothing is known of a tool that does not say it
                at_once.add(record)
            elif record not in found or surely_shorter(tool.synced, found[record][1]):
                found[record] = (name, tool.synced)
    return {record: tool for record, tool in found.items() if record not in at_once}
