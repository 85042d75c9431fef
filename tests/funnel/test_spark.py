"""Spark says what DuckDB and the plain readers say: every number and every list."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.funnel.calendars import CalendarTable, load_calendar
from checker.logic.working_time import calendar_of
from tests.funnel import test_counting as counting
from tests.funnel import test_logs_line_by_line as logs
from tests.funnel.made import agreement_of
from tests.funnel.test_against_row_by_row import DEAL_COLUMNS, LEAD_COLUMNS, ZONES, check_facts, sources, table
from tests.spark import FUNNELS

walk = counting.walk
_FEW = max(FUNNELS // 5, 1)


@pytest.fixture(scope="module")
def agreement():
    return agreement_of(counting.TEXT)


@pytest.fixture(scope="module")
def office(spark, agreement) -> CalendarTable:
    calendar = calendar_of(agreement.working_time(), date(2027, 3, 1), date(2027, 6, 30))
    return load_calendar(spark, "office", calendar, counting.SPANS)


def _plain(test: Callable[..., None]) -> Callable[..., None]:
    """What a law of the engine asserts of one funnel."""
    asserted: Callable[..., None] = test.hypothesis.inner_test  # type: ignore[attr-defined]
    return asserted


# ---------------------------------------------------------------- random funnels, against one lead after the other


@given(
    counting.funnels(),
    counting.CUT_OFFS,
    st.sampled_from(counting.SPANS),
    st.sampled_from(counting.SPANS),
    st.booleans(),
)
@settings(max_examples=_FEW)
def test_clocks(spark, agreement, office, walk, leads, cut_off, first, second, is_contact):
    """Every lead that has the start event stands on its rung, in the month of its deadline, in its one state."""
    _plain(counting.test_clocks)(spark, agreement, office, walk, leads, cut_off, first, second, is_contact)


@given(counting.funnels(), counting.CUT_OFFS)
@settings(max_examples=_FEW)
def test_tallies(spark, agreement, office, walk, leads, cut_off):
    """Numbers by month and channel, and sums of amounts."""
    _plain(counting.test_tallies)(spark, agreement, office, walk, leads, cut_off)


@given(counting.funnels(), counting.CUT_OFFS, st.sampled_from(counting.SPANS))
@settings(max_examples=_FEW)
def test_lists_and_ages(spark, agreement, office, walk, leads, cut_off, within):
    """Late leads and listed ones are named in their order; days between events are differences of local dates."""
    _plain(counting.test_late_leads_are_named)(spark, agreement, office, walk, leads, cut_off, within)
    _plain(counting.test_listed_leads_are_named)(spark, agreement, office, walk, leads, cut_off)
    _plain(counting.test_ages_are_differences_of_local_dates)(spark, agreement, office, walk, leads, cut_off)


@given(sources(), table(LEAD_COLUMNS, 40), table(DEAL_COLUMNS, 30), st.sampled_from(ZONES))
@settings(max_examples=_FEW)
def test_facts_of_two_files(spark, source, lead_rows, deal_rows, report_zone):
    """Blanks, placeholders, zones, formats, value maps, joins, repeated ids and ragged rows; and nothing is lost."""
    check_facts(source, lead_rows, deal_rows, report_zone, "spark")


@given(logs.log_sources(), table(logs.COLUMNS, 60), st.sampled_from(ZONES), logs.PLAIN)
@settings(max_examples=_FEW)
def test_facts_of_a_log(spark, source, rows, report_zone, is_plain):
    """First moments, counts, reasons, contacts, second handoffs; and no line is lost."""
    logs.check_lines(source, rows, report_zone, is_plain, "spark")


# ---------------------------------------------------------------- words


def test_small_letters_are_the_same():
    """Of every letter that there is, also where Java knows better than DuckDB."""
    letters = [chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]

    assert letters
