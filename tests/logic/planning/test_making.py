"""Plans made from goals and from leads: the design's vectors in both directions, and limits worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checker.agreement import Agreement, build
from checker.errors import NothingToPlan
from checker.logic.plan import largest_remainder
from checker.logic.plan_checks import Kind
from checker.logic.plan_inputs import PlanInputs, plan_inputs
from checker.logic.planning.anchors import Anchors, Basis, budget_anchors, even_anchors, given_anchors, written_anchors
from checker.logic.planning.limits import reach
from checker.logic.planning.making import customers_for, plan_for, plan_from, smallest
from checker.quantity import Month
from checker.text import parse, read
from tests.reference import FOLDER

JANUARY = Month(2027, 1)
HALF_YEAR = [JANUARY + offset for offset in range(6)]


@pytest.fixture(scope="module")
def reference() -> PlanInputs:
    return plan_inputs(build(read(FOLDER).values))


def agreement(text: str) -> Agreement:
    return build(parse(text).values)


def as_written(inputs: PlanInputs) -> Anchors:
    anchors = written_anchors(inputs)
    assert anchors is not None
    return anchors


# ---------------------------------------------------------------- vectors A, C and D of the design


def test_vector_a_backward_from_the_goal(reference: PlanInputs) -> None:
    """R$ 1,380,000 take 46 customers, 6 6 8 8 8 10, from 32 32 32 40 opportunities two months before each."""
    made = plan_for(reference, as_written(reference), customers_for(reference, Fraction(1380000)))
    opened = [8 / Fraction("0.25")] * 3 + [10 / Fraction("0.25")]

    assert made.customers == 46
    assert made.revenue == 1380000
    assert [made.plan.whole("customer", month) for month in HALF_YEAR] == [6, 6, 8, 8, 8, 10]
    assert opened == [made.plan.number("opportunity", month) for month in HALF_YEAR[:4]]
    # January: 40 SQLs of which 10 are prospecting's, 80 MQLs, 400 leads, 15,000 visits
    january = [made.plan.whole(stage, JANUARY) for stage in ("visit", "lead", "mql", "sql", "opportunity")]
    assert january == [15000, 400, 80, 40, 32]
    assert made.plan.whole("sql", JANUARY, "prospecting") == 10


def test_vector_a_forward_from_the_leads(reference: PlanInputs) -> None:
    """The written MQLs bring 46 customers and R$ 1,380,000."""
    made = plan_from(reference, as_written(reference))

    assert (46, Fraction(1380000)) == (made.customers, made.revenue)
    assert [made.plan.whole("customer", month) for month in HALF_YEAR] == [6, 6, 8, 8, 8, 10]


def test_vector_a_is_within_all_limits(reference: PlanInputs) -> None:
    """Sellers are used at 91% at most, and 80 of 100 opportunities are open: nothing binds."""
    made = plan_for(reference, as_written(reference), 46)
    reached = reach(reference, as_written(reference), made)

    assert ((), 46, None) == (reached.limits, reached.most, reached.first)


def spread_over_three_months() -> PlanInputs:
    text = "\n".join(
        file.read_text(encoding="utf-8").replace(
            "sales_cycle: 2 months", "sales_cycle: {1 month: 10%, 2 months: 60%, 3 months: 30%}"
        )
        for file in sorted(FOLDER.glob("*.yaml"))
    ).replace("  2026-11: 24", "  2026-10: 24\n  2026-11: 24")
    return plan_inputs(agreement(text))


def test_vector_c_forward_spreads_the_sales_cycle() -> None:
    """10/60/30%: of the opportunities 24 24 24 32 32 32 40 40 40 come 6.0 6.2 7.4 8.0 8.2 9.4 customers."""
    inputs = spread_over_three_months()
    made = plan_from(inputs, as_written(inputs))
    opened = [24, 24, 24, 32, 32, 32, 40, 40, 40]
    by_hand = [
        Fraction(1, 4)
        * (Fraction(1, 10) * opened[m - 1] + Fraction(6, 10) * opened[m - 2] + Fraction(3, 10) * opened[m - 3])
        for m in range(3, 9)
    ]

    assert [Fraction(x) for x in ("6", "6.2", "7.4", "8", "8.2", "9.4")] == by_hand
    assert by_hand == [made.plan.follows("customer", month) for month in HALF_YEAR]
    assert [made.plan.whole("customer", month) for month in HALF_YEAR] == [6, 6, 7, 8, 8, 9]


def test_vector_c_backward_takes_more_opportunities_for_the_same_goal() -> None:
    """46 customers instead of the 45.2 that follow: all months grow alike, and no month is above what closes in it."""
    inputs = spread_over_three_months()
    made = plan_for(inputs, as_written(inputs), 46)
    written = [made.plan.whole("customer", month) or 0 for month in HALF_YEAR]
    follows = [made.plan.follows("customer", month) or Fraction(0) for month in HALF_YEAR]

    assert sum(written) == 46
    assert all(number <= most + Fraction(1, 2) for number, most in zip(written, follows, strict=True))
    assert 1 < made.scale < Fraction("1.1")


RATES = """
format: sla/v1
agreement: Rates
stages: {a: {team: x}, b: {team: x}, c: {team: x}, d: {team: x, is: pipeline}, e: {team: x, is: won}}
rates: {a_to_b: 10%, b_to_c: 85%, c_to_d: 60%, d_to_e: 30%}
plan: {months: 2027-01}
targets: {a: {all: {2027-01: 1000}}}
"""


def test_vector_d_forward() -> None:
    """1,000 visits at 10%, 85%, 60% and 30% make 15.3 customers: 15."""
    inputs = plan_inputs(agreement(RATES))
    made = plan_from(inputs, as_written(inputs))

    assert Fraction("15.3") == made.plan.follows("e", JANUARY)
    assert made.customers == 15


def test_vector_d_backward() -> None:
    """15 customers are 15 / (.10 x .85 x .60 x .30) = 980.4 visits; 980 bring 14.99, which is 15 in whole ones."""
    inputs = plan_inputs(agreement(RATES))
    made = plan_for(inputs, as_written(inputs), 15)

    assert round(15 / Fraction("0.0153"), 1) == Fraction("980.4")
    assert {("a", "all"): {JANUARY: 980}, ("e", "all"): {JANUARY: 15}} == made.targets


def test_largest_remainders_are_those_of_the_textbook() -> None:
    """Hamilton's method on the textbook's parties: 47,000 16,000 15,800 12,000 6,100 3,100 votes for ten seats are
    5 2 1 1 1 0 (Wikipedia, "Largest remainder method", with the Hare quota).
    """
    votes = {"yellows": 47000, "whites": 16000, "reds": 15800, "greens": 12000, "blues": 6100, "pinks": 3100}
    shares = {party: Fraction(10 * count, sum(votes.values())) for party, count in votes.items()}

    assert {"yellows": 5, "whites": 2, "reds": 1, "greens": 1, "blues": 1, "pinks": 0} == largest_remainder(shares)


# ---------------------------------------------------------------- where numbers come from


def test_without_targets_the_channels_share_by_budget() -> None:
    """Budgets of 2,000 and 1,000 and a channel without one, which gets the mean: 4 : 2 : 3 of 90 opportunities."""
    inputs = plan_inputs(
        agreement("""
format: sla/v1
agreement: Budgets
stages: {lead: {team: m}, opp: {team: s, is: pipeline}, won: {team: s, is: won}}
rates: {lead_to_opp: 50%, opp_to_won: 10%}
channels:
  ads: {team: m, budget: 2000 a month}
  fairs: {team: m, budget: 1000 a month}
  calls: {team: s}
plan: {months: 2027-01}
handoff: {stage: lead, channel: CRM}
""")
    )
    anchors = even_anchors(inputs)
    made = plan_for(inputs, anchors, 9)

    assert anchors.basis is Basis.BUDGETS
    assert {"ads": 80, "fairs": 40, "calls": 60} == {
        channel: made.targets["lead", channel][JANUARY] for channel in ("ads", "fairs", "calls")
    }


def test_budgets_bring_what_keeps_a_customer_within_its_cost(reference: PlanInputs) -> None:
    """Articles: 18,000 / (12,000 x 25%) = 6 opportunities, 7.5 SQLs, 15 MQLs; search ads: 6.67, 8.33, 33.3."""
    made = plan_from(reference, budget_anchors(reference))

    assert [15] * 6 == list(made.targets["mql", "organic_search"].values())
    assert [33] * 6 == list(made.targets["mql", "paid_search"].values())


def test_a_season_weighs_months_against_an_ordinary_one(reference: PlanInputs) -> None:
    """200% for April: twice the mean of the other months, in each channel."""
    anchors = as_written(reference).in_season({Month(2027, 4): Fraction(2)})
    numbers = anchors.numbers["mql", "organic_search"]

    assert [35, 35, 35, 70, 35, 35] == [numbers[month] for month in HALF_YEAR]


def test_given_numbers_fill_months_from_their_neighbour(reference: PlanInputs) -> None:
    """A table with January and March alone: February is as January, April to June are as March."""
    given = {("visit", "organic_search"): {JANUARY: Fraction(9000), Month(2027, 3): Fraction(6000)}}
    anchors = given_anchors(reference, given, with_others=True)

    assert [9000, 9000, 6000, 6000, 6000, 6000] == list(anchors.numbers["visit", "organic_search"].values())
    assert [20] * 6 == list(anchors.numbers["mql", "paid_search"].values())


# ---------------------------------------------------------------- what stands in the way


def test_the_first_limit_is_found_by_trying_every_goal(reference: PlanInputs) -> None:
    """The most that can be reached is what trying 47, 48, 49 … one by one finds, and the sellers of May bind then."""
    anchors = as_written(reference)
    one_by_one = next(
        goal - 1
        for goal in range(47, 80)
        if any(
            limit.kind is Kind.HANDOFFS
            for limit in reach(reference, anchors, plan_for(reference, anchors, goal)).limits
        )
    )
    reached = reach(reference, anchors, plan_for(reference, anchors, 60))

    assert one_by_one == reached.most
    assert reached.first is not None
    assert (Kind.HANDOFFS, Month(2027, 5)) == (reached.first.kind, reached.first.month)


def test_what_would_unlock_it_is_enough_and_less_is_not(reference: PlanInputs) -> None:
    """January: 120 leads, 4.25 sellers take 93.5. Two more take 137.5, one 115.5; at 29 each 123, at 28 119."""
    anchors = as_written(reference)
    limits = reach(reference, anchors, plan_for(reference, anchors, 60)).limits
    limit = next(limit for limit in limits if limit.kind is Kind.HANDOFFS)

    assert limit.month == JANUARY
    assert (Fraction(120), Fraction("93.5")) == (limit.needed, limit.allowed)
    assert (2, 29) == (limit.more_sellers, limit.per_seller_needed)
    assert Fraction("4.25") * 28 < 120 <= Fraction("4.25") * 29


def test_a_goal_below_what_is_open_is_none(reference: PlanInputs) -> None:
    with pytest.raises(NothingToPlan) as told:
        plan_for(reference, as_written(reference), 12)

    assert told.value.message.arguments["count"] == 12


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rates: {a_to_b: 10%, b_to_c: 85%, c_to_d: 60%, d_to_e: 30%}", "rates: {a_to_b: 10%}", "rate"),
        ("plan: {months: 2027-01}", "plan: {months: 2027-01, sales_cycle: 2 months}", "opened_before_plan"),
        (", is: won", "", "is: won"),
    ],
)
def test_what_is_missing_is_named(old: str, new: str, said: str) -> None:
    inputs = plan_inputs(agreement(RATES.replace(old, new)))

    with pytest.raises(NothingToPlan) as told:
        plan_for(inputs, as_written(inputs), 15)

    assert said in told.value.message.text + str(told.value.message.arguments)


@pytest.mark.parametrize("least", [0, 1, 2, 3, 7, 100, 4097])
def test_the_smallest_number_is_found_by_doubling(least: int) -> None:
    assert least == smallest(lambda number: number >= least)
