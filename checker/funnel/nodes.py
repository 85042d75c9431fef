"""The pieces that statements are built of: nodes of a syntax tree, so that no name or text is ever read as SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlglot import exp

Node = exp.Expression


def column(name: str, table: str | None = None) -> exp.Column:
    """A column by its exact name."""
    return exp.column(
        exp.to_identifier(name, quoted=True), table=exp.to_identifier(table, quoted=True) if table is not None else None
    )


def table(name: str, alias: str | None = None) -> exp.Table:
    """A table or view by its exact name."""
    return exp.Table(
        this=exp.to_identifier(name, quoted=True),
        alias=exp.TableAlias(this=exp.to_identifier(alias, quoted=True)) if alias is not None else None,
    )


def text(value: str) -> exp.Literal:
    """A text."""
    return exp.Literal.string(value)


def number(value: int | Decimal) -> Node:
    """A number."""
    literal = exp.Literal.number(str(abs(value)))
    return exp.Neg(this=literal) if value < 0 else literal


def date(day: dt.date) -> exp.Cast:
    """A date."""
    return as_type(text(day.isoformat()), "DATE")


def truth(value: bool) -> exp.Boolean:
    """True or false."""
    return exp.Boolean(this=value)


def nothing() -> exp.Null:
    """The absence of a value."""
    return exp.Null()


def call(function: str, *arguments: Node) -> exp.Anonymous:
    """A function of the engine; its name is one of ours, never the agreement's."""
    return exp.Anonymous(this=function, expressions=list(arguments))


def listed(items: Iterable[Node]) -> exp.Array:
    """A list of values."""
    return exp.Array(expressions=list(items))


def earliest(moments: Sequence[Node]) -> Node:
    """The smallest of several values that is known; null where none is."""
    first, *others = moments
    return exp.Least(this=first, expressions=others, ignore_nulls=True) if others else first


def file_call(function: str, path: Node, options: Mapping[str, Node]) -> exp.Anonymous:
    """A function of the engine that reads files, with its named options."""
    written = [exp.EQ(this=exp.to_identifier(name), expression=value) for name, value in options.items()]
    return exp.Anonymous(this=function, expressions=[path, *written])


def struct(values: Mapping[str, Node]) -> exp.Struct:
    """Values by name."""
    return exp.Struct(expressions=[exp.PropertyEQ(this=text(name), expression=value) for name, value in values.items()])


def one_by_one(statements: Sequence[exp.Select]) -> exp.Query:
    """The rows of several statements, one statement after the other."""
    joined: exp.Query = statements[0]
    for statement in statements[1:]:
        joined = exp.Union(this=joined, expression=statement, distinct=False)
    return joined


OF_TYPE = "of type"
"""Under this key of a cast's `meta` stands the type that is cast, where it is known: engines differ in some."""


def as_type(value: Node, sql_type: str, of: str | None = None) -> exp.Cast:
    """A value (`of` a type, where it is known) as another type; an error where it cannot be."""
    cast = exp.Cast(this=value, to=exp.DataType.build(sql_type, dialect="duckdb"))
    cast.meta[OF_TYPE] = of
    return cast


def as_type_or_nothing(value: Node, sql_type: str, of: str | None = None) -> exp.TryCast:
    """A value (`of` a type, where it is known) as another type; nothing where it cannot be."""
    cast = exp.TryCast(this=value, to=exp.DataType.build(sql_type, dialect="duckdb"))
    cast.meta[OF_TYPE] = of
    return cast


def named(value: Node, name: str) -> exp.Alias:
    """A value under a name."""
    return exp.Alias(this=value, alias=exp.to_identifier(name, quoted=True))


def case(branches: Iterable[tuple[Node, Node]], otherwise: Node | None = None) -> Node:
    """The value of the first branch whose condition holds; `otherwise` (or nothing) where none does."""
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    if not ifs:
        return otherwise if otherwise is not None else nothing()
    return exp.Case(ifs=ifs, default=otherwise)


def is_null(value: Node) -> exp.Is:
    """Whether a value is absent."""
    return exp.Is(this=value, expression=nothing())


def is_known(value: Node) -> exp.Not:
    """Whether a value is there."""
    return exp.Not(this=exp.Paren(this=is_null(value)))


def is_in(value: Node, items: Sequence[Node]) -> exp.In:
    """Whether a value is one of these."""
    return exp.In(this=value, expressions=list(items))


def negated(condition: Node) -> exp.Not:
    """The opposite of a condition."""
    return exp.Not(this=exp.Paren(this=condition))


def both(conditions: Iterable[Node]) -> Node:
    """Whether all conditions hold."""
    joined: Node | None = None
    for condition in conditions:
        part = exp.Paren(this=condition)
        joined = part if joined is None else exp.And(this=joined, expression=part)
    return joined if joined is not None else truth(True)


def either(conditions: Iterable[Node]) -> Node:
    """Whether one of the conditions holds."""
    joined: Node | None = None
    for condition in conditions:
        part = exp.Paren(this=condition)
        joined = part if joined is None else exp.Or(this=joined, expression=part)
    return joined if joined is not None else truth(False)


def less(left: Node, right: Node) -> exp.LT:
    """Whether `left` is below `right`."""
    return exp.LT(this=left, expression=right)


def between(value: Node, first: int, last: int) -> exp.Between:
    """`first <= value <= last`."""
    return exp.Between(this=value, low=number(first), high=number(last))


def equal(left: Node, right: Node) -> exp.EQ:
    """Whether two values are the same."""
    return exp.EQ(this=left, expression=right)


def plus(left: Node, right: Node) -> exp.Add:
    """The sum of two values."""
    return exp.Add(this=exp.Paren(this=left), expression=exp.Paren(this=right))


def minus(left: Node, right: Node) -> exp.Sub:
    """The difference of two values."""
    return exp.Sub(this=exp.Paren(this=left), expression=exp.Paren(this=right))


def whole_part(value: Node, divisor: int) -> exp.IntDiv:
    """How often a divisor goes into a positive whole number."""
    return exp.IntDiv(this=exp.Paren(this=value), expression=number(divisor))


def count_star() -> exp.Count:
    """The number of rows."""
    return exp.Count(this=exp.Star())


def how_many(condition: Node) -> Node:
    """The number of rows for which a condition holds; 0 where there are none."""
    return exp.Count(this=case([(condition, number(1))]))


def falling(value: Node) -> exp.Ordered:
    """An order from the largest to the smallest."""
    return exp.Ordered(this=value, desc=True)


def select(values: Iterable[Node], source: Node | None = None, where: Node | None = None) -> exp.Select:
    """A statement that reads values of a table, view or other statement."""
    statement = exp.Select(expressions=list(values))
    if source is not None:
        statement = statement.from_(source, copy=False)
    if where is not None:
        statement = statement.where(where, copy=False)
    return statement


def inner(statement: exp.Query, alias: str) -> exp.Subquery:
    """A statement to be read like a table."""
    return exp.Subquery(this=statement, alias=exp.TableAlias(this=exp.to_identifier(alias, quoted=True)))


def exists(statement: exp.Select) -> exp.Exists:
    """Whether a statement gives any row."""
    return exp.Exists(this=statement)


def drawn_from(cells: Iterable[str]) -> Node:
    """A number that is drawn from some cells of a row: the same for rows that say the same."""
    return call("hash", *map(column, cells))
