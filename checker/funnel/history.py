"""What became of the promises, run by run, in one Parquet file: so that months which the data has lost are still known.

A run adds a row for each promise and month that it judged, and for each stage and month that it counted. Rows are never
changed and never go: a later run of the same month stands beside the earlier one, and whoever reads takes the latest.
Leads and words are not kept: numbers, ids of promises, and where they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlglot import exp

from checker.errors import UnreadableInput
from checker.funnel.duckdb_engine import DuckdbEngine, literally
from checker.funnel.nodes import (
    Node,
    as_type,
    call,
    column,
    file_call,
    listed,
    named,
    nothing,
    one_by_one,
    select,
    table,
    text,
)
from checker.message import Written, say
from checker.replacing import replaced
from checker.verdict import Again, FunnelCount, Result, Results

FORMAT = "history/v1"
"""What each row says of its own shape. A later one may gain columns; one that means something else has another name."""

RUN, AS_OF = "run", "as_of"
_MOMENT = "TIMESTAMP WITH TIME ZONE"
COLUMNS: Mapping[str, str] = {
    "format": "VARCHAR",
    RUN: "BIGINT",
    AS_OF: _MOMENT,
    "timezone": "VARCHAR",
    "agreement": "VARCHAR",
    "version": "VARCHAR",
    "promise": "VARCHAR",
    "stage": "VARCHAR",
    "period": "VARCHAR",
    "channel": "VARCHAR",
    "owes": "VARCHAR",
    "status": "VARCHAR",
    "outlook": "VARCHAR",
    "unit": "VARCHAR",
    "at_most": "BOOLEAN",
    "about": "BOOLEAN",
    "judged": "BOOLEAN",
    "judged_on": "DATE",
    "actual": "DOUBLE",
    "target": "DOUBLE",
    "numerator": "DOUBLE",
    "denominator": "DOUBLE",
    "waiting": "BIGINT",
    "not_counted": "BIGINT",
    "not_owed": "BIGINT",
    "cannot_tell": "BIGINT",
    "by_silence": "BIGINT",
    "allowed_misses": "BIGINT",
    "interval_low": "DOUBLE",
    "interval_high": "DOUBLE",
    "evidence": "VARCHAR",
    "missed_by_chance": "DOUBLE",
    "median_seconds": "BIGINT",
    "p90_seconds": "BIGINT",
    "again_numerator": "BIGINT",
    "again_denominator": "BIGINT",
    "again_waiting": "BIGINT",
    "offender_count": "BIGINT",
    "file": "VARCHAR",
    "line": "BIGINT",
    "complete": "BOOLEAN",
}
"""Column -> its type. Of a promise `stage` and `complete` are empty; of a stage `promise`, and `actual` is its count.

`run` numbers the runs that added rows, from 1; `as_of` is the moment up to which a run looked.
"""
NOT_KEPT: Mapping[str, str] = {
    "offenders": "ids of leads stay where the data is",
    "why": "words are made anew from numbers",
    "said": "may name people",
    "unlock": "is about the data of that day",
    "pace": "follows from the count, the target and the day",
    "recent": "is about the days before that run",
    "together": "follows from the three months themselves",
    "step": "words of the agreement, by the misses that are kept",
    "escalations": "name people",
    "exceptions": "name people and leads; their number is kept",
    "released": "their number is kept",
    "stand_ins": "that there are some is kept",
    "unknown_would_break": "follows from the numbers",
}
"""Of a result: what is not kept, and why."""
_OWN = ("format", RUN, AS_OF, "timezone", "agreement", "version", "stage", "complete")
_SPREAD = {"again", "interval"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a run said of a promise and month: see `NOT_KEPT` for what is empty in the result."""

    as_of: datetime
    run: int
    result: Result


@dataclass(frozen=True, slots=True)
class Counted:
    """How many leads a run counted in a stage and month."""

    as_of: datetime
    run: int
    count: FunnelCount


@dataclass(frozen=True, slots=True)
class History:
    """All that a file holds, run by run."""

    results: tuple[Entry, ...] = ()
    counts: tuple[Counted, ...] = ()

    def before(self, as_of: datetime) -> History:
        """What was known to runs that looked less far."""
        return History(
            tuple(item for item in self.results if item.as_of < as_of),
            tuple(item for item in self.counts if item.as_of < as_of),
        )

    def until(self, as_of: datetime) -> History:
        """What was known to runs that looked as far, or less."""
        return History(
            tuple(item for item in self.results if item.as_of <= as_of),
            tuple(item for item in self.counts if item.as_of <= as_of),
        )

    def latest(self) -> tuple[Result, ...]:
        """Of each promise, month and channel what the run said that looked farthest, and of two such the later."""
        found: dict[tuple[str, str, str | None], Entry] = {}
        for item in sorted(self.results, key=lambda item: (item.as_of, item.run)):
            found[item.result.promise, item.result.period, item.result.channel] = item
        return tuple(item.result for item in found.values())

    def latest_counts(self) -> tuple[FunnelCount, ...]:
        """The same of each stage, month and channel."""
        found: dict[tuple[str, str, str | None], Counted] = {}
        for item in sorted(self.counts, key=lambda item: (item.as_of, item.run)):
            found[item.count.stage, item.count.period, item.count.channel] = item
        return tuple(item.count for item in found.values())


def read_history(file: Path) -> History:
    """What a file holds; an empty history where there is no file yet. Raises UnreadableInput for anything else."""
    if not _is_there(file):
        return History()
    with DuckdbEngine() as engine:
        _check(engine, file)
        rows = _rows(engine, file)
    try:
        return History(
            tuple(Entry(_moment(row), row[RUN], _result(row)) for row in rows if row["promise"] is not None),
            tuple(Counted(_moment(row), row[RUN], _count(row)) for row in rows if row["stage"] is not None),
        )
    except (TypeError, ValidationError) as error:
        raise UnreadableInput(
            say("{file} holds rows that no check of this version has written", file=Written(str(file)))
        ) from error


def check_history(file: Path) -> None:
    """Raises UnreadableInput where there is a file that is no history."""
    if _is_there(file):
        with DuckdbEngine() as engine:
            _check(engine, file)


def append(file: Path, results: Results) -> int:
    """Adds what a run found to a file, or makes it; how many rows that are. What the file says already is not added.

    Whoever calls keeps others away in the meantime. Raises UnreadableInput for a file that is no history, which then
    stays as it is, and OSError where it cannot be written.
    """
    new = list(_rows_of(results))
    with DuckdbEngine() as engine:
        here = _check(engine, file) if _is_there(file) else {}
        last = 0
        if here:
            same, last = _said_at(engine, file, results.as_of)
            new = [row for row in new if _key(row) not in same]
        if not new:
            return 0
        names = list(dict.fromkeys([*here, *COLUMNS]))
        engine.load("new", COLUMNS, ([{**row, RUN: last + 1}[name] for name in COLUMNS] for row in new))
        parts = [select([_column(name, COLUMNS, here.get(name, "")) for name in names], table("new"))]
        if here:
            parts.insert(0, select([_column(name, here, COLUMNS.get(name, "")) for name in names], _parquet(file)))
        with replaced(file) as temporary:
            engine.write_parquet(exp.Select(expressions=[exp.Star()]).from_(_inner(parts)), temporary)
    return len(new)


def _inner(parts: Sequence[exp.Select]) -> exp.Subquery:
    return exp.Subquery(this=one_by_one(parts), alias=exp.TableAlias(this=exp.to_identifier("all_rows")))


def _column(name: str, there: Mapping[str, str], sql_type: str) -> Node:
    """A column of one of the two, or blanks of its type where only the other has it."""
    return column(name) if name in there else named(as_type(nothing(), sql_type), name)


# ---------------------------------------------------------------- rows of a run


def _rows_of(results: Results) -> Iterator[dict[str, Any]]:
    usual: dict[str, Any] = dict.fromkeys(COLUMNS) | {
        "format": FORMAT,
        AS_OF: results.as_of,
        "timezone": results.timezone,
        "agreement": results.agreement,
    }
    for result in results.results:
        low, high = result.interval or (None, None)
        again = result.again
        kept = {name: getattr(result, name) for name in _same_named()}
        yield (
            usual
            | kept
            | {
                "version": result.agreement,
                "interval_low": low,
                "interval_high": high,
                "again_numerator": again.numerator if again else None,
                "again_denominator": again.denominator if again else None,
                "again_waiting": again.waiting if again else None,
            }
        )
    for count in results.funnel:
        yield usual | {
            "version": results.version,
            "stage": count.stage,
            "period": count.period,
            "channel": count.channel,
            "unit": "leads",
            "actual": count.count,
            "target": count.target,
            "complete": count.complete,
        }


def _same_named() -> list[str]:
    """The columns that are called as in a result, and hold what it holds."""
    return [name for name in Result.model_fields if name in COLUMNS and name not in _OWN]


def _key(row: Row) -> tuple[Any, ...]:
    """What makes a row the same as another one: all that it says, but not which run said it."""
    return tuple(row[name] for name in COLUMNS if name not in (RUN, AS_OF))


# ---------------------------------------------------------------- rows of a file


def _is_there(file: Path) -> bool:
    """Whether there is a file. Raises UnreadableInput for a folder, a device and the like."""
    if file.exists() and not file.is_file():
        raise UnreadableInput(say("{file} is no file that a history could be kept in", file=Written(str(file))))
    return file.exists()


def _check(engine: DuckdbEngine, file: Path) -> dict[str, str]:
    """The columns of a file with their types. Raises UnreadableInput where it is damaged, or no history of ours."""
    name = Written(str(file))
    try:
        types = engine.columns(select([exp.Star()], _parquet(file)))
        formats = engine.rows(select([column("format")], _parquet(file)).distinct()) if "format" in types else []
    except UnreadableInput as error:
        raise UnreadableInput(
            say("{file} is damaged, or no history of results: it is no Parquet file that can be read", file=name)
        ) from error
    said = {str(row[0]) for row in formats}
    later = sorted(other for other in said if other.startswith("history/") and other != FORMAT)
    if later:
        raise UnreadableInput(
            say(
                "{file} was written by a newer version of this tool ({format}): update it to go on with this history",
                file=name,
                format=Written(later[-1]),
            )
        )
    needed = {"format", RUN, AS_OF, "promise", "stage", "period", "status"}
    if not needed <= types.keys() or said - {FORMAT} or any(types.get(c, COLUMNS[c]) != COLUMNS[c] for c in COLUMNS):
        raise UnreadableInput(say("{file} is no history of results: name another file for it", file=name))
    return types


def _rows(engine: DuckdbEngine, file: Path, where: Node | None = None) -> list[dict[str, Any]]:
    """The rows of a file; what an older one does not have is empty."""
    here = engine.columns(select([exp.Star()], _parquet(file)))
    cells: list[Node] = [
        named(call("epoch_us", column(name)), name) if name == AS_OF else _column(name, here, sql_type)
        for name, sql_type in COLUMNS.items()
    ]
    found = engine.rows(select(cells, _parquet(file), where))
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]


def _said_at(engine: DuckdbEngine, file: Path, as_of: datetime) -> tuple[set[tuple[Any, ...]], int]:
    """What a file says as of a moment already, and the number of its last run."""
    moment = exp.EQ(this=call("epoch_us", column(AS_OF)), expression=exp.Literal.number(str(_microseconds(as_of))))
    same = {_key(row) for row in _rows(engine, file, moment)}
    last = engine.row(select([exp.Max(this=column(RUN))], _parquet(file)))[0]
    return same, int(last or 0)


def _parquet(file: Path) -> Node:
    return file_call("read_parquet", listed([text(literally(file))]), {})


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(row: Row) -> datetime:
    return _EPOCH + timedelta(microseconds=row[AS_OF])


def _result(row: Row) -> Result:
    interval = None if row["interval_low"] is None else (row["interval_low"], row["interval_high"])
    again = None
    if row["again_numerator"] is not None:
        again = Again(
            numerator=row["again_numerator"],
            denominator=row["again_denominator"],
            waiting=row["again_waiting"],
        )
    values = {name: _number(row[name]) for name in _same_named() if row[name] is not None}
    return Result(agreement=row["version"] or "draft", interval=interval, again=again, **values)


def _count(row: Row) -> FunnelCount:
    return FunnelCount(
        period=row["period"],
        channel=row["channel"],
        stage=row["stage"],
        count=None if row["actual"] is None else int(row["actual"]),
        target=_number(row["target"]),
        complete=row["complete"],
    )


def _number(value: Any) -> Any:
    """Whole numbers without a point, as in the results."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def kept_columns() -> Iterable[str]:
    """The fields of a result that a history keeps, for those who check that none is forgotten."""
    return {*_same_named(), *_SPREAD, "agreement"}
