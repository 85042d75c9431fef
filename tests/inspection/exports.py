"""Small exports, and what is proposed for them."""

from __future__ import annotations

from pathlib import Path

from checker.agreement import Agreement
from checker.errors import SlaError
from checker.inspection.export_file import open_export, with_names
from checker.inspection.proposal import Proposal
from checker.inspection.proposing import propose
from checker.language import words


def proposed(folder: Path, agreement: Agreement | None = None, **files: str) -> Proposal:
    """What is proposed for files of these names and texts."""
    opened = []
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        opened.append(open_export(path, path.name))
    return propose(with_names(opened), {file.label: file.label for file in opened}, agreement)


def refusal(path: Path) -> str:
    """The sentence with which opening a file ends. Fails where there is none."""
    try:
        open_export(path, path.name)
    except SlaError as error:
        return words("en").say(error.message)
    raise AssertionError("the file was opened")


def said(proposal: Proposal, *path: str) -> list[str]:
    """What is said at a key, doubts with a question mark before them."""
    return [
        ("? " if note.is_doubt else "") + words("en").say(note.said) for note in proposal.notes.get(tuple(path), [])
    ]
