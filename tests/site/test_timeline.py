"""Deadlines drawn as days: the example says what the clock says, and the drawing shows where it runs."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checker.agreement import build
from checker.agreement.agreement import Agreement
from checker.language import words
from checker.report.names import Names
from checker.site.timeline import RIGHT, Example, examples
from checker.site.voice import Voice
from checker.text import Document, parse

AGREEMENT = """
format: sla/v1
agreement: Test
working_time:
  office:
    timezone: America/Sao_Paulo
    HOURS
stages:
  mql: {team: marketing}
sales_promises:
  first-response:
    promise: Call each new lead
    starts: handed_off
    stops: first_personal_contact
    within: TIME
    target: 90%
"""
WEEKDAYS = 'days: Monday to Friday\n    hours: "09:00 to 18:00"'
SPLIT = 'days: Monday to Saturday\n    hours: ["08:00 to 12:00", "14:00 to 18:00"]'
NIGHT = 'days: Monday to Friday\n    hours: "22:00 to 06:00"'
ALWAYS = "hours: 24x7"


def example_of(time: str, hours: str = WEEKDAYS) -> Example:
    """The drawing of a deadline."""
    document: Document = parse(AGREEMENT.replace("TIME", time).replace("HOURS", hours))
    agreement: Agreement = build(document.values, document.problems)
    names = Names(agreement)
    (example,) = examples(agreement, names, Voice(words("en")), agreement.promises()[0])
    return example


@pytest.mark.parametrize(
    ("time", "hours", "sentence"),
    [
        ("15 minutes", WEEKDAYS, "handed off Friday 17:00, to be contacted in person by Friday 17:15"),
        ("1 business hour", WEEKDAYS, "handed off Friday 17:00, to be contacted in person by Friday 18:00"),
        ("4 business hours", WEEKDAYS, "handed off Friday 17:00, to be contacted in person by Monday 12:00"),
        ("2 business days", WEEKDAYS, "handed off Friday 17:00, to be contacted in person by Tuesday 18:00"),
        ("24 hours", WEEKDAYS, "handed off Friday 17:00, to be contacted in person by Saturday 17:00"),
        ("3 days", WEEKDAYS, "handed off Friday 17:00, to be contacted in person by Monday 17:00"),
        ("15 business days", WEEKDAYS, "handed off Friday 17:00, to be contacted in person by Friday 18:00, week 4"),
        ("4 business hours", SPLIT, "handed off Saturday 17:00, to be contacted in person by Monday 11:00"),
        ("2 business hours", NIGHT, "handed off Saturday 05:00, to be contacted in person by Monday 23:00"),
        ("4 business hours", ALWAYS, "handed off Sunday 17:00, to be contacted in person by Sunday 21:00"),
    ],
)
def test_the_example_says_when_a_late_lead_of_the_week_is_due(time: str, hours: str, sentence: str):
    """Worked out by hand: a lead that comes an hour before the week closes."""
    assert f"An example: {sentence}." == str(example_of(time, hours).caption.unescape())


@pytest.mark.parametrize("time", ["15 minutes", "4 business hours", "2 business days", "3 days", "1 month"])
@pytest.mark.parametrize("hours", [WEEKDAYS, SPLIT, NIGHT, ALWAYS])
def test_the_clock_runs_between_its_marks_and_inside_the_hours(time: str, hours: str):
    """Nothing is drawn outside the picture, before the start or after the deadline."""
    chart = example_of(time, hours).chart

    assert 0 <= chart.start < chart.due <= RIGHT
    assert all(chart.start - 0.1 <= part.x and part.x + part.width <= chart.due + 0.1 for part in chart.runs)
    assert all(any(part.x >= opens.x - 0.1 for opens in chart.open) for part in chart.runs)
    assert all(0 <= day.x and day.x + day.width <= RIGHT + 0.1 for day in chart.days)
    assert all(left.x + left.width < right.x for left, right in zip(chart.days, chart.days[1:], strict=False))


def test_the_drawn_length_is_the_working_time_that_the_deadline_gives():
    """Four business hours from Friday 17:00: an hour of Friday's, three of Monday's."""
    chart = example_of("4 business hours").chart
    hour = [Fraction(part.width).limit_denominator(10_000) for part in chart.open]
    friday, monday = chart.runs

    assert pytest.approx(float(hour[0]) / 9) == friday.width
    assert pytest.approx(float(hour[1]) / 9 * 3) == monday.width


def test_days_without_work_are_narrow_and_named():
    """Friday, the weekend, Monday."""
    chart = example_of("4 business hours").chart

    assert ["Fri", "Sat", "Sun", "Mon"] == [str(day.name) for day in chart.days]
    assert [True, False, False, True] == [day.is_open for day in chart.days]
    assert chart.days[1].width < chart.days[0].width


def test_a_deadline_too_far_away_is_not_drawn():
    """A picture of half a year says nothing."""
    document = parse(AGREEMENT.replace("TIME", "6 months").replace("HOURS", WEEKDAYS))
    agreement = build(document.values, document.problems)

    assert [] == list(examples(agreement, Names(agreement), Voice(words("en")), agreement.promises()[0]))
