"""Tables and queries of Spark's own catalogue as files of the source: the address `spark:`, with `--engine spark`.

What only Spark can reach is read this way, too: `` query: SELECT * FROM parquet.`s3a://bucket/leads` ``. As of any
database, the columns in use are copied once, by all of Spark's workers, so that every statement counts the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.funnel.databases import Asked, no_query, no_table, refused_query
from checker.funnel.spark_session import check_copies_are_shared

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_TYPES = {
    "string": "VARCHAR",
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "bigint": "BIGINT",
    "float": "DOUBLE",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp_ntz": "TIMESTAMP",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    "array<string>": "VARCHAR[]",
}
"""Spark's type -> DuckDB's, in which readings are told what a column holds. Others are read as their text."""


class SparkTables:
    """The catalogue of a session."""

    def __init__(self, session: SparkSession, explained: Callable[[Exception], Exception]) -> None:
        self._session = session
        self._explained = explained

    def columns(self, asked: Asked) -> list[tuple[str, str]]:
        """The columns of a table or query, each with the type in which it will be kept. Raises UnreadableInput."""
        return [(name, _kept_as(kind)) for name, kind in self._frame(asked).dtypes]

    def copy(self, asked: Asked, columns: Sequence[tuple[str, str]], to: Path) -> None:
        """Writes some of these columns as Parquet files in a folder. Raises UnreadableInput, UnwritableOutput."""
        from pyspark.errors import PySparkException
        from pyspark.sql.functions import col

        check_copies_are_shared(self._session)
        frame = self._frame(asked)
        kinds = dict(frame.dtypes)
        chosen = []
        for name, _ in columns:
            value = col("`" + name.replace("`", "``") + "`")
            kind = kinds[name]
            chosen.append(value if kind in _TYPES or kind.startswith("decimal(") else value.cast("string").alias(name))
        try:
            frame.select(chosen).write.parquet(str(to))
        except PySparkException as error:
            raise self._explained(error) from error

    def close(self) -> None:
        """Nothing: the session is the engine's."""

    def _frame(self, asked: Asked) -> DataFrame:
        from pyspark.errors import AnalysisException, ParseException

        try:
            if not asked.is_query:
                return self._session.table(asked.text)
            # inside of another query there is room for one that reads, and for nothing that changes anything
            return self._session.sql("\n".join(["SELECT * FROM (", asked.text, ") AS asked"]))
        except ParseException as error:
            raise no_query(asked) from error
        except AnalysisException as error:
            if not asked.is_query:
                raise no_table(asked, [table.name for table in self._session.catalog.listTables()]) from error
            raise refused_query(asked, str(error).splitlines()[0]) from error


def _kept_as(kind: str) -> str:
    if kind.startswith("decimal("):
        return kind.upper()
    return _TYPES.get(kind, "VARCHAR")
