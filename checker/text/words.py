"""Where some words stand inside a text, which its file may have broken into lines."""

from __future__ import annotations

import re

from checker.text.tree import Span


def span_of_words(text: str, words: str, nth: int = 0) -> Span | None:
    """The `nth` of the places (counted from 0) where these words stand, by line and column of the text; None where
    there are not so many. Between two words there may be any space, also the end of a line.
    """
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    for number, found in enumerate(pattern.finditer(text)):
        if number == nth:
            return Span(*_position(text, found.start()), *_position(text, found.end()))
    return None


def _position(text: str, index: int) -> tuple[int, int]:
    line_start = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index), index - line_start


def moved(inside: Span, text: Span) -> Span:
    """A piece of a text, counted in the file that holds the text."""
    return Span(
        text.line + inside.line,
        inside.column + (text.column if inside.line == 0 else 0),
        text.line + inside.end_line,
        inside.end_column + (text.column if inside.end_line == 0 else 0),
    )
