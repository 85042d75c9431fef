"""How many leads it takes before data says something about a line, and how a share is rounded for reading."""

from __future__ import annotations

import math
from fractions import Fraction

from checker.quantity import Share

ENOUGH = 30
"""Of fewer leads than these no share is told."""


def is_enough(leads: int) -> bool:
    """Whether a share of so many leads says something."""
    return leads >= ENOUGH


def step_of(share: Fraction) -> Fraction:
    """To what shares are rounded: whole percents, below ten percent tenths of one."""
    return Fraction(1, 100) if share >= Fraction(1, 10) else Fraction(1, 1000)


def rounded(share: Fraction) -> Share:
    """A share as people write it."""
    step = step_of(share)
    return Share(round(share / step) * step)


def rounded_outwards(low: float, high: float) -> tuple[Share, Share]:
    """An interval whose ends are as people write them; it holds the given one."""
    step = step_of(Fraction(low))
    return Share(math.floor(Fraction(low) / step) * step), Share(
        min(math.ceil(Fraction(high) / step) * step, Fraction(1))
    )
