"""Every key and value of the reference agreement, placed by two readers that share no code.

The other one is ruamel.yaml's round-trip loader, which remembers where each key and value begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from checker.finding import Path
from checker.text import parse
from tests.reference import FOLDER

FILES = sorted(FOLDER.glob("*.yaml"))


def spots(node: Any, path: Path = ()) -> Iterator[tuple[Path, Literal["key", "value"], int, int]]:
    """Path, key or value, line and column (from 1) of everything in a round-trip tree.

    Values that are indented below their key are left out: ours marks the key for them.
    """
    if isinstance(node, CommentedMap):
        for key, child in node.items():
            here = (*path, str(key))
            line, column = node.lc.key(key)
            yield here, "key", line + 1, column + 1
            if not isinstance(child, CommentedMap | CommentedSeq) or child.fa.flow_style():
                line, column = node.lc.value(key)
                yield here, "value", line + 1, column + 1
            yield from spots(child, here)
    elif isinstance(node, CommentedSeq):
        for position, child in enumerate(node):
            line, column = node.lc.item(position)
            yield (*path, position), "value", line + 1, column + 1
            yield from spots(child, (*path, position))


def bare(written: str) -> str:
    """Without the quotes around it."""
    return written[1:-1] if written[0] in "\"'" else written


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_places_are_those_of_an_independent_reader(file):
    text = file.read_text(encoding="utf-8")
    document = parse(text)
    other = list(spots(YAML().load(text)))
    ours = [(path, on, document.place(path, on)) for path, on, _, _ in other]

    assert other == [(path, on, place.line, place.column) for path, on, place in ours]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_stands_at_a_place_is_what_was_read(file):
    """Keys and single values, between the two columns of their places."""
    document = parse(file.read_text(encoding="utf-8"))

    def walk(value: Any, path: Path) -> Iterator[tuple[str, str]]:
        if path and isinstance(path[-1], str):
            place = document.place(path, "key")
            yield path[-1], bare(place.source[place.column - 1 : place.end_column - 1])
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(child, (dict, list)):
                yield from walk(child, (*path, step))
            elif isinstance(child, str) and "\n" not in document.written((*path, step)):
                place = document.place((*path, step))
                yield child, bare(place.source[place.column - 1 : place.end_column - 1])

    pairs = list(walk(document.values, ()))

    assert [read for read, _ in pairs] == [stands for _, stands in pairs]
    assert len(pairs) > 3


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_reference_has_no_problem(file):
    assert () == parse(file.read_text(encoding="utf-8")).problems
