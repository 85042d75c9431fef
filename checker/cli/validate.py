"""`sla validate`: whether the agreement is consistent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from checker.cli.main import FINDINGS
from checker.cli.options import Output, agreement_path, as_of, formats, language, outputs_with
from checker.cli.output import deliver
from checker.cli.rendering import FORMATS, View, rendered
from checker.cli.repository import edit_url, repository_of
from checker.finding import Findings, Severity
from checker.language import words

LIMITS = ("error", "warning", "info", "never")
"""What `--fail-on` may say, the gravest first."""


@click.command("validate", short_help="Is the agreement consistent?")
@agreement_path
@formats(*FORMATS)
@language
@as_of("Day that rules about dates compare with; without it they are skipped.")
@click.option(
    "--fail-on",
    type=click.Choice(LIMITS),
    default=LIMITS[0],
    show_default=True,
    help="Findings that make the exit code 1; info also runs the rules that are off by default.",
)
@edit_url
def command(
    path: Path,
    outputs: tuple[Output, ...],
    output: Path | None,
    language: str | None,
    as_of: date | None,
    fail_on: str,
    edit_url: str | None,
) -> int:
    """Check that the agreement in PATH (a file or a folder, sla/ by default) is consistent.

    Looks at the text, the format, names, arithmetic and criteria, and shows every problem on its line.
    """
    from checker.review.validate import validate
    from checker.text import read

    wanted = outputs_with(outputs, output)
    findings = validate(read(path), as_of, with_notes=fail_on == Severity.INFO)
    failing = _failing(fail_on)
    view = View(str(path), words(language or findings.language), repository_of(path, edit_url), failing)
    for target in wanted:
        deliver(rendered(findings, target, view), target.file)
    return FINDINGS if _fails(findings, failing) else 0


def _failing(fail_on: str) -> frozenset[Severity]:
    """The severities at or over the limit."""
    return frozenset(map(Severity, LIMITS[: LIMITS.index(fail_on) + 1])) if fail_on != "never" else frozenset()


def _fails(findings: Findings, failing: frozenset[Severity]) -> bool:
    return any(finding.waived is None and finding.severity in failing for finding in findings.findings)
