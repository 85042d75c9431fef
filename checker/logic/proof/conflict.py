"""The fewest lines that exclude each other.

Source: U. Junker, QuickXplain: Preferred Explanations and Relaxations for Over-Constrained Problems, AAAI 2004. It asks
nothing of the solver but yes or no, so that its answer is the same with every version.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def smallest_conflict(items: Sequence[T], excludes: Callable[[Sequence[T]], bool]) -> list[T]:
    """Of items that exclude each other together some that still do, none of which can be spared.

    Earlier items are kept rather than later ones. `excludes` says whether items exclude each other; with more of them
    they still do.
    """
    if excludes(()):
        return []
    return _needed((), False, list(items), excludes)


def _needed(held: tuple[T, ...], is_new: bool, items: Sequence[T], excludes: Callable[[Sequence[T]], bool]) -> list[T]:
    """Those of `items` that are needed beside what is held; `is_new` says that something was just added to that."""
    if is_new and excludes(held):
        return []
    if len(items) == 1:
        return list(items)
    half = len(items) // 2
    first, second = tuple(items[:half]), tuple(items[half:])
    of_second = _needed((*held, *first), bool(first), second, excludes)
    of_first = _needed((*held, *of_second), bool(of_second), first, excludes)
    return [*of_first, *of_second]
