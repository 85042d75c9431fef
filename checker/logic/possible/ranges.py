"""Ranges of a plan's unknown numbers: each bound narrows what the others leave open, until nothing moves.

Where a range becomes empty no plan is possible, and the trail of what narrowed it says which bounds that took. The
other direction is not told: ranges that stay open prove nothing. After Davis, "Constraint propagation with interval
labels" (1987), with a cap on the rounds, because fractions may narrow for ever.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.logic.possible.bounds import Bound, Unknown

MOST_ROUNDS = 30
"""How often a bound may be looked at again; plans settle after about as many rounds as a lead passes stages."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One narrowing: the limit that it found, the bound that said so, and the earlier steps that this rests on."""

    limit: Fraction
    bound: int
    after: tuple[int, ...]


class Ranges:
    """The range of each unknown, from nothing to no limit at first, and narrowed by `bounds`.

    `conflict` are the bounds that leave no plan together, in order, or None where that was not found.
    """

    def __init__(self, bounds: Sequence[Bound]) -> None:
        self._bounds = bounds
        self._steps: list[_Step] = []
        self._lowest: dict[Unknown, int] = {}
        self._highest: dict[Unknown, int] = {}
        self.conflict: tuple[int, ...] | None = None
        self._narrow()

    def low(self, unknown: Unknown) -> Fraction:
        """The least that an unknown may be."""
        step = self._lowest.get(unknown)
        return Fraction(0) if step is None else self._steps[step].limit

    def high(self, unknown: Unknown) -> Fraction | None:
        """The most that an unknown may be; None without a limit."""
        step = self._highest.get(unknown)
        return None if step is None else self._steps[step].limit

    def _narrow(self) -> None:
        touching: dict[Unknown, list[int]] = {}
        for index, bound in enumerate(self._bounds):
            for unknown, _ in bound.terms:
                touching.setdefault(unknown, []).append(index)
        waiting = deque(range(len(self._bounds)))
        is_waiting = [True] * len(self._bounds)
        looked = [0] * len(self._bounds)
        while waiting:
            index = waiting.popleft()
            is_waiting[index] = False
            if looked[index] >= MOST_ROUNDS:
                continue
            looked[index] += 1
            for unknown in self._look(index):
                for other in touching[unknown]:
                    if not is_waiting[other]:
                        is_waiting[other] = True
                        waiting.append(other)
            if self.conflict is not None:
                return

    def _look(self, index: int) -> list[Unknown]:
        """Narrows the unknowns of one bound by the ranges of its others; which of them moved."""
        bound = self._bounds[index]
        moved: list[Unknown] = []
        for is_upper in (True, False):
            limit = bound.high if is_upper else bound.low
            if limit is None:
                continue
            # the other terms pull the most when they are as small as they can be (as large, for a lower limit)
            pulls = [self._pull(unknown, factor, is_upper) for unknown, factor in bound.terms]
            endless = [position for position, pull in enumerate(pulls) if pull is None]
            if len(endless) > 1:
                continue
            total = sum((pull[0] for pull in pulls if pull is not None), Fraction(0))
            for position, (unknown, factor) in enumerate(bound.terms):
                if factor == 0 or (endless and endless[0] != position):
                    continue
                own = pulls[position]
                value = (limit - total + (Fraction(0) if own is None else own[0])) / factor
                is_high = (factor > 0) is is_upper
                if not self._narrows(unknown, value, is_high=is_high):
                    continue
                after = tuple(
                    step for other, pull in enumerate(pulls) if other != position and pull for step in pull[1]
                )
                self._set(unknown, is_high=is_high, step=_Step(value, index, after))
                moved.append(unknown)
                if self.conflict is not None:
                    return moved
            if not bound.terms and not bound.allows(Fraction(0)):
                self.conflict = (index,)
        return moved

    def _pull(self, unknown: Unknown, factor: Fraction, is_upper: bool) -> tuple[Fraction, tuple[int, ...]] | None:
        """The least (for an upper limit; else the most) that a term can be, and the step that says so."""
        if factor == 0:
            return Fraction(0), ()
        if (factor > 0) is is_upper:
            step = self._lowest.get(unknown)
            return (Fraction(0), ()) if step is None else (factor * self._steps[step].limit, (step,))
        step = self._highest.get(unknown)
        return None if step is None else (factor * self._steps[step].limit, (step,))

    def _narrows(self, unknown: Unknown, value: Fraction, *, is_high: bool) -> bool:
        if not is_high:
            return value > self.low(unknown)
        standing = self.high(unknown)
        return standing is None or value < standing

    def _set(self, unknown: Unknown, *, is_high: bool, step: _Step) -> None:
        (self._highest if is_high else self._lowest)[unknown] = len(self._steps)
        self._steps.append(step)
        high = self.high(unknown)
        if high is not None and self.low(unknown) > high:
            self.conflict = self._behind(unknown)

    def _behind(self, unknown: Unknown) -> tuple[int, ...]:
        """The bounds that made a range empty."""
        open_steps = [side[unknown] for side in (self._lowest, self._highest) if unknown in side]
        seen: set[int] = set()
        while open_steps:
            step = open_steps.pop()
            if step not in seen:
                seen.add(step)
                open_steps += self._steps[step].after
        return tuple(sorted({self._steps[step].bound for step in seen}))
