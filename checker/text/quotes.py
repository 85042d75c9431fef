"""Texts in quotes, as a line of a file."""

from __future__ import annotations


def one_line(text: str) -> str:
    """A text with its line ends and runs of spaces made one space each, as the reader does."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """A text between quotes that need no escapes: double ones, or single ones where it holds double ones."""
    flat = one_line(text)
    if '"' not in flat and "\\" not in flat:
        return f'"{flat}"'
    return "'" + flat.replace("'", "''") + "'"
