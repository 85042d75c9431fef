"""Leads as they are handed over: complete or not, and who gets them."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checker.agreement import build
from checker.agreement.payload_schema import payload_schema
from checker.errors import NothingToJudge
from checker.finding import Place
from checker.funnel import open_funnel
from checker.handed_over import Routed
from checker.language import words
from checker.review.check import check
from checker.review.payloads import check_payloads, lead_of, route_payloads
from checker.text import parse, read
from tests.funnel.made import agreement_of
from tests.reference import FOLDER

TEXT = """
format: sla/v1
agreement: Test
currency: EUR
working_time:
  office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "09:00 to 18:00"}
people:
  sam: {name: Sam, team: sales}
  uta: {name: Uta, team: sales}
  ida: {name: Ida, team: sales}
sellers:
  sam: {stand_in: uta, ends: 2027-03-31}
  uta: {}
  ida: {stand_in: ida, starts: 2027-06-01}
if_all_are_away: uta
fields:
  email: {is: text}
  size: {is: whole number, from: 1, to: 500}
  price: {is: money}
  kind: {is: one of, values: [end user, student], blank_means: end user}
  region: {is: one of, values: [north, south]}
  consent: {is: yes or no}
  wanted_by: {is: date}
  seen: {is: days ago, optional: yes}
  account_seller: {is: seller, optional: yes}
stages:
  lead: {team: marketing}
  mql: {team: marketing, size: at least 10, kind: end user, consent: yes}
  customer: {team: sales, is: won}
handoff:
  stage: mql
  channel: The queue
  must_have:
    email: {used_for: the first call}
    price: {}
    wanted_by: {}
  nice_to_have: [seen]
  routing:
    - {when: {account_seller: known}, to: account_seller}
    - {when: {region: north, size: at least 100}, to: [sam, uta]}
    - {when: {seen: at most 7 days}, to: ida}
    - {when: {region: south}, to: sam}
marketing_promises:
  handoff-data: {promise: All is there, measure: payload_completeness, target: 95%}
"""
SOURCE = """
source:
  timezone: Europe/Warsaw
  files: {lead: {path: leads.csv, null_values: [N/A]}}
  leads:
    from: lead
    id: id
    fields:
      email: email
      size: size
      price: price
      kind: kind
      region: region
      consent: consent
      wanted_by: wanted_by
      seen: {column: seen, null_values: ["never"]}
      account_seller: account_seller
  events: {became_mql: handed, handed_off: handed}
  coverage: {handed_off: 2027-03-01 to 2027-03-31, became_mql: 2027-03-01 to 2027-03-31}
"""
WHOLE = {
    "email": "a@b.example",
    "size": 120,
    "price": 10.5,
    "kind": "end user",
    "region": "north",
    "consent": True,
    "wanted_by": "2027-04-30",
    "account_seller": None,
}
MINE = agreement_of(TEXT + SOURCE)
DOCUMENT = parse(TEXT + SOURCE)


def write(folder: Path, *leads: dict[str, Any]) -> Path:
    file = folder / "leads.jsonl"
    file.write_text("".join(json.dumps(lead) + "\n" for lead in leads), encoding="utf-8")
    return file


def said(folder: Path, lead: dict[str, Any]) -> list[str]:
    return [words().say(problem.message) for problem in check_payloads(MINE, [write(folder, lead)]).problems]


def routed(folder: Path, lead: dict[str, Any], on: date | None = None) -> Routed:
    found, _ = route_payloads(MINE, DOCUMENT, [write(folder, lead)], on)
    return found[0]


# ---------------------------------------------------------------- is everything there?


def test_a_whole_lead_may_go_over(tmp_path):
    assert [] == said(tmp_path, WHOLE)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"email": ""}, "email is blank (used for: the first call)"),
        ({"email": "  "}, "email is blank (used for: the first call)"),
        ({"email": "n/a"}, "email is blank (used for: the first call)"),
        ({"email": None}, "email is blank (used for: the first call)"),
        ({"email": 5}, "email holds 5; it should hold a text"),
        ({"size": 0}, "size holds 0; it should hold a whole number from 1 to 500"),
        ({"size": 12.5}, 'size holds "12.5"; it should hold a whole number from 1 to 500'),
        ({"size": "12"}, 'size holds "12"; it should hold a whole number from 1 to 500'),
        ({"price": "R$ 10"}, 'price holds "R$ 10"; it should hold an amount, as a number without a sign'),
        ({"kind": "Student"}, 'kind holds "Student"; it should hold end user or student'),
        ({"consent": "yes"}, 'consent holds "yes"; it should hold true or false'),
        ({"wanted_by": "30/04/2027"}, 'wanted_by holds "30/04/2027"; it should hold a day, as 2027-03-31'),
        ({"wanted_by": "2027-02-30"}, 'wanted_by holds "2027-02-30"; it should hold a day, as 2027-03-31'),
    ],
)
def test_a_wrong_value_is_told_with_what_it_should_be(tmp_path, change, expected):
    assert [expected] == said(tmp_path, WHOLE | change)


@pytest.mark.parametrize("change", [{"kind": None}, {"kind": ""}, {"seen": "never"}, {"seen": 3}, {"more": [1]}])
def test_what_is_optional_may_be_blank_and_anything_more_may_go_along(tmp_path, change):
    assert [] == said(tmp_path, WHOLE | change)


def test_a_missing_field_that_has_another_name_is_recognised(tmp_path):
    lead = {name: value for name, value in WHOLE.items() if name != "email"} | {"e_mail": "a@b.example"}

    assert ["email is missing (used for: the first call); is email called e_mail here?"] == said(tmp_path, lead)


def test_all_that_is_missing_is_one_sentence(tmp_path):
    lead = {name: value for name, value in WHOLE.items() if name not in ("email", "price")}

    assert ["email and price are missing"] == said(tmp_path, lead)


def test_an_agreement_without_a_handoff_has_nothing_to_check(tmp_path):
    agreement = agreement_of("format: sla/v1\nagreement: A\nstages: {lead: {team: marketing}}\n")

    with pytest.raises(NothingToJudge):
        check_payloads(agreement, [write(tmp_path, WHOLE)])


# ---------------------------------------------------------------- schema, check and measure agree

blank = st.sampled_from(["", "N/A", None])
payloads = st.fixed_dictionaries(
    {},
    optional={
        "email": st.sampled_from(["a@b.example", "x"]) | blank,
        "size": st.integers(1, 500) | st.none(),
        "price": st.integers(1, 900) | st.none(),
        "kind": st.sampled_from(["end user", "student"]) | blank,
        "region": st.sampled_from(["north", "south"]) | blank,
        "consent": st.booleans() | st.none(),
        "wanted_by": st.just("2027-04-30") | blank,
        "seen": st.sampled_from(["2027-03-08", "", "never", None]),
        "account_seller": st.just("sam") | blank,
    },
)


def cell(value: Any) -> Any:
    """A value as an export writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


@given(st.lists(payloads, min_size=1, max_size=8))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_schema_and_completeness_measure_agree_on_every_payload(tmp_path_factory, leads):
    """A lead fits the schema exactly if the measure counts it as complete: three ways to the same answer."""
    folder = tmp_path_factory.mktemp("payloads")
    validator = Draft202012Validator(payload_schema(MINE), format_checker=Draft202012Validator.FORMAT_CHECKER)
    by_schema = sum(validator.is_valid(lead) for lead in leads)
    columns = ["id", "handed", *(name for name in WHOLE), "seen"]
    with (folder / "leads.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, columns, restval="")
        rows.writeheader()
        for number, lead in enumerate(leads):
            cells = {name: cell(value) for name, value in lead.items()}
            rows.writerow({"id": f"L{number}", "handed": "2027-03-10 10:00:00"} | cells)
    with open_funnel(MINE, folder, {}) as funnel:
        results = check(MINE, DOCUMENT, funnel, date(2027, 4, 30)).results.results
    result = next(result for result in results if result.period == "2027-03")

    assert (by_schema, len(leads)) == (result.numerator, result.denominator)
    assert by_schema == check_payloads(MINE, [write(folder, *leads)]).complete


anything: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers(-5, 600) | st.text(max_size=4) | st.just("2027-04-30") | st.just([])
)


@given(st.dictionaries(st.sampled_from([*WHOLE, "seen"]), anything))
def test_the_command_refuses_what_the_schema_refuses(tmp_path_factory, lead):
    """Whatever stands in a payload: the published schema and `sla handoff validate` never disagree."""
    validator = Draft202012Validator(payload_schema(MINE), format_checker=Draft202012Validator.FORMAT_CHECKER)
    file = write(tmp_path_factory.getbasetemp(), lead)

    assert validator.is_valid(lead) is (not check_payloads(MINE, [file]).problems)


def test_the_reference_agreement_s_schema_is_a_schema():
    agreement = build(read(FOLDER).values)
    schema = payload_schema(agreement)
    Draft202012Validator.check_schema(schema)

    assert [item.field for item in agreement.payload] == list(schema["properties"])
    assert [item.field for item in agreement.payload if item.required] == schema["required"]


# ---------------------------------------------------------------- who gets it?


@pytest.mark.parametrize(
    ("change", "on", "sellers", "line"),
    [
        ({}, None, ("sam", "uta"), "north"),
        ({"account_seller": "ida"}, None, ("ida",), "account_seller"),
        ({"size": 50, "region": "south"}, None, ("sam",), "south"),
        ({"size": 50, "seen": 5}, None, ("ida",), "seen"),
        ({"size": 50, "seen": "2027-03-10"}, date(2027, 3, 12), ("uta",), "seen"),
        ({"size": 50, "seen": "2027-06-10"}, date(2027, 6, 12), ("ida",), "seen"),
        ({}, date(2027, 4, 1), ("uta",), "north"),
        ({}, date(2027, 3, 31), ("sam", "uta"), "north"),
    ],
)
def test_the_first_line_that_surely_fits_wins(tmp_path, change, on, sellers, line):
    found = routed(tmp_path, WHOLE | change, on)

    assert found.decided_by is not None
    assert (sellers, True) == (found.sellers, line in found.decided_by.source)


def test_a_line_that_cannot_be_told_is_passed_over_and_named(tmp_path):
    found = routed(tmp_path, {"region": "north", "seen": 5})
    told = [words().say(unsure.message) for unsure in found.unsure if unsure.message]

    assert ("ida",) == found.sellers
    assert ["it cannot be told whether this line fits, because size is not known"] == told


def test_nobody_gets_a_lead_that_no_line_fits(tmp_path):
    found = routed(tmp_path, {"size": 5, "region": "north", "seen": 30})

    assert ((), None) == (found.sellers, found.decided_by)


def test_for_a_seller_who_has_left_the_stand_in_is_named(tmp_path):
    assert ("sam",) == routed(tmp_path, WHOLE, date(2027, 4, 1)).instead_of


def test_a_payload_is_the_lead_that_conditions_are_put_to():
    lead = lead_of(MINE, {"wanted_by": "2027-04-30", "size": 12})

    assert (date(2027, 4, 30), 12, None, "mql") == (lead["wanted_by"], lead["size"], lead["email"], lead["stage"])


def test_problems_stand_in_the_order_of_the_lines(tmp_path):
    found = check_payloads(MINE, [write(tmp_path, {}, WHOLE | {"size": 0}, WHOLE | {"consent": 1, "email": ""})])
    lines = [problem.at.line for problem in found.problems if isinstance(problem.at, Place)]

    assert sorted(lines) == lines
    assert (3, 0) == (found.leads, found.complete)
