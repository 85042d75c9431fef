"""What came of a test of the criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from checker.measures.backtest.actions import Actions
from checker.measures.backtest.closed import Closed
from checker.measures.backtest.contribution import Contribution
from checker.measures.backtest.criterion import Criterion
from checker.measures.backtest.leaks import Leak
from checker.measures.backtest.table import OfGroup, Table
from checker.measures.backtest.thresholds import Threshold


@dataclass(frozen=True, slots=True)
class Unknown:
    """A condition that is not known of some of the leads of whom the criterion cannot be told: its place, how many."""

    place: int
    leads: int


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of one criterion: nothing but the leaks where it has some.

    `unknown` are the conditions for which it cannot be told of some, most leads first.
    """

    criterion: Criterion
    leaks: tuple[Leak, ...] = ()
    table: Table | None = None
    channels: tuple[OfGroup, ...] = ()
    personas: tuple[OfGroup, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    thresholds: tuple[Threshold, ...] = ()


@dataclass(frozen=True, slots=True)
class Backtest:
    """All of it. `as_of` is the day at whose end it is looked at; `files` are those that were read; `statements` are
    what the engine was asked, in its own words, by their titles.
    """

    as_of: date
    closed: Closed
    tested: tuple[Tested, ...]
    actions: Actions | None
    files: tuple[str, ...]
    statements: Mapping[str, str]
