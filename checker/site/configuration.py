"""A `mkdocs.yml` for a folder with an agreement: all that its site needs, and nothing from other hosts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_PLUGIN = """- sla:
      agreement: <AGREEMENT>
      results: <RESULTS>
      language: !ENV [SLA_LANGUAGE, <LANGUAGE>]
      # languages: [en, pt-BR] # a switch between builds of several languages, each in a folder of its own
      edit: edit/main/{path}#L{line} # GitHub's; GitLab: -/edit/main/{path}#L{line}
"""
_SEARCH = """      lang: <SEARCH>
      separator: <SEPARATOR>
      pipeline: [] # every word counts, the common ones of a sentence, too
      fields: <FIELDS>
"""
SEPARATOR = r"""[\s\u200b\-_(){}\[\]"“”„«»‘’'/=!?;·…→–—]+|[.,:](?!\d)|&(?:[lg]t|amp);"""
"""What parts two words for the search: also quotes, brackets and the signs at the end of a sentence."""
FIELDS: Mapping[str, Mapping[str, float]] = {"tags": {"boost": 1}}
"""What weighs how much for the search. By itself a tag weighs a million words: whoever typed a sentence with the word
“sales” was led to every page that is tagged so, and to its own among the last.
"""
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
        "AGREEMENT": agreement,
        "RESULTS": results,
        "LANGUAGE": language,
        **_site(name, pages, language, repository, is_served=is_served),
    }
    return _filled(TEMPLATE.read_text(encoding="utf-8").replace("<PLUGIN>\n", _PLUGIN), values)


def exported_config(
    name: str, *, language: str, repository: str | None, nav: Sequence[Mapping[str, Any]], style: str
) -> str:
    """The text of a `mkdocs.yml` for pages that were made before: the same site without our plugin.

    nav: the menu, as mkdocs reads it
    style: our style sheet, as seen from the folder of the pages
    """
    text = TEMPLATE.read_text(encoding="utf-8").replace("  <PLUGIN>\n", "")
    text = text.replace("      lang: <SEARCH>\n", _SEARCH)
    values = {
        **_site(name, "docs", language, repository, is_served=False),
        "NAV": list(nav),
        "STYLE": [style],
        "SEPARATOR": SEPARATOR,
        "FIELDS": FIELDS,
    }
    # a page's line is named on it: the theme's button would open the page that was made
    return _filled(f'{text}\nedit_uri: ""\nextra_css: <STYLE>\nnav: <NAV>\n', values)


def _site(name: str, pages: str, language: str, repository: str | None, *, is_served: bool) -> dict[str, Any]:
    return {
        "NAME": name,
        "PAGES": pages,
        "THEME_LANGUAGE": language,
        "SEARCH": STEMMED.get(language, "en"),
        "REPOSITORY": repository,
        "SERVED": is_served,
    }


def _filled(text: str, values: Mapping[str, Any]) -> str:
    for key, value in values.items():
        # What JSON writes, YAML reads: no name can break out of its quotes.
        text = text.replace(f"<{key}>", json.dumps(value, ensure_ascii=False))
    return text
