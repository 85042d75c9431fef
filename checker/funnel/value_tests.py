"""One test of a condition on one value of a lead, as SQL: null where the value is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlglot import exp

from checker.agreement.conditions import FieldTest, Kind
from checker.agreement.fields import FieldValue
from checker.funnel import answers, nodes
from checker.funnel.nodes import Node
from checker.logic.criteria import folded

# A character that no cell holds parts the values of a list where they are searched as one text.
BETWEEN_VALUES = "\x1f"
COMPARISONS: dict[Kind, type[Node]] = {
    Kind.AT_LEAST: exp.GTE,
    Kind.AT_MOST: exp.LTE,
    Kind.MORE_THAN: exp.GT,
    Kind.LESS_THAN: exp.LT,
}


def exact(value: Fraction) -> Decimal:
    """A fraction with finitely many decimals, as all numbers that people write have. Raises ValueError for others."""
    places = next((places for places in range(39) if (value * 10**places).denominator == 1), None)
    if places is None:
        raise ValueError(f"{value} has no finite decimals")
    return Decimal(int(value * 10**places)).scaleb(-places)


def literal(value: FieldValue) -> Node:
    """A value that people wrote, as SQL."""
    match value:
        case bool():
            return nodes.truth(value)
        case Fraction():
            return nodes.number(exact(value))
        case date():
            return nodes.date(value)
        case _:
            return nodes.text(value)


def text_test(kind: Kind, operands: list[FieldValue], value: Node) -> Node:
    """A test of one text; case does not count."""
    words = [nodes.text(folded(str(operand))) for operand in operands]
    if kind is Kind.ONE_OF:
        return answers.is_in(exp.Lower(this=value), words)
    if kind is Kind.CONTAINS:
        return _contains(exp.Lower(this=value), words[0])
    return answers.never(value)


def texts_test(kind: Kind, operands: list[FieldValue], value: Node) -> Node:
    """Of several values one that passes is enough. They are searched as one text, each between two marks."""
    mark = nodes.text(BETWEEN_VALUES)
    joined = exp.Lower(this=exp.ArrayToString(this=value, expression=mark))
    if kind is Kind.CONTAINS:
        return _contains(joined, nodes.text(folded(str(operands[0]))))
    if kind is not Kind.ONE_OF:
        return answers.never(value)
    marked = exp.DPipe(this=exp.DPipe(this=mark.copy(), expression=joined), expression=mark.copy())
    words = [nodes.text(f"{BETWEEN_VALUES}{folded(str(operand))}{BETWEEN_VALUES}") for operand in operands]
    return answers.some(_contains(marked.copy(), word) for word in words) if words else answers.never(value)


def _contains(text: Node, word: Node) -> Node:
    return exp.GT(this=exp.StrPosition(this=text, substr=word), expression=nodes.number(0))


def ordered_test(kind: Kind, operands: list[FieldValue], value: Node, bound: type[Fraction] | type[date]) -> Node:
    """A test of a number or a date; `bound` is what its operands must be to be compared."""
    if kind is Kind.ONE_OF:
        return answers.is_in(value, [literal(operand) for operand in operands if isinstance(operand, bound)])
    if not all(isinstance(operand, bound) for operand in operands):
        return answers.never(value)
    if kind is Kind.BETWEEN:
        return exp.Between(this=value, low=literal(operands[0]), high=literal(operands[1]))
    if kind in COMPARISONS:
        return COMPARISONS[kind](this=value, expression=literal(operands[0]))
    return answers.never(value)


def flag_test(test: FieldTest, value: Node) -> Node:
    """A test of a yes or no."""
    if test.kind is Kind.KNOWN:
        return nodes.is_known(value)
    if test.kind is Kind.NOT_KNOWN:
        return nodes.is_null(value)
    if test.kind not in (Kind.ONE_OF, Kind.NOT_ONE_OF):
        return answers.never(value)
    if not all(isinstance(operand, bool) for operand in test.operands):
        return answers.known(None)
    wanted = set(test.operands)
    if len(wanted) == 1:
        answer = value if True in wanted else answers.opposite(value)
    else:
        answer = nodes.case([(nodes.is_known(value), nodes.truth(bool(wanted)))])
    return answers.opposite(answer) if test.kind is Kind.NOT_ONE_OF else answer
