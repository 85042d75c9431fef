"""What is said of real leads: each sentence only where its numbers allow it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from checker.impact import Cost, Impact, Judged, Load, Part, PromiseImpact, RateImpact, ReadBy, StageImpact
from checker.language import words
from checker.quantity import Money, Month, Period, Share
from checker.report.impact_words import of_what_data, told
from checker.verdict import Status

MONTH = Month(2027, 3)
NOTHING = Impact(Period(MONTH, MONTH), date(2027, 6, 16), 100, ("leads.csv",), ReadBy.BOTH)


def said(**parts: Any) -> list[str]:
    """The sentences of an impact with these parts, without who is asked."""
    spoken = words("en")
    return [spoken.say(message) for part in told(replace(NOTHING, **parts)).paragraphs for message in part]


def stage(**parts: Any) -> StageImpact:
    """A stage that 50 of 100 leads reach before and after, of whom 5 bought."""
    fifty = Part(50, 5, 50)
    return replace(StageImpact("mql", "MQL", 100, fifty, fifty, Part(), Part(), 0), **parts)


@pytest.mark.parametrize(
    ("gained", "too_few", "expected"),
    [
        (Part(20, 2, 15), True, ["Of the 20 that come in 2 bought (10%), against 5 of the 50 that counted (10%).",
                                 "These are too few to tell a difference from chance."]),
        (Part(20, 12, 15), False, ["Of the 20 that come in 12 bought (60%), against 5 of the 50 that counted (10%).",
                                   "Chance alone would seldom make such a difference."]),
        (Part(20, 0, 2), False, ["Of the 20 that come in none bought, against 5 of the 50 that counted (10%).",
                                 "But sales got only 2 of these 20: that says little about how good they are."]),
        (Part(1, 1, 1), True, ["The 1 that comes in bought, against 5 of the 50 that counted (10%).",
                               "These are too few to tell a difference from chance."]),
        (Part(20, None, 2), None, []),
    ],
)  # fmt: skip
def test_what_became_of_leads_is_held_against_the_others(gained: Part, too_few: bool | None, expected: list[str]):
    """With a word on how much that says; without customers in the data, not at all."""
    found = said(stages=(stage(gained=gained, after=Part(50 + gained.count), too_few=too_few),))

    assert [
        f"Of 100 leads that came in March 2027, 50 counted as MQL and {50 + gained.count} would have: "
        f"{gained.count} more.",
        *expected,
    ] == found


def test_leads_that_fall_out_are_held_against_those_that_stay():
    """5 of 50 bought, 1 of them among the 10 that fall out: 4 of the 40 that stay."""
    found = said(stages=(stage(lost=Part(10, 1, 10), after=Part(40, 4, 40), lost_too_few=True),))

    assert [
        "Of 100 leads that came in March 2027, 50 counted as MQL and 40 would have: 10 fewer.",
        "Of the 10 that fall out 1 bought (10%), against 4 of the 40 that stay (10%).",
        "These are too few to tell a difference from chance.",
    ] == found


@pytest.mark.parametrize(
    ("more", "load", "expected"),
    [
        (26, Load(MONTH, Fraction(80), Fraction(106), Fraction(209, 2)),
         "26 more a month is 106 in March 2027; the team takes 104."),
        (26, Load(MONTH, Fraction(80), Fraction(106), Fraction(110)),
         "26 more a month is 106 in March 2027: the team takes 110, which is enough."),
        (26, Load(MONTH, Fraction(80), Fraction(106), None),
         "26 more a month is 106 in March 2027; how many the team takes is written nowhere."),
        (-26, Load(MONTH, Fraction(80), Fraction(54), Fraction(110)),
         "26 fewer a month is 54 instead of 80 in March 2027."),
        (0, Load(MONTH, Fraction(80), Fraction(95), Fraction(93)),
         "Sellers do not have room: in March 2027 (95 of 93)."),
        (0, Load(MONTH, Fraction(80), Fraction(95), Fraction(191, 2)),
         "Sellers have room for them: the team takes 95."),
        (0, Load(MONTH, Fraction(80), Fraction(95), None),
         "95 leads a month instead of 80 in March 2027; how many the team takes is written nowhere."),
    ],
)  # fmt: skip
def test_a_load_is_held_against_what_the_team_takes(more: int, load: Load, expected: str):
    assert [expected] == said(more_a_month=Fraction(more), load=(load,))


def test_only_the_months_without_room_are_named():
    """95 of 93 and 95 of 94 are too many, 95 of 95 is not."""
    months = [Month(2027, number) for number in (1, 2, 3)]
    load = tuple(
        Load(month, Fraction(80), Fraction(95), Fraction(most))
        for month, most in zip(months, (93, 95, 94), strict=True)
    )

    assert ["Sellers have room, except in January 2027 (95 of 93) and in March 2027 (95 of 94)."] == said(load=load)


@pytest.mark.parametrize(
    ("old", "new", "same", "expected"),
    [
        (725, 611, True,
         "No money was added, so each MQL must cost 16% less: R$ 611 instead of R$ 725 in March 2027."),
        (600, 750, True,
         "The money stays, so each MQL may cost 25% more: R$ 750 instead of R$ 600 in March 2027."),
        (725, 611, False,
         "The budgets pay R$ 611 for each MQL instead of R$ 725 in March 2027: each must cost 16% less."),
        (600, 750, False,
         "The budgets pay R$ 750 for each MQL instead of R$ 600 in March 2027: each may cost 25% more."),
    ],
)  # fmt: skip
def test_what_each_lead_may_cost_names_the_money_only_where_it_moved(old: int, new: int, same: bool, expected: str):
    cost = Cost((MONTH,), "MQL", Money(Fraction(old), "BRL"), Money(Fraction(new), "BRL"), same)

    assert [expected] == said(costs=(cost,))


def test_rates_of_channels_that_differ_are_told_together():
    """One sentence, which names none of the different rates."""
    rates = (
        RateImpact("lead_to_mql", ("Lead", "MQL"), None, None, None, (20, 100), (27, 100)),
        RateImpact("lead_to_mql", ("Lead", "MQL"), "ads", "Ads", Share(Fraction(1, 5)), (20, 100), (27, 100)),
        RateImpact("mql_to_sql", ("MQL", "SQL"), None, None, Share(Fraction(1, 2)), None, None),
    )

    assert [
        "The rates from Lead to MQL were measured under the old rule: 20% then, 27% now (27 of 100).",
        "50% from MQL to SQL holds for leads that counted so far; nobody knows it of the others yet.",
    ] == said(rates=rates)


MET = Judged(Status.MET, Fraction(9), Fraction(10), Fraction(9, 10), None)
MISSED = Judged(Status.MISSED, Fraction(8), Fraction(10), Fraction(9, 10), None)
UNKNOWN = Judged(Status.NOT_MEASURABLE, Fraction(0), Fraction(0), None, None)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (MET, MISSED, "In March 2027, “Call” was kept (9 of 10, 90%); under the new text it would have been missed "
                      "(8 of 10, 80%)."),
        (None, MISSED, "“Call” is new; in March 2027 it would have been missed (8 of 10, 80%)."),
        (MET, None, "“Call” is promised no more; in March 2027 it was kept (9 of 10, 90%)."),
        (MET, MET, "In March 2027, “Call” would have been judged the same: kept (9 of 10, 90%)."),
        (UNKNOWN, UNKNOWN, "“Call” cannot be judged on this data."),
        (MET, UNKNOWN, "In March 2027, “Call” was kept (9 of 10, 90%); under the new text it would have been not "
                       "measurable."),
    ],
)  # fmt: skip
def test_a_promise_is_told_under_both_texts(old: Judged | None, new: Judged | None, expected: str):
    promise = PromiseImpact("call", "Call", None, "sales", "share", False, {MONTH: (old, new)})

    assert [expected] == said(promises=(promise,))


def test_nothing_that_would_have_been_otherwise_is_said_too():
    assert ["No lead and no promise of this time would have been judged otherwise."] == said()


@pytest.mark.parametrize(
    ("read_by", "expected"),
    [
        (ReadBy.BOTH, []),
        (ReadBy.NEW, ["The two versions read the data differently; it was read as the new one says."]),
        (ReadBy.OLD, ["The new version does not say how to read the data; it was read as the old one says."]),
    ],
)
def test_it_is_said_by_which_text_the_data_was_read(read_by: ReadBy, expected: list[str]):
    found = [words("en").say(message) for message in of_what_data(replace(NOTHING, read_by=read_by))]

    assert ["Counted on leads.csv, as of 16 June 2027.", *expected] == found
