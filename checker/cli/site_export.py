"""`sla site export`: the pages as plain Markdown, with their menu."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from checker.cli.options import language
from checker.cli.output import deliver
from checker.cli.repository import edit_url, repository_of


@click.command("export", short_help="Write the pages as plain Markdown, with their menu")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option(
    "--agreement",
    "path",
    type=click.Path(path_type=Path),
    default=Path("sla"),
    show_default=True,
    help="The agreement, a file or a folder.",
)
@click.option(
    "--results",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The results of a check, for the scoreboard. Default: build/results.json, where there is one.",
)
@click.option(
    "--history",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file of sla check --history, for earlier months.",
)
@click.option(
    "--plan",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The plan of sla plan. Default: build/plan.json, where there is one.",
)
@click.option(
    "--backtest",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The test of sla backtest. Default: build/backtest.json, where there is one.",
)
@edit_url
@language
def command(
    folder: Path,
    path: Path,
    results: Path | None,
    history: Path | None,
    plan: Path | None,
    backtest: Path | None,
    edit_url: str | None,
    language: str | None,
) -> int:
    """Write the pages for all staff into DIR as plain Markdown, with a mkdocs.yml that needs nothing of ours.

    DIR is new or empty, or an export that was written before: then its pages are replaced, and nothing else is touched.
    An agreement with errors has no pages, as in mkdocs.
    """
    from checker.errors import MissingExtra, NotReady, UnreadableInput
    from checker.finding import Place
    from checker.language import words
    from checker.message import Written, say, say_counted

    try:
        from checker.site.checked import Contradicted, Refused, checked_pages, named
        from checker.site.contents import SiteFiles
        from checker.site.export import export
    except ImportError:
        raise MissingExtra(
            say('the pages need a part that is not installed: pip install "smarketing-sla[site]"')
        ) from None
    repository = repository_of(path, edit_url)
    try:
        title, speech = named(path, language or "")
        files = SiteFiles(
            Path.cwd(),
            str(path),
            results=str(results or SiteFiles.results),
            history=str(history or SiteFiles.history),
            plan=str(plan or SiteFiles.plan),
            backtest=str(backtest or SiteFiles.backtest),
        )
        made = checked_pages(files, speech)
    except Refused as refused:
        message = say("there are no pages to export:\n{faults}", faults=Written(str(refused)))
        raise (NotReady if isinstance(refused, Contradicted) else UnreadableInput)(message) from None
    count = export(
        made,
        folder,
        name=title,
        language=speech,
        edit=lambda file, line: repository.link(Place(file, line, 1, 1, "")),
        repository=_top(repository.edit),
    )
    spoken = words(language or "en")
    told = say_counted(
        "{count} page is written into {folder}. Build it with {command}",
        "{count} pages are written into {folder}. Build them with {command}",
        count=count,
        folder=Written(str(folder)),
        command=Written(f"mkdocs build --strict --config-file {folder / 'mkdocs.yml'}"),
    )
    deliver(f"{spoken.say(told)}\n", None)
    return 0


def _top(edit: str | None) -> str | None:
    """The repository's own address, from that of its editor."""
    if edit is None:
        return None
    parts = urlsplit(edit)
    path = parts.path.partition("/-/")[0].partition("/edit/")[0]
    return f"{parts.scheme}://{parts.netloc}{path}"
