"""The words that the command line speaks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.speech import spoken_language
from checker.message import Message, Written, all_of, say, say_counted

if TYPE_CHECKING:
    from checker.agreement import Agreement


def spoken(message: Message) -> str:
    """A message in the language that is spoken, safe to print."""
    from checker.language import words
    from checker.report.terminal import printable

    return printable(words(spoken_language()).say(message))


def say_what_is_left_out(agreement: Agreement) -> None:
    """Tells, beside the output, which sections cannot be read; nothing where all can."""
    if agreement.broken:
        message = say(
            "what has errors is left out: {sections} ({command} shows them)",
            sections=all_of(sorted(agreement.broken)),
            command=Written("sla validate"),
        )
        click.echo(f"sla: {spoken(message)}", err=True)


def say_where_rows_are(count: int, file: Path) -> None:
    """Tells, beside the output, that the rows that cannot be used are in a file, or that there are none."""
    message = (
        say_counted(
            "{count} row that cannot be used is written into {file}",
            "{count} rows that cannot be used are written into {file}",
            count=count,
            file=Written(str(file)),
        )
        if count
        else say("every row can be used: {file} holds headings alone", file=Written(str(file)))
    )
    click.echo(f"sla: {spoken(message)}", err=True)
