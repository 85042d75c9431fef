"""What a check says: one result a promise and period, the funnel's counts, and how much of it the data can tell.

These are the values behind `sla check --format json` (`results/v1`); `schema/results.json` is generated from them.
Numbers here are for reading: a verdict is decided on exact fractions before it is written down.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from checker.beside_verdict import BesideVerdict
from checker.figure import Figures
from checker.finding_record import FindingRecord
from checker.record import Number, Record, Said

UNKNOWN_VALUE, BLANK = "unknown value", "blank"
"""What the data's quality calls values that the agreement does not know, and blank cells."""
UNKNOWN_NAMES, UNKNOWN_VALUES = "SLA117", "SLA343"
"""The rules that tell of unknown values: of lists of names, and of a field's list."""
LISTS_OF_NAMES = ("channel", "campaign", "owner", "return_reason")


class Status(StrEnum):
    """Of a closed period: met, missed, no data, not measurable. Of one that goes on: open."""

    MET = "met"
    MISSED = "missed"
    OPEN = "open"
    NO_DATA = "no data"
    NOT_MEASURABLE = "not measurable"


class Outlook(StrEnum):
    """Where an open period is heading."""

    ON_COURSE = "on course"
    AT_RISK = "at risk"
    LOST = "can no longer be kept"


class Evidence(StrEnum):
    """Whether the numbers are enough to tell a real difference from chance."""

    CLEAR = "clear"
    TOO_FEW = "too few to tell"


class Again(Record):
    """Second handoffs beside the first ones, with clocks of their own."""

    numerator: int = Field(description="In time")
    denominator: int = Field(description="Due")
    waiting: int = 0


class Result(BesideVerdict):
    """One promise (or one rung of its ladder) in one period."""

    promise: str = Field(description="The promise's id; a rung of a ladder is `first-response.asked`")
    owes: Literal["marketing", "sales", "both"]
    period: str = Field(description="A month, `2027-03`")
    channel: str | None = None
    status: Status
    outlook: Outlook | None = None
    agreement: str = Field(
        default="draft",
        description="The version in force, or `draft`; of a month of several versions all of them, with commas",
    )
    unit: Literal["share", "leads", "money", "a month", "multiple"]
    at_most: bool = Field(default=False, description="True where the target must not be exceeded")
    about: bool = Field(default=False, description="True where the source uses a declared stand-in")
    judged: bool = Field(default=False, description="True for the period that decides the exit code")
    judged_on: date | None = None
    actual: Number | None = None
    target: Number | None = None
    numerator: Number = 0
    denominator: Number = 0
    waiting: int = 0
    not_counted: int = 0
    not_owed: int = 0
    cannot_tell: int = 0
    by_silence: int = Field(default=0, description="How many were counted by silence (`no_answer_means`)")
    allowed_misses: int | None = None
    interval: tuple[float, float] | None = Field(default=None, description="Wilson, 95%")
    evidence: Evidence | None = None
    missed_by_chance: float | None = Field(
        default=None, description="How often a team that really keeps the target would miss it with so few leads"
    )
    median_seconds: int | None = Field(
        default=None, description="Of a clock: business or wall seconds, as its deadline"
    )
    p90_seconds: int | None = None
    again: Again | None = Field(default=None, description="Leads handed over again; they are in no other number")
    offenders: tuple[str, ...] = Field(
        default=(), description="Lead ids, at most 20; of an id that is an e-mail address, the lead's place in the data"
    )
    offender_count: int = 0
    file: str
    line: int
    why: str = ""
    said: Said | None = Field(default=None, description="`why` as data, for other languages")
    unlock: Said | None = Field(default=None, description="What the data would need so that this could be judged")


class FunnelCount(Record):
    """How many leads reached a stage in a month, by channel (null = all channels)."""

    period: str
    channel: str | None = None
    stage: str
    count: int | None = Field(default=None, description="Null where the data does not cover the month")
    target: Number | None = None
    complete: bool = Field(default=True, description="False where the data covers only a part of the month")


class Cohort(Record):
    """Leads that entered a stage in a month, and how many of them reached another by the cut-off."""

    period: str
    channel: str | None = None
    stage: str
    reaches: str
    entered: int
    reached: int
    within: Number | None = Field(
        default=None, description="Share that reached it inside the rate's horizon; null if too young"
    )
    within_count: int | None = None
    horizon: str | None = None
    median_days: float | None = None


class Coverage(Record):
    """The days for which the data holds an event."""

    event: str
    first: date
    last: date
    declared: bool = False


class Reject(Record):
    """A row, value or stamp that was kept out, with its place."""

    file: str
    line: int | None = None
    column: str | None = None
    text: str | None = None
    reason: str
    said: Said | None = Field(default=None, description="`reason` as data, for other languages")


class Quality(Record):
    """A count of something odd that was read all the same: stamps out of order, rows without a match, blanks."""

    what: str
    count: int
    said: Said | None = None
    examples: tuple[str, ...] = ()
    about: str | None = Field(default=None, description="The field, or the list of the agreement, that it is about")
    column: str | None = Field(default=None, description="The heading of the column")
    among: int | None = Field(default=None, description="The rows among which these were counted")


class Data(Record):
    """What was read."""

    leads: int = 0
    events: int = 0
    rejected: int = 0
    files: tuple[str, ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    coverage: tuple[Coverage, ...] = ()
    rejects: tuple[Reject, ...] = Field(default=(), description="At most 20; the rest is counted in `rejected`")
    quality: tuple[Quality, ...] = ()


class FoundSaid(Record):
    """What a finding says, as data: for other languages."""

    message: Said
    because: tuple[Said | None, ...] = ()
    follows: tuple[Said, ...] = ()
    choices: tuple[Said, ...] = ()


class Found(FindingRecord):
    """What the data says about a line of the agreement: a finding as in `findings/v1`, and its words as data."""

    said: FoundSaid


class NotLookedAt(Record):
    """A rule about data that could not run, and why."""

    code: str
    name: str
    why: str
    said: Said


class Results(Record):
    """One run of `sla check`."""

    format: Literal["results/v1"] = "results/v1"
    agreement: str = ""
    version: str = Field(default="draft", description="The version in force at the end, or `draft`")
    uncovered_until: date | None = Field(
        default=None,
        description="The last day before the first release, which the working files govern; null without such days",
    )
    as_of: datetime
    timezone: str = "UTC"
    language: str = "en"
    data: Data = Data()
    promises: int = Field(default=0, description="How many promises (rungs counted one by one) the agreement has")
    judgeable: int = Field(default=0, description="How many of them this data can judge")
    results: tuple[Result, ...] = ()
    funnel: tuple[FunnelCount, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    figures: Figures = Field(default=Figures(), description="What the data tells beside the promises")
    findings: tuple[Found, ...] = Field(
        default=(), description="What the data says about lines of the agreement, as in findings/v1"
    )
    not_looked_at: tuple[NotLookedAt, ...] = Field(
        default=(), description="Rules about data that could not run, each with its reason"
    )

    def unlocks(self) -> list[tuple[tuple[Said, ...], int]]:
        """What the data would need -> how many promises that cannot be judged it would unlock, the most first.

        Each promise counts once, with all that its months need.
        """
        judged = {result.promise for result in self.results if result.status is not Status.NOT_MEASURABLE}
        needed: dict[str, dict[str, Said]] = {}
        for result in self.results:
            if result.promise not in judged and result.unlock is not None:
                needed.setdefault(result.promise, {})[result.unlock.model_dump_json()] = result.unlock
        alike: dict[frozenset[str], list[str]] = {}
        for promise, whats in needed.items():
            alike.setdefault(frozenset(whats), []).append(promise)
        told = ((tuple(needed[names[0]].values()), len(names)) for names in alike.values())
        return sorted(told, key=lambda item: -item[1])

    def are_kept(self) -> bool | None:
        """Whether every promise was kept in the period that decides; None where nothing could be judged."""
        decided = {result.status for result in self.results if result.judged} & {Status.MET, Status.MISSED}
        return Status.MISSED not in decided if decided else None

    def untold_quality(self) -> tuple[Quality, ...]:
        """What was odd about the data, without what a finding about the agreement tells already."""
        codes = {finding.code for finding in self.findings}
        return tuple(
            quality
            for quality in self.data.quality
            if quality.what != UNKNOWN_VALUE
            or (UNKNOWN_NAMES if quality.about in LISTS_OF_NAMES else UNKNOWN_VALUES) not in codes
        )
