"""The scale of numbers up the side of a drawing, and which of many labels there is room for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from checker.site.charts import Tick, nice_step

LETTER = 12.0
"""The width of a letter where it is largest: on a phone, in the drawing's own units."""


@dataclass(frozen=True)
class Scale:
    """From 0 at `bottom` to a round number at `top`."""

    top: float
    bottom: float
    roof: float
    step: float

    def y(self, value: float) -> float:
        """The height of a number."""
        return self.bottom - (self.bottom - self.top) * value / self.roof

    @property
    def ticks(self) -> tuple[Tick, ...]:
        return tuple(Tick(self.y(self.step * at), self.step * at) for at in range(round(self.roof / self.step) + 1))


def scale_to(highest: float, top: float, bottom: float) -> Scale:
    """A scale from 0 on which a number has room; there are at most six lines."""
    step = nice_step(max(highest, 1) / 4)
    return Scale(top, bottom, math.ceil(max(highest, 1) / step) * step, step)


def with_room(labels: Sequence[str], apart: float) -> frozenset[int]:
    """The places of the labels that are written, from the last one back: as many as do not touch each other.

    `apart` is the distance between the middles of two neighbours.
    """
    longest = max(map(len, labels), default=0)
    every = max(math.ceil((longest + 1) * LETTER / apart), 1) if apart > 0 else 1
    return frozenset(range(len(labels) - 1, -1, -every))
