"""Deadlines worked out by hand, and laws that hold for all of them."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.logic.calendar import Calendar, OutsideCalendar
from checker.logic.clock import deadline, is_late, used
from checker.logic.holidays import closed_days
from checker.quantity import Duration, Unit
from tests.logic.teams import CARNIVAL, TEAMS, WHOLE_WEEK, WORKING_WEEK, Team, every

YEAR = date(2027, 1, 1), date(2027, 12, 31)


@pytest.fixture(scope="module")
def sao_paulo() -> Calendar:
    hours = every(WORKING_WEEK, "09:00 to 18:00")
    return Calendar("America/Sao_Paulo", hours, closed_days("BR", None, CARNIVAL, (), [2027]), *YEAR)


@pytest.fixture(scope="module")
def warsaw() -> Calendar:
    return Calendar(
        "Europe/Warsaw", every(WORKING_WEEK, "08:00 to 16:00"), closed_days("PL", None, (), (), [2027]), *YEAR
    )


def at(calendar: Calendar, text: str) -> int:
    return int(datetime.fromisoformat(f"2027-{text}").replace(tzinfo=ZoneInfo(calendar.timezone)).timestamp())


def shown(calendar: Calendar, instant: int) -> str:
    return f"{datetime.fromtimestamp(instant, ZoneInfo(calendar.timezone)):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "duration", "due"),
    [
        ("03-05 17:30", "4 business hours", "03-08 12:30"),  # Friday half an hour before closing -> Monday
        ("03-05 18:00", "4 business hours", "03-08 13:00"),
        ("03-06 11:00", "4 business hours", "03-08 13:00"),  # Saturday
        ("03-08 14:00", "4 business hours", "03-08 18:00"),  # not Tuesday 09:00
        ("03-08 14:01", "4 business hours", "03-09 09:01"),
        ("02-05 17:30", "4 business hours", "02-10 12:30"),  # over Carnival
        ("03-25 16:00", "4 business hours", "03-29 11:00"),  # over Good Friday
        ("03-05 17:30", "2 business days", "03-09 18:00"),  # Friday -> Tuesday's close
    ],
)
def test_vector_f(sao_paulo, start, duration, due):
    """Vector F of the design's arithmetic: 9 to 18 in São Paulo, Carnival on 8 and 9 February."""
    assert due == shown(sao_paulo, deadline(sao_paulo, at(sao_paulo, start), Duration.parse(duration)))


@pytest.mark.parametrize(
    ("start", "duration", "due"),
    [
        ("03-05 09:00", "90 business minutes", "03-05 10:30"),
        ("03-05 09:00", "9 business hours", "03-05 18:00"),
        ("03-06 00:00", "1 business day", "03-08 18:00"),  # Saturday never counts
        ("03-05 23:59", "1 business day", "03-08 18:00"),
        ("03-06 00:00", "15 business days", "03-29 18:00"),
        ("03-05 17:50", "15 minutes", "03-05 18:05"),
        ("03-05 17:50", "24 hours", "03-06 17:50"),
        ("03-05 17:50", "3 days", "03-08 17:50"),
        ("03-05 17:50", "2 weeks", "03-19 17:50"),
        ("01-31 10:00", "1 month", "02-28 10:00"),
        ("01-31 10:00", "2 months", "03-31 10:00"),
        ("02-28 10:00", "1 month", "03-28 10:00"),
        ("03-06 17:50", "0 business hours", "03-06 17:50"),
        ("03-06 17:50", "0 business days", "03-06 17:50"),
        ("03-06 17:50", "0 months", "03-06 17:50"),
    ],
)
def test_deadlines_in_every_unit(sao_paulo, start, duration, due):
    assert due == shown(sao_paulo, deadline(sao_paulo, at(sao_paulo, start), Duration.parse(duration)))


@pytest.mark.parametrize(
    ("start", "duration", "due", "hours"),
    [
        ("03-27 12:00", "1 day", "03-28 12:00", 23),
        ("03-27 12:00", "24 hours", "03-28 13:00", 24),
        ("03-27 02:30", "1 day", "03-28 03:00", Fraction(47, 2)),  # 02:30 is never shown: the first instant after it
        ("10-30 12:00", "1 day", "10-31 12:00", 25),
        ("10-30 02:30", "1 day", "10-31 02:30", 24),  # 02:30 is shown twice: the first time
        ("02-28 02:30", "1 month", "03-28 03:00", 28 * 24 - Fraction(1, 2)),
    ],
)
def test_days_follow_the_wall_and_hours_do_not(warsaw, start, duration, due, hours):
    """Vector F of the design's arithmetic: from 27 to 28 March 2027, a day in Warsaw has 23 hours."""
    begin = at(warsaw, start)
    end = deadline(warsaw, begin, Duration.parse(duration))

    assert (due, hours) == (shown(warsaw, end), Fraction(end - begin, 3600))


@pytest.mark.parametrize(
    ("duration", "stop", "late"),
    [
        ("4 business hours", "03-08 18:00", False),
        ("4 business hours", "03-08 22:00", False),  # after closing: no more working time was used
        ("4 business hours", "03-09 09:00", False),
        ("4 business hours", "03-09 09:01", True),
        ("1 business day", "03-09 18:00", False),
        ("1 business day", "03-09 18:01", True),
        ("4 hours", "03-08 18:00", False),
        ("4 hours", "03-08 18:01", True),
        ("1 day", "03-09 14:00", False),
        ("1 day", "03-09 14:01", True),
        ("0 business hours", "03-08 14:00", False),
        ("0 business hours", "03-08 14:01", True),
        ("1 month", "03-08 13:00", False),  # before it started
    ],
)
def test_late_is_what_comes_after_the_deadline_or_used_more_working_time(sao_paulo, duration, stop, late):
    """Monday 8 March 2027, 14:00."""
    start = at(sao_paulo, "03-08 14:00")

    assert late is is_late(sao_paulo, start, at(sao_paulo, stop), Duration.parse(duration))


@pytest.mark.parametrize(
    ("duration", "hours"), [("4 business hours", 5), ("2 business days", 5), ("1 day", 20), ("3 hours", 20)]
)
def test_business_units_use_working_time_and_the_others_all_time(sao_paulo, duration, hours):
    start, stop = at(sao_paulo, "03-08 14:00"), at(sao_paulo, "03-09 10:00")

    assert hours * 3600 == used(sao_paulo, start, stop, Duration.parse(duration))


@pytest.mark.parametrize("unit", list(Unit))
def test_a_deadline_after_the_calendar_s_end_is_refused_and_cannot_have_been_missed(sao_paulo, unit):
    start, stop = at(sao_paulo, "03-08 14:00"), at(sao_paulo, "12-30 12:00")
    ages = Duration(1_000_000, unit)

    with pytest.raises(OutsideCalendar, match="deadline"):
        deadline(sao_paulo, start, ages)
    assert not is_late(sao_paulo, start, stop, ages)


@pytest.mark.parametrize("unit", list(Unit))
def test_what_starts_or_stops_outside_the_calendar_is_refused(sao_paulo, unit):
    inside, duration = at(sao_paulo, "03-08 14:00"), Duration(1, unit)

    with pytest.raises(OutsideCalendar):
        deadline(sao_paulo, sao_paulo.end, duration)
    with pytest.raises(OutsideCalendar):
        is_late(sao_paulo, sao_paulo.start - 1, inside, duration)
    with pytest.raises(OutsideCalendar):
        is_late(sao_paulo, inside, sao_paulo.end, duration)


def test_only_what_is_due_is_fair_to_late_answers():
    """The not-yet-due bias of the design's arithmetic.

    One lead a minute over 20 business hours, 4 hours to answer. Of five leads, four are answered at an even pace
    within the 4 hours, one at an even pace between 4 and 20 hours: a true rate of 80%. At the end of the 20 hours
    only the share of those due says so; early answers flatter it, open leads spoil it, answered leads alone hide it.
    """
    always = Calendar("UTC", every(WHOLE_WEEK, "00:00 to 24:00"), (), date(2027, 3, 1), date(2027, 3, 3))
    hour, limit = 3600, Duration(4, Unit.BUSINESS_HOURS)
    begin, cut_off = always.start, always.start + 20 * hour
    due = due_in_time = early = answered = answered_in_time = everyone = Fraction(0)
    for start in range(begin + 30, cut_off, 60):
        in_time = Fraction(4, 5) * min(Fraction(cut_off - start, 4 * hour), Fraction(1))
        late = Fraction(1, 5) * max(Fraction(cut_off - start - 4 * hour, 16 * hour), Fraction(0))
        everyone += 1
        answered += in_time + late
        answered_in_time += in_time
        if deadline(always, start, limit) <= cut_off:
            due += 1
            due_in_time += in_time
        else:
            early += in_time

    shares = (
        due_in_time / due,
        (due_in_time + early) / (due + early),
        answered_in_time / everyone,
        answered_in_time / answered,
    )

    assert ["80.0", "81.8", "72.0", "90.0"] == [f"{float(share):.1%}"[:-1] for share in shares]


# ------------------------------------------------------------------ laws


@cache
def calendar_of(team: Team) -> Calendar:
    return team.calendar


teams = st.sampled_from(TEAMS)
MARGIN = 25 * 86400


@st.composite
def instants(draw, count: int):
    """A team's calendar and sorted instants inside it, early enough for a deadline of some days."""
    calendar = calendar_of(draw(teams))
    within = st.integers(calendar.start, calendar.end - MARGIN)
    return calendar, *sorted(draw(st.lists(within, min_size=count, max_size=count)))


@given(instants(3))
def test_working_time_adds_up(case):
    calendar, first, second, third = case

    assert calendar.elapsed(first, third) == calendar.elapsed(first, second) + calendar.elapsed(second, third)
    assert 0 <= calendar.elapsed(first, second) <= second - first


@given(instants(1), st.integers(1, 8 * 3600))
def test_a_deadline_in_working_time_is_the_first_instant_at_which_it_has_passed(case, seconds):
    calendar, start = case
    due = calendar.due_in_business_time(start, seconds)

    assert seconds == calendar.elapsed(start, due)
    assert seconds - 1 == calendar.elapsed(start, due - 1)


@given(instants(2), st.integers(1, 8 * 3600), st.integers(1, 3))
def test_what_starts_later_is_due_no_sooner(case, seconds, days):
    calendar, first, second = case

    assert calendar.due_in_business_time(first, seconds) <= calendar.due_in_business_time(second, seconds)
    assert calendar.due_in_business_days(first, days) <= calendar.due_in_business_days(second, days)


@given(instants(2), st.integers(1, 3))
def test_late_in_business_days_is_after_the_deadline(case, days):
    calendar, start, stop = case

    assert calendar.late_in_business_days(start, stop, days) is (stop > calendar.due_in_business_days(start, days))


@given(instants(1), st.integers(1, 3))
def test_a_deadline_in_business_days_is_a_closing_on_a_later_day(case, days):
    calendar, start = case
    due = calendar.due_in_business_days(start, days)

    assert due in calendar.closings
    assert due > start
    assert calendar.local_date(start) < max(
        day for day in calendar.working_days(calendar.first, calendar.local_date(due))
    )


@given(instants(1))
def test_nothing_is_worked_before_the_next_opening(case):
    calendar, instant = case
    opening = calendar.next_open(instant)

    assert opening >= instant
    assert calendar.is_open(opening)
    assert 0 == calendar.elapsed(instant, opening)


@given(instants(2), st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MINUTES, Unit.HOURS]), st.integers(0, 3))
def test_late_outside_working_time_is_after_the_deadline(case, unit, count):
    calendar, start, stop = case
    duration = Duration(count, unit)

    assert is_late(calendar, start, stop, duration) is (stop > deadline(calendar, start, duration))
