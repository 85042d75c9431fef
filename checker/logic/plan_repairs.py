"""Ways to settle numbers that contradict each other, exact under all checks.

A repair keeps what the person just wrote. Two choices: keep the new number, and change what follows from it; or keep
the rest, and here is the number that fits. Every check is linear in a single written number (only a rate that divides
is not), so two evaluations give the range that a check allows; whatever is found is tried out under all checks again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.finding import Path
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import Check, Kind, Sides, failing, numbers_behind, plan_checks
from checker.logic.plan_inputs import PlanInputs

MOST_EDITS = 6
"""A repair with more lines than this is no repair but a new plan."""
MOST_TRIALS = 150
"""Versions of the plan that a search may try; each takes a few milliseconds."""
MOST_SUSPECTS = 40


@dataclass(frozen=True)
class NumberEdit:
    """Another number for one written line."""

    path: Path
    old: Fraction
    new: Fraction


@dataclass(frozen=True)
class Conflict:
    """Checks that one written number can settle together.

    `number` is that line (None where no single line settles them), `fitting` the value nearest to the written one that
    does. `keeping` are the ways to keep `number`: each a set of edits of other lines after which all checks hold.
    """

    broken: tuple[tuple[Check, Sides], ...]
    number: Path | None
    fitting: Fraction | None
    keeping: tuple[tuple[NumberEdit, ...], ...]


def conflicts(inputs: PlanInputs, edited: frozenset[Path] = frozenset()) -> tuple[Conflict, ...]:
    """All contradictions between the numbers of a plan, grouped by the line that settles them.

    `edited` are the lines that are known to have just been written; without it, the line that is judged counts as new.
    """
    checks = plan_checks(inputs)
    left = failing(checks, DerivedPlan(inputs))
    found: list[Conflict] = []
    while left:
        settler = _Settler(inputs, checks, left)
        suspect = settler.best_suspect(edited)
        if suspect is None:
            taken: tuple[tuple[Check, Sides], ...] = left[:1]
            found.append(Conflict(taken, None, None, ()))
        else:
            path, fitting, taken = suspect
            found.append(Conflict(taken, path, fitting, settler.ways_to_keep(path, taken)))
        keys = {_key(check) for check, _ in taken}
        left = tuple(item for item in left if _key(item[0]) not in keys)
    return tuple(found)


def _key(check: Check) -> tuple[object, ...]:
    return (check.kind, check.at, check.month)


class _Settler:
    """Tries other numbers out. `broken` are the checks that do not hold now."""

    def __init__(self, inputs: PlanInputs, checks: tuple[Check, ...], broken: tuple[tuple[Check, Sides], ...]) -> None:
        self.inputs = inputs
        self.checks = checks
        self.broken = broken
        self.before = {_key(check) for check, _ in failing(checks, DerivedPlan(inputs))}
        self.trials = 0

    # ------------------------------------------------------------ one number that settles most

    def best_suspect(self, edited: frozenset[Path]) -> tuple[Path, Fraction, tuple[tuple[Check, Sides], ...]] | None:
        """The written number whose change settles the most broken checks and breaks none."""
        best: tuple[tuple[bool, int, bool, bool], Path, Fraction, tuple[tuple[Check, Sides], ...]] | None = None
        for path in self._suspects(edited):
            value = self._fitting(path)
            if value is None:
                continue
            after = {_key(check) for check, _ in self._failing(self.inputs.with_number(path, value))}
            if after - self.before:
                continue
            settled = tuple(item for item in self.broken if _key(item[0]) not in after)
            judged = any(check.at == path for check, _ in settled)
            rank = (path in edited, len(settled), judged, path[0] == "targets")
            if settled and (best is None or rank > best[0]):
                best = (rank, path, value, settled)
        return None if best is None else best[1:]

    def _suspects(self, edited: frozenset[Path]) -> list[Path]:
        found: dict[Path, None] = {path: None for path in sorted(edited, key=str) if path in self.inputs.numbers}
        found |= {check.at: None for check, _ in self.broken}
        for check, _ in self.broken:
            found |= dict.fromkeys(numbers_behind(self.inputs, check.compute))
        return list(found)[:MOST_SUSPECTS]

    def _fitting(self, path: Path) -> Fraction | None:
        """The value nearest to the written one with which every broken check that reads it holds."""
        mine = [check for check, _ in self.broken if path in numbers_behind(self.inputs, check.compute)]
        return _nearest_allowed(self.inputs, path, mine, exact=False)

    # ------------------------------------------------------------ keep the number, change the rest

    def ways_to_keep(self, held: Path, taken: Sequence[tuple[Check, Sides]]) -> tuple[tuple[NumberEdit, ...], ...]:
        """Edits of other lines that settle the taken checks: every single line that does, else the smallest set."""
        wanted = {_key(check) for check, _ in taken}
        tolerated = self.before - wanted
        ways = self._search(self.inputs, frozenset([held]), tolerated, (), MOST_EDITS)
        if not ways:
            return ()
        fewest = min(len(way) for way in ways)
        smallest = sorted((way for way in ways if len(way) == fewest), key=_relative_change)
        return tuple(smallest if fewest == 1 else smallest[:1])

    def _search(
        self,
        inputs: PlanInputs,
        held: frozenset[Path],
        tolerated: set[tuple[object, ...]],
        done: tuple[NumberEdit, ...],
        most: int,
    ) -> list[tuple[NumberEdit, ...]]:
        """Settles the first broken check in each way that there is, and goes on with what then is broken."""
        open_checks = [item for item in self._failing(inputs) if _key(item[0]) not in tolerated]
        if not open_checks:
            return [done]
        if len(done) >= most or self.trials > MOST_TRIALS:
            return []
        check = open_checks[0][0]
        alike = [other for other, _ in open_checks if other.kind is check.kind and other.at == check.at]
        found: list[tuple[NumberEdit, ...]] = []
        for path in _candidates(inputs, check, held | {edit.path for edit in done}):
            value = _nearest_allowed(inputs, path, alike, exact=True)
            if value is None or value == inputs.numbers[path]:
                continue
            edit = NumberEdit(path, inputs.numbers[path], value)
            if _turns_round(edit, done):
                continue
            ways = self._search(inputs.with_number(path, value), held, tolerated, (*done, edit), most)
            found += ways
            if ways:
                most = min(most, min(len(way) for way in ways))
        return found

    def _failing(self, inputs: PlanInputs) -> tuple[tuple[Check, Sides], ...]:
        self.trials += 1
        return failing(self.checks, DerivedPlan(inputs))


_CAPACITY = (Kind.HANDOFFS, Kind.NEW_OPPORTUNITIES, Kind.OPEN_OPPORTUNITIES)


def _candidates(inputs: PlanInputs, check: Check, held: frozenset[Path]) -> list[Path]:
    """The lines that may be changed to settle a check: decisions before facts, so rates are never among them."""
    behind = numbers_behind(inputs, check.compute)
    targets = [path for path in behind if path[0] == "targets"]
    if check.kind in _CAPACITY:
        limits = [path for path in behind if path[0] in ("sellers", "limit_per_seller")]
        paths = limits if not held & set(limits) else targets
    elif check.kind in (Kind.COST, Kind.COVERAGE_FACTOR):
        paths = [check.at]
    elif check.kind is Kind.REVENUE:
        paths = [("plan", "revenue"), ("plan", "customers")]
    elif check.kind is Kind.COVERAGE:
        paths = [*targets, check.at]
    elif check.kind in (Kind.GOAL_CUSTOMERS, Kind.GOAL_REVENUE):
        paths = [check.at] if check.at not in held else targets
    else:
        paths = [path for path in targets if path != check.at] + [check.at]
    return [path for path in dict.fromkeys(paths) if path not in held]


def _turns_round(edit: NumberEdit, done: tuple[NumberEdit, ...]) -> bool:
    """Whether a target goes up where others went down: arithmetic would allow it, nobody would plan it."""
    signs = {other.new > other.old for other in (*done, edit) if other.path[0] == "targets"}
    return len(signs) > 1


def _relative_change(way: tuple[NumberEdit, ...]) -> Fraction:
    return sum((abs(edit.new - edit.old) / (edit.old or 1) for edit in way), Fraction(0))


# ---------------------------------------------------------------- the range that checks allow


def _nearest_allowed(inputs: PlanInputs, path: Path, checks: Sequence[Check], exact: bool) -> Fraction | None:
    """The value nearest to the written one that all these checks allow, on the grid of what people would write."""
    written = inputs.numbers[path]
    grain = _grain(path)
    now, moved = DerivedPlan(inputs), DerivedPlan(inputs.with_number(path, written + grain))
    low, high = Fraction(0), Fraction(1) if _is_share(path) else None
    for check in checks:
        here, there = check.compute(now), check.compute(moved)
        if here is None or there is None:
            continue
        slack = Fraction(0) if exact else here.tolerance
        gaps: list[tuple[Fraction, Fraction]] = []
        if here.high is not None and there.high is not None:
            gaps.append((here.actual - here.high - slack, there.actual - there.high - slack))
        if here.low is not None and there.low is not None:
            gaps.append((here.low - slack - here.actual, there.low - slack - there.actual))
        for gap, moved_gap in gaps:
            slope = (moved_gap - gap) / grain
            if slope == 0:
                if gap > 0:
                    return None
                continue
            root = written - gap / slope
            if slope > 0:
                high = root if high is None else min(high, root)
            else:
                low = max(low, root)
    return _on_grid(written, low, high, grain)


def _on_grid(written: Fraction, low: Fraction, high: Fraction | None, grain: Fraction) -> Fraction | None:
    lowest = -((-low) // grain) * grain
    highest = None if high is None else (high // grain) * grain
    if highest is not None and lowest > highest:
        return None
    if written < lowest:
        return lowest
    return highest if highest is not None and written > highest else written


def _is_share(path: Path) -> bool:
    return "ramp" in path or "rates" in path or "sales_cycle" in path


def _grain(path: Path) -> Fraction:
    """The smallest step in which people would write such a number."""
    if _is_share(path):
        return Fraction(1, 100)
    return Fraction(1, 10) if path[-1] == "pipeline_coverage" else Fraction(1)
