"""Texts of an agreement inside Markdown that GitHub or GitLab renders: they stay letters.

Both read the text twice. First as Markdown, which character references quieten. Then the finished page is searched for
`@names`, `#numbers`, `:smileys:`, addresses and the like, which only a character without width between the sign and the
word prevents. Values that somebody may want to copy stand in code, where neither happens.
"""

from __future__ import annotations

import re

from checker.report.plain_text import breakable, references, shortened
from checker.report.terminal import printable

MOST = 600
"""A longer text is cut: the whole stands in the file."""

_MARKUP = references("\\`*_{}[]<>#!|&~$^")
"""What means something inside a line; a text of an agreement never begins one."""
_SIGNS = re.compile(r"(?<=[@#!%~$&^])(?=\w)|(?<=:)(?=[\w+-]+:)|(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
_NO_WIDTH = "\u200b"


def markdown_text(text: str, most: int = MOST) -> str:
    """A text on one line, for a paragraph, a list, a link's words or HTML between two tags."""
    return _SIGNS.sub(_NO_WIDTH, breakable(shortened(printable(text), most))).translate(_MARKUP)


def code_span(text: str, most: int = MOST) -> str:
    """A piece of an agreement as code within a line."""
    text = shortened(printable(text), most)
    if not text:
        return ""
    fence = _fence(text, 1)
    space = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{space}{text}{space}{fence}"


def code_block(lines: list[str]) -> str:
    """Lines as a block of code; they are printable already."""
    fence = _fence("\n".join(lines), 3)
    return "\n".join([f"{fence}text", *lines, fence])


def _fence(text: str, least: int) -> str:
    """More backticks than the text has in a row."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)
