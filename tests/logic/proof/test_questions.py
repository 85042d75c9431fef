"""Questions with answers worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from checker.agreement import Agreement, build
from checker.finding import Proofs
from checker.language import Words
from checker.logic.leads_in_words import lead_in_words
from checker.logic.proof import Criterion, Direction, Limit, Prover, Status, compare, prover_of
from checker.logic.proof.conflict import smallest_conflict
from checker.logic.proof.round_values import Span, roundest, roundest_date

FIELDS: dict[str, Any] = {
    "employees": {"is": "whole number", "from": 1, "to": 200000},
    "cold_rooms": {"is": "whole number", "from": 0, "to": 5000},
    "country": {"is": "one of", "values": ["Brazil", "Portugal", "other"]},
    "company_type": {"is": "one of", "values": ["end user", "student"], "blank_means": "end user"},
    "seller": {"is": "text", "optional": True},
    "job_title": {"is": "text"},
    "score": {"is": "number"},
    "budget": {"is": "money"},
    "wants_it_by": {"is": "date"},
    "last_visit": {"is": "days ago"},
}


def agreement(groups: dict[str, Any], **sections: Any) -> Agreement:
    """An agreement with these groups."""
    values = {
        "format": "sla/v1",
        "agreement": "x",
        "currency": "BRL",
        "stages": {"lead": {"team": "sales"}},
        "fields": FIELDS,
        "actions": {"open": {"points": 5}, "ask": {"points": 20, "mode": "buying"}},
        "groups": groups,
    }
    built = build(values | sections)

    assert () == built.problems
    return built


def conflict_of(condition: dict[str, Any], **sections: Any) -> list[str]:
    """The lines that exclude each other, without where the group stands."""
    asked = agreement({"g": condition}, **sections)
    paths = Prover(asked).satisfiable(asked.named_conditions["g"]).conflict
    return [".".join(map(str, path[2:] if path[0] == "groups" else path)) for path in paths]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"employees": "50 to 2000", "all": [{"employees": "less than 20"}]}, ["employees", "all.0.employees"]),
        ({"employees": "at least 300000"}, ["fields.employees.to", "employees"]),
        ({"country": "Chile"}, ["fields.country.values", "country"]),
        ({"company_type": "not known"}, ["fields.company_type.blank_means", "company_type"]),
        ({"seller": "known", "none_of": [{"seller": "known"}]}, ["seller", "none_of.0.seller"]),
        ({"at_least": 3, "of": [{"employees": "known"}, {"country": "known"}]}, ["at_least"]),
        (
            {"job_title": "contains quality", "none_of": [{"job_title": "contains qual"}]},
            ["job_title", "none_of.0.job_title"],
        ),
        ({"job_title": ["CEO", "owner"], "all": [{"job_title": "contains quality"}]}, ["job_title", "all.0.job_title"]),
        ({"score": "more than 1", "all": [{"score": "less than 1.5"}]}, []),
        ({"budget": "more than 1.00", "all": [{"budget": "less than 1.01"}]}, ["budget", "all.0.budget"]),
        ({"points": "less than 0"}, ["points"]),
        ({"mode": "buying", "points": "at most 19"}, ["mode", "points"]),
        ({"mode": "buying", "points": "at most 20"}, []),
    ],
)
def test_the_fewest_lines_exclude_each_other(condition, expected):
    """Two conditions, or one and what a field may hold, a count that is too high, points that nobody can have."""
    assert expected == conflict_of(condition)


def test_points_that_count_once_have_a_highest_sum():
    """25 can be had from an action of 5 and one of 20; 26 cannot, unless doing them again counts."""
    once = {"each_action": "once"}

    assert [] == conflict_of({"points": "at least 25"}, points=once)
    assert ["points"] == conflict_of({"points": "at least 26"}, points=once)
    assert [] == conflict_of({"points": "at least 26"}, points={"each_action": "every time"})


def test_an_action_before_the_window_shows_a_mode_and_adds_no_points():
    """Where points are counted over 60 days, the last action may lie before that."""
    assert [] == conflict_of({"mode": "buying", "points": "at most 19"}, points={"over": "60 days"})


def shown(condition: dict[str, Any]) -> str:
    """The lead that fits a condition, in words."""
    asked = agreement({"g": condition})
    result = Prover(asked, shows_all=True).satisfiable(asked.named_conditions["g"])

    assert result.witness is not None
    return Words("en").say(lead_in_words(result.witness, asked))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"employees": "less than 50"}, "a lead with 10 employees"),
        ({"employees": "20 to 49"}, "a lead with 20 employees"),
        ({"employees": 1}, "a lead with 1 employee"),
        (
            {"employees": "20 to 49", "country": "Brazil", "cold_rooms": "not known"},
            "a lead with 20 employees in Brazil whose cold rooms nobody noted",
        ),
        ({"country": "other"}, "a lead whose country is other"),
        ({"seller": "not known"}, "a lead without seller"),
        ({"job_title": "contains quality"}, "a lead whose job title contains “quality”"),
        ({"job_title": "not CEO"}, "a lead whose job title is not CEO"),
        ({"job_title": "known"}, "a lead whose job title is filled in"),
        ({"budget": "at least 30000"}, "a lead whose budget is R$ 30,000"),
        ({"wants_it_by": "at least 2027-03-02"}, "a lead whose wants it by is 2 March 2027"),
        ({"last_visit": "more than 90 days"}, "a lead whose last visit was 100 days ago"),
        ({"points": "at least 30"}, "a lead with 40 points"),
        ({"last_action": "ask"}, "a lead whose last action is ask"),
        ({"score": "more than 1", "all": [{"score": "less than 2"}]}, "a lead whose score is 1.1"),
        ({"any": [{"employees": "known"}, {"employees": "not known"}]}, "any lead"),
    ],
)
def test_a_lead_is_said_in_plain_words(condition, expected):
    """Counts, places, blanks, words, money, dates; nothing that does not matter."""
    assert expected == shown(condition)


def test_a_gap_among_known_values_is_told_from_one_through_a_blank():
    """A hole between two ranges is a lead with a number; where the ranges meet, only a blank falls through."""
    hole = agreement({"a": {"employees": "at least 50"}, "b": {"employees": "at most 40"}})
    tight = agreement({"a": {"employees": "at least 50"}, "b": {"employees": "at most 49"}})
    found, blank = (Prover(item).gap(list(item.named_conditions.values())).witness for item in (hole, tight))

    assert found is not None
    assert (False, 41) == (found.has_blank, found.traits[0].value)
    assert blank is not None
    assert (True, None) == (blank.has_blank, blank.traits[0].value)


def test_a_list_that_is_closed_has_no_gap_and_nothing_below_its_end():
    """`otherwise: yes` takes every lead; what stands below it is never reached."""
    asked = agreement({"a": {"employees": "at least 50"}})
    lines = [asked.named_conditions["a"], None, asked.named_conditions["a"]]
    prover = Prover(asked)

    assert Status.NO is prover.gap(lines).status
    assert [Status.NO, Status.NO, Status.YES] == [prover.shadowed(lines, index).status for index in range(3)]


def test_conditions_in_a_circle_or_of_the_wrong_kind_are_left_to_other_rules():
    """What is wrong with the writing is no question for the solver, and counts as no proof."""
    asked = agreement({"a": {"meets": "b"}, "b": {"meets": "a"}, "c": {"employees": "at least many"}})
    prover = Prover(asked)

    assert {Status.UNREADABLE} == {prover.satisfiable(node).status for node in asked.named_conditions.values()}
    assert Proofs() == prover.proofs


def test_a_question_past_its_limit_is_unknown_and_the_rest_is_judged():
    """A limit of no time at all leaves what the solver is needed for; what a guess settles is settled."""
    asked = agreement({"a": {"employees": "at least 50"}, "b": {"employees": "less than 0"}})
    prover = Prover(asked, Limit(seconds=0))
    answers = [prover.satisfiable(node).status for node in asked.named_conditions.values()]

    assert [Status.YES, Status.UNKNOWN] == answers
    assert Proofs(held=1, unknown=1) == prover.proofs


def test_a_question_that_is_asked_twice_is_counted_once():
    """Every rule asks the same prover."""
    asked = agreement({"a": {"employees": "at least 50"}})
    for _ in range(2):
        prover_of(asked).satisfiable(asked.named_conditions["a"])

    assert Proofs(held=1) == prover_of(asked).proofs


# ---------------------------------------------------------------- two versions


def between(old: dict[str, Any], new: dict[str, Any], **fields: Any) -> Direction | None:
    """How the group of a new version relates to that of an old one; `fields` are those that the new one declares."""
    before = agreement({"g": old})
    after = agreement({"g": new}, fields=FIELDS | fields)
    return compare(
        Criterion(before, before.named_conditions["g"]), Criterion(after, after.named_conditions["g"])
    ).direction


@pytest.mark.parametrize(
    ("old", "new", "fields", "expected"),
    [
        ({"employees": "at least 50"}, {"employees": "more than 49"}, {}, Direction.SAME),
        ({"employees": "at least 50"}, {"employees": "at least 60"}, {}, Direction.STRICTER),
        ({"points": "at least 30"}, {"points": "at least 20"}, {}, Direction.LOOSER),
        ({"employees": "50 to 60"}, {"employees": "55 to 70"}, {}, Direction.SHIFTED),
        # a value more in a list, which the old version did not know
        (
            {"country": "Brazil"},
            {"country": ["Brazil", "Chile"]},
            {"country": {"is": "one of", "values": ["Brazil", "Chile"]}},
            Direction.LOOSER,
        ),
        # a blank that means something else now
        (
            {"company_type": "end user"},
            {"company_type": "end user"},
            {"company_type": {"is": "one of", "values": ["end user", "student"]}},
            Direction.STRICTER,
        ),
        # bounds that are wider now
        (
            {"employees": "known"},
            {"employees": "at most 200000"},
            {"employees": {"is": "whole number"}},
            Direction.STRICTER,
        ),
        # from text to a number: no value of the one can be held against one of the other
        ({"job_title": "known"}, {"job_title": "at least 3"}, {"job_title": {"is": "number"}}, Direction.SHIFTED),
    ],
)
def test_two_versions_are_compared_each_by_its_own_fields(old, new, fields, expected):
    """Stricter, looser, same, shifted, also where a field was declared anew between them."""
    assert expected is between(old, new, **fields)


def test_points_of_another_table_are_compared_too():
    """What an action adds, and over which time, is part of what points mean."""
    group = {"g": {"points": "at least 30"}}
    before, longer = agreement(group, points={"over": "30 days"}), agreement(group, points={"over": "60 days"})
    dearer = agreement(group, points={"over": "30 days"}, actions={"open": {"points": 5}, "ask": {"points": 30}})
    old = Criterion(before, before.named_conditions["g"])

    assert Direction.LOOSER is compare(old, Criterion(longer, longer.named_conditions["g"])).direction
    assert Direction.LOOSER is compare(old, Criterion(dearer, dearer.named_conditions["g"])).direction


# ---------------------------------------------------------------- the parts


@pytest.mark.parametrize(
    ("span", "grid", "expected"),
    [
        (Span(Fraction(50), Fraction(2000)), 1, 100),
        (Span(Fraction(20), Fraction(49)), 1, 20),
        (Span(Fraction(3), Fraction(5000)), 1, 10),
        (Span(Fraction(41), Fraction(49)), 1, 41),
        (Span(Fraction(2000), None, False), 1, 3000),
        (Span(Fraction(9), Fraction(10), False, False), 1, None),
        (Span(Fraction(9), Fraction(10), False, False), None, Fraction("9.1")),
        (Span(Fraction(0), Fraction(0)), 1, 0),
        (Span(None, Fraction(0), False, False), 1, -10),
        (Span(None, None), 1, 10),
    ],
)
def test_the_roundest_number_of_a_range(span, grid, expected):
    """Few digits, small, not zero; none where the range holds none."""
    assert expected == roundest(span, None if grid is None else Fraction(grid))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 5, 3), date(2027, 5, 3), date(2027, 1, 1)),
        (date(2027, 2, 3), date(2027, 5, 3), date(2027, 3, 1)),
        (date(2027, 2, 3), date(2027, 2, 9), date(2027, 2, 3)),
        (date.max, date.max, date.max),
    ],
)
def test_the_roundest_day_of_a_range(first, last, expected):
    """The first day of a year, else of a month, else the first."""
    assert expected == roundest_date(first, last)


def test_earlier_lines_are_kept_rather_than_later_ones():
    """Any two of the even numbers exclude each other: the first two are named."""
    assert [2, 4] == smallest_conflict(range(1, 10), lambda kept: sum(item % 2 == 0 for item in kept) >= 2)
    assert [] == smallest_conflict([1, 2], lambda kept: True)
