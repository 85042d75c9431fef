"""Verdicts from a log, worked out by hand: attempts, returns, second handoffs, what marketing did, activities."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.agreement import build
from checker.funnel import open_funnel
from checker.review.check import check
from checker.text import parse
from checker.verdict import Again, Result, Status

AGREEMENT = """
format: sla/v1
agreement: Log
status: draft
working_time:
  office: {timezone: America/Sao_Paulo, days: Monday to Friday, hours: "09:00 to 18:00"}
people:
  mia: {name: Mia Melo, team: marketing}
  sam: {name: Sam, team: sales}
stages:
  mql: {team: marketing}
  customer: {team: sales, is: won}
channels: {search: {team: marketing}}
handoff: {stage: mql, channel: The queue}
return_reasons:
  bad_data: {found: before accepting, back_to: marketing, then: repair}
  no_answer: {found: after accepting, back_to: marketing, then: nurture, come_back_after: 10 days}
  too_early: {found: after accepting, back_to: marketing, then: nurture, come_back_after: 5 days}
sales_promises:
  first-response:
    promise: Call
    starts: handed_off
    stops: first_personal_contact
    within: 4 business hours
    target: 90%
  persistence:
    promise: Try
    measure: persistence_rate
    of: no_answer
    needs: {attempts: 3, channels: 2, over: 2 business days}
    target: 50%
  reason: {promise: Say why, measure: return_reason_rate, target: 100%}
  crm: {promise: Log, starts: activity, stops: activity_logged, within: 1 business day, target: 90%}
marketing_promises:
  repair:
    promise: Repair
    starts: returned
    stops: handed_off_again
    only: {return_reason: bad_data}
    within: 2 business days
    target: 90%
  come-back: {promise: Come back, measure: recycled_on_time, target: 90%}
"""
SOURCE = """
source:
  timezone: America/Sao_Paulo
  files: {log: {path: log.csv}}
  leads: {from: log, id: Lead, channel: {always: search}}
  events:
    became_mql: {column: When, when: {What: MQL}}
    handed_off: {column: When, when: {What: Handoff}}
    returned: {column: When, when: {What: Return}, set: {reason: Note}}
    contact_attempt: {column: When, when: {What: [Call, Mail]}, set: {actor: Who, channel: What}, personal: yes}
    activity: {column: When, when: {What: [Call, Mail]}, set: {actor: Who}}
    activity_logged: {column: Logged, when: {What: [Call, Mail]}}
  coverage:
    handed_off: 2027-03-01 to 2027-03-31
    returned: 2027-03-01 to 2027-03-31
    contact_attempt: 2027-03-01 to 2027-03-31
    activity: 2027-03-01 to 2027-03-31
    activity_logged: 2027-03-01 to 2027-03-31
"""
# Monday 1 March 2027. A was given up twice; B came back with bad data, and then without a reason.
LOG = """\
Lead,What,When,Who,Note,Logged
A,MQL,2027-03-01 09:00,,,
A,Handoff,2027-03-01 10:00,,,
A,Call,2027-03-01 11:00,Sam,,2027-03-01 11:10
A,Mail,2027-03-02 11:00,Sam,,2027-03-04 11:10
A,Call,2027-03-03 11:00,Sam,,2027-03-03 11:10
A,Return,2027-03-04 12:00,Sam,no_answer,
A,Mail,2027-03-10 12:00,Mia Melo,,2027-03-10 12:01
A,Handoff,2027-03-18 10:00,,,
A,Call,2027-03-18 16:00,Sam,,2027-03-18 16:00
A,Return,2027-03-19 12:00,Sam,no_answer,
B,MQL,2027-03-01 09:00,,,
B,Handoff,2027-03-01 10:00,,,
B,Handoff,2027-03-01 10:30,,,
B,Return,2027-03-02 10:00,Sam,bad_data,
B,Handoff,2027-03-03 10:00,,,
B,Call,2027-03-03 11:00,Sam,,2027-03-03 11:00
B,Return,2027-03-05 10:00,Sam,,
C,MQL,2027-03-01 09:00,,,
C,Handoff,2027-03-01 10:00,,,
C,Call,2027-03-01 10:05,Sam,,2027-03-01 11:10
C,Return,2027-03-02 10:00,Sam,too_early,
C,Mail,2027-03-03 12:00,Sam,,2027-03-03 12:01
C,Mail,2027-03-08 12:00,mia,,2027-03-08 12:01
C,Handoff,2027-03-09 10:00,,,
"""


def judged(folder: Path, source: str = SOURCE, log: str = LOG) -> dict[str, Result]:
    """The results of March 2027 by promise."""
    (folder / "log.csv").write_text(log, encoding="utf-8")
    document = parse(AGREEMENT + source)
    agreement = build(document.values, document.problems)
    assert agreement.problems == ()
    with open_funnel(agreement, folder) as funnel:
        results = check(agreement, document, funnel, as_of=date(2027, 3, 31)).results
    return {result.promise: result for result in results.results if result.period == "2027-03"}


def share(result: Result) -> tuple[int | float, int | float]:
    return result.numerator, result.denominator


@pytest.fixture(scope="module")
def march(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    return judged(tmp_path_factory.mktemp("log"))


def test_second_handoffs_stand_beside_the_first_ones(march):
    """A and C were called in time, B was not. Of the second handoffs only B's was; nobody called C again."""
    assert (2, 3) == share(march["first-response"])
    assert Again(numerator=1, denominator=3) == march["first-response"].again
    assert ("B",) == march["first-response"].offenders


def test_each_time_that_a_lead_is_given_up(march):
    """Three attempts by two channels, two working days apart, the first time; one call the second time."""
    assert (Status.MET, (1, 2)) == (march["persistence"].status, share(march["persistence"]))
    assert ("A",) == march["persistence"].offenders


@pytest.mark.parametrize(
    ("needs", "kept"),
    [
        ("attempts: 3", 1),
        ("attempts: 4", 0),
        ("channels: 2", 1),
        ("channels: 3", 0),
        ("over: 2 business days", 1),
        ("over: 3 business days", 0),
        ("over: 2 days", 1),
        ("over: 3 days", 0),
        ("over: 48 hours", 1),
        ("over: 49 hours", 0),
        ("over: 18 business hours", 1),
        ("over: 19 business hours", 0),
    ],
)
def test_what_is_often_enough(tmp_path, monkeypatch, needs, kept):
    """From Monday 11:00 to Wednesday 11:00 are two days, 48 hours and 18 hours of work."""
    text = AGREEMENT.replace("attempts: 3, channels: 2, over: 2 business days", needs)
    monkeypatch.setitem(globals(), "AGREEMENT", text)

    assert (kept, 2) == share(judged(tmp_path)["persistence"])


def test_every_return_needs_a_reason(march):
    """B's second return has none."""
    assert (4, 5) == share(march["reason"])
    assert ("B",) == march["reason"].offenders


def test_a_return_ends_with_the_next_handoff(march):
    """B was repaired within a day. Of B's second return it cannot be told whether the data was bad."""
    assert ((1, 1), 1) == (share(march["repair"]), march["repair"].cannot_tell)


def test_what_marketing_did_after_a_return(march):
    """A's first return was answered after six days of ten, its second one never; C's after six days of five."""
    assert (Status.MISSED, (1, 3)) == (march["come-back"].status, share(march["come-back"]))
    assert {"A", "C"} == set(march["come-back"].offenders)


def test_every_activity_is_logged_in_time(march):
    """A's mail of 2 March stood in the CRM two working days later."""
    assert (8, 9) == share(march["crm"])
    assert ("A",) == march["crm"].offenders


def test_what_lines_do_not_say_is_named(tmp_path):
    """Without a channel no two channels, without an actor nobody of marketing."""
    source = SOURCE.replace("set: {actor: Who, channel: What}, ", "").replace(", set: {actor: Who}}", "}")
    found = judged(tmp_path, source)

    assert [
        "the lines of the attempts do not say by which channel each was made",
        "the lines of attempts and activities do not say who did them",
    ] == [found[promise].why for promise in ("persistence", "come-back")]


def test_a_table_of_leads_does_not_tell(tmp_path):
    """One row a lead: no attempts, no second return, no second clock."""
    source = SOURCE.replace("log: {path: log.csv}", "log: {path: wide.csv}")
    source = source.replace("channel: {always: search}}", "channel: {always: search}, return_reason: reason}")
    source = source[: source.index("  events:")] + (
        "  events: {handed_off: given, first_personal_contact: called, returned: back, handed_off_again: again}\n"
        "  coverage: {handed_off: 2027-03-01 to 2027-03-31, returned: 2027-03-01 to 2027-03-31}\n"
    )
    (tmp_path / "wide.csv").write_text(
        "Lead,given,called,back,reason,again\n"
        "A,2027-03-01 10:00,2027-03-01 11:00,2027-03-04 12:00,no_answer,2027-03-18 10:00\n"
    )
    found = judged(tmp_path, source)

    assert ((1, 1), None) == (share(found["first-response"]), found["first-response"].again)
    assert [Status.NOT_MEASURABLE] * 3 == [found[name].status for name in ("persistence", "come-back", "crm")]
    assert "it needs every attempt with its time and channel; the data has one row a lead" == found["persistence"].why


def test_duplicates_are_one_lead(tmp_path):
    """What was done to a duplicate was done to the lead that it was merged into; its own end says nothing."""
    source = SOURCE.replace("channel: {always: search}}", "channel: {always: search}, merged_into: Into}")
    lines = [f"{line}," for line in LOG.splitlines()[1:]]
    lines += ["D,Call,2027-03-18 17:00,Sam,,2027-03-18 17:00,A", "D,Mail,2027-03-19 09:00,Sam,,2027-03-19 09:00,A"]
    lines += ["D,Return,2027-03-19 09:30,Sam,,,A"]
    log = "\n".join(["Lead,What,When,Who,Note,Logged,Into", *lines])
    found = judged(tmp_path, source.replace("over: 2 business days", "attempts: 3"), log)

    assert (4, 5) == share(found["reason"])
    assert (10, 11) == share(found["crm"])


def test_attempts_and_second_handoffs_as_figures(tmp_path):
    """A was given up after three attempts and after one; of three second handoffs two came back, and none was won."""
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    document = parse(AGREEMENT + SOURCE)
    with open_funnel(build(document.values, document.problems), tmp_path) as funnel:
        agreement = build(document.values, document.problems)
        figures = check(agreement, document, funnel, date(2027, 3, 31), with_figures=True).results.figures
    tried = {told.reason: (told.returns, [told.at_least[n] for n in (1, 2, 3, 4)]) for told in figures.attempts}

    assert {"bad_data": (1, [0, 0, 0, 0]), "no_answer": (2, [2, 1, 1, 0]), "too_early": (1, [1, 0, 0, 0])} == tried
    assert [("2027-03", 3, 0, 2)] == [
        (told.period, told.handed_over, told.won, told.returned) for told in figures.second_handoffs
    ]
    assert [("no_answer", 2, True), (None, 1, False), ("bad_data", 1, True), ("too_early", 1, True)] == [
        (told.reason, told.count, told.is_listed) for told in figures.return_reasons if told.channel is None
    ]
