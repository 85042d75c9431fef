"""From a file's text to a tree: at once where it can be read, else with the help of `checker.text.recovery`."""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.finding import Problem
from checker.text.composer import Composed, Refused, compose
from checker.text.source import Source
from checker.text.tree import Node, Scalar

ODD_SPACES = "\u00a0\u2007\u202f\u3000"
"""Signs that look like a space, as they come with a piece of a web page."""


@dataclass(slots=True)
class Reading:
    """What could be read; `unread` are top-level keys whose section could not, or only by guessing."""

    composed: Composed
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


def read_tree(text: str, source: Source) -> Reading:
    """Reads a file. `source` learns of every repair, so that places stay those of the file. Raises `TooDeep`."""
    if not any(space in text for space in ODD_SPACES):
        composed = composed_or_none(text)
        if composed is not None:
            return Reading(composed)
    # Loaded only here: its many patterns take as long to prepare as most agreements take to read.
    from checker.text.recovery import recover

    return recover(text, source)


def composed_or_none(text: str) -> Composed | None:
    """The tree of a text; None for what is not YAML, or is no more than a sentence."""
    try:
        composed = compose(text)
    except Refused:
        return None
    return None if any(map(_is_sentence, composed.documents)) else composed


def _is_sentence(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.is_blank
