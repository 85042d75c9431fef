"""How many of the leads that sales decided on were accepted."""

from __future__ import annotations

from checker.agreement import Promise
from checker.logic.aggregate import ANSWERED, Fits, Happened, Opposite, Some, field_is
from checker.measures.asked import Asked, MonthlyShare, Needs
from checker.measures.measure import measure
from checker.measures.view import View
from checker.measures.volume import counted
from checker.message import say


@measure(
    "acceptance_rate",
    "share",
    name=say("Accepted leads"),
    executive=say("whether sales wants what marketing hands over"),
    marketer=say("the share accepted, by channel and with the reasons of the others"),
    seller=say("how many leads came back, and why"),
)
def acceptance_rate(promise: Promise, view: View) -> Asked:
    """Accepted leads among the leads that were decided on, by the month of the decision.

    A lead is accepted when it was decided, and not returned for a reason that is found before accepting. A lead on
    which nothing was decided in time counts as `no_answer_means` says, in the month in which the time was over, and
    is counted apart. Returns for a reason with `counts: no` are left out.
    """
    reasons = (view.agreement.sections.return_reasons or {}).values()
    comes_back = any(reason.found == "before accepting" for reason in reasons)
    needs = Needs(
        events=("handed_off", "decided", *(("returned",) if comes_back else ())),
        columns=("return_reason",) if comes_back else (),
    )
    stage = view.handoff_stage
    of = view.about_whom(promise, "handed_off", *(counted(view, stage) if stage else ()))
    silent = Opposite(Some(tuple(Happened(event) for event in needs.events[1:])))
    return MonthlyShare(needs, ANSWERED, of, Fits(field_is("accepted", True)), silent=silent)
