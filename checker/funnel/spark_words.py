"""The words of Spark for what statements say in those of DuckDB: the one place that knows how the two differ.

Names in the table below are DuckDB's, in which all statements are written (`checker.funnel.nodes.call`). What is not in
it, Spark has no words for that mean just the same, and the reader does it (`Engine.reads`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import ClassVar

from sqlglot import exp
from sqlglot.errors import ErrorLevel
from sqlglot.generators.spark import SparkGenerator

from checker.funnel.engine import CannotAnswer
from checker.funnel.nodes import OF_TYPE

Said = Callable[["_Generator", list[str]], str]
_OF_DUCKDB = "of DuckDB"
_WHOLE = re.compile(r"\d+")
_SMALL = 1 << 24
"""Whole numbers above this are written as long ones, so that sums of two do not leave the small ones' range."""
_SAME_TEXT = ("VARCHAR", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "BOOLEAN", "DATE", "TIMESTAMP")
"""Types that both engines write as the same text."""
_SAME_NUMBER = ("VARCHAR", "TINYINT", "SMALLINT", "INTEGER", "BIGINT")


def in_spark(statement: exp.Expr, pretty: bool = True, has_smallest: bool = True) -> str:
    """A statement in Spark's words. `has_smallest`: this Spark knows `MIN_BY` of several, which came with 4.2.

    Raises CannotAnswer for what Spark has no words for.
    """
    generator = _Generator(pretty=pretty, dialect="spark", unsupported_level=ErrorLevel.IGNORE)
    generator.has_smallest = has_smallest
    return generator.generate(_prepared(statement.copy()), copy=False)


def _prepared(statement: exp.Expr) -> exp.Expr:
    """The same, with DuckDB's functions marked, to tell them from those that are written in their place, and with every
    order saying that blanks come last, as they do in DuckDB unless told otherwise.
    """
    for function in statement.find_all(exp.Anonymous):
        function.meta[_OF_DUCKDB] = True
    for order in list(statement.find_all(exp.Order)):
        order.set(
            "expressions",
            [
                each if isinstance(each, exp.Ordered) else exp.Ordered(this=each, desc=False)
                for each in order.expressions
            ],
        )
    return statement


class _Generator(SparkGenerator):
    has_smallest = True

    TYPE_MAPPING: ClassVar = {
        **SparkGenerator.TYPE_MAPPING,
        exp.DataType.Type.INT128: "DECIMAL(38, 0)",
        exp.DataType.Type.UINT: "BIGINT",
        exp.DataType.Type.UBIGINT: "DECIMAL(20, 0)",
    }

    TRANSFORMS: ClassVar = {
        **SparkGenerator.TRANSFORMS,
        exp.ArgMin: lambda self, each: _said_of_both("MIN_BY", self, each),
        exp.Cast: lambda self, each: self._cast(each, "CAST"),
        exp.Lower: lambda self, each: _lower(self, [self.sql(each, "this")]),
        exp.TryCast: lambda self, each: self._cast(each, "TRY_CAST"),
    }

    def anonymous_sql(self, expression: exp.Anonymous) -> str:
        if not expression.meta.get(_OF_DUCKDB):
            return str(super().anonymous_sql(expression))
        name = str(expression.this).lower()
        said = _WORDS.get((name, len(expression.expressions))) or _WORDS.get((name, None))
        if said is None:
            raise CannotAnswer(f"Spark has no word for {name}")
        return said(self, [self.sql(argument) for argument in expression.expressions])

    def literal_sql(self, expression: exp.Literal) -> str:
        if not expression.is_string and _WHOLE.fullmatch(expression.this) and int(expression.this) > _SMALL:
            return f"{expression.this}L"
        return str(super().literal_sql(expression))

    def _cast(self, expression: exp.Cast, word: str) -> str:
        value, to, of = self.sql(expression, "this"), self.sql(expression, "to"), expression.meta.get(OF_TYPE)
        if of is not None:
            if to == "STRING" and of == "TIMESTAMP WITH TIME ZONE":
                return f"CONCAT(CAST({value} AS STRING), '+00')"
            if to == "STRING" and of == "DOUBLE":
                return _spelled(value)
            if to == "STRING" and of not in _SAME_TEXT and not of.startswith("DECIMAL("):
                raise CannotAnswer(f"the engines write {of} differently")
            if to.startswith("DECIMAL") and of == "DOUBLE":
                return _rounded(value, to)
            if to.startswith("DECIMAL") and of not in _SAME_NUMBER and not of.startswith("DECIMAL"):
                raise CannotAnswer(f"the engines round {of} differently")
        return f"{word}({value} AS {to})"


def _word(name: str) -> Said:
    """A function under another name."""
    return lambda _, arguments: f"{name}({', '.join(arguments)})"


def _pattern(pattern: str) -> Said:
    """Words with the arguments in the places of `{0}`, `{1}` and so on."""
    return lambda _, arguments: pattern.format(*arguments)


def _spelled(value: str) -> str:
    """A floating number as DuckDB writes it: with an exponent only where it is very large or very small."""
    plain = f"RTRIM('0', CAST(CAST({value} AS DECIMAL(38, 20)) AS STRING))"
    wide = f"RTRIM('0', CAST(CAST({value} AS DECIMAL(38, 10)) AS STRING))"
    short = f"REPLACE(CAST({value} AS STRING), '.0E', 'E')"
    power = f"REGEXP_REPLACE(REGEXP_REPLACE({short}, 'E([0-9])', 'e+$1'), 'E-([0-9])$', 'E-0$1')"
    return (
        f"CASE WHEN ISNAN({value}) THEN 'nan' WHEN ABS({value}) = DOUBLE('Infinity')"
        f" THEN CASE WHEN {value} < 0 THEN '-inf' ELSE 'inf' END"
        f" WHEN {value} = 0 OR (ABS({value}) >= 0.001 AND ABS({value}) < 1e7D) THEN CAST({value} AS STRING)"
        f" WHEN ABS({value}) >= 0.0001 AND ABS({value}) < 0.001 THEN {plain}"
        f" WHEN ABS({value}) >= 1e7D AND ABS({value}) < 1e16D THEN"
        f" CASE WHEN {value} = FLOOR({value}) THEN CONCAT({wide}, '0') ELSE {wide} END"
        f" WHEN {value} IS NOT NULL THEN REPLACE({power}, 'E', 'e') END"
    )


def _rounded(value: str, to: str) -> str:
    """A floating number as a decimal one, as DuckDB rounds it: its multiple is rounded, not what is written of it."""
    places = int(to.rstrip(") ").rpartition(",")[2])
    multiple = f"ROUND({value} * 1e{places}D)"
    # in two parts, each a whole number that a floating one holds exactly
    high = f"CAST(TRY_CAST(FLOOR({multiple} / 4294967296D) AS BIGINT) AS DECIMAL(20, 0))"
    low = f"CAST(TRY_CAST({multiple} - FLOOR({multiple} / 4294967296D) * 4294967296D AS BIGINT) AS DECIMAL(20, 0))"
    whole = f"CAST({high} * 4294967296BD + {low} AS DECIMAL(38, 0))"
    exact = f"TRY_CAST({whole} * 1e-{places}BD AS {to})"
    return f"CASE WHEN ABS({multiple}) < 1e27D THEN {exact} ELSE TRY_CAST({value} AS {to}) END"


def _of_those_there(name: str) -> Said:
    """The value at the smallest or largest order; where there is no value, its order does not count."""
    return _pattern(f"{name}({{0}}, CASE WHEN {{0}} IS NOT NULL THEN {{1}} END)")


def _said_of_both(name: str, generator: _Generator, each: exp.Expression) -> str:
    return _of_those_there(name)(generator, [generator.sql(each, "this"), generator.sql(each, "expression")])


def _lower(_: _Generator, arguments: list[str]) -> str:
    """Small letters. Java has one of its own for the last sigma of a word, and two signs for the Turkish capital I."""
    return f"LOWER(TRANSLATE({arguments[0]}, 'İΣ', 'iσ'))"


def _smallest(generator: _Generator, arguments: list[str]) -> str:
    """The n smallest values, in order."""
    if generator.has_smallest:
        return f"MIN_BY({arguments[0]}, {arguments[0]}, {arguments[1]})"
    return f"SLICE(ARRAY_SORT(COLLECT_LIST({arguments[0]})), 1, {arguments[1]})"


def _drawn(_: _Generator, arguments: list[str]) -> str:
    """A number that is drawn from values, blanks among them."""
    return "XXHASH64(" + ", ".join(f"({value} IS NULL), {value}" for value in arguments) + ")"


def _quoted(_: _Generator, arguments: list[str]) -> str:
    """The parts of a text between signs that stand for themselves."""
    return f"SPLIT({arguments[0]}, CONCAT('\\\\Q', {arguments[1]}, '\\\\E'), -1)"


_WORDS: Mapping[tuple[str, int | None], Said] = {
    ("arg_max", 2): _of_those_there("MAX_BY"),
    ("arg_min", 2): _of_those_there("MIN_BY"),
    ("arg_min_null", 2): _word("MIN_BY"),
    ("array_to_string", 2): _word("ARRAY_JOIN"),
    ("concat", None): lambda _, arguments: "CONCAT(" + ", ".join(f"COALESCE({one}, '')" for one in arguments) + ")",
    ("concat_ws", None): _word("CONCAT_WS"),
    ("epoch_us", 1): _pattern("UNIX_MICROS(CAST({0} AS TIMESTAMP))"),
    ("hash", None): _drawn,
    ("left", 2): _word("LEFT"),
    ("len", 1): _word("SIZE"),
    ("length", 1): _word("LENGTH"),
    ("list", 1): _word("COLLECT_LIST"),
    ("list_distinct", 1): _word("ARRAY_DISTINCT"),
    ("list_extract", 2): _pattern("GET({0}, {1} - 1)"),
    ("list_filter", 2): _word("FILTER"),
    ("list_min", 1): _word("ARRAY_MIN"),
    ("list_position", 2): _word("ARRAY_POSITION"),
    ("list_transform", 2): _word("TRANSFORM"),
    ("lower", 1): _lower,
    ("min", 2): _smallest,
    ("month", 1): _word("MONTH"),
    ("regexp_extract", 2): _pattern("REGEXP_EXTRACT({0}, {1}, 0)"),
    ("regexp_full_match", 2): _pattern("RLIKE({0}, CONCAT('\\\\A(?:', {1}, ')\\\\z'))"),
    ("regexp_replace", 4): _pattern("REGEXP_REPLACE({0}, {1}, {2})"),
    ("replace", 3): _word("REPLACE"),
    ("row", None): _word("STRUCT"),
    ("starts_with", 2): _word("STARTSWITH"),
    ("string_split", 2): _quoted,
    ("strpos", 2): _pattern("LOCATE({1}, {0})"),
    ("substr", None): _word("SUBSTR"),
    ("translate", 3): _word("TRANSLATE"),
    ("trim", 1): _word("TRIM"),
    ("trim", 2): _word("BTRIM"),
    ("trunc", 1): _pattern("CASE WHEN {0} < 0 THEN CEIL({0}) ELSE FLOOR({0}) END"),
    ("unnest", 1): _word("EXPLODE"),
    ("upper", 1): _word("UPPER"),
    ("year", 1): _word("YEAR"),
}
"""DuckDB's function with so many arguments (None: any number) -> how Spark says it."""
