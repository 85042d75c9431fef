"""What a cell says of a lead: text, number, date, yes or no, or several texts, with the source's value map applied."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlglot import exp

from checker.agreement.conditions import spelled
from checker.agreement.source import Always, Column
from checker.errors import UnreadableInput
from checker.finding import At, Path
from checker.funnel.conditions import Shape
from checker.funnel.headings import Heading
from checker.funnel.nodes import (
    Node,
    as_type,
    as_type_or_nothing,
    call,
    case,
    equal,
    is_in,
    is_known,
    negated,
    nothing,
    number,
    text,
    truth,
)
from checker.funnel.readings import WHITE_SPACE, Read, as_text, folded
from checker.funnel.stamps import INSTANT_TYPES, WALL_TYPES, date_of, iso_date, parsed, seconds
from checker.funnel.zones import EARLIEST, LATEST, phases, wall
from checker.message import Message, Written, say
from checker.quantity import CURRENCY_SIGNS

AMOUNT = "DECIMAL(18, 2)"
EXACT = "DECIMAL(38, 6)"
WHOLE = "BIGINT"
_NUMBERS = {
    "whole number": WHOLE,
    "months": WHOLE,
    "days ago": WHOLE,
    "number": EXACT,
    "money": EXACT,
    "amount": AMOUNT,
}
_YES = ("yes", "true", "y", "t", "1")
_NO = ("no", "false", "n", "f", "0")
_WHOLE_TYPES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
_NUMBER_TYPES = (*_WHOLE_TYPES, "UBIGINT", "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE")
_DATE_TYPES = ("DATE", *WALL_TYPES, *INSTANT_TYPES)


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a file writes numbers: its decimal mark, where one is declared, and the agreement's currency; and the time
    zone whose dates are meant where a date is kept as an instant.
    """

    decimal: str | None
    currency: str
    timezone: str

    def pattern(self, is_money: bool) -> str:
        """The regular expression of a number. Thousands are parted only where the decimal mark is declared: without
        that nobody knows whether 1.200 is more than a thousand or little more than one.
        """
        mark = re.escape(self.decimal or ".")
        digits = r"\d+"
        if self.decimal is not None:
            digits = rf"(?:\d+|\d{{1,3}}(?:[{self._thousands}]\d{{3}})+)"
        plain = rf"[+-]?{digits}(?:{mark}\d+)?"
        if not is_money or not self.currency:
            return plain
        sign = "|".join([re.escape(CURRENCY_SIGNS.get(self.currency, self.currency)), self.currency])
        return rf"(?:(?:{sign})[ \x{{00A0}}]?)?{plain}(?:[ \x{{00A0}}]?(?:{sign}))?"

    def plain(self, cell: Node) -> Node:
        """A number as the engine writes it."""
        kept = "[^0-9+,-]" if self.decimal == "," else "[^0-9+.-]"
        digits = call("regexp_replace", cell, text(kept), text(""), text("g"))
        return call("replace", digits, text(","), text(".")) if self.decimal == "," else digits

    @property
    def _thousands(self) -> str:
        return (r"\." if self.decimal == "," else ",") + r" \x{00A0}\x{202F}'"


@dataclass(frozen=True, slots=True)
class ValueReading:
    """How a kind of value is read from a column."""

    shape: Shape
    read: Read
    can_fail: bool
    expected: Message


def value_reading(kind: str, heading: Heading, column: Column, conventions: Conventions, path: Path) -> ValueReading:
    """How the cells of a column become a value of a field's kind.

    `kind` is a field's type, or `amount`. Raises UnreadableInput for a column or a value map that cannot give it.
    """
    if kind == "list of actions" or column.separator is not None or heading.sql_type.endswith("[]"):
        if kind in _NUMBERS or kind in ("date", "yes or no"):
            raise UnreadableInput(
                say(
                    "{column} holds one {kind}, not several: {separator} belongs to texts",
                    column=Written(heading.name),
                    kind=kind,
                    separator=Written("separator:"),
                ),
                at=At(path),
            )
        return _several(heading, column, path)
    reading = _single(kind, heading, column, conventions, path)
    if column.values is None:
        return reading
    return ValueReading(
        reading.shape,
        _mapped(kind, heading, column, reading, path),
        reading.can_fail and column.other is None,
        reading.expected,
    )


def _single(kind: str, heading: Heading, column: Column, conventions: Conventions, path: Path) -> ValueReading:
    if kind in _NUMBERS and not (kind == "days ago" and (heading.is_text or heading.sql_type in _DATE_TYPES)):
        return _number(kind, heading, conventions)
    if kind in ("date", "days ago"):
        return _date(heading, column, conventions, path)
    if kind == "yes or no":
        return _yes_or_no(heading)
    return ValueReading(Shape.TEXT, lambda cell: as_text(cell, heading), False, say("a text"))


def constant(kind: str, value: str | int | Decimal | bool, path: Path) -> Node:
    """A value that the source section gives itself. Raises UnreadableInput where it is none of this kind."""
    if kind in _NUMBERS:
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return as_type(number(value), _NUMBERS[kind])
    elif kind == "yes or no":
        if isinstance(value, bool):
            return truth(value)
    elif kind == "date":
        try:
            return as_type(text(date.fromisoformat(str(value)).isoformat()), "DATE")
        except ValueError:
            pass
    elif kind == "list of actions":
        return as_type(exp.Array(expressions=[text(spelled(value))]), "VARCHAR[]")
    else:
        return text(spelled(value))
    raise UnreadableInput(
        say("{value} does not fit what is {kind}", value=Written(spelled(value)), kind=kind), at=At(path)
    )


def always(kind: str, written: Always, path: Path) -> tuple[Shape, Node]:
    """The same value for every lead."""
    shape = Shape.TEXT
    if kind in _NUMBERS:
        shape = Shape.NUMBER
    elif kind == "yes or no":
        shape = Shape.FLAG
    elif kind == "date":
        shape = Shape.DATE
    elif kind == "list of actions":
        shape = Shape.TEXTS
    return shape, constant(kind, written.always, (*path, "always"))


# ---------------------------------------------------------------- kinds


def _number(kind: str, heading: Heading, conventions: Conventions) -> ValueReading:
    sql_type = _NUMBERS[kind]
    is_whole = sql_type == WHOLE
    expected = say("a whole number") if is_whole else say("a number")
    if heading.sql_type in _WHOLE_TYPES:
        return ValueReading(Shape.NUMBER, lambda cell: as_type(cell, sql_type), False, expected)

    def fitting(exact: Node) -> Node:
        if not is_whole:
            return exact
        is_integer = equal(exact, call("trunc", exact.copy()))
        return case([(is_integer, as_type_or_nothing(exact.copy(), WHOLE))])

    exact_type = EXACT if is_whole else sql_type
    if heading.sql_type in _NUMBER_TYPES or heading.sql_type.startswith("DECIMAL"):
        return ValueReading(Shape.NUMBER, lambda cell: fitting(as_type_or_nothing(cell, exact_type)), True, expected)
    pattern = conventions.pattern(is_money=kind in ("money", "amount"))

    def read(cell: Node) -> Node:
        written = as_text(cell, heading)
        is_number = call("regexp_full_match", written, text(pattern))
        return case([(is_number, fitting(as_type_or_nothing(conventions.plain(written.copy()), exact_type)))])

    return ValueReading(Shape.NUMBER, read, True, expected)


def _date(heading: Heading, column: Column, conventions: Conventions, path: Path) -> ValueReading:
    written_as = column.format
    if heading.sql_type in INSTANT_TYPES:
        zone = phases(conventions.timezone, EARLIEST, LATEST)
        return ValueReading(Shape.DATE, lambda cell: date_of(wall(seconds(cell), zone)), False, say("a date"))
    if heading.sql_type in _DATE_TYPES:
        return ValueReading(Shape.DATE, lambda cell: as_type(cell, "DATE"), False, say("a date"))
    if not heading.is_text:
        raise UnreadableInput(say("{column} holds no dates", column=Written(heading.name)), at=At(path))
    if written_as is None:
        return ValueReading(Shape.DATE, iso_date, True, say("a date as {example}", example=Written("2027-03-31")))
    return ValueReading(
        Shape.DATE,
        lambda cell: as_type(parsed(cell, written_as), "DATE"),
        True,
        say("a date as {format}", format=Written(written_as)),
    )


def _yes_or_no(heading: Heading) -> ValueReading:
    if heading.sql_type == "BOOLEAN":
        return ValueReading(Shape.FLAG, lambda cell: cell, False, say("yes or no"))

    def read(cell: Node) -> Node:
        word = call("lower", as_text(cell, heading))
        yes, no = ([text(known) for known in words] for words in (_YES, _NO))
        return case([(is_in(word, yes), truth(True)), (is_in(word.copy(), no), truth(False))])

    return ValueReading(Shape.FLAG, read, True, say("yes or no"))


def _mapped(kind: str, heading: Heading, column: Column, reading: ValueReading, path: Path) -> Read:
    """A reading behind a value map: what the map does not name is read as it stands, or is `other`."""
    values = column.values or {}
    targets = [
        (folded(written), constant(kind, target, (*path, "values", written))) for written, target in values.items()
    ]
    other = None if column.other is None else constant(kind, column.other, (*path, "other"))

    def read(cell: Node) -> Node:
        word = call("lower", as_text(cell.copy(), heading))
        rest = other if other is not None else reading.read(cell.copy())
        if other is not None:
            rest = case([(negated(exp.Is(this=cell.copy(), expression=nothing())), rest.copy())])
        return case([(equal(word.copy(), written.copy()), target.copy()) for written, target in targets], rest)

    return read


def _several(heading: Heading, column: Column, path: Path) -> ValueReading:
    """Texts of one cell, parted by a sign; without one, the cell holds a single text."""
    one = _one()
    element: Node = call("trim", one, text(WHITE_SPACE))
    values = column.values or {}
    word = call("lower", element.copy())
    other = None if column.other is None else constant("text", column.other, (*path, "other"))
    meant = case(
        [
            (equal(word.copy(), folded(written)), constant("text", target, (*path, "values", written)))
            for written, target in values.items()
        ],
        other if other is not None else element.copy(),
    )
    blanks = [text(""), *(folded(blank) for blank in column.null_values or ())]
    kept = case([(negated(is_in(word.copy(), blanks)), meant)])

    def read(cell: Node) -> Node:
        if heading.sql_type.endswith("[]"):
            parts: Node = as_type(cell, "VARCHAR[]")
        elif column.separator is not None:
            parts = call("string_split", as_text(cell, heading), text(column.separator.strip()))
        else:
            parts = exp.Array(expressions=[as_text(cell, heading)])
        mapped = call("list_transform", parts, exp.Lambda(this=kept.copy(), expressions=[one.copy()]))
        return those_that(mapped, is_known)

    return ValueReading(Shape.TEXTS, read, False, say("texts"))


def those_that(values: Node, fits: Callable[[Node], Node]) -> Node:
    """The values of a list for which a condition holds."""
    return call("list_filter", values, exp.Lambda(this=fits(_one()), expressions=[_one()]))


def _one() -> exp.Identifier:
    """The name of one value of a list."""
    return exp.to_identifier("one", quoted=True)
