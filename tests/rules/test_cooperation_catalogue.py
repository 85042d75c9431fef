"""Meetings, feedback, days, personal data and words: each mistake, put into the reference agreement, is found there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from checker.finding import Finding, Severity
from checker.review.validate import validate
from checker.text import parse, read
from tests.reference import edited_reference

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
AGREEMENT, CHANNELS, DATA, DICTIONARY = "agreement.yaml", "channels.yaml", "data.yaml", "dictionary.yaml"
FEEDBACK, HANDOFF, LOG, MEETINGS, PEOPLE = "feedback.yaml", "handoff.yaml", "log.yaml", "meetings.yaml", "people.yaml"
EXCEPTIONS, PERSONAS, PROMISES, STAGES = "not_counted.yaml", "personas.yaml", "promises.yaml", "stages.yaml"
SIGNED = """currency: BRL
release:
  version: "2027.1"
  valid_from: 2027-01-01
  renew_by: {renew_by}
  signed_by:
    - {{who: helena, team: marketing, on: {on}}}
    - {{who: tomas, team: sales, on: 2026-12-11}}
"""
SPRING = "campaigns:\n  spring: {channel: email_webinars, sends: 200, hands_over: 5, month: 2027-03}"


class Case(NamedTuple):
    """Old words of a file, new ones, and what is then reported, alone: the code, the marked piece, the severity."""

    file: str
    old: str
    new: str
    code: str
    marked: str
    severity: Severity = WARNING


MEETING_CASES = {
    "MTG-TOPIC": Case(MEETINGS, "[volume, returned leads, ", "[volume, ", "SLA601", "meetings"),
    "MTG-TOPIC wins": Case(MEETINGS, "wins, improvements", "improvements", "SLA601", "meetings"),
    "MTG-OWNER": Case(
        MEETINGS,
        "who: [marketing, sales, helena, tomas]",
        "who: [marketing, helena]",
        "SLA602",
        "[marketing, helena]",
        ERROR,
    ),
    "MTG-CADENCE": Case(MEETINGS, "every: month\n", "every: 2 months\n", "SLA603", "targets"),
    "MTG-CADENCE in weeks": Case(
        MEETINGS, "every: month\n    on: first", "every: 5 weeks\n    on: ", "SLA603", "targets"
    ),
    "no working day": Case(MEETINGS, "on: Monday", "on: Sunday", "SLA604", "Sunday"),
    "after closing": Case(MEETINGS, 'at: "14:00"', 'at: "18:00"', "SLA604", '"18:00"'),
    "before opening": Case(MEETINGS, 'at: "09:30"', 'at: "08:59"', "SLA604", '"08:59"'),
    "same time": Case(
        MEETINGS, 'first Wednesday\n    at: "10:00"', 'first Monday\n    at: "09:30"', "SLA605", "first Monday"
    ),
}
FEEDBACK_CASES = {
    "no outcomes": Case(
        FEEDBACK, "outcomes: [won_deal, still_working, not_qualified]\n", "", "SLA606", "outcome_written"
    ),
    "somebody else's objection": Case(
        FEEDBACK,
        "answers: team_will_not_use_it",
        "answers: [team_will_not_use_it, fails_without_wifi]",
        "SLA608",
        "fails_without_wifi",
    ),
    "somebody else's proposition": Case(
        FEEDBACK, "carries: audit_report_ready", "carries: pays_back_in_a_year", "SLA608", "pays_back_in_a_year"
    ),
    "does what it does not": Case(PEOPLE, "does: [attract,", "does: [Cold calls, attract,", "SLA610", "Cold calls"),
    "VAL-MANY": Case(
        PERSONAS,
        "value_propositions:              # the few strongest, each with a proof\n",
        "value_propositions:\n"
        + "".join(
            f"  extra_{number}: {{say: It costs R$ {number} a day, for: quality_manager, proof: The bill}}\n"
            for number in range(3)
        ),
        "SLA812",
        "pays_back_in_a_year",
    ),
    "no interviews": Case(PERSONAS, "{interviews: 6, with", "{with", "SLA813", "built_from"),
    "nothing to build from": Case(
        PERSONAS,
        "    built_from: {interviews: 6, with: [sales, marketing], last_review: 2026-11-20, review_every: 6 months}\n",
        "",
        "SLA813",
        "quality_manager",
    ),
    "persona of one team": Case(PERSONAS, "6, with: [sales, marketing]", "6, with: [sales]", "SLA814", "[sales]"),
    "proposition of one team": Case(
        PERSONAS, "made_by: [marketing, sales]", "made_by: [marketing]", "SLA814", "[marketing]"
    ),
    "CMP-OVER": Case(CHANNELS, "hands_over: 20", "hands_over: 21", "SLA221", "21", ERROR),
    "CMP-OVER together": Case(CHANNELS, "campaigns:", SPRING, "SLA221", "20", ERROR),
    "CMP-OVER more than sent": Case(CHANNELS, "sends: 400", "sends: 19", "SLA221", "20", ERROR),
}
GOVERNANCE_CASES = {
    "GOV-DATES": Case(
        AGREEMENT,
        "currency: BRL\n",
        SIGNED.format(renew_by="2026-06-30", on="2026-12-10"),
        "SLA701",
        "2026-06-30",
        ERROR,
    ),
    "GOV-DATES signed late": Case(
        AGREEMENT,
        "currency: BRL\n",
        SIGNED.format(renew_by="2027-06-30", on="2027-01-02"),
        "SLA701",
        "2027-01-02",
        ERROR,
    ),
    "due before it was agreed": Case(LOG, "due: 2027-02-19", "due: 2027-01-19", "SLA701", "2027-01-19", ERROR),
    "pilot without end": Case(MEETINGS, "    pilot_until: 2027-06-30\n", "", "SLA705", "pilot"),
    "GOV-PII e-mail": Case(EXCEPTIONS, "[L-20231]", "[maria@cold.example]", "SLA706", "maria@cold.example", ERROR),
    "GOV-PII telephone": Case(
        EXCEPTIONS, "Called from a private phone", "Called +55 (11) 98888-7777", "SLA706", "+55 (11) 98888-7777", ERROR
    ),
    "GOV-PII telephone without country": Case(
        LOG, "note: Moved from Carnival Monday", "note: Call (11) 98888-7777", "SLA706", "(11) 98888-7777", ERROR
    ),
    "GOV-PII tax number": Case(
        EXCEPTIONS, "private phone", "phone of 123.456.789-09", "SLA706", "123.456.789-09", ERROR
    ),
    "GOV-PII in a reason": Case(
        PROMISES,
        "promise: Hold every meeting",
        "promise: Ask joao.reis@cliente.example first",
        "SLA706",
        "joao.reis@cliente.example",
        ERROR,
    ),
    "exception of one team": Case(
        EXCEPTIONS, "agreed_by: [helena, tomas]", "agreed_by: [helena, camila]", "SLA707", "[helena, camila]", ERROR
    ),
}
LANGUAGE_CASES = {
    "LNG-TERM": Case(STAGES, "means: Someone came", "means: A suspect came", "SLA806", "suspect"),
    "LNG-TERM plural": Case(STAGES, "then: Sales calls", "then: Sales calls suspects", "SLA806", "suspects"),
    "LNG-TERM in capitals": Case(CHANNELS, "name: Search ads", "name: TOFU ads", "SLA806", "TOFU"),
    "LNG-TERM of two words": Case(
        PERSONAS, "needs: Payback within a year", "needs: Funnel  velocity", "SLA806", "Funnel  velocity"
    ),
    "LNG-UNDEFINED": Case(STAGES, "means: Someone came", "means: An ICP came", "SLA807", "ICP"),
    "LNG-UNDEFINED plural": Case(STAGES, "then: Newsletter", "then: SDRs send the newsletter", "SLA807", "SDR"),
    "LNG-SYNONYM": Case(PROMISES, "Repair a lead that came back", "Repair a rejected lead", "SLA808", "rejected lead"),
    "LNG-CLASH": Case(
        DICTIONARY, "  nurture:", "  SQL: {means: A lead that sales calls}\n  nurture:", "SLA809", "SQL", ERROR
    ),
    "LNG-CLASH by name": Case(
        DICTIONARY,
        "  nurture:",
        "  Marketing qualified lead: {means: A good one}\n  nurture:",
        "SLA809",
        "Marketing qualified lead",
        ERROR,
    ),
    "LNG-CLASH other word": Case(DICTIONARY, "[rejected lead]", "[rejected lead, visit]", "SLA809", "visit", ERROR),
    "LNG-CLASH avoided": Case(DICTIONARY, "  suspect: lead", "  nurture: feed", "SLA809", "nurture", ERROR),
    "LNG-VAGUE": Case(PROMISES, "in person", "as soon as possible", "SLA810", "as soon as possible"),
    "LNG-VAGUE in steps": Case(MEETINGS, "Count points,", "Count points if necessary,", "SLA810", "if necessary"),
    "LNG-VAGUE undecided": Case(HANDOFF, "then: Daily export to the same queue", "then: TBD", "SLA810", "TBD"),
    "LNG-VAGUE in another language": Case(
        STAGES, "means: Contract signed", "means: {en: Contract signed, pt-BR: Assina em breve}", "SLA810", "em breve"
    ),
    "DOC-GENERIC in a sentence": Case(
        PERSONAS, "say: The audit report writes itself", "say: World class and high quality", "SLA803", "World class"
    ),
}
CASES = MEETING_CASES | FEEDBACK_CASES | GOVERNANCE_CASES | LANGUAGE_CASES


def told(finding: Finding) -> tuple[str, Severity, str]:
    place = finding.place
    return finding.code, finding.severity, place.source[place.column - 1 : place.end_column - 1]


def found(folder: Path, today: date | None = None) -> list[tuple[str, Severity, str]]:
    return [told(finding) for finding in validate(read(folder), today).findings]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_mistake_is_found_at_its_words_and_causes_nothing_else(tmp_path: Path, case: Case) -> None:
    folder = edited_reference(tmp_path, (case.file, case.old, case.new))

    assert [(case.code, case.severity, case.marked)] == found(folder)


LET_PASS = {
    "a topic of one's own": (MEETINGS, "returned leads, late", "{other: Returned leads of the week}, late"),
    "people for a team": (MEETINGS, "who: [marketing, sales, helena, tomas]", "who: [helena, tomas]"),
    "four weeks are a month": (MEETINGS, "every: month\n    on: first", "every: 4 weeks\n    on: "),
    "another Monday": (MEETINGS, 'second Tuesday\n    at: "14:00"', 'second Wednesday\n    at: "10:00"'),
    "other people": (MEETINGS, 'at: "14:00"', 'at: "14:30"'),
    "a word in quotation marks": (STAGES, "means: Someone came", 'means: The page "suspect" came'),
    "another accent": (STAGES, "means: Someone came", "means: Suspèct came"),
    "a part of a word": (STAGES, "means: Someone came", "means: Unsuspecting people came"),
    "explained in brackets": (STAGES, "means: Someone came", "means: Our ideal customer profile (ICP) came"),
    "a value of a field": (HANDOFF, "channel: CRM queue", "channel: SP, RJ and PR queue"),
    "a name of the agreement": (STAGES, "means: Someone came", "means: Someone came, MAILING and SQL"),
    "what everybody knows": (STAGES, "means: Someone came", "means: The CEO came for the PDF"),
    "somebody who is loud": (STAGES, "means: Someone came", "means: NOT a lead, NEVER call"),
    "a vague reason": ("plan.yaml", "why: Half of the yearly plan", "why: Soon half of the yearly plan"),
    "vague in another language": (STAGES, "means: Contract signed", "means: Contrato em breve"),
    "what buyers say": (FEEDBACK, "price: It costs too much", "price: We buy soon, as needed"),
    "an address of our own": (HANDOFF, 'channel: CRM queue "New hot leads"', "channel: leads@glacivo.example"),
    "a colleague's address": (EXCEPTIONS, "Called from a private phone", "Ask tomas.quintela@glacivo.example"),
    "a shared address": (PROMISES, "promise: Hold every meeting", "promise: Hold every meeting, sales@glacivo.example"),
    "long ids": (EXCEPTIONS, "[L-20231]", '["00Q5e000004XyZz", "110055443322"]'),
    "dates and amounts": (
        EXCEPTIONS,
        "Called from a private phone",
        "R$ 30000 (2027-01-25 to 2027-01-26), + 2 of 1200",
    ),
    "objections that are not listed": (PERSONAS, "    objections: [price, team_will_not_use_it]\n", ""),
}


@pytest.mark.parametrize(("file", "old", "new"), LET_PASS.values(), ids=LET_PASS)
def test_what_is_no_mistake_is_let_pass(tmp_path: Path, file: str, old: str, new: str) -> None:
    assert [] == found(edited_reference(tmp_path, (file, old, new)))


DAYS = {
    "before the next meeting": (date(2027, 7, 7), "", []),
    "after it": (date(2027, 7, 8), "", [("SLA607", WARNING, "2027-06-07")]),
    "settled by a note": (date(2027, 7, 8), "note", []),
}


@pytest.mark.parametrize(("today", "note", "expected"), DAYS.values(), ids=DAYS)
def test_an_improvement_waits_for_the_next_meeting(
    tmp_path: Path, today: date, note: str, expected: list[tuple[str, Severity, str]]
) -> None:
    """It was due on 7 June; meetings about improvements are held every month, the last one was on 2 June."""
    due = "due: 2027-06-07}"
    folder = edited_reference(tmp_path, (LOG, due, "due: 2027-06-07, note: Done}" if note else due))

    assert expected == [finding for finding in found(folder, today) if finding[0] == "SLA607"]


PASSED = {
    "GOV-STALE persona": (date(2027, 5, 21), (PERSONAS, "x", "x"), ("SLA702", WARNING, "2026-11-20")),
    "GOV-STALE in the future": (
        date(2027, 1, 1),
        (PERSONAS, "last_review: 2026-11-20", "last_review: 2028-11-20"),
        ("SLA702", WARNING, "2028-11-20"),
    ),
    "agreement ran out": (
        date(2027, 7, 1),
        (AGREEMENT, "currency: BRL\n", SIGNED.format(renew_by="2027-06-30", on="2026-12-10")),
        ("SLA703", WARNING, "2027-06-30"),
    ),
    "pilot ended": (date(2027, 7, 1), (MEETINGS, "x", "x"), ("SLA704", WARNING, "2027-06-30")),
    "trial for too long": (
        date(2027, 3, 1),
        (CHANNELS, "since: 2024-01\n", "since: 2026-02\n    status: trial\n"),
        ("SLA704", WARNING, "trial"),
    ),
}


@pytest.mark.parametrize(("today", "edit", "expected"), PASSED.values(), ids=PASSED)
def test_a_day_that_has_passed_is_reported_from_the_next_day(
    tmp_path: Path, today: date, edit: tuple[str, str, str], expected: tuple[str, Severity, str]
) -> None:
    folder = edited_reference(tmp_path, edit)
    the_day_before = today.fromordinal(today.toordinal() - 1)

    assert expected in found(folder, today)
    assert expected not in found(folder, the_day_before) or expected[2] in ("2028-11-20", "trial")


def test_rules_about_today_are_counted_as_skipped_without_it(tmp_path: Path) -> None:
    skipped = {rule.code for rule in validate(read(edited_reference(tmp_path))).skipped}

    assert {"SLA607", "SLA702", "SLA703", "SLA704"} <= skipped


def test_a_draft_may_still_leave_out_what_a_persona_was_made_from(tmp_path: Path) -> None:
    case = FEEDBACK_CASES["nothing to build from"]
    folder = edited_reference(tmp_path, (case.file, case.old, case.new), (AGREEMENT, "status: signed", "status: draft"))

    assert [] == found(folder)


def test_a_meeting_that_is_too_rare_for_two_reasons_has_two_findings(tmp_path: Path) -> None:
    """Personas are to be reviewed every 6 months, and the plan is over after 6."""
    folder = edited_reference(tmp_path, (MEETINGS, "every: 3 months", "every: 7 months"))

    assert [("SLA603", WARNING, "personas"), ("SLA603", WARNING, "next targets")] == found(folder)


def test_the_gaps_of_content_are_a_note_on_request(tmp_path: Path) -> None:
    reported = [
        told(finding)
        for finding in validate(read(edited_reference(tmp_path)), with_notes=True).findings
        if finding.code == "SLA609"
    ]

    assert [("SLA609", INFO, "quality_manager"), ("SLA609", INFO, "operations_director")] == reported


def test_a_safe_fix_writes_the_word_that_was_agreed(tmp_path: Path) -> None:
    folder = edited_reference(tmp_path, (STAGES, "means: Someone came", "means: A suspect came"))
    [finding] = validate(read(folder)).findings

    assert [("suspect", "lead", True)] == [(fix.old, fix.new, fix.safe) for fix in finding.fixes]


PORTUGUESE = """\
format: sla/v1
agreement: Acordo
language: pt-BR
stages:
  lead: {name: Lead, team: marketing, means: Quem deixou contato e é potencial}
  cliente: {name: Cliente, team: sales, is: won, means: Assinou}
sales_promises:
  retorno:
    promise: Ligar assim que possível
    starts: handed_off
    stops: first_personal_contact
    within: 4 business hours
handoff: {stage: lead, channel: Fila}
words_to_avoid: {potencial: lead, bom lead: lead}
"""


def test_an_agreement_is_read_in_its_own_language() -> None:
    """The same word is safe to replace in English alone: elsewhere endings may hang on it."""
    findings = validate(parse(PORTUGUESE)).findings

    assert [("SLA806", "potencial"), ("SLA810", "assim que possível")] == [
        (code, marked) for code, _, marked in map(told, findings) if code.startswith("SLA8")
    ]
    assert [False] == [fix.safe for finding in findings for fix in finding.fixes if finding.code == "SLA806"]
