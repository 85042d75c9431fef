"""What the rules about criteria say of random agreements, against every lead of a small world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checker.agreement import Agreement, build
from checker.agreement.conditions import AllOf, FieldIs, Question
from checker.finding import At, Problem
from checker.logic.criteria import Lead, LeadValue, evaluate
from checker.rules.collected_later import needs_what_is_known_later
from checker.rules.empty_conditions import redundant_line, trivial_stage
from checker.rules.impossible import impossible_condition, unreachable_from_earlier
from checker.rules.included_and_excluded import included_and_excluded
from checker.rules.ordered_lists import leads_without_rank, line_never_reached
from checker.rules.relaxed import relaxed
from checker.rules.rule import Rule

WORLD: Mapping[str, Sequence[LeadValue]] = {
    "size": (None, 0, 1, 2, 3, 4),
    "place": (None, "x", "y", "z"),
    "agreed": (None, True, False),
}
"""Field -> all values that any test of these agreements can tell apart."""
LEADS = [dict(zip(WORLD, values, strict=True)) for values in product(*WORLD.values())]
FIELDS: dict[str, Any] = {
    "size": {"is": "whole number", "from": 0, "to": 4},
    "place": {"is": "one of", "values": ["x", "y", "z"]},
    "agreed": {"is": "yes or no"},
}
SIZES = st.integers(0, 4)
TESTS = {
    "size": st.one_of(
        st.sampled_from(["at least", "at most", "more than", "less than"]).flatmap(
            lambda words: SIZES.map(lambda size: f"{words} {size}")
        ),
        st.tuples(SIZES, SIZES).map(lambda ends: f"{min(ends)} to {max(ends)}"),
        st.sampled_from(["known", "not known"]),
    ),
    "place": st.one_of(
        st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, max_size=2, unique=True),
        st.sampled_from(["not x", "not y", "known", "not known"]),
    ),
    "agreed": st.sampled_from([True, False, "known", "not known"]),
}
LEAVES = st.sampled_from(list(TESTS)).flatmap(lambda field: TESTS[field].map(lambda test: {field: test}))


def _lists(parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        st.tuples(st.sampled_from(["all", "any", "none_of"]), several).map(lambda pair: {pair[0]: pair[1]}),
        several.flatmap(lambda of: st.integers(1, len(of)).map(lambda count: {"at_least": count, "of": of})),
    )


CONDITIONS = st.recursive(LEAVES, _lists, max_leaves=4)
LINES = st.lists(CONDITIONS, min_size=1, max_size=4)


def agreement_of(**sections: Any) -> Agreement:
    """An agreement of these sections; it must be whole."""
    stages = {"lead": {"team": "marketing"}, "mql": {"team": "marketing"}}
    made = build({"format": "sla/v1", "agreement": "A", "fields": FIELDS, "stages": stages, **sections})
    assert () == made.problems
    # what stands on both sides is the business of a rule of its own
    assume(not list(included_and_excluded.problems(made)))
    return made


def ranking_of(lines: Sequence[dict[str, Any]]) -> Agreement:
    return agreement_of(ranking=[{"when": when, "rank": f"rank {index}"} for index, when in enumerate(lines)])


def fits(agreement: Agreement, condition: Question, lead: Lead) -> bool:
    return evaluate(condition, lead, agreement) is True


def rank_of(agreement: Agreement, lead: Lead) -> int | None:
    """The first line that a lead surely fits, found by trying one after the other."""
    conditions = [condition for condition, path in agreement.written_conditions() if path[0] == "ranking"]
    return next((index for index, condition in enumerate(conditions) if fits(agreement, condition, lead)), None)


def told(rule: Rule, agreement: Agreement) -> list[Problem]:
    return list(rule.problems(agreement))


def line_of(problem: Problem) -> int:
    assert isinstance(problem.at, At)
    assert isinstance(problem.at.path[1], int)
    return problem.at.path[1]


def leads_like(witness: Mapping[str, str]) -> list[Lead]:
    """Every lead of the world that is as the finding says; what it does not name may be anything."""
    values = {"not known": None, "yes": True, "no": False}
    read = {
        field: values[text] if text in values else int(text) if text.isdigit() else text
        for field, text in witness.items()
    }
    return [lead for lead in LEADS if all(lead[field] == value for field, value in read.items())]


@given(LINES)
@settings(max_examples=60)
def test_a_lead_that_is_said_to_have_no_rank_has_none_however_it_is_completed(lines: list[dict[str, Any]]) -> None:
    agreement = ranking_of(lines)
    without = [lead for lead in LEADS if rank_of(agreement, lead) is None]
    problems = told(leads_without_rank, agreement)

    assert bool(without) is bool(problems)
    for problem in problems:
        shown = leads_like(problem.witness or {})
        assert shown
        assert all(rank_of(agreement, lead) is None for lead in shown)


@given(LINES)
@settings(max_examples=60)
def test_a_blank_is_named_only_where_no_known_lead_is_without_a_rank(lines: list[dict[str, Any]]) -> None:
    agreement = ranking_of(lines)
    known = [lead for lead in LEADS if None not in lead.values() and rank_of(agreement, lead) is None]

    for problem in told(leads_without_rank, agreement):
        assert bool(known) is ("not known" not in (problem.witness or {}).values())


@given(LINES)
@settings(max_examples=60)
def test_a_line_is_said_to_be_never_reached_exactly_where_no_lead_gets_to_it(lines: list[dict[str, Any]]) -> None:
    """A line that no lead fits at all is the business of another rule."""
    agreement = ranking_of(lines)
    reached = {rank_of(agreement, lead) for lead in LEADS}
    conditions = [condition for condition, _ in agreement.written_conditions()]
    can_hold = {index for index, item in enumerate(conditions) if any(fits(agreement, item, lead) for lead in LEADS)}

    assert can_hold - reached == {line_of(problem) for problem in told(line_never_reached, agreement)}


@given(LINES)
@settings(max_examples=60)
def test_conditions_are_said_to_be_impossible_exactly_where_no_lead_fits(lines: list[dict[str, Any]]) -> None:
    agreement = ranking_of(lines)
    impossible = {
        index
        for index, (condition, _) in enumerate(agreement.written_conditions())
        if not any(fits(agreement, condition, lead) for lead in LEADS)
    }

    assert impossible == {line_of(problem) for problem in told(impossible_condition, agreement)}


@given(CONDITIONS)
@settings(max_examples=60)
def test_a_stage_is_said_to_be_trivial_exactly_where_every_lead_fits(condition: dict[str, Any]) -> None:
    agreement = agreement_of(stages={"lead": {"team": "marketing"}, "mql": {"team": "marketing", **condition}})
    mql = agreement.named_conditions["mql"]

    assert all(fits(agreement, mql, lead) for lead in LEADS) is bool(told(trivial_stage, agreement))


@given(CONDITIONS, CONDITIONS)
@settings(max_examples=60)
def test_a_later_stage_that_is_said_to_be_out_of_reach_is_met_by_no_lead_of_the_earlier(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    """The other direction does not hold: what is blank at one stage may be known at the next."""
    agreement = agreement_of(
        stages={"mql": {"team": "marketing", **first}, "sql": {"team": "sales", **second}},
    )
    mql, sql = agreement.named_conditions["mql"], agreement.named_conditions["sql"]

    if told(unreachable_from_earlier, agreement):
        assert not any(fits(agreement, mql, lead) and fits(agreement, sql, lead) for lead in LEADS)


@given(CONDITIONS, st.sampled_from(list(WORLD)))
@settings(max_examples=100)
def test_without_the_tests_of_a_field_all_who_fitted_still_do_whatever_it_is(
    condition: dict[str, Any], field: str
) -> None:
    """Who fits is let through, and what the field holds makes no difference any more."""
    agreement = agreement_of(groups={"g": condition})
    whole = agreement.named_conditions["g"]
    rest = relaxed(agreement, whole, lambda test: isinstance(test, FieldIs) and test.field == field)

    for lead in LEADS:
        alike = {fits(agreement, rest, {**lead, field: value}) for value in WORLD[field]}
        assert 1 == len(alike)
        assert not fits(agreement, whole, lead) or alike == {True}


@given(st.lists(LEAVES, min_size=2, max_size=4))
@settings(max_examples=60)
def test_without_all_lines_that_change_nothing_the_same_leads_fit(parts: list[dict[str, Any]]) -> None:
    agreement = agreement_of(groups={"g": {"all": parts}})
    spared = {problem.at.path for problem in told(redundant_line, agreement) if isinstance(problem.at, At)}
    whole = agreement.named_conditions["g"]
    rest = AllOf(tuple(part for part in whole.parts if part.path not in spared), whole.path)

    for lead in LEADS:
        assert fits(agreement, whole, lead) is fits(agreement, rest, lead)


@given(CONDITIONS)
@settings(max_examples=100)
def test_what_is_said_to_need_a_later_answer_is_met_by_no_lead_without_it(condition: dict[str, Any]) -> None:
    later = {**FIELDS, "agreed": {"is": "yes or no", "filled_in": "after handoff"}}
    agreement = agreement_of(
        fields=later,
        stages={"lead": {"team": "marketing"}, "mql": {"team": "marketing", **condition}},
        handoff={"stage": "mql", "channel": "The queue"},
    )
    mql = agreement.named_conditions["mql"]

    if told(needs_what_is_known_later, agreement):
        assert not any(fits(agreement, mql, lead) for lead in LEADS if lead["agreed"] is None)
