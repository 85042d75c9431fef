"""What is asked of a plan, and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from checker.agreement import Agreement
from checker.finding import Finding, Path, Severity
from checker.logic.planning.anchors import Basis
from checker.logic.planning.limits import Limit
from checker.logic.planning.making import MadePlan
from checker.logic.planning.measured import Measured
from checker.quantity import Month
from checker.text import Document
from checker.text.target_table import TargetRow


@dataclass(frozen=True, slots=True)
class RateWish:
    """Another conversion rate, for one channel or (None) for all. `paths` are the lines that then say so."""

    rate: str
    share: Fraction
    channel: str | None = None
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanWish:
    """What somebody wants to plan.

    `revenue` or `customers` is the goal (neither: that of the agreement, or what follows where numbers are given).
    `rows` are numbers from a table, `from_budgets` takes what the budgets must bring. `season` weighs months against an
    ordinary one; `sellers` is a number of them, all there from the first month on. `measured` is what the past says:
    its rates take the place of those that are written.
    """

    revenue: Fraction | None = None
    customers: int | None = None
    rates: Sequence[RateWish] = ()
    season: Mapping[Month, Fraction] = field(default_factory=dict)
    sellers: int | None = None
    rows: Sequence[TargetRow] = ()
    from_budgets: bool = False
    measured: Measured | None = None


@dataclass(frozen=True, slots=True)
class LineChange:
    """A run of lines of a file, from line `line` on, counted from 1: as they stand, and as they would."""

    file: str
    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, what stands in its way, and the text that would say it.

    `asked` is the revenue that was asked for, where it is no whole number of customers. `is_forward`: the numbers were
    given and the goal follows. `limits`, `most` and `first` are as in `checker.logic.planning.limits.Reach`. `problems`
    are what the rules find in the new text and did not find before; they are not looked for where there are limits, or
    other sellers than those of the text.
    """

    agreement: Agreement
    made: MadePlan
    basis: Basis
    is_forward: bool
    asked: Fraction | None
    limits: tuple[Limit, ...]
    most: int | None
    first: Limit | None
    document: Document
    changes: tuple[LineChange, ...]
    problems: tuple[Finding, ...]
    sellers: int | None = None
    measured: Measured | None = None
    """What the past says, where the rates are those that were measured."""

    @property
    def holds(self) -> bool:
        """Whether nothing stands in the way of the plan, and nothing contradicts it."""
        return not self.limits and not any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def can_be_written(self) -> bool:
        """Whether it holds with the sellers that there are."""
        return self.holds and self.sellers is None
