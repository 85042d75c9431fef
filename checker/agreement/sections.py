"""Every top-level key of an agreement, in the order in which the pages and the schema show them."""

from typing import Annotated, Literal

from annotated_types import Len

from checker.agreement.base import Entry, Filled, Maybe, Prose, optional
from checker.agreement.beside import Checks, LogEntry, LogList, NotCounted, Release
from checker.agreement.cooperation import Meeting, Process, Role, Term, Tool
from checker.agreement.customer import Content, Persona, ValueProposition
from checker.agreement.feedback import HandOffAgain, ReturnReason
from checker.agreement.fields import Action, Field, Group, Mode, Points
from checker.agreement.handoff import Departure, Handoff, Seller, SellerLimit
from checker.agreement.people import Person, WorkingTime
from checker.agreement.plan import Campaign, Channel, Plan, TargetLine
from checker.agreement.promises import Escalation, Promised
from checker.agreement.scalars import MONTH, Currency, Id, Language, Scalar, ShareOf, Text, WholeNumber
from checker.agreement.source import AnySource
from checker.agreement.stages import Rank, Stage
from checker.quantity import Month

REQUIRED = ("format", "agreement", "stages")
"""Without these there is no agreement; everything else may come later."""
BESIDE = ("source", "log", "checks", "not_counted", "release")
"""Keys that stand beside an agreement: never released, never compared."""

MonthKey = Annotated[Month, Scalar("month", MONTH, Month.parse, example="2026-11")]
Promises = dict[Id, Promised]


class Sections(Entry):
    """A marketing-sales agreement (sla/v1)."""

    format: Maybe[Literal["sla/v1"]] = optional("The version of this format", "sla/v1")
    agreement: Maybe[Prose] = optional("What the agreement is called", "Glacivo marketing and sales agreement")
    status: Maybe[Literal["draft", "signed"]] = optional(
        "`draft`: what is missing is a checklist; `signed`: it is a warning", "draft"
    )
    language: Maybe[Language] = optional("The language in which the agreement is written", "en")
    currency: Maybe[Currency] = optional("The currency of all amounts", "BRL")
    people: Maybe[dict[Id, Person]] = optional(
        "Everybody whom the agreement names", {"ana": {"name": "Ana Beltrão", "team": "sales"}}
    )
    working_time: Maybe[Annotated[dict[Id, WorkingTime], Len(min_length=1)]] = optional(
        "Calendars for business hours and days; the first holds where a promise names none",
        {"office": {"timezone": "Europe/Warsaw", "days": "Monday to Friday", "hours": "08:00 to 16:00"}},
    )
    plan: Maybe[Plan] = optional("The shared goal", {"months": "2027-01 to 2027-06"})
    targets: Maybe[dict[Id, dict[Id, TargetLine]]] = optional(
        "Stage, channel (or `all`), period, number; what is not written follows from the rates",
        {"mql": {"all": {"2027-01 to 2027-03": 80}}},
    )
    opened_before_plan: Maybe[dict[MonthKey, WholeNumber]] = optional(
        "Opportunities of earlier months that close inside the plan", {"2026-11": 24}
    )
    rates: Maybe[dict[Id, ShareOf]] = optional(
        "Conversion rates where a channel says nothing else", {"lead_to_mql": "20%"}
    )
    channels: Maybe[dict[Id, Channel]] = optional("Ways by which leads come", {"referral": {"team": "sales"}})
    campaigns: Maybe[dict[Id, Campaign]] = optional("Campaigns", {"audits": {"channel": "email", "sends": 400}})
    fields: Maybe[dict[Id, Field]] = optional(
        "Every field that a condition may use", {"employees": {"is": "whole number"}}
    )
    actions: Maybe[dict[Id, Action]] = optional(
        "What people do, what it tells us, what it counts", {"ask_for_demo": {"mode": "buying", "points": 40}}
    )
    points: Maybe[Points] = optional("How points are counted", {"over": "60 days"})
    modes: Maybe[dict[Id, Mode]] = optional(
        "Information and buying mode; a lead's mode is that of its last action", {"buying": {"contact_by": "sales"}}
    )
    groups: Maybe[dict[Id, Group]] = optional("Named conditions", {"large": {"employees": "at least 50"}})
    personas: Maybe[dict[Id, Persona]] = optional("Kinds of buyers", {"director": {"role_in_decision": "decides"}})
    value_propositions: Maybe[dict[Id, ValueProposition]] = optional(
        "The few strongest sentences, each with a proof",
        {"fast": {"say": "It calls within two minutes", "for": "director", "proof": "Log of 38 sites"}},
    )
    stages: Maybe[Annotated[dict[Id, Stage], Len(min_length=1)]] = optional(
        "The stages in the order a buyer goes through them", {"lead": {"team": "marketing"}}
    )
    ranking: Maybe[Filled[Rank]] = optional(
        "The rank of each lead; the first line that fits wins", [{"otherwise": True, "rank": "cold"}]
    )
    handoff: Maybe[Handoff] = optional("How leads pass to sales", {"stage": "mql", "channel": "The queue"})
    sellers: Maybe[dict[Id, Seller]] = optional("The people who receive leads", {"ana": {"stand_in": "bruno"}})
    limit_per_seller: Maybe[SellerLimit] = optional("What one seller can take", {"handoffs": "22 a month"})
    if_seller_leaves: Maybe[Departure] = optional("Who takes over when a seller leaves", {"to": "tomas"})
    if_all_are_away: Maybe[Id] = optional("Who takes leads when seller and stand-in are away", "tomas")
    personal_contact: Maybe[Filled[Text]] = optional("What counts as personal contact", ["phone call"])
    marketing_promises: Maybe[Promises] = optional(
        "What marketing owes sales", {"volume": {"promise": "Deliver the target", "measure": "volume", "of": "mql"}}
    )
    sales_promises: Maybe[Promises] = optional(
        "What sales owes marketing",
        {
            "first-response": {
                "promise": "Call each new lead",
                "starts": "handed_off",
                "stops": "first_personal_contact",
                "within": "4 business hours",
                "target": "90%",
            }
        },
    )
    both_promise: Maybe[Promises] = optional(
        "What both owe each other",
        {"revenue": {"promise": "Reach the goal together", "measure": "revenue", "target": "as planned"}},
    )
    escalation: Maybe[Filled[Escalation]] = optional(
        "What happens when promises are missed",
        [{"when": {"missed": 1}, "tell": "seller", "then": "Call now"}],
    )
    outcomes: Maybe[Filled[Id]] = optional("What may become of a lead", ["won_deal", "still_working"])
    return_reasons: Maybe[dict[Id, ReturnReason]] = optional(
        "Why leads come back, and what happens then",
        {"no_need": {"found": "after accepting", "back_to": "nobody", "then": "close"}},
    )
    hand_off_again: Maybe[HandOffAgain] = optional(
        "How often a lead may be handed over again", {"at_most": 2, "in": "12 months"}
    )
    objections: Maybe[dict[Id, Prose]] = optional("What buyers object", {"price": "It costs too much"})
    content: Maybe[dict[Id, Content]] = optional(
        "Content, for whom and by whom", {"guide": {"stage": "lead", "for": "director", "by": "camila"}}
    )
    meetings: Maybe[dict[Id, Meeting]] = optional(
        "Joint meetings", {"weekly": {"every": "week", "who": ["marketing", "sales"], "topics": ["volume"]}}
    )
    tools: Maybe[dict[Id, Tool]] = optional(
        "Systems and what they record", {"crm": {"team": "sales", "records": ["handed_off"]}}
    )
    processes: Maybe[dict[Id, Process]] = optional("Steps done in the same way", {"sale": {"team": "sales"}})
    roles: Maybe[dict[Id, Role]] = optional("What each team does and does not", {"sales": {"does": ["advise"]}})
    dictionary: Maybe[dict[Text, Term]] = optional("Words in one sense", {"BANT": {"means": "Four questions"}})
    words_to_avoid: Maybe[dict[Text, Text]] = optional("A word, and what to say instead", {"suspect": "lead"})
    source: Maybe[AnySource] = optional(
        "Where the funnel's data is and how it is read",
        {"files": {"lead": {"path": "leads.csv"}}, "leads": {"from": "lead", "id": "Record ID"}},
    )
    log: Maybe[dict[LogList, Filled[LogEntry]]] = optional(
        "What no system exports", {"kits": [{"what": "Four posts", "on": "2027-01-07", "by": "camila"}]}
    )
    not_counted: Maybe[Filled[NotCounted]] = optional(
        "Exceptions that both sides agreed on",
        [{"leads": ["L-20331"], "promise": "first-response", "why": "Logged late", "agreed_by": ["camila", "tomas"]}],
    )
    checks: Maybe[Checks] = optional("What this company wants of the tool", {"severity": {"SLA801": "warning"}})
    release: Maybe[Release] = optional(
        "The stamp of a version; written by `sla release`", {"version": "2027.1", "valid_from": "2027-01-01"}
    )


def section_names() -> tuple[str, ...]:
    """The top-level keys, in order."""
    return tuple(Sections.model_fields)
