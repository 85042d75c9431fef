"""One file: its text read into top-level keys with their values, and everything that is wrong with it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from checker.errors import UnreadableInput
from checker.finding import Path, Place, Problem, WaivedCode
from checker.message import say
from checker.text import traps
from checker.text.composer import MOST_DEPTH, MOST_VALUES, Composed, TooDeep, TooMany
from checker.text.reading import read_tree
from checker.text.scalars import Value
from checker.text.source import Source, split_lines
from checker.text.tree import Mapping, Node, Scalar, Span
from checker.text.unseen import unseen_signs
from checker.text.values import ValueReader
from checker.text.waivers import waivers_of


@dataclass(frozen=True, slots=True)
class Part:
    """A top-level key, its value, and the file that holds them."""

    source: Source
    key: Scalar
    node: Node
    value: Value


@dataclass(frozen=True, slots=True)
class File:
    """What one file holds. `unread` are the paths that are written but have no value that could be read."""

    source: Source
    parts: dict[str, Part]
    problems: tuple[Problem, ...]
    unread: frozenset[Path]
    is_empty: bool
    waivers: tuple[WaivedCode, ...] = ()


def read_text(text: str, name: str) -> File:
    """Reads a file's text. Raises UnreadableInput where it is nested too deeply."""
    with _without_garbage_collection():
        return _read_text(text, name)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Nothing that reading makes is garbage, and looking for some among it takes as long as the reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_text(text: str, name: str) -> File:
    source = Source(name, split_lines(text), text)
    try:
        reading = read_tree(text, source)
    except TooDeep as deep:
        message = say("the text is nested more than {most} levels deep", most=MOST_DEPTH)
        raise UnreadableInput(message, source.place(deep.span)) from None
    except TooMany as many:
        message = say("the text holds more than {most} keys and values", most=MOST_VALUES)
        raise UnreadableInput(message, source.place(many.span)) from None
    problems = [*reading.problems, *unseen_signs(source)]
    unread: set[Path] = {(key,) for key in reading.unread}
    parts: dict[str, Part] = {}
    composed = reading.composed
    problems += (traps.second_document(source, span) for span in composed.document_starts[1:])
    taken_as_text = _taken_as_text(composed)
    problems += (traps.mark(source, mark, mark.span in taken_as_text) for mark in composed.marks)
    root = _root(composed)
    waivers = waivers_of(source, composed.documents)
    problems += waivers.problems
    if isinstance(root, Mapping):
        reader = ValueReader(source, taken_as_text)
        values = reader.mapping(root, ())
        problems += reader.problems
        unread |= reader.unread
        for key, node in root.pairs():
            if isinstance(key, Scalar):
                parts[key.text] = Part(source, key, node, values[key.text])
    elif root is not None:
        problems.append(traps.not_a_mapping(source, root.span))
    problems.sort(key=_position)
    return File(source, parts, tuple(problems), frozenset(unread), not problems and root is None, waivers.codes)


def _position(problem: Problem) -> tuple[int, int]:
    """The order in which problems are told."""
    place = problem.at
    return (place.line, place.column) if isinstance(place, Place) else (0, 0)


def _root(composed: Composed) -> Node | None:
    """The top level; what stands in further documents is read as if it stood in the first."""
    filled = [node for node in composed.documents if not (isinstance(node, Scalar) and node.is_blank)]
    mappings = [node for node in filled if isinstance(node, Mapping)]
    if not mappings or mappings[0] is not filled[0]:
        return filled[0] if filled else None
    for further in mappings[1:]:
        mappings[0].children += further.children
    return mappings[0]


def _taken_as_text(composed: Composed) -> frozenset[Span]:
    """Texts that only happen to begin with & or * or !, such as `&Co Ltd`: nothing in the file refers to them."""
    kinds = {mark.kind for mark in composed.marks}
    return frozenset(
        mark.span
        for mark in composed.marks
        if mark.is_scalar and (mark.kind == "tag" or not {"anchor", "reference"} <= kinds)
    )
