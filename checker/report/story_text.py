"""The story of one lead at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from checker.report.story_words import StoryWords
from checker.report.terminal import Paint, Style, printable


def story_text(words: StoryWords, *, has_colour: bool = False) -> str:
    """The story, part by part."""
    return "\n".join(_lines(words, Paint(has_colour))) + "\n"


def _lines(words: StoryWords, paint: Paint) -> Iterator[str]:
    yield paint(printable(words.title()), Style.STRONG)
    yield paint(printable(words.subtitle()), Style.QUIET)
    for section in words.sections():
        yield ""
        yield paint(printable(section.heading), Style.STRONG)
        for line, told in section.lines:
            yield f"  {printable(line)}"
            yield from (f"      {printable(each)}" for each in told)
