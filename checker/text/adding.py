"""Keys added to an agreement's text, laid out as those beside them; every letter that stands there stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from checker.errors import UnwritableOutput
from checker.finding import Path, PlacedEdit
from checker.message import Written, say
from checker.text.document import Document
from checker.text.file import read_text
from checker.text.rewriting import rewritten
from checker.text.source import line_starts
from checker.text.writing import key_text, scalar

Block: TypeAlias = Mapping[str, Any]
"""Keys and what stands behind them: texts, numbers, or more of the same."""
_INDENT = "  "


def added(document: Document, path: Path, value: Any, near: Path = ()) -> Document:
    """The agreement with a new key, at the end of the mapping that it belongs to, which must be there.

    A key of the top level goes to the end of the file that holds `near`. Raises UnreadableInput where the new text
    breaks a limit, UnwritableOutput where the mapping has no place for a key.
    """
    *parent, key = path
    mapping = tuple(parent)
    if not mapping:
        file = document.file_of(near)
        return _with_lines(document, file, len(document.lines(file)), ["", *_lines(str(key), value, "")])
    values = _value(document.values, mapping)
    if not isinstance(values, Mapping) or not values:
        raise UnwritableOutput(
            say(
                "nothing can be added under {key}, because nothing stands there yet: write one line or remove it",
                key=Written(".".join(map(str, mapping))),
            )
        )
    first, last = (*mapping, next(iter(values))), (*mapping, next(reversed(values)))
    if document.in_braces(mapping):
        old = document.written(last)
        edit = PlacedEdit(document.place(last), old, f"{old}, {key_text(str(key))}: {_short(value)}", None, False)
        return made(document, [edit])
    column = document.place(first, "key").column - 1
    lines = _lines(str(key), value, " " * column)
    return _with_lines(document, document.file_of(mapping), document.last_line(last), lines)


def made(document: Document, edits: Sequence[PlacedEdit]) -> Document:
    """The agreement with edits, all of them. Raises UnwritableOutput where the text does not allow one."""
    result = rewritten(document, [[edit] for edit in edits])
    lost = [edit for edit in edits if edit not in result.made]
    if lost:
        raise UnwritableOutput(
            say("this line cannot be rewritten by a program: write it on one line, as in `2027-01: 30`"), lost[0].place
        )
    return result.document


def line_end(document: Document, file: str) -> str:
    """How the lines of a file end."""
    return "\r\n" if "\r\n" in document.text(file) else "\n"


def _lines(key: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, Mapping):
        inner = [line for name, item in value.items() for line in _lines(str(name), item, indent + _INDENT)]
        return [f"{indent}{key_text(key)}:", *inner]
    return [f"{indent}{key_text(key)}: {scalar(value)}"]


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_text(str(key))}: {_short(item)}" for key, item in value.items()) + "}"
    return scalar(value)


def _value(values: Any, path: Path) -> Any:
    for step in path:
        values = values.get(step) if isinstance(values, Mapping) else None
    return values


def _with_lines(document: Document, file: str, after: int, lines: Sequence[str]) -> Document:
    """The agreement with lines added to a file behind one of its lines (counted from 1)."""
    text, end = document.text(file), line_end(document, file)
    starts = line_starts(text)
    if after < len(starts):
        begin = starts[after]
        whole = text[:begin] + "".join(line + end for line in lines) + text[begin:]
    else:
        kept = text.rstrip("\r\n")
        whole = kept + end + "".join(line + end for line in lines)
    texts = {name: document.text(name) for name in document.files} | {file: whole}
    return Document([read_text(each, name) for name, each in texts.items()], document.folder_problems)
