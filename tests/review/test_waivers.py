"""Waived findings: which they are, what they change, and what is said of waivers that do nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.finding import Findings, Severity
from checker.review.validate import validate
from checker.text import parse, read
from tests.reference import FOLDER, edited_reference

TEXT = """\
format: sla/v1
agreement: Ours
stages: {lead: {team: marketing}, mql: {team: marketing}, customer: {team: sales, is: won}}
people:
  ana: {name: Ana, team: sales}
fields:
  fax: {is: text}
  telex: {is: text}
"""
WAIVER = "# sla: waive[SLA108] until 2027-06-30 the new form comes in May"


def reviewed(text: str, today: date | None = None) -> Findings:
    return validate(parse(text), today)


def told(findings: Findings) -> list[tuple[str, int, bool]]:
    """Code and line of each finding, and whether it is waived."""
    return [(finding.code, finding.place.line, finding.waived is not None) for finding in findings.findings]


def with_line(number: int, remark: str, *, above: bool = False) -> str:
    """The text with a remark behind a line, counted from 1, or above it."""
    lines = TEXT.splitlines()
    lines[number - 1 : number] = [f"  {remark}", lines[number - 1]] if above else [f"{lines[number - 1]} {remark}"]
    return "\n".join(lines) + "\n"


def test_a_waiver_takes_the_findings_of_its_line_out_of_the_count() -> None:
    findings = reviewed(with_line(7, WAIVER))

    assert [("SLA108", 7, True), ("SLA108", 8, False)] == told(findings)
    assert (1, 1) == (findings.count(Severity.WARNING), findings.waived)
    assert findings.findings[0].waived
    assert ("the new form comes in May", date(2027, 6, 30), 7) == (
        findings.findings[0].waived.reason,
        findings.findings[0].waived.until,
        findings.findings[0].waived.place.line,
    )


def test_a_waiver_above_a_line_does_the_same() -> None:
    assert [("SLA108", 8, True), ("SLA108", 9, False)] == told(reviewed(with_line(7, WAIVER, above=True)))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (None, [("SLA108", 7, True), ("SLA108", 8, False)]),
        (date(2027, 6, 30), [("SLA108", 7, True), ("SLA108", 8, False)]),
        (date(2027, 7, 1), [("SLA108", 7, False), ("SLA733", 7, False), ("SLA108", 8, False)]),
    ],
)
def test_a_waiver_holds_up_to_and_with_its_day(today: date | None, expected: list[tuple[str, int, bool]]) -> None:
    """Without today it is never over, and the rule that would tell is counted as skipped."""
    findings = reviewed(with_line(7, WAIVER), today)

    assert expected == told(findings)
    assert (["SLA733"] if today is None else []) == [
        item.code for item in findings.skipped if item.code.startswith("SLA73")
    ]


def test_without_waivers_no_day_is_asked_for() -> None:
    assert [] == [item.code for item in reviewed(TEXT).skipped if item.code.startswith("SLA73")]


@pytest.mark.parametrize(
    ("number", "remark", "expected"),
    [
        (5, WAIVER, ["SLA734"]),
        (7, "# sla: waive[SLA108, SLA101] until 2027-06-30 why", ["SLA734"]),
        (7, "# sla: waive[SLA999] until 2027-06-30 why", ["SLA731"]),
        (7, "# sla: waive[108] until 2027-06-30 why", ["SLA731"]),
        (7, "# sla: waive[SLA020] until 2027-06-30 why", ["SLA732"]),
        (7, "# sla: waive[SLA734] until 2027-06-30 why", ["SLA732"]),
        (7, "# sla: waive[SLA108] until 2027-06-30", ["SLA730"]),
        (7, "# sla: waive[SLA805] until 2027-06-30 a rule that is off unless asked for", []),
    ],
)
def test_a_waiver_that_does_nothing_is_told(number: int, remark: str, expected: list[str]) -> None:
    findings = reviewed(with_line(number, remark))

    assert expected == [finding.code for finding in findings.findings if finding.code.startswith("SLA73")]


def test_what_is_waived_twice_is_waived_by_the_first_and_both_are_used() -> None:
    findings = reviewed(with_line(7, f"{WAIVER} # sla: waive[SLA108] until 2028-06-30 another reason"))

    assert [("SLA108", 7, True), ("SLA108", 8, False)] == told(findings)


def test_of_two_waivers_the_one_in_force_counts() -> None:
    text = with_line(7, f"{WAIVER} # sla: waive[SLA108] until 2028-06-30 another reason")
    (first, *_) = reviewed(text, date(2027, 12, 1)).findings

    assert "another reason" == (first.waived.reason if first.waived else None)


def test_errors_of_reading_are_not_waived() -> None:
    """The line with the unknown word is still an error."""
    findings = reviewed(with_line(5, "# sla: waive[SLA020] until 2027-06-30 why").replace("name: Ana", "nome: Ana"))

    assert ("SLA020", 5, False) in told(findings)
    assert 0 == findings.waived


def test_where_a_section_cannot_be_read_no_waiver_is_called_useless() -> None:
    """The finding that it waives may be hidden behind the one error."""
    text = with_line(5, WAIVER).replace("  fax: {is: text}", "  fax: {is: txt}")

    assert "SLA734" not in [code for code, _, _ in told(reviewed(text))]


def test_another_line_of_the_conflict_is_not_reached(tmp_path: Path) -> None:
    """A waiver on a line that only contributes is told where to go."""
    edits = ("plan.yaml", "average_deal: R$ 30000", "average_deal: R$ 31000")
    folder = edited_reference(tmp_path, edits)
    found = next(finding for finding in validate(read(folder)).findings if finding.because)
    other = found.because[0].place
    file = Path(other.file)
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[other.line - 1] += f" # sla: waive[{found.code}] until 2027-12-31 why"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    findings = validate(read(folder)).findings
    unused = next(finding for finding in findings if finding.code == "SLA734")

    assert [] == [finding for finding in findings if finding.waived]
    assert [found.place] == [item.place for item in unused.because]


def test_a_waiver_reaches_its_own_file_alone(tmp_path: Path) -> None:
    """Line 4 of people.yaml is another line than line 4 of the plan."""
    folder = edited_reference(tmp_path, ("data.yaml", "  email: {", "  fax: {is: text}\n  email: {"))
    (found,) = validate(read(folder)).findings
    other = folder / "people.yaml"
    lines = other.read_text(encoding="utf-8").splitlines()
    number = min(found.place.line, len(lines))
    lines[number - 1] += f" {WAIVER}"
    other.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert 0 == validate(read(folder)).waived


REMARKS = st.lists(
    st.tuples(
        st.integers(1, 8),
        st.sampled_from(["SLA108", "SLA101", "SLA020", "SLA734", "SLA999"]),
        st.sampled_from(["2027-06-30", "2026-01-01"]),
    ),
    max_size=4,
)


@given(REMARKS, st.sampled_from([None, date(2027, 3, 15)]))
def test_waivers_only_ever_mark(remarks: list[tuple[int, str, str]], today: date | None) -> None:
    """The findings about the agreement itself stay the same ones, and only the allowed ones are marked."""
    lines = TEXT.splitlines()
    for number, code, until in remarks:
        lines[number - 1] += f" # sla: waive[{code}] until {until} why"
    findings = reviewed("\n".join(lines), today).findings
    about_the_agreement = [finding for finding in findings if not finding.code.startswith("SLA73")]
    expected = {
        number
        for number, code, until in remarks
        if code == "SLA108" and number in (7, 8) and (today is None or until >= today.isoformat())
    }

    assert [("SLA108", 7), ("SLA108", 8)] == [(item.code, item.place.line) for item in about_the_agreement]
    assert expected == {item.place.line for item in findings if item.waived}


def test_the_reference_has_no_waiver() -> None:
    assert 0 == validate(read(FOLDER)).waived
