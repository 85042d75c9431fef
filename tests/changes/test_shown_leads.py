"""The lead that shows a change, worked out by hand."""

from __future__ import annotations

import pytest

from checker.language import words
from checker.review.diff import diff
from checker.text import parse

CLOCK = """
working_time: {office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "09:00 to 18:00"}}
fields: {phone: {is: text, name: Phone}, company: {is: text}}
stages: {mql: {team: marketing}, sql: {team: sales}}
handoff: {stage: mql, channel: The queue, must_have: [company]}
sales_promises:
  call: {promise: Call, starts: handed_off, stops: decided, within: 4 business hours, target: 90%}
  yes: {promise: Say yes, measure: acceptance_rate, target: 85%}
  bad: {promise: Return few, measure: wrongly_qualified, target: 10%}
  meet: {promise: Meet, measure: meetings_held, target: 80%}
"""


def shown(old: str, new: str) -> tuple[str | None, str | None]:
    """The leads of the first change after an edit: what only the old, and what only the new text takes."""
    assert old in CLOCK
    first = diff(parse(CLOCK), parse(CLOCK.replace(old, new))).changes[0]
    leads = (first.only_old, first.only_new)
    before, now = (None if lead is None else words("en").say(lead.message) for lead in leads)
    return before, now


@pytest.mark.parametrize(
    ("edit", "lead"),
    [
        # the week closes on Friday at 18:00, an hour after the clock starts
        (("4 business hours", "2 business hours"),
         "a lead whose clock starts Friday 17:00: to be done by Monday 10:00 instead of Monday 12:00"),
        (("4 business hours", "1 business day"),
         "a lead whose clock starts Friday 17:00: to be done by Monday 18:00 instead of Monday 12:00"),
        (("4 business hours", "4 hours"),
         "a lead whose clock starts Friday 17:00: to be done by Friday 21:00 instead of Monday 12:00"),
        # one of ten may be late, then two
        (("target: 90%}", "target: 80%}"), "10 leads of which 2 fall short: missed before, kept now"),
        (("target: 90%}", "target: 99%}"), "10 leads of which 1 falls short: kept before, missed now"),
        # 3 of 20 may be refused, then 4: with ten leads both allow one
        (("target: 85%", "target: 80%"), "10 leads of which 2 fall short: missed before, kept now"),
        (("target: 85%", "target: 88%"), "20 leads of which 3 fall short: kept before, missed now"),
        # at most so many may go wrong
        (("target: 10%", "target: 20%"), "10 leads of which 2 fall short: missed before, kept now"),
        (("target: 10%", "target: 9%"), "10 leads of which 1 falls short: kept before, missed now"),
        # no leads are counted
        (("Meet, measure: meetings_held, target: 80%", "Meet, measure: meetings_held, target: 70%"), None),
        (("must_have: [company]", "must_have: [company], nice_to_have: [phone]"), "a lead whose “Phone” is known"),
    ],
)  # fmt: skip
def test_a_change_is_shown_by_a_lead_that_both_texts_take(edit: tuple[str, str], lead: str | None) -> None:
    assert (None, lead) == shown(*edit)


def test_a_field_that_becomes_required_is_shown_by_a_lead_without_it() -> None:
    assert ("a lead without “Phone”", None) == shown("[company]", "[company, phone]")
    assert (None, "a lead without “company”") == shown(", must_have: [company]", "")
