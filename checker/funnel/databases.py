"""Tables and queries of databases as files of the source: where they are, and how their rows get here.

The address of a database stands in an environment variable and nowhere else; no message, statement or result shows it.
A database is only read: whatever would change it is refused by the database itself. The columns in use are copied once,
as they were at one moment, into a Parquet file that is gone when the funnel is closed; texts without the white space
around them, as the cells of a CSV are read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from checker.agreement.source import File
from checker.errors import UnreadableInput
from checker.finding import At
from checker.finding import Path as Spot
from checker.funnel.engine import Engine
from checker.funnel.files import Located
from checker.funnel.headings import TEXT_TYPE, FileHeadings
from checker.funnel.nodes import Node, call
from checker.funnel.nodes import text as text_node
from checker.funnel.readings import WHITE_SPACE
from checker.message import Message, Written, any_of, say

_OFFERED = 5
"""Of the tables that there are, so many are named."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A table or query of the source section: its text, what people call it, and where it stands."""

    text: str
    is_query: bool
    label: str
    spot: Spot
    decimal: str | None = None

    def refused(self, message: Message) -> UnreadableInput:
        """The error for what the database does not give."""
        return UnreadableInput(message, at=At(self.spot))


class Database(Protocol):
    """An open database. Everything it raises is an UnreadableInput without its address."""

    def columns(self, asked: Asked) -> list[tuple[str, str]]:
        """The columns of a table or query, each with the type in which it will be kept, in the engine's SQL."""

    def copy(self, asked: Asked, columns: Sequence[tuple[str, str]], to: Path) -> None:
        """Writes some of these columns as a Parquet file."""

    def close(self) -> None:
        """Ends the connection."""


Opener = Callable[[str, str, At, Engine], Database]
"""Opens the database at an address: the address, the variable's name, the line that names it, who gets the rows."""


def _open_duckdb(address: str, variable: str, at: At, engine: Engine) -> Database:
    from checker.funnel.duckdb_database import DuckdbDatabase

    return DuckdbDatabase(address, variable, at, engine.reader)


def _open_postgres(address: str, variable: str, at: At, engine: Engine) -> Database:
    from checker.funnel.postgres_database import PostgresDatabase

    return PostgresDatabase(address, variable, at, engine.reader)


def _open_spark(_: str, variable: str, at: At, engine: Engine) -> Database:
    tables = engine.tables()
    if tables is None:
        raise UnreadableInput(
            say(
                "what {variable} names are tables of Spark, which {option} reads",
                variable=Written(variable),
                option=Written("--engine spark"),
            ),
            at=at,
        )
    return tables


_OPENERS: Mapping[str, Opener] = {
    "duckdb": _open_duckdb,
    "postgres": _open_postgres,
    "postgresql": _open_postgres,
    "spark": _open_spark,
}
"""How an address begins -> what opens it."""


@dataclass(slots=True)
class Databases:
    """The databases of one source, each opened when it is first asked. Use it in a `with` statement.

    All tables and queries of one database are read as they were at one moment.
    """

    engine: Engine
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    _open: dict[str, Database] = field(default_factory=dict)
    _types: dict[str, dict[str, str]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for database in self._open.values():
            database.close()
        self._open.clear()

    def headings(self, located: Located) -> list[FileHeadings]:
        """The columns of a table or query. Raises UnreadableInput, MissingExtra."""
        asked = _asked(located)
        found = self._of(located).columns(asked)
        self._types[located.name] = dict(found)
        names = tuple(name for name, _ in found)
        return [FileHeadings(asked.label, names, tuple(sql_type for _, sql_type in found), names)]

    def fetch(self, located: Located, columns: Sequence[str]) -> Located:
        """Copies some columns of a table or query; where the copy is."""
        types = self._types[located.name]
        copy = self.engine.folder / f"table {len(list(self.engine.folder.iterdir()))}.parquet"
        # a file that nothing is read of still has its rows, which are counted
        wanted = list(columns) or list(types)[:1]
        self._of(located).copy(_asked(located), [(name, types[name]) for name in wanted], copy)
        files = tuple(sorted(copy.glob("*.parquet"))) if copy.is_dir() else (copy,)
        return replace(located, paths=files, labels=(located.label,) * len(files), kind="parquet")

    def _of(self, located: Located) -> Database:
        written = located.written
        assert written.url is not None, "a table has an address"
        variable = written.url.removeprefix("env:")
        if variable not in self._open:
            at = At(("source", "files", located.name, "url"))
            address = self._address(variable, at)
            opener = _OPENERS[address.partition(":")[0].lower()]
            self._open[variable] = opener(address, variable, at, self.engine)
        return self._open[variable]

    def _address(self, variable: str, at: At) -> str:
        address = self.environment.get(variable, "").strip()
        if not address:
            near = get_close_matches(variable, [name for name in self.environment if self._is_address(name)], n=1)
            if near:
                raise UnreadableInput(
                    say(
                        "the environment variable {variable}, which should hold the database's address, is not set; "
                        "did you mean {nearest}?",
                        variable=Written(variable),
                        nearest=Written(near[0]),
                    ),
                    at=at,
                )
            raise UnreadableInput(
                say(
                    "the environment variable {variable}, which should hold the database's address, is not set",
                    variable=Written(variable),
                ),
                at=at,
            )
        if not self._is_address(variable):
            raise UnreadableInput(
                say(
                    "what the environment variable {variable} holds is no address of a database that can be read: it "
                    "has to begin with {kinds}",
                    variable=Written(variable),
                    kinds=any_of(["postgresql://", "duckdb:", "spark:"]),
                ),
                at=at,
            )
        return address

    def _is_address(self, variable: str) -> bool:
        kind, has_kind, rest = self.environment[variable].strip().partition(":")
        if not has_kind or kind.lower() not in _OPENERS:
            return False
        if kind.lower() == "spark":
            return not rest
        if not rest:
            return False
        return kind.lower() == "duckdb" or rest.startswith("//")


def _asked(located: Located) -> Asked:
    written: File = located.written
    key = "table" if written.query is None else "query"
    text = written.query if written.query is not None else written.table
    assert text is not None, "a file without a path is a table or a query"
    return Asked(
        text,
        written.query is not None,
        located.label,
        ("source", "files", located.name, key),
        written.decimal,
    )


def without_edges(cell: Node, kept: str) -> Node:
    """A cell that is kept as a text, without the white space around it, as the cells of a CSV are read."""
    return call("trim", cell, text_node(WHITE_SPACE)) if kept == TEXT_TYPE else cell


# ---------------------------------------------------------------- errors that all databases share


def no_table(asked: Asked, tables: Sequence[str]) -> UnreadableInput:
    """The error for a table that is not there; `tables` are those that are."""
    by_small = {table.casefold(): table for table in tables} | {
        table.rpartition(".")[2].casefold(): table for table in tables
    }
    near = get_close_matches(asked.text.casefold(), list(by_small), n=1, cutoff=0.6)
    table = Written(asked.text)
    if near:
        return asked.refused(
            say(
                "the database has no table {table}; did you mean {nearest}?",
                table=table,
                nearest=Written(by_small[near[0]]),
            )
        )
    if not tables:
        return asked.refused(say("the database has no table {table}, nor any other that you may read", table=table))
    return asked.refused(
        say("the database has no table {table}; it has {tables}", table=table, tables=any_of(sorted(tables)[:_OFFERED]))
    )


def not_only_reading(asked: Asked) -> UnreadableInput:
    """The error for a query that would change the database."""
    return asked.refused(
        say(
            "the database refuses the query of {name}: it would change something, and data is only read here",
            name=Written(asked.label),
        )
    )


def no_query(asked: Asked) -> UnreadableInput:
    """The error for a text that is no single query."""
    return asked.refused(
        say(
            "{name} has to be one single query that gives rows: {example}",
            name=Written(asked.label),
            example=Written("SELECT …"),
        )
    )


def refused_query(asked: Asked, reason: str) -> UnreadableInput:
    """The error for a query that the database does not understand; `reason` is its own word, without any data."""
    return asked.refused(
        say("the database does not accept {name}: {reason}", name=Written(asked.label), reason=Written(reason))
    )


def broken_off(asked: Asked) -> UnreadableInput:
    """The error for rows that stopped coming."""
    return asked.refused(say("the database broke off while {name} was read", name=Written(asked.label)))
