"""Yes, no and cannot tell as SQL: nodes that are true, false or null.

The same strong Kleene logic as `checker.logic.three_valued`; constants are folded, so that what the data lacks does
not swell a statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlglot import exp

from checker.funnel import nodes
from checker.funnel.nodes import Node
from checker.logic.three_valued import Answer


def known(answer: Answer) -> Node:
    """A constant: true, false, or null for "cannot tell"."""
    return exp.cast(nodes.nothing(), "BOOLEAN") if answer is None else nodes.truth(answer)


def is_constant(node: Node, value: bool) -> bool:
    """Whether a node is the constant true or false."""
    return isinstance(node, exp.Boolean) and node.this is value


def is_told(node: Node) -> bool:
    """Whether a node is sure to be true or false in every row, by the way it is built."""
    match node:
        case exp.Boolean() | exp.Is() | exp.Exists():
            return True
        case exp.Paren() | exp.Not():
            return is_told(node.this)
        case exp.And() | exp.Or():
            return is_told(node.this) and is_told(node.expression)
        case exp.Coalesce():
            return isinstance(node.expressions[-1], exp.Boolean)
        case _:
            return False


def every(parts: Iterable[Node]) -> Node:
    """Whether all hold; true for none at all."""
    told = [part for part in parts if not is_constant(part, True)]
    if any(is_constant(part, False) for part in told):
        return nodes.truth(False)
    return told[0] if len(told) == 1 else nodes.both(told)


def some(parts: Iterable[Node]) -> Node:
    """Whether at least one holds; false for none at all."""
    told = [part for part in parts if not is_constant(part, False)]
    if any(is_constant(part, True) for part in told):
        return nodes.truth(True)
    return told[0] if len(told) == 1 else nodes.either(told)


def opposite(part: Node) -> Node:
    """Whether it does not hold."""
    if isinstance(part, exp.Boolean):
        return nodes.truth(not part.this)
    return nodes.negated(part)


def surely(part: Node) -> Node:
    """Whether it holds, where what cannot be told counts as no."""
    return part if is_told(part) else exp.Coalesce(this=part, expressions=[nodes.truth(False)])


def perhaps(part: Node) -> Node:
    """Whether it may hold: what cannot be told counts as yes."""
    return part if is_told(part) else exp.Coalesce(this=part, expressions=[nodes.truth(True)])


def cannot_tell(part: Node) -> Node:
    """Whether it is neither true nor false."""
    return nodes.truth(False) if is_told(part) else nodes.is_null(exp.Paren(this=part))


def at_least(count: int, parts: Sequence[Node]) -> Node:
    """Whether at least `count` hold."""
    sure = _number([surely(part) for part in parts])
    possible = _number([perhaps(part.copy()) for part in parts])
    return nodes.case(
        [
            (exp.GTE(this=sure, expression=nodes.number(count)), nodes.truth(True)),
            (exp.LT(this=possible, expression=nodes.number(count)), nodes.truth(False)),
        ]
    )


def _number(conditions: Sequence[Node]) -> Node:
    """How many of the conditions of one row hold."""
    total: Node = nodes.number(0)
    for condition in conditions:
        one = nodes.case([(condition, nodes.number(1))], nodes.number(0))
        total = exp.Add(this=total, expression=one)
    return exp.Paren(this=total)


def never(value: Node) -> Node:
    """False for what is known, null for what is blank: a test that no such value passes."""
    return nodes.case([(nodes.is_known(value), nodes.truth(False))])


def is_in(value: Node, items: Sequence[Node]) -> Node:
    """Whether a value is one of some; null where the value is."""
    if not items:
        return never(value)
    return nodes.equal(value, items[0]) if len(items) == 1 else nodes.is_in(value, items)
