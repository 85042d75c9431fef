"""Texts that mean nothing but their letters: without what cannot be seen, with marks of markup as references.

Whatever comes out of an agreement may hold control characters, marks that turn the direction of writing, markup, and
words longer than any screen. Pages and comments are made of such texts; each of them knows which marks mean something
where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the order of what follows them; `dir="auto"` serves right-to-left names without them."""
_ALWAYS_GONE = re.compile(f"[{_DIRECTIONS}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LONG_WORD = re.compile(r"\S{41,}")
_PIECE = 40
_MAY_BREAK = "\u200b"


def plain(text: str) -> str:
    """A text on one line, without what cannot be seen."""
    return " ".join(_ALWAYS_GONE.sub("", text).split())


def breakable(text: str) -> str:
    """A text in which a word longer than any real one may be broken: only such words are."""
    return _LONG_WORD.sub(lambda word: _MAY_BREAK.join(_pieces(word[0])), text)


def _pieces(word: str) -> Iterable[str]:
    return (word[start : start + _PIECE] for start in range(0, len(word), _PIECE))


def shortened(text: str, most: int) -> str:
    """A text of at most `most` characters; what is cut ends in an ellipsis."""
    text = plain(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def references(marks: str) -> dict[int, str]:
    """For `str.translate`: each of these marks as a numeric character reference, which HTML and Markdown both read."""
    return {ord(mark): f"&#{ord(mark)};" for mark in marks}
