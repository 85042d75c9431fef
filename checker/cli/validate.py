"""`sla validate`: whether the agreement is consistent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.main import FINDINGS
from checker.cli.options import Output, agreement_path, as_of, formats, language, outputs_with
from checker.cli.output import deliver
from checker.cli.rendering import FORMATS, View, rendered
from checker.cli.repository import edit_url, repository_of
from checker.cli.speech import speak, speak_as
from checker.cli.wrong_usage import OneOf, WrongUse
from checker.finding import Findings, Severity
from checker.message import Written, say

if TYPE_CHECKING:
    from checker.text import Document

LIMITS = ("error", "warning", "info", "never")
"""What `--fail-on` may say, the gravest first."""


@click.command("validate", short_help="Is the agreement consistent?")
@agreement_path
@formats(*FORMATS)
@language
@as_of("Day that rules about dates compare with; without it they are skipped.")
@click.option(
    "--fail-on",
    type=OneOf(LIMITS),
    default=LIMITS[0],
    show_default=True,
    help="Findings that make the exit code 1; info also runs the rules that are off by default.",
)
@click.option(
    "--require-proofs",
    is_flag=True,
    help="Fail where a proof about criteria was not made: in time, or for want of the solver.",
)
@click.option("--base", metavar="REV", help="Git revision that the text is compared with, to know which lines are new.")
@click.option("--fix", "fixes", is_flag=True, help="Mend in the files whatever can be mended without asking.")
@click.option("--dry-run", is_flag=True, help="With --fix: only say what would be mended, and what would be left.")
@edit_url
def command(
    path: Path,
    outputs: tuple[Output, ...],
    output: Path | None,
    language: str | None,
    as_of: date | None,
    fail_on: str,
    require_proofs: bool,
    base: str | None,
    fixes: bool,
    dry_run: bool,
    edit_url: str | None,
) -> int:
    """Check that the agreement in PATH (a file or a folder, sla/ by default) is consistent.

    Looks at the text, the format, names, arithmetic and criteria, and shows every problem on its line.
    """
    from checker.review.releases import history_of
    from checker.review.validate import validate
    from checker.text import read

    wanted = outputs_with(outputs, output)
    if dry_run and not fixes:
        told = say("{dry} says what {fix} would do: give both", dry=Written("--dry-run"), fix=Written("--fix"))
        raise WrongUse(told)
    document = read(path)
    speak_as(document, language)
    history = history_of(path)
    older = None if base is None else _base(base, path)

    def reviewed(document: Document) -> Findings:
        return validate(
            document,
            as_of,
            with_notes=fail_on == Severity.INFO,
            base=older,
            require_proofs=require_proofs,
            history=history,
        )

    findings = _mended(document, reviewed, language, dry_run=dry_run) if fixes else reviewed(document)
    failing = _failing(fail_on)
    view = View(str(path), speak(language or findings.language), repository_of(path, edit_url), failing)
    for target in wanted:
        deliver(rendered(findings, target, view), target.file)
    lacks_proofs = require_proofs and (findings.proofs.unknown or findings.proofs.skipped)
    return FINDINGS if lacks_proofs or _fails(findings, failing) else 0


def _base(revision: str, path: Path) -> Document:
    """The text that the working files are compared with; an empty one where the agreement was not there yet."""
    from checker.text import parse
    from checker.text.revisions import Revision, read_base

    return read_base(Revision.parse(revision), path) or parse("")


def _mended(
    document: Document, reviewed: Callable[[Document], Findings], language: str | None, *, dry_run: bool
) -> Findings:
    """Writes the safe fixes into the files, and tells of each; what is found in the text after them."""
    from checker.report.fixes_text import fixes_text
    from checker.report.writing import write_text
    from checker.review.fix import fix
    from checker.text.rewriting import new_texts

    fixed = fix(document, reviewed)
    if not dry_run:
        for file, text in list(new_texts(fixed.document, document)):
            write_text(file, text)
    # beside the findings, whose place may be a program's
    spoken = speak(language or fixed.findings.language)
    told = fixes_text(fixed.edits, spoken, is_done=not dry_run, is_settled=fixed.is_settled)
    click.echo(told, nl=False, err=True)
    return fixed.findings


def _failing(fail_on: str) -> frozenset[Severity]:
    """The severities at or over the limit."""
    return frozenset(map(Severity, LIMITS[: LIMITS.index(fail_on) + 1])) if fail_on != "never" else frozenset()


def _fails(findings: Findings, failing: frozenset[Severity]) -> bool:
    return any(finding.waived is None and finding.severity in failing for finding in findings.findings)
