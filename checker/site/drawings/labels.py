"""Which of many labels beside each other there is room for."""

from __future__ import annotations

import math
from collections.abc import Sequence

LETTER = 12.0
"""The width of a letter where it is largest: on a phone, in the drawing's own units."""


def with_room(labels: Sequence[str], apart: float) -> frozenset[int]:
    """The places of the labels that are written, from the last one back: as many as do not touch each other.

    `apart` is the distance between the middles of two neighbours.
    """
    longest = max(map(len, labels), default=0)
    every = max(math.ceil((longest + 1) * LETTER / apart), 1) if apart > 0 else 1
    return frozenset(range(len(labels) - 1, -1, -every))
