"""Deadlines: their units, and whether one can be kept together with the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.agreement import Agreement, Deadline, Promise
from checker.agreement.cooperation import AT_ONCE
from checker.agreement.people import WorkingTime
from checker.finding import At, Because, Edit, Path, Problem, Severity
from checker.logic.durations import surely_shorter
from checker.message import Message, Written, say
from checker.quantity import Duration, Unit
from checker.rules.clock_events import HANDED_OFF, surely_before
from checker.rules.kinds import OWN_WORKING_TIME
from checker.rules.rule import rule

BUSINESS: Mapping[Unit, Unit] = {
    Unit.MINUTES: Unit.BUSINESS_MINUTES,
    Unit.HOURS: Unit.BUSINESS_HOURS,
    Unit.DAYS: Unit.BUSINESS_DAYS,
}
ONE_AFTER_THE_OTHER = (HANDED_OFF, "first_personal_contact", "decided", "outcome_written")
"""What happens with a lead at the handoff, in the order in which it makes sense."""


@rule(
    "SLA505",
    "Two kinds of time in one ladder of deadlines",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          asked_for_us: {is: yes or no}
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00", holidays: {country: PL}}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within:
              - {name: asked, when: {asked_for_us: yes}, time: 2 hours, target: 95%}     # SLA505
              - {name: other, otherwise: yes, time: 4 business hours, target: 90%}       # because
        """,
    good="""
        fields:
          asked_for_us: {is: yes or no}
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00", holidays: {country: PL}}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within:
              - {name: asked, when: {asked_for_us: yes}, time: 2 business hours, target: 95%}
              - {name: other, otherwise: yes, time: 4 business hours, target: 90%}
        """,
)
def two_kinds_of_time(agreement: Agreement) -> Iterator[Problem]:
    """
    `2 hours` run through the night and the weekend, `4 business hours` only while the office is open. Side by side in
    one ladder they are nearly always a slip: the leads that should be called first are promised a call at three on a
    Sunday morning, which nobody makes. Where it is meant, because those leads really are called at night, say so by
    setting this rule to `off` under `checks`.
    """
    for promise in agreement.promises():
        business = [rung for rung in promise.deadlines if rung.time.unit.is_business]
        for rung in promise.deadlines:
            if not business or rung.time.unit.is_business:
                continue
            at = At((*rung.path, "time"))
            unit = BUSINESS.get(rung.time.unit)
            meant = None if unit is None else str(Duration(rung.time.count, unit))
            yield Problem(
                at,
                say("{time} also pass at night and on Sundays, while the other deadlines stand still", time=rung.time),
                because=tuple(Because(At((*other.path, "time"))) for other in business[:3]),
                note=None if meant is None else say("did you mean {guess}?", guess=Written(meant)),
                fixes=() if meant is None else (Edit(at, str(rung.time), meant),),
            )


@rule(
    "SLA506",
    "A working time that changes nothing",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00", holidays: {country: PL}}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours               # because
            working_time: office          # SLA506
            target: 90%
        """,
    good="""
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00", holidays: {country: PL}}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 business hours
            working_time: office
            target: 90%
        """,
)
def working_time_without_effect(agreement: Agreement) -> Iterator[Problem]:
    """
    Whoever names a working time means that the clock stands still outside it. But only business minutes, hours and days
    stand still; `4 hours` pass at night as well. A lead that comes in on Friday evening is late before Monday.
    """
    for promise in agreement.promises():
        clock = promise.clock
        if clock is None or clock.working_time is None or any(rung.time.unit.is_business for rung in promise.deadlines):
            continue
        first = promise.deadlines[0]
        path: Path = (*first.path, "time") if first.name is not None else first.path
        unit = BUSINESS.get(first.time.unit)
        meant = None if unit is None else str(Duration(first.time.count, unit))
        yield Problem(
            At((*promise.path, "working_time")),
            say("this changes nothing: {time} pass outside working time too", time=first.time),
            because=(Because(At(path)),),
            note=None if meant is None else say("did you mean {guess}?", guess=Written(meant)),
            fixes=() if meant is None else (Edit(At(path), str(first.time), meant),),
        )


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
    clocks = [promise for promise in agreement.promises() if promise.clock is not None]
    by_start: dict[str, list[Promise]] = {}
    for promise in clocks:
        if promise.clock is not None and promise.clock.stops in ONE_AFTER_THE_OTHER:
            by_start.setdefault(promise.clock.starts, []).append(promise)
    for promises in by_start.values():
        yield from _against_earlier_steps(promises, agreement)
    yield from _against_persistence(clocks, agreement)


def _against_earlier_steps(promises: list[Promise], agreement: Agreement) -> Iterator[Problem]:
    """Each deadline against the longest one of the steps before it."""
    for later in promises:
        for earlier in promises:
            if _step(earlier) >= _step(later) or not _about_the_same(earlier, later):
                continue
            calendar = _calendar(later, agreement) if _calendar(later, agreement) == _calendar(earlier, agreement) else None
            for rung in later.deadlines:
                longer = [other for other in earlier.deadlines if surely_shorter(rung.time, other.time, calendar)]
                if longer:
                    yield Problem(
                        At(_time(rung)),
                        say(
                            "{late} is due after {short}, but {early} may take {long}",
                            late=Written(later.id),
                            short=rung.time,
                            early=Written(earlier.id),
                            long=longer[0].time,
                        ),
                        because=tuple(Because(At(_time(other))) for other in longer[:3]),
                        note=say("write at least {time}, or shorten the other one", time=Written(str(longer[0].time))),
                    )


def _step(promise: Promise) -> int:
    return ONE_AFTER_THE_OTHER.index(promise.clock.stops) if promise.clock is not None else 0


def _about_the_same(one: Promise, other: Promise) -> bool:
    """Whether two promises surely share leads."""
    if one.written.only is None or other.written.only is None:
        return True
    return one.written.only == other.written.only


def _against_persistence(clocks: list[Promise], agreement: Agreement) -> Iterator[Problem]:
    windows = [
        (promise, promise.measured.needs.over)
        for promise in agreement.promises()
        if promise.measured and promise.measured.measure == "persistence_rate" and promise.measured.needs
    ]
    for promise in clocks:
        if promise.clock is None or promise.clock.stops != "outcome_written":
            continue
        if promise.clock.starts not in (HANDED_OFF, "decided", "first_personal_contact"):
            continue
        for persistence, over in windows:
            for rung in promise.deadlines:
                if over is not None and surely_shorter(rung.time, over, agreement.working_time()):
                    yield Problem(
                        At(_time(rung)),
                        say(
                            "the outcome is due after {short}, but sales tries for {long} before giving up",
                            short=rung.time,
                            long=over,
                        ),
                        because=(Because(At((*persistence.path, "needs", "over"))),),
                        note=say("write at least {time}, or shorten the other one", time=Written(str(over))),
                    )


def _time(rung: Deadline) -> Path:
    """Where the deadline of a rung, or of a promise with a single one, is written."""
    return (*rung.path, "time") if rung.name is not None else rung.path


def _calendar(promise: Promise, agreement: Agreement) -> WorkingTime | None:
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


@rule(
    "SLA509",
    "The leads that matter most have more time than the rest",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          asked_for_us: {is: yes or no}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within:
              - {name: asked, when: {asked_for_us: yes}, time: 8 hours, target: 95%}     # SLA509
              - {name: other, otherwise: yes, time: 4 hours, target: 90%}                # because
        """,
    good="""
        fields:
          asked_for_us: {is: yes or no}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within:
              - {name: asked, when: {asked_for_us: yes}, time: 1 hour, target: 95%}
              - {name: other, otherwise: yes, time: 4 hours, target: 90%}
        """,
)
def ladder_upside_down(agreement: Agreement) -> Iterator[Problem]:
    """
    A ladder of deadlines singles out leads that are in a hurry; the line with `otherwise` takes the rest. When the rest
    is promised a faster answer, two numbers are usually swapped. Some leads may wait longer on purpose, those abroad
    for instance: then say under `why` of the promise what it is, and this is not reported.
    """
    for promise in agreement.promises():
        *singled_out, last = promise.deadlines or (None,)
        if last is None or last.when is not None or promise.written.why is not None:
            continue
        calendar = _calendar(promise, agreement)
        for rung in singled_out:
            if rung is not None and surely_shorter(last.time, rung.time, calendar):
                yield Problem(
                    At((*rung.path, "time")),
                    _slower(rung, last),
                    because=(Because(At((*last.path, "time"))),),
                    note=say("swap them, or say under {key} why these may wait", key=Written("why:")),
                )


def _slower(rung: Deadline, last: Deadline) -> Message:
    return say(
        "{name} has {time}, and all other leads have {less}",
        name=Written(rung.name or ""),
        time=rung.time,
        less=last.time,
    )


@rule(
    "SLA510",
    "A deadline that depends on what is known only later",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          bant_need:
            is: one of
            values: [confirmed, none]
            bant: need
            filled_in: after handoff     # because
        handoff: {stage: mql, channel: The queue}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within:
              - {name: needed, when: {bant_need: confirmed}, time: 1 hour, target: 95%}    # SLA510
              - {name: other, otherwise: yes, time: 4 hours, target: 90%}
        """,
    good="""
        fields:
          asked_for_us: {is: yes or no}
        handoff: {stage: mql, channel: The queue}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within:
              - {name: asked, when: {asked_for_us: yes}, time: 1 hour, target: 95%}
              - {name: other, otherwise: yes, time: 4 hours, target: 90%}
        """,
)
def deadline_known_too_late(agreement: Agreement) -> Iterator[Problem]:
    """
    The clock starts when the lead is handed over, and at that moment the seller must know how much time there is. A
    line that asks for an answer which sales finds out in the first call comes too late: the deadline is settled only
    when it may already be over. Ask for something that marketing knows.
    """
    for promise in agreement.promises():
        clock = promise.clock
        if clock is None or not (clock.starts == HANDED_OFF or surely_before(clock.starts, HANDED_OFF, agreement)):
            continue
        for rung in promise.deadlines:
            for leaf in agreement.reached(rung.when) if rung.when is not None else ():
                field = agreement.fields.get(leaf.field)
                if field is not None and not field.known_before_handoff:
                    yield Problem(
                        At(leaf.path, "key"),
                        say(
                            "{field} is filled in after the handoff, when this clock is running already",
                            field=Written(leaf.field),
                        ),
                        because=(Because(At(("fields", leaf.field, "filled_in"))),),
                    )
