"""`sla backtest`: whether the criteria tell who buys, by the leads whose end is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.options import Output, agreement_path, as_of, data, engine, formats, language, outputs_with
from checker.cli.output import deliver, has_colour
from checker.cli.speech import speak, speak_as
from checker.review.installed import need_engine

if TYPE_CHECKING:
    from checker.agreement import Agreement
    from checker.language import Words
    from checker.measures.backtest.tested import Backtest


@click.command("backtest", short_help="Do the criteria tell who buys?")
@agreement_path
@data
@as_of("Test as things stood at the end of this day. Default: the last moment in the data.")
@formats("text", "json", "markdown")
@language
@click.option("--explain-sql", is_flag=True, help="Print the statements that count, in place of what they tell.")
@engine
def command(
    path: Path,
    sources: tuple[tuple[str, Path], ...],
    as_of: date | None,
    outputs: tuple[Output, ...],
    output: Path | None,
    language: str | None,
    explain_sql: bool,
    engine: str,
) -> int:
    """Test the criteria of the agreement in PATH (a file or a folder, sla/ by default) on leads whose end is known.

    Stages, ranks and points: do those who fit buy more often than those who do not? What does each condition add, which
    other bounds are worth trying, and do the points of actions fit what the data says? Criteria on fields that are
    filled in too late are not tested, and named.
    """
    from checker.agreement import build
    from checker.cli.words import say_what_is_left_out
    from checker.text import read
    from checker.text.placing import told_with_its_line

    need_engine()
    from checker.funnel import open_funnel
    from checker.review.backtest import backtest

    wanted = outputs_with(outputs, output)
    document = read(path)
    speak_as(document, language)
    agreement = build(document.values, document.problems)
    say_what_is_left_out(agreement)
    folder = Path(document.file_of(("source",))).parent
    with told_with_its_line(document), open_funnel(agreement, folder, dict(sources), engine=engine) as funnel:
        found = backtest(agreement, funnel, as_of)
    if explain_sql:
        deliver("\n\n".join(f"-- {title}\n{asked};" for title, asked in found.statements.items()) + "\n", output)
        return 0
    spoken = speak(language or agreement.language)
    for target in wanted:
        deliver(_rendered(found, agreement, target, spoken), target.file)
    return 0


def _rendered(found: Backtest, agreement: Agreement, target: Output, spoken: Words) -> str:
    from checker.report.backtest_words import page_of
    from checker.report.names import Names

    names = Names(agreement, spoken.language)
    match target.format:
        case "json":
            from checker.report.backtest_json import backtest_json

            return backtest_json(found, names, spoken)
        case "markdown":
            from checker.report.parts_markdown import page_markdown

            return page_markdown(page_of(found, names), spoken)
        case _:
            from checker.report.parts_text import page_text

            return page_text(page_of(found, names), spoken, has_colour=has_colour(target.file))
