"""`sla validate`: whether the agreement is consistent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from checker.cli.main import FINDINGS
from checker.cli.options import Output, agreement_path, as_of, formats, language, outputs_with
from checker.cli.output import deliver, has_colour
from checker.finding import Findings, Severity
from checker.language import Words, words

LIMITS = ("error", "warning", "info", "never")
"""What `--fail-on` may say, the gravest first."""


@click.command("validate", short_help="Is the agreement consistent?")
@agreement_path
@formats("text", "json")
@language
@as_of("Day that rules about dates compare with; without it they are skipped.")
@click.option(
    "--fail-on",
    type=click.Choice(LIMITS),
    default=LIMITS[0],
    show_default=True,
    help="Findings that make the exit code 1; info also runs the rules that are off by default.",
)
@click.option(
    "--require-proofs",
    is_flag=True,
    help="Fail where a proof about criteria was not made: in time, or for want of the solver.",
)
def command(
    path: Path,
    outputs: tuple[Output, ...],
    output: Path | None,
    language: str | None,
    as_of: date | None,
    fail_on: str,
    require_proofs: bool,
) -> int:
    """Check that the agreement in PATH (a file or a folder, sla/ by default) is consistent.

    Looks at the text, the format, names, arithmetic and criteria, and shows every problem on its line.
    """
    from checker.review.validate import validate
    from checker.text import read

    wanted = outputs_with(outputs, output)
    findings = validate(read(path), as_of, with_notes=fail_on == Severity.INFO, require_proofs=require_proofs)
    spoken = words(language or findings.language)
    for target in wanted:
        deliver(_rendered(findings, target, spoken, str(path)), target.file)
    return FINDINGS if _fails(findings, fail_on) else 0


def _rendered(findings: Findings, output: Output, spoken: Words, where: str) -> str:
    if output.format == "json":
        from checker.report.findings_json import findings_json

        return findings_json(findings, spoken)
    from checker.report.findings_text import findings_text

    return findings_text(findings, spoken, where, has_colour=has_colour(output.file))


def _fails(findings: Findings, fail_on: str) -> bool:
    """Whether there is a finding at or over the limit."""
    failing = LIMITS[: LIMITS.index(fail_on) + 1] if fail_on != "never" else ()
    return any(finding.severity in failing for finding in findings.findings)
