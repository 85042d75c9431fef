"""Working together: meetings, tools, processes, roles, the dictionary."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Tag

from checker.agreement.base import (
    BY_SHAPE,
    LIST,
    MAPPING,
    SCALAR,
    Entry,
    Filled,
    Maybe,
    OneOrMany,
    Prose,
    optional,
    required,
)
from checker.agreement.scalars import DURATION, ClockTime, Date, Every, Id, MeetingDay, Scalar, Text
from checker.quantity import Duration

Topic: TypeAlias = Literal[
    "volume",
    "targets",
    "next targets",
    "rates",
    "customers and revenue by channel",
    "returned leads",
    "late first contacts",
    "missed promises",
    "wins",
    "improvements",
    "new objections",
    "messages that worked",
    "competitors",
    "personas",
    "value propositions",
    "backtest of the criteria",
    "dictionary",
]


class OtherTopic(Entry):
    """A topic of the company's own."""

    other: Text = required("The topic", "Prices of next year")


class Meeting(Entry):
    """A joint meeting."""

    name: Maybe[Prose] = optional("The name that people read", "Weekly 30 minutes")
    every: Every = required("How often; months are counted from the plan's first", "week")
    on: Maybe[MeetingDay] = optional("On which day; on a holiday, the next working day")
    at: Maybe[ClockTime] = optional("At what time", "09:30")
    who: Filled[Id] = required("The teams and people who come", ["marketing", "sales"])
    topics: Filled[Annotated[Annotated[Topic, Tag(SCALAR)] | Annotated[OtherTopic, Tag(MAPPING)], BY_SHAPE]] = required(
        "What is talked about", ["returned leads"]
    )


AT_ONCE = "at once"


class Tool(Entry):
    """A system, and what it records."""

    name: Maybe[Prose] = optional("The name that people read", "CRM")
    team: Id = required("The team that keeps it", "sales")
    records: Filled[Id] = required("The events, fields and lists that it records", ["handed_off", "decided"])
    synced: Maybe[
        Annotated[
            Duration | str,
            Scalar(
                "synced",
                rf"(?:{AT_ONCE}|{DURATION})",
                lambda text: text if text == AT_ONCE else Duration.parse(text),
                example="15 minutes",
            ),
        ]
    ] = optional("How long its records take to arrive")


class Process(Entry):
    """Steps that are always done in the same way."""

    name: Maybe[Prose] = optional("The name that people read", "Nurture")
    team: Id = required("The team that does it", "marketing")
    steps: Maybe[Filled[Text]] = optional("The steps, in order", ["First contact", "BANT questions"])
    helped_by: Maybe[OneOrMany[Id]] = optional("The team that helps", "marketing")
    pilot: Maybe[Filled[Id]] = optional("The people who try it first", ["bruno"])
    pilot_until: Maybe[Date] = optional("The day on which the pilot ends")
    means: Maybe[Prose] = optional("What it is for", "No lead is forgotten")


class Role(Entry):
    """What a team does, and does not."""

    works_with: Maybe[Prose] = optional("With whom it works", "many people at once")
    does: Maybe[Filled[Text]] = optional("What it does", ["attract", "teach"])
    does_not: Maybe[Filled[Text]] = optional("What it does not do", ["cold calls"])


class Term(Entry):
    """A word that both teams use in the same sense."""

    means: Prose = required("What it means", "An hour inside our working time")
    also_called: Maybe[Filled[Text]] = optional("Other words for it", ["rejected lead"])


__all__ = ["AT_ONCE", "LIST", "Meeting", "OtherTopic", "Process", "Role", "Term", "Tool", "Topic"]
