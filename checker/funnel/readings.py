"""How the cells of one column become a value: what is blank, what it means, and whether it can be read at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from checker.finding import Path
from checker.funnel.conditions import Shape
from checker.funnel.headings import Heading
from checker.funnel.nodes import Node, as_type, call, case, column, is_in, nothing, text
from checker.message import Message, say

Read = Callable[[Node], Node]

WHITE_SPACE = " \t\r\n\v\f\u00a0\u2007\u202f\ufeff"
"""What is cut off both ends of a cell."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One column read as one value.

    `cell` is what stands in the file, null where it is blank; `read` turns it into a value, and `check` what was read
    into what is kept; null where it cannot be read, which is possible only if `can_fail`. `blank` is the value of a
    blank. `further` are more columns that are
    read from the same cell, by their full name. `is_personal` keeps the cell's text out of all reports.
    """

    name: str
    heading: Heading
    path: Path
    shape: Shape
    cell: Node
    read: Read
    check: Read | None = None
    can_fail: bool = False
    blank: Node | None = None
    further: Mapping[str, Read] = field(default_factory=dict)
    is_personal: bool = False
    expected: Message = field(default_factory=lambda: say("a text"))


def is_taken_as_it_stands(reading: Reading) -> bool:
    """Whether a value is the text that stands in a column, and nothing where that is empty."""
    cell = reading.cell
    is_column = isinstance(cell, exp.Nullif) and isinstance(cell.this, exp.Column)
    return is_column and reading.check is None and isinstance(reading.read(column(reading.name)), exp.Column)


def as_text(cell: Node, heading: Heading) -> Node:
    """A cell as text."""
    return cell if heading.is_text else as_type(cell, "VARCHAR", of=heading.sql_type)


def folded(value: str) -> Node:
    """A text of the agreement in the engine's small letters, to compare cells with: case does not count."""
    return call("lower", text(value))


def without(cell: Node, heading: Heading, blanks: Iterable[str]) -> Node:
    """A cell, null where it holds one of these texts."""
    listed = [folded(blank) for blank in blanks]
    if not listed:
        return cell
    return case([(is_in(call("lower", as_text(cell.copy(), heading)), listed), nothing())], cell)
