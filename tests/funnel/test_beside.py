"""Files beside the leads: dated actions, daily totals, lists of the log."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.agreement import Agreement, build
from checker.agreement.conditions import question
from checker.funnel import nodes, open_funnel
from checker.funnel.calendars import load_calendar
from checker.funnel.lead_rows import LeadRows, Setting
from checker.funnel.leads import view_of_leads
from checker.logic.criteria import DoneAction, evaluate
from checker.logic.working_time import round_the_clock
from checker.review.check import check
from checker.text import parse
from checker.verdict import Results, Status
from tests.funnel.sources import agreement, said

ZONES = ("UTC", "America/Sao_Paulo", "Asia/Kolkata")
SECTIONS: Mapping[str, Any] = {
    "actions": {
        "read": {"points": 5, "mode": "information"},
        "ask": {"points": 20, "mode": "buying"},
        "look": {"mode": "information"},
    },
    "modes": {"information": {"means": "Learn"}, "buying": {"means": "Buy"}},
}
TESTS: Sequence[Mapping[str, Any]] = (
    {"points": "at least 20"},
    {"points": "at least 15"},
    {"points": 0},
    {"points": "less than 10"},
    {"mode": "buying"},
    {"last_action": "ask"},
    {"actions": "read"},
    {"actions": "known"},
)
HANDED_OFF = datetime(2027, 3, 31, 10)


def written(folder: Path, name: str, rows: Sequence[Sequence[object]]) -> None:
    with (folder / name).open("w", newline="") as file:
        csv.writer(file).writerows(rows)


@st.composite
def points_sections(draw: st.DrawFn) -> dict[str, Any]:
    """How points are counted."""
    points: dict[str, Any] = draw(st.sampled_from([{}, {"over": "10 days"}, {"over": "1 month"}, {"over": "2 weeks"}]))
    points |= draw(st.sampled_from([{}, {"each_action": "once"}, {"each_action": "every time"}]))
    small = {"when": {"employees": "less than 10"}, "points": 10}
    points |= draw(st.sampled_from([{}, {"lost": small}, {"lost": [small, {"when": {"growth": 0}, "points": 5}]}]))
    return {"points": points or {"means": "How ready"}}


@settings(max_examples=25)
@given(points_sections(), st.sampled_from(ZONES), st.integers(0, 1 << 32))
def test_points_and_modes_are_those_of_one_lead_after_the_other(sections, zone, seed):
    """By the moment of the handoff: what was done later, or too long before, does not count."""
    chance = Random(seed)
    leads = [[f"L{n}", chance.choice(["5", "50", ""]), chance.choice(["0", "1", ""])] for n in range(12)]
    done: list[tuple[str, str, datetime, bool]] = []
    for _ in range(60):
        at = HANDED_OFF - timedelta(hours=chance.choice([-30, -1, 0, 1, 24 * 9, 24 * 10, 24 * 11, 24 * 31, 24 * 40]))
        at += timedelta(minutes=chance.randrange(600))
        is_day = chance.random() < 0.2
        done.append((f"L{chance.randrange(14)}", chance.choice(["read", "ask", "look"]), at, is_day))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written(folder, "leads.csv", [["id", "size", "growth", "given"], *([*one, str(HANDED_OFF)] for one in leads)])
        rows = [[who, what, str(at.date() if is_day else at)] for who, what, at, is_day in done]
        written(folder, "done.csv", [["id", "what", "when"], *rows])
        source = {
            "timezone": zone,
            "rejects": "at most 100%",
            "files": {"lead": {"path": "leads.csv"}, "done": {"path": "done.csv"}},
            "leads": {"from": "lead", "id": "id", "fields": {"employees": "size", "growth": "growth"}},
            "events": {"handed_off": "given"},
            "actions": {"from": "done", "id": "id", "action": "what", "column": "when"},
        }
        built = agreement(source, zone, **SECTIONS, **sections)
        actual = answers(built, folder, zone)

    # lines that say the same are one
    once = dict.fromkeys((who, what, at.date() if is_day else at) for who, what, at, is_day in done)
    expected = {
        lead: [by_itself(built, test, told, [one for one in once if one[0] == lead]) for test in TESTS]
        for lead, *told in leads
    }

    assert expected == actual


def answers(built: Agreement, folder: Path, zone: str) -> dict[str, list[bool | None]]:
    """What the engine says of each lead."""
    with open_funnel(built, folder) as funnel:
        cut_off = int((HANDED_OFF + timedelta(days=10)).replace(tzinfo=ZoneInfo(zone)).timestamp())
        calendar = round_the_clock(zone, date(2027, 1, 1), date(2027, 6, 30))
        days = load_calendar(funnel.engine, "days", calendar, [])
        leads = view_of_leads(funnel, calendar.start, cut_off)
        rows = LeadRows(Setting(built, leads, {"": days}, "", side=funnel.side), anchor="handed_off")
        asked = [rows.conditions().sql(_question(test), "handed_off") for test in TESTS]
        found = funnel.engine.rows(rows.select([leads.column("lead_id"), *asked]))
    return {lead: list(told) for lead, *told in found}


def _question(test: Mapping[str, Any]) -> Any:
    built = build({"format": "sla/v1", "agreement": "T", "stages": {"a": {"team": "marketing", **test}}})
    return question(built.stages["a"], ("stages", "a"))


def by_itself(built: Agreement, test: Mapping[str, Any], told: Sequence[str], done: Sequence[Any]) -> bool | None:
    """What the evaluator of one lead says."""
    before = [
        (at, place, what)
        for place, (_, what, at) in enumerate(done)
        if (at <= HANDED_OFF if isinstance(at, datetime) else at <= HANDED_OFF.date())
    ]
    before.sort(key=lambda one: (_moment(one[0]), one[1]))
    actions = [DoneAction(what, at.date() if isinstance(at, datetime) else at) for at, _, what in before]
    size, growth = (int(cell) if cell else None for cell in told)
    lead: dict[str, Any] = {"employees": size, "growth": growth, "actions": actions}
    if "actions" in test:
        return evaluate(_question(test), lead | {"actions": tuple(one.action for one in actions)}, built)
    if before and ("mode" in test or "last_action" in test):
        lead["last_action"] = before[-1][2]
    return evaluate(_question(test), lead, built, HANDED_OFF.date())


def _moment(at: date | datetime) -> datetime:
    return at if isinstance(at, datetime) else datetime(at.year, at.month, at.day)


# ---------------------------------------------------------------- totals and lists

TEXT = """
format: sla/v1
agreement: Side
status: draft
working_time:
  office: {timezone: America/Sao_Paulo, days: Monday to Friday, hours: "09:00 to 18:00"}
people: {mia: {name: Mia, team: marketing}, sam: {name: Sam, team: sales}}
actions: {read: {points: 5}}
stages:
  visit: {team: marketing, is: anonymous}
  mql: {team: marketing}
channels: {search: {team: marketing}, fairs: {team: marketing}}
marketing_promises:
  visits: {promise: Visits, measure: volume, of: visit, target: 500 a month}
sales_promises:
  doubts: {promise: Write down, measure: entries, of: objections_heard, target: 3 a month}
log:
  objections_heard: [{what: Trust, on: 2027-03-05, by: sam}]
source:
  timezone: America/Sao_Paulo
  rejects: at most 50%
  files:
    lead: {path: leads.csv}
    done: {path: done.csv}
    web: {path: web.csv}
    doubts: {path: doubts.csv}
  leads: {from: lead, id: id, channel: {always: search}}
  events: {became_mql: since}
  actions: {from: done, id: id, action: what, column: when}
  totals:
    visit: {from: web, day: Date, channel: {column: Source, values: {Google: search}}, count: Sessions}
  log:
    objections_heard: {from: doubts, what: Doubt, on: Day, format: "%d/%m/%Y"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path, "leads.csv", [["id", "since"], ["L1", "2027-03-01"], ["L2", "2027-04-30"]])
    written(tmp_path, "done.csv", [["id", "what", "when"], ["L1", "Read", "2027-03-01"], ["L9", "run", "2027-03-01"]])
    web = [
        ["2027-03-01", "Google", 300],
        ["2027-03-01", "fairs", 20],
        ["2027-03-01", "fairs", 20],
        ["2027-03-02", "Google", 100],
        ["2027-03-31", "Bing", 60],
        ["2027-04-01", "Google", 30],
        ["", "Google", 3],
    ]
    written(tmp_path, "web.csv", [["Date", "Source", "Sessions"], *web])
    doubts = [["Price", "02/03/2027"], ["Wifi", "31/03/2027"], ["Size", "30/04/2027"], ["Nothing", ""]]
    written(tmp_path, "doubts.csv", [["Doubt", "Day"], *doubts])
    return tmp_path


def checked(folder: Path, text: str = TEXT) -> Results:
    document = parse(text)
    built = build(document.values, document.problems)
    assert built.problems == ()
    with open_funnel(built, folder) as funnel:
        return check(built, document, funnel, as_of=date(2027, 4, 15), with_figures=True).results


def test_totals_are_counts_of_a_stage_without_names(folder):
    """By month and channel; rows of one day and channel are added up."""
    counts = {
        (count.period, count.channel): (count.count, count.complete)
        for count in checked(folder).funnel
        if count.stage == "visit"
    }

    assert {
        ("2027-03", None): (500, True),
        ("2027-03", "search"): (400, True),
        ("2027-03", "fairs"): (40, True),
        ("2027-03", "Bing"): (60, True),
        ("2027-04", None): (30, False),
        ("2027-04", "search"): (30, False),
    } == counts


def test_totals_day_by_day_add_up_to_the_month(folder):
    """Whichever channels they are of; a day without a line brought nobody."""
    visits = {told.period: told.counts for told in checked(folder).figures.daily if told.stage == "visit"}

    assert (340, 100, *[0] * 28, 60) == visits["2027-03"]


@pytest.mark.parametrize(
    ("exceptions", "actual", "not_counted", "status"),
    [
        ("", 500, 0, Status.MET),
        ("not_counted: [{days: 2027-03-02, promise: visits, why: Broken, agreed_by: [mia, sam]}]", 400, 100, "missed"),
    ],
)
def test_a_volume_of_visits_is_judged(folder, exceptions, actual, not_counted, status):
    """Days that both sides take out are counted apart."""
    results = checked(folder, f"{TEXT}{exceptions}\n").results
    (march,) = [result for result in results if (result.promise, result.period) == ("visits", "2027-03")]

    assert (actual, not_counted, status) == (march.actual, march.not_counted, march.status)


def test_without_totals_visits_are_not_measurable(folder):
    """And what would change that."""
    text = TEXT[: TEXT.index("  totals:")] + TEXT[TEXT.index("  log:\n    objections_heard: {from") :]
    (visits,) = [result for result in checked(folder, text).results if result.promise == "visits"]

    assert (Status.NOT_MEASURABLE, "daily totals of visit") == (visits.status, said(visits.unlock))


def test_a_list_of_the_log_may_be_a_file(folder):
    """Its entries count with those that stand in the agreement's log."""
    results = {result.period: result for result in checked(folder).results if result.promise == "doubts"}

    assert (3, Status.MET) == (results["2027-03"].actual, results["2027-03"].status)


def test_what_is_odd_beside_the_leads(folder):
    """Rows that are kept out, words that the agreement does not know, actions of nobody, leads that are not there."""
    exception = "not_counted: [{leads: [L1, L7], promise: visits, why: Broken, agreed_by: [mia, sam]}]\n"
    data = checked(folder, TEXT + exception).data

    assert [("web.csv", 8, "there is nothing in Date"), ("doubts.csv", 5, "there is nothing in Day")] == [
        (reject.file, reject.line, reject.reason) for reject in data.rejects
    ]
    assert [
        "1 row of done.csv has a value in what that the agreement does not know",
        "1 row of done.csv belongs to no lead",
        "1 row of web.csv has a value in Source that the agreement does not know",
        "1 lead under not_counted: is not in the data, or was merged into another one: L7",
    ] == [said(odd.said) for odd in data.quality]


def test_actions_may_stand_in_the_log_of_events(tmp_path):
    """The same file is read for both."""
    rows = [["id", "what", "when"], ["L1", "MQL", "2027-03-01 10:00"], ["L1", "Ask", "2027-03-01 09:00"]]
    written(tmp_path, "log.csv", rows)
    source = {
        "timezone": "UTC",
        "files": {"log": {"path": "log.csv", "each_row": "is an event"}},
        "leads": {"from": "log", "id": "id"},
        "events": {"became_mql": {"column": "when", "when": {"what": "MQL"}}},
        "actions": {"from": "log", "id": "id", "action": "what", "column": "when", "unless": {"what": "MQL"}},
    }
    with open_funnel(agreement(source, "UTC", **SECTIONS), tmp_path) as funnel:
        rows_of_actions = funnel.engine.rows(nodes.select([nodes.column("action")], nodes.table("actions")))

        assert (1, [("ask",)]) == (funnel.leads, rows_of_actions)
        assert ("log.csv",) == funnel.data().files
