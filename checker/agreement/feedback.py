"""What comes back: outcomes, reasons to return a lead, and handing it over again."""

from typing import Literal

from checker.agreement.base import Entry, Maybe, Prose, optional, required
from checker.agreement.fields import Bant
from checker.agreement.scalars import CalendarSpan, TimeSpan, WholeNumber


class ReturnReason(Entry):
    """Why sales sends a lead back, and what happens then."""

    found: Literal["before accepting", "after accepting"] = required(
        "Whether sales notices before saying yes or later", "before accepting"
    )
    back_to: Literal["marketing", "sales", "nobody"] = required("Who has the lead next", "marketing")
    then: Literal["close", "nurture", "repair", "merge", "find contact"] = required("What happens next", "nurture")
    bant: Maybe[Bant] = optional("The BANT answer that was no", "budget")
    within: Maybe[TimeSpan] = optional("By when the next step is done", "10 business days")
    come_back_after: Maybe[CalendarSpan] = optional("When marketing contacts the lead again", "90 days")
    counts: Maybe[Literal[False]] = optional("`no`: the return and its handoff are left out of volume and acceptance")
    name: Maybe[Prose] = optional("The name that people read", "No budget")
    means: Maybe[Prose] = optional("When this reason is right", "There is no money for it this year")


class HandOffAgain(Entry):
    """How often a returned lead may be handed over again."""

    at_most: WholeNumber = required("How many times", 2)
    in_: CalendarSpan = required("In how long", "12 months", alias="in")
