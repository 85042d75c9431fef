"""What a test of the criteria on closed deals says: the values behind `backtest/v1`, without what counts them.

`schema/backtest.json` is generated from them.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from checker.record import Number, Record, Said

Range = tuple[float, float]


class Subject(StrEnum):
    """What a criterion is a criterion of."""

    STAGE = "stage"
    RANK = "rank"
    POINTS = "points"


class Reason(StrEnum):
    """Why a field is no ground for a criterion."""

    AFTER_HANDOFF = "filled in after the handoff"
    OUTCOME = "says how it ended"
    NO_DAY = "counts back from a day that is not known"
    ONLY_HANDED_OVER = "only filled in for leads handed over"
    ONLY_CLOSED = "only filled in for closed leads"
    ONLY_WON = "only filled in for customers"


class Finding(StrEnum):
    """What trying other bounds came to."""

    WORTH_TRYING = "worth trying"
    NOT_CONFIRMED = "not confirmed by later leads"
    NO_SIGNAL = "no signal"
    TOO_FEW = "too few"
    AS_IT_IS = "the present bound is best"


class OutcomeRecord(Record):
    """Some leads, and how many of them bought."""

    leads: int
    won: int
    share: Number | None = Field(description="Null without leads")
    interval: Range | None = Field(description="Wilson, 95%; null without leads")


class TableRecord(Record):
    """The confusion table of a criterion; who cannot be told has a row of its own."""

    fits: OutcomeRecord
    does_not_fit: OutcomeRecord
    cannot_tell: OutcomeRecord
    precision: Number | None = Field(description="Of those who fit, the share that bought")
    recall: Number | None = Field(description="Of all who bought, the share that surely fits")
    lift: Number | None = Field(description="How many times as often those who fit bought as all leads")
    p: float | None = Field(description="Fisher's exact test, two-sided: who fits against who does not")
    enough: bool = Field(description="False: too few leads or customers to tell anything")
    tells: bool | None = Field(description="True: who fits buys more often; false: less often; null: not to be told")


class GroupRecord(Record):
    """The table of a channel or a persona."""

    name: str | None = Field(description="Null: the leads without one")
    table: TableRecord
    p: float | None = Field(description="Fisher's, for all groups together (Holm); null where there are too few")
    tells: bool | None


class ConditionRecord(Record):
    """What a condition of a criterion adds."""

    condition: str = Field(description="In words")
    said: Said | None = Field(default=None, description="`condition` as data, for other languages")
    path: str
    without: TableRecord = Field(description="The criterion without this condition")
    alone: TableRecord
    kept_out: OutcomeRecord = Field(description="The leads that fit all other conditions and not this one")
    p: float | None = Field(description="Those who fit against those kept out, for all conditions together (Holm)")
    helps: bool | None = Field(description="True: it keeps out leads that buy less often; false: more often")


class ThresholdRecord(Record):
    """What came of trying other bounds of a condition."""

    condition: str
    said: Said | None = Field(default=None, description="`condition` as data, for other languages")
    better: Said | None = Field(default=None, description="The condition with the best bound, as data")
    path: str
    field: str
    present: str
    finding: Finding
    tried: int = Field(description="How many other bounds were tried on the earlier leads")
    earlier: OutcomeRecord = Field(description="The leads on which they were tried")
    best: str | None = Field(description="The bound that parted the earlier leads best")
    looser: bool = Field(description="True: the best bound would let more leads in")
    moved: OutcomeRecord = Field(description="Of the later leads, those that it would move")
    others: OutcomeRecord = Field(description="Those to whom it would move them")
    p: float | None = Field(description="Moved against others, for all bounds that were judged together (Holm)")


class LeakRecord(Record):
    """A field that is filled in too late for the criterion."""

    field: str
    reason: Reason
    part: int = Field(description="How many leads of the kind have it filled in; 0 where the agreement says so")
    whole: int
    others: int = Field(description="How many leads of another kind there are, none of whom has it")


class CriterionRecord(Record):
    """A criterion. One that is refused has `refused` and no numbers."""

    subject: Subject
    name: str
    path: str
    asked_at: str | None = Field(description="The event as of which it is asked; null: the cut-off")
    only_those_who_came: bool = Field(description="True: leads that the event did not happen to are left out")
    as_exported: tuple[str, ...] = Field(description="Fields that the data has as they were at the export")
    refused: tuple[LeakRecord, ...]
    table: TableRecord | None
    channels: tuple[GroupRecord, ...]
    personas: tuple[GroupRecord, ...]
    conditions: tuple[ConditionRecord, ...]
    thresholds: tuple[ThresholdRecord, ...]


class ActionRecord(Record):
    """An action, its points, and what the data says."""

    action: str
    points: int
    did: OutcomeRecord
    did_not: OutcomeRecord
    ratio: Range | None = Field(description="How many times as often who did it bought, at 95%")
    p: float | None = Field(description="Fisher's, for all actions together (Holm)")
    tells: bool | None


class ActionsRecord(Record):
    """The actions that have points."""

    only_the_last: bool = Field(description="True: the data tells only the last action of each lead")
    as_exported: bool
    cannot_tell: int
    actions: tuple[ActionRecord, ...]


class BacktestFile(Record):
    """One run of `sla backtest`."""

    format: Literal["backtest/v1"] = "backtest/v1"
    agreement: str
    language: str
    as_of: date
    files: tuple[str, ...]
    leads: int = Field(description="Leads that are old enough")
    left_out: int = Field(description="Younger leads, however they ended")
    left_out_ended: int = Field(description="Those of the younger leads that are won or lost")
    customers: int
    slow_customers: int = Field(description="Customers who took longer than a lead must be old")
    cycle_days: int = Field(description="Half of the customers bought within so many days of coming")
    old_after_days: int
    later_from: date = Field(description="Bounds are found on leads that came before, judged on those that came since")
    criteria: tuple[CriterionRecord, ...]
    actions: ActionsRecord | None
