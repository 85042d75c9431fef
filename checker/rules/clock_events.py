"""The events between which a clock runs."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.events import BECAME
from checker.finding import At, Because, Edit, Problem, Severity
from checker.message import Written, say
from checker.rules.handoff import stage_of_the_handoff
from checker.rules.rule import rule

HANDED_OFF = "handed_off"
AFTER_THE_HANDOFF = ("assigned", "first_personal_contact", "decided", "returned", "outcome_written", "handed_off_again")
"""Events that a lead cannot have before it was handed over."""
IN_ORDER = (("returned", "handed_off_again"), ("activity", "activity_logged"))
"""Further pairs of which the first comes first."""
OF_ACTIVITIES = ("activity", "activity_logged", "contact_attempt")


@rule(
    "SLA501",
    "A clock that stops before it starts",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        handoff: {stage: mql, channel: The queue}
        marketing_promises:
          handoff-speed:
            promise: A lead reaches the queue at once
            starts: handed_off       # because
            stops: became_mql        # SLA501
            within: 15 minutes
            target: 98%
          bad-data-fix:
            promise: Repair a lead that came back
            starts: returned         # because
            stops: returned          # SLA501
            within: 24 hours
            target: 90%
        """,
    good="""
        handoff: {stage: mql, channel: The queue}
        marketing_promises:
          handoff-speed:
            promise: A lead reaches the queue at once
            starts: became_mql
            stops: handed_off
            within: 15 minutes
            target: 98%
          bad-data-fix:
            promise: Repair a lead that came back
            starts: returned
            stops: handed_off_again
            within: 24 hours
            target: 90%
        """,
)
def clock_that_cannot_run(agreement: Agreement) -> Iterator[Problem]:
    """
    A clock runs from one event to a later one. Where both are the same, every lead is in time; where the second always
    comes first, none is, or all are: either way the promise says nothing.

    A lead goes through the stages in their order; it reaches the stage of the handoff, is then handed over, and only
    after that it is contacted, decided on, returned, and handed over again. Calls and meetings have a clock of their
    own, from `activity` to `activity_logged`.
    """
    for promise in agreement.promises():
        clock = promise.clock
        if clock is None:
            continue
        starts, stops = Written(clock.starts), Written(clock.stops)
        because = (Because(At((*promise.path, "starts"))),)
        at = At((*promise.path, "stops"))
        if clock.starts == clock.stops:
            yield Problem(
                at,
                say("the clock starts and stops at the same event, {event}", event=starts),
                because=because,
                note=say("name the event that ends the waiting"),
            )
        elif surely_before(clock.stops, clock.starts, agreement):
            yield Problem(
                at,
                say("{stops} always comes before {starts}, so this clock never runs", stops=stops, starts=starts),
                because=because,
                note=say("did you mean them the other way round?"),
                fixes=(
                    Edit(At((*promise.path, "starts")), clock.starts, clock.stops),
                    Edit(at, clock.stops, clock.starts),
                ),
            )
        elif clock.starts == "activity" and clock.stops not in OF_ACTIVITIES:
            yield Problem(
                at,
                say("a clock from {starts} to {stops} would run anew with every call", starts=starts, stops=stops),
                because=because,
                note=say("calls and meetings have the clock from {one} to {other}", one=starts, other=_logged()),
            )


def _logged() -> Written:
    return Written("activity_logged")


def surely_before(one: str, other: str, agreement: Agreement) -> bool:
    """Whether an event of a lead always comes before another one, or with it, where both happen."""
    if (one, other) in IN_ORDER:
        return True
    first, second = _place(one, agreement), _place(other, agreement)
    return first is not None and second is not None and first[0] == second[0] and first[1] < second[1]


def _place(event: str, agreement: Agreement) -> tuple[str, float] | None:
    """Where an event stands, and among which others: only those can be put in order. None for what has no sure place.

    A lead goes through the stages; at one of them it is handed over. Where it is not known at which, the handoff and
    what follows it are in an order of their own.
    """
    stages = list(agreement.stages)
    handed_over = stage_of_the_handoff(agreement)
    if event.startswith(BECAME):
        stage = event.removeprefix(BECAME)
        return (_STAGES, stages.index(stage)) if stage in stages else None
    after = {HANDED_OFF: 0.25, **dict.fromkeys(AFTER_THE_HANDOFF, 0.5)}.get(event)
    if after is None:
        return None
    return ("handoff", after) if handed_over is None else (_STAGES, stages.index(handed_over) + after)


_STAGES = "stages"
