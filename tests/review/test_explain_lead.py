"""The story of one lead: its verdicts add up to those of the check, and the clock's skipped times to its deadline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given, settings

from checker.agreement import build
from checker.errors import WrongUsage
from checker.funnel import DuckdbEngine, open_funnel
from checker.language import words
from checker.logic.aggregate import State
from checker.logic.closed_time import Closing
from checker.measures.story import LeadStory
from checker.quantity import Month, Unit
from checker.review.check import check
from checker.review.explain_lead import explain_lead
from checker.text import parse
from tests.funnel.made import agreement_of
from tests.funnel.one_by_one import as_at
from tests.funnel.test_counting import EVENTS, TEXT, ZONE, funnels
from tests.review.test_leads import AS_OF, PROMISES, TEXT_OF_ALL, THREE, funnel_of, lead
from tests.review.test_logs import AGREEMENT, LOG, SOURCE

RATES = """
rates: {mql_to_customer: 25%}
both_promise:
  win: {promise: Win one in four, measure: rate, of: mql_to_customer, target: as planned, judged_after: 5 days}
"""
NUMBERS = ("numerator", "denominator", "waiting", "not_counted", "not_owed", "cannot_tell", "by_silence")


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckdbEngine]:
    with DuckdbEngine() as engine:
        yield engine


def told(
    engine: DuckdbEngine, leads: list[dict[str, Any]], name: str, as_of: date | None, text: str = TEXT_OF_ALL
) -> LeadStory:
    return explain_lead(agreement_of(text), parse(text), funnel_of(engine, leads), name, as_of)


@given(funnels(), AS_OF)
@settings(max_examples=5, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_the_verdicts_of_all_leads_add_up_to_those_of_the_check(engine, leads, as_of):
    """Numerators, denominators and everything beside them, of each promise and month."""
    agreement, document, funnel = agreement_of(TEXT_OF_ALL), parse(TEXT_OF_ALL), funnel_of(engine, leads)
    expected = {
        (result.promise, result.period, name): Fraction(str(getattr(result, name)))
        for result in check(agreement, document, funnel, as_of).results.results
        for name in NUMBERS
    }
    found = dict.fromkeys(expected, Fraction(0))
    clocks: dict[tuple[str, str], list[State]] = {}
    everybody = {each["lead_id"] for each in as_at(leads, 2**40, EVENTS)} | {"L99"}
    for name in sorted(everybody):
        story = explain_lead(agreement, document, funnel, name, as_of)
        for verdict in story.verdicts:
            for number in NUMBERS:
                found[verdict.id, str(verdict.month), number] += Fraction(getattr(verdict, number))
        for clock in story.clocks:
            clocks.setdefault((clock.id, str(clock.month)), []).append(clock.state)

    assert expected == found

    for (promise, month), states in clocks.items():
        if (promise, month, "numerator") in expected:
            assert expected[promise, month, "numerator"] == states.count(State.MET)
            assert expected[promise, month, "denominator"] == states.count(State.MET) + states.count(State.LATE)
            assert expected[promise, month, "waiting"] == states.count(State.WAITING)


@given(funnels(), AS_OF)
@settings(max_examples=5, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_skipped_times_and_working_time_are_all_the_time_there_is(engine, leads, as_of):
    """The engine's deadline less the closed times that Python found leaves the hours that were promised."""
    agreement, document, funnel = agreement_of(TEXT_OF_ALL), parse(TEXT_OF_ALL), funnel_of(engine, leads)
    for each in as_at(leads, 2**40, EVENTS):
        for clock in explain_lead(agreement, document, funnel, each["lead_id"], as_of).clocks:
            if clock.deadline is None or clock.within.unit is not Unit.BUSINESS_HOURS:
                continue
            end = clock.deadline if clock.stop is None else min(clock.stop, clock.deadline)
            if end <= clock.start:
                continue
            closed = sum((skipped.end - skipped.begin for skipped in clock.skipped), timedelta())
            worked = (end - clock.start - closed).total_seconds()
            if end == clock.deadline:
                expected: int | None = clock.within.count * 3600
            else:
                expected = clock.used_seconds

            assert expected == worked


def test_a_deadline_says_which_night_weekend_and_holiday_it_skipped(engine):
    """From Thursday 1 April 17:30, four hours end on Monday: past the night, Good Friday and the weekend."""
    leads = [lead("A", handed_off="2027-04-01 17:30", first_personal_contact="2027-04-05 11:00")]
    story = told(engine, leads, "A", date(2027, 4, 20))
    (clock,) = [each for each in story.clocks if each.id == "response.other"]

    assert (State.MET, Month(2027, 4), 9000) == (clock.state, clock.month, clock.used_seconds)
    assert datetime(2027, 4, 5, 13, 30, tzinfo=ZoneInfo(ZONE)) == clock.deadline
    assert [(Closing.HOLIDAY, "2027-04-01T18:00:00-03:00", "2027-04-05T09:00:00-03:00")] == [
        (each.why, each.begin.isoformat(), each.end.isoformat()) for each in clock.skipped
    ]
    assert [{date(2027, 4, 2): None}] == [dict(each.holidays) for each in clock.skipped]


def test_the_holidays_of_a_country_have_their_names(engine):
    """They come in the reader's language."""
    text = TEXT_OF_ALL.replace("holidays: [2027-04-02]", "holidays: {country: BR}").replace("[2027-04-02]", "[]")
    assert "country: BR" in text
    leads = [lead("A", handed_off="2027-03-25 17:30")]
    story = explain_lead(
        agreement_of(text), parse(text), funnel_of(engine, leads), "A", date(2027, 4, 20), language="pt-BR"
    )
    (clock,) = [each for each in story.clocks if each.id == "response.other"]

    assert {date(2027, 3, 26): "Sexta-feira Santa"} == dict(clock.skipped[0].holidays)


def test_the_line_that_decided_is_that_of_the_rung(engine):
    """A ladder's line, with the lines above it that are not for the lead."""
    story = told(engine, THREE, "A", date(2027, 3, 31))
    (clock,) = [each for each in story.clocks if each.id == "response.other"]

    assert clock.place is not None

    line = TEXT_OF_ALL.splitlines()[clock.place.line - 1]

    assert "{name: other, otherwise: yes, time: 4 business hours, target: 90%}" in line
    assert [("response.large", False)] == [(name, answer) for name, _, answer in clock.passed_over]


def test_what_is_left_out_says_why(engine):
    """A lead that did not fit is not owed, and one that both agreed on is not counted."""
    leads = [lead("A", handed_off="2027-03-30 10:00", employees=1), lead("L02", handed_off="2027-03-30 10:00")]
    whys = {}
    for name in ("A", "L02"):
        (clock,) = [each for each in told(engine, leads, name, date(2027, 3, 31)).clocks if each.id == "response.other"]
        (why,) = clock.why
        whys[name] = clock.state, why.text, dict(why.arguments)

    assert (State.NOT_OWED, "the lead did not fit when it was handed over", {}) == whys["A"]
    assert (State.NOT_COUNTED, "both sides agreed: {why}", {"why": "Called from a private phone"}) == whys["L02"]


def test_a_duplicate_is_told_as_the_lead_that_it_is_counted_as(engine):
    """With the earliest stamps of both."""
    leads = [lead("A", handed_off="2027-03-30 10:00"), lead("B", handed_off="2027-03-29 10:00", merged_into="A")]
    story = told(engine, leads, "B", date(2027, 3, 31))

    assert ("A", "B", ("B",)) == (story.lead, story.asked_as, story.duplicates)
    assert ["2027-03-29T10:00:00-03:00"] == [each.at.isoformat() for each in story.happenings]


def test_an_unknown_lead_is_refused_with_the_nearest_ids(engine):
    """A letter too much is most of what goes wrong."""
    leads = [lead("L-1001", handed_off="2027-03-30 10:00"), lead("X", handed_off="2027-03-30 10:00")]
    with pytest.raises(WrongUsage) as refused:
        told(engine, leads, "L-10001", date(2027, 3, 31))

    expected = "there is no lead L-10001 in the data; did you mean L-1001?"
    assert expected == words("en").say(refused.value.message)


def test_every_promise_is_told_of_or_says_why_not(engine):
    """No promise of the agreement is passed over in silence."""
    story = told(engine, THREE, "A", date(2027, 3, 31))
    about = [clock.promise.id for clock in story.clocks] + [item.promise.id for item in story.counted]
    not_about = [item.promise.id for item in story.not_about]

    assert {promise.id for promise in agreement_of(TEXT_OF_ALL).promises()} == {*about, *not_about}
    assert set() == set(about) & set(not_about)


def test_rates_follow_the_lead_too(engine):
    """A cohort's lead is in the month in which it began."""
    leads = [lead("A", handed_off="2027-03-10 10:00", became_customer="2027-03-12 10:00")]
    text = TEXT + PROMISES + RATES
    story = told(engine, leads, "A", date(2027, 4, 20), text)
    (rate,) = [item for item in story.counted if item.promise.id == "win"]

    assert [(Month(2027, 3), Fraction(1), Fraction(1))] == [
        (each.month, each.numerator, each.denominator) for each in rate.verdicts
    ]


def test_a_log_tells_each_line(tmp_path):
    """Every line with its place and what it says; clocks for each return and each second handoff."""
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    document = parse(AGREEMENT + SOURCE)
    agreement = build(document.values, document.problems)
    with open_funnel(agreement, tmp_path) as funnel:
        story = explain_lead(agreement, document, funnel, "B", date(2027, 3, 31))
    lines = LOG.splitlines()
    own = [number for number, line in enumerate(lines, start=1) if line.startswith("B,")]
    told_lines = {int(each.place.rpartition(":")[2]) for each in story.happenings if each.place is not None}
    states = {(clock.promise.id, clock.is_again, clock.start.day): clock.state for clock in story.clocks}

    assert set(own) == told_lines
    assert ["bad_data"] == [each.says["reason"] for each in story.happenings if "reason" in each.says]
    assert {
        ("repair", False, 2): State.MET,
        ("repair", False, 5): State.UNSURE,
        ("first-response", False, 1): State.LATE,
        ("first-response", True, 3): State.MET,
        ("crm", False, 3): State.MET,
    } == states


def test_the_verdicts_on_a_log_add_up_too(tmp_path):
    """Returns, second handoffs and activities are rows of their own; they are still those of one lead."""
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    document = parse(AGREEMENT + SOURCE)
    agreement = build(document.values, document.problems)
    with open_funnel(agreement, tmp_path) as funnel:
        results = check(agreement, document, funnel, date(2027, 3, 31)).results.results
        verdicts = [
            verdict
            for name in "ABC"
            for verdict in explain_lead(agreement, document, funnel, name, date(2027, 3, 31)).verdicts
        ]
    for result in results:
        own = [each for each in verdicts if (each.id, str(each.month)) == (result.promise, result.period)]

        assert result.numerator == sum(each.numerator for each in own)
        assert result.denominator == sum(each.denominator for each in own)
        again = sum(each.again.due for each in own if each.again)

        assert (0 if result.again is None else result.again.denominator) == again
