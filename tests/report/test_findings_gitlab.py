"""GitLab's Code Quality report."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from checker.finding import Findings, Severity, Waiver
from checker.report.findings_gitlab import findings_gitlab
from checker.report.repository import Repository
from tests.report.made_findings import ENGLISH, reviews
from tests.report.test_findings_text import CONFLICT, TARGET

FOUND = replace(CONFLICT, help="https://help.example/SLA214/", because=(), choices=(), follows=())


def entries(*findings):
    return json.loads(findings_gitlab(Findings(findings), ENGLISH, Repository()))


def test_an_entry_has_all_that_gitlab_asks_for() -> None:
    assert [
        {
            "type": "issue",
            "check_name": "SLA214",
            "description": "January's sellers cannot take this many leads: 95 arrive, they take 93 "
            "(SLA214, https://help.example/SLA214/)",
            "content": {"body": "why this rule: https://help.example/SLA214/"},
            "categories": ["Bug Risk"],
            "severity": "critical",
            "fingerprint": "a",
            "location": {"path": "sla/targets.yaml", "lines": {"begin": 12, "end": 12}},
        }
    ] == entries(FOUND)


def test_no_finding_is_an_empty_list() -> None:
    assert [] == entries()


def test_severities_are_those_that_gitlab_knows() -> None:
    """A waived finding weighs nothing, and says why."""
    waived = replace(FOUND, waived=Waiver("comes in May", date(2027, 5, 31), TARGET))
    found = entries(FOUND, replace(FOUND, severity=Severity.WARNING), replace(FOUND, severity=Severity.INFO), waived)

    assert ["critical", "minor", "info", "info"] == [entry["severity"] for entry in found]
    assert found[3]["description"].endswith("; waived until 31 May 2027: comes in May")


@given(reviews())
@settings(max_examples=40)
def test_every_entry_has_the_required_keys_in_the_required_types(found: Findings) -> None:
    """As GitLab documents them: description, check_name, fingerprint, severity, location.path, location.lines.begin."""
    report = json.loads(findings_gitlab(found, ENGLISH, Repository()))

    assert len(found.findings) == len(report) == len({entry["fingerprint"] for entry in report})
    for entry in report:
        assert all(isinstance(entry[key], str) and entry[key] for key in ("description", "check_name", "fingerprint"))
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not entry["location"]["path"].startswith(("/", "./"))
        assert entry["location"]["lines"]["begin"] >= 1
