"""Working days, opening hours and the days that a calendar covers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from checker.logic.calendar import Calendar, OutsideCalendar
from checker.logic.holidays import closed_days
from checker.logic.wall_clock import UnknownTimezone
from checker.quantity import Month
from tests.logic.teams import CARNIVAL, TEAMS, WHOLE_WEEK, WORKING_WEEK, every

YEAR = date(2027, 1, 1), date(2027, 12, 31)


@pytest.fixture(scope="module")
def office() -> Calendar:
    """The reference agreement's office: São Paulo, 9 to 18, Brazil's holidays, Carnival and Corpus Christi."""
    hours = every(WORKING_WEEK, "09:00 to 18:00")
    return Calendar("America/Sao_Paulo", hours, closed_days("BR", None, CARNIVAL, (), [2027]), *YEAR)


def instant(text: str, zone: str = "America/Sao_Paulo") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


@pytest.mark.parametrize(
    ("month", "days"),
    [("2027-01", 20), ("2027-02", 18), ("2027-03", 22), ("2027-04", 21), ("2027-05", 20), ("2027-06", 22)],
)
def test_business_days_of_the_first_half_of_2027(office, month, days):
    """Vector E of the design's arithmetic."""
    month = Month.parse(month)

    assert days == len(office.working_days(month.first_day, month.last_day))


@pytest.mark.parametrize(
    ("when", "gone"),
    [
        ("2027-02-28 23:59", 0),
        ("2027-03-01 17:59:59", 0),
        ("2027-03-01 18:00", 1),
        ("2027-03-12 18:00", 10),
        ("2027-03-14 12:00", 10),
        ("2027-03-31 18:00", 22),
        ("2027-04-01 12:00", 22),
    ],
)
def test_a_business_day_is_gone_when_it_has_closed(office, when, gone):
    month = Month(2027, 3)

    assert gone == office.working_days_gone(month.first_day, month.last_day, instant(when))


@pytest.mark.parametrize(
    ("when", "opens"),
    [
        ("2027-03-05 08:59", "2027-03-05 09:00"),
        ("2027-03-05 09:00", "2027-03-05 09:00"),
        ("2027-03-05 17:59:59", "2027-03-05 17:59:59"),
        ("2027-03-05 18:00", "2027-03-08 09:00"),
        ("2027-02-06 00:00", "2027-02-10 09:00"),
        ("2027-03-25 18:00", "2027-03-29 09:00"),
    ],
)
def test_the_next_working_time_is_now_or_the_next_opening(office, when, opens):
    assert instant(opens) == office.next_open(instant(when))


def test_the_instant_of_closing_is_no_working_time(office):
    assert office.is_open(instant("2027-03-05 17:59:59"))
    assert not office.is_open(instant("2027-03-05 18:00"))


def test_a_month_begins_at_local_midnight(office):
    assert Month(2027, 3) == office.month_of(instant("2027-03-31 23:59:59"))
    assert Month(2027, 4) == office.month_of(instant("2027-04-01 00:00"))
    assert datetime(2027, 4, 1, 3, tzinfo=UTC).timestamp() == office.midnight(date(2027, 4, 1))


def test_months_begin_after_one_instant_and_up_to_another(office):
    april, may = office.midnight(date(2027, 4, 1)), office.midnight(date(2027, 5, 1))

    assert [april, may] == office.month_starts(april - 1, may)
    assert [may] == office.month_starts(april, may + 1)
    assert [] == office.month_starts(april, may - 1)


@pytest.mark.parametrize("team", TEAMS, ids=lambda team: team.name)
def test_stretches_of_working_time_are_apart(team):
    calendar = team.calendar

    assert all(opens < closes for opens, closes in zip(calendar.opens, calendar.closes, strict=True))
    assert all(closes < opens for closes, opens in zip(calendar.closes, calendar.opens[1:], strict=False))


def test_clocks_that_are_changed_on_the_last_day_change_its_end():
    calendar = Calendar("Europe/Warsaw", {}, (), date(2027, 3, 27), date(2027, 3, 28))

    assert 47 * 3600 == calendar.end - calendar.start


def test_a_team_that_never_closes_has_no_working_time_to_wait_for():
    always = Calendar("Europe/Warsaw", every(WHOLE_WEEK, "00:00 to 24:00"), (), *YEAR)

    assert (always.opens, always.closes) == ((always.start,), (always.end,))
    assert 365 == len(always.working_days(*YEAR)) == len(always.closings)


def test_a_shift_past_midnight_belongs_to_the_day_on_which_it_opens():
    nights = Calendar("Europe/Warsaw", every([4], "22:00 to 30:00"), (), *YEAR)

    assert (date(2027, 3, 5),) == nights.working_days(date(2027, 3, 1), date(2027, 3, 7))
    assert nights.is_open(instant("2027-03-06 05:59", "Europe/Warsaw"))


def test_the_shift_of_the_evening_before_the_first_day_counts():
    nights = Calendar("Europe/Warsaw", every(WHOLE_WEEK, "22:00 to 30:00"), (), *YEAR)

    assert 6 * 3600 == nights.business_seconds(instant("2027-01-01 12:00", "Europe/Warsaw"))


def test_a_day_does_not_close_before_the_day_ahead_of_it():
    hours = {**every([0], "20:00 to 43:00"), **every([1], "06:00 to 11:00")}
    calendar = Calendar("UTC", hours, (), *YEAR)
    monday, tuesday = calendar.closings[:2]

    assert monday == tuesday == instant("2027-01-05 19:00", "UTC")


def test_a_day_whose_only_shift_falls_into_the_skipped_hour_is_no_working_day():
    calendar = Calendar("Europe/Warsaw", every([6], "02:10 to 02:50"), (), *YEAR)

    assert (date(2027, 3, 21), date(2027, 4, 4)) == calendar.working_days(date(2027, 3, 15), date(2027, 4, 10))


ASKED = {
    "local_date": lambda calendar, at: calendar.local_date(at),
    "month_of": lambda calendar, at: calendar.month_of(at),
    "is_open": lambda calendar, at: calendar.is_open(at),
    "next_open": lambda calendar, at: calendar.next_open(at),
    "business_seconds": lambda calendar, at: calendar.business_seconds(at),
    "due_in_business_time": lambda calendar, at: calendar.due_in_business_time(at, 3600),
    "due at once": lambda calendar, at: calendar.due_in_business_time(at, 0),
    "due_in_business_days": lambda calendar, at: calendar.due_in_business_days(at, 1),
    "closings_before": lambda calendar, at: calendar.closings_before(at),
    "working_days_begun": lambda calendar, at: calendar.working_days_begun(at),
    "working_days_gone": lambda calendar, at: calendar.working_days_gone(*YEAR, at),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_an_instant_outside_the_calendar_is_refused_and_named(office, ask):
    for outside in (office.start - 1, office.end, -(10**15), 10**15):
        with pytest.raises(OutsideCalendar) as raised:
            ask(office, outside)

        assert outside == raised.value.asked
        assert {"when", "first", "last"} == set(raised.value.message.arguments)


def test_the_first_and_the_last_second_are_covered(office):
    assert (instant("2027-01-01 00:00"), instant("2028-01-01 00:00")) == (office.start, office.end)
    assert office.local_date(office.start) == date(2027, 1, 1)
    assert office.local_date(office.end - 1) == date(2027, 12, 31)


def test_days_outside_the_calendar_are_refused_and_named(office):
    for outside in (date(2026, 12, 31), date(2028, 1, 1)):
        with pytest.raises(OutsideCalendar) as raised:
            office.working_days(outside, outside)

        assert outside == raised.value.asked


def test_a_deadline_outside_the_calendar_is_refused(office):
    last_day = instant("2027-12-31 17:00")

    assert instant("2027-12-31 18:00") == office.due_in_business_time(last_day, 3600)
    assert instant("2027-12-31 18:00") == office.due_in_business_days(last_day - 86400, 1)
    with pytest.raises(OutsideCalendar, match="deadline"):
        office.due_in_business_time(last_day, 3601)
    with pytest.raises(OutsideCalendar, match="deadline"):
        office.due_in_business_days(last_day, 1)
    with pytest.raises(OutsideCalendar, match="no working time follows"):
        office.next_open(instant("2027-12-31 18:00"))


def test_a_deadline_at_the_calendar_s_end_is_outside():
    always = Calendar("UTC", every(WHOLE_WEEK, "00:00 to 24:00"), (), *YEAR)

    assert always.end - 1 == always.due_in_business_time(always.end - 3601, 3600)
    with pytest.raises(OutsideCalendar):
        always.due_in_business_time(always.end - 3600, 3600)
    with pytest.raises(OutsideCalendar):
        always.due_in_business_days(always.end - 86401, 1)


def test_no_deadline_lies_less_than_a_business_day_away(office):
    with pytest.raises(ValueError, match="at least one business day"):
        office.due_in_business_days(office.start, 0)


@pytest.mark.parametrize(
    ("timezone", "hours", "first", "last", "says"),
    [
        ("UTC", {7: [(0, 3600)]}, *YEAR, "weekday"),
        ("UTC", {0: [(3600, 3600)]}, *YEAR, "shift"),
        ("UTC", {0: [(86400, 90000)]}, *YEAR, "shift"),
        ("UTC", {0: [(3600, 3600 + 86401)]}, *YEAR, "shift"),
        ("UTC", {}, date(2027, 1, 2), date(2027, 1, 1), "covers"),
        ("UTC", {}, date(1970, 1, 1), date(1970, 1, 9), "covers"),
        ("UTC", {}, date(2027, 1, 1), date(9999, 1, 1), "covers"),
    ],
)
def test_what_cannot_be_a_calendar_is_refused(timezone, hours, first, last, says):
    with pytest.raises(ValueError, match=says):
        Calendar(timezone, hours, (), first, last)


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("America/Sao_Paolo", "America/Sao_Paulo"),
        ("Europe/Warzaw", "Europe/Warsaw"),
        ("../etc/passwd", None),
        ("?", None),
    ],
)
def test_an_unknown_time_zone_is_refused_with_the_nearest_name(written, nearest):
    with pytest.raises(UnknownTimezone) as raised:
        Calendar(written, {}, (), *YEAR)

    assert (written, nearest) == (raised.value.name, raised.value.nearest)
    assert written == raised.value.message.arguments["name"]


@pytest.mark.parametrize("day", [date(1970, 1, 3), date(9998, 12, 31)])
@pytest.mark.parametrize("timezone", ["Pacific/Kiritimati", "America/Adak"])
def test_calendars_reach_from_1970_to_9998(timezone, day):
    """From an instant that is not negative, so that engines may divide it, to one that a date can say."""
    calendar = Calendar(timezone, every(WHOLE_WEEK, "09:00 to 18:00"), (), day, day)

    assert 0 <= calendar.start
    assert day == calendar.local_date(calendar.end - 1)
    assert 9 * 3600 == calendar.business_seconds(calendar.end - 1)


@pytest.mark.parametrize("written", ["America", "", "zone.tab"])
def test_what_is_a_folder_or_another_file_is_no_time_zone(written):
    with pytest.raises(UnknownTimezone):
        Calendar(written, {}, (), *YEAR)
