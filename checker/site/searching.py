"""What the theme's search is told, and what it lacks."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from checker.site.configuration import FIELDS, SEPARATOR

_REPAIR = Path(__file__).parent / "templates" / "search.js"
_WORKER = "assets/javascripts/workers/search.*.min.js"
"""The script of the theme that searches; its name has the checksum of its text."""


def search_of(config: MkDocsConfig) -> Any:
    """The plugin that searches; None where the site has none."""
    return config.plugins.get("material/search") or config.plugins.get("search")


def tune(config: MkDocsConfig) -> None:
    """Tells the search what parts words and what weighs how much, where the company says nothing of it itself."""
    search = search_of(config)
    if search is None or "fields" not in search.config:
        return
    search.config["separator"] = search.config["separator"] or SEPARATOR
    if search.config["pipeline"] is None:
        # every word counts: those that are common in one language are ids and whole sentences in another
        search.config["pipeline"] = []
    search.config["fields"] = {**FIELDS, **search.config["fields"]}


def repair(files: Files) -> None:
    """Adds to the theme's script what mends a fault of the library in it."""
    for file in files:
        if fnmatch(file.src_uri, _WORKER):
            file.content_string = f"{file.content_string}\n{_REPAIR.read_text(encoding='utf-8')}"
