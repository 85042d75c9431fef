"""Measures that an agreement may promise and that cannot be judged yet, each with its honest reason."""

from __future__ import annotations

from checker.agreement import Promise
from checker.measures.asked import Asked, Unmeasurable
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import say


@measure(
    "single_channel",
    "share",
    name=say("Leads that came through the one channel"),
    executive=say("whether leads reach sales by one way only"),
    marketer=say("how many leads sales entered by hand"),
    seller=say("which leads are not in the queue"),
)
def single_channel(_promise: Promise, _view: View) -> Asked:
    """Leads handed over through the agreed channel among all that sales worked on as marketing's."""
    return Unmeasurable(
        say("it needs the way by which each lead was created in the sales system"),
        say("a column for how each lead was created"),
    )


@measure(
    "pipeline_coverage",
    "multiple",
    name=say("Pipeline coverage"),
    executive=say("whether enough is open to reach the month's revenue"),
    marketer=say("how many opportunities are missing"),
    seller=say("how much is open for the month"),
)
def pipeline_coverage(_promise: Promise, _view: View) -> Asked:
    """The value of the opportunities that close in a month against its revenue target."""
    return Unmeasurable(say("this version does not judge pipeline coverage yet"))


@measure(
    "cost_per_customer",
    "money",
    name=say("Cost per customer"),
    executive=say("what a new customer costs"),
    marketer=say("which channels win customers at what cost"),
    seller=say("which leads cost most"),
)
def cost_per_customer(_promise: Promise, _view: View) -> Asked:
    """The month's budgets against the customers expected from that month's opportunities."""
    return Unmeasurable(say("this version does not judge the cost per customer yet"))


@measure(
    "capacity_use",
    "share",
    name=say("Use of the sellers' capacity"),
    executive=say("whether the team can take more"),
    marketer=say("how many more leads sales can take"),
    seller=say("how full the month is"),
)
def capacity_use(_promise: Promise, _view: View) -> Asked:
    """Leads handed over in a month against what the working sellers can take."""
    return Unmeasurable(say("this version does not judge the use of capacity yet"))
