"""Ladders of deadlines: which leads have how much time."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement, Deadline
from checker.finding import At, Because, Problem, Severity
from checker.logic.durations import surely_shorter
from checker.message import Message, Written, say
from checker.rules.clock_events import HANDED_OFF, surely_before
from checker.rules.deadlines import calendar_of
from checker.rules.rule import rule


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
        if len(promise.deadlines) < 2 or promise.written.why is not None:
            continue
        *singled_out, last = promise.deadlines
        if last.when is not None:
            continue
        calendar = calendar_of(promise, agreement)
        for rung in singled_out:
            if surely_shorter(last.time, rung.time, calendar):
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
