"""The geometry of the drawings: numbers in, places in a picture 720 wide out. How they look is their templates'."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from checker.site.drawings.labels import LETTER, with_room
from checker.site.voice import Voice

WIDTH = 720.0
BELOW, ABOVE, OPEN, PLAIN = "below", "above", "open", "plain"
"""How a mark is drawn: under its target, at or over it, of a month that goes on, without a target."""


@dataclass(frozen=True)
class Bar:
    """A bar from the left edge: its length, the place of its mark (target or deadline), and of its middle."""

    name: str
    text: Markup
    length: float
    mark: float | None
    kind: str
    middle: float | None = None


def against_target(name: str, text: Markup, actual: float, target: float | None, running: bool) -> Bar:
    """A bar whose target stands at four fifths of the width, so that what is over it can be seen."""
    if not target:
        return Bar(name, text, WIDTH * 0.8 if actual else 0.0, None, PLAIN)
    ratio = actual / target
    kind = ABOVE if ratio >= 1 else OPEN if running else BELOW
    return Bar(name, text, min(ratio * 0.8, 1.0) * WIDTH, WIDTH * 0.8, kind)


def against_deadline(name: str, text: Markup, median: float, nine_in_ten: float, deadline: float) -> Bar:
    """A bar of times whose deadline stands at half the width; what takes more than twice as long is cut."""
    scale = WIDTH / (2 * deadline)
    return Bar(
        name,
        text,
        max(min(nine_in_ten * scale, WIDTH), 4.0),
        WIDTH / 2,
        ABOVE if nine_in_ten <= deadline else BELOW,
        min(median * scale, WIDTH - 7),
    )


@dataclass(frozen=True)
class Point:
    """A month of a trend: `label` below it, `text` over its mark, `kind` of the mark."""

    label: Markup
    text: Markup
    actual: float
    target: float | None
    kind: str


@dataclass(frozen=True)
class Tick:
    """A line of the grid and its number."""

    y: float
    text: float


@dataclass(frozen=True)
class Dot:
    """The mark of a month; its label and number are empty where there is no room for them."""

    x: float
    y: float
    kind: str
    label: Markup
    text: Markup


@dataclass(frozen=True)
class Trend:
    """A line over months. Paths are in the notation of SVG; `open_part` leads to the month that goes on."""

    height: int
    left: float
    right: float
    ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]
    actual: Markup
    area: Markup
    open_part: Markup
    target: Markup


def trend(points: Sequence[Point], height: int = 280) -> Trend:
    """The places of a line of months; the scale begins at 0, so that a small change does not look like a large one."""
    right, top, bottom = WIDTH - 8, 34.0, height - 34.0
    highest = max([point.actual for point in points] + [point.target or 0 for point in points] + [1])
    step = nice_step(highest / 4)
    roof = math.ceil(highest / step) * step
    left = max(56.0, 16 + LETTER * len(f"{roof:,.0f}"))

    def x(index: int) -> float:
        return (left + right) / 2 if len(points) == 1 else left + 56 + (right - left - 112) * index / (len(points) - 1)

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / roof

    ticks = tuple(Tick(y(step * number), step * number) for number in range(round(roof / step) + 1))
    apart = (right - left - 112) / max(len(points) - 1, 1)
    labels = with_room([max(point.label, point.text, key=len) for point in points], apart)
    dots = tuple(
        Dot(
            x(index),
            y(point.actual),
            point.kind,
            point.label if index in labels else Markup(""),
            point.text if index in labels else Markup(""),
        )
        for index, point in enumerate(points)
    )
    closed = [dot for dot, point in zip(dots, points, strict=True) if point.kind != OPEN]
    line = "M" + "L".join(f"{dot.x:.1f} {dot.y:.1f}" for dot in closed) if closed else ""
    area = f"{line}V{bottom:.1f}H{closed[0].x:.1f}z" if len(closed) > 1 else ""
    # a first month of which the data holds only a part is open too, but nothing leads to it
    goes_on = bool(points) and points[-1].kind == OPEN
    open_part = (
        f"M{closed[-1].x:.1f} {closed[-1].y:.1f}L{dots[-1].x:.1f} {dots[-1].y:.1f}" if closed and goes_on else ""
    )
    half = min((right - left - 112) / max(len(points) - 1, 1) * 0.36, 52)
    steps = "".join(
        f"M{x(index) - half:.1f} {y(point.target):.1f}H{x(index) + half:.1f}"
        for index, point in enumerate(points)
        if point.target is not None
    )
    return Trend(height, left, right, ticks, dots, Markup(line), Markup(area), Markup(open_part), Markup(steps))


def trend_caption(voice: Voice) -> Markup:
    """How to read a line of months."""
    return voice.gettext(
        "Line: what was reached. Short lines: each month's target. A diamond is a month that missed it; the dotted end"
        " is the month that goes on."
    )


def kind_of(actual: float, target: float | None, *, running: bool) -> str:
    """How the mark of a count is drawn."""
    if running:
        return OPEN
    if target is None:
        return PLAIN
    return BELOW if actual < target else ABOVE


def nice_step(raw: float) -> float:
    """A step for a grid: 1, 2 or 5 times a power of ten, at least 1."""
    power = 10.0 ** math.floor(math.log10(max(raw, 1)))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= max(raw, 1) - 1e-9)


@dataclass(frozen=True)
class FunnelRow:
    """A stage of the funnel: half its width above and below, its number, a note, and the share that goes on."""

    name: str
    number: Markup
    note: Markup
    rate: Markup
    top: float
    bottom: float


def funnel_widths(counts: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Half widths above and below of each stage, on a logarithmic scale: a true one would leave the last stages too
    thin to see.
    """
    most = math.log1p(max([*counts, 1]))
    halves = [max(math.log1p(count) / most, 0.2) * 250 for count in counts]
    after = [*halves[1:], halves[-1] * 0.9] if halves else []
    return tuple((half, (half * 2 + following) / 3) for half, following in zip(halves, after, strict=True))
