"""Parquet files as rows: they stay where they are, and each statement reads no more of them than its columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from sqlglot import exp

from checker.errors import UnreadableInput
from checker.funnel.duckdb_engine import DuckdbEngine
from checker.funnel.engine import FILE_INDEX, ROW_IN_FILE, Engine
from checker.funnel.file_rows import FILE, LINE, ROW, FileRows, told_column, values_of
from checker.funnel.files import Located
from checker.funnel.headings import TEXT_TYPE, FileHeadings, Heading
from checker.funnel.nodes import (
    Node,
    as_type,
    case,
    column,
    count_star,
    equal,
    inner,
    is_known,
    named,
    number,
    plus,
    select,
    table,
    text,
)
from checker.funnel.parquet_statistics import blanks, ends, extents
from checker.funnel.reading_plan import FilePlan
from checker.funnel.readings import Reading
from checker.funnel.zones import EARLIEST, LATEST
from checker.message import say


def parquet_headings(engine: DuckdbEngine, located: Located) -> list[FileHeadings]:
    """The headings of each file, then what the folders are called. Raises UnreadableInput for no Parquet file."""
    found: list[FileHeadings] = []
    for path, label in zip(located.paths, located.labels, strict=True):
        try:
            columns = engine.columns(select([exp.Star()], engine.parquet([path])))
        except UnreadableInput as error:
            raise UnreadableInput(
                say("{file} is damaged: it is no Parquet file that can be read", file=label)
            ) from error
        of_folders = tuple(name for name in located.folder_columns if name not in columns)
        columns |= dict.fromkeys(of_folders, TEXT_TYPE)
        names = tuple(columns)
        found.append(FileHeadings(label, names, tuple(columns.values()), names, of_folders=of_folders))
    return found


def is_read_by(
    engine: Engine,
    plan: FilePlan,
    readings: Sequence[Reading],
    headings: Sequence[FileHeadings],
    used: Sequence[Heading],
) -> bool:
    """Whether an engine itself reads the columns in use, which have one type in all files."""
    first, *others = (dict(zip(file.names, file.types, strict=True)) for file in headings)
    names = [heading.name for heading in used]
    if any(types[name] != first[name] for types in others for name in names):
        return False
    return engine.reads(values_of(table(plan.view), {}, plan.keys, readings), [first[name] for name in names])


def open_parquet(
    engine: Engine, located: Located, headings: Sequence[FileHeadings], plan: FilePlan, readings: Sequence[Reading]
) -> FileRows:
    """Makes the view of the rows of the files behind a name; `headings` are those of each. Raises UnreadableInput."""
    source = _with_folders(engine.parquet(located.paths), located, headings[0].of_folders)
    rows = engine.count(engine.parquet(located.paths))
    opened = FileRows(plan, located, plan.view, tuple(readings), rows)
    told = engine.statistics(located.paths)
    opened.blanks, readings = blanks(engine, located.paths, told, readings)
    opened.ends = ends(told, readings)
    sure: set[str] = set()
    for event, extent in extents(engine, source, plan.events):
        if extent is None or (extent[0] >= EARLIEST and extent[1] < LATEST):
            sure.add(event.reading.name)
        opened.measured.add(event.event)
        if extent is not None:
            opened.extents[event.event] = extent
    # where the statistics show that all stamps are plausible, no row needs to be asked
    readings = [replace(each, check=None, can_fail=False) if each.name in sure else each for each in readings]
    if not plan.is_log:
        opened.told = {event.event: event.reading.name for event in plan.events if event.reading.name in sure}
    opened.readings = tuple(_with_told(reading, opened.told.values()) for reading in readings)
    values = values_of(source, _places(engine, located), plan.keys, opened.readings)
    # lines of a log are gone through several times, and most hold their moments as text
    if plan.is_log:
        engine.make_table(opened.name, values)
    else:
        engine.make_view(opened.name, values)
    return opened


def cells_of_parquet(
    engine: Engine, located: Located, headings: Sequence[FileHeadings], used: Iterable[Heading]
) -> exp.Select:
    """The cells of some columns as they stand in the files, with the number that their row has in `open_parquet`."""
    source = _with_folders(engine.parquet(located.paths), located, headings[0].of_folders)
    row = named(_places(engine, located)[ROW], ROW)
    return select([row, *(column(heading.stored_as) for heading in used)], source)


def _with_told(reading: Reading, told: Collection[str]) -> Reading:
    """A reading with the column that says whether the file tells of the event, for those that are `told`."""
    if reading.name not in told:
        return reading
    return replace(reading, further={**reading.further, told_column(reading.name): is_known})


def _with_folders(source: Node, located: Located, names: Sequence[str]) -> Node:
    """Files with what their folders are called as columns."""
    if not names:
        return source
    told: list[Node] = []
    for name in names:
        branches = (
            (equal(column(FILE_INDEX), number(index)), text(value))
            for index, folders in enumerate(located.folders)
            if (value := folders[name]) is not None
        )
        told.append(named(as_type(case(branches), TEXT_TYPE), name))
    own = [exp.Star(), column(FILE_INDEX), column(ROW_IN_FILE)]
    return inner(select([*own, *told], source), "files")


def _places(engine: Engine, located: Located) -> dict[str, Node]:
    """The number, line and file of a row. Parquet has no lines: rows are counted from 1 in each file, and numbered
    through over several.
    """
    in_file = column(ROW_IN_FILE)
    line = plus(in_file.copy(), number(1))
    if len(located.labels) == 1:
        return {ROW: in_file, LINE: line, FILE: text(located.label)}
    which = column(FILE_INDEX)
    counted = select([which.copy(), named(count_star(), "rows")], engine.parquet(located.paths))
    counts: Mapping[int, int] = dict(engine.rows(counted.group_by(number(1), copy=False)))
    before = accumulate((counts.get(index, 0) for index in range(len(located.paths))), initial=0)
    begin = case(
        (equal(which.copy(), number(index)), number(rows))
        for index, rows in zip(range(len(located.paths)), before, strict=False)
    )
    labels = case((equal(which.copy(), number(index)), text(label)) for index, label in enumerate(located.labels))
    return {ROW: plus(begin, in_file), LINE: line, FILE: labels}
