"""A `mkdocs.yml` for a folder with an agreement: all that its site needs, and nothing from other hosts."""

from __future__ import annotations

import json
from pathlib import Path

TEMPLATE = Path(__file__).parent / "templates" / "mkdocs.yml"
STEMMED = {"en": "en", "pt-BR": "pt", "es": "es", "it": "it"}
"""Language -> what the search calls it. It knows no Polish: there, words are found only as they are written."""


def mkdocs_config(
    name: str,
    *,
    agreement: str = "sla",
    results: str = "build/results.json",
    pages: str = "docs",
    language: str = "en",
    repository: str | None = None,
    is_served: bool = True,
) -> str:
    """The text of a `mkdocs.yml`.

    name: the site's name, in every page's head
    agreement, results, pages: paths as seen from the file; `pages` is the folder of the company's own pages
    repository: the address of the repository, for the edit buttons; without it there are none
    is_served: False for pages that are opened as files: their links then name files, not folders
    """
    values = {
        "NAME": name,
        "AGREEMENT": agreement,
        "RESULTS": results,
        "PAGES": pages,
        "LANGUAGE": language,
        "THEME_LANGUAGE": language,
        "SEARCH": STEMMED.get(language, "en"),
        "REPOSITORY": repository,
        "SERVED": is_served,
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for key, value in values.items():
        # What JSON writes, YAML reads: no name can break out of its quotes.
        text = text.replace(f"<{key}>", json.dumps(value, ensure_ascii=False))
    return text
