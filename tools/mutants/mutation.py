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
    """A file with one mistake: what it stands in (`Class.method`), the lines of the piece and those of its statement,
    what is read there as it was and as it is now, and the whole text.
    """

    within: str
    lines: range
    statement: range
    old: str
    new: str
    text: str

    @property
    def line(self) -> int:
        return self.lines.start


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk through a file is: the names around, the statement, and the expression or statement just above."""

    within: tuple[str, ...]
    statement: ast.stmt | None
    above: ast.AST


def mutants(source: str) -> Iterator[Mutant]:
    """All mistakes of these kinds, from top to bottom: a comparison that is off or turned round, `and` for `or`, a
    condition that is negated, plus for minus, a number that is one too large, yes for no.

    Annotations, decorators and docstrings are left alone, and so is what only names types, how often a text is split at
    most, and `zip(…, strict=True)`, which is there for the reader and the type checker.
    """
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    for node, place in _nodes(tree, _Place((), None, tree)):
        for changed in _changes(node):
            if node.end_lineno is None:
                continue
            new = f"({ast.unparse(changed)})"
            text = _replaced(lines, node, new)
            old, told = _told(source, node, place, new)
            yield Mutant(
                ".".join(place.within),
                range(node.lineno, node.end_lineno + 1),
                _lines_of(place.statement or node),
                old,
                told,
                text,
            )


def _told(source: str, node: ast.expr, place: _Place, new: str) -> tuple[str, str]:
    """What is read of a mistake: a number alone says little, therefore the expression around it."""
    piece = ast.get_source_segment(source, node) or ""
    around = place.above
    if isinstance(node, ast.Constant) and isinstance(around, (ast.expr, ast.Assign, ast.AnnAssign, ast.Return)):
        whole = ast.get_source_segment(source, around) or ""
        if "\n" not in whole and len(whole) <= 100:
            begin = len(whole.encode()[: node.col_offset - around.col_offset].decode())
            return whole, whole[:begin] + new[1:-1] + whole[begin + len(piece) :]
    return " ".join(piece.split()), new[1:-1]


def _lines_of(node: ast.AST) -> range:
    """The lines of a statement; of one with others in it, those before them."""
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
    if body := getattr(node, "body", None):
        last = max(first, body[0].lineno - 1) if isinstance(body, list) else last
    return range(first, last + 1)


def _nodes(tree: ast.AST, place: _Place) -> Iterator[tuple[ast.expr, _Place]]:
    """The expressions that decide something, in order."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list") or isinstance(tree, (ast.JoinedStr, ast.Import)):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _is_about_types(child) or _is_left_alone(tree, name, child):
                continue
            if isinstance(child, ast.expr):
                yield child, place
            yield from _nodes(child, _below(child, place))


def _below(node: ast.AST, place: _Place) -> _Place:
    within = place.within
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        within = (*within, node.name)
    statement = node if isinstance(node, ast.stmt) else place.statement
    above = place.above if isinstance(node, ast.keyword) else node
    return _Place(within, statement, above)


def _is_left_alone(tree: ast.AST, name: str, child: ast.AST) -> bool:
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Attribute) and tree.func.attr in ("split", "rsplit"):
        return name == "args" and child in tree.args[1:]
    return isinstance(child, ast.keyword) and child.arg in ("strict", "maxsplit")


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
