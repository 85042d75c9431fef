"""What is said of a plan as bounds on sums of its numbers, whether these are written or not.

The numbers of a plan that nobody wrote are unknowns: any fraction that is not negative. A written line fixes an
unknown, a rate bounds one stage by the stage before it, channels add up to their total, customers are bounded by the
opportunities that close, sellers by their limits. A plan is possible when some choice of the unknowns keeps every
bound. Each bound names the written lines that it rests on, so that taking a line out takes out what it says.

The inequalities are those of `plan_checks`: above what follows is wrong, below is not; a written whole number may be
half a unit above a product of rates; sums of written numbers are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from checker.agreement.plan import ALL_CHANNELS
from checker.finding import Path
from checker.logic.plan_inputs import PlanInputs
from checker.quantity import Month

HALF = Fraction(1, 2)
ONE = Fraction(1)

Unknown: TypeAlias = tuple[str, str, Month]
"""A number of the plan: stage, channel (or `all`), month."""


@dataclass(frozen=True, slots=True)
class Bound:
    """`low` <= sum of factor times unknown <= `high` (None = no bound on that side).

    `lines` are the paths of the written numbers without which it does not hold; none for what holds in every plan.
    """

    terms: tuple[tuple[Unknown, Fraction], ...]
    low: Fraction | None
    high: Fraction | None
    lines: tuple[Path, ...] = ()

    def allows(self, sum_of_terms: Fraction) -> bool:
        """Whether the sum may have this value."""
        return (self.low is None or sum_of_terms >= self.low) and (self.high is None or sum_of_terms <= self.high)


def bounds_of(inputs: PlanInputs) -> tuple[Bound, ...]:
    """Every bound of a plan, month by month, then those that tie months together."""
    building = _Building(inputs)
    return tuple(building.all())


class _Building:
    def __init__(self, inputs: PlanInputs) -> None:
        self.inputs = inputs
        self.numbers = inputs.numbers
        self.stages = inputs.stages
        self.lags = inputs.won is not None and bool(inputs.closing) and self.stages.index(inputs.won) > 0
        self.won = self.stages.index(inputs.won) if inputs.won is not None else len(self.stages)

    def all(self) -> Iterator[Bound]:
        for month in self.inputs.months:
            for index in range(len(self.stages)):
                yield from self._stage(index, month)
            yield from self._sellers(month)
            yield from self._cost(month)
        yield from self._goal()

    # ------------------------------------------------------------ one stage in one month

    def _stage(self, index: int, month: Month) -> Iterator[Bound]:
        stage = self.stages[index]
        total = (stage, ALL_CHANNELS, month)
        written = self._line(index, ALL_CHANNELS, month)
        if written is not None:
            yield self._is(total, written)
        if stage == self.inputs.handed_over:
            yield from self._campaigns(index, month)
        if self.lags and index == self.won:
            yield from self._customers(index, month, total)
            return
        channels = self._channels(index, month)
        for channel in channels:
            yield from self._channel(index, channel, month)
        if channels:
            slack = HALF if any(self._line(index, channel, month) is None for channel in channels) else Fraction(0)
            parts = tuple(((stage, channel, month), ONE) for channel in channels)
            yield Bound((*parts, (total, -ONE)), -slack, slack)
        elif index > 0 and not self._channels(index - 1, month):
            yield from self._converted(index, ALL_CHANNELS, month)

    def _campaigns(self, index: int, month: Month) -> Iterator[Bound]:
        """What campaigns hand over is part of what their channel does."""
        for channel in self._channels(index, month):
            paths = tuple(
                campaign.path
                for campaign in self.inputs.campaigns
                if campaign.month == month and campaign.channel == channel
            )
            if paths:
                slack = HALF if self._line(index, channel, month) is None else Fraction(0)
                least = sum((self.numbers[path] for path in paths), -slack)
                yield Bound((((self.stages[index], channel, month), ONE),), least, None, paths)

    def _channel(self, index: int, channel: str, month: Month) -> Iterator[Bound]:
        written = self._line(index, channel, month)
        if written is not None:
            yield self._is((self.stages[index], channel, month), written)
        if index > self.inputs.starts_at[channel]:
            yield from self._converted(index, channel, month)

    def _converted(self, index: int, channel: str, month: Month) -> Iterator[Bound]:
        """A stage is at most its rate times the stage before; without a rate, at most that stage."""
        before, stage = self.stages[index - 1], self.stages[index]
        rate = self.inputs.rate_path(f"{before}_to_{stage}", None if channel == ALL_CHANNELS else channel)
        factor = ONE if rate is None else self.numbers[rate]
        slack = HALF if rate is not None and self._line(index, channel, month) is not None else Fraction(0)
        yield Bound(
            (((stage, channel, month), ONE), ((before, channel, month), -factor)),
            None,
            slack,
            () if rate is None else (rate,),
        )

    def _channels(self, index: int, month: Month) -> tuple[str, ...]:
        return self.inputs.bringing(self.stages[index], month)

    def _line(self, index: int, channel: str, month: Month) -> Path | None:
        line = self.inputs.line(self.stages[index], channel, month)
        return None if line is None else line.path

    def _is(self, unknown: Unknown, line: Path) -> Bound:
        return Bound(((unknown, ONE),), self.numbers[line], self.numbers[line], (line,))

    # ------------------------------------------------------------ customers, months after they were opportunities

    def _customers(self, index: int, month: Month, total: Unknown) -> Iterator[Bound]:
        written = [channel for channel in self._channels(index, month) if self._line(index, channel, month) is not None]
        for channel in written:
            yield from self._channel_customers(index, channel, month)
        if written:
            yield Bound(
                (*(((self.stages[index], name, month), ONE) for name in written), (total, -ONE)), None, Fraction(0)
            )
        slack = HALF if self._line(index, ALL_CHANNELS, month) is not None else Fraction(0)
        before, rate_id = self.stages[index - 1], f"{self.stages[index - 1]}_to_{self.stages[index]}"
        terms: list[tuple[Unknown, Fraction]] = [(total, ONE)]
        lines: dict[Path, None] = {}
        high = slack
        for lag, share_path in self.inputs.closing.items():
            opened = month + -lag
            share = self._share(share_path, lines)
            if self.inputs.covers(opened):
                channels = self._channels(index - 1, opened)
                own = any((rate_id, channel) in self.inputs.rates for channel in channels)
                for channel in channels if own else (ALL_CHANNELS,):
                    rate = self.inputs.rate_path(rate_id, None if channel == ALL_CHANNELS else channel)
                    if rate is None:
                        return
                    lines[rate] = None
                    terms.append(((before, channel, opened), -share * self.numbers[rate]))
            else:
                path = self.inputs.opened_before.get(opened) if before == self.inputs.pipeline else None
                rates = [self.inputs.rate_path(rate_id, channel) for channel in (None, *self.inputs.channels)]
                known = [rate for rate in rates if rate is not None]
                if path is None or not known:
                    return
                lines |= dict.fromkeys([path, *known])
                high += share * max(self.numbers[rate] for rate in known) * self.numbers[path]
        yield Bound(tuple(terms), None, high, tuple(lines))
        yield from self._coverage(index, month, total)

    def _channel_customers(self, index: int, channel: str, month: Month) -> Iterator[Bound]:
        stage, before = self.stages[index], self.stages[index - 1]
        line = self._line(index, channel, month)
        if line is not None:
            yield self._is((stage, channel, month), line)
        rate = self.inputs.rate_path(f"{before}_to_{stage}", channel)
        opened = [month + -lag for lag in self.inputs.closing]
        if rate is None or any(not self.inputs.covers(at) for at in opened):
            return
        lines: dict[Path, None] = {rate: None}
        terms: list[tuple[Unknown, Fraction]] = [((stage, channel, month), ONE)]
        for lag, share_path in self.inputs.closing.items():
            share = self._share(share_path, lines)
            if channel in self._channels(index - 1, month + -lag):
                terms.append(((before, channel, month + -lag), -share * self.numbers[rate]))
        yield Bound(tuple(terms), None, HALF, tuple(lines))

    def _share(self, path: Path | None, lines: dict[Path, None]) -> Fraction:
        if path is None:
            return ONE
        lines[path] = None
        return self.numbers[path]

    def _opened(
        self, lags: Iterable[tuple[Month, Fraction]], lines: dict[Path, None]
    ) -> tuple[list[tuple[Unknown, Fraction]], Fraction] | None:
        """Opportunities of some months, each times a factor: the unknown ones, and the sum of those before the plan."""
        pipeline = self.inputs.pipeline
        if pipeline is None:
            return None
        terms: list[tuple[Unknown, Fraction]] = []
        known = Fraction(0)
        for month, factor in lags:
            if self.inputs.covers(month):
                terms.append(((pipeline, ALL_CHANNELS, month), factor))
            elif month in self.inputs.opened_before:
                path = self.inputs.opened_before[month]
                lines[path] = None
                known += factor * self.numbers[path]
            else:
                return None
        return terms, known

    def _coverage(self, index: int, month: Month, total: Unknown) -> Iterator[Bound]:
        factor: Path = ("plan", "pipeline_coverage")
        if factor not in self.numbers:
            return
        lines: dict[Path, None] = {factor: None}
        closing = [(month + -lag, self._share(path, lines)) for lag, path in self.inputs.closing.items()]
        opened = self._opened(closing, lines)
        if opened is None:
            return
        terms, known = opened
        times = self.numbers[factor]
        yield Bound((*terms, (total, -times)), -known - times * HALF, None, tuple(lines))

    # ------------------------------------------------------------ sellers and money

    def _sellers(self, month: Month) -> Iterator[Bound]:
        if not self.inputs.sellers:
            return
        working, ramps = self.inputs.working_sellers(month), self.inputs.ramp_shares(month)
        for key, stage in (("handoffs", self.inputs.handed_over), ("new_opportunities", self.inputs.pipeline)):
            limit: Path = ("limit_per_seller", key)
            if stage is not None and limit in self.numbers:
                most = working * self.numbers[limit]
                yield Bound((((stage, ALL_CHANNELS, month), ONE),), None, most, (limit, *ramps))
        limit = ("limit_per_seller", "open_opportunities")
        if limit not in self.numbers or not self.inputs.closing or self.inputs.pipeline is None:
            return
        lines: dict[Path, None] = dict.fromkeys((limit, *ramps))
        shares = {lag: self._share(path, lines) for lag, path in self.inputs.closing.items()}
        ages = range(max(shares))
        still_open = [
            (month + -age, sum((share for lag, share in shares.items() if lag > age), Fraction(0))) for age in ages
        ]
        opened = self._opened(still_open, lines)
        if opened is not None:
            terms, known = opened
            yield Bound(tuple(terms), None, working * self.numbers[limit] - known, tuple(lines))

    def _cost(self, month: Month) -> Iterator[Bound]:
        """Budgets over expected customers are at most the limit: limit * win rate * opportunities >= budgets."""
        limit: Path = ("plan", "cost_per_customer")
        pipeline, won = self.inputs.pipeline, self.inputs.won
        paid = [
            channel
            for channel in self.inputs.channels
            if ("channels", channel, "budget") in self.numbers and self.inputs.has_begun(channel, month)
        ]
        rate = self.inputs.rate_path(f"{pipeline}_to_{won}", None)
        if limit not in self.numbers or pipeline is None or won is None or not paid or rate is None:
            return
        if any(
            not self.inputs.has_numbers(channel) or self.inputs.starts_at[channel] > self.stages.index(pipeline)
            for channel in paid
        ):
            return
        budgets: list[Path] = [("channels", channel, "budget") for channel in paid]
        spent = sum((self.numbers[path] for path in budgets), Fraction(0))
        worth = self.numbers[limit] * self.numbers[rate]
        yield Bound(
            tuple(((pipeline, channel, month), worth) for channel in paid), spent, None, (limit, rate, *budgets)
        )

    # ------------------------------------------------------------ the goal

    def _goal(self) -> Iterator[Bound]:
        """Customers of all months make the goal; half a unit for each month whose number is not written."""
        if self.inputs.won is None or not self.inputs.plan_is_written:
            return
        open_months = sum(self._line(self.won, ALL_CHANNELS, month) is None for month in self.inputs.months)
        slack = HALF * open_months
        terms = tuple(((self.inputs.won, ALL_CHANNELS, month), ONE) for month in self.inputs.months)
        customers, revenue, deal = ("plan", "customers"), ("plan", "revenue"), ("plan", "average_deal")
        if customers in self.numbers:
            goal = self.numbers[customers]
            yield Bound(terms, goal - slack, goal + slack, (customers,))
        if revenue in self.numbers and self.numbers.get(deal):
            goal = self.numbers[revenue] / self.numbers[deal]
            yield Bound(terms, goal - slack, goal + slack, (revenue, deal))
