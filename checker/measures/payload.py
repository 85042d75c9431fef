"""Whether the data that sales needs goes along with each lead."""

from __future__ import annotations

from checker.agreement import Promise
from checker.logic.aggregate import Every, Fits, field_known
from checker.measures.asked import Asked, MonthlyShare, Needs, Unmeasurable
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import say


@measure(
    "payload_completeness",
    "share",
    name=say("Complete handoffs"),
    executive=say("the share of leads that come with everything sales needs"),
    marketer=say("which fields stay blank, and in which channels"),
    seller=say("how often to ask again for what was asked already"),
)
def payload_completeness(promise: Promise, view: View) -> Asked:
    """Leads that were handed over with every field of the payload filled in, among all that were handed over.

    The payload is what `must_have` lists and what the criteria, the ranking, the routing and the deadlines ask for;
    optional fields, and fields in which a blank has a meaning, need not be filled in. By the month of the handoff.
    """
    fields = tuple(item.field for item in view.agreement.payload if item.required)
    if not fields:
        return Unmeasurable(say("the handoff names no data that must go along"))
    complete = Every(tuple(Fits(field_known(name), "handed_off") for name in fields))
    return MonthlyShare(
        Needs(events=("handed_off",), fields=fields), "handed_off", view.about_whom(promise, "handed_off"), complete
    )
