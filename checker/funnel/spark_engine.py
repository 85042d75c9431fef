"""Spark as the engine: on this machine, or on the cluster that the user's own configuration names.

What `SPARK_REMOTE`, `spark-defaults.conf` and the like say is respected; where they say nothing, Spark runs inside this
process's machine, with settings that suit one. Views and tables are temporary and in a session of their own, so that
nothing of the user's is overwritten. Files in plain text, and cells that need care, are read by DuckDB as ever, and
handed over as Parquet files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from sqlglot import exp

from checker.errors import SlaError, UnreadableInput
from checker.funnel.duckdb_engine import DuckdbEngine
from checker.funnel.engine import FILE_INDEX, ROW_IN_FILE, CannotAnswer, Engine, Row, Statistics
from checker.funnel.nodes import Node, select, table
from checker.funnel.spark_session import check_copies_are_shared, copies_folder, spark_session
from checker.funnel.spark_tables import SparkTables
from checker.funnel.spark_words import in_spark
from checker.funnel.temporary import no_room
from checker.message import say

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_TYPES = {
    "VARCHAR",
    "VARCHAR[]",
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "DOUBLE",
    "BOOLEAN",
    "DATE",
    "TIMESTAMP",
    "TIMESTAMP WITH TIME ZONE",
}
"""Types of columns in Parquet files that Spark reads as DuckDB does; decimals, too."""
_NO_ROOM = ("no space left", "disk quota exceeded")
_SMALLEST_SINCE = (4, 2)


class SparkEngine(Engine):
    """Spark, in a session of its own."""

    dialect = "spark"

    def __init__(self) -> None:
        """Raises MissingExtra where PySpark or Java is not there, UnwritableOutput where there is no room for temporary
        files, UnreadableInput where the cluster does not answer.
        """
        shared = copies_folder()
        self._session: SparkSession = spark_session()
        self._reader = DuckdbEngine(shared)
        self.folder = self._reader.folder
        version = tuple(int(part) for part in self._session.version.split(".")[:2])
        self._has_smallest = version >= _SMALLEST_SINCE
        self._names: dict[str, bool] = {}
        self._is_closed = False

    def close(self) -> None:
        """Forgets its views and tables and removes the folder; may be called twice. Spark itself goes with the
        process.
        """
        if not self._is_closed:
            self._is_closed = True
            for name in reversed(self._names):
                self._forget(name)
        self._reader.close()

    def _forget(self, name: str) -> None:
        from pyspark.errors import PySparkException

        try:
            if self._names[name]:
                self._session.sql(f"UNCACHE TABLE IF EXISTS {_quoted(name)}")
            self._session.sql(f"DROP VIEW IF EXISTS {_quoted(name)}")
        except (PySparkException, OSError):
            # a session that broke down has forgotten it already
            return

    # ------------------------------------------------------------ statements

    def sql(self, statement: exp.Expression, pretty: bool = True) -> str:
        """A statement in Spark's words. Raises CannotAnswer where it has none."""
        return in_spark(statement, pretty, self._has_smallest)

    def rows(self, statement: exp.Expression) -> list[Row]:
        """What a statement gives. Raises UnreadableInput, UnwritableOutput, CannotAnswer."""
        return [tuple(row) for row in self._run(self.sql(statement, pretty=False))]

    def make_table(self, name: str, statement: exp.Select) -> None:
        """Keeps what a statement gives as a table, which is filled when it is first read."""
        self._make(name, statement, is_kept=True)

    def make_view(self, name: str, statement: exp.Query, is_read_often: bool = False) -> None:
        """Gives a statement a name. What is read often is kept: planning and joining anew costs more than room."""
        self._make(name, statement, is_kept=is_read_often)

    def _make(self, name: str, statement: exp.Query, is_kept: bool) -> None:
        if self._names.get(name):
            self._forget(name)
        made = "CACHE LAZY TABLE" if is_kept else "CREATE OR REPLACE TEMPORARY VIEW"
        self._run(f"{made} {_quoted(name)} AS {in_spark(statement, False, self._has_smallest)}")
        self._names[name] = is_kept

    def load(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Makes a small table, which each worker gets whole."""
        types = {column: in_spark(exp.DataType.build(told, dialect="duckdb")) for column, told in columns.items()}
        is_decimal = [told.startswith("DECIMAL") for told in types.values()]
        cells = [
            tuple(
                Decimal(str(cell)) if decimal and cell is not None else cell
                for cell, decimal in zip(row, is_decimal, strict=True)
            )
            for row in rows
        ]
        schema = ", ".join(f"{_quoted(column)} {told}" for column, told in types.items())
        self._session.createDataFrame(cells, schema).hint("broadcast").createOrReplaceTempView(_quoted(name))
        self._names[name] = False

    def likest(self, values: exp.Select, word: str) -> tuple[str, float] | None:
        """As the reader measures it, of all different texts."""
        different = self.rows(values.copy().distinct(copy=False))
        (told,) = values.expressions
        self._reader.load("likest", {told.alias_or_name: "VARCHAR"}, different)
        return self._reader.likest(select([exp.column(told.alias_or_name, quoted=True)], table("likest")), word)

    # ------------------------------------------------------------ files

    @property
    def reader(self) -> DuckdbEngine:
        """DuckDB, whose files are where all of Spark can read them."""
        return self._reader

    def take(self, name: str) -> None:
        """Takes a table or view of the reader over, as a Parquet file."""
        check_copies_are_shared(self._session)
        file = self.folder / f"taken {len(self._names)}.parquet"
        self._reader.write_parquet(select([exp.Star()], table(name)), file)
        read = self._session.read.option("recursiveFileLookup", "true").parquet(_escaped(file))
        read.createOrReplaceTempView(_quoted(name))
        self._names[name] = False

    def reads(self, statement: exp.Select, types: Iterable[str]) -> bool:
        """Whether Spark has all types, and words for the statement that mean just the same."""
        if not all(told in _TYPES or told.startswith("DECIMAL(") for told in types):
            return False
        try:
            self.sql(statement)
        except CannotAnswer:
            return False
        return True

    def parquet(self, files: Sequence[Path]) -> Node:
        """Parquet files as a view, with their columns as the first of them has them."""
        name = "parquet " + " ".join(map(str, files))
        if name not in self._names:
            reader = self._session.read.option("recursiveFileLookup", "true")
            schema = reader.parquet(_escaped(files[0])).schema
            found = reader.schema(schema).parquet(*map(_escaped, files))
            # in Spark's own spelling of paths, to which what it says of each row is compared
            spelled = {unquote(urlsplit(file).path): urlsplit(file).path for file in found.inputFiles()}
            places = ", ".join(_text(spelled[str(file)]) for file in files)
            of_row = "REGEXP_REPLACE(_metadata.file_path, '^file:/+', '/')"
            index = f"ARRAY_POSITION(ARRAY({places}), {of_row}) - 1" if len(files) > 1 else "0L"
            found = found.selectExpr("*", f"{index} AS {FILE_INDEX}", f"_metadata.row_index AS {ROW_IN_FILE}")
            found.createOrReplaceTempView(_quoted(name))
            self._names[name] = False
        return table(name)

    def statistics(self, files: Sequence[Path]) -> Mapping[str, Statistics]:
        """None: Spark does not show what files tell of themselves."""
        return {}

    def tables(self) -> SparkTables:
        """The catalogue of the session."""
        return SparkTables(self._session, _explained)

    def seal(self, files: Iterable[Path]) -> None:
        """Nothing but these files is read from here on, because no statement names any other."""

    def _run(self, statement: str) -> list[Any]:
        from pyspark.errors import AnalysisException, PySparkException

        try:
            return self._session.sql(statement).collect()
        except AnalysisException as error:
            raise CannotAnswer(_reason(error)) from error
        except PySparkException as error:
            raise _explained(error) from error


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _text(value: str) -> str:
    return exp.Literal.string(value).sql(dialect="spark")


def _escaped(path: Path) -> str:
    """A path of which Spark takes no sign for a pattern."""
    return "".join(f"\\{sign}" if sign in "*?[]{}\\" else sign for sign in str(path))


def _reason(error: Exception) -> str:
    """What Spark says is wrong, without where in its own code."""
    told = str(error).splitlines() or [type(error).__name__]
    causes = [line.partition(":")[2].strip() for line in told if line.startswith("Caused by:")]
    return causes[-1] if causes else told[0]


def _explained(error: Exception) -> SlaError:
    reason = _reason(error)
    if any(sign in str(error).lower() for sign in _NO_ROOM):
        return no_room()
    return UnreadableInput(say("the data cannot be read to its end: {reason}", reason=reason))
