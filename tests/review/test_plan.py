"""Plans in an agreement's text: what is written holds under all rules, and every other letter stays as it is."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import NothingToPlan, WrongUsage
from checker.finding import Place, Severity
from checker.logic.plan_checks import Kind
from checker.logic.planning.anchors import Basis
from checker.logic.planning.limits import uses_of
from checker.logic.planning.planned import Planned, PlanWish, RateWish
from checker.quantity import Month
from checker.review.plan import make_plan
from checker.review.validate import validate
from checker.rules.catalogue import all_rules
from checker.text import parse, read
from checker.text.document import Document
from checker.text.target_table import TargetRow
from tests.logic.planning.forward import by_month, customers
from tests.reference import FOLDER

PLAN_RULES = tuple(rule for rule in all_rules() if rule.code.startswith("SLA2"))


def text_of(document: Document) -> str:
    return "".join(document.text(name) for name in document.files)


# ---------------------------------------------------------------- the law: plan, write, validate

percent = st.integers(5, 95)


@st.composite
def agreements(draw: st.DrawFn) -> tuple[str, int]:
    """An agreement with random channels, rates, cycle and season, and a goal of four customers a month or more."""
    months = draw(st.integers(4, 8))
    lag = draw(st.integers(0, 2))
    is_spread = draw(st.booleans())
    goal = draw(st.integers(4 * months, 60 * months))
    win = draw(st.integers(5, 60))
    channels = [f"c{number}" for number in range(draw(st.integers(1, 4)))]
    lines = ["format: sla/v1", "agreement: Any", "handoff: {stage: mql, channel: CRM}", "stages:"]
    lines += ["  lead: {team: m}", "  mql: {team: m}", "  opp: {team: s, is: pipeline}", "  won: {team: s, is: won}"]
    lines += [f"plan:\n  months: 2027-01 to 2027-{months:02d}   # the whole plan\n  revenue: 1   # what we want"]
    lines += ["  average_deal: 250"]
    spread = {1: "30%", 2: "70%"} if lag == 2 else {0: "40%", 1: "60%"}
    if is_spread and lag:
        lines += ["  sales_cycle: {" + ", ".join(f"{_months(m)}: {part}" for m, part in spread.items()) + "}"]
    elif lag:
        lines += [f"  sales_cycle: {_months(lag)}"]
    lines += ["channels:"]
    for channel in channels:
        start = draw(st.sampled_from(["lead", "mql"]))
        own = f", rates: {{lead_to_mql: {draw(percent)}%}}" if start == "lead" else ""
        lines += [f"  {channel}: {{team: m, starts_at: {start}{own}}}"]
    lines += ["rates:", f"  mql_to_opp: {draw(percent)}%   # for all", f"  opp_to_won: {win}%"]
    # as many as the goal takes on average, so that no month jumps
    opened = round(goal / months / win * 100)
    if lag:
        lines += ["opened_before_plan:", *(f"  2026-{12 - age}: {opened}" for age in range(lag))]
    if draw(st.booleans()):
        lines += ["targets:", "  mql:"]
        for channel in channels:
            half = months // 2
            first = draw(st.integers(20, 40))
            lines += [f"    {channel}:   # our best", f"      2027-01 to 2027-{half:02d}: {first}   # winter"]
            lines += [f"      2027-{half + 1:02d} to 2027-{months:02d}: {first + draw(st.integers(0, 5))}"]
        if draw(st.booleans()):
            lines += ["  opp:", f"    all: {{2027-01 to 2027-{months:02d}: 7}}"]
    return "\n".join(lines) + "\n", goal


def _months(count: int) -> str:
    return f"{count} month" + ("" if count == 1 else "s")


@settings(max_examples=60, deadline=None)
@given(agreements(), st.none() | percent)
def test_a_written_plan_validates_and_brings_the_goal(drawn: tuple[str, int], other: int | None) -> None:
    """Whatever goal and rates: no rule finds an error in the new text, and a second reckoning finds the goal in it.

    A note may say that a target is a little below what follows (SLA213), or that numbers jump where the pipeline from
    before the plan does not fit them (SLA215): both are true, and neither is a contradiction.
    """
    text, goal = drawn
    rates = () if other is None else (RateWish("mql_to_opp", Fraction(other, 100)),)
    planned = make_plan(parse(text), PlanWish(customers=goal, rates=rates))
    new = planned.document
    found = validate(parse(text_of(new)), catalogue=PLAN_RULES)
    values: Any = new.values
    follows, written = customers(values), by_month(values["targets"]["won"]["all"])

    assert planned.limits == ()
    assert [] == [finding.message for finding in found.findings if finding.severity is Severity.ERROR]
    assert {finding.code for finding in found.findings} <= {"SLA213", "SLA215"}
    assert sum(written.values()) == goal
    assert all(number <= follows[month] + Fraction(1, 2) for month, number in written.items())
    assert values["plan"]["revenue"] == 250 * goal
    assert re.findall("#.*", text) == re.findall("#.*", text_of(new))


@settings(max_examples=40, deadline=None)
@given(agreements())
def test_planning_a_written_plan_again_changes_nothing_but_rounding(drawn: tuple[str, int]) -> None:
    """The same goal asked of the text that was just written gives a plan that holds again."""
    text, goal = drawn
    first = make_plan(parse(text), PlanWish(customers=goal))
    again = make_plan(first.document, PlanWish())

    assert again.made.customers == goal
    assert again.holds


# ---------------------------------------------------------------- the reference agreement


def reference_plan(**wish: Any) -> Planned:
    return make_plan(read(FOLDER), PlanWish(**wish))


def test_the_reference_plan_is_planned_as_it_stands() -> None:
    planned = reference_plan()

    assert (46, ()) == (planned.made.customers, planned.changes)
    assert planned.can_be_written


def test_what_the_reference_plan_takes_of_its_sellers_and_of_its_budgets() -> None:
    """Vector A: sellers are used at 86 81 77 91 91 91%, 56 64 64 72 80 80 of 85 90 95 100 100 100 opportunities are
    open, and a customer costs 9,667, then 7,250.
    """
    uses = uses_of(reference_plan().made)
    of = {kind: [use for use in uses if use.kind is kind] for kind in Kind}
    used = [round(100 * use.needed / use.allowed) for use in of[Kind.HANDOFFS]]

    assert [86, 81, 77, 91, 91, 91] == used
    assert [56, 64, 64, 72, 80, 80] == [use.needed for use in of[Kind.OPEN_OPPORTUNITIES]]
    assert [85, 90, 95, 100, 100, 100] == [use.allowed for use in of[Kind.OPEN_OPPORTUNITIES]]
    assert [9667] * 3 + [7250] * 3 == [round(use.needed) for use in of[Kind.COST]]


def test_only_the_lines_that_change_are_touched() -> None:
    """47 customers: every line that is not named as changed stands as before, remarks and all, byte for byte."""
    before = read(FOLDER)
    planned = make_plan(before, PlanWish(customers=47))
    for name in before.files:
        old, new = list(before.lines(name)), list(planned.document.lines(name))
        for change in reversed([change for change in planned.changes if change.file == name]):
            start = change.line - 1
            old[start : start + len(change.old)] = change.new

        assert old == new
    assert not validate(planned.document, catalogue=PLAN_RULES).findings


def test_another_goal_and_the_repair_of_a_broken_plan_agree() -> None:
    """Whoever writes 47 customers and their revenue by hand is told what the months add up to; the plan for 47 settles
    just that, and the rules that complained have nothing left to say.
    """
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.yaml"))}
    texts["plan.yaml"] = texts["plan.yaml"].replace("1380000", "1410000").replace("customers: 46", "customers: 47")
    broken = parse("\n".join(texts.values()))
    complained = {finding.code for finding in validate(broken, catalogue=PLAN_RULES).findings}
    planned = make_plan(broken, PlanWish())

    assert complained == {"SLA206"}
    assert planned.made.customers == 47
    assert not validate(planned.document, catalogue=PLAN_RULES).findings


def test_what_the_repair_offers_is_a_plan_that_stands_as_it_is() -> None:
    """The rule offers the other way: the goal that the months add up to. With its two lines written there is nothing
    left that a plan would change.
    """
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.yaml"))}
    texts["plan.yaml"] = texts["plan.yaml"].replace("1380000", "1410000").replace("customers: 46", "customers: 47")
    broken = "\n".join(texts.values())
    finding = next(one for one in validate(parse(broken), catalogue=PLAN_RULES).findings if one.choices)
    lines = broken.splitlines()
    for edit in finding.choices[0].edits:
        line = lines[edit.place.line - 1]
        lines[edit.place.line - 1] = line[: edit.place.column - 1] + edit.new + line[edit.place.end_column - 1 :]
    planned = make_plan(parse("\n".join(lines)), PlanWish())

    assert ["46", "R$ 1380000"] == [edit.new for edit in finding.choices[0].edits]
    assert (46, (), ()) == (planned.made.customers, planned.changes, planned.limits)


def test_a_rate_for_all_channels_is_written_wherever_one_stands() -> None:
    """Four channels have an `mql_to_sql` of their own: all four lines say 40% then, and no other does."""
    planned = reference_plan(rates=(RateWish("mql_to_sql", Fraction(40, 100)),))
    changed = [line.strip() for change in planned.changes for line in change.new if "channels" in change.file]

    assert changed == ["mql_to_sql: 40%"] * 4
    assert planned.made.customers == 46


def test_a_rate_of_one_channel_is_added_where_none_stands() -> None:
    planned = reference_plan(rates=(RateWish("sql_to_opportunity", Fraction(90, 100), "prospecting"),))
    values: Any = planned.document.values

    assert values["channels"]["prospecting"]["rates"] == {"sql_to_opportunity": "90%"}


def test_a_table_gives_the_leads_and_the_revenue_follows() -> None:
    """12,000 visits of articles a month at 2%, 20% and 50% are 24 SQLs instead of 15 or 20."""
    rows = [
        TargetRow("Visit", "Articles and search", Month(2027, number), Fraction(12000), Place("t.csv", 2, 1, 2, ""))
        for number in range(1, 7)
    ]
    planned = reference_plan(rows=rows)
    plan = planned.made.plan

    assert planned.is_forward
    assert planned.basis is Basis.GIVEN
    assert [24] * 6 == [plan.whole("sql", Month(2027, number), "organic_search") for number in range(1, 7)]


@pytest.mark.parametrize(
    "wish",
    [
        {"rates": (RateWish("mql_to_sqll", Fraction(1, 2)),)},
        {"rates": (RateWish("mql_to_sql", Fraction(1, 2), "organc_search"),)},
        {"season": {Month(2028, 1): Fraction(2)}},
        {"rows": (TargetRow("mqls", "", Month(2027, 1), Fraction(1), Place("t.csv", 2, 1, 2, "")),)},
        {"rows": (TargetRow("mql", "adds", Month(2027, 1), Fraction(1), Place("t.csv", 2, 1, 2, "")),)},
        {"rows": (TargetRow("mql", "prospecting", Month(2027, 1), Fraction(1), Place("t.csv", 2, 1, 2, "")),)},
    ],
)
def test_names_that_nobody_knows_are_refused(wish: dict[str, Any]) -> None:
    with pytest.raises(WrongUsage):
        reference_plan(**wish)


@pytest.mark.parametrize(
    "text",
    [
        "format: sla/v1\nagreement: A\nstages: {a: {team: m}, b: {team: m, is: won}}\n",
        "format: sla/v1\nagreement: A\nstages: {a: {team: m}, b: {team: m, is: won}}\nplan: {months: 2027-01}\n",
        "format: sla/v1\nagreement: A\nstages: {a: {team: m}, b: {team: m, is: won}}\n"
        "plan: {months: 2027-01, revenue: 100}\nrates: {a_to_b: 10%}\n",
    ],
)
def test_an_agreement_without_what_a_plan_needs_is_told_so(text: str) -> None:
    """No plan, no goal, no deal size."""
    with pytest.raises(NothingToPlan):
        make_plan(parse(text), PlanWish())
