"""What Parquet files tell of themselves without being read: their statistics, which writers keep for each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from checker.funnel.engine import Engine
from checker.funnel.file_rows import Extent
from checker.funnel.nodes import Node, call, column, count_star, equal, minus, select, text
from checker.funnel.reading_plan import EventPlan
from checker.funnel.readings import Reading
from checker.funnel.stamps import seconds


def extents(engine: Engine, source: Node, events: Sequence[EventPlan]) -> list[tuple[EventPlan, Extent | None]]:
    """Smallest and largest position of the events whose column tells it; None where they never happened."""
    told = [event for event in events if event.stamp.has_statistics and isinstance(event.reading.cell, exp.Column)]
    if not told:
        return []
    ends = [seconds(end(this=event.reading.cell.copy())) for event in told for end in (exp.Min, exp.Max)]
    row = engine.row(select(ends, source.copy()))
    return [
        (event, None if first is None else (int(first), int(last)))
        for event, first, last in zip(told, row[::2], row[1::2], strict=True)
    ]


def blanks(engine: Engine, files: Node, source: Node, readings: Sequence[Reading]) -> dict[str, int]:
    """How many cells are blank, by the name of the reading; only of readings that take a column as it stands.

    `files` is the list of the files' paths, `source` reads them.
    """
    nulls = _nulls(engine, files)
    found: dict[str, int] = {}
    for reading in readings:
        cell = reading.cell
        if isinstance(cell, exp.Column) and cell.name in nulls:
            found[reading.name] = nulls[cell.name]
        elif isinstance(cell, exp.Nullif) and isinstance(cell.this, exp.Column) and cell.this.name in nulls:
            # an empty text is smaller than any other: where the smallest one is not, no row is read
            empty = engine.count(source.copy(), equal(cell.this.copy(), text("")))
            found[reading.name] = nulls[cell.this.name] + empty
    return found


def _nulls(engine: Engine, files: Node) -> Mapping[str, int]:
    """The number of null cells of each column that counts them in every part of every file."""
    counted = exp.Sum(this=column("stats_null_count"))
    uncounted = minus(count_star(), exp.Count(this=column("stats_null_count")))
    name = column("path_in_schema")
    statement = select([name, counted, uncounted], call("parquet_metadata", files)).group_by(name.copy(), copy=False)
    return {str(name): int(nulls) for name, nulls, missing in engine.rows(statement) if not missing}
