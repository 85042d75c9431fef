"""The words that the command line speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from checker.message import Message, Written, all_of, say

if TYPE_CHECKING:
    from checker.agreement import Agreement


def spoken(message: Message, language: str = "en") -> str:
    """A message in a language, safe to print."""
    from checker.language import words
    from checker.report.terminal import printable

    return printable(words(language).say(message))


def say_what_is_left_out(agreement: Agreement) -> None:
    """Tells, beside the output, which sections cannot be read; nothing where all can."""
    if agreement.broken:
        message = say(
            "what has errors is left out: {sections} ({command} shows them)",
            sections=all_of(sorted(agreement.broken)),
            command=Written("sla validate"),
        )
        click.echo(f"sla: {spoken(message)}", err=True)
