"""What a cell says of a lead: text, number, date, yes or no, or several texts, with the source's value map applied."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
    listed,
    negated,
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
_DECIMAL = re.compile(r"DECIMAL\(([0-9]+),([0-9]+)\)")
_ALWAYS_FITS = 16
"""So many digits before the decimal mark fit into every number of the facts."""
_YES = ("yes", "true", "y", "t", "1")
_NO = ("no", "false", "n", "f", "0")
WHOLE_TYPES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
_NUMBER_TYPES = (*WHOLE_TYPES, "UBIGINT", "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE")
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

    def plain(self, cell: Node, is_money: bool) -> Node:
        """A number as the engine writes it."""
        if self.decimal is None and not is_money:
            return cell
        kept = "[^0-9+,-]" if self.decimal == "," else "[^0-9+.-]"
        digits = call("regexp_replace", cell, text(kept), text(""), text("g"))
        return call("replace", digits, text(","), text(".")) if self.decimal == "," else digits

    @property
    def _thousands(self) -> str:
        return (r"\." if self.decimal == "," else ",") + r" \x{00A0}\x{202F}'"


@dataclass(frozen=True, slots=True)
class ValueReading:
    """How a kind of value is read from a column: see `Reading`. `expected` says what a cell should hold."""

    shape: Shape
    read: Read
    expected: Message
    can_fail: bool = False
    check: Read | None = None


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
    read = _mapped(kind, heading, column, reading, path)
    if column.other is not None:
        return ValueReading(reading.shape, read, reading.expected)
    return replace(reading, read=read)


def _single(kind: str, heading: Heading, column: Column, conventions: Conventions, path: Path) -> ValueReading:
    if kind in _NUMBERS and not (kind == "days ago" and (heading.is_text or heading.sql_type in _DATE_TYPES)):
        return _number(kind, heading, conventions)
    if kind in ("date", "days ago"):
        return _date(heading, column, conventions, path)
    if kind == "yes or no":
        return _yes_or_no(heading)
    return ValueReading(Shape.TEXT, lambda cell: as_text(cell, heading), say("a text"))


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
    if heading.sql_type in WHOLE_TYPES:
        return ValueReading(Shape.NUMBER, lambda cell: as_type(cell, sql_type), expected)
    exact_type, check = (EXACT, _as_whole) if is_whole else (sql_type, None)
    if (
        (digits := _DECIMAL.match(heading.sql_type))
        and not is_whole
        and int(digits[1]) - int(digits[2]) <= _ALWAYS_FITS
    ):
        return ValueReading(Shape.NUMBER, lambda cell: as_type(cell, sql_type), expected)
    if heading.sql_type in _NUMBER_TYPES or heading.sql_type.startswith("DECIMAL"):
        return ValueReading(
            Shape.NUMBER, lambda cell: as_type_or_nothing(cell, exact_type, of=heading.sql_type), expected, True, check
        )
    is_money = kind in ("money", "amount")
    pattern = conventions.pattern(is_money)

    def read(cell: Node) -> Node:
        written = as_text(cell, heading)
        is_number = call("regexp_full_match", written, text(pattern))
        return case([(is_number, as_type_or_nothing(conventions.plain(written.copy(), is_money), exact_type))])

    return ValueReading(Shape.NUMBER, read, expected, True, check)


def _as_whole(exact: Node) -> Node:
    """A number without decimals; null where it has some, or is too large."""
    is_integer = equal(exact, call("trunc", exact.copy()))
    return case([(is_integer, as_type_or_nothing(exact.copy(), WHOLE))])


def _date(heading: Heading, column: Column, conventions: Conventions, path: Path) -> ValueReading:
    written_as = column.format
    if heading.sql_type in INSTANT_TYPES:
        zone = phases(conventions.timezone, EARLIEST, LATEST)
        return ValueReading(Shape.DATE, lambda cell: date_of(wall(seconds(cell), zone)), say("a date"))
    if heading.sql_type in _DATE_TYPES:
        return ValueReading(Shape.DATE, lambda cell: as_type(cell, "DATE"), say("a date"))
    if not heading.is_text:
        raise UnreadableInput(say("{column} holds no dates", column=Written(heading.name)), at=At(path))
    if written_as is None:
        return ValueReading(Shape.DATE, iso_date, say("a date as {example}", example=Written("2027-03-31")), True)
    return ValueReading(
        Shape.DATE,
        lambda cell: as_type(parsed(cell, written_as), "DATE"),
        say("a date as {format}", format=Written(written_as)),
        True,
    )


def _yes_or_no(heading: Heading) -> ValueReading:
    if heading.sql_type == "BOOLEAN":
        return ValueReading(Shape.FLAG, lambda cell: cell, say("yes or no"))
    meant = [*((word, truth(True)) for word in _YES), *((word, truth(False)) for word in _NO)]

    def read(cell: Node) -> Node:
        return looked_up(call("lower", as_text(cell, heading)), [(text(word), value.copy()) for word, value in meant])

    return ValueReading(Shape.FLAG, read, say("yes or no"), True)


def looked_up(word: Node, meant: Sequence[tuple[Node, Node]]) -> Node:
    """What a word stands for, null for any other word: looked up once, not compared again and again."""
    place = call("list_position", listed(written for written, _ in meant), word)
    return call("list_extract", listed(value for _, value in meant), place)


def _mapped(kind: str, heading: Heading, column: Column, reading: ValueReading, path: Path) -> Read:
    """A reading behind a value map: what the map does not name is read as it stands, or is `other`."""
    meant = [
        (folded(written), constant(kind, target, (*path, "values", written)))
        for written, target in (column.values or {}).items()
    ]
    other = None if column.other is None else constant(kind, column.other, (*path, "other"))

    def read(cell: Node) -> Node:
        word = call("lower", as_text(cell.copy(), heading))
        rest = reading.read(cell) if other is None else case([(is_known(cell), other.copy())])
        found = looked_up(word, [(written.copy(), target.copy()) for written, target in meant])
        return exp.Coalesce(this=found, expressions=[rest])

    return read


def _several(heading: Heading, column: Column, path: Path) -> ValueReading:
    """Texts of one cell, parted by a sign; without one, the cell holds a single text."""
    one = _one()
    element: Node = call("trim", one, text(WHITE_SPACE))
    values = column.values or {}
    word = call("lower", element.copy())
    rest = constant("text", column.other, (*path, "other")) if column.other is not None else element.copy()
    meant = [
        (folded(written), constant("text", target, (*path, "values", written))) for written, target in values.items()
    ]
    told = exp.Coalesce(this=looked_up(word.copy(), meant), expressions=[rest]) if meant else rest
    blanks = [text(""), *(folded(blank) for blank in column.null_values or ())]
    kept = case([(negated(is_in(word, blanks)), told)])

    def read(cell: Node) -> Node:
        if heading.sql_type.endswith("[]"):
            parts: Node = as_type(cell, "VARCHAR[]")
        elif column.separator is not None:
            parts = call("string_split", as_text(cell, heading), text(column.separator.strip()))
        else:
            parts = exp.Array(expressions=[as_text(cell, heading)])
        mapped = call("list_transform", parts, exp.Lambda(this=kept.copy(), expressions=[one.copy()]))
        return those_that(mapped, is_known)

    return ValueReading(Shape.TEXTS, read, say("texts"))


def those_that(values: Node, fits: Callable[[Node], Node]) -> Node:
    """The values of a list for which a condition holds."""
    return call("list_filter", values, exp.Lambda(this=fits(_one()), expressions=[_one()]))


def _one() -> exp.Identifier:
    """The name of one value of a list."""
    return exp.to_identifier("one", quoted=True)
