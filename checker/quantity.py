"""Values with a unit that both an agreement and a message may hold: months, money, shares, durations.

Amounts are exact (`Fraction`); nothing here is ever a float.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; months can be compared and shifted (`Month(2027, 1) + 2`)."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds a day."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Reads `2027-03`. Raises ValueError for a month that does not exist."""
        year, number = text.split("-")
        if not 1 <= int(number) <= 12:
            raise ValueError(text)
        return cls(int(year), int(number))

    def __add__(self, months: int) -> Month:
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def __sub__(self, other: Month) -> int:
        """How many months after `other` this one is."""
        return (self.year - other.year) * 12 + self.number - other.number

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole months from `first` to `last`, both in."""

    first: Month
    last: Month

    @classmethod
    def parse(cls, text: str) -> Period:
        """Reads `2027-03`, `2027-01 to 2027-03` or `2027-Q1`. Raises ValueError when it ends before it begins."""
        if "Q" in text:
            year, quarter = text.split("-Q")
            first = Month(int(year), int(quarter) * 3 - 2)
            return cls(first, first + 2)
        first_text, _, last_text = text.partition(" to ")
        period = cls(Month.parse(first_text), Month.parse(last_text or first_text))
        if period.last < period.first:
            raise ValueError(text)
        return period

    def __iter__(self) -> Iterator[Month]:
        for offset in range(len(self)):
            yield self.first + offset

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __contains__(self, month: object) -> bool:
        return isinstance(month, Month) and self.first <= month <= self.last

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """A part of a whole: `Share(Fraction(1, 4))` is 25%."""

    value: Fraction


CURRENCY_SIGNS = {
    "BRL": "R$",
    "EUR": "€",
    "PLN": "zł",
    "USD": "$",
    "GBP": "£",
    "MXN": "$",
    "ARS": "$",
    "CLP": "$",
    "COP": "$",
    "CHF": "Fr",
    "JPY": "¥",
}
"""ISO 4217 code -> the sign that people write. A currency without one goes by its code."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount; `currency` is an ISO 4217 code."""

    amount: Fraction
    currency: str


class Unit(StrEnum):
    """Units of time. Minutes and hours are elapsed time, days to months follow the calendar, business units the
    working time.
    """

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    BUSINESS_MINUTES = "business minutes"
    BUSINESS_HOURS = "business hours"
    BUSINESS_DAYS = "business days"

    @property
    def is_business(self) -> bool:
        return self.value.startswith("business ")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as people write it: `4 business hours`."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Reads `1 business day`, `15 minutes`. The gate for what may be written is the agreement's value type."""
        count, _, unit = text.partition(" ")
        return cls(int(count), Unit(unit if unit.endswith("s") else unit + "s"))

    def __str__(self) -> str:
        return f"{self.count} {self.unit.value[:-1] if self.count == 1 else self.unit.value}"
