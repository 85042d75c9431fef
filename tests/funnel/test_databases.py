"""Tables and queries of databases: the same facts as from files, nothing changed, and no word of where they are.

What the real PostgreSQL is asked is in `test_postgres.py`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from checker.errors import MissingExtra, SlaError, UnreadableInput
from checker.funnel import open_funnel
from checker.funnel.files import ALL_FILES
from checker.language import words
from tests.funnel.sources import agreement, facts, leads, read, refusal

VARIABLE = "CRM_DATABASE"


def source(**file: str) -> dict[str, Any]:
    """Leads of a database whose address stands in CRM_DATABASE."""
    written = {"url": f"env:{VARIABLE}", **file}
    return leads(fields={"employees": "size"}) | {"files": {"lead": written}, "events": {"became_lead": "born"}}


@pytest.fixture
def database(tmp_path, monkeypatch):
    """A DuckDB file with a table `leads` and one in a schema; its folder's name must never be seen."""
    folder = tmp_path / "secret-place"
    folder.mkdir()
    file = folder / "sales.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE TABLE leads (id VARCHAR, size INTEGER, born TIMESTAMP, email VARCHAR)")
        connection.execute(
            "INSERT INTO leads VALUES ('L1', 5, '2027-03-01 10:00:00', 'ana@x.example'), ('L2', NULL, NULL, '')"
        )
        connection.execute("CREATE SCHEMA crm; CREATE TABLE crm.people AS FROM leads")
    monkeypatch.setenv(VARIABLE, f"duckdb:{file}")
    return file


def test_a_table_is_read_like_a_file(tmp_path, database):
    """Rows are counted from 1, and known by the table's name."""
    assert [("L1", 5, "leads", 1), ("L2", None, "leads", 2)] == read(
        tmp_path, source(table="leads"), "lead_id", "field_employees", "source_file", "source_line"
    )


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ({"table": "crm.people"}, ["L1", "L2"]),
        ({"query": "SELECT * FROM leads WHERE size > 1"}, ["L1"]),
        ({"query": "SELECT * FROM leads -- of all times\n;"}, ["L1", "L2"]),
        ({"query": "WITH few AS (FROM crm.people LIMIT 1) SELECT * FROM few"}, ["L1"]),
    ],
)
def test_a_query_is_read_like_a_table(tmp_path, database, file, expected):
    """Also one that ends in a comment or a semicolon."""
    assert expected == read(tmp_path, source(**file), "lead_id")


@pytest.mark.parametrize("address", ["duckdb:{path}", "duckdb://{path}", " DUCKDB:{path}\n"])
def test_ways_to_write_an_address(tmp_path, database, monkeypatch, address):
    """With or without an empty host, in any case, with white space around it."""
    monkeypatch.setenv(VARIABLE, address.format(path=database))

    assert ["L1", "L2"] == read(tmp_path, source(table="leads"), "lead_id")


def test_only_columns_in_use_leave_the_database(tmp_path, database):
    """Nobody's address is copied for a check that does not need it."""
    with open_funnel(agreement(source(table="leads")), tmp_path) as funnel:
        (copy,) = funnel.engine.folder.glob("*.parquet")
        columns = [name for name, *_ in duckdb.execute(f"DESCRIBE FROM '{copy}'").fetchall()]

    assert ["id", "size", "born"] == columns


KINDS: Mapping[str, tuple[str, str, Any]] = {
    # column's type and value in SQL, kind of field, what is read
    "whole": ("BIGINT", "9007199254740993", ("employees", 9007199254740993)),
    "huge": ("HUGEINT", "42", ("employees", 42)),
    "decimal": ("DECIMAL(18,3)", "12.345", ("growth", "12.345000")),
    "wide": ("DECIMAL(38,10)", "123456789012345678901234567.5", ("growth", "123456789012345678901234567.500000")),
    "double": ("DOUBLE", "0.25", ("growth", "0.250000")),
    "flag": ("BOOLEAN", "true", ("consent", True)),
    "list": ("VARCHAR[]", "['read', 'ask']", ("actions", ["read", "ask"])),
    "choice": ("ENUM('food', 'pharma')", "'food'", ("sector", "food")),
    "uuid": ("UUID", "'0b4e7a0e-5c4e-4a53-9a0b-0c2d5e6f7a8b'", ("job_title", "0b4e7a0e-5c4e-4a53-9a0b-0c2d5e6f7a8b")),
    "date": ("DATE", "'2027-03-31'", ("wants_it_by", "2027-03-31")),
}


@pytest.mark.parametrize(("sql_type", "value", "field"), KINDS.values(), ids=KINDS)
def test_types_keep_their_precision(tmp_path, monkeypatch, sql_type, value, field):
    """What the database holds exactly is read exactly."""
    name, expected = field
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute(f"CREATE TABLE leads (id VARCHAR, x {sql_type})")
        connection.execute(f"INSERT INTO leads VALUES ('L1', {value})")
    monkeypatch.setenv(VARIABLE, f"duckdb:{tmp_path / 'x.duckdb'}")
    written = leads(fields={name: "x"}) | {"files": {"lead": {"table": "leads", "url": f"env:{VARIABLE}"}}}
    (found,) = read(tmp_path, written, f"field_{name}")

    assert expected == (found if isinstance(expected, (bool, int, list)) else str(found))


NO_MATCH = "the environment variable CRM_DATABASE, which should hold the database's address, is not set"
REFUSALS: list[tuple[str | None, dict[str, str], str]] = [
    (None, {"table": "leads"}, NO_MATCH),
    ("", {"table": "leads"}, NO_MATCH),
    (
        "mysql://root:hunter2@db/crm",
        {"table": "leads"},
        "what the environment variable CRM_DATABASE holds is no address of a database that can be read: it has to "
        "begin with postgresql://, duckdb: or spark:",
    ),
    (
        "duckdb:/secret-place/nowhere.duckdb",
        {"table": "leads"},
        "there is no file where CRM_DATABASE says that the DuckDB database is",
    ),
    ("{csv}", {"table": "leads"}, "what CRM_DATABASE names is no DuckDB database that can be read"),
    ("{file}", {"table": "lead"}, "the database has no table lead; did you mean leads?"),
    ("{file}", {"table": "people"}, "the database has no table people; did you mean crm.people?"),
    ("{file}", {"table": "xyzzy"}, "the database has no table xyzzy; it has crm.people or leads"),
    (
        "{file}",
        {"query": "SELECT * FROM leads WHERE sise > 1"},
        'the database does not accept lead: Referenced column "sise" not found in FROM clause!',
    ),
    ("{file}", {"query": "SELCT 1"}, 'the database does not accept lead: syntax error at or near "SELCT"'),
    ("{file}", {"query": "SELECT 1; SELECT 2"}, "lead has to be one single query that gives rows: SELECT …"),
    (
        "{file}",
        {"query": "DELETE FROM leads"},
        "the database refuses the query of lead: it would change something, and data is only read here",
    ),
    (
        "{file}",
        {"query": "SELECT * FROM read_csv('/etc/passwd')"},
        "the database does not accept lead: it reaches for something outside of the database",
    ),
    (
        "{file}",
        {"query": "SELECT id, size, born, CAST(email AS INTEGER) AS n FROM leads ORDER BY n"},
        "the database broke off while lead was read",
    ),
    ("{file}", {"query": "SELECT id, born FROM leads"}, "lead has no column size; it has id and born"),
    ("{file}", {"query": "SELECT id, born, size AS sizes FROM leads"}, "lead has no column size; did you mean sizes?"),
]


@pytest.mark.parametrize(("address", "file", "expected"), REFUSALS)
def test_what_cannot_be_read_is_told_without_the_address(tmp_path, database, monkeypatch, address, file, expected):
    """One clear error; the database is as it was."""
    (tmp_path / "secret-place" / "x.csv").write_text("id\nL1\n" * 2000)
    if address is None:
        monkeypatch.delenv(VARIABLE)
    else:
        csv_file = f"duckdb:{tmp_path / 'secret-place' / 'x.csv'}"
        monkeypatch.setenv(VARIABLE, address.format(file=f"duckdb:{database}", csv=csv_file))
    before = database.read_bytes()

    assert (UnreadableInput, expected) == refusal(tmp_path, source(**file))
    assert before == database.read_bytes()


def test_a_missing_driver_is_named(tmp_path, monkeypatch):
    """With the command that installs it, and without a traceback."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "checker.funnel.postgres_database", raising=False)
    monkeypatch.setenv(VARIABLE, "postgresql://localhost/crm")

    assert (
        MissingExtra,
        'reading PostgreSQL needs a part that is installed separately: pip install "smarketing-sla[check,postgres]"',
    ) == refusal(tmp_path, source(table="leads"))


def test_a_database_that_is_open_for_writing_is_told(tmp_path, database):
    """Another program holds it."""
    holder = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(1, flush=True); input()",
            str(database),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    told = refusal(tmp_path, source(table="leads"))
    holder.communicate(b"\n")

    assert (
        UnreadableInput,
        "another program holds the DuckDB database that CRM_DATABASE names open for writing",
    ) == told


def test_the_nearest_variable_is_offered(tmp_path, database, monkeypatch):
    """Only one that holds an address of a database."""
    monkeypatch.setenv("CRM_DATABASES", "not an address")
    monkeypatch.setenv("CRM_DATABSE", "duckdb:x")
    monkeypatch.delenv(VARIABLE)

    assert (UnreadableInput, f"{NO_MATCH}; did you mean CRM_DATABSE?") == refusal(tmp_path, source(table="leads"))


def test_an_error_names_the_line_of_the_source(tmp_path, database):
    """So that the one at fault can be shown."""
    for file, spot in (({"table": "nope"}, "table"), ({"query": "SELCT"}, "query")):
        with pytest.raises(SlaError) as error:
            open_funnel(agreement(source(**file)), tmp_path)

        assert error.value.at is not None
        assert ("source", "files", "lead", spot) == error.value.at.path


def test_a_file_may_stand_in_for_a_table(tmp_path, database, monkeypatch):
    """By its name, or in a folder that holds all files; the database is not asked then."""
    monkeypatch.delenv(VARIABLE)
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "lead.csv").write_text("id,size,born\nL7,1,2027-01-01\n")
    written = agreement(source(table="leads"))
    for overrides in ({"lead": exports / "lead.csv"}, {ALL_FILES: exports}):
        with open_funnel(written, tmp_path, overrides) as funnel:
            assert ["L7"] == [fact["lead_id"] for fact in facts(funnel)]
    with pytest.raises(UnreadableInput) as error:
        open_funnel(written, tmp_path, {ALL_FILES: tmp_path / "secret-place"})

    assert "there is no file lead.parquet; to read it from elsewhere: --data NAME=PATH" == words("en").say(
        error.value.message
    )


def test_a_table_may_be_read_for_several_things(tmp_path, database, monkeypatch):
    """The columns of all of them are copied, once."""
    lists = {"objections_heard": {"from": "lead", "what": "email", "on": "born"}}
    written = source(table="leads") | {"log": lists, "rejects": "at most 50%"}
    with open_funnel(agreement(written), tmp_path) as funnel:
        entries = funnel.side.entries["objections_heard"]

        assert [("ana@x.example", "2027-03-01")] == [(entry.what, str(entry.on)) for entry in entries]
        assert ["L1", "L2"] == [fact["lead_id"] for fact in facts(funnel)]


def test_a_stamp_that_never_comes_rejects_its_row(tmp_path, monkeypatch):
    """`infinity` is no moment, in whichever company it stands."""
    for stamps in (["infinity", "2027-03-01"], ["infinity", "-infinity"]):
        file: Path = tmp_path / f"{stamps[1]}.duckdb"
        with duckdb.connect(str(file)) as connection:
            connection.execute("CREATE TABLE leads (id VARCHAR, size INTEGER, born TIMESTAMP)")
            for number, stamp in enumerate(stamps):
                connection.execute(f"INSERT INTO leads VALUES ('L{number}', 1, '{stamp}')")
        monkeypatch.setenv(VARIABLE, f"duckdb:{file}")
        with open_funnel(agreement(source(table="leads") | {"rejects": "at most 100%"}), tmp_path) as funnel:
            assert sum("infinity" in stamp for stamp in stamps) == funnel.data().rejected


def test_white_space_around_texts_is_no_part_of_them(tmp_path, database):
    """As in the cells of a CSV: a cell of blanks is empty, and a lead is the same lead without them."""
    query = "SELECT '  L1\t' AS id, ' ' AS name, chr(160) || 'Food ' AS kind"
    written = leads(fields={"sector": "kind", "job_title": "name"}) | {
        "files": {"lead": {"url": f"env:{VARIABLE}", "query": query}}
    }

    assert [("L1", "Food", None)] == read(tmp_path, written, "lead_id", "field_sector", "field_job_title")
