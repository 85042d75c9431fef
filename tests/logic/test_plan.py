"""The plan's arithmetic against the design's vectors, each worked out here without the code under test."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.agreement import Agreement, build
from checker.logic.plan import DerivedPlan, closing_in, derive, largest_remainder, round_half_up
from checker.logic.plan_checks import Kind, failing, plan_checks
from checker.logic.plan_inputs import plan_inputs
from checker.logic.plan_repairs import conflicts
from checker.quantity import Month
from checker.text import parse, read
from tests.reference import FOLDER

JANUARY = Month(2027, 1)
HALF_YEAR = [JANUARY + offset for offset in range(6)]


@pytest.fixture(scope="module")
def reference() -> Agreement:
    return build(read(FOLDER).values)


def agreement(text: str) -> Agreement:
    return build(parse(text).values)


# ---------------------------------------------------------------- vector A, by hand


VISIT_RATES = {"organic_search": 0.02, "paid_search": 0.02, "email_webinars": 0.04}
SQL_RATES = {"organic_search": 0.5, "paid_search": 0.25, "email_webinars": 0.25, "trade_fairs": 0.5}
MQLS = {
    "organic_search": [30, 30, 30, 40, 40, 40],
    "paid_search": [20] * 6,
    "email_webinars": [20] * 6,
    "trade_fairs": [10, 10, 10, 20, 20, 20],
}
SELLERS = [4.25, 4.5, 4.75, 5, 5, 5]


def by_hand(month: int) -> dict[str, float]:
    """The numbers of one month (0 is January) from the decisions alone, in plain floating point."""
    mqls = {channel: numbers[month] for channel, numbers in MQLS.items()}
    sqls = sum(mqls[channel] * rate for channel, rate in SQL_RATES.items()) + 10
    return {
        "visit": sum(mqls[channel] / 0.2 / rate for channel, rate in VISIT_RATES.items()),
        "lead": sum(mqls.values()) / 0.2,
        "mql": sum(mqls.values()),
        "sql": sqls,
        "opportunity": sqls * 0.8,
    }


@pytest.mark.parametrize("month", range(6))
def test_numbers_that_are_not_written_follow_from_the_rates(reference: Agreement, month: int) -> None:
    """Vector A: 15,000 visits, 400 leads, 80 MQLs, 40 SQLs and 32 opportunities in January."""
    plan = derive(reference)
    expected = by_hand(month)

    assert {stage: pytest.approx(number) for stage, number in expected.items()} == {
        stage: float(plan.number(stage, HALF_YEAR[month]) or 0) for stage in expected
    }


def test_vector_a_has_the_published_totals(reference: Agreement) -> None:
    """January: 15,000 / 400 / 80 / 40 / 32; customers 6 6 8 8 8 10; revenue 1,380,000."""
    plan = derive(reference)

    assert [plan.number(stage, JANUARY) for stage in plan.stages[:-1]] == [15000, 400, 80, 40, 32]
    assert [plan.number("customer", month) for month in HALF_YEAR] == [6, 6, 8, 8, 8, 10]
    assert [plan.follows("customer", month) for month in HALF_YEAR] == [6, 6, 8, 8, 8, 10]
    assert sum(plan.revenue(month) or 0 for month in HALF_YEAR) == 1380000


def test_seller_use_open_stock_and_cost_are_those_of_vector_a(reference: Agreement) -> None:
    """86 81 77 91 91 91% of the handoffs; 56 to 80 open of 85 to 100; R$ 9,667 then R$ 7,250 a customer."""
    inputs = plan_inputs(reference)
    plan = derive(reference)
    sides = {(check.kind, check.month): check.compute(plan) for check in plan_checks(inputs) if check.month is not None}

    def ratio(kind: Kind) -> list[int]:
        found = [sides[kind, month] for month in HALF_YEAR]
        return [round(float(side.actual / side.high) * 100) for side in found if side and side.high]

    def actual(kind: Kind) -> list[int]:
        return [round(side.actual) for month in HALF_YEAR if (side := sides[kind, month])]

    assert ratio(Kind.HANDOFFS) == [86, 81, 77, 91, 91, 91]
    assert actual(Kind.OPEN_OPPORTUNITIES) == [56, 64, 64, 72, 80, 80]
    assert [side.high for month in HALF_YEAR if (side := sides[Kind.OPEN_OPPORTUNITIES, month])] == [
        85,
        90,
        95,
        100,
        100,
        100,
    ]
    costs = [sides[Kind.COST, month] for month in HALF_YEAR]
    assert [9667, 9667, 9667, 7250, 7250, 7250] == [
        round(12000 * side.actual / side.high) for side in costs if side and side.high
    ]
    assert [float(inputs.working_sellers(month)) for month in HALF_YEAR] == SELLERS


def test_the_reference_agreement_holds(reference: Agreement) -> None:
    """Every check of vector A passes."""
    inputs = plan_inputs(reference)

    assert failing(plan_checks(inputs), derive(reference)) == ()


# ---------------------------------------------------------------- vector B


def test_vector_b_finds_the_opportunities_and_the_win_rate_behind_the_customers_of_may(reference: Agreement) -> None:
    """May's customers 8 -> 10: the conflict is March's opportunities, the win rate and the lag, then the totals."""
    text = (FOLDER / "targets.yaml").read_text(encoding="utf-8")
    split = text.replace("2027-03 to 2027-05: 8", "2027-03 to 2027-04: 8\n      2027-05: 10")
    whole = "\n".join(
        split if file.name == "targets.yaml" else file.read_text(encoding="utf-8")
        for file in sorted(FOLDER.glob("*.yaml"))
    )
    inputs = plan_inputs(agreement(whole))

    [conflict] = conflicts(inputs)

    assert conflict.number == ("targets", "customer", "all", "2027-05")
    assert conflict.fitting == 8
    assert [(Kind.LAG, Month(2027, 5)), (Kind.GOAL_CUSTOMERS, None), (Kind.GOAL_REVENUE, None)] == [
        (check.kind, check.month) for check, _ in conflict.broken
    ]


# ---------------------------------------------------------------- vectors C and D


def test_vector_c_spreads_the_sales_cycle(reference: Agreement) -> None:
    """10/60/30% after 1, 2, 3 months: March to June 7.4, 8.0, 8.2, 9.4."""
    whole = "\n".join(
        file.read_text(encoding="utf-8").replace(
            "sales_cycle: 2 months", "sales_cycle: {1 month: 10%, 2 months: 60%, 3 months: 30%}"
        )
        for file in sorted(FOLDER.glob("*.yaml"))
    )
    spread = agreement(whole)
    plan = derive(spread)
    opened = {11: 24, 12: 24, 13: 32, 14: 32, 15: 32, 16: 40, 17: 40, 18: 40}
    by_hand = [0.25 * (0.1 * opened[m - 1] + 0.6 * opened[m - 2] + 0.3 * opened[m - 3]) for m in (15, 16, 17, 18)]

    assert [pytest.approx(number) for number in by_hand] == [7.4, 8.0, 8.2, 9.4]
    assert by_hand == [pytest.approx(float(plan.follows("customer", month) or 0)) for month in HALF_YEAR[2:]]
    late = [check.month for check, _ in failing(plan_checks(plan.inputs), plan) if check.kind is Kind.LAG]
    assert [Month(2027, 3), Month(2027, 6)] == late


def test_vector_d_closes_the_published_pipeline() -> None:
    """Kellblog's example: opportunities of seven quarters times their share that closes now make 42.7 deals."""
    opened = [325, 225, 250, 225, 200, 175, 150]
    shares = ["0.015", "0.031", "0.07", "0.033", "0.02", "0.011", "0"]
    now = Month(2027, 1)

    closed = closing_in(
        now,
        {lag: Fraction(share) for lag, share in enumerate(shares)},
        lambda quarter: Fraction(opened[now - quarter]),
    )

    assert Fraction("42.7") == closed


def test_vector_d_multiplies_rates() -> None:
    """1,000 visits at 10%, 85%, 60% and 30% make 15.3 customers."""
    plan = derive(
        agreement(
            """
format: sla/v1
agreement: Rates
stages: {a: {team: x}, b: {team: x}, c: {team: x}, d: {team: x}, e: {team: x}}
rates: {a_to_b: 10%, b_to_c: 85%, c_to_d: 60%, d_to_e: 30%}
targets: {a: {all: {2027-01: 1000}}}
"""
        )
    )

    assert Fraction("15.3") == plan.number("e", JANUARY)


# ---------------------------------------------------------------- what follows


def test_written_totals_win_over_what_the_channels_yield(reference: Agreement) -> None:
    """Customers follow from the written 32 opportunities; what the channels alone yield is kept beside it."""
    text = (
        (FOLDER / "targets.yaml")
        .read_text(encoding="utf-8")
        .replace("2027-01 to 2027-03: 30", "2027-01 to 2027-03: 45")
    )
    whole = "\n".join(
        text if file.name == "targets.yaml" else file.read_text(encoding="utf-8")
        for file in sorted(FOLDER.glob("*.yaml"))
    )
    plan = derive(agreement(whole))

    expected: dict[str, Fraction | None] = {"lead": Fraction(475), "opportunity": Fraction(32)}
    assert expected == {stage: plan.number(stage, JANUARY) for stage in expected}
    assert plan.alone("opportunity", JANUARY) == 38
    assert [8, Fraction("9.5")] == [plan.follows("customer", Month(2027, 3)), plan.alone("customer", Month(2027, 3))]


def test_a_channel_that_starts_later_has_no_earlier_numbers(reference: Agreement) -> None:
    plan = derive(reference)

    assert [plan.number(stage, JANUARY, "prospecting") for stage in plan.stages[:-1]] == [None, None, None, 10, 8]


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.fractions(0, 50), min_size=1, max_size=8))
def test_whole_numbers_add_up_to_the_rounded_total(parts: dict[str, Fraction]) -> None:
    """Largest remainder: each part is off by less than one, and nothing is lost in the sum."""
    whole = largest_remainder(parts)

    assert sum(whole.values()) == round_half_up(sum(parts.values(), Fraction(0)))
    assert all(abs(whole[name] - number) < 1 for name, number in parts.items())


percent = st.integers(1, 100)


@given(
    mqls=st.lists(st.integers(0, 400), min_size=1, max_size=4),
    rates=st.lists(st.tuples(percent, percent), min_size=4, max_size=4),
)
def test_forward_and_backward_agree_with_plain_multiplication(mqls: list[int], rates: list[tuple[int, int]]) -> None:
    """Whatever the channels and rates: leads are MQLs by division, SQLs by multiplication, totals their sum."""
    channels = {
        f"c{index}": {"team": "m", "rates": {"lead_to_mql": f"{first}%", "mql_to_sql": f"{second}%"}}
        for index, (first, second) in enumerate(rates[: len(mqls)])
    }
    built = build(
        {
            "format": "sla/v1",
            "agreement": "Any",
            "stages": {"lead": {"team": "m"}, "mql": {"team": "m"}, "sql": {"team": "s"}},
            "channels": channels,
            "targets": {"mql": {f"c{index}": {"2027-01": number} for index, number in enumerate(mqls)}},
        }
    )
    plan = derive(built)

    assert built.problems == ()
    assert sum(mqls) == plan.number("mql", JANUARY)
    assert sum(Fraction(n * 100, first) for n, (first, _) in zip(mqls, rates, strict=False)) == plan.number(
        "lead", JANUARY
    )
    assert sum(Fraction(n * second, 100) for n, (_, second) in zip(mqls, rates, strict=False)) == plan.number(
        "sql", JANUARY
    )


# ---------------------------------------------------------------- repairs


def kinds_after_repair(base: Agreement, held: str, value: int) -> set[Kind]:
    """The kinds of checks that still fail after writing a value and then taking the first way out of each conflict."""
    inputs = plan_inputs(base)
    path = next(path for path in inputs.numbers if ".".join(map(str, path)) == held)
    changed = inputs.with_number(path, Fraction(value))
    for conflict in conflicts(changed, frozenset([path])):
        if conflict.keeping:
            for edit in conflict.keeping[0]:
                changed = changed.with_number(edit.path, edit.new)
        elif conflict.number is not None and conflict.fitting is not None:
            changed = changed.with_number(conflict.number, conflict.fitting)
    return {check.kind for check, _ in failing(plan_checks(changed), DerivedPlan(changed))}


@given(
    held=st.sampled_from(
        [
            "targets.mql.organic_search.2027-01 to 2027-03",
            "targets.customer.all.2027-03 to 2027-05",
            "targets.opportunity.all.2027-01 to 2027-03",
            "plan.customers",
        ]
    ),
    value=st.integers(1, 120),
)
def test_every_offered_repair_holds_under_all_checks(reference: Agreement, held: str, value: int) -> None:
    """Whatever is written: taking the offered way out leaves no check broken."""
    after = kinds_after_repair(reference, held, value)

    assert after == set()


def test_the_largest_number_that_fits_is_offered(reference: Agreement) -> None:
    """45 MQLs from search are too many for January's sellers; 43 is the most, found here by trying each number."""
    inputs = plan_inputs(reference)
    path = ("targets", "mql", "organic_search", "2027-01 to 2027-03")
    checks = plan_checks(inputs)
    fits = [
        number
        for number in range(30, 46)
        if not failing(checks, DerivedPlan(inputs.with_number(path, Fraction(number))))
    ]

    [conflict] = conflicts(inputs.with_number(path, Fraction(45)))

    assert path == conflict.number
    assert max(fits) == conflict.fitting
    assert [way[0].path for way in conflict.keeping] == [
        ("limit_per_seller", "handoffs"),
        ("sellers", "edu", "ramp", 0),
    ]
    assert [23, Fraction("0.32")] == [way[0].new for way in conflict.keeping]
