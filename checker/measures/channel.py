"""Whether leads reach sales by the one way that both agreed on."""

from __future__ import annotations

from checker.agreement import Promise
from checker.logic.aggregate import RECEIVED, SALES_WORK, Fact, Fits, Happened, Holds, field_is
from checker.measures.asked import Asked, MonthlyShare, Needs, Unmeasurable
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import say

THROUGH_CHANNEL = "through_channel"
_UNLOCK = say("a column that says how each lead came to sales ({key})", key=f"`{THROUGH_CHANNEL}:`")


@measure(
    "single_channel",
    "share",
    name=say("Leads that came through the one channel"),
    executive=say("whether leads reach sales by one way only"),
    marketer=say("how many leads sales entered by hand"),
    seller=say("which leads are not in the queue"),
)
def single_channel(promise: Promise, view: View) -> Asked:
    """Leads that came through the handoff's channel among all of marketing's that sales got or worked on.

    How each lead came to sales says the source's `through_channel`. Where it says nothing, a lead came through the
    channel if it was handed over, and by another way if sales contacted it or decided on it without a handoff.
    Leads of channels of another team than marketing are left out. By the month of the handoff, else of sales' first
    work on the lead.
    """
    refused = view.missing(Needs(events=("handed_off",)))
    if refused is not None:
        return refused
    channels = view.agreement.channels
    own = [name for name, channel in channels.items() if channel.team == "marketing"]
    is_of_all = len(own) == len(channels)
    kept: Fact = Happened("handed_off")
    columns: tuple[str, ...] = () if is_of_all else ("channel",)
    if view.leads.has(THROUGH_CHANNEL):
        kept = Holds(THROUGH_CHANNEL)
    elif "handed_off" in view.stand_ins:
        return Unmeasurable(say("the data does not tell handoffs from leads that came by another way"), _UNLOCK)
    elif not any(view.has_event(event) for event in SALES_WORK):
        return Unmeasurable(say("the data does not tell what sales did with leads that were not handed over"), _UNLOCK)
    of = view.about_whom(promise, None, *(() if is_of_all else (Fits(field_is("channel", *own)),)))
    return MonthlyShare(Needs(events=("handed_off",), columns=columns), RECEIVED, of, kept)
