"""A month while it goes on: what has come in day by day, beside the plan spread evenly over the working days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from checker.site.charts import Tick
from checker.site.drawings.scale import scale_to

LEFT, RIGHT, TOP, BOTTOM = 56.0, 640.0, 34.0, 246.0
WEEK = 7
ROOM = 24.0
"""The height of a line of text on a phone."""


@dataclass(frozen=True)
class Mark:
    """A place with its number."""

    x: float
    y: float
    number: float


@dataclass(frozen=True)
class PaceChart:
    """Paths are in the notation of SVG; `days` are the days that are written below, each with its place.

    `today` is where the counting ends; `plan_end` and `heads_for` stand at the month's end, where there are such
    numbers; `band` is the area between which it ends 95 times in 100.
    """

    ticks: tuple[Tick, ...]
    days: tuple[tuple[int, float], ...]
    actual: Markup
    area: Markup
    plan: Markup
    ahead: Markup
    band: Markup
    today: Mark
    is_over: bool
    plan_end: Mark | None
    heads_for: Mark | None
    left: float = LEFT
    right: float = RIGHT
    bottom: float = BOTTOM

    @property
    def label_x(self) -> float:
        """Where the day of `today` is written, so that it stays inside of the drawing."""
        return min(max(self.today.x, 90.0), RIGHT - 20)

    @property
    def labels(self) -> tuple[float, float]:
        """Where the numbers of `plan_end` and of `heads_for` are written: beside their marks, one below the other."""
        plan, heads = ((mark.y if mark else BOTTOM) + 5 for mark in (self.plan_end, self.heads_for))
        missing = ROOM - abs(plan - heads)
        if self.plan_end is None or self.heads_for is None or missing <= 0:
            return plan, heads
        up, down = -missing / 2, missing / 2
        return (plan + up, heads + down) if plan <= heads else (plan + down, heads + up)


def planned_by(target: float, working_days: Collection[int], length: int) -> list[float]:
    """What should have come by the end of each day of a month: the target, spread evenly over the working days; over
    all days where there is none of work.
    """
    days = set(working_days) & set(range(1, length + 1)) or set(range(1, length + 1))
    gone = accumulate(day in days for day in range(1, length + 1))
    return [target * number / len(days) for number in gone]


def pace(
    counts: Sequence[int],
    length: int,
    target: float | None,
    working_days: Collection[int],
    heads_for: float | None = None,
    band: tuple[float, float] | None = None,
) -> PaceChart:
    """The drawing of a month of `length` days, of which `counts` are those that have come so far."""
    reached = [0, *accumulate(counts)]
    plan = [] if target is None else [0.0, *planned_by(target, working_days, length)]
    is_over = len(counts) >= length
    ends = [heads_for or 0, *(band or ())] if not is_over else []
    scale = scale_to(max([*reached, *plan, *ends]), TOP, BOTTOM)

    def x(day: int) -> float:
        return LEFT + (RIGHT - LEFT) * day / length

    def path(values: Sequence[float]) -> str:
        return "M" + "L".join(f"{x(day):.1f} {scale.y(value):.1f}" for day, value in enumerate(values))

    now = Mark(x(len(counts)), scale.y(reached[-1]), reached[-1])
    ahead = area = ""
    end = None
    if heads_for is not None and not is_over:
        end = Mark(RIGHT, scale.y(heads_for), heads_for)
        ahead = f"M{now.x:.1f} {now.y:.1f}L{end.x:.1f} {end.y:.1f}"
        if band is not None:
            low, high = map(scale.y, band)
            area = f"M{now.x:.1f} {now.y:.1f}L{RIGHT:.1f} {high:.1f}V{low:.1f}z"
    return PaceChart(
        ticks=scale.ticks,
        days=tuple((day, x(day)) for day in (*range(WEEK, length - 2, WEEK), length)),
        actual=Markup(path(reached)),
        area=Markup(f"{path(reached)}V{BOTTOM:.1f}H{LEFT:.1f}z"),
        plan=Markup(path(plan) if plan else ""),
        ahead=Markup(ahead),
        band=Markup(area),
        today=now,
        is_over=is_over,
        plan_end=Mark(RIGHT, scale.y(plan[-1]), plan[-1]) if plan else None,
        heads_for=end,
    )
