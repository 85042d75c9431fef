"""What is left of cells when they are packed: all that decides, nothing of a person."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.agreement import Agreement
from checker.agreement.conditions import FieldIs, leaves
from checker.funnel import open_funnel, open_rows, pack_rows
from checker.funnel.files import ALL_FILES
from checker.logic.criteria import passes
from tests.funnel.sources import agreement, facts, leads

SALT = "a salt that nobody knows"
SOURCE = leads(
    channel={"column": "from", "values": {"Google": "search"}},
    owner={"column": "seller", "values": {"Ana Lima": "ana"}},
    disposition="outcome",
    merged_into="same as",
    fields={
        "sector": {"column": "sector", "values": {"Food": "food"}, "other": "other"},
        "job_title": {"column": "title", "null_values": ["-"]},
        "phone": "phone",
        "employees": "size",
        "budget": "money",
        "consent": "ok",
        "wants_it_by": {"column": "wanted", "format": "%d/%m/%Y"},
        "last_visit": "visited",
        "actions": {"column": "did", "separator": ";", "values": {"Read it": "read"}},
        "interests": {"column": "likes", "separator": ","},
    },
) | {
    "files": {"lead": {"path": "leads.csv"}, "deal": {"path": "deals.csv"}},
    "events": {"became_lead": "born", "became_won": {"column": "won", "when": {"stage": "Closed won"}}},
    "rejects": "at most 100%",
}
SOURCE["leads"]["join"] = {"deal": {"on": {"lead": "id"}}}
HEADINGS = ["id", "from", "seller", "outcome", "same as", "sector", "title", "phone", "size", "money", "ok", "wanted",
            "visited", "did", "likes", "born", "unused"]  # fmt: skip
STAGES = {
    "lead": {"team": "marketing"},
    "mql": {
        "team": "marketing",
        "all": [
            {"job_title": "contains quality"},
            {"job_title": ["quality", "head of sales", "b"]},
            {"job_title": "not intern"},
            {"job_title": "contains a"},
            {"phone": "contains 55"},
            {"phone": "known"},
            {"interests": "contains cold chain"},
            {"interests": "contains old"},
            {"interests": ["cold", "chain"]},
            {"sector": ["food", "pharma"]},
            {"employees": "10 to 50"},
            {"consent": True},
            {"actions": ["read"]},
            {"wants_it_by": "known"},
        ],
    },
    "won": {"team": "sales", "is": "won"},
}
MORE: dict[str, Any] = {
    "stages": STAGES,
    "people": {"ana": {"name": "Ana Lima", "team": "sales"}, "mia": {"name": "Mia", "team": "marketing"}},
}


def the_agreement() -> Agreement:
    return agreement(SOURCE, **MORE)


def write(folder: Path, rows: list[dict[str, str]], deals: list[dict[str, str]]) -> None:
    for name, headings, lines in (("leads", HEADINGS, rows), ("deals", ["lead", "won", "stage"], deals)):
        to = io.StringIO()
        writer = csv.DictWriter(to, headings, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
        (folder / f"{name}.csv").write_text(to.getvalue(), encoding="utf-8")


def pack(folder: Path, written: Agreement | None = None, salt: str = SALT) -> Path:
    to = folder / "packed"
    to.mkdir(exist_ok=True)
    opened = open_rows(written or the_agreement(), folder)
    with opened.engine:
        pack_rows(opened, salt, to)
    return to


def cells(file: Path) -> list[dict[str, Any]]:
    found = duckdb.execute(f"SELECT * FROM '{file}'")
    names = [name for name, *_ in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def everything_in(folder: Path) -> bytes:
    """The bytes of packed files, as they are and without compression, so that no text hides in it."""
    found = b""
    for file in folder.iterdir():
        found += file.read_bytes()
        plain = folder.parent / "plain.parquet"
        duckdb.execute(f"COPY (FROM '{file}') TO '{plain}' (FORMAT parquet, COMPRESSION uncompressed)")
        found += plain.read_bytes()
        found += repr(duckdb.execute(f"FROM '{file}'").fetchall()).encode()
    return found


LEFT: list[tuple[str, str, Any]] = [
    # column, cell, what is left (None: nothing; ~: a drawn number)
    ("id", "L1", "~"),
    ("from", "Google", "Google"),
    ("from", "FAIRS", "FAIRS"),
    ("from", "Ana's party", "~"),
    ("seller", "Ana Lima", "ana"),
    ("seller", "ana", "ana"),
    ("seller", "Bia Souza", "~"),
    ("outcome", "wants to be called at home", "~"),
    ("same as", "L7", "~"),
    ("sector", "Food", "Food"),
    ("sector", "food", "food"),
    ("sector", "Fish by Bia", "~"),
    ("title", "Quality lead of ACME", "¦quality¦a¦"),
    ("title", "QUALITY", "QUALITY"),
    ("title", "Bia", "¦a¦"),
    ("title", "Bio", "¦"),
    ("title", "-", None),
    ("title", "", None),
    ("phone", "+55 11 9", "¦55¦"),
    ("phone", "+44", "¦"),
    ("size", "12", "12"),
    ("money", "BRL 12", "BRL 12"),
    ("ok", "Yes", "Yes"),
    ("wanted", "31/12/2027", "31/12/2027"),
    ("visited", "2027-03-01", "2027-03-01"),
    ("did", "Read it; ask", "Read it;ask"),
    ("did", "Read it; met Bia", "Read it;~"),
    ("likes", "Cold, the cold chain of ACME", "Cold,¦cold chain¦old¦"),
    ("born", "2027-03-01 10:00:00", "2027-03-01 10:00:00"),
]


@pytest.mark.parametrize(("column", "cell", "expected"), LEFT)
def test_what_is_left_of_a_cell(tmp_path, column, cell, expected):
    """Dates, numbers, words of the agreement, ids of its people; of the rest a drawn number, or what tests ask."""
    write(tmp_path, [{"id": "L1", column: cell}], [])
    (row,) = cells(pack(tmp_path) / "lead.parquet")
    drawn = row[column] if expected is None or "~" not in expected else _without_digits(row[column])

    assert expected == drawn
    assert "unused" not in row


def _without_digits(text: str) -> str:
    head, _, digits = text.rpartition("~")
    assert 32 == len(digits)
    assert set(digits) <= set("0123456789abcdef")
    return f"{head}~"


def test_a_moment_that_does_not_count_leaves_nothing(tmp_path):
    """What stands in a column of rows that do not fit was never read."""
    deals = [
        {"lead": "L1", "won": "2027-03-01", "stage": "closed won"},
        {"lead": "L2", "won": "ask Bia", "stage": "Open at Bia's"},
    ]
    write(tmp_path, [{"id": "L1"}, {"id": "L2"}], deals)
    first, second = cells(pack(tmp_path) / "deal.parquet")

    assert ("2027-03-01", "closed won") == (first["won"], first["stage"])
    assert (None, "¦") == (second["won"], second["stage"])


def test_rows_that_cannot_be_used_are_left_out(tmp_path):
    """Unreadable, without an id, or with an id that is there already."""
    rows = [{"id": "L1", "size": "many"}, {"id": ""}, {"id": "L2", "size": "1"}, {"id": "L2", "size": "2"}]
    write(tmp_path, rows, [{"lead": "L2", "won": "soon", "stage": "Closed won"}])
    to = pack(tmp_path)

    assert ["1"] == [row["size"] for row in cells(to / "lead.parquet")]
    assert [] == cells(to / "deal.parquet")


def test_ids_find_each_other_and_depend_on_the_salt(tmp_path):
    """Joins and merged leads hold; with another salt all ids are others."""
    write(tmp_path, [{"id": "L1"}, {"id": "L2", "same as": "L1"}], [{"lead": "L2"}])
    first, second = cells(pack(tmp_path) / "lead.parquet")
    (deal,) = cells(tmp_path / "packed" / "deal.parquet")
    other, _ = cells(pack(tmp_path, salt="another salt, as secret") / "lead.parquet")

    assert first["id"] == second["same as"] != second["id"] == deal["lead"]
    assert first["id"] != other["id"]
    assert SALT.encode() not in everything_in(tmp_path / "packed")


def test_leads_that_the_agreement_names_keep_their_id(tmp_path):
    """It stands in the text anyway, and the exception would be lost."""
    promise = {"promise": "Call", "starts": "became_lead", "stops": "became_won", "within": "4 hours", "target": "90%"}
    named = [{"leads": ["L2"], "promise": "call", "why": "Agreed", "agreed_by": ["ana", "mia"]}]
    write(tmp_path, [{"id": "L1"}, {"id": "L2"}], [])
    to = pack(tmp_path, agreement(SOURCE, **MORE, sales_promises={"call": promise}, not_counted=named))

    assert [False, True] == [row["id"] == "L2" for row in cells(to / "lead.parquet")]


def test_lines_of_a_log_stay_as_many_as_they_are(tmp_path):
    """Two lines that differ only in what is left out must not become one."""
    written = leads() | {
        "files": {"lead": {"path": "log.csv", "each_row": "is an event"}},
        "events": {"contact_attempt": {"column": "at", "when": {"what": "call"}, "set": {"job_title": "notes"}}},
    }
    lines = ["L1,call,2027-03-01 10:00:00,Bia was out", "L1,call,2027-03-01 10:00:00,Bia was in"]
    (tmp_path / "log.csv").write_text("\n".join(["id,what,at,notes", *lines, lines[0]]))
    the_log = agreement(written, **MORE)
    to = pack(tmp_path, the_log)
    for place in ({}, {ALL_FILES: to}):
        with open_funnel(the_log, tmp_path, place) as funnel:
            assert 2 == funnel.events["contact_attempt"].times
    assert b"Bia" not in everything_in(to)


def test_typed_columns_stay_typed(tmp_path):
    """Dates and numbers of a Parquet file or a database; a number that is an id becomes a text."""
    write(tmp_path, [], [])
    types = {"size": "12", "wanted": "DATE '2027-03-01'", "born": "TIMESTAMP '2027-03-01 10:00:00'", "id": "7"}
    columns = ", ".join(f"""{types.get(name, "NULL::VARCHAR")} AS "{name}" """ for name in HEADINGS)
    duckdb.execute(f"COPY (SELECT {columns}) TO '{tmp_path / 'leads.parquet'}'")
    written = agreement(SOURCE | {"files": SOURCE["files"] | {"lead": {"path": "leads.parquet"}}}, **MORE)
    to = pack(tmp_path, written)
    kept = dict(duckdb.execute(f"SELECT name, type FROM parquet_schema('{to / 'lead.parquet'}')").fetchall())

    assert ("INT32", "INT32", "INT64", "BYTE_ARRAY") == tuple(kept[name] for name in ("size", "wanted", "born", "id"))


# ---------------------------------------------------------------- laws

TEXTS = st.one_of(
    st.sampled_from(
        ["", "-", "quality", "Quality", "head of sales", "b", "B", "intern", "cold", "chain", "55", "¦", "~"]
    ),
    st.text("abQuality old chn,;¦İß5-", max_size=12),
)
ROWS = st.fixed_dictionaries(
    {
        "title": TEXTS,
        "phone": TEXTS,
        "likes": TEXTS,
        "sector": st.sampled_from(["", "Food", "food", "PHARMA", "x"]),
        "size": st.sampled_from(["", "9", "10", "50", "51"]),
        "ok": st.sampled_from(["", "yes", "NO", "1"]),
        "did": st.sampled_from(["", "Read it", "read; ask", "x;Read it", "; ;"]),
        "wanted": st.sampled_from(["", "01/02/2027"]),
    }
)


@settings(deadline=None, max_examples=40)
@given(st.lists(ROWS, min_size=1, max_size=8))
def test_every_test_of_the_agreement_answers_the_same(tmp_path_factory, rows):
    """Asked one by one, by an evaluator that knows no SQL."""
    folder = tmp_path_factory.mktemp("pack")
    write(folder, [{"id": f"L{number}", **row} for number, row in enumerate(rows)], [])
    written = the_agreement()
    to = pack(folder, written)
    found = []
    for place in ({}, {ALL_FILES: to}):
        with open_funnel(written, folder, place) as funnel:
            found.append(facts(funnel))
    tests = [
        leaf for condition, _ in written.written_conditions() for leaf in leaves(condition) if isinstance(leaf, FieldIs)
    ]
    answers = [
        [
            passes(leaf.test, row[f"field_{leaf.field}"], written.field_kind(leaf.field) or "")
            for row in of_funnel
            for leaf in tests
        ]
        for of_funnel in found
    ]

    assert len(tests) * len(rows) == len(answers[0])
    assert answers[0] == answers[1]


@settings(deadline=None, max_examples=15)
@given(st.sampled_from([*HEADINGS, "lead", "won", "stage"]), st.sampled_from(["{}", "{} quality 55", "Food;{}", "+{}"]))
def test_a_marker_in_any_column_is_nowhere_in_the_bytes(tmp_path_factory, column, shape):
    """Also in a column of dates or numbers, where somebody's cells have slipped."""
    folder = tmp_path_factory.mktemp("pack")
    marker = "zOë.Marker@x.example"
    row = {"id": "L1", column: shape.format(marker)}
    deal = {"lead": "L1", "stage": "Closed won", column: shape.format(marker)}
    write(
        folder,
        [{name: cell for name, cell in row.items() if name in HEADINGS}, {"id": "L2", "size": "1"}],
        [{name: cell for name, cell in deal.items() if name in ("lead", "won", "stage")}],
    )
    found = everything_in(pack(folder)).lower()

    assert b"parquet" in found or b"par1" in found
    assert marker.lower().encode() not in found
    assert b"marker" not in found
