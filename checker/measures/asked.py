"""What a measure asks of the data, in one of a few forms, and the verdicts that follow from the counts.

A measure only says what it counts. How counts become a status is the same for all measures of a form
(`checker.measures.judging`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from checker.agreement import Promise
from checker.logic.aggregate import Aggregate, Fact, Rows, Timing
from checker.measures.beside import NOTHING, Beside
from checker.message import Message
from checker.quantity import Duration, Month
from checker.verdict import Evidence, Outlook, Status

Unit: TypeAlias = Literal["share", "leads", "money", "a month", "multiple"]
Key: TypeAlias = tuple[str, Month]
"""A promise (or rung) by its id, and a month."""
TargetOf: TypeAlias = Callable[[Month], Fraction | None]
"""What is promised for a month, or None where nothing is."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What the data must hold: events, fields of the agreement, and columns of the lead facts by what they hold."""

    events: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthlyShare:
    """A share of the leads that have a moment in a month.

    `of` are those that are counted, `kept` those that are as promised. `silent` marks those that were counted by
    silence. With `at_most` the share may not be larger than the target. `rows` is what is counted.
    """

    needs: Needs
    by: str
    of: Fact | None
    kept: Fact
    silent: Fact | None = None
    at_most: bool = False
    rows: Rows = Rows.LEADS


@dataclass(frozen=True, slots=True)
class AskedClock:
    """A promise with a deadline: one timing for each calendar that its sellers work by.

    `again` are the same for second handoffs, which stand beside. With `as_one` the rungs are judged together.
    `recorded` are the events whose data has to cover a month, where they are others than those of the clock.
    """

    promise: Promise
    timings: tuple[Timing, ...]
    again: tuple[Timing, ...] = ()
    as_one: bool = False
    recorded: tuple[str, ...] = ()

    @property
    def events(self) -> tuple[str, ...]:
        return self.recorded or (self.timings[0].starts, self.timings[0].stops)


@dataclass(frozen=True, slots=True)
class MonthlyAmount:
    """A count or a sum of a month. `blank` counts the leads of which the amount is not known."""

    needs: Needs
    by: str
    amount: Aggregate
    unit: Unit
    target: TargetOf
    blank: Aggregate | None = None
    of: Fact | None = None


@dataclass(frozen=True, slots=True)
class CohortShare:
    """The share of those who entered a stage in a month that reach another within a time."""

    needs: Needs
    start: str
    stop: str
    within: Duration
    target: TargetOf


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A share of the leads as they are at the cut-off."""

    needs: Needs
    of: Fact
    kept: Fact


@dataclass(frozen=True, slots=True)
class Noted:
    """What people wrote down: how much was done in each month, of how much; `first` to `last` is the time of writing.

    `share` is the part of what was planned that must be done.
    """

    done: Mapping[Month, int]
    planned: TargetOf
    unit: Unit
    first: date
    last: date
    share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Unmeasurable:
    """Why nothing can be said, and what would change that."""

    reason: Message
    unlock: Message | None = None


Asked: TypeAlias = AskedClock | MonthlyShare | MonthlyAmount | CohortShare | Snapshot | Noted | Unmeasurable


def events_of(asked: Asked) -> tuple[str, ...]:
    """The events whose data a question needs."""
    match asked:
        case AskedClock():
            return asked.events
        case MonthlyShare() | MonthlyAmount() | Snapshot():
            return asked.needs.events
        case CohortShare(start=start, stop=stop):
            return start, stop
        case Noted() | Unmeasurable():
            return ()


@dataclass(frozen=True, slots=True)
class Again:
    """Second handoffs of a month beside the first ones: how many of those that were due were in time, and how many are
    not due yet.
    """

    kept: int
    due: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one promise (or rung) in one month; numbers are exact. See `checker.verdict.Result`."""

    id: str
    month: Month
    status: Status
    unit: Unit
    outlook: Outlook | None = None
    at_most: bool = False
    about: bool = False
    judged_on: date | None = None
    actual: Fraction | None = None
    target: Fraction | None = None
    numerator: Fraction = Fraction(0)
    denominator: Fraction = Fraction(0)
    waiting: int = 0
    not_counted: int = 0
    not_owed: int = 0
    cannot_tell: int = 0
    by_silence: int = 0
    allowed_misses: int | None = None
    interval: tuple[float, float] | None = None
    evidence: Evidence | None = None
    missed_by_chance: float | None = None
    median_seconds: int | None = None
    p90_seconds: int | None = None
    again: Again | None = None
    first_offenders: tuple[int, ...] = ()
    """The first leads that did not go as promised, as counts point to them; `offenders` are their ids."""
    offenders: tuple[str, ...] = ()
    offender_count: int = 0
    why: Message | None = None
    unlock: Message | None = None
    beside: Beside = NOTHING

    @property
    def key(self) -> Key:
        """What there is one verdict of."""
        return self.id, self.month

    @property
    def is_decided(self) -> bool:
        """Whether the month has a verdict: met or missed."""
        return self.status in (Status.MET, Status.MISSED)
