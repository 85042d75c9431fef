"""`sla check --rejects`: every row that cannot be used, in a file of its own; and every row is somewhere."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.agreement import build
from checker.errors import UnreadableInput
from checker.funnel import KeptOut, open_funnel
from checker.quantity import Period
from checker.review.check import check
from checker.text import parse
from checker.verdict import Reject
from tests.cli.console import sla

AGREEMENT = """\
format: sla/v1
agreement: Calls
status: draft
language: en
currency: EUR
working_time:
  office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00"}
people:
  mia: {name: Mia, team: marketing}
  sam: {name: Sam, team: sales}
fields:
  phone: {is: whole number, personal_data: yes}
stages:
  lead: {name: Lead, team: marketing}
  mql: {name: Qualified lead, team: marketing}
handoff: {stage: mql, channel: The queue}
sales_promises:
  first-response:
    promise: Call each new lead within half a working day
    starts: handed_off
    stops: first_personal_contact
    within: 4 business hours
    target: 90%
not_counted:
  - leads: [L1]
    promise: first-response
    why: Called from a private phone
    agreed_by: [mia, sam]
source:
  timezone: Europe/Warsaw
  files: {lead: {path: leads.csv}}
  leads: {from: lead, id: Id, fields: {phone: Phone}}
  events: {became_lead: Created, handed_off: Handed off, first_personal_contact: Called}
  coverage: {became_lead: 2027-01-01 to 2027-04-30, handed_off: 2027-01-01 to 2027-04-30}
  rejects: at most 100%
"""
HEADINGS = "Id,Created,Handed off,Called,Phone"
ROWS = [
    "L1,2027-02-01 08:00:00,,,5",
    "L2,=1+1,,,6",
    "L3,2027-02-01 08:00:00,,,0048-12",
    "L1,2027-02-02 08:00:00,,,5",
    "L5,2027-02-01,,,3,4",
    ",2027-02-01,,,",
    "L6,ana@x.example,,,7",
    f"L7,{'x' * 100},,,",
]
EXPECTED = [
    "file,line,column,text,reason",
    "leads.csv,3,Created,'=1+1,expected a date between 2000 and 2049 as 2027-03-31 or 2027-03-31 14:05:00",
    "leads.csv,4,Phone,,expected a whole number",
    'leads.csv,5,Id,L1,"an earlier row has the same id; if each row is an event of a lead, say so with each_row: is an '
    'event under files: lead:"',
    'leads.csv,6,,,"the row has 6 cells, but there are 5 headings"',
    "leads.csv,7,Id,,the row has no id of a lead",
    "leads.csv,8,Created,,expected a date between 2000 and 2049 as 2027-03-31 or 2027-03-31 14:05:00",
    f"leads.csv,9,Created,{'x' * 100},expected a date between 2000 and 2049 as 2027-03-31 or 2027-03-31 14:05:00",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    (tmp_path / "leads.csv").write_text("\n".join([HEADINGS, *ROWS]), encoding="utf-8")
    return tmp_path


def test_every_row_that_cannot_be_used_is_written(folder, capsys):
    """With line, column, text and reason; no formula, and no text of a personal field or with an address."""
    sla(capsys, "check", str(folder), "--rejects", str(folder / "rejects.csv"))

    assert EXPECTED == (folder / "rejects.csv").read_text(encoding="utf-8").splitlines()


def test_personal_data_is_written_where_it_is_asked_for(folder, capsys):
    sla(capsys, "check", str(folder), "--rejects", str(folder / "rejects.csv"), "--show-personal-data")
    cells = [row["text"] for row in csv.DictReader(io.StringIO((folder / "rejects.csv").read_text()))]

    assert ["'=1+1", "0048-12", "L1", "", "", "ana@x.example", "x" * 100] == cells


def test_personal_data_is_not_in_the_results_even_then(folder, capsys):
    """They are published."""
    arguments = ("--rejects", str(folder / "rejects.csv"), "--show-personal-data", "--format", "json")
    ended = sla(capsys, "check", str(folder), *arguments)

    assert '"rejected": 7' in ended.out
    assert not [word for word in ("ana@x", "0048-12") if word in ended.out]


def test_reasons_are_in_the_language_that_was_asked_for(folder, capsys):
    """The headings stay what programs know."""
    sla(capsys, "check", str(folder), "--rejects", str(folder / "rejects.csv"), "--lang", "pl")

    assert (folder / "rejects.csv").read_text(encoding="utf-8").startswith("file,line,column,text,reason\n")


def test_too_many_bad_rows_are_written_before_the_check_ends(folder, capsys):
    """That is when the list is needed most."""
    text = AGREEMENT.replace("at most 100%", "at most 5%")
    (folder / "agreement.yaml").write_text(text, encoding="utf-8")
    ended = sla(capsys, "check", str(folder), "--rejects", str(folder / "rejects.csv"))

    assert 3 == ended.code
    assert "7 of 8 rows cannot be used, and at most 5% may be so" in ended.err
    assert EXPECTED == (folder / "rejects.csv").read_text(encoding="utf-8").splitlines()


def test_all_and_not_only_examples_are_written(folder, capsys):
    """Of each kind more than the results show."""
    kinds = ["L{},soon,,,", "L{},2027-02-01", ",2027-02-{:02},,,"]
    rows = [kind.format(number % 28 + 1) for kind in kinds for number in range(70)]
    (folder / "leads.csv").write_text("\n".join([HEADINGS, *rows, "G,2027-02-01,,,", *["G,2027-02-01,,,"] * 70]))
    sla(capsys, "check", str(folder), "--rejects", str(folder / "rejects.csv"))
    lines = [int(row["line"]) for row in csv.DictReader(io.StringIO((folder / "rejects.csv").read_text()))]

    assert [*range(2, 212), *range(213, 283)] == lines


def test_how_many_rows_are_in_the_file_is_told_beside_the_output(folder, capsys):
    """Whoever asked for it need not open it to know; what a program reads stays as it is."""
    file = folder / "rejects.csv"
    ended = sla(capsys, "check", str(folder), "--rejects", str(file), "--format", "json")

    assert f"sla: 7 rows that cannot be used are written into {file}\n" == ended.err
    assert 7 == json.loads(ended.out)["data"]["rejected"]


def test_a_file_without_bad_rows_gives_headings_alone(folder, capsys):
    (folder / "leads.csv").write_text(f"{HEADINGS}\n{ROWS[0]}\n")
    ended = sla(capsys, "check", str(folder), "--rejects", str(folder / "rejects.csv"))

    assert "file,line,column,text,reason\n" == (folder / "rejects.csv").read_text()
    assert f"sla: every row can be used: {folder / 'rejects.csv'} holds headings alone\n" == ended.err


# ---------------------------------------------------------------- every row is somewhere

DAYS = [date(2027, 1, 1) + timedelta(days=count) for count in range(0, 90, 7)]
STAMPS = st.sampled_from(["", *(f"{day} 10:00:00" for day in DAYS), *(f"{day} 15:59:59" for day in DAYS)])
SOUND = st.tuples(st.sampled_from([f"L{number}" for number in range(8)] + [""]), STAMPS, STAMPS, STAMPS)
PHONES = st.sampled_from(["", "1", "many"])


def as_line(row: Any, phone: str, more: int) -> str:
    cells = [*row, phone, *["x"] * more] if more >= 0 else [*row]
    return ",".join(cells)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.builds(as_line, SOUND, PHONES, st.sampled_from([0, 0, 0, 0, 1, -1])), max_size=25))
def test_counts_in_are_counts_judged_and_rejected_and_excluded(tmp_path_factory, rows):
    """No row is lost: it is kept out, or its lead is judged, waits, is excused, cannot be told or not handed over."""
    folder = tmp_path_factory.mktemp("law")
    # one sound row, so that there is something to judge
    rows = [*rows, "LAST,2027-04-01 10:00:00,2027-04-01 10:00:00,2027-04-01 10:30:00,"]
    (folder / "leads.csv").write_text("\n".join([HEADINGS, *rows]))
    document = parse(AGREEMENT)
    agreement = build(document.values, document.problems)
    told: list[Reject] = []
    with open_funnel(agreement, folder, kept_out=KeptOut(told.extend)) as funnel:
        period = Period.parse("2027-01 to 2027-05")
        results = check(agreement, document, funnel, date(2027, 4, 30), period).results
        handed_off = funnel.events["handed_off"].times
    of_clock = [result for result in results.results if result.promise == "first-response"]
    judged = sum(result.denominator for result in of_clock)
    excluded = sum(result.waiting + result.not_counted + result.not_owed + result.cannot_tell for result in of_clock)

    assert len(rows) == results.data.leads + results.data.rejected
    assert len({reject.line for reject in told}) == len(told) == results.data.rejected
    assert handed_off == judged + excluded


def test_the_ceiling_stays_what_it_is(tmp_path):
    """At most one row in a hundred, whoever listens."""
    (tmp_path / "leads.csv").write_text("\n".join([HEADINGS, *(f"L{n},2027-02-01,,," for n in range(98)), "B,soon,,,"]))
    document = parse(AGREEMENT.replace("  rejects: at most 100%\n", ""))
    told: list[Reject] = []
    with pytest.raises(UnreadableInput):
        open_funnel(build(document.values, document.problems), tmp_path, kept_out=KeptOut(told.extend))

    assert [100] == [reject.line for reject in told]
