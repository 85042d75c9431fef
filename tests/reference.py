"""The project's own agreement (`sla/`), as it stands or with a few words changed, for tests of every room."""

from __future__ import annotations

import shutil
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "sla"


def reference_text(file: str) -> str:
    """The text of one file of the reference agreement."""
    return (FOLDER / file).read_text(encoding="utf-8")


def edited_reference(folder: Path, *edits: tuple[str, str, str]) -> Path:
    """A copy of the reference agreement in which each edit (file, old words, new words) is made once.

    Raises AssertionError where the old words are not there, so that a test cannot pass by editing nothing.
    """
    copy = folder / "sla"
    shutil.copytree(FOLDER, copy)
    for file, old, new in edits:
        text = (copy / file).read_text(encoding="utf-8")
        if old not in text:
            raise AssertionError(f"{file} does not say {old!r}")
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def line_of(file: str, words: str) -> int:
    """The number of the first line of a reference file that holds these words."""
    lines = reference_text(file).splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)
