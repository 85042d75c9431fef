"""Ladders of deadlines: which leads have how much time."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement, Deadline
from checker.finding import At, Because, Edit, Problem, Severity
from checker.logic.durations import surely_shorter
from checker.message import Message, Written, say
from checker.rules.deadlines import calendar_of
from checker.rules.rule import rule, value_at


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
                at, other = At((*rung.path, "time")), At((*last.path, "time"))
                longer, shorter = (str(value_at(agreement.written, place.path)) for place in (at, other))
                yield Problem(
                    at,
                    _slower(rung, last),
                    because=(Because(other),),
                    fixes=(Edit(at, longer, shorter), Edit(other, shorter, longer)),
                    note=say("swap them, or say under {key} why these may wait", key=Written("why:")),
                )


def _slower(rung: Deadline, last: Deadline) -> Message:
    return say(
        "{name} has {time}, and all other leads have {less}",
        name=Written(rung.name or ""),
        time=rung.time,
        less=last.time,
    )
