"""The statements as DuckDB gets them: what changes here changes every verdict, and is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlglot import exp, parse_one

from checker.funnel import DuckdbEngine
from checker.funnel.calendars import load_calendar
from checker.funnel.clock import clock, times
from checker.funnel.conditions import Shape
from checker.funnel.cube import ages, cube
from checker.funnel.lead_rows import Setting, Silence
from checker.funnel.leads import view_of_leads
from checker.funnel.report_counts import followed, spans
from checker.funnel.spark_words import in_spark
from checker.logic.aggregate import (
    Ages,
    Every,
    Fits,
    Happened,
    Opposite,
    Reached,
    Rung,
    Spared,
    Tally,
    Timing,
    count,
    field_is,
    field_known,
    total,
)
from checker.logic.working_time import calendar_of
from checker.quantity import Duration
from tests.funnel.made import MadeFunnel, agreement_of, instant

GOLDEN = Path(__file__).parent / "golden"
TEXT = """
format: sla/v1
agreement: Test
working_time:
  office: {timezone: America/Sao_Paulo, days: Monday to Friday, hours: "09:00 to 18:00"}
fields:
  employees: {is: whole number}
  email: {is: text}
stages:
  mql: {team: marketing, employees: 50 to 2000, none_of: [{email: "contains '; DROP TABLE leads"}]}
  customer: {team: sales, is: won}
handoff: {stage: mql, channel: The queue}
return_reasons:
  bad_data: {found: before accepting, back_to: marketing, then: repair}
"""
EVENTS = ("became_mql", "handed_off", "first_personal_contact", "decided", "returned", "became_customer")
FOUR_HOURS, TWO_DAYS = Duration.parse("4 business hours"), Duration.parse("2 business days")


@pytest.fixture(scope="module")
def setting() -> Iterator[Setting]:
    agreement = agreement_of(TEXT)
    working_time = agreement.working_time()
    assert working_time is not None
    calendar = calendar_of(working_time, date(2027, 2, 1), date(2027, 5, 31))
    lead = {"lead_id": "L1", "at_handed_off": instant("2027-03-02 10:00")}
    with DuckdbEngine() as engine:
        fields = {"employees": Shape.NUMBER, "email": Shape.TEXT}
        funnel = MadeFunnel(engine, [lead], EVENTS, fields, told=EVENTS)
        leads = view_of_leads(funnel, calendar.start, instant("2027-03-31 18:00"))
        table = load_calendar(engine, "working time office", calendar, [FOUR_HOURS, TWO_DAYS])
        silence = Silence("handed_off", TWO_DAYS, "office", accepts=True)
        yield Setting(agreement, leads, {"office": table}, "office", silence)


def timing(setting: Setting) -> Timing:
    return Timing(
        "handed_off",
        "first_personal_contact",
        (Rung("x.known", field_known("email"), FOUR_HOURS), Rung("x.other", None, TWO_DAYS)),
        "office",
        spared=Spared("handed_off", ("L'9",), ((date(2027, 3, 4), date(2027, 3, 5)),)),
        not_owed=(Opposite(Fits(setting.agreement.named_conditions["mql"], "handed_off")),),
        not_before="became_mql",
    )


def statements(setting: Setting) -> dict[str, exp.Select | None]:
    by_month = {
        "all": count(),
        "accepted": count(Fits(field_is("accepted", True))),
        "in time": count(Every((Reached("handed_off", "decided", TWO_DAYS),))),
        "amount": total("amount"),
    }
    return {
        "cube": cube(setting, "handed_off", {"speed": Tally("handed_off", by_month, Opposite(Happened("decided")))}),
        "ages": ages(setting, Ages("became_mql", "became_customer")),
        "clock": clock(setting, timing(setting)),
        "times": times(setting, timing(setting)),
        "spans": spans(setting, "handed_off", "first_personal_contact"),
        "followed": followed(setting, "became_mql", "became_customer"),
    }


@pytest.mark.parametrize("name", ["cube", "ages", "clock", "times", "spans", "followed"])
def test_statements_are_as_they_were(setting, name):
    """One file a statement. To accept a change, write the statement that the failure shows into its file."""
    statement = statements(setting)[name]

    assert statement is not None

    written = statement.sql(dialect="duckdb", pretty=True) + "\n"

    assert (GOLDEN / f"{name}.sql").read_text(encoding="utf-8") == written


@pytest.mark.parametrize("name", ["cube", "ages", "clock", "times", "spans", "followed"])
def test_statements_are_as_they_were_in_sparks_words(setting, name):
    """And they are read back with the same columns."""
    statement = statements(setting)[name]

    assert statement is not None

    written = in_spark(statement) + "\n"

    assert (GOLDEN / f"{name}.spark.sql").read_text(encoding="utf-8") == written

    read_back = parse_one(written, dialect="spark")

    assert isinstance(read_back, exp.Select)
    assert statement.named_selects == read_back.named_selects


def test_an_older_spark_sorts_where_a_newer_one_keeps_the_smallest(setting):
    """The n smallest of a group, which Spark tells since 4.2."""
    statement = statements(setting)["clock"]

    assert statement is not None

    newer, older = (in_spark(statement, pretty=False, has_smallest=has) for has in (True, False))

    assert ("MIN_BY(" in newer, "COLLECT_LIST(" in newer) == (True, False)
    assert ("MIN_BY(" in older, "SLICE(ARRAY_SORT(COLLECT_LIST(" in older) == (False, True)
