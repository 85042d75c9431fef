"""Findings as GitHub's workflow commands: remarks on the lines of a pull request."""

from __future__ import annotations

from checker.finding import Findings
from checker.language import Words
from checker.message import Message, say_counted
from checker.report.finding_words import remark_of
from checker.report.remarks_github import remarks_github
from checker.report.repository import Repository
from checker.report.summary import not_looked_at, proofs, summary


def findings_github(findings: Findings, words: Words, where: str, repository: Repository) -> str:
    """Commands, the other findings, and a last line that sums them up. `where` is what was reviewed."""
    return remarks_github(
        (remark_of(finding, words, repository) for finding in findings.findings),
        (*not_looked_at(findings, words), *proofs(findings), summary(findings, where)),
        further,
        words,
        repository,
    )


def further(count: int) -> Message:
    """How many findings have no remark of their own."""
    return say_counted("{count} more finding", "{count} more findings", count=count)
