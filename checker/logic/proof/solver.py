"""The solver: whether it is there, and how much it may work on one question."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

_AT_ONCE = 20_000
"""Work that the solver does in a moment on any machine."""
Term: TypeAlias = Any
"""A formula of the solver."""


class NoSolver(Exception):
    """The solver is not installed, or not for this machine."""


@cache
def module() -> Any:
    """The solver's module, loaded when it is first needed. Raises NoSolver."""
    try:
        import z3
    except Exception as error:  # where the wheel's library does not fit, loading fails in ways of its own
        raise NoSolver from error
    return z3


class LimitReached(Exception):
    """A question was not answered within its limit."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How much may be spent on one question: `work` in the solver's own units, the same on every machine, and `seconds`
    for machines on which that takes long.
    """

    seconds: float = 5.0
    work: int = 5_000_000


class Budget:
    """What is left of a limit while one question is asked in several steps."""

    def __init__(self, limit: Limit) -> None:
        self._ends = time.monotonic() + limit.seconds
        self._limit = limit

    def holds(self, solver: Term, *assumed: Term) -> bool:
        """Whether what was said to the solver can be, under the assumptions, each a yes-or-no or its opposite.

        Raises LimitReached, also where the solver itself gives up: no answer is all that matters then.
        """
        if time.monotonic() >= self._ends:
            raise LimitReached
        try:
            solver.set("rlimit", _AT_ONCE)
            answer = str(solver.check(*assumed))
            if answer == "unknown":
                answer = self._in_time(solver, assumed)
        except module().Z3Exception as error:
            raise LimitReached from error
        if answer == "unknown":
            raise LimitReached
        return answer == "sat"

    def _in_time(self, solver: Term, assumed: Sequence[Term]) -> str:
        """The answer to what is not settled at once. Keeping an eye on the time costs more than most answers do."""
        solver.set("rlimit", self._limit.work)
        solver.set("timeout", max(1, int((self._ends - time.monotonic()) * 1000)))
        return str(solver.check(*assumed))

    def solver(self, terms: Iterable[Term]) -> Term:
        """A solver that has been told these terms."""
        made = module().SolverFor("QF_FD")
        for term in terms:
            made.add(term)
        return made
