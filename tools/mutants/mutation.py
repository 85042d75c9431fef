"""Small mistakes that somebody could make in a file: one at a time, each as the text of the file with it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one mistake: the line, the piece as it was and as it is now, and the whole text."""

    line: int
    old: str
    new: str
    text: str


def mutants(source: str) -> Iterator[Mutant]:
    """All mistakes of these kinds, from top to bottom: a comparison that is off or turned round, `and` for `or`, a
    condition that is negated, plus for minus, a number that is one too large, yes for no.

    Annotations and docstrings are left alone, and so is what only names types.
    """
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    for node in _nodes(tree):
        for changed in _changes(node):
            old = ast.get_source_segment(source, node)
            if old is None:
                continue
            new = f"({ast.unparse(changed)})"
            yield Mutant(node.lineno, " ".join(old.split()), new[1:-1], _replaced(lines, node, new))


def _nodes(tree: ast.AST) -> Iterator[ast.expr]:
    """The expressions that decide something, in order."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list") or isinstance(tree, (ast.JoinedStr, ast.Import)):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _is_about_types(child):
                continue
            if isinstance(child, ast.expr):
                yield child
            yield from _nodes(child)


def _is_about_types(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return False


def _changes(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(left, [operator], [right]) if type(operator) in _COMPARED:
            yield ast.Compare(left, [_COMPARED[type(operator)]()], [right])
        case ast.BoolOp(ast.And(), values):
            yield ast.BoolOp(ast.Or(), values)
        case ast.BoolOp(ast.Or(), values):
            yield ast.BoolOp(ast.And(), values)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.BinOp(left, operator, right) if type(operator) in _RECKONED and not _is_text(left, right):
            yield ast.BinOp(left, _RECKONED[type(operator)](), right)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() as value):
            yield ast.Constant(value + 1)


def _is_text(*nodes: ast.expr) -> bool:
    return any(isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str) for node in nodes)


def _replaced(lines: list[str], node: ast.expr, new: str) -> str:
    """The text with another piece in a node's place. Columns of the tree count bytes."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    first, last = lines[node.lineno - 1].encode(), lines[node.end_lineno - 1].encode()
    joined = first[: node.col_offset].decode() + new + last[node.end_col_offset :].decode()
    return "".join([*lines[: node.lineno - 1], joined, *lines[node.end_lineno :]])
