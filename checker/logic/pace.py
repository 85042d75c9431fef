"""Where a month is heading: what should be there by now, what it will come to, what each day still has to bring.

Days are business days, `gone` of `total` in the month. All results are exact, but the band of a projection.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checker.logic.statistics import poisson_band

Amount = int | Fraction


@dataclass(frozen=True, slots=True)
class Projection:
    """What a month comes to if it goes on as it began, and the whole numbers between which it ends 95 times in 100."""

    expected: Fraction
    low: int
    high: int


def expected_by_now(target: Amount, gone: int, total: int) -> Fraction:
    """The part of the target that belongs to the days gone. Raises ValueError unless 0 <= gone <= total, total > 0."""
    _check(gone, total)
    return Fraction(target) * gone / total


def pace(actual: Amount, target: Amount, gone: int, total: int) -> Fraction | None:
    """What is there as a share of what should be by now; None where nothing should. Raises ValueError as above."""
    expected = expected_by_now(target, gone, total)
    return Fraction(actual) / expected if expected else None


def projection(actual: int, gone: int, total: int) -> Projection | None:
    """What a count comes to by the end of the month; None on its first day. Raises ValueError as above.

    The rest of the month is expected at the rate so far; the band is what is there plus the Poisson band of the rest.
    """
    _check(gone, total)
    if gone == 0:
        return None
    rest = Fraction(actual) * (total - gone) / gone
    low, high = poisson_band(rest)
    return Projection(actual + rest, actual + low, actual + high)


def rate_so_far(actual: Amount, gone: int) -> Fraction | None:
    """What each day has brought; None on the first day."""
    return Fraction(actual) / gone if gone else None


def rate_needed(actual: Amount, target: Amount, gone: int, total: int) -> Fraction | None:
    """What each remaining day has to bring, 0 once the target is reached; None where no day remains.

    Raises ValueError as above.
    """
    _check(gone, total)
    missing = max(Fraction(target) - actual, Fraction(0))
    return missing / (total - gone) if gone < total else None


def _check(gone: int, total: int) -> None:
    if not 0 <= gone <= total or total == 0:
        raise ValueError(f"{gone} of {total} days cannot be gone")
