"""One file's text: its lines, and the way from a spot in the text that was read to the spot that people see."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.finding import Edit, Place
from checker.message import Message, without_password
from checker.text.tree import Span

_COLON_BEHIND = re.compile(r"[ \t]*:")
_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


class Patch(NamedTuple):
    """A piece of a line that was read as something else, because as it stands it cannot be read."""

    column: int
    old: int
    new: int


def split_lines(text: str) -> list[str]:
    """Lines as YAML counts them."""
    return _LINE_END.split(text)


def line_starts(text: str) -> list[int]:
    """Where each line of `split_lines` begins in the text."""
    return [0, *(end.end() for end in _LINE_END.finditer(text))]


@dataclass(slots=True)
class Source:
    """A file as it stands: its text, without the mark that it may begin with, and the same as lines.

    `patches` holds, a line, what was repaired before it was read, in the order of repair.
    """

    name: str
    lines: list[str]
    whole: str = ""
    patches: dict[int, list[Patch]] = field(default_factory=lambda: defaultdict(list))

    def line(self, number: int) -> str:
        """A line's text, counted from 1; empty past the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def standing(self, span: Span) -> Span:
        """The same piece in the file as people wrote it."""
        if not self.patches:
            return span
        return Span(
            span.line,
            self._column(span.line, span.column, at_end=False),
            span.end_line,
            self._column(span.end_line, span.end_column, at_end=True),
        )

    def _column(self, line: int, column: int, at_end: bool) -> int:
        for patch in reversed(self.patches.get(line, ())):
            if column >= patch.column + patch.new:
                column += patch.old - patch.new
            elif column > patch.column:
                column = patch.column + (patch.old if at_end else 0)
        return column

    def is_repaired(self, line: int, start: int, end: int) -> bool:
        """Whether a part of a line, counted in the text that was read, holds something that a repair wrote."""
        pieces: list[tuple[int, int]] = []
        for patch in self.patches.get(line, ()):
            grown = patch.new - patch.old
            pieces = [
                (first + grown, last + grown) if first >= patch.column + patch.old else (first, last)
                for first, last in pieces
            ]
            pieces.append((patch.column, patch.column + patch.new))
        return any(start < last and first < end for first, last in pieces)

    def place(self, span: Span) -> Place:
        """Where a piece stands; of one that goes over several lines, its part of the first."""
        return self.place_of(self.standing(span))

    def place_of(self, standing: Span) -> Place:
        """As `place`, for a piece that is already counted in the file as it stands."""
        text = self.line(standing.line + 1)
        end = standing.end_column if standing.end_line == standing.line else len(text.rstrip())
        shown = without_password(text)
        return Place(self.name, standing.line + 1, standing.column + 1, max(end, standing.column + 1) + 1, shown)

    def written(self, span: Span) -> str:
        """The text of a piece as it stands in the file."""
        return self.text(self.standing(span))

    def text(self, standing: Span) -> str:
        """As `written`, for a piece that is already counted in the file as it stands."""
        first = self.line(standing.line + 1)
        if standing.line == standing.end_line:
            return first[standing.column : standing.end_column]
        between = self.lines[standing.line + 1 : standing.end_line]
        last = self.line(standing.end_line + 1)[: standing.end_column]
        return "\n".join([first[standing.column :], *between, last]).rstrip()

    def has_colon_behind(self, span: Span) -> bool:
        """Whether a piece is followed by a colon."""
        standing = self.standing(span)
        return _COLON_BEHIND.match(self.line(standing.end_line + 1), standing.end_column) is not None

    def edits(self, standing: Span, new: str, why: Message | None = None, *, safe: bool = False) -> tuple[Edit, ...]:
        """The edit that writes something else in place of a piece; none where the piece goes over several lines."""
        if standing.line != standing.end_line:
            return ()
        return (Edit(self.place_of(standing), self.text(standing), new, why, safe),)
