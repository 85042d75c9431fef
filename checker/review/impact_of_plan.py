"""What follows for those who sell and those who pay: leads a month against what the team takes, and money for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from checker.agreement import Agreement
from checker.impact import Cost, Load, StageImpact
from checker.logic.plan import DerivedPlan
from checker.logic.plan_names import stage_label
from checker.quantity import Money, Month, Period

if TYPE_CHECKING:
    # with it comes the engine that counts leads, which texts can be compared without
    from checker.measures.bench import Bench

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
    new = after.view.plan
    stage = after.view.handoff_stage
    if stage is None:
        return ()
    found = list(planned_loads(before.view.plan, new, stage, more))
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


def planned_loads(old: DerivedPlan, new: DerivedPlan, stage: str, more: Fraction = Fraction(0)) -> Iterator[Load]:
    """The leads of a stage that the plan gives to sellers, and `more`, in each month where these, or what sellers take,
    are others than before.
    """
    for month in new.months:
        was, now = old.number(stage, month), new.number(stage, month)
        if now is None:
            continue
        load = Load(month, now if was is None else was, now + more, _taken(new, month))
        if more or load.before != load.after or _taken(old, month) != load.most:
            yield load


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
    months: dict[tuple[Fraction, Fraction, bool], list[Month]] = {}
    for month in after.months:
        was, now = _cost(before, stage, month), _cost(after, stage, month)
        if was and now and was != now:
            same = _budgets(before, month) == _budgets(after, month)
            months.setdefault((was, now, same), []).append(month)
    return tuple(
        Cost(tuple(members), stage_label(new, stage), Money(was, new.currency), Money(now, new.currency), same)
        for (was, now, same), members in months.items()
    )


def _cost(plan: DerivedPlan, stage: str, month: Month) -> Fraction | None:
    """The budgets of a month for each lead of the channels that have one."""
    budgets = _budgets(plan, month)
    numbers = [plan.number(stage, month, channel) for channel in budgets]
    known = [number for number in numbers if number is not None]
    if not budgets or len(known) < len(numbers) or not sum(known):
        return None
    return sum(budgets.values(), Fraction(0)) / sum(known)


def _budgets(plan: DerivedPlan, month: Month) -> dict[str, Fraction]:
    """Channel -> its budget, of the channels that have one and have begun."""
    inputs = plan.inputs
    return {
        channel: inputs.numbers["channels", channel, "budget"]
        for channel in inputs.channels
        if ("channels", channel, "budget") in inputs.numbers and inputs.has_begun(channel, month)
    }
