"""A table of cells that are the darker the more they say. Every cell holds its number: colour alone says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from checker.site.charts import WIDTH

GAP = 4.0
CELL, LABEL, HEAD = 54.0, 26.0, 30.0
LEVELS = 5


@dataclass(frozen=True)
class Told:
    """What a cell says: its number, what stands small below it, and how it is filled."""

    text: Markup
    fine: Markup
    kind: str


@dataclass(frozen=True)
class Cell:
    """A cell in its place."""

    x: float
    y: float
    told: Told


@dataclass(frozen=True)
class Name:
    """The name of a row, or of a column."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class HeatChart:
    """The drawing; columns are `width` wide. Cells without a number are not there."""

    columns: tuple[Name, ...]
    rows: tuple[Name, ...]
    cells: tuple[Cell, ...]
    width: float
    height: float
    cell: float = CELL


def heat(columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Told | None]]], beside: float = 0.0) -> HeatChart:
    """Rows of cells. Their names stand in a margin `beside` them; without one, above each row, where there is room
    for long names on a phone too.
    """
    width = (WIDTH - beside - GAP * (len(columns) - 1)) / len(columns)
    pitch = CELL + GAP + (0 if beside else LABEL)
    names, cells = [], []
    for place, (name, told) in enumerate(rows):
        top = HEAD + place * pitch
        cell_top = top if beside else top + LABEL
        names.append(Name(0.0, top + (CELL / 2 + 5 if beside else LABEL - 9), name))
        cells += [
            Cell(beside + number * (width + GAP), cell_top, one) for number, one in enumerate(told) if one is not None
        ]
    heads = [Name(beside + number * (width + GAP) + width / 2, HEAD - 12, name) for number, name in enumerate(columns)]
    return HeatChart(tuple(heads), tuple(names), tuple(cells), width, HEAD + len(rows) * pitch - GAP)


def level(value: float, most: float) -> str:
    """How a share is filled beside the largest of its drawing: `heat0` (nothing) to `heat4`."""
    if value <= 0 or most <= 0:
        return "heat0"
    return f"heat{min(int(value / most * (LEVELS - 1)) + 1, LEVELS - 1)}"


def against_target(actual: float, target: float | None) -> str:
    """How a count is filled: at its target or over it, just below, or further than a quarter below."""
    if target is None or target <= 0:
        return "plain"
    if actual >= target:
        return "above"
    return "below" if actual < target * 0.75 else "near"
