"""Tables and queries of a DuckDB file, opened for reading alone and without a way to any other file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

import duckdb

from checker.errors import UnreadableInput
from checker.finding import At
from checker.funnel.databases import (
    Asked,
    broken_off,
    no_query,
    no_table,
    not_only_reading,
    refused_query,
    without_edges,
)
from checker.funnel.duckdb_engine import DuckdbEngine, interruptible
from checker.funnel.nodes import as_type, column, named, select, table
from checker.funnel.stamps import INSTANT_TYPES, WALL_TYPES
from checker.message import Written, say

_KEPT = (
    "VARCHAR",
    "BOOLEAN",
    "DATE",
    *WALL_TYPES,
    *INSTANT_TYPES,
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT", "DOUBLE"),
)
"""Types that stay what they are; decimal numbers do too, lists become lists of texts, and all others texts."""
_ROWS = "rows"


class DuckdbDatabase:
    """An open DuckDB file: `duckdb:leads.duckdb`, `duckdb:/data/leads.duckdb` or `duckdb:///data/leads.duckdb`."""

    def __init__(self, address: str, variable: str, at: At, engine: DuckdbEngine) -> None:
        """Opens it; what is copied goes to the engine's folder. Raises UnreadableInput."""
        self._engine = engine
        path = unquote(address.partition(":")[2])
        if path.startswith("//"):
            path = path[2:]
        if not Path(path).is_file():
            raise UnreadableInput(
                say("there is no file where {variable} says that the DuckDB database is", variable=Written(variable)),
                at=at,
            )
        try:
            self._connection = duckdb.connect(
                path,
                read_only=True,
                config={
                    "temp_directory": str(engine.folder / "spill"),
                    "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false",
                },
            )
        except duckdb.Error as error:
            reason = str(error).lower()
            if "lock" in reason or "already open" in reason or "different configuration" in reason:
                raise UnreadableInput(
                    say(
                        "another program holds the DuckDB database that {variable} names open for writing",
                        variable=Written(variable),
                    ),
                    at=at,
                ) from None
            raise UnreadableInput(
                say("what {variable} names is no DuckDB database that can be read", variable=Written(variable)), at=at
            ) from None
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.execute("SET allowed_directories = ?", [[str(engine.folder)]])
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")
        self._connection.execute("BEGIN TRANSACTION READ ONLY")

    def columns(self, asked: Asked) -> list[tuple[str, str]]:
        """The columns of a table or query, with the types in which they will be kept. Raises UnreadableInput."""
        relation = self._relation(asked)
        return [(name, _kept_as(str(kind))) for name, kind in zip(relation.columns, relation.types, strict=True)]

    def copy(self, asked: Asked, columns: Sequence[tuple[str, str]], to: Path) -> None:
        """Writes some of these columns as a Parquet file. Raises UnreadableInput."""
        relation = self._relation(asked)
        types = dict(zip(relation.columns, map(str, relation.types), strict=True))
        cells = [
            named(without_edges(column(name) if types[name] == kept else as_type(column(name), kept), kept), name)
            for name, kept in columns
        ]
        try:
            found = relation.query(_ROWS, self._engine.sql(select(cells, table(_ROWS)), pretty=False))
            assert found is not None, "a SELECT gives rows"
            with interruptible():
                found.write_parquet(str(to))
        except duckdb.Error as error:
            raise _explained(asked, error) from None

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _relation(self, asked: Asked) -> duckdb.DuckDBPyRelation:
        try:
            if not asked.is_query:
                return self._connection.table(asked.text)
            statements = self._connection.extract_statements(asked.text)
            if len(statements) != 1:
                raise no_query(asked)
            if statements[0].type is not duckdb.StatementType.SELECT:
                # the database says itself whether that would change it; nothing else is run
                self._connection.execute(statements[0])
                raise no_query(asked)
            return self._connection.sql(asked.text)
        except duckdb.Error as error:
            if not asked.is_query and isinstance(error, duckdb.CatalogException):
                raise no_table(asked, self._tables()) from None
            raise _explained(asked, error) from None

    def _tables(self) -> list[str]:
        found = self._connection.execute("SELECT table_schema, table_name FROM information_schema.tables").fetchall()
        return [name if schema == "main" else f"{schema}.{name}" for schema, name in found]


def _kept_as(sql_type: str) -> str:
    if sql_type in _KEPT or sql_type.startswith("DECIMAL("):
        return sql_type
    return "VARCHAR[]" if sql_type.endswith("[]") else "VARCHAR"


def _explained(asked: Asked, error: duckdb.Error) -> UnreadableInput:
    """What is told of an error: of a slip in the query the database's own words, of data nothing."""
    reason = str(error).splitlines()[0].partition(": ")[2]
    if "read-only" in reason:
        return not_only_reading(asked)
    if isinstance(error, (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)):
        return refused_query(asked, reason)
    if isinstance(error, duckdb.PermissionException):
        return refused_query(asked, "it reaches for something outside of the database")
    return broken_off(asked)
