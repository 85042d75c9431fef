"""Texts in files that people open with a spreadsheet program."""

from __future__ import annotations

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet program may take for a formula and work out (OWASP, CSV injection)."""


def harmless(text: str) -> str:
    """A cell's text that no spreadsheet program works out: an apostrophe before a formula makes it a plain text."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text
