"""The data that both teams talk about: fields, actions, points, modes, named groups."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Tag, model_validator
from pydantic_core import PydanticCustomError

from checker.agreement.base import BY_SHAPE, LIST, MAPPING, Entry, Filled, Maybe, Prose, optional, required
from checker.agreement.conditions import Condition, spelled
from checker.agreement.scalars import (
    MONEY,
    CalendarSpan,
    Date,
    Id,
    Number,
    Scalar,
    WholeNumber,
    parse_amount,
)

FieldType: TypeAlias = Literal[
    "text",
    "one of",
    "whole number",
    "number",
    "money",
    "date",
    "yes or no",
    "days ago",
    "months",
    "channel",
    "action",
    "list of actions",
    "seller",
]
Word: TypeAlias = Annotated[str, Scalar("word", r"[\s\S]*\S[\s\S]*", str, whole=True, example="food distribution")]
BlankValue: TypeAlias = Annotated[
    str, Scalar("word", r"[\s\S]*\S[\s\S]*", spelled, whole=True, decimal=True, truth=True, example="end user")
]
"""A value of the field, as it is written: `blank_means: no` of a yes or no needs no quotes."""
Bant: TypeAlias = Literal["budget", "authority", "need", "timeline"]


class Field(Entry):
    """A piece of data about a lead."""

    is_: FieldType = required("What kind of value it holds", "whole number", alias="is")
    values: Maybe[Filled[Word]] = optional("Of a `one of` field: the values it may have", ["Brazil", "Portugal"])
    from_: Maybe[Number] = optional("The smallest value that makes sense", 1, alias="from")
    to: Maybe[Number] = optional("The largest value that makes sense", 200000)
    is_optional: Maybe[bool] = optional("`yes`: blank means that there is none, and is known", True, alias="optional")
    blank_means: Maybe[BlankValue] = optional("The value that a blank stands for", "end user")
    filled_in: Maybe[Literal["before handoff", "after handoff"]] = optional(
        "When it is filled in; before the handoff if nothing is said", "after handoff"
    )
    kept_in: Maybe[Id] = optional("The tool that keeps it", "crm")
    bant: Maybe[Bant] = optional("The BANT question that it answers", "budget")
    consent: Maybe[bool] = optional("`yes`: it records that the person agreed to be contacted", True)
    personal_data: Maybe[bool] = optional("`yes`: never printed unless asked for", True)
    name: Maybe[Prose] = optional("The name that people read", "Number of cold rooms")
    means: Maybe[Prose] = optional("What it says of a lead", "Rooms below 8 °C")

    model_config = {
        "json_schema_extra": {
            "if": {"properties": {"is": {"const": "one of"}}, "required": ["is"]},
            "then": {"required": ["values"]},
            "else": {"not": {"required": ["values"]}},
        }
    }

    @model_validator(mode="after")
    def _has_values(self) -> Self:
        if (self.is_ == "one of") is (self.values is None):
            raise PydanticCustomError("values_of", "{kind}", {"kind": self.is_})
        return self

    @property
    def known_before_handoff(self) -> bool:
        return self.filled_in != "after handoff"


FieldValue: TypeAlias = str | Fraction | date | bool
_UNITS = {"days ago": re.compile(r"([0-9]+) days?\Z"), "months": re.compile(r"([0-9]+) months?\Z")}
_MONEY = re.compile(rf"(?:{MONEY})\Z")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")


def read_operand(kind: str, written: Any) -> FieldValue:
    """The value that a test's operand has for a field of this kind: Fraction for numbers, money, days and months.

    Raises ValueError where it is none (`employees: at least 30 days`).
    """
    if kind == "yes or no":
        if isinstance(written, bool):
            return written
        raise ValueError(written)
    if kind in ("whole number", "number"):
        return _number(written)
    if kind == "money":
        if isinstance(written, (int, Decimal)) and not isinstance(written, bool):
            return Fraction(written)
        if isinstance(written, str) and _MONEY.match(written):
            return parse_amount(written)
        raise ValueError(written)
    if kind in _UNITS:
        if isinstance(written, str) and (match := _UNITS[kind].match(written)):
            return Fraction(match[1])
        return _number(written)
    if kind == "date":
        return date.fromisoformat(str(written))
    if isinstance(written, bool):
        raise ValueError(written)
    return str(written)


def _number(written: Any) -> Fraction:
    if isinstance(written, (int, Decimal)) and not isinstance(written, bool):
        return Fraction(written)
    if isinstance(written, str) and _NUMBER.match(written):
        return Fraction(written)
    raise ValueError(written)


class Action(Entry):
    """Something that a person does, and what it tells us."""

    mode: Maybe[Id] = optional("The mode that it shows", "information")
    points: Maybe[WholeNumber] = optional("The points that it adds", 15)
    name: Maybe[Prose] = optional("The name that people read", "Asked for a demo")
    means: Maybe[Prose] = optional("What it tells us", "Wants to see it work")


class LostPoints(Entry):
    """When a lead loses points."""

    when: Condition = required("The leads that lose them", {"last_visit": "at least 30 days"})
    points: WholeNumber = required("How many points are lost", 10)


class Points(Entry):
    """How points are counted from dated actions."""

    over: Maybe[CalendarSpan] = optional("How far back actions count", "60 days")
    each_action: Maybe[Literal["every time", "once"]] = optional("Whether repeating an action adds again", "once")
    lost: Maybe[Annotated[Annotated[LostPoints, Tag(MAPPING)] | Annotated[Filled[LostPoints], Tag(LIST)], BY_SHAPE]] = (
        optional("Points that a lead loses", {"when": {"last_visit": "at least 30 days"}, "points": 10})
    )
    means: Maybe[Prose] = optional("What the points say", "How ready to buy")
    why: Maybe[Prose] = optional("Why these points", "Weighted by the last 40 deals")


class Mode(Entry):
    """Whether a person wants to learn or to buy."""

    means: Maybe[Prose] = optional("What the mode is", "Wants to solve it now")
    name: Maybe[Prose] = optional("The name that people read", "Buying mode")
    contact_by: Maybe[Id] = optional("The team that may contact these leads", "sales")


class Grounds(Entry):
    """What a definition was made from, and when it is looked at again."""

    customers: Maybe[WholeNumber] = optional("How many customers were looked at", 40)
    last_won: Maybe[WholeNumber] = optional("How many of the last won deals were looked at", 15)
    interviews: Maybe[WholeNumber] = optional("How many buyers were interviewed", 6)
    with_: Maybe[Filled[Id]] = optional("The teams that took part", ["sales", "marketing"], alias="with")
    last_review: Maybe[Date] = optional("The day of the last review")
    review_every: Maybe[CalendarSpan] = optional("How often it is reviewed", "6 months")


class Group(Condition):
    """Named conditions."""

    name: Maybe[Prose] = optional("The name that people read", "Our ideal customer")
    means: Maybe[Prose] = optional("What it stands for", "Companies that we serve well")
    why: Maybe[Prose] = optional("Why these conditions", "The 40 customers we have, looked at together")
    built_from: Maybe[Grounds] = optional("What it was made from", {"customers": 40})
