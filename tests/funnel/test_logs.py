"""Logs folded into lead facts, case by case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from checker.funnel import open_funnel
from tests.funnel.sources import agreement, facts, read, refusal, said
from tests.funnel.test_logs_line_by_line import SECTIONS

NINE, TEN, ELEVEN = 1798794000, 1798797600, 1798801200
"""2027-01-01 from 09:00 to 11:00 in UTC."""
EVENTS: dict[str, Any] = {
    "handed_off": {"column": "when", "when": {"what": "Handoff"}},
    "contact_attempt": {"column": "when", "when": {"what": "Call"}, "personal": True},
    "returned": {"column": "when", "when": {"what": "Return"}, "set": {"reason": "note"}},
}


def log(**events: Any) -> dict[str, Any]:
    """A source of one log, log.csv."""
    return {
        "timezone": "UTC",
        "rejects": "at most 50%",
        "files": {"log": {"path": "log.csv"}},
        "leads": {"from": "log", "id": "id"},
        "events": EVENTS | events,
    }


def write(folder: Path, *lines: str, name: str = "log.csv", heading: str = "id,what,when,note") -> None:
    (folder / name).write_text("\n".join([heading, *lines]) + "\n")


def quality(folder: Path, source: dict[str, Any], **sections: Any) -> list[tuple[int, str]]:
    with open_funnel(agreement(source, "UTC", **SECTIONS, **sections), folder) as funnel:
        return [(odd.count, said(odd.said)) for odd in funnel.data().quality]


def test_the_order_of_lines_says_nothing_of_the_order_of_events(tmp_path):
    """Newest first, oldest first or mixed: a lead's first call is its first call."""
    lines = ["L1,Call,2027-01-01 11:00,", "L1,Call,2027-01-01 10:00,", "L1,Handoff,2027-01-01 09:00,"]
    found = []
    for order in (lines, lines[::-1], [lines[1], lines[0], lines[2]]):
        write(tmp_path, *order)
        found.append(read(tmp_path, log(), "at_handed_off", "at_first_personal_contact", **SECTIONS))

    assert [[(NINE, TEN)]] * 3 == found


@pytest.mark.parametrize(
    ("calls", "first"),
    [
        (["2027-01-01 08:00"], None),  # before the handoff: no contact with a lead that sales has
        (["2027-01-01 09:00"], NINE),
        (["2027-01-01 08:00", "2027-01-01 11:00"], ELEVEN),
        (["2027-01-01"], 1798761600),  # some time on that day
        (["2026-12-31"], None),
    ],
)
def test_the_first_personal_contact_is_not_before_the_handoff(tmp_path, calls, first):
    """Of a contact of which only the day is known, the day is what counts."""
    write(tmp_path, "L1,Handoff,2027-01-01 09:00,", *(f"L1,Call,{call}," for call in calls))

    assert [first] == read(tmp_path, log(), "at_first_personal_contact", timezone="UTC", **SECTIONS)


def test_a_contact_may_have_lines_of_its_own(tmp_path):
    """Then attempts are not personal, and only these are."""
    write(tmp_path, "L1,Handoff,2027-01-01 09:00,", "L1,Mail,2027-01-01 10:00,", "L1,Call,2027-01-01 11:00,")
    source = log(
        contact_attempt={"column": "when", "when": {"what": ["Mail", "Call"]}},
        first_personal_contact={"column": "when", "when": {"what": "Call"}},
        returned={"column": "when", "when": {"what": "Return"}, "set": {"reason": "note"}},
    )

    assert [(TEN, ELEVEN)] == read(tmp_path, source, "at_contact_attempt", "at_first_personal_contact", **SECTIONS)


@pytest.mark.parametrize(
    ("turns", "again"),
    [
        ("Handoff Handoff", None),  # passed on to another seller
        ("Handoff Return Handoff", 3),
        ("Handoff Return Handoff Handoff Return Handoff", 3),
        ("Return Handoff Handoff", None),
        ("Handoff Handoff Return", None),
    ],
)
def test_a_handoff_after_a_return_is_a_second_one(tmp_path, turns, again):
    """Any other further handoff only passes the lead on."""
    write(tmp_path, *(f"L1,{turn},2027-01-0{day}," for day, turn in enumerate(turns.split(), 1)))
    expected = None if again is None else 1798761600 + (again - 1) * 86400

    assert [expected] == read(tmp_path, log(), "at_handed_off_again", timezone="UTC", **SECTIONS)


def test_what_lines_say_of_the_lead(tmp_path):
    """The reason of the first return, the last amount, the first channel; of blanks nothing."""
    write(
        tmp_path,
        "L1,Won,2027-01-03,300,fairs",
        "L1,Won,2027-01-02,200,search",
        "L1,Won,2027-01-04,,",
        "L1,Return,2027-01-05,7,",
        "L1,Return,2027-01-06,8,",
        heading="id,what,when,note,source",
    )
    won = {"column": "when", "when": {"what": "Won"}, "set": {"amount": "note", "channel": "source"}}

    assert [(300, "search", "7")] == read(
        tmp_path, log(became_won=won), "amount", "channel", "return_reason", **SECTIONS
    )


def test_a_log_beside_a_table_of_leads(tmp_path):
    """Its lines find their lead by the join; lines of nobody are counted, and no lead is made of them."""
    write(tmp_path, "L1,2027-01-01 09:00", "L2,2027-01-01 09:00", name="leads.csv", heading="id,given")
    write(
        tmp_path,
        "L1,Call,2027-01-01 11:00",
        "L1,Call,2027-01-01 10:00",
        "L9,Call,2027-01-01 10:00",
        heading="lead,what,when",
    )
    source: dict[str, Any] = {
        "timezone": "UTC",
        "files": {"lead": {"path": "leads.csv"}, "calls": {"path": "log.csv"}},
        "leads": {"from": "lead", "id": "id", "join": {"calls": {"on": {"lead": "id"}}}},
        "events": {
            "handed_off": "given",
            "contact_attempt": {"column": "calls.when", "personal": True},
        },
    }

    assert [("L1", TEN), ("L2", None)] == read(tmp_path, source, "lead_id", "at_first_personal_contact")
    assert [(1, "1 row of log.csv belongs to no lead of leads.csv")] == quality(tmp_path, source)
    with open_funnel(agreement(source), tmp_path) as funnel:
        attempts = funnel.events["contact_attempt"]

        assert (1, 2) == (attempts.count, attempts.lines)
    one = source | {"leads": source["leads"] | {"join": {"calls": {"on": {"lead": "id"}, "at_most": "one"}}}}

    assert (
        "each row of calls is an event, so a lead may have several: take at_most: one out" == refusal(tmp_path, one)[1]
    )


def test_lines_that_say_the_same_are_one(tmp_path):
    """Exports that overlap bring lines twice; they are named and do not count as unreadable."""
    lines = ["L1,Call,2027-01-01 09:00,x", "L1,Call,2027-01-01 09:00,x", "L1,Call,2027-01-01 09:00,y"]
    write(tmp_path, *lines, *lines)
    source = log() | {"rejects": "at most 0%"}
    with open_funnel(agreement(source, **SECTIONS), tmp_path) as funnel:
        data = funnel.data()
        attempts = funnel.events["contact_attempt"].lines

    assert (2, 4) == (attempts, data.rejected)
    assert [(3, "an earlier line says just the same")] == [(one.line, one.reason) for one in data.rejects[:1]]


def test_a_line_that_cannot_be_read_is_named(tmp_path):
    """A slip in a line that is no event harms nobody."""
    write(tmp_path, "L1,Call,yesterday,", "L1,Noise,yesterday,", ",Call,2027-01-01,", "L1,Call,2027-01-01,")
    with open_funnel(agreement(log(), **SECTIONS), tmp_path) as funnel:
        rejects = funnel.data().rejects

    assert [
        (2, "expected a date between 2000 and 2049 as 2027-03-31 or 2027-03-31 14:05:00"),
        (4, "the row has no id of a lead"),
    ] == [(reject.line, reject.reason) for reject in rejects]


def test_words_that_no_line_has(tmp_path):
    """A slip in the source is told with what was probably meant."""
    write(tmp_path, "L1,Handoff,2027-01-01,", "L1,Call,2027-01-01,", "L1,Noise,2027-01-01,")
    source = log(handed_off={"column": "when", "when": {"what": ["Handof", "Handoff"]}})

    assert [
        (1, "no line of log.csv has Return in what"),
        (1, "no line of log.csv has Handof in what; did you mean Handoff?"),
        (1, "1 line of log.csv is none of the events that the source names"),
    ] == quality(tmp_path, source)


def test_parquet_is_folded_as_csv(tmp_path):
    """Also where moments are typed."""
    write(tmp_path, "L1,Handoff,2027-01-01 09:00:00,", "L1,Call,2027-01-01 10:00:00,", "L2,Call,2027-01-01 11:00:00,")
    of_csv = read(tmp_path, log(), "lead_id", "at_handed_off", "at_first_personal_contact", "source_line", **SECTIONS)
    for name, moment in (("text", "strftime(\"when\", '%Y-%m-%d %H:%M:%S')"), ("typed", '"when"::TIMESTAMP')):
        duckdb.execute(
            f"COPY (SELECT * REPLACE ({moment} AS \"when\") FROM read_csv('{tmp_path}/log.csv')) "
            f"TO '{tmp_path}/{name}.parquet'"
        )
        source = log() | {"files": {"log": {"path": f"{name}.parquet"}}}
        columns = ("lead_id", "at_handed_off", "at_first_personal_contact")

        assert [row[:3] for row in of_csv] == read(tmp_path, source, *columns, **SECTIONS)


def test_a_log_in_several_files(tmp_path):
    """Rows are numbered through, in the order of the files' names."""
    (tmp_path / "logs").mkdir()
    write(tmp_path / "logs", "L2,Call,2027-01-01 10:00,", name="b.csv")
    write(tmp_path / "logs", "L1,Handoff,2027-01-01 09:00,", "L2,Handoff,2027-01-01 09:00,", name="a.csv")
    source = log() | {"files": {"log": {"path": "logs"}}}
    with open_funnel(agreement(source, **SECTIONS), tmp_path) as funnel:
        found = [(one["lead_id"], one["row_number"], one["at_first_personal_contact"]) for one in facts(funnel)]

    assert [("L1", 0, None), ("L2", 1, TEN)] == found
