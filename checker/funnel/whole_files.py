"""A file as it is, every cell of it as text: for those who look at an export before anything is said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlglot import exp

from checker.agreement.source import File
from checker.errors import UnreadableInput
from checker.funnel.csv_files import CsvFile, Misread
from checker.funnel.duckdb_engine import DuckdbEngine
from checker.funnel.files import PARQUET_MAGIC
from checker.funnel.headings import TEXT_TYPE
from checker.funnel.nodes import as_type, column, named, number, select, table, text
from checker.message import say
from checker.replacing import replaced, unwritable

MOST_CELLS = 20_000_000
"""Of a larger file, only the first rows are kept."""


@dataclass(frozen=True, slots=True)
class WholeFile:
    """The cells of a file by column, blank ones as empty texts, with the line of each row (of Parquet: its number).

    `types` are the SQL types of the columns, `rows` is how many rows the file has, of which `misread` are none;
    `examples` are the first of these. Of a very large file, `columns` hold only the first rows.
    """

    names: tuple[str, ...]
    types: tuple[str, ...]
    columns: tuple[list[str], ...]
    lines: tuple[int, ...]
    rows: int
    misread: int = 0
    examples: tuple[Misread, ...] = ()


class _Rows:
    """Takes rows as they are copied; equal cells are kept once."""

    def __init__(self, width: int) -> None:
        self.columns: tuple[list[str], ...] = tuple([] for _ in range(width))
        self.lines: list[int] = []
        self._most = max(MOST_CELLS // max(width, 1), 1)
        self._known: dict[str, str] = {}

    def writerow(self, row: Sequence[object], /) -> object:
        """Takes a row: the number that its place adds to give its line, then its cells."""
        if len(self.lines) < self._most:
            shift, *cells = row
            self.lines.append(int(str(shift)) + len(self.lines))
            for own, cell in zip(self.columns, cells, strict=True):
                written = str(cell)
                own.append(self._known.setdefault(written, written))
        return None


def is_parquet(path: Path) -> bool:
    """Whether a file begins as Parquet files do. Raises UnreadableInput where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(PARQUET_MAGIC)) == PARQUET_MAGIC
    except OSError as error:
        raise UnreadableInput(
            say("{file} cannot be read: {why}", file=path.name, why=error.strerror or str(error))
        ) from error


def read_csv(path: Path, label: str, written: File) -> WholeFile:
    """A CSV file, read as `written` says. Raises UnreadableInput for what is none."""
    file = CsvFile(path, label, written)
    names = file.headings().names
    rows = _Rows(len(names))
    copied = file.copy(range(len(names)), rows, examples=3)
    return WholeFile(
        names,
        (TEXT_TYPE,) * len(names),
        rows.columns,
        tuple(rows.lines),
        copied.rows,
        copied.misread,
        tuple(copied.examples),
    )


def read_parquet(path: Path, label: str) -> WholeFile:
    """A Parquet file, every value as text. Raises UnreadableInput for a damaged one."""
    with DuckdbEngine() as engine:
        source = engine.parquet([path])
        try:
            types = engine.columns(select([exp.Star()], source))
            rows = engine.count(source.copy())
            cells = [exp.Coalesce(this=as_type(column(name), TEXT_TYPE), expressions=[text("")]) for name in types]
            statement = select(cells, source.copy())
            most = max(MOST_CELLS // max(len(types), 1), 1)
            found = engine.rows(statement.limit(number(most), copy=False))
        except UnreadableInput as error:
            raise UnreadableInput(
                say("{file} is damaged: it is no Parquet file that can be read", file=label)
            ) from error
    columns: tuple[list[str], ...] = tuple(map(list, zip(*found, strict=True))) or tuple([] for _ in types)
    return WholeFile(tuple(types), tuple(types.values()), columns, tuple(range(1, len(found) + 1)), rows)


def write_parquet(file: WholeFile, path: Path) -> None:
    """Writes the cells as texts, blanks as null, under a temporary name first. A heading's second column is numbered.

    Raises UnwritableOutput.
    """
    names = _different(file.names)
    held = dict.fromkeys((f"column {index}" for index in range(len(names))), TEXT_TYPE)
    shown = [
        named(exp.Nullif(this=column(own), expression=text("")), name) for own, name in zip(held, names, strict=True)
    ]
    try:
        with replaced(path) as temporary, DuckdbEngine() as engine:
            engine.load("cells", held, zip(*file.columns, strict=True))
            engine.write_parquet(select(shown, table("cells")), temporary)
    except OSError as error:
        raise unwritable(str(path), error) from error


def _different(names: Sequence[str]) -> list[str]:
    """Headings that are told apart also by those who do not look at small and capital letters; none is empty."""
    seen: dict[str, int] = {}
    found = []
    for index, name in enumerate(names, start=1):
        base = name or f"column {index}"
        times = seen[base.casefold()] = seen.get(base.casefold(), 0) + 1
        found.append(base if times == 1 else f"{base} ({times})")
    return found
