"""The command `sla`: finds the command, and turns whatever ends it into a message and an exit code.

0  it holds
1  there are findings at or over the limit, or a promise was missed
2  the command line is wrong
3  nothing could be judged: unreadable input, no data, an interrupt, a defect of the tool
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from checker import __version__
from checker.cli.speech import begin

FINDINGS, WRONG_USAGE, NOTHING_JUDGED = 1, 2, 3

COMMANDS = {
    "init": "A new repository for an agreement, also from an export",
    "validate": "Is the agreement consistent?",
    "check": "Was it kept? Judges every promise on funnel data",
    "leads": "Which leads need somebody now?",
    "plan": "From a goal to targets, or from leads to what follows",
    "diff": "What changed, for whom, and which version it asks for",
    "backtest": "Do the criteria tell who buys? Tests them on closed deals",
    "release": "Both sides signed: stamp a version and freeze its text",
    "changelog": "Every version that was released, and what it changed",
    "site": "The pages for other generators",
    "owners": "Who is asked about a change of which file",
    "source": "Where the data is, and what its columns mean",
    "handoff": "What goes along with a lead, and who gets it",
    "explain": "What a rule, a promise or a measure is about; one lead",
    "demo": "See it all on an example",
    "schema": "Write the JSON Schemas that editors and programs use",
}
"""Command -> what `sla --help` says of it. Its module is imported only when it is called."""


class Commands(click.Group):
    """Commands that are imported when they are called: `described` says what each is for, and `modules` where it is,
    with `{}` in the place of its name.
    """

    def __init__(self, *arguments: Any, described: Mapping[str, str], modules: str, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.described = described
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which people meet them."""
        return list(self.described)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports a command."""
        if cmd_name not in self.described:
            return None
        command: click.Command = import_module(self.modules.format(cmd_name)).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click, but with the nearest command for an unknown one."""
        name = args[0]
        if name not in self.described and not name.startswith("-"):
            from difflib import get_close_matches

            from checker.cli.wrong_usage import WrongUse
            from checker.message import Written, all_of, say

            near = get_close_matches(name, self.described, n=1)
            asked = Written(name)
            raise WrongUse(
                say("there is no command {command}; did you mean {near}?", command=asked, near=Written(near[0]))
                if near
                else say(
                    "there is no command {command}; known: {commands}",
                    command=asked,
                    commands=all_of([*self.described]),
                ),
                ctx,
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.described.items()))


@click.group(
    cls=Commands,
    described=COMMANDS,
    modules="checker.cli.{}",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`sla COMMAND --help` tells more. Exit codes: 0 holds, 1 findings or missed promises, 2 wrong usage, "
    "3 nothing could be judged.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def sla() -> None:
    """Whether the agreement between marketing and sales is consistent, and whether it is kept."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and exits."""
    # plugins of pydantic would be looked for in every installed package: a fifth of the start-up time
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # a command ends before its garbage would fill anything; looking for it takes a quarter of a large agreement's time
    gc.disable()
    # whoever stops a program (a CI server, a shutdown) asks it to end: then it tidies up, as when a person stops it
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Runs one command; gives its exit code and never raises."""
    begin(arguments)
    try:
        code = sla.main(list(arguments), prog_name="sla", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as wrong:
        _show(wrong)
        return WRONG_USAGE
    except (KeyboardInterrupt, click.Abort):
        from checker.cli.words import spoken
        from checker.message import say

        click.echo(f"sla: {spoken(say('interrupted'))}", err=True)
        return NOTHING_JUDGED
    except BrokenPipeError:
        # whoever read the output has gone: nothing is left to be said
        from checker.cli.output import silence

        silence()
        return NOTHING_JUDGED
    except Exception as error:
        return _ended_by(error)
    return code if isinstance(code, int) else 0


def _show(wrong: click.UsageError) -> None:
    if isinstance(wrong, click.exceptions.NoArgsIsHelpError):
        wrong.show()
        return
    from checker.cli.words import spoken
    from checker.cli.wrong_usage import told_about, usage_of

    for line in usage_of(wrong):
        click.echo(spoken(line), err=True)
    click.echo(f"sla: {spoken(told_about(wrong))}", err=True)


def _ended_by(error: Exception) -> int:
    from checker.errors import SlaError

    if isinstance(error, SlaError):
        from checker.cli.words import spoken

        place = f"{error.place.file}:{error.place.line}:{error.place.column}: " if error.place else ""
        click.echo(f"sla: {place}{spoken(error.message)}", err=True)
        return error.exit_code
    if isinstance(error, click.ClickException):
        click.echo(f"sla: {error.format_message()}", err=True)
        return WRONG_USAGE
    if os.environ.get("SLA_DEBUG"):
        raise error
    from checker.cli.words import spoken
    from checker.message import Written, say

    told = say(
        "a defect of this tool, not of your files ({defect}). Run it again with {debug} to see where, and report that.",
        defect=Written(f"{type(error).__name__}: {error}"),
        debug=Written("SLA_DEBUG=1"),
    )
    click.echo(f"sla: {spoken(told)}", err=True)
    return NOTHING_JUDGED
