"""Histories of releases for tests: frozen texts in a folder, read as the commands read them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from checker.agreement.history import History
from checker.review.releases import FOLDER, history_of

SIGNED = "  signed_by: [{who: mia, team: marketing, on: 2026-12-01}, {who: sam, team: sales, on: 2026-12-01}]\n"


def released(*releases: tuple[str, str, str]) -> History:
    """The history of some releases: version, first day in force, and the text without a stamp."""
    with TemporaryDirectory() as folder:
        (Path(folder) / FOLDER).mkdir()
        for version, day, text in releases:
            stamp = f'release:\n  version: "{version}"\n  valid_from: {day}\n{SIGNED}'
            (Path(folder) / FOLDER / f"{version}.yaml").write_text(text + stamp, encoding="utf-8")
        history = history_of(Path(folder))

    assert () == history.problems
    return history
