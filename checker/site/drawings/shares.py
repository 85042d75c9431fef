"""Shares month by month, each with the range in which the true share may lie, over the steps of their targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from checker.site.charts import Tick
from checker.site.drawings.labels import with_room

LEFT, RIGHT, TOP, BOTTOM = 70.0, 712.0, 22.0, 216.0
INSIDE, AFTER = 40.0, 62.0
"""The room before the first dot, and behind the last one: its number stands there."""
HALF = 0.5


@dataclass(frozen=True)
class MonthShare:
    """A month's share between 0 and 1; `kind` is how its mark is drawn (see `checker.site.charts`)."""

    label: Markup
    text: Markup
    share: float
    range: tuple[float, float] | None
    target: float | None
    kind: str


@dataclass(frozen=True)
class ShareDot:
    """A month in its place; `low` and `high` are the ends of its range, `label` is empty where there is no room."""

    x: float
    y: float
    low: float | None
    high: float | None
    kind: str
    label: Markup
    text: Markup


@dataclass(frozen=True)
class ShareChart:
    """The drawing; `target` is a path of short lines. The scale ends at all, and begins at `floor`."""

    ticks: tuple[Tick, ...]
    dots: tuple[ShareDot, ...]
    target: Markup
    floor: float
    left: float = LEFT
    right: float = RIGHT
    height: float = BOTTOM + 34


def shares(months: Sequence[MonthShare]) -> ShareChart:
    """The scale begins at a half where nothing lies below it, so that promises near to all of them can be told apart;
    else at nothing.
    """
    lowest = [min(month.share, month.target if month.target is not None else 1) for month in months]
    ends = [month.range[0] for month in months if month.range is not None]
    floor = HALF if min([*lowest, *ends], default=0) >= HALF else 0.0

    def y(share: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (share - floor) / (1 - floor)

    gap = (RIGHT - LEFT - INSIDE - AFTER) / max(len(months) - 1, 1)

    def x(place: int) -> float:
        return (LEFT + RIGHT) / 2 if len(months) == 1 else LEFT + INSIDE + gap * place

    labels = with_room([max(month.label, month.text, key=len) for month in months], gap)
    dots = tuple(
        ShareDot(
            x(place),
            y(month.share),
            None if month.range is None else y(month.range[0]),
            None if month.range is None else y(month.range[1]),
            month.kind,
            month.label if place in labels else Markup(""),
            month.text if place in labels else Markup(""),
        )
        for place, month in enumerate(months)
    )
    half = min(gap * 0.4, 40.0)
    steps = "".join(
        f"M{x(place) - half:.1f} {y(month.target):.1f}H{x(place) + half:.1f}"
        for place, month in enumerate(months)
        if month.target is not None
    )
    ticks = tuple(Tick(y(share), share) for share in (floor, (1 + floor) / 2, 1.0))
    return ShareChart(ticks, dots, Markup(steps), floor)
