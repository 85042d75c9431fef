"""A plan that keeps every bound, found by going through the stages: the quick proof that a plan is possible.

It is not always found where there is one: then ranges and the solver decide. Where it is found nothing else is asked,
because it has been put to every bound, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from checker.agreement.plan import ALL_CHANNELS
from checker.logic.plan_inputs import PlanInputs
from checker.logic.possible.bounds import HALF, Bound, Unknown
from checker.quantity import Month

NOTHING = Fraction(0)
Numbers = dict[str, Fraction | None]
"""Channel -> a number; None where it may be as large as one likes."""


def is_kept(bounds: Sequence[Bound], plan: Mapping[Unknown, Fraction]) -> bool:
    """Whether a plan keeps every bound; what it does not name counts as nothing."""
    return all(
        bound.allows(sum((factor * plan.get(unknown, NOTHING) for unknown, factor in bound.terms), NOTHING))
        for bound in bounds
    ) and all(number >= 0 for number in plan.values())


def likely_plan(inputs: PlanInputs) -> dict[Unknown, Fraction]:
    """A number for every unknown: as written, else as much as follows, less where a total or a limit wants less."""
    plan: dict[Unknown, Fraction] = {}
    finding = _Finding(inputs)
    for month in inputs.months:
        plan |= finding.month(month)
    plan |= finding.customers(plan)
    return plan


class _Finding:
    def __init__(self, inputs: PlanInputs) -> None:
        self.inputs = inputs
        self.numbers = inputs.numbers
        # a customer's cost is counted over the channels with a budget: others give way before them
        self.paid = frozenset(name for name in inputs.channels if ("channels", name, "budget") in inputs.numbers)
        self.lags = inputs.won is not None and bool(inputs.closing)
        self.stages = inputs.stages[: inputs.stages.index(inputs.won)] if self.lags and inputs.won else inputs.stages

    def month(self, month: Month) -> dict[Unknown, Fraction]:
        """The stages of one month, but for customers that come later: the most first, then backward what it takes."""
        most = self._most(month)
        plan: dict[Unknown, Fraction] = {}
        after: dict[str, Fraction] = {}
        for index in reversed(range(len(self.stages))):
            names = self._names(index, month)
            if not names:
                # later stages are told by totals alone, this one by channels that come to nothing yet
                after = {}
                continue
            least = {name: self._least(index, name, month, after) for name in names}
            upper: Numbers = {name: most[index][name] for name in names}
            total = self._written(index, ALL_CHANNELS, month)
            wanted = self._room(index, month) if total is None else total
            chosen = _share_out(least, upper, wanted, at_most=total is None, kept=self.paid)
            after = chosen
            stage = self.stages[index]
            plan |= {(stage, name, month): number for name, number in chosen.items()}
            plan[stage, ALL_CHANNELS, month] = sum(chosen.values(), NOTHING) if total is None else total
        return plan

    def customers(self, plan: Mapping[Unknown, Fraction]) -> dict[Unknown, Fraction]:
        """Customers of each month: as written, else what closes; less of them where the goal is less."""
        won = self.inputs.won
        if won is None or not self.lags or self.inputs.stages.index(won) == 0:
            return {}
        written: dict[Month, Fraction] = {}
        closing: Numbers = {}
        for month in self.inputs.months:
            line = self.inputs.line(won, ALL_CHANNELS, month)
            if line is not None:
                written[month] = self.numbers[line.path]
            else:
                closing[str(month)] = self._closing(month, plan)
        goal = self._goal()
        wanted = None if goal is None else goal - sum(written.values(), NOTHING)
        shared = _share_out(dict.fromkeys(closing, NOTHING), closing, wanted, at_most=False)
        found = written | {month: shared[str(month)] for month in self.inputs.months if month not in written}
        by_channel = {
            (won, channel, month): self.numbers[line.path]
            for month in self.inputs.months
            for channel in self.inputs.channels
            if (line := self.inputs.line(won, channel, month)) is not None
        }
        return {(won, ALL_CHANNELS, month): number for month, number in found.items()} | by_channel

    # ------------------------------------------------------------ pieces

    def _names(self, index: int, month: Month) -> tuple[str, ...]:
        """Whose numbers make a stage: the channels, or the total alone where there is none yet and none before."""
        channels = self.inputs.bringing(self.stages[index], month)
        return channels or (ALL_CHANNELS,)

    def _written(self, index: int, name: str, month: Month) -> Fraction | None:
        line = self.inputs.line(self.stages[index], name, month)
        return None if line is None else self.numbers[line.path]

    def _rate(self, index: int, name: str) -> Fraction | None:
        """From stage `index` to the next; None where none is written."""
        path = self.inputs.rate_path(
            f"{self.stages[index]}_to_{self.stages[index + 1]}", None if name == ALL_CHANNELS else name
        )
        return None if path is None else self.numbers[path]

    def _most(self, month: Month) -> list[Numbers]:
        """Stage by stage, the most that each channel can bring."""
        found: list[Numbers] = []
        for index in range(len(self.stages)):
            here: Numbers = {}
            for name in self._names(index, month):
                before = found[index - 1].get(name) if index else None
                written = self._written(index, name, month)
                if written is not None:
                    here[name] = written
                else:
                    rate = None if before is None else self._rate(index - 1, name)
                    here[name] = before if before is None or rate is None else before * rate
            found.append(here)
        return found

    def _least(self, index: int, name: str, month: Month, after: Mapping[str, Fraction]) -> Fraction:
        written = self._written(index, name, month)
        if written is not None:
            return written
        campaigns = [
            self.numbers[campaign.path]
            for campaign in self.inputs.campaigns
            if campaign.channel == name and campaign.month == month and self.stages[index] == self.inputs.handed_over
        ]
        needed = sum(campaigns, NOTHING)
        if name not in after or index + 1 >= len(self.stages):
            return needed
        rate = self._rate(index, name)
        if rate is None:
            return max(after[name], needed)
        slack = HALF if self._written(index + 1, name, month) is not None else NOTHING
        return max((after[name] - slack) / rate, needed) if rate else needed

    def _room(self, index: int, month: Month) -> Fraction | None:
        """The most that sellers take at a stage; None where nothing limits it."""
        stage = self.stages[index]
        limits = [
            self.numbers["limit_per_seller", key]
            for key, at in (("handoffs", self.inputs.handed_over), ("new_opportunities", self.inputs.pipeline))
            if at == stage and ("limit_per_seller", key) in self.numbers and self.inputs.sellers
        ]
        return min(limits) * self.inputs.working_sellers(month) if limits else None

    def _closing(self, month: Month, plan: Mapping[Unknown, Fraction]) -> Fraction | None:
        """Customers of a month from the opportunities of earlier ones; None where these are not known."""
        won = self.inputs.won or ""
        before = self.inputs.stages[self.inputs.stages.index(won) - 1]
        rate_id = f"{before}_to_{won}"
        found = NOTHING
        for lag, share_path in self.inputs.closing.items():
            share = Fraction(1) if share_path is None else self.numbers[share_path]
            opened = month + -lag
            if not self.inputs.covers(opened):
                path, rate = self.inputs.opened_before.get(opened), self.inputs.rate_path(rate_id, None)
                if path is None or rate is None:
                    return None
                found += share * self.numbers[rate] * self.numbers[path]
                continue
            names = [channel for channel in self.inputs.channels if (before, channel, opened) in plan]
            own = any((rate_id, channel) in self.inputs.rates for channel in names)
            for name in names if own else (ALL_CHANNELS,):
                rate = self.inputs.rate_path(rate_id, None if name == ALL_CHANNELS else name)
                if rate is None:
                    return None
                found += share * self.numbers[rate] * plan.get((before, name, opened), NOTHING)
        return found

    def _goal(self) -> Fraction | None:
        if not self.inputs.plan_is_written:
            return None
        deal, revenue = self.numbers.get(("plan", "average_deal")), self.numbers.get(("plan", "revenue"))
        if ("plan", "customers") in self.numbers:
            return self.numbers["plan", "customers"]
        return revenue / deal if revenue is not None and deal else None


def _share_out(
    least: Mapping[str, Fraction],
    most: Numbers,
    wanted: Fraction | None,
    *,
    at_most: bool,
    kept: frozenset[str] = frozenset(),
) -> dict[str, Fraction]:
    """A number for each name between its least and its most, so that they add up to what is wanted, if they can.

    Where nothing is wanted each gets its most (its least where there is no most). With `at_most` less is as good. Where
    they must be less than their most, those that are `kept` give way last.
    """
    chosen = {name: max(least[name], upper) if upper is not None else least[name] for name, upper in most.items()}
    total = sum(chosen.values(), NOTHING)
    if wanted is None or (at_most and total <= wanted):
        return chosen
    if total < wanted:
        unlimited = [name for name, upper in most.items() if upper is None]
        if unlimited:
            chosen[unlimited[0]] += wanted - total
        return chosen
    excess = total - wanted
    for names in ([name for name in chosen if name not in kept], [name for name in chosen if name in kept]):
        spare = sum((chosen[name] - least[name] for name in names), NOTHING)
        taken = min(excess, spare)
        if taken > 0:
            chosen |= {name: chosen[name] - taken / spare * (chosen[name] - least[name]) for name in names}
            excess -= taken
    return chosen
