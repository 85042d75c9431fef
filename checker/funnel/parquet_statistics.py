"""What Parquet files tell of themselves without being read: their statistics, which writers keep for each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sqlglot import exp

from checker.funnel.conditions import Shape
from checker.funnel.engine import Engine, Statistics
from checker.funnel.file_rows import Extent
from checker.funnel.nodes import Node, equal, is_known, select, text
from checker.funnel.reading_plan import EventPlan
from checker.funnel.readings import Reading
from checker.funnel.stamps import seconds
from checker.funnel.values import WHOLE_TYPES


def extents(engine: Engine, source: Node, events: Sequence[EventPlan]) -> list[tuple[EventPlan, Extent | None]]:
    """Smallest and largest position of the events whose column tells it; None where they never happened."""
    told = [event for event in events if event.stamp.has_statistics and isinstance(event.reading.cell, exp.Column)]
    if not told:
        return []
    ends = [end(this=event.reading.cell.copy()) for event in told for end in (exp.Min, exp.Max)]
    row = engine.ends(select([part for end in ends for part in (is_known(end), seconds(end.copy()))], source.copy()))
    found: list[tuple[EventPlan, Extent | None]] = []
    for event, is_there, first, last in zip(told, row[::4], row[1::4], row[3::4], strict=True):
        if first is not None and last is not None:
            found.append((event, (int(first), int(last))))
        elif not is_there:
            found.append((event, None))
        # a stamp that never comes (`infinity`) has no position: the rows have to be asked
    return found


def blanks(
    engine: Engine, files: Sequence[Path], told: Mapping[str, Statistics], readings: Sequence[Reading]
) -> tuple[dict[str, int], list[Reading]]:
    """How many cells are blank, by the name of the reading, of readings that take a column as it stands; and the
    readings, which look for no empty text where there is none. `told` is what the files tell of their columns.
    """
    found: dict[str, int] = {}
    kept: list[Reading] = []
    for reading in readings:
        cell = reading.cell
        if isinstance(cell, exp.Column) and cell.name in told:
            found[reading.name] = told[cell.name].nulls
        elif isinstance(cell, exp.Nullif) and isinstance(cell.this, exp.Column) and cell.this.name in told:
            column = told[cell.this.name]
            is_empty = equal(cell.this.copy(), text(""))
            empty = 0 if column.has_no_empty_text else engine.count(engine.parquet(files), is_empty)
            found[reading.name] = column.nulls + empty
            if not empty:
                reading = replace(reading, cell=cell.this)
        kept.append(reading)
    return found, kept


def ends(told: Mapping[str, Statistics], readings: Sequence[Reading]) -> dict[str, tuple[int, int]]:
    """The smallest and the largest number, by the name of the reading, of columns of whole numbers that are taken as
    they stand. `told` is what the files tell of their columns.
    """
    found: dict[str, tuple[int, int]] = {}
    for reading in readings:
        if isinstance(reading.cell, exp.Column) and reading.heading.sql_type in WHOLE_TYPES:
            column = told.get(reading.cell.name)
            if reading.shape is Shape.NUMBER and column is not None and column.ends is not None:
                found[reading.name] = column.ends
    return found
