"""The solver: whether it is there, and how much it may work on one question."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

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
        left = int((self._ends - time.monotonic()) * 1000)
        if left <= 0:
            raise LimitReached
        solver.set("timeout", left)
        try:
            answer = str(solver.check(*assumed))
        except module().Z3Exception as error:
            raise LimitReached from error
        if answer == "unknown":
            raise LimitReached
        return answer == "sat"

    def solver(self, terms: Iterable[Term]) -> Term:
        """A solver that has been told these terms."""
        made = module().SolverFor("QF_FD")
        made.set("rlimit", self._limit.work)
        for term in terms:
            made.add(term)
        return made
