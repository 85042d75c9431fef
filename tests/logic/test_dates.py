"""Dates that lie a span apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.logic.dates import earlier, later
from checker.quantity import Duration

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "span", "expected"),
    [
        ("2027-03-31", "90 days", "2027-06-29"),
        ("2027-03-31", "3 months", "2027-06-30"),  # a day that the month lacks is its last
        ("2027-12-15", "1 month", "2028-01-15"),
        ("2028-01-31", "1 month", "2028-02-29"),
        ("2027-03-01", "2 weeks", "2027-03-15"),
        ("2027-03-01", "0 days", "2027-03-01"),
    ],
)
def test_later(day, span, expected):
    """Days and weeks are counted, months go by the calendar."""
    assert date.fromisoformat(expected) == later(date.fromisoformat(day), Duration.parse(span))


def test_earlier():
    """The same, backwards."""
    assert date(2027, 2, 28) == earlier(date(2027, 3, 31), Duration.parse("1 month"))


@given(DAYS, st.integers(0, 400))
def test_days_and_weeks_can_be_taken_back(day, count):
    """What lies so many days later lies so many days earlier, seen from there."""
    for unit in ("days", "weeks"):
        span = Duration.parse(f"{count} {unit}")

        assert day == earlier(later(day, span), span)


def test_hours_are_no_dates():
    """A span of less than days is refused."""
    with pytest.raises(ValueError, match="4 hours"):
        later(date(2027, 3, 1), Duration.parse("4 hours"))
