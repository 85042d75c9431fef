"""Parts of a page at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from checker.language import Words
from checker.message import Message
from checker.report.parts import Page, Part, Table
from checker.report.terminal import Paint, Style, printable, width

WIDTH = 110


def page_text(page: Page, words: Words, *, has_colour: bool = False) -> str:
    """The page."""
    return "\n".join(_Writer(words, Paint(has_colour)).page(page)) + "\n"


class _Writer:
    def __init__(self, words: Words, paint: Paint) -> None:
        self._words = words
        self._paint = paint

    def page(self, page: Page) -> Iterator[str]:
        yield self._paint(self._say(page.title), Style.STRONG)
        for sentence in page.sentences:
            yield from self._wrapped(sentence, "", "")
        for part in page.parts:
            yield ""
            yield from self._part(part)

    def _say(self, message: Message) -> str:
        return printable(self._words.say(message))

    def _wrapped(self, message: Message, first: str, others: str) -> list[str]:
        return wrap(self._say(message), WIDTH, initial_indent=first, subsequent_indent=others, break_on_hyphens=False)

    def _part(self, part: Part) -> Iterator[str]:
        lead = "  " * part.level
        yield "  " * (part.level - 1) + self._paint(self._say(part.heading), Style.STRONG)
        for sentence in part.sentences:
            yield from self._wrapped(sentence, lead, lead)
        if part.table is not None:
            yield from (lead + line for line in self._table(part.table))
        for sentence in part.after:
            yield from self._wrapped(sentence, lead, lead)
        for point in part.points:
            yield from self._wrapped(point, f"{lead}- ", f"{lead}  ")

    def _table(self, table: Table) -> Iterator[str]:
        rows = [[self._say(cell) for cell in row] for row in (table.headings, *table.rows)]
        widths = [max(width(row[place]) for row in rows) for place in range(len(table.headings))]
        for number, row in enumerate(rows):
            line = "  ".join(_aligned(row, widths, table.words)).rstrip()
            yield self._paint(line, Style.QUIET) if number == 0 else line


def _aligned(row: Sequence[str], widths: Sequence[int], words: int) -> Iterator[str]:
    for place, (cell, columns) in enumerate(zip(row, widths, strict=True)):
        space = " " * (columns - width(cell))
        yield cell + space if place == 0 or place >= len(row) - words else space + cell
