"""Ways to settle numbers that contradict each other, exact under all checks.

A repair keeps what the person just wrote. Two choices: keep the new number, and change what follows from it; or keep
the rest, and here is the number that fits. Whatever is found is tried out under all checks again, and must leave some
plan possible. Where no single line settles a conflict, the smallest sets of lines are looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.finding import Path
from checker.logic.plan import DerivedPlan
from checker.logic.plan_candidates import candidates, is_doubtful
from checker.logic.plan_checks import Check, failing
from checker.logic.plan_conflict import Conflict, Conflicts, NumberEdit, Way
from checker.logic.plan_grid import nearest_allowed
from checker.logic.plan_inputs import PlanInputs, is_decision
from checker.logic.plan_reading import BrokenChecks, Key, PlanReading, key_of, keys_of
from checker.logic.possible.contradictions import contradictions, nearest_possible, possibility

MOST_EDITS = 6
"""A repair with more lines than this is no repair but a new plan."""
MOST_WAYS = 3
"""Sets of several lines that are offered."""
MOST_TRIALS = 150
"""Versions of the plan that one search may try; each takes a few milliseconds."""
MOST_SUSPECTS = 40
MOST_READ = 150_000
"""Numbers that one search may read, so that a plan of hundreds of channels takes no longer than a second or two."""
MOST_QUESTIONS = 60
"""Times that all searches of a plan together may ask whether some plan is left: a few dozen milliseconds each."""


@dataclass
class Effort:
    """How often it was asked so far whether some plan is left."""

    questions: int = 0

    @property
    def is_spent(self) -> bool:
        """Whether no more ways are looked for."""
        return self.questions >= MOST_QUESTIONS


def conflicts(inputs: PlanInputs, edited: frozenset[Path] = frozenset()) -> tuple[Conflict, ...]:
    """All contradictions between the numbers of a plan, grouped by the line that settles them.

    `edited` are the lines that are known to have just been written: they are kept. Without it, the line that is judged
    counts as new.
    """
    return all_conflicts(inputs, edited).found


def all_conflicts(inputs: PlanInputs, edited: frozenset[Path] = frozenset()) -> Conflicts:
    """`conflicts`, with what became of the question whether any plan fits what is written."""
    reading = PlanReading(inputs)
    edited = frozenset(path for path in edited if path in inputs.numbers)
    effort = Effort()
    found = _of_checks(reading, (), edited, effort)
    settled = _settled(inputs, found)
    if settled is not None:
        rest = possibility(settled, minimise=False)
        if not rest.is_impossible:
            return Conflicts(found, rest)
    explained = frozenset(path for paths in reading.decisions.values() for path in paths)
    *impossible, rest = contradictions(inputs, explained=explained)
    if rest.is_impossible:
        impossible.append(rest)
    cores = tuple(answer.lines for answer in impossible)
    if cores:
        found = _of_checks(reading, cores, edited, effort)
    for core in cores:
        others = tuple(other for other in cores if other != core)
        found = (*found, _Settler(reading, reading.broken, others, effort).of_lines(core, edited))
    return Conflicts(found, rest)


def _of_checks(
    reading: PlanReading, cores: Sequence[tuple[Path, ...]], edited: frozenset[Path], effort: Effort
) -> tuple[Conflict, ...]:
    """The conflicts of broken checks; `cores` are contradictions beside them that are settled elsewhere."""
    found: list[Conflict] = []
    left = reading.broken
    while left:
        conflict = _Settler(reading, left, cores, effort).of_checks(edited)
        found.append(conflict)
        keys = {key_of(check) for check, _ in conflict.broken}
        left = tuple(item for item in left if key_of(item[0]) not in keys)
    return tuple(found)


def _settled(inputs: PlanInputs, found: Iterable[Conflict]) -> PlanInputs | None:
    """The plan after the first way out of each conflict; None where one has none.

    What is impossible then is a mistake of its own, and not the same one over again.
    """
    numbers = dict(inputs.numbers)
    for conflict in found:
        ways = (*conflict.keeping, *conflict.together)
        if ways:
            numbers |= {edit.path: edit.new for edit in ways[0]}
        elif conflict.number is not None and conflict.fitting is not None:
            numbers[conflict.number] = conflict.fitting
        else:
            return None
    return inputs.with_numbers(numbers)


class _Settler:
    """Tries other numbers out for one conflict.

    `broken` are the checks that do not hold now; `cores` are contradictions that are settled elsewhere; the `effort` is
    shared with the plan's other conflicts.
    """

    def __init__(
        self, reading: PlanReading, broken: BrokenChecks, cores: Sequence[tuple[Path, ...]], effort: Effort
    ) -> None:
        inputs, checks = reading.inputs, reading.all
        self.reading = reading
        self.inputs = inputs
        self.checks = checks
        self.broken = broken
        self.behind = reading.decisions
        self.elsewhere = frozenset(line for core in cores for line in core if is_decision(line))
        self.before = set(keys_of(reading.broken))
        self.effort = effort
        self.trials = 0
        self.read = 0
        self.is_cut_short = False

    # ------------------------------------------------------------ a conflict of checks

    def of_checks(self, edited: frozenset[Path]) -> Conflict:
        """The conflict that the first broken checks belong to, with its ways out."""
        held = self._held(edited, (path for check, _ in self.broken for path in self.behind[key_of(check)]))
        suspect = self._best_suspect(held)
        if suspect is not None:
            path, fitting, taken = suspect
            ways = self._ways(held | {path}, keys_of(taken))
            return Conflict(
                taken, path, fitting, ways, held=held, written=self.inputs.numbers[path], is_cut_short=self.is_cut_short
            )
        if held:
            return self._of_several_edits(held)
        first = self.broken[:1]
        ways = self._ways(frozenset(), keys_of(first))
        taken = self._settled_by(ways[0]) if ways else first
        if len(taken) > len(first):
            # the first way settles more than was asked, so the others have to
            ways = self._ways(frozenset(), keys_of(taken)) or ways[:1]
        return Conflict(taken, None, None, (), together=ways, is_cut_short=self.is_cut_short)

    def _of_several_edits(self, held: frozenset[Path]) -> Conflict:
        """None of the lines that were just written settles it alone: they do together, or the others do."""
        taken = tuple(item for item in self.broken if held & self.behind[key_of(item[0])]) or self.broken[:1]
        mine = [path for path in self.inputs.numbers if path in held]
        number = next((check.at for check, _ in taken if check.at in held), mine[0])
        others = frozenset(path for path in self.inputs.numbers if path not in held)
        return Conflict(
            taken,
            number,
            None,
            self._ways(held, keys_of(taken)),
            together=self._ways(others, keys_of(taken)),
            held=held,
            written=self.inputs.numbers[number],
            is_cut_short=self.is_cut_short,
        )

    def _held(self, edited: frozenset[Path], concerned: Iterable[Path]) -> frozenset[Path]:
        """The lines to keep: those just written, unless they have nothing to do with it or nothing else has."""
        decided = frozenset(concerned)
        return edited if edited & decided and not decided <= edited else frozenset()

    def _best_suspect(self, held: frozenset[Path]) -> tuple[Path, Fraction, BrokenChecks] | None:
        """The written number whose change settles the most broken checks and breaks nothing."""
        best: tuple[tuple[int, bool, bool], Path, Fraction, BrokenChecks] | None = None
        for path in self._suspects(held):
            for value in self._fitting(path):
                settled = self._settled_by((NumberEdit(path, self.inputs.numbers[path], value),))
                if not settled or not (
                    is_decision(path) or path in held or is_doubtful(path, [check for check, _ in settled])
                ):
                    continue
                judged = any(check.at == path for check, _ in settled)
                rank = (len(settled), judged, path[0] == "targets")
                if best is not None and rank <= best[0]:
                    continue
                fitting = self._possible_value(path, value, settled)
                if fitting is not None:
                    best = (rank, path, fitting, settled)
                    break
        return None if best is None else best[1:]

    def _possible_value(self, path: Path, value: Fraction, settled: BrokenChecks) -> Fraction | None:
        """The value, where some plan is left with it; else the nearest with which one is, if the checks hold too."""
        tolerated = self.before - keys_of(settled)
        if self._is_possible(self.inputs.with_number(path, value), tolerated):
            return value
        if not is_decision(path):
            return None
        other = self._beside_all(self.inputs, path, tolerated, (path,))
        if other is None or not set(keys_of(settled)) <= set(
            keys_of(self._settled_by((NumberEdit(path, self.inputs.numbers[path], other),)))
        ):
            return None
        return other if self._is_possible(self.inputs.with_number(path, other), tolerated) else None

    def _suspects(self, held: frozenset[Path]) -> list[Path]:
        found = dict.fromkeys(check.at for check, _ in self.broken)
        for check, _ in self.broken:
            found |= dict.fromkeys(self.reading.behind(check))
        return [path for path in found if not held or path in held][:MOST_SUSPECTS]

    def _fitting(self, path: Path) -> Iterator[Fraction]:
        """The values nearest to the written one with which every check that reads it holds, or every broken one."""
        mine = [check for check, _ in self.broken if path in self.reading.behind(check)]
        tried = [
            nearest_allowed(self.inputs, path, checks, exact=False) for checks in (self.reading.checks(path), mine)
        ]
        return iter(dict.fromkeys(value for value in tried if value is not None))

    def _settled_by(self, way: Way) -> BrokenChecks:
        """The broken checks that hold after some edits; none where the edits break another."""
        changed = self.inputs.with_numbers({**self.inputs.numbers, **{edit.path: edit.new for edit in way}})
        after = keys_of(self._failing(changed))
        return () if after - self.before else tuple(item for item in self.broken if key_of(item[0]) not in after)

    # ------------------------------------------------------------ lines that leave no plan possible

    def of_lines(self, core: tuple[Path, ...], edited: frozenset[Path]) -> Conflict:
        """The conflict of lines that contradict each other, with its ways out."""
        held = self._held(edited, (line for line in core if is_decision(line)))
        alone = self._alone(core, [line for line in core if is_decision(line) and (not held or line in held)])
        if alone:
            edit = min(alone, key=lambda edit: (_relative_change((edit,)), -core.index(edit.path)))
            ways = self._ways(held | {edit.path}, frozenset())
            return Conflict(
                (), edit.path, edit.new, ways, core, held=held, written=edit.old, is_cut_short=self.is_cut_short
            )
        if held:
            others = frozenset(path for path in self.inputs.numbers if path not in held)
            number = next(line for line in core if line in held)
            ways, together = self._ways(held, frozenset()), self._ways(others, frozenset())
            written = self.inputs.numbers[number]
            return Conflict((), number, None, ways, core, together, held, written, self.is_cut_short)
        together = self._ways(frozenset(), frozenset())
        return Conflict((), None, None, (), core, together, is_cut_short=self.is_cut_short)

    def _alone(self, core: tuple[Path, ...], lines: Sequence[Path]) -> list[NumberEdit]:
        """The lines of a contradiction each of which settles it, and the value that does."""
        found = []
        for line in lines:
            value = self._beside_all(self.inputs, line, frozenset(), core)
            if value is None:
                continue
            changed = self.inputs.with_number(line, value)
            after = keys_of(self._failing(changed))
            if not after - self.before and self._is_possible(changed, after):
                found.append(NumberEdit(line, self.inputs.numbers[line], value))
        return found

    # ------------------------------------------------------------ edits of other lines

    def _ways(self, held: frozenset[Path], wanted: frozenset[Key]) -> tuple[Way, ...]:
        """The smallest sets of edits that settle the wanted checks, or the contradiction, and leave `held` alone.

        All single lines, or a few of the smallest sets of several, least change first.
        """
        tolerated = self.before - wanted
        for size in range(1, MOST_EDITS + 1):
            self.trials = 0
            found = {frozenset(way): way for way in self._search(self.inputs, held, tolerated, (), size)}
            if found:
                ways = sorted(found.values(), key=_relative_change)
                return tuple(ways if size == 1 else ways[:MOST_WAYS])
        return ()

    def _search(
        self, inputs: PlanInputs, held: frozenset[Path], tolerated: set[Key], done: Way, most: int
    ) -> Iterator[Way]:
        """Settles the first thing that is wrong in each way that there is, and goes on with what then is wrong."""
        open_checks = [check for check, _ in self._failing(inputs) if key_of(check) not in tolerated]
        if open_checks:
            options = self._options_of_check(inputs, open_checks, held | {edit.path for edit in done})
        else:
            core = self._impossible(inputs, tolerated)
            if not core:
                yield done
                return
            options = self._options_of_lines(inputs, core, held | {edit.path for edit in done}, tolerated)
        if len(done) >= most:
            return
        if self.trials > MOST_TRIALS or self.read > MOST_READ or self.effort.is_spent:
            self.is_cut_short = True
            return
        for path, values in options:
            for value in values:
                edit = NumberEdit(path, inputs.numbers[path], value)
                if _turns_round(edit, done):
                    continue
                ways = list(self._search(inputs.with_number(path, value), held, tolerated, (*done, edit), most))
                yield from ways
                if ways:
                    break

    def _options_of_check(
        self, inputs: PlanInputs, open_checks: Sequence[Check], held: frozenset[Path]
    ) -> Iterator[tuple[Path, tuple[Fraction, ...]]]:
        """Lines that settle the first check, and the values to try: first one that needs no tolerance."""
        check = open_checks[0]
        alike = [other for other in open_checks if other.kind is check.kind and other.at == check.at]
        for path in candidates(inputs, check, held):
            if self.read > MOST_READ:
                self.is_cut_short = True
                return
            self.read += len(alike) * len(self.reading.behind(check))
            tried = [nearest_allowed(inputs, path, alike, exact=exact) for exact in (True, False)]
            tried.append(nearest_allowed(inputs, path, self.reading.checks(path), exact=False))
            values = dict.fromkeys(value for value in tried if value is not None and value != inputs.numbers[path])
            yield path, tuple(values)

    def _options_of_lines(
        self, inputs: PlanInputs, core: tuple[Path, ...], held: frozenset[Path], tolerated: Iterable[Key]
    ) -> Iterator[tuple[Path, tuple[Fraction, ...]]]:
        for line in core:
            if is_decision(line) and line not in held:
                value = self._beside_all(inputs, line, tolerated, core)
                if value is None:
                    self.effort.questions += 1
                    value = nearest_possible(inputs, line, core)
                yield line, () if value is None else (value,)

    def _beside_all(
        self, inputs: PlanInputs, line: Path, tolerated: Iterable[Key], core: tuple[Path, ...]
    ) -> Fraction | None:
        """The nearest value of one line beside all others, apart from what is settled elsewhere."""
        self.effort.questions += 1
        others = inputs.without(self._elsewhere(tolerated) - frozenset(core))
        return nearest_possible(others, line, tuple(others.numbers))

    def _elsewhere(self, tolerated: Iterable[Key]) -> frozenset[Path]:
        return self.elsewhere.union(*(self.behind[key] for key in tolerated if key in self.behind))

    def _failing(self, inputs: PlanInputs) -> BrokenChecks:
        self.trials += 1
        return failing(self.checks, DerivedPlan(inputs))

    def _is_possible(self, inputs: PlanInputs, tolerated: Iterable[Key]) -> bool:
        return not self._impossible(inputs, tolerated, minimise=False)

    def _impossible(self, inputs: PlanInputs, tolerated: Iterable[Key], *, minimise: bool = True) -> tuple[Path, ...]:
        """Lines that leave no plan, apart from what is settled elsewhere."""
        self.effort.questions += 1
        return possibility(inputs.without(self._elsewhere(tolerated)), minimise=minimise).lines


def _turns_round(edit: NumberEdit, done: Way) -> bool:
    """Whether a target goes up where others went down: arithmetic would allow it, nobody would plan it."""
    signs = {other.new > other.old for other in (*done, edit) if other.path[0] == "targets"}
    return len(signs) > 1


def _relative_change(way: Way) -> Fraction:
    return sum((abs(edit.new - edit.old) / (edit.old or 1) for edit in way), Fraction(0))
