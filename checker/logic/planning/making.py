"""Whole numbers that reach a goal: customers by month, the leads that become them, and every written line between.

Backward, the number of customers says how many opportunities must open so many months before; forward, each later
line is what follows from the one before, rounded as the rules tolerate. What follows is asked of the same `DerivedPlan`
that the rules ask, so that a plan made here is one that they find nothing wrong with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from checker.agreement.plan import ALL_CHANNELS
from checker.errors import NothingToPlan
from checker.finding import Path
from checker.logic.plan import DerivedPlan, largest_remainder, round_half_up
from checker.logic.plan_checks import HALF
from checker.logic.plan_inputs import PlanInputs, WrittenLine
from checker.logic.planning.anchors import Anchors, Key, rates_missing
from checker.message import Written, say, say_counted
from checker.quantity import Month, Period

MOST_STEPS = 10_000
"""Leads that are added at most until rounding no longer hides a customer."""
Factors = Mapping[Month, Fraction]
_CUSTOMERS: Path = ("plan", "customers")
_REVENUE: Path = ("plan", "revenue")
_DEAL: Path = ("plan", "average_deal")


@dataclass(frozen=True)
class MadePlan:
    """A plan in whole numbers. `targets` are the lines to write; `inputs` the plan as if they were written."""

    inputs: PlanInputs
    targets: Mapping[Key, Mapping[Month, int]]
    customers: int
    scale: Fraction
    """How much of the anchors it takes: 1 where their numbers were taken as they are."""

    @property
    def plan(self) -> DerivedPlan:
        """Every number that follows."""
        return DerivedPlan(self.inputs)

    @property
    def revenue(self) -> Fraction | None:
        """What the customers bring; None where no deal size is known."""
        deal = self.inputs.numbers.get(_DEAL)
        return None if deal is None else self.customers * deal


def plan_for(inputs: PlanInputs, anchors: Anchors, customers: int) -> MadePlan:
    """Backward: the plan that wins so many customers.

    Raises NothingToPlan where a rate is missing, nothing that opens in the plan closes in it, or what is open already
    brings more.
    """
    return _Maker(inputs, anchors).backward(customers)


def plan_from(inputs: PlanInputs, anchors: Anchors) -> MadePlan:
    """Forward: the plan that the anchors' own numbers make, and the customers that follow. Raises NothingToPlan."""
    return _Maker(inputs, anchors).forward()


def customers_for(inputs: PlanInputs, revenue: Fraction) -> int:
    """The fewest customers that bring a revenue. Raises NothingToPlan without a deal size."""
    deal = inputs.numbers.get(_DEAL)
    if not deal:
        raise NothingToPlan(say("a goal in money needs plan: average_deal, what one customer brings on average"))
    return -(-revenue // deal)


class _Maker:
    """Makes plans of one agreement from the same anchors."""

    def __init__(self, inputs: PlanInputs, anchors: Anchors) -> None:
        self.inputs = inputs
        self.anchors = anchors
        if inputs.won is None:
            raise NothingToPlan(say("no stage says `is: won`: without one no customers can be planned"))
        self.won = inputs.won
        if not inputs.months:
            raise NothingToPlan(say("the agreement has no plan: write its months, as in `months: 2027-01 to 2027-06`"))
        followers = {key for key in inputs.lines if key[0] in inputs.stages and key[0] != self.won}
        self.followers = sorted(
            followers - set(anchors.numbers), key=lambda key: (inputs.stages.index(key[0]), key[1] == ALL_CHANNELS)
        )

    # ------------------------------------------------------------ the two directions

    def forward(self) -> MadePlan:
        """The anchors' numbers, rounded, and what follows."""
        targets = self._filled(dict.fromkeys(self.inputs.months, Fraction(1)))
        yields = self._customers_of(targets)
        return self._made(targets, {month: round_half_up(number) for month, number in yields.items()}, Fraction(1))

    def backward(self, customers: int) -> MadePlan:
        """The anchors' mix and season, as much of it as it takes."""
        months = self.inputs.months
        once, twice = (self._customers_of(self._exact(dict.fromkeys(months, Fraction(times)))) for times in (1, 2))
        slope = {month: twice[month] - once[month] for month in months}
        base = {month: once[month] - slope[month] for month in months}
        fixed = {month: round_half_up(base[month]) for month in months if not slope[month]}
        moving = [month for month in months if slope[month]]
        left = customers - sum(fixed.values())
        if not moving:
            raise NothingToPlan(
                say("no opportunity that opens within the plan closes within it: its months are shorter than the cycle")
            )
        scale = (left - sum((base[month] for month in moving), Fraction(0))) / sum(slope[month] for month in moving)
        if scale <= 0:
            raise NothingToPlan(
                say_counted(
                    "the opportunities that are open already bring {count} customer: a goal must be above that",
                    "the opportunities that are open already bring {count} customers: a goal must be above that",
                    count=round_half_up(sum(base.values(), Fraction(0))),
                )
            )
        if len(self._lags()) == 1:
            wanted = largest_remainder({str(month): base[month] + scale * slope[month] for month in moving})
            whole = fixed | {month: wanted[str(month)] for month in moving}
            return self._by_month(whole, slope, scale)
        return self._spread(customers, scale)

    def _by_month(self, whole: Mapping[Month, int], slope: Mapping[Month, Fraction], scale: Fraction) -> MadePlan:
        """All that opens in a month closes in one: each month has as much as its own customers take."""
        [lag] = self._lags()
        factors = {
            month: whole[month + lag] / slope[month + lag]
            if self.inputs.covers(month + lag) and slope[month + lag]
            else scale
            for month in self.inputs.months
        }
        for _ in range(MOST_STEPS):
            targets = self._filled(factors)
            yields = self._customers_of(targets)
            short = [month for month in whole if slope[month] and whole[month] > yields[month] + HALF]
            if not short:
                return self._made(targets, whole, scale)
            factors |= {month + -lag: factors[month + -lag] + self._one_lead(month + -lag) for month in short}
        raise AssertionError("rounding hides a customer however many leads there are")

    def _spread(self, customers: int, scale: Fraction) -> MadePlan:
        """What opens in a month closes in several: all months grow alike until the customers are whole."""
        step = max(self._one_lead(month) for month in self.inputs.months)

        def tried(steps: int) -> tuple[Mapping[Key, Mapping[Month, int]], Mapping[Month, int]] | None:
            targets = self._filled(dict.fromkeys(self.inputs.months, scale + steps * step))
            whole = _distributed(self._customers_of(targets), customers)
            return None if whole is None else (targets, whole)

        steps = smallest(lambda steps: tried(steps) is not None)
        found = tried(steps)
        assert found is not None
        return self._made(*found, scale + steps * step)

    # ------------------------------------------------------------ numbers

    def _lags(self) -> tuple[int, ...]:
        """The months after opening in which something closes."""
        return tuple(lag for lag, share in DerivedPlan(self.inputs).closing.items() if share) or (0,)

    def _one_lead(self, month: Month) -> Fraction:
        """The part by which a month must grow to have one lead more at each stage where leads are decided."""
        sums = [
            sum((self.anchors.numbers[stage, channel][month] for channel in channels), Fraction(0))
            for stage, channels in self.anchors.by_stage().items()
        ]
        biggest = max(sums)
        return 1 / biggest if biggest else Fraction(0)

    def _exact(self, factors: Factors) -> Mapping[Key, Mapping[Month, Fraction]]:
        return {
            key: {month: number * factors[month] for month, number in months.items()}
            for key, months in self.anchors.numbers.items()
        }

    def _filled(self, factors: Factors) -> Mapping[Key, Mapping[Month, int]]:
        """Whole numbers for all lines but the customers: the anchors', then what follows for each other line."""
        exact = self._exact(factors)
        targets: dict[Key, dict[Month, int]] = {key: {} for key in exact}
        for stage, channels in self.anchors.by_stage().items():
            for month in self.inputs.months:
                whole = largest_remainder({channel: exact[stage, channel][month] for channel in channels})
                for channel in channels:
                    targets[stage, channel][month] = whole[channel]
        for key in self.followers:
            plan = DerivedPlan(self._inputs_with(targets))
            targets[key] = dict(self._following(plan, key))
        return targets

    def _following(self, plan: DerivedPlan, key: Key) -> Iterable[tuple[Month, int]]:
        stage, channel = key[0], None if key[1] == ALL_CHANNELS else key[1]
        for month in self.inputs.months:
            follows = plan.follows(stage, month, channel)
            backward = plan.number(stage, month, channel) if follows is None else None
            if follows is not None:
                yield month, round_half_up(follows)
            elif backward is not None:
                yield month, -(-backward.numerator // backward.denominator)
            elif (line := self.inputs.line(stage, key[1], month)) is not None:
                yield month, int(self.inputs.numbers[line.path])

    def _customers_of(self, targets: Mapping[Key, Mapping[Month, int | Fraction]]) -> dict[Month, Fraction]:
        """What follows for customers. Raises NothingToPlan where nothing does."""
        plan = DerivedPlan(self._inputs_with(targets))
        yields: dict[Month, Fraction] = {}
        for month in self.inputs.months:
            follows = plan.follows(self.won, month)
            if follows is None:
                self._explain(month)
            else:
                yields[month] = follows
        return yields

    def _explain(self, month: Month) -> None:
        """Says what is missing. Raises NothingToPlan, always."""
        inputs = self.inputs
        for stage, channel in self.anchors.numbers:
            named = None if channel == ALL_CHANNELS else channel
            after = inputs.stages[inputs.stages.index(stage) : inputs.stages.index(self.won) + 1]
            ids = [f"{first}_to_{second}" for first, second in pairwise(after)]
            missing = [rate for rate in ids if inputs.rate_path(rate, named) is None]
            if missing:
                raise NothingToPlan(rates_missing(missing, named))
        before = [month + -lag for lag in self._lags()]
        unknown = [other for other in before if not inputs.covers(other) and other not in inputs.opened_before]
        if unknown:
            raise NothingToPlan(
                say(
                    "customers of {month} come from opportunities of {before}: write how many there were under "
                    "{section}",
                    month=month,
                    before=min(unknown),
                    section=Written("opened_before_plan:"),
                )
            )
        raise NothingToPlan(say("nothing that is written leads to customers in {month}", month=month))

    # ------------------------------------------------------------ the plan as if it were written

    def _made(
        self, targets: Mapping[Key, Mapping[Month, int]], whole: Mapping[Month, int], scale: Fraction
    ) -> MadePlan:
        complete = {**targets, (self.won, ALL_CHANNELS): dict(sorted(whole.items()))}
        customers = sum(whole.values())
        inputs = self._inputs_with(complete)
        numbers = dict(inputs.numbers)
        if _CUSTOMERS in numbers or _REVENUE not in numbers:
            numbers[_CUSTOMERS] = Fraction(customers)
        if _REVENUE in numbers and _DEAL in numbers:
            numbers[_REVENUE] = customers * numbers[_DEAL]
        return MadePlan(inputs.with_numbers(numbers), complete, customers, scale)

    def _inputs_with(self, targets: Mapping[Key, Mapping[Month, int | Fraction]]) -> PlanInputs:
        """The plan with these targets, a line a month, in place of all that are written."""
        numbers = {path: number for path, number in self.inputs.numbers.items() if path[0] != "targets"}
        lines: dict[Key, tuple[WrittenLine, ...]] = {}
        for (stage, channel), months in targets.items():
            written = []
            for month, number in months.items():
                path: Path = ("targets", stage, channel, str(month))
                numbers[path] = Fraction(number)
                old = self.inputs.line(stage, channel, month)
                written.append(WrittenLine(path, Period(month, month), old is not None and old.has_reason))
            lines[stage, channel] = tuple(written)
        return replace(self.inputs, numbers=numbers, lines=lines)


def _distributed(yields: Mapping[Month, Fraction], customers: int) -> Mapping[Month, int] | None:
    """So many customers over the months, none with more than the rounded yield; None where that is too few."""
    whole = {month: round_half_up(number) for month, number in yields.items()}
    surplus = sum(whole.values()) - customers
    if surplus < 0:
        return None
    for _ in range(surplus):
        # a month that was rounded up most has the best reason to have one less
        most = max(whole, key=lambda month: (whole[month] > 0, whole[month] - yields[month]))
        whole[most] -= 1
    return whole


def smallest(holds: Callable[[int], bool]) -> int:
    """The smallest whole number from 0 on that holds, for what goes on holding once it does; found by doubling."""
    if holds(0):
        return 0
    high = 1
    while not holds(high):
        high *= 2
        if high > MOST_STEPS**2:
            raise AssertionError("no number is large enough")
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
