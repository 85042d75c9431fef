"""Where a month is heading."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.logic.pace import (
    Projection,
    expected_by_now,
    pace_of,
    projection,
    rate_needed,
    rate_so_far,
    share_of_expected,
)


def test_vector_e():
    """The design's arithmetic: March has 22 business days, 10 are gone, 30 of 80 MQLs are there."""
    found = pace_of(30, 80, 10, 22, is_count=True)

    assert ("36.4", Fraction("0.825")) == (f"{float(found.expected):.1f}", found.share)
    assert Projection(Fraction(66), (30 + 21, 30 + 56)) == found.projection
    assert (Fraction(3), Fraction(25, 6)) == (found.so_far, found.needed)


def test_on_the_first_day_nothing_can_be_said():
    assert (None, None, None) == (share_of_expected(0, 80, 0, 22), projection(0, 0, 22), rate_so_far(0, 0))


def test_after_the_last_day_nothing_is_left_to_do():
    assert Projection(Fraction(75), (75, 75)) == projection(75, 22, 22)
    assert None is rate_needed(75, 80, 22, 22)


def test_a_target_that_is_reached_needs_nothing_more():
    assert 0 == rate_needed(85, 80, 10, 22)


def test_amounts_of_money_have_no_band():
    """One deal may be worth all the others: what a month's money is spread by is not known from its sum."""
    assert Projection(Fraction(2200)) == projection(Fraction(1000), 10, 22, is_count=False)


@pytest.mark.parametrize(("gone", "total"), [(0, 0), (-1, 22), (23, 22)])
def test_days_that_cannot_be_gone_are_refused(gone, total):
    with pytest.raises(ValueError, match="cannot be gone"):
        expected_by_now(80, gone, total)
    with pytest.raises(ValueError, match="cannot be gone"):
        projection(30, gone, total)
    with pytest.raises(ValueError, match="cannot be gone"):
        rate_needed(30, 80, gone, total)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(1, 22))
def test_whoever_keeps_pace_is_projected_to_reach_the_target(actual, target, gone):
    """And needs no more a day than so far; the band holds what is there already, and the projection."""
    found = pace_of(actual, target, gone, 22, is_count=True)

    assert found.projection is not None
    assert found.projection.band is not None
    assert found.share is not None
    assert found.so_far is not None
    assert (found.share >= 1) is (found.projection.expected >= target)
    assert found.needed is None or (found.share >= 1) is (found.needed <= found.so_far)
    low, high = found.projection.band

    assert actual <= low <= found.projection.expected <= high + 1
