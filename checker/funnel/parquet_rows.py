"""Parquet files as rows: they stay where they are, and each statement reads no more of them than its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from sqlglot import exp

from checker.errors import UnreadableInput
from checker.funnel.engine import Engine, literally
from checker.funnel.file_rows import FILE, LINE, ROW, FileRows, values_of
from checker.funnel.files import Located
from checker.funnel.headings import FileHeadings
from checker.funnel.nodes import (
    Node,
    case,
    column,
    equal,
    file_call,
    listed,
    number,
    plus,
    select,
    text,
)
from checker.funnel.parquet_statistics import blanks, extents
from checker.funnel.reading_plan import FilePlan
from checker.funnel.readings import Reading
from checker.funnel.zones import EARLIEST, LATEST
from checker.message import say


def parquet_headings(engine: Engine, located: Located) -> list[FileHeadings]:
    """The headings of each file. Raises UnreadableInput for what is no Parquet file."""
    found: list[FileHeadings] = []
    for path, label in zip(located.paths, located.labels, strict=True):
        try:
            columns = engine.columns(select([exp.Star()], _parquet([path])))
        except UnreadableInput as error:
            raise UnreadableInput(
                say("{file} is damaged: it is no Parquet file that can be read", file=label)
            ) from error
        names = tuple(columns)
        found.append(FileHeadings(label, names, tuple(columns.values()), names))
    return found


def open_parquet(engine: Engine, located: Located, plan: FilePlan, readings: Sequence[Reading]) -> FileRows:
    """Makes the view of the rows of the files behind a name. Raises UnreadableInput."""
    source = _parquet(located.paths)
    rows = engine.count(source)
    opened = FileRows(plan, located, plan.view, tuple(readings), rows)
    opened.blanks = blanks(engine, _listed(located.paths), source, readings)
    sure: set[str] = set()
    for event, extent in extents(engine, source, plan.events):
        if extent is None or (extent[0] >= EARLIEST and extent[1] < LATEST):
            sure.add(event.reading.name)
        opened.measured.add(event.event)
        if extent is not None:
            opened.extents[event.event] = extent
    # where the statistics show that all stamps are plausible, no row needs to be asked
    opened.readings = tuple(
        replace(reading, check=None, can_fail=False) if reading.name in sure else reading for reading in readings
    )
    values = values_of(source, _places(engine, located), plan.keys, opened.readings)
    # lines of a log are gone through several times, and most hold their moments as text
    if plan.is_log:
        engine.make_table(opened.name, values)
    else:
        engine.make_view(opened.name, values)
    return opened


def _parquet(paths: Sequence[Path]) -> Node:
    return file_call("read_parquet", _listed(paths), {})


def _listed(paths: Sequence[Path]) -> Node:
    return listed(text(literally(path)) for path in paths)


def _places(engine: Engine, located: Located) -> dict[str, Node]:
    """The number, line and file of a row. Parquet has no lines: rows are counted from 1 in each file, and numbered
    through over several.
    """
    in_file = column("file_row_number")
    line = plus(in_file.copy(), number(1))
    if len(located.labels) == 1:
        return {ROW: in_file, LINE: line, FILE: text(located.label)}
    which = column("file_index")
    counts = [engine.count(_parquet([path])) for path in located.paths]
    before = list(accumulate(counts, initial=0))
    begin = case((equal(which.copy(), number(index)), number(rows)) for index, rows in enumerate(before[:-1]))
    labels = case((equal(which.copy(), number(index)), text(label)) for index, label in enumerate(located.labels))
    return {ROW: plus(begin, in_file), LINE: line, FILE: labels}
