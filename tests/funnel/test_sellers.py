"""Two funnels of sellers, Olist's real one and a made-up one with the same quirks, give what a right reading gives."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from checker.agreement import build
from checker.funnel import open_funnel
from checker.text import parse, read
from tests.funnel.sources import facts, said

HERE = Path(__file__).parent / "data" / "sellers"
ZONE = ZoneInfo("America/Sao_Paulo")
SOURCE = """
source:
  timezone: America/Sao_Paulo
  files:
    mql: {path: olist_marketing_qualified_leads_dataset.csv, delimiter: ","}
    deal: {path: olist_closed_deals_dataset.csv, delimiter: ","}
  leads:
    from: mql
    id: mql_id
    join:
      deal: {on: {mql_id: mql_id}, at_most: one}
    channel:
      column: mql.origin
      blank: unknown
      values:
        organic search: organic_search
        paid search: paid_search
        direct traffic: direct
        other publicities: other
    owner: deal.sr_id
    fields:
      behaviour_profile: {column: deal.lead_behaviour_profile, separator: ","}
      has_company: deal.has_company
      declared_monthly_revenue: {column: deal.declared_monthly_revenue, null_values: ["0.0"]}
  events:
    became_mql: {column: mql.first_contact_date, format: "%Y-%m-%d"}
    became_won: {column: deal.won_date, format: "%Y-%m-%d %H:%M:%S", timezone: UTC, midnight: is a date}
"""


class Read:
    """What was read of a funnel of sellers."""

    def __init__(self, values, folder):
        with open_funnel(build(values), folder) as funnel:
            self.facts = facts(funnel)
            self.data = funnel.data()
            self.coverage = {event: (days.first, days.last) for event, days in funnel.coverage.items()}
            self.days_only = {event: told.days_only for event, told in funnel.events.items()}
        self.won = [fact for fact in self.facts if fact["at_became_won"] is not None]

    def odd(self, what):
        return [(said(quality.said), quality.examples) for quality in self.data.quality if quality.what == what]

    def wins_at_midnight(self):
        """Wins of which only the day is known, by the hour of UTC at which São Paulo's day began."""
        days = [datetime.fromtimestamp(fact["at_became_won"], UTC) for fact in self.won if fact["day_became_won"]]
        return Counter(day.hour for day in days)


def months(stamps):
    counted = Counter(f"{datetime.fromtimestamp(stamp, ZONE):%y-%m}" for stamp in stamps)
    return dict(sorted(counted.items()))


@pytest.fixture(scope="module")
def sellers():
    return Read(read(HERE).values, HERE)


@pytest.fixture(scope="module")
def olist(real_data):
    values = read(HERE).values
    channels = ("organic_search", "paid_search", "social", "direct", "email", "referral", "other", "display", "unknown")
    values["channels"] = {channel: {"team": "marketing"} for channel in channels}
    return Read(values | parse(SOURCE).values, real_data / "olist")


def test_the_made_up_sellers(sellers):
    """Every number can be counted on the fingers in tests/funnel/data/sellers."""
    assert (10, 7, 0) == (len(sellers.facts), len(sellers.won), sellers.data.rejected)
    assert {2: 2, 3: 3} == sellers.wins_at_midnight()
    assert {"became_mql": 10, "became_won": 5} == sellers.days_only
    assert {
        "became_mql": (date(2017, 6, 14), date(2018, 5, 31)),
        "became_won": (date(2017, 12, 5), date(2018, 11, 14)),
    } == sellers.coverage
    assert {"social": 4, "organic_search": 3, "unknown": 3} == Counter(fact["channel"] for fact in sellers.facts)
    assert {"17-12": 1, "18-01": 1, "18-02": 2, "18-05": 1, "18-11": 2} == months(
        fact["at_became_won"] for fact in sellers.won
    )
    assert [("1 lead has became_won before became_mql", ("m07 (contacts.csv:8, wins.csv:5)",))] == sellers.odd(
        "out of order"
    )
    assert [
        ("profile is blank in 2 of 7 rows", ()),
        ("has_company is blank in 5 of 7 rows", ()),
        ("revenue is blank in 5 of 7 rows", ()),
    ] == sellers.odd("blank")
    assert ["cat", "wolf"] == next(
        fact["field_behaviour_profile"] for fact in sellers.facts if fact["lead_id"] == "m04"
    )


def test_a_win_on_the_day_of_the_first_contact_is_not_before_it(sellers):
    """m06 was won on the day, by its date, on which it was first contacted; m09 too."""
    same_day = {fact["lead_id"] for fact in sellers.won if fact["at_became_won"] == fact["at_became_mql"]}

    assert {"m06", "m09"} == same_day


def test_olist_counts(olist):
    """8,000 leads, 842 won; nothing rejected."""
    assert (8000, 842, 0) == (len(olist.facts), len(olist.won), olist.data.rejected)
    assert [] == olist.odd("no match")
    assert [] == olist.odd("unknown value")


def test_olist_midnights_are_dates(olist):
    """12 wins at exactly 02:00 UTC and 49 at 03:00 are midnights of São Paulo in summer and winter."""
    assert {2: 12, 3: 49} == olist.wins_at_midnight()
    assert {"became_mql": 8000, "became_won": 61} == olist.days_only


def test_olist_coverage(olist):
    """Leads and wins were recorded in different years."""
    assert {
        "became_mql": (date(2017, 6, 14), date(2018, 5, 31)),
        "became_won": (date(2017, 12, 5), date(2018, 11, 14)),
    } == olist.coverage


def test_olist_months(olist):
    """Leads by month, and wins by calendar month."""
    assert {
        "17-06": 4, "17-07": 239, "17-08": 386, "17-09": 312, "17-10": 416, "17-11": 445, "17-12": 200, "18-01": 1141,
        "18-02": 1028, "18-03": 1174, "18-04": 1352, "18-05": 1303,
    } == months(fact["at_became_mql"] for fact in olist.facts)  # fmt: skip
    assert {
        "17-12": 3, "18-01": 73, "18-02": 113, "18-03": 147, "18-04": 207, "18-05": 123, "18-06": 56, "18-07": 37,
        "18-08": 33, "18-09": 23, "18-10": 21, "18-11": 6,
    } == months(fact["at_became_won"] for fact in olist.won)  # fmt: skip


def test_olist_channels(olist):
    """Leads and wins; the blank one is unknown."""
    won = Counter(fact["channel"] for fact in olist.won)

    assert {
        "organic_search": (2296, 271),
        "paid_search": (1586, 195),
        "social": (1350, 75),
        "unknown": (1159, 193),
        "direct": (499, 56),
        "email": (493, 15),
        "referral": (284, 24),
        "other": (215, 7),
        "display": (118, 6),
    } == {channel: (count, won[channel]) for channel, count in Counter(fact["channel"] for fact in olist.facts).items()}


def test_olist_oddities(olist):
    """One win before its first contact, at lines 6359 and 669; most companies do not say what they are."""
    ((message, (example,)),) = olist.odd("out of order")

    assert "1 lead has became_won before became_mql" == message
    assert example.endswith("(olist_marketing_qualified_leads_dataset.csv:6359, olist_closed_deals_dataset.csv:669)")
    assert [
        ("lead_behaviour_profile is blank in 177 of 842 rows", ()),
        ("has_company is blank in 779 of 842 rows", ()),
        ("declared_monthly_revenue is blank in 797 of 842 rows", ()),
    ] == olist.odd("blank")


def test_olist_profiles_may_be_several(olist):
    """`cat, wolf` is two values."""
    profiles = {tuple(fact["field_behaviour_profile"]) for fact in olist.facts if fact["field_behaviour_profile"]}

    assert {("cat", "wolf"), ("eagle", "cat"), ("shark", "wolf")} <= profiles
