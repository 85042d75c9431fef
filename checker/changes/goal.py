"""The shared goal: what the whole plan is to bring, over which months, at what cost."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from checker.agreement import Agreement
from checker.change import Difference, Sides
from checker.changes.consequences import numbers_that_follow
from checker.changes.entries import Key, instead, placed
from checker.changes.kind import change
from checker.changes.showing import shown
from checker.changes.sides import BOTH_SHIFTED, LIGHTER, STRICTER, both, side_of
from checker.finding import Path
from checker.message import Message, say


@change(
    "plan-added",
    "There is a plan",
    mirror=("plan-dropped", "There is no plan any more"),
    covers=("plan",),
    old="currency: BRL",
    new="""
        currency: BRL
        plan: {months: 2027-01 to 2027-06, customers: 46}
        """,
)
def plan_comes_and_goes(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Both sides want something together that is written down, or no longer do."""
    before, after = old.sections.plan, new.sections.plan
    if (before is None) is not (after is None):
        is_gone = after is None
        yield Difference(
            "plan",
            say("There is no shared plan any more") if is_gone else say("There is a shared plan now"),
            both(STRICTER).mirrored if is_gone else both(STRICTER),
            ("plan",) if before else None,
            ("plan",) if after else None,
            is_gone,
        )


def _goals() -> dict[str, tuple[Key, Sides]]:
    """Each number of the plan, and what more of it is for each side."""
    return {
        "revenue": (Key("revenue", say("revenue"), is_money=True), both(STRICTER)),
        "customers": (Key("customers", say("customers to win")), both(STRICTER)),
        "pipeline_coverage": (Key("pipeline_coverage", say("pipeline coverage")), both(STRICTER)),
        "cost_per_customer": (
            Key("cost_per_customer", say("what a customer may cost"), is_money=True),
            side_of("marketing", STRICTER).mirrored,
        ),
        "average_deal": (Key("average_deal", say("the average deal"), is_money=True), side_of("sales", STRICTER)),
    }


def _number(value: Any) -> Fraction:
    return Fraction(getattr(value, "value", value))


@change(
    "goal-raised",
    "The plan aims higher",
    mirror=("goal-lowered", "The plan aims lower"),
    covers=(
        "plan.revenue",
        "plan.customers",
        "plan.pipeline_coverage",
        "plan.cost_per_customer",
        "plan.average_deal",
    ),
    old="plan: {months: 2027-01 to 2027-06, customers: 46}",
    new="plan: {months: 2027-01 to 2027-06, customers: 52}",
)
def goals(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    A number of the shared goal is larger, or smaller.

    More revenue, more customers or more pipeline is stricter for both sides; a larger deal is wanted of sales; less
    money for winning a customer is stricter for marketing, and the mirror of that is a lower aim. What follows in other
    numbers is told below it.
    """
    before, after = old.sections.plan, new.sections.plan
    if before is None or after is None:
        return
    path: Path = ("plan",)
    for key, more in _goals().values():
        was, now = getattr(before, key.attribute), getattr(after, key.attribute)
        if was == now:
            continue
        is_more = was is None or (now is not None and _number(now) > _number(was))
        if key.attribute == "cost_per_customer":
            # a limit that comes is as if it went down from anything
            is_more = now is None or (was is not None and _number(now) > _number(was))
            is_mirrored = is_more
        else:
            is_mirrored = not is_more
        yield Difference(
            key.key,
            instead(old, new, say("Plan"), key, before, after),
            more if is_more else more.mirrored,
            placed(path, key, before),
            placed(path, key, after),
            is_mirrored,
            follows=numbers_that_follow(old, new, (*path, key.key)),
        )


@change(
    "plan-months-changed",
    "The plan covers other months",
    alike="more months and fewer are both other months",
    covers=("plan.months",),
    old="plan: {months: 2027-01 to 2027-06}",
    new="plan: {months: 2027-01 to 2027-12}",
)
def plan_months(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The shared goal is for other months, so that the same number asks for more or less each month."""
    yield from _moved(old, new, Key("months", say("the months")))


@change(
    "sales-cycle-changed",
    "Opportunities close after another time",
    alike="later and sooner move the numbers to other months, whichever way one looks",
    covers=("plan.sales_cycle",),
    old="plan: {months: 2027-01 to 2027-06, sales_cycle: 2 months}",
    new="plan: {months: 2027-01 to 2027-06, sales_cycle: 3 months}",
)
def sales_cycle(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The plan reckons that deals take longer, or less long: their customers come in other months."""
    before, after = old.sections.plan, new.sections.plan
    if before is not None and after is not None and before.closing() != after.closing():
        yield from _moved(old, new, Key("sales_cycle", say("time from opportunity to customer")))


def _moved(old: Agreement, new: Agreement, key: Key) -> Iterator[Difference]:
    before, after = old.sections.plan, new.sections.plan
    if before is None or after is None or key.essence(before) == key.essence(after):
        return
    path: Path = ("plan",)
    yield Difference(
        key.key,
        instead(old, new, say("Plan"), key, before, after),
        BOTH_SHIFTED,
        placed(path, key, before),
        placed(path, key, after),
        follows=numbers_that_follow(old, new, (*path, key.key)),
    )


@change(
    "opened-before-more",
    "More opportunities were open before the plan",
    mirror=("opened-before-fewer", "Fewer opportunities were open before the plan"),
    covers=("opened_before_plan", "opened_before_plan.*"),
    old="""
        plan: {months: 2027-01 to 2027-06}
        opened_before_plan: {2026-12: 24}
        """,
    new="""
        plan: {months: 2027-01 to 2027-06}
        opened_before_plan: {2026-12: 30}
        """,
)
def opened_before(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    The plan begins with more open opportunities than was thought, or with fewer.

    Nobody owes anything else. With more of them the same goal takes less work of both.
    """
    before, after = (side.sections.opened_before_plan or {} for side in (old, new))
    for month in sorted({*before, *after}):
        was, now = before.get(month), after.get(month)
        if was == now:
            continue
        path: Path = ("opened_before_plan", str(month))
        yield Difference(
            str(month),
            _opened(old, new, month, was, now),
            both(LIGHTER) if (now or 0) >= (was or 0) else both(LIGHTER).mirrored,
            path if was is not None else _parent(before, path),
            path if now is not None else _parent(after, path),
            (now or 0) < (was or 0) or now is None,
            follows=numbers_that_follow(old, new, path),
        )


def _parent(written: object, path: Path) -> Path | None:
    return path[:1] if written else None


def _opened(old: Agreement, new: Agreement, month: Any, was: int | None, now: int | None) -> Message:
    return say(
        "Opportunities opened in {month}: {new} instead of {old}",
        month=month,
        new=say("nothing said") if now is None else shown(new, now),
        old=say("nothing said") if was is None else shown(old, was),
    )
