"""What the bench measured, as a table and as build/bench.json."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value and the most that it may be (None = shown for the reader alone).

    `unit` is `x` for a ratio, else `ms` or `s`; `against` says what a ratio divides by, or what is timed.
    """

    name: str
    value: float
    bound: float | None
    unit: str
    against: str
    runs: int

    @property
    def over(self) -> bool:
        return self.bound is not None and self.value > self.bound


def ratios_first(figures: Iterable[Figure]) -> list[Figure]:
    """Ratios say something on any machine, milliseconds only on this one."""
    return sorted(figures, key=lambda figure: figure.unit != "x")


def table(figures: Iterable[Figure]) -> str:
    """The figures for a terminal, a line each."""
    rows = [("what", "value", "bound", "", "against")]
    for figure in figures:
        bound = "" if figure.bound is None else f"{figure.bound:g} {figure.unit}"
        rows.append(
            (figure.name, f"{figure.value:.3g} {figure.unit}", bound, "OVER" if figure.over else "", figure.against)
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def write(figures: Iterable[Figure], file: Path) -> None:
    """The figures as JSON; `file` is replaced at once, never half-written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n", encoding="utf-8")
    unfinished.rename(file)
