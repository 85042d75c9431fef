"""The page of results: what is said first, how each status reads, and that nothing plays tricks on the reader."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from checker.beside_verdict import (
    Escalated,
    Excepted,
    Pace,
    Recent,
    Released,
    StandIn,
    StepReached,
    Together,
)
from checker.finding_record import OtherLine, Waiver, WayOut
from checker.language import to_json, words
from checker.message import Message, say, say_counted
from checker.record import Said
from checker.report.results_text import results_text
from checker.verdict import (
    Data,
    Evidence,
    Found,
    FoundSaid,
    FunnelCount,
    Outlook,
    Quality,
    Reject,
    Result,
    Results,
    Status,
)

AS_OF = datetime(2027, 6, 16, 18, tzinfo=UTC)


def said(message: Message) -> Said:
    return Said(**to_json(message))


def result(**values: Any) -> Result:
    """A result of May 2027, judged and met, with these values instead."""
    usual: dict[str, Any] = {
        "promise": "first-response",
        "owes": "sales",
        "period": "2027-05",
        "status": Status.MET,
        "unit": "share",
        "judged": True,
        "actual": 0.9,
        "target": 0.9,
        "numerator": 9,
        "denominator": 10,
        "file": "sla/promises.yaml",
        "line": 3,
    }
    return Result(**usual | values)


def page(
    *results: Result, data: Data | None = None, funnel: tuple[FunnelCount, ...] = (), currency: str = "BRL"
) -> str:
    told = Results(agreement="Test", as_of=AS_OF, data=data or Data(), results=results, funnel=funnel)
    return results_text(told, words("en"), {"first-response": "Call each lead"}, currency)


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ({}, ["✓ kept: Call each lead (first-response)", "May 2027: 9 of 10, or 90%; 90% promised"]),
        (
            {"status": Status.MISSED, "target": 0.95, "evidence": Evidence.TOO_FEW, "missed_by_chance": 0.4},
            [
                "✗ missed: Call each lead (first-response)",
                "May 2027: 9 of 10, or 90%; 95% promised",
                "too few to tell: a team that really keeps this misses it in 4 months of 10",
            ],
        ),
        (
            {"status": Status.MISSED, "evidence": Evidence.TOO_FEW, "missed_by_chance": 0.01},
            [
                "✗ missed: Call each lead (first-response)",
                "May 2027: 9 of 10, or 90%; 90% promised",
                "too few to tell, but a team that really keeps this misses it in less than 1 month of 20",
            ],
        ),
        (
            {"status": Status.MISSED, "evidence": Evidence.CLEAR, "missed_by_chance": 0.4},
            ["✗ missed: Call each lead (first-response)", "May 2027: 9 of 10, or 90%; 90% promised"],
        ),
        (
            {"at_most": True, "target": 0.25, "numerator": 1, "denominator": 8},
            ["✓ kept: Call each lead (first-response)", "May 2027: 1 of 8, or 12.5%; at most 25% promised"],
        ),
        (
            {"unit": "money", "actual": 187400, "target": 180000},
            ["✓ kept: Call each lead (first-response)", "May 2027: R$ 187,400 of R$ 180,000 promised"],
        ),
        (
            {"unit": "leads", "actual": 82, "target": 80},
            ["✓ kept: Call each lead (first-response)", "May 2027: 82 of 80 promised"],
        ),
        (
            {"status": Status.NO_DATA},
            ["– no data: Call each lead (first-response)", "May 2027: nothing fell due"],
        ),
        (
            {"status": Status.NOT_MEASURABLE, "judged": False, "said": said(say("the data holds no returns"))},
            ["? not measurable: Call each lead (first-response)", "May 2027: the data holds no returns"],
        ),
        (
            {"not_counted": 1, "not_owed": 2, "cannot_tell": 3, "by_silence": 4, "about": True},
            [
                "✓ kept: Call each lead (first-response)",
                "May 2027: 9 of 10, or 90%; 90% promised",
                "besides: 3 do not say enough; 4 by silence; 1 is not counted, as both agreed; "
                "2 were not owed, because the other side failed first; about, because a stand-in is used",
            ],
        ),
        (
            {
                "not_counted": 2,
                "exceptions": (Excepted(count=2, leads=("A", "B"), why="Called by phone", agreed_by=("Mia", "Sam")),),
                "not_owed": 1,
                "released": (Released(count=1, because="wrongly_qualified"),),
                "about": True,
                "stand_ins": (StandIn(event="handed_off", same_as="became_mql"),),
                "unknown_would_break": True,
            },
            [
                "✓ kept: Call each lead (first-response)",
                "May 2027: 9 of 10, or 90%; 90% promised",
                "besides: 2 are not counted (A and B): Called by phone (agreed by Mia and Sam); "
                "1 was not owed, because it did not meet the criteria when it was handed over; "
                "kept only because those that do not say enough are left out; "
                "about, because became_mql stands for handed_off",
            ],
        ),
        (
            {
                "together": Together(
                    months=("2027-03", "2027-04", "2027-05"),
                    numerator=26,
                    denominator=30,
                    target=0.9,
                    is_kept=False,
                    interval=(0.7, 0.95),
                )
            },
            [
                "✓ kept: Call each lead (first-response)",
                "May 2027: 9 of 10, or 90%; 90% promised",
                "three months together (March 2027 to May 2027): 26 of 30, or 86.7%, would be missed",
            ],
        ),
        (
            {
                "status": Status.OPEN,
                "outlook": Outlook.AT_RISK,
                "judged": False,
                "step": StepReached(share=0.75, used=5, allowed=6, then="The director hears of it"),
                "recent": (
                    Recent(
                        days=5,
                        since=date(2027, 5, 10),
                        missed=5,
                        due=8,
                        times_as_fast=6.34,
                        by_chance=0.0004,
                        is_warning=True,
                    ),
                    Recent(
                        days=20,
                        since=date(2027, 4, 20),
                        missed=5,
                        due=60,
                        times_as_fast=0.83,
                        by_chance=0.7,
                        is_warning=False,
                    ),
                ),
                "escalations": (
                    Escalated(
                        step=1,
                        count=5,
                        tell=("seller",),
                        then="Call now",
                        file="sla/promises.yaml",
                        line=9,
                        when=said(say_counted("{count} lead was missed", "{count} leads were missed", count=5)),
                        whom=said(say("each lead's seller")),
                    ),
                ),
            },
            [
                "… open: Call each lead (first-response)",
                "May 2027: at risk ()",
                "early warning: 5 of 8 missed in the last 5 working days, 6.3 times what is allowed",
                "5 of about 6 allowed misses used; at 75% of them the agreement says: The director hears of it",
                "escalation: 5 leads were missed, so tell each lead's seller: Call now",
            ],
        ),
        (
            {"status": Status.MISSED, "offenders": tuple("ABCDEF"), "offender_count": 9},
            [
                "✗ missed: Call each lead (first-response)",
                "May 2027: 9 of 10, or 90%; 90% promised",
                "leads: A, B, C, D, E and 4 more",
            ],
        ),
    ],
)
def test_each_status_in_words(values, lines):
    """Symbol and word, the month, what was counted and promised, and what stands beside it."""
    told = page(result(**values)).split("What sales promises\n")[1].split("\n\n")[0]

    assert lines == [line.strip() for line in told.splitlines()]


def test_the_open_month_stands_below_the_judged_one():
    """With its outlook, and only the latest; of rates, the one that is judged next."""
    why = said(say("no miss so far"))
    months = [result(), result(period="2027-06", status=Status.OPEN, judged=False, outlook=Outlook.AT_RISK, said=why)]
    told = page(result(period="2027-04", judged=False), *months)

    assert "April" not in told
    assert "May 2027: 9 of 10, or 90%; 90% promised\n      June 2027: at risk (no miss so far)" in told


def test_of_several_months_asked_for_a_missed_one_is_not_kept():
    """Each month has its own mark then."""
    told = page(result(period="2027-04"), result(status=Status.MISSED))

    assert "  ✗ missed: Call each lead (first-response)\n" in told
    assert "      ✓ April 2027: 9 of 10, or 90%; 90% promised\n      ✗ May 2027: 9 of 10, or 90%; 90% promised" in told


def test_the_head_says_how_old_the_data_is_and_how_much_it_can_judge():
    """Then what would unlock more, the most useful first."""
    unlock = said(say("a list of all attempts"))
    two = [result(promise=name, status=Status.NOT_MEASURABLE, judged=False, unlock=unlock) for name in ("a", "b")]
    other = result(promise="c", status=Status.NOT_MEASURABLE, judged=False, unlock=said(say("times of the day")))
    data = Data(leads=1200, last=datetime(2027, 6, 15, 12, tzinfo=UTC))
    told = Results(agreement="Test", as_of=AS_OF, data=data, results=(other, *two, result()), promises=4, judgeable=1)
    expected = """\
Test
The data ends on 15 June 2027 and holds 1,200 leads; judged as of 16 June 2027, 18:00.

1 of 4 promises can be judged on this data.
  +2 with a list of all attempts
  +1 with times of the day
"""

    assert results_text(told, words("en"), {}, "EUR").startswith(expected)


def test_the_funnel_is_a_table():
    """A month a line; a month that is not whole has a star, one that is not covered a dash."""
    counts = (
        FunnelCount(period="2027-05", stage="mql", count=1101, target=100),
        FunnelCount(period="2027-05", stage="mql", channel="ads", count=3),
        FunnelCount(period="2027-05", stage="won", count=None),
        FunnelCount(period="2027-06", stage="mql", count=45, target=100, complete=False),
        FunnelCount(period="2027-06", stage="won", count=0),
    )
    expected = """\
Leads that reached each stage, of how many planned
                     mql  won
  May 2027   1,101 / 100    –
  June 2027    45* / 100    0
  * a part of the month only
"""

    assert expected in page(result(), funnel=counts)


def test_the_data_is_told_last():
    """Files, rows that could not be used, and what is odd; blanks only by their number."""
    data = Data(
        files=("leads.csv", "deals.csv"),
        rejected=2,
        rejects=(Reject(file="leads.csv", line=7, reason="no date"),),
        quality=(
            Quality(what="blank", count=3, said=said(say("Phone is blank"))),
            Quality(what="blank", count=4, said=said(say("Company is blank"))),
            Quality(what="merged", count=15, said=said(say("15 duplicates"))),
        ),
    )
    expected = """\
About the data
  read: leads.csv and deals.csv
  2 rows could not be used
    leads.csv:7: no date
  15 duplicates
  2 columns have blanks
"""

    assert page(result(), data=data).endswith(expected)


def found(code: str, severity: Any, message: Message, **more: Any) -> Found:
    """A finding about line 3 of the channels, with one way out."""
    usual: dict[str, Any] = {
        "code": code,
        "name": "A rule",
        "severity": severity,
        "message": "in the language of the file",
        "file": "sla/channels.yaml",
        "line": 3,
        "column": 1,
        "choices": (WayOut(message="in the language of the file"),),
        "help": "https://example.com",
        "fingerprint": code,
        "said": FoundSaid(message=said(message), choices=(said(say("write it down")),)),
    }
    return Found(**usual | more)


def test_what_the_data_says_of_the_agreement_stands_behind_the_promises():
    """Warnings before notes, six at most; what is waived is only counted."""
    findings = [
        found("SLA118", "info", say("Caio got none of the 55 leads that were handed over")),
        *(found(f"SLA34{number}", "warning", say("finding {number}", number=number)) for number in range(6)),
        found("SLA117", "warning", say("12 leads"), waived=Waiver(reason="the new form", until="2027-12-31")),
    ]
    told = Results(agreement="Test", as_of=AS_OF, results=(result(),), findings=tuple(findings))
    text = results_text(told, words("en"), {}, "EUR")
    block = text.partition("What the data says about the agreement\n")[2].partition("\n\n")[0].splitlines()

    assert ["  sla/channels.yaml:3: [SLA340] finding 0", "      1. write it down"] == block[:2]
    assert [
        "  sla/channels.yaml:3: [SLA345] finding 5",
        "      1. write it down",
        "  and 1 more, in the results as JSON",
        "  1 is waived",
        "  why these rules: sla explain SLA340",
    ] == block[-5:]
    assert text.index("✓ kept") < text.index("What the data says") < text.index("About the data")


def test_of_the_other_lines_of_a_finding_three_are_shown():
    """All are in the JSON."""
    lines = tuple(OtherLine(file="sla/channels.yaml", line=number, column=1, message="x") for number in range(4, 9))
    finding = found("SLA340", "warning", say("finding"), because=lines)
    spoken = finding.said.model_copy(update={"because": tuple(said(say("asked here")) for _ in lines)})
    told = Results(as_of=AS_OF, results=(result(),), findings=(finding.model_copy(update={"said": spoken}),))

    assert """      sla/channels.yaml:6: asked here
      and 2 more lines
      1. write it down
""" in results_text(told, words("en"), {}, "EUR")


def test_hostile_names_cannot_play_tricks_on_the_terminal():
    """Escape sequences and marks of direction come out as harmless signs."""
    told = page(result(promise="x\x1b[2J", status=Status.MISSED, offenders=("L\u202e1",), offender_count=1))

    assert "\x1b" not in told
    assert "\u202e" not in told


VOLUME: dict[str, Any] = {
    "promise": "mql-volume",
    "status": Status.OPEN,
    "outlook": Outlook.AT_RISK,
    "judged": False,
    "unit": "leads",
    "actual": 30,
    "target": 80,
}
PACE: dict[str, Any] = {
    "days_gone": 10,
    "days": 22,
    "expected": 36.363636,
    "share": 0.825,
    "projection": 66,
    "low": 51,
    "high": 86,
    "a_day_so_far": 3.0,
    "a_day_needed": 4.166667,
}


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({}, "pace 82.5%: heads for 66, most likely 51 to 86; needs 4.17 a day, had 3 a day"),
        ({"a_day_needed": 0.0}, "the target is reached; heads for 66"),
        ({"low": None, "high": None}, "pace 82.5%: heads for 66; needs 4.17 a day, had 3 a day"),
    ],
)
def test_the_pace_is_told_below_the_month(values, line):
    """Where it heads, how sure that is, and what each day has to bring."""
    told = page(result(**VOLUME, pace=Pace(**PACE | values)))

    assert line in [each.strip() for each in told.splitlines()]


def test_money_is_told_in_money():
    """Rounded to whole amounts: a projection is no account."""
    pace = Pace(**PACE | {"low": None, "high": None, "projection": 217433.33, "a_day_needed": 18140.2})
    told = page(result(**VOLUME | {"unit": "money"}, pace=pace))

    assert "heads for R$ 217,433; needs R$ 18,140 a day, had R$ 3 a day" in told


def test_where_they_stand_is_told_at_the_top():
    """What needs somebody first; not where other months were asked for."""
    told = page(result(), result(**VOLUME, period="2027-06"))
    asked_for_may = page(result(), result(**VOLUME))

    assert "Where they stand now: 1 at risk and 1 kept." in told
    assert "now" not in asked_for_may
