"""What a file says before anything is made of it: texts, mappings and lists, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Span(NamedTuple):
    """From one spot of a file to another, counted from 0; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(slots=True)
class Scalar:
    """A single text. `style` is empty for a plain one, else the sign that opens it: `"`, `'`, `|`, `>`, or `*` for
    a reference to another place.
    """

    text: str
    style: str
    span: Span

    @property
    def is_plain(self) -> bool:
        return not self.style

    @property
    def is_blank(self) -> bool:
        """True where nothing at all is written."""
        return not self.text and not self.style


@dataclass(slots=True)
class Mapping:
    """Keys and values in turn, as they stand. `in_braces` tells `{a: 1}` from indented lines."""

    children: list[Node]
    in_braces: bool
    span: Span
    index: dict[str, int] | None = None
    """Where each key stands among the children; made when a place is first asked for."""

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Each key with its value."""
        return zip(self.children[::2], self.children[1::2], strict=True)

    def child(self, key: str) -> tuple[Scalar, Node] | None:
        """A key and its value, or None."""
        if self.index is None:
            keys = [child.text if isinstance(child, Scalar) else "" for child in self.children[::2]]
            self.index = {text: 2 * position for position, text in reversed(list(enumerate(keys)))}
        position = self.index.get(key)
        if position is None:
            return None
        found = self.children[position]
        return (found, self.children[position + 1]) if isinstance(found, Scalar) else None


@dataclass(slots=True)
class Sequence:
    """A list. `in_brackets` tells `[a, b]` from lines that begin with a dash."""

    children: list[Node]
    in_brackets: bool
    span: Span


Node: TypeAlias = Scalar | Mapping | Sequence


def around(first: Span, last: Span) -> Span:
    """From the start of one piece to the end of another."""
    return Span(first.line, first.column, last.end_line, last.end_column)
