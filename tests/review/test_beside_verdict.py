"""What stands beside a verdict, worked out by hand: pace, the last working days, three months, steps, exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.funnel import DuckdbEngine
from checker.review.check import check
from checker.text import parse
from checker.verdict import Outlook, Result, Status
from tests.funnel.made import MadeFunnel, agreement_of
from tests.review.test_check import (
    END_OF_JUNE,
    EVENTS,
    FIELDS,
    HEAD,
    RESPONSE,
    WHOLE,
    answered,
    checked,
    lead,
    of,
)

MID_MARCH = date(2027, 3, 12)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckdbEngine]:
    with DuckdbEngine() as engine:
        yield engine


# ---------------------------------------------------------------- pace

VOLUME = """
targets: {mql: {all: {2027-03: 80}}}
marketing_promises:
  volume: {promise: Deliver, measure: volume, of: mql, target: as planned}
"""


def test_the_pace_of_a_volume_is_told_as_in_vector_e(engine):
    """March has 23 working days without a holiday, and 22 with one: 10 are gone, 30 of 80 leads are there."""
    head = HEAD.replace('"09:00 to 18:00"}', '"09:00 to 18:00", holidays: [2027-03-26]}')
    leads = [lead(number, handed_off="2027-03-02 10:00") for number in range(30)]
    funnel = MadeFunnel(engine, leads, EVENTS, FIELDS, WHOLE)
    result = of(check(agreement_of(head + VOLUME), parse(head + VOLUME), funnel, MID_MARCH), "volume")
    pace = result.pace

    assert pace is not None
    assert (Status.OPEN, Outlook.AT_RISK) == (result.status, result.outlook)
    assert (10, 22, 36.36, 0.825) == (pace.days_gone, pace.days, round(pace.expected, 2), pace.share)
    assert (66, 51, 86) == (pace.projection, pace.low, pace.high)
    assert (3.0, 4.17) == (pace.a_day_so_far, round(pace.a_day_needed or 0, 2))


def test_a_month_that_is_over_has_no_pace(engine):
    """There is nothing left to head for."""
    assert None is of(checked(engine, VOLUME, answered(30)), "volume").pace


# ---------------------------------------------------------------- the last working days


def test_the_last_working_days_go_beyond_the_month(engine):
    """On Tuesday 2 March the last five working days begin on Wednesday 24 February."""
    leads = [
        *answered(4, 0, "2027-02-23"),
        *answered(3, 2, "2027-02-24"),
        *answered(1, 0, "2027-03-01"),
    ]
    leads = [{**each, "lead_id": str(number)} for number, each in enumerate(leads)]
    result = of(checked(engine, RESPONSE, leads, date(2027, 3, 2)), "first-response")
    five, twenty = result.recent

    assert (5, date(2027, 2, 24), 2, 6) == (five.days, five.since, five.missed, five.due)
    assert (20, date(2027, 2, 3), 2, 10) == (twenty.days, twenty.since, twenty.missed, twenty.due)
    assert (1, 1) == (result.numerator, result.denominator)
    assert 3.33 == round(five.times_as_fast or 0, 2)
    assert not five.is_warning


def test_many_misses_in_a_few_days_are_an_early_warning(engine):
    """Five of eight, where one in ten may be late, happen to a good team once in 2,300 such spans."""
    result = of(checked(engine, RESPONSE, answered(3, 5, "2027-03-09"), MID_MARCH), "first-response")

    assert [(5, 8, True), (5, 8, True)] == [(each.missed, each.due, each.is_warning) for each in result.recent]
    assert 2.3e3 == pytest.approx(1 / result.recent[0].by_chance, rel=0.05)


def test_data_that_begins_later_has_no_window(engine):
    """Of days that nobody recorded nothing can be said: the longer window begins before the data."""
    coverage = dict.fromkeys(
        ("became_lead", "handed_off", "first_personal_contact"), (date(2027, 3, 1), date(2027, 3, 12))
    )
    result = of(checked(engine, RESPONSE, answered(5, 1, "2027-03-08"), MID_MARCH, coverage=coverage), "first-response")

    assert [5] == [each.days for each in result.recent]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(9, 17), st.booleans()), min_size=1, max_size=60),
    st.integers(25, 40),
)
def test_windows_count_what_a_count_by_hand_counts(stamps, last):
    """Each lead by the day of its deadline, in any month; a window is the last working days, today's among them."""
    first = date(2027, 2, 1)
    working = [day for offset in range(60) if (day := first + timedelta(days=offset)).weekday() < 5]
    today = first + timedelta(days=last)
    leads, due = [], []
    for number, (offset, hour, is_late) in enumerate(stamps):
        day = working[offset % len(working)]
        start = f"{day} {hour:02}:00"
        # four hours of work: those handed over after two are due on the next working day
        place = working.index(day) + (1 if hour > 14 else 0)
        late = f"{working[place + 1]} 17:59" if is_late else f"{day} {hour:02}:30"
        if day <= today:
            leads.append(lead(number, handed_off=start, first_personal_contact=late))
            due.append((working[place], is_late))
    seen = [day for day in working if day <= today]
    with DuckdbEngine() as engine:
        found = of(checked(engine, RESPONSE, leads, today), "first-response", f"{today:%Y-%m}")
    inside = {days: [late for day, late in due if seen[max(len(seen) - days, 0)] <= day <= today] for days in (5, 20)}

    assert {days: (sum(late), len(late)) for days, late in inside.items() if late} == {
        each.days: (each.missed, each.due) for each in found.recent
    }


def test_shares_of_a_month_have_windows_too(engine):
    """Acceptance by the day of the decision."""
    text = """
marketing_promises:
  quality: {promise: Sales accepts most, measure: acceptance_rate, target: 70%}
"""
    leads = [
        lead(number, handed_off="2027-02-25 09:00", decided="2027-02-26 10:00", returned=back, return_reason=reason)
        for number, (back, reason) in enumerate(
            [("2027-02-26 10:00", "bad_data"), ("2027-02-26 10:00", "bad_data"), ("2027-06-01 10:00", None)]
        )
    ]
    leads.append(lead(8, handed_off="2027-03-01 09:00", decided="2027-03-01 10:00"))
    result = of(checked(engine, text, leads, date(2027, 3, 2)), "quality")

    assert [(5, 2, 4), (20, 2, 4)] == [(each.days, each.missed, each.due) for each in result.recent]


# ---------------------------------------------------------------- three months together


def test_three_months_together_are_added_up_and_decide_nothing(engine):
    """8, 9 and 10 of 10: the first is missed, and all three together are kept."""
    leads = [*answered(8, 2, "2027-04-01"), *answered(9, 1, "2027-05-04"), *answered(10, 0, "2027-06-01")]
    leads = [{**each, "lead_id": str(number)} for number, each in enumerate(leads)]
    found = checked(engine, RESPONSE, leads, END_OF_JUNE)
    april, june = of(found, "first-response", "2027-04"), of(found, "first-response", "2027-06")

    assert (Status.MISSED, None) == (april.status, april.together)
    assert june.together is not None
    assert (("2027-04", "2027-05", "2027-06"), 27, 30, True) == (
        june.together.months,
        june.together.numerator,
        june.together.denominator,
        june.together.is_kept,
    )
    assert (74, 97) == tuple(round(100 * end) for end in june.together.interval)


def test_months_without_a_lead_are_passed_over(engine):
    """The last three that were judged, whenever they were."""
    leads = [*answered(5, 1, "2027-01-05"), *answered(5, 1, "2027-02-02"), *answered(5, 1, "2027-04-01")]
    leads = [{**each, "lead_id": str(number)} for number, each in enumerate(leads)]
    found = checked(engine, RESPONSE, leads, END_OF_JUNE)
    april = of(found, "first-response", "2027-04")

    assert april.together is not None
    assert (("2027-01", "2027-02", "2027-04"), 15, 18, False) == (
        april.together.months,
        april.together.numerator,
        april.together.denominator,
        april.together.is_kept,
    )


# ---------------------------------------------------------------- the steps of a budget

BUDGET = """targets: {mql: {all: {2027-03: 60}}}
""" + RESPONSE.replace(
    "    target: 90%\n",
    """    target: 90%
    when_late_leads_reach:
      50% of allowed: First topic of the weekly meeting
      75% of allowed: The sales director hears of it
      100% of allowed: The sales director calls these leads
""",
)


@pytest.mark.parametrize(
    ("late", "then"),
    [
        (0, None),
        (2, None),
        (3, "First topic of the weekly meeting"),
        (4, "First topic of the weekly meeting"),
        (5, "The sales director hears of it"),
        (6, "The sales director calls these leads"),
        (7, "The sales director calls these leads"),
    ],
)
def test_the_step_that_the_misses_have_reached_is_told(engine, late, then):
    """Sixty leads are planned, so six may be late: half of them are three, and 75% are four and a half."""
    result = of(checked(engine, BUDGET, answered(20, late), MID_MARCH), "first-response")
    step = result.step

    assert 6 == result.allowed_misses
    assert (None if then is None else (late, 6, then)) == (
        None if step is None else (step.used, step.allowed, step.then)
    )


def test_a_month_that_is_over_has_its_verdict_and_no_step(engine):
    """What was to be done while it could still be kept is past."""
    assert None is of(checked(engine, BUDGET, answered(20, 6)), "first-response").step


# ---------------------------------------------------------------- escalation

ESCALATION = (
    RESPONSE
    + """
escalation:
  - {when: {missed: 2}, tell: seller, then: Call now}
  - {when: {late_by: 2 business hours}, tell: [mia, seller], then: Give it to another seller}
  - {when: {months_missed: 2}, tell: [mia, sam], then: Decide at the review}
"""
)


def steps(result: Result) -> list[tuple[int, int, tuple[str, ...]]]:
    """Of each step that is told: its place, how much triggered it, whom to tell."""
    return [(taken.step, taken.count, taken.tell) for taken in result.escalations]


@pytest.mark.parametrize(("late", "told"), [(1, []), (2, [(1, 2, ("seller",))])])
def test_missed_leads_of_the_month_are_escalated_from_the_number_agreed(engine, late, told):
    """Those of the running month: two late leads are two, one is not."""
    result = of(checked(engine, ESCALATION, answered(20, late), MID_MARCH), "first-response")

    assert told == steps(result)


@pytest.mark.parametrize(
    ("cut_off", "told"), [("2027-03-02 15:59:59", []), ("2027-03-02 16:00", [(2, 1, ("mia", "seller"))])]
)
def test_a_lead_that_still_waits_so_long_after_its_deadline_is_escalated(engine, cut_off, told):
    """Handed over at ten, due at two, two hours of work later it is four; whoever was called late is not waiting."""
    leads = [
        lead(1, handed_off="2027-03-02 10:00"),
        lead(2, handed_off="2027-03-01 09:00", first_personal_contact="2027-03-01 17:00"),
        lead(3, became_lead=cut_off),
    ]
    only_late_by = ESCALATION.replace("{missed: 2}", "{missed: 9}")
    result = of(checked(engine, only_late_by, leads, None), "first-response")

    assert told == steps(result)


def test_months_in_a_row_are_escalated_with_the_last_one(engine):
    """January and February were missed, March goes on: it is said with February."""
    leads = [*answered(5, 3, "2027-01-05"), *answered(5, 3, "2027-02-02"), *answered(3, 0, "2027-03-02")]
    leads = [{**each, "lead_id": str(number)} for number, each in enumerate(leads)]
    found = checked(engine, ESCALATION, leads, MID_MARCH)

    assert [(3, 2, ("mia", "sam"))] == steps(of(found, "first-response", "2027-02"))
    assert [] == steps(of(found, "first-response", "2027-01"))
    assert [] == steps(of(found, "first-response"))


def test_a_month_that_was_kept_breaks_the_row(engine):
    """Missed, kept, missed is one month."""
    leads = [*answered(5, 3, "2027-01-05"), *answered(5, 0, "2027-02-02"), *answered(3, 3, "2027-03-02")]
    leads = [{**each, "lead_id": str(number)} for number, each in enumerate(leads)]
    found = checked(engine, ESCALATION, leads)

    assert [] == [taken for taken in steps(of(found, "first-response")) if taken[0] == 3]


def test_a_step_names_its_line_and_the_people(engine):
    """So that nobody has to look them up."""
    result = of(checked(engine, ESCALATION, answered(20, 2), MID_MARCH), "first-response")
    (taken,) = result.escalations

    assert ("Call now", "each lead's seller") == (taken.then, taken.whom.text)
    assert taken.line > result.line


def test_a_step_about_other_promises_is_not_told_here(engine):
    """`of` names the promises that it is about."""
    text = ESCALATION.replace("tell: seller, then: Call now", "of: other, tell: seller, then: Call now")
    text = text.replace(
        "sales_promises:\n",
        "sales_promises:\n"
        "  other: {promise: x, starts: handed_off, stops: decided, within: 9 business days, target: 50%}\n",
    )
    found = checked(engine, text, answered(20, 2), MID_MARCH)

    assert [] == steps(of(found, "first-response"))


# ---------------------------------------------------------------- what is left out

EXCEPTIONS = (
    RESPONSE
    + """
not_counted:
  - leads: [L01, L02]
    promise: first-response
    why: Called from a private phone
    agreed_by: [mia, sam]
  - days: 2027-03-04 to 2027-03-05
    promise: first-response
    why: The telephones were down
    agreed_by: [mia, sam]
"""
)


def test_every_exception_says_how_many_it_left_out_and_who_agreed(engine):
    """Two leads by name, three by their days; in April there is none."""
    leads = [lead(number, handed_off="2027-03-02 10:00") for number in range(4)]
    leads += [lead(number, handed_off="2027-03-04 10:00") for number in range(10, 13)]
    found = checked(engine, EXCEPTIONS, leads, END_OF_JUNE)
    march = of(found, "first-response")

    assert (5, 2) == (march.not_counted, march.denominator)
    assert [
        (2, ("L01", "L02"), None, "Called from a private phone", ("Mia", "Sam")),
        (3, (), date(2027, 3, 4), "The telephones were down", ("Mia", "Sam")),
    ] == [(each.count, each.leads, each.first, each.why, each.agreed_by) for each in march.exceptions]
    assert () == of(found, "first-response", "2027-04").exceptions


def test_exceptions_of_a_volume_are_told_one_by_one_too(engine):
    """By the month of the handoff."""
    text = VOLUME + EXCEPTIONS[len(RESPONSE) :].replace("promise: first-response", "promise: volume")
    leads = [lead(number, handed_off="2027-03-02 10:00") for number in range(4)]
    leads += [lead(number, handed_off="2027-03-04 10:00") for number in range(10, 13)]
    march = of(checked(engine, text, leads), "volume")

    assert (5, 2) == (march.not_counted, march.actual)
    assert [2, 3] == [each.count for each in march.exceptions]


def test_one_exception_has_all_that_were_left_out(engine):
    """No second count is needed."""
    text = EXCEPTIONS[: EXCEPTIONS.index("  - days:")]
    leads = [lead(number, handed_off="2027-03-02 10:00") for number in range(4)]

    assert [2] == [each.count for each in of(checked(engine, text, leads), "first-response").exceptions]


RELEASE = """
marketing_promises:
  handoff-speed:
    {promise: At once, starts: became_mql, stops: handed_off, within: 15 minutes, target: 50%}
""" + RESPONSE.replace(
    "    target: 90%\n", "    target: 90%\n    not_owed_when: [wrongly_qualified, {late: handoff-speed}]\n"
)


def test_a_lead_that_was_not_owed_says_whose_failure_released_it(engine):
    """One did not fit, two were handed over late, and one of these did not fit either: it counts with both."""
    leads = [
        lead(1, became_mql="2027-03-02 10:00", handed_off="2027-03-02 10:05", employees=1),
        lead(2, became_mql="2027-03-02 10:00", handed_off="2027-03-02 12:00"),
        lead(3, became_mql="2027-03-02 10:00", handed_off="2027-03-02 12:00", employees=1),
        lead(4, became_mql="2027-03-02 10:00", handed_off="2027-03-02 10:05"),
    ]
    result = of(checked(engine, RELEASE, leads), "first-response")

    assert (3, 1) == (result.not_owed, result.denominator)
    assert [("wrongly_qualified", 2), ("handoff-speed", 2)] == [(each.because, each.count) for each in result.released]


def test_a_stand_in_is_named(engine):
    """The event that is missing, and the one that stands for it."""
    found = checked(engine, RESPONSE, answered(9, 1), stand_ins={"handed_off": "became_mql"})

    assert [("handed_off", "became_mql")] == [
        (each.event, each.same_as) for each in of(found, "first-response").stand_ins
    ]
    assert () == of(checked(engine, RESPONSE, answered(9, 1)), "first-response").stand_ins


@pytest.mark.parametrize(("dated", "would_break"), [(0, False), (1, True)])
def test_a_promise_that_hangs_on_what_nobody_knows_says_so(engine, dated, would_break):
    """Nine of ten are kept; were the one without a time late, it would be nine of eleven, and missed."""
    leads = answered(9, 1) + [
        lead(50 + number, handed_off="2027-03-03 10:00", first_personal_contact="2027-03-03") for number in range(dated)
    ]
    result = of(checked(engine, RESPONSE, leads), "first-response")

    assert (Status.MET, dated, would_break) == (result.status, result.cannot_tell, result.unknown_would_break)


def test_one_that_does_not_hang_on_it_does_not(engine):
    """Nineteen of nineteen, and one unknown: 95% at worst."""
    leads = [*answered(19), lead(50, handed_off="2027-03-03 10:00", first_personal_contact="2027-03-03")]

    assert False is of(checked(engine, RESPONSE, leads), "first-response").unknown_would_break
