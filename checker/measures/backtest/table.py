"""A criterion against what became of the leads: of those who fit, do not fit, or of whom it cannot be told, how many
bought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from checker.logic.statistics import CONFIDENCE, adjusted, chance_of_difference, wilson_interval
from checker.logic.three_valued import Answer

FEWEST_LEADS = 10
"""So many must stand on either side before shares are compared."""
FEWEST_CUSTOMERS = 5
"""So many must have bought, on both sides together."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Some leads, and how many of them bought."""

    leads: int = 0
    won: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.leads + other.leads, self.won + other.won)

    @property
    def share(self) -> Fraction | None:
        """The share that bought; None without leads."""
        return Fraction(self.won, self.leads) if self.leads else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The shares that this is compatible with, at 95% (Wilson)."""
        return wilson_interval(self.won, self.leads) if self.leads else None


NOBODY = Outcome()


@dataclass(frozen=True, slots=True)
class Table:
    """The leads by what a criterion says of them, each with those who bought."""

    fits: Outcome = NOBODY
    fits_not: Outcome = NOBODY
    cannot_tell: Outcome = NOBODY

    @property
    def all(self) -> Outcome:
        """All leads."""
        return self.fits + self.fits_not + self.cannot_tell

    @property
    def told(self) -> Outcome:
        """The leads of whom the criterion says yes or no."""
        return self.fits + self.fits_not

    @property
    def precision(self) -> Fraction | None:
        """Of those who fit, the share that bought."""
        return self.fits.share

    @property
    def recall(self) -> Fraction | None:
        """Of all who bought, the share that surely fits; who cannot be told is among all."""
        return Fraction(self.fits.won, self.all.won) if self.all.won else None

    @property
    def lift(self) -> Fraction | None:
        """How many times as often those who fit bought as all leads did."""
        base = self.all.share
        return self.fits.share / base if base and self.fits.share is not None else None

    @property
    def is_enough(self) -> bool:
        """Whether there are enough leads on both sides, and customers, to compare them."""
        sides = min(self.fits.leads, self.fits_not.leads)
        return sides >= FEWEST_LEADS and self.told.won >= FEWEST_CUSTOMERS

    @property
    def chance(self) -> float | None:
        """How often chance alone parts those who fit from the others at least as far (Fisher); None without both."""
        if not self.fits.leads or not self.fits_not.leads:
            return None
        return chance_of_difference(self.fits.won, self.fits.leads, self.fits_not.won, self.fits_not.leads)

    @property
    def tells(self) -> bool | None:
        """Whether those who fit buy more often (true) or less often (false) than the others; None: not to be told."""
        chance = self.chance
        if not self.is_enough or chance is None or chance >= 1 - CONFIDENCE:
            return None
        return (self.fits.share or 0) > (self.fits_not.share or 0)


@dataclass(frozen=True, slots=True)
class OfGroup:
    """The table of a channel's or a persona's leads (None: of those without one).

    `chance` is Fisher's, for all groups together (Holm); None where there are too few.
    """

    name: str | None
    table: Table
    chance: float | None = None

    @property
    def tells(self) -> bool | None:
        """As of a table."""
        if self.chance is None or self.chance >= 1 - CONFIDENCE:
            return None
        return (self.table.fits.share or 0) > (self.table.fits_not.share or 0)


def of_groups(tables: Mapping[str | None, Table]) -> tuple[OfGroup, ...]:
    """Tables by name, with chances that hold for all of them together."""
    tested = [name for name, table in tables.items() if table.is_enough]
    chances = dict(zip(tested, adjusted([tables[name].chance or 0.0 for name in tested]), strict=True))
    return tuple(OfGroup(name, table, chances.get(name)) for name, table in tables.items())


def table_of(leads: Iterable[tuple[Answer, bool, int]]) -> Table:
    """The table of leads that are given as answer, whether they bought, and how many they are."""
    sides: dict[Answer, Outcome] = {True: Outcome(), False: Outcome(), None: Outcome()}
    for answer, won, count in leads:
        sides[answer] += Outcome(count, count if won else 0)
    return Table(sides[True], sides[False], sides[None])
