"""What each condition of a criterion adds: the criterion without it, and the condition alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.agreement.conditions import Question
from checker.funnel.counts import Crossed
from checker.logic.statistics import CONFIDENCE, adjusted, chance_of_difference
from checker.logic.three_valued import every
from checker.measures.backtest.table import FEWEST_CUSTOMERS, FEWEST_LEADS, NOBODY, Outcome, Table, table_of

WON = "won"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One condition of a criterion.

    `without` is the table of the criterion without it, `alone` that of the condition alone. `kept_out` are the leads
    that fit all others and not this one. `chance` says how often chance alone parts these from the leads that fit at
    least as far, for all conditions of the criterion together (Holm); None where there are too few.
    """

    part: Question
    without: Table
    alone: Table
    kept_out: Outcome
    chance: float | None = None
    fits: Outcome = NOBODY

    @property
    def helps(self) -> bool | None:
        """Whether the leads that it keeps out buy less often (true) or more often (false); None: not to be told."""
        if self.chance is None or self.chance >= 1 - CONFIDENCE:
            return None
        return (self.kept_out.share or 0) < (self.fits.share or 0)


def name_of(place: int) -> str:
    """The name of a condition's answer in a crossing."""
    return f"part {place}"


def table(groups: Sequence[Crossed], places: Sequence[int]) -> Table:
    """The table of some of the conditions together."""
    return table_of(
        (every(group.answers[name_of(place)] for place in places), group.answers[WON] is True, group.leads)
        for group in groups
    )


def contributions(parts: Sequence[Question], groups: Sequence[Crossed]) -> tuple[Contribution, ...]:
    """What each of several conditions adds; none where there is one only."""
    if len(parts) < 2:
        return ()
    every_place = range(len(parts))
    fits = table(groups, every_place).fits
    found = []
    for place, part in enumerate(parts):
        others = [other for other in every_place if other != place]
        kept_out = table([group for group in groups if group.answers[name_of(place)] is False], others).fits
        found.append(Contribution(part, table(groups, others), table(groups, [place]), kept_out, fits=fits))
    tested = [place for place, each in enumerate(found) if _is_enough(each)]
    chances = adjusted(
        [
            chance_of_difference(fits.won, fits.leads, found[place].kept_out.won, found[place].kept_out.leads)
            for place in tested
        ]
    )
    by_place = dict(zip(tested, chances, strict=True))
    return tuple(
        Contribution(each.part, each.without, each.alone, each.kept_out, by_place.get(place), fits)
        for place, each in enumerate(found)
    )


def _is_enough(found: Contribution) -> bool:
    sides = min(found.fits.leads, found.kept_out.leads)
    return sides >= FEWEST_LEADS and found.fits.won + found.kept_out.won >= FEWEST_CUSTOMERS
