"""What follows for those who sell and those who pay: leads a month against what the team takes, and money for each."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from checker.agreement import Agreement
from checker.impact import Cost, Load, StageImpact
from checker.logic.plan import DerivedPlan
from checker.logic.plan_names import stage_label
from checker.measures.bench import Bench
from checker.quantity import Money, Month, Period

_LIMIT = ("limit_per_seller", "handoffs")


def more_a_month(stages: Iterable[StageImpact], handed_over: str | None, period: Period) -> Fraction:
    """By how many the leads of the stage that is handed over grow in a month, because other leads count."""
    stage = next((stage for stage in stages if stage.stage == handed_over), None)
    return Fraction(0) if stage is None else Fraction(stage.gained.count - stage.lost.count, len(period))


def loads(
    before: Bench, after: Bench, stages: Iterable[StageImpact], more: Fraction, period: Period
) -> tuple[Load, ...]:
    """The leads that sellers get in each month of the plan, where these or what they take have changed.

    Where other leads count, the plan's number grows by what came in the past; the months that are over are left out,
    unless all are. Without a plan it is the number of the past months, told of the last of them.
    """
    old, new = before.view.plan, after.view.plan
    stage = after.view.handoff_stage
    if stage is None:
        return ()
    found = []
    for month in new.months:
        was, now = old.number(stage, month), new.number(stage, month)
        if now is None:
            continue
        load = Load(month, now if was is None else was, now + more, _taken(new, month))
        if more or load.before != load.after or _taken(old, month) != load.most:
            found.append(load)
    if more:
        changed = {load.month for load in found if load.before + more != load.after}
        coming = [load for load in found if load.month >= after.view.timeline.month or load.month in changed]
        found = coming or found
    if not found and more:
        counted = next((impact for impact in stages if impact.stage == stage), None)
        if counted is not None:
            month = period.last
            past = Fraction(counted.before.count, len(period))
            found = [Load(month, past, past + more, _taken(new, month))]
    return tuple(found)


def _taken(plan: DerivedPlan, month: Month) -> Fraction | None:
    """What the sellers who work in a month take; None where nothing says it."""
    if _LIMIT not in plan.inputs.numbers or not plan.inputs.sellers:
        return None
    return plan.inputs.working_sellers(month) * plan.inputs.numbers[_LIMIT]


def costs(old: Agreement, new: Agreement, before: DerivedPlan, after: DerivedPlan) -> tuple[Cost, ...]:
    """What may be spent for each lead that is handed over, by the budgets and the plan, where it changes; months of
    the same numbers together.
    """
    handoff = new.sections.handoff
    stage = handoff.stage if handoff is not None and handoff.stage in new.stages else None
    if stage is None or old.currency != new.currency:
        return ()
    months: dict[tuple[Fraction, Fraction], list[Month]] = {}
    for month in after.months:
        was, now = _cost(before, stage, month), _cost(after, stage, month)
        if was and now and was != now:
            months.setdefault((was, now), []).append(month)
    return tuple(
        Cost(tuple(members), stage_label(new, stage), Money(was, new.currency), Money(now, new.currency))
        for (was, now), members in months.items()
    )


def _cost(plan: DerivedPlan, stage: str, month: Month) -> Fraction | None:
    """The budgets of a month for each lead of the channels that have one."""
    inputs = plan.inputs
    paid = [
        channel
        for channel in inputs.channels
        if ("channels", channel, "budget") in inputs.numbers and inputs.has_begun(channel, month)
    ]
    numbers = [plan.number(stage, month, channel) for channel in paid]
    known = [number for number in numbers if number is not None]
    if not paid or len(known) < len(numbers) or not sum(known):
        return None
    return sum((inputs.numbers["channels", channel, "budget"] for channel in paid), Fraction(0)) / sum(known)
