"""Points and actions against what the data says, and answers that count back from a day."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from checker.backtested import Finding, Reason, Subject
from checker.funnel import DuckdbEngine
from checker.funnel.conditions import Shape
from checker.measures.backtest.actions import Actions
from checker.measures.backtest.table import Outcome, Table
from checker.measures.backtest.tested import Backtest
from checker.review.backtest import backtest
from tests.funnel.made import MadeFunnel, agreement_of
from tests.review.closed_deals import LAST, Lead, days_old, made_leads, moment, of, table

AGREEMENT = """
format: sla/v1
agreement: Who buys
language: en
working_time: {office: {timezone: America/Sao_Paulo, days: Monday to Friday, hours: "09:00 to 18:00"}}
fields:
  employees: {is: whole number}
  sector: {is: one of, values: [food, pharma, other]}
  country: {is: one of, values: [Brazil, Portugal]}
  did: {is: list of actions}
  last_visit: {is: days ago}
channels: {search: {team: marketing}, fairs: {team: marketing}}
actions:
  ask_for_demo: {points: 10}
  read_article: {points: 30}
  open_email: {points: 5}
stages:
  lead: {team: marketing}
  mql: {team: marketing, points: at least 30}
  warm: {team: marketing, last_visit: at most 10 days}
  customer: {team: sales, is: won}
handoff: {stage: mql, channel: The queue}
"""
FIELDS = {
    "employees": Shape.NUMBER, "sector": Shape.TEXT, "country": Shape.TEXT, "did": Shape.TEXTS, "points": Shape.NUMBER,
    "last_visit": Shape.DATE,
}  # fmt: skip
EVENTS = ("became_lead", "handed_off", "became_warm", "lost", "became_customer")
POINTS = {"ask_for_demo": 10, "read_article": 30, "open_email": 5}


def asked_for_a_demo(lead: Mapping[str, Any]) -> float:
    """Decided before anything else is known of the lead, so by the last digit of its name: a demo sells."""
    return 0.4 if int(lead["lead_id"][1:]) % 4 == 0 else 0.05


@pytest.fixture(scope="module")
def leads() -> list[Lead]:
    """Every fourth asked for a demo. Articles are read and e-mails opened by chance; last visits are before the end."""
    chance = random.Random(7)
    found = made_leads(2000, 5, asked_for_a_demo)
    for number, lead in enumerate(found):
        did = ["ask_for_demo"] if number % 4 == 0 else []
        did += [action for action in ("read_article", "open_email") if chance.random() < 0.5]
        came = day(lead["at_became_lead"])
        lead |= {"did": did, "points": sum(POINTS[action] for action in did)}
        if chance.random() < 0.7:
            lead["at_became_warm"] = moment(min(came + timedelta(days=6), LAST))
        if chance.random() < 0.9:
            lead["last_visit"] = came - timedelta(days=chance.randrange(10))
    return found


@pytest.fixture(scope="module")
def found(leads: list[Lead]) -> Backtest:
    with DuckdbEngine() as engine:
        funnel = MadeFunnel(engine, leads, EVENTS, FIELDS, base=("lead_id", "channel"))
        return backtest(agreement_of(AGREEMENT), funnel, LAST)


def day(instant: int) -> date:
    return datetime.fromtimestamp(instant, ZoneInfo("America/Sao_Paulo")).date()


def old_enough(leads: list[Lead]) -> list[Lead]:
    days = [
        (lead["at_became_customer"] - lead["at_became_lead"]) // 86400 for lead in leads if "at_became_customer" in lead
    ]
    return [lead for lead in leads if lead["at_became_lead"] <= moment(LAST - timedelta(days=days_old(days)))]


def outcome(leads: list[Lead]) -> Outcome:
    return Outcome(len(leads), sum("at_became_customer" in lead for lead in leads))


def told(found: Backtest) -> Actions:
    assert found.actions is not None
    return found.actions


def test_each_action_is_counted_as_a_plain_reader_counts_it(found, leads):
    """Who did it, who did not, and who of them bought; who did nothing known is in neither."""
    old = [lead for lead in old_enough(leads) if lead["did"]]
    expected = {
        action: (
            outcome([lead for lead in old if action in lead["did"]]),
            outcome([lead for lead in old if action not in lead["did"]]),
        )
        for action in POINTS
    }

    assert expected == {each.action: (each.did, each.did_not) for each in told(found).actions}
    assert len(old_enough(leads)) - len(old) == told(found).cannot_tell
    assert not told(found).is_last


def test_points_that_the_data_contradicts_are_named(found):
    """A demo sells and gets 10 points; an article tells nothing and gets 30: that pair is at odds, no other."""
    tells = {each.action: each.tells for each in told(found).actions}

    assert {"ask_for_demo": True} == {action: answer for action, answer in tells.items() if answer}
    assert ("read_article", "ask_for_demo") in [(more.action, less.action) for more, less in told(found).at_odds()]
    assert all(less.action == "ask_for_demo" for _, less in told(found).at_odds())


def test_a_bound_of_the_points_is_a_criterion_of_its_own(found, leads):
    """Points that the wrong action dominates sort nothing, and no other bound of them helps."""
    old = old_enough(leads)
    points = next(each for each in found.tested if each.criterion.subject is Subject.POINTS)
    sides = [outcome([lead for lead in old if (lead["points"] >= 30) is side]) for side in (True, False)]

    assert "at least 30" == points.criterion.name
    assert Table(*sides) == table(points)
    assert ("points",) == points.criterion.snapshots
    assert table(points) == table(of(found, "mql"))


def test_a_better_bound_of_the_points_is_worth_trying(leads):
    """Where a demo gets most points, only it gets a lead above 40: that bound is found, and confirmed later."""
    other = {"ask_for_demo": 45, "read_article": 30, "open_email": 5}
    scored = [{**lead, "points": sum(other[action] for action in lead["did"])} for lead in leads]
    with DuckdbEngine() as engine:
        funnel = MadeFunnel(engine, scored, EVENTS, FIELDS, base=("lead_id", "channel"))
        (bound,) = of(backtest(agreement_of(AGREEMENT), funnel, LAST), "mql").thresholds

    assert (Finding.WORTH_TRYING, Fraction(45)) == (bound.finding, bound.best)


def test_what_counts_back_from_a_day_is_asked_of_those_who_came_there(found, leads):
    """Days since the last visit count from the day on which a lead became warm; who never did has no such day, and
    would else seem to have stayed away for months.
    """
    came = [lead for lead in old_enough(leads) if "at_became_warm" in lead]
    ago = {
        lead["lead_id"]: (day(lead["at_became_warm"]) - lead["last_visit"]).days
        for lead in came
        if "last_visit" in lead
    }
    fits, fits_not = (
        outcome([lead for lead in came if lead["lead_id"] in ago and (ago[lead["lead_id"]] <= 10) is side])
        for side in (True, False)
    )
    untold = outcome([lead for lead in came if lead["lead_id"] not in ago])
    tested = of(found, "warm")

    assert tested.criterion.only_those_who_came
    assert Table(fits, fits_not, untold) == table(tested)
    assert ("last_visit",) == tested.criterion.snapshots
    assert not of(found, "mql").criterion.only_those_who_came


def test_what_counts_back_from_a_day_that_nobody_knows_is_not_tested(leads):
    """Without the day on which a lead became warm, days ago would be counted from today."""
    events = tuple(event for event in EVENTS if event != "became_warm")
    gone = [{name: value for name, value in lead.items() if name != "at_became_warm"} for lead in leads]
    with DuckdbEngine() as engine:
        funnel = MadeFunnel(engine, gone, events, FIELDS, base=("lead_id", "channel"))
        tested = of(backtest(agreement_of(AGREEMENT), funnel, LAST), "warm")

    assert [("last_visit", Reason.NO_DAY)] == [(leak.field, leak.reason) for leak in tested.leaks]
