"""`sla owners`: who is asked about a change of which file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from checker.cli.main import FINDINGS
from checker.cli.options import agreement_path, language
from checker.cli.speech import speak_as
from checker.cli.wrong_usage import refuse
from checker.message import Written, all_of, say

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where GitHub and GitLab look for the file, the usual place first."""


class OwnerType(click.ParamType[tuple[str, str]]):
    """`marketing=@acme/marketing`."""

    name = "owner"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Reads one."""
        from checker.report.codeowners import is_handle

        if isinstance(value, tuple):
            return value
        team, _, handle = str(value).partition("=")
        if not team or not is_handle(handle):
            told = say(
                "{value} names no team and owner; write it as {example}",
                value=Written(str(value)),
                example=Written("marketing=@acme/marketing"),
            )
            refuse(told, param, ctx)
        return team, handle


def owners(command: Decorated) -> Decorated:
    """`--owner` (several times): a team, and how GitHub or GitLab calls it."""
    return click.option(
        "--owner",
        "owners",
        type=OwnerType(),
        multiple=True,
        metavar="TEAM=@HANDLE",
        help="Who is asked about changes of a team's files on GitHub or GitLab: marketing=@acme/marketing.",
    )(command)


@click.command("owners", short_help="Who is asked about a change of which file")
@agreement_path
@owners
@click.option("--check", "is_check", is_flag=True, help="Write nothing; end with 1 where the file is not up to date.")
@language
def command(path: Path, owners: tuple[tuple[str, str], ...], is_check: bool, language: str | None) -> int:
    """Write the file CODEOWNERS, by which GitHub and GitLab ask the right team about each change of the agreement.

    Which team answers for which file follows from its sections. What else stands in CODEOWNERS is kept; the handles
    of teams need to be given only once.
    """
    from checker.cli.repository import repository_of
    from checker.cli.words import spoken
    from checker.errors import WrongUsage
    from checker.report.codeowners import codeowners, handles_in, with_block
    from checker.report.writing import write_text
    from checker.review.owners import teams_by_file
    from checker.rules.names import SIDES
    from checker.text import read
    from checker.text.folder import shown_path, text_of

    document = read(path)
    speak_as(document, language)
    repository = repository_of(path, None)
    root = repository.root or Path()
    file = next((root / place for place in PLACES if (root / place).is_file()), root / PLACES[0])
    old = text_of(file) if file.is_file() else ""
    handles = {**handles_in(old), **dict(owners)}
    missing = [side for side in SIDES if side not in handles]
    if missing:
        raise WrongUsage(
            say(
                "how GitHub or GitLab calls {teams} is not known yet: add {option}",
                teams=all_of(missing),
                option=Written(" ".join(f"--owner {side}=@…" for side in missing)),
            )
        )
    teams = {repository.file(name): own for name, own in teams_by_file(document).items()}
    folder = repository.file(str(path if path.is_dir() else path.parent))
    new = with_block(old, codeowners(folder, teams, handles))
    name = Written(shown_path(file))
    if new == old:
        click.echo(spoken(say("{file} is up to date", file=name)))
        return 0
    if is_check:
        told = say("{file} is not up to date: {command} writes it", file=name, command=Written(f"sla owners {path}"))
        click.echo(spoken(told), err=True)
        return FINDINGS
    write_text(file, new)
    click.echo(spoken(say("{file} is written", file=name)))
    return 0
