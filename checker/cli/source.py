"""`sla source`: what is known of the exports that an agreement is judged on. A module a subcommand."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {"inspect": "Propose the source section for an export, with its doubts"}
"""Subcommand -> what the help says of it. Its module is imported only when it is called."""


class SourceCommands(click.Group):
    """Subcommands that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The subcommands in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports a subcommand."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"checker.cli.source_{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of subcommands, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group("source", cls=SourceCommands, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Get to know the exports that an agreement is judged on."""
