"""`sla changelog`: the history of the agreement."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.options import Output, agreement_path, formats, language, outputs_with
from checker.cli.output import deliver, has_colour
from checker.cli.speech import speak


@click.command("changelog", short_help="Every version that was released, and what it changed")
@agreement_path
@formats("text", "markdown", "json")
@language
def command(path: Path, outputs: tuple[Output, ...], output: Path | None, language: str | None) -> int:
    """Print the history of the agreement in PATH (a file or a folder, sla/ by default): each version, from when it is
    in force, who signed it, and what it changed for whom. What is not released yet comes first.
    """
    from checker.report.changelog_json import changelog_json
    from checker.report.changelog_text import changelog_markdown, changelog_text
    from checker.review.changelog import changelog

    wanted = outputs_with(outputs, output)
    found = changelog(path)
    spoken = speak(language or found.language)
    for target in wanted:
        if target.format == "json":
            text = changelog_json(found, spoken)
        elif target.format == "markdown":
            text = changelog_markdown(found, spoken)
        else:
            text = changelog_text(found, spoken, has_colour=has_colour(target.file))
        deliver(text, target.file)
    return 0
