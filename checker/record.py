"""What everything in a published file is made of."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[int | float, Field(description="A count, a share between 0 and 1, or an amount of money")]


def number_of(value: Fraction) -> int | float:
    """An exact number as a published file holds it."""
    return int(value) if value.denominator == 1 else float(value)


Translations = Annotated[
    dict[str, str], Field(description="What the agreement says in other languages: language -> words")
]


class Record(BaseModel):
    """Base of everything in a published file."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Said(Record):
    """A message as data, so that the site can word it in its own language: see `checker.language`."""

    text: str
    many: str | None = None
    arguments: dict[str, Any] = {}
