"""The scale of numbers up the side of a drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass

from checker.site.charts import Tick, nice_step


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
