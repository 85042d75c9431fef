"""`sla check`: whether the promises were kept, by the funnel's data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.main import FINDINGS, NOTHING_JUDGED
from checker.cli.options import (
    Output,
    agreement_path,
    as_of,
    data,
    formats,
    language,
    outputs_with,
    show_personal_data,
)
from checker.cli.output import deliver, has_colour
from checker.quantity import Period

if TYPE_CHECKING:
    from checker.agreement import Agreement
    from checker.review.check import Checked
    from checker.verdict import Reject

ENGINES = ("duckdb", "spark")
LIMITS = ("missed", "finding", "never")


class PeriodType(click.ParamType[Period]):
    """`2027-03`, `2027-01 to 2027-03` or `2027-Q1`."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Reads one."""
        if isinstance(value, Period):
            return value
        try:
            return Period.parse(str(value))
        except ValueError:
            self.fail(f"{value} is no period; write it as 2027-03, 2027-Q1 or '2027-01 to 2027-03'", param, ctx)


@click.command("check", short_help="Was the agreement kept?")
@agreement_path
@data
@as_of("Judge as things stood at the end of this day. Default: the last moment in the data.")
@click.option("--period", type=PeriodType(), help="Months to judge. Default: of each promise the last that can be.")
@formats("text", "json")
@language
@click.option(
    "--fail-on",
    type=click.Choice(LIMITS),
    default=LIMITS[0],
    show_default=True,
    help="What makes the exit code 1: a missed promise, or also an error or warning about the agreement.",
)
@click.option("--explain-sql", is_flag=True, help="Print the statements that count, in place of the results.")
@click.option(
    "--rejects",
    "rejects",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A CSV file for all rows that cannot be used, each with its line and the reason.",
)
@show_personal_data
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    help="What counts: DuckDB in this process, or Spark, here or on your cluster.",
)
def command(
    path: Path,
    sources: tuple[tuple[str, Path], ...],
    as_of: date | None,
    period: Period | None,
    outputs: tuple[Output, ...],
    output: Path | None,
    language: str | None,
    fail_on: str,
    explain_sql: bool,
    rejects: Path | None,
    show_personal_data: bool,
    engine: str,
) -> int:
    """Judge the promises of the agreement in PATH (a file or a folder, sla/ by default) on the funnel's data.

    Where the data is stands in the agreement's `source` section.
    """
    from checker.agreement import build
    from checker.cli.placing import told_with_its_line
    from checker.cli.progress import progress
    from checker.cli.words import say_what_is_left_out
    from checker.language import words
    from checker.message import say
    from checker.text import read

    need_engine()
    from checker.funnel import KeptOut, open_funnel
    from checker.review.check import check
    from checker.review.releases import releases_of

    wanted = outputs_with(outputs, output)
    document = read(path)
    agreement = build(document.values, document.problems)
    say_what_is_left_out(agreement)
    folder = Path(document.file_of(("source",))).parent
    spoken_in = language or agreement.language
    with told_with_its_line(document), progress(words(spoken_in)) as line:
        kept_out = None
        if rejects is not None:
            to = rejects

            def write_rejects(found: Sequence[Reject]) -> None:
                line.clear()
                _write_rejects(found, to, spoken_in)

            kept_out = KeptOut(write_rejects, show_personal_data)
        line.now(say("reading the data"))
        with open_funnel(agreement, folder, dict(sources), kept_out, engine) as funnel:
            line.now(say("judging the promises"))
            checked = check(agreement, document, funnel, as_of, period, releases_of(path))
    if explain_sql:
        deliver(_statements(checked), output)
        return 0
    for target in wanted:
        deliver(_rendered(checked, agreement, target, language), target.file)
    kept = checked.results.are_kept()
    if kept is None:
        return NOTHING_JUDGED
    if fail_on == "finding" and checked.results.has_warnings():
        return FINDINGS
    return FINDINGS if not kept and fail_on != "never" else 0


def need_engine() -> None:
    """Raises MissingExtra where the part that reads data is not installed."""
    if all(find_spec(part) for part in ("duckdb", "sqlglot")):
        return
    from checker.errors import MissingExtra
    from checker.message import Written, say

    command = Written('pip install "smarketing-sla[check]"')
    raise MissingExtra(say("reading data needs a part that is installed separately: {command}", command=command))


def _write_rejects(rejects: Sequence[Reject], file: Path, language: str) -> None:
    from checker.cli.words import say_where_rows_are
    from checker.language import words
    from checker.report.rejects_csv import rejects_csv

    deliver(rejects_csv(rejects, words(language)), file)
    say_where_rows_are(len(rejects), file, language)


def _rendered(checked: Checked, agreement: Agreement, output: Output, language: str | None) -> str:
    from checker.language import words

    spoken = words(language or agreement.language)
    if output.format == "json":
        from checker.report.results_json import results_json

        return results_json(checked.results, spoken)
    from checker.agreement.base import prose
    from checker.report.results_text import results_text

    sentences = {promise.id: prose(promise.sentence, spoken.language) for promise in agreement.promises()}
    return results_text(checked.results, spoken, sentences, agreement.currency, has_colour=has_colour(output.file))


def _statements(checked: Checked) -> str:
    return "\n\n".join(f"-- {title}\n{statement};" for title, statement in checked.statements()) + "\n"
