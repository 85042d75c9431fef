"""Changes: every version of the agreement, from when, who signed it, what it changed for whom, and what is pending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from checker.change import Change, Changelog, Chapter
from checker.finding import Path
from checker.report.change_words import for_whom
from checker.report.changelog_words import following, headline, renewal, rest, signatures, told
from checker.site.basis import Basis
from checker.site.page import Page
from checker.site.safe import slug
from checker.site.where import page_that_tells

PATH = "changes.md"


@dataclass(frozen=True)
class Changed:
    """A change: what it is, for whom, what follows from it, and the page that tells how it is now (None: no page).

    `path` is what of the agreement it is about.
    """

    said: Markup
    whom: Markup
    follows: tuple[Markup, ...]
    href: Markup | None
    path: Path


@dataclass(frozen=True)
class Version:
    """A version, or what is pending since the last one."""

    anchor: str
    title: Markup
    is_pending: bool
    facts: tuple[Markup, ...]
    why: str
    changed: tuple[Changed, ...]
    rest: Markup


def changes(basis: Basis, changelog: Changelog | None) -> Page | None:
    """The page; None where nothing was released yet."""
    if changelog is None or not changelog.chapters:
        return None
    upcoming = following(changelog)
    return basis.page(
        PATH,
        "changes.md.j2",
        basis.voice.gettext("Changes"),
        ("agreement",),
        menu=basis.voice.gettext("Every version"),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        versions=[_version(basis, chapter) for chapter in changelog.chapters],
        following=Markup("") if upcoming is None else basis.voice.say(upcoming),
    )


def _version(basis: Basis, chapter: Chapter) -> Version:
    remainder = rest(chapter)
    return Version(
        Markup("pending" if chapter.version is None else f"version-{slug(chapter.version)}"),
        basis.voice.say(headline(chapter)),
        chapter.version is None,
        tuple(_facts(basis, chapter)),
        chapter.why,
        tuple(_changed(basis, change) for change in told(chapter)),
        Markup("") if remainder is None else basis.voice.say(remainder),
    )


def _facts(basis: Basis, chapter: Chapter) -> Iterator[Markup]:
    for fact in (signatures(chapter), renewal(chapter)):
        if fact is not None:
            yield basis.voice.say(fact)


def _changed(basis: Basis, change: Change) -> Changed:
    spoken = basis.voice.say
    follows = [*change.follows, *([change.means] if change.means is not None else [])]
    return Changed(
        spoken(change.message),
        spoken(for_whom(change)),
        tuple(map(spoken, follows)),
        page_that_tells(basis.agreement, change.path),
        change.path,
    )
