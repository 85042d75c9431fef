"""From what an agreement writes of its working time to a calendar."""

from __future__ import annotations

from datetime import date

import pytest

from checker.logic.holidays import UnknownPlace
from checker.logic.wall_clock import UnknownTimezone
from checker.logic.working_time import calendar_of, round_the_clock
from tests.funnel.made import agreement_of, instant

TEXT = """
format: sla/v1
agreement: Test
working_time:
  office: {{{written}}}
stages: {{lead: {{team: sales}}}}
"""
FEBRUARY = date(2027, 2, 1), date(2027, 2, 28)


def working_days(written: str) -> list[int]:
    working_time = agreement_of(TEXT.format(written=written)).working_time()
    assert working_time is not None
    return [day.day for day in calendar_of(working_time, *FEBRUARY).working_days(*FEBRUARY)]


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ('timezone: America/Sao_Paulo, days: Monday to Friday, hours: "09:00 to 18:00"', 20),
        ('timezone: America/Sao_Paulo, days: Monday to Friday, hours: "09:00 to 18:00", holidays: [2027-02-08]', 19),
        (
            'timezone: America/Sao_Paulo, days: Monday to Friday, hours: "09:00 to 18:00", '
            "holidays: {country: BR, also: [2027-02-08, 2027-02-09]}",
            18,
        ),
        ('timezone: America/New_York, days: Monday to Friday, hours: "09:00 to 17:00", holidays: {country: US}', 19),
        (
            'timezone: America/New_York, days: Monday to Friday, hours: "09:00 to 17:00", '
            "holidays: {country: US, except: [2027-02-15]}",
            20,
        ),
        ("timezone: Europe/Warsaw, hours: 24x7, holidays: {country: PL}", 28),
    ],
)
def test_working_days_of_february(written, count):
    """Weekdays, holidays of a country, days of the team's own, and none of them around the clock."""
    assert count == len(working_days(written))


def test_shifts_are_opening_hours():
    """Closed at noon, open again at one."""
    written = 'timezone: Europe/Warsaw, days: Monday to Friday, hours: ["08:00 to 12:00", "13:00 to 16:00"]'
    working_time = agreement_of(TEXT.format(written=written)).working_time()
    assert working_time is not None
    calendar = calendar_of(working_time, *FEBRUARY)

    assert [False, True, False, True, False] == [
        calendar.is_open(instant(f"2027-02-01 {time}", "Europe/Warsaw"))
        for time in ("07:59", "08:00", "12:00", "13:00", "16:00")
    ]


def test_round_the_clock_never_closes():
    """For agreements that name no working time."""
    calendar = round_the_clock("UTC", *FEBRUARY)

    assert 28 * 86400 == calendar.elapsed(calendar.start, calendar.end - 1) + 1


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ('timezone: Europe/Warszawa, days: Monday, hours: "09:00 to 18:00"', UnknownTimezone),
        ('timezone: Europe/Warsaw, days: Monday, hours: "09:00 to 18:00", holidays: {country: QQ}', UnknownPlace),
    ],
)
def test_places_that_nobody_knows_are_refused(written, error):
    """With an error that names the nearest, for whoever asked."""
    with pytest.raises(error):
        working_days(written)
