"""The people in the story keep the agreement's working time, minute by minute."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.samples.folder import agreement_folder
from checker.samples.hours import CLOSED_DAYS, LOCAL, after, at, close_after, is_open, is_working_day
from checker.text import read

FIRST = datetime(2026, 12, 20, tzinfo=LOCAL)
moments = st.integers(0, 170 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
CLOSED = {"2026-12-25", "2027-01-01", "2027-02-08", "2027-02-09", "2027-03-26", "2027-04-21", "2027-05-27"}


def open_minute(moment: datetime) -> bool:
    """Whether the minute that begins here is worked."""
    return moment.weekday() < 5 and moment.date().isoformat() not in CLOSED and 9 <= moment.hour < 18


@given(moments, st.integers(1, 15 * 60))
def test_so_many_working_hours_later_is_found_by_walking(start, minutes):
    """Minute after minute, counting those that are worked, until there are enough."""
    moment, left = start, minutes
    while left:
        left -= open_minute(moment)
        moment += timedelta(minutes=1)

    assert moment == after(start, minutes / 60)


@given(moments, st.integers(1, 15))
def test_a_deadline_in_days_is_the_close_of_a_working_day(start, days):
    """With so many working days after the start's own day, which never counts, up to and with its own."""
    due = close_after(start, days)
    after_the_start = [start.date() + timedelta(days=offset + 1) for offset in range((due.date() - start.date()).days)]

    assert at(due.date(), 18) == due
    assert open_minute(at(due.date(), 12))
    assert days == sum(open_minute(at(day, 12)) for day in after_the_start)


@given(moments)
def test_an_open_moment_is_a_worked_minute(moment):
    """The same in both ways of saying it."""
    assert open_minute(moment) is is_open(moment)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2027-03-05 17:30", 4, "2027-03-08 12:30"),
        ("2027-03-05 18:00", 4, "2027-03-08 13:00"),
        ("2027-03-06 11:00", 4, "2027-03-08 13:00"),
        ("2027-03-08 14:00", 4, "2027-03-08 18:00"),
        ("2027-03-08 14:01", 4, "2027-03-09 09:01"),
        ("2027-02-05 17:30", 4, "2027-02-10 12:30"),
        ("2027-03-25 16:00", 4, "2027-03-29 11:00"),
    ],
)
def test_the_clock_gives_the_examples_worked_by_hand(start, hours, end):
    """Weekends, Carnival, Good Friday, and an end on the dot."""
    assert end == f"{after(datetime.fromisoformat(start).replace(tzinfo=LOCAL), hours):%Y-%m-%d %H:%M}"


def test_the_closed_days_are_the_agreement_s():
    """What the agreement adds to the country's holidays is closed in the story too."""
    values: Any = read(agreement_folder()).values
    office = values["working_time"]["office"]

    assert "America/Sao_Paulo" == office["timezone"]
    assert set(map(date.fromisoformat, office["holidays"]["also"])) <= CLOSED_DAYS
    assert not any(map(is_working_day, CLOSED_DAYS))
    assert [20, 18, 22, 21, 20, 22] == [
        sum(is_working_day(date(2027, month, 1) + timedelta(days=day)) for day in range(monthrange(2027, month)[1]))
        for month in range(1, 7)
    ]
