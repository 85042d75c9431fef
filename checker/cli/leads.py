"""`sla leads`: which leads need somebody now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from checker.cli.completing import promises_of_agreement
from checker.cli.main import NOTHING_JUDGED
from checker.cli.options import Output, formats, how_to_judge, language, on_data, outputs_with
from checker.cli.output import deliver, has_colour
from checker.cli.speech import speak, speak_as
from checker.cli.wrong_usage import OneOf, WholeNumber, WrongUse, refuse
from checker.message import Written, all_of, any_of, say, say_counted
from checker.quantity import Duration
from checker.review.installed import need_engine

if TYPE_CHECKING:
    from checker.language import Words
    from checker.measures.listed import LeadList
    from checker.report.condition_words import Sentences
    from checker.report.leads_words import LeadWords

LISTS = {
    "overdue": "the deadline has passed, and nobody did what was promised",
    "due-soon": "the deadline comes within the next 4 business hours",
    "undecided": "neither accepted nor returned, past the deadline",
    "returned-without-reason": "sent back, and nobody wrote down why",
    "missed": "qualified, and never handed over",
    "wrongly-qualified": "handed over, and does not fit: which condition fails",
    "deadlines": "every deadline that runs, and who gets the lead: for routers",
}
"""Name -> what the help says of it."""
FORMATS = ("text", "csv", "json", "markdown", "html")
_ENDINGS = {"text": "txt", "csv": "csv", "json": "json", "markdown": "md", "html": "html"}


_MOMENT = Written("2027-03-01T09:00")
_TIMES = ("'4 business hours'", "'2 days'", "'30 minutes'")


class ListType(click.ParamType[str]):
    """The name of a list."""

    name = "list"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The lists that begin so."""
        return [CompletionItem(name) for name in LISTS if name.startswith(incomplete)]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Reads one."""
        if str(value) in LISTS:
            return str(value)
        from difflib import get_close_matches

        near = get_close_matches(str(value), LISTS, n=1)
        told = (
            say("there is no list {list}; did you mean {near}?", list=Written(str(value)), near=Written(near[0]))
            if near
            else say("there is no list {list}; there are {lists}", list=Written(str(value)), lists=all_of([*LISTS]))
        )
        return refuse(told, param, ctx)


class MomentType(click.ParamType[datetime]):
    """A date, or a date and a time: `2027-03-01T09:00`."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Reads one."""
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            told = say("{value} is no moment; write it as {example}", value=Written(str(value)), example=_MOMENT)
            refuse(told, param, ctx)


class TimeType(click.ParamType[Duration]):
    """`4 business hours`."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Duration:
        """Reads one."""
        if isinstance(value, Duration):
            return value
        try:
            found = Duration.parse(str(value))
        except ValueError:
            told = say("{value} is no time; write it as {examples}", value=Written(str(value)), examples=any_of(_TIMES))
            refuse(told, param, ctx)
        if not 0 < found.count <= 1000:
            told = say(
                "{value} is not a time ahead that can be looked at; write it as {example}",
                value=Written(str(value)),
                example=Written(_TIMES[0]),
            )
            refuse(told, param, ctx)
        return found


@click.command(
    "leads",
    short_help="Which leads need somebody now?",
    epilog="\b\nLists:\n" + "\n".join(f"  {name:<24}{text}" for name, text in LISTS.items()),
)
@click.argument("name", type=ListType(), metavar="LIST")
@on_data("Look at things as they stood at the end of this day. Default: the last moment in the data.")
@click.option(
    "--now",
    type=MomentType(),
    metavar="DATE-TIME",
    help="When the list is read: tells how old the data is. Default: the clock of this machine; none with --as-of.",
)
@click.option(
    "--within", type=TimeType(), metavar="TIME", help="Of due-soon: how far ahead. Default: 4 business hours."
)
@click.option("--owner", metavar="NAME", help="Only the leads of this seller; nobody for those that have none.")
@click.option(
    "--promise", metavar="ID", help="Only this promise, or this rung of one.", shell_complete=promises_of_agreement
)
@click.option("--limit", type=WholeNumber(1, 10**9), metavar="NUMBER", help="So many leads at most. Default: all.")
@click.option("--by", type=OneOf(["owner"]), help="A heading for each owner.")
@click.option(
    "--split",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="A file for each owner in this folder, in place of one list.",
)
@formats(*FORMATS)
@language
@how_to_judge
def command(
    name: str,
    path: Path,
    sources: tuple[tuple[str, Path], ...],
    as_of: date | None,
    now: datetime | None,
    within: Duration | None,
    owner: str | None,
    promise: str | None,
    limit: int | None,
    by: str | None,
    split: Path | None,
    outputs: tuple[Output, ...],
    output: Path | None,
    language: str | None,
    is_draft: bool,
    show_personal_data: bool,
    engine: str,
) -> int:
    """List the leads that need somebody, by the agreement in PATH (a file or a folder, sla/ by default).

    All of them, the oldest first, each with what to do and, where the source names one, a link. Each is judged by the
    release that was in force on its day, as by sla check. What asks for action
    is not listed when the data is older than half of its deadline. The exit code is 0 also where the list is empty or
    long; 3 where nothing can be listed.
    """
    if within is not None and name != "due-soon":
        told = say("{option} is for the list {list}", option=Written("--within"), list=Written("due-soon"))
        raise WrongUse(told)
    if split is not None and output is not None:
        told = say(
            "{option} writes a file for each owner: {output} cannot say where",
            option=Written("--split"),
            output=Written("--output"),
        )
        raise WrongUse(told)
    if split is not None and any(each.file for each in outputs):
        told = say(
            "{option} names the files itself: give {format} without a file",
            option=Written("--split"),
            format=Written("--format"),
        )
        raise WrongUse(told)
    from checker.agreement import build
    from checker.cli.words import say_what_is_left_out
    from checker.text import read
    from checker.text.placing import told_with_its_line

    need_engine()
    from checker.funnel import open_funnel
    from checker.measures.listed import ListName
    from checker.report.condition_words import Sentences
    from checker.report.leads_words import LeadWords
    from checker.report.names import Names
    from checker.report.terminal import printable
    from checker.review.leads import Wanted, list_leads
    from checker.review.releases import history_to_judge_by

    targets = outputs if split is not None else outputs_with(outputs, output)
    document = read(path)
    speak_as(document, language)
    agreement = build(document.values, document.problems)
    say_what_is_left_out(agreement)
    wanted = Wanted(as_of, now, owner=owner, promise=promise, limit=limit, personal=show_personal_data)
    if within is not None:
        wanted = replace(wanted, within=within)
    folder = Path(document.file_of(("source",))).parent
    releases = history_to_judge_by(path, is_draft=is_draft)
    with told_with_its_line(document), open_funnel(agreement, folder, dict(sources), engine=engine) as funnel:
        listed = list_leads(agreement, document, funnel, ListName(name), wanted, history=releases, is_draft=is_draft)
    spoken = speak(language or agreement.language)
    sentences = Sentences(Names(agreement, spoken.language))
    if listed.is_hidden:
        # a program reads why; a mail or a page with nothing on it would say that there is nothing to do
        for target in targets:
            if target.format == "json" and split is None:
                deliver(_rendered(LeadWords(listed, spoken, sentences), target, by_owner=False), target.file)
        for note in LeadWords(listed, spoken, sentences).notes():
            click.echo(f"sla: {printable(note)}", err=True)
        return NOTHING_JUDGED
    if split is not None:
        _write_each(listed, split, targets, spoken, sentences)
        return 0
    for target in targets:
        deliver(_rendered(LeadWords(listed, spoken, sentences), target, by_owner=by is not None), target.file)
    return 0


def _rendered(words: LeadWords, target: Output, *, by_owner: bool) -> str:
    match target.format:
        case "csv":
            from checker.report.leads_csv import leads_csv

            return leads_csv(words, by_owner=by_owner)
        case "json":
            from checker.report.leads_json import leads_json

            return leads_json(words, by_owner=by_owner)
        case "markdown":
            from checker.report.leads_markdown import leads_markdown

            return leads_markdown(words, by_owner=by_owner)
        case "html":
            from checker.report.leads_html import leads_html

            return leads_html(words, by_owner=by_owner)
        case _:
            from checker.report.leads_text import leads_text

            return leads_text(words, by_owner=by_owner, has_colour=has_colour(target.file))


def _write_each(listed: LeadList, folder: Path, targets: Sequence[Output], spoken: Words, sentences: Sentences) -> None:
    """Writes a file for each owner and format. Raises WrongUsage where files of an earlier run would stay beside them:
    somebody would be sent yesterday's list.
    """
    from checker.errors import WrongUsage
    from checker.measures.listed import sure_and_unsure
    from checker.report.leads_words import LeadWords, by_owners
    from checker.report.plain_text import slugs

    groups = by_owners(listed.leads, listed.owners)
    names = slugs([owner or "nobody" for owner, _ in groups])
    files = {
        folder / f"{names[owner or 'nobody']}.{_ENDINGS[target.format]}": (target, leads)
        for owner, leads in groups
        for target in targets
    }
    endings = {f".{_ENDINGS[target.format]}" for target in targets}
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    for file in there:
        if file.suffix in endings and file not in files:
            raise WrongUsage(
                say(
                    "{file} is no file of this run: give --split a folder without the lists of an earlier one",
                    file=Written(str(file)),
                )
            )
    for file, (target, leads) in files.items():
        sure, unsure = sure_and_unsure(leads)
        own = replace(listed, leads=tuple(leads), total=len(leads), sure=sure, unsure=unsure, over=(), notes=())
        deliver(_rendered(LeadWords(own, spoken, sentences), target, by_owner=False), file)
    told = say_counted(
        "{count} file is written into {folder}",
        "{count} files are written into {folder}",
        count=len(files),
        folder=Written(str(folder)),
    )
    click.echo(f"sla: {spoken.say(told)}", err=True)
