"""How many meetings are planned for a month."""

from __future__ import annotations

from datetime import date

import pytest

from checker.funnel.leads import Leads
from checker.logic.working_time import calendar_of
from checker.measures.meetings import planned_meetings
from checker.measures.timeline import Timeline
from checker.measures.view import View
from checker.quantity import Month
from tests.funnel.made import agreement_of, instant

TEXT = """
format: sla/v1
agreement: Test
working_time:
  office:
    timezone: America/Sao_Paulo
    days: Monday to Friday
    hours: "09:00 to 18:00"
    holidays: [2027-03-01, 2027-05-31]
plan: {{months: 2027-01 to 2027-06}}
stages: {{lead: {{team: sales}}}}
meetings:
  talk: {{{how}, who: [marketing, sales], topics: [volume]}}
"""
MONTHS = [Month(2027, number) for number in range(1, 7)]


@pytest.mark.parametrize(
    ("how", "counts"),
    [
        ("every: week, on: Monday", [4, 4, 5, 4, 4, 5]),  # Monday 31 May is put off to 1 June
        ("every: 2 weeks, on: Monday", [2, 2, 3, 2, 2, 2]),  # from 4 January
        ("every: week", [4, 4, 5, 4, 4, 5]),  # Monday, where nothing is said
        ("every: month, on: first Monday", [1, 1, 1, 1, 1, 1]),
        ("every: month, on: last Monday", [1, 1, 1, 1, 0, 2]),
        ("every: 3 months, on: second Tuesday", [1, 0, 0, 1, 0, 0]),
    ],
)
def test_planned_meetings(how, counts):
    """Weeks and months are counted from the plan's first; on a day without work, the next working day."""
    agreement = agreement_of(TEXT.format(how=how))
    working_time = agreement.working_time()
    assert working_time is not None
    calendar = calendar_of(working_time, date(2026, 11, 1), date(2027, 8, 31))
    view = View(agreement, Leads(0, 0, {}), Timeline(calendar, instant("2027-07-31 12:00"), {}))
    (meeting,) = (agreement.sections.meetings or {}).values()

    assert counts == list(planned_meetings(meeting, MONTHS, view).values())


def test_meetings_after_the_cut_off_are_not_planned_yet():
    """Of June, the Mondays until the cut-off; 31 May was put off to 1 June."""
    agreement = agreement_of(TEXT.format(how="every: week, on: Monday"))
    working_time = agreement.working_time()
    assert working_time is not None
    calendar = calendar_of(working_time, date(2026, 11, 1), date(2027, 8, 31))
    view = View(agreement, Leads(0, 0, {}), Timeline(calendar, instant("2027-06-14 12:00"), {}))
    (meeting,) = (agreement.sections.meetings or {}).values()

    assert 3 == planned_meetings(meeting, MONTHS, view)[Month(2027, 6)]
