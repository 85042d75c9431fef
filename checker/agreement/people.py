"""People, and the working time that business hours and days are counted in."""

from typing import Annotated, Self, TypeAlias

from annotated_types import Len
from pydantic import Tag, model_validator
from pydantic_core import PydanticCustomError

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
    as_list,
    optional,
    required,
)
from checker.agreement.scalars import HOURS, WEEKDAY, WEEKDAYS, Date, Hours, Id, Scalar, Text, parse_hours

ALWAYS = "24x7"
ALL_DAY = Hours(0, 86400)
EVERY_DAY = tuple(range(7))


class Person(Entry):
    """Someone that the agreement names."""

    name: Prose = required("The name that people read", "Helena Prado")
    team: Id = required("The team: `marketing` and `sales` are the two sides")
    role: Maybe[Text] = optional("What this person does in the team", "director")


def parse_weekdays(text: str) -> tuple[int, ...]:
    """`Monday to Friday` or `Saturday` -> weekday numbers, Monday is 0."""
    first, _, last = text.partition(" to ")
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    if end < start:
        raise ValueError(text)
    return tuple(range(start, end + 1))


Weekdays: TypeAlias = Annotated[
    tuple[int, ...],
    Scalar("weekdays", rf"{WEEKDAY}(?: to {WEEKDAY})?", parse_weekdays, example="Monday to Friday"),
]
OpeningTimes: TypeAlias = Annotated[
    Hours | str,
    Scalar(
        "opening hours",
        rf"(?:{HOURS}|{ALWAYS})",
        lambda text: ALWAYS if text == ALWAYS else parse_hours(text),
        example="09:00 to 18:00",
    ),
]


class Holidays(Entry):
    """Days without work: a country's public holidays, corrected by hand."""

    country: Maybe[Annotated[str, Scalar("country", r"[A-Z]{2}", example="BR")]] = optional(
        "Public holidays of this country (two capital letters)"
    )
    region: Maybe[Annotated[str, Scalar("region", r"[A-Z0-9]{1,3}", example="SP")]] = optional(
        "The state or region whose own holidays count too"
    )
    also: Maybe[Filled[Date]] = optional("Further days without work", ["2027-02-08"])
    except_: Maybe[Filled[Date]] = optional("Public holidays on which this team works", ["2027-11-15"], alias="except")


class WorkingTime(Entry):
    """A named calendar: time zone, days, opening hours and holidays."""

    model_config = {
        "json_schema_extra": {
            "anyOf": [
                {"properties": {"hours": {"const": ALWAYS}}, "required": ["hours"]},
                {
                    "properties": {"days": {"type": "object"}},
                    "required": ["days"],
                    "not": {"required": ["hours"]},
                },
                {"properties": {"days": {"not": {"type": "object"}}}, "required": ["days", "hours"]},
            ]
        }
    }

    timezone: Annotated[str, Scalar("time zone", r"[A-Za-z][A-Za-z0-9_+/-]*", example="America/Sao_Paulo")] = required(
        "The time zone's name, as in Europe/Warsaw"
    )
    days: Maybe[
        Annotated[
            Annotated[Weekdays, Tag(SCALAR)]
            | Annotated[Filled[Weekdays], Tag(LIST)]
            | Annotated[dict[Weekdays, OneOrMany[OpeningTimes]], Len(min_length=1), Tag(MAPPING)],
            BY_SHAPE,
        ]
    ] = optional("The working days, or each day with its own hours", "Monday to Friday")
    hours: Maybe[OneOrMany[OpeningTimes]] = optional(
        "Opening hours of each working day; several for a split shift; 24x7 replaces days and holidays",
        "09:00 to 18:00",
    )
    holidays: Maybe[
        Annotated[
            Annotated[Holidays, Tag(MAPPING)] | Annotated[Filled[Date], Tag(LIST)],
            BY_SHAPE,
        ]
    ] = optional("Days without work", {"country": "BR"})
    name: Maybe[Prose] = optional("The name that people read", "Office hours")

    @model_validator(mode="after")
    def _has_hours(self) -> Self:
        if self.days is None and not self.is_always:
            raise PydanticCustomError("goes_with", "{missing}", {"missing": "days"})
        if isinstance(self.days, dict) is (self.hours is not None) and not self.is_always:
            raise PydanticCustomError("hours_once", "hours")
        return self

    @property
    def is_always(self) -> bool:
        """Open day and night, also on holidays."""
        return self.hours == ALWAYS

    def week(self) -> dict[int, tuple[Hours, ...]]:
        """Weekday (Monday is 0) -> its shifts, in the order written."""
        if self.is_always:
            return dict.fromkeys(EVERY_DAY, (ALL_DAY,))
        if isinstance(self.days, dict):
            return {day: _shifts(hours) for days, hours in self.days.items() for day in days}
        groups = self.days if isinstance(self.days, list) else [self.days]
        shifts = _shifts(self.hours)
        return {day: shifts for group in groups for day in group or ()}


def _shifts(hours: Hours | str | list[Hours | str] | None) -> tuple[Hours, ...]:
    return tuple(shift if isinstance(shift, Hours) else ALL_DAY for shift in as_list(hours))
