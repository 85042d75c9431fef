"""What stands in the way of a plan, by how much, and what would unlock it; and how far one gets as it is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checker.errors import NothingToPlan
from checker.finding import Path
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import Check, Kind, Sides, failing, plan_checks
from checker.logic.plan_inputs import PlanInputs
from checker.logic.planning.anchors import Anchors
from checker.logic.planning.making import MadePlan, plan_for
from checker.quantity import Month

_LIMIT_OF = {
    Kind.HANDOFFS: "handoffs",
    Kind.NEW_OPPORTUNITIES: "new_opportunities",
    Kind.OPEN_OPPORTUNITIES: "open_opportunities",
}
_USES = (*_LIMIT_OF, Kind.COST)
_GROWING = tuple(_LIMIT_OF)
"""What a bigger goal can break and a smaller one mends: coverage is the same for any goal, and with more customers each
of them costs less.
"""


@dataclass(frozen=True)
class Limit:
    """One thing that does not allow a plan in a month. `needed` is what the plan takes, `allowed` what there is.

    For sellers: `sellers` working in that month (a new one in part), `per_seller` what each takes, and what would do:
    `more_sellers` whole ones, or `per_seller_needed`.
    """

    kind: Kind
    month: Month | None
    at: Path
    needed: Fraction
    allowed: Fraction
    sellers: Fraction | None = None
    per_seller: Fraction | None = None

    @property
    def more_sellers(self) -> int | None:
        """Whole sellers that would be enough, working all the month."""
        return None if not self.per_seller else -(-(self.needed - self.allowed) // self.per_seller)

    @property
    def per_seller_needed(self) -> int | None:
        """What each seller would have to take."""
        return None if not self.sellers else -(-self.needed // self.sellers)

    @property
    def excess(self) -> Fraction:
        """How much more is needed than there is, as a part of what there is."""
        return (self.needed - self.allowed) / self.allowed if self.allowed else self.needed


@dataclass(frozen=True)
class Reach:
    """How far one gets. `limits` stand in the way, the first months first; `most` customers can be won as it is (None
    where even the fewest cannot), and `first` is what binds then.
    """

    limits: tuple[Limit, ...]
    most: int | None
    first: Limit | None


def reach(inputs: PlanInputs, anchors: Anchors, made: MadePlan) -> Reach:
    """What stands in the way of a made plan, and the most customers that can be won without meeting any of it."""
    limits = limits_of(made)
    growing = tuple(limit for limit in limits if limit.kind in _GROWING)
    if not growing:
        return Reach(limits, None if limits else made.customers, limits[0] if limits else None)
    low, high, binding = 0, made.customers, growing
    while high - low > 1:
        middle = (low + high) // 2
        try:
            found = limits_of(plan_for(inputs, anchors, middle))
        except NothingToPlan:
            # what is open already brings more than this
            found = ()
        found = tuple(limit for limit in found if limit.kind in _GROWING)
        if found:
            high, binding = middle, found
        else:
            low = middle
    first = max(binding, key=lambda limit: limit.excess)
    return Reach(limits, low or None, first)


def limits_of(made: MadePlan) -> tuple[Limit, ...]:
    """The checks of a made plan that do not hold, month by month, the sellers' first."""
    plan = made.plan
    broken = failing(plan_checks(made.inputs), plan)
    limits = [_limit(plan, check, sides) for check, sides in broken if check.kind is not Kind.COVERAGE_FACTOR]
    order = list(Kind)
    return tuple(sorted(limits, key=lambda limit: (limit.month is None, limit.month or 0, order.index(limit.kind))))


def uses_of(made: MadePlan) -> tuple[Limit, ...]:
    """What a made plan takes of its sellers, and what it lets a customer cost, month by month: in the form of a limit,
    also where it is kept.
    """
    plan = made.plan
    sides = [(check, check.compute(plan)) for check in plan_checks(made.inputs) if check.kind in _USES]
    uses = [_limit(plan, check, found) for check, found in sides if found is not None and found.high is not None]
    order = list(Kind)
    return tuple(sorted(uses, key=lambda use: (order.index(use.kind), use.month or 0)))


def _limit(plan: DerivedPlan, check: Check, sides: Sides) -> Limit:
    if check.kind in _LIMIT_OF and check.month is not None:
        return Limit(
            check.kind,
            check.month,
            check.at,
            sides.actual,
            sides.high or Fraction(0),
            plan.inputs.working_sellers(check.month),
            plan.inputs.numbers["limit_per_seller", _LIMIT_OF[check.kind]],
        )
    if check.kind is Kind.COST and check.month is not None:
        # said as the cost of one customer: that is what was agreed
        agreed = plan.inputs.numbers["plan", "cost_per_customer"]
        return Limit(check.kind, check.month, check.at, agreed * sides.actual / (sides.high or Fraction(1)), agreed)
    if sides.is_below:
        return Limit(check.kind, check.month, check.at, sides.low or Fraction(0), sides.actual)
    return Limit(check.kind, check.month, check.at, sides.actual, sides.high or Fraction(0))
