"""Months that are over, days that have passed, and what the data covers."""

from __future__ import annotations

from datetime import date

import pytest

from checker.logic.calendar import Calendar
from checker.measures.timeline import Covered, Timeline
from checker.quantity import Month
from checker.verdict import Coverage
from tests.funnel.made import instant
from tests.logic.teams import WHOLE_WEEK, WORKING_WEEK, every

ZONE = "America/Sao_Paulo"
OFFICE = Calendar(
    ZONE, every(WORKING_WEEK, "09:00 to 18:00"), {date(2027, 5, 31)}, date(2027, 1, 1), date(2027, 12, 31)
)
ALWAYS = Calendar(ZONE, every(WHOLE_WEEK, "00:00 to 24:00"), (), date(2027, 1, 1), date(2027, 12, 31))


def timeline(calendar: Calendar, cut_off: str, **coverage: tuple[str, str]) -> Timeline:
    found = {
        event: Coverage(event=event, first=date.fromisoformat(first), last=date.fromisoformat(last))
        for event, (first, last) in coverage.items()
    }
    return Timeline(calendar, instant(cut_off), found)


@pytest.mark.parametrize(
    ("calendar", "cut_off", "is_over"),
    [
        (OFFICE, "2027-05-28 17:59", False),
        (OFFICE, "2027-05-28 18:00", True),  # a Friday; the 31st is a Monday without work
        (OFFICE, "2027-06-01 00:00", True),
        (ALWAYS, "2027-05-31 23:59", False),
        (ALWAYS, "2027-05-31 23:59:59", True),
        (ALWAYS, "2027-06-01 00:00", True),
    ],
)
def test_a_month_is_over_when_its_last_working_day_has_closed(calendar, cut_off, is_over):
    """Days on which nobody works at its end do not count."""
    assert is_over is timeline(calendar, cut_off).is_over(Month(2027, 5))


@pytest.mark.parametrize(
    ("day", "has_passed"), [("2027-05-27", True), ("2027-05-28", True), ("2027-05-30", True), ("2027-06-01", False)]
)
def test_a_day_has_passed_when_nobody_works_any_more_until_its_end(day, has_passed):
    """On Friday evening the weekend is as good as over."""
    assert has_passed is timeline(OFFICE, "2027-05-28 18:00").has_passed(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("first", "last", "covered"),
    [
        ("2027-05-01", "2027-05-31", Covered.WHOLE),
        ("2027-05-03", "2027-05-28", Covered.WHOLE),  # the first and the last working day
        ("2027-05-04", "2027-05-28", Covered.PART),
        ("2027-05-03", "2027-05-27", Covered.PART),
        ("2027-06-01", "2027-06-30", Covered.NONE),
        ("2027-04-01", "2027-04-30", Covered.NONE),
    ],
)
def test_coverage_of_a_month(first, last, covered):
    """Whole, in part, or not at all."""
    found = timeline(OFFICE, "2027-06-30 18:00", decided=(first, last))

    assert covered is found.covered(["decided"], date(2027, 5, 1), date(2027, 5, 31))
    assert ([] if covered is Covered.WHOLE else ["decided"]) == found.lacking(
        ["decided"], date(2027, 5, 1), date(2027, 5, 31)
    )


def test_the_least_covered_event_decides():
    """A share needs both its events."""
    found = timeline(
        OFFICE, "2027-06-30 18:00", decided=("2027-05-01", "2027-05-31"), returned=("2027-05-10", "2027-05-31")
    )

    assert Covered.PART is found.covered(["decided", "returned"], date(2027, 5, 1), date(2027, 5, 31))
    assert Covered.NONE is found.covered(["decided", "lost"], date(2027, 5, 1), date(2027, 5, 31))


@pytest.mark.parametrize(
    ("first", "last", "goes_on"),
    [
        ("2027-05-03", "2027-05-12", True),
        ("2027-01-01", "2027-04-30", True),  # rare: it may still happen this month
        ("2027-01-01", "2027-04-29", False),  # it has stopped: what comes after is not known, which is not zero
        ("2027-05-04", "2027-05-12", False),  # it began too late
    ],
)
def test_an_event_goes_on_into_an_open_month(first, last, goes_on):
    """From before the month, and to the end of the month before at least."""
    found = timeline(OFFICE, "2027-05-12 12:00", decided=(first, last))

    assert goes_on is found.goes_on("decided", Month(2027, 5))
    assert found.goes_on("lost", Month(2027, 5)) is False
