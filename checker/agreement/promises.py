"""Promises as they are written: a clock between two events, or a measure with its target; and escalation."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeAlias, get_args

from annotated_types import Len
from pydantic import Discriminator, Tag, model_validator
from pydantic_core import PydanticCustomError

from checker.agreement.base import BY_SHAPE, LIST, SCALAR, Entry, Filled, Maybe, OneOrMany, Prose, optional, required
from checker.agreement.conditions import Condition
from checker.agreement.scalars import (
    ID,
    SHARE,
    AtMostAmount,
    Id,
    PromiseTarget,
    Scalar,
    Target,
    Times,
    TimeSpan,
    WholeNumber,
)
from checker.agreement.stages import OrderedLine

MeasureId: TypeAlias = Literal[
    "volume",
    "rate",
    "acceptance_rate",
    "payload_completeness",
    "persistence_rate",
    "return_reason_rate",
    "recycled_on_time",
    "field_known",
    "entries",
    "meetings_held",
    "revenue",
    "single_channel",
    "missed_leads",
    "wrongly_qualified",
    "pipeline_coverage",
    "cost_per_customer",
    "rehandoff_rate",
    "capacity_use",
]
MEASURES: tuple[str, ...] = get_args(MeasureId)
"""The ids of all measures; `checker.measures` says how each is counted."""
ShareOfAllowed: TypeAlias = Annotated[str, Scalar("share of allowed", rf"{SHARE} of allowed", example="50% of allowed")]
OWN_WORKING_TIME = "of the seller"
"""In `working_time`: that of the seller who has the lead."""
AT_MOST = ("wrongly_qualified", "missed_leads", "rehandoff_rate")
"""Measures of what went wrong, whose target may not be gone over."""
LIMITS = (*AT_MOST, "capacity_use", "cost_per_customer")
"""All measures whose target may not be gone over."""


class LateWith(Entry):
    """The promise on which the other side must not have been late."""

    late: Id = required("The other side's promise", "handoff-speed")


class PromiseBase(Entry):
    """What every promise may say."""

    promise: Prose = required("The promise in one sentence", "Contact every new MQL in person")
    only: Maybe[Condition] = optional("The leads that the promise is about", {"return_reason": "bad_data"})
    when_late_leads_reach: Maybe[Annotated[dict[ShareOfAllowed, Prose], Len(min_length=1)]] = optional(
        "What happens as the allowed misses are used up", {"50% of allowed": "First topic of the weekly meeting"}
    )
    not_owed_when: Maybe[
        Filled[
            Annotated[
                Annotated[Literal["wrongly_qualified"], Tag(SCALAR)] | Annotated[LateWith, Tag("<mapping>")], BY_SHAPE
            ]
        ]
    ] = optional("Where the other side failed first, the lead is not owed", ["wrongly_qualified"])
    why: Maybe[Prose] = optional("Why this promise", "Half of the deals go to the first who calls")
    name: Maybe[Prose] = optional("A short name; the id if nothing is said", "First response")


class Rung(OrderedLine):
    """One line of a ladder of deadlines."""

    name: Id = required("The rung's name; it is judged on its own", "asked")
    time: TimeSpan = required("The deadline of these leads", "1 business hour")
    target: Maybe[Target] = optional("The share that must be in time; the promise's own if nothing is said", "95%")


class Clock(PromiseBase):
    """A promise with a deadline: from one event to another."""

    starts: Id = required("The event that starts the clock", "handed_off")
    stops: Id = required("The event that stops it", "first_personal_contact")
    within: Annotated[Annotated[TimeSpan, Tag(SCALAR)] | Annotated[Filled[Rung], Tag(LIST)], BY_SHAPE] = required(
        "The deadline, or a ladder of deadlines", "4 business hours"
    )
    target: Maybe[Target] = optional("The share that must be in time", "90%")
    no_answer_means: Maybe[Literal["accepted", "returned"]] = optional("How silence at the deadline counts", "accepted")
    working_time: Maybe[Annotated[str, Scalar("working time", rf"(?:{ID}|of the seller)", example="of the seller")]] = (
        optional("The working time that business hours are counted in; the first one if nothing is said")
    )


class Needs(Entry):
    """What counts as having tried often enough."""

    attempts: Maybe[WholeNumber] = optional("How many attempts", 6)
    channels: Maybe[WholeNumber] = optional("By how many different channels", 2)
    over: Maybe[TimeSpan] = optional("Over how long", "10 business days")


class Measured(PromiseBase):
    """A promise about a measure."""

    measure: MeasureId = required("What is measured", "volume")
    of: Maybe[Id] = optional("The stage, rate, field, reason or list that is measured", "mql")
    needs: Maybe[Needs] = optional("What counts as tried often enough", {"attempts": 6})
    judged_after: Maybe[TimeSpan] = optional("The age at which a cohort is judged", "90 days")
    target: Maybe[
        Annotated[
            PromiseTarget,
            Tag(SCALAR),
        ]
    ] = optional("The share or rate that must be reached, or `as planned`", "90%")


def _promise_kind(value: Any) -> str:
    written = value if isinstance(value, Mapping) else getattr(value, "__dict__", {})
    return "<measure>" if "measure" in written else "<clock>"


Promised: TypeAlias = Annotated[
    Annotated[Clock, Tag("<clock>")] | Annotated[Measured, Tag("<measure>")], Discriminator(_promise_kind)
]


class EscalateWhen(Entry):
    """What triggers a step."""

    model_config = {"json_schema_extra": {"minProperties": 1, "maxProperties": 1}}

    missed: Maybe[WholeNumber] = optional("So many missed leads", 1)
    late_by: Maybe[TimeSpan] = optional("So long after the deadline", "2 business hours")
    months_missed: Maybe[WholeNumber] = optional("So many months missed in a row", 2)

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise PydanticCustomError("one_of_these", "one")
        return self


class Escalation(Entry):
    """One step of escalation."""

    when: EscalateWhen = required("What triggers the step", {"missed": 1})
    of: Maybe[OneOrMany[Id]] = optional(
        "The promises that it is about; all clocks if nothing is said", "first-response"
    )
    tell: OneOrMany[Id] = required("Who is told: people, a team, or `seller` (the lead's own)", "seller")
    then: Prose = required("What is done", "Call now")


__all__ = [
    "MEASURES",
    "AtMostAmount",
    "Clock",
    "Escalation",
    "Measured",
    "Needs",
    "Promised",
    "Rung",
    "Times",
]
