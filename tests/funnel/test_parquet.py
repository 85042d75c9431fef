"""Parquet files: typed columns, text columns, several files; the same facts as from CSV, and nothing copied."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from checker.errors import UnreadableInput
from checker.funnel import nodes, open_funnel
from checker.language import words
from tests.funnel.sources import agreement, facts, leads, read, refusal

SAO_PAULO = "America/Sao_Paulo"


def parquet(path, query):
    duckdb.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")


def source(file="leads.parquet", **more: Any) -> dict[str, Any]:
    written = {"files": {"lead": {"path": file}}, "events": {"became_lead": "at"}, "rejects": "at most 100%"}
    return leads(**more) | written


def epoch(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


STAMPS = [
    # the column's type, its value in SQL, time zone of the source, the instant in UTC, whether it is a day
    ("TIMESTAMP", "2027-03-01 09:30:00.7", "UTC", "2027-03-01 09:30:00", False),
    ("TIMESTAMP", "2018-02-18 23:30:00", SAO_PAULO, "2018-02-19 02:30:00", False),
    ("TIMESTAMP_S", "2018-11-04 00:30:00", SAO_PAULO, "2018-11-04 03:00:00", False),
    ("TIMESTAMP_MS", "2027-03-01 09:30:00", SAO_PAULO, "2027-03-01 12:30:00", False),
    ("TIMESTAMP_NS", "2027-03-01 09:30:00", SAO_PAULO, "2027-03-01 12:30:00", False),
    ("TIMESTAMPTZ", "2027-03-01 09:30:00+02", SAO_PAULO, "2027-03-01 07:30:00", False),
    ("DATE", "2027-03-01", "UTC", "2027-03-01 03:00:00", True),
    ("VARCHAR", "2027-03-01 09:30:00", SAO_PAULO, "2027-03-01 12:30:00", False),
    ("VARCHAR", "2027-03-01", SAO_PAULO, "2027-03-01 03:00:00", True),
    ("TIMESTAMP", "0202-03-01 09:30:00", "UTC", None, None),
    ("DATE", "2099-12-31", "UTC", None, None),
]


@pytest.mark.parametrize(("sql_type", "value", "timezone", "instant", "is_day"), STAMPS)
def test_stamps_of_every_type(tmp_path, sql_type, value, timezone, instant, is_day):
    """Beside a lead to whom nothing happened; what no funnel can hold rejects its row."""
    parquet(
        tmp_path / "leads.parquet",
        f"SELECT 'L1' AS id, '{value}'::{sql_type} AS at UNION ALL SELECT 'L2', NULL ORDER BY id",
    )
    expected = [("L2", None)] if instant is None else [("L1", epoch(instant)), ("L2", None)]
    rows = read(tmp_path, source() | {"timezone": timezone}, "lead_id", "at_became_lead", "day_became_lead")

    assert expected == [row[:2] for row in rows]
    assert is_day in (None, rows[0][2])


def test_a_typed_midnight_may_be_a_date(tmp_path):
    """As in CSV."""
    parquet(
        tmp_path / "leads.parquet",
        "SELECT 'L1' AS id, TIMESTAMP '2018-05-10 03:00:00' AS at"
        " UNION ALL SELECT 'L2', '2018-05-10 03:00:01' ORDER BY id",
    )
    written = source() | {"timezone": SAO_PAULO}
    written["events"] = {"became_lead": {"column": "at", "timezone": "UTC", "midnight": "is a date"}}

    assert [True, False] == read(tmp_path, written, "day_became_lead")


VALUES = [
    # field, the value in SQL, how the field is mapped, value in the facts
    ("job_title", "'Ana'", "value", "Ana"),
    ("job_title", "''", "value", None),
    ("job_title", "17", "value", "17"),
    ("job_title", "'a'::ENUM('a', 'b')", "value", "a"),
    ("sector", "'Food'", {"column": "value", "values": {"FOOD": "food"}}, "food"),
    ("sector", "3", {"column": "value", "values": {"3": "food"}}, "food"),
    ("employees", "50::INTEGER", "value", 50),
    ("employees", "50::HUGEINT", "value", 50),
    ("employees", "50.0::DOUBLE", "value", 50),
    ("employees", "50.5::DOUBLE", "value", "bad"),
    ("employees", "'nan'::DOUBLE", "value", "bad"),
    ("employees", "'50'", "value", 50),
    ("employees", "0::BIGINT", {"column": "value", "null_values": [0]}, None),
    ("growth", "12.5::DECIMAL(8, 1)", "value", Decimal("12.5")),
    ("budget", "0.0::DOUBLE", {"column": "value", "null_values": ["0.0"]}, None),
    ("budget", "1200.5::DOUBLE", "value", Decimal("1200.5")),
    ("consent", "TRUE", "value", True),
    ("consent", "0::INTEGER", "value", False),
    ("consent", "'no'", "value", False),
    ("wants_it_by", "DATE '2027-04-01'", "value", date(2027, 4, 1)),
    ("wants_it_by", "TIMESTAMP '2027-04-01 23:59:59'", "value", date(2027, 4, 1)),
    ("wants_it_by", "TIMESTAMPTZ '2027-04-01 01:00:00+00'", "value", date(2027, 3, 31)),
    ("last_visit", "30::INTEGER", "value", 30),
    ("last_visit", "DATE '2027-04-01'", "value", date(2027, 4, 1)),
    ("actions", "['read', 'ask']", "value", ["read", "ask"]),
    ("actions", "'Read;ask'", {"column": "value", "separator": ";", "values": {"Read": "read"}}, ["read", "ask"]),
]


@pytest.mark.parametrize(("field", "value", "mapped", "expected"), VALUES)
def test_values_of_every_type(tmp_path, field, value, mapped, expected):
    """They are taken as they stand; text in them is read as in CSV."""
    parquet(tmp_path / "leads.parquet", f"SELECT 'L1' AS id, {value} AS value, DATE '2027-03-01' AS at")

    assert ([] if expected == "bad" else [expected]) == read(tmp_path, source(fields={field: mapped}), f"field_{field}")


REFUSED = [
    ("SELECT 1 AS id, TRUE AS at", "at holds no dates"),
    ("SELECT 1 AS id, DATE '2027-03-01' AS alt", "leads.parquet has no column at; did you mean alt?"),
]


@pytest.mark.parametrize(("query", "expected"), REFUSED)
def test_what_a_parquet_file_lacks(tmp_path, query, expected):
    """It is told with the nearest column, before anything is read."""
    parquet(tmp_path / "leads.parquet", query)

    assert (UnreadableInput, expected) == refusal(tmp_path, source())


def test_a_damaged_file_is_refused(tmp_path):
    """Its beginning says Parquet, its end says nothing."""
    (tmp_path / "leads.parquet").write_bytes(b"PAR1 and then nothing")

    assert (UnreadableInput, "leads.parquet is damaged: it is no Parquet file that can be read") == refusal(
        tmp_path, source()
    )


def test_another_file_under_the_name_of_parquet_is_refused(tmp_path):
    """By its first bytes."""
    (tmp_path / "leads.parquet").write_bytes(b"id,at\n1,2027-03-01\n")

    assert (UnreadableInput, "leads.parquet is no Parquet file, in spite of its name") == refusal(tmp_path, source())


def test_several_files_are_one(tmp_path):
    """In the order of their names; a row's place is its file and its number there. A sign in a name is no pattern."""
    for name, ids in (("b[1].parquet", "('L3'), ('L4')"), ("a.parquet", "('L1'), ('L2')")):
        parquet(tmp_path / name, f"SELECT id, DATE '2027-03-01' AS at FROM (VALUES {ids}) AS ids(id)")

    assert [
        ("L1", "a.parquet", 1),
        ("L2", "a.parquet", 2),
        ("L3", "b[1].parquet", 1),
        ("L4", "b[1].parquet", 2),
    ] == read(tmp_path, source("*.parquet"), "lead_id", "source_file", "source_line")


def test_repeated_and_missing_ids_are_kept_out(tmp_path):
    """The first row with an id stands; a row without one belongs to nobody."""
    parquet(
        tmp_path / "leads.parquet",
        """SELECT * FROM (VALUES
            ('L1', DATE '2027-03-01'), ('L1', '2027-03-02'), ('', '2027-03-03'), (NULL, '2027-03-04')
        ) AS leads(id, "at")""",
    )
    with open_funnel(agreement(source()), tmp_path) as funnel:
        data = funnel.data()
        rows = facts(funnel)

    assert [("L1", epoch("2027-03-01 03:00:00"))] == [(row["lead_id"], row["at_became_lead"]) for row in rows]
    assert (1, 3, [2, 3, 4]) == (data.leads, data.rejected, [reject.line for reject in data.rejects])


def test_a_typed_file_is_neither_copied_nor_searched(tmp_path):
    """What reads it anew for each statement is arithmetic on whole numbers alone."""
    parquet(tmp_path / "leads.parquet", "SELECT 'L1' AS id, TIMESTAMP '2027-03-01 09:30:00' AS at")
    with open_funnel(agreement(source() | {"timezone": "Europe/Warsaw"}), tmp_path) as funnel:
        tables = funnel.engine.rows(nodes.select([nodes.column("table_name")], nodes.call("duckdb_tables")))
        views = funnel.engine.rows(nodes.select([nodes.column("sql")], nodes.call("duckdb_views")))
    statement = "".join(sql for (sql,) in views).lower()

    assert [] == [name for (name,) in tables if not name.startswith("repeats")]
    assert "epoch_us" in statement
    assert not any(costly in statement for costly in ("regexp", "strptime", "try_cast", "trim", "timezone", "misfit"))


def test_rows_of_several_files_are_numbered_through(tmp_path):
    """So that a lead of the second file is named, where counts point to it."""
    (tmp_path / "leads").mkdir()
    for name, first, count in (("a", 0, 3), ("b", 3, 2)):
        duckdb.execute(
            f"COPY (SELECT 'L' || (row + {first}) AS id FROM range({count}) AS rows(row)) "
            f"TO '{tmp_path}/leads/{name}.parquet'"
        )
    source = leads() | {"files": {"lead": {"path": "leads"}}}

    assert [("L0", 0, 1), ("L1", 1, 2), ("L2", 2, 3), ("L3", 3, 1), ("L4", 4, 2)] == read(
        tmp_path, source, "lead_id", "row_number", "source_line"
    )


@pytest.mark.parametrize("column", ["id", "size", "born"])
@pytest.mark.parametrize("bytes_of_it", [b"\xff" * 40, b"\x00" * 40], ids=["no type", "no data"])
def test_a_damaged_page_is_told_with_the_name_of_its_file(tmp_path, column, bytes_of_it):
    """The file says what it should of itself, and of two files one is whole: the reader names neither of them."""
    good, bad = tmp_path / "leads" / "a.parquet", tmp_path / "leads" / "b.parquet"
    good.parent.mkdir()
    for path, begin in ((good, 0), (bad, 5000)):
        born = "TIMESTAMP '2027-03-01' + to_minutes(n) AS born"
        parquet(path, f"SELECT 'L' || n AS id, n % 7 AS size, {born} FROM range({begin}, {begin + 5000}) AS numbers(n)")
    pages = (
        "SELECT coalesce(dictionary_page_offset, data_page_offset) FROM parquet_metadata(?) WHERE path_in_schema = ?"
    )
    row = duckdb.execute(pages, [str(bad), column]).fetchone()
    assert row is not None
    content = bytearray(bad.read_bytes())
    content[row[0] : row[0] + len(bytes_of_it)] = bytes_of_it
    bad.write_bytes(content)
    source = leads(fields={"employees": "size"}) | {
        "files": {"lead": {"path": "leads/*.parquet"}},
        "events": {"became_lead": "born"},
    }

    assert (UnreadableInput, "b.parquet is damaged: it is no Parquet file that can be read") == read_or_refusal(
        tmp_path, source
    )


def read_or_refusal(folder, source):
    """What reading all facts ends with."""
    try:
        return read(folder, source, "lead_id")
    except UnreadableInput as error:
        return type(error), words("en").say(error.message)


NEVER_BLANK = [
    # the cells of a column, how it is written in the source, whether it holds something in every row
    (("'food'", "'fud'"), "sector", "sector", True),
    (("'food'", "''"), "sector", "sector", False),
    (("'food'", "NULL"), "sector", "sector", False),
    (("'food'", "' '"), "sector", "sector", True),
    (("'food'", "'n/a'"), "sector", {"column": "sector", "null_values": ["n/a"]}, False),
    (("'food'", "'fud'"), "sector", {"column": "sector", "values": {"fud": "food"}}, False),
    (("10", "20"), "employees", "employees", True),
    (("10", "NULL"), "employees", "employees", False),
    (("'10'", "'20'"), "employees", "employees", False),
]


@pytest.mark.parametrize(("cells", "field", "written", "is_sure"), NEVER_BLANK)
def test_a_typed_file_tells_itself_where_nothing_is_blank(tmp_path, cells, field, written, is_sure):
    """Only of columns that are taken as they stand is that sure; where it is not, every cell is looked at."""
    rows = ", ".join(f"('L{number}', {cell})" for number, cell in enumerate(cells))
    parquet(tmp_path / "leads.parquet", f"SELECT * FROM (VALUES {rows}) AS leads(id, {field})")
    only = {"files": {"lead": {"path": "leads.parquet"}}}
    with open_funnel(agreement(leads(fields={field: written}) | only), tmp_path) as funnel:
        column = funnel.columns[f"field_{field}"]
        held = [row[f"field_{field}"] for row in facts(funnel)]

    assert is_sure is column.is_never_blank
    assert not (is_sure and None in held)


def test_what_another_file_holds_may_be_blank_for_a_lead(tmp_path):
    """However full that file is: a lead may have no row in it."""
    parquet(tmp_path / "leads.parquet", "SELECT unnest(['L1', 'L2']) AS id, 'food' AS sector")
    parquet(tmp_path / "deals.parquet", "SELECT 'L1' AS lead, 10 AS size, TIMESTAMP '2027-03-01 09:30:00' AS won")
    more = {
        "files": {"lead": {"path": "leads.parquet"}, "deal": {"path": "deals.parquet"}},
        "events": {"became_won": "deal.won"},
    }
    written = leads(
        fields={"sector": "sector", "employees": "deal.size"},
        join={"deal": {"on": {"lead": "id"}, "at_most": "one"}},
    )
    with open_funnel(agreement(written | more), tmp_path) as funnel:
        sure = {name for name, column in funnel.columns.items() if column.is_never_blank}
        told = nodes.select([nodes.column("told_became_won")], nodes.table(funnel.facts))
        happened = funnel.engine.rows(told.order_by(nodes.column("row_number")))

    assert {"field_sector"} == sure
    assert [(True,), (None,)] == happened
