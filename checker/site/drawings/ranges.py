"""Shares with their ranges below each other, and a line across all of them to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from checker.site.charts import WIDTH

ROW = 58.0
EDGE = 8.0


@dataclass(frozen=True)
class Ranged:
    """A share between 0 and 1 with its range; both None where nothing is known of it."""

    name: str
    text: Markup
    share: float | None
    range: tuple[float, float] | None
    is_weak: bool = False
    """Whether it is too little to tell anything: its mark is hollow."""
    other: float | None = None
    """A share to compare this one with, of this row alone."""


@dataclass(frozen=True)
class RangeRow:
    """A row in its place."""

    name: str
    text: Markup
    y: float
    low: float | None
    high: float | None
    middle: float | None
    is_weak: bool
    other: float | None


@dataclass(frozen=True)
class RangeChart:
    """The drawing; `ticks` are the places of round shares, `across` is the line to compare with."""

    rows: tuple[RangeRow, ...]
    ticks: tuple[tuple[float, float], ...]
    across: float | None
    height: float


def ranges(rows: Sequence[Ranged], across: float | None = None) -> RangeChart:
    """The scale begins at nothing and ends at the next round share."""
    ends = [end for row in rows for end in (row.share, row.other, *(row.range or ())) if end is not None]
    most = max([*ends, across or 0.0, 0.04])
    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25) if most / step <= 5 or step == 0.25)
    count = -int(-(most - 1e-9) // step)
    roof = count * step

    def x(share: float) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * share / roof

    return RangeChart(
        tuple(
            RangeRow(
                row.name,
                row.text,
                number * ROW,
                None if row.range is None else x(row.range[0]),
                None if row.range is None else x(row.range[1]),
                None if row.share is None else x(row.share),
                row.is_weak,
                None if row.other is None else x(row.other),
            )
            for number, row in enumerate(rows)
        ),
        tuple((number * step, x(number * step)) for number in range(count + 1)),
        None if across is None else x(across),
        len(rows) * ROW + 26,
    )
