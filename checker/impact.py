"""What a change would have done to leads that really came: the past quarter under the old and under the new text.

`checker.review` finds it, reports word it. Leads are told by their ids; numbers are counts, and shares are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from checker.message import Message
from checker.quantity import Money, Month, Period, Share
from checker.verdict import Status


class ReadBy(StrEnum):
    """By whose `source` section the data was read: both say the same, or only the one's was followed."""

    BOTH = "both"
    NEW = "new"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Part:
    """Some leads: how many, how many of them became customers (None: the data does not tell), how many of them sales
    ever got (None as well), and their ids in the order of their arrival, where they are wanted.
    """

    count: int = 0
    customers: int | None = None
    handed_over: int | None = None
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfGroup:
    """The leads of one channel or persona (`name` is its id, None for leads that have none)."""

    by: str
    name: str | None
    label: str | None
    before: int
    after: int
    gained: int
    lost: int
    gained_customers: int | None
    lost_customers: int | None


@dataclass(frozen=True, slots=True)
class StageImpact:
    """A stage whose conditions are others.

    among: the leads of the period that come by this stage, and do not begin behind it
    before, after: the leads that fit the old, and the new conditions, each surely
    gained, lost: those that fit only the new, and only the old ones
    cannot_tell: leads of which one of the two texts cannot tell, because a field is blank; in none of the above
    invented_gained, invented_lost: a lead that no data holds, where no real one shows what the proof shows
    too_few: whether the customers are too few to tell those that come in from those that count already; None where
        nobody comes in, or the data does not tell of customers
    """

    stage: str
    label: str
    among: int
    before: Part
    after: Part
    gained: Part
    lost: Part
    cannot_tell: int
    groups: tuple[OfGroup, ...] = ()
    invented_gained: Message | None = None
    invented_lost: Message | None = None
    too_few: bool | None = None
    lost_too_few: bool | None = None
    has_old_points: bool = False


class ListKind(StrEnum):
    """An ordered list whose lines take other leads than before."""

    RANKING = "ranking"
    ROUTING = "routing"


@dataclass(frozen=True, slots=True)
class Moved:
    """Leads that have another rank, or would have gone to others. Empty: no rank, nobody."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    leads: Part


@dataclass(frozen=True, slots=True)
class ListImpact:
    """An ordered list: of `among` leads those that moved, most first; `cannot_tell` are in none of these."""

    kind: ListKind
    among: int
    moved: tuple[Moved, ...]
    cannot_tell: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of a promise in one month under one text; the share of `part` in `whole` where it is one."""

    status: Status
    part: Fraction
    whole: Fraction
    target: Fraction | None
    why: Message | None


@dataclass(frozen=True, slots=True)
class PromiseImpact:
    """A promise (or rung) month by month under both texts; a side is None where that text does not promise it.

    `worse` are leads that were as promised under the old text, and would not be under the new one; `better` are the
    others. Only the first few of a month are known, and those only where it is sure.
    """

    promise: str
    sentence: str
    rung: str | None
    owes: str
    unit: str
    at_most: bool
    months: Mapping[Month, tuple[Judged | None, Judged | None]]
    worse: tuple[str, ...] = ()
    better: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether both texts judge every month alike."""
        return all(old == new for old, new in self.months.values())


@dataclass(frozen=True, slots=True)
class RateImpact:
    """A written rate that was measured under the old conditions, of a channel or (None) of all that have one.

    labels: the stage that it leads from, and the one that it leads to
    written: None where the channels have different ones
    before, after: how many reached the next stage, of how many; both None where data of the past cannot tell, because
    the leads that come in never had a chance to get further
    """

    rate: str
    labels: tuple[str, str]
    channel: str | None
    channel_label: str | None
    written: Share | None
    before: tuple[int, int] | None
    after: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Load:
    """The leads that sellers get in a month before and after, and what they take (None: no limit is written)."""

    month: Month
    before: Fraction
    after: Fraction
    most: Fraction | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What may be spent for each lead of a stage in some months, if budgets and numbers are as planned.

    `has_same_budget`: the money is what it was, so that the number of leads alone makes the difference.
    """

    months: tuple[Month, ...]
    label: str
    before: Money
    after: Money
    has_same_budget: bool = False

    @property
    def change(self) -> Fraction:
        """By which part it changes; below 0 where each must cost less."""
        return self.after.amount / self.before.amount - 1


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change asks of sellers, money and people by the text alone, without any data.

    holds_from: the day on which it begins; None where that is the day of the release that carries it
    asked: the people of each side that owes something else, in words
    """

    load: tuple[Load, ...] = ()
    costs: tuple[Cost, ...] = ()
    holds_from: date | None = None
    asked: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """What real leads and the past months would have been under the new text.

    period: the months of the leads and of the promises
    as_of: the day as of which the data is looked at
    leads: how many came in the period
    files: what was read; `read_by` says by whose `source` section
    more_a_month: by how many the leads for sellers grow in a month because other leads count
    asked: the people of each side that owes something else, in words
    """

    period: Period
    as_of: date
    leads: int
    files: tuple[str, ...]
    read_by: ReadBy
    stages: tuple[StageImpact, ...] = ()
    lists: tuple[ListImpact, ...] = ()
    promises: tuple[PromiseImpact, ...] = ()
    rates: tuple[RateImpact, ...] = ()
    more_a_month: Fraction = Fraction(0)
    load: tuple[Load, ...] = ()
    costs: tuple[Cost, ...] = ()
    holds_from: date | None = None
    asked: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
