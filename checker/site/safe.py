"""The one escape for every value that stands on a page, and names that are safe as addresses.

A value may come to stand in a paragraph, a heading, a table, an attribute or a drawing, and is read by an HTML parser
and by any extension of Markdown that a company has switched on. Escaping `<` and `&` alone lets links, emoji codes,
snippets and template braces through. So every ASCII punctuation mark becomes a numeric character reference (see
`checker.report.plain_text`): nothing that gives a text a meaning beyond its letters is left.
"""

from __future__ import annotations

from markupsafe import Markup

from checker.report.plain_text import letters_only, plain, safe_address, slug, slugs

__all__ = ["escaped", "safe", "safe_url", "slug", "slugs"]


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
    return Markup(letters_only(text))


def safe_url(address: str) -> Markup:
    """An address for a link: http, https or mailto. Anything else leads nowhere (`#`)."""
    return Markup(safe_address(address))
