"""The engine folds a log into the same facts as a plain reader that goes through it line by line."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.funnel import nodes, open_funnel
from checker.funnel.lines import TURNS
from checker.review.check import check
from checker.text import parse
from checker.verdict import Results
from tests.funnel.line_by_line import LineByLine
from tests.funnel.sources import FIELDS, agreement, facts
from tests.funnel.test_against_row_by_row import ISO, SELDOM_ISO, ZONES, cells, table, without, write

REASONS = {
    "bad": {"found": "before accepting", "back_to": "marketing", "then": "repair"},
    "none": {"found": "after accepting", "back_to": "marketing", "then": "nurture"},
}
PEOPLE = {"mia": {"name": "Mia", "team": "marketing"}, "sam": {"name": "Sam", "team": "sales"}}
SECTIONS: Mapping[str, Any] = {
    "people": PEOPLE,
    "return_reasons": REASONS,
    "handoff": {"stage": "mql", "channel": "The queue"},
}
# few leads and few moments, so that lines of one second, days, and repeated lines are frequent
WHENS = (*ISO[:6], *ISO[-9:], "2027-02-03 10:11:12", "2027-02-04", "2027-02-05 09:00", "2027-02-05 09:00:00")
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": (*(f"L{number}" for number in range(8)), "L1", " L2 ", ""),
    "what": cells(("MQL", "mql", "Handoff", "Handoff", "Call", "Mail", "Return", "Return", "Won", "Lost", "Noise")),
    "when": cells(WHENS, SELDOM_ISO),
    "then": cells(WHENS[:4], SELDOM_ISO),
    "who": cells(("Mia", "sam", "Robot")),
    "note": cells(("Bad", "none", "else")),
    "value": cells(("7", "12.5", "300"), ("many",)),
    "source": cells(("Google", "Fair", "Radio")),
}


@st.composite
def log_sources(draw: st.DrawFn) -> dict[str, Any]:
    """A source over one log."""
    choose = st.sampled_from
    midnight = draw(choose([{}, {"midnight": "is a date"}]))
    reason = {"column": "note", "values": {"Bad": "bad"}}
    events: dict[str, Any] = {
        "became_mql": {"when": {"what": "MQL"}, "set": {"budget": "value"}},
        "handed_off": {"when": {"what": "Handoff"}, "set": {"owner": "who"}},
        "returned": {"when": {"what": "Return"}, "set": {"reason": reason}},
        "contact_attempt": {
            "when": {"what": ["call", "Mail"]},
            "unless": {"who": "Robot"},
            "set": {"actor": "who", "channel": "what"},
            "personal": True,
        },
        "became_won": {"when": {"what": ["Won", "Return"]}, "set": {"amount": "value"}},
        "lost": {"when": {"what": "Lost"}, "set": {"reason": "note", "owner": "who"}},
    }
    for event, written in events.items():
        written |= {"column": "when"} | midnight
        if event in ("became_won", "lost"):
            written |= draw(choose([{}, {"column": "then"}, {"timezone": "UTC"}]))
    return {
        "timezone": draw(choose(ZONES)),
        "rejects": "at most 100%",
        "files": {"log": {"path": "log.csv", "null_values": ["-", "n/a", "0000-00-00"]}},
        "leads": {
            "from": "log",
            "id": "id",
            "channel": {"column": "source", "values": {"Google": "search"}} | draw(choose([{}, {"blank": "fairs"}])),
        },
        "events": events,
    }


KINDS = {f"field_{name}": field["is"] for name, field in FIELDS.items()} | {"amount": "amount"}
PLAIN = st.booleans()


def write_log(folder: Path, rows: list[list[str]], is_plain: bool) -> None:
    """The log; one with an empty line is copied first, row by row."""
    write(folder / "log.csv", COLUMNS, rows, ",")
    if not is_plain:
        with (folder / "log.csv").open("a") as file:
            file.write("\n")


@settings(max_examples=25)
@given(log_sources(), table(COLUMNS, 60), st.sampled_from(ZONES), PLAIN)
def test_facts_are_those_of_a_line_by_line_reading(source, rows, report_zone, is_plain):
    """First moments, counts, reasons, amounts, owners, contacts, second handoffs; and no line is lost."""
    check_lines(source, rows, report_zone, is_plain)


def check_lines(
    source: dict[str, Any],
    rows: list[list[str]],
    zone: str,
    is_plain: bool,
    engine: str = "duckdb",
    tables: Mapping[str, Any] | None = None,
) -> None:
    """The facts and turns that an engine gives of a log are those of a line-by-line reading.

    Where the same lines are in a table, `tables` stand in place of the source's `files`.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_log(folder, rows, is_plain)
        oracle = LineByLine(source, KINDS, zone, folder)
        stories = oracle.stories()
        expected = [oracle._fold(story) for story in stories]
        if tables is not None:
            # a table has no lines
            expected = without(["source_line"], expected)
        asked = source if tables is None else source | {"files": tables}
        with open_funnel(agreement(asked, zone, **SECTIONS), folder, engine=engine) as funnel:
            actual = facts(funnel)
            data = funnel.data()
            counts = [f"count_{event}" for event in source["events"]]
            statement = nodes.select(map(nodes.column, counts), nodes.table(funnel.facts))
            lines = funnel.engine.rows(statement.order_by(nodes.column("row_number")))
            told = ["lead_id", "event", "at", "is_day", "reason", "is_again"]
            turns = funnel.engine.rows(nodes.select(map(nodes.column, told), nodes.table(TURNS)))

    read = [fact | dict(zip(counts, line, strict=True)) for fact, line in zip(actual, lines, strict=True)]

    assert expected == [
        {name: _as_told(name, fact) for name in wanted} for wanted, fact in zip(expected, read, strict=True)
    ]
    assert oracle.rejected + oracle.repeated == data.rejected
    assert oracle.idle == sum(odd.count for odd in data.quality if odd.what == "no event")
    assert oracle.rows_in == oracle.rejected + oracle.repeated + oracle.idle + sum(
        len({number for events in story.events.values() for _, number, _ in events}) for story in stories
    )
    assert data.events == sum(len(events) for story in stories for events in story.events.values()) + sum(
        fact[f"at_{event}"] is not None for fact in expected for event in ("first_personal_contact", "handed_off_again")
    )
    assert sorted(map(repr, turns)) == sorted(
        repr((story.lead_id, event, *moment, says["returned says reason"] if event == "returned" else None, is_again))
        for story in stories
        if "returned" in story.events
        for event, (moment, _, says), is_again in story.turns()
    )


def _as_told(name: str, fact: dict[str, Any]) -> Any:
    """A fact as the plain reader tells it: of what did not happen it says nothing."""
    event = name.removeprefix("day_")
    return None if name.startswith("day_") and fact[f"at_{event}"] is None else fact[name]


# ---------------------------------------------------------------- a log and its wide export

VALUES = {
    "channel": "channel",
    "owner": "owner",
    "return_reason": "return_reason",
    "disposition": "disposition",
    "amount": "amount",
}
EVENTS = ("became_mql", "handed_off", "first_personal_contact", "returned", "handed_off_again", "became_won", "lost")
PROMISES: Mapping[str, Any] = {
    "marketing_promises": {
        "volume": {"promise": "Volume", "measure": "volume", "of": "mql", "target": "5 a month"},
        "missed": {"promise": "Hand over", "measure": "missed_leads", "target": "10%"},
    },
    "sales_promises": {
        "response": {
            "promise": "Call",
            "starts": "handed_off",
            "stops": "first_personal_contact",
            "within": "4 business hours",
            "target": "90%",
        },
        "days": {
            "promise": "Win",
            "starts": "became_mql",
            "stops": "became_won",
            "within": "10 business days",
            "target": "20%",
        },
        "again": {"promise": "Seldom", "measure": "rehandoff_rate", "target": "10%"},
    },
}
# a moment at the edge of the years that can be read may lie beyond it in another zone
SOUND_COLUMNS = COLUMNS | {"when": cells(WHENS), "then": cells(WHENS[:4])}
YEARS = "2018-01-01 to 2027-12-31"


def write_wide(folder: Path, expected: list[dict[str, Any]], report_zone: str) -> None:
    """The wide export of the same cases: a row a lead, with the first moment of each event."""
    with (folder / "wide.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *VALUES, "budget", *EVENTS])
        for fact in expected:
            moments = [_written(fact[f"at_{event}"], fact[f"day_{event}"], report_zone) for event in EVENTS]
            writer.writerow([fact["lead_id"], *(fact[name] for name in VALUES), fact["field_budget"], *moments])


def _written(at: int | None, is_day: bool | None, report_zone: str) -> str:
    if at is None:
        return ""
    zone, form = (report_zone, "%Y-%m-%d") if is_day else ("UTC", "%Y-%m-%dT%H:%M:%SZ")
    return datetime.fromtimestamp(at, ZoneInfo(zone)).strftime(form)


def wide_source() -> dict[str, Any]:
    """How the wide export is read."""
    return {
        "timezone": "UTC",
        "files": {"lead": {"path": "wide.csv"}},
        "leads": {"from": "lead", "id": "id", "fields": {"budget": "budget"}} | VALUES,
        "events": {event: event for event in EVENTS},
        "coverage": dict.fromkeys(EVENTS, YEARS),
    }


def judged(folder: Path, source: dict[str, Any], report_zone: str) -> tuple[list[dict[str, Any]], Results]:
    """The facts, and what a check says, of the years in which these lines lie."""
    document = parse("format: sla/v1\nagreement: Test\nstages: {mql: {team: marketing}}\n")
    built = agreement(source, report_zone, **SECTIONS, **PROMISES)
    with open_funnel(built, folder) as funnel:
        return facts(funnel), check(built, document, funnel, as_of=date(2027, 3, 31)).results


@settings(max_examples=12)
@given(log_sources(), table(SOUND_COLUMNS, 60), st.sampled_from(ZONES))
def test_a_log_and_its_wide_export_give_the_same(source, rows, report_zone):
    """The same facts, and the same verdicts, months and cohorts, for whatever a row a lead can tell."""
    rows.append(["L0", "MQL", "2027-01-04 10:00:00", "", "", "", "", ""])
    source = source | {"coverage": dict.fromkeys(EVENTS, YEARS)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_log(folder, rows, is_plain=True)
        write_wide(folder, LineByLine(source, KINDS, report_zone, folder).facts(), report_zone)
        of_log, by_log = judged(folder, source, report_zone)
        of_wide, by_wide = judged(folder, wide_source(), report_zone)

    names = ["lead_id", *VALUES, "field_budget", *(f"at_{event}" for event in EVENTS)]
    names += [f"day_{event}" for event in EVENTS]

    assert [[_as_told(name, fact) for name in names] for fact in of_wide] == [
        [_as_told(name, fact) for name in names] for fact in of_log
    ]
    assert by_wide.results == tuple(result.model_copy(update={"again": None}) for result in by_log.results)
    assert (by_wide.funnel, by_wide.cohorts) == (by_log.funnel, by_log.cohorts)
