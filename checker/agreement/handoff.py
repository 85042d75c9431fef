"""The handoff: at which stage, by which one channel, with which data, to which seller."""

from typing import Annotated, Literal

from annotated_types import Len
from pydantic import Tag

from checker.agreement.base import BY_SHAPE, LIST, MAPPING, Entry, Filled, Maybe, OneOrMany, Prose, optional, required
from checker.agreement.scalars import ClockTime, Date, Id, RateAMonth, ShareOf, TimeSpan, WholeNumber
from checker.agreement.stages import OrderedLine


class Fallback(Entry):
    """What happens when the automatic handoff fails."""

    then: Prose = required("What is done instead", "Daily export to the same queue")
    until: Maybe[ClockTime] = optional("By when, on the next working day", "09:00")


class PayloadField(Entry):
    """A field that goes along with a lead."""

    used_for: Maybe[Prose] = optional("What sales uses it for", "first call")
    why: Maybe[Prose] = optional("Why it goes along", "Half of the calls begin with it")


class Route(OrderedLine):
    """Which seller gets a lead."""

    to: OneOrMany[Id] = required("A seller, several who take turns, or a field that holds the seller", ["ana", "bruno"])


class Handoff(Entry):
    """How a lead passes from marketing to sales."""

    stage: Id = required("The stage at which a lead is handed over", "mql")
    channel: Prose = required("The one channel by which sales receives leads", 'CRM queue "New hot leads"')
    how: Maybe[Literal["integration", "e-mail", "notification", "export"]] = optional(
        "What carries it there", "integration"
    )
    seller_told_by: Maybe[Prose] = optional("How the seller learns of it", "CRM notification")
    if_it_fails: Maybe[Fallback] = optional("The way round a failure", {"then": "Daily export to the same queue"})
    must_have: Maybe[
        Annotated[
            Annotated[Filled[Id], Tag(LIST)] | Annotated[dict[Id, PayloadField], Len(min_length=1), Tag(MAPPING)],
            BY_SHAPE,
        ]
    ] = optional(
        "Fields that every handed-over lead must have; what criteria and routing use goes along by itself",
        {"phone": {"used_for": "first call"}},
    )
    nice_to_have: Maybe[
        Annotated[
            Annotated[Filled[Id], Tag(LIST)] | Annotated[dict[Id, PayloadField], Len(min_length=1), Tag(MAPPING)],
            BY_SHAPE,
        ]
    ] = optional("Fields that go along where they are known", ["last_visit"])
    routing: Maybe[Filled[Route]] = optional(
        "Which seller gets which lead; the first line that fits wins", [{"otherwise": True, "to": "edu"}]
    )
    why: Maybe[Prose] = optional("Why it is done this way", "Two channels lost one lead in ten")


class Seller(Entry):
    """A person who receives leads."""

    stand_in: Maybe[Id] = optional("Who takes the leads when this person is away", "bruno")
    starts: Maybe[Date] = optional("The first working day of someone new")
    ends: Maybe[Date] = optional("The last working day of someone who leaves")
    ramp: Maybe[Filled[ShareOf]] = optional(
        "The share of the limits in each calendar month from the first; 100% after", ["25%", "50%", "75%", "100%"]
    )
    working_time: Maybe[Id] = optional("The seller's own working time", "office")


class SellerLimit(Entry):
    """What one seller can take."""

    handoffs: Maybe[RateAMonth] = optional("Handed-over leads", "22 a month")
    new_opportunities: Maybe[RateAMonth] = optional("New opportunities", "10 a month")
    open_opportunities: Maybe[WholeNumber] = optional("Opportunities that are open at one time", 20)
    why: Maybe[Prose] = optional("Why these limits", "Measured in 2026")


class Departure(Entry):
    """Who takes over when a seller leaves."""

    to: Id = required("The person who takes the leads", "tomas")
    within: Maybe[TimeSpan] = optional("By when", "1 business day")
