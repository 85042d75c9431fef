"""Texts in the lines of a drawing, which breaks none by itself."""

from __future__ import annotations

from textwrap import wrap

from markupsafe import Markup

from checker.report.plain_text import plain
from checker.site.safe import escaped

LINE = 46
"""Letters in a line of a drawn window."""


def wrapped(text: str, most: int = LINE, lines: int = 4) -> list[Markup]:
    """A text cut into lines of at most so many letters; what does not fit ends in an ellipsis."""
    words = text.striptags() if isinstance(text, Markup) else text
    found = wrap(plain(words), most, max_lines=lines, placeholder=" …") or [""]
    return [escaped(line) for line in found]
