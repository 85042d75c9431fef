"""Spark says what DuckDB and the plain readers say: every number and every list."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.cli.main import run
from checker.errors import UnreadableInput
from checker.funnel import DuckdbEngine, nodes, open_funnel
from checker.funnel.calendars import load_calendar
from checker.funnel.spark_engine import SparkEngine
from checker.language import words
from checker.logic.working_time import calendar_of
from tests.funnel import test_counting as counting
from tests.funnel import test_logs_line_by_line as logs
from tests.funnel import test_postgres
from tests.funnel.laws import counting_laws
from tests.funnel.made import agreement_of
from tests.funnel.sources import agreement as agreement_with
from tests.funnel.sources import facts
from tests.funnel.test_against_row_by_row import DEAL_COLUMNS, LEAD_COLUMNS, ZONES, check_facts, sources, table
from tests.spark import FUNNELS

walk = counting.walk
server, everywhere = test_postgres.server, test_postgres.everywhere
_FEW = max(FUNNELS // 5, 1)


@pytest.fixture(scope="module")
def agreement():
    return agreement_of(counting.TEXT)


@pytest.fixture(scope="module")
def counter_of(spark, agreement) -> counting.CounterOf:
    calendar = calendar_of(agreement.working_time(), date(2027, 3, 1), date(2027, 6, 30))
    return counting.counting_in(spark, agreement, load_calendar(spark, "office", calendar, counting.SPANS))


# ---------------------------------------------------------------- random funnels, against one lead after the other


test_clocks, test_tallies, test_lists_and_ages = counting_laws(_FEW)


@given(sources(), table(LEAD_COLUMNS, 40), table(DEAL_COLUMNS, 30), st.sampled_from(ZONES))
@settings(max_examples=_FEW)
def test_facts_of_two_files(spark, source, lead_rows, deal_rows, report_zone):
    """Blanks, placeholders, zones, formats, value maps, joins, repeated ids and ragged rows; and nothing is lost."""
    check_facts(source, lead_rows, deal_rows, report_zone, "spark")


@given(logs.log_sources(), table(logs.COLUMNS, 60), st.sampled_from(ZONES), logs.PLAIN)
@settings(max_examples=_FEW)
def test_facts_of_a_log(spark, source, rows, report_zone, is_plain):
    """First moments, counts, reasons, contacts, second handoffs; and no line is lost."""
    logs.check_lines(source, rows, report_zone, is_plain, "spark")


# ---------------------------------------------------------------- words and values


def test_small_letters_are_the_same(spark):
    """Of every capital that Python knows, alone and at the end of a word; each knows some of the newest alphabets."""
    every = (chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    letters = [letter for letter in every if unicodedata.category(letter) != "Cn" and letter.lower() != letter]
    texts = [(text,) for text in [*letters, *(f"a{letter}" for letter in letters)]]
    asked = nodes.select([nodes.column("t"), nodes.call("lower", nodes.column("t"))], nodes.table("letters"))
    with DuckdbEngine() as other:
        told = []
        for engine in (other, spark):
            engine.load("letters", {"t": "VARCHAR"}, texts)
            told.append(dict(engine.rows(asked)))

    assert [] == [(text, small, told[1][text]) for text, small in told[0].items() if small != told[1][text]][:20]


def test_floating_numbers_are_spelled_and_rounded_alike(spark):
    """Large and small ones, halves, and what is no number."""
    numbers = [1e-7, 1e-5, 9.9e-5, 1e-4, 0.000123456, 1e-3, 0.1, 2.5, 1e6, 9999999.5, 1e7, 12345678.5, 123456789012.25]
    numbers += [1e15, 999999999999999.9, 1e16, 1.5e16, 1.234e300, 0.0, 0.285, 1.005, 0.125, 0.135, 2.5e-310]
    numbers += [float("nan"), float("inf"), -1.005]
    rows = [(place, sign * number) for place, number in enumerate(numbers) for sign in (1, -1)] + [(99, None)]
    value = nodes.column("x")
    asked = [
        nodes.column("place"),
        nodes.as_type(value, "VARCHAR", of="DOUBLE"),
        *(nodes.as_type_or_nothing(value.copy(), kind, of="DOUBLE") for kind in ("DECIMAL(38, 6)", "DECIMAL(18, 2)")),
    ]
    with DuckdbEngine() as other:
        told = []
        for engine in (other, spark):
            engine.load("numbers", {"place": "BIGINT", "x": "DOUBLE"}, rows)
            told.append(sorted(engine.rows(nodes.select(asked, nodes.table("numbers"))), key=repr))

    assert told[0] == told[1]


CELLS: Mapping[str, tuple[str, list[str | None]]] = {
    "id": ("BIGINT", ["1", "2", "3", "4", "5", "6", "7", "8"]),
    "name": ("VARCHAR", ["Ana", "", None, " B'ob\\ ", "${x}", "İSTANBUL", "ΟΔΟΣ", "-"]),
    "size": ("DOUBLE", ["1", "2.5", None, "-3", "1e15", "7", "0.1", "NaN"]),
    "price": ("DOUBLE", ["0.285", "1.005", "0.125", "-0.125", "0.135", None, "123456789.125", "1e11"]),
    "exact": ("DECIMAL(12,3)", ["0.285", "1.005", "0.125", "-0.125", "0.135", None, "123456789.125", "1"]),
    "fits": ("BOOLEAN", ["true", "false", None, "true", "true", "true", "false", "true"]),
    "by": ("DATE", ["2027-03-01", None, "1999-12-31", "2050-01-01", "2027-02-28", "2028-02-29", None, "2027-01-01"]),
    "at": ("TIMESTAMP", [*["2027-03-28 02:30:00", "2027-10-31 02:30:00.9", "1970-01-01 00:00:00", None] * 2]),
    "seen": ("TIMESTAMP WITH TIME ZONE", [*["2027-03-28 02:30:00+02", "2027-10-31 00:30:00+00", None, None] * 2]),
    "written": (
        "VARCHAR",
        [
            "2027-03-28T02:30:00Z",
            "2027-03-28 02:30",
            "2027-03-28",
            "2027-02-30",
            "2027-03-28 10:00:00.123+02:00",
            "2027-03-28 10:00:00 -0330",
            "",
            "soon",
        ],
    ),
    "done": ("VARCHAR", ["Read;ask; ", "", None, ";", "READ", "nothing", "ask;ask", "a.b;c|d"]),
    "count": ("VARCHAR", ["1", "1,200", "R$ 5", "5 BRL", "1.5", "", "x", "-7"]),
}
SOURCE: Mapping[str, Any] = {
    "timezone": "Europe/Warsaw",
    "rejects": "at most 100%",
    "files": {"lead": {"path": "a b%20[1]", "null_values": ["-"], "decimal": "."}},
    "leads": {
        "from": "lead",
        "id": "id",
        "owner": "name",
        "channel": {
            "column": "name",
            "values": {"Ana": "search", "οδοσ": "fairs"},
            "other": "fairs",
            "blank": "search",
        },
        "amount": "price",
        "fields": {
            "sector": "region",
            "employees": "size",
            "growth": "exact",
            "budget": "count",
            "consent": "fits",
            "wants_it_by": "by",
            "actions": {"column": "done", "separator": ";", "values": {"Read": "read"}},
        },
    },
    "events": {"became_mql": {"column": "at", "midnight": "is a date"}, "became_sql": "seen", "became_won": "written"},
}


@pytest.fixture(scope="module")
def parts(tmp_path_factory) -> Path:
    """A folder with typed Parquet files in folders that say the region."""
    folder: Path = tmp_path_factory.mktemp("parts")
    columns = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, (kind, _) in CELLS.items())
    rows = list(zip(*(cells for _, cells in CELLS.values()), strict=True))
    with duckdb.connect() as connection:
        texts = ", ".join(f'"{name}" VARCHAR' for name in CELLS)
        connection.execute(f"CREATE TABLE cells ({texts})")
        connection.executemany(f"INSERT INTO cells VALUES ({', '.join('?' * len(CELLS))})", rows)
        for region, where in (
            ("S%C3%A3o%20Paulo", "id::BIGINT % 2 = 0"),
            ("__HIVE_DEFAULT_PARTITION__", "id::BIGINT % 2 = 1"),
        ):
            part = folder / "a b%20[1]" / f"region={region}"
            part.mkdir(parents=True)
            for name, more in (("part-é 1", "id::BIGINT < 5"), ("part 2", "id::BIGINT >= 5")):
                connection.execute(
                    f"COPY (SELECT {columns} FROM cells WHERE {where} AND {more} ORDER BY id) TO $to (FORMAT parquet)",
                    {"to": str(part / f"{name}.parquet")},
                )
    return folder


def read(folder: Path, source: Mapping[str, Any], engine: str) -> tuple[Any, ...]:
    with open_funnel(agreement_with(source), folder, engine=engine) as funnel:
        return facts(funnel), funnel.data(), funnel.events


def test_parquet_files_are_read_alike(spark, parts):
    """Typed cells and texts, several files in folders that say something: facts, rejects and all that is odd."""
    by_duckdb, by_spark = (read(parts, SOURCE, engine) for engine in ("duckdb", "spark"))

    assert by_duckdb == by_spark
    assert {"São Paulo", None} == {fact["field_sector"] for fact in by_spark[0]}
    assert 2 < len(by_spark[0])


def test_spark_itself_reads_them(spark, parts, monkeypatch):
    """Nothing goes through the reader where Spark has words for all that is asked."""
    taken: list[str] = []
    monkeypatch.setattr(SparkEngine, "take", lambda engine, name: taken.append(name))
    read(parts, SOURCE, "spark")

    assert [] == taken


@pytest.mark.parametrize(
    ("column", "written"),
    [("became_won", {"column": "written", "format": "%Y-%m-%d %H:%M"}), ("became_won", {"column": "id"})],
)
def test_what_spark_has_no_words_for_goes_through_the_reader(spark, parts, column, written):
    """A declared format of stamps; and what no engine can read is the same error."""
    source = {**SOURCE, "events": {**SOURCE["events"], column: written}}

    def told(engine: str) -> Any:
        try:
            return read(parts, source, engine)
        except UnreadableInput as error:
            return words("en").say(error.message)

    assert told("duckdb") == told("spark")


# ---------------------------------------------------------------- tables of Spark


def of_tables(**file: str) -> dict[str, Any]:
    return {**SOURCE, "files": {"lead": {"url": "env:LAKE", "null_values": ["-"], "decimal": ".", **file}}}


@pytest.fixture
def lake(spark, parts, monkeypatch):
    """The leads as a table that all sessions see."""
    monkeypatch.setenv("LAKE", "spark:")
    frame = spark._session.read.option("pathGlobFilter", "*.parquet").parquet(str(parts / "a b%20\\[1\\]"))
    frame.createOrReplaceGlobalTempView("leads")
    return parts


@pytest.mark.parametrize(
    "file", [{"table": "global_temp.leads"}, {"query": "SELECT * FROM global_temp.leads -- all of them"}]
)
def test_tables_of_spark_are_files_of_the_source(spark, lake, file):
    """What they hold is what the files hold."""
    from_files = {fact["lead_id"]: fact for fact in read(lake, SOURCE, "spark")[0]}
    from_table = {fact["lead_id"]: fact for fact in read(lake, of_tables(**file), "spark")[0]}
    # Spark undoes the signs in folders in its own way
    places = ("source_file", "source_line", "row_number", "field_sector")
    own = [
        {lead: {name: fact[name] for name in fact if name not in places} for lead, fact in facts_of.items()}
        for facts_of in (from_files, from_table)
    ]

    assert own[0] == own[1]


REFUSED = [
    ({"table": "global_temp.laeds"}, "the database has no table global_temp.laeds"),
    ({"query": "DROP VIEW global_temp.leads"}, "lead has to be one single query that gives rows: SELECT …"),
    ({"query": "SELECT 1) AS a; DROP VIEW global_temp.leads; SELECT * FROM (SELECT 1"}, "lead has to be one single"),
    ({"query": "SELECT nothing FROM global_temp.leads"}, "the database does not accept lead: "),
]


@pytest.mark.parametrize(("file", "said"), REFUSED)
def test_what_the_catalogue_refuses(spark, lake, file, said):
    """One clear error, and nothing is changed."""
    with pytest.raises(UnreadableInput) as error:
        open_funnel(agreement_with(of_tables(**file)), lake, engine="spark")

    assert words("en").say(error.value.message).startswith(said)
    assert 8 == spark._session.table("global_temp.leads").count()


def test_duckdb_reads_no_tables_of_spark(tmp_path, monkeypatch):
    """It says which engine does."""
    monkeypatch.setenv("LAKE", "spark:")

    with pytest.raises(UnreadableInput) as error:
        open_funnel(agreement_with(of_tables(table="leads")), tmp_path)

    assert "what LAKE names are tables of Spark, which --engine spark reads" == words("en").say(error.value.message)


# ---------------------------------------------------------------- whole results


@pytest.mark.parametrize("kind", ["csv", "parquet", "postgres"])
def test_the_sample_gives_the_same_results_to_the_last_sign(spark, everywhere, server, monkeypatch, capsys, kind):
    """From every kind of source."""
    monkeypatch.setenv("CRM", server.address())
    found = []
    for engine in ("duckdb", "spark"):
        code = run(["check", str(everywhere[kind]), "--format", "json", "--engine", engine])
        out, err = capsys.readouterr()
        found.append((code, out, err))

    assert found[0] == found[1]
    assert 100_000 < len(found[0][1])


def test_the_statements_are_shown_in_sparks_words(spark, everywhere, capsys):
    """`--explain-sql` prints what Spark is asked."""
    assert 0 == run(["check", str(everywhere["csv"]), "--explain-sql", "--engine", "spark"])
    assert "`leads`" in capsys.readouterr().out
