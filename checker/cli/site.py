"""`sla site`: the pages for other generators than mkdocs with our plugin."""

from __future__ import annotations

import click

from checker.cli.main import Commands

COMMANDS = {"export": "Write the pages as plain Markdown, with their menu"}
"""Command -> what the help says of it. Its module, `site_NAME`, is imported only when it is called."""


@click.group(
    "site",
    cls=Commands,
    described=COMMANDS,
    modules="checker.cli.site_{}",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def command() -> None:
    """The pages for all staff, for other generators than mkdocs with our plugin."""
