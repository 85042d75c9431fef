"""The level of a promise: the share, number or plan that must be reached."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from checker.agreement import Agreement, Deadline, Promise
from checker.agreement.promises import AT_MOST
from checker.agreement.scalars import AS_PLANNED, MonthlyRate
from checker.finding import At, Because, Problem, Severity
from checker.logic.plan import DerivedPlan, derive
from checker.message import Message, Written, say
from checker.quantity import Share
from checker.rules.plan_conflicts import NUMBERS
from checker.rules.rule import rule

ALL, HALF = Share(Fraction(1)), Share(Fraction(1, 2))
COUNTED = ("volume", "entries")
ONLY_PLANNED = ("revenue", "pipeline_coverage", "cost_per_customer")


@rule(
    "SLA511",
    "A promise without a level that can be kept",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 100%                 # SLA511
          reason-given:                  # SLA511
            promise: No return without a reason
            measure: return_reason_rate
        """,
    good="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 95%
          reason-given:
            promise: No return without a reason
            measure: return_reason_rate
            target: 100%
        """,
)
def promise_without_a_level(agreement: Agreement) -> Iterator[Problem]:
    """
    "We call new leads" is kept by one call, and broken by one that was forgotten: without a share that must be in time
    nobody can say which. And 100% of a deadline is broken by the first flat tyre; a promise that was broken on the
    third of the month is not looked at any more. Write the share that a good month really reaches, 90% or 95%, and let
    it be missed when it is missed.

    Things that are simply done or not, such as a reason for each return, may well be promised for 100%.
    """
    for promise in agreement.promises():
        for rung in promise.deadlines:
            at = target_of(promise, rung)
            if rung.target is None:
                name = promise.id if rung.name is None else f"{promise.id}.{rung.name}"
                yield Problem(
                    at,
                    say("{promise} names no share that must be in time", promise=Written(name)),
                    note=say("add a line such as {example}", example=Written("target: 90%")),
                )
            elif rung.target == ALL and _is_first_with(promise, rung):
                yield Problem(
                    at,
                    say("a single late lead breaks this promise for the whole month"),
                    note=say("write the share that a good month reaches, such as {example}", example=Written("95%")),
                )
        if promise.measured is not None and promise.target is None:
            yield Problem(
                At(promise.path, "key"),
                say("{promise} names nothing that must be reached", promise=Written(promise.id)),
                note=say("add a line such as {example}", example=Written(f"target: {_example(promise)}")),
            )


def _is_first_with(promise: Promise, rung: Deadline) -> bool:
    """Whether this rung is the first one that is judged by the target where it stands."""
    places = [target_of(promise, other) for other in promise.deadlines]
    return places.index(target_of(promise, rung)) == promise.deadlines.index(rung)


def target_of(promise: Promise, rung: Deadline) -> At:
    """Where the level of a rung is written: on its own line, else the promise's; where it is missing, the name."""
    if rung.name is not None and isinstance(rung.path[-1], int) and _says_own(promise, rung.path[-1]):
        return At((*rung.path, "target"))
    if promise.target is not None:
        return At((*promise.path, "target"))
    return At(promise.path, "key") if rung.name is None else At((*rung.path, "name"))


def _says_own(promise: Promise, index: int) -> bool:
    within = promise.clock.within if promise.clock else None
    return isinstance(within, list) and within[index].target is not None


def _example(promise: Promise) -> str:
    measure = promise.measured.measure if promise.measured else ""
    if measure == "entries":
        return "4 a month"
    return AS_PLANNED if measure in ("volume", "rate", *ONLY_PLANNED) else "90%"


@rule(
    "SLA512",
    "A target that says nothing of what it is for",
    severity=Severity.ERROR,
    since="0.1",
    needs=("handoff", *NUMBERS),
    bad="""
        rates:                        # because
          mql_to_customer: 12%
        handoff: {stage: mql, channel: The queue}
        targets:
          mql:
            all:
              2027-01: 80
        marketing_promises:
          objection-content:
            promise: Publish pieces that answer objections
            measure: entries
            of: pieces
            target: 90%               # SLA512
          only-good-leads:
            promise: Hand over only leads that fit
            measure: rehandoff_rate
            target: 98%               # SLA512
        sales_promises:
          win-rate:
            promise: Make opportunities of enough leads
            measure: rate
            of: lead_to_mql
            judged_after: 60 days
            target: as planned        # SLA512
        """,
    good="""
        rates:
          mql_to_customer: 12%
        handoff: {stage: mql, channel: The queue}
        targets:
          mql:
            all:
              2027-01: 80
        marketing_promises:
          objection-content:
            promise: Publish pieces that answer objections
            measure: entries
            of: pieces
            target: 2 a month
          only-good-leads:
            promise: Hand over only leads that fit
            measure: rehandoff_rate
            target: 2%
        sales_promises:
          win-rate:
            promise: Make customers of enough leads
            measure: rate
            of: mql_to_customer
            judged_after: 60 days
            target: as planned
        """,
)
def target_of_another_kind(agreement: Agreement) -> Iterator[Problem]:
    """
    A target that does not fit its measure looks like a promise and is none. Pieces and kits are counted (`4 a month`),
    deadlines and shares are a percentage, a volume is a number a month or `as planned`, revenue is `as planned`. What
    is `as planned` must stand in the plan: a target of that stage, or that rate.

    What can go wrong (`wrongly_qualified`, `missed_leads`, `rehandoff_rate`) is promised to be at most so much: 98%
    would allow nearly everything, and 2% is meant. Anything else that is promised for 0% is always reached.
    """
    plan = _Plan(agreement)
    for promise in agreement.promises():
        reported: set[At] = set()
        for rung in promise.deadlines:
            message = _unfit_share(rung.target)
            at = target_of(promise, rung)
            if message is not None and at not in reported:
                reported.add(at)
                yield Problem(at, message, note=say("expected: {expected}", expected=_A_SHARE))
        if promise.measured is not None and promise.target is not None:
            yield from _unfit(promise, promise.measured.measure, plan)


_A_SHARE = say("a share, such as {example}", example=Written("90%"))


def _unfit_share(target: Share | str | MonthlyRate | None) -> Message | None:
    if target == AS_PLANNED:
        return say("the plan says nothing about deadlines")
    if isinstance(target, Share) and target.value == 0:
        return say("a target of 0% is always reached")
    return None


def _unfit(promise: Promise, measure: str, plan: _Plan) -> Iterator[Problem]:
    at, target = At((*promise.path, "target")), promise.target
    name = Written(measure)
    if promise.is_as_planned:
        if measure not in ("volume", "rate", *ONLY_PLANNED):
            example = Written("4 a month" if measure == "entries" else "90%")
            yield Problem(
                at,
                say("the plan says nothing about {measure}", measure=name),
                note=say("write a target such as {example}", example=example),
            )
        elif (missing := plan.lacks(promise)) is not None:
            yield Problem(at, missing, because=plan.because(measure))
    elif measure in ONLY_PLANNED:
        yield Problem(
            at,
            say("{measure} can only be promised as it is planned", measure=name),
            note=say("write {planned}, and the number in the plan", planned=Written(AS_PLANNED)),
        )
    elif isinstance(target, MonthlyRate) is not (measure in COUNTED):
        expected = "4 a month" if measure in COUNTED else "90%"
        yield Problem(
            at,
            say("{measure} is a number a month, not a share", measure=name)
            if measure in COUNTED
            else say("{measure} is a share, not a number a month", measure=name),
            note=say("write a target such as {example}", example=Written(expected)),
        )
    elif isinstance(target, Share) and measure in AT_MOST and target > HALF:
        yield Problem(
            at,
            say("{measure} counts what went wrong: this allows {share} of all leads", measure=name, share=target),
            note=say("write the most that may go wrong, such as {share}", share=Share(1 - target.value))
            if target < ALL
            else say("write the most that may go wrong, such as {share}", share=Share(Fraction(1, 50))),
        )
    elif isinstance(target, Share) and target.value == 0 and measure not in AT_MOST:
        yield Problem(at, say("a target of 0% is always reached"))


class _Plan:
    """What the plan says, computed once and only where it is asked."""

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement

    @cached_property
    def derived(self) -> DerivedPlan:
        return derive(self._agreement)

    def lacks(self, promise: Promise) -> Message | None:
        """What the plan does not say of that which is promised as planned; None where it says it.

        Where no target, rate or plan is written at all, the agreement is not that far yet.
        """
        sections, measured = self._agreement.sections, promise.measured
        of = measured.of if measured else None
        if measured is None:
            return None
        if measured.measure == "volume" and sections.targets and of in self._agreement.stages:
            return (
                None
                if self._has_number(str(of))
                else say(
                    "the plan names no number of {stage}, and none follows from the others", stage=Written(str(of))
                )
            )
        has_rates = sections.rates or any(channel.rates for channel in self._agreement.channels.values())
        if measured.measure == "rate" and has_rates and of in {pair[2] for pair in self._agreement.conversions()}:
            channels = [None, *self._agreement.channels]
            if all(self._agreement.rate(of, channel) is None for channel in channels):
                return say("the plan names no rate {rate}", rate=Written(str(of)))
        if measured.measure == "revenue" and sections.plan is not None and sections.plan.average_deal is None:
            return say("the plan's revenue of a month is not known: write {key} there", key=Written("average_deal:"))
        return None

    def _has_number(self, stage: str) -> bool:
        return any(self.derived.number(stage, month) is not None for month in self.derived.months)

    def because(self, measure: str) -> tuple[Because, ...]:
        section = {"volume": "targets", "rate": "rates", "revenue": "plan"}.get(measure, "plan")
        return (Because(At((section,), "key")),) if getattr(self._agreement.sections, section) else ()
