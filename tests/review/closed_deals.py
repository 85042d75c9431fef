"""Funnels of made-up leads with a known rule of who buys, for tests of the backtest."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from checker.funnel import DuckdbEngine
from checker.funnel.conditions import Shape
from checker.measures.backtest.table import Table
from checker.measures.backtest.tested import Backtest, Tested
from checker.review.backtest import backtest
from tests.funnel.made import MadeFunnel, agreement_of, instant

AGREEMENT = """
format: sla/v1
agreement: Who buys
language: en
working_time: {office: {timezone: America/Sao_Paulo, days: Monday to Friday, hours: "09:00 to 18:00"}}
fields:
  employees: {is: whole number}
  sector: {is: one of, values: [food, pharma, other]}
  country: {is: one of, values: [Brazil, Portugal]}
  budget: {is: one of, values: [confirmed, none]}
channels:
  search: {team: marketing}
  fairs: {team: marketing}
stages:
  lead: {team: marketing}
  mql:
    team: marketing
    all:
      - employees: at least 50
      - sector: food
      - country: Brazil
  customer: {team: sales, is: won}
handoff: {stage: mql, channel: The queue}
"""
FIELDS = {"employees": Shape.NUMBER, "sector": Shape.TEXT, "country": Shape.TEXT, "budget": Shape.TEXT}
EVENTS = ("became_lead", "handed_off", "lost", "became_customer")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
Lead = dict[str, Any]


def moment(day: date) -> int:
    """Noon of a day."""
    return instant(f"{day.isoformat()} 12:00")


def made_leads(number: int, seed: int, chance_to_buy: Callable[[Mapping[str, Any]], float]) -> list[Lead]:
    """Leads of a year. Four in five are handed over after three days; who buys does so after 20 to 60 days."""
    chance = random.Random(seed)
    leads = []
    for name in range(number):
        came = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
        lead: Lead = {
            "lead_id": f"L{name}",
            "channel": chance.choice(("search", "fairs")),
            "employees": chance.choice((10, 20, 30, 50, 60, 80, 100, 150, 200, 400)),
            "sector": chance.choice(("food", "food", "pharma", "other")),
            "country": chance.choice(("Brazil", "Brazil", "Portugal")),
            "at_became_lead": moment(came),
        }
        if chance.random() < 0.8:
            lead["at_handed_off"] = moment(min(came + timedelta(days=3), LAST))
        end = came + timedelta(days=chance.randint(20, 60))
        if chance.random() < chance_to_buy(lead):
            if end <= LAST:
                lead["at_became_customer"] = moment(end)
        elif "at_handed_off" in lead and chance.random() < 0.5:
            lost = came + timedelta(days=chance.randint(5, 30))
            if lost <= LAST:
                lead["at_lost"] = moment(lost)
        leads.append(lead)
    return leads


def put_to(text: str, leads: list[Lead], *events: str) -> Backtest:
    """The backtest of an agreement on these leads, as of the end of the year."""
    told = events or EVENTS
    gone = {f"at_{event}" for event in EVENTS if event not in told}
    kept = [{name: value for name, value in lead.items() if name not in gone} for lead in leads]
    with DuckdbEngine() as engine:
        funnel = MadeFunnel(engine, kept, told, FIELDS, base=("lead_id", "channel"))
        return backtest(agreement_of(text), funnel, LAST)


def days_old(days_to_buy: list[int]) -> int:
    """How old a lead must be: one and a half medians, and no less than nine of ten customers took; days sorted here."""
    days = sorted(days_to_buy)
    median, most = days[(len(days) - 1) // 2], days[-(-9 * len(days) // 10) - 1]
    return max(-(-3 * median // 2), most)


def of(found: Backtest, name: str) -> Tested:
    """What came of a criterion."""
    return next(each for each in found.tested if each.criterion.name == name)


def table(tested: Tested) -> Table:
    """The table of a criterion that was not refused."""
    assert tested.table is not None
    return tested.table
