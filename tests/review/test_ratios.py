"""Promises about two numbers of a month, worked out by hand: pipeline, cost, capacity, and the one channel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.funnel import DuckdbEngine
from checker.review.check import check
from checker.text import parse
from checker.verdict import Outlook, Result, Results, Status
from tests.funnel.made import BASE, MadeFunnel, agreement_of, instant

HEAD = """
format: sla/v1
agreement: Test
status: draft
language: en
currency: EUR
working_time:
  office: {timezone: America/Sao_Paulo, days: Monday to Friday, hours: "09:00 to 18:00"}
stages:
  mql: {team: marketing}
  opportunity: {team: sales, is: pipeline}
  customer: {team: sales, is: won}
handoff: {stage: mql, channel: The queue}
channels:
  search: {team: marketing, budget: € 3000 a month}
  fairs: {team: marketing, since: 2027-03, budget: € 1000 a month, rates: {opportunity_to_customer: 50%}}
  posts: {team: marketing}
  calls: {team: sales}
rates: {opportunity_to_customer: 25%}
plan:
  months: 2027-01 to 2027-06
  average_deal: € 5000
  pipeline_coverage: 3x
  cost_per_customer: at most € 2000
targets:
  customer: {all: {2027-01 to 2027-06: 2}}
sellers:
  ana: {}
  edu: {starts: 2027-03-01, ramp: [50%]}
limit_per_seller: {handoffs: 4 a month}
"""
PROMISES = {
    "pipeline": "both_promise:\n  it: {promise: Enough is open, measure: pipeline_coverage, target: as planned}\n",
    "cost": "marketing_promises:\n  it: {promise: Buy cheaply, measure: cost_per_customer, target: as planned}\n",
    "old cost": "marketing_promises:\n  it: {promise: Buy cheaply, measure: cost_per_customer, target: as planned, "
    "judged_after: 30 days}\n",
    "capacity": "marketing_promises:\n  it: {promise: No flood, measure: capacity_use, target: 100%}\n",
    "channel": "marketing_promises:\n  it: {promise: One way, measure: single_channel, target: 80%}\n",
}
EVENTS = ("became_mql", "handed_off", "first_personal_contact", "became_opportunity", "became_customer", "lost")
WHOLE = dict.fromkeys(EVENTS, (date(2027, 1, 1), date(2027, 6, 30)))
ALL_COLUMNS = (*BASE, "expected_closing", "through_channel")


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckdbEngine]:
    with DuckdbEngine() as engine:
        yield engine


def lead(**values: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name in EVENTS:
            found[f"at_{name}"] = instant(value)
            found[f"day_{name}"] = False
        else:
            found[name] = value
    return found


def checked(
    engine: DuckdbEngine,
    promise: str,
    leads: Sequence[Mapping[str, Any]],
    as_of: date = date(2027, 3, 31),
    base: Sequence[str] = ALL_COLUMNS,
    events: Sequence[str] = EVENTS,
    stand_ins: Mapping[str, str] | None = None,
) -> Results:
    everybody = [{"lead_id": f"L{number:03}", **values} for number, values in enumerate(leads)]
    everybody.append({"lead_id": "before", "at_became_mql": instant("2027-01-04 10:00")})
    kept = [
        {name: value for name, value in one.items() if name.partition("at_")[2] in ("", *events)} for one in everybody
    ]
    kept = [{name: value for name, value in one.items() if name.partition("day_")[2] in ("", *events)} for one in kept]
    text = HEAD + PROMISES[promise]
    funnel = MadeFunnel(engine, kept, events, {}, WHOLE, base=base, stand_ins=stand_ins)
    return check(agreement_of(text), parse(text), funnel, as_of).results


def of(results: Results, period: str = "2027-03") -> Result:
    (result,) = [result for result in results.results if result.period == period]
    return result


# ---------------------------------------------------------------- pipeline coverage


def opened(amount: int | None, **values: Any) -> dict[str, Any]:
    amounts = {} if amount is None else {"amount": Decimal(amount)}
    return lead(became_opportunity="2027-02-10 10:00", **amounts, **values)


@pytest.mark.parametrize(
    ("leads", "status", "value"),
    [
        # 3 times 2 customers of € 5000: € 30,000 have to close
        ([opened(10_000, became_customer="2027-03-05 10:00"), opened(20_000, lost="2027-03-31 17:00")], "met", 30_000),
        (
            [opened(10_000, became_customer="2027-03-05 10:00"), opened(19_999, lost="2027-03-31 17:00")],
            "missed",
            29_999,
        ),
        # closed in another month, never opened, or hoped for in a month that is over: no part of it
        ([opened(90_000, lost="2027-02-26 17:00")], "missed", 0),
        ([lead(became_customer="2027-03-05 10:00", amount=Decimal(90_000))], "missed", 0),
        ([opened(90_000, expected_closing=date(2027, 3, 30))], "missed", 0),
    ],
)
def test_what_closes_in_a_month_against_its_revenue(engine, leads, status, value):
    """Won and lost both count: what closes, times the win rate, is what is won. A hope that is over closes nothing."""
    result = of(checked(engine, "pipeline", leads))

    assert (status, value, 10_000, "multiple") == (result.status, result.numerator, result.denominator, result.unit)


def test_the_month_that_goes_on_counts_what_is_expected(engine):
    """On 15 March: one is won, one expected on the 31st; one of April, and none without a date, is no part of March."""
    leads = [
        opened(10_000, became_customer="2027-03-05 10:00"),
        opened(20_000, expected_closing=date(2027, 3, 31)),
        opened(50_000, expected_closing=date(2027, 4, 1)),
        opened(50_000, expected_closing=date(2029, 4, 1)),
    ]
    result = of(checked(engine, "pipeline", leads, date(2027, 3, 15)))

    assert (Status.OPEN, Outlook.ON_COURSE, 30_000, 3) == (
        result.status,
        result.outlook,
        result.numerator,
        result.actual,
    )


@pytest.mark.parametrize("without", [{}, {"expected_closing": date(2027, 3, 1)}])
def test_open_opportunities_without_a_day_ahead_of_them_say_nothing(engine, without):
    """One of three has no expected day, or one that is over: more than 3 in 10, so nobody knows what is open."""
    known = [opened(20_000, expected_closing=date(2027, 3, 31))] * 2
    result = of(checked(engine, "pipeline", [*known, opened(20_000, **without)], date(2027, 3, 15)))

    assert (Status.NOT_MEASURABLE, 1) == (result.status, result.cannot_tell)
    assert "1 of 3 leads do not say enough" == result.why


# ---------------------------------------------------------------- cost per customer


def test_the_budget_of_a_month_is_held_against_the_customers_of_its_opportunities(engine):
    """€ 3000 and € 1000: of 4 opportunities at 25% and 2 at 50% two customers are expected, at € 2000 each. A channel
    without a budget brings nothing here, and in February the fairs had not begun."""
    march = {"became_opportunity": "2027-03-10 10:00"}
    february = {"became_opportunity": "2027-02-10 10:00"}
    leads = [lead(channel="search", **march)] * 4 + [lead(channel="fairs", **march)] * 2
    leads += [lead(channel="posts", **march)] * 9 + [lead(channel="search", **february)] * 5
    results = checked(engine, "cost", leads)

    assert [(Status.MISSED, 3000, 1.25, 2400), (Status.MET, 4000, 2, 2000)] == [
        (result.status, result.numerator, result.denominator, result.actual)
        for result in (of(results, "2027-02"), of(results))
    ]
    assert "€4,000 for 2 expected customers, or €2,000 each" == of(results).why


def test_without_a_customer_any_money_is_too_much(engine):
    """No opportunity came of € 4000."""
    result = of(checked(engine, "cost", []))

    assert (Status.MISSED, None, "€4,000, and no customer is expected") == (result.status, result.actual, result.why)


def test_customers_that_came_are_counted_once_all_had_the_time_to(engine):
    """With `judged_after: 30 days`, February is judged on 30 March: who bought after 31 days is no customer of it."""
    days = ("2027-02-11 10:00", "2027-03-12 10:00", "2027-03-13 10:00")
    leads = [lead(channel="search", became_opportunity="2027-02-10 10:00", became_customer=day) for day in days]
    results = checked(engine, "old cost", leads)

    assert (Status.MET, 3000, 2, date(2027, 3, 30)) == (
        of(results, "2027-02").status,
        of(results, "2027-02").numerator,
        of(results, "2027-02").denominator,
        of(results, "2027-02").judged_on,
    )
    assert Status.OPEN is of(results).status


# ---------------------------------------------------------------- capacity


@pytest.mark.parametrize(
    ("march", "as_of", "status", "outlook"),
    [
        (6, date(2027, 3, 31), Status.MET, None),
        (7, date(2027, 3, 31), Status.MISSED, None),
        # on 12 March 10 of 23 working days are gone: 2.6 of the 6
        (2, date(2027, 3, 12), Status.OPEN, Outlook.ON_COURSE),
        (3, date(2027, 3, 12), Status.OPEN, Outlook.AT_RISK),
        (7, date(2027, 3, 12), Status.OPEN, Outlook.LOST),
    ],
)
def test_leads_against_what_the_sellers_can_take(engine, march, as_of, status, outlook):
    """In March one seller takes 4, and the new one half of that."""
    result = of(checked(engine, "capacity", [lead(handed_off="2027-03-02 10:00")] * march, as_of))

    assert (status, outlook, march, 6) == (result.status, result.outlook, result.numerator, result.denominator)


# ---------------------------------------------------------------- the one channel


def test_leads_that_sales_worked_on_without_a_handoff_came_by_another_way(engine):
    """Four were handed over; one was only called, in March. Leads of sales' own channel are not asked about."""
    leads = [lead(channel="search", handed_off="2027-03-02 10:00")] * 4
    leads += [lead(channel="posts", first_personal_contact="2027-03-03 10:00")]
    leads += [lead(channel="calls", first_personal_contact="2027-03-03 10:00")] * 7
    result = of(checked(engine, "channel", leads, base=tuple(BASE)))

    assert (Status.MET, 4, 5, 1) == (result.status, result.numerator, result.denominator, result.offender_count)


def test_a_column_tells_what_was_entered_by_hand(engine):
    """Three of four that have a handoff came through the channel, as the column says."""
    ways = (True, True, True, False)
    leads = [lead(channel="search", handed_off="2027-03-02 10:00", through_channel=way) for way in ways]
    result = of(checked(engine, "channel", leads))

    assert (Status.MISSED, 3, 4, ("L003",)) == (
        result.status,
        result.numerator,
        result.denominator,
        result.offenders,
    )


# ---------------------------------------------------------------- what the data lacks


@pytest.mark.parametrize(
    ("promise", "lacks", "why", "unlock"),
    [
        (
            "pipeline",
            "expected_closing",
            "the data does not hold `expected_closing`",
            "a column for `expected_closing`",
        ),
        ("pipeline", "amount", "the data does not hold `amount`", "a column for `amount`"),
        ("pipeline", "lost", "the data holds no losses", "a column for `lost`"),
        ("cost", "channel", "the data does not hold `channel`", "a column for `channel`"),
        (
            "cost",
            "became_opportunity",
            "the data holds no arrivals at the stage opportunity",
            "a column for `became_opportunity`",
        ),
        ("capacity", "handed_off", "the data holds no handoffs", "a column for `handed_off`"),
        ("channel", "handed_off", "the data holds no handoffs", "a column for `handed_off`"),
        ("channel", "channel", "the data does not hold `channel`", "a column for `channel`"),
    ],
)
def test_what_cannot_be_told_says_what_would_unlock_it(engine, promise, lacks, why, unlock):
    """A column that is not there is named."""
    leads = [opened(1000, handed_off="2027-03-02 10:00")]
    (result,) = checked(
        engine,
        promise,
        leads if lacks != "amount" else [],
        base=[name for name in ALL_COLUMNS if name != lacks],
        events=[event for event in EVENTS if event != lacks],
    ).results

    assert (Status.NOT_MEASURABLE, why) == (result.status, result.why)
    assert result.unlock is not None
    assert unlock == result.unlock.text.replace("{names}", unlock.removeprefix("a column for "))


def test_a_stand_in_does_not_tell_one_way_from_another(engine):
    """Where the handoff is read off another event, only a column can tell how a lead came."""
    leads = [lead(channel="search", handed_off="2027-03-02 10:00")]
    (result,) = checked(engine, "channel", leads, base=tuple(BASE), stand_ins={"handed_off": "became_mql"}).results

    assert "the data does not tell handoffs from leads that came by another way" == result.why


# ---------------------------------------------------------------- one row after the other

DAYS = st.dates(date(2027, 1, 4), date(2027, 4, 30))
DRAWN = st.fixed_dictionaries(
    {
        "became_opportunity": st.none() | DAYS,
        "became_customer": st.none() | DAYS,
        "lost": st.none() | DAYS,
        "expected_closing": st.none() | DAYS,
        "amount": st.none() | st.integers(0, 9),
        "channel": st.none() | st.sampled_from(["search", "fairs", "posts", "calls"]),
    }
)
AS_OF = date(2027, 3, 15)


def as_lead(drawn: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in drawn.items() if value is not None}
    if "amount" in told:
        told["amount"] = Decimal(told["amount"])
    return lead(**{name: f"{value} 10:00" if name in EVENTS else value for name, value in told.items()})


def closes_in(drawn: Mapping[str, Any], year_and_month: tuple[int, int]) -> bool:
    """Whether an opportunity closes in a month, as things stood on the day of judging."""
    happened = {name: day for name, day in drawn.items() if name in EVENTS and day is not None and day <= AS_OF}
    if "became_opportunity" not in happened:
        return False
    day = happened.get("became_customer") or happened.get("lost")
    if day is None and drawn["expected_closing"] is not None and drawn["expected_closing"] >= AS_OF:
        day = drawn["expected_closing"]
    return day is not None and (day.year, day.month) == year_and_month


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DRAWN, max_size=12))
def test_sums_of_what_closes(engine, drawn):
    """In a month that is over, and in the one that goes on: the amounts added up one lead after the other."""
    results = checked(engine, "pipeline", [as_lead(one) for one in drawn], AS_OF)
    for month in (2, 3):
        result = of(results, f"2027-0{month}")
        expected = sum(one["amount"] or 0 for one in drawn if closes_in(one, (2027, month)))

        assert expected == result.numerator


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DRAWN, max_size=12))
def test_customers_of_the_cohorts_of_paid_channels(engine, drawn):
    """Those opened in a month who bought within 30 days, by dates: the last one is the 30th day after."""
    results = checked(engine, "old cost", [as_lead(one) for one in drawn], AS_OF)
    for month, paid in ((1, {"search"}), (2, {"search"}), (3, {"search", "fairs"})):
        expected = 0
        for one in drawn:
            start, stop = one["became_opportunity"], one["became_customer"]
            if one["channel"] in paid and start and start.month == month and start <= AS_OF and stop and stop <= AS_OF:
                expected += stop <= start + timedelta(days=30)

        assert expected == of(results, f"2027-0{month}").denominator
