"""Whether sales gets more leads than its sellers can take."""

from __future__ import annotations

from fractions import Fraction

from checker.agreement import Promise
from checker.logic.aggregate import count
from checker.measures.asked import Asked, Cells, MonthlyRatio, Needs, Sides, Unmeasurable
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import say, say_counted
from checker.quantity import Month

HANDOFFS = "handoffs"


@measure(
    "capacity_use",
    "share",
    name=say("Use of the sellers' capacity"),
    executive=say("whether the team can take more"),
    marketer=say("how many more leads sales can take"),
    seller=say("how full the month is"),
)
def capacity_use(promise: Promise, view: View) -> Asked:
    """Leads handed over in a month against what the working sellers can take; at most so many.

    What they can take is `limit_per_seller: handoffs` for each seller who works in the month, someone new by the
    `ramp`. Second handoffs are not in it: they stand beside the first ones. By the month of the handoff.
    """
    inputs, target = view.plan.inputs, view.target(promise)
    limit = inputs.numbers.get(("limit_per_seller", HANDOFFS))
    if limit is None or not inputs.sellers:
        return Unmeasurable(say("the agreement does not say who sells, and how many leads each can take"))
    if target is None:
        return Unmeasurable(say("it names no share that must not be exceeded"))

    def sides(month: Month, cells: Cells) -> Sides | None:
        own = [numbers[HANDOFFS] for (at, _), numbers in cells.items() if at == month]
        number = sum(own, Fraction(0))
        room = inputs.working_sellers(month) * limit
        said = say_counted(
            "{count} lead, where the sellers can take {room}",
            "{count} leads, where the sellers can take {room}",
            count=int(number),
            room=room,
        )
        return Sides(number, room, said)

    return MonthlyRatio(
        Needs(events=("handed_off",)),
        "handed_off",
        {HANDOFFS: count()},
        sides,
        "share",
        lambda _: target,
        at_most=True,
        grows="part",
    )
