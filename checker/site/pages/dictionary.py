"""The dictionary: the stages, the other words that both teams use in one sense, and the words to avoid."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from checker.site.basis import Basis
from checker.site.page import Page
from checker.site.safe import slug, slugs

PATH = "dictionary.md"


@dataclass(frozen=True)
class Stage:
    """A stage as a word: `key` is its name in the agreement, `slug` its id on the page of the criteria."""

    key: str
    id: str
    slug: str
    name: str
    means: str


@dataclass(frozen=True)
class Word:
    """A word and its meaning."""

    id: str
    name: str
    means: str
    also: Markup


@dataclass(frozen=True)
class Avoided:
    """A word, and what to say instead."""

    name: str
    instead: str


def dictionary(basis: Basis) -> Page:
    """The page."""
    agreement, names = basis.agreement, basis.names
    written = agreement.sections.dictionary or {}
    ids = slugs(written)
    stages = [
        Stage(name, f"stage-{slug(name)}", slug(name), names.stage(name), names.prose(stage.means))
        for name, stage in agreement.stages.items()
    ]
    terms = [
        Word(
            f"word-{ids[name]}",
            name,
            names.prose(term.means),
            basis.voice.names(term.also_called) if term.also_called else Markup(""),
        )
        for name, term in written.items()
    ]
    avoided = [Avoided(word, instead) for word, instead in (agreement.sections.words_to_avoid or {}).items()]
    return basis.page(
        PATH,
        "dictionary.md.j2",
        basis.voice.gettext("Dictionary"),
        ("dictionary",),
        tooltips=False,
        stages=stages,
        terms=sorted(terms, key=lambda word: word.name.casefold()),
        avoid=avoided,
    )
