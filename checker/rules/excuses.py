"""What a team need not do: silence that counts, excuses, and when it may give up."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement, Promise
from checker.agreement.promises import LateWith
from checker.finding import At, Because, Problem, Severity
from checker.message import Message, Written, say
from checker.rules.promise_sense import PERSISTENCE
from checker.rules.rule import rule


@rule(
    "SLA518",
    "Nobody has agreed what silence means",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
          accept-or-return:
            promise: Say yes or no to each lead
            starts: handed_off
            stops: decided               # SLA518
            within: 2 days
            target: 95%
        """,
    good="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
          accept-or-return:
            promise: Say yes or no to each lead
            starts: handed_off
            stops: decided
            within: 2 days
            target: 95%
            no_answer_means: accepted
        """,
)
def silence_means_nothing(agreement: Agreement) -> Iterator[Problem]:
    """
    Sales says neither yes nor no until the time is over. Marketing then counts the lead as accepted, sales does not
    count it at all, and the share of accepted leads is whatever one wants it to be. Say it with `no_answer_means:
    accepted` or `returned`; most teams let silence mean yes, because then saying no takes an effort.
    """
    for promise in agreement.promises():
        clock = promise.clock
        if clock is not None and clock.stops == "decided" and clock.no_answer_means is None:
            yield Problem(
                At((*promise.path, "stops")),
                say("nothing says how a lead counts on which nobody decides in time"),
                note=say("add a line such as {example}", example=Written("no_answer_means: accepted")),
            )


@rule(
    "SLA519",
    "An excuse that nobody can see, or that excuses oneself",
    severity=Severity.ERROR,
    since="0.1",
    needs=("handoff", "stages", "marketing_promises", "sales_promises", "both_promise"),
    bad="""
        handoff: {stage: mql, channel: The queue}
        outcomes: [won_deal, still_working, not_qualified]
        marketing_promises:
          handoff-speed:
            promise: A lead reaches the queue at once
            starts: became_mql
            stops: handed_off
            within: 15 minutes
            target: 98%
            not_owed_when:
              - wrongly_qualified        # SLA519
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
            not_owed_when:
              - late: outcome-known      # SLA519
          outcome-known:                 # because
            promise: Write what became of each lead
            starts: handed_off
            stops: outcome_written
            within: 30 days
            target: 95%
        """,
    good="""
        handoff: {stage: mql, channel: The queue}
        outcomes: [won_deal, still_working, not_qualified]
        marketing_promises:
          handoff-speed:
            promise: A lead reaches the queue at once
            starts: became_mql
            stops: handed_off
            within: 15 minutes
            target: 98%
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
            not_owed_when:
              - late: handoff-speed
          outcome-known:
            promise: Write what became of each lead
            starts: handed_off
            stops: outcome_written
            within: 30 days
            target: 95%
        """,
)
def excuse_that_excuses_oneself(agreement: Agreement) -> Iterator[Problem]:
    """
    A lead is not owed where the other side failed first: it was handed over too late, or does not fit the conditions at
    all. So the excuse names a deadline of the other side; a team is not excused by being late itself, and of a promise
    without a deadline no lead is late. `wrongly_qualified` excuses sales, and it needs conditions of the stage that is
    handed over: without them no lead can be wrong.
    """
    for promise in agreement.promises():
        for index, excuse in enumerate(promise.written.not_owed_when or () if promise.clock is not None else ()):
            at = At((*promise.path, "not_owed_when", index))
            if isinstance(excuse, LateWith):
                found = _excused_by(promise, excuse.late, agreement)
                if found is not None:
                    yield Problem(At((*at.path, "late")), found[0], because=found[1])
            elif (message := _wrongly_qualified(promise, agreement)) is not None:
                yield Problem(at, message)


def _excused_by(promise: Promise, name: str, agreement: Agreement) -> tuple[Message, tuple[Because, ...]] | None:
    """What is wrong with an excuse that names a promise, and the line that shows it."""
    other = agreement.promise(name)
    if other is None:
        return None
    because = (Because(At(other.path, "key")),)
    if other.id == promise.id:
        return say("a promise cannot be excused by being late itself"), ()
    if other.clock is None:
        return say("{promise} has no deadline, so no lead is late there", promise=Written(name)), because
    if other.owes == promise.owes and promise.owes != "both":
        named = Written(name)
        return say(
            "{promise} is owed by {team} too: being late is no excuse", promise=named, team=promise.owes
        ), because
    return None


def _owed_by_the_same(other: Promise, promise: Promise) -> Message:
    return say("{other} is owed by {team} too: being late is no excuse", other=Written(other.id), team=promise.owes)


def _wrongly_qualified(promise: Promise, agreement: Agreement) -> Message | None:
    handoff = agreement.sections.handoff
    if promise.owes == "marketing":
        return say("marketing qualifies the leads itself, so a wrong one is no excuse for it")
    if handoff is None:
        if agreement.is_signed:
            # that a signed agreement does not describe the handoff is told already
            return None
        return say("nothing says which stage is handed over, so no lead can be wrongly qualified")
    if handoff.stage in agreement.stages and handoff.stage not in agreement.named_conditions:
        return say(
            "{stage} has no conditions, so no lead can be wrongly qualified",
            stage=Written(handoff.stage),
        )
    return None


@rule(
    "SLA520",
    "Attempts that nobody can make, or that nobody counts",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        return_reasons:
          no_answer: {found: after accepting, back_to: nobody, then: close}
          no_time: {found: after accepting, back_to: nobody, then: close}
        sales_promises:
          persistence:
            promise: Try often enough before giving up
            measure: persistence_rate
            of: no_answer
            needs:
              attempts: 2          # because
              channels: 3          # SLA520
            target: 90%
          second-try:
            promise: Try again before giving up
            measure: persistence_rate       # SLA520
            of: no_time
            target: 90%
        """,
    good="""
        return_reasons:
          no_answer: {found: after accepting, back_to: nobody, then: close}
          no_time: {found: after accepting, back_to: nobody, then: close}
        sales_promises:
          persistence:
            promise: Try often enough before giving up
            measure: persistence_rate
            of: no_answer
            needs:
              attempts: 6
              channels: 3
            target: 90%
          second-try:
            promise: Try again before giving up
            measure: persistence_rate
            of: no_time
            needs: {attempts: 2}
            target: 90%
        """,
)
def attempts_that_nobody_can_make(agreement: Agreement) -> Iterator[Problem]:
    """
    To try three ways one needs three attempts. And "often enough" must be a number: sales gives up after the second
    call in good faith, while marketing had six in mind. Write under `needs` how many attempts, by how many ways, over
    how long.
    """
    for promise in agreement.promises():
        measured = promise.measured
        if measured is None or measured.measure != PERSISTENCE:
            continue
        needs = measured.needs
        path = (*promise.path, "needs")
        if needs is None or not (needs.attempts or needs.channels or needs.over):
            yield Problem(
                At((*promise.path, "measure")) if needs is None else At(path, "key"),
                say("nothing says how often is often enough"),
                note=say("add a line such as {example}", example=Written(_ATTEMPTS)),
            )
        elif needs.attempts is not None and needs.channels is not None and needs.channels > needs.attempts:
            yield Problem(
                At((*path, "channels")),
                say(
                    "{attempts} attempts cannot be made by {channels} ways",
                    attempts=needs.attempts,
                    channels=needs.channels,
                ),
                because=(Because(At((*path, "attempts"))),),
            )


_ATTEMPTS = "needs: {attempts: 6, channels: 2, over: 10 business days}"
