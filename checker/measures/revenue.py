"""What the customers won in a month bring."""

from __future__ import annotations

from checker.agreement import Promise
from checker.logic.aggregate import Filled, Opposite, count, total
from checker.measures.asked import Asked, MonthlyAmount, Needs, Unmeasurable
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import say


@measure(
    "revenue",
    "money",
    name=say("Revenue won"),
    executive=say("the one number that both teams share, against the plan"),
    marketer=say("the same by channel"),
    seller=say("what is won, and what is still missing this month"),
)
def revenue(promise: Promise, view: View) -> Asked:
    """The sum of the amounts of the leads that were won in a month, against the plan's revenue of that month.

    The month is that in which the lead reached the stage that `is: won`. Won leads without an amount are counted
    apart; the sum is without them.
    """
    won = view.agreement.stage_named("won")
    if won is None:
        return Unmeasurable(say("no stage says `is: won`"))
    if not promise.is_as_planned:
        return Unmeasurable(say("it names no amount that must be reached"))
    moment = view.arrival(won)
    return MonthlyAmount(
        Needs(events=(moment,), columns=("amount",)),
        moment,
        total("amount"),
        "money",
        view.plan.revenue,
        blank=count(Opposite(Filled("amount"))),
        of=view.about_whom(promise, moment),
    )
