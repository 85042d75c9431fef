"""What stands in the way of a plan, in words: the same for the command line and the site."""

from __future__ import annotations

from fractions import Fraction

from checker.logic.plan_checks import Kind
from checker.logic.plan_inputs import PlanInputs
from checker.logic.planning.limits import Limit
from checker.message import Argument, Message, Written, say, say_counted
from checker.quantity import Month
from checker.report.names import Names


def limit_in_words(limit: Limit, month: Month, inputs: PlanInputs, names: Names) -> Message:
    """One thing that stands in the way of a plan, by how much, and what would unlock it; `month` is when."""
    money = names.agreement.money
    if limit.sellers is not None and limit.more_sellers is not None:
        return _of_sellers(limit, month, limit.sellers, limit.more_sellers, inputs, names)
    match limit.kind:
        case Kind.COVERAGE:
            return say(
                "in {month} {closing} opportunities close, but the agreed coverage asks for {needed}: more "
                "opportunities for each customer or a lower coverage would do",
                month=month,
                closing=limit.allowed,
                needed=limit.needed,
            )
        case Kind.COST:
            return say(
                "in {month} a customer costs {needed}, and {agreed} at most is agreed: smaller budgets or more "
                "leads for them would do",
                month=month,
                needed=money(Fraction(round(limit.needed))),
                agreed=money(limit.allowed),
            )
        case Kind.CAMPAIGN:
            return say(
                "in {month} a campaign hands over {needed}, but its channel only {allowed} in all",
                month=month,
                needed=limit.needed,
                allowed=limit.allowed,
            )
        case _:
            return say(
                "in {month} {line} does not go together with the rest: {command} says why",
                month=month,
                line=Written(".".join(map(str, limit.at))),
                command=Written("sla validate"),
            )


def _of_sellers(limit: Limit, month: Month, sellers: Fraction, more: int, inputs: PlanInputs, names: Names) -> Message:
    handed = inputs.handed_over or ""
    arguments: dict[str, Argument] = {
        "month": month,
        "needed": limit.needed,
        "sellers": sellers,
        "allowed": limit.allowed,
        "limit": limit.per_seller_needed or 0,
        "stage": names.short_stage(handed if limit.kind is Kind.HANDOFFS else inputs.pipeline or ""),
    }
    match limit.kind:
        case Kind.HANDOFFS:
            return say_counted(
                "in {month} {needed} leads arrive ({stage}), and {sellers} sellers take {allowed}: {count} more "
                "seller would do, or {limit} a month for each",
                "in {month} {needed} leads arrive ({stage}), and {sellers} sellers take {allowed}: {count} more "
                "sellers would do, or {limit} a month for each",
                count=more,
                **arguments,
            )
        case Kind.NEW_OPPORTUNITIES:
            return say_counted(
                "in {month} {needed} new leads come up ({stage}), and {sellers} sellers begin {allowed}: {count} "
                "more seller would do, or {limit} a month for each",
                "in {month} {needed} new leads come up ({stage}), and {sellers} sellers begin {allowed}: {count} "
                "more sellers would do, or {limit} a month for each",
                count=more,
                **arguments,
            )
        case _:
            return say_counted(
                "in {month} {needed} are open at once ({stage}), and {sellers} sellers keep {allowed}: {count} "
                "more seller would do, or {limit} for each",
                "in {month} {needed} are open at once ({stage}), and {sellers} sellers keep {allowed}: {count} "
                "more sellers would do, or {limit} for each",
                count=more,
                **arguments,
            )
