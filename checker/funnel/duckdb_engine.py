"""The engine inside this process, DuckDB, in a folder of its own.

It reads nothing but the files that it was given, asks no network, and works in UTC with whole numbers. It takes little
memory, whatever the size of the files: what does not fit goes to its folder, which is gone when it is closed.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Self

import duckdb
from sqlglot import exp

from checker.errors import SlaError, UnreadableInput
from checker.funnel.engine import CannotAnswer, Engine, Row, Statistics
from checker.funnel.nodes import (
    Node,
    as_type,
    as_type_or_nothing,
    both,
    call,
    column,
    either,
    equal,
    falling,
    file_call,
    how_many,
    inner,
    is_null,
    less,
    listed,
    named,
    negated,
    number,
    select,
    table,
    text,
    truth,
)
from checker.funnel.temporary import no_room
from checker.message import say

_NUMBER = re.compile(r'"errno":"(\d+)"')
_NO_ROOM = ("no space left", "disk quota exceeded", "could not write")
MEGABYTES = 125
"""How much memory the engine takes for each of its threads before it moves rows to its folder."""
_BY_STATISTICS = "statistics_propagation"
"""The step of DuckDB's planning that answers from statistics what they can answer."""
_WHOLE = "HUGEINT"
_VALUE, _LIKENESS = "value", "likeness"


class DuckdbEngine(Engine):
    """DuckDB in this process."""

    dialect = "duckdb"

    def __init__(self, beside: Path | None = None, megabytes: int = MEGABYTES) -> None:
        """`beside` is where its folder is made, in place of where temporary files usually are; `megabytes` is how much
        memory each thread may take before rows go there.

        Raises UnwritableOutput where no folder for temporary files can be made.
        """
        try:
            self.folder = (beside or Path(tempfile.gettempdir())) / f"sla-{token_hex(8)}"
            # whenever somebody stops the program: before the folder is there, and before anybody could close this
            self._remove_folder = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
            self.folder.mkdir(mode=0o700)
            self._connection = duckdb.connect(
                config={
                    "temp_directory": str(self.folder / "spill"),
                    "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false",
                },
            )
        except (OSError, duckdb.IOException) as error:
            raise no_room() from error
        self._files: dict[Path, None] = {}
        self._set("SET TimeZone = 'UTC'")
        # it would draw one into what this program writes, also into a file
        self._set("SET enable_progress_bar = false")
        # DuckDB 2.0 fails on some conditions where a column holds nothing but blanks: it folds them by its statistics
        self._plan_without(_BY_STATISTICS)
        self._limit(megabytes)

    def close(self) -> None:
        """Forgets everything and removes the folder; may be called twice."""
        self._connection.close()
        self._remove_folder()

    def sql(self, statement: exp.Expression, pretty: bool = True) -> str:
        """A statement in the engine's own words."""
        return statement.sql(dialect=self.dialect, pretty=pretty)

    def rows(self, statement: exp.Expression) -> list[Row]:
        """What a statement gives. Raises UnreadableInput, UnwritableOutput, CannotAnswer."""
        return self._run(self.sql(statement, pretty=False))

    def ends(self, statement: exp.Expression) -> Row:
        """From the statistics of the files. Raises UnreadableInput, UnwritableOutput, CannotAnswer."""
        self._plan_without("")
        try:
            return self.row(statement)
        finally:
            self._plan_without(_BY_STATISTICS)

    def columns(self, statement: exp.Select) -> dict[str, str]:
        """The columns that a statement gives, with their types in SQL. Raises UnreadableInput for a damaged file."""
        described = self.rows(exp.Describe(this=statement))
        return {str(name): str(sql_type) for name, sql_type, *_ in described}

    def make_table(self, name: str, statement: exp.Select) -> None:
        """Keeps what a statement gives as a table."""
        self._make(name, "TABLE", statement)

    def make_view(self, name: str, statement: exp.Query, is_read_often: bool = False) -> None:
        """Gives a statement a name; it is run anew each time that the view is read, with no more of its columns than
        are asked for.
        """
        self._make(name, "VIEW", statement)

    def try_make_table(self, name: str, statement: exp.Select) -> bool:
        """Keeps what a statement gives as a table, unless a file is not written as the statement takes it to be."""
        try:
            self.make_table(name, statement)
        except UnreadableInput:
            return False
        return True

    def write_parquet(self, statement: exp.Select, to: Path) -> None:
        """Writes what a statement gives as a Parquet file. Raises as `rows`, and OSError where it cannot be written."""
        written = self.sql(statement, pretty=False)
        try:
            with interruptible():
                self._connection.sql(written).write_parquet(str(to), compression="zstd")
        except duckdb.Error as error:
            if to.name in str(error):
                raise _unwritten(error) from error
            raise self._explained(error) from error
        finally:
            # DuckDB writes a file of this name first, where the other one is there already
            to.with_name(f"tmp_{to.name}").unlink(missing_ok=True)

    def load(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Makes a small table: `columns` gives each column's type in SQL (`BIGINT`, `VARCHAR` …)."""
        cells = list(zip(*rows, strict=True)) or [()] * len(columns)
        values = [
            named(call("unnest", as_type(exp.Placeholder(), f"{sql_type}[]")), column)
            for column, sql_type in columns.items()
        ]
        made = exp.Create(this=table(name), kind="TABLE", replace=True, expression=exp.Select(expressions=values))
        self._run(self.sql(made, pretty=False), [list(column) for column in cells])

    def likest(self, values: exp.Select, word: str) -> tuple[str, float] | None:
        """Of the texts that a statement gives, the one most like a word."""
        (told,) = values.expressions
        value = column(told.alias_or_name, "values")
        likeness = call("jaro_winkler_similarity", value, text(word))
        asked = select([named(value.copy(), _VALUE), named(likeness, _LIKENESS)], inner(values, "values"))
        asked = asked.order_by(falling(column(_LIKENESS)), column(_VALUE), copy=False).limit(number(1), copy=False)
        found = [(str(other), float(alike)) for other, alike in self.rows(asked) if other is not None]
        return found[0] if found else None

    # ------------------------------------------------------------ files

    @property
    def reader(self) -> Self:
        """Itself."""
        return self

    def take(self, name: str) -> None:
        """Nothing: what it has read is there."""

    def reads(self, statement: exp.Select, types: Iterable[str]) -> bool:
        """Everything."""
        return True

    def parquet(self, files: Sequence[Path]) -> Node:
        """Parquet files as a table. What folders are called says nothing that is not asked (`Located.parts`)."""
        self._files.update(dict.fromkeys(files))
        return file_call("read_parquet", _listed(files), {"hive_partitioning": truth(False)})

    def statistics(self, files: Sequence[Path]) -> Mapping[str, Statistics]:
        """Of each column whose nulls are counted in every part of every file. An empty text is smaller than any other:
        there is none where no part has it for its smallest.
        """
        name, nulls = column("path_in_schema"), column("stats_null_count")
        smallest, largest = column("stats_min_value"), column("stats_max_value")
        has_values = negated(equal(nulls, column("num_values")))
        has_no_empty = exp.Coalesce(this=less(text(""), smallest), expressions=[truth(False)])
        has_no_end = either([is_null(as_type_or_nothing(end.copy(), _WHOLE)) for end in (smallest, largest)])
        asked = [
            name,
            exp.Sum(this=nulls.copy()),
            how_many(is_null(nulls.copy())),
            how_many(both([has_values, negated(has_no_empty)])),
            how_many(both([has_values.copy(), has_no_end])),
            exp.Min(this=as_type_or_nothing(smallest.copy(), _WHOLE)),
            exp.Max(this=as_type_or_nothing(largest.copy(), _WHOLE)),
        ]
        parts = select(asked, call("parquet_metadata", _listed(files))).group_by(name.copy(), copy=False)
        return {
            str(name): Statistics(int(nulls), not empty, None if no_end or first is None else (first, last))
            for name, nulls, uncounted, empty, no_end, first, last in self.rows(parts)
            if not uncounted
        }

    def seal(self, files: Iterable[Path]) -> None:
        """From here on, these files are all of the outside world that any statement can reach."""
        allowed = [spelled for file in files for spelled in (str(file), literally(file))]
        self._set("SET allowed_paths = ?", [allowed])
        self._set("SET enable_external_access = false")
        # more memory is all that a later statement may be given
        self._set("SET allowed_configs = ['memory_limit']")
        self._set("SET lock_configuration = true")

    def _limit(self, megabytes: int) -> None:
        ((threads,),) = self._set("SELECT current_setting('threads')")
        self._set(f"SET memory_limit = '{int(threads) * megabytes}MB'")

    def _plan_without(self, step: str) -> None:
        self._set("SET disabled_optimizers = ?", [step])

    def _make(self, name: str, kind: str, statement: exp.Query) -> None:
        made = exp.Create(this=table(name), kind=kind, replace=True, expression=statement)
        self._run(self.sql(made, pretty=False))

    def _set(self, statement: str, parameters: Sequence[object] | None = None) -> list[Row]:
        """Sets or asks for an option: a moment in which somebody may stop the program, too."""
        with interruptible():
            return self._connection.execute(statement, parameters).fetchall()

    def _run(self, statement: str, parameters: Sequence[object] | None = None) -> list[Row]:
        try:
            with interruptible():
                try:
                    return self._connection.execute(statement, parameters).fetchall()
                except duckdb.OutOfMemoryException:
                    # some statements cannot put aside what they hold: these get what the machine has
                    self._set("RESET memory_limit")
                    return self._connection.execute(statement, parameters).fetchall()
        except duckdb.Error as error:
            raise self._explained(error) from error

    def _explained(self, error: duckdb.Error) -> SlaError | CannotAnswer:
        # what the reader of Parquet says of bytes that are none of its own has no class, and names no file
        if type(error) is duckdb.Error and (damaged := self._damaged()) is not None:
            return UnreadableInput(say("{file} is damaged: it is no Parquet file that can be read", file=damaged.name))
        return _explained(error)

    def _damaged(self) -> Path | None:
        """The first of the Parquet files that cannot be read to its end: each is read once more, whole."""
        for path in self._files:
            try:
                self._set("SELECT max(hash(COLUMNS(*))) FROM read_parquet(?)", [literally(path)])
            except duckdb.Error:
                return path
        return None


@contextmanager
def interruptible() -> Iterator[None]:
    """Raises KeyboardInterrupt where somebody stopped the program while the engine was at work, as everywhere else."""
    try:
        yield
    except RuntimeError as error:
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from error
        raise


def literally(path: Path) -> str:
    """A path of which the engine takes no sign for a pattern."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))


def _listed(files: Iterable[Path]) -> Node:
    return listed(text(literally(path)) for path in files)


def _unwritten(error: duckdb.Error) -> OSError:
    """What kept a file from being written, in the system's words: DuckDB tells its number."""
    number = _NUMBER.search(str(error))
    code = int(number[1]) if number else errno.EIO
    return OSError(code, os.strerror(code))


def _explained(error: duckdb.Error) -> SlaError | CannotAnswer:
    reason = str(error).splitlines()[0]
    if isinstance(error, duckdb.OutOfMemoryException) or any(sign in reason.lower() for sign in _NO_ROOM):
        return no_room()
    if isinstance(error, duckdb.PermissionException):
        # where a file is gone the engine looks for a folder of its name, which it may not
        return UnreadableInput(say("the data cannot be read to its end: a file is gone, or may not be read"))
    # what is of no kind of its own comes from what it reads Parquet with: the file lies about what is in it
    if isinstance(error, (duckdb.IOException, duckdb.InvalidInputException)) or type(error) is duckdb.Error:
        return UnreadableInput(say("the data cannot be read to its end: {reason}", reason=reason))
    return CannotAnswer(str(error))
