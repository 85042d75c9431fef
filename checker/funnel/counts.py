"""Puts the questions of measures to the engine, few statements for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

import duckdb
from sqlglot import exp

from checker.funnel.clock import clock, late_leads
from checker.funnel.cube import ages, cube
from checker.funnel.engine import Engine, Row
from checker.funnel.lead_rows import Setting
from checker.funnel.offenders import leads_with
from checker.logic.aggregate import Ages, Fact, State, Tally, Timing
from checker.quantity import Month

MonthAndChannel: TypeAlias = tuple[Month | None, str | None]
Numbers: TypeAlias = Mapping[str, Fraction]
LeadsByMonth: TypeAlias = Mapping[Month, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TallyCounts:
    """The numbers of a tally by month (None: at the cut-off) and channel."""

    cells: Mapping[MonthAndChannel, Numbers]

    def month(self, month: Month | None) -> Numbers:
        """The numbers of a month over all channels; empty where there is no lead."""
        total: dict[str, Fraction] = {}
        for (at, _), numbers in self.cells.items():
            if at == month:
                for name, number in numbers.items():
                    total[name] = total.get(name, Fraction(0)) + number
        return total


@dataclass(slots=True)
class RungCounts:
    """How the leads of a rung stand whose deadline falls in a month, and how long answers took.

    `used` is the response time in seconds (the lower end of its bucket) -> how many leads, of the leads in the share.
    `silent` are those of the late ones that nobody answered by the cut-off.
    """

    states: dict[State, int] = field(default_factory=dict)
    used: dict[int, int] = field(default_factory=dict)
    silent: int = 0

    def __getitem__(self, state: State) -> int:
        return self.states.get(state, 0)


@dataclass(frozen=True, slots=True)
class TimingCounts:
    """The counts of a clock: by rung (its place in the ladder) and month of the deadline."""

    cells: Mapping[tuple[int, Month], RungCounts]
    beyond: int = 0
    """Leads whose deadline lies after everything that the calendar covers."""

    def month(self, rung: int, month: Month) -> RungCounts:
        """The counts of a rung and month; all 0 where there is no lead."""
        return self.cells.get((rung, month), RungCounts())


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the engine could not answer, and what it said."""

    reason: str


@dataclass(slots=True)
class Counter:
    """Counts leads. `statements` collects what was asked, by a title, in the order of asking."""

    engine: Engine
    setting: Setting
    statements: dict[str, exp.Select] = field(default_factory=dict)

    def tallies(self, asked: Mapping[str, Tally]) -> dict[str, TallyCounts | Unanswered | None]:
        """The counts of each tally by its name, in one statement for all that go by the same moment; None where the
        data does not have the moment. Where a statement cannot be run, its tallies are asked one by one.
        """
        found: dict[str, TallyCounts | Unanswered | None] = {}
        for by in dict.fromkeys(tally.by for tally in asked.values()):
            found.update(self._cube(by, {name: tally for name, tally in asked.items() if tally.by == by}))
        return found

    def _cube(self, by: str | None, asked: Mapping[str, Tally]) -> Mapping[str, TallyCounts | Unanswered | None]:
        columns = [(name, number) for name, tally in asked.items() for number in tally.numbers]
        statement = cube(
            self.setting, by, {f"{name} {number}": asked[name].numbers[number] for name, number in columns}
        )
        if statement is None:
            return dict.fromkeys(asked)
        try:
            rows = self._rows(f"leads by {by or 'the cut-off'}", statement)
        except duckdb.Error as error:
            if len(asked) == 1:
                return dict.fromkeys(asked, Unanswered(_first_line(error)))
            alone: dict[str, TallyCounts | Unanswered | None] = {}
            for name, tally in asked.items():
                alone.update(self._cube(by, {name: tally}))
            return alone
        cells: dict[str, dict[MonthAndChannel, dict[str, Fraction]]] = {name: {} for name in asked}
        for month, channel, *values in rows:
            key = (None if month is None else month_of_code(month), channel)
            for (name, number), value in zip(columns, values, strict=True):
                cells[name].setdefault(key, {})[number] = Fraction(value)
        return {name: TallyCounts(cells[name]) for name in asked}

    def timing(self, asked: Timing) -> TimingCounts | Unanswered | None:
        """The counts of a clock; None where the data does not have its events."""
        statement = clock(self.setting, asked)
        if statement is None:
            return None
        try:
            rows = self._rows(f"{asked.rungs[0].id}: {asked.starts} to {asked.stops}", statement)
        except duckdb.Error as error:
            return Unanswered(_first_line(error))
        cells: dict[tuple[int, Month], RungCounts] = {}
        beyond = 0
        for rung, code, state_name, bucket, count in rows:
            if code is None:
                beyond += count
                continue
            state = State(state_name)
            cell = cells.setdefault((rung, month_of_code(code)), RungCounts())
            cell.states[state] = cell[state] + count
            if state is State.LATE and bucket is None:
                cell.silent += count
            if state in (State.MET, State.LATE) and bucket is not None:
                cell.used[bucket] = cell.used.get(bucket, 0) + count
        return TimingCounts(cells, beyond)

    def late(self, asked: Timing, wanted: Mapping[int, Sequence[Month]], most: int) -> Mapping[int, LeadsByMonth]:
        """The ids of late leads by rung and month of the deadline, the oldest deadline first."""
        statement = late_leads(self.setting, asked, wanted, most)
        found: dict[int, dict[Month, tuple[str, ...]]] = {rung: {} for rung in wanted}
        for rung, code, lead in self._rows(f"{asked.rungs[0].id}: late leads", statement) if statement else ():
            month = month_of_code(code)
            found[rung][month] = (*found[rung].get(month, ()), lead)
        return found

    def leads(self, title: str, by: str, fact: Fact, months: Sequence[Month], most: int) -> LeadsByMonth:
        """The ids of leads of whom a fact surely holds, by the month of a moment, the earliest first."""
        statement = leads_with(self.setting, by, fact, months, most)
        found: dict[Month, tuple[str, ...]] = {}
        for code, lead in self._rows(f"{title}: leads", statement) if statement else ():
            month = month_of_code(code)
            found[month] = (*found.get(month, ()), lead)
        return found

    def ages(self, asked: Ages) -> Mapping[MonthAndChannel, Mapping[int, int]]:
        """Days from start to stop -> how many leads, by month of the start and channel; empty without the events."""
        statement = ages(self.setting, asked)
        found: dict[MonthAndChannel, dict[int, int]] = {}
        title = f"days from {asked.start} to {asked.stop}"
        for code, channel, days, count in self._rows(title, statement) if statement is not None else ():
            found.setdefault((month_of_code(code), channel), {})[days] = count
        return found

    def _rows(self, title: str, statement: exp.Select) -> list[Row]:
        self.statements[title] = statement
        return self.engine.rows(statement)


def month_of_code(code: int) -> Month:
    """202703 is March 2027."""
    return Month(*divmod(code, 100))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
