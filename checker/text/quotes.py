"""Texts in quotes, as a line of a file."""

from __future__ import annotations

import re

_LINE_END = re.compile(r"[ \t]*(?:\r\n|[\n\r\x85\u2028\u2029])[ \t]*")


def one_line(text: str) -> str:
    """A text with a space for each line end, as the reader reads it."""
    return _LINE_END.sub(" ", text).strip(" \t")


def quoted(text: str) -> str:
    """A text between quotes that need no escapes: double ones, or single ones where it holds double ones."""
    flat = one_line(text)
    if '"' not in flat and "\\" not in flat:
        return f'"{flat}"'
    return "'" + flat.replace("'", "''") + "'"
