"""Random funnels in tables of a real PostgreSQL: what their files give, and what plain readers say of each lead."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql

from checker.agreement import build
from checker.funnel import open_funnel
from checker.funnel.calendars import load_calendar
from checker.logic.working_time import calendar_of
from checker.text import parse
from tests.funnel import test_counting as counting
from tests.funnel import test_logs_line_by_line as logs
from tests.funnel.laws import counting_laws
from tests.funnel.made import agreement_of
from tests.funnel.postgres import FUNNELS, Server
from tests.funnel.test_against_row_by_row import (
    DEAL_COLUMNS,
    LEAD_COLUMNS,
    OF_FILES,
    PLACES,
    ZONES,
    check_facts,
    sources,
    table,
    without,
)

walk = counting.walk
Rows = Sequence[Sequence[str | None]]
Put = Callable[[str, Mapping[str, str], Rows], None]
"""Makes a table of PostgreSQL anew: its name, its columns with their types, its rows."""
VARIABLE = "RANDOM_FUNNELS"
_FEW = max(FUNNELS // 6, 1)
BLANK_IS_NULL = st.booleans()


@pytest.fixture(scope="module")
def put(postgres: Server) -> Iterator[Put]:
    """What lays rows into tables of the database that RANDOM_FUNNELS names."""
    with (
        pytest.MonkeyPatch.context() as patch,
        psycopg.connect(postgres.address(), autocommit=True) as connection,
    ):
        patch.setenv(VARIABLE, postgres.address())
        yield partial(_put, connection)


def _put(connection: psycopg.Connection[Any], name: str, columns: Mapping[str, str], rows: Rows) -> None:
    listed = [sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(kind)) for column, kind in columns.items()]
    connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(name)))
    connection.execute(sql.SQL("CREATE TABLE {} ({})").format(sql.Identifier(name), sql.SQL(", ").join(listed)))
    with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
        for row in rows:
            copy.write_row(row)


def in_table(file: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A file of a source section, when its rows are a table."""
    kept = {key: value for key, value in file.items() if key not in ("path", "delimiter")}
    return kept | {"table": name, "url": f"env:{VARIABLE}"}


def texts(columns: Mapping[str, object]) -> dict[str, str]:
    return dict.fromkeys(columns, "text")


def whole(columns: Mapping[str, object], rows: list[list[str]]) -> list[list[str]]:
    """The rows that a table can hold: those of a file may be a cell short or have one too many."""
    return [row for row in rows if len(row) == len(columns)]


def cells(rows: list[list[str]], blank_is_null: bool) -> list[list[str | None]]:
    """Rows of a file as rows of a table, where an empty text may be nothing at all."""
    return [[None if cell == "" and blank_is_null else cell for cell in row] for row in rows]


# ---------------------------------------------------------------- what is read


@given(sources(), table(LEAD_COLUMNS, 40), table(DEAL_COLUMNS, 30), st.sampled_from(ZONES), BLANK_IS_NULL)
@settings(max_examples=_FEW)
def test_facts_of_two_tables(put, source, lead_rows, deal_rows, report_zone, blank_is_null):
    """Blanks, placeholders, zones, formats, value maps, joins and repeated ids: as of the files, and row by row."""
    lead_rows, deal_rows = whole(LEAD_COLUMNS, lead_rows), whole(DEAL_COLUMNS, deal_rows)
    put("leads", texts(LEAD_COLUMNS), cells(lead_rows, blank_is_null))
    put("Deals of 2027", texts(DEAL_COLUMNS), cells(deal_rows, blank_is_null))
    tables = {
        "lead": in_table(source["files"]["lead"], "leads"),
        "deal": in_table(source["files"]["deal"], "Deals of 2027"),
    }
    check_facts(source, lead_rows, deal_rows, report_zone, tables=tables)


@given(logs.log_sources(), table(logs.COLUMNS, 60), st.sampled_from(ZONES), BLANK_IS_NULL)
@settings(max_examples=_FEW)
def test_facts_of_a_log(put, source, rows, report_zone, blank_is_null):
    """First moments, counts, reasons, contacts and second handoffs, line by line."""
    rows = whole(logs.COLUMNS, rows)
    put("log", texts(logs.COLUMNS), cells(rows, blank_is_null))
    tables = {"log": in_table(source["files"]["log"], "log")}
    logs.check_lines(source, rows, report_zone, is_plain=True, tables=tables)


# ---------------------------------------------------------------- what is counted

KINDS = {
    "id": "varchar(20)",
    "channel": "text",
    "employees": "integer",
    "amount": "numeric(12,2)",
    "return_reason": "text",
    "merged_into": "varchar(20)",
}
SECTION: Mapping[str, Any] = {
    "timezone": counting.ZONE,
    "leads": {
        "from": "lead",
        "id": "id",
        "channel": "channel",
        "amount": "amount",
        "return_reason": "return_reason",
        "merged_into": "merged_into",
        "fields": {"employees": "employees"},
    },
    "events": {event: event for event in counting.EVENTS},
}


def kind_of(event: str, leads: counting.Leads) -> str:
    """The type of an event's column: dates where only days are known, instants where none is, texts for a mixture."""
    only_days = {bool(lead[f"day_{event}"]) for lead in leads if lead[f"at_{event}"] is not None}
    return {(True,): "date", (False,): "timestamptz", (): "timestamptz"}.get(tuple(only_days), "text")


def row_of(lead: Mapping[str, Any]) -> list[str | None]:
    """A lead as cells."""
    values = [lead["lead_id"], *(lead[column] for column in KINDS if column != "id")]
    return [None if value is None else str(value) for value in [*values, *(stamp_of(lead, e) for e in counting.EVENTS)]]


def stamp_of(lead: Mapping[str, Any], event: str) -> str | None:
    at = lead[f"at_{event}"]
    if at is None:
        return None
    if lead[f"day_{event}"]:
        return f"{datetime.fromtimestamp(at, ZoneInfo(counting.ZONE)):%Y-%m-%d}"
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


@pytest.fixture(scope="module")
def agreement():
    return agreement_of(counting.TEXT)


@pytest.fixture(scope="module", params=["files", "tables"])
def counter_of(request, put, agreement, tmp_path_factory) -> Iterator[counting.CounterOf]:
    """What counts leads that are read from a file, or from a table of PostgreSQL with types of its own."""
    folder: Path = tmp_path_factory.mktemp("counted")
    document = parse(counting.TEXT)
    calendar = calendar_of(agreement.working_time(), date(2027, 3, 1), date(2027, 6, 30))
    file = {"path": "leads.csv"} if request.param == "files" else in_table({}, "counted")
    written = build({**document.values, "source": {**SECTION, "files": {"lead": file}}}, ())

    assert () == written.problems

    def counter_of(leads: counting.Leads, cut_off: int) -> Any:
        rows = [row_of(lead) for lead in leads]
        if request.param == "files":
            told = io.StringIO()
            csv.writer(told).writerows([[*KINDS, *counting.EVENTS], *rows])
            (folder / "leads.csv").write_text(told.getvalue(), encoding="utf-8")
        else:
            put("counted", KINDS | {event: kind_of(event, leads) for event in counting.EVENTS}, rows)
        opened.close()
        funnel = opened.enter_context(open_funnel(written, folder))

        assert len(leads) == funnel.leads

        office = load_calendar(funnel.engine, "office", calendar, counting.SPANS)
        return counting.counter_over(funnel, agreement, office, cut_off)

    with ExitStack() as opened:
        yield counter_of


test_clocks, test_tallies, test_lists_and_ages = counting_laws(_FEW)


# ---------------------------------------------------------------- what is said


@given(logs.log_sources(), table(logs.SOUND_COLUMNS, 60), st.sampled_from(ZONES), BLANK_IS_NULL)
@settings(max_examples=_FEW)
def test_whole_results(put, source, rows, report_zone, blank_is_null):
    """Verdicts, months, cohorts and what is said of the data, of random leads: as of the file, word for word."""
    rows = [*whole(logs.SOUND_COLUMNS, rows), ["L0", "MQL", "2027-01-04 10:00:00", "", "", "", "", ""]]
    source = source | {"coverage": dict.fromkeys(logs.EVENTS, logs.YEARS)}
    put("log", texts(logs.SOUND_COLUMNS), cells(rows, blank_is_null))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        logs.write_log(folder, rows, is_plain=True)
        of_file, by_file = logs.judged(folder, source, report_zone)
        in_database = source | {"files": {"log": in_table(source["files"]["log"], "log")}}
        of_table, by_table = logs.judged(folder, in_database, report_zone)

    assert without(PLACES, of_file) == without(PLACES, of_table)
    assert by_file.model_dump(exclude={"data": OF_FILES}) == by_table.model_dump(exclude={"data": OF_FILES})
    assert any(result.status is not None for result in by_table.results)
