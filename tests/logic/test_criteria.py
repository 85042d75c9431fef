"""What each test and each condition means for one lead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.agreement import Agreement, build
from checker.agreement.conditions import AllOf, parse_test
from checker.logic.criteria import NOTHING, DoneAction, evaluate, folded, passes
from checker.text import parse

STAGES = ("visit", "lead", "mql", "customer")


@pytest.mark.parametrize(
    ("kind", "written", "value", "expected"),
    [
        ("text", "known", "x", True),
        ("text", "known", "", False),
        ("text", "known", None, False),
        ("text", "not known", None, True),
        ("text", "São Paulo", "são paulo", True),
        ("text", "São Paulo", "Sao Paulo", False),  # accents count
        ("text", "contains quality", "Head of QUALITY assurance", True),
        ("text", "contains quality", "Head of sales", False),
        ("text", "contains quality", None, None),
        ("text", ["a", "b"], "B", True),
        ("text", "not student", "student", False),
        ("text", "not student", None, None),
        ("one of", 3, "3", True),
        ("whole number", "at least 50", 50, True),
        ("whole number", "more than 50", 50, False),
        ("whole number", "less than 50", 49, True),
        ("whole number", "at most 50", 51, False),
        ("whole number", "50 to 2000", 50, True),
        ("whole number", "50 to 2000", 2000, True),  # both ends are in
        ("whole number", "50 to 2000", 2001, False),
        ("whole number", [1, 2], 2, True),
        ("whole number", "at least 50", None, None),
        ("number", "at least 0.1", Decimal("0.1"), True),
        ("number", "at least 0.1", Fraction(1, 11), False),
        ("money", "at least R$ 20000", Decimal("19999.99"), False),
        ("days ago", "at most 90 days", 90, True),
        ("months", "at most 6 months", 7, False),
        ("date", "at least 2027-03-01", date(2027, 3, 1), True),
        ("date", "2027-03-01", date(2027, 3, 2), False),
        ("yes or no", True, True, True),
        ("yes or no", False, True, False),
        ("yes or no", "not yes", False, True),
        ("yes or no", True, None, None),
        ("stage", "mql or later", "customer", True),
        ("stage", "mql or later", "lead", False),
        ("stage", "before mql", "lead", True),
        ("stage", "before mql", "mql", False),
        ("stage", "mql", "customer", False),
        ("stage", "not mql or later", "lead", True),
        ("list of actions", "ask_for_demo", ["open_email", "ask_for_demo"], True),
        ("list of actions", "not ask_for_demo", ["open_email"], True),
        ("list of actions", "known", [], False),
        ("list of actions", "contains demo", ["ask_for_demo"], True),
        ("whole number", "at least 30 days", 40, None),  # no number: nothing can be told
        ("text", "at least 3", "4", False),  # words have no order
        ("text", "x", NOTHING, False),
        ("text", "not x", NOTHING, True),
        ("text", "known", NOTHING, False),
        ("text", "not known", NOTHING, True),
    ],
)
def test_one_test_of_one_value(kind, written, value, expected):
    """Each kind of test, at its edges and on a blank."""
    assert expected is passes(parse_test(written), value, kind, STAGES)


@given(st.text(), st.text())
def test_capitals_do_not_count(first, second):
    """Folding a text twice is folding it once, and a text folds like its capitals where these are single letters."""
    assert folded(first) == folded(folded(first))
    assert folded(first + second) == folded(first) + folded(second)


# ---------------------------------------------------------------- conditions

TEXT = """
format: sla/v1
agreement: Test
currency: EUR
stages:
  lead: {team: marketing, email: known}
  mql:
    team: marketing
    all:
      - meets: fit
      - points: at least 30
      - mode: buying
  customer: {team: sales, is: won}
fields:
  email: {is: text}
  employees: {is: whole number}
  company_type: {is: one of, values: [end user, student], blank_means: end user}
  account_seller: {is: seller, optional: yes}
  actions: {is: list of actions}
  last_action: {is: action}
  last_visit: {is: days ago}
  job_title: {is: text}
actions:
  open_email: {mode: information, points: 1}
  ask_for_demo: {mode: buying, points: 40}
points:
  over: 60 days
  each_action: every time
  lost: {when: {last_visit: at least 30 days}, points: 10}
personas:
  quality: {recognised_by: {job_title: contains quality}}
  anyone: {recognised_by: {job_title: known, employees: at least 10}}
groups:
  fit:
    employees: at least 50
    none_of: [{company_type: student}]
  loop: {meets: pool}
  pool: {meets: loop}
"""


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return build(parse(TEXT).values)


def asked(agreement: Agreement, condition: dict[str, Any]) -> AllOf:
    """A condition written as a promise's `only`."""
    clock = {"promise": "x", "starts": "handed_off", "stops": "decided", "within": "1 hour", "only": condition}
    values = {
        "format": "sla/v1",
        "agreement": "x",
        "stages": {"lead": {"team": "sales"}},
        "sales_promises": {"x": clock},
    }
    (promise,) = build(values).promises()
    assert promise.only is not None
    return promise.only


ON = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("condition", "lead", "expected"),
    [
        ({"employees": "at least 50"}, {"employees": 60}, True),
        ({"employees": "at least 50"}, {"employees": None}, None),
        ({"employees": "known"}, {}, None),  # the data does not have the field: not even that can be told
        ({"employees": "not known"}, {}, None),
        ({"company_type": "end user"}, {"company_type": None}, True),
        ({"company_type": "known"}, {"company_type": None}, True),
        ({"account_seller": "known"}, {"account_seller": None}, False),
        ({"account_seller": "ana"}, {"account_seller": None}, False),
        ({"account_seller": "not ana"}, {"account_seller": None}, True),
        ({"nobody_knows": "known"}, {"nobody_knows": 1}, None),
        ({"any": [{"email": "known"}, {"employees": "at least 5"}]}, {"email": "x", "employees": None}, True),
        ({"none_of": [{"employees": "at least 5"}]}, {"employees": None}, None),
        ({"none_of": [{"employees": "at least 5"}]}, {"employees": 3}, True),
        (
            {"at_least": 2, "of": [{"email": "known"}, {"employees": "at least 5"}, {"job_title": "known"}]},
            {"email": "x", "employees": None, "job_title": ""},
            None,
        ),
        (
            {"at_least": 2, "of": [{"email": "known"}, {"employees": "at least 5"}, {"job_title": "known"}]},
            {"email": "", "employees": None, "job_title": ""},
            False,
        ),
        ({"meets": "fit"}, {"employees": 60, "company_type": None}, True),
        ({"meets": "fit"}, {"employees": 60, "company_type": "student"}, False),
        ({"meets": "loop"}, {}, None),
        ({"meets": "nobody"}, {}, None),
        ({"mode": "buying"}, {"last_action": "ask_for_demo"}, True),
        ({"mode": "buying"}, {"last_action": "sneezed"}, None),
        ({"mode": "buying"}, {}, None),
        ({"persona": "quality"}, {"job_title": "Quality lead", "employees": 20}, True),
        ({"persona": "anyone"}, {"job_title": "Quality lead", "employees": 20}, False),  # the first that fits counts
        ({"persona": "anyone"}, {"job_title": "Buyer", "employees": 20}, True),
        ({"persona": "anyone"}, {"job_title": "Buyer", "employees": None}, None),
        ({"persona": "anyone"}, {"job_title": "Buyer", "employees": 1}, False),  # none, and that is known
        ({"persona": "not known"}, {"job_title": "Buyer", "employees": 1}, True),
        ({"last_visit": "at most 30 days"}, {"last_visit": date(2027, 3, 1)}, True),
        ({"last_visit": "at most 29 days"}, {"last_visit": date(2027, 3, 1)}, False),
        ({"points": "at least 30"}, {"points": 30}, True),  # the source's own score
    ],
)
def test_conditions_on_one_lead(agreement, condition, lead, expected):
    """All, any, none, at least of, groups, built-in fields, blanks with and without a meaning."""
    assert expected is evaluate(asked(agreement, condition), lead, agreement, ON)


DEMO, MAIL = DoneAction("ask_for_demo", date(2027, 3, 20)), DoneAction("open_email", date(2027, 3, 30))


@pytest.mark.parametrize(
    ("actions", "last_visit", "written", "expected"),
    [
        ([DEMO], date(2027, 3, 30), "at least 40", True),
        ([DEMO, DEMO, MAIL], date(2027, 3, 30), "at least 81", True),  # every time
        ([DEMO], date(2027, 2, 1), "at least 40", False),  # ten are lost
        ([DEMO], date(2027, 2, 1), "at least 30", True),
        ([DEMO], None, "at least 40", None),  # it cannot be told whether they are
        ([DEMO], None, "at least 30", True),  # but it does not matter
        ([DoneAction("ask_for_demo", date(2027, 1, 29))], date(2027, 3, 30), "at least 1", False),  # too long ago
        ([DoneAction("ask_for_demo", date(2027, 1, 30))], date(2027, 3, 30), "at least 40", True),
        ([DoneAction("ask_for_demo", date(2027, 4, 1))], date(2027, 3, 30), "at least 1", False),  # later
        (["ask_for_demo"], date(2027, 3, 30), "at least 1", None),  # without dates nothing can be counted
    ],
)
def test_points_are_counted_from_dated_actions(agreement, actions, last_visit, written, expected):
    """Each action in the window counts, what is lost is taken off, and only sure points count."""
    lead = {"actions": actions, "last_visit": last_visit}

    assert expected is evaluate(asked(agreement, {"points": written}), lead, agreement, ON)


def test_the_last_action_is_the_latest_by_date(agreement):
    """The mode of a lead is that of the action that it did last, wherever that stands in the list."""
    lead = {"actions": [MAIL, DEMO]}

    assert evaluate(asked(agreement, {"mode": "information"}), lead, agreement, ON) is True
