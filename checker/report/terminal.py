"""Text for a terminal: colours, widths, and nothing that could play tricks on the reader.

Whatever comes out of an agreement or of data may hold escape sequences and characters that turn the direction of
writing round; none of them reaches the screen.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

_INSTEAD = "\ufffd"
_TAB = "    "
_CUT = "…"


class Style(Enum):
    """How a piece of text is set off where the terminal knows colours."""

    ERROR = "1;31"
    WARNING = "1;33"
    INFO = "1;36"
    STRONG = "1"
    QUIET = "2"
    GOOD = "32"


@dataclass(frozen=True, slots=True)
class Paint:
    """Sets text off, or leaves it as it is."""

    has_colour: bool = False

    def __call__(self, text: str, style: Style) -> str:
        """The text, in a colour where there are colours."""
        return f"\x1b[{style.value}m{text}\x1b[0m" if self.has_colour and text else text


def printable(text: str) -> str:
    """A text without control characters and without marks of direction; a tab is four spaces, a line end one."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character == "\t":
        return _TAB
    if character in "\r\n":
        return " "
    return _INSTEAD if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else character


def width(text: str) -> int:
    """How many columns a printable text takes: East Asian letters take two, combining accents none."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@dataclass(frozen=True, slots=True)
class Quoted:
    """A line of a file as it is shown, and where its marked piece stands in it, in columns from 0."""

    text: str
    start: int
    columns: int


def quote(line: str, start: int, end: int, most: int = 110) -> Quoted:
    """A line with the piece from `start` to `end` (counted from 0) marked; cut to `most` columns around the piece."""
    before, marked, after = (printable(part) for part in (line[:start], line[start:end], line[end:].rstrip()))
    if width(before + marked + after) > most:
        marked = _first_columns(marked, most // 2)
        before = _last_columns(before, most // 4)
        after = _first_columns(after, max(most - width(before) - width(marked), 0))
    return Quoted(before + marked + after, width(before), max(width(marked), 1))


def _first_columns(text: str, most: int) -> str:
    if width(text) <= most:
        return text
    kept = ""
    taken = 1
    for character in text:
        taken += _columns(character)
        if taken > most:
            break
        kept += character
    return kept + _CUT


def _last_columns(text: str, most: int) -> str:
    if width(text) <= most:
        return text
    return _first_columns(text[::-1], most)[::-1]
