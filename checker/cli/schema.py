"""`sla schema`: the JSON Schemas of the agreement, its source, findings and results."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.main import FINDINGS
from checker.cli.output import deliver
from checker.report.writing import write_text


@click.command("schema")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("schema"))
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file is missing or stale.")
def command(folder: Path, check: bool) -> int:
    """Write the JSON Schemas to FOLDER (schema/ by default).

    Editors use them to complete and check an agreement while it is written, programs to read findings and results.
    """
    from checker.report.schemas import schemas

    stale = [name for name, text in schemas().items() if _text(folder / name) != text]
    if check:
        for name in stale:
            deliver(f"{folder / name} is stale: run sla schema\n", None)
        return FINDINGS if stale else 0
    for name, text in schemas().items():
        write_text(folder / name, text)
    deliver(f"{len(stale)} of {len(schemas())} files in {folder} have changed\n", None)
    return 0


def _text(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None
