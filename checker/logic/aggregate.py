"""What to count, said without SQL: facts of one lead, and sums over the leads of a month.

A fact is true, false or cannot be told of a lead at the cut-off: what happened later has not happened. Only
`checker.funnel` turns facts and aggregates into statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

from checker.agreement.conditions import FieldIs, FieldTest, Kind, Operand, Question
from checker.quantity import Duration

ANSWERED: Final = "answered"
"""A moment that is no event of its own: when sales said yes or no, by a decision, a return, or silence."""
RECEIVED: Final = "received"
"""Another one: when sales got the lead; of one that was never handed over, when sales first worked on it."""
CLOSING: Final = "closing"
"""Another one: when an opportunity was won or lost; of one that is open, the day on which it is expected to close.

Opportunities of which neither is known have no month, and are there all the same.
"""
ARRIVED: Final = "arrived"
"""Another one: when a lead came, by whichever of its stages, or its handoff, was first."""
SALES_WORK: Final = ("first_personal_contact", "contact_attempt", "decided")
"""What sales does with a lead that it has."""


@dataclass(frozen=True, slots=True)
class Happened:
    """The event has happened."""

    event: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A column of the lead facts holds something."""

    column: str


@dataclass(frozen=True, slots=True)
class Fits:
    """The lead fits a condition; `on` is the event from which `days ago` count back, None the cut-off."""

    condition: Question
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """`stop` happened within a time of `start`, counted by the calendar of the reports. Before it counts too."""

    start: str
    stop: str
    within: Duration


@dataclass(frozen=True, slots=True)
class Matured:
    """A time since `start` is over, counted by the calendar of the reports."""

    start: str
    within: Duration


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A column of numbers holds at least so many."""

    column: str
    number: int


@dataclass(frozen=True, slots=True)
class Holds:
    """A column of yes and no holds yes."""

    column: str


@dataclass(frozen=True, slots=True)
class NotBefore:
    """A column of dates holds this day, or a later one."""

    column: str
    day: date


@dataclass(frozen=True, slots=True)
class Lasted:
    """From `start` to `stop` at least so much time went by: of days, counted by dates."""

    start: str
    stop: str
    over: Duration


@dataclass(frozen=True, slots=True)
class Spared:
    """Both sides agreed not to count the lead: by its id, or because its moment falls on one of the days.

    `days` are the first and the last day of each span.
    """

    moment: str
    leads: tuple[str, ...] = ()
    days: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class OnDays:
    """A moment of the lead falls on one of the days from `first` to `last`."""

    moment: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Every:
    """All facts hold."""

    parts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one fact holds."""

    parts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """The fact does not hold."""

    part: Fact


@dataclass(frozen=True, slots=True)
class Surely:
    """The fact can be told, and holds."""

    part: Fact


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The data does not tell the fact."""

    part: Fact


Fact: TypeAlias = (
    Happened
    | Filled
    | Fits
    | Reached
    | Matured
    | AtLeast
    | Holds
    | NotBefore
    | Lasted
    | Spared
    | OnDays
    | Every
    | Some
    | Opposite
    | Surely
    | CannotTell
)


class Rows(StrEnum):
    """What is counted: leads, or what a lead may have several of, where the data tells them one by one."""

    LEADS = "leads"
    RETURNS = "returns"
    AGAIN = "second handoffs"
    ACTIVITIES = "activities"


class How(StrEnum):
    """How the leads of a group become one number. Both can be added up over groups."""

    COUNT = "count"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A number over the leads of whom the condition surely holds: how many, or the sum of a column."""

    how: How
    condition: Fact | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Named numbers by month of a moment and by channel.

    `by` is an event, or a moment that is none (ANSWERED, RECEIVED, CLOSING); leads without it are left out. None counts
    all leads once, as at the cut-off. Of the leads of whom `listed` holds, the first few of each month are named.
    """

    by: str | None
    numbers: Mapping[str, Aggregate] = field(default_factory=dict)
    listed: Fact | None = None
    rows: Rows = Rows.LEADS


@dataclass(frozen=True, slots=True)
class Ages:
    """How many days after `start` (by local dates) `stop` came: for medians, by month of the start and channel."""

    start: str
    stop: str


@dataclass(frozen=True, slots=True)
class HeldNumber:
    """The number that a field holds; `on` is the event from which `days ago` count back, None the cut-off."""

    field: str
    on: str | None = None


@dataclass(frozen=True, slots=True)
class DayOf:
    """The local day of a moment, in days since 1970-01-01."""

    moment: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """How many leads say the same of all of these: true, false or cannot tell of each fact, a number of each value.

    Of the leads of whom `among` surely holds. Such counts can be added up over parts of the data.
    """

    facts: Mapping[str, Fact]
    numbers: Mapping[str, HeldNumber | DayOf] = field(default_factory=dict)
    among: Fact | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """A deadline, and the leads that it holds for (None: all that no rung above took). `id` is what is judged by it."""

    id: str
    when: Question | None
    within: Duration


@dataclass(frozen=True, slots=True)
class Timing:
    """A clock: how the leads that have the start event stand to their deadlines.

    `only` says which leads it is about. Deadlines follow the working time `calendar`; where `owners` are given, this
    is about the leads of these sellers alone (None among them: nobody's). `not_owed` are facts of a lead by which the
    other side failed first, `late_on` clocks of the other side that must not be late. A stop before the start counts
    where it does not come before the event `not_before`; else it is impossible. For each of the instants `marks` it is
    counted apart which leads have their deadline then or later, in whatever month.
    """

    starts: str
    stops: str
    rungs: tuple[Rung, ...]
    calendar: str
    only: Question | None = None
    owners: tuple[str | None, ...] | None = None
    spared: Spared | None = None
    not_owed: tuple[Fact, ...] = ()
    late_on: tuple[Timing, ...] = ()
    not_before: str | None = None
    rows: Rows = Rows.LEADS
    marks: tuple[int, ...] = ()


class State(StrEnum):
    """How a lead stands to a deadline at the cut-off. Only what is met or late is in the share.

    Of some the stamps say too little (CANNOT_TELL), of others it is not sure that the promise is about them (UNSURE).
    """

    MET = "met"
    LATE = "late"
    WAITING = "waiting"
    NOT_COUNTED = "not counted"
    NOT_OWED = "not owed"
    CANNOT_TELL = "cannot tell"
    UNSURE = "unsure"


def count(condition: Fact | None = None) -> Aggregate:
    """How many leads."""
    return Aggregate(How.COUNT, condition)


def total(column: str, condition: Fact | None = None) -> Aggregate:
    """The sum of a column of the lead facts."""
    return Aggregate(How.SUM, condition, column)


def field_is(name: str, *values: Operand) -> FieldIs:
    """The condition that a field has one of these values, asked by a measure and not by a line of the agreement."""
    return FieldIs(name, FieldTest(Kind.ONE_OF, values, ""), ())


def field_known(name: str) -> FieldIs:
    """The condition that a field is filled in."""
    return FieldIs(name, FieldTest(Kind.KNOWN, (), ""), ())
