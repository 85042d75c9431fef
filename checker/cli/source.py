"""`sla source`: where the data is, and what its columns mean."""

from __future__ import annotations

import click

from checker.cli.main import Commands

COMMANDS = {
    "inspect": "Look at exports, and propose the section by which they are read",
    "show": "Print the source section, with all that a known system stands for",
    "pack": "Pack the data without anything personal, for CI to hold",
}
"""Command -> what the help says of it. Its module, `source_NAME`, is imported only when it is called."""


@click.group(
    "source",
    cls=Commands,
    described=COMMANDS,
    modules="checker.cli.source_{}",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def command() -> None:
    """Where the data is, and what its columns mean."""
