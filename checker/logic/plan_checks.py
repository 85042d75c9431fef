"""What must hold between the numbers of a plan, each as a bound that can be computed for any version of the numbers.

A check knows how to compute its two sides from a `DerivedPlan`, so that a repair can ask "and if this line said 43?"
by computing it again. The inequalities are those of the design's arithmetic page; the tolerance is half a unit where
a written whole number is held against a product of rates, and nothing where written numbers are added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from checker.agreement.plan import ALL_CHANNELS
from checker.finding import Path
from checker.logic.plan import DerivedPlan
from checker.logic.plan_inputs import CampaignPlan, PlanInputs, WrittenLine
from checker.quantity import Month

HALF = Fraction(1, 2)


class Kind(StrEnum):
    """What a check is about."""

    FUNNEL = "a later stage is bigger"
    RATE = "above what the rate yields"
    LAG = "above what closes from earlier opportunities"
    SUM = "channels do not add up"
    GOAL_CUSTOMERS = "months do not add up to the customers of the plan"
    GOAL_REVENUE = "months do not add up to the revenue of the plan"
    REVENUE = "revenue is not customers times deal"
    HANDOFFS = "sellers cannot take these leads"
    NEW_OPPORTUNITIES = "sellers cannot take these new opportunities"
    OPEN_OPPORTUNITIES = "sellers cannot keep so many open opportunities"
    COVERAGE = "too few opportunities close"
    COVERAGE_FACTOR = "coverage is below what the win rate needs"
    COST = "a customer costs more than agreed"
    CAMPAIGN = "a campaign hands over more than its channel"


@dataclass(frozen=True)
class Sides:
    """The two sides of a check: `actual` must lie between `low` and `high` (None = no bound), give or take."""

    actual: Fraction
    low: Fraction | None
    high: Fraction | None
    tolerance: Fraction = Fraction(0)

    @property
    def hold(self) -> bool:
        return not self.is_above and not self.is_below

    @property
    def is_above(self) -> bool:
        return self.high is not None and self.actual > self.high + self.tolerance

    @property
    def is_below(self) -> bool:
        return self.low is not None and self.actual < self.low - self.tolerance


Compute: TypeAlias = Callable[[DerivedPlan], Sides | None]


@dataclass(frozen=True)
class Check:
    """One thing that must hold. `at` is the line that is judged; `compute` gives None where a side is unknown."""

    kind: Kind
    at: Path
    month: Month | None
    compute: Compute
    stage: str | None = None
    channel: str | None = None


class _Recorder(Mapping[Path, Fraction]):
    """The numbers of a plan, noting which of them are read."""

    def __init__(self, numbers: Mapping[Path, Fraction]) -> None:
        self._numbers = numbers
        self.read: dict[Path, None] = {}

    def __getitem__(self, path: Path) -> Fraction:
        number = self._numbers[path]
        self.read[path] = None
        return number

    def __iter__(self) -> Iterator[Path]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def numbers_behind(inputs: PlanInputs, compute: Callable[[DerivedPlan], object]) -> tuple[Path, ...]:
    """The paths of all written numbers that a computation reads, in the order in which it reads them."""
    recorder = _Recorder(inputs.numbers)
    compute(DerivedPlan(inputs.with_numbers(recorder)))
    return tuple(recorder.read)


def plan_checks(inputs: PlanInputs) -> tuple[Check, ...]:
    """Every check that the written lines of a plan give rise to, in the order of the design's page."""
    checks: list[Check] = []
    for (stage, channel), lines in inputs.lines.items():
        if stage not in inputs.stages:
            continue
        for line in lines:
            for month in line.period:
                checks += _of_line(inputs, stage, channel, line, month)
    checks += _of_campaigns(inputs)
    checks += _of_goal(inputs)
    for month in inputs.months:
        checks += _of_month(inputs, month)
    checks += _of_coverage(inputs)
    return tuple(checks)


def failing(checks: tuple[Check, ...], plan: DerivedPlan) -> tuple[tuple[Check, Sides], ...]:
    """The checks that do not hold, with their sides; what one of them explains is not said a second time."""
    broken: list[tuple[Check, Sides]] = []
    late_months: set[Month | None] = set()
    bigger: set[tuple[Path, Month | None]] = set()
    revenue_is_off = False
    for check in checks:
        sides = check.compute(plan)
        if sides is None or sides.hold:
            continue
        if check.kind is Kind.RATE and (check.at, check.month) in bigger:
            continue
        if check.kind is Kind.COVERAGE and check.month in late_months:
            continue
        if check.kind is Kind.GOAL_REVENUE and revenue_is_off:
            continue
        if check.kind is Kind.LAG:
            late_months.add(check.month)
        if check.kind is Kind.FUNNEL:
            bigger.add((check.at, check.month))
        revenue_is_off = revenue_is_off or check.kind is Kind.REVENUE
        broken.append((check, sides))
    return tuple(broken)


# ---------------------------------------------------------------- written lines


def _of_line(inputs: PlanInputs, stage: str, channel: str, line: WrittenLine, month: Month) -> Iterator[Check]:
    index = inputs.stages.index(stage)
    is_total = channel == ALL_CHANNELS
    among = None if is_total else channel
    if is_total and (added := _added_up(inputs, stage, month)) is not None:
        yield Check(Kind.SUM, line.path, month, added, stage)
        if _all_written(inputs, stage, month):
            return
    if inputs.line(stage, channel, month) is not line or index == 0:
        return
    is_won = stage == inputs.won
    before = inputs.line(inputs.stages[index - 1], channel, month)
    if before is not None and not is_won:
        yield Check(
            Kind.FUNNEL,
            line.path,
            month,
            lambda plan: Sides(plan.inputs.numbers[line.path], None, plan.inputs.numbers[before.path]),
            stage,
            among,
        )

    def compute(plan: DerivedPlan) -> Sides | None:
        most = plan.at_most(stage, month, among)
        return None if most is None else Sides(plan.inputs.numbers[line.path], None, most, HALF)

    yield Check(Kind.LAG if is_won and inputs.closing else Kind.RATE, line.path, month, compute, stage, among)


def _all_written(inputs: PlanInputs, stage: str, month: Month) -> bool:
    channels = inputs.bringing(stage, month)
    return bool(channels) and all(inputs.line(stage, channel, month) is not None for channel in channels)


def _added_up(inputs: PlanInputs, stage: str, month: Month) -> Compute | None:
    """The sum of the channels that are written at a stage; exact where all are, a lower bound where some are."""
    lines = [inputs.line(stage, channel, month) for channel in inputs.bringing(stage, month)]
    paths = [line.path for line in lines if line is not None]
    total = inputs.line(stage, ALL_CHANNELS, month)
    if not paths or total is None:
        return None
    complete = _all_written(inputs, stage, month)

    def compute(plan: DerivedPlan) -> Sides:
        numbers = plan.inputs.numbers
        added = sum((numbers[path] for path in paths), Fraction(0))
        return Sides(numbers[total.path], added, added if complete else None)

    return compute


def _of_campaigns(inputs: PlanInputs) -> Iterator[Check]:
    """What campaigns of one month hand over is part of what their channel does."""
    stage = inputs.handed_over
    if stage is None:
        return
    for campaign in inputs.campaigns:
        alike = [
            other.path
            for other in inputs.campaigns
            if other.channel == campaign.channel and other.month == campaign.month
        ]

        def compute(
            plan: DerivedPlan, campaign: CampaignPlan = campaign, alike: list[Path] = alike, stage: str = stage
        ) -> Sides | None:
            most = plan.number(stage, campaign.month, campaign.channel)
            handed = sum((plan.inputs.numbers[path] for path in alike), Fraction(0))
            return None if most is None else Sides(handed, None, most, HALF if most.denominator > 1 else Fraction(0))

        if campaign.path == alike[-1]:
            yield Check(Kind.CAMPAIGN, campaign.path, campaign.month, compute, stage, campaign.channel)


# ---------------------------------------------------------------- the goal


def _of_goal(inputs: PlanInputs) -> Iterator[Check]:
    won, numbers = inputs.won, inputs.numbers
    customers, revenue, deal = ("plan", "customers"), ("plan", "revenue"), ("plan", "average_deal")
    if customers in numbers and revenue in numbers and deal in numbers:

        def product(plan: DerivedPlan) -> Sides:
            worth = plan.inputs.numbers[customers] * plan.inputs.numbers[deal]
            return Sides(plan.inputs.numbers[revenue], worth, worth)

        yield Check(Kind.REVENUE, revenue, None, product)
    if won is None or not inputs.plan_is_written:
        return

    def in_months(plan: DerivedPlan) -> tuple[Fraction, Fraction] | None:
        """Customers of all months, and half a unit for each month whose number is not a whole one."""
        found = [plan.number(won, month) for month in plan.months]
        known = [number for number in found if number is not None]
        if len(known) < len(found):
            return None
        return sum(known, Fraction(0)), HALF * sum(number.denominator != 1 for number in known)

    if customers in numbers:

        def counted(plan: DerivedPlan) -> Sides | None:
            added = in_months(plan)
            return None if added is None else Sides(plan.inputs.numbers[customers], added[0], added[0], added[1])

        yield Check(Kind.GOAL_CUSTOMERS, customers, None, counted, won)
    if revenue in numbers and deal in numbers:

        def earned(plan: DerivedPlan) -> Sides | None:
            added = in_months(plan)
            worth = plan.inputs.numbers[deal]
            if added is None:
                return None
            return Sides(plan.inputs.numbers[revenue], added[0] * worth, added[0] * worth, added[1] * worth)

        yield Check(Kind.GOAL_REVENUE, revenue, None, earned, won)


# ---------------------------------------------------------------- capacity, coverage, cost


def _of_month(inputs: PlanInputs, month: Month) -> Iterator[Check]:
    limits = {key: ("limit_per_seller", key) for key in ("handoffs", "new_opportunities", "open_opportunities")}
    if inputs.sellers and inputs.handed_over is not None and limits["handoffs"] in inputs.numbers:
        yield _capacity(inputs, Kind.HANDOFFS, limits["handoffs"], month, inputs.handed_over)
    pipeline = inputs.pipeline
    if inputs.sellers and pipeline is not None:
        if limits["new_opportunities"] in inputs.numbers:
            yield _capacity(inputs, Kind.NEW_OPPORTUNITIES, limits["new_opportunities"], month, pipeline)
        if limits["open_opportunities"] in inputs.numbers and inputs.closing:
            yield _open_stock(inputs, limits["open_opportunities"], month, pipeline)
    if pipeline is not None and inputs.won is not None and ("plan", "cost_per_customer") in inputs.numbers:
        yield _cost(month, pipeline, inputs)


def _capacity(inputs: PlanInputs, kind: Kind, limit: Path, month: Month, stage: str) -> Check:
    def compute(plan: DerivedPlan) -> Sides | None:
        arriving = plan.number(stage, month)
        if arriving is None:
            return None
        return Sides(arriving, None, plan.inputs.working_sellers(month) * plan.inputs.numbers[limit])

    return Check(kind, _heaviest(inputs, stage, month) or limit, month, compute, stage)


def _heaviest(inputs: PlanInputs, stage: str, month: Month) -> Path | None:
    """The biggest written number that a month's total at a stage rests on: where its load is decided."""
    behind = numbers_behind(inputs, lambda plan: plan.number(stage, month))
    written = [path for path in behind if path[0] == "targets"]
    return max(written, key=lambda path: inputs.numbers[path], default=None)


def _open_stock(inputs: PlanInputs, limit: Path, month: Month, pipeline: str) -> Check:
    """Little's law: what is open at a month's end is what was opened and has not closed yet."""

    def compute(plan: DerivedPlan) -> Sides | None:
        stock = Fraction(0)
        for age in range(max(plan.closing)):
            still_open = sum((share for lag, share in plan.closing.items() if lag > age), Fraction(0))
            opened = plan.opened(month + -age)
            if opened is None:
                return None
            stock += opened * still_open
        return Sides(stock, None, plan.inputs.working_sellers(month) * plan.inputs.numbers[limit])

    at = _heaviest(inputs, pipeline, month) or limit
    return Check(Kind.OPEN_OPPORTUNITIES, at, month, compute, pipeline)


def _cost(month: Month, pipeline: str, inputs: PlanInputs) -> Check:
    """The month's budgets against what its expected customers may cost: the limit times the win rate times the
    opportunities of that month from channels with a budget.
    """
    limit: Path = ("plan", "cost_per_customer")
    paid = [
        channel
        for channel in inputs.channels
        if ("channels", channel, "budget") in inputs.numbers and inputs.has_begun(channel, month)
    ]

    def compute(plan: DerivedPlan) -> Sides | None:
        numbers = plan.inputs.numbers
        budget = sum((numbers["channels", channel, "budget"] for channel in paid), Fraction(0))
        rate = plan.rate(f"{pipeline}_to_{plan.inputs.won}")
        opened = [plan.number(pipeline, month, channel) for channel in paid]
        known = [number for number in opened if number is not None]
        if not paid or rate is None or len(known) < len(opened) or rate * sum(known) == 0:
            return None
        return Sides(budget, None, numbers[limit] * rate * sum(known, Fraction(0)))

    return Check(Kind.COST, limit, month, compute, pipeline)


def _of_coverage(inputs: PlanInputs) -> Iterator[Check]:
    factor: Path = ("plan", "pipeline_coverage")
    won, pipeline = inputs.won, inputs.pipeline
    if factor not in inputs.numbers or won is None or pipeline is None:
        return

    def needed(plan: DerivedPlan) -> Sides | None:
        rate = plan.rate(f"{pipeline}_to_{won}")
        return None if not rate else Sides(plan.inputs.numbers[factor], 1 / rate, None)

    yield Check(Kind.COVERAGE_FACTOR, factor, None, needed, pipeline)
    for month in inputs.months:

        def closing(plan: DerivedPlan, month: Month = month) -> Sides | None:
            customers = plan.number(won, month)
            opportunities = plan.closing_opportunities(month)
            if customers is None or opportunities is None:
                return None
            times = plan.inputs.numbers[factor]
            # half a customer is the rounding of the target, not of the pipeline
            return Sides(opportunities, times * customers, None, times * HALF)

        yield Check(Kind.COVERAGE, factor, month, closing, pipeline)
