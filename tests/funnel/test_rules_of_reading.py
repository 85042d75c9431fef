"""The rules of reading, each with small exports of our own and what must come of them: read right, or refused or kept
out with one clear error that names file and line. And the law of counting: no row goes anywhere unseen.

Each of these rules has cost somebody a wrong report. The nine are about exports, the semantics about the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.agreement import build
from checker.funnel import open_funnel
from checker.review.check import check
from checker.review.validate import validate
from checker.text import parse
from checker.verdict import Results
from tests.funnel.sources import agreement, facts, leads, refusal, said

Act = Callable[[Path, Mapping[str, Any]], Any]
RULES = {
    1: "Never sniff",
    2: "Out of coverage is not zero, too young is not low, late is not missing",
    3: "Precision decides what is measurable",
    4: "Joins are checked",
    5: "A bad row is reported with file and line, counted, and kept out",
    6: "Placeholders are blank where the source says so; a blank is no no",
    7: "Fields that are filled in after the handoff leak",
    8: "Quoted lines, BOMs, other delimiters, CRLF, web pages, double headings",
    9: "Personal data stays where it is",
}


@dataclass(frozen=True)
class Case:
    """Exports, what the source says of them, how they are looked at, and what must be seen."""

    rule: int
    title: str
    files: Mapping[str, bytes]
    source: Mapping[str, Any]
    act: Act
    expected: Any


# ---------------------------------------------------------------- ways to look at an export


def rows(*columns: str) -> Act:
    """These columns of the lead facts, lead by lead."""

    def act(folder: Path, source: Mapping[str, Any]) -> list[Any]:
        with open_funnel(agreement(source), folder) as funnel:
            told = facts(funnel)
        return [tuple(row[name] for name in columns) for row in told]

    return act


def error(folder: Path, source: Mapping[str, Any]) -> str:
    """The one error that the reading ends with."""
    return refusal(folder, source)[1]


def kept_out(folder: Path, source: Mapping[str, Any]) -> list[Any]:
    """Each row that is kept out: file, line, what stands there, and why."""
    with open_funnel(agreement(source), folder) as funnel:
        return [(reject.file, reject.line, reject.text, reject.reason) for reject in funnel.data().rejects]


def odd(what: str) -> Act:
    """What is told of the data, and its examples."""

    def act(folder: Path, source: Mapping[str, Any]) -> list[Any]:
        with open_funnel(agreement(source), folder) as funnel:
            quality = funnel.data().quality
        return [(said(item.said), item.examples) for item in quality if item.what == what]

    return act


HEAD = """
format: sla/v1
agreement: Test
working_time:
  office: {timezone: UTC, days: Monday to Friday, hours: "09:00 to 18:00"}
fields: {employees: {is: whole number}, outcome: {is: text, filled_in: after handoff}}
stages:
  mql: {team: marketing, employees: at least 10}
  won: {team: sales, is: won}
handoff: {stage: mql, channel: The queue}
"""
PROMISES = """
marketing_promises:
  fit: {promise: Only leads that fit, measure: wrongly_qualified, target: 10%}
  volume: {promise: Deliver leads, measure: volume, of: mql, target: 2 a month}
sales_promises:
  rate: {promise: Win leads, measure: rate, of: mql_to_won, target: 50%, judged_after: 30 days}
  call:
    promise: Call each lead
    starts: handed_off
    stops: first_personal_contact
    within: 4 business hours
    target: 90%
"""


def judged(folder: Path, source: Mapping[str, Any]) -> Results:
    """A check of all four promises as of the end of June 2027."""
    document = parse(HEAD + PROMISES)
    built = build({**document.values, "source": dict(source)}, document.problems)

    assert () == built.problems
    with open_funnel(built, folder) as funnel:
        return check(built, document, funnel, as_of=date(2027, 6, 30)).results


def verdicts(promise: str, *months: str) -> Act:
    """Of a promise: month, status, numerator, denominator."""

    def act(folder: Path, source: Mapping[str, Any]) -> list[Any]:
        found = {item.period: item for item in judged(folder, source).results if item.promise == promise}
        return [
            (month, str(found[month].status), found[month].numerator, found[month].denominator, found[month].why)
            for month in months
        ]

    return act


def funnel_of(stage: str, *months: str) -> Act:
    """How many leads reached a stage in these months."""

    def act(folder: Path, source: Mapping[str, Any]) -> list[Any]:
        found = {item.period: item.count for item in judged(folder, source).funnel if item.stage == stage}
        return [found.get(month) for month in months]

    return act


def told_of_the_agreement(folder: Path, source: Mapping[str, Any]) -> list[str]:
    """What `sla validate` says where a stage asks for what is known too late."""
    text = HEAD.replace("employees: at least 10", "outcome: known")
    return [item.code for item in validate(parse(text)).findings if item.severity == "error"]


# ---------------------------------------------------------------- sources

DAYS = {"format": "%Y-%m-%d"}
EVENTS = {event: {"column": event, **DAYS} for event in ("handed_off", "became_won")}
STAMPS = {event: event for event in ("handed_off", "first_personal_contact")}
JOINED: dict[str, Any] = {
    "timezone": "UTC",
    "files": {"lead": {"path": "leads.csv"}, "deal": {"path": "deals.csv"}},
    "leads": {"from": "lead", "id": "id", "join": {"deal": {"on": {"product": "name"}}}, "amount": "amount"},
}
NAMED = leads(owner="name")
SIZES = leads(fields={"employees": "size"})


def file(source: Mapping[str, Any], **about: Any) -> dict[str, Any]:
    """The source with these words about leads.csv."""
    return {**source, "files": {"lead": {"path": "leads.csv", **about}}}


def one(text: str) -> dict[str, bytes]:
    return {"leads.csv": text.encode()}


TWO = [("L1", "Ana"), ("L2", "Bruno")]
NAMES = rows("lead_id", "owner")

CASES = [
    # -------- 1
    Case(1, "a date is read as declared, day first", one("id,size,on\nL1,5,01-02-27\nL2,6,13-02-27\n"),
         SIZES | {"events": {"became_mql": {"column": "on", "format": "%d-%m-%y"}}},
         rows("at_became_mql", "day_became_mql"), [(1801450800, True), (1802487600, True)]),
    Case(1, "a date of another form is no date", one("id,on\nL1,2027-02-13\n"),
         leads() | {"events": {"became_mql": {"column": "on", "format": "%d-%m-%y"}}, "rejects": "at most 100%"},
         kept_out, [("leads.csv", 2, "2027-02-13", "expected a date between 2000 and 2049 as %d-%m-%y")]),
    Case(1, "commas stay the delimiter where bars are in cells", one("id,name\nL1,Ana|Sa\nL2,Bruno|Sa\n"), NAMED,
         NAMES, [("L1", "Ana|Sa"), ("L2", "Bruno|Sa")]),
    Case(1, "an id keeps its zeros", one("id,name\n007,Ana\n7,Bruno\n"), NAMED, NAMES,
         [("007", "Ana"), ("7", "Bruno")]),
    # -------- 2
    Case(2, "months before the first row and after the last are not zero",
         one("id,employees,handed_off,became_won\nL1,20,2027-02-01,2027-02-02\nL2,20,2027-03-31,\n"),
         leads(fields={"employees": "employees"}) | {"events": EVENTS},
         funnel_of("mql", "2027-01", "2027-02", "2027-03", "2027-04"), [None, 1, 1, None]),
    Case(2, "a month without leads inside of what is covered is zero",
         one("id,employees,handed_off,became_won\nL1,20,2027-02-01,2027-02-02\nL2,20,2027-04-30,\n"),
         leads(fields={"employees": "employees"}) | {"events": EVENTS},
         verdicts("volume", "2027-03"), [("2027-03", "missed", 0, 2, "0 of 2")]),
    Case(2, "a cohort that is too young is not low",
         one("id,employees,handed_off,became_won\nL1,20,2027-05-01,2027-05-03\nL2,20,2027-06-30,2027-06-30\n"),
         leads(fields={"employees": "employees"}) | {"events": EVENTS},
         lambda folder, source: {
             (item.period, str(item.status), item.actual) for item in judged(folder, source).results
             if item.promise == "rate"
         },
         {("2027-05", "met", 1), ("2027-06", "open", None)}),
    Case(2, "a win that came late is no lead that was not won",
         one("id,employees,handed_off,became_won\nL1,20,2027-03-01,2027-05-03\nL2,20,2027-03-31,2027-06-30\n"
             "L3,20,2027-03-31,2027-03-01\n"),
         leads(fields={"employees": "employees"}) | {"events": EVENTS},
         lambda folder, source: [
             (item.entered, item.reached, item.within_count) for item in judged(folder, source).cohorts
             if (item.period, item.channel) == ("2027-03", None)
         ],
         [(3, 3, 1)]),
    # -------- 3
    Case(3, "a promise in hours on dates is not measurable",
         one("id,handed_off,first_personal_contact\nL1,2027-06-01,2027-06-01\nL2,2027-06-29,2027-06-30\n"),
         leads() | {"events": {event: {"column": event, **DAYS} for event in STAMPS}},
         lambda folder, source: {str(item.status) for item in judged(folder, source).results if item.promise == "call"},
         {"not measurable"}),
    Case(3, "a midnight is a date where the source says so",
         one("id,on\nL1,2027-06-01 00:00:00\nL2,2027-06-01 00:00:01\n"),
         leads() | {"events": {"became_mql": {"column": "on", "format": "%Y-%m-%d %H:%M:%S",
                                              "midnight": "is a date"}}},
         rows("day_became_mql"), [(True,), (False,)]),
    Case(3, "and a moment where it does not", one("id,on\nL1,2027-06-01 00:00:00\n"),
         leads() | {"events": {"became_mql": {"column": "on", "format": "%Y-%m-%d %H:%M:%S"}}},
         rows("day_became_mql"), [(False,)]),
    # -------- 4
    Case(4, "keys that find no partner are counted, with the nearest one",
         {"leads.csv": b"id,name\nL1,GTXPro\nL2,GTX Pro\n", "deals.csv": b"product,amount\nGTX Pro,5\n"}, JOINED,
         odd("no match"), [("1 lead has something in name that is not in deals.csv", ("GTXPro (GTX Pro?)",))]),
    Case(4, "rows of a joined file without their lead are counted",
         {"leads.csv": b"id,name\nL1,a\n", "deals.csv": b"product,amount\nL1,5\nL7,6\n"},
         JOINED | {"leads": {**JOINED["leads"], "join": {"deal": {"on": {"product": "id"}}}}},
         odd("no match"), [("1 row of deals.csv belongs to no lead of leads.csv", ("L7",))]),
    Case(4, "a second row of a lead that may have one is kept out",
         {"leads.csv": b"id,name\nL1,a\n", "deals.csv": b"product,amount\nL1,5\nL1,6\n"},
         JOINED | {"rejects": "at most 100%",
                   "leads": {**JOINED["leads"], "join": {"deal": {"on": {"product": "id"}, "at_most": "one"}}}},
         kept_out, [("deals.csv", 3, "L1", "an earlier row belongs to the same lead, and at_most: one is declared")]),
    # -------- 5
    Case(5, "a ragged row is named by file and line", one("id,name\nL1,Ana\nL2\nL3,Caio,x\n"),
         NAMED | {"rejects": "at most 100%"}, kept_out,
         [("leads.csv", 3, None, "the row has 1 cell, but there are 2 headings"),
          ("leads.csv", 4, None, "the row has 3 cells, but there are 2 headings")]),
    Case(5, "a value that cannot be read is named with its text", one("id,size\nL1,5\nL2,many\n"),
         SIZES | {"rejects": "at most 100%"}, kept_out, [("leads.csv", 3, "many", "expected a whole number")]),
    Case(5, "more than one in a hundred ends the reading",
         one("id,size\n" + "".join(f"L{n},{n}\n" for n in range(98)) + "X1,many\n"), SIZES, error,
         "leads.csv: 1 of 99 rows cannot be used, and at most 1% may be so. The first is line 100: expected a whole "
         "number (column size: many)"),
    Case(5, "one in a hundred does not",
         one("id,size\n" + "".join(f"L{n},{n}\n" for n in range(99)) + "X1,many\n"), SIZES,
         kept_out, [("leads.csv", 101, "many", "expected a whole number")]),
    # -------- 6
    Case(6, "placeholders are blank where the source lists them",
         one("id,name\nL1,Select\nL2,n/a\nL3,-\nL4,0000\nL5,unknown\nL6,Ana\n"),
         file(NAMED, null_values=["Select", "N/A", "-", "0000", "unknown"]), NAMES,
         [("L1", None), ("L2", None), ("L3", None), ("L4", None), ("L5", None), ("L6", "Ana")]),
    Case(6, "and words where it does not", one("id,name\nL1,Select\nL2,-\n"), NAMED, NAMES,
         [("L1", "Select"), ("L2", "-")]),
    Case(6, "a placeholder of one column", one("id,budget,size\nL1,0.0,0\nL2,0.5,3\n"),
         leads(fields={"growth": {"column": "budget", "null_values": ["0.0"]}, "employees": "size"}),
         rows("field_growth", "field_employees"), [(None, 0), (0.5, 3)]),
    Case(6, "a blank is no no: of such a lead nobody can tell",
         one("id,employees,handed_off\nL1,20,2027-05-01\nL2,5,2027-05-11\nL3,,2027-05-11\nL4,20,2027-05-31\n"),
         leads(fields={"employees": "employees"}) | {"events": {"handed_off": {"column": "handed_off", **DAYS}}},
         lambda folder, source: [
             (item.numerator, item.denominator, item.cannot_tell) for item in judged(folder, source).results
             if (item.promise, item.period) == ("fit", "2027-05")
         ],
         [(1, 4, 1)]),
    # -------- 7
    Case(7, "a stage that is handed over must not ask for what is known only then", one("id\nL1\n"), leads(),
         told_of_the_agreement, ["SLA313"]),
    # -------- 8
    Case(8, "a BOM", {"leads.csv": b"\xef\xbb\xbfid,name\nL1,Ana\nL2,Bruno\n"}, NAMED, NAMES, TWO),
    Case(8, "CRLF", one("id,name\r\nL1,Ana\r\nL2,Bruno\r\n"), NAMED, NAMES, TWO),
    Case(8, "semicolons and decimal commas", one("id;growth\nL1;1,5\nL2;1.200,25\n"),
         file(leads(fields={"growth": "growth"}), delimiter=";", decimal=","), rows("field_growth"),
         [(1.5,), (1200.25,)]),
    Case(8, "semicolons that nobody declared", one("id;name\nL1;Ana\n"), NAMED, error,
         'leads.csv has no column id: its columns seem to be parted by another sign; add delimiter: ";"'),
    Case(8, "whole lines in quotes", one('"id,""name"""\n"L1,""Ana"""\n"L2,""Bruno"""\n'),
         file(NAMED, repair=["whole_row_quoted"]), NAMES, TWO),
    Case(8, "whole lines in quotes that nobody declared", one('"id,""name"""\n"L1,""Ana"""\n'), NAMED, error,
         "leads.csv has no column id: its lines stand in quotes as a whole; add repair: [whole_row_quoted]"),
    Case(8, "a web page", one("<!DOCTYPE html>\n<html><body>Log in</body></html>\n"), NAMED, error,
         "leads.csv is a web page, as exports give when the login has run out: export it again"),
    Case(8, "a double heading that nobody uses", one("id,Celular,name,Celular\nL1,1,Ana,2\nL2,3,Bruno,4\n"), NAMED,
         NAMES, TWO),
    Case(8, "a double heading that is used", one("id,name,name\nL1,Ana,B\n"), NAMED, error,
         "leads.csv has several columns named name (number 2 and 3): give them different names before the export, so "
         "that it is clear which one is meant"),
    # -------- 9
    Case(9, "what stands in a personal field is in no report", one("id,phone\nL1,+55 11 5555\n"),
         leads(fields={"phone": "phone", "employees": "phone"}) | {"rejects": "at most 100%"}, kept_out,
         [("leads.csv", 2, None, "expected a whole number")]),
    Case(9, "an address that finds no partner is shown nowhere",
         {"leads.csv": b"id,name\nL1,joe@example.com\n", "deals.csv": b"product,amount\nx,5\n"}, JOINED,
         odd("no match"), [("1 lead has something in name that is not in deals.csv", ())]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_a_rule_of_reading(case: Case, tmp_path: Path) -> None:
    """What must be seen is seen, and nothing else."""
    for name, content in case.files.items():
        (tmp_path / name).write_bytes(content)

    assert case.expected == case.act(tmp_path, case.source)


def test_every_rule_has_its_exports() -> None:
    """At least one for each of the nine; the last two are held by more."""
    assert set(RULES) == {case.rule for case in CASES}


# ---------------------------------------------------------------- semantics of the engine


def test_moments_do_not_depend_on_the_zone_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is set to UTC; zones are those that the source names."""
    (tmp_path / "leads.csv").write_text("id,on\nL1,2027-06-01 10:00\n")
    source = leads() | {"events": {"became_mql": "on"}}
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    away = rows("at_became_mql")(tmp_path, source)
    monkeypatch.setenv("TZ", "America/Lima")

    assert away == rows("at_became_mql")(tmp_path, source) == [(1811844000,)]


def test_money_is_added_without_rounding(tmp_path: Path) -> None:
    """Ten cents and twenty are thirty: a hundred thousand times."""
    lines = "".join(f"L{n},0.{1 + n % 2},2027-06-01\n" for n in range(1000))
    (tmp_path / "leads.csv").write_text("id,amount,became_won\n" + lines)
    source = leads(amount="amount") | {"events": {"became_won": {"column": "became_won", **DAYS}}}

    assert 150 == sum(amount for (amount,) in rows("amount")(tmp_path, source))


def test_an_empty_text_is_missing(tmp_path: Path) -> None:
    """Also in quotes, and where there are only spaces."""
    (tmp_path / "leads.csv").write_text('id,name\nL1,""\nL2,"  "\nL3,\n')

    assert [(None,)] * 3 == rows("owner")(tmp_path, NAMED)


def test_columns_are_found_by_name(tmp_path: Path) -> None:
    """The order of headings says nothing."""
    (tmp_path / "leads.csv").write_text("name,id\nAna,L1\nBruno,L2\n")

    assert TWO == NAMES(tmp_path, NAMED)


@pytest.mark.parametrize("hostile", ["'; DROP VIEW leads; --", '"; SELECT 1; --', "{count}", "%s"])
def test_a_text_of_the_data_is_never_a_statement(tmp_path: Path, hostile: str) -> None:
    """It is read as it stands, and everything else too."""
    quoted = hostile.replace('"', '""')
    (tmp_path / "leads.csv").write_text(f'id,name\nL1,"{quoted}"\nL2,Bruno\n')

    assert [("L1", hostile), ("L2", "Bruno")] == NAMES(tmp_path, NAMED)


# ---------------------------------------------------------------- the law of counting

CALLS = """
format: sla/v1
agreement: Test
working_time:
  office: {timezone: UTC, days: Monday to Sunday, hours: "00:00 to 24:00"}
stages: {mql: {team: marketing}, won: {team: sales, is: won}}
people: {mia: {name: Mia, team: marketing}, sam: {name: Sam, team: sales}}
handoff: {stage: mql, channel: The queue}
sales_promises:
  call:
    promise: Call each lead
    starts: handed_off
    stops: first_personal_contact
    within: 1 hour
    target: 90%
not_counted:
  - {leads: [L1, L2], promise: call, why: Logged late, agreed_by: [mia, sam]}
source:
  timezone: UTC
  rejects: at most 100%
  files: {lead: {path: leads.csv}}
  leads: {from: lead, id: id, merged_into: merged}
  events: {handed_off: handed_off, first_personal_contact: contact, became_won: won}
  coverage:
    handed_off: 2027-01-01 to 2027-06-30
    first_personal_contact: 2027-01-01 to 2027-06-30
"""
MOMENTS = st.one_of(
    st.just(""),
    st.sampled_from(["soon", "2027-02-30 10:00", "2027-03-01"]),
    st.datetimes(
        min_value=datetime(2027, 1, 1),
        max_value=datetime(2027, 6, 30, 20),
    ).map(lambda moment: moment.strftime("%Y-%m-%d %H:%M")),
)
IDS = st.one_of(st.just(""), st.integers(1, 12).map(lambda number: f"L{number}"))
ROWS = st.lists(
    st.tuples(IDS, st.one_of(st.just(""), IDS), MOMENTS, MOMENTS, st.sampled_from(["", "", "", ",x"])), max_size=20
)


@settings(max_examples=40)
@given(ROWS)
def test_rows_in_are_rows_judged_kept_out_or_left_out(drawn: list[tuple[str, str, str, str, str]]) -> None:
    """Each row of an export is kept out with its reason, or is one lead; and each lead is judged, or is in exactly one
    of the numbers that are told beside the verdict, or was merged, or was never handed over.

    One row is there always: an export in which nothing happened cannot be judged.
    """
    first = ("L99", "", "2027-01-01 10:00", "2027-01-01 10:30", "")
    lines = [f"{lead},{merged},{on},{contact},{more}" for lead, merged, on, contact, more in [first, *drawn]]
    document = parse(CALLS)
    built = build(document.values, document.problems)

    assert () == built.problems
    with TemporaryDirectory() as folder:
        (Path(folder) / "leads.csv").write_text("\n".join(["id,merged,handed_off,contact,won", *lines]) + "\n")
        with open_funnel(built, Path(folder)) as funnel:
            told = facts(funnel)
            results = check(built, document, funnel, as_of=date(2027, 6, 30)).results
    sums: Counter[str] = Counter()
    for item in results.results:
        sums["judged"] += int(item.denominator)
        sums["left out"] += item.waiting + item.not_counted + item.not_owed + item.cannot_tell
    merged = sum(item.count for item in results.data.quality if item.what == "merged")
    counted = sums["judged"] + sums["left out"]
    people = people_of(told)
    never = sum(all(lead["at_handed_off"] is None for lead in person) for person in people)

    assert len(lines) == results.data.leads + results.data.rejected
    assert len(told) == results.data.leads
    assert len(people) == results.data.leads - merged
    assert len(people) == counted + never


def people_of(told: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The leads that are one and the same, because one was merged into the other, also over several steps."""
    group = {lead["lead_id"]: {lead["lead_id"]} for lead in told}
    for lead in told:
        into = lead["merged_into"]
        if into is not None:
            together = group[lead["lead_id"]] | group.get(into, {into})
            for name in together:
                group[name] = together
    different = {id(members): members for members in group.values()}
    people = [[lead for lead in told if lead["lead_id"] in members] for members in different.values()]
    return [person for person in people if person]
