"""Closed times that a clock skips: by hand, and that together with the working time they are all the time there is."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.agreement.people import WorkingTime
from checker.logic.calendar import Calendar
from checker.logic.closed_time import Closing, closed_between
from checker.logic.rounded_times import rounded_elapsed, rounded_working
from checker.logic.working_time import calendar_of
from checker.quantity import Unit

ZONE = "Europe/Warsaw"
OFFICE = WorkingTime.model_validate(
    {
        "timezone": ZONE,
        "days": "Monday to Friday",
        "hours": ["09:00 to 12:00", "13:00 to 17:00"],
        "holidays": ["2027-03-29", "2027-05-01"],
    }
)
NIGHTS = WorkingTime.model_validate({"timezone": ZONE, "days": {"Monday to Sunday": "20:00 to 04:00"}})


@pytest.fixture(scope="module")
def office() -> Calendar:
    return calendar_of(OFFICE, date(2027, 3, 1), date(2027, 5, 31))


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp())


@pytest.mark.parametrize(
    ("first", "last", "closed"),
    [
        ("2027-03-10 10:00", "2027-03-10 11:00", []),
        ("2027-03-10 11:00", "2027-03-10 14:00", [Closing.BREAK]),
        ("2027-03-10 16:00", "2027-03-11 10:00", [Closing.NIGHT]),
        ("2027-03-12 16:00", "2027-03-15 10:00", [Closing.WEEKEND]),
        ("2027-03-10 07:00", "2027-03-10 10:00", [Closing.OUTSIDE_HOURS]),
        ("2027-03-10 16:00", "2027-03-10 22:00", [Closing.OUTSIDE_HOURS]),
        ("2027-03-10 11:00", "2027-03-12 10:00", [Closing.BREAK, Closing.NIGHT, Closing.BREAK, Closing.NIGHT]),
        ("2027-03-13 10:00", "2027-03-13 11:00", [Closing.WEEKEND]),
        ("2027-03-10 10:00", "2027-03-10 10:00", []),
    ],
)
def test_what_is_closed(office, first, last, closed):
    """Lunch is a break; what lies between two days of work is a night, or the days off in between."""
    assert closed == [each.why for each in closed_between(office, OFFICE, at(first), at(last))]


def test_a_holiday_is_told_from_a_weekend(office):
    """Easter Monday is a Monday, on which people would work; the weekend before is beside it. 1 May is a Saturday."""
    (easter,) = closed_between(office, OFFICE, at("2027-03-26 16:00"), at("2027-03-30 10:00"))
    (may,) = closed_between(office, OFFICE, at("2027-04-30 16:00"), at("2027-05-03 10:00"))

    assert (Closing.HOLIDAY, (date(2027, 3, 29),), True) == (easter.why, easter.holidays, easter.with_weekend)
    assert (Closing.WEEKEND, ()) == (may.why, may.holidays)


SECONDS = st.integers(at("2027-03-02 00:00"), at("2027-05-30 00:00"))


@pytest.mark.parametrize("working_time", [OFFICE, NIGHTS], ids=["office", "nights"])
@given(st.tuples(SECONDS, SECONDS).map(sorted))
def test_closed_and_working_time_are_all_the_time_there_is(working_time, ends):
    """Also where the clocks are changed and where shifts run past midnight; nobody works in a closed stretch."""
    calendar = calendar_of(working_time, date(2027, 3, 1), date(2027, 5, 31))
    first, last = ends
    closed = closed_between(calendar, working_time, first, last)

    assert last - first == calendar.elapsed(first, last) + sum(each.end - each.begin for each in closed)
    assert all(0 == calendar.elapsed(each.begin, each.end) for each in closed)
    assert all(one.end < other.begin for one, other in pairwise(closed))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 minutes"), (7199, "119 minutes"), (7200, "2 hours"), (172799, "47 hours"), (172800, "2 days")],
)
def test_elapsed_time_is_rounded_down(seconds, said):
    """What is 119 minutes and 59 seconds is not yet 2 hours."""
    assert said == str(rounded_elapsed(seconds))


@pytest.mark.parametrize(
    ("start", "stop", "said"),
    [
        ("2027-03-10 10:00", "2027-03-10 11:59", "119 business minutes"),
        ("2027-03-10 10:00", "2027-03-10 12:00", "2 business hours"),
        ("2027-03-10 10:00", "2027-03-10 14:00", "3 business hours"),
        ("2027-03-10 10:00", "2027-03-11 16:59", "12 business hours"),
        ("2027-03-10 10:00", "2027-03-11 17:01", "13 business hours"),
        ("2027-03-10 16:59:59", "2027-03-11 17:01", "7 business hours"),
        ("2027-03-10 16:00", "2027-03-12 10:00", "9 business hours"),
        ("2027-03-10 10:00", "2027-03-12 09:59", "13 business hours"),
        ("2027-03-10 10:00", "2027-03-12 10:00", "2 business days"),
        ("2027-03-10 17:00", "2027-03-12 17:01", "2 business days"),
        ("2027-03-12 14:00", "2027-03-10 10:00", "2 business days"),
    ],
)
def test_working_time_is_told_in_days_where_so_much_was_worked(office, start, stop, said):
    """In either order; two days that closed are no two business days where a team worked for an hour of the first."""
    assert said == str(rounded_working(office, at(start), at(stop)))


@given(st.tuples(SECONDS, SECONDS).map(sorted))
def test_days_that_are_told_were_worked(ends):
    """So many days of the office (7 hours each) and no more, whenever one begins; fewer hours are told in hours.

    At the very second of closing a day is not over yet, as in lists of deadlines.
    """
    office = calendar_of(OFFICE, date(2027, 3, 1), date(2027, 5, 31))
    assume(office.closings_before(ends[1]) == office.closings_before(ends[1] + 1))
    seconds, told = office.elapsed(*ends), rounded_working(office, *ends)
    days = seconds // (7 * 3600)

    assert days == (told.count if told.unit is Unit.BUSINESS_DAYS else min(days, 1))
