"""How many leads reached a stage."""

from __future__ import annotations

from checker.agreement import Promise
from checker.agreement.events import became
from checker.agreement.scalars import MonthlyRate
from checker.logic.aggregate import Fact, Fits, Opposite, Surely, count, field_is
from checker.measures.asked import Asked, MonthlyAmount, Needs, TargetOf, Unmeasurable
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import say


@measure(
    "volume",
    "leads",
    name=say("Leads that reached a stage"),
    executive=say("the month's number against its target, and whether the pace is enough"),
    marketer=say("the same by channel, and how many are still to come"),
    seller=say("how many leads to expect"),
)
def volume(promise: Promise, view: View) -> Asked:
    """Leads by the month in which they first reached the stage: `became_<stage>`.

    Of the stage that is handed over it is the first `handed_off`. Duplicates that were merged count once; leads that
    came back for a reason with `counts: no` do not count. Of a stage without names it is the sum of the daily totals.
    The target is the plan's number for the month, or the number a month that the promise names.
    """
    stage = promise.measured.of if promise.measured else None
    if stage is None or stage not in view.agreement.stages:
        return Unmeasurable(say("it does not name one of the stages"))
    is_anonymous = view.agreement.stages[stage].is_ == "anonymous"
    if is_anonymous and not view.is_total(became(stage)):
        return Unmeasurable(
            say("{stage} has no names, so the leads' data cannot count it", stage=stage),
            say("daily totals of {stage}", stage=stage),
        )
    target = _target(promise, view, stage)
    if target is None:
        return Unmeasurable(say("it names no number that must be reached"))
    if is_anonymous and promise.only is not None:
        return Unmeasurable(say("{stage} has no names, so nobody knows who of them fits", stage=stage))
    moment = view.arrival(stage)
    of = view.about_whom(promise, moment, *counted(view, stage))
    return MonthlyAmount(Needs(events=(moment,)), moment, count(), "leads", target, of=of)


def _target(promise: Promise, view: View, stage: str) -> TargetOf | None:
    if promise.is_as_planned:
        return view.planned(stage)
    if isinstance(promise.target, MonthlyRate):
        number = promise.target.count
        return lambda _: number
    return None


def counted(view: View, stage: str) -> tuple[Fact, ...]:
    """What must hold of leads of a stage so that they count: of those handed over, no return that does not count."""
    reasons = view.agreement.sections.return_reasons or {}
    uncounted = tuple(name for name, reason in reasons.items() if reason.counts is False)
    if stage != view.handoff_stage or not uncounted:
        return ()
    return (Opposite(Surely(Fits(field_is("return_reason", *uncounted)))),)
