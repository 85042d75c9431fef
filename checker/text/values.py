"""From a tree to values: what each text stands for, and the traps that read well but mean something else.

A trap is reported once, and read as its repair would be, so that nothing else complains of what it caused. A value
that cannot be known is left out, and its path is remembered in `unread`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from checker.finding import Path, Problem
from checker.text import traps
from checker.text.numbers import with_commas, without_thousands, without_zeros_first
from checker.text.quotes import one_line
from checker.text.scalars import NO_VALUE, Value, resolve
from checker.text.source import Source
from checker.text.tree import Mapping, Node, Scalar, Sequence, Span, around

_TORN_OFF = re.compile(r"[0-9]{3}(?![0-9])")
_WORD = re.compile(r"[a-z][a-z0-9_-]*\Z")
_NO_SPACE = re.compile(r"(?P<key>[a-z][a-z0-9_-]*):(?P<value>\S.*)\Z", re.DOTALL)


def _is_word(node: Node) -> bool:
    return isinstance(node, Scalar) and _WORD.match(node.text) is not None


class ValueReader:
    """Reads one file's tree. `problems` and `unread` grow as it goes; the tree is left as it was understood."""

    def __init__(self, source: Source, taken_as_text: frozenset[Span] = frozenset()) -> None:
        """`taken_as_text`: values that are read as they stand, because they only begin with a special sign."""
        self.problems: list[Problem] = []
        self.unread: set[Path] = set()
        self._source = source
        self._taken_as_text = taken_as_text
        self._lines_with_remark = traps.lines_with_tight_remark(source)

    def mapping(self, node: Mapping, path: Path) -> dict[str, Value]:
        """The values of a mapping. Of two equal keys the first counts."""
        if node.in_braces:
            self._join_torn_texts(node)
        values: dict[str, Value] = {}
        kept: list[Node] = []
        keys: dict[str, Scalar] = {}
        for key, child in node.pairs():
            if not isinstance(key, Scalar) or not key.text or _is_merge(key) or key.text in keys:
                problem = self._refuse_key(key, child, keys)
                if problem is not None:
                    self.problems.append(problem)
                continue
            keys[key.text] = key
            here = (*path, key.text)
            read = self.value(child, here, key)
            if read is None:
                self.unread.add(here)
                continue
            kept.append(key)
            kept.append(read[0])
            values[key.text] = read[1]
        node.children = kept
        return values

    def sequence(self, node: Sequence, path: Path) -> list[Value]:
        """The values of a list. An entry that has none is left out."""
        if node.in_brackets:
            self._join_torn_numbers(node)
        values: list[Value] = []
        kept: list[Node] = []
        for child in node.children:
            read = self.value(child, (*path, len(kept)), None)
            if read is not None:
                kept.append(read[0])
                values.append(read[1])
        node.children = kept
        return values

    def value(self, node: Node, path: Path, key: Scalar | None) -> tuple[Node, Value] | None:
        """A value and the node that stands for it; None where there is none. `key` is what it belongs to."""
        if isinstance(node, Scalar):
            return self._scalar(node, key)
        if isinstance(node, Sequence):
            return node, self.sequence(node, path)
        if node.in_braces and node.children:
            if not all(isinstance(child, Scalar) for child in node.children[::2]):
                return self._text_in_braces(node)
            if self._is_list(node):
                return self._list_in_braces(node, path)
        return node, self.mapping(node, path)

    def _refuse_key(self, key: Node, child: Node, keys: dict[str, Scalar]) -> Problem | None:
        if not isinstance(key, Scalar):
            return traps.no_key(self._source, key.span)
        if key.style == "*":
            return None
        if not key.text:
            return traps.no_key(self._source, around(key.span, child.span))
        if key.text in keys:
            return traps.duplicate_key(self._source, keys[key.text], key)
        return traps.shortcut(self._source, key.span)

    def _scalar(self, node: Scalar, key: Scalar | None) -> tuple[Node, Value] | None:
        text = node.text
        if self._taken_as_text and node.span in self._taken_as_text:
            text = one_line(self._source.written(node.span))
            return Scalar(text, '"', node.span), text
        if node.style:
            if node.style == "*":
                return None
            if node.style in "|>" and not text.strip():
                self.problems.append(traps.nothing_folded(self._source, node, key))
                return None
            return self._number(node, text) if "$" in text or "€" in text else (node, text)
        if node.span.end_line in self._lines_with_remark:
            lost = traps.lost_remark(self._source, node)
            if lost is not None:
                self.problems.append(lost.problem)
                if lost.text is not None:
                    return Scalar(lost.text, '"', node.span), lost.text
                if node.is_blank:
                    return None
        if text in NO_VALUE:
            self.problems.append(traps.empty_value(self._source, node, key))
            return None
        value = resolve(text)
        if type(value) is str or type(value) is Decimal:
            return self._number(node, value)
        return node, value

    def _number(self, node: Scalar, value: str | Decimal) -> tuple[Node, Value]:
        """What may be a number with separators, or with a zero before it."""
        text = node.text
        if "." in text or "_" in text:
            respelled = without_thousands(text)
            if respelled is not None:
                self.problems.append(traps.thousands(self._source, node, respelled))
                return node, resolve(respelled.text) if respelled.decimal is None else value
        elif text.startswith(("0", "-0")) and node.is_plain:
            number = without_zeros_first(text)
            if number is not None:
                self.problems.append(traps.zero_first(self._source, node, number))
                return node, resolve(number)
        return node, value

    def _is_list(self, node: Mapping) -> bool:
        """Whether braces hold words alone: `{marketing, sales}`."""
        return all(
            self._is_bare(node, position) and not _NO_SPACE.match(key.text)
            for position, key in enumerate(node.children)
            if position % 2 == 0 and isinstance(key, Scalar)
        )

    def _is_bare(self, node: Mapping, position: int) -> bool:
        """A key in braces that has neither a colon nor a value: what a comma makes of prose."""
        key, value = node.children[position], node.children[position + 1]
        return (
            isinstance(key, Scalar)
            and isinstance(value, Scalar)
            and value.is_blank
            and bool(key.text)
            and not self._source.has_colon_behind(key.span)
        )

    def _join_torn_texts(self, node: Mapping) -> None:
        """Puts together what a comma inside braces tore apart, and what a missing space after a colon glued."""
        children = node.children
        if not any(isinstance(value, Scalar) and value.is_blank for value in children[1::2]):
            return
        joined: list[Node] = []
        position = 0
        while position < len(children):
            key, value = children[position], children[position + 1]
            position += 2
            if self._is_bare(node, position - 2) and isinstance(key, Scalar):
                glued = _NO_SPACE.match(key.text) if key.is_plain else None
                if glued is not None:
                    self.problems.append(traps.no_space(self._source, key, glued["key"], glued["value"]))
                    line, column = key.span.line, key.span.column + len(glued["key"])
                    key, value = (
                        Scalar(glued["key"], "", Span(line, key.span.column, line, column)),
                        Scalar(glued["value"], "", Span(line, column + 1, key.span.end_line, key.span.end_column)),
                    )
            if isinstance(value, Scalar) and value.is_plain and not value.is_blank:
                first = position
                while position < len(children) and self._is_bare(node, position):
                    position += 2
                if position - first == 2 and _is_word(children[first]):
                    # `{name: Ana, team}`: a value may be missing as well as quotes.
                    position = first
                elif position > first:
                    value = self._join(value, children[first:position:2])
            joined += (key, value)
        node.children = joined

    def _join(self, value: Scalar, torn_off: list[Node]) -> Scalar:
        span = around(value.span, torn_off[-1].span)
        text = one_line(self._source.written(span))
        number = with_commas(text)
        if number is not None:
            self.problems.append(traps.comma_in_number(self._source, span, text, number))
            return Scalar(number, "", span)
        self.problems.append(traps.comma_in_braces(self._source, span, text, self._source.written(torn_off[0].span)))
        return Scalar(text, '"', span)

    def _join_torn_numbers(self, node: Sequence) -> None:
        """`[R$ 30,000]` holds one amount, not two entries."""
        joined: list[Node] = []
        for child in node.children:
            before = joined[-1] if joined else None
            if (
                isinstance(child, Scalar)
                and isinstance(before, Scalar)
                and child.is_plain
                and before.is_plain
                and _TORN_OFF.match(child.text)
                and (child.span.line, child.span.column) == (before.span.end_line, before.span.end_column + 1)
                and (child.text.startswith("0") or not before.text.isdigit())
            ):
                span = around(before.span, child.span)
                text = self._source.written(span)
                number = with_commas(text)
                if number is not None:
                    self.problems.append(traps.comma_in_number(self._source, span, text, number))
                    joined[-1] = Scalar(number, "", span)
                    continue
            joined.append(child)
        node.children = joined

    def _text_in_braces(self, node: Mapping) -> tuple[Node, Value]:
        """`{{name}}`: a text that begins with a brace."""
        text = one_line(self._source.written(node.span))
        self.problems.append(traps.starts_with_brace(self._source, node.span, text))
        return Scalar(text, '"', node.span), text

    def _list_in_braces(self, node: Mapping, path: Path) -> tuple[Node, Value]:
        """`{marketing, sales}`: a list in the wrong brackets."""
        self.problems.append(traps.list_in_braces(self._source, node.span))
        entries = Sequence(node.children[::2], True, node.span)
        return entries, self.sequence(entries, path)


def _is_merge(key: Scalar) -> bool:
    """`<<`; in quotes it is a key like any other."""
    return key.text == "<<" and key.is_plain
