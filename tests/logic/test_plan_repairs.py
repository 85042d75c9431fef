"""Ways out of contradictions in the reference agreement, each worked out by hand under all rules."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from checker.agreement import build
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import failing, plan_checks
from checker.logic.plan_conflict import Conflict, Way
from checker.logic.plan_inputs import PlanInputs, plan_inputs
from checker.logic.plan_repairs import all_conflicts
from checker.text import parse
from tests.reference import FOLDER

MAY_TEN = ("2027-03 to 2027-05: 8", "2027-03 to 2027-04: 8\n      2027-05: 10")
GOAL_48 = [("customers: 46", "customers: 48"), ("revenue: R$ 1380000", "revenue: R$ 1440000")]
GOAL_50 = [("customers: 46", "customers: 50"), ("revenue: R$ 1380000", "revenue: R$ 1500000")]
SEARCH_45 = ("      2027-01 to 2027-03: 30", "      2027-01 to 2027-03: 45")
MAY = "targets.customer.all.2027-05"
SEARCH = "targets.mql.organic_search.2027-01 to 2027-03"


def reference(*edits: tuple[str, str]) -> PlanInputs:
    whole = "\n".join(file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.yaml")))
    for old, new in edits:
        assert len(re.findall(re.escape(old), whole)) == 1, old
        whole = whole.replace(old, new)
    return plan_inputs(build(parse(whole).values))


def only_conflict(inputs: PlanInputs, *edited: str) -> Conflict:
    paths = {".".join(map(str, path)): path for path in inputs.numbers}
    [conflict] = all_conflicts(inputs, frozenset(paths[name] for name in edited)).found
    return conflict


def told(*ways: Way) -> list[dict[str, Fraction]]:
    return [{".".join(map(str, edit.path)): edit.new for edit in way} for way in ways]


def test_customers_and_revenue_both_raised_are_settled_by_no_single_line() -> None:
    """50 customers and R$ 1,500,000 agree with each other, and with nothing else: the smallest set is both."""
    conflict = only_conflict(reference(*GOAL_50))

    assert conflict.number is None
    assert [{"plan.customers": 46, "plan.revenue": 1380000}] == told(*conflict.together)


def test_a_raised_goal_that_is_kept_needs_five_lines() -> None:
    """June's customers 14 close from 56 opportunities of April to June, these take 70 SQLs: 20 more from prospecting
    (60 x 0.8 = 48 is too few), and five sellers open 12 and keep 23 each: 56 / 5 = 11.2, 112 / 5 = 22.4.
    """
    conflict = only_conflict(reference(*GOAL_50), "plan.customers", "plan.revenue")

    assert conflict.held == {("plan", "customers"), ("plan", "revenue")}
    assert [
        {
            "targets.customer.all.2027-06": 14,
            "targets.opportunity.all.2027-04 to 2027-06": 56,
            "targets.sql.prospecting.2027-01 to 2027-06": 30,
            "limit_per_seller.new_opportunities": 12,
            "limit_per_seller.open_opportunities": 23,
        }
    ] == told(*conflict.keeping)
    assert [{"plan.customers": 46, "plan.revenue": 1380000}] == told(*conflict.together)


def test_ten_customers_in_may_with_the_goal_raised_are_settled_by_no_single_line() -> None:
    """Vector B: with the goal at 48 May's 10 cannot go down alone, and March's 32 cannot go up alone, because the
    channels yield 32: 40 opportunities (10 / 25%) take 50 SQLs, 10 more from prospecting.
    """
    conflict = only_conflict(reference(MAY_TEN, *GOAL_48))

    assert conflict.number is None
    assert [
        {"targets.opportunity.all.2027-01 to 2027-03": 40, "targets.sql.prospecting.2027-01 to 2027-06": 20}
    ] == told(*conflict.together)


def test_may_and_the_goal_just_written_are_kept_or_all_taken_back() -> None:
    conflict = only_conflict(reference(MAY_TEN, *GOAL_48), MAY, "plan.customers", "plan.revenue")

    assert ("targets", "customer", "all", "2027-05") == conflict.number
    assert [
        {"targets.opportunity.all.2027-01 to 2027-03": 40, "targets.sql.prospecting.2027-01 to 2027-06": 20}
    ] == told(*conflict.keeping)
    assert [{MAY: 8, "plan.customers": 46, "plan.revenue": 1380000}] == told(*conflict.together)


def test_what_was_written_decides_which_number_is_kept() -> None:
    """20 opportunities: written just now they stay, and 8 customers become 5; else the customers are what is judged."""
    inputs = reference(
        ("opportunity:\n    all:\n      2027-01 to 2027-03: 32", "opportunity:\n    all:\n      2027-01 to 2027-03: 20")
    )
    written = only_conflict(inputs, "targets.opportunity.all.2027-01 to 2027-03")

    assert ("targets", "opportunity", "all", "2027-01 to 2027-03") == written.number
    assert written.fitting == 30
    assert [{"targets.customer.all.2027-03 to 2027-05": 5, "plan.customers": 37, "plan.revenue": 1110000}] == told(
        *written.keeping
    )


def test_several_written_lines_are_all_kept() -> None:
    """45 from search and a limit of 21 stay both: fairs bring 4, or search at most 39."""
    inputs = reference(SEARCH_45, ("handoffs: 22 a month", "handoffs: 21 a month"))
    conflict = only_conflict(inputs, SEARCH, "limit_per_seller.handoffs")

    assert [{"targets.mql.trade_fairs.2027-01 to 2027-03": 4}] == told(*conflict.keeping)
    assert SEARCH == ".".join(map(str, conflict.number or ()))
    assert conflict.fitting == 39


def test_a_lines_edit_that_has_nothing_to_do_with_it_changes_nothing() -> None:
    """The conflict is about search, whatever else was edited."""
    inputs = reference(SEARCH_45)
    without, beside = only_conflict(inputs), only_conflict(inputs, "plan.cost_per_customer")

    assert (without.number, without.fitting, told(*without.keeping)) == (
        beside.number,
        beside.fitting,
        told(*beside.keeping),
    )


@pytest.mark.parametrize("edits", [GOAL_50, [MAY_TEN, *GOAL_48], [SEARCH_45], [MAY_TEN]])
def test_every_way_out_holds_under_all_checks(edits: list[tuple[str, str]]) -> None:
    inputs = reference(*edits)
    conflict = only_conflict(inputs)
    for way in (*conflict.keeping, *conflict.together):
        changed = inputs.with_numbers({**inputs.numbers, **{edit.path: edit.new for edit in way}})

        assert failing(plan_checks(changed), DerivedPlan(changed)) == ()
        assert all_conflicts(changed).found == ()


def test_two_independent_contradictions_are_two_conflicts() -> None:
    """Search is too much for January's sellers; June's customers are too many for April's opportunities."""
    inputs = reference(SEARCH_45, ("2027-06: 10\n\nopened", "2027-06: 12\n\nopened"))
    found = all_conflicts(inputs).found

    assert {SEARCH, "targets.customer.all.2027-06"} == {".".join(map(str, item.number or ())) for item in found}


def test_a_rate_is_doubted_only_against_several_targets() -> None:
    """2% instead of 20% leads on to opportunities: no target alone would settle it, the rate would."""
    inputs = reference(
        ("sql_to_opportunity: 80%", "sql_to_opportunity: 8%"),
    )
    numbers = {item.number for item in all_conflicts(inputs).found}

    assert ("rates", "sql_to_opportunity") in numbers


def test_a_rate_of_nothing_ends_the_search_for_ways_out_before_it_has_tried_all() -> None:
    """0% of the visitors become leads: three lines of targets have nowhere to come from, each with many ways out."""
    found = all_conflicts(
        reference(
            ("18000 a month\n    rates:\n      visit_to_lead: 2%", "18000 a month\n    rates:\n      visit_to_lead: 0%")
        )
    ).found

    assert {True} == {conflict.is_cut_short for conflict in found if not (conflict.keeping or conflict.together)}
