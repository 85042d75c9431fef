"""The catalogue's arithmetic: each bad snippet, put into the reference agreement, is found where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.agreement import build
from checker.finding import Finding, Findings, Severity
from checker.language import words
from checker.review.validate import validate
from checker.text import read
from tests.reference import FOLDER, edited_reference

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
TARGETS, PLAN, PROMISES = "targets.yaml", "plan.yaml", "promises.yaml"
LEADS = """targets:
  lead:
    organic_search:
      2027-01 to 2027-03: {first}
      2027-04 to 2027-06: 200
  mql:"""
TOTAL = """  mql:
    all:
      2027-01 to 2027-03: 81
      2027-04 to 2027-06: 100
"""
SEARCH_SQL = """  sql:
    organic_search:
      2027-01 to 2027-06: 120
"""
PROSPECTING = """    prospecting:
      2027-01 to 2027-06: 10"""
PROSPECTING_JUMPS = """    prospecting:
      2027-01 to 2027-05: 10
      2027-06: 40"""
CASES = [
    # catalogue's handle, file, old words, new words, code, severity, file and text of the line that is reported
    ("ARI-RATE", TARGETS, "targets:\n  mql:", LEADS.format(first=140), "SLA201", ERROR, TARGETS, "03: 30", "30"),
    ("ARI-SUM", TARGETS, "  mql:\n", TOTAL, "SLA202", ERROR, TARGETS, "03: 81", "81"),
    ("ARI-LAG", TARGETS, "05: 8", "05: 10", "SLA203", ERROR, TARGETS, "05: 10", "10"),
    ("ARI-LAG-OPEN", TARGETS, "  2026-11: 24\n", "", "SLA204", ERROR, TARGETS, "02: 6", "6"),
    ("ARI-REVENUE", PLAN, "1380000", "1400000", "SLA205", ERROR, PLAN, "1400000", "R$ 1400000"),
    ("ARI-GOAL", PLAN, "customers: 46", "customers: 50", "SLA206", ERROR, PLAN, "customers: 50", "50"),
    ("ARI-FUNNEL", TARGETS, "  sql:\n", SEARCH_SQL, "SLA207", ERROR, TARGETS, "06: 120", "120"),
    (
        "ARI-PERCENT",
        TARGETS,
        "sql_to_opportunity: 80%",
        "sql_to_opportunity: 180%",
        "SLA208",
        ERROR,
        TARGETS,
        "180%",
        "180%",
    ),
    ("ARI-ACCEPT", PROMISES, "target: 85%", "target: 40%", "SLA209", ERROR, "channels.yaml", "mql_to_sql: 50%", "50%"),
    (
        "ARI-CAPACITY",
        "sellers.yaml",
        "22 a month",
        "15 a month",
        "SLA214",
        ERROR,
        "sellers.yaml",
        "15 a month",
        "15 a month",
    ),
    ("ARI-COVERAGE", PLAN, "4x", "2x", "SLA210", ERROR, PLAN, "2x", "2x"),
    ("ARI-COST", PLAN, "12000", "9000", "SLA211", ERROR, PLAN, "9000", "at most R$ 9000"),
    ("ARI-SLACK", TARGETS, "targets:\n  mql:", LEADS.format(first=200), "SLA212", WARNING, TARGETS, "03: 30", "30"),
    ("a little slack", TARGETS, "targets:\n  mql:", LEADS.format(first=160), "SLA213", INFO, TARGETS, "03: 30", "30"),
    ("ARI-JUMP", TARGETS, PROSPECTING, PROSPECTING_JUMPS, "SLA215", WARNING, TARGETS, "      2027-06: 40", "40"),
    (
        "ARI-PERIOD",
        TARGETS,
        "2027-04 to 2027-06: 40",
        "2027-05 to 2027-06: 40",
        "SLA216",
        ERROR,
        TARGETS,
        "05 to",
        "2027-05",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "severity", "where", "line", "marked"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_a_bad_number_is_found_at_its_line_and_column(
    tmp_path: Path,
    file: str,
    old: str,
    new: str,
    code: str,
    severity: Severity,
    where: str,
    line: str,
    marked: str,
) -> None:
    folder = edited_reference(tmp_path, (file, old, new))
    found = [finding for finding in validate(read(folder)).findings if finding.code == code]
    lines = (folder / where).read_text(encoding="utf-8").splitlines()
    number = next(
        number for number in range(1, len(lines) + 1) if line in lines[number - 1] and marked in lines[number - 1]
    )

    assert (where, number, lines[number - 1].rindex(marked) + 1, severity) in [
        (Path(finding.place.file).name, finding.place.line, finding.place.column, finding.severity) for finding in found
    ]


def findings_after(folder: Path, *edits: tuple[str, str, str]) -> Findings:
    return validate(read(edited_reference(folder, *edits)))


def told(finding: Finding) -> dict[str, object]:
    return dict(finding.message.arguments)


def test_ten_customers_are_one_group_with_both_choices(tmp_path: Path) -> None:
    """8 follow, the plan's 46 and R$ 1,380,000 would be 52 and R$ 1,560,000; keep 10 with four lines, or write 8."""
    found = findings_after(tmp_path, (TARGETS, "05: 8", "05: 10")).findings

    assert ["SLA203", "SLA206", "SLA206"] == [finding.code for finding in found]
    assert len({finding.group for finding in found}) == 1
    head = found[0]
    assert (10, 8) == (told(head)["written"], told(head)["most"])
    assert ["2027-01 to 2027-03: 32", "opportunity_to_customer: 25%"] == sorted(
        because.place.source.strip() for because in head.because
    )
    keep, fit = head.choices
    assert ["20", "40", "52", "R$ 1560000"] == sorted(edit.new for edit in keep.edits)
    assert ["8"] == [edit.new for edit in fit.edits]


def test_forty_from_search_needs_no_other_edit(tmp_path: Path) -> None:
    """No error and no warning; two notes say what follows: 450 leads, 90 MQLs, 36 opportunities, 9 customers."""
    found = findings_after(tmp_path, (TARGETS, "03: 30", "03: 40")).findings

    assert [("SLA213", INFO), ("SLA213", INFO)] == [(finding.code, finding.severity) for finding in found]
    assert [(32, 36), (8, 9)] == [(told(finding)["written"], told(finding)["yields"]) for finding in found]
    assert [
        "January to March 2027: Visit 17,500, Lead 450, MQL 90, SQL 45, Opportunity 36 (32 is written)",
        "March to May 2027: Customer 9 (8 is written)",
    ] == [words().say(message) for message in found[0].follows]


def test_forty_five_from_search_is_refused_for_the_sellers_of_january_alone(tmp_path: Path) -> None:
    """95 arrive and 4.25 sellers take 93; it warns of 32 and 8; keep 45 with one line, or write at most 43."""
    found = findings_after(tmp_path, (TARGETS, "03: 30", "03: 45")).findings
    errors = [finding for finding in found if finding.severity is ERROR]
    warnings = [finding for finding in found if finding.severity is WARNING]

    [error] = errors
    assert ("SLA214", 95, 93) == (error.code, told(error)["arriving"], told(error)["most"])
    assert [32, 8] == [told(warning)["written"] for warning in warnings]
    keep, fit = error.choices
    assert {"23 a month", "32%"} == {edit.new for edit in keep.edits}
    assert ["43"] == [edit.new for edit in fit.edits]


def test_the_reference_agreement_has_no_error_and_no_warning() -> None:
    found = validate(read(FOLDER)).findings

    assert [] == [(finding.code, finding.severity) for finding in found]
    assert () == build(read(FOLDER).values).problems
