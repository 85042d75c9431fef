"""The history of an agreement for people: at a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from checker.change import Changelog, Chapter
from checker.message import Message
from checker.report.changelog_words import (
    change_line,
    following,
    headline,
    nothing,
    renewal,
    rest,
    signatures,
    told,
)
from checker.report.markdown_text import markdown_text
from checker.report.terminal import Paint, Style, printable

if TYPE_CHECKING:
    from checker.language import Words


def changelog_text(changelog: Changelog, words: Words, *, has_colour: bool = False) -> str:
    """Version by version, the newest first."""
    paint = Paint(has_colour)

    def spoken(message: Message) -> str:
        return printable(words.say(message))

    blocks = [
        "\n".join([paint(spoken(headline(chapter)), Style.STRONG), *_body(chapter, changelog, spoken, printable, "  ")])
        for chapter in changelog.chapters
    ]
    return "\n\n".join(blocks or [spoken(nothing())]) + "\n"


def changelog_markdown(changelog: Changelog, words: Words) -> str:
    """A page with a heading a version."""

    def spoken(message: Message) -> str:
        return markdown_text(words.say(message))

    blocks = [f"# {markdown_text(changelog.title)}"]
    for chapter in changelog.chapters:
        lines = list(_body(chapter, changelog, spoken, markdown_text, "- "))
        blocks.append("\n".join([f"## {spoken(headline(chapter))}", "", *lines]))
    return "\n\n".join(blocks if changelog.chapters else [*blocks, spoken(nothing())]) + "\n"


def _body(
    chapter: Chapter,
    changelog: Changelog,
    spoken: Callable[[Message], str],
    as_text: Callable[[str], str],
    start: str,
) -> Iterator[str]:
    said = [signatures(chapter), renewal(chapter)]
    yield from (f"{start}{spoken(message)}" for message in said if message is not None)
    if chapter.why:
        yield f"{start}{as_text(chapter.why)}"
    yield from (f"{start}{spoken(change_line(change))}" for change in told(chapter))
    ending = [rest(chapter), following(changelog) if chapter.version is None else None]
    yield from (f"{start}{spoken(message)}" for message in ending if message is not None)
