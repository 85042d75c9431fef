"""Conditions over many leads in the engine, against the plain meaning for one lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.agreement import Agreement
from checker.agreement.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    FieldIs,
    Meets,
    NoneOf,
    Question,
    parse_test,
)
from checker.funnel import DuckdbEngine, Engine, nodes
from checker.funnel.calendars import CalendarTable, load_calendar
from checker.funnel.conditions import Shape
from checker.funnel.lead_rows import LeadRows, Setting
from checker.funnel.leads import view_of_leads
from checker.logic.criteria import evaluate, folded
from checker.logic.working_time import round_the_clock
from tests.funnel.made import MadeFunnel, agreement_of, instant

TEXT = """
format: sla/v1
agreement: Test
currency: EUR
stages:
  lead: {team: marketing, email: known}
  mql: {team: marketing, any: [{meets: fit}, {points: at least 30}]}
  customer: {team: sales, is: won}
fields:
  email: {is: text}
  title: {is: text}
  employees: {is: whole number}
  rooms: {is: number}
  budget: {is: money}
  kind: {is: one of, values: [end user, student], blank_means: end user}
  size: {is: one of, values: [small, large], optional: yes}
  consent: {is: yes or no}
  wants_by: {is: date}
  last_visit: {is: days ago}
  visited: {is: days ago}
  actions: {is: list of actions}
  last_action: {is: action}
  absent: {is: text}
actions:
  mail: {mode: information}
  demo: {mode: buying}
  walk: {}
personas:
  boss: {recognised_by: {title: contains boss}}
  buyer: {recognised_by: {employees: at least 2}}
groups:
  fit: {employees: 1 to 3, none_of: [{kind: student}]}
"""
SHAPES = {
    "email": Shape.TEXT,
    "title": Shape.TEXT,
    "employees": Shape.NUMBER,
    "rooms": Shape.NUMBER,
    "budget": Shape.NUMBER,
    "kind": Shape.TEXT,
    "size": Shape.TEXT,
    "consent": Shape.FLAG,
    "wants_by": Shape.DATE,
    "last_visit": Shape.NUMBER,
    "visited": Shape.DATE,
    "actions": Shape.TEXTS,
    "last_action": Shape.TEXT,
    "points": Shape.NUMBER,
}
HANDED_OFF, CUT_OFF = instant("2027-03-05 22:30", "UTC"), instant("2027-03-10 12:00", "UTC")
ON = {"handed_off": date(2027, 3, 5), None: date(2027, 3, 10)}

WORDS = ["boss", "Boss of all", "end user", "student", "small", "x", "ÁGUA", "água", "agua", "İstanbul", ""]
MAYBE_WORD = st.none() | st.sampled_from(WORDS)
MAYBE_NUMBER = st.none() | st.integers(0, 4).map(Decimal)
MAYBE_DAY = st.none() | st.integers(-2, 3).map(lambda days: date(2027, 3, 5) - timedelta(days=days))
LEADS = st.fixed_dictionaries(
    {
        "email": MAYBE_WORD,
        "title": MAYBE_WORD,
        "employees": MAYBE_NUMBER,
        "rooms": st.none() | st.sampled_from([Decimal("0.1"), Decimal("0.25"), Decimal(1)]),
        "budget": MAYBE_NUMBER,
        "kind": st.none() | st.sampled_from(["end user", "Student", ""]),
        "size": st.none() | st.sampled_from(["small", "large", ""]),
        "consent": st.none() | st.booleans(),
        "wants_by": MAYBE_DAY,
        "last_visit": MAYBE_NUMBER,
        "visited": MAYBE_DAY,
        "actions": st.none() | st.lists(st.sampled_from(["mail", "demo", "Walk"]), max_size=3),
        "last_action": st.none() | st.sampled_from(["mail", "DEMO", "walk", "unheard of", ""]),
        "points": MAYBE_NUMBER,
        "channel": MAYBE_WORD,
    }
)

NUMBERS = st.sampled_from(["at least 2", "at most 1", "more than 1", "less than 3", "1 to 3", "2", "not 2"])
TEXTS = st.sampled_from(["contains boss", "boss", "not Boss", "água", "contains ÁG", "at least 3", "istanbul"])
ALWAYS = st.sampled_from(["known", "not known"])
TESTS = {
    "email": TEXTS,
    "title": TEXTS,
    "employees": NUMBERS | st.just("contains 1") | st.just("at least many"),
    "rooms": st.sampled_from(["at least 0.1", "less than 0.25", "0.25"]),
    "budget": st.sampled_from(["at least € 2", "1 to 3", "at most 0.5"]),
    "kind": st.sampled_from(["end user", "student", "not student"]),
    "size": st.sampled_from(["small", "not small", "contains a"]),
    "consent": st.sampled_from([True, False, "not yes", "not no", "contains y", "at least 3"]),
    "wants_by": st.sampled_from(["at least 2027-03-05", "2027-03-04", "2027-03-03 to 2027-03-05"]),
    "last_visit": st.sampled_from(["at most 2 days", "more than 1 day", "2"]),
    "visited": st.sampled_from(["at most 2 days", "more than 1 day", "5 days", "not 1 day"]),
    "actions": st.sampled_from(["demo", "not demo", "contains al", "at least 3"]),
    "last_action": st.sampled_from(["demo", "not mail"]),
    "mode": st.sampled_from(["buying", "not buying", "information"]),
    "points": NUMBERS,
    "channel": TEXTS,
    "persona": st.sampled_from(["boss", "buyer", "not boss"]),
    "absent": TEXTS,
    "unheard_of": TEXTS,
}
LEAVES = st.one_of(
    *(
        st.builds(lambda test, name=name: FieldIs(name, parse_test(test), (name,)), tests | ALWAYS)
        for name, tests in TESTS.items()
    ),
    st.sampled_from(["fit", "mql", "nobody"]).map(lambda name: Meets(name, ())),
)


def grown(parts: st.SearchStrategy[Question]) -> st.SearchStrategy[Question]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda parts: AllOf(parts, ())),
        several.map(lambda parts: AnyOf(parts, ())),
        several.map(lambda parts: NoneOf(parts, ())),
        st.builds(lambda count, parts: AtLeastOf(count, parts, ()), st.integers(0, 3), several),
    )


CONDITIONS = st.recursive(LEAVES, grown, max_leaves=6)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with DuckdbEngine() as engine:
        yield engine


@pytest.fixture(scope="module")
def calendar(engine) -> CalendarTable:
    laid_out = round_the_clock("America/Sao_Paulo", date(2027, 3, 1), date(2027, 3, 31))
    return load_calendar(engine, "calendar", laid_out, ())


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return agreement_of(TEXT)


@given(st.lists(LEADS, min_size=1, max_size=6), st.lists(CONDITIONS, min_size=1, max_size=4), st.data())
@settings(max_examples=60)
def test_the_engine_tells_what_the_plain_evaluation_tells(engine, calendar, agreement, leads, conditions, data):
    """True, false and cannot tell, for each lead and condition, at the handoff and at the cut-off."""
    on = data.draw(st.sampled_from(["handed_off", None]))
    numbered = [{**lead, "lead_id": str(number)} for number, lead in enumerate(leads)]
    stamped = [{**lead, "at_handed_off": HANDED_OFF} for lead in numbered]
    funnel = MadeFunnel(engine, stamped, ["handed_off"], SHAPES)
    leads_then = view_of_leads(funnel, calendar.calendar.start, CUT_OFF)
    setting = Setting(agreement, leads_then, {"": calendar}, "")
    rows = LeadRows(setting, anchor="handed_off")
    asked = [
        nodes.named(rows.conditions().sql(condition, on), str(place)) for place, condition in enumerate(conditions)
    ]
    statement = rows.select([setting.leads.column("lead_id"), *asked])
    told = {lead: answers for lead, *answers in engine.rows(statement)}
    meant = {
        lead["lead_id"]: [evaluate(condition, lead, agreement, ON[on]) for condition in conditions] for lead in numbered
    }

    assert meant == told


def test_capitals_are_the_same_for_the_engine(engine):
    """Every letter of the plane that people write in has the same small letter in Python and in the engine."""
    letters = [chr(code) for code in [*range(0x20, 0xD800), *range(0xE000, 0x10000)]]
    engine.load("letters", {"letter": "VARCHAR"}, [[letter] for letter in letters])
    letter = nodes.column("letter")
    rows = engine.rows(nodes.select([letter, nodes.call("lower", letter.copy())], nodes.table("letters")))

    assert {letter: folded(letter) for letter in letters} == dict(rows)
