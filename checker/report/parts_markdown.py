"""Parts of a page as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.language import Words
from checker.message import Message
from checker.report.markdown_text import markdown_text
from checker.report.parts import Page, Part, Table


def page_markdown(page: Page, words: Words) -> str:
    """The page: a heading of the second level, and below it one for each part."""
    return "\n".join(_Writer(words).page(page)) + "\n"


class _Writer:
    def __init__(self, words: Words) -> None:
        self._words = words

    def page(self, page: Page) -> Iterator[str]:
        yield f"## {self._say(page.title)}"
        yield from self._paragraph(page.sentences)
        for part in page.parts:
            yield ""
            yield from self._part(part)

    def _say(self, message: Message) -> str:
        return markdown_text(self._words.say(message), most=2000)

    def _paragraph(self, sentences: Sequence[Message]) -> Iterator[str]:
        if sentences:
            yield ""
            yield " ".join(map(self._say, sentences))

    def _part(self, part: Part) -> Iterator[str]:
        yield f"{'#' * (part.level + 2)} {self._say(part.heading)}"
        yield from self._paragraph(part.sentences)
        if part.table is not None:
            yield ""
            yield from self._table(part.table)
        yield from self._paragraph(part.after)
        if part.points:
            yield ""
            yield from (f"- {self._say(point)}" for point in part.points)

    def _table(self, table: Table) -> Iterator[str]:
        yield self._row(table.headings)
        last = len(table.headings) - table.words
        yield (
            "|"
            + "|".join("---" if place == 0 or place >= last else "---:" for place in range(len(table.headings)))
            + "|"
        )
        yield from map(self._row, table.rows)

    def _row(self, cells: Sequence[Message]) -> str:
        return "| " + " | ".join(map(self._say, cells)) + " |"
