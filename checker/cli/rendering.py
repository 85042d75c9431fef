"""Which format is made by what. Each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.cli.options import Output
from checker.cli.output import has_colour

if TYPE_CHECKING:
    from checker.finding import Findings, Severity
    from checker.language import Words
    from checker.report.repository import Repository

FORMATS = ("text", "json", "markdown", "github", "gitlab", "sarif", "junit")
"""The formats of a review; the first is the default."""


@dataclass(frozen=True, slots=True)
class View:
    """How one looks at findings: what was reviewed, in whose words, in which repository, and what fails the run."""

    where: str
    words: Words
    repository: Repository
    failing: Collection[Severity]


def rendered(findings: Findings, output: Output, view: View) -> str:
    """Findings in a format."""
    match output.format:
        case "json":
            from checker.report.findings_json import findings_json

            return findings_json(findings, view.words)
        case "markdown":
            from checker.report.findings_markdown import findings_markdown

            return findings_markdown(findings, view.words, view.where, view.repository)
        case "github":
            from checker.report.findings_github import findings_github

            return findings_github(findings, view.words, view.where, view.repository)
        case "gitlab":
            from checker.report.findings_gitlab import findings_gitlab

            return findings_gitlab(findings, view.words, view.repository)
        case "sarif":
            from checker.report.findings_sarif import findings_sarif

            return findings_sarif(findings, view.words, view.repository)
        case "junit":
            from checker.report.findings_junit import findings_junit

            return findings_junit(findings, view.words, view.where, view.repository, view.failing)
        case _:
            from checker.report.findings_text import findings_text

            return findings_text(findings, view.words, view.where, has_colour=has_colour(output.file))
