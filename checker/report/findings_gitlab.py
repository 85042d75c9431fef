"""Findings as GitLab's Code Quality report: they appear in a merge request, beside the lines that changed.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import Any

from checker.finding import Finding, Findings, Severity
from checker.language import Words
from checker.message import say
from checker.report.finding_words import explanation, waiver
from checker.report.repository import Repository
from checker.report.terminal import printable

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def findings_gitlab(findings: Findings, words: Words, repository: Repository) -> str:
    """A JSON list with one entry a finding; an empty list where there is none."""
    entries = [_entry(finding, words, repository) for finding in findings.findings]
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"


def _entry(finding: Finding, words: Words, repository: Repository) -> dict[str, Any]:
    """GitLab shows the description alone, so it holds the code and the page's address as well."""
    place = finding.place
    told = say("{message} ({code}, {address})", message=finding.message, code=finding.code, address=finding.help)
    if finding.waived:
        told = say("{message}; {waived}", message=told, waived=waiver(finding.waived))
    more = explanation(finding, words, lambda spot: f"{repository.file(spot.file)}:{spot.line}")
    return {
        "type": "issue",
        "check_name": finding.code,
        "description": printable(words.say(told)),
        "content": {"body": "\n".join(map(printable, more))},
        "categories": ["Bug Risk"],
        "severity": "info" if finding.waived else _SEVERITIES[finding.severity],
        "fingerprint": finding.fingerprint,
        "location": {
            "path": printable(repository.file(place.file)),
            "lines": {"begin": place.line, "end": place.line},
        },
    }
