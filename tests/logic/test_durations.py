"""Which duration is surely the longer one: worked out by hand, and held against real deadlines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.agreement import build
from checker.agreement.people import WorkingTime
from checker.logic.clock import deadline
from checker.logic.durations import surely_not_longer, surely_shorter
from checker.logic.working_time import calendar_of
from checker.quantity import Duration, Month, Unit
from checker.text import parse

HEAD = "format: sla/v1\nagreement: Ours\nstages:\n  lead: {team: marketing}\nworking_time:\n"
CALENDARS = {
    "office": '{timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00"}',
    "split": '{timezone: Europe/Rome, days: Monday to Saturday, hours: ["09:00 to 13:00", "15:00 to 18:30"]}',
    "night": '{timezone: America/New_York, days: Monday to Friday, hours: "22:00 to 06:00"}',
    "always": "{timezone: Europe/Warsaw, hours: 24x7}",
    "short Saturday": (
        '{timezone: America/Sao_Paulo, days: {Monday to Friday: "09:00 to 18:00", Saturday: "09:00 to 12:00"}}'
    ),
}


def working_time(name: str) -> WorkingTime:
    agreement = build(parse(f"{HEAD}  office: {CALENDARS[name]}\n").values)
    found = agreement.working_time()
    assert found is not None
    return found


TIMES = {name: working_time(name) for name in CALENDARS}
REAL = {name: calendar_of(time, date(2026, 12, 1), date(2027, 12, 31)) for name, time in TIMES.items()}
durations = st.builds(Duration, st.integers(0, 40), st.sampled_from(Unit)).filter(
    lambda duration: duration.count <= (3 if duration.unit in (Unit.MONTHS, Unit.WEEKS) else 40)
)
starts = st.integers(0, 200 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
names = st.sampled_from(sorted(CALENDARS))


@given(names, durations, durations, starts)
def test_what_is_surely_shorter_is_over_first_on_any_day(
    name: str, one: Duration, other: Duration, start: timedelta
) -> None:
    calendar = REAL[name]
    instant = calendar.midnight(date(2027, 1, 1)) + int(start.total_seconds())

    if surely_shorter(one, other, TIMES[name]):
        assert deadline(calendar, instant, one) <= deadline(calendar, instant, other)


@given(st.integers(1, 30), st.integers(0, 60))
def test_months_have_no_more_and_no_fewer_days_than_taken_for_sure(count: int, later: int) -> None:
    first = Month(2024, 1) + later
    days = sum(((first + offset).last_day - (first + offset).first_day).days + 1 for offset in range(count))
    month = Duration(count, Unit.MONTHS)

    assert not surely_shorter(month, Duration(days, Unit.DAYS))
    assert not surely_shorter(Duration(days, Unit.DAYS), month)


@given(durations, durations)
def test_nothing_is_surely_shorter_both_ways(one: Duration, other: Duration) -> None:
    assert not (surely_shorter(one, other) and surely_shorter(other, one))
    assert not (surely_shorter(one, other) and surely_not_longer(other, one))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("5 business days", "10 business days", True),
        ("10 business days", "10 business days", False),
        ("90 minutes", "2 hours", True),
        ("60 minutes", "1 hour", False),
        ("22 hours", "1 day", True),
        ("24 hours", "1 day", False),  # an hour more or less where the clocks are changed
        ("27 days", "1 month", True),
        ("30 days", "1 month", False),
        ("2 months", "90 days", True),
        ("3 months", "90 days", False),
        ("1 hour", "4 business hours", True),  # four working hours take four hours at least
        ("4 business hours", "2 days", False),  # a holiday may lie between
        ("1 day", "3 business days", True),
        ("6 business hours", "1 business day", True),  # eight hours a day, and never less than one whole day
        ("8 business hours", "1 business day", False),
        ("1 business day", "18 business hours", True),  # the rest of the first day and one whole day: at most 16
        ("1 business day", "16 business hours", False),
    ],
)
def test_order_of_two_durations(one: str, other: str, expected: bool) -> None:
    assert expected is surely_shorter(Duration.parse(one), Duration.parse(other), TIMES["office"])


def test_business_hours_and_days_are_not_compared_without_a_calendar() -> None:
    assert not surely_shorter(Duration.parse("1 business hour"), Duration.parse("9 business days"))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("90 minutes", "90 minutes", True),
        ("60 minutes", "1 hour", True),
        ("2 hours", "90 minutes", False),
        ("1 business hour", "2 hours", False),
        ("1 day", "2 weeks", False),  # steps of an escalation are compared within one unit, and in minutes and hours
    ],
)
def test_what_is_not_longer(one: str, other: str, expected: bool) -> None:
    assert expected is surely_not_longer(Duration.parse(one), Duration.parse(other))


@pytest.mark.parametrize(
    ("shorter", "longer", "expected"),
    [
        ("1379 minutes", "1 day", True),
        ("1380 minutes", "1 day", False),
        ("166 hours", "1 week", True),
        ("167 hours", "1 week", False),
        ("6 days", "1 week", True),
    ],
)
def test_a_day_lasts_an_hour_less_where_the_clocks_go_forward(shorter: str, longer: str, expected: bool) -> None:
    """The bounds to the minute: 23 hours are not surely less than a day."""
    assert expected is surely_shorter(Duration.parse(shorter), Duration.parse(longer))
