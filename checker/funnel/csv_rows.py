"""CSV files as rows: read once, into tables of the engine, because every statement would have to read all text again.

A plain file is read by the engine itself, on all cores. Any other one is first copied, row by row and with only the
columns in use, by a reader that knows the line of every row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlglot import exp

from checker.funnel.csv_files import Copied, CsvFile
from checker.funnel.duckdb_engine import DuckdbEngine, literally
from checker.funnel.file_rows import EXAMPLES, FILE, LINE, MISFIT, MISFIT_CELL, ROW, FileRows, columns_of, values_of
from checker.funnel.files import Located
from checker.funnel.headings import TEXT_TYPE, FileHeadings, Heading
from checker.funnel.nodes import (
    Node,
    as_type,
    call,
    column,
    file_call,
    inner,
    named,
    nothing,
    number,
    one_by_one,
    plus,
    select,
    struct,
    table,
    text,
    truth,
)
from checker.funnel.reading_plan import FilePlan
from checker.funnel.readings import Reading

_SHIFT = "shift"
_FIRST_LINE = 2
"""The line of the first row of a plain file: the headings are above it."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns in use of one file: how many it has in all, where each stands, and what its folders say of others;
    both by the name that statements know them by.
    """

    width: int
    places: Mapping[str, int]
    folders: Mapping[str, str | None]

    def of_folders(self) -> list[Node]:
        """What the folders say, as columns of every row."""
        return [
            named(as_type(nothing() if value is None else text(value), TEXT_TYPE), stored)
            for stored, value in self.folders.items()
        ]


def _columns_of(located: Located, index: int, headings: FileHeadings, stored_as: Mapping[str, str]) -> _Columns:
    """The columns in use of one of the files; `stored_as` names them by their headings, as the first file has them."""
    own = {stored: name for name, stored in stored_as.items() if name not in headings.of_folders}
    return _Columns(
        len(headings.names) - len(headings.of_folders),
        {stored: headings.names.index(name) for stored, name in own.items()},
        {stored: located.folders[index][name] for name, stored in stored_as.items() if stored not in own},
    )


def csv_files(located: Located) -> list[CsvFile]:
    """The CSV files behind a name."""
    return [CsvFile(path, label, located.written) for path, label in zip(located.paths, located.labels, strict=True)]


def csv_headings(located: Located) -> list[FileHeadings]:
    """The headings of each file. Raises UnreadableInput for what is no CSV file."""
    return [_with_folders(file.headings(), located.folder_columns) for file in csv_files(located)]


def _with_folders(headings: FileHeadings, names: Iterable[str]) -> FileHeadings:
    """The headings of a file, then what its folders are called."""
    further = tuple(name for name in names if name not in headings.names)
    count = len(headings.names)
    return replace(
        headings,
        names=headings.names + further,
        types=headings.types + (TEXT_TYPE,) * len(further),
        stored_as=headings.stored_as + tuple(f"column {count + index}" for index in range(len(further))),
        of_folders=further,
    )


def open_csv(
    engine: DuckdbEngine,
    located: Located,
    headings: Sequence[FileHeadings],
    plan: FilePlan,
    readings: Sequence[Reading],
    used: Iterable[Heading],
) -> FileRows:
    """Reads the files behind a name; `headings` are those of each. Raises UnreadableInput, UnwritableOutput."""
    opened = FileRows(plan, located, plan.view, tuple(readings), 0)
    stored_as = {heading.name: heading.stored_as for heading in used}
    parts: list[exp.Select] = []
    kept = 0
    for index, (file, its_headings) in enumerate(zip(csv_files(located), headings, strict=True)):
        # the columns of each file under the names that those of the first one have
        columns_of_file = _columns_of(located, index, its_headings, stored_as)
        part = f"{opened.name}, file {index}"
        shift, copied = _read(engine, part, file, columns_of_file, plan.keys, readings)
        columns = [*plan.keys, *columns_of(readings), *((MISFIT, MISFIT_CELL) if opened.can_misfit else ())]
        parts.append(_numbered(part, file.label, kept, shift, columns))
        opened.rows += copied.rows
        opened.misread += copied.misread
        opened.misread_examples += [(file.label, misread) for misread in copied.examples]
        kept += copied.rows - copied.misread
    engine.make_view(opened.name, one_by_one(parts))
    return opened


def cells_of_csv(
    engine: DuckdbEngine, located: Located, headings: Sequence[FileHeadings], used: Iterable[Heading]
) -> exp.Query:
    """The cells of some columns as they stand in the files, with the number that their row has in `open_csv`."""
    stored_as = {heading.name: heading.stored_as for heading in used}
    parts: list[exp.Select] = []
    kept = 0
    for index, (file, its_headings) in enumerate(zip(csv_files(located), headings, strict=True)):
        name = f"cells of {located.name}, file {index}"
        columns_of_file = _columns_of(located, index, its_headings, stored_as)
        places = columns_of_file.places
        with (engine.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as to:
            copied = file.copy(list(places.values()), csv.writer(to, lineterminator="\n"), 0)
        columns = {_SHIFT: text("BIGINT")} | dict.fromkeys(places, text("VARCHAR"))
        source = _csv(engine.folder / f"{name}.csv", ",", '"', columns, skip=0)
        engine.make_table(name, select([column(stored) for stored in places], source))
        row = named(plus(column("rowid"), number(kept)), ROW)
        parts.append(select([row, *map(column, places), *columns_of_file.of_folders()], table(name)))
        kept += copied.rows - copied.misread
    return one_by_one(parts)


def _read(
    engine: DuckdbEngine,
    name: str,
    file: CsvFile,
    columns_of_file: _Columns,
    keys: Mapping[str, Node],
    readings: Sequence[Reading],
) -> tuple[Node, Copied]:
    """Reads one file into a table; what is added to a row's number in the table to give its line, and what was read."""
    width, places = columns_of_file.width, columns_of_file.places
    if width > 1 and file.is_plain():
        everything = {f"column {index}": text("VARCHAR") for index in range(width)}
        chosen: list[Node] = [
            named(call("trim", column(f"column {place}")), stored) for stored, place in places.items()
        ]
        chosen += columns_of_file.of_folders()
        source: Node = inner(select(chosen, _csv(file.path, file.delimiter, file.quote, everything, skip=1)), "file")
        if engine.try_make_table(name, values_of(source, {}, keys, readings)):
            return number(_FIRST_LINE), Copied(engine.count(table(name)))
    copy = engine.folder / f"{name}.csv"
    with copy.open("w", encoding="utf-8", newline="") as to:
        copied = file.copy(list(places.values()), csv.writer(to, lineterminator="\n"), EXAMPLES)
    columns = {_SHIFT: text("BIGINT")} | dict.fromkeys(places, text("VARCHAR"))
    of_copy = [exp.Star(), *columns_of_file.of_folders()]
    source = inner(select(of_copy, _csv(copy, ",", '"', columns, skip=0)), "file")
    engine.make_table(name, values_of(source, {_SHIFT: column(_SHIFT)}, keys, readings))
    copy.unlink()
    return column(_SHIFT), copied


def _csv(path: Path, delimiter: str, quote: str, columns: Mapping[str, Node], skip: int) -> Node:
    """A CSV file as the engine reads it: every cell as text, nothing guessed, every slip an error."""
    options = {
        "auto_detect": truth(False),
        "header": truth(False),
        "skip": number(skip),
        "delim": text(delimiter),
        "quote": text(quote),
        "escape": text(quote),
        "strict_mode": truth(True),
        "columns": struct(columns),
    }
    return file_call("read_csv", text(literally(path)), options)


def _numbered(part: str, label: str, before: int, shift: Node, columns: Iterable[str]) -> exp.Select:
    """The rows of one file with their number among all files, their line and file."""
    place = column("rowid")
    return select(
        [
            named(plus(place, number(before)), ROW),
            named(plus(place.copy(), shift), LINE),
            named(text(label), FILE),
            *(column(name) for name in columns),
        ],
        table(part),
    )
