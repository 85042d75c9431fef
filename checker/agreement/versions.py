"""Versions of an agreement: numbers and dots, `2027.1` or `v1.4.2`."""

from __future__ import annotations

import re

_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*\Z")
_MOST_PARTS = 8


def numbers(version: str) -> tuple[int, ...] | None:
    """`2027.1` -> (2027, 1); None for what is no version of numbers and dots."""
    bare = version.removeprefix("v")
    return tuple(map(int, bare.split("."))) if len(bare) < 40 and _VERSION.match(bare) else None


def compared(version: str, other: str) -> int | None:
    """Negative where a version comes before another, 0 where they are the same, positive where it is further on; None
    where they cannot be compared. `1.0` and `1` are the same.
    """
    first, second = numbers(version), numbers(other)
    if first is None or second is None:
        return 0 if version == other else None
    padded, others = _padded(first), _padded(second)
    return (padded > others) - (padded < others)


def _padded(parts: tuple[int, ...]) -> tuple[int, ...]:
    return (*parts, *(0,) * (_MOST_PARTS - len(parts)))
