"""Whether leads come back with a reason."""

from __future__ import annotations

from checker.agreement import Promise
from checker.logic.aggregate import Fits, Surely, field_is, field_known
from checker.measures.asked import Asked, MonthlyShare, Needs
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import say


@measure(
    "return_reason_rate",
    "share",
    name=say("Returns with a reason"),
    executive=say("whether marketing can learn from what comes back"),
    marketer=say("the reasons, by channel"),
    seller=say("which returns still need a reason"),
)
def return_reason_rate(promise: Promise, view: View) -> Asked:
    """Returned leads with a reason from the agreement's list among all returned leads, by the month of the return.

    Where the data tells every return, each of them counts; else the first of each lead. Where the agreement lists no
    reasons, any reason counts.
    """
    reasons = tuple(view.agreement.sections.return_reasons or ())
    # a reason that was left out is no gap in the data: it is what the promise is about
    named = Surely(Fits(field_is("return_reason", *reasons) if reasons else field_known("return_reason")))
    needs = Needs(events=("returned",), columns=("return_reason",))
    return MonthlyShare(needs, "returned", view.about_whom(promise, "returned"), named, rows=view.rows_of("returned"))
