"""What every engine does that holds a funnel and answers statements: one plan, whatever runs it.

Statements are syntax trees in the words of DuckDB, the engine inside this process (`checker.funnel.duckdb_engine`);
another engine says them in its own words (`checker.funnel.spark_engine`). They work in UTC with whole numbers: time
zones are this program's business.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlglot import exp

from checker.funnel.nodes import Node, select

if TYPE_CHECKING:
    from checker.funnel.databases import Database
    from checker.funnel.duckdb_engine import DuckdbEngine

Row = tuple[Any, ...]
FILE_INDEX, ROW_IN_FILE = "file_index", "file_row_number"
"""Columns that `Engine.parquet` gives beside those of the files: which file, and which row of it, both from 0."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many cells of a column are null; of a column of texts, whether it is sure that none of them is empty; of one
    of whole numbers, the smallest and the largest, as far as they are told.
    """

    nulls: int
    has_no_empty_text: bool = False
    ends: tuple[int, int] | None = None


class CannotAnswer(Exception):
    """The engine does not run a statement; the text is its own reason."""


class Engine(ABC):
    """One funnel's engine. Use it in a `with` statement, or close it."""

    dialect: str
    """What sqlglot calls its SQL."""
    folder: Path
    """A folder for temporary files, gone when the engine is closed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Forgets everything and removes the folder; may be called twice."""

    # ------------------------------------------------------------ statements

    @abstractmethod
    def sql(self, statement: exp.Expression, pretty: bool = True) -> str:
        """A statement in the engine's own words. Raises CannotAnswer where it has none."""

    @abstractmethod
    def rows(self, statement: exp.Expression) -> list[Row]:
        """What a statement gives. Raises UnreadableInput where a file turns out to be damaged, UnwritableOutput
        where there is no room left for temporary files, CannotAnswer where the engine does not run it.
        """

    def row(self, statement: exp.Expression) -> Row:
        """The only row of a statement that always gives one."""
        (row,) = self.rows(statement)
        return row

    def ends(self, statement: exp.Expression) -> Row:
        """As `row`, of a statement that asks whole files for nothing but smallest and largest values: an engine that
        finds those in what the files say of themselves reads none of their rows.
        """
        return self.row(statement)

    def count(self, source: exp.Expression, where: exp.Expression | None = None) -> int:
        """The number of rows of a table, view or file, or of those for which a condition holds."""
        return int(self.row(select([exp.Count(this=exp.Star())], source, where))[0])

    @abstractmethod
    def make_table(self, name: str, statement: exp.Select) -> None:
        """Keeps what a statement gives as a table."""

    @abstractmethod
    def make_view(self, name: str, statement: exp.Query, is_read_often: bool = False) -> None:
        """Gives a statement a name; it is run anew each time that the view is read, or, of one that is read often, kept
        if the engine is better off so.
        """

    @abstractmethod
    def load(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Makes a small table: `columns` gives each column's type in DuckDB's SQL (`BIGINT`, `VARCHAR` …)."""

    @abstractmethod
    def likest(self, values: exp.Select, word: str) -> tuple[str, float] | None:
        """Of the texts that a statement gives, the one most like a word, with its likeness by Jaro and Winkler (1 is
        the same); of several, the first by its letters. None where there is no text.
        """

    # ------------------------------------------------------------ files

    @property
    @abstractmethod
    def reader(self) -> DuckdbEngine:
        """What reads the files that the engine does not read itself: CSV, databases, cells that need care."""

    @abstractmethod
    def take(self, name: str) -> None:
        """Takes a table or view of the reader over, with its rows as they are."""

    @abstractmethod
    def reads(self, statement: exp.Select, types: Iterable[str]) -> bool:
        """Whether the engine itself reads what a statement asks of Parquet files, just as the reader would; `types`
        are the types of the columns in use.
        """

    @abstractmethod
    def parquet(self, files: Sequence[Path]) -> Node:
        """Parquet files as a table, with the columns FILE_INDEX and ROW_IN_FILE beside their own."""

    @abstractmethod
    def statistics(self, files: Sequence[Path]) -> Mapping[str, Statistics]:
        """What files of Parquet tell of a column without being read, of each column of which all of them do."""

    def tables(self) -> Database | None:
        """The tables that the engine itself keeps; None where it keeps none."""
        return None

    @abstractmethod
    def seal(self, files: Iterable[Path]) -> None:
        """From here on, these files are all of the outside world that any statement needs."""
