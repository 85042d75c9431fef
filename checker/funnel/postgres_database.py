"""Tables and queries of PostgreSQL, read in one transaction that may only read.

A query is first prepared alone, which the database does for a single statement only; what it would give is known then.
The rows come as the database's own COPY in CSV and are written into a Parquet file with the types they have there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlglot import exp

from checker.errors import MissingExtra, UnreadableInput
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
from checker.funnel.duckdb_engine import DuckdbEngine, literally
from checker.funnel.nodes import as_type, call, column, file_call, named, select, struct, text, truth
from checker.funnel.temporary import is_no_room, no_room
from checker.message import Written, say

try:
    import psycopg
    from psycopg import sql
    from psycopg.conninfo import conninfo_to_dict, make_conninfo
    from psycopg.pq import ExecStatus, PGconn, Ping
except ImportError as error:
    raise MissingExtra(
        say(
            "reading PostgreSQL needs a part that is installed separately: {command}",
            command=Written('pip install "smarketing-sla[check,postgres]"'),
        )
    ) from error

_SECONDS_TO_ANSWER = "10"
_SESSION = (
    "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET TimeZone = 'UTC'",
    "SET DateStyle = 'ISO, YMD'",
    "SET IntervalStyle = 'iso_8601'",
    "SET extra_float_digits = 1",
    "SET client_encoding = 'UTF8'",
)
_TYPES = {
    16: "BOOLEAN",
    20: "BIGINT",
    21: "SMALLINT",
    23: "INTEGER",
    700: "DOUBLE",
    701: "DOUBLE",
    1082: "DATE",
    1114: "TIMESTAMP",
    1184: "TIMESTAMP WITH TIME ZONE",
}
"""PostgreSQL's number of a type (pg_type.oid, which is the same everywhere) -> the type in which it is kept."""
_NUMERIC = 1700
_HEADER = 4
_LARGEST = 38
_OWN_SCHEMAS = ("pg_catalog", "information_schema", "pg_toast")

_WRITES, _NO_TABLE, _NO_SCHEMA, _NOT_ALLOWED, _NO_COLUMN = "25006", "42P01", "3F000", "42501", "42703"
_NOT_HERE = ("0A000", "42601")
"""SQLSTATE of what PostgreSQL refuses inside of another query, and of a slip of grammar."""


class PostgresDatabase:
    """An open connection: `postgresql://user:password@host:5432/database`, and whatever else libpq takes."""

    def __init__(self, address: str, variable: str, at: At, engine: DuckdbEngine) -> None:
        """Connects. Raises UnreadableInput, without a word of the address."""
        self._engine = engine
        self._types: dict[str, dict[str, tuple[int, int]]] = {}
        try:
            parts = conninfo_to_dict(address)
        except psycopg.Error:
            raise UnreadableInput(
                say(
                    "the address that {variable} holds is not written as {example}",
                    variable=Written(variable),
                    example=Written("postgresql://user:password@host:5432/database"),
                ),
                at=at,
            ) from None
        if "connect_timeout" not in parts:
            address = make_conninfo(address, connect_timeout=_SECONDS_TO_ANSWER)
        try:
            self._connection = psycopg.connect(address, autocommit=True)
        except psycopg.Error as error:
            raise _no_connection(address, str(error), variable, at) from None
        try:
            for setting in _SESSION:
                self._connection.execute(setting.encode())
            self._begin()
        except psycopg.Error as error:
            self._connection.close()
            raise _no_connection(address, str(error), variable, at) from None

    def columns(self, asked: Asked) -> list[tuple[str, str]]:
        """The columns of a table or query, with the types in which they will be kept. Raises UnreadableInput."""
        connection = self._connection.pgconn
        result = connection.prepare(b"", self._statement(asked).encode())
        if result.status == ExecStatus.COMMAND_OK:
            result = connection.describe_prepared(b"")
        if result.status != ExecStatus.COMMAND_OK:
            raise self._explained(asked, psycopg.errors.error_from_result(result, "utf-8"))
        if not result.nfields:
            self._ask_itself(asked)
            raise no_query(asked)
        found: list[tuple[str, str]] = []
        types: dict[str, tuple[int, int]] = {}
        for index in range(result.nfields):
            name = (result.fname(index) or b"").decode()
            types[name] = (result.ftype(index), result.fmod(index))
            found.append((name, self._kept_as(*types[name])))
        self._types[asked.label] = types
        return found

    def copy(self, asked: Asked, columns: Sequence[tuple[str, str]], to: Path) -> None:
        """Writes some of these columns as a Parquet file. Raises UnreadableInput, UnwritableOutput."""
        types = self._types[asked.label]
        cells = [self._cell(name, types[name][0], kept, asked.decimal) for name, kept in columns]
        rows = sql.SQL("SELECT {cells} FROM {rows} AS r").format(
            cells=sql.SQL(", ").join(cells), rows=self._inside(asked)
        )
        copied = to.with_suffix(".csv")
        statement = sql.SQL("COPY ({rows}) TO STDOUT (FORMAT csv, FORCE_QUOTE *)").format(rows=rows)
        try:
            with copied.open("wb") as file, self._connection.cursor().copy(statement) as blocks:
                for block in blocks:
                    file.write(block)
        except psycopg.Error as error:
            raise self._explained(asked, error) from None
        except OSError as error:
            raise (no_room() if is_no_room(error) else broken_off(asked)) from None
        stored = {f"column {index}": kept for index, (_, kept) in enumerate(columns)}
        listed = {name for name, kept in stored.items() if kept.endswith("[]")}
        source = _csv(copied, {name: "VARCHAR" if name in listed else kept for name, kept in stored.items()})
        values = [
            named(_list_of(stored_as) if stored_as in listed else without_edges(column(stored_as), kept), name)
            for stored_as, (name, kept) in zip(stored, columns, strict=True)
        ]
        self._engine.write_parquet(select(values, source), to)
        copied.unlink()

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()

    # ------------------------------------------------------------ statements

    def _begin(self) -> None:
        if self._connection.info.transaction_status:
            self._connection.execute(b"ROLLBACK")
        self._connection.execute(b"BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    def _statement(self, asked: Asked) -> str:
        """A table or query as a statement of its own."""
        if asked.is_query:
            return asked.text
        return sql.SQL("SELECT * FROM {table}").format(table=_table(asked)).as_string(self._connection)

    def _inside(self, asked: Asked) -> sql.Composable:
        """A table or query as a part of another; the query is known to be a single statement."""
        if not asked.is_query:
            return _table(asked)
        # a comment at its end must not reach what follows
        return sql.Composed([sql.SQL("("), sql.SQL(asked.text.rstrip(" \t\r\n;")), sql.SQL("\n)")])

    def _cell(self, name: str, type_number: int, kept: str, decimal: str | None) -> sql.Composable:
        cell = sql.SQL("r.{name}").format(name=sql.Identifier(name))
        if kept.endswith("[]"):
            return sql.SQL("array_to_json({cell})::text").format(cell=cell)
        if kept != "VARCHAR":
            return cell
        if type_number == _NUMERIC and decimal == ",":
            return sql.SQL("replace({cell}::text, '.', ',')").format(cell=cell)
        return sql.SQL("{cell}::text").format(cell=cell)

    def _kept_as(self, type_number: int, more: int) -> str:
        if type_number in _TYPES:
            return _TYPES[type_number]
        if type_number == _NUMERIC and more >= _HEADER:
            digits, decimals = (more - _HEADER) >> 16 & 0xFFFF, (more - _HEADER) & 0x7FF
            if 0 <= decimals <= digits <= _LARGEST:
                return f"DECIMAL({digits},{decimals})"
        return "VARCHAR[]" if self._is_array(type_number) else "VARCHAR"

    def _is_array(self, type_number: int) -> bool:
        row = self._connection.execute(
            "SELECT typcategory = 'A' FROM pg_catalog.pg_type WHERE oid = %s", [type_number]
        ).fetchone()
        return row is not None and bool(row[0])

    # ------------------------------------------------------------ errors

    def _explained(self, asked: Asked, error: psycopg.Error) -> UnreadableInput:
        """What is told of an error: of a slip in the query the database's own words, of data nothing."""
        state = error.sqlstate or ""
        if state == _WRITES:
            return not_only_reading(asked)
        if state in (_NO_TABLE, _NO_SCHEMA) and not asked.is_query:
            self._begin()
            return no_table(asked, self._tables())
        if asked.is_query and state in _NOT_HERE:
            self._ask_itself(asked)
        if state.startswith("42") or state in _NOT_HERE:
            if state == "42601" and "multiple commands" in (error.diag.message_primary or ""):
                return no_query(asked)
            return refused_query(asked, _own_words(error))
        return broken_off(asked)

    def _ask_itself(self, asked: Asked) -> None:
        """Runs a query that cannot be a part of another one, as it is: the database refuses whatever would write.

        Raises UnreadableInput where it does, or where the query is right but no part of another one.
        """
        self._begin()
        try:
            self._connection.execute(asked.text.encode(), prepare=True)
        except psycopg.Error as error:
            if error.sqlstate == _WRITES:
                raise not_only_reading(asked) from None
            return
        raise no_query(asked)

    def _tables(self) -> list[str]:
        found = self._connection.execute(
            "SELECT table_schema, table_name, table_schema = ANY (current_schemas(false)) "
            "FROM information_schema.tables WHERE NOT table_schema = ANY (%s)",
            [list(_OWN_SCHEMAS)],
        ).fetchall()
        return [name if is_usual else f"{schema}.{name}" for schema, name, is_usual in found]


def _table(asked: Asked) -> sql.Identifier:
    return sql.Identifier(*asked.text.split("."))


def _own_words(error: psycopg.Error) -> str:
    words = error.diag.message_primary or ""
    hint = error.diag.message_hint
    return f"{words}. {hint}" if hint and error.sqlstate == _NO_COLUMN else words


def _no_connection(address: str, reason: str, variable: str, at: At) -> UnreadableInput:
    """Why there is no connection: nobody answers, or whoever answers lets nobody in."""
    named_by = Written(variable)
    try:
        answer = PGconn.ping(address.encode())
    except psycopg.Error:
        answer = Ping.NO_ATTEMPT
    if answer == Ping.NO_RESPONSE or answer == Ping.NO_ATTEMPT:
        return UnreadableInput(
            say("no database answers at the address that {variable} holds", variable=named_by), at=at
        )
    if answer == Ping.REJECT:
        return UnreadableInput(
            say("the database that {variable} names takes no connections now; try again later", variable=named_by),
            at=at,
        )
    if "password authentication failed" in reason or "no password supplied" in reason:
        return UnreadableInput(
            say("the database does not accept the user and password that {variable} holds", variable=named_by), at=at
        )
    if "does not exist" in reason and "database" in reason:
        return UnreadableInput(
            say("the server has no database of the name that {variable} holds", variable=named_by), at=at
        )
    return UnreadableInput(
        say(
            "the database that {variable} names does not let us in: look at the user, the password and the name of the "
            "database in it",
            variable=named_by,
        ),
        at=at,
    )


def _csv(path: Path, columns: dict[str, str]) -> exp.Expression:
    """What COPY wrote, as the engine reads it: a quoted cell is a text even when it is empty, any other nothing."""
    options = {
        "auto_detect": truth(False),
        "header": truth(False),
        "delim": text(","),
        "quote": text('"'),
        "escape": text('"'),
        "strict_mode": truth(True),
        "allow_quoted_nulls": truth(False),
        "columns": struct({name: text(kept) for name, kept in columns.items()}),
    }
    return file_call("read_csv", text(literally(path)), options)


def _list_of(name: str) -> exp.Expression:
    """A list that is written in JSON."""
    return as_type(call("from_json", column(name), text('["VARCHAR"]')), "VARCHAR[]")
