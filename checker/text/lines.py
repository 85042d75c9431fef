"""One line as people write it, looked at without the reader: used where the reader has given up.

Columns count from 0. Nothing here is exact for every YAML file; a repair that is built on it is tried before anybody
hears of it (`checker.text.recovery`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ENTRY = re.compile(
    r"""(?P<indent>\s*)
        (?P<dashes>(?:-[ ]+)*)
        (?:(?P<key>"(?:[^"\\]|\\.)*" | '(?:[^']|'')*' | [^\s"'\[\]{}#,] [^#]*?)
           [ ]*:(?:[ \t]+|$))?
        (?P<value>.*?)
        (?P<remark>[ \t]+\#(?:[\s#=*~_-].*)?)?
        \s*\Z""",
    re.VERBOSE,
)
_NEXT_KEY = re.compile(r",\s*[a-z][a-z0-9_-]*:(?:\s|\Z)")
_OPENERS = {"{": "}", "[": "]"}


class Piece(NamedTuple):
    """A part of a line."""

    start: int
    end: int
    text: str


class Entry(NamedTuple):
    """A line outside braces: what stands before the colon and behind it, without the remark at its end."""

    indent: int
    has_dash: bool
    key: Piece | None
    value: Piece


def entry(line: str) -> Entry:
    """Takes a line apart: `  - name: Ana  # seller` has a dash, the key `name` and the value `Ana`."""
    match = _ENTRY.match(line)
    assert match is not None
    key = Piece(match.start("key"), match.end("key"), match["key"]) if match["key"] is not None else None
    value = Piece(match.start("value"), match.end("value"), match["value"])
    return Entry(len(match["indent"]), bool(match["dashes"]), key, value)


def opened(text: str) -> str:
    """The signs that would close what a text leaves open: `{a: [b` -> `]}`."""
    closers: list[str] = []
    position = 0
    while position < len(text):
        sign = text[position]
        if sign in _OPENERS:
            closers.append(_OPENERS[sign])
        elif closers and sign == closers[-1]:
            closers.pop()
        elif sign in "\"'" and closers and text[:position].rstrip()[-1:] in "{[,:":
            position = end_of_quoted(text, position) - 1
        position += 1
    return "".join(reversed(closers))


def end_of_quoted(text: str, start: int) -> int:
    """Where the quoted text that begins at `start` ends (exclusive); the end of the line where it is never closed."""
    quote = text[start]
    position = start + 1
    while position < len(text):
        if text[position] == "\\" and quote == '"':
            position += 1
        elif text[position] == quote:
            if quote == "'" and text[position + 1 : position + 2] == "'":
                position += 1
            else:
                return position + 1
        position += 1
    return len(text)


def piece_in_braces(line: str, start: int, column: int) -> Piece | None:
    """The text inside braces or brackets that holds a column, as its writer meant it; the braces begin at `start`.

    It ends where the brackets close or where the next `, key: ` begins; in a list, at the next comma.
    """
    levels: list[tuple[str, int]] = []
    has_key = False
    began = start
    position = start
    while position < len(line) and position <= column:
        sign = line[position]
        if sign in _OPENERS:
            levels.append((sign, position))
            began, has_key = position + 1, False
        elif sign in "}]" and levels and position < column:
            levels.pop()
        elif sign == "," and position < column:
            if not levels or levels[-1][0] == "[" or _NEXT_KEY.match(line, position):
                began, has_key = position + 1, False
        elif sign == ":" and not has_key and line[position + 1 : position + 2] in (" ", "\t") and position < column:
            began, has_key = position + 1, True
        elif sign in "\"'" and not line[began:position].strip():
            end = end_of_quoted(line, position)
            if line[end:].lstrip()[:1] in (",", "}", "]", ":") and end <= column:
                position = end - 1
        position += 1
    if not levels:
        return None
    end = _end_in_braces(line, began, levels[-1][0] == "[")
    text = line[began:end]
    first = began + len(text) - len(text.lstrip())
    return Piece(first, began + len(text.rstrip()), text.strip())


def _end_in_braces(line: str, start: int, in_list: bool) -> int:
    depth = 0
    position = start
    while position < len(line):
        sign = line[position]
        if sign in _OPENERS:
            depth += 1
        elif sign in "}]":
            if depth == 0:
                return position
            depth -= 1
        elif sign == "," and depth == 0 and (in_list or _NEXT_KEY.match(line, position)):
            return position
        position += 1
    return len(line.rstrip())
