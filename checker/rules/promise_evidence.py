"""Whether a promise, when it is judged, says anything about the work."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement, Promise
from checker.agreement.events import BECAME
from checker.agreement.scalars import AS_PLANNED
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.plan import DerivedPlan, derive
from checker.logic.plan_checks import numbers_behind
from checker.message import Message, Written, say, say_counted
from checker.quantity import Month, Share
from checker.rules.clock_events import HANDED_OFF
from checker.rules.plan_conflicts import NUMBERS
from checker.rules.promise_levels import target_of
from checker.rules.rule import rule

FEW = 20
"""A month with fewer leads says little: at 90%, a team that always answers nine in ten misses every third month."""


@rule(
    "SLA513",
    "Too few leads a month to judge a share by",
    severity=Severity.WARNING,
    since="0.1",
    needs=(*NUMBERS, "handoff"),
    bad="""
        handoff: {stage: mql, channel: The queue}
        targets:
          mql:
            all:
              2027-01 to 2027-03: 7      # because
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%                  # SLA513
        """,
    good="""
        handoff: {stage: mql, channel: The queue}
        targets:
          mql:
            all:
              2027-01 to 2027-03: 7
        sales_promises:
          first-response:
            promise: Call each new lead
            why: We know that one late call breaks it, and want to look at each one
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        """,
)
def too_few_to_judge(agreement: Agreement) -> Iterator[Problem]:
    """
    Of 7 leads a month, a single late one is a seventh: the promise of 90% is broken by it, and a team that answers nine
    leads in ten misses it every other month by bad luck. Such a verdict says little about the work.

    Only where the plan says how many leads there will be is this reported: for deadlines of all leads that reach a
    stage or are handed over, and for rates. Promise it for more leads together, or a lower share, or say under `why`
    what you do with it: then nothing is reported.
    """
    promises = [(promise, stage) for promise in agreement.promises() if (stage := _counted(promise, agreement))]
    plan = derive(agreement) if promises else None
    for promise, stage in promises:
        if plan is None or promise.written.why is not None or not _is_share(promise):
            continue
        numbers = {month: number for month in plan.months if (number := plan.number(stage, month)) is not None}
        few = {month: number for month, number in numbers.items() if number < FEW}
        if len(few) * 2 < len(numbers) or not few:
            continue
        month = min(few, key=lambda month: few[month])
        yield Problem(
            target_of(promise, promise.deadlines[0]) if promise.deadlines else At((*promise.path, "target")),
            _only(month, int(few[month])),
            because=_written(plan, stage, month),
            note=say("promise it for more leads, or say under {why} that you know", why=Written("why:")),
        )


def _is_share(promise: Promise) -> bool:
    """Whether a share is promised that one lead can break: of 100% and 0%, and of none, others speak."""
    targets = [rung.target for rung in promise.deadlines] if promise.deadlines else [promise.target]
    return any((isinstance(target, Share) and 0 < target.value < 1) or target == AS_PLANNED for target in targets)


def _counted(promise: Promise, agreement: Agreement) -> str | None:
    """The stage whose number in the plan is how many leads the promise is about in a month."""
    if promise.written.only is not None:
        return None
    if promise.measured is not None:
        if promise.measured.measure != "rate":
            return None
        return next((pair[0] for pair in agreement.conversions() if pair[2] == promise.measured.of), None)
    starts = promise.clock.starts if promise.clock else ""
    if starts == HANDED_OFF:
        return agreement.sections.handoff.stage if agreement.sections.handoff else None
    return starts.removeprefix(BECAME) if starts.startswith(BECAME) else None


def _only(month: Month, number: int) -> Message:
    return say_counted(
        "the plan gives {count} lead in {month}, too few for a share",
        "the plan gives {count} leads in {month}: a single one more or less decides",
        count=number,
        month=month,
    )


def _written(plan: DerivedPlan, stage: str, month: Month) -> tuple[Because, ...]:
    behind: list[Path] = list(numbers_behind(plan.inputs, lambda plan: plan.number(stage, month)))
    targets = [path for path in behind if path[0] == "targets"]
    return tuple(Because(At(path)) for path in targets[:3])


@rule(
    "SLA514",
    "Clocks that can be kept without helping anybody",
    severity=Severity.WARNING,
    since="0.1",
    needs=("marketing_promises", "sales_promises"),
    bad="""
        status: draft
        sales_promises:
          accept-or-return:
            promise: Say yes or no to each lead
            starts: handed_off
            stops: decided               # SLA514
            within: 2 days
            target: 95%
            no_answer_means: accepted
          outcome-log:
            promise: Write down the objections we hear
            measure: entries
            of: objections_heard
            target: 10 a month
        """,
    good="""
        status: draft
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
def clocks_that_can_be_gamed(agreement: Agreement) -> Iterator[Problem]:
    """
    A clock that stops when somebody clicks "accepted" is kept by clicking: nobody has to call the lead for it. Beside a
    deadline for the decision, promise one for the first personal contact, which only a conversation stops.

    And where all that a team promises are deadlines, it can be in time with everything and do it badly. Promise
    something that measures what comes of it too: the share that is accepted, how often sales tries, how many are won.
    That is asked of a signed agreement only.
    """
    promises = agreement.promises()
    if not any(promise.clock and promise.clock.stops == "first_personal_contact" for promise in promises):
        for promise in promises:
            if promise.clock and promise.clock.starts == HANDED_OFF and promise.clock.stops == "decided":
                yield Problem(
                    At((*promise.path, "stops")),
                    say("a click keeps this promise: nothing says when the lead is contacted"),
                    note=say(
                        "add a promise that stops at {event}",
                        event=Written("first_personal_contact"),
                    ),
                )
    if not agreement.is_signed:
        return
    for side in ("marketing", "sales"):
        own = [promise for promise in promises if promise.owes == side]
        if own and all(promise.clock is not None for promise in own):
            section = At((f"{side}_promises",), "key")
            yield Problem(
                section,
                say("all that {team} promises are deadlines: being fast is enough", team=side),
                note=say("promise something that measures the quality too"),
            )
