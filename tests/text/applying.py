"""What the reader told of a text, and its edits carried out."""

from __future__ import annotations

from collections.abc import Iterable

from checker.finding import At, Edit, Place, Problem
from checker.text import Document, parse


def spot(at: At | Place) -> Place:
    """What the reader says always has a place."""
    assert isinstance(at, Place)
    return at


def told(document: Document) -> list[tuple[str, int, int]]:
    """Kind, line and column of every problem."""
    return [(problem.kind, spot(problem.at).line, spot(problem.at).column) for problem in document.problems]


def safe_edits(problems: Iterable[Problem]) -> list[Edit]:
    return [edit for problem in problems for edit in problem.fixes if edit.safe]


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made, the last spot first. Raises AssertionError where the old words do not stand."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda edit: (spot(edit.at).line, spot(edit.at).column), reverse=True):
        place = spot(edit.at)
        line = lines[place.line - 1]
        start, end = place.column - 1, place.column - 1 + len(edit.old)
        if line[start:end] != edit.old:
            raise AssertionError(f"{line!r} does not say {edit.old!r} at {place.column}")
        lines[place.line - 1] = line[:start] + edit.new + line[end:]
    return "\n".join(lines)


def mended(text: str) -> Document:
    """What a text says once its safe fixes are made."""
    return parse(applied(text, safe_edits(parse(text).problems)))
