"""Every rule's examples: the bad one is reported on its marked lines and nowhere else, the good one not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.finding import Findings, Place
from checker.logic.possible import contradictions
from checker.logic.proof import Limit
from checker.review.validate import validate
from checker.rules.catalogue import rules
from checker.rules.rule import Rule
from tests.rules.examples import UNSETTLED, Line, document, history, marked

TODAY = date(2027, 3, 15)
every_rule = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)


@pytest.fixture(autouse=True)
def time_of_the_solver(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "rule" in request.fixturenames and request.getfixturevalue("rule").code in UNSETTLED:
        monkeypatch.setattr(contradictions, "LIMIT", Limit(seconds=0))


def reviewed(example: str, folder: Path) -> Findings:
    return validate(document(example, folder), TODAY, history=history(example, folder))


def line(place: Place) -> Line:
    return place.file.rpartition("/")[2], place.line


@every_rule
def test_bad_example_is_reported_on_the_marked_lines_and_nowhere_else(rule: Rule, tmp_path: Path) -> None:
    findings = reviewed(rule.bad, tmp_path).findings

    assert {rule.code} == {finding.code for finding in findings}
    assert marked(rule.bad, rule.code) == {line(finding.place) for finding in findings}


@every_rule
def test_the_other_lines_of_the_conflict_are_the_marked_ones(rule: Rule, tmp_path: Path) -> None:
    findings = reviewed(rule.bad, tmp_path).findings

    assert marked(rule.bad, "because") == {line(item.place) for finding in findings for item in finding.because}


@every_rule
def test_good_example_has_no_finding_at_all(rule: Rule, tmp_path: Path) -> None:
    findings = reviewed(rule.good, tmp_path).findings

    assert [] == [(finding.code, line(finding.place), finding.message.text) for finding in findings]


@every_rule
def test_the_marked_piece_is_not_empty(rule: Rule, tmp_path: Path) -> None:
    """A mark under nothing helps nobody."""
    findings = reviewed(rule.bad, tmp_path).findings

    assert all(finding.place.column < finding.place.end_column for finding in findings)


@every_rule
def test_a_safe_fix_settles_its_finding(rule: Rule, tmp_path: Path) -> None:
    """Whoever applies all safe fixes of an example does not see those findings again."""
    findings = reviewed(rule.bad, tmp_path).findings
    fixed = {finding.fingerprint for finding in findings if finding.fixes and all(fix.safe for fix in finding.fixes)}
    lines = rule.bad.splitlines()
    edits = [fix for finding in findings if finding.fingerprint in fixed for fix in finding.fixes]
    for edit in sorted(edits, key=lambda edit: (edit.place.line, edit.place.column), reverse=True):
        standing = lines[edit.place.line - 1]
        column = edit.place.column - 1
        assert standing[column:].startswith(edit.old), edit
        lines[edit.place.line - 1] = standing[:column] + edit.new + standing[column + len(edit.old) :]
    again = reviewed("\n".join(lines) + "\n", tmp_path)

    assert len(findings) - len(fixed) == len(again.findings)


@every_rule
def test_a_rule_has_a_page(rule: Rule) -> None:
    assert len(rule.explanation.split()) > 10
    assert rule.name[0].isupper()
    assert rule.since
