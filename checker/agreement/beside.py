"""What stands beside an agreement and is not part of what is released: the release's stamp, log, exceptions, checks."""

from typing import Annotated, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from checker.agreement.base import Entry, Filled, Maybe, Prose, optional, required
from checker.agreement.conditions import TestAsWritten
from checker.agreement.scalars import DATE, ID, PERIOD, Date, Days, Id, Scalar, Text, parse_days
from checker.quantity import Period


class Signature(Entry):
    """Who signed, for which team, on which day."""

    who: Id = required("The person", "helena")
    team: Id = required("The team that this person signs for", "marketing")
    on: Date = required("The day of the signature")


class Release(Entry):
    """The stamp of a version; `sla release` writes it."""

    version: Text = required("The version, in quotes", "2027.1")
    valid_from: Date = required("The first day on which it holds")
    renew_by: Maybe[Date] = optional("The day by which it is renewed")
    signed_by: Maybe[Filled[Signature]] = optional(
        "Who signed it", [{"who": "helena", "team": "marketing", "on": "2026-12-10"}]
    )
    why: Maybe[Prose] = optional("Why there is a new version", "First agreement of the year")
    seal: Maybe[Text] = optional(
        "What the frozen text is recognised by; `sla validate` tells where it no longer fits", "c0ffee0dec0de123"
    )


def parse_excepted_days(text: str) -> Days:
    """Dates as written, or all days of a month, quarter or span of months."""
    if len(text.partition(" to ")[0]) == len("2027-01-25"):
        return parse_days(text)
    period = Period.parse(text)
    return Days(period.first.first_day, period.last.last_day)


class NotCounted(Entry):
    """An exception that both teams agreed on."""

    model_config = {"json_schema_extra": {"oneOf": [{"required": ["leads"]}, {"required": ["days"]}]}}

    leads: Maybe[Filled[Text]] = optional("The leads that are left out", ["L-20331"])
    days: Maybe[
        Annotated[
            Days,
            Scalar(
                "days",
                rf"(?:{DATE}(?: to {DATE})?|{PERIOD})",
                parse_excepted_days,
                example="2027-01-25 to 2027-01-26",
            ),
        ]
    ] = optional("The days on which starts are left out")
    promise: Id = required("The promise that it is about", "first-response")
    why: Prose = required("Why it is fair", "Called from a private phone on the same day")
    agreed_by: Filled[Id] = required("One person of each side", ["camila", "tomas"])

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.leads is None) is (self.days is None):
            raise PydanticCustomError("leads_or_days", "leads or days")
        return self


class LogEntry(Entry):
    """Something that was done, written down by the one who did it."""

    what: Text = required("What was done", "weekly")
    on: Date = required("The day on which it was done")
    by: Id = required("The person who did it", "camila")
    note: Maybe[Prose] = optional("Anything worth adding", "Two new customers came")
    due: Maybe[Date] = optional("The day by which something follows")


LogList = Literal["pieces", "kits", "meetings", "objections_heard", "improvements"]


_WORD = "[A-Za-z0-9_-]+(?: [A-Za-z0-9_-]+)*"
"""A key of a path; spans of months have spaces."""


class CompanyRule(Entry):
    """A check of the company's own."""

    field: Annotated[str, Scalar("path", rf"{ID}(?:\.(?:{_WORD}|\*))*", example="plan.average_deal")] = required(
        "The value that is tested, as a path of keys; `*` stands for every entry, a number for one entry of a list"
    )
    test: TestAsWritten = required("What must hold of it", "at least R$ 20000")
    message: Prose = required("What to tell where it does not hold", "Finance accepts no smaller deals")


class Checks(Entry):
    """What this company wants of the tool."""

    severity: Maybe[
        dict[
            Annotated[str, Scalar("rule code", r"SLA[0-9]{3}", example="SLA801")],
            Literal["error", "warning", "info", "off"],
        ]
    ] = optional("How much each rule matters here", {"SLA801": "warning"})
    rules: Maybe[dict[Id, CompanyRule]] = optional(
        "Checks of the company's own",
        {"deal-size": {"field": "plan.average_deal", "test": "at least 20000", "message": "Too small"}},
    )
