"""Whether the right leads are handed over: none that does not fit, and all that do."""

from __future__ import annotations

from checker.agreement import Agreement, Promise
from checker.agreement.conditions import Meets
from checker.agreement.events import became
from checker.logic.aggregate import Fits, Happened, Matured, Opposite, Some
from checker.measures.asked import Asked, MonthlyShare, Needs, Unmeasurable
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import say
from checker.quantity import Duration


@measure(
    "wrongly_qualified",
    "share",
    name=say("Leads handed over that do not fit"),
    executive=say("whether the rule that both agreed on is kept"),
    marketer=say("which leads, and which condition they miss"),
    seller=say("how many calls are for nothing"),
)
def wrongly_qualified(promise: Promise, view: View) -> Asked:
    """Leads handed over that surely do not meet the conditions of the stage, among all handed over; at most so many.

    By the month of the handoff. Where a field is blank it cannot be told, and the lead is not held against marketing.
    """
    stage = view.handoff_stage
    if stage is None or stage not in view.agreement.named_conditions:
        return Unmeasurable(say("the stage that is handed over has no conditions"))
    wrong = Opposite(Fits(Meets(stage, ("stages", stage)), "handed_off"))
    of = view.about_whom(promise, "handed_off")
    return MonthlyShare(Needs(events=("handed_off",)), "handed_off", of, wrong, at_most=True)


@measure(
    "missed_leads",
    "share",
    name=say("Leads that were never handed over"),
    executive=say("whether leads that marketing paid for get lost on the way"),
    marketer=say("which leads wait"),
    seller=say("how many leads should be there and are not"),
)
def missed_leads(promise: Promise, view: View) -> Asked:
    """Leads that reached the stage that is handed over and were not handed over by the cut-off; at most so many.

    By the month in which they reached the stage. Where a promise says within which time they are handed over, leads
    that still have time are not counted yet.
    """
    stage = view.handoff_stage
    if stage is None:
        return Unmeasurable(say("the agreement does not say which stage is handed over"))
    moment = f"became_{stage}"
    within = time_to_hand_over(view.agreement)
    is_due = () if within is None else (Some((Happened("handed_off"), Matured(moment, within))),)
    of = view.about_whom(promise, moment, *is_due)
    return MonthlyShare(
        Needs(events=(moment, "handed_off")), moment, of, Opposite(Happened("handed_off")), at_most=True
    )


def time_to_hand_over(agreement: Agreement) -> Duration | None:
    """The time that a lead may take from the stage that is handed over to its handoff; None where none is promised.

    Of a ladder, that of its last line: it is for whomever the others are not.
    """
    handoff = agreement.sections.handoff
    for promise in agreement.promises():
        clock = promise.clock
        if clock is None or handoff is None or (clock.starts, clock.stops) != (became(handoff.stage), "handed_off"):
            continue
        return promise.deadlines[-1].time
    return None


@measure(
    "rehandoff_rate",
    "share",
    name=say("Leads handed over again"),
    executive=say("how much work is done twice"),
    marketer=say("how many returned leads were worth a second try"),
    seller=say("how many leads are known already"),
)
def rehandoff_rate(promise: Promise, view: View) -> Asked:
    """Leads that were handed over again by the cut-off, among those first handed over in a month; at most so many."""
    of = view.about_whom(promise, "handed_off")
    needs = Needs(events=("handed_off", "handed_off_again"))
    return MonthlyShare(needs, "handed_off", of, Happened("handed_off_again"), at_most=True)
