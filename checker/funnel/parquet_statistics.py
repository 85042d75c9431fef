"""What Parquet files tell of themselves without being read: their statistics, which writers keep for each column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlglot import exp

from checker.funnel.engine import Engine
from checker.funnel.file_rows import Extent
from checker.funnel.nodes import Node, equal, is_known, select, text
from checker.funnel.reading_plan import EventPlan
from checker.funnel.readings import Reading
from checker.funnel.stamps import seconds


def extents(engine: Engine, source: Node, events: Sequence[EventPlan]) -> list[tuple[EventPlan, Extent | None]]:
    """Smallest and largest position of the events whose column tells it; None where they never happened."""
    told = [event for event in events if event.stamp.has_statistics and isinstance(event.reading.cell, exp.Column)]
    if not told:
        return []
    ends = [end(this=event.reading.cell.copy()) for event in told for end in (exp.Min, exp.Max)]
    row = engine.row(select([part for end in ends for part in (is_known(end), seconds(end.copy()))], source.copy()))
    found: list[tuple[EventPlan, Extent | None]] = []
    for event, is_there, first, last in zip(told, row[::4], row[1::4], row[3::4], strict=True):
        if first is not None and last is not None:
            found.append((event, (int(first), int(last))))
        elif not is_there:
            found.append((event, None))
        # a stamp that never comes (`infinity`) has no position: the rows have to be asked
    return found


def blanks(engine: Engine, files: Sequence[Path], readings: Sequence[Reading]) -> dict[str, int]:
    """How many cells are blank, by the name of the reading; only of readings that take a column as it stands."""
    nulls = engine.nulls(files)
    found: dict[str, int] = {}
    for reading in readings:
        cell = reading.cell
        if isinstance(cell, exp.Column) and cell.name in nulls:
            found[reading.name] = nulls[cell.name]
        elif isinstance(cell, exp.Nullif) and isinstance(cell.this, exp.Column) and cell.this.name in nulls:
            # an empty text is smaller than any other: where the smallest one is not, no row is read
            empty = engine.count(engine.parquet(files), equal(cell.this.copy(), text("")))
            found[reading.name] = nulls[cell.this.name] + empty
    return found
