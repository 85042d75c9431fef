"""The engine reads the same facts as a plain reader that goes through the files row by row."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.funnel import open_funnel
from tests.funnel.row_by_row import RowByRow
from tests.funnel.sources import FIELDS, agreement, facts

ZONES = ("UTC", "America/Sao_Paulo", "Europe/Warsaw", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe")
PLACEHOLDERS = ("-", "n/a", "0000-00-00")
BLANKS = ("", " ", "\u00a0", "-", "N/A", "0000-00-00")
# around changes of clocks of the zones above, and at midnights
WALLS = (
    "2018-02-18 00:00:00", "2018-02-17 23:30:00", "2018-11-04 00:00:00", "2018-11-04 00:30:00", "2018-11-04 01:00:00",
    "2027-03-28 02:00:00", "2027-03-28 02:30:00", "2027-03-28 03:00:00", "2026-10-25 02:00:00", "2026-10-25 02:59:59",
    "2027-03-14 02:15:00", "2026-11-01 01:30:00", "2027-04-04 01:45:00", "2026-10-04 02:10:00", "2027-01-31 23:59:59",
    "2027-02-01 00:00:00", "2027-02-01 03:00:00",
)  # fmt: skip
SELDOM_WALLS = (
    "1999-12-31 23:59:59", "2000-01-01 00:00:00", "2049-12-31 23:59:59", "2050-01-01 00:00:00", "2027-02-30 10:00:00",
    "2027-02-03 24:00:00", "2027-02-03 10:60:00",
)  # fmt: skip
ISO = (
    *WALLS, "2027-02-03", "2018-11-04", "2027-02-03T10:11:12", "2027-02-03 10:11", "2027-02-03T10:11:12Z",
    "2027-02-03T10:11:12.345+02:00", "2027-02-03 10:11-0330", "2027-02-03 10:11:12 +05", "2018-11-04T03:00:00Z",
)  # fmt: skip
SELDOM_ISO = (
    *SELDOM_WALLS, "2027-02-29", "2027-2-3", "03/02/2027", "2027-02-03T10", "20270203", "today", "2027-02-03Z",
    "2027-02-03 10:11:12,5",
)  # fmt: skip
DAYS_FIRST = ("03/02/2027 10:11", "3/2/2027 9:05", "04/11/2018 00:30", "28/03/2027 02:30")
SELDOM_DAYS_FIRST = ("31/02/2027 10:00", "2027-02-03", "3/2/27 9:05")
NUMBERS = ("0", "7", "-3", "+4", "007", "12", "300", "5000000000")
SELDOM_NUMBERS = (
    "12.5", "12,5", "1.200", "1,200", "1.200,75", "1,200.75", "1 200", "R$ 300", "R$ 1.200,50", "300 BRL", "1'000",
    "12.", ".5", "1e3", "seven", "1.2.3", "12.0", "1,20",
)  # fmt: skip
WORDS = ("Food", "food", "PHARMA", "Chemie", "São", "a;b", 'say "hi"', "two\nlines", "x,y", " padded ", "yes", "no")
ACTIONS = ("Read", "read; Ask", "Ask;Ask;", ";", "Call ; read")


def cells(usual: tuple[str, ...], odd: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Cells of a column: mostly what belongs there, sometimes a blank, one in 25 something odd."""
    return (*usual * (1 + 24 * len(odd) // len(usual)), *usual, *BLANKS, *odd)


LEAD_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": (*(f"L{number}" for number in range(60)), " L1 ", ""),
    "source": cells(("Google", "google", "Fair", "Radio")),
    "sector": cells(WORDS),
    "title": cells(WORDS),
    "staff": cells(NUMBERS, SELDOM_NUMBERS),
    "growth": cells(NUMBERS, SELDOM_NUMBERS),
    "consent": cells(("yes", "No", "TRUE", "0", "granted"), ("maybe",)),
    "wanted": cells(ISO, SELDOM_ISO),
    "done": cells(ACTIONS),
    "mql": cells(ISO, SELDOM_ISO),
    "sql": cells(DAYS_FIRST, SELDOM_DAYS_FIRST),
}
DEAL_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "lead": (*(f"L{number}" for number in range(70)), "", "-"),
    "phase": cells(("Won", "won", "Lost", "Open")),
    "value": cells(NUMBERS, SELDOM_NUMBERS),
    "closed": cells(WALLS, SELDOM_WALLS),
    "plan": cells(NUMBERS, SELDOM_NUMBERS),
}


def table(columns: Mapping[str, tuple[str, ...]], most: int) -> st.SearchStrategy[list[list[str]]]:
    """Rows of a file; one in 25 is a cell short or has one too many."""

    def rows(count: int, seed: int) -> list[list[str]]:
        chance = Random(seed)
        drawn = [[chance.choice(pool) for pool in columns.values()] for _ in range(count)]
        return [[row[:-1], [*row, "more"], *[row] * 48][chance.randrange(50)] for row in drawn]

    return st.builds(rows, st.integers(0, most), st.integers(0, 1 << 32))


@st.composite
def sources(draw: st.DrawFn) -> dict[str, Any]:
    """A source section over both files."""
    choose = st.sampled_from
    timezone = draw(choose(ZONES))
    delimiter = draw(choose([",", ";", "|"]))
    lead_file: dict[str, Any] = {"path": "leads.csv", "delimiter": delimiter, "null_values": [*PLACEHOLDERS]}
    deal_file: dict[str, Any] = {"path": "deals.csv", "null_values": ["-", "n/a"]}
    for file in (lead_file, deal_file):
        if decimal := draw(choose([None, ",", "."])):
            file["decimal"] = decimal
    channel: dict[str, Any] = {"column": "source", "values": {"Google": "search", "Fair": "fairs"}}
    channel |= draw(choose([{}, {"other": "other"}, {"blank": "search"}, {"other": "fairs", "blank": "other"}]))
    won = {"column": "deal.closed", "format": "%Y-%m-%d %H:%M:%S", "null_values": ["0000-00-00"]}
    won |= draw(choose([{}, {"when": {"phase": "Won"}}, {"unless": {"phase": ["lost", "open"]}}]))
    won |= draw(choose([{}, {"midnight": "is a date"}]))
    won |= draw(choose([{}, {"timezone": "UTC"}, {"timezone": "Europe/Warsaw"}]))
    mql: dict[str, Any] = {"column": "mql"} | draw(choose([{}, {"midnight": "is a date"}]))
    return {
        "timezone": timezone,
        "rejects": "at most 100%",
        "files": {"lead": lead_file, "deal": deal_file},
        "leads": {
            "from": "lead",
            "id": "id",
            "join": {"deal": {"on": {"lead": "id"}, "at_most": "one"}},
            "channel": channel,
            "owner": {"always": "ana"},
            "amount": {"column": "deal.value", "null_values": ["0000-00-00"]},
            "fields": {
                "sector": {"column": "sector", "values": {"Food": "food", "Pharma": "pharma"}},
                "job_title": "title",
                "employees": {"column": "staff", "null_values": ["7"]},
                "growth": "growth",
                "consent": {"column": "consent", "values": {"granted": True, "0": False}},
                "wants_it_by": "wanted",
                "actions": {"column": "done", "separator": ";", "values": {"Read": "read", "Ask": "ask"}},
                "budget": {"column": "deal.plan", "blank": 0, "null_values": ["0000-00-00"]},
            },
        },
        "events": {
            "became_mql": mql,
            "became_sql": {"column": "sql", "format": "%d/%m/%Y %H:%M"},
            "became_won": won,
        },
    }


def write(path: Path, headings: Mapping[str, object], rows: list[list[str]], delimiter: str) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(headings)
        writer.writerows(rows)


KINDS = {f"field_{name}": field["is"] for name, field in FIELDS.items()} | {"amount": "amount"}


@settings(max_examples=30)
@given(sources(), table(LEAD_COLUMNS, 40), table(DEAL_COLUMNS, 30), st.sampled_from(ZONES))
def test_facts_are_those_of_a_row_by_row_reading(source, lead_rows, deal_rows, report_zone):
    """Blanks, placeholders, zones, formats, value maps, joins, repeated ids and ragged rows; and nothing is lost."""
    check_facts(source, lead_rows, deal_rows, report_zone)


OF_FILES: dict[str, Any] = {
    "files": True,
    "rejects": {"__all__": {"file", "line", "said"}},
    "quality": {"__all__": {"said", "examples"}},
}
PLACES = ("source_file", "source_line", "row_number", "line_deal")
"""Facts that say where in which file something stands."""


def check_facts(
    source: dict[str, Any],
    lead_rows: list[list[str]],
    deal_rows: list[list[str]],
    zone: str,
    engine: str = "duckdb",
    tables: Mapping[str, Any] | None = None,
) -> None:
    """The facts that an engine gives of two files are those of a row-by-row reading.

    Where the same rows are in `tables`, which stand in place of the source's `files`, these give the same facts as the
    files do, but for where they stand.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "leads.csv", LEAD_COLUMNS, lead_rows, source["files"]["lead"]["delimiter"])
        write(folder / "deals.csv", DEAL_COLUMNS, deal_rows, ",")
        oracle = RowByRow(source, KINDS, zone, folder)
        expected = oracle.facts()
        with open_funnel(agreement(source, zone), folder, engine=engine) as funnel:
            actual = facts(funnel)
            data = funnel.data()
        if tables is not None:
            with open_funnel(agreement(source | {"files": tables}, zone), folder, engine=engine) as funnel:
                assert without(PLACES, actual) == without(PLACES, facts(funnel))
                assert data.model_dump(exclude=OF_FILES) == funnel.data().model_dump(exclude=OF_FILES)

    names = list(expected[0]) if expected else []
    plain = [{name: fact.get(name) for name in [*names, *fact]} for fact in expected]
    read = [{name: _as_told(name, fact) for name in plain[index]} for index, fact in enumerate(actual)]

    assert plain == read
    assert oracle.rejected == data.rejected
    assert oracle.unmatched == sum(odd.count for odd in data.quality if odd.what == "no match")
    assert oracle.rows_in - oracle.rejected - oracle.unmatched == data.leads + sum(
        fact["line_deal"] is not None for fact in actual
    )


def without(names: Collection[str], told: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Facts but for some; of what did not happen there is nothing to say."""
    return [{name: _as_told(name, dict(fact)) for name in fact if name not in names} for fact in told]


def _as_told(name: str, fact: dict[str, Any]) -> Any:
    """A fact as the plain reader tells it: of what did not happen it says nothing."""
    event = name.removeprefix("day_")
    return None if name.startswith("day_") and fact[f"at_{event}"] is None else fact[name]
