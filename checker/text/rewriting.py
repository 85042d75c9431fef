"""Edits written into an agreement's text, with everything else left as it is, letter by letter: remarks, layout, line
ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.errors import UnwritableOutput
from checker.finding import PlacedEdit
from checker.message import Written, say
from checker.text.document import Document
from checker.text.file import read_text
from checker.text.folder import read_again
from checker.text.source import line_starts

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text after some edits. `made` are the edits that it holds, in the order of the files."""

    document: Document
    made: tuple[PlacedEdit, ...]


def rewritten(document: Document, wanted: Iterable[Sequence[PlacedEdit]]) -> Rewritten:
    """An agreement with edits made in its text, which is read again; nothing is written to any file.

    The edits of one entry of `wanted` belong together: they are made all, or, where one of them meets an edit of an
    earlier entry or does not find the old words, not at all. Raises UnreadableInput where the new text breaks a limit.
    """
    made: list[PlacedEdit] = []
    for edits in wanted:
        new = [edit for edit in dict.fromkeys(edits) if edit not in made]
        fits = all(_stands(edit, document) for edit in new)
        if fits and not any(_meet(edit, other) for edit in new for other in made):
            made += new
    made.sort(key=_position)
    texts = {name: document.text(name) for name in document.files}
    for name in {edit.place.file for edit in made}:
        texts[name] = _edited(texts[name], [edit for edit in made if edit.place.file == name])
    files = [read_text(text, name) for name, text in texts.items()]
    return Rewritten(Document(files, document.folder_problems), tuple(made))


def new_texts(document: Document, before: Document) -> Iterator[tuple[Path, str]]:
    """The files whose text differs from what it was before, each with all that is to stand in it.

    Raises UnwritableOutput where a file on disk is not what it was when it was read, UnreadableInput where it cannot be
    read any more.
    """
    for name in document.files:
        if document.text(name) == before.text(name):
            continue
        file = Path(name)
        standing = read_again(file)
        if standing.removeprefix(BYTE_ORDER_MARK) != before.text(name):
            raise UnwritableOutput(
                say("{file} was changed meanwhile, and is left as it is: run this once more", file=Written(name))
            )
        mark = BYTE_ORDER_MARK if standing.startswith(BYTE_ORDER_MARK) else ""
        yield file, mark + document.text(name)


def _position(edit: PlacedEdit) -> tuple[str, int, int]:
    return edit.place.file, edit.place.line, edit.place.column


def _stands(edit: PlacedEdit, document: Document) -> bool:
    """Whether the old words stand where the edit says."""
    line = document.line(edit.place.file, edit.place.line)
    return line.startswith(edit.old, edit.place.column - 1) and bool(edit.old)


def _meet(one: PlacedEdit, other: PlacedEdit) -> bool:
    """Whether two edits share a letter, or a spot."""
    if (one.place.file, one.place.line) != (other.place.file, other.place.line):
        return False
    first, second = sorted((one, other), key=_position)
    return second.place.column <= first.place.column - 1 + len(first.old)


def _edited(text: str, edits: Sequence[PlacedEdit]) -> str:
    """A file's text with edits made that do not meet, in their order."""
    starts = line_starts(text)
    pieces: list[str] = []
    done = 0
    for edit in edits:
        start = starts[edit.place.line - 1] + edit.place.column - 1
        pieces += (text[done:start], edit.new)
        done = start + len(edit.old)
    return "".join([*pieces, text[done:]])
