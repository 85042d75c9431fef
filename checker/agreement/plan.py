"""The plan in numbers: months, goal, targets, rates, channels, campaigns."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal

from annotated_types import Len
from pydantic import Tag

from checker.agreement.base import BY_SHAPE, MAPPING, SCALAR, Entry, Maybe, Prose, optional, required
from checker.agreement.conditions import Condition
from checker.agreement.scalars import (
    PERIOD,
    Amount,
    AtMostAmount,
    Id,
    MonthlyAmount,
    MonthOf,
    MonthSpan,
    PeriodOf,
    Scalar,
    ShareOf,
    Since,
    Times,
    WholeNumber,
    parse_period,
)
from checker.quantity import Duration, Month, Period, Share

ALL_CHANNELS = "all"


class Plan(Entry):
    """What both teams want to reach together."""

    months: PeriodOf = required("The months that the plan covers")
    revenue: Maybe[Amount] = optional("The shared goal: revenue of the whole plan")
    customers: Maybe[WholeNumber] = optional("Customers to win in the whole plan")
    why: Maybe[Prose] = optional("Where the goal comes from", "Half of the yearly plan")
    average_deal: Maybe[Amount] = optional("What one customer brings on average")
    sales_cycle: Maybe[
        Annotated[
            Annotated[MonthSpan, Tag(SCALAR)] | Annotated[dict[MonthSpan, ShareOf], Len(min_length=1), Tag(MAPPING)],
            BY_SHAPE,
        ]
    ] = optional("Months from opportunity to customer, or the share that closes after each", "2 months")
    pipeline_coverage: Maybe[Times] = optional(
        "Value of the opportunities that close in a month, as a multiple of its revenue target"
    )
    cost_per_customer: Maybe[AtMostAmount] = optional("The most that marketing may spend to win one customer")

    def closing(self) -> dict[int, Fraction]:
        """Months after opening -> share of the wins that close then; shares add up to 1 in a sound plan."""
        if self.sales_cycle is None:
            return {}
        if isinstance(self.sales_cycle, dict):
            spans: dict[Duration, Share] = self.sales_cycle
            return {span.count: share.value for span, share in spans.items()}
        return {self.sales_cycle.count: Fraction(1)}


PeriodKey = Annotated[str, Scalar("period", PERIOD, lambda text: str(text) if parse_period(text) else text)]


class TargetLine(Entry):
    """The targets of one stage and channel: a whole number for each period."""

    model_config = {"extra": "allow"}
    __pydantic_extra__: dict[PeriodKey, WholeNumber]

    why: Maybe[Prose] = optional("Why these numbers", "The spring fair doubles the leads")

    def written(self) -> Iterator[tuple[str, Period, int]]:
        """Each period as written, as a value, and its number (for each month of the period)."""
        for text, number in (self.__pydantic_extra__ or {}).items():
            yield text, Period.parse(text), number

    def by_month(self) -> dict[Month, int]:
        """Month -> number; where periods overlap the later line wins (a rule reports the overlap)."""
        return {month: number for _, period, number in self.written() for month in period}


class Channel(Entry):
    """A way by which leads come."""

    name: Maybe[Prose] = optional("The name that people read", "Articles and search")
    team: Id = required("The team that runs it", "marketing")
    since: Maybe[Since] = optional("The month in which it began")
    status: Maybe[Literal["trial"]] = optional("`trial`: shown, but the goal should not lean on it", "trial")
    starts_at: Maybe[Id] = optional("The first stage that its leads have", "lead")
    budget: Maybe[MonthlyAmount] = optional("What it costs each month")
    rates: Maybe[dict[Id, ShareOf]] = optional("Conversion rates of its own", {"lead_to_mql": "20%"})
    why: Maybe[Prose] = optional("Why it is used, or why its numbers move", "The spring fair doubles the leads")


class Campaign(Entry):
    """One campaign: many are written to, few are handed over."""

    name: Maybe[Prose] = optional("The name that people read", "Audit season")
    channel: Id = required("The channel that it belongs to", "email_webinars")
    to: Maybe[Condition] = optional("Who receives it", {"persona": "quality_manager"})
    sends: Maybe[WholeNumber] = optional("How many receive it")
    hands_over: Maybe[WholeNumber] = optional("How many of them are handed over: part of the channel's target")
    month: Maybe[MonthOf] = optional("The month in which it counts")
    why: Maybe[Prose] = optional("Why it is done", "Audits are in April")
