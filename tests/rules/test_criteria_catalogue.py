"""Criteria: each bad snippet, put into the reference agreement, is found where it stands and said in plain words."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from checker.finding import Finding, Severity
from checker.language import words
from checker.review.validate import validate
from checker.text import read
from tests.reference import edited_reference

ERROR, WARNING = Severity.ERROR, Severity.WARNING
DATA, FEEDBACK, HANDOFF, PROMISES = "data.yaml", "feedback.yaml", "handoff.yaml", "promises.yaml"
PERSONAS, SELLERS, STAGES = "personas.yaml", "sellers.yaml", "stages.yaml"


class Case(NamedTuple):
    """Old words of a file, new ones, and the one finding that follows: code, marked piece, sentence, other lines."""

    file: str
    old: str
    new: str
    code: str
    marked: str
    sentence: str
    others: tuple[str, ...] = ()
    severity: Severity = ERROR


RANKS = """\
  - {{when: {{employees: 50 to 200}}, rank: small, then: Newsletter}}
  - {{when: {{employees: {second}}}, rank: large, then: Marketing keeps teaching}}
  - {{otherwise: yes"""
WITHOUT_PROOF = {
    "CRI-CONTRADICT": Case(
        STAGES,
        "[competitor, student, supplier]\n",
        "[competitor, student, supplier]\n      - industry: [cold storage, other]\n",
        "SLA302",
        "[cold storage, other]",
        "industry cold storage is asked for and refused at once",
        ("industry: [food distribution, pharma logistics, supermarket chain, cold storage]",),
    ),
    "CRI-BOUNDARY in both": Case(
        STAGES,
        "  - {otherwise: yes",
        RANKS.format(second="at least 200"),
        "SLA308",
        "at least 200",
        "employees 200 is in both of these ranges; the line above takes it",
        ("employees: 50 to 200",),
        WARNING,
    ),
    "CRI-BOUNDARY in neither": Case(
        STAGES,
        "  - {otherwise: yes",
        RANKS.format(second="at least 202"),
        "SLA308",
        "at least 202",
        "employees 201 is in neither of these ranges",
        ("employees: 50 to 200",),
        WARNING,
    ),
    "CRI-TYPE unit": Case(
        STAGES,
        "cold_rooms: at least 3",
        "cold_rooms: at least 3 days",
        "SLA309",
        "at least 3 days",
        "`3 days` cannot be compared with cold_rooms, which is `whole number`",
    ),
    "CRI-TYPE text": Case(
        STAGES,
        "country: Brazil",
        "country: at least 3",
        "SLA309",
        "at least 3",
        "`at least 3` makes no sense for country, which is `one of`",
    ),
    "CRI-TYPE order": Case(
        STAGES,
        "50 to 2000",
        "2000 to 50",
        "SLA309",
        "2000 to 50",
        "nothing is 2000 to 50: a range begins with its smaller end",
    ),
    "CRI-AT-LEAST too many": Case(
        STAGES, "at_least: 3", "at_least: 5", "SLA310", "5", "5 conditions must hold, but 4 are listed"
    ),
    "CRI-AT-LEAST none": Case(
        STAGES,
        "at_least: 3",
        "at_least: 0",
        "SLA310",
        "0",
        "none of the 4 conditions below has to hold: every lead passes",
    ),
    "CRI-POINTS trivial": Case(
        STAGES,
        "points: at least 30",
        "points: more than 0",
        "SLA312",
        "more than 0",
        "any action is enough here, even open_email",
        ("open_email: {mode: information, points: 1}",),
        WARNING,
    ),
    "CRI-COLLECT": Case(
        STAGES,
        "      - points: at least 30\n",
        "      - points: at least 30\n      - bant_budget: [confirmed, likely]\n",
        "SLA313",
        "[confirmed, likely]",
        "mql needs bant_budget, which is filled in after the handoff",
        ("    filled_in: after handoff",),
    ),
    "CRI-COLLECT decided by sales": Case(
        STAGES,
        "      - points: at least 30\n",
        "      - points: at least 30\n      - accepted: yes\n",
        "SLA313",
        "yes",
        "mql needs accepted, which is filled in after the handoff",
        ("accepted: {is: yes or no",),
    ),
    "CRI-BANT field": Case(
        DATA,
        "    bant: authority\n",
        "",
        "SLA314",
        "bant_budget",
        "no field holds the answer to authority, but other BANT questions have one",
        (),
        WARNING,
    ),
    "CRI-BANT reason": Case(
        FEEDBACK,
        "    bant: authority\n",
        "",
        "SLA314",
        "no_budget",
        "no reason to return a lead says no to authority",
        (),
        WARNING,
    ),
    "CRI-BANT next step": Case(
        FEEDBACK,
        "    then: nurture\n    come_back_after: 90 days\n",
        "    then: nurture\n",
        "SLA314",
        "nurture",
        "no_budget says no to budget and names no day to ask again",
        (),
        WARNING,
    ),
    "CRI-MODE": Case(
        STAGES,
        "      - mode: buying\n",
        "",
        "SLA315",
        "mql",
        "leads in mode information are handed over too, though marketing is the one to contact them",
        ("information: {means: Wants to learn, contact_by: marketing}",),
        WARNING,
    ),
    "all values": Case(
        STAGES,
        "country: Brazil",
        "country: [Brazil, Portugal, other]",
        "SLA322",
        "[Brazil, Portugal, other]",
        "these are all the values of country: it only asks that one is noted",
        (),
        WARNING,
    ),
    "a bound that all pass": Case(
        STAGES,
        "cold_rooms: at least 3",
        "cold_rooms: at least 0",
        "SLA322",
        "at least 0",
        "`at least 0` lets every value of cold_rooms through: the field goes from 0 to 5,000",
        (),
        WARNING,
    ),
    "bound outside": Case(
        STAGES,
        "50 to 2000",
        "50 to 2000000",
        "SLA323",
        "50 to 2000000",
        "2,000,000 is more than employees can be",
        ("employees: {is: whole number, from: 1, to: 200000, kept_in: crm}",),
        WARNING,
    ),
    "counted twice": Case(
        STAGES,
        "          - bant_timeline: at most 6 months\n",
        "          - bant_budget: [likely, confirmed]\n",
        "SLA324",
        "[likely, confirmed]",
        "this stands in the list already: whoever meets it has two of the 3",
        ("- bant_budget: [confirmed, likely]",),
        WARNING,
    ),
}

REST = "  - {otherwise: yes, rank: cold, then: Newsletter once a month}\n"
WITH_PROOF = {
    "CRI-IMPOSSIBLE stage": Case(
        STAGES,
        "      - points: at least 30\n",
        "      - points: at least 30\n      - employees: at least 5000\n",
        "SLA301",
        "at least 5000",
        "no lead can become mql: employees cannot be `50 to 2000` and `at least 5000` at once",
        ("- employees: 50 to 2000",),
    ),
    "CRI-IMPOSSIBLE action and mode": Case(
        STAGES,
        "      - mode: buying\n",
        "      - last_action: [read_article, open_email]\n      - mode: buying\n",
        "SLA301",
        "buying",
        "no lead can become mql",
        ("- last_action: [read_article, open_email]",),
    ),
    "CRI-IMPOSSIBLE rank": Case(
        STAGES,
        "{meets: ideal_customer, last_visit: at most 90 days}",
        "{meets: ideal_customer, cold_rooms: less than 3}",
        "SLA301",
        "less than 3",
        "no lead gets the rank nurture: cold_rooms cannot be `at least 3` and `less than 3` at once",
        ("- cold_rooms: at least 3",),
    ),
    "CRI-IMPOSSIBLE promise": Case(
        PROMISES,
        "only: {accepted: yes}",
        "only: {accepted: yes, employees: less than 1}",
        "SLA301",
        "less than 1",
        "the promise outcome-known is about no lead",
        ("employees: {is: whole number, from: 1, to: 200000, kept_in: crm}",),
    ),
    "CRI-IMPOSSIBLE campaign": Case(
        "channels.yaml",
        "to: {persona: quality_manager}",
        "to: {persona: quality_manager, job_title: not known}",
        "SLA301",
        "not known",
        "the campaign audit_season goes to nobody",
        ("to: {persona: quality_manager, job_title: not known}", "recognised_by: {job_title: contains quality}"),
    ),
    "CRI-NO-CLIMB": Case(
        STAGES,
        "      - accepted: yes\n",
        "      - accepted: yes\n      - country: Portugal\n",
        "SLA304",
        "Portugal",
        "no mql can become sql: it would have to stop being mql",
        ("- country: Brazil",),
    ),
    "CRI-GAP": Case(STAGES, REST, "", "SLA305", "ranking", "a lead with 10 employees at the stage Visit has no rank"),
    "CRI-GAP only of what nobody noted": Case(
        STAGES,
        REST,
        "  - {when: {employees: at least 50}, rank: large}\n  - {when: {employees: less than 50}, rank: small}\n",
        "SLA305",
        "ranking",
        "a lead at the stage Visit whose employees nobody noted has no rank",
    ),
    "HND-ROUTE": Case(
        HANDOFF,
        "    - {otherwise: yes, to: edu}\n",
        "    - {when: {state: other}, to: edu}\n",
        "SLA317",
        "routing",
        "a lead without account seller whose state nobody noted goes to no seller",
    ),
    "HND-ROUTE to a blank": Case(
        HANDOFF,
        "{when: {account_seller: known}, to: account_seller}",
        "{when: {account_seller: known}, to: account_seller}\n    - {when: {state: RS}, to: account_seller}",
        "SLA325",
        "account_seller",
        "a lead in RS without account seller goes to nobody",
    ),
    "CLK-PARTITION": Case(
        PROMISES,
        "{name: other, otherwise: yes, time",
        "{name: other, when: {employees: at most 500}, time",
        "SLA321",
        "within",
        "a lead with 1,000 employees whose last action is visit price page has no deadline in first-response",
    ),
    "CRI-SHADOW rank": Case(
        STAGES,
        "  - {when: {meets: ideal_customer, last",
        "  - {when: {cold_rooms: known}, rank: warm}\n  - {when: {meets: ideal_customer, last",
        "SLA306",
        "{meets: ideal_customer, last_visit: at most 90 days}",
        "no lead gets the rank nurture: a line above takes them all",
        ("{cold_rooms: known}",),
    ),
    "CRI-SHADOW by two lines": Case(
        HANDOFF,
        "    - {otherwise: yes, to: edu}\n",
        "    - {when: {state: [PR, SP]}, to: edu}\n    - {otherwise: yes, to: edu}\n",
        "SLA306",
        "{state: [PR, SP]}",
        "no lead goes to edu by this line: 2 lines above take them all",
        ("{state: [PR, SC, RS]}", "{state: [SP, RJ, MG, ES]}"),
    ),
    "CRI-SHADOW by the stage of the handoff": Case(
        HANDOFF,
        "    - {otherwise: yes, to: edu}\n",
        "    - {when: {country: Portugal}, to: edu}\n    - {otherwise: yes, to: edu}\n",
        "SLA306",
        "{country: Portugal}",
        "no lead goes to edu by this line: what is asked before excludes them",
        ("- country: Brazil",),
    ),
    "CRI-SHADOW persona": Case(
        PERSONAS,
        "job_title: contains operations",
        "job_title: contains quality manager",
        "SLA306",
        "{job_title: contains quality manager}",
        "nobody is recognised as operations_director: a line above takes them all",
        ("recognised_by: {job_title: contains quality}",),
    ),
    "CRI-SHADOW after the rest": Case(
        STAGES,
        REST,
        REST + "  - {when: {country: Portugal}, rank: abroad}\n",
        "SLA306",
        "{country: Portugal}",
        "no lead gets the rank abroad: the lines above take every lead",
        ("otherwise: yes, rank: cold",),
    ),
    "CRI-TRIVIAL": Case(
        STAGES,
        "    means: Contract signed\n",
        "    means: Contract signed\n    any:\n      - phone: known\n      - phone: not known\n",
        "SLA303",
        "not known",
        "every lead can become customer: nothing is asked of it",
        ("- phone: known",),
    ),
}


def found(folder: Path) -> list[Finding]:
    return list(validate(read(folder)).findings)


CASES = WITHOUT_PROOF | WITH_PROOF


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_bad_snippet_is_found_at_its_place_and_causes_nothing_else(tmp_path: Path, case: Case) -> None:
    findings = found(edited_reference(tmp_path, (case.file, case.old, case.new)))
    expected = [(case.code, case.severity, case.marked, case.sentence)]

    assert expected == [
        (
            finding.code,
            finding.severity,
            finding.place.source[finding.place.column - 1 : finding.place.end_column - 1],
            words("en").say(finding.message),
        )
        for finding in findings
    ]
    assert len(case.others) == len(findings[0].because)
    for line, because in zip(case.others, findings[0].because, strict=True):
        assert line in because.place.source


def test_points_that_nobody_can_collect_are_named_with_the_most_there_are(tmp_path: Path) -> None:
    """2 + 1 + 8 + 10 + 15 + 15 + 40 + 40 = 131."""
    edits = (
        (STAGES, "each_action: every time", "each_action: once"),
        (STAGES, "points: at least 30", "points: at least 132"),
    )
    [finding] = found(edited_reference(tmp_path, *edits))

    assert "SLA311" == finding.code
    assert "nobody can have 132 points: all actions together give 131" == words("en").say(finding.message)


def test_as_many_points_as_there_are_can_be_asked_for(tmp_path: Path) -> None:
    edits = (
        (STAGES, "each_action: every time", "each_action: once"),
        (STAGES, "points: at least 30", "points: at least 131"),
    )

    assert [] == found(edited_reference(tmp_path, *edits))


@pytest.mark.parametrize(
    "second", ["at least 201", "more than 200", "150 to 300", "at least 300"], ids=["next", "touching", "inside", "far"]
)
def test_ranges_that_touch_or_are_far_apart_or_overlap_widely_are_meant(tmp_path: Path, second: str) -> None:
    folder = edited_reference(tmp_path, (STAGES, "  - {otherwise: yes", RANKS.format(second=second)))

    assert [] == [finding.code for finding in found(folder)]


def test_two_independent_contradictions_are_both_told_with_their_own_lines(tmp_path: Path) -> None:
    """One in a group, one in the stage that asks for the group: neither hides the other."""
    folder = edited_reference(
        tmp_path,
        (STAGES, "      - cold_rooms: at least 3\n", "      - cold_rooms: at least 3\n      - cold_rooms: at most 2\n"),
        (STAGES, "      - mode: buying\n", "      - mode: buying\n      - mode: information\n"),
    )

    told = [
        (
            words("en").say(finding.message),
            [because.place.source.strip() for because in finding.because],
            [words("en").say(message) for message in finding.follows],
        )
        for finding in found(folder)
        if finding.code == "SLA301"
    ]

    assert [
        (
            "no lead fits ideal_customer: cold_rooms cannot be `at least 3` and `at most 2` at once",
            ["- cold_rooms: at least 3"],
            ["no lead can become mql", "no lead gets the rank nurture"],
        ),
        ("no lead can become mql: mode cannot be `buying` and `information` at once", ["- mode: buying"], []),
    ] == told


def test_a_finding_shows_its_lead_as_values(tmp_path: Path) -> None:
    [finding] = found(edited_reference(tmp_path, (STAGES, REST, "")))

    assert {"employees": "10", "stage": "visit"} == dict(finding.witness or {})


STATUS = "  status: {is: one of, values: [new, working, qualified, customer], kept_in: crm}\n  actions:"
AT_EACH_STAGE = (
    (DATA, "  actions:", STATUS),
    (STAGES, "      - mode: buying\n", "      - mode: buying\n      - status: working\n"),
    (STAGES, "      - accepted: yes\n", "      - accepted: yes\n      - status: qualified\n"),
)


def test_a_field_that_is_another_at_each_of_three_stages_moves_along(tmp_path: Path) -> None:
    """Of two stages nobody can tell whether a status moves, or a lead would have to be two things at once."""
    moving = (*AT_EACH_STAGE, (STAGES, "      - amount: known\n", "      - amount: known\n      - status: customer\n"))
    (tmp_path / "two").mkdir()
    (tmp_path / "three").mkdir()

    assert ["SLA304"] == [finding.code for finding in found(edited_reference(tmp_path / "two", *AT_EACH_STAGE))]
    assert [] == found(edited_reference(tmp_path / "three", *moving))


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            HANDOFF,
            "{state: [PR, SC, RS]}",
            "{state: [PR, SC, RS], bant_budget: confirmed}",
            "this line of the routing needs bant_budget, which is filled in after the handoff",
        ),
        (
            PROMISES,
            "{meets: asked_for_us}",
            "{meets: asked_for_us, accepted: yes}",
            "this deadline needs accepted, which is filled in after the handoff",
        ),
    ],
    ids=["routing", "deadline"],
)
def test_what_is_decided_at_the_handoff_cannot_ask_for_what_comes_later(
    tmp_path: Path, file: str, old: str, new: str, sentence: str
) -> None:
    [finding] = found(edited_reference(tmp_path, (file, old, new)))

    assert ("SLA313", sentence) == (finding.code, words("en").say(finding.message))


def test_what_can_be_met_without_a_later_answer_may_ask_for_it(tmp_path: Path) -> None:
    """A lead that comes back and is handed over again may have it."""
    either = (
        "      - mode: buying\n      - any:\n          - bant_budget: confirmed\n          - cold_rooms: at least 5\n"
    )

    assert [] == found(edited_reference(tmp_path, (STAGES, "      - mode: buying\n", either)))
