"""Figures of the reports: what the data tells beside the promises, as part of a results file.

No figure decides anything. `channel` is null for all channels together. Times are seconds, rounded down: to minutes,
from two hours on to ten of them, from two days on to hours, from twenty days on to days.
"""

from __future__ import annotations

from pydantic import Field

from checker.record import Record


class Quantiles(Record):
    """The times that a half, three quarters, nine in ten and 19 in 20 did not exceed (nearest rank)."""

    median: int
    p75: int
    p90: int
    p95: int


class TimeTaken(Record):
    """How long leads took from one event to another."""

    period: str
    channel: str | None = None
    starts: str
    stops: str
    promise: str | None = Field(
        default=None,
        description="The promise (or rung) whose leads these are, by the month of the deadline; null for all leads, by "
        "the month of the start",
    )
    count: int = Field(description="Leads with both events")
    worked: Quantiles | None = Field(default=None, description="In working time; null where it cannot be told")
    elapsed: Quantiles = Field(description="On the wall: as the buyer waits")


class Conversion(Record):
    """What became of the leads that entered a stage in a month, those that still have time told by estimate."""

    period: str
    channel: str | None = None
    stage: str
    reaches: str
    entered: int
    reached: int
    horizon: str | None = Field(default=None, description="The time that the promised rate gives")
    expected: float | None = Field(
        default=None,
        description="Share that reaches it within the horizon, by Kaplan and Meier: leads that are too young count as "
        "long as they were seen; null without a horizon, or where no lead is old enough",
    )
    median_days: int | None = Field(default=None, description="Of those that reached it")
    p90_days: int | None = None
    by_age: dict[int, int] = Field(
        default={},
        description="Days after a lead entered -> how many had reached it by then; only for days that every lead of "
        "the month has seen",
    )
    waiting: int = Field(description="Leads that have not reached it, and are not lost")
    waiting_median_days: int | None = Field(default=None, description="For how long they have waited")
    stuck: int = Field(description="Of those that wait, how many longer than nine in ten of all that ever went on took")


class DailyCounts(Record):
    """How many leads reached a stage on each day of the month of the cut-off, and of the month before it."""

    period: str
    stage: str
    counts: tuple[int, ...] = Field(description="Of each day, from the 1st to the cut-off or the month's end")
    working_days: tuple[int, ...] = Field(description="The days of the month on which people work: 1, 4, 5 …")


class Sale(Record):
    """What was won in a month: of all (`channel` and `persona` null), of a channel, or of a persona."""

    period: str
    channel: str | None = None
    persona: str | None = None
    customers: int
    revenue: float
    without_amount: int
    average: float | None = Field(default=None, description="Of the customers whose amount is known")
    median: float | None = Field(default=None, description="Of all channels and personas only")
    largest_share: float | None = Field(
        default=None, description="The largest deal's share of the revenue: over 0.3 the average says little"
    )


class CustomerCost(Record):
    """The budgets of a month's channels, and the customers that its opportunities have become so far."""

    period: str
    budget: float
    opportunities: int
    customers: int
    expected_customers: float | None = Field(default=None, description="By the written rate")


class ReturnReason(Record):
    """How many leads came back for a reason in a month; null for one without a reason."""

    period: str
    channel: str | None = None
    reason: str | None
    count: int
    share: float = Field(description="Of the returns of the month and channel")
    is_listed: bool = Field(description="Whether the agreement lists the reason")


class FieldFilled(Record):
    """How often a field of the payload came along with leads that were handed over."""

    period: str
    channel: str | None = None
    field: str
    filled: int
    leads: int


class Attempts(Record):
    """Returns for a reason in a month, by how often sales had tried before: at least so many times."""

    period: str
    reason: str
    returns: int
    at_least: dict[int, int] = Field(description="Attempts -> returns with at least so many before them")


class SecondHandoffs(Record):
    """What became of leads that were handed over again in a month."""

    period: str
    handed_over: int
    won: int
    returned: int


class SellerLoad(Record):
    """Leads that a seller got in a month, of how many that the seller takes; null for sellers who are not named."""

    period: str
    seller: str | None
    handoffs: int
    limit: float | None = None


class Closing(Record):
    """Opportunities by the month in which they closed, or are expected to."""

    period: str | None = Field(description="Null for open ones without an expected day, or with one that is over")
    value: float
    opportunities: int
    revenue: float | None = Field(default=None, description="The revenue planned for the month")
    times: float | None = Field(default=None, description="Value divided by revenue")


class RankCount(Record):
    """How many leads have a rank now."""

    rank: str
    leads: int


class EarlyContacts(Record):
    """First personal contacts of a month, and how many found a lead in a mode that is another team's."""

    period: str
    contacts: int
    in_other_mode: int


class Objection(Record):
    """An objection that was written down: how often, and which content answers it."""

    objection: str
    count: int
    answered_by: tuple[str, ...] = ()


class Figures(Record):
    """All of them; each is empty where the data does not tell it."""

    times: tuple[TimeTaken, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    daily: tuple[DailyCounts, ...] = ()
    sales: tuple[Sale, ...] = ()
    customer_costs: tuple[CustomerCost, ...] = ()
    return_reasons: tuple[ReturnReason, ...] = ()
    fields_filled: tuple[FieldFilled, ...] = ()
    attempts: tuple[Attempts, ...] = ()
    second_handoffs: tuple[SecondHandoffs, ...] = ()
    seller_loads: tuple[SellerLoad, ...] = ()
    closing: tuple[Closing, ...] = ()
    ranks: tuple[RankCount, ...] = ()
    early_contacts: tuple[EarlyContacts, ...] = ()
    objections: tuple[Objection, ...] = ()
