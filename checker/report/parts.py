"""Parts of a page that any renderer can show: headings, sentences, points of a list, tables. Nothing is worded yet."""

from __future__ import annotations

from dataclasses import dataclass

from checker.message import Message


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and rows of as many cells; in all columns but the first (and `words` last ones) stand numbers."""

    headings: tuple[Message, ...]
    rows: tuple[tuple[Message, ...], ...]
    words: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands below it, in this order; `level` 1 is a part of the page, 2 a part of that."""

    heading: Message
    sentences: tuple[Message, ...] = ()
    table: Table | None = None
    after: tuple[Message, ...] = ()
    points: tuple[Message, ...] = ()
    level: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page."""

    title: Message
    sentences: tuple[Message, ...]
    parts: tuple[Part, ...]
