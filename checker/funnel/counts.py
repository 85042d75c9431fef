"""Puts the questions of measures to the engine, few statements for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from sqlglot import exp

from checker.agreement.events import became
from checker.errors import UnreadableInput
from checker.funnel import nodes
from checker.funnel.clock import clock, times
from checker.funnel.crossing import crossing
from checker.funnel.cube import ages, cube
from checker.funnel.engine import CannotAnswer, Engine, Row
from checker.funnel.lead_rows import Setting
from checker.funnel.offenders import merged, names_of, place_in_data, row_of, shown
from checker.funnel.totals import totals
from checker.logic.aggregate import Ages, Crossing, Rows, State, Tally, Timing
from checker.logic.three_valued import Answer
from checker.message import Written, say
from checker.quantity import Month

MonthAndChannel: TypeAlias = tuple[Month | None, str | None]
Numbers: TypeAlias = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class TallyCounts:
    """The numbers of a tally by month (None: at the cut-off) and channel; the first leads that it lists, by month.

    `Counter.names` says who these are.
    """

    cells: Mapping[MonthAndChannel, Numbers]
    first: Mapping[Month | None, tuple[int, ...]] = field(default_factory=dict)
    _months: dict[Month | None, dict[str, Fraction]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def month(self, month: Month | None) -> Numbers:
        """The numbers of a month over all channels; empty where there is no lead."""
        if not self._months:
            # each month is asked several times, and there may be hundreds of cells
            for (at, _), numbers in self.cells.items():
                total = self._months.setdefault(at, {})
                for name, number in numbers.items():
                    total[name] = total.get(name, Fraction(0)) + number
        return self._months.get(month, {})


@dataclass(slots=True)
class RungCounts:
    """How the leads of a rung stand whose deadline falls in a month, and how long answers took.

    `used` is the response time in seconds (the lower end of its bucket) -> how many leads, of the leads in the share.
    `silent` are those of the late ones that nobody answered by the cut-off. `first` are the first of the late ones by
    their deadline; `Counter.names` says who they are.
    """

    states: dict[State, int] = field(default_factory=dict)
    used: dict[int, int] = field(default_factory=dict)
    silent: int = 0
    first: tuple[int, ...] = ()

    def __getitem__(self, state: State) -> int:
        return self.states.get(state, 0)


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took: seconds, rounded down -> how many leads, in working time and on the wall."""

    worked: dict[int, int] = field(default_factory=dict)
    elapsed: dict[int, int] = field(default_factory=dict)

    def add(self, worked: int | None, elapsed: int, count: int) -> None:
        """Counts leads that took as long."""
        if worked is not None:
            self.worked[worked] = self.worked.get(worked, 0) + count
        self.elapsed[elapsed] = self.elapsed.get(elapsed, 0) + count

    def __add__(self, other: Times) -> Times:
        total = Times(dict(self.worked), dict(self.elapsed))
        for own, others in ((total.worked, other.worked), (total.elapsed, other.elapsed)):
            for seconds, count in others.items():
                own[seconds] = own.get(seconds, 0) + count
        return total


@dataclass(frozen=True, slots=True)
class TimingCounts:
    """The counts of a clock: by rung (its place in the ladder) and month of the deadline.

    `beyond` are leads whose deadline lies after everything that the calendar covers; `again` are the counts of second
    handoffs, where the data tells them. `since` are, by rung and the place of a mark in the clock's `marks`, the leads
    of all months whose deadline is then or later.
    """

    cells: Mapping[tuple[int, Month], RungCounts]
    beyond: int = 0
    again: TimingCounts | None = None
    since: Mapping[tuple[int, int], RungCounts] = field(default_factory=dict)

    def month(self, rung: int, month: Month) -> RungCounts:
        """The counts of a rung and month; all 0 where there is no lead."""
        return self.cells.get((rung, month), RungCounts())


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the engine could not answer, and what it said."""

    reason: str


@dataclass(frozen=True, slots=True)
class Crossed:
    """Leads of one channel that say the same: fact -> answer, value -> number (None: blank), and how many they are."""

    channel: str | None
    answers: Mapping[str, Answer]
    numbers: Mapping[str, Fraction | None]
    leads: int


@dataclass(slots=True)
class Counter:
    """Counts leads. `statements` collects what was asked, by a title, in the order of asking."""

    engine: Engine
    setting: Setting
    statements: dict[str, exp.Select] = field(default_factory=dict)
    _ages: dict[Ages, Mapping[MonthAndChannel, Mapping[int, int]]] = field(default_factory=dict)

    def tallies(self, asked: Mapping[str, Tally]) -> dict[str, TallyCounts | Unanswered | None]:
        """The counts of each tally by its name, in one statement for all that count the same by the same moment; None
        where the data does not have the moment. Where a statement cannot be run, its tallies are asked one by one.
        """
        found: dict[str, TallyCounts | Unanswered | None] = {}
        for by, rows in dict.fromkeys((tally.by, tally.rows) for tally in asked.values()):
            alike = {name: tally for name, tally in asked.items() if (tally.by, tally.rows) == (by, rows)}
            found.update(self._cube(by, rows, alike))
        return found

    def _cube(
        self, by: str | None, counted: Rows, asked: Mapping[str, Tally]
    ) -> Mapping[str, TallyCounts | Unanswered | None]:
        columns: list[tuple[str, str | None]] = []
        for name, tally in asked.items():
            columns += [(name, number) for number in tally.numbers] + ([] if tally.listed is None else [(name, None)])
        statement = self._counting(by, counted, asked)
        if statement is None:
            return dict.fromkeys(asked)
        try:
            rows = self._rows(f"{counted} by {by or 'the cut-off'}", statement)
        except CannotAnswer as error:
            if len(asked) == 1:
                return dict.fromkeys(asked, Unanswered(_first_line(error)))
            alone: dict[str, TallyCounts | Unanswered | None] = {}
            for name, tally in asked.items():
                alone.update(self._cube(by, counted, {name: tally}))
            return alone
        cells: dict[str, dict[MonthAndChannel, dict[str, Fraction]]] = {name: {} for name in asked}
        first: dict[str, dict[Month | None, tuple[int, ...]]] = {name: {} for name in asked}
        for month, channel, *values in rows:
            key = (None if month is None else month_of_code(month), channel)
            for (name, number), value in zip(columns, values, strict=True):
                if number is None:
                    first[name][key[0]] = merged(first[name].get(key[0]), value)
                else:
                    cells[name].setdefault(key, {})[number] = Fraction(value)
        return {name: TallyCounts(cells[name], first[name]) for name in asked}

    def _counting(self, by: str | None, counted: Rows, asked: Mapping[str, Tally]) -> exp.Select | None:
        """The statement that counts: of a stage that has only totals, the totals."""
        stage = next((stage for stage in self.setting.side.totals if by == became(stage)), None)
        return cube(self.setting.of(counted), by, asked) if stage is None else totals(self.setting, stage, asked)

    def timing(self, asked: Timing) -> TimingCounts | Unanswered | None:
        """The counts of a clock; None where the data does not have its events."""
        statement = clock(self.setting, asked)
        if statement is None:
            return None
        try:
            rows = self._rows(f"{asked.rungs[0].id}: {asked.starts} to {asked.stops}{_of(asked.rows)}", statement)
        except CannotAnswer as error:
            return Unanswered(_first_line(error))
        cells: dict[tuple[int, Month], RungCounts] = {}
        since: dict[tuple[int, int], RungCounts] = {}
        order = sorted(range(len(asked.marks)), key=lambda place: asked.marks[place])
        beyond = 0
        for rung, code, state_name, bucket, *reached, count, late in rows:
            if code is None:
                beyond += count
                continue
            state = State(state_name)
            cell = cells.setdefault((rung, month_of_code(code)), RungCounts())
            places = order[: reached[0]] if reached else ()
            for counts in (cell, *(since.setdefault((rung, place), RungCounts()) for place in places)):
                counts.states[state] = counts[state] + count
                if state is State.LATE and bucket is None:
                    counts.silent += count
            cell.first = merged(cell.first, late)
            is_told = bucket is not None and not self.setting.only_verdicts
            if is_told and state in (State.MET, State.LATE):
                cell.used[bucket] = cell.used.get(bucket, 0) + count
        return TimingCounts(cells, beyond, since=since)

    def times(self, asked: Timing) -> Mapping[tuple[int, Month, str | None], Times]:
        """How long the leads of a clock's share took, by rung, month of the deadline and channel."""
        statement = times(self.setting, asked)
        found: dict[tuple[int, Month, str | None], Times] = {}
        title = f"{asked.rungs[0].id}: how long from {asked.starts} to {asked.stops}"
        for rung, code, channel, worked, elapsed, count in self.told(title, statement):
            if code is not None:
                cell = found.setdefault((rung, month_of_code(code), channel), Times())
                cell.add(worked, elapsed, count)
        return found

    def names(self, places: Iterable[int]) -> Mapping[int, str]:
        """The leads that counts point to: what stands in `first` -> lead id, or the lead's place in the data where the
        id is an e-mail address.
        """
        asked = list(dict.fromkeys(places))
        if not asked:
            return {}
        rows = self._rows("names of leads", names_of(self.setting, [row_of(place) for place in asked]))
        names: dict[int, str] = {
            int(row): shown(lead, place_in_data(file, line, int(row))) for row, lead, file, line in rows
        }
        return {place: names[row_of(place)] for place in asked if row_of(place) in names}

    def those_there(self, leads: Iterable[str]) -> set[str]:
        """Which of these ids are leads that are counted: not those that were merged into another one."""
        asked = [nodes.text(lead) for lead in dict.fromkeys(leads)]
        if not asked:
            return set()
        lead = self.setting.leads.column("lead_id")
        statement = nodes.select([lead], nodes.table(self.setting.leads.view), nodes.is_in(lead.copy(), asked))
        return {str(found) for (found,) in self._rows("leads that are not counted", statement)}

    def ages(self, asked: Ages) -> Mapping[MonthAndChannel, Mapping[int, int]]:
        """Days from start to stop -> how many leads, by month of the start and channel; empty without the events.

        Asked of the engine once.
        """
        if asked in self._ages:
            return self._ages[asked]
        statement = ages(self.setting, asked)
        found: dict[MonthAndChannel, dict[int, int]] = {}
        title = f"days from {asked.start} to {asked.stop}"
        for code, channel, days, count in self._rows(title, statement) if statement is not None else ():
            found.setdefault((month_of_code(code), channel), {})[days] = count
        self._ages[asked] = found
        return found

    def crossing(self, title: str, asked: Crossing) -> list[Crossed]:
        """The leads by all of their answers together. Raises UnreadableInput where it cannot be counted."""
        try:
            rows = self._rows(title, crossing(self.setting, asked))
        except CannotAnswer as error:
            raise UnreadableInput(
                say("the data cannot be counted: {reason}", reason=Written(_first_line(error)))
            ) from error
        facts = len(asked.facts)
        return [
            Crossed(
                channel,
                dict(zip(asked.facts, told[:facts], strict=True)),
                {
                    name: None if value is None else Fraction(value)
                    for name, value in zip(asked.numbers, told[facts:], strict=True)
                },
                int(count),
            )
            for channel, *told, count in rows
        ]

    def owners(self, event: str) -> dict[str, int]:
        """Owner, in small letters -> how many of the leads that had an event are theirs."""
        leads = self.setting.leads
        stamp = leads.stamp(event)
        if stamp is None or not leads.has("owner"):
            return {}
        owner = leads.column("owner")
        asked = nodes.both([nodes.is_known(stamp), nodes.is_known(owner)])
        statement = nodes.select(
            [owner.copy(), nodes.named(nodes.count_star(), "count")], nodes.table(self.setting.leads.view), asked
        )
        statement = statement.group_by(nodes.number(1), copy=False)
        found: dict[str, int] = {}
        for name, number in self._rows(f"owners at {event}", statement):
            found[name.casefold()] = found.get(name.casefold(), 0) + int(number)
        return found

    def told(self, title: str, statement: exp.Select | None) -> list[Row]:
        """The rows of a statement beside the verdicts; none where it cannot be asked, or cannot be run."""
        if statement is None:
            return []
        try:
            return self._rows(title, statement)
        except CannotAnswer:
            return []

    def _rows(self, title: str, statement: exp.Select) -> list[Row]:
        self.statements[title] = statement
        return self.engine.rows(statement)


def _of(rows: Rows) -> str:
    return "" if rows is Rows.LEADS else f", {rows}"


def month_of_code(code: int) -> Month:
    """202703 is March 2027."""
    return Month(*divmod(code, 100))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
