"""`sla check`: whether the promises were kept, by the funnel's data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.failing import LIMITS, NEWLY_MISSED, failing
from checker.cli.main import FINDINGS, NOTHING_JUDGED
from checker.cli.options import Output, formats, how_to_judge, language, on_data, outputs_with
from checker.cli.output import deliver
from checker.cli.rendering import FORMATS
from checker.cli.repository import edit_url, repository_of
from checker.cli.speech import speak, speak_as
from checker.cli.wrong_usage import OneOf, WrongUse, refuse
from checker.message import Written, say
from checker.quantity import Period

if TYPE_CHECKING:
    from checker.review.check import Checked
    from checker.verdict import Reject


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
            told = say(
                "{value} is no period; write it as {month}, {quarter} or {span}",
                value=Written(str(value)),
                month=Written("2027-03"),
                quarter=Written("2027-Q1"),
                span=Written("'2027-01 to 2027-03'"),
            )
            refuse(told, param, ctx)


@click.command("check", short_help="Was the agreement kept?")
@on_data("Judge as things stood at the end of this day. Default: the last moment in the data.")
@click.option("--period", type=PeriodType(), help="Months to judge. Default: of each promise the last that can be.")
@formats(*FORMATS)
@language
@click.option(
    "--fail-on",
    type=OneOf(LIMITS),
    default=LIMITS[0],
    show_default=True,
    help="What makes the exit code 1: a missed promise, one that was kept before (this needs --history), or also an "
    "error or warning about the agreement.",
)
@click.option(
    "--history",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A Parquet file that keeps what this run finds beside what earlier runs found; it is made if need be.",
)
@click.option("--explain-sql", is_flag=True, help="Print the statements that count, in place of the results.")
@click.option(
    "--rejects",
    "rejects",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A CSV file for all rows that cannot be used, each with its line and the reason.",
)
@edit_url
@how_to_judge
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
    history: Path | None,
    rejects: Path | None,
    is_draft: bool,
    edit_url: str | None,
    show_personal_data: bool,
    engine: str,
) -> int:
    """Judge the promises of the agreement in PATH (a file or a folder, sla/ by default) on the funnel's data.

    Where the data is stands in the agreement's `source` section. Each lead is judged by the release that was in force
    on its day (see `sla release`), or by the working files where none was.
    """
    from checker.agreement import build
    from checker.cli.history import keep
    from checker.cli.progress import progress
    from checker.cli.rendering_results import rendered_results, view_of
    from checker.cli.words import say_what_is_left_out
    from checker.review.installed import need_engine
    from checker.text import read
    from checker.text.placing import told_with_its_line

    need_engine()
    from checker.funnel import KeptOut, open_funnel
    from checker.funnel.history import check_history
    from checker.review.check import check
    from checker.review.releases import history_to_judge_by

    wanted = outputs_with(outputs, output)
    if fail_on == NEWLY_MISSED and history is None:
        told = say(
            "{option} compares with earlier runs: name their file with {history}",
            option=Written("--fail-on newly-missed"),
            history=Written("--history"),
        )
        raise WrongUse(told)
    document = read(path)
    speak_as(document, language)
    agreement = build(document.values, document.problems)
    say_what_is_left_out(agreement)
    folder = Path(document.file_of(("source",))).parent
    if history is not None:
        check_history(history)
    releases = history_to_judge_by(path, is_draft=is_draft)
    spoken_in = language or agreement.language
    with told_with_its_line(document), progress(speak(spoken_in)) as line:
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
            is_json = any(target.format == "json" for target in wanted)
            checked = check(
                agreement,
                document,
                funnel,
                as_of,
                period,
                releases,
                is_draft=is_draft,
                with_figures=is_json,
                # the other formats show nothing else
                only_verdicts=not (is_json or explain_sql or history),
            )
    if explain_sql:
        deliver(_statements(checked), output)
        return 0
    results = checked.results
    view = view_of(agreement, language, repository_of(path, edit_url))
    failing_ones = failing(fail_on, results, history)
    for target in wanted:
        deliver(rendered_results(results, target, view, str(path), failing_ones), target.file)
    if history is not None:
        keep(history, results)
    if results.are_kept() is None:
        return NOTHING_JUDGED
    return FINDINGS if failing_ones.any_of(results) else 0


def _write_rejects(rejects: Sequence[Reject], file: Path, language: str) -> None:
    from checker.cli.words import say_where_rows_are
    from checker.report.rejects_csv import rejects_csv

    deliver(rejects_csv(rejects, speak(language)), file)
    say_where_rows_are(len(rejects), file)


def _statements(checked: Checked) -> str:
    return "\n\n".join(f"-- {title}\n{statement};" for title, statement in checked.statements()) + "\n"
