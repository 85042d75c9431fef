"""What the theme's search reads of our pages: their words, without the tags and drawings that it would leave out.

The search takes every page apart tag by tag to find its headings, paragraphs and lists. Most tags of ours are neither,
and are gone before it begins. What it finds is the same, but for spaces.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

_SEARCH = "material/search"
_LEFT_OUT = re.compile(
    r"""<(svg|table)\b[^>]*\ data-search-exclude[^>]*>.*?</\1>  # drawings and tables lie in none of their kind
    |<span\ data-search-exclude>[^<]*</span>
    |<a\ class="headerlink"[^>]*>[^<]*</a>""",
    re.VERBOSE | re.DOTALL,
)
_STILL_LEFT_OUT = re.compile(r"<([a-z0-9]+)\b[^>]* data-search-exclude")
_MEAN_NOTHING = (
    *(
        "a",
        "abbr",
        "b",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "small",
        "span",
        "strong",
        "summary",
    ),
    *("caption", "table", "tbody", "td", "th", "thead", "tr"),
    *("circle", "desc", "g", "line", "path", "polyline", "rect", "svg", "text", "title"),
)
"""Elements whose words count, but not that they are in them."""
_SPACES = re.compile(r"\s+")


def lighten(config: MkDocsConfig, ours: Container[str]) -> None:
    """Hands the search less of the pages with these paths; to everybody else they stay as they are."""
    search = config.plugins.get(_SEARCH)
    listeners = config.plugins.events["page_context"]
    for number, listener in enumerate(listeners):
        if search is not None and getattr(listener, "__self__", None) is search:
            listeners[number] = _Lightened(listener, ours)


class _Lightened:
    """The search as a listener of mkdocs."""

    def __init__(self, listener: Any, ours: Container[str]) -> None:
        self._listener = listener
        self._ours = ours

    def __call__(self, context: Any, *, page: Page, **others: Any) -> Any:
        if page.content is None or page.file.src_uri not in self._ours:
            return self._listener(context, page=page, **others)
        whole, page.content = page.content, read(page.content)
        try:
            return self._listener(context, page=page, **others)
        finally:
            page.content = whole


def read(html: str) -> str:
    """A page of ours as the search reads it."""
    text = _LEFT_OUT.sub("", html)
    # what is left out as a whole needs its tags, and so do all of its name, which could end it
    kept = set(_STILL_LEFT_OUT.findall(text))
    return _SPACES.sub(
        " ", re.sub(rf"</?(?:{'|'.join(name for name in _MEAN_NOTHING if name not in kept)})\b[^>]*>", "", text)
    )
