"""What an edit of the plan means in one sentence, against numbers worked out by hand."""

from __future__ import annotations

import pytest

from checker.language import words
from checker.review.diff import diff
from checker.text import parse

PLAN = """
plan: {months: 2027-01 to 2027-02}
channels:
  ads: {team: marketing, starts_at: lead, rates: {lead_to_mql: 20%}}
  fairs: {team: marketing, starts_at: lead, rates: {lead_to_mql: 20%}}
rates: {mql_to_customer: 25%}
stages:
  lead: {team: marketing}
  mql: {team: marketing}
  customer: {team: sales, is: won}
targets:
  mql:
    ads: {2027-01 to 2027-02: 20}
    fairs: {2027-01 to 2027-02: 20}
"""
WRITTEN = "  customer: {all: {2027-01 to 2027-02: 10}}\n"


def told(old: str, new: str) -> tuple[str, str | None]:
    """The message of the first change, and what it means."""
    first = diff(parse(old), parse(new)).changes[0]
    english = words("en")
    return english.say(first.message), None if first.means is None else english.say(first.means)


@pytest.mark.parametrize(
    ("tail", "edit", "message", "means"),
    [
        # 24 + 20 MQLs; 44 / 20% leads; 44 x 25% customers
        ("", ("ads: {2027-01 to 2027-02: 20}", "ads: {2027-01 to 2027-02: 24}"),
         "Marketing promises 44 instead of 40 MQLs a month from January to February 2027: 24 instead of 20 from ads",
         "That means 220 leads instead of 200 and 11 customers instead of 10."),
        # 10 customers are written, and 11 follow
        (WRITTEN, ("ads: {2027-01 to 2027-02: 20}", "ads: {2027-01 to 2027-02: 24}"),
         "Marketing promises 44 instead of 40 MQLs a month from January to February 2027: 24 instead of 20 from ads",
         "That means 220 leads instead of 200 and 11 customers where 10 are written."),
        # 46 x 25% is 11.5: no half customer is spoken of alone
        (WRITTEN, ("ads: {2027-01 to 2027-02: 20}", "ads: {2027-01 to 2027-02: 26}"),
         "Marketing promises 46 instead of 40 MQLs a month from January to February 2027: 26 instead of 20 from ads",
         "That means 230 leads instead of 200 and 1.5 more customers a month from January to February 2027 "
         "where 10 are written."),
        # only one month
        ("", ("ads: {2027-01 to 2027-02: 20}", "ads: {2027-01: 20, 2027-02: 24}"),
         "Marketing promises 44 instead of 40 MQLs in February 2027: 24 instead of 20 from ads",
         "That means 220 leads instead of 200 and 11 customers instead of 10."),
    ],
)  # fmt: skip
def test_a_target_means_what_follows_from_it(tail: str, edit: tuple[str, str], message: str, means: str) -> None:
    old = PLAN + tail

    assert (message, means) == told(old, old.replace(*edit))


def test_what_other_teams_add_is_no_part_of_a_promise() -> None:
    """Where sales has a channel of its own before the stage, the sum is nobody's promise."""
    old = PLAN.replace("fairs: {team: marketing", "fairs: {team: sales")
    message, _ = told(old, old.replace("ads: {2027-01 to 2027-02: 20}", "ads: {2027-01 to 2027-02: 24}"))

    assert "Marketing must bring 24 a month instead of 20 in January to February 2027: mql from ads" == message


def test_a_stage_with_a_name_of_its_own_is_named() -> None:
    old = PLAN.replace("lead: {team: marketing}", "lead: {team: marketing, name: Enquiry}")
    _, means = told(old, old.replace("ads: {2027-01 to 2027-02: 20}", "ads: {2027-01 to 2027-02: 24}"))

    assert "That means 220 leads at “Enquiry” instead of 200 and 11 customers instead of 10." == means
