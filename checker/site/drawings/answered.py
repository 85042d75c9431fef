"""How many leads had their answer after how long: a line that climbs to all of them, and the deadline across it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

LEFT, RIGHT, TOP, BOTTOM = 70.0, 712.0, 30.0, 200.0
TIMES_THE_DEADLINE = 3.0
"""What takes longer than so many deadlines is cut."""
LEAST_WIDTH = 1.5
"""So many deadlines are drawn at least, so that the time after it can be seen."""


@dataclass(frozen=True)
class Stop:
    """The time (seconds) that a share of the leads did not exceed, and how it is told."""

    share: float
    seconds: float
    text: Markup


@dataclass(frozen=True)
class Place:
    """A stop in its place; `anchor` keeps its text inside of the drawing."""

    x: float
    y: float
    text: Markup
    is_late: bool
    anchor: str


@dataclass(frozen=True)
class AnsweredChart:
    """The drawing: the line, what is in time below it, the stops, and the deadline."""

    line: Markup
    in_time: Markup
    stops: tuple[Place, ...]
    deadline: float
    halves: tuple[tuple[float, float], ...]
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM


def answered(stops: Sequence[Stop], deadline: float) -> AnsweredChart:
    """The line through the stops, the first share first; between two of them nothing is known but that it climbs.

    `halves` are the lines of the grid: a share and its height.
    """
    slowest = max(stop.seconds for stop in stops)
    most = deadline * min(max(slowest / deadline * 1.1, LEAST_WIDTH), TIMES_THE_DEADLINE)

    def x(seconds: float) -> float:
        return LEFT + (RIGHT - LEFT) * min(seconds / most, 1.0)

    def y(share: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * share

    known = [(0.0, 0.0), *((stop.seconds, stop.share) for stop in stops)]
    line = "M" + "L".join(f"{x(seconds):.1f} {y(share):.1f}" for seconds, share in known)
    cut = [point for point in known if point[0] <= deadline]
    later = next((point for point in known if point[0] > deadline), None)
    at_deadline = cut[-1][1]
    if later is not None:
        (begin, low), (end, high) = cut[-1], later
        at_deadline = low + (high - low) * (deadline - begin) / (end - begin)
    edge = [*cut, (deadline, at_deadline)]
    in_time = "M" + "L".join(f"{x(seconds):.1f} {y(share):.1f}" for seconds, share in edge) + f"V{BOTTOM:.1f}H{LEFT}z"
    return AnsweredChart(
        Markup(line),
        Markup(in_time),
        tuple(
            Place(
                x(stop.seconds),
                y(stop.share),
                stop.text,
                stop.seconds > deadline,
                "end" if x(stop.seconds) > (LEFT + RIGHT) / 2 else "start",
            )
            for stop in stops
        ),
        x(deadline),
        ((0.5, y(0.5)), (0.9, y(0.9)), (1.0, y(1.0))),
    )
