"""Measures that an agreement may promise and that cannot be judged yet, each with its honest reason."""

from __future__ import annotations

from checker.agreement import Promise
from checker.measures.asked import Asked, Unmeasurable
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import say


@measure(
    "persistence_rate",
    "share",
    name=say("Tried often enough"),
    executive=say("whether leads are given up too early"),
    marketer=say("how many leads were given up after one call"),
    seller=say("which leads deserve another try"),
)
def persistence_rate(_promise: Promise, _view: View) -> Asked:
    """Leads given up for a reason after enough attempts, on enough channels, over enough time, among all given up.

    It needs every single attempt with its time and channel; a table with one row a lead holds at most the first.
    """
    return Unmeasurable(
        say("it needs every attempt with its time and channel; the data has one row a lead"),
        say("a list of all attempts, one row each"),
    )


@measure(
    "recycled_on_time",
    "share",
    name=say("Returned leads contacted again in time"),
    executive=say("whether returned leads are used again"),
    marketer=say("which returned leads wait for a contact"),
    seller=say("when a returned lead is expected back"),
)
def recycled_on_time(_promise: Promise, _view: View) -> Asked:
    """Returned leads that marketing contacted again by the day that their reason asks for, among all that were due.

    It needs what marketing did after the return; a table with one row a lead does not tell who did what when.
    """
    return Unmeasurable(
        say("it needs what marketing did after each return; the data has one row a lead"),
        say("a list of all activities with who did them, one row each"),
    )


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
