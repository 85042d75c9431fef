"""Seeded chance that gives the same picks on every machine and every version of Python.

Only `random.random()` is promised to keep its sequence for a seed, so every pick here is made of it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A seeded source of picks."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def share(self) -> float:
        """A number from 0 up to, never at, 1."""
        return self._random.random()

    def happens(self, share: float) -> bool:
        """True in `share` of all cases."""
        return self.share() < share

    def whole(self, first: int, last: int) -> int:
        """A whole number from `first` to `last`, both in."""
        return first + int(self.share() * (last - first + 1))

    def one_of(self, items: Sequence[T]) -> T:
        """Any of the items, each as likely as the others."""
        return items[int(self.share() * len(items))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Any of the keys, as likely as its weight says. Raises ValueError where no weight is above zero."""
        # `sum` adds floats differently from Python 3.12 on; `fsum` is exact on all.
        mark = self.share() * math.fsum(weights.values())
        for item, weight in weights.items():
            mark -= weight
            if mark < 0 < weight:
                return item
        if not any(weight > 0 for weight in weights.values()):
            raise ValueError("nothing to pick from")
        return [item for item, weight in weights.items() if weight > 0][-1]

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """The items in any order (Fisher and Yates)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.whole(0, last)
            order[last], order[other] = order[other], order[last]
        return order

    def some(self, items: Iterable[T], count: int) -> list[T]:
        """`count` different items. Raises ValueError where there are fewer."""
        order = self.shuffled(items)
        if len(order) < count:
            raise ValueError(f"{count} asked of {len(order)}")
        return order[:count]

    def some_weighted(self, weights: Mapping[T, float], count: int) -> list[T]:
        """`count` different keys, heavier ones likelier. Raises ValueError where too few weigh anything."""
        left = dict(weights)
        picked: list[T] = []
        for _ in range(count):
            item = self.weighted(left)
            del left[item]
            picked.append(item)
        return picked
