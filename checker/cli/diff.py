"""`sla diff`: what changed between two versions of the agreement, and for whom."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.check import PeriodType
from checker.cli.main import FINDINGS
from checker.cli.options import DayType, Output, as_of, data, formats, language, outputs_with
from checker.cli.output import deliver, has_colour
from checker.cli.rendering import FORMATS
from checker.cli.repository import edit_url, repository_of
from checker.cli.speech import speak
from checker.cli.wrong_usage import WrongUse
from checker.errors import MissingExtra, UnreadableInput, WrongUsage
from checker.language import Words
from checker.message import Message, Written, all_of, say
from checker.quantity import Period

if TYPE_CHECKING:
    from checker.change import Changes
    from checker.report.page_words import PagePart
    from checker.report.repository import Repository
    from checker.text import Document

_DEFAULT = Path("sla")


@click.command("diff", short_help="What changed, for whom, and which version it asks for")
@click.argument("old")
@click.argument("new", default=str(_DEFAULT))
@formats(*FORMATS)
@language
@click.option(
    "--require-version",
    metavar="X",
    help="Exit with 1 where version X is not far enough on for what has changed.",
)
@edit_url
@data
@click.option(
    "--period", type=PeriodType(), help="Months whose leads are looked at. Default: the last whole quarter in the data."
)
@click.option(
    "--today",
    type=DayType(),
    metavar="DATE",
    help="Day that rules about dates compare with, for what is wrong with NEW; without it they are skipped.",
)
@click.option("--pages", is_flag=True, help="Format markdown: also the changed parts of the pages, folded.")
@as_of("With --data: as things stood at the end of this day. Default: the last moment in the data.")
def command(
    old: str,
    new: str,
    outputs: tuple[Output, ...],
    output: Path | None,
    language: str | None,
    require_version: str | None,
    edit_url: str | None,
    sources: tuple[tuple[str, Path], ...],
    period: Period | None,
    as_of: date | None,
    today: date | None,
    pages: bool,
) -> int:
    """Say what changed from OLD to NEW (sla/ by default), for whom, and which version the next release carries.

    Each is a file or folder, or a git revision: main, git:main, v1.2:sla/. An existing path wins.
    Order, comments and notation are no change, and criteria are compared by proof. With --data, the leads of the last
    quarter are put to both versions: which of them count, which promises would have been kept.
    """
    from checker.review.diff import diff
    from checker.review.releases import history_of

    wanted = outputs_with(outputs, output)
    if not sources and (period is not None or as_of is not None):
        told = say(
            "{options} are about the leads of {data}, which is not given",
            options=all_of(["--period", "--as-of"]),
            data=Written("--data"),
        )
        raise WrongUse(told)
    paths = [Path(text) for text in (old, new)]
    beside = [path if _is_path(path) else None for path in paths]
    before, after = (_read(text, other or _DEFAULT) for text, other in ((old, beside[1]), (new, beside[0])))
    changes = diff(before, after, today, None if beside[1] is None else history_of(beside[1]))
    if sources:
        from checker.cli.diff_data import with_data

        there = beside[1] or beside[0] or _DEFAULT
        changes = with_data(before, after, changes, sources, there, as_of, period)
    spoken = speak(language or changes.language)
    repository = repository_of(beside[1] or _DEFAULT, edit_url)
    refusal = None if require_version is None else _refusal(require_version, changes)
    parts = _parts(before, after, language or changes.language) if pages else ()
    for target in wanted:
        deliver(_rendered(changes, target, spoken, new, repository, refusal, parts), target.file)
    _mind(before, after, spoken)
    if refusal is None:
        return 0
    click.echo(spoken.say(refusal), err=True)
    return FINDINGS


def _mind(before: Document, after: Document, spoken: Words) -> None:
    """Tells, beside the changes, what people should think of where a release is among them."""
    from checker.review.release import notices_between

    for notice in notices_between(before, after):
        click.echo(f"sla: {spoken.say(say('mind the release: {notice}', notice=notice))}", err=True)


def _parts(before: Document, after: Document, language: str) -> Sequence[PagePart]:
    """What differs on the pages. Raises MissingExtra where the part that makes them is not installed."""
    try:
        from checker.site.differences import page_differences
    except ImportError:
        raise MissingExtra(
            say('the pages need a part that is not installed: pip install "smarketing-sla[site]"')
        ) from None
    from checker.review.diff import readable

    old, new, _ = readable(before, after)
    return page_differences(old, new, before, after, language)


def _is_path(path: Path) -> bool:
    return os.path.lexists(path)


def _read(text: str, beside: Path) -> Document:
    """A path, else a git revision of the path that is on the other side. Raises UnreadableInput, WrongUsage."""
    from checker.text import read
    from checker.text.revisions import PREFIX, Revision, read_revision

    if _is_path(Path(text)):
        return read(Path(text))
    revision = Revision.parse(text)
    if not _is_path(beside):
        beside = Path()
    if not text.startswith(PREFIX) and _looks_like_a_path(text):
        raise UnreadableInput(say("there is no file or folder {path}", path=Written(text)))
    document = read_revision(revision, beside)
    if document is None:
        raise WrongUsage(
            say(
                "there was no agreement at {path} in {revision}: name its path then, as in {example}",
                path=Written(str(beside)),
                revision=Written(revision.name),
                example=Written(f"git:{revision.name}:sla/"),
            )
        )
    return document


def _looks_like_a_path(text: str) -> bool:
    """Whether somebody meant a file: its end says so, and nothing in it separates a revision from a path."""
    return ":" not in text and (text.endswith((".yaml", ".yml", "/", os.sep)) or text.startswith((".", "~", os.sep)))


def _rendered(
    changes: Changes,
    output: Output,
    spoken: Words,
    where: str,
    repository: Repository,
    refusal: Message | None,
    parts: Sequence[PagePart],
) -> str:
    match output.format:
        case "json":
            from checker.report.changes_json import changes_json

            return changes_json(changes, spoken)
        case "markdown":
            from checker.report.changes_markdown import changes_markdown

            return changes_markdown(changes, spoken, where, repository, parts)
        case "github":
            from checker.report.changes_github import changes_github

            return changes_github(changes, spoken, repository)
        case "gitlab":
            from checker.report.changes_gitlab import changes_gitlab

            return changes_gitlab(changes, spoken, repository)
        case "sarif":
            from checker.report.changes_sarif import changes_sarif

            return changes_sarif(changes, spoken, repository)
        case "junit":
            from checker.report.changes_junit import changes_junit

            return changes_junit(changes, spoken, repository, refusal)
        case _:
            from checker.report.changes_text import changes_text

            return changes_text(changes, spoken, has_colour=has_colour(output.file))


def _refusal(version: str, changes: Changes) -> Message | None:
    """Why a version does not suffice; None where it does. Raises WrongUsage."""
    from checker.review.next_version import suffices

    enough = suffices(version, changes.version)
    if enough is None:
        raise WrongUsage(
            say(
                "{version} cannot be compared with {other}: versions are numbers and dots, as in {example}",
                version=Written(version),
                other=Written(changes.version.next or changes.version.old or "?"),
                example=Written("2027.2"),
            )
        )
    if enough:
        return None
    return say(
        "version {version} is not far enough on: these changes ask for {next}",
        version=Written(version),
        next=Written(changes.version.next or "?"),
    )
