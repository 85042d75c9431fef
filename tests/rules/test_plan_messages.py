"""What a marketer reads when numbers contradict each other: messages and choices, on the reference agreement."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.agreement import build
from checker.finding import Finding, Findings, Proofs, Severity
from checker.finding import Path as ModelPath
from checker.language import Words
from checker.logic.possible import contradictions
from checker.logic.proof import Limit
from checker.message import Message
from checker.review.validate import review, validate
from checker.rules.catalogue import rules
from checker.text import parse, read
from tests.reference import FOLDER, edited_reference

TARGETS, PLAN = "targets.yaml", "plan.yaml"
SEARCH_45 = (TARGETS, "2027-01 to 2027-03: 30", "2027-01 to 2027-03: 45")
OPEN = """
channels:
  b: {team: m, rates: {mql_to_opp: 25%}}
  a: {team: m, rates: {mql_to_opp: 50%}}
format: sla/v1
agreement: Open
stages: {mql: {team: m}, opp: {team: s}}
targets:
  mql: {all: {2027-01: 80}}
  opp: {all: {2027-01: 35}}
"""


def said(message: Message | None) -> str:
    return "" if message is None else Words("en").say(message)


def findings(folder: Path, *edits: tuple[str, str, str], edited: tuple[ModelPath, ...] = ()) -> Findings:
    document = read(edited_reference(folder, *edits))
    agreement = build(document.values, document.problems, document.unread, frozenset(edited))
    return review(agreement, document, None, rules())


def errors(found: Findings) -> list[Finding]:
    return [finding for finding in found.findings if finding.severity is Severity.ERROR]


def test_the_minute_of_the_readme_has_these_numbers(tmp_path: Path) -> None:
    """95 MQLs, 475 leads, 38 opportunities where 32 are written, 9.5 customers where 8 are; room but in January."""
    [error] = errors(findings(tmp_path, SEARCH_45))

    assert "in January 2027 sellers cannot take this many leads: 95 arrive, 4.25 sellers take 93" == said(error.message)
    assert [
        "January to March 2027: Visit 18,750, Lead 475, MQL 95, SQL 47.5, Opportunity 38 (32 is written)",
        "March to May 2027: Customer 9.5 (8 is written)",
        "sellers have room in February to March 2027",
    ] == [said(message) for message in error.follows]
    assert ["keep 45 and change one of these lines too", "keep all other lines: at most 43 instead of 45"] == [
        said(choice.message) for choice in error.choices
    ]
    assert [2, 1] == [len(choice.edits) for choice in error.choices]


def test_one_more_than_the_offered_number_is_refused(tmp_path: Path) -> None:
    """43 is accepted, 44 is not."""
    accepted = findings(tmp_path / "a", (TARGETS, "03: 30", "03: 43"))
    refused = findings(tmp_path / "b", (TARGETS, "03: 30", "03: 44"))

    assert errors(accepted) == []
    assert ["SLA214"] == [error.code for error in errors(refused)]


def test_the_line_that_was_just_written_is_said_to_be_so(tmp_path: Path) -> None:
    path: ModelPath = ("targets", "opportunity", "all", "2027-01 to 2027-03")
    edit = (TARGETS, "all:\n      2027-01 to 2027-03: 32", "all:\n      2027-01 to 2027-03: 20")
    error = errors(findings(tmp_path, edit, edited=(path,)))[0]

    assert "this is written here" == said(error.note)
    assert "2027-01 to 2027-03: 20 (you wrote this)" in [said(item.message) for item in error.because]
    assert ["keep 20 and change these 3 lines too", "keep all other lines: at least 30 instead of 20"] == [
        said(choice.message) for choice in error.choices
    ]


def test_a_raised_goal_is_settled_by_no_single_line(tmp_path: Path) -> None:
    goal = [(PLAN, "customers: 46", "customers: 50"), (PLAN, "1380000", "1500000")]
    found = errors(findings(tmp_path, *goal))

    assert 1 == len({finding.group for finding in found})
    assert ["no single line settles this; these 2 lines do together"] == [
        said(choice.message) for choice in found[0].choices
    ]
    assert [["46", "R$ 1380000"]] == [[edit.new for edit in choice.edits] for choice in found[0].choices]


def test_a_raised_goal_that_was_just_written_is_kept_first(tmp_path: Path) -> None:
    goal = [(PLAN, "customers: 46", "customers: 50"), (PLAN, "1380000", "1500000")]
    found = errors(findings(tmp_path, *goal, edited=(("plan", "customers"), ("plan", "revenue"))))

    assert "you wrote this" == said(found[0].note)
    assert [
        "keep the 2 lines that you wrote and change these 5 lines too",
        "keep all other lines and write these 2 numbers instead",
    ] == [said(choice.message) for choice in found[0].choices]


def test_too_few_leads_for_the_channels_are_one_line_to_change(tmp_path: Path) -> None:
    """April's 100 MQLs take 489.5 leads: 98 (each channel half below) / 20%, less half a lead of rounding."""
    edit = (TARGETS, "targets:\n  mql:", "targets:\n  lead:\n    all:\n      2027-01 to 2027-06: 380\n  mql:")
    [error] = errors(findings(tmp_path, edit))

    assert "Lead, January to June 2027: 380 is written, but the other lines ask for at least 490" == said(error.message)
    assert len(error.because) <= 7
    assert "SLA217" == error.code
    assert errors(findings(tmp_path / "b", (*edit[:2], edit[2].replace("380", "490")))) == []
    assert errors(findings(tmp_path / "c", (*edit[:2], edit[2].replace("380", "489")))) != []


def test_a_total_that_spans_too_much_may_be_left_out(tmp_path: Path) -> None:
    edit = (TARGETS, "  mql:\n", "  mql:\n    all:\n      2027-01 to 2027-06: 80\n")
    [error] = errors(findings(tmp_path, edit))

    assert "leave this line out: the total follows from the channels" == said(error.choices[0].message)


def test_a_channel_without_its_targets_is_noted_and_not_refused(tmp_path: Path) -> None:
    fairs = "    trade_fairs:\n      2027-01 to 2027-03: 10\n      2027-04 to 2027-06: 20\n"
    found = findings(tmp_path, (TARGETS, fairs, ""))

    assert errors(found) == []
    assert ["SLA225"] == [finding.code for finding in found.findings]
    assert (
        "Opportunity: of 32 in January 2027, 28 come from channels with a target; the rest is left to Trade fairs"
        == said(found.findings[0].message)
    )


def test_what_was_proved_not_settled_or_not_asked_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proof that held; a question that got no answer is a warning; a plan that says everything needs no proof."""
    held = validate(parse(OPEN))
    monkeypatch.setattr(contradictions, "LIMIT", Limit(seconds=0))
    unknown = validate(parse(OPEN))

    assert (1, 0) == (held.proofs.held, held.proofs.unknown)
    assert (0, 1) == (unknown.proofs.held, unknown.proofs.unknown)
    assert [("SLA218", Severity.WARNING)] == [
        (finding.code, finding.severity) for finding in unknown.findings if finding.code.startswith("SLA2")
    ]
    assert validate(read(FOLDER)).count(Severity.WARNING) == 0
    assert Proofs() == validate(parse(OPEN.split("targets:")[0])).proofs


def test_a_limit_that_says_at_most_is_offered_in_its_own_words(tmp_path: Path) -> None:
    """R$ 9,666.67 a customer, in whole reais: never "at least at most"."""
    [error] = errors(findings(tmp_path, (PLAN, "at most R$ 12000", "at most R$ 9000")))

    assert "keep all other lines: at most R$ 9667 instead of at most R$ 9000" == said(error.choices[-1].message)


def test_a_lower_cost_of_a_customer_may_be_paid_by_one_budget(tmp_path: Path) -> None:
    """6 customers of January at R$ 9000 are R$ 54000; the budgets are R$ 58000, so any of them may lose R$ 4000."""
    cost = (PLAN, "at most R$ 12000", "at most R$ 9000")
    [error] = errors(findings(tmp_path / "asked", cost))
    kept = error.choices[0]

    assert "keep at most R$ 9000 and change one of these lines too" == said(kept.message)
    assert ("R$ 16000 a month", "budget of Search ads") == (kept.edits[0].new, said(kept.edits[0].why))
    for edit in kept.edits:
        lowered = findings(tmp_path / edit.new, cost, ("channels.yaml", f"budget: {edit.old}", f"budget: {edit.new}"))
        assert [] == errors(lowered)


@pytest.mark.parametrize(
    ("edit", "written"),
    [
        ((PLAN, "2027-01 to 2027-06", "1900-01 to 2999-12"), "1900-01 to 2999-12"),
        ((TARGETS, "2027-01 to 2027-03: 30", "2027-01 to 2037-01: 30"), "2027-01 to 2037-01"),
    ],
)
def test_no_span_is_longer_than_ten_years(tmp_path: Path, edit: tuple[str, str, str], written: str) -> None:
    """One slip of a digit asks for thousands of months, which are refused before anything is computed."""
    [error] = errors(findings(tmp_path, edit))

    assert f"{written} is too long: at most 120 months" == said(error.message)


def test_ten_years_are_a_plan(tmp_path: Path) -> None:
    """120 months are read: what is missing in them is told, and no span is refused."""
    found = findings(tmp_path, (PLAN, "2027-01 to 2027-06", "2027-01 to 2036-12"))

    assert [] == [finding.code for finding in found.findings if finding.code == "SLA025"]
