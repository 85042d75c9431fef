"""The bounds of a plan, put to the solver: exact fractions for what nobody wrote, whole numbers for what is written."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from checker.finding import Path
from checker.logic.possible.bounds import Bound, Unknown
from checker.logic.proof.solver import Budget, Limit, module

Term: TypeAlias = Any
"""A formula of the solver."""


class PlanSolver:
    """Says whether a plan is possible under some of the written lines. Raises NoSolver where there is no solver.

    Every question may use what is left of one limit; LimitReached is raised when nothing is.
    """

    def __init__(self, bounds: Sequence[Bound], limit: Limit) -> None:
        self._solver_of = module()
        self._budget = Budget(limit)
        self._solver = self._solver_of.Solver()
        self._unknowns: dict[Unknown, Term] = {}
        self._lines: dict[Path, Term] = {}
        self._numbers: dict[Fraction, Term] = {}
        for bound in bounds:
            self._tell(bound)

    def is_possible(self, lines: Sequence[Path]) -> bool:
        """Whether some plan fits what these lines say."""
        return self._budget.holds(self._solver, *(self._lines[line] for line in lines if line in self._lines))

    def nearest(self, line: Path, told: Sequence[tuple[Bound, Fraction]], written: Fraction) -> Fraction | None:
        """The whole number nearest to the written one that a line could say under all that was told.

        `told` is what the line says: each sum of terms, less factor times the number, must lie between the bound's
        ends. None where no whole number does.
        """
        number = self._solver_of.Int("number")
        self._solver.push()
        try:
            self._solver.add(number >= 0)
            for bound, factor in told:
                self._between(self._sum(bound) - self._exactly(factor) * self._solver_of.ToReal(number), bound)
            lines = [self._lines[other] for other in self._lines if other != line]
            return self._search(number, lines, written)
        finally:
            self._solver.pop()

    def _search(self, number: Term, lines: Sequence[Term], written: Fraction) -> Fraction | None:
        """Halves the distance to the written number for as long as some plan is left."""
        if not self._budget.holds(self._solver, *lines):
            return None
        best = self._value(number)
        near = -1
        while abs(best - written) - near > 1:
            reach = (abs(best - written) + near) // 2
            close = self._solver_of.And(
                number >= self._exactly(written - reach), number <= self._exactly(written + reach)
            )
            if self._budget.holds(self._solver, *lines, close):
                best = self._value(number)
            else:
                near = int(reach)
        return best

    def _value(self, number: Term) -> Fraction:
        return Fraction(self._solver.model().eval(number, model_completion=True).as_long())

    def _tell(self, bound: Bound) -> None:
        guards = [self._line(line) for line in bound.lines]
        self._between(self._sum(bound), bound, guards)

    def _between(self, total: Term, bound: Bound, guards: Sequence[Term] = ()) -> None:
        z3 = self._solver_of
        sides = []
        if bound.low is not None:
            sides.append(total >= self._exactly(bound.low))
        if bound.high is not None:
            sides.append(total <= self._exactly(bound.high))
        said = z3.And(*sides) if len(sides) > 1 else sides[0]
        self._solver.add(z3.Implies(z3.And(*guards), said) if guards else said)

    def _sum(self, bound: Bound) -> Term:
        terms = [self._exactly(factor) * self._unknown(unknown) for unknown, factor in bound.terms]
        return self._solver_of.Sum(*terms) if terms else self._exactly(Fraction(0))

    def _unknown(self, unknown: Unknown) -> Term:
        if unknown not in self._unknowns:
            made = self._solver_of.Real(f"n{len(self._unknowns)}")
            self._unknowns[unknown] = made
            self._solver.add(made >= 0)
        return self._unknowns[unknown]

    def _line(self, line: Path) -> Term:
        if line not in self._lines:
            self._lines[line] = self._solver_of.Bool(f"line{len(self._lines)}")
        return self._lines[line]

    def _exactly(self, number: Fraction) -> Term:
        if number not in self._numbers:
            self._numbers[number] = self._solver_of.RealVal(f"{number.numerator}/{number.denominator}")
        return self._numbers[number]
