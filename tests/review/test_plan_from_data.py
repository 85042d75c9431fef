"""What the past says of a plan's numbers: against plain Python on real data, and against truths that are known."""

from __future__ import annotations

import csv
import math
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from checker.agreement import Agreement, build
from checker.funnel import open_funnel
from checker.logic.planning.measured import Measured, MeasuredRate
from checker.logic.planning.planned import PlanWish
from checker.logic.statistics import mean_interval, wilson_interval
from checker.observed import Matured
from checker.quantity import Duration, Month, Period, Share, Unit
from checker.review.plan import make_plan
from checker.review.plan_from_data import measure_plan, measured_rates, season_of
from checker.text import parse
from tests.review.test_olist import TEXT

JANUARY = Month(2027, 1)


def measured(text: str, folder: Path, as_of: date | None = None) -> Measured:
    document = parse(text)
    agreement = build(document.values, document.problems)
    with open_funnel(agreement, folder) as funnel:
        return measure_plan(agreement, funnel, as_of)


# ---------------------------------------------------------------- real data, in plain Python


@pytest.fixture(scope="module")
def olist(real_data: Path) -> Measured:
    return measured(TEXT, real_data / "olist")


@pytest.fixture(scope="module")
def leads(real_data: Path) -> list[tuple[str, date, date | None]]:
    """Channel, first contact and day of winning of every lead, read with nothing but the standard library."""
    with (real_data / "olist" / "olist_closed_deals_dataset.csv").open(encoding="utf-8") as file:
        won = {row["mql_id"]: date.fromisoformat(row["won_date"][:10]) for row in csv.DictReader(file)}
    with (real_data / "olist" / "olist_marketing_qualified_leads_dataset.csv").open(encoding="utf-8") as file:
        return [
            (row["origin"] or "unknown", date.fromisoformat(row["first_contact_date"]), won.get(row["mql_id"]))
            for row in csv.DictReader(file)
        ]


def grown(leads: list[tuple[str, date, date | None]]) -> Iterator[tuple[str, bool]]:
    """Leads of January to May 2018, and whether they were won within 90 days: before, nobody's winning is recorded."""
    for origin, came, won in leads:
        if (came.year, came.month) >= (2018, 1):
            yield origin.replace(" ", "_"), won is not None and (won - came).days <= 90


NAMES = {"direct_traffic": "direct", "other_publicities": "other"}


def test_rates_by_channel_are_those_of_plain_python(olist, leads):
    """Each channel's leads that had 90 days and those that were won in them; give or take one, as days turn in UTC."""
    entered: Counter[str] = Counter()
    won: Counter[str] = Counter()
    for origin, is_won in grown(leads):
        entered[NAMES.get(origin, origin)] += 1
        won[NAMES.get(origin, origin)] += is_won
    told = {rate.channel: rate for rate in olist.rates}

    assert {channel: told[channel].leads for channel in entered} == dict(entered)
    assert all(abs(told[channel].reached - won[channel]) <= 1 for channel in entered)
    assert (sum(entered.values()), told[None].reached) == (told[None].leads, 678)
    assert all(rate.interval == wilson_interval(rate.reached, rate.leads) for rate in olist.rates)


def test_months_that_the_data_does_not_cover_are_left_out(olist):
    """Winning is recorded from December 2017 on: 2,002 earlier leads say nothing of the rate, whatever became of
    them.
    """
    assert {str(rate.months) for rate in olist.rates} == {"2018-01 to 2018-05"}
    assert olist.season is not None
    assert [str(month) for month in olist.season.left_out] == ["2017-06"]


def test_rates_that_are_written_outside_their_interval_are_named(olist):
    """12% for all: e-mail, social and other bring less, the unknown ones more; the others may well be 12%."""
    assert {"email", "social", "other", "unknown"} == {rate.channel for rate in olist.rates if rate.is_outside}


def test_the_lag_is_counted_in_months_of_the_calendar(olist, leads):
    by_hand = Counter(
        (won.year - came.year) * 12 + won.month - came.month
        for _, came, won in leads
        if won is not None and won >= came and (came.year, came.month) >= (2018, 1)
    )

    assert olist.cycle is not None
    assert olist.cycle.count == sum(by_hand.values())
    # a handful are won on a last evening of a month, which is the next month's first in UTC
    assert all(abs(olist.cycle.taken.get(lag, 0) - count) <= 3 for lag, count in by_hand.items())


# ---------------------------------------------------------------- data that is made with known rates

MADE = """
format: sla/v1
agreement: Made up
currency: EUR
stages:
  lead: {team: marketing}
  opp: {team: sales, is: pipeline}
  won: {team: sales, is: won}
channels:
  ads: {team: marketing, rates: {lead_to_opp: 30%}}
  fairs: {team: marketing, rates: {lead_to_opp: 30%}}
rates: {opp_to_won: 40%}
plan: {months: 2027-01 to 2027-06, customers: 60, revenue: 60000, average_deal: 1000, sales_cycle: 1 month}
opened_before_plan: {2026-12: 25}
source:
  timezone: UTC
  files: {lead: {path: leads.csv}}
  leads: {from: lead, id: id, channel: channel, amount: amount}
  events:
    became_lead: {column: came}
    became_opp: {column: opened}
    became_won: {column: won}
"""
TRUE = {"ads": 0.30, "fairs": 0.55}
TRUE_WIN, TRUE_DEAL = 0.40, 1000.0


def made(folder: Path, seed: int, leads: int = 1200) -> Path:
    """Leads of all of 2026, with known rates; opportunities on the day after, deals won after 30 days."""
    chance = random.Random(seed)
    lines = ["id,channel,came,opened,won,amount"]
    for number in range(leads):
        came = date(2026, 1, 1) + timedelta(days=number * 364 // leads)
        channel = chance.choice(["ads", "fairs"])
        opened = came + timedelta(days=1) if chance.random() < TRUE[channel] else None
        won = opened + timedelta(days=30) if opened and chance.random() < TRUE_WIN else None
        amount = f"{TRUE_DEAL * chance.lognormvariate(-0.125, 0.5):.2f}" if won else ""
        lines.append(f"{number},{channel},{came},{opened or ''},{won or ''},{amount}")
    (folder / "leads.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_what_is_measured_is_what_the_data_was_made_with(tmp_path: Path) -> None:
    """The rate of fairs is 55%, and 30% is written: it is named. The others, the deal and the lag are as made."""
    told = measured(MADE, made(tmp_path, 7))
    rates = {(rate.rate, rate.channel): rate for rate in told.rates}
    outside = {key for key, rate in rates.items() if rate.is_outside}

    assert outside == {("lead_to_opp", "fairs")}
    assert all(rates["lead_to_opp", name].interval[0] <= share for name, share in TRUE.items())
    assert all(rates["lead_to_opp", name].interval[1] >= share for name, share in TRUE.items())
    assert told.deal is not None
    assert told.deal.interval is not None
    assert told.deal.interval[0] <= TRUE_DEAL <= told.deal.interval[1]
    assert told.cycle is not None
    assert set(told.cycle.taken) <= {0, 1, 2}
    # 30 days from the second to the last day of any month but a long one's first end in the next month
    assert told.cycle.taken[1] > 0.9 * told.cycle.count


def test_a_plan_from_data_takes_the_measured_rates(tmp_path: Path) -> None:
    """The plan is reckoned with what the leads show, and the lines that would be written say so."""
    document = parse(MADE)
    told = measured(MADE, made(tmp_path, 7))
    used = {(rate.rate, rate.channel): rate.use for rate in told.rates if rate.path is not None}
    planned = make_plan(document, PlanWish(measured=told))
    plan = planned.made.plan

    assert planned.holds
    assert {("lead_to_opp", "ads"), ("lead_to_opp", "fairs"), ("opp_to_won", None)} == set(used)
    for (rate, channel), use in used.items():
        assert use is not None
        assert plan.rate(rate, channel) == use.value
        text = planned.document.written(("channels", channel, "rates", rate) if channel else ("rates", rate))
        assert Fraction(text.removesuffix("%")) / 100 == use.value


# ---------------------------------------------------------------- intervals hold the truth as often as they claim


def agreement() -> Agreement:
    return build(parse(MADE).values)


def rate_of(leads: int, reached: int) -> MeasuredRate:
    item = Matured("lead_to_opp", "ads", Period(JANUARY, JANUARY), leads, reached, Duration(30, Unit.DAYS))
    return next(rate for rate in measured_rates(agreement(), [item]) if rate.channel == "ads")


@pytest.mark.parametrize("truth", [0.03, 0.1, 0.3, 0.5, 0.9])
@pytest.mark.parametrize("leads", [40, 200])
def test_intervals_of_rates_hold_the_truth_95_times_in_100(truth: float, leads: int) -> None:
    """Exactly: the chances of all counts whose interval holds the truth, added up; Wilson's is 95% on average over
    the truths, and never far from it (Brown, Cai, DasGupta, 2001: Interval Estimation for a Binomial Proportion).
    """
    chance = math.fsum(
        math.comb(leads, reached) * truth**reached * (1 - truth) ** (leads - reached)
        for reached in range(leads + 1)
        if (interval := wilson_interval(reached, leads))[0] <= truth <= interval[1]
    )

    assert 0.91 <= chance <= 0.985


def test_rates_that_are_true_are_named_five_times_in_100() -> None:
    """1,000 times 300 leads of a channel with a true rate of 30%, which is what is written."""
    chance = random.Random(3)
    named = sum(rate_of(300, sum(chance.random() < 0.3 for _ in range(300))).is_outside for _ in range(1000))

    assert 30 <= named <= 70


def test_too_few_leads_are_shown_and_never_judged_or_planned_with() -> None:
    rate = rate_of(29, 29)

    assert (29, Share(Fraction(30, 100)), None, False) == (rate.leads, rate.written, rate.use, rate.is_outside)


def test_intervals_of_a_mean_hold_the_truth_as_often_as_they_claim() -> None:
    """1,000 times 100 deals of a skew distribution with a mean of 1,000: between 93 and 97 in 100."""
    chance = random.Random(5)
    held = 0
    for _ in range(1000):
        deals = Counter(Fraction(round(1000 * chance.lognormvariate(-0.125, 0.5))) for _ in range(100))
        low, high = mean_interval(deals)
        held += low <= 1000 <= high

    assert 0.93 <= held / 1000 <= 0.97


def test_the_season_is_worked_out_by_hand() -> None:
    """80, 32 and 8 leads are 40 on average: 200%, 80% and 20%. 80 is 63 to 98 (the design's exact Poisson band)."""
    months = {JANUARY + place: count for place, count in enumerate((80, 32, 8))}
    season = season_of("lead", months, ())

    assert season is not None
    assert [2, Fraction(4, 5), Fraction(1, 5)] == list(season.weights.values())
    assert [(63 / 40, 98 / 40), (21 / 40, 44 / 40), (3 / 40, 14 / 40)] == list(season.intervals.values())
    assert not season.is_a_year
