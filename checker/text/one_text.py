"""An agreement of several files as one text, as people wrote it: with their remarks, in the order of the files."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from checker.text.document import Document
from checker.text.folder import parse
from checker.text.writing import yaml_text


def one_text(document: Document, left_out: Container[str], first: Mapping[str, Any]) -> str:
    """A text that reads as all sections of a document but those left out, behind those of `first`.

    Where pasting lines together would not read the same (sections in braces on one line, say), everything is written
    anew, and remarks are lost.
    """
    wanted = {**first, **{key: value for key, value in document.values.items() if key not in left_out}}
    pieces = [yaml_text(first), *(piece for file in document.files if (piece := _kept(document, file, left_out)))]
    pasted = "\n".join(pieces)
    again = parse(pasted)
    if again.values == wanted and list(again.values) == list(wanted) and not again.problems:
        return pasted
    return yaml_text(wanted)


def _kept(document: Document, file: str, left_out: Container[str]) -> str:
    """A file's lines without those of the sections that are left out; empty where nothing remains."""
    lines = document.lines(file)
    starts = sorted(
        (document.place((key,), "key").line - 1, key) for key in document.values if document.file_of((key,)) == file
    )
    if all(key in left_out for _, key in starts):
        return ""
    dropped: set[int] = set()
    for number, (start, key) in enumerate(starts):
        if key in left_out:
            following = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
            # remarks right above a section belong to it
            end = following if number + 1 == len(starts) else _first_remark(lines, following)
            dropped.update(range(_first_remark(lines, start) if number else start, end))
    return "\n".join(line for number, line in enumerate(lines) if number not in dropped).strip("\n") + "\n"


def _first_remark(lines: tuple[str, ...], start: int) -> int:
    """The first of the lines with remarks right above a line; the line itself where there are none."""
    while start > 0 and lines[start - 1].startswith("#"):
        start -= 1
    return start
