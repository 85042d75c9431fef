"""What follows from one edit of the plan: the numbers that nobody wrote and that are others after it.

The edit is made alone in the old text, so that each number stands below the edit that causes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from checker.agreement import Agreement
from checker.changes.one_edit import with_edit
from checker.finding import Path
from checker.logic.plan import DerivedPlan
from checker.logic.plan_inputs import plan_inputs
from checker.logic.plan_names import months_named, stage_label
from checker.message import Message, say
from checker.quantity import Month

MOST = 12
"""So many lines are told below one edit."""


@lru_cache(maxsize=8)
def plan_of(agreement: Agreement) -> DerivedPlan:
    """The plan of an agreement, in numbers."""
    return DerivedPlan(plan_inputs(agreement))


class Moved(NamedTuple):
    """A number before and after, and the one that stands written against it."""

    old: Fraction | None
    new: Fraction
    written: Fraction | None


def numbers_that_follow(old: Agreement, new: Agreement, path: Path) -> tuple[Message, ...]:
    """What becomes of each stage, and of the revenue, when what stands at a path is taken over from the new text.

    A number that is written against what follows is named beside it.
    """
    edited = with_edit(old, new, path)
    if edited is None:
        return ()
    told: list[Message] = []
    for stage, moved in moved_by_months(old, new, path).items():
        told += _by_months(edited, stage, moved)
    told += _revenue(plan_of(old), plan_of(edited), edited)
    return tuple(told[:MOST])


def moved_by_months(old: Agreement, new: Agreement, path: Path) -> dict[str, dict[Moved, list[Month]]]:
    """Stage -> its numbers that move when what stands at a path is taken over from the new text -> in which months."""
    edited = with_edit(old, new, path)
    if edited is None:
        return {}
    before, after = plan_of(old), plan_of(edited)
    found: dict[str, dict[Moved, list[Month]]] = {}
    for stage in after.stages:
        if stage not in before.stages or (path[0] == "targets" and path[1:3] == (stage, "all")):
            continue
        for month in after.months:
            moved = _changed(before, after, stage, month)
            if moved is not None:
                found.setdefault(stage, {}).setdefault(moved, []).append(month)
    return found


def _changed(before: DerivedPlan, after: DerivedPlan, stage: str, month: Month) -> Moved | None:
    is_written = after.is_written(stage, month)
    ways = [DerivedPlan.alone, DerivedPlan.follows]
    for way in ways if is_written else [DerivedPlan.number, *ways]:
        was, now = way(before, stage, month), way(after, stage, month)
        if now is not None and was != now:
            written = after.number(stage, month) if is_written else None
            return Moved(was, now, None if written == now else written)
    return None


def _by_months(agreement: Agreement, stage: str, moved: dict[Moved, list[Month]]) -> Iterator[Message]:
    """One sentence for all months with the same numbers."""
    for numbers, months in moved.items():
        arguments: dict[str, Any] = {
            "stage": stage_label(agreement, stage),
            "new": numbers.new,
            "months": months_named(months),
        }
        if numbers.old is None:
            yield say("{stage}: {new} in {months}", **arguments)
        elif numbers.written is None:
            yield say("{stage}: {new} instead of {old} in {months}", old=numbers.old, **arguments)
        else:
            yield say(
                "{stage}: {new} instead of {old} in {months} ({written} is written)",
                old=numbers.old,
                written=numbers.written,
                **arguments,
            )


def _revenue(before: DerivedPlan, after: DerivedPlan, agreement: Agreement) -> Iterator[Message]:
    was, now = (
        [revenue for month in after.months if (revenue := plan.revenue(month)) is not None] for plan in (before, after)
    )
    if len(was) == len(now) == len(after.months) and sum(was) != sum(now) and now:
        yield say(
            "revenue: {new} instead of {old}",
            new=agreement.money(sum(now, Fraction(0))),
            old=agreement.money(sum(was, Fraction(0))),
        )
