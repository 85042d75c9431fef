"""Parts of the pages before and after a change, as a comment shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.language import Words
from checker.message import say
from checker.report.markdown_parts import fold, items
from checker.report.markdown_text import markdown_text

Cells = tuple[str, ...]
"""A line of a page: the cells of a table's row, or one text."""


@dataclass(frozen=True, slots=True)
class PagePart:
    """What differs in one part of a page: plain texts as the page shows them, in the page's language.

    page, heading: the titles of the page and of the part; the second is empty at the top of a page
    head: the headings of the columns, where it is a table
    lines: each as it was and as it is; None where there was, or is, none
    """

    page: str
    heading: str
    head: Cells
    lines: tuple[tuple[Cells | None, Cells | None], ...]


def page_parts(parts: Sequence[PagePart], words: Words) -> Iterator[str]:
    """All parts behind one fold; nothing where none differs."""
    if parts:
        text = "\n\n".join(block for part in parts for block in _part(part, words))
        yield fold(markdown_text(words.say(say("What changes on the pages"))), text)


def _part(part: PagePart, words: Words) -> Iterator[str]:
    title = " · ".join(markdown_text(name) for name in (part.page, part.heading) if name)
    yield f"**{title}**"
    if part.head:
        yield _table(part, words)
        return
    yield items(
        [
            markdown_text(words.say(message))
            for before, after in part.lines
            for message in (
                *((say("before: {text}", text=before[0]),) if before else ()),
                *((say("now: {text}", text=after[0]),) if after else ()),
            )
        ]
    )


def _table(part: PagePart, words: Words) -> str:
    """The rows that differ, with the columns in which they do; what is new is bold."""
    width = len(part.head)
    wanted = [0, *(column for column in range(1, width) if any(_differs(line, column) for line in part.lines))]
    rows = [[part.head[column] for column in wanted]]
    marks = [":--", *("--:" for _ in wanted[1:])]
    table = [_row([markdown_text(cell) for cell in rows[0]]), _row(marks)]
    for before, after in part.lines:
        if before is not None:
            name = words.say(say("{row}, before", row=before[0]))
            table.append(_row([markdown_text(name), *(markdown_text(_cell(before, column)) for column in wanted[1:])]))
        if after is not None:
            name = words.say(say("{row}, now", row=after[0]))
            cells = [
                f"**{markdown_text(_cell(after, column))}**"
                if _differs((before, after), column)
                else markdown_text(_cell(after, column))
                for column in wanted[1:]
            ]
            table.append(_row([markdown_text(name), *cells]))
    return "\n".join(table)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cells: Cells, column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _differs(line: tuple[Cells | None, Cells | None], column: int) -> bool:
    before, after = line
    if before is None or after is None:
        return True
    return _cell(before, column) != _cell(after, column)
