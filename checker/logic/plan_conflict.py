"""Numbers that contradict each other, and the ways to settle it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from checker.finding import Path
from checker.logic.plan_reading import BrokenChecks
from checker.logic.possible.contradictions import Possibility


@dataclass(frozen=True)
class NumberEdit:
    """Another number for one written line."""

    path: Path
    old: Fraction
    new: Fraction


Way: TypeAlias = tuple[NumberEdit, ...]
"""Edits that settle a conflict together."""


@dataclass(frozen=True)
class Conflict:
    """Numbers that cannot all stand.

    Either checks are `broken`, or `lines` leave no plan possible together, though no single check sees it.
    `number` is the line that the choices are about, and `fitting` the value nearest to the written one that settles
    all (None where no value of it alone does). `keeping` are the ways to keep it, each a set of edits of other lines
    after which all holds. `together` are the smallest sets of lines where none settles it alone: they change those
    that were just written, or any where that is not known. `held` are the lines that were just written.
    """

    broken: BrokenChecks
    number: Path | None
    fitting: Fraction | None
    keeping: tuple[Way, ...]
    lines: tuple[Path, ...] = ()
    together: tuple[Way, ...] = ()
    held: frozenset[Path] = frozenset()
    written: Fraction | None = None
    """What stands at `number`."""
    is_cut_short: bool = False
    """Whether the search for ways ended before all were tried, because too many lines take part."""


@dataclass(frozen=True)
class Conflicts:
    """All contradictions of a plan, and what became of the question whether what is left of it is possible."""

    found: tuple[Conflict, ...]
    rest: Possibility
