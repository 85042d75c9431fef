"""`sla check --history`: what a run found is kept in a file, beside what earlier ones found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from checker.verdict import Results


def keep(file: Path, results: Results) -> None:
    """Adds a run to the history, while nobody else writes it, and tells how much that was.

    Raises UnwritableOutput, UnreadableInput where the file is no history; the file then is as it was.
    """
    from checker.cli.words import spoken
    from checker.funnel.history import append
    from checker.message import Written, say, say_counted
    from checker.replacing import held, unwritable

    try:
        with held(file):
            added = append(file, results)
    except OSError as error:
        raise unwritable(str(file), error) from None
    name = Written(str(file))
    told = (
        say_counted("{count} result is added to {file}", "{count} results are added to {file}", count=added, file=name)
        if added
        else say("{file} holds these results already", file=name)
    )
    click.echo(f"sla: {spoken(told)}", err=True)
