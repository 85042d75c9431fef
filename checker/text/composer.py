"""From the reader's events to a tree: the only file that runs ruamel.yaml.

The C reader refuses a colon or a question mark inside a word in braces (`{until: 09:30}`, a web address), which the
format allows. Such signs are masked by other letters and the text is read again, so that every place stays what it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ruamel.yaml.cyaml import CBaseLoader
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from checker.text.tree import Mapping, Node, Scalar, Sequence, Span

MOST_DEPTH = 60
MOST_VALUES = 200_000
"""Keys and values in a text: ten times what an agreement of 20,000 lines holds."""
_MASKS = {":": "\ue000", "?": "\ue001"}
_UNMASKED = str.maketrans({mask: sign for sign, mask in _MASKS.items()})
_SIGN_IN_A_WORD = re.compile(r"""(?<=[^\s"'\]},\[{]):(?=[^\s,\[\]{}])|(?<=[^\s\]},\[{])\?|(?<=[^\s,\[\]{}:?-][ ])\?""")


class Refused(Exception):
    """The reader stopped. `context` and `problem` are its own words; the positions, counted from 0, are those in the
    text that it was given.
    """

    def __init__(self, context: str, began: tuple[int, int], problem: str, stopped: tuple[int, int]) -> None:
        super().__init__(problem)
        self.context = context
        self.began = began
        self.problem = problem
        self.stopped = stopped

    @property
    def is_open_ended(self) -> bool:
        """Whether the reader was inside quotes, brackets or a key, whose end it may have missed long before."""
        return any(word in self.context for word in ("quoted", "flow", "simple key"))

    @property
    def is_quote_left_open(self) -> bool:
        """Whether the text ended inside quotes."""
        return "quoted" in self.context and "end of stream" in self.problem


class TooDeep(Exception):
    """More than `MOST_DEPTH` levels inside each other."""

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


class TooMany(Exception):
    """More than `MOST_VALUES` keys and values."""

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


class Mark(NamedTuple):
    """A word with a meaning of its own that an agreement does not use: an anchor (`&x`), a reference to one (`*x`), a
    tag (`!x`). `span` is that of the value that it belongs to.
    """

    kind: Literal["anchor", "reference", "tag"]
    span: Span
    is_scalar: bool


@dataclass(slots=True)
class Composed:
    """What a text holds: one tree a document (the first is the agreement), and the marks in it."""

    documents: list[Node] = field(default_factory=list)
    document_starts: list[Span] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def compose(text: str, first_line: int = 0) -> Composed:
    """Reads a text that begins on a line of its file (counted from 0), by which the places in the tree are counted.

    Raises `Refused` where it is not YAML, `TooDeep` and `TooMany` over the limits.
    """
    try:
        return _compose(text, first_line, masked=False)
    except Refused:
        if any(mask in text for mask in _MASKS.values()) or not _SIGN_IN_A_WORD.search(text):
            raise
    return _compose(_SIGN_IN_A_WORD.sub(lambda sign: _MASKS[sign[0]], text), first_line, masked=True)


def _compose(text: str, first_line: int, *, masked: bool) -> Composed:
    composed = Composed()
    try:
        parser = CBaseLoader(text)
    except UnicodeEncodeError:
        raise Refused("", (0, 0), "a letter that no file can hold", (0, 0)) from None

    def spanned(event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(start.line + first_line, start.column, end.line + first_line, end.column)

    children: list[Node] = composed.documents
    open_lists: list[list[Node]] = []
    open_nodes: list[Mapping | Sequence] = []
    count = 0
    try:
        while parser.check_event():
            event = parser.get_event()
            kind = type(event)
            if kind is ScalarEvent:
                value = event.value.translate(_UNMASKED) if masked else event.value
                span = spanned(event)
                children.append(Scalar(value, event.style or "", span))
                count += 1
                if count > MOST_VALUES:
                    raise TooMany(span)
                if event.anchor is not None or event.tag is not None:
                    composed.marks.append(Mark("tag" if event.anchor is None else "anchor", span, True))
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                span = spanned(event)
                if event.anchor is not None or event.tag is not None:
                    composed.marks.append(Mark("tag" if event.anchor is None else "anchor", span, False))
                node = (Mapping if kind is MappingStartEvent else Sequence)([], bool(event.flow_style), span)
                children.append(node)
                open_lists.append(children)
                open_nodes.append(node)
                if len(open_nodes) > MOST_DEPTH:
                    raise TooDeep(span)
                children = node.children
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                closed = open_nodes.pop()
                end = event.end_mark
                closed.span = Span(closed.span.line, closed.span.column, end.line + first_line, end.column)
                children = open_lists.pop()
            elif kind is AliasEvent:
                span = spanned(event)
                children.append(Scalar("", "*", span))
                composed.marks.append(Mark("reference", span, True))
            elif kind is DocumentStartEvent:
                composed.document_starts.append(spanned(event))
    except MarkedYAMLError as error:
        stopped = error.problem_mark or error.context_mark
        began = error.context_mark or stopped
        raise Refused(
            error.context or "", (began.line, began.column), error.problem or "", (stopped.line, stopped.column)
        ) from None
    except YAMLError as error:
        raise Refused("", (0, 0), str(error), (0, 0)) from None
    return composed
