"""What a company of some kind may begin with: its stages, its channels, and the three promises that matter first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.message import Message, say


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """A kind of company.

    `stages` and `channels` are (id, name, team or role); the stage `handed_over` is the one that marketing hands to
    sales. `deadline` is how soon a seller calls, `cycle` when a month's leads can be judged, `volume` and `rate` are
    numbers to begin with, which nobody has measured.
    """

    described: Message
    stages: Sequence[tuple[str, Message, str]]
    channels: Sequence[tuple[str, Message, str]]
    handed_over: str
    rate: str
    deadline: str
    cycle: str
    volume: int
    share: str


STARTING_POINTS: Mapping[str, StartingPoint] = {
    "software": StartingPoint(
        say("a software company: many leads from the web, short cycle"),
        stages=(
            ("lead", say("Lead"), "marketing"),
            ("mql", say("Marketing qualified lead"), "marketing"),
            ("sql", say("Sales qualified lead"), "sales"),
            ("opportunity", say("Opportunity"), "pipeline"),
            ("customer", say("Customer"), "won"),
        ),
        channels=(
            ("organic_search", say("Organic search"), "marketing"),
            ("paid_search", say("Paid search"), "marketing"),
            ("email", say("E-mail and webinars"), "marketing"),
            ("referral", say("Referrals"), "sales"),
        ),
        handed_over="mql",
        rate="mql_to_sql",
        deadline="4 business hours",
        cycle="30 days",
        volume=80,
        share="40%",
    ),
    "agency": StartingPoint(
        say("an agency: few enquiries, a proposal for each"),
        stages=(
            ("enquiry", say("Enquiry"), "marketing"),
            ("qualified", say("Qualified enquiry"), "marketing"),
            ("proposal", say("Proposal"), "pipeline"),
            ("client", say("Client"), "won"),
        ),
        channels=(
            ("website", say("Website"), "marketing"),
            ("social", say("Social media"), "marketing"),
            ("events", say("Events and talks"), "marketing"),
            ("referral", say("Referrals"), "sales"),
        ),
        handed_over="qualified",
        rate="qualified_to_proposal",
        deadline="1 business day",
        cycle="60 days",
        volume=25,
        share="50%",
    ),
    "industry": StartingPoint(
        say("an industrial seller: fairs and distributors, long cycle, quotes"),
        stages=(
            ("inquiry", say("Inquiry"), "marketing"),
            ("qualified", say("Qualified inquiry"), "marketing"),
            ("quote", say("Quote"), "pipeline"),
            ("order", say("Order"), "won"),
        ),
        channels=(
            ("trade_fairs", say("Trade fairs"), "marketing"),
            ("website", say("Website"), "marketing"),
            ("distributors", say("Distributors"), "sales"),
            ("field_sales", say("Field sales"), "sales"),
        ),
        handed_over="qualified",
        rate="qualified_to_quote",
        deadline="1 business day",
        cycle="90 days",
        volume=30,
        share="30%",
    ),
}
