"""The one escape for every value that stands on a page, and names that are safe as addresses.

A value may come to stand in a paragraph, a heading, a table, an attribute or a drawing, and is read by an HTML parser
and by any extension of Markdown that a company has switched on. Escaping `<` and `&` alone lets links, emoji codes,
snippets and template braces through. So every ASCII punctuation mark becomes a numeric character reference: nothing
that gives a text a meaning beyond its letters is left.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from string import punctuation
from urllib.parse import urlsplit

from markupsafe import Markup

from checker.report.plain_text import breakable, plain, references

SCHEMES = ("http", "https", "mailto")
LONGEST_ADDRESS = 80
_REFERENCES = references(punctuation)


def safe(value: object) -> Markup:
    """A value as text that means nothing but its letters, for every place of a page.

    What is markup already (made by a template) passes. White space becomes single spaces; control characters and
    marks of direction disappear; words of more than 40 characters may be broken.
    """
    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup("")
    return escaped(plain(str(value)))


def escaped(text: str) -> Markup:
    """A text of one line with its marks as references; spaces at its ends stay."""
    return Markup(breakable(text).translate(_REFERENCES))


def safe_url(address: str) -> Markup:
    """An address for a link: http, https or mailto. Anything else leads nowhere (`#`)."""
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return Markup("#")
    if scheme not in SCHEMES or any(letter.isspace() or not letter.isprintable() for letter in address):
        return Markup("#")
    return Markup(address.translate(_REFERENCES))


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
