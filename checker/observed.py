"""What the data says about lines of the agreement: counted by `checker.measures`, judged by rules that need data.

Everything is counted as at the cut-off. What the data does not tell is missing here, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from checker.quantity import Duration, Month, Period


@dataclass(frozen=True, slots=True)
class Strangers:
    """Values that a list of the agreement does not know.

    about: `channel`, `campaign`, `owner`, `return_reason`, or a field's id
    column: the heading under which they stand
    leads: how many leads have one
    examples: those that most leads have; empty where they are personal data
    """

    about: str
    column: str
    leads: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filling:
    """How often a field is blank among the leads that reached a stage: month -> (blank, leads)."""

    field: str
    stage: str
    months: Mapping[Month, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Matured:
    """Leads that had all of their time to go on: of `leads`, `reached` did within `within`.

    `rate` is the id of the rate that they are about. `channel` is None for leads without one. The time is that of a
    promise about the rate, or (not `is_promised`) what the leads that went on took.
    """

    rate: str
    channel: str | None
    months: Period
    leads: int
    reached: int
    within: Duration
    is_promised: bool = True


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Months for which a stage has a target, which are over, and of which the data lacks a part or all.

    `first` and `last` are the days for which the data has the stage.
    """

    stage: str
    months: tuple[Month, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a promise could be about: of `leads`, `fitting` fit its `only`, and of `untold` it cannot be told."""

    promise: str
    leads: int
    fitting: int
    untold: int


@dataclass(frozen=True, slots=True)
class Handed:
    """Leads that sellers got: month -> how many; seller -> how many, as the data writes their names.

    `unknown` are those whose owner the agreement does not know.
    """

    months: Mapping[Month, int]
    by_owner: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Observed:
    """All of it. `channels` is channel -> month in which leads came -> how many; `blank` are fields that no lead of the
    data has filled in -> how many leads could have.
    """

    until: date
    leads: int = 0
    strangers: tuple[Strangers, ...] = ()
    blank: Mapping[str, int] = field(default_factory=dict)
    filling: tuple[Filling, ...] = ()
    matured: tuple[Matured, ...] = ()
    uncovered: tuple[Uncovered, ...] = ()
    audiences: tuple[Audience, ...] = ()
    channels: Mapping[str, Mapping[Month, int]] = field(default_factory=dict)
    handed: Handed | None = None
