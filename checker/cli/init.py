"""`sla init`: a new repository for an agreement, from a few answers or from an export."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.options import language
from checker.cli.output import deliver, has_colour
from checker.cli.owners import owners
from checker.cli.speech import speak
from checker.cli.today import today
from checker.cli.words import spoken
from checker.cli.wrong_usage import OneOf
from checker.message import Message, Written, all_of, say, say_counted

if TYPE_CHECKING:
    from checker.start.repository import Repository

KINDS = ("software", "agency", "industry")


@click.command("init", short_help="A new repository for an agreement")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), metavar="[DIR]")
@click.option(
    "--from",
    "exports",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="EXPORT",
    help="An export of your CRM to begin with, CSV or Parquet; several times: --from leads.csv --from deals.csv.",
)
@click.option("--for", "kind", type=OneOf(KINDS), help="Stages, channels and deadlines to begin with.")
@click.option("--name", help="What the agreement is called.")
@click.option("--timezone", metavar="ZONE", help="Where your clocks are, such as Europe/Warsaw.")
@click.option("--country", metavar="CODE", help="Whose public holidays you keep, such as PL.")
@click.option("--currency", metavar="CODE", help="The currency of all amounts, such as EUR.")
@click.option("--gitlab", "has_gitlab", is_flag=True, help="Write a pipeline for GitLab, too.")
@click.option("--action", metavar="OWNER/NAME@REF", help="Where the GitHub action is, that checks pull requests.")
@owners
@language
def command(
    folder: Path,
    exports: tuple[Path, ...],
    kind: str | None,
    name: str | None,
    timezone: str | None,
    country: str | None,
    currency: str | None,
    has_gitlab: bool,
    action: str | None,
    owners: tuple[tuple[str, str], ...],
    language: str | None,
) -> int:
    """Write a draft of an agreement into DIR (this folder by default), with all that its repository needs: checks of
    pull requests, pages for both teams, settings of the editor.

    With --from, stages, channels, targets and rates are those that the export shows. What no option says is asked at a
    terminal. Nothing that is there already is overwritten.
    """
    if exports:
        from checker.review.installed import need_engine

        need_engine()
    asks = sys.stdin.isatty() and sys.stdout.isatty()
    if name is None:
        name = _asked(say("What is the agreement called?"), spoken(say("Marketing and sales agreement")), asks)
    if kind is None and not exports:
        kind = _asked(say("What are you?"), KINDS[0], asks, OneOf(KINDS))
    if timezone is None and not exports:
        timezone = _asked(say("Where are your clocks (as in Europe/Warsaw)?"), "UTC", asks)
    if country is None and asks:
        country = _asked(say("Whose public holidays do you keep (PL, BR …; - for none)?"), "-", asks)
    if currency is None:
        currency = _asked(say("In which currency are amounts (EUR, BRL …)?"), "EUR", asks)

    from checker.funnel.zones import check_timezone
    from checker.quantity import Month
    from checker.start.draft import Answers
    from checker.start.repository import begin
    from checker.start.starting_points import STARTING_POINTS
    from checker.start.surroundings import ACTION

    if timezone is not None:
        check_timezone(timezone, ("working_time",))
    answers = Answers(
        name=name,
        timezone=timezone or "UTC",
        currency=currency,
        country="" if country == "-" else country,
        language=language or "en",
        day=Month.of(today()),
    )
    point = STARTING_POINTS[kind] if kind is not None else None
    repository = begin(folder, answers, point, exports, timezone, action or ACTION, has_gitlab, dict(owners))
    repository.write(folder)
    _tell(repository, folder, language or "en")
    return 0


def _asked(question: Message, otherwise: str, asks: bool, choices: click.ParamType[Any] | None = None) -> str:
    """What somebody answers at a terminal, else what usually fits."""
    return str(click.prompt(spoken(question), default=otherwise, type=choices)) if asks else otherwise


def _tell(repository: Repository, folder: Path, language: str) -> None:
    from checker.report.inspection_text import inspection_text
    from checker.start.repository import CHECK_IT

    said = speak(language)
    if repository.inspected is not None:
        found = inspection_text(
            repository.inspected, said, has_colour=has_colour(None), with_section=False, with_doubts=False
        )
        deliver(f"{found}\n", None)
    lines = [
        say_counted(
            "{count} file is written into {folder}: {names}",
            "{count} files are written into {folder}: {names}",
            count=len(repository.files),
            folder=Written(str(folder)),
            names=all_of(list(repository.files)),
        )
    ]
    if repository.doubts:
        lines.append(
            say_counted(
                "{count} line in {files} is a doubt, marked {mark}: decide it, then take the mark out.",
                "{count} lines in {files} are doubts, marked {mark}: decide each, then take the marks out.",
                count=sum(repository.doubts.values()),
                files=all_of(list(repository.doubts)),
                mark=Written("# ?"),
            )
        )
    for line in (*lines, say("Next:")):
        deliver(f"{said.say(line)}\n", None)
    has_data = repository.inspected is not None and repository.inspected.proposal.awaited is None
    inside = [] if folder == Path() else [shlex.join(["cd", str(folder)])]
    for step in (*inside, "sla validate", *([CHECK_IT] if has_data else []), "mkdocs build --strict"):
        deliver(f"  {step}\n", None)
