"""Texts that mean nothing but their letters: without what cannot be seen, with marks of markup as references.

Whatever comes out of an agreement may hold control characters, marks that turn the direction of writing, markup, and
words longer than any screen. Pages and comments are made of such texts; each of them knows which marks mean something
where it is read.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from string import punctuation
from urllib.parse import urlsplit

SCHEMES = ("http", "https", "mailto")
LONGEST_ADDRESS = 80

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


_REFERENCES = references(punctuation)


def letters_only(text: str) -> str:
    """A text of one line in which every ASCII punctuation mark is a reference, and words beyond 40 letters may break.

    Nothing that gives it a meaning beyond its letters is left, for HTML and for any extension of Markdown.
    """
    return breakable(text).translate(_REFERENCES)


def safe_address(address: str) -> str:
    """An address for a link in HTML: http, https or mailto. Anything else leads nowhere (`#`)."""
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return "#"
    if scheme not in SCHEMES or any(letter.isspace() or not letter.isprintable() for letter in address):
        return "#"
    return address.translate(_REFERENCES)


def slug(text: str) -> str:
    """Small letters, digits and hyphens: an id on a page, or a part of an address; `x` where nothing is left.

    A text that is cut ends in a checksum, so that two long names stay two addresses.
    """
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9_]+", "-", letters).strip("-") or "x"
    if len(name) <= LONGEST_ADDRESS:
        return name
    return f"{name[: LONGEST_ADDRESS - 9]}-{zlib.crc32(name.encode()):08x}"


def slugs(texts: Iterable[str]) -> dict[str, str]:
    """Each text and a slug of its own: where two would be alike, the later one is numbered."""
    given: dict[str, str] = {}
    for text in texts:
        name = slug(text)
        number = 2
        while name in given.values():
            name = f"{slug(text)}-{number}"
            number += 1
        given.setdefault(text, name)
    return given
