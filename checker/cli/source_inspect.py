"""`sla source inspect`: what an export holds, and the `source` section that it seems to need."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.options import language
from checker.cli.output import deliver, has_colour
from checker.cli.speech import speak
from checker.review.installed import need_engine

if TYPE_CHECKING:
    from checker.inspection.export_file import ExportFile
    from checker.text import Document

AGREEMENT = Path("sla")


@click.command("inspect", short_help="Propose the source section for an export")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--agreement",
    type=click.Path(path_type=Path),
    help="The agreement that the section is for, a file or a folder. Default: sla/, if it is there.",
)
@click.option("--timezone", metavar="ZONE", help="The clocks of moments that name none, such as Europe/Warsaw.")
@click.option(
    "--to-parquet",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write each file as Parquet into this folder; the section then reads these, which is faster.",
)
@click.option(
    "--output", type=click.Path(path_type=Path), help="Write the section into this file instead of showing it."
)
@language
def command(
    files: tuple[Path, ...],
    agreement: Path | None,
    timezone: str | None,
    folder: Path | None,
    output: Path | None,
    language: str | None,
) -> int:
    """Look at exports (CSV or Parquet) and propose the source section by which they can be read.

    What could be read in several ways is a doubt: a comment that begins with `# ?`, beside the line that it concerns.
    Nothing is guessed when an agreement is checked, so decide the doubts before.
    """
    need_engine()
    from checker.report.inspection_text import inspection_text
    from checker.report.section_text import section_text
    from checker.review.inspect import inspect, open_exports

    if timezone is not None:
        from checker.funnel.zones import check_timezone

        check_timezone(timezone, ("timezone",))
    if output is not None:
        refuse_to_overwrite([output])
    document = _agreement(agreement)
    section_folder = output.parent if output is not None else _folder_of(agreement)
    opened = open_exports(list(dict.fromkeys(files)))
    places: dict[str, Path] = {}
    if folder is not None:
        opened, places = _as_parquet(opened, folder)
    found = inspect(opened, section_folder, document, timezone, places)
    spoken = speak(language or _language_of(document))
    if output is not None:
        deliver(section_text(found.proposal, spoken), output)
    deliver(inspection_text(found, spoken, has_colour=has_colour(None), with_section=output is None), None)
    return 0


def refuse_to_overwrite(paths: list[Path]) -> None:
    """Raises WrongUsage where something is there already; whatever people have written stays."""
    there = [str(path) for path in paths if path.exists() or path.is_symlink()]
    if there:
        from checker.errors import WrongUsage
        from checker.message import all_of, say_counted

        raise WrongUsage(
            say_counted(
                "nothing is written, because this is there already: {names}",
                "nothing is written, because these are there already: {names}",
                count=len(there),
                names=all_of(there),
            )
        )


def _agreement(path: Path | None) -> Document | None:
    """The agreement that the section is for; the usual folder where none is named and it is there."""
    if path is None and not any(AGREEMENT.glob("*.yaml")):
        return None
    from checker.text import read

    return read(path or AGREEMENT)


def _folder_of(path: Path | None) -> Path:
    if path is None:
        return AGREEMENT
    return path if path.is_dir() else path.parent


def _language_of(document: Document | None) -> str:
    if document is None:
        return "en"
    from checker.agreement import build

    return build(document.values, document.problems).language


def _as_parquet(files: list[ExportFile], folder: Path) -> tuple[list[ExportFile], dict[str, Path]]:
    """Writes the files as Parquet, and opens what was written; the paths by the files' new labels."""
    from checker.funnel.whole_files import write_parquet
    from checker.review.inspect import open_exports

    targets = [folder / f"{file.path.stem}.parquet" for file in files]
    refuse_to_overwrite(targets)
    for file, target in zip(files, targets, strict=True):
        write_parquet(file.whole, target)
    opened = open_exports(targets)
    return opened, {file.label: file.path for file in opened}
