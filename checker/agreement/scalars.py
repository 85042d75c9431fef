"""Value types of the format: each is one regular expression, the gate of both the model and the JSON Schema.

A scalar reaches the model as `checker.text` resolved it: text, a whole number, an exact decimal or a yes/no.
`Scalar` refuses what does not fit with an error whose type is the value type's name; `checker.agreement.problems`
words it. What a regular expression cannot say (a month 13, an hour 25) the parser refuses in the same way.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from checker.language import LANGUAGES
from checker.quantity import CURRENCY_SIGNS, Duration, Month, Period, Share

AS_PLANNED = "as planned"
ANY_SIGN = "|".join([*dict.fromkeys(re.escape(sign) for sign in CURRENCY_SIGNS.values()), "[A-Z]{3}"])
WHOLE = r"(?:0|[1-9][0-9]*)"
DECIMAL = rf"{WHOLE}(?:\.[0-9]+)?"
SHARE = rf"{DECIMAL}%"
MONEY = rf"(?:(?:{ANY_SIGN}) ?)?{DECIMAL}"
DURATION = (
    r"(?:1 (?:minute|hour|day|week|month|business minute|business hour|business day)"
    rf"|{WHOLE} (?:minutes|hours|days|weeks|months|business minutes|business hours|business days))"
)
CALENDAR_DURATION = rf"(?:1 (?:day|week|month)|{WHOLE} (?:days|weeks|months))"
MONTH = r"[0-9]{4}-(?:0[1-9]|1[0-2])"
PERIOD = rf"(?:{MONTH}(?: to {MONTH})?|[0-9]{{4}}-Q[1-4])"
DATE = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
DAYS = rf"{DATE}(?: to {DATE})?"
CLOCK_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
HOURS = rf"{CLOCK_TIME} to (?:{CLOCK_TIME}|24:00)"
ID = r"[a-z][a-z0-9_-]*"
PERSON_OR_TEAM = ID
LANGUAGE = f"(?:{'|'.join(LANGUAGES)})"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
MEETING_DAY = rf"(?:(?:first|second|third|fourth|last) )?{WEEKDAY}"
CADENCE = r"(?:week|month|[1-9][0-9]* (?:weeks|months))"


@dataclass(frozen=True)
class Scalar:
    """A value type: `pattern` must match the whole text, `parse` turns it into the value (ValueError = refused).

    `whole` and `decimal` say which plain numbers are accepted beside text, `least` their lower bound, and `truth` that
    yes and no are.
    """

    name: str
    pattern: str | None
    parse: Callable[[Any], Any] = str
    whole: bool = False
    decimal: bool = False
    least: int | None = None
    truth: bool = False
    example: str | int = ""
    description: str = ""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        pattern = rf"(?:{self.pattern})\Z" if self.pattern is not None else None

        def read(value: Any) -> Any:
            fits = (
                pattern is not None and re.match(pattern, value) is not None
                if isinstance(value, str)
                else (self.truth and isinstance(value, bool))
                or (self._is_number(value) and (self.least is None or value >= self.least))
            )
            if not fits:
                raise PydanticCustomError("scalar", "{value_type}", {"value_type": self.name, "exists": True})
            try:
                return self.parse(value)
            except ValueError:
                # the spelling is right, but there is no such day or the range ends before it begins
                raise PydanticCustomError(
                    "scalar", "{value_type}", {"value_type": self.name, "exists": False}
                ) from None

        return core_schema.no_info_plain_validator_function(read)

    def _is_number(self, value: Any) -> bool:
        if isinstance(value, bool):
            return False
        return (self.whole and isinstance(value, int)) or (self.decimal and isinstance(value, (int, Decimal)))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        kinds: list[dict[str, Any]] = []
        if self.pattern is not None:
            kinds.append({"type": "string", "pattern": f"^(?:{self.pattern})$"})
        if self.whole or self.decimal:
            number: dict[str, Any] = {"type": "number" if self.decimal else "integer"}
            kinds.append(number | ({} if self.least is None else {"minimum": self.least}))
        if self.truth:
            kinds.append({"type": "boolean"})
        said: dict[str, Any] = {"examples": [self.example]} if self.example != "" else {}
        if self.description:
            said["description"] = self.description
        return (kinds[0] if len(kinds) == 1 else {"anyOf": kinds}) | said


def parse_share(text: str) -> Share:
    """`2.5%` -> one fortieth."""
    return Share(Fraction(text.removesuffix("%")) / 100)


def parse_amount(value: str | int | Decimal) -> Fraction:
    """`R$ 30000` or a bare number -> the exact amount; the sign is checked by a rule, against `currency`."""
    if not isinstance(value, str):
        return Fraction(value)
    return Fraction(re.sub(r"^[^0-9]+", "", value))


def parse_target(text: str) -> Share | str:
    """A share, or the words that refer to the plan."""
    return AS_PLANNED if text == AS_PLANNED else parse_share(text)


@dataclass(frozen=True, slots=True)
class MonthlyRate:
    """So many a month: `4 a month`."""

    count: Fraction


@dataclass(frozen=True, slots=True)
class Multiple:
    """So many times: `4x`."""

    value: Fraction


def parse_promise_target(text: str) -> Share | MonthlyRate | str:
    """What a measure may promise: a share, a monthly rate, or `as planned`."""
    if text.endswith(" a month"):
        return MonthlyRate(Fraction(text.removesuffix(" a month")))
    return parse_target(text)


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of a day, in seconds from its midnight; `closes` is past 86400 where the shift ends next day."""

    opens: int
    closes: int


def parse_time(text: str) -> time:
    """`09:30`."""
    return time(int(text[:2]), int(text[3:]))


def parse_hours(text: str) -> Hours:
    """`09:00 to 18:00`; an end at or before the start is on the next day."""
    opens, closes = (int(part[:2]) * 3600 + int(part[3:]) * 60 for part in text.split(" to "))
    return Hours(opens, closes if closes > opens else closes + 86400)


@dataclass(frozen=True, slots=True)
class Days:
    """Dates from `first` to `last`, both in."""

    first: date
    last: date


def parse_days(text: str) -> Days:
    """`2027-01-25 to 2027-01-26`, or one date. A month or span of months is read by `Period`."""
    first, _, last = text.partition(" to ")
    days = Days(date.fromisoformat(first), date.fromisoformat(last or first))
    if days.last < days.first:
        raise ValueError(text)
    return days


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often: every `count` weeks or months."""

    count: int
    unit: str


LONGEST_PERIOD = 120
"""Months. A plan is computed month by month, and nobody agrees on targets for more than ten years."""


def parse_period(text: str) -> Period:
    """`2027-01 to 2027-03`. Raises ValueError when it ends before it begins or is longer than ten years."""
    period = Period.parse(text)
    if len(period) > LONGEST_PERIOD:
        raise ValueError(text)
    return period


def parse_cadence(text: str) -> Cadence:
    """`week`, `month`, `3 months`."""
    count, _, unit = text.rpartition(" ")
    return Cadence(int(count or 1), unit.removesuffix("s"))


def _one_line(text: str) -> str:
    if not text.strip():
        raise ValueError(text)
    return text


Id: TypeAlias = Annotated[str, Scalar("id", ID, example="organic_search")]
Text: TypeAlias = Annotated[
    str, Scalar("text", r"[\s\S]*\S[\s\S]*", _one_line, description="Words for people; no rule depends on them")
]
WholeNumber: TypeAlias = Annotated[int, Scalar("whole number", None, int, whole=True, least=0, example=30)]
Number: TypeAlias = Annotated[Fraction, Scalar("number", None, Fraction, decimal=True, example=30)]
ShareOf: TypeAlias = Annotated[Share, Scalar("share", SHARE, parse_share, example="15%")]
Target: TypeAlias = Annotated[Share | str, Scalar("target", rf"(?:{SHARE}|{AS_PLANNED})", parse_target, example="90%")]
PromiseTarget: TypeAlias = Annotated[
    Share | MonthlyRate | str,
    Scalar("promise target", rf"(?:{SHARE}|{AS_PLANNED}|{DECIMAL} a month)", parse_promise_target, example="4 a month"),
]
Amount: TypeAlias = Annotated[Fraction, Scalar("money", MONEY, parse_amount, decimal=True, least=0, example="R$ 30000")]
MonthlyAmount: TypeAlias = Annotated[
    Fraction,
    Scalar(
        "money a month",
        rf"{MONEY} a month",
        lambda text: parse_amount(text.removesuffix(" a month")),
        example="R$ 18000 a month",
    ),
]
AtMostAmount: TypeAlias = Annotated[
    Fraction,
    Scalar(
        "at most money",
        rf"at most {MONEY}",
        lambda text: parse_amount(text.removeprefix("at most ")),
        example="at most R$ 12000",
    ),
]
RateAMonth: TypeAlias = Annotated[
    MonthlyRate,
    Scalar(
        "rate",
        rf"{DECIMAL} a month",
        lambda text: MonthlyRate(Fraction(text.removesuffix(" a month"))),
        example="22 a month",
    ),
]
Times: TypeAlias = Annotated[
    Multiple, Scalar("multiple", rf"{DECIMAL}x", lambda text: Multiple(Fraction(text[:-1])), example="4x")
]
TimeSpan: TypeAlias = Annotated[Duration, Scalar("duration", DURATION, Duration.parse, example="4 business hours")]
CalendarSpan: TypeAlias = Annotated[
    Duration, Scalar("calendar duration", CALENDAR_DURATION, Duration.parse, example="90 days")
]
MonthSpan: TypeAlias = Annotated[
    Duration, Scalar("months", rf"(?:1 month|{WHOLE} months)", Duration.parse, example="2 months")
]
MonthOf: TypeAlias = Annotated[Month, Scalar("month", MONTH, Month.parse, example="2027-03")]
PeriodOf: TypeAlias = Annotated[Period, Scalar("period", PERIOD, parse_period, example="2027-01 to 2027-03")]
Date: TypeAlias = Annotated[date, Scalar("date", DATE, date.fromisoformat, example="2027-03-01")]
DateRange: TypeAlias = Annotated[Days, Scalar("days", DAYS, parse_days, example="2027-01-25 to 2027-01-26")]
ClockTime: TypeAlias = Annotated[time, Scalar("time", CLOCK_TIME, parse_time, example="09:30")]
MeetingDay: TypeAlias = Annotated[str, Scalar("meeting day", MEETING_DAY, example="first Wednesday")]
Every: TypeAlias = Annotated[Cadence, Scalar("cadence", CADENCE, parse_cadence, example="3 months")]
Since: TypeAlias = Annotated[str, Scalar("month or date", rf"(?:{DATE}|{MONTH})", example="2024-03")]
Language: TypeAlias = Annotated[str, Scalar("language", LANGUAGE, example="pt-BR")]
Currency: TypeAlias = Annotated[str, Scalar("currency", r"[A-Z]{3}", example="BRL")]
