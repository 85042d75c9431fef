"""The story of one lead as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from checker.report.markdown_text import markdown_text
from checker.report.story_words import StoryWords


def story_markdown(words: StoryWords) -> str:
    """The story: a heading a part, an item a line."""
    return "\n".join(_lines(words)) + "\n"


def _lines(words: StoryWords) -> Iterator[str]:
    yield f"## {markdown_text(words.title())}"
    yield ""
    yield markdown_text(words.subtitle())
    for section in words.sections():
        yield ""
        yield f"### {markdown_text(section.heading)}"
        yield ""
        for line, told in section.lines:
            yield f"- {markdown_text(line)}"
            yield from (f"    - {markdown_text(each)}" for each in told)
