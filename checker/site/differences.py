"""What a change of the agreement changes on the pages: read from the pages themselves, before and after.

Nothing is worded here a second time: both versions are rendered as the site renders them, and what stands in them is
compared part by part. Drawings are left out, and so is what only sums up other pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.parser import HTMLParser

from checker.agreement.agreement import Agreement
from checker.report.page_words import Cells, PagePart
from checker.site.basis import Places
from checker.site.contents import SiteContents
from checker.site.page import Page
from checker.site.render import render

_SUMS_UP = (
    *("index.md", "scoreboard.md", "data.md", "marketing/index.md", "sales/index.md", "both/index.md"),
    *("changes.md", "change-it.md", "what-if.md", "plan.md", "backtest.md"),
)
_DRAWN = ("funnel", "arithmetic", "written")
"""Parts that only show again what another part tells: one month of the targets, the lines of a file."""
_HEADING = re.compile(r"^#+ (?P<title>.*?) \{: #(?P<id>[^ }]*) \}$", re.MULTILINE)


@dataclass
class _Table:
    """A table, or (without a head) what is none; `name` says what is behind a fold."""

    name: str = ""
    head: Cells = ()
    lines: list[Cells] = field(default_factory=list)


@dataclass(frozen=True)
class _Part:
    """A part of a page as its reader sees it."""

    page: str
    heading: str
    table: _Table


def page_differences(
    old: Agreement, new: Agreement, old_places: Places, new_places: Places, language: str
) -> tuple[PagePart, ...]:
    """The parts of the pages that differ, in the order of the menu. Raises WrongUsage for an unknown language."""
    before = _parts(render(SiteContents(old, old_places), language))
    after = _parts(render(SiteContents(new, new_places), language))
    found = []
    for key in dict.fromkeys([*after, *before]):
        was, now = before.get(key), after.get(key)
        shown = now or was
        if shown is None:
            continue
        lines = tuple(_pairs(was.table.lines if was else [], now.table.lines if now else []))
        if lines:
            found.append(PagePart(shown.page, shown.table.name or shown.heading, shown.table.head, lines))
    return tuple(found)


def _pairs(before: list[Cells], after: list[Cells]) -> Iterator[tuple[Cells | None, Cells | None]]:
    """The lines that differ; those that stand in the same place one beside the other."""
    for step, old_start, old_end, new_start, new_end in SequenceMatcher(None, before, after, False).get_opcodes():
        if step == "equal":
            continue
        was, now = before[old_start:old_end], after[new_start:new_end]
        for number in range(max(len(was), len(now))):
            yield was[number] if number < len(was) else None, now[number] if number < len(now) else None


def _parts(pages: list[Page]) -> dict[tuple[str, str, int], _Part]:
    """Page, heading's id and number of the table (0: what is no table) -> the part."""
    found: dict[tuple[str, str, int], _Part] = {}
    for page in pages:
        if page.path in _SUMS_UP:
            continue
        title = _plain(page.title)
        headings = list(_HEADING.finditer(page.markdown))
        for heading, end in zip(headings, [*(h.start() for h in headings[1:]), len(page.markdown)], strict=True):
            if heading["id"] in _DRAWN:
                continue
            reader = _Reader()
            reader.feed(page.markdown[heading.end() : end])
            reader.close()
            name = "" if heading["id"] == "page" else _plain(heading["title"])
            for number, table in enumerate([_Table(lines=reader.texts), *reader.tables]):
                found[page.path, heading["id"], number] = _Part(title, name, table)
    return found


def _plain(markup: str) -> str:
    reader = _Reader()
    reader.feed(f"<p>{markup}</p>")
    reader.close()
    return reader.texts[0][0] if reader.texts else ""


class _Reader(HTMLParser):
    """Reads what a person sees: the rows of tables, and texts of items and paragraphs, each as one line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[Cells] = []
        self.tables: list[_Table] = []
        self._summary = ""
        self._text: list[str] = []
        self._cells: list[str] | None = None
        self._is_head = False
        self._is_tile = False
        self._unseen = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Begins a line, a row, a cell, or what is not read."""
        kinds = (dict(attributes).get("class") or "").split()
        if self._unseen or tag in _UNSEEN or not _NOT_READ.isdisjoint(kinds):
            self._unseen += tag not in _EMPTY
        elif tag == "table":
            self.tables.append(_Table(self._summary))
        elif tag == "thead":
            self._is_head = True
        elif tag == "tr":
            self._cells = []
        elif tag in ("th", "td") or tag in _LINES:
            self._end_line()
            self._is_tile = "sla-tile" in kinds
        elif tag in ("small", "br", "span"):
            self._text.append(" ")

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """What has no inside, such as the strokes of a drawing, says nothing."""

    def handle_endtag(self, tag: str) -> None:
        """Ends what began."""
        if self._unseen:
            self._unseen -= tag not in _EMPTY
        elif tag in ("th", "td") and self._cells is not None:
            self._cells.append(_one_line(self._text))
            self._text = []
        elif tag == "tr" and self._cells is not None and self.tables:
            table = self.tables[-1]
            if self._is_head:
                table.head = tuple(self._cells)
            else:
                table.lines.append(tuple(self._cells))
            self._cells = None
        elif tag == "thead":
            self._is_head = False
        elif tag == "summary":
            self._summary = _one_line(self._text)
            self._text = []
        elif tag in _LINES:
            if tag == "details":
                self._summary = ""
            self._end_line()
        elif tag == "b":
            self._text.append(" – " if self._is_tile else " ")

    def handle_data(self, data: str) -> None:
        """Text, unless it is not read."""
        if not self._unseen:
            self._text.append(data)

    def close(self) -> None:
        """Ends the last line."""
        super().close()
        self._end_line()

    def _end_line(self) -> None:
        text = _one_line(self._text)
        self._text = []
        if text and self._cells is None:
            self.texts.append((text,))


def _one_line(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())


_NOT_READ = frozenset({"sla-where", "sla-line", "sla-again"})
"""What leads to the file is no part of what is agreed; what another page tells is told there."""
_UNSEEN = ("figure", "svg", "caption")
_EMPTY = ("br", "img", "hr", "input")
_LINES = ("p", "li", "ul", "ol", "div", "details", "summary", "h2", "h3", "pre", "dt", "dd")
