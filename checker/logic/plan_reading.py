"""The checks of one plan, which of them are broken, and which written numbers each reads."""

from __future__ import annotations

from functools import cached_property
from typing import TypeAlias

from checker.finding import Path
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import Check, Sides, failing, numbers_behind, plan_checks
from checker.logic.plan_inputs import PlanInputs, is_decision

Key: TypeAlias = tuple[object, ...]
"""What tells one broken check from another."""
BrokenChecks: TypeAlias = tuple[tuple[Check, Sides], ...]


def key_of(check: Check) -> Key:
    """What tells a check from others of the plan."""
    return (check.kind, check.at, check.month)


def keys_of(broken: BrokenChecks) -> frozenset[Key]:
    """The keys of broken checks."""
    return frozenset(key_of(check) for check, _ in broken)


class PlanReading:
    """Which written numbers each check reads. `all` are the checks of a plan, `broken` those that do not hold."""

    def __init__(self, inputs: PlanInputs) -> None:
        self.inputs = inputs
        self.all = plan_checks(inputs)
        self.broken = failing(self.all, DerivedPlan(inputs))
        self._behind: dict[int, tuple[Path, ...]] = {}

    def behind(self, check: Check) -> tuple[Path, ...]:
        """The numbers that a check reads, in the order in which it does."""
        if id(check) not in self._behind:
            self._behind[id(check)] = numbers_behind(self.inputs, check.compute)
        return self._behind[id(check)]

    def checks(self, path: Path) -> list[Check]:
        """The checks that read a number."""
        return self._readers.get(path, [])

    @cached_property
    def _readers(self) -> dict[Path, list[Check]]:
        readers: dict[Path, list[Check]] = {}
        for check in self.all:
            for path in self.behind(check):
                readers.setdefault(path, []).append(check)
        return readers

    @cached_property
    def decisions(self) -> dict[Key, frozenset[Path]]:
        """Broken check -> the decisions behind it."""
        return {
            key_of(check): frozenset(path for path in (check.at, *self.behind(check)) if is_decision(path))
            for check, _ in self.broken
        }
