"""Handoff, promises and clocks: each bad snippet, put into the reference agreement, is found where it stands, in words.

Each case says everything that these rules then report, so that no mistake is told twice.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from checker.finding import Finding, Severity
from checker.language import Words
from checker.review.validate import validate
from checker.text import parse, read
from tests.reference import edited_reference

ERROR, WARNING = Severity.ERROR, Severity.WARNING
AGREEMENT, DATA, FEEDBACK, HANDOFF = "agreement.yaml", "data.yaml", "feedback.yaml", "handoff.yaml"
PLAN, PROMISES, SELLERS, STAGES = "plan.yaml", "promises.yaml", "sellers.yaml", "stages.yaml"
TARGETS, TIMES, SOURCE = "targets.yaml", "working_time.yaml", "source.yaml"
ENGLISH = Words("en")


class Case(NamedTuple):
    """Old words of a file, new ones, and what is then reported: code, severity, marked piece, and the sentence."""

    file: str
    old: str
    new: str
    code: str
    severity: Severity
    marked: str
    sentence: str


HANDOFFS = {
    "HND-STAGE visit": Case(
        HANDOFF,
        "stage: mql",
        "stage: opportunity",
        "SLA401",
        ERROR,
        "opportunity",
        "leads cannot be handed to sales at opportunity: sales itself brings them there",
    ),
    "HND-PAYLOAD": Case(
        HANDOFF,
        "    phone: {used_for: first call}\n",
        "    phone: {used_for: first call}\n    bant_budget: {used_for: proposal}\n",
        "SLA402",
        ERROR,
        "bant_budget",
        "bant_budget cannot go along with a lead: it is filled in after the handoff",
    ),
    "HND-PAYLOAD built in": Case(
        HANDOFF,
        "    phone: {used_for: first call}\n",
        "    phone: {used_for: first call}\n    return_reason: {used_for: approach}\n",
        "SLA402",
        ERROR,
        "return_reason",
        "return_reason cannot go along with a lead: sales decides it later",
    ),
    "HND-CHANNEL": Case(
        HANDOFF,
        'CRM queue "New hot leads"',
        "CRM queue and e-mail",
        "SLA403",
        ERROR,
        "CRM queue and e-mail",
        "sales receives leads in 2 ways: CRM queue and e-mail",
    ),
    "HND-FALLBACK": Case(
        HANDOFF,
        '  if_it_fails: {then: Daily export to the same queue, until: "09:00"}\n',
        "",
        "SLA404",
        WARNING,
        "integration",
        "nobody has agreed what is done when this fails",
    ),
    "HND-CONSENT": Case(
        DATA,
        "is: yes or no, consent: yes, kept_in: mailing",
        "is: yes or no, kept_in: mailing",
        "SLA405",
        WARNING,
        "must_have",
        "full_name, email and phone go to sales, and no field says whether the person may be called",
    ),
    "PAY-UNLISTED": Case(
        HANDOFF,
        "    job_title: {used_for: approach}\n",
        "",
        "SLA406",
        WARNING,
        "job_title",
        "job_title is known before the handoff, and does not go along",
    ),
    "a stand-in of oneself": Case(
        SELLERS,
        "ana: {stand_in: bruno}",
        "ana: {stand_in: ana}",
        "SLA408",
        ERROR,
        "ana",
        "ana cannot stand in for ana",
    ),
    "closed and sent back": Case(
        FEEDBACK,
        "bant: need, back_to: nobody, then: close",
        "bant: need, back_to: marketing, then: close",
        "SLA409",
        ERROR,
        "close",
        "the lead is closed, and yet it goes back to marketing",
    ),
    "work of nobody": Case(
        FEEDBACK,
        "back_to: marketing, then: repair",
        "back_to: nobody, then: repair",
        "SLA409",
        ERROR,
        "repair",
        "the lead goes back to nobody, so nobody can do this: repair",
    ),
    "nurtured by sales": Case(
        FEEDBACK,
        "back_to: marketing, then: nurture, come_back_after: 30 days",
        "back_to: sales, then: nurture, come_back_after: 30 days",
        "SLA409",
        ERROR,
        "nurture",
        "to nurture a lead is marketing's work, but it goes back to sales",
    ),
    "contacted by whom": Case(
        FEEDBACK,
        "then: find contact\n",
        "then: find contact\n    come_back_after: 5 days\n",
        "SLA409",
        ERROR,
        "5 days",
        "marketing is to contact the lead again, but does not get it: it goes back to sales",
    ),
    "no day": Case(
        FEEDBACK,
        "then: nurture, come_back_after: 30 days",
        "then: nurture",
        "SLA410",
        WARNING,
        "nurture",
        "nothing says when a lead that came back for no_answer is contacted again",
    ),
    "never again": Case(
        FEEDBACK,
        "at_most: 2, in: 12 months",
        "at_most: 0, in: 12 months",
        "SLA411",
        ERROR,
        "0",
        "no lead may be handed over again, but it comes back for no_budget, too_early, no_answer and bad_data",
    ),
    "returned and forgotten": Case(
        PROMISES,
        "only: {return_reason: bad_data}",
        "only: {return_reason: no_budget}",
        "SLA412",
        WARNING,
        "bad_data",
        "no promise of marketing is about leads that come back for bad_data",
    ),
}
CLOCKS = {
    "CLK-START the other way round": Case(
        PROMISES,
        "starts: became_mql\n    stops: handed_off",
        "starts: handed_off\n    stops: became_mql",
        "SLA501",
        ERROR,
        "became_mql",
        "became_mql always comes before handed_off, so this clock never runs",
    ),
    "CLK-START equal": Case(
        PROMISES,
        "stops: handed_off_again",
        "stops: returned",
        "SLA501",
        ERROR,
        "returned",
        "the clock starts and stops at the same event, returned",
    ),
    "CLK-START of activities": Case(
        PROMISES,
        "stops: activity_logged",
        "stops: outcome_written",
        "SLA501",
        ERROR,
        "outcome_written",
        "a clock from activity to outcome_written would run anew with every call",
    ),
    "CLK-START not recorded": Case(
        DATA,
        "activity, activity_logged,",
        "activity,",
        "SLA502",
        ERROR,
        "activity_logged",
        "no tool records activity_logged, so nobody can tell whether this promise is kept",
    ),
    "CLK-UNIT": Case(
        PROMISES,
        "time: 1 business hour,",
        "time: 1 hour,",
        "SLA505",
        WARNING,
        "1 hour",
        "this deadline comes nearer at night and on Sundays too, while the others stand still",
    ),
    "CLK-UNIT without effect": Case(
        PROMISES,
        "    within: 15 minutes\n",
        "    within: 15 minutes\n    working_time: office\n",
        "SLA506",
        WARNING,
        "office",
        "this changes nothing: a deadline of 15 minutes comes nearer outside working time too",
    ),
    "CLK-ORDER outcome": Case(
        PROMISES,
        "within: 15 business days",
        "within: 5 business days",
        "SLA507",
        ERROR,
        "5 business days",
        "the outcome is due after 5 business days, but sales tries for 10 business days before giving up",
    ),
    "CLK-ORDER contact": Case(
        PROMISES,
        "time: 4 business hours,",
        "time: 3 business days,",
        "SLA507",
        ERROR,
        "2 business days",
        "accept-or-return is due after 2 business days, but first-response may take 3 business days",
    ),
    "CLK-ORDER contact in hours": Case(
        PROMISES,
        "time: 4 business hours,",
        "time: 40 business hours,",
        "SLA507",
        ERROR,
        "2 business days",
        "accept-or-return is due after 2 business days, but first-response may take 40 business hours",
    ),
    "CLK-REACHABLE": Case(
        DATA,
        "became_mql, actions, pieces, kits]\n    synced: at once",
        "became_mql, actions, pieces, kits]\n    synced: 1 day",
        "SLA508",
        ERROR,
        "15 minutes",
        "15 minutes cannot be kept: mailing takes 1 day to show became_mql",
    ),
    "a ladder upside down": Case(
        PROMISES,
        "time: 1 business hour,",
        "time: 5 business hours,",
        "SLA509",
        WARNING,
        "5 business hours",
        "asked has 5 business hours, and all other leads have 4 business hours",
    ),
    "CLK-NO-LEVEL 100%": Case(
        PROMISES,
        "target: 98%",
        "target: 100%",
        "SLA511",
        WARNING,
        "100%",
        "a single late lead breaks this promise for the whole month",
    ),
    "CLK-NO-LEVEL none": Case(
        PROMISES,
        "    target: 98%\n",
        "",
        "SLA511",
        WARNING,
        "handoff-speed",
        "handoff-speed names no share that must be in time",
    ),
    "CLK-NO-LEVEL of a measure": Case(
        PROMISES,
        "    measure: payload_completeness\n    target: 95%\n",
        "    measure: payload_completeness\n",
        "SLA511",
        WARNING,
        "handoff-data",
        "handoff-data names nothing that must be reached",
    ),
    "a share of a list": Case(
        PROMISES,
        "target: 2 a month",
        "target: 90%",
        "SLA512",
        ERROR,
        "90%",
        "entries is a number a month, not a share",
    ),
    "as planned, and no plan": Case(
        PROMISES,
        "    measure: acceptance_rate\n    target: 85%",
        "    measure: acceptance_rate\n    target: as planned",
        "SLA512",
        ERROR,
        "as planned",
        "the plan says nothing about acceptance_rate",
    ),
    "the most that may go wrong": Case(
        PROMISES,
        "    measure: return_reason_rate\n    target: 100%",
        "    measure: wrongly_qualified\n    target: 98%",
        "SLA512",
        ERROR,
        "98%",
        "wrongly_qualified counts what went wrong: this allows 98% of all leads",
    ),
    "CLK-GAMEABLE": Case(
        PROMISES,
        "stops: first_personal_contact",
        "stops: became_sql",
        "SLA514",
        WARNING,
        "decided",
        "a click keeps this promise: nothing says when the lead is contacted",
    ),
    "judged too early": Case(
        PROMISES,
        "judged_after: 3 months",
        "judged_after: 30 days",
        "SLA515",
        WARNING,
        "30 days",
        "the deals are judged after 30 days, but take 2 months to close",
    ),
    "never judged": Case(
        PROMISES,
        "    judged_after: 3 months\n",
        "",
        "SLA515",
        WARNING,
        "rate",
        "nothing says when a month's leads are judged, so they never are",
    ),
    "a twin": Case(
        PROMISES,
        "    of: kits\n    target: 4 a month",
        "    of: pieces\n    target: 4 a month",
        "SLA516",
        WARNING,
        "prospecting-kit",
        "prospecting-kit promises the same as objection-content, about the same leads",
    ),
    "silence that settles nothing": Case(
        PROMISES,
        "    within: 15 business days\n",
        "    within: 15 business days\n    no_answer_means: accepted\n",
        "SLA517",
        WARNING,
        "no_answer_means",
        "silence settles nothing here: this clock does not wait for a decision",
    ),
    "nothing about silence": Case(
        PROMISES,
        "    no_answer_means: accepted\n",
        "",
        "SLA518",
        WARNING,
        "decided",
        "nothing says how a lead counts on which nobody decides in time",
    ),
    "an excuse without a deadline": Case(
        PROMISES,
        "not_owed_when: [wrongly_qualified]",
        "not_owed_when: [{late: mql-volume}]",
        "SLA519",
        ERROR,
        "mql-volume",
        "mql-volume has no deadline, so no lead is late there",
    ),
    "more ways than attempts": Case(
        PROMISES,
        "attempts: 6, channels: 2",
        "attempts: 2, channels: 3",
        "SLA520",
        ERROR,
        "3",
        "2 attempts cannot be made by 3 ways",
    ),
    "CLK-LADDER": Case(
        PROMISES,
        "when: {late_by: 2 business hours}",
        "when: {missed: 1}",
        "SLA521",
        ERROR,
        "1",
        "this step does not come after the one before it: 1 is not more than 1",
    ),
    "steps for late leads": Case(
        PROMISES,
        "50% of allowed",
        "150% of allowed",
        "SLA522",
        WARNING,
        "100% of allowed",
        "this step comes before the one above it",
    ),
    "a step that never comes": Case(
        PROMISES,
        "{missed: 1}, tell: seller",
        "{missed: 1}, of: win-rate, tell: seller",
        "SLA523",
        WARNING,
        "missed",
        "win-rate has no deadline, so no single lead is late",
    ),
    "nobody involved": Case(
        PROMISES,
        "tell: tomas",
        "tell: lia",
        "SLA524",
        WARNING,
        "lia",
        "nobody who is told works on these leads: lia",
    ),
    "CLK-HOURS overlap": Case(
        TIMES,
        '"09:00 to 18:00"',
        '["09:00 to 13:00", "12:30 to 18:00"]',
        "SLA525",
        ERROR,
        '"12:30 to 18:00"',
        "these hours overlap with others of the same day",
    ),
    "CLK-HOURS through the night": Case(
        TIMES,
        '"09:00 to 18:00"',
        '"18:00 to 09:00"',
        "SLA526",
        WARNING,
        '"18:00 to 09:00"',
        "these hours run through the night, 15 of them",
    ),
    "CLK-HOURS weekend": Case(
        TIMES,
        "Monday to Friday",
        "Saturday to Sunday",
        "SLA526",
        WARNING,
        "Saturday to Sunday",
        "nobody works from Monday to Friday here",
    ),
    "CLK-HOURS holidays": Case(
        TIMES,
        "    holidays: {country: BR, also: [2027-02-08, 2027-02-09, 2027-05-27]}\n",
        "",
        "SLA527",
        WARNING,
        "office",
        "public holidays count as working days here",
    ),
    "CLK-HOURS of last year": Case(
        TIMES,
        "[2027-02-08, 2027-02-09, 2027-05-27]",
        "[2026-02-16, 2026-02-17]",
        "SLA528",
        WARNING,
        "[2026-02-16, 2026-02-17]",
        "all these days lie before the plan begins, in January 2027",
    ),
}
CASES = HANDOFFS | CLOCKS
NO_MISTAKE = {
    "contact attempts tell the first personal contact": (DATA, "first_personal_contact, decided", "decided"),
    "the log holds the objections": (DATA, "lost, objections_heard]", "lost]"),
    "a deadline as long as the tool takes": (
        DATA,
        "became_mql, actions, pieces, kits]\n    synced: at once",
        "became_mql, actions, pieces, kits]\n    synced: 15 minutes",
    ),
    "a ladder upside down with its reason": (
        PROMISES,
        "    within:                      # the first line that fits wins\n"
        "      - {name: asked, when: {meets: asked_for_us}, time: 1 business hour,",
        "    why: Those who ask speak to Tomás himself\n    within:\n"
        "      - {name: asked, when: {meets: asked_for_us}, time: 1 business day,",
    ),
    "a night shift": (TIMES, '"09:00 to 18:00"', '"22:00 to 06:00"'),
    "the director of the other side is told": (PROMISES, "tell: tomas", "tell: helena"),
    "steps about different promises": (
        PROMISES,
        "when: {late_by: 2 business hours}",
        "when: {missed: 1}, of: first-response",
    ),
    "excused by the other side": (PROMISES, "[wrongly_qualified]", "[{late: handoff-speed}]"),
    "a rate a quarter later": (PROMISES, "judged_after: 3 months", "judged_after: 60 days"),
    "two levels of one promise": (
        PROMISES,
        "  reason-given:\n",
        "  same-day: {promise: Decide, starts: handed_off, stops: decided, within: 1 business day, target: 50%,"
        " no_answer_means: accepted}\n  reason-given:\n",
    ),
    "what marketing does in the meantime": (FEEDBACK, "come_back_after: 90 days", "come_back_after: 1 month"),
}


def found(folder: Path, edit: tuple[str, str, str]) -> list[Finding]:
    """What the rules about the handoff and the promises find; an edit may well have consequences for other ones."""
    findings = validate(read(edited_reference(folder, edit))).findings
    return [finding for finding in findings if finding.code[:4] in ("SLA4", "SLA5")]


def told(finding: Finding) -> tuple[str, Severity, str, str]:
    place = finding.place
    marked = place.source[place.column - 1 : place.end_column - 1]
    return finding.code, finding.severity, marked, ENGLISH.say(finding.message)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_bad_snippet_is_found_in_plain_words_and_causes_nothing_else(tmp_path: Path, case: Case) -> None:
    expected = [(case.code, case.severity, case.marked, case.sentence)]

    assert expected == [told(finding) for finding in found(tmp_path, (case.file, case.old, case.new))]


@pytest.mark.parametrize("edit", NO_MISTAKE.values(), ids=NO_MISTAKE)
def test_what_is_no_mistake_is_not_reported(tmp_path: Path, edit: tuple[str, str, str]) -> None:
    assert [] == [told(finding) for finding in found(tmp_path, edit)]


def test_a_team_that_promises_deadlines_alone_is_told_when_it_has_signed() -> None:
    text = """
format: sla/v1
agreement: Ours
status: {status}
stages:
  mql: {{team: marketing}}
  customer: {{team: sales, is: won}}
sales_promises:
  first-response: {{promise: Call, starts: handed_off, stops: first_personal_contact, within: 4 hours, target: 90%}}
"""
    sentences = {
        status: [
            ENGLISH.say(finding.message)
            for finding in validate(parse(text.format(status=status))).findings
            if finding.code == "SLA514"
        ]
        for status in ("draft", "signed")
    }

    assert {"draft": [], "signed": ["all that sales promises are deadlines: being fast is enough"]} == sentences


@pytest.mark.parametrize(
    ("channel", "ways"),
    [
        ("The queue", 0),
        ('CRM queue "E-mail and phone"', 0),
        ("CRM queue (the e-mail only tells about it)", 0),
        ("HubSpot queue, stage New", 0),
        ("Fila do CRM e e-mail", 2),
        ("Cola del CRM y hoja de cálculo", 2),
        ("Kolejka CRM lub poczta", 2),
        ("Coda del CRM, e-mail o telefono", 3),
        ("Slack / spreadsheet", 2),
        ("An e-mail to the sales inbox", 0),
    ],
)
def test_several_ways_are_seen_in_each_language(channel: str, ways: int) -> None:
    text = (
        "format: sla/v1\nagreement: Ours\nstages:\n  mql: {team: marketing}\n"
        f"handoff:\n  stage: mql\n  channel: '{channel}'\n"
    )
    counts = [
        finding.message.arguments["count"] for finding in validate(parse(text)).findings if finding.code == "SLA403"
    ]

    assert ([ways] if ways else []) == counts
