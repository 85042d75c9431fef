"""`sla release`: both sides have signed; the text is stamped, frozen, and in force from a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shlex import quote
from typing import Any

import click

from checker.cli.options import DayType, agreement_path, language
from checker.cli.output import deliver
from checker.cli.speech import speak
from checker.cli.today import today
from checker.cli.wrong_usage import refuse
from checker.message import Written, any_of, say


class SignatureType(click.ParamType[tuple[str, "date | None"]]):
    """`helena`, or `helena=2026-12-10`."""

    name = "signature"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, date | None]:
        """Reads one; without a day it is today's."""
        if isinstance(value, tuple):
            return value
        who, has_day, day = str(value).partition("=")
        if not who:
            told = say(
                "{value} names nobody; write it as {examples}",
                value=Written(str(value)),
                examples=any_of(["helena", "helena=2026-12-10"]),
            )
            refuse(told, param, ctx)
        return who, DayType().convert(day, param, ctx) if has_day else None


@click.command("release", short_help="Both sides signed: stamp a version and freeze its text")
@agreement_path
@click.option(
    "--signed",
    "signed",
    type=SignatureType(),
    multiple=True,
    metavar="WHO[=DATE]",
    help="Who signs, as `people` names them, today or on the day given; at least one person of each side.",
)
@click.option(
    "--from",
    "valid_from",
    type=DayType(),
    metavar="DATE",
    help="The first day on which it is in force. Default: the first of the next month.",
)
@click.option("--version", metavar="X", help="Its version. Default: the one that `sla diff` asks for.")
@click.option("--renew-by", type=DayType(), metavar="DATE", help="The day by which both sides look at it again.")
@click.option("--why", metavar="TEXT", help="Why there is a new version, in a sentence.")
@click.option("--dry-run", is_flag=True, help="Only say what would be released.")
@language
def command(
    path: Path,
    signed: tuple[tuple[str, date | None], ...],
    valid_from: date | None,
    version: str | None,
    renew_by: date | None,
    why: str | None,
    dry_run: bool,
    language: str | None,
) -> int:
    """Release the agreement in PATH (a folder, sla/ by default): stamp its version, and freeze its text.

    Writes release.yaml and releases/VERSION.yaml beside the agreement's files. From its first day on leads are judged
    by that text, whatever the working files say; until then by the version before.
    """
    from checker.report.release_text import release_text
    from checker.report.writing import write_together
    from checker.review.release import Wish, release
    from checker.text.folder import shown_path

    new = release(path, Wish(signed, today(), valid_from, version, renew_by, why))
    if not dry_run:
        write_together(new.files)
    told = release_text(
        new.version,
        new.valid_from,
        new.people,
        [shown_path(file.absolute()) for file in new.files],
        new.changes,
        new.notices,
        speak(language or new.language),
        quote(shown_path(path.absolute())),
        is_written=not dry_run,
    )
    deliver(told, None)
    return 0
