"""What follows from one written number of a plan, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from checker.agreement import Agreement
from checker.finding import Path
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import Kind, numbers_behind, plan_checks
from checker.logic.plan_names import months_named, stage_label
from checker.message import Message, say
from checker.quantity import Month, Period


def what_follows(agreement: Agreement, plan: DerivedPlan, number: Path, month: Month) -> tuple[Message, ...]:
    """What follows from one written number, for each stage whose target rests on it; stages of the same months as one.

    It is said of all months for which the number is written, where they are alike, else of `month`. For the won stage
    it is the months in which those months' opportunities close.
    """
    period = Period.parse(str(number[3])) if number[0] == "targets" else Period(month, month)
    said: dict[tuple[Month, ...], Message] = {}
    for name in plan.stages:
        later = 0
        if name == plan.inputs.won and plan.closing:
            later = max(plan.closing, key=lambda lag: plan.closing[lag])
        if not _rests_on(plan, name, month + later, number) or (name == number[1] and str(number[2]) == "all"):
            continue
        alike = tuple(_alike(plan, name, month + later, period, later))
        yields = plan.alone(name, month + later)
        if yields is None:
            continue
        one = _of_stage(stage_label(agreement, name), yields, _written(plan, name, month + later))
        said[alike] = say("{before}, {next}", before=said[alike], next=one) if alike in said else one
    return tuple(say("{period}: {numbers}", period=months_named(months), numbers=told) for months, told in said.items())


def _of_stage(stage: str, number: Fraction, written: Fraction | None) -> Message:
    """A stage's number, and what is written for it, where that is another one."""
    if written is None or written == number:
        return say("{stage} {number}", stage=stage, number=number)
    return say("{stage} {number} ({written} is written)", stage=stage, number=number, written=written)


def _rests_on(plan: DerivedPlan, stage: str, month: Month, number: Path) -> bool:
    return plan.inputs.covers(month) and number in numbers_behind(
        plan.inputs, partial(DerivedPlan.alone, stage=stage, month=month)
    )


def _written(plan: DerivedPlan, stage: str, month: Month) -> Fraction | None:
    return plan.number(stage, month) if plan.is_written(stage, month) else None


def _alike(plan: DerivedPlan, stage: str, month: Month, period: Period, later: int) -> Iterator[Month]:
    """The months of a period, so much later, in which a stage has the same number as in `month`."""
    shown = plan.alone(stage, month), _written(plan, stage, month)
    for earlier in period:
        at = earlier + later
        if plan.inputs.covers(at) and (plan.alone(stage, at), _written(plan, stage, at)) == shown:
            yield at


def other_months_have_room(plan: DerivedPlan, number: Path, full: frozenset[Month]) -> Message | None:
    """That sellers take what arrives in the other months for which a number is written, where some are too full."""
    if number[0] != "targets":
        return None
    checks = {check.month: check for check in plan_checks(plan.inputs) if check.kind is Kind.HANDOFFS}
    free = []
    for month in Period.parse(str(number[3])):
        sides = checks[month].compute(plan) if month in checks and month not in full else None
        if sides is not None and sides.hold:
            free.append(month)
    return say("sellers have room in {months}", months=months_named(free)) if free else None
