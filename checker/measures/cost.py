"""What a customer costs: the budgets of a month against the customers whom its opportunities become."""

from __future__ import annotations

from fractions import Fraction

from checker.agreement import Promise
from checker.logic.aggregate import Reached, count
from checker.measures.asked import Asked, Cells, MonthlyRatio, Needs, Sides, Unmeasurable
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import Message, say, say_counted
from checker.quantity import Money, Month

OPENED, WON = "opened", "won"


@measure(
    "cost_per_customer",
    "money",
    name=say("Cost per customer"),
    executive=say("what a new customer costs"),
    marketer=say("which channels win customers at what cost"),
    seller=say("which leads cost most"),
)
def cost_per_customer(promise: Promise, view: View) -> Asked:
    """The budgets of a month's channels against the customers of that month's opportunities; at most so much each.

    Money that is spent in a month brings opportunities in it and customers later, so that the month's own customers
    would tell nothing. With `judged_after` the customers are those whom the opportunities became within that time;
    without it, those who are expected of them by the written rate. Only channels with a budget count, on both sides,
    and only those that have begun. Campaigns and salaries are in no budget.
    """
    agreement, plan = view.agreement, view.agreement.sections.plan
    pipeline, won = agreement.stage_named("pipeline"), agreement.stage_named("won")
    if pipeline is None or won is None:
        return Unmeasurable(say("no stage says `is: pipeline`, or none says `is: won`"))
    if plan is None or plan.cost_per_customer is None or not promise.is_as_planned:
        return Unmeasurable(say("the plan names no limit for the cost of a customer"))
    if not any(path[0] == "channels" and path[-1] == "budget" for path in view.plan.inputs.numbers):
        return Unmeasurable(say("no channel has a budget"))
    within = promise.measured.judged_after if promise.measured else None
    rate_id, limit = f"{pipeline}_to_{won}", plan.cost_per_customer
    if within is None and all(view.plan.rate(rate_id, channel) is None for channel in (None, *agreement.channels)):
        return Unmeasurable(
            say("it says neither after which time the customers are counted (`judged_after`) nor how many to expect")
        )
    opened, reached = view.arrival(pipeline), view.arrival(won)
    numbers = {OPENED: count()}
    if within is not None:
        numbers[WON] = count(Reached(opened, reached, within))

    def sides(month: Month, cells: Cells) -> Sides | None:
        inputs = view.plan.inputs
        if not inputs.covers(month):
            return None
        cost = customers = Fraction(0)
        for channel in inputs.channels:
            budget = inputs.numbers.get(("channels", channel, "budget"))
            if budget is None or not inputs.has_begun(channel, month):
                continue
            cost += budget
            found = cells.get((month, channel), {})
            rate = view.plan.rate(rate_id, channel) or Fraction(0)
            customers += found.get(WON, Fraction(0)) if within is not None else found.get(OPENED, Fraction(0)) * rate
        return Sides(cost, customers, _in_words(cost, customers, agreement.currency, is_expected=within is None))

    events = (opened,) if within is None else (opened, reached)
    return MonthlyRatio(
        Needs(events=events, columns=("channel",)),
        opened,
        numbers,
        sides,
        "money",
        lambda _: limit,
        at_most=True,
        grows="whole",
        within=within,
    )


def _in_words(cost: Fraction, customers: Fraction, currency: str, *, is_expected: bool) -> Message:
    if not customers and is_expected:
        return say("{cost}, and no customer is expected", cost=Money(cost, currency))
    if not customers:
        return say("{cost}, and no customer yet", cost=Money(cost, currency))
    each = Money(cost / customers, currency)
    if is_expected:
        return say(
            "{cost} for {customers} expected customers, or {each} each",
            cost=Money(cost, currency),
            customers=customers,
            each=each,
        )
    return say_counted(
        "{cost} for {count} customer, or {each} each",
        "{cost} for {count} customers, or {each} each",
        count=int(customers),
        cost=Money(cost, currency),
        each=each,
    )
