"""Where results go: the terminal, or a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


def deliver(text: str, file: Path | None) -> None:
    """Prints a text, or writes it to a file. Raises UnwritableOutput; BrokenPipeError where the reader has gone."""
    if file is not None:
        from checker.report.writing import write_text

        write_text(file, text)
        return
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from checker.report.writing import unwritable

        silence()
        raise unwritable("the output", error) from None


def silence() -> None:
    """Lets what is still to be printed vanish, so that the end of the program does not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def has_colour(file: Path | None) -> bool:
    """Whether the text goes to a terminal whose user wants colours (https://no-color.org)."""
    return file is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
