"""Whether the leads' records are kept up to date."""

from __future__ import annotations

from checker.agreement import Promise
from checker.logic.aggregate import Every, Fits, Happened, Opposite, Surely, field_known
from checker.measures.asked import Asked, Needs, Snapshot, Unmeasurable
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import say


@measure(
    "field_known",
    "share",
    name=say("Leads whose field is filled in"),
    executive=say("whether the numbers can be trusted"),
    marketer=say("what is known of the leads that sales works on"),
    seller=say("which leads still need an entry"),
)
def field_known_now(promise: Promise, view: View) -> Asked:
    """Leads in which the field is filled in, among those that fit `only` and are not lost, as at the cut-off.

    It says nothing of earlier months: what a field held then is not in the data.
    """
    name = promise.measured.of if promise.measured else None
    if name is None or view.agreement.field_kind(name) is None:
        return Unmeasurable(say("it does not name one of the fields"))
    lost = (Opposite(Surely(Happened("lost"))),) if view.has_event("lost") else ()
    asked = [leaf.field for leaf in view.agreement.reached(promise.only)] if promise.only is not None else []
    of = view.about_whom(promise, None, *lost) or Every(())
    return Snapshot(Needs(fields=(name, *asked)), of, Fits(field_known(name)))
