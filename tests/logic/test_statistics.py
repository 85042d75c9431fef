"""Intervals, tails and ranks against published vectors and against exact sums."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.logic.statistics import (
    adjusted,
    chance_of_at_most,
    chance_of_difference,
    chance_of_missing,
    mean_interval,
    nearest_rank,
    nearest_rank_of_counts,
    poisson_band,
    ratio_interval,
    rest_band,
    too_few_to_tell,
    wilson_interval,
)

# The 97.5% quantile of the normal distribution, from printed tables, and its square.
Z = Fraction("1.959963984540054")

outcomes = st.integers(1, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
shares = st.fractions(0, 1, max_denominator=200)


@pytest.mark.parametrize(
    ("kept", "total", "low", "high"),
    [(9, 10, 60, 98), (68, 80, 76, 91), (8, 32, 13, 42), (16, 20, 58, 92), (15, 20, 53, 89)],
)
def test_wilson_intervals_of_the_design(kept, total, low, high):
    """The statistical vectors of the design's arithmetic: Wilson, 95%, in whole percent."""
    assert (low, high) == tuple(round(100 * end) for end in wilson_interval(kept, total))


@pytest.mark.parametrize(
    ("kept", "total", "low", "high"),
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ],
)
def test_wilson_intervals_that_were_published(kept, total, low, high):
    """R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), 857:
    Table I, method 3 (the score method without a continuity correction), to four digits.
    """
    assert [low, high] == [f"{end:.4f}" for end in wilson_interval(kept, total)]


@given(outcomes)
def test_the_ends_of_wilson_s_interval_solve_its_equation(outcome):
    """A share w holds iff n (p - w)² <= z² w (1 - w): inside the ends it does, outside it does not (Wilson, 1927)."""
    kept, total = outcome

    def holds(share):
        off = Fraction(kept, total) - share
        return total * off * off <= Z * Z * share * (1 - share)

    low, high = map(Fraction, wilson_interval(kept, total))
    step = Fraction(1, 10**9)

    assert 0 <= low < high <= 1
    assert holds(low + step)
    assert holds(high - step)
    assert low < step or not holds(low - step)
    assert high > 1 - step or not holds(high + step)


@pytest.mark.parametrize(("kept", "total"), [(0, 0), (2, 1), (-1, 3)])
def test_what_is_no_share_has_no_interval(kept, total):
    with pytest.raises(ValueError, match="no share"):
        wilson_interval(kept, total)


@pytest.mark.parametrize(("kept", "unclear"), [(20, True), (18, True), (16, True), (15, False), (10, False)])
def test_twenty_leads_against_a_promise_of_90_percent(kept, unclear):
    """The design's arithmetic: 16 of 20 proves nothing, 15 of 20 does."""
    assert unclear is too_few_to_tell(kept, 20, Fraction(9, 10))


@pytest.mark.parametrize(("kept", "total", "unclear"), [(0, 0, True), (100, 100, True), (99, 100, False)])
def test_nothing_says_nothing_and_a_promise_of_everything_is_broken_by_one(kept, total, unclear):
    assert unclear is too_few_to_tell(kept, total, Fraction(1))


@given(outcomes, shares)
def test_too_few_to_tell_is_wilson_s_interval_holding_the_target(outcome, target):
    kept, total = outcome
    low, high = wilson_interval(kept, total)
    assume(all(abs(float(target) - end) > 1e-12 for end in (low, high)))

    assert too_few_to_tell(kept, total, target) is (low <= target <= high)


def exact_chance_of_missing(total: int, target: Fraction) -> Fraction:
    return sum(
        (
            math.comb(total, kept) * target**kept * (1 - target) ** (total - kept)
            for kept in range(total + 1)
            if Fraction(kept, total) < target
        ),
        Fraction(0),
    )


@given(st.integers(1, 80), shares)
def test_the_chance_of_missing_is_the_exact_sum_of_the_binomial_distribution(total, target):
    assert float(exact_chance_of_missing(total, target)) == pytest.approx(
        chance_of_missing(total, target), rel=1e-9, abs=1e-15
    )


def test_a_team_that_really_keeps_90_percent_misses_it_in_three_to_five_months_of_ten():
    """With 80 leads a month about 4 in 10, as the design's verdicts say."""
    assert [0.41, 0.26, 0.32, 0.41] == [
        round(chance_of_missing(total, Fraction(9, 10)), 2) for total in (5, 10, 20, 80)
    ]


def test_the_chance_of_missing_nears_a_half_for_a_crowd_and_is_nothing_for_nobody():
    assert 0.0 == chance_of_missing(0, Fraction(9, 10))
    assert chance_of_missing(10**6, Fraction(9, 10)) == pytest.approx(0.5, abs=0.001)


@pytest.mark.parametrize(("mean", "band"), [(80, (63, 98)), (32, (21, 44)), (8, (3, 14)), (0, (0, 0))])
def test_poisson_bands_of_the_design(mean, band):
    """The statistical vectors of the design's arithmetic: exact Poisson, 95%."""
    assert band == poisson_band(mean)


def exact_poisson_quantile(mean: Fraction, probability: Fraction) -> int:
    """Sums of the exponential series, in exact fractions; 400 terms of it leave an error far below any that matters."""
    terms = [Fraction(1)]
    for count in range(1, 400):
        terms.append(terms[-1] * mean / count)
    wanted = probability * sum(terms)
    reached = Fraction(0)
    for count, term in enumerate(terms):
        reached += term
        if reached >= wanted:
            return count
    raise AssertionError("the series is too short")


@given(st.fractions(0, 90, max_denominator=12))
def test_poisson_bands_are_the_exact_quantiles(mean):
    expected = exact_poisson_quantile(mean, Fraction(25, 1000)), exact_poisson_quantile(mean, Fraction(975, 1000))

    assert expected == poisson_band(mean)


def test_a_poisson_band_of_many_is_nearly_normal():
    low, high = poisson_band(10**6)

    assert low == pytest.approx(998_040, abs=2)
    assert high == pytest.approx(1_001_960, abs=2)


def test_nobody_expects_less_than_nothing():
    with pytest.raises(ValueError, match="expects"):
        poisson_band(-1)


@pytest.mark.parametrize(
    ("values", "share", "rank"),
    [
        ([15, 20, 35, 40, 50], Fraction(5, 100), 15),
        ([15, 20, 35, 40, 50], Fraction(30, 100), 20),
        ([15, 20, 35, 40, 50], Fraction(40, 100), 20),
        ([15, 20, 35, 40, 50], Fraction(50, 100), 35),
        ([15, 20, 35, 40, 50], Fraction(1), 50),
        ([4, 1, 3, 2], Fraction(1, 2), 2),
        ([], Fraction(1, 2), None),
    ],
)
def test_nearest_ranks_worked_by_hand(values, share, rank):
    """The first five are the textbook example of the nearest-rank method."""
    assert rank == nearest_rank(values, share)


@given(st.lists(st.integers(-5, 5), min_size=1), st.fractions(Fraction(1, 100), 1, max_denominator=100))
def test_a_nearest_rank_is_the_least_value_that_enough_do_not_exceed(values, share):
    enough = [value for value in values if Fraction(sum(other <= value for other in values), len(values)) >= share]

    assert min(enough) == nearest_rank(values, share)


def test_ranks_of_counts_ignore_what_never_occurs():
    assert 7 == nearest_rank_of_counts({1: 0, 7: 2, 9: 1}, Fraction(1, 2))
    assert None is nearest_rank_of_counts({1: 0}, Fraction(1, 2))


@pytest.mark.parametrize("share", [Fraction(0), Fraction(3, 2)])
def test_no_rank_is_nearest_to_nothing_or_to_more_than_all(share):
    with pytest.raises(ValueError, match="no rank"):
        nearest_rank([1], share)


@given(outcomes, shares)
def test_the_chance_of_at_most_so_many_is_the_exact_sum(outcome, target):
    """Below the mean and above it, at the ends, and of targets that leave no chance."""
    kept, total = outcome
    expected = sum(
        (math.comb(total, count) * target**count * (1 - target) ** (total - count) for count in range(kept + 1)),
        Fraction(0),
    )

    assert float(expected) == pytest.approx(chance_of_at_most(kept, total, target), rel=1e-9, abs=1e-12)


def exact_rest_quantile(seen: int, gone: int, total: int, probability: Fraction) -> int:
    """The least count at which the negative binomial of size seen + 1/2 has reached a probability, in fractions.

    P(0) = known^(seen + 1/2) has a square root in it, which is divided out: each P(k) is told as a multiple of P(0),
    and the whole is the sum of all of them, as far as it still grows.
    """
    size, lost = Fraction(2 * seen + 1, 2), Fraction(total - gone, total)
    terms = [Fraction(1)]
    while len(terms) < 40 or terms[-1] > terms[0] / 10**15 or terms[-1] > terms[-2]:
        count = len(terms) - 1
        terms.append(terms[-1] * (count + size) / (count + 1) * lost)
    whole, reached = sum(terms), Fraction(0)
    for count, term in enumerate(terms):
        reached += term
        if reached >= probability * whole:
            return count
    raise ValueError(probability)


@pytest.mark.parametrize(
    ("seen", "gone", "total"), [(30, 10, 22), (0, 5, 22), (3, 15, 20), (60, 12, 21), (9, 1, 2), (1, 19, 20)]
)
def test_the_band_of_the_rest_is_of_the_exact_quantiles(seen, gone, total):
    """Of what a month may still bring, if its rate is known from its beginning alone."""
    expected = tuple(
        exact_rest_quantile(seen, gone, total, probability) for probability in (Fraction(25, 1000), Fraction(975, 1000))
    )

    assert expected == rest_band(seen, gone, total)


def _poisson(chance: random.Random, mean: float) -> int:
    limit, count, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        count, product = count + 1, product * chance.random()
    return count


@pytest.mark.parametrize("mean", [8, 32, 80])
@pytest.mark.parametrize("gone", [3, 10, 20])
def test_the_band_of_the_rest_holds_what_it_says(mean, gone):
    """In 2,000 months of 22 days at least 93 of 100 end inside; with the rate taken for certain far fewer do."""
    chance = random.Random(mean * 100 + gone)
    inside = certain = 0
    for _ in range(2000):
        seen, rest = _poisson(chance, mean * gone / 22), _poisson(chance, mean * (22 - gone) / 22)
        low, high = rest_band(seen, gone, 22)
        inside += low <= rest <= high
        low, high = poisson_band(Fraction(seen * (22 - gone), gone))
        certain += low <= rest <= high

    assert inside >= 0.93 * 2000
    assert certain <= (0.70 if gone == 3 else 0.89 if gone == 10 else 1) * 2000


def test_nothing_is_left_after_the_last_day_and_nothing_is_known_before_the_first():
    """The band closes."""
    assert (0, 0) == rest_band(75, 22, 22)
    with pytest.raises(ValueError, match="say nothing"):
        rest_band(3, 0, 22)
    with pytest.raises(ValueError, match="say nothing"):
        rest_band(-1, 3, 22)


@pytest.mark.parametrize(
    ("part", "whole", "other_part", "other_whole", "expected"),
    [
        # R. A. Fisher, The Design of Experiments (1935): the lady who tells 3 of 4 cups right
        (3, 4, 1, 4, Fraction(34, 70)),
        # R. A. Fisher, The Logic of Inductive Inference (1935): criminal twins; R's fisher.test gives 0.0005367
        (2, 17, 10, 13, Fraction(5367, 10**7)),
        # nobody to compare with: nothing differs
        (0, 0, 17, 245, Fraction(1)),
    ],
)
def test_fisher_s_exact_test_gives_what_was_published(part, whole, other_part, other_whole, expected):
    """To seven digits."""
    assert math.isclose(expected, chance_of_difference(part, whole, other_part, other_whole), abs_tol=5e-8)


groups = st.integers(0, 40).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@given(groups, groups)
def test_fisher_s_test_is_the_sum_over_all_tables_that_are_no_likelier(one, other):
    """Counted with whole numbers: of all ways to choose who is kept, those that part the groups at least as rarely."""
    (part, whole), (other_part, other_whole) = one, other
    kept = part + other_part
    ways = {
        taken: math.comb(whole, taken) * math.comb(other_whole, kept - taken)
        for taken in range(max(0, kept - other_whole), min(kept, whole) + 1)
    }
    expected = Fraction(sum(way for way in ways.values() if way <= ways[part]), sum(ways.values()))
    found = chance_of_difference(part, whole, other_part, other_whole)

    assert math.isclose(expected, found, rel_tol=1e-9)
    assert math.isclose(found, chance_of_difference(other_part, other_whole, part, whole), rel_tol=1e-9)


def test_a_part_that_is_larger_than_its_whole_is_no_share():
    with pytest.raises(ValueError, match="no shares"):
        chance_of_difference(3, 2, 1, 4)


def test_the_interval_of_a_ratio_is_the_published_one():
    """A. Agresti, Categorical Data Analysis: of 11,034 physicians without aspirin 189 had a heart attack, of 11,037
    with it 104: 1.82 times as often, 1.43 to 2.30 (worked out there from logarithms of three digits).
    """
    low, high = ratio_interval(189, 11034, 104, 11037)

    assert math.isclose(1.43, low, abs_tol=0.01)
    assert math.isclose(2.30, high, abs_tol=0.01)


def test_a_ratio_over_nobody_has_no_upper_end_in_sight():
    """0 of 20 against 5 of 20, worked out by hand: 0.5 / 20.5 against 5.5 / 20.5, so 1/11, and a spread of
    z * sqrt(2 - 1/20.5 + 1/5.5 - 1/20.5) = 1.96 * 1.444.
    """
    low, high = ratio_interval(0, 20, 5, 20)

    assert (0.005, 1.54) == (round(low, 3), round(high, 3))


@given(groups, groups)
def test_a_ratio_the_other_way_round_is_its_inverse(one, other):
    """Whoever is named first; and the ratio that was seen lies inside."""
    (part, whole), (other_part, other_whole) = one, other
    assume(whole and other_whole)
    low, high = ratio_interval(part, whole, other_part, other_whole)
    other_low, other_high = ratio_interval(other_part, other_whole, part, whole)

    assert math.isclose(low, 1 / other_high, rel_tol=1e-9)
    assert math.isclose(high, 1 / other_low, rel_tol=1e-9)
    assert not (part and other_part) or low <= (part / whole) / (other_part / other_whole) * (1 + 1e-12)
    assert not (part and other_part) or high >= (part / whole) / (other_part / other_whole) * (1 - 1e-12)


def test_a_ratio_to_an_empty_group_is_none():
    with pytest.raises(ValueError, match="no ratio"):
        ratio_interval(1, 2, 0, 0)


def test_holm_s_steps_are_those_of_a_worked_example():
    """Four tests at 0.01, 0.04, 0.03, 0.005; R's p.adjust gives 0.03, 0.06, 0.06, 0.02."""
    found = adjusted([0.01, 0.04, 0.03, 0.005])

    assert [0.03, 0.06, 0.06, 0.02] == [round(chance, 9) for chance in found]


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_refuses_what_his_procedure_refuses(chances):
    """S. Holm, 1979, as he wrote it: from the smallest on, each against the level over how many are left."""
    level = 0.05
    refused = set()
    for step, place in enumerate(sorted(range(len(chances)), key=lambda place: chances[place])):
        if chances[place] * (len(chances) - step) >= level:
            break
        refused.add(place)

    assert refused == {place for place, chance in enumerate(adjusted(chances)) if chance < level}


def test_the_interval_of_a_mean_is_worked_out_by_hand() -> None:
    """1 2 3 4 5: mean 3, s² = 10/4, z·s/√n = 1.96 × √(2.5/5) = 1.386."""
    low, high = mean_interval(dict.fromkeys(map(Fraction, range(1, 6)), 1))

    assert (1.614, 4.386) == (round(low, 3), round(high, 3))


def test_one_value_has_no_interval() -> None:
    with pytest.raises(ValueError, match="no spread"):
        mean_interval({Fraction(5): 1})
