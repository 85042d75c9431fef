"""A site in several languages: one build for each, with links between them, and the theme and search of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from checker.language import language_named, unknown_language, words
from checker.message import Message, say
from checker.site.configuration import STEMMED
from checker.site.searching import search_of

OWN_NAMES = {"en": "English", "pt-BR": "Português", "es": "Español", "it": "Italiano", "pl": "Polski"}
"""Language -> what its speakers call it."""
_LANGUAGE = re.compile(r'<html lang="[^"]*"')
_TOGGLES: Mapping[str, Message] = {"Dark": say("Dark"), "Light": say("Light")}
"""What the configuration that we write calls the two colour schemes; a company's own words stay."""


def known(asked: str) -> str:
    """The language that an option asks for; empty where it asks for none. Raises PluginError for an unknown one."""
    if not asked:
        return ""
    language = language_named(asked)
    if language is None:
        raise PluginError(words().say(unknown_language(asked)))
    return language


def speak(config: MkDocsConfig, language: str) -> None:
    """Lets the theme and the search speak a language."""
    config.theme["language"] = language
    for palette in config.theme.get("palette") or ():
        toggle = palette.get("toggle") if isinstance(palette, dict) else None
        if isinstance(toggle, dict) and toggle.get("name") in _TOGGLES:
            toggle["name"] = words(language).say(_TOGGLES[toggle["name"]])
    toc = config.mdx_configs.setdefault("toc", {})
    toc.setdefault("permalink_title", words(language).say(say("Permanent link")))
    search = search_of(config)
    if search is not None:
        search.config["lang"] = [STEMMED.get(language, STEMMED["en"])]


def named(output: str, language: str) -> str:
    """A page that says its language by its whole code: the theme calls Brazilian Portuguese just Portuguese."""
    return _LANGUAGE.sub(f'<html lang="{language}"', output, count=1)


def link_languages(extra: MutableMapping[str, Any], languages: Sequence[str], here: str) -> None:
    """Sets the theme's links to a page in the other languages. Each language is built into a folder of its own name,
    beside the others; `here` is the page's address within it, the same in each.
    """
    extra["alternate"] = [
        {"name": OWN_NAMES[language], "link": f"../{language}/{here}", "lang": language} for language in languages
    ]
