"""Questions about all leads, put to the solver."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import lru_cache

from checker.agreement import Agreement
from checker.agreement.conditions import AllOf, AnyOf, AtLeastOf, NoneOf, Question
from checker.finding import Path, Proofs
from checker.logic.criteria import Lead, evaluate
from checker.logic.proof.cells import ON
from checker.logic.proof.conflict import smallest_conflict
from checker.logic.proof.encoding import Encoding
from checker.logic.proof.guess import guessed
from checker.logic.proof.modes import Mode
from checker.logic.proof.places import in_file_order
from checker.logic.proof.reach import Criterion, Reach, reach_of
from checker.logic.proof.results import Comparison, Direction, Result, Status, Witness
from checker.logic.proof.solver import Budget, Limit, LimitReached, NoSolver, Term, module
from checker.logic.proof.witness import BadWitness, witness_of

Wish = tuple[Question, Mode, int]
"""A question, which answers are asked for, and the side whose question it is."""


@lru_cache(maxsize=8)
def prover_of(agreement: Agreement) -> Prover:
    """The prover of an agreement; every rule asks the same one, so that no question is answered twice."""
    return Prover(agreement)


class Prover:
    """Answers questions about every lead that an agreement may meet.

    A line without a condition (`otherwise: yes`) is given as None. Each answer is kept. Where the answer is what one
    hopes for, its lead is only worked out if `shows_all`.
    """

    def __init__(self, agreement: Agreement, limit: Limit | None = None, *, shows_all: bool = False) -> None:
        self.agreement = agreement
        self._shows_all = shows_all
        self._limit = limit or Limit()
        self._answers: dict[Hashable, Result] = {}
        self._is_finding: dict[Hashable, bool] = {}

    @property
    def proofs(self) -> Proofs:
        """What became of the questions so far."""
        statuses = [result.status for result in self._answers.values()]
        held = sum(
            result.status in (Status.YES, Status.NO) and not self._is_finding[key]
            for key, result in self._answers.items()
        )
        return Proofs(held, statuses.count(Status.UNKNOWN), statuses.count(Status.SKIPPED))

    @property
    def unproved(self) -> tuple[Path, ...]:
        """Where the conditions stand about which a question was not answered within the limit, each once."""
        keys = [key for key, result in self._answers.items() if result.status is Status.UNKNOWN]
        return tuple(dict.fromkeys(path for key in keys if (path := _path(key)) is not None))

    # ------------------------------------------------------------ questions about one condition

    def satisfiable(self, asked: Question) -> Result:
        """Whether some lead surely fits; the conflict says why none does."""
        return self._ask(("satisfiable", asked), Status.NO, lambda: self._hoped_for([(asked, Mode.SURELY, 0)]))

    def trivial(self, asked: Question) -> Result:
        """Whether every lead surely fits."""
        wishes = [(asked, Mode.NOT_SURELY, 0)]
        return self._ask(("trivial", asked), Status.YES, lambda: _opposite(self._hoped_for(wishes)))

    def redundant(self, asked: AllOf | AnyOf | NoneOf | AtLeastOf, index: int) -> Result:
        """Whether a part changes nothing: without it, the same leads surely fit. The conflict says why."""
        parts = (*asked.parts[:index], *asked.parts[index + 1 :])
        without = replace(asked, parts=parts)
        more, fewer = (without, asked) if isinstance(asked, (AllOf, NoneOf)) else (asked, without)
        wishes = [(more, Mode.SURELY, 0), (fewer, Mode.NOT_SURELY, 0)]
        return self._ask(("redundant", asked, index), Status.YES, lambda: _opposite(self._hoped_for(wishes)))

    # ------------------------------------------------------------ questions about two

    def implies(self, first: Question, second: Question) -> Result:
        """Whether every lead that surely fits the first surely fits the second; the witness is one that does not."""
        wishes = [(first, Mode.SURELY, 0), (second, Mode.NOT_SURELY, 0)]
        return self._ask(("implies", first, second), Status.NO, lambda: _opposite(self._possible(wishes)))

    def adds_nothing(self, part: Question, beside: Question) -> Result:
        """Whether every lead that surely fits `beside` surely fits the part as well. The conflict says why."""
        wishes = [(beside, Mode.SURELY, 0), (part, Mode.NOT_SURELY, 0)]
        key = ("adds nothing", beside, part)
        return self._ask(key, Status.YES, lambda: _opposite(self._hoped_for(wishes)))

    def overlap(self, first: Question, second: Question) -> Result:
        """Whether some lead surely fits both."""
        wishes = [(first, Mode.SURELY, 0), (second, Mode.SURELY, 0)]
        return self._ask(("overlap", first, second), Status.YES, lambda: self._possible(wishes))

    # ------------------------------------------------------------ questions about ordered lists

    def gap(self, lines: Sequence[Question | None], given: Question | None = None) -> Result:
        """Whether some lead that surely fits `given` surely fits no line. `witness.has_blank` tells a gap that only a
        blank opens from one among known values.
        """
        if None in lines:
            return Result(Status.NO)
        asked = tuple(line for line in lines if line is not None)
        wishes = [(line, Mode.NOT_SURELY, 0) for line in asked]
        if given is not None:
            wishes.insert(0, (given, Mode.SURELY, 0))
        return self._ask(("gap", given, asked), Status.YES, lambda: self._possible(wishes))

    def shadowed(self, lines: Sequence[Question | None], index: int, given: Question | None = None) -> Result:
        """Whether every lead that fits a line fits an earlier one, which wins. The conflict says why."""
        earlier = lines[:index]
        if None in earlier:
            return Result(Status.YES)
        line = lines[index]
        wishes = [(item, Mode.NOT_SURELY, 0) for item in earlier if item is not None]
        if line is not None:
            wishes.insert(0, (line, Mode.SURELY, 0))
        if given is not None:
            wishes.insert(0, (given, Mode.SURELY, 0))
        key = ("shadowed", given, tuple(earlier), line)
        return self._ask(key, Status.YES, lambda: _opposite(self._hoped_for(wishes)))

    # ------------------------------------------------------------ how an answer is found

    def _ask(self, key: Hashable, finding: Status, answer: Callable[[], Result]) -> Result:
        if key not in self._answers:
            try:
                result = answer()
            except LimitReached:
                result = Result(Status.UNKNOWN)
            except BadWitness:
                result = Result(Status.UNKNOWN)
            except NoSolver:
                result = Result(Status.SKIPPED)
            self._answers[key] = result
            self._is_finding[key] = result.status is finding
        return self._answers[key]

    def _hoped_for(self, wishes: Sequence[Wish]) -> Result:
        """As `_possible`, where nobody asks for the lead."""
        if not self._shows_all:
            reach = reach_of(self.agreement, tuple(asked for asked, _, _ in wishes))
            if not reach.is_readable:
                return Result(Status.UNREADABLE)
            if guessed(self.agreement, reach, [(asked, mode) for asked, mode, _ in wishes]) is not None:
                return Result(Status.YES)
        return self._possible(wishes)

    def _possible(self, wishes: Sequence[Wish]) -> Result:
        """Whether some lead gives all these answers; with the lead, or the lines that exclude it."""
        return possible([self.agreement], wishes, self._limit)


def possible(sides: Sequence[Agreement], wishes: Sequence[Wish], limit: Limit) -> Result:
    """Whether some lead gives all these answers; with the lead, or the lines that exclude it.

    Raises LimitReached, BadWitness, NoSolver.
    """
    reaches = [
        reach_of(side, tuple(asked for asked, _, of in wishes if of == number)) for number, side in enumerate(sides)
    ]
    if not all(reach.is_readable for reach in reaches):
        return Result(Status.UNREADABLE)
    if not all(reach.is_small for reach in reaches):
        raise LimitReached
    z3 = module()
    budget = Budget(limit)
    encoding = Encoding(sides, reaches)
    goal = z3.And([encoding.formula(asked, mode, side) for asked, mode, side in wishes])
    complement = z3.Or([encoding.formula(asked, mode.complement, side) for asked, mode, side in wishes])

    def shows(lead: Lead) -> bool:
        return all(
            mode.takes(evaluate(asked, encoding.as_read_by(side, lead), sides[side], ON))
            for asked, mode, side in wishes
        )

    witness = witness_of(encoding, goal, complement, budget, shows)
    if witness is not None:
        return Result(Status.YES, witness)
    return Result(Status.NO, conflict=_conflict(sides, reaches, wishes, budget))


def _conflict(
    sides: Sequence[Agreement], reaches: Sequence[Reach], wishes: Sequence[Wish], budget: Budget
) -> tuple[Path, ...]:
    """The fewest lines that exclude what is wished for, conditions rather than bounds of fields."""
    z3 = module()
    lines: dict[Path, Term] = {}

    def guard(path: Path, term: Term) -> Term:
        if path not in lines:
            lines[path] = z3.Bool(f"line {len(lines)}")
        return z3.Or(z3.Not(lines[path]), term)

    encoding = Encoding(sides, reaches, guard)
    goals = [encoding.formula(asked, mode, side) for asked, mode, side in wishes]
    conditions = in_file_order(sides[0], list(lines))
    solver = budget.solver([*goals, *encoding.domain()])
    bounds = in_file_order(sides[0], [path for path in lines if path not in set(conditions)])
    needed = smallest_conflict(
        [*conditions, *bounds], lambda kept: not budget.holds(solver, *(lines[path] for path in kept))
    )
    return tuple(in_file_order(sides[0], needed))


def _path(key: Hashable) -> Path | None:
    """Where the last condition of a question stands: the line that it is about."""
    if isinstance(key, tuple):
        return next((path for item in reversed(key) if (path := _path(item)) is not None), None)
    return getattr(key, "path", None)


def _opposite(result: Result) -> Result:
    """The answer to the opposite question."""
    status = {Status.YES: Status.NO, Status.NO: Status.YES}.get(result.status, result.status)
    return replace(result, status=status)


# ---------------------------------------------------------------- two agreements


def compare(old: Criterion, new: Criterion, limit: Limit | None = None) -> Comparison:
    """How new conditions relate to old ones, of one agreement or of two versions of it.

    A lead is the same record to both; each reads it by its own fields.
    """
    sides = [old.agreement, new.agreement]
    try:
        lost, gained = (
            possible(sides, [(old.question, of_old, 0), (new.question, of_new, 1)], limit or Limit())
            for of_old, of_new in ((Mode.SURELY, Mode.NOT_SURELY), (Mode.NOT_SURELY, Mode.SURELY))
        )
    except NoSolver:
        return Comparison(None, status=Status.SKIPPED)
    except (LimitReached, BadWitness):
        return Comparison(None, status=Status.UNKNOWN)
    if Status.UNREADABLE in (lost.status, gained.status):
        return Comparison(None, status=Status.UNREADABLE)
    return Comparison(_direction(lost.witness, gained.witness), lost.witness, gained.witness)


def _direction(lost: Witness | None, gained: Witness | None) -> Direction:
    if lost is None:
        return Direction.SAME if gained is None else Direction.LOOSER
    return Direction.STRICTER if gained is None else Direction.SHIFTED
