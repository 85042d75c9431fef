"""Where a month is heading."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.logic.pace import Projection, expected_by_now, pace, projection, rate_needed, rate_so_far


def test_vector_e():
    """The design's arithmetic: March has 22 business days, 10 are gone, 30 of 80 MQLs are there."""
    assert "36.4" == f"{float(expected_by_now(80, 10, 22)):.1f}"
    assert Fraction("0.825") == pace(30, 80, 10, 22)
    assert Projection(Fraction(66), low=30 + 25, high=30 + 48) == projection(30, 10, 22)
    assert Fraction(25, 6) == rate_needed(30, 80, 10, 22)
    assert 3 == rate_so_far(30, 10)


def test_on_the_first_day_nothing_can_be_said():
    assert (None, None, None) == (pace(0, 80, 0, 22), projection(0, 0, 22), rate_so_far(0, 0))


def test_after_the_last_day_nothing_is_left_to_do():
    assert Projection(Fraction(75), 75, 75) == projection(75, 22, 22)
    assert None is rate_needed(75, 80, 22, 22)


def test_a_target_that_is_reached_needs_nothing_more():
    assert 0 == rate_needed(85, 80, 10, 22)


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
    outlook, share = projection(actual, gone, 22), pace(actual, target, gone, 22)

    assert outlook is not None
    assert share is not None
    assert (share >= 1) is (outlook.expected >= target)
    assert actual <= outlook.low <= outlook.high
