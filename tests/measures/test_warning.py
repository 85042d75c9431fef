"""How often early warnings come for nothing, how soon they come when something is wrong, and what they count."""

from __future__ import annotations

import math
import random
from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.measures.judging import Target
from checker.measures.warning import RARELY, WINDOWS, recent

TODAY = date(2027, 3, 31)
MONTH = 22


@cache
def warns(days: int, missed: int, due: int, target: Fraction) -> bool:
    found = recent(days, TODAY, missed, due, Target(target))
    return found is not None and found.is_warning


def day_of_first_warning(chance: random.Random, before: float, now: float, a_day: int, target: Fraction) -> int | None:
    """The day of a month of daily checks; `before` and `now` are the shares kept in the month before, and in it."""
    missed: list[int] = []
    due: list[int] = []
    for day in range(max(WINDOWS) + MONTH):
        leads = sum(chance.random() < 0.5 for _ in range(2 * a_day))
        kept = before if day < max(WINDOWS) else now
        due.append(leads)
        missed.append(sum(chance.random() > kept for _ in range(leads)))
        if day >= max(WINDOWS) and any(warns(each, sum(missed[-each:]), sum(due[-each:]), target) for each in WINDOWS):
            return day - max(WINDOWS) + 1
    return None


@pytest.mark.parametrize("a_day", [1, 5])
def test_a_team_that_keeps_its_target_is_warned_for_nothing_in_few_months(a_day):
    """Checked on each of 22 days, by both windows, at exactly the target of 90%: in fewer than 8 of 100 months."""
    chance = random.Random(20270331)
    months = 600
    warned = sum(day_of_first_warning(chance, 0.9, 0.9, a_day, Fraction(9, 10)) is not None for _ in range(months))

    assert 0 < warned < 0.08 * months


def test_a_team_a_little_above_its_target_is_hardly_ever_warned():
    """At 92% of 90%: in fewer than 3 of 100 months."""
    chance = random.Random(20270331)
    warned = sum(day_of_first_warning(chance, 0.92, 0.92, 5, Fraction(9, 10)) is not None for _ in range(600))

    assert warned < 18


def test_a_team_that_gets_worse_is_warned_within_two_weeks():
    """From 93% to 75% with five leads a day: half of the warnings come by the tenth working day."""
    chance = random.Random(20270331)
    days = [day_of_first_warning(chance, 0.93, 0.75, 5, Fraction(9, 10)) or MONTH + 1 for _ in range(300)]

    assert sorted(days)[150] <= 10
    assert sum(day <= MONTH for day in days) > 0.93 * len(days)


def exact_chance(missed: int, due: int, target: Fraction) -> Fraction:
    """P(misses >= missed) of a team that keeps its target, added up term by term without rounding."""
    return sum(
        (math.comb(due, count) * (1 - target) ** count * target ** (due - count) for count in range(missed, due + 1)),
        Fraction(0),
    )


@given(
    st.integers(1, 120).flatmap(lambda due: st.tuples(st.integers(0, due), st.just(due))),
    st.fractions(Fraction(1, 20), Fraction(199, 200), max_denominator=200),
)
def test_a_warning_is_what_the_exact_binomial_says(counts, target):
    """Of every count and target: warned iff a team that keeps its target shows as much in less than 1 of 200."""
    missed, due = counts
    found = recent(5, TODAY, missed, due, Target(target))
    expected = exact_chance(missed, due, target)

    assert found is not None
    assert float(expected) == pytest.approx(found.by_chance, rel=1e-8, abs=1e-14)
    assert found.is_warning is (expected < Fraction(1, 200)) or abs(expected - Fraction(1, 200)) < Fraction(1, 10**9)
    assert Fraction(missed, due) == found.times_as_fast * (1 - target)


def test_few_leads_never_warn():
    """Two misses of two, where one in ten may be missed, happen to a good team once in 100."""
    told = [recent(5, TODAY, missed, missed, Target(Fraction(9, 10))) for missed in (1, 2, 3)]

    assert [0.1, 0.01, 0.001] == [pytest.approx(each.by_chance) for each in told if each is not None]
    assert [False, False, True] == [each.is_warning for each in told if each is not None]
    assert RARELY == 0.005


def test_where_no_miss_is_allowed_or_nothing_was_due_there_is_nothing_to_warn_of():
    """The verdict says it already."""
    assert (None, None) == (
        recent(5, TODAY, 1, 10, Target(Fraction(1))),
        recent(5, TODAY, 0, 0, Target(Fraction(9, 10))),
    )
