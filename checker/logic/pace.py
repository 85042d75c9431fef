"""Where a month is heading: what should be there by now, what it will come to, what each day still has to bring.

Days are business days, `gone` of `total` in the month. All results are exact, but the band of a projection.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checker.logic.statistics import rest_band

Amount = int | Fraction


@dataclass(frozen=True, slots=True)
class Projection:
    """What a month comes to if it goes on as it began, and the whole numbers between which it ends 95 times in 100.

    The band is of counts of things that come by themselves, as leads do; None of everything else.
    """

    expected: Fraction
    band: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How a month that goes on stands to its target.

    `share` is what is there of what should be by now, None where nothing should; `projection` and `so_far` (a day) are
    None on the first day, `needed` (a day) where no day remains.
    """

    gone: int
    total: int
    expected: Fraction
    share: Fraction | None
    projection: Projection | None
    so_far: Fraction | None
    needed: Fraction | None


def pace_of(actual: Amount, target: Amount, gone: int, total: int, *, is_count: bool) -> Pace:
    """How `actual` stands to `target` after `gone` of `total` days; `is_count` where leads or the like are counted.

    Raises ValueError unless 0 <= gone <= total, total > 0.
    """
    return Pace(
        gone,
        total,
        expected_by_now(target, gone, total),
        share_of_expected(actual, target, gone, total),
        projection(actual, gone, total, is_count=is_count),
        rate_so_far(actual, gone),
        rate_needed(actual, target, gone, total),
    )


def expected_by_now(target: Amount, gone: int, total: int) -> Fraction:
    """The part of the target that belongs to the days gone. Raises ValueError unless 0 <= gone <= total, total > 0."""
    _check(gone, total)
    return Fraction(target) * gone / total


def share_of_expected(actual: Amount, target: Amount, gone: int, total: int) -> Fraction | None:
    """What is there as a share of what should be by now; None where nothing should. Raises ValueError as above."""
    expected = expected_by_now(target, gone, total)
    return Fraction(actual) / expected if expected else None


def projection(actual: Amount, gone: int, total: int, *, is_count: bool = True) -> Projection | None:
    """What a month comes to by its end; None on its first day. Raises ValueError as above.

    The rest of the month is expected at the rate so far; the band adds what the rest may bring (`rest_band`).
    """
    _check(gone, total)
    if gone == 0:
        return None
    expected = Fraction(actual) * total / gone
    if not is_count:
        return Projection(expected)
    low, high = rest_band(int(actual), gone, total)
    return Projection(expected, (int(actual) + low, int(actual) + high))


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
