"""What a lead did, and when: the points that this gives, and its last action with the mode that it shows.

An action counts while it lies in the window of the points. Windows part the past into ages, the latest first; within
one age the day of an action makes no difference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.conditions import FieldIs, FieldTest
from checker.agreement.fields import read_operand
from checker.logic.criteria import DoneAction, evaluate
from checker.logic.dates import earlier
from checker.logic.proof.cells import ON, Asked, Sides, told
from checker.logic.proof.modes import Mode
from checker.logic.proof.results import Deeds, Trait
from checker.logic.proof.solver import Term, module
from checker.logic.proof.variables import Exclusion, Picked, several_literal
from checker.logic.three_valued import Answer

LAST = ("last_action", "mode")
"""Fields that are told from the last action."""
DID, LATEST = "did", "last"
"""The two pieces of a history."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Points from `least` to `most` that pass a test; None where there is no end."""

    least: int | None
    most: int | None


class History:
    """The dated actions of a lead."""

    name = "actions"

    def __init__(self, sides: Sides, tests: Sequence[Asked], point_tests: Sequence[Asked], lost: Sequence[int]) -> None:
        """`tests` are those of the actions, the last one and its mode, `lost` the points that each side may lose."""
        z3 = module()
        self._sides = sides
        self._asking_points = {item.side for item in point_tests}
        self._asks_last = any(item.field in LAST for item in tests)
        self._asks_actions = any(item.field == self.name for item in tests)
        self.values = list(dict.fromkeys(name for side in sides for name in side.sections.actions or {}))
        self._ages = _ages(sides, with_uncounted=bool(tests)) if point_tests else [ON]
        self._done = {
            (value, age): z3.Bool(f"done {value} {age}") for age in range(len(self._ages)) for value in self.values
        }
        self._blank = z3.Bool("nothing done")
        self._again: dict[tuple[str, int], list[Term]] = {}
        if point_tests:
            self._repeat([_highest_cut(item.test) + lost[item.side] for item in point_tests])
        self._last = {value: z3.Bool(f"last {value}") for value in self.values} if self._asks_last else {}

    # ------------------------------------------------------------ ages and repeats

    def _repeat(self, cuts: Sequence[int]) -> None:
        """Makes room for doing an action again as often as any test can tell, in binary: past the highest cut, all
        points are alike, so that no action need be done more often than it takes to pass it.
        """
        z3 = module()
        worth = [
            action.points
            for side in self._sides
            if _counts_every_time(side)
            for action in (side.sections.actions or {}).values()
            if action.points
        ]
        enough = max(cuts) + max(worth, default=0)
        for (value, age), _ in self._done.items():
            points = [_points(side, value) for side in self._sides if _counts_every_time(side)]
            least = min((item for item in points if item), default=0)
            most = 0 if not least or not self._counts(age) else max(0, -(-enough // least))
            self._again[value, age] = [z3.Bool(f"again {value} {age} {digit}") for digit in range(most.bit_length())]

    def _counts(self, age: int) -> bool:
        """Whether some side counts the actions of an age."""
        return any(_is_counted(side, self._ages[age]) for side in self._sides)

    # ------------------------------------------------------------ the tests

    def literal(self, asked: Asked, mode: Mode) -> Term:
        """That a test of the actions, the last one or its mode has one of the answers that are asked for."""
        z3 = module()
        agreement = self._sides[asked.side]
        if asked.field == self.name:
            return several_literal(self._sides, asked, mode, self._ever(), self._blank)
        found = [
            term
            for value, term in self._last.items()
            if mode.takes(_told_of_last(agreement, asked.field, asked.test, value))
        ]
        if mode.takes(told(agreement, asked.field, asked.test, None)):
            found.append(self._blank)
        return z3.Or(found)

    def _ever(self) -> dict[str, Term]:
        z3 = module()
        return {value: z3.Or([self._done[value, age] for age in range(len(self._ages))]) for value in self.values}

    def points_lie(self, side: int, test: FieldTest, passes: bool, lost: int) -> Term:
        """That the points, when so many are lost, pass a test (or fail it)."""
        z3 = module()
        weighed = self._weighed(self._sides[side])
        most = sum(weight for _, weight in weighed)
        found = []
        for reached in passing(self._sides[side], test, passes):
            bounds = []
            if reached.least is not None and reached.least + lost > 0:
                least = reached.least + lost
                bounds.append(z3.PbGe(weighed, least) if least <= most else z3.BoolVal(False))
            if reached.most is not None and reached.most + lost < most:
                upper = reached.most + lost
                bounds.append(z3.PbLe(weighed, upper) if upper >= 0 else z3.BoolVal(False))
            found.append(z3.And(bounds))
        return z3.Or(found)

    def _weighed(self, agreement: Agreement) -> list[tuple[Term, int]]:
        """What adds points, and how many."""
        z3 = module()
        weighed: list[tuple[Term, int]] = []
        for value in self.values:
            points = _points(agreement, value)
            ages = [age for age, day in enumerate(self._ages) if _is_counted(agreement, day)]
            if not points or not ages:
                continue
            if not _counts_every_time(agreement):
                weighed.append((z3.Or([self._done[value, age] for age in ages]), points))
                continue
            for age in ages:
                weighed.append((self._done[value, age], points))
                weighed += [(term, points << digit) for digit, term in enumerate(self._again.get((value, age), ()))]
        return weighed

    # ------------------------------------------------------------ as a variable

    def always(self) -> Iterator[Term]:
        """What holds of every lead."""
        z3 = module()
        yield self._blank == z3.Not(z3.Or(list(self._done.values())))
        for key, terms in self._again.items():
            for term in terms:
                yield z3.Implies(term, self._done[key])
        if not self._asks_last:
            return
        yield z3.Or(self._blank, *self._last.values())
        if len(self._last) > 1:
            yield z3.AtMost(*self._last.values(), 1)
        for value, term in self._last.items():
            latest = []
            for age in range(len(self._ages)):
                later = [self._done[other, before] for other in self.values for before in range(age)]
                latest.append(z3.And(self._done[value, age], z3.Not(z3.Or(later))))
            yield z3.Implies(term, z3.Or(latest))

    def exclusions(self) -> Iterator[Exclusion]:
        """What holds because a line says so."""
        yield from ()

    def unknown(self) -> Iterator[Term]:
        """That nothing is known of it."""
        if self._asks_last or self._asks_actions:
            yield self._blank

    def decisions(self) -> Iterator[Sequence[Term]]:
        """What there is to choose, the preferred choice first."""
        z3 = module()
        for term in [*self._done.values(), *(term for terms in self._again.values() for term in reversed(terms))]:
            yield (z3.Not(term), term)
        if self._last:
            yield [*self._last.values(), self._blank]

    def chosen(self, picked: Picked) -> Mapping[str, Sequence[Term]]:
        """What was done how often, and what was done last."""
        z3 = module()
        did = [*self._done.values(), *(term for terms in self._again.values() for term in terms)]
        pieces = {LATEST: [*self._last.values()], DID: did} if self._last else {DID: did}
        return {name: [term if picked(term) else z3.Not(term) for term in terms] for name, terms in pieces.items()}

    def trait(self, picked: Picked, pieces: Collection[str]) -> Trait:
        """The dated actions, the last one first."""
        last = next((value for value, term in self._last.items() if picked(term)), None)
        times: dict[str, int] = {}
        done: list[DoneAction] = []
        for (value, age), term in self._done.items():
            if picked(term):
                again = sum(1 << digit for digit, bit in enumerate(self._again.get((value, age), ())) if picked(bit))
                times[value] = times.get(value, 0) + 1 + again
                done += [DoneAction(value, self._ages[age])] * (1 + again)
        done.sort(key=lambda item: (-item.on.toordinal(), item.action != last))
        deeds = Deeds(
            times=times if DID in pieces else None,
            last=last if LATEST in pieces else None,
            points=self._points(done) if DID in pieces else None,
        )
        return Trait(self.name, done or None, deeds=deeds)

    def _points(self, done: Sequence[DoneAction]) -> int | None:
        """What the actions add up to, where all that ask for it count alike."""
        sums = set()
        for side in map(self._sides.__getitem__, self._asking_points):
            counted = [item.action for item in done if _is_counted(side, item.on)]
            each = counted if _counts_every_time(side) else set(counted)
            sums.add(sum(_points(side, value) for value in each))
        return sums.pop() if len(sums) == 1 else None


def _told_of_last(agreement: Agreement, field: str, test: FieldTest, action: str) -> Answer:
    """What a test of the last action, or of the mode that it shows, says of an action."""
    return evaluate(FieldIs(field, test, ()), {"actions": [DoneAction(action, ON)]}, agreement, ON)


def _points(agreement: Agreement, action: str) -> int:
    known = (agreement.sections.actions or {}).get(action)
    return known.points or 0 if known else 0


def _counts_every_time(agreement: Agreement) -> bool:
    points = agreement.sections.points
    return points is None or points.each_action != "once"


def _starts(sides: Sides) -> list[date]:
    """The first day of each side's window, where it has one."""
    found = []
    for side in sides:
        points = side.sections.points
        if points is not None and points.over is not None:
            found.append(earlier(ON, points.over))
    return found


def _ages(sides: Sides, *, with_uncounted: bool) -> list[date]:
    """A day for each age, the latest first; the one that no side counts only where it can be told from no action."""
    starts = sorted(set(_starts(sides)), reverse=True)
    days = [ON, *(start - timedelta(days=1) for start in starts)]
    return [day for day in days if with_uncounted or any(_is_counted(side, day) for side in sides)]


def _is_counted(agreement: Agreement, day: date) -> bool:
    points = agreement.sections.points
    over = points.over if points else None
    return over is None or day >= earlier(ON, over)


def _highest_cut(test: FieldTest) -> int:
    cuts = [read_operand("whole number", operand) for operand in test.operands]
    return max((int(cut) + 1 for cut in cuts if isinstance(cut, Fraction)), default=0)


def passing(agreement: Agreement, test: FieldTest, passes: bool) -> list[Reached]:
    """The points that pass a test, or those that fail it, as ranges: cut where the test begins or ends to hold."""
    cuts = sorted(
        {
            Fraction(cut)
            for operand in test.operands
            if isinstance(cut := read_operand("whole number", operand), Fraction)
        }
    )
    whole = sorted({number for cut in cuts for number in (cut.__floor__(), cut.__ceil__())})
    found: list[Reached] = []
    before: int | None = None
    for number in [*whole, None]:
        least = None if before is None else before + 1
        most = None if number is None else number - 1
        if least is None or most is None or least <= most:
            sample = most if most is not None else least if least is not None else 0
            if told(agreement, "points", test, sample) is passes:
                found.append(Reached(least, most))
        if number is not None and told(agreement, "points", test, number) is passes:
            found.append(Reached(number, number))
        before = number
    return _joined(found)


def _joined(ranges: Sequence[Reached]) -> list[Reached]:
    joined: list[Reached] = []
    for reached in ranges:
        last = joined[-1] if joined else None
        if last is not None and last.most is not None and reached.least == last.most + 1:
            joined[-1] = Reached(last.least, reached.most)
        else:
            joined.append(reached)
    return joined
