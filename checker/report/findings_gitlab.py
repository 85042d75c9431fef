"""Findings as GitLab's Code Quality report: they appear in a merge request, beside the lines that changed."""

from __future__ import annotations

from checker.finding import Findings
from checker.language import Words
from checker.report.finding_words import remark_of
from checker.report.remarks_gitlab import remarks_gitlab
from checker.report.repository import Repository


def findings_gitlab(findings: Findings, words: Words, repository: Repository) -> str:
    """A JSON list with one entry a finding; an empty list where there is none."""
    remarks = (remark_of(finding, words, repository) for finding in findings.findings)
    return remarks_gitlab(remarks, words, repository)
