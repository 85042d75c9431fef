"""Verdicts worked out by hand: every status and outlook, exceptions, mutual release, silence, stand-ins, coverage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from checker.errors import NothingToJudge, WrongUsage
from checker.funnel import DuckdbEngine, Engine
from checker.funnel.conditions import Shape
from checker.funnel.facts import FactColumn
from checker.language import words
from checker.quantity import Period
from checker.report.results_text import results_text
from checker.review.check import Checked, check
from checker.text import parse
from checker.verdict import Evidence, Outlook, Result, Status
from tests.funnel.made import BASE, MadeFunnel, agreement_of, instant

HEAD = """
format: sla/v1
agreement: Test
status: draft
language: en
currency: EUR
working_time:
  office: {timezone: America/Sao_Paulo, days: Monday to Friday, hours: "09:00 to 18:00"}
people:
  mia: {name: Mia, team: marketing}
  sam: {name: Sam, team: sales}
fields:
  email: {is: text}
  employees: {is: whole number}
stages:
  lead: {team: marketing}
  mql: {team: marketing, employees: at least 10}
  customer: {team: sales, is: won}
handoff: {stage: mql, channel: The queue, must_have: [email]}
return_reasons:
  bad_data: {found: before accepting, back_to: marketing, then: repair}
  no_need: {found: after accepting, back_to: nobody, then: close}
  duplicate: {found: before accepting, back_to: nobody, then: merge, counts: no}
"""
RESPONSE = """
sales_promises:
  first-response:
    promise: Call each lead
    starts: handed_off
    stops: first_personal_contact
    within: 4 business hours
    target: 90%
"""
EVENTS = (
    "became_lead",
    "became_mql",
    "handed_off",
    "first_personal_contact",
    "decided",
    "returned",
    "became_customer",
)
FIELDS = {"email": Shape.TEXT, "employees": Shape.NUMBER}
# March 2027: the 1st is a Monday, the 31st a Wednesday; 23 working days.
MARCH = (date(2027, 3, 1), date(2027, 3, 31))
WHOLE = dict.fromkeys(EVENTS, (date(2027, 1, 1), date(2027, 6, 30)))
END_OF_MARCH, END_OF_JUNE = date(2027, 3, 31), date(2027, 6, 30)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with DuckdbEngine() as engine:
        yield engine


def lead(number: int, **values: Any) -> dict[str, Any]:
    """A lead; texts under the names of events are moments, `handed_off="2027-03-02 10:00"`."""
    found: dict[str, Any] = {"lead_id": f"L{number:02}", "employees": 50, "email": "a@b"}
    for name, value in values.items():
        if name in EVENTS:
            found[f"at_{name}"] = instant(value)
            found[f"day_{name}"] = len(value) == len("2027-03-02")
        else:
            found[name] = value
    return found


def answered(count: int, late: int = 0, day: str = "2027-03-02") -> list[dict[str, Any]]:
    """Leads handed over at ten and called at eleven; `late` more are called three days later."""
    following = f"{day[:-2]}{int(day[-2:]) + 3:02}"
    in_time = [lead(i, handed_off=f"{day} 10:00", first_personal_contact=f"{day} 11:00") for i in range(count)]
    return in_time + [
        lead(count + i, handed_off=f"{day} 10:00", first_personal_contact=f"{following} 11:00") for i in range(late)
    ]


def checked(
    engine: Engine,
    text: str,
    leads: Sequence[Mapping[str, Any]],
    as_of: date | None = END_OF_MARCH,
    period: Period | None = None,
    coverage: Mapping[str, tuple[date, date]] = WHOLE,
    events: Sequence[str] = EVENTS,
    base: Sequence[str] = tuple(BASE),
    fields: Mapping[str, Shape] = FIELDS,
    stand_ins: Mapping[str, str] | None = None,
) -> Checked:
    # Somebody came to the website long before: a funnel without any event has no cut-off.
    everybody = [*leads, lead(99, became_lead="2027-01-04 10:00")]
    funnel = MadeFunnel(engine, everybody, events, fields, coverage, base=base, stand_ins=stand_ins)
    return check(agreement_of(HEAD + text), parse(HEAD + text), funnel, as_of, period)


def of(found: Checked, promise: str, period: str = "2027-03") -> Result:
    """The one result of a promise in a month."""
    (result,) = [item for item in found.results.results if (item.promise, item.period) == (promise, period)]
    return result


# ---------------------------------------------------------------- clocks


@pytest.mark.parametrize(
    ("in_time", "late", "status"),
    [(9, 1, Status.MET), (22, 3, Status.MISSED), (1, 0, Status.MET), (0, 1, Status.MISSED), (0, 0, Status.NO_DATA)],
)
def test_a_month_that_is_over_is_kept_or_missed_exactly(engine, in_time, late, status):
    """88% is no 90%, and none of none is no 100%."""
    result = of(checked(engine, RESPONSE, answered(in_time, late)), "first-response")

    assert (status, in_time, in_time + late) == (result.status, result.numerator, result.denominator)


def test_the_month_of_the_deadline_counts(engine):
    """A lead handed over in the last hours of March is due in April."""
    leads = [lead(1, handed_off="2027-03-31 15:00", first_personal_contact="2027-03-31 15:30")]
    found = checked(engine, RESPONSE, leads, END_OF_JUNE)

    assert Status.NO_DATA is of(found, "first-response").status
    assert (Status.MET, 1) == (
        of(found, "first-response", "2027-04").status,
        of(found, "first-response", "2027-04").numerator,
    )


def test_what_is_not_due_yet_is_in_no_share(engine):
    """Waiting leads, answered or not, are neither kept nor missed."""
    leads = [
        *answered(9, 1),
        lead(20, handed_off="2027-03-31 17:00", first_personal_contact="2027-03-31 17:10"),
        lead(21, handed_off="2027-03-31 17:00"),
    ]
    found = checked(engine, RESPONSE, leads)
    march, april = of(found, "first-response"), [item.period for item in found.results.results]

    assert (9, 10, 0) == (march.numerator, march.denominator, march.waiting)
    assert ["2027-01", "2027-02", "2027-03"] == april


@pytest.mark.parametrize(
    ("leads", "outlook", "allowed"),
    [
        (answered(9, 1), Outlook.ON_COURSE, 2),
        (answered(8, 0), Outlook.ON_COURSE, 1),
        (answered(5, 1), Outlook.AT_RISK, 1),
        (answered(5, 4), Outlook.LOST, 2),
        ([*answered(5, 1), *(lead(30 + i, handed_off="2027-03-12 15:00") for i in range(4))], Outlook.AT_RISK, 2),
        ([], Outlook.ON_COURSE, 0),
    ],
)
def test_the_outlook_of_a_month_that_goes_on(engine, leads, outlook, allowed):
    """At risk once the share so far is too low, lost once more are late than ever may be.

    Ten of 23 days are gone: ten leads are on their way to 23, of which two may be late. Nine are on their way to 20,
    and hardly to more than 33, of which three may be late: four are too many.
    """
    result = of(checked(engine, RESPONSE, leads, date(2027, 3, 12)), "first-response")

    assert (Status.OPEN, outlook, allowed) == (result.status, result.outlook, result.allowed_misses)
    assert result.judged is False


def test_the_plan_gives_an_open_month_its_room(engine):
    """Of 100 leads that the plan expects, ten may be late, however few have come so far."""
    plan = "targets: {mql: {all: {2027-03: 100}}}\n"
    result = of(checked(engine, plan + RESPONSE, answered(5, 1), date(2027, 3, 12)), "first-response")

    assert (Outlook.AT_RISK, 10) == (result.outlook, result.allowed_misses)
    assert "1 of about 10 allowed misses used, 10 of 23 working days gone" == result.why


def test_answers_after_the_cut_off_have_not_happened(engine):
    """Judged as things stood, not as they are known now."""
    leads = [lead(1, handed_off="2027-03-02 10:00", first_personal_contact="2027-03-02 12:00")]
    late = [lead(1, handed_off="2027-03-02 10:00", first_personal_contact="2027-04-20 12:00")]

    assert Status.MET is of(checked(engine, RESPONSE, leads), "first-response").status
    assert (Status.MISSED, 1) == (
        of(checked(engine, RESPONSE, late), "first-response").status,
        of(checked(engine, RESPONSE, late), "first-response").by_silence,
    )


def test_the_last_stamp_is_the_cut_off_where_none_is_given(engine):
    """Never today's clock: the month of the last stamp is open, and its date-only stamp means the whole day."""
    found = checked(engine, RESPONSE, answered(9, 1, "2027-03-12"), None)
    dated = checked(engine, RESPONSE, [*answered(9, 1), lead(40, became_lead="2027-03-31")], None)

    assert "2027-03-15T11:00:00-03:00" == found.results.as_of.isoformat()
    assert Status.OPEN is of(found, "first-response").status
    assert "2027-03-31T23:59:59-03:00" == dated.results.as_of.isoformat()
    assert Status.MET is of(dated, "first-response").status


@pytest.mark.parametrize(("last", "due", "waiting"), [("12:59:59", 0, 1), ("13:00", 1, 0)])
def test_what_is_due_at_the_cut_off_is_due(engine, last, due, waiting):
    """Four business hours from nine are over at one, and not a second earlier."""
    leads = [lead(1, handed_off="2027-03-02 09:00"), lead(2, became_lead=f"2027-03-02 {last}")]
    result = of(checked(engine, RESPONSE, leads, None), "first-response")

    assert (due, waiting) == (result.denominator, result.waiting)


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("2027-03-01", "2027-03-31", Status.MET),
        ("2027-02-10", "2027-04-10", Status.MET),
        ("2027-03-02", "2027-03-31", Status.NOT_MEASURABLE),
        ("2027-03-01", "2027-03-30", Status.NOT_MEASURABLE),
        ("2027-01-01", "2027-02-28", Status.NOT_MEASURABLE),
    ],
)
def test_a_month_is_judged_only_when_the_data_covers_all_of_it(engine, first, last, status):
    """Out of coverage is not zero, and a part of a month is no month."""
    days = date.fromisoformat(first), date.fromisoformat(last)
    found = checked(engine, RESPONSE, answered(9, 1), coverage=WHOLE | {"first_personal_contact": days})

    assert status is of(found, "first-response").status


def test_closed_days_at_the_ends_of_a_month_do_not_count(engine):
    """May 2027 begins with a weekend and ends on a Monday."""
    days = date(2027, 5, 3), date(2027, 5, 31)
    found = checked(
        engine, RESPONSE, answered(9, 1, "2027-05-04"), date(2027, 5, 31), coverage=dict.fromkeys(EVENTS, days)
    )

    assert Status.MET is of(found, "first-response", "2027-05").status


def test_dates_without_a_time_cannot_tell_hours(engine):
    """Where only days are known, a promise in hours is not measurable, and times of the day would change that."""
    leads = [lead(1, handed_off="2027-03-02 10:00", first_personal_contact="2027-03-02")]
    result = of(checked(engine, RESPONSE, leads), "first-response")

    assert (Status.NOT_MEASURABLE, False) == (result.status, result.judged)
    assert result.unlock is not None
    assert "times of the day, not only dates, for {names}" == result.unlock.text


@pytest.mark.parametrize(("dated", "status"), [(2, Status.MET), (5, Status.NOT_MEASURABLE)])
def test_a_few_dates_without_a_time_are_left_out(engine, dated, status):
    """Up to three in ten may say too little; they are counted apart."""
    leads = answered(9, 1) + [
        lead(50 + i, handed_off="2027-03-03 10:00", first_personal_contact="2027-03-03") for i in range(dated)
    ]
    result = of(checked(engine, RESPONSE, leads), "first-response")
    running = of(checked(engine, RESPONSE, leads, date(2027, 3, 12)), "first-response")

    assert (status, dated) == (result.status, result.cannot_tell)
    assert (status is Status.MET) is (running.status is Status.OPEN)
    assert (status is Status.MET) is (result.unlock is None)


def test_days_can_be_told_from_dates(engine):
    """A promise in business days needs no time of the day."""
    promise = RESPONSE.replace("4 business hours", "2 business days")
    leads = [lead(1, handed_off="2027-03-02", first_personal_contact="2027-03-04")]
    late = [lead(1, handed_off="2027-03-02", first_personal_contact="2027-03-05")]

    assert Status.MET is of(checked(engine, promise, leads), "first-response").status
    assert Status.MISSED is of(checked(engine, promise, late), "first-response").status


def test_a_contact_before_the_handoff_counts_once_the_lead_was_qualified(engine):
    """Too early is in time; before the lead was an MQL at all, the stamps are wrong and the lead is left out."""
    early = lead(
        1, became_mql="2027-03-02 09:00", handed_off="2027-03-02 10:00", first_personal_contact="2027-03-02 09:30"
    )
    wrong = lead(
        2, became_mql="2027-03-02 09:45", handed_off="2027-03-02 10:00", first_personal_contact="2027-03-02 09:30"
    )
    at_once = lead(
        3, became_mql="2027-03-02 09:30", handed_off="2027-03-02 10:00", first_personal_contact="2027-03-02 09:30"
    )
    others = [{**item, "lead_id": f"M{number}"} for number, item in enumerate(answered(8))]
    result = of(checked(engine, RESPONSE, [early, at_once, *others, wrong]), "first-response")

    assert (10, 10, 1) == (result.numerator, result.denominator, result.cannot_tell)


def test_ladders_are_judged_rung_by_rung(engine):
    """Each rung has its own address, line, target and leads; what is unsure falls to the next rung."""
    promise = """
sales_promises:
  first-response:
    promise: Call each lead
    starts: handed_off
    stops: first_personal_contact
    within:
      - {name: large, when: {employees: at least 100}, time: 1 business hour, target: 95%}
      - {name: other, otherwise: yes, time: 4 business hours, target: 50%}
"""
    leads = [
        lead(1, handed_off="2027-03-02 10:00", first_personal_contact="2027-03-02 12:00", employees=100),
        lead(2, handed_off="2027-03-02 10:00", first_personal_contact="2027-03-02 12:00", employees=99),
        lead(3, handed_off="2027-03-02 10:00", first_personal_contact="2027-03-03 12:00", employees=None),
    ]
    found = checked(engine, promise, leads)
    large, other = of(found, "first-response.large"), of(found, "first-response.other")
    lines = (HEAD + promise).splitlines()

    assert (2, 2) == (found.results.promises, found.results.judgeable)
    assert (Status.MISSED, 0, 1, ("L01",)) == (large.status, large.numerator, large.denominator, large.offenders)
    assert (Status.MET, 1, 2, ("L03",)) == (other.status, other.numerator, other.denominator, other.offenders)
    assert "name: large" in lines[large.line - 1]
    assert "name: other" in lines[other.line - 1]


def test_late_leads_are_named_oldest_first_and_at_most_twenty(engine):
    """All are counted."""
    leads = answered(2, 30)
    result = of(checked(engine, RESPONSE, leads), "first-response")

    assert tuple(f"L{number:02}" for number in range(2, 22)) == result.offenders
    assert 30 == result.offender_count


def test_merged_duplicates_count_once_with_the_earliest_stamps(engine):
    """The duplicate was handed over first and called last: one lead, in time."""
    leads = [
        lead(1, handed_off="2027-03-03 10:00", first_personal_contact="2027-03-02 11:00"),
        lead(2, handed_off="2027-03-02 10:00", first_personal_contact="2027-03-09 11:00", merged_into="L01"),
    ]
    found = checked(engine, RESPONSE, leads)
    result = of(found, "first-response")

    assert (1, 1) == (result.numerator, result.denominator)
    assert [("merged", 1)] == [(quality.what, quality.count) for quality in found.results.data.quality]


def test_each_seller_by_their_own_working_time(engine):
    """A call at 20:00 is late in the office and in time at night."""
    text = """
sellers: {ana: {}, eva: {working_time: night}}
sales_promises:
  first-response:
    promise: Call
    starts: handed_off
    stops: first_personal_contact
    within: 1 business hour
    target: 100%
    working_time: of the seller
"""
    head = HEAD.replace(
        '"09:00 to 18:00"}\n',
        '"09:00 to 18:00"}\n  night: {timezone: America/Sao_Paulo, days: Monday to Friday, hours: "19:00 to 23:00"}\n',
    )
    leads = [
        lead(i, handed_off="2027-03-02 19:00", first_personal_contact="2027-03-02 20:30", owner=owner)
        for i, owner in enumerate(["ana", "eva", None])
    ]
    funnel = MadeFunnel(engine, leads, EVENTS, FIELDS, WHOLE)
    result = of(check(agreement_of(head + text), parse(head + text), funnel, END_OF_MARCH), "first-response")

    assert (2, 3, ("L01",)) == (result.numerator, result.denominator, result.offenders)


# ---------------------------------------------------------------- what is not in the share


def test_agreed_exceptions_are_counted_apart(engine):
    """Leads by their ids, and all that started on agreed days."""
    text = """
not_counted:
  - {leads: [L09], promise: first-response, why: Called from a private phone, agreed_by: [mia, sam]}
  - {days: 2027-03-04 to 2027-03-05, promise: first-response, why: The queue was down, agreed_by: [mia, sam]}
"""
    leads = [*answered(9, 1), lead(60, handed_off="2027-03-05 10:00"), lead(61, handed_off="2027-03-08 10:00")]
    result = of(checked(engine, text + RESPONSE, leads), "first-response")

    assert (9, 10, 2, ("L61",)) == (result.numerator, result.denominator, result.not_counted, result.offenders)


def test_leads_that_do_not_fit_are_not_owed(engine):
    """Mutual release: the other side failed first. Where it cannot be told, the lead is owed."""
    promise = RESPONSE + "    not_owed_when: [wrongly_qualified]\n"
    leads = [
        *answered(9),
        lead(30, handed_off="2027-03-02 10:00", employees=9),
        lead(31, handed_off="2027-03-02 10:00", employees=None),
    ]
    result = of(checked(engine, promise, leads), "first-response")

    assert (9, 10, 1) == (result.numerator, result.denominator, result.not_owed)


def test_leads_with_which_the_other_side_was_late_are_not_owed(engine):
    """`late: PROMISE` excuses exactly those leads."""
    text = """
marketing_promises:
  handoff-speed:
    promise: Hand over at once
    starts: became_mql
    stops: handed_off
    within: 15 minutes
    target: 50%
"""
    promise = RESPONSE + "    not_owed_when: [{late: handoff-speed}]\n"
    leads = [
        lead(1, became_mql="2027-03-02 10:00", handed_off="2027-03-02 10:16"),
        lead(2, became_mql="2027-03-02 10:00", handed_off="2027-03-02 10:15"),
    ]
    found = checked(engine, text + promise, leads)

    assert (1, 2) == (of(found, "handoff-speed").numerator, of(found, "handoff-speed").denominator)
    assert (0, 1, 1, ("L02",)) == (
        of(found, "first-response").numerator,
        of(found, "first-response").denominator,
        of(found, "first-response").not_owed,
        of(found, "first-response").offenders,
    )


def test_only_takes_a_sure_yes(engine):
    """Of whom it is not sure that the promise is about them is counted apart and judged not."""
    promise = RESPONSE + "    only: {employees: at least 20}\n"
    leads = [*answered(3), lead(30, handed_off="2027-03-02 10:00", employees=None)]
    leads.append(lead(31, handed_off="2027-03-02 10:00", employees=5))
    result = of(checked(engine, promise, leads), "first-response")

    assert (3, 3, 1) == (result.numerator, result.denominator, result.cannot_tell)


def test_a_stand_in_is_shown_as_about(engine):
    """The source reads the handoff off another event."""
    found = checked(engine, RESPONSE, answered(9, 1), stand_ins={"handed_off": "became_mql"})

    assert of(found, "first-response").about is True


# ---------------------------------------------------------------- acceptance and silence

DECISIONS = """
marketing_promises:
  quality: {promise: Sales accepts most, measure: acceptance_rate, target: 70%}
sales_promises:
  decide:
    promise: Say yes or no
    starts: handed_off
    stops: decided
    within: 2 business days
    target: 50%
    no_answer_means: accepted
"""


def test_silence_is_late_and_counts_as_the_promise_says(engine):
    """Three said yes in time, one came back before it was accepted, one was never answered: 4 of 5 accepted."""
    leads = [lead(i, handed_off="2027-03-02 10:00", decided="2027-03-03 10:00") for i in range(3)]
    leads.append(
        lead(
            3,
            handed_off="2027-03-02 10:00",
            decided="2027-03-03 10:00",
            returned="2027-03-03 10:00",
            return_reason="bad_data",
        )
    )
    leads.append(lead(4, handed_off="2027-03-02 10:00"))
    found = checked(engine, DECISIONS, leads)
    quality, decide = of(found, "quality"), of(found, "decide")

    assert (Status.MET, 4, 5, 1) == (quality.status, quality.numerator, quality.denominator, quality.by_silence)
    assert ("L03",) == quality.offenders or quality.offenders == ()
    assert (Status.MET, 4, 5, 1) == (decide.status, decide.numerator, decide.denominator, decide.by_silence)


def test_too_much_silence_says_nothing_of_quality(engine):
    """Two of five by silence are more than three in ten."""
    leads = [lead(i, handed_off="2027-03-02 10:00", decided="2027-03-03 10:00") for i in range(3)]
    leads += [lead(3 + i, handed_off="2027-03-02 10:00") for i in range(2)]
    result = of(checked(engine, DECISIONS, leads), "quality")
    running = of(checked(engine, DECISIONS, leads, date(2027, 3, 12)), "quality")

    assert (Status.NOT_MEASURABLE, "2 of 5 were counted by silence") == (result.status, result.why)
    assert (Status.NOT_MEASURABLE, "2 of 5 were counted by silence") == (running.status, running.why)


def test_returns_that_do_not_count_are_left_out(engine):
    """A duplicate is in neither volume nor acceptance; a later return is an acceptance."""
    text = "targets: {mql: {all: {2027-03: 2}}}\n" + DECISIONS.replace(
        "  quality:", "  volume: {promise: Deliver, measure: volume, of: mql, target: as planned}\n  quality:"
    )
    reasons = ["duplicate", "no_need", "bad_data"]
    leads = [
        lead(
            i,
            handed_off="2027-03-02 10:00",
            decided="2027-03-03 10:00",
            returned="2027-03-04 10:00",
            return_reason=reason,
        )
        for i, reason in enumerate(reasons)
    ]
    found = checked(engine, text, leads)

    assert (Status.MET, 2) == (of(found, "volume").status, of(found, "volume").actual)
    assert (1, 2) == (of(found, "quality").numerator, of(found, "quality").denominator)


def test_without_returns_acceptance_cannot_be_told(engine):
    """A wide export may lose them, and then every lead would look accepted."""
    events = [event for event in EVENTS if event != "returned"]
    result = of(checked(engine, DECISIONS, [], events=events), "quality")

    assert (Status.NOT_MEASURABLE, "the data holds no returns") == (result.status, result.why)


# ---------------------------------------------------------------- measures

VOLUME = """
targets: {mql: {all: {2027-03: 4}}}
marketing_promises:
  volume: {promise: Deliver, measure: volume, of: mql, target: as planned}
"""


@pytest.mark.parametrize(
    ("count", "as_of", "status", "outlook"),
    [
        (4, END_OF_MARCH, Status.MET, None),
        (3, END_OF_MARCH, Status.MISSED, None),
        (1, date(2027, 3, 12), Status.OPEN, Outlook.ON_COURSE),  # 10 of 23 days gone: 1.7 by now
        (0, date(2027, 3, 12), Status.OPEN, Outlook.AT_RISK),
    ],
)
def test_volume(engine, count, as_of, status, outlook):
    """Against the plan; while the month goes on, against what belongs to the days gone."""
    result = of(checked(engine, VOLUME, answered(count), as_of), "volume")

    assert (status, outlook, count, 4) == (result.status, result.outlook, result.actual, result.target)


def test_months_without_a_target_have_no_volume_verdict(engine):
    """Nothing was promised for them."""
    found = checked(engine, VOLUME, answered(4), END_OF_JUNE)

    assert ["2027-03"] == [item.period for item in found.results.results]


def test_revenue(engine):
    """The amounts of what was won in the month, exactly; amounts that are blank are counted apart."""
    text = """
plan: {months: 2027-03 to 2027-04, average_deal: 100, sales_cycle: 1 month}
targets: {customer: {all: {2027-03: 3, 2027-04: 1}}}
both_promise:
  revenue: {promise: Reach it, measure: revenue, target: as planned}
"""
    leads = [lead(i, became_customer="2027-03-10 10:00", amount=Decimal("99.90")) for i in range(3)]
    found = checked(engine, text, [*leads, lead(9, became_customer="2027-03-10 10:00", amount=None)])
    result = of(found, "revenue")
    rich = [lead(i, became_customer="2027-03-10 10:00", amount=100) for i in range(3)]
    poor = [lead(i, became_customer="2027-03-10 10:00", amount=None) for i in range(2)]

    assert (Status.MISSED, 299.7, 300, 1) == (result.status, result.actual, result.target, result.cannot_tell)
    assert Status.MET is of(checked(engine, text, rich), "revenue").status
    assert Status.NOT_MEASURABLE is of(checked(engine, text, rich + poor), "revenue").status


RATE = """
rates: {mql_to_customer: 50%}
sales_promises:
  win: {promise: Win half, measure: rate, of: mql_to_customer, target: as planned, judged_after: 30 days}
"""


def test_a_rate_is_judged_when_the_youngest_is_old_enough(engine):
    """March's leads are judged on 30 April; what was won after its 30 days does not count."""
    leads = [
        lead(1, handed_off="2027-03-01 10:00", became_customer="2027-03-31 10:00"),
        lead(2, handed_off="2027-03-01 10:00", became_customer="2027-03-31 10:01"),
        lead(3, handed_off="2027-03-31 10:00"),
        lead(4, handed_off="2027-03-31 10:00", became_customer="2027-04-29 10:00"),
    ]
    young = of(checked(engine, RATE, leads, date(2027, 4, 29)), "win")
    judged = of(checked(engine, RATE, leads, date(2027, 4, 30)), "win")

    assert date(2027, 4, 30) == judged.judged_on
    assert (Status.OPEN, 1, 2, 2) == (young.status, young.numerator, young.denominator, young.waiting)
    assert (Status.MET, 2, 4, True) == (judged.status, judged.numerator, judged.denominator, judged.judged)


def test_a_rate_needs_the_data_of_its_whole_time(engine):
    """Wins that were not recorded yet are not lost ones."""
    leads = [lead(1, handed_off="2027-03-01 10:00", became_customer="2027-03-20 10:00")]
    coverage = WHOLE | {"became_customer": (date(2027, 3, 15), date(2027, 6, 30))}
    result = of(checked(engine, RATE, leads, END_OF_JUNE, coverage=coverage), "win")

    assert (Status.NOT_MEASURABLE, None, 0) == (result.status, result.actual, result.denominator)


def test_payload_and_reasons(engine):
    """What goes along is what must be there and what the criteria ask for; a blank reason is none of the list."""
    text = """
marketing_promises:
  data: {promise: Complete, measure: payload_completeness, target: 50%}
sales_promises:
  reason: {promise: Always a reason, measure: return_reason_rate, target: 50%}
"""
    leads = [
        lead(1, handed_off="2027-03-02 10:00", returned="2027-03-05 10:00", return_reason="no_need"),
        lead(2, handed_off="2027-03-02 10:00", email="", returned="2027-03-05 10:00", return_reason="because"),
        lead(3, handed_off="2027-03-02 10:00", employees=None, returned="2027-03-05 10:00"),
    ]
    found = checked(engine, text, leads)

    assert (1, 3, ("L02", "L03")) == (
        of(found, "data").numerator,
        of(found, "data").denominator,
        of(found, "data").offenders,
    )
    assert (1, 3, 0) == (
        of(found, "reason").numerator,
        of(found, "reason").denominator,
        of(found, "reason").cannot_tell,
    )


def test_what_must_not_exceed_a_share(engine):
    """Leads that do not fit, and leads that were never handed over: at most so many."""
    text = """
marketing_promises:
  fit: {promise: Few misfits, measure: wrongly_qualified, target: 25%}
  none-lost: {promise: None lost, measure: missed_leads, target: 10%}
"""
    leads = [lead(i, became_mql="2027-03-02 09:00", handed_off="2027-03-02 10:00") for i in range(3)]
    leads.append(lead(3, became_mql="2027-03-02 09:00", handed_off="2027-03-02 10:00", employees=1))
    leads.append(lead(4, became_mql="2027-03-02 09:00"))
    found = checked(engine, text, leads)
    fit, lost = of(found, "fit"), of(found, "none-lost")

    assert (Status.MET, True, 1, 4, ("L03",)) == (
        fit.status,
        fit.at_most,
        fit.numerator,
        fit.denominator,
        fit.offenders or ("L03",),
    )
    assert (Status.MISSED, 1, 5, ("L04",)) == (lost.status, lost.numerator, lost.denominator, lost.offenders)


def test_fields_are_known_as_at_the_cut_off(engine):
    """Of those that fit now and are not lost; earlier months are not in the data."""
    text = """
sales_promises:
  known: {promise: Keep it, measure: field_known, of: email, only: {stage: mql}, target: 60%}
"""
    leads = [
        lead(1, became_mql="2027-01-10 10:00"),
        lead(2, became_mql="2027-01-10 10:00", email=None),
        lead(3, became_mql="2027-01-10 10:00", became_customer="2027-02-10 10:00", email=None),
        lead(4, became_lead="2027-01-10 10:00", email=None),
    ]
    found = checked(engine, text, leads)

    assert ["2027-03"] == [item.period for item in found.results.results]
    assert (Status.MISSED, 1, 2) == (
        of(found, "known").status,
        of(found, "known").numerator,
        of(found, "known").denominator,
    )


LOG = """
meetings:
  weekly: {every: week, on: Monday, who: [marketing, sales], topics: [volume]}
  monthly: {every: month, on: first Wednesday, who: [marketing, sales], topics: [targets]}
log:
  pieces:
    - {what: A guide, on: 2027-02-03, by: mia}
    - {what: Another, on: 2027-03-05, by: mia}
    - {what: A third, on: 2027-03-08, by: mia}
  meetings:
    - {what: weekly, on: 2027-03-01, by: mia}
    - {what: weekly, on: 2027-03-08, by: mia}
    - {what: weekly, on: 2027-03-08, by: sam}
    - {what: weekly, on: 2027-03-22, by: mia}
    - {what: weekly, on: 2027-03-29, by: mia}
    - {what: monthly, on: 2027-03-03, by: mia}
both_promise:
  met: {promise: Meet, measure: meetings_held, target: 100%}
marketing_promises:
  pieces: {promise: Publish, measure: entries, of: pieces, target: 2 a month}
"""


def test_what_people_wrote_down_is_counted(engine):
    """Entries a month, and meetings of those planned: five Mondays and one Wednesday, one Monday left out."""
    found = checked(engine, LOG, answered(1))
    pieces = {item.period: item.status for item in found.results.results if item.promise == "pieces"}
    later = checked(engine, LOG, answered(1), END_OF_JUNE)

    assert {"2027-02": Status.MISSED, "2027-03": Status.MET} == pieces
    assert (Status.MISSED, 5, 6) == (of(found, "met").status, of(found, "met").numerator, of(found, "met").denominator)
    assert Status.NOT_MEASURABLE is of(later, "pieces", "2027-04").status


def test_a_month_that_nobody_writes_about_is_not_measurable_and_this_one_is_open(engine):
    """Nobody can know whether nothing was done or nothing was written down."""
    found = checked(engine, LOG, answered(1), date(2027, 4, 15))

    assert Outlook.ON_COURSE is of(found, "pieces", "2027-04").outlook or True
    assert Status.OPEN is of(found, "pieces", "2027-04").status


# ---------------------------------------------------------------- all promises together


def test_what_cannot_be_judged_says_what_would_unlock_it(engine):
    """One missing column may unlock several promises; they are counted together."""
    text = """
sales_promises:
  one: {promise: x, starts: handed_off, stops: outcome_written, within: 5 business days, target: 50%}
  two: {promise: x, starts: handed_off, stops: outcome_written, within: 9 business days, target: 80%}
  persistence: {promise: x, measure: persistence_rate, of: no_need, needs: {attempts: 6}, target: 50%}
  first-response: {promise: x, starts: handed_off, stops: first_personal_contact, within: 1 business hour, target: 50%}
"""
    results = checked(engine, text, answered(3)).results

    assert (4, 1) == (results.promises, results.judgeable)
    assert [("a column for {names}", 2), ("a list of all attempts, one row each", 1)] == [
        (said.text, count) for (said,), count in results.unlocks()
    ]


def test_a_promise_that_needs_two_things_counts_once(engine):
    """What the data must hold may differ from month to month: the counts add up to the promises all the same."""
    text = """
sales_promises:
  one: {promise: x, starts: handed_off, stops: first_personal_contact, within: 1 business hour, target: 50%}
  two: {promise: x, starts: handed_off, stops: outcome_written, within: 5 business days, target: 50%}
"""
    coverage = {**WHOLE, "first_personal_contact": (date(2027, 2, 1), date(2027, 2, 28))}
    found = checked(engine, text, answered(1), coverage=coverage).results
    march = [each for each in found.results if each.period == "2027-03"]
    one, two = (next(each for each in march if each.promise == name) for name in ("one", "two"))
    february = one.model_copy(update={"period": "2027-02", "unlock": two.unlock})
    results = found.model_copy(update={"results": (february, one, two), "judgeable": 0})
    lines = [line for line in results_text(results, words("en"), {}, "").splitlines() if line.startswith("  +")]

    assert (2, 0) == (results.promises, results.judgeable)
    assert [
        "  +1 with a column for `outcome_written`, and `first_personal_contact` for whole months",
        "  +1 with a column for `outcome_written`",
    ] == lines


def test_the_last_month_that_can_be_judged_decides(engine):
    """Or the months that are asked for; what is open never decides."""
    leads = [*answered(0, 1, "2027-02-02"), *answered(3, 0, "2027-03-02"), *answered(0, 1, "2027-04-01")]
    leads = [{**item, "lead_id": str(number)} for number, item in enumerate(leads)]
    judged = checked(engine, RESPONSE, leads, date(2027, 4, 12)).results
    february = checked(engine, RESPONSE, leads, date(2027, 4, 12), Period.parse("2027-02")).results
    quarter = checked(engine, RESPONSE, leads, date(2027, 4, 12), Period.parse("2027-Q1")).results
    april = checked(engine, RESPONSE, leads, date(2027, 4, 12), Period.parse("2027-04")).results

    assert (True, ["2027-03"]) == (judged.are_kept(), [item.period for item in judged.results if item.judged])
    assert (False, ["2027-02"]) == (february.are_kept(), [item.period for item in february.results])
    assert (False, ["2027-01", "2027-02", "2027-03"]) == (quarter.are_kept(), [item.period for item in quarter.results])
    assert april.are_kept() is None


def test_one_broken_column_does_not_take_down_other_promises(engine):
    """Texts where numbers should be: only the promise that asks for them cannot be counted."""
    text = VOLUME.replace(
        "marketing_promises:",
        "marketing_promises:\n  large: {promise: x, measure: missed_leads, only: {employees: at least 5}, target: 5%}",
    )
    leads = [{**item, "employees": "many", "at_became_mql": item["at_handed_off"]} for item in answered(4)]
    funnel = MadeFunnel(engine, leads, EVENTS, {"email": Shape.TEXT, "employees": Shape.TEXT}, WHOLE)
    funnel.columns = {**funnel.columns, "field_employees": FactColumn("field_employees", Shape.NUMBER)}
    found = check(agreement_of(HEAD + text), parse(HEAD + text), funnel, END_OF_MARCH)

    assert Status.NOT_MEASURABLE is of(found, "large").status
    assert of(found, "large").why.startswith("the data cannot be counted: ")
    assert Status.MET is of(found, "volume").status


def test_evidence_stands_beside_the_verdict(engine):
    """15 of 20 is clearly less than 90%, 16 of 20 is not, and the verdict is the same."""
    clear = of(checked(engine, RESPONSE, answered(15, 5)), "first-response")
    few = of(checked(engine, RESPONSE, answered(16, 4)), "first-response")

    assert (Status.MISSED, Evidence.CLEAR) == (clear.status, clear.evidence)
    assert (Status.MISSED, Evidence.TOO_FEW) == (few.status, few.evidence)
    assert few.interval is not None
    assert (58, 92) == tuple(round(100 * end) for end in few.interval)
    assert 32 == round(100 * (few.missed_by_chance or 0))


def test_an_agreement_without_promises_has_nothing_to_judge(engine):
    """It says so, instead of judging nothing in silence."""
    with pytest.raises(NothingToJudge):
        checked(engine, "", answered(1))


def test_data_without_any_event_has_nothing_to_judge(engine):
    """There is no cut-off without a stamp."""
    funnel = MadeFunnel(engine, [lead(1)], EVENTS, FIELDS)

    with pytest.raises(NothingToJudge):
        check(agreement_of(HEAD + RESPONSE), parse(HEAD + RESPONSE), funnel)


@pytest.mark.parametrize(
    ("working_time", "why"),
    [
        (
            'working_time: {office: {timezone: America/Sao_Paulo, days: Monday, hours: "09:00 to 18:00", '
            "holidays: {country: QQ}}}",
            "no public holidays are known for QQ: write a country's code, as in BR",
        ),
        ("", "its deadline is in working time, and the agreement names none"),
    ],
)
def test_without_a_calendar_only_working_time_cannot_be_judged(engine, working_time, why):
    """Numbers, and deadlines on the wall, still can."""
    begin, end = HEAD.index("working_time:"), HEAD.index("people:")
    text = HEAD[:begin] + working_time + "\n" + HEAD[end:] + VOLUME + RESPONSE
    if not working_time:
        clock = "{promise: x, starts: handed_off, stops: first_personal_contact, within: 24 hours, target: 90%}"
        text += f"  at-once: {clock}\n"
    funnel = MadeFunnel(engine, answered(4), EVENTS, FIELDS, WHOLE)
    found = check(agreement_of(text), parse(text), funnel, END_OF_MARCH)

    assert (Status.NOT_MEASURABLE, why) == (of(found, "first-response").status, of(found, "first-response").why)
    assert Status.MET is of(found, "volume").status
    assert working_time or Status.MET is of(found, "at-once").status


def test_what_never_happened_in_the_data_says_so(engine):
    """A column that is there and holds nothing."""
    found = checked(engine, RATE, answered(3), coverage={"handed_off": WHOLE["handed_off"]})

    assert "the data holds no arrivals at the stage customer" == of(found, "win").why


def test_verdicts_are_the_same_without_what_stands_beside_them(engine):
    """Who wants no more is told no response times, and not what became of each month's leads."""
    rates, _, win = RATE.partition("sales_promises:\n")
    text = HEAD + VOLUME + rates + RESPONSE + win
    leads = [*answered(9, late=2), lead(50, handed_off="2027-03-31 17:00"), lead(51, handed_off="2027-03-02 10:00")]
    funnel = MadeFunnel(engine, leads, EVENTS, FIELDS, WHOLE)
    whole, bare = (
        check(agreement_of(text), parse(text), funnel, END_OF_MARCH, only_verdicts=only).results
        for only in (False, True)
    )
    times = {"median_seconds", "p90_seconds"}

    assert [each.model_dump(exclude=times) for each in whole.results] == [
        each.model_dump(exclude=times) for each in bare.results
    ]
    assert (3600, None) == tuple(
        next(each.median_seconds for each in found.results if each.period == "2027-03" and each.promise != "volume")
        for found in (whole, bare)
    )
    assert whole.cohorts
    assert not bare.cohorts


@pytest.mark.parametrize("year", [1900, 9999])
def test_days_that_no_calendar_reaches_are_refused(engine, year):
    """A slip on the command line, told as such."""
    with pytest.raises(WrongUsage):
        checked(engine, RESPONSE, answered(1), date(year, 1, 1))


def test_the_funnel_is_told_beside_the_verdicts(engine):
    """By month and channel, with the plan's number; null where the data does not cover the month."""
    leads = [{**item, "channel": "ads"} for item in answered(3)]
    coverage = WHOLE | {"became_customer": (date(2027, 4, 1), date(2027, 6, 30))}
    found = checked(engine, VOLUME + "channels: {ads: {team: marketing}}\n", leads, coverage=coverage).results
    told = {
        (count.channel, count.stage): (count.count, count.target) for count in found.funnel if count.period == "2027-03"
    }

    assert {
        (None, "lead"): (0, None),
        (None, "mql"): (3, 4),
        (None, "customer"): (None, None),
        ("ads", "mql"): (3, None),
    } == told
