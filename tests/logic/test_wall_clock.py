"""What the clocks on the walls of Warsaw show when they are changed in 2027."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.logic.wall_clock import UnknownTimezone, WallClock, country_of, day_number, numbered_day, zones_in_use

HOUR, DAY = 3600, 86400


def utc(text: str) -> int:
    """Seconds since 1970 of a time in UTC; of what a wall shows, the same count."""
    return int(datetime.fromisoformat(f"2027-{text}").replace(tzinfo=UTC).timestamp())


FORWARD, BACK = utc("03-28 01:00"), utc("10-31 01:00")
WARSAW = WallClock("Europe/Warsaw", utc("01-01"), utc("12-31"))


@pytest.mark.parametrize(
    ("instant", "wall"),
    [
        ("01-01 12:00", "01-01 13:00"),
        ("03-28 00:59:59", "03-28 01:59:59"),
        ("03-28 01:00", "03-28 03:00"),
        ("10-31 00:59:59", "10-31 02:59:59"),
        ("10-31 01:00", "10-31 02:00"),
        ("12-31 12:00", "12-31 13:00"),
    ],
)
def test_clocks_jump_forward_in_spring_and_back_in_autumn(instant, wall):
    assert utc(wall) == WARSAW.shows(utc(instant))


@pytest.mark.parametrize(
    ("wall", "instant"),
    [
        ("03-28 01:59:59", "03-28 00:59:59"),
        ("03-28 02:00", "03-28 01:00"),  # never shown
        ("03-28 02:59:59", "03-28 01:00"),
        ("03-28 03:00:01", "03-28 01:00:01"),
        ("10-31 02:00", "10-31 00:00"),  # shown twice
        ("10-31 02:59:59", "10-31 00:59:59"),
        ("10-31 03:00", "10-31 02:00"),
    ],
)
def test_a_time_is_reached_when_it_or_a_later_one_is_first_shown(wall, instant):
    assert utc(instant) == WARSAW.reaches(utc(wall))


def test_changes_are_found_up_to_the_last_instant_and_none_before_the_first():
    assert [FORWARD, BACK] == list(WARSAW.changes(utc("01-01"), utc("12-31")))
    assert [FORWARD] == list(WARSAW.changes(FORWARD - 1, BACK - 1))
    assert [BACK] == list(WARSAW.changes(FORWARD, BACK))
    assert [FORWARD] == list(WallClock("Europe/Warsaw", FORWARD - 5 * HOUR, FORWARD).changes(0, BACK))
    assert [] == list(WallClock("Europe/Warsaw", FORWARD, FORWARD + 3 * DAY).changes(0, BACK))
    assert [] == list(WallClock("Asia/Kolkata", utc("01-01"), utc("12-31")).changes(0, BACK))


def test_turns_are_both_ends_of_the_skipped_and_the_repeated_hour():
    turns = [utc("03-28 02:00"), utc("03-28 03:00"), utc("10-31 02:00"), utc("10-31 03:00")]

    assert turns == list(WARSAW.turns(utc("01-01"), utc("12-31")))
    assert turns[1:3] == list(WARSAW.turns(turns[0], turns[2]))


@given(st.integers(utc("01-01"), utc("12-31")))
def test_what_is_shown_was_reached_by_then_and_not_before(instant):
    reached = WARSAW.reaches(WARSAW.shows(instant))

    assert reached == (instant - HOUR if BACK <= instant < BACK + HOUR else instant)


def test_days_are_numbered_from_1970():
    assert (0, 20515) == (day_number(date(1970, 1, 1)), day_number(date(2026, 3, 3)))
    assert date(2026, 3, 3) == numbered_day(20515)


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("America/SaoPaulo", "America/Sao_Paulo"),
        ("Brasil/Sao_Paulo", "America/Sao_Paulo"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("warsaw", "Europe/Warsaw"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Asia/Calcuta", "Asia/Kolkata"),
        ("US/Eastrn", "America/New_York"),
        ("Brazil/Eest", None),
        ("Nowhere", None),
    ],
)
def test_the_name_that_people_should_write_is_offered(written, nearest):
    """By the city, and never one of former times; none where two are equally near."""
    assert nearest == UnknownTimezone(written).nearest


def test_no_zone_of_former_times_is_ever_offered():
    """Whatever is typed: what is offered is in use, and a clock knows it."""
    offered = {UnknownTimezone(f"{zone}x").nearest for zone in sorted(available_timezones())[::9]} - {None}

    assert len(offered) > 30
    assert offered <= set(zones_in_use())
    assert "Brazil/East" not in zones_in_use()
    assert set(zones_in_use()) <= available_timezones()


def test_a_zone_belongs_to_a_country():
    """Where it belongs to one."""
    assert ("BR", "PL", None, None) == tuple(
        map(country_of, ("America/Sao_Paulo", "Europe/Warsaw", "UTC", "Brazil/East"))
    )
