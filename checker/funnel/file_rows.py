"""The rows of one file of the source section, with their cells read as values: a view that the lead facts are made of.

Columns of the view: `row` (the order of reading, from 0), `line`, `file`, the parts of keys, each value and event
position under the name of its reading, and, where a cell may be unreadable, `misfit` (which reading it was of, counted
from 0; null where all could be read) and `misfit cell`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from checker.funnel.csv_files import Misread
from checker.funnel.engine import Engine
from checker.funnel.files import Located
from checker.funnel.nodes import (
    Node,
    as_type,
    both,
    case,
    column,
    either,
    how_many,
    inner,
    is_known,
    is_null,
    named,
    number,
    select,
    table,
    truth,
)
from checker.funnel.reading_plan import LEAD_ID, EventPlan, FilePlan
from checker.funnel.readings import Reading, as_text

ROW, LINE, FILE, MISFIT, MISFIT_CELL = "row", "line", "file", "misfit", "misfit cell"
EXAMPLES = 20
"""How many rows that were kept out are shown."""

Extent = tuple[int, int]
"""The smallest and the largest position of an event's stamps."""


@dataclass(slots=True)
class FileRows:
    """The rows of a file, ready to be read from the view `name`.

    `rows` counts all rows of the file; `misread` of them are no rows of it and therefore not in the view. `misfits`
    have a cell that cannot be read, `nameless` no id of a lead (or nothing else that they need; counted once: not if
    they are misfits). An event
    that never happened has no extent, even when it was `measured`.
    `blanks` counts the blank cells of readings, `ends` are their smallest and largest numbers, as far as the file
    itself tells. `told` are the events that have a
    column which says whether a row tells of them (`told_column`), with the names of their readings: the reader of a
    file passes over rows by it before any stamp is worked out.
    """

    plan: FilePlan
    located: Located
    name: str
    readings: tuple[Reading, ...]
    rows: int
    misread: int = 0
    misread_examples: list[tuple[str, Misread]] = field(default_factory=list)
    extents: dict[str, Extent] = field(default_factory=dict)
    measured: set[str] = field(default_factory=set)
    blanks: dict[str, int] = field(default_factory=dict)
    ends: dict[str, tuple[int, int]] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    misfits: int = 0
    nameless: int = 0

    def lacks(self, alias: str | None = None) -> Node:
        """Whether a row has a blank where it may not have one."""
        return either(is_null(column(name, alias)) for name in self.plan.needed)

    def extent(self, event: EventPlan) -> Extent | None:
        """The extent of an event, or of all that share its reading; None where it never happened."""
        shared = next(other for other in self.plan.moments() if other.reading.name == event.reading.name)
        return self.extents.get(shared.event)

    @property
    def can_misfit(self) -> bool:
        """Whether a cell may be unreadable."""
        return any(reading.can_fail for reading in self.readings)


def values_of(
    source: Node, kept: Mapping[str, Node], keys: Mapping[str, Node], readings: Sequence[Reading]
) -> exp.Select:
    """Reads cells as values, in steps so that each is worked out once: the cells, what they say, what of it is kept.

    `kept` are columns that pass through as they are.
    """
    passing = [*kept, *keys]
    cells = [named(cell, name) for name, cell in [*kept.items(), *keys.items()]]
    cells += [named(reading.cell.copy(), _cell(reading)) for reading in readings]
    told: list[Node] = [column(name) for name in passing]
    for reading in readings:
        told.append(named(reading.read(column(_cell(reading))), reading.name))
        told += [named(read(column(_cell(reading))), name) for name, read in reading.further.items()]
        if reading.can_fail:
            told.append(column(_cell(reading)))
    read = select(told, inner(select(cells, source), "cells"))
    if not any(reading.can_fail for reading in readings):
        return read
    values: list[Node] = [column(name) for name in passing]
    for reading in readings:
        values.append(named(_checked(reading), reading.name))
        values += [column(name) for name in reading.further]
    return select([*values, *_misfits(readings)], inner(read, "told"))


def told_column(reading: str) -> str:
    """The column of the view that says whether a row tells of the event of a reading."""
    return f"told {reading}"


def columns_of(readings: Iterable[Reading]) -> list[str]:
    """The columns that readings fill."""
    return [name for reading in readings for name in (reading.name, *reading.further)]


def _cell(reading: Reading) -> str:
    return f"cell {reading.name}"


def _checked(reading: Reading) -> Node:
    told = column(reading.name)
    return told if reading.check is None else reading.check(told)


def _misfits(readings: Sequence[Reading]) -> tuple[Node, Node]:
    """Which cell of a row cannot be read, the first of several, and what it holds."""
    failing = [
        (index, reading, both([is_known(column(_cell(reading))), is_null(_checked(reading))]))
        for index, reading in enumerate(readings)
        if reading.can_fail
    ]
    which = case((condition, as_type(number(index), "SMALLINT")) for index, _, condition in failing)
    shown = case(
        (condition.copy(), as_text(column(_cell(reading)), reading.heading)) for _, reading, condition in failing
    )
    return named(which, MISFIT), named(shown, MISFIT_CELL)


def measure(engine: Engine, rows: FileRows) -> None:
    """Counts misfits and rows without a lead's id, and finds the extents that are not known yet, in one statement.

    A typed Parquet file needs none: its statistics told the extents, and nothing in it can be unreadable.
    """
    events = [event for event in rows.plan.moments() if event.event not in rows.measured]
    is_told = rows.plan.needed in ((), (LEAD_ID,)) and all(name in rows.blanks for name in rows.plan.needed)
    if not rows.can_misfit and not events and is_told:
        rows.nameless = sum(rows.blanks[name] for name in rows.plan.needed)
        return
    is_sound = is_null(column(MISFIT)) if rows.can_misfit else truth(True)
    is_nameless = both([is_sound.copy(), rows.lacks()]) if rows.plan.needed else truth(False)
    ends = [
        end(this=case([(is_sound.copy(), column(event.reading.name))]))
        for event in events
        for end in (exp.Min, exp.Max)
    ]
    is_misfit = is_known(column(MISFIT)) if rows.can_misfit else truth(False)
    misfits, nameless, *found = engine.row(
        select([how_many(is_misfit), how_many(is_nameless), *ends], table(rows.name))
    )
    rows.misfits, rows.nameless = int(misfits), int(nameless)
    for event, first, last in zip(events, found[::2], found[1::2], strict=True):
        rows.measured.add(event.event)
        if first is not None:
            rows.extents[event.event] = (int(first), int(last))
