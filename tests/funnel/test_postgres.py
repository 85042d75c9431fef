"""Tables and queries of a real PostgreSQL: the same facts and verdicts as from files, nothing changed, nothing told."""

from __future__ import annotations

import csv
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from checker.agreement import build
from checker.cli.main import run
from checker.errors import UnreadableInput
from checker.funnel import open_funnel
from checker.review.check import check
from checker.samples.funnel import write
from checker.text import read as read_document
from tests.funnel.postgres import PASSWORD, Server
from tests.funnel.sources import agreement, facts, leads, read, refusal
from tests.reference import FOLDER

VARIABLE = "CRM_DATABASE"


@pytest.fixture(scope="module")
def server(postgres: Server) -> Server:
    """A server with a table in a schema, and a user who may not read it."""
    with psycopg.connect(postgres.address(), autocommit=True) as connection:
        connection.execute("CREATE SCHEMA crm")
        connection.execute("CREATE TABLE crm.leads (id text, size int, born timestamptz, email text)")
        connection.execute(
            "INSERT INTO crm.leads VALUES ('L1', 5, '2027-03-01 10:00:00+02', 'ana@x.example'), ('L2', NULL, NULL, '')"
        )
        connection.execute("CREATE SEQUENCE counter")
        # who may log in is the server's business, which other tests share
        connection.execute("DROP ROLE IF EXISTS guest")
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
    return postgres


@pytest.fixture
def address(server: Server, monkeypatch) -> str:
    """Where the server is, as the environment says."""
    monkeypatch.setenv(VARIABLE, server.address())
    return server.address()


def source(**file: str) -> dict[str, Any]:
    """Leads of a database whose address stands in CRM_DATABASE."""
    written = {"url": f"env:{VARIABLE}", **file}
    return leads(fields={"employees": "size"}) | {"files": {"lead": written}, "events": {"became_lead": "born"}}


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ({"table": "crm.leads"}, ["L1", "L2"]),
        ({"query": "SELECT * FROM crm.leads WHERE size > 1"}, ["L1"]),
        ({"query": "SELECT * FROM crm.leads WHERE id LIKE '%1' -- {not} a comment;\n ;"}, ["L1"]),
        ({"query": "WITH few AS (SELECT * FROM crm.leads) SELECT * FROM few ORDER BY id LIMIT 1"}, ["L1"]),
        ({"query": "VALUES ('L9', 1, now())"}, None),
    ],
)
def test_a_table_and_a_query_are_read_like_a_file(tmp_path, address, file, expected):
    """Also a query that ends in a comment or a semicolon."""
    if expected is None:
        assert "lead has no column id; it has column1, column2 and column3" == refusal(tmp_path, source(**file))[1]
    else:
        assert expected == read(tmp_path, source(**file), "lead_id")


KINDS: dict[str, tuple[str, str, str, Any]] = {
    # column's type and value in SQL, field, what is read
    "whole": ("bigint", "9007199254740993", "employees", 9007199254740993),
    "money": ("numeric(18,3)", "12.345", "growth", "12.345000"),
    "any numeric": ("numeric", "123456789012345678901234567.5", "growth", "123456789012345678901234567.500000"),
    "double": ("float8", "0.1", "growth", "0.100000"),
    "flag": ("boolean", "true", "consent", True),
    "list": ("text[]", """ARRAY['a, "b"', '{x}', NULL, 'NULL']""", "actions", ['a, "b"', "{x}", "NULL"]),
    "numbers": ("int[]", "ARRAY[1, 2]", "actions", ["1", "2"]),
    "json": ("jsonb", """'{"a": 1}'""", "job_title", '{"a": 1}'),
    "padded": ("char(8)", "'food'", "sector", "food"),
    "lines": ("text", "E'one\\n\"two\", three\\\\n'", "job_title", 'one\n"two", three\\n'),
    "date": ("date", "'2027-03-31'", "wants_it_by", "2027-03-31"),
    "own type": ("sector", "'pharma'", "sector", "pharma"),
    "own domain": ("rooms", "7", "employees", 7),
}


@pytest.mark.parametrize(("sql_type", "value", "field", "expected"), KINDS.values(), ids=KINDS)
def test_types_keep_their_precision(tmp_path, server, address, sql_type, value, field, expected):
    """What the database holds exactly is read exactly."""
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS kinds")
        connection.execute("DROP TYPE IF EXISTS sector; CREATE TYPE sector AS ENUM ('food', 'pharma')")
        connection.execute("DROP DOMAIN IF EXISTS rooms; CREATE DOMAIN rooms AS int CHECK (VALUE > 0)")
        connection.execute(f"CREATE TABLE kinds AS SELECT 'L1' AS id, {value}::{sql_type} AS x".encode())
    written = leads(fields={field: "x"}) | {"files": {"lead": {"table": "kinds", "url": f"env:{VARIABLE}"}}}
    (found,) = read(tmp_path, written, f"field_{field}")

    assert expected == (found if isinstance(expected, (bool, int, list)) else str(found))


def test_numbers_with_a_declared_decimal_comma_stay_what_they_are(tmp_path, address):
    """The comma is that of texts; the database's own numbers have none."""
    query = "SELECT 'L1' AS id, 12.500::numeric AS x, '1.200,50' AS y"
    written = leads(fields={"growth": "x", "budget": "y"}) | {
        "files": {"lead": {"query": query, "url": f"env:{VARIABLE}", "decimal": ","}}
    }
    (found,) = read(tmp_path, written, "field_growth", "field_budget")

    assert ("12.500000", "1200.500000") == tuple(map(str, found))


@pytest.mark.parametrize(
    ("sql_type", "value", "instant", "is_day"),
    [
        ("timestamptz", "2027-03-01 10:00:00.9+02", "2027-03-01 08:00:00", False),
        ("timestamp", "2027-03-01 10:00:00", "2027-03-01 13:00:00", False),
        ("date", "2027-03-01", "2027-03-01 03:00:00", True),
        ("text", "2027-03-01 10:00:00+02:00", "2027-03-01 08:00:00", False),
        ("timestamp", "infinity", None, None),
        ("date", "0044-03-15 BC", None, None),
    ],
)
def test_stamps_of_every_type(tmp_path, address, sql_type, value, instant, is_day):
    """With and without a zone; what no funnel can hold rejects its row."""
    query = f"SELECT 'L1' AS id, 1 AS size, '{value}'::{sql_type} AS born"
    written = source(query=query) | {"timezone": "America/Sao_Paulo", "rejects": "at most 100%"}
    rows = read(tmp_path, written, "at_became_lead", "day_became_lead")
    expected = [] if instant is None else [(int(datetime.fromisoformat(f"{instant}+00:00").timestamp()), is_day)]

    assert expected == rows


NO_QUERY = "lead has to be one single query that gives rows: SELECT …"
WRITES = "the database refuses the query of lead: it would change something, and data is only read here"
BROKE_OFF = "the database broke off while lead was read"
REFUSALS: list[tuple[dict[str, str], str]] = [
    ({"table": "crm.lead"}, "the database has no table crm.lead; did you mean crm.leads?"),
    ({"table": "Leads"}, "the database has no table Leads; did you mean crm.leads?"),
    ({"table": "a.b.c.d"}, "the database does not accept a.b.c.d: improper qualified name (too many dotted names): "),
    (
        {"query": "SELECT * FROM crm.leads WHERE sise > 1"},
        'the database does not accept lead: column "sise" does not exist. Perhaps you meant to reference the column '
        '"leads.size".',
    ),
    ({"query": "SELCT 1"}, 'the database does not accept lead: syntax error at or near "SELCT"'),
    ({"query": "SELECT nope(1)"}, "the database does not accept lead: function nope(integer) does not exist"),
    ({"query": "SELECT 1; DROP TABLE crm.leads"}, NO_QUERY),
    ({"query": "-- nothing"}, NO_QUERY),
    ({"query": "SHOW server_version"}, "lead has no column id; it has server_version"),
    ({"query": "SELECT id, id, size, born FROM crm.leads"}, "lead has several columns named id (number 1 and 2): "),
    ({"query": "DELETE FROM crm.leads"}, WRITES),
    ({"query": "DELETE FROM crm.leads RETURNING *"}, WRITES),
    ({"query": "WITH gone AS (DELETE FROM crm.leads RETURNING *) SELECT * FROM gone"}, WRITES),
    ({"query": "SELECT *, nextval('counter') FROM crm.leads"}, WRITES),
    ({"query": "CREATE TABLE mine (id int)"}, WRITES),
    (
        {"query": "SELECT 1) TO STDOUT; COMMIT; DROP TABLE crm.leads; COPY (SELECT 1"},
        'the database does not accept lead: syntax error at or near ")"',
    ),
    ({"query": "SELECT id, size, born FROM crm.leads WHERE email::int > 1"}, BROKE_OFF),
]


@pytest.mark.parametrize(("file", "expected"), REFUSALS)
def test_what_cannot_be_read_is_one_clear_error(tmp_path, server, address, file, expected):
    """Neither the address nor any data is in it, and the database is as it was."""
    written = source(**file)
    kind, told = refusal(tmp_path, written)
    with psycopg.connect(server.address()) as connection:
        counted = connection.execute("SELECT count(*), (SELECT is_called FROM counter) FROM crm.leads").fetchone()

    assert UnreadableInput is kind
    assert told.startswith(expected)
    assert (2, False) == counted
    assert not [secret for secret in (PASSWORD, "127.0.0.1", "ana@x", "owner") if secret in told]


def test_whoever_may_not_read_is_told_so(tmp_path, server, monkeypatch):
    """In the database's own words."""
    monkeypatch.setenv(VARIABLE, server.address(user="guest", password="guest"))
    told = refusal(tmp_path, source(query="SELECT * FROM crm.leads"))[1]

    assert "the database does not accept lead: permission denied for schema crm" == told
    told = refusal(tmp_path, source(table="nothing"))[1]

    assert "the database has no table nothing, nor any other that you may read" == told


def test_no_connection_is_told_without_the_address(tmp_path, server, monkeypatch):
    """Nobody there, a wrong password, an unknown user, an unknown database, an address that is none."""
    place = f"@127.0.0.1:{server.port}"
    refused = "the database does not accept the user and password that CRM_DATABASE holds"
    told = {
        "postgresql://owner:hunter2@127.0.0.1:1/postgres": "no database answers at the address that CRM_DATABASE holds",
        "postgresql://owner:hunter2@no-host.invalid/x": "no database answers at the address that CRM_DATABASE holds",
        server.address(password="hunter2"): refused,
        f"postgres://hunter2{place}/postgres": refused,
        server.address(user="hunter2"): refused,
        server.address("hunter2"): "the server has no database of the name that CRM_DATABASE holds",
        f"postgresql://owner:hun ter2@[{place}": "the address that CRM_DATABASE holds is not written as "
        "postgresql://user:password@host:5432/database",
    }
    for address, expected in told.items():
        monkeypatch.setenv(VARIABLE, address)

        assert (UnreadableInput, expected) == refusal(tmp_path, source(table="crm.leads"))


def test_all_tables_are_read_as_at_one_moment(tmp_path, server, address, monkeypatch):
    """Whatever is written between two of them is not seen."""
    from checker.funnel.postgres_database import PostgresDatabase

    with psycopg.connect(server.address(), autocommit=True) as other:
        other.execute("DROP TABLE IF EXISTS one; CREATE TABLE one AS SELECT 'L1' AS id")
        other.execute("DROP TABLE IF EXISTS two; CREATE TABLE two AS SELECT 'L1' AS id, 1 AS size")
        copy = PostgresDatabase.copy

        def copy_and_write(self, asked, columns, to):
            copy(self, asked, columns, to)
            other.execute("INSERT INTO two VALUES ('L2', 2)")

        monkeypatch.setattr(PostgresDatabase, "copy", copy_and_write)
        url = f"env:{VARIABLE}"
        written = leads(fields={"employees": "size"}, join={"deal": {"on": {"id": "id"}}}) | {
            "files": {"lead": {"table": "one", "url": url}, "deal": {"table": "two", "url": url}}
        }
        with open_funnel(agreement(written), tmp_path) as funnel:
            assert [("L1", 1)] == [(fact["lead_id"], fact["field_employees"]) for fact in facts(funnel)]
            assert () == funnel.data().quality


# ---------------------------------------------------------------- the same verdicts


PATHS = {"lead": 'path: ../data/leads.csv, null_values: ["-", "N/A"]', "deal": "path: ../data/deals.csv"}


@pytest.fixture(scope="module")
def everywhere(server: Server, tmp_path_factory) -> dict[str, Path]:
    """The example agreement on the sample funnel, kept as CSV, Parquet, DuckDB and PostgreSQL, typed in the last three.

    Gives the folder of each agreement.
    """
    root = tmp_path_factory.mktemp("everywhere")
    write(root / "data")
    database = root / "data" / "sample.duckdb"
    with duckdb.connect(str(database)) as connection, psycopg.connect(server.address(), autocommit=True) as remote:
        for table in ("leads", "deals"):
            file = root / "data" / f"{table}.csv"
            connection.execute(f"CREATE TABLE {table} AS FROM read_csv('{file}', nullstr = ['', '-', 'N/A'])")
            connection.execute(f"COPY {table} TO '{root / 'data' / table}.parquet'")
            columns = [(name, kind) for name, kind, *_ in connection.execute(f"DESCRIBE {table}").fetchall()]
            types = {"VARCHAR": "text", "DOUBLE": "numeric", "BIGINT": "bigint"}
            listed = ", ".join(f'"{name}" {types.get(kind, kind)}' for name, kind in columns)
            remote.execute(f"CREATE TABLE {table} ({listed})".encode())
            typed = root / "data" / f"typed {table}.csv"
            connection.execute(f"COPY {table} TO '{typed}' (HEADER false)")
            with remote.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)".encode()) as copy:
                copy.write(typed.read_bytes())
    places = {
        "csv": PATHS,
        "parquet": {name: f"path: ../data/{name}s.parquet" for name in PATHS},
        "duckdb": {"lead": "table: leads, url: env:SAMPLE", "deal": "query: SELECT * FROM deals, url: env:SAMPLE"},
        "postgres": {"lead": "table: leads, url: env:CRM", "deal": "query: SELECT * FROM deals -- all, url: env:CRM"},
    }
    for kind, files in places.items():
        shutil.copytree(FOLDER, root / kind)
        section = (root / kind / "source.yaml").read_text(encoding="utf-8")
        for name, written in files.items():
            assert PATHS[name] in section
            section = section.replace(PATHS[name], written)
        (root / kind / "source.yaml").write_text(section, encoding="utf-8")
    return {kind: root / kind for kind in places}


def test_the_same_leads_give_the_same_results_from_wherever_they_come(everywhere, server, monkeypatch):
    """CSV, Parquet, DuckDB and PostgreSQL; and the data is not empty."""
    monkeypatch.setenv("SAMPLE", f"duckdb:{everywhere['csv'].parent / 'data' / 'sample.duckdb'}")
    monkeypatch.setenv("CRM", server.address())
    found = {}
    for kind, folder in everywhere.items():
        document = read_document(folder)
        written = build(document.values, document.problems)
        with open_funnel(written, folder) as funnel:
            results = check(written, document, funnel).results
        # all of it, but for where things stand and what the files are called
        found[kind] = results.model_dump(
            exclude={
                "results": {"__all__": {"file": True, "escalations": {"__all__": {"file"}}}},
                "findings": {"__all__": {"file", "because"}},
                "data": True,
            }
        ) | {"data": results.data.model_dump(exclude={"files", "rejects", "quality"})}

    assert 600 < found["csv"]["data"]["leads"]
    assert [found["csv"]] * 4 == list(found.values())


def test_the_address_is_nowhere_in_what_is_printed(everywhere, server, monkeypatch, capsys, tmp_path):
    """Neither in results of any format, nor in the statements."""
    monkeypatch.setenv("CRM", server.address())
    folder = str(everywhere["postgres"])
    out = tmp_path / "out.json"

    assert run(["check", folder, "--format", "text", "--format", f"json={out}"]) in (0, 1)
    assert 0 == run(["check", folder, "--explain-sql"])
    printed = capsys.readouterr()
    everything = printed.out + printed.err + out.read_text(encoding="utf-8")

    assert 5000 < len(everything)
    assert "leads" in everything
    assert not [secret for secret in (PASSWORD, "the%2F", "127.0.0.1", "postgresql:") if secret in everything]


def test_rows_of_the_sample_are_read_back_as_they_were(everywhere, server):
    """What PostgreSQL was given is what the CSV holds: an independent look at the fixture."""
    with (everywhere["csv"].parent / "data" / "leads.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["Record ID"] for row in csv.DictReader(file)]
    with psycopg.connect(server.address()) as connection:
        kept = [row[0] for row in connection.execute('SELECT "Record ID" FROM leads').fetchall()]

    assert sorted(ids) == sorted(kept)
