"""Leads on a list that people work through: what is known of each, and what is to be done.

Instants are seconds since 1970-01-01 UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from checker.agreement.conditions import Question
from checker.finding import Path, Place
from checker.message import Message
from checker.quantity import Duration


class ListName(StrEnum):
    """The lists that there are."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    UNDECIDED = "undecided"
    RETURNED_WITHOUT_REASON = "returned-without-reason"
    MISSED = "missed"
    WRONGLY_QUALIFIED = "wrongly-qualified"
    DEADLINES = "deadlines"


TO_DO = frozenset({ListName.OVERDUE, ListName.DUE_SOON, ListName.UNDECIDED, ListName.DEADLINES})
"""Lists that tell what to do next: on old data they would send people to leads that were served long ago."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition that a lead does not meet (or of which it cannot be told), and what the lead holds in its fields.

    Values are as people read them, None where the field is blank; fields with personal data are left out.
    """

    condition: Question
    values: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Routed:
    """Who gets a lead by the handoff's routing: the sellers (several take turns), those in whose place somebody stands
    in, and the line that decides, in the text of a version of the agreement.
    """

    sellers: tuple[str, ...]
    instead_of: tuple[str, ...]
    line: Path
    place: Place | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One lead on a list. A lead that several promises are about stands there once for each.

    `lead` is its id, or its place in the data where the id is an e-mail address and personal data is not shown.
    `promise` is the promise (or rung), `owed_by` the side that owes it. `seconds` is how late the lead is at the
    cut-off, and below zero how much time is left; of working time where `is_business`; without a deadline it is the
    age. `time` is the same as people say it. `over` is how the lead ended meanwhile, so that nothing is left to be
    done. `unsure` marks leads of which it cannot be told whether they belong here. `personal` is filled only where it
    was asked for. `version` is the version of the agreement that governs the lead here.
    """

    lead: str
    do: Message
    owner: str | None = None
    channel: str | None = None
    promise: str | None = None
    owed_by: str | None = None
    is_again: bool = False
    since: datetime | None = None
    deadline: datetime | None = None
    seconds: int | None = None
    is_business: bool = False
    time: Duration | None = None
    over: Message | None = None
    unsure: bool = False
    unmet: tuple[Unmet, ...] = ()
    link: str | None = None
    personal: Mapping[str, str] = field(default_factory=dict)
    route: Routed | None = None
    version: str = ""


def sure_and_unsure(leads: Iterable[Listed]) -> tuple[int, int]:
    """How many leads are surely on a list, each counted once whatever it stands there for, and how many others."""
    sure: dict[str, bool] = {}
    for lead in leads:
        sure[lead.lead] = sure.get(lead.lead, False) or not lead.unsure
    count = sum(sure.values())
    return count, len(sure) - count


@dataclass(frozen=True, slots=True)
class Hidden:
    """A promise whose leads are not listed, because the data is older than half of its deadline."""

    promise: str
    within: Duration


@dataclass(frozen=True, slots=True)
class LeadList:
    """A list, in the order in which it is to be worked through.

    `as_of` is the cut-off, `now` the moment at which the list is read (None where only the cut-off counts), both in the
    zone of the reports. `version` is the version of the agreement in force at the cut-off. `over` are leads that would
    stand here if they had not ended meanwhile. `notes` say what is left out, and why. `total` is the length before it
    is cut; `sure` is how many leads are surely on it, each counted once, and `unsure` how many others. `is_hidden`:
    nothing can be listed, because the data is too old for every promise.
    """

    name: ListName
    agreement: str
    as_of: datetime
    now: datetime | None
    timezone: str
    leads: tuple[Listed, ...]
    over: tuple[Listed, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    notes: tuple[Message, ...] = ()
    total: int = 0
    sure: int = 0
    unsure: int = 0
    is_hidden: bool = False
    owners: Mapping[str, str] = field(default_factory=dict)
    personal: tuple[str, ...] = ()
    version: str = ""
