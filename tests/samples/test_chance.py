"""Chance is the same everywhere, and fair."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.samples.chance import Chance

PINNED = [11, "c", "x", ["d", "a", "c", "e", "b"]]
seeds = st.integers(0, 2**32)


def test_a_seed_gives_the_same_picks_on_every_version_of_python():
    """`random.random()` is promised to; everything else is made of it."""
    chance = Chance(2027)
    picks = [chance.whole(1, 100), chance.one_of("abcdef"), chance.weighted({"x": 1, "y": 2}), chance.shuffled("abcde")]

    assert PINNED == picks


@given(seeds, st.integers(-50, 50), st.integers(0, 50))
def test_a_whole_number_lies_in_its_range(seed, first, length):
    """Both ends in."""
    chance = Chance(seed)

    assert all(first <= chance.whole(first, first + length) <= first + length for _ in range(20))


def test_both_ends_of_a_range_are_reached():
    """And each number about as often as the others."""
    chance = Chance(1)
    counts = Counter(chance.whole(1, 6) for _ in range(6000))

    assert {1, 2, 3, 4, 5, 6} == set(counts)
    assert all(850 < count < 1150 for count in counts.values())


@given(seeds, st.lists(st.integers(), max_size=30))
def test_shuffling_keeps_every_item(seed, items):
    """Only their order changes."""
    assert Counter(items) == Counter(Chance(seed).shuffled(items))


@given(seeds, st.sets(st.integers(), max_size=30), st.data())
def test_some_items_are_different_ones(seed, items, data):
    """As many as were asked for."""
    count = data.draw(st.integers(0, len(items)))
    picked = Chance(seed).some(items, count)

    assert count == len(set(picked))
    assert set(picked) <= items


@given(seeds, st.dictionaries(st.integers(), st.sampled_from([0, 1, 5.5]), max_size=20), st.data())
def test_what_weighs_nothing_is_never_picked(seed, weights, data):
    """However many are picked, each is another one that weighs something."""
    heavy = {item for item, weight in weights.items() if weight}
    count = data.draw(st.integers(0, len(heavy)))
    picked = Chance(seed).some_weighted(weights, count)

    assert count == len(set(picked))
    assert set(picked) <= heavy


def test_weights_are_shares():
    """Three times the weight, three times the picks."""
    chance = Chance(1)
    counts = Counter(chance.weighted({"rare": 1, "often": 3}) for _ in range(4000))

    assert 900 < counts["rare"] < 1100


def test_more_than_there_are_cannot_be_picked():
    """It is said, not shortened."""
    chance = Chance(1)

    with pytest.raises(ValueError, match="3 asked of 2"):
        chance.some("ab", 3)
    with pytest.raises(ValueError, match="nothing to pick from"):
        chance.some_weighted({"a": 1, "b": 0}, 2)
