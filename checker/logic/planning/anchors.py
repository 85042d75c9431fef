"""Where the numbers of a plan are decided: one stage a channel, and how its numbers are spread over the months.

What people wrote says which stage that is and gives the mix of channels and the season; a goal then only changes how
much there is of it. Where nothing is written, leads are decided at the stage that is handed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from checker.agreement.plan import ALL_CHANNELS
from checker.errors import NothingToPlan
from checker.finding import Path
from checker.logic.plan import DerivedPlan
from checker.logic.plan_inputs import PlanInputs
from checker.message import Message, Named, Written, say
from checker.quantity import Month

Key: TypeAlias = tuple[str, str]
"""A stage, and a channel or `all`."""
Numbers: TypeAlias = Mapping[Key, Mapping[Month, Fraction]]


class Basis(StrEnum):
    """Where the mix of channels and the season come from."""

    WRITTEN = "the targets that are written"
    GIVEN = "the numbers that were given"
    BUDGETS = "the budgets"
    EVEN = "equal parts"


@dataclass(frozen=True)
class Anchors:
    """The numbers that all others follow from: a stage and channel -> month -> number, which may be a fraction."""

    numbers: Numbers
    basis: Basis

    def by_stage(self) -> Mapping[str, tuple[str, ...]]:
        """Each stage at which numbers are decided, with its channels."""
        stages: dict[str, tuple[str, ...]] = {}
        for stage, channel in self.numbers:
            stages[stage] = (*stages.get(stage, ()), channel)
        return stages

    def in_season(self, weights: Mapping[Month, Fraction]) -> Anchors:
        """The same on average, with each month by its weight against an ordinary one, which has 1."""
        if not weights:
            return self
        numbers: dict[Key, Mapping[Month, Fraction]] = {}
        for key, months in self.numbers.items():
            there = [number for number in months.values() if number]
            mean = sum(there, Fraction(0)) / (len(there) or 1)
            numbers[key] = {
                month: mean * weights.get(month, Fraction(1)) if number else number for month, number in months.items()
            }
        return Anchors(numbers, self.basis)


def written_anchors(inputs: PlanInputs) -> Anchors | None:
    """What the written targets decide: of each channel its first written stage, else the first total before customers.

    None where nothing is written that leads to customers.
    """
    keys = [
        min(((stage, name) for stage, name in inputs.lines if name == channel), key=lambda key: _index(inputs, key))
        for channel in inputs.channels
        if inputs.has_numbers(channel)
    ]
    if not keys:
        totals = [key for key in inputs.lines if key[1] == ALL_CHANNELS and key[0] != inputs.won]
        keys = [min(totals, key=lambda key: _index(inputs, key))] if totals else []
    numbers = {key: _over_months(inputs, key) for key in keys if key[0] != inputs.won}
    numbers = {key: months for key, months in numbers.items() if any(months.values())}
    return Anchors(numbers, Basis.WRITTEN) if numbers else None


def given_anchors(inputs: PlanInputs, given: Numbers, *, with_others: bool) -> Anchors:
    """Numbers from elsewhere: of each channel those of its first stage. A month without one has that of its neighbour.

    With `with_others`, the channels of which nothing is given stay as they are written.
    """
    keys: dict[str, Key] = {}
    for key in given:
        before = keys.get(key[1])
        if before is None or _index(inputs, key) < _index(inputs, before):
            keys[key[1]] = key
    numbers: dict[Key, Mapping[Month, Fraction]] = {
        key: _filled(inputs, key[1], dict(given[key])) for key in keys.values()
    }
    written = written_anchors(inputs) if with_others and ALL_CHANNELS not in keys else None
    for key, months in written.numbers.items() if written else ():
        if key[1] not in keys and key[1] != ALL_CHANNELS:
            numbers[key] = months
    return Anchors(numbers, Basis.GIVEN)


def even_anchors(inputs: PlanInputs) -> Anchors:
    """Where nothing is written: opportunities in proportion to the budgets, or in equal parts, the same every month.

    A channel without a budget gets what one with a budget has on average. Channels on trial bring nothing.
    """
    at = decided_at(inputs)
    last = inputs.pipeline if inputs.pipeline is not None else at
    channels = [name for name in inputs.channels if name not in inputs.unplanned_trials]
    if not channels:
        return Anchors({(at, ALL_CHANNELS): dict.fromkeys(inputs.months, Fraction(1))}, Basis.EVEN)
    budgets = _budgets(inputs, inputs.channels)
    mean = sum(budgets.values(), Fraction(0)) / (len(budgets) or 1)
    weights = {name: budgets.get(name, mean) if mean else Fraction(1) for name in channels}
    return Anchors(
        dict(_reckoned_back(inputs, weights, last, at)),
        Basis.BUDGETS if mean else Basis.EVEN,
    )


def budget_anchors(inputs: PlanInputs) -> Anchors:
    """What each budget must bring: so many opportunities that a customer costs what is agreed, and not more.

    O = budget / (cost of a customer * win rate); channels without a budget stay as they are written. Raises
    NothingToPlan where a budget, the agreed cost or the win rate is missing.
    """
    cost = inputs.numbers.get(("plan", "cost_per_customer"))
    budgets = {
        name: inputs.numbers[path]
        for name in inputs.channels
        if (path := ("channels", name, "budget")) in inputs.numbers
    }
    pipeline, won = inputs.pipeline, inputs.won
    rate = None if pipeline is None or won is None else inputs.rate_path(f"{pipeline}_to_{won}", None)
    if not cost or not budgets or pipeline is None or rate is None or not inputs.numbers[rate]:
        raise NothingToPlan(
            say(
                "planning from budgets needs a budget of a channel, {cost}, and the rate of opportunities that are won",
                cost=Written("plan: cost_per_customer"),
            )
        )
    opened = {name: budget / (cost * inputs.numbers[rate]) for name, budget in budgets.items()}
    numbers = dict(_reckoned_back(inputs, opened, pipeline, decided_at(inputs)))
    written = written_anchors(inputs)
    for key, months in written.numbers.items() if written else ():
        if key[1] not in budgets and key[1] != ALL_CHANNELS:
            numbers[key] = months
    return Anchors(numbers, Basis.BUDGETS)


def decided_at(inputs: PlanInputs) -> str:
    """The stage at which leads are decided where nothing says otherwise: the one that is handed over."""
    if inputs.handed_over is not None and inputs.handed_over != inputs.won:
        return inputs.handed_over
    if inputs.pipeline is not None:
        return inputs.pipeline
    before_won = inputs.stages.index(inputs.won) - 1 if inputs.won in inputs.stages else 0
    return inputs.stages[max(before_won, 0)]


def _reckoned_back(
    inputs: PlanInputs, opened: Mapping[str, Fraction], last: str, at: str
) -> Iterable[tuple[Key, Mapping[Month, Fraction]]]:
    """From numbers at a late stage to the stage where they are decided, by division: L = Q / r."""
    end = inputs.stages.index(last)
    for channel, number in opened.items():
        start = min(max(inputs.stages.index(at), inputs.starts_at[channel]), end)
        missing = []
        for first, second in zip(inputs.stages[start:end], inputs.stages[start + 1 : end + 1], strict=True):
            path = inputs.rate_path(f"{first}_to_{second}", channel)
            if path is None or not inputs.numbers[path]:
                missing.append(f"{first}_to_{second}")
            else:
                number /= inputs.numbers[path]
        if missing:
            raise NothingToPlan(rates_missing(missing, channel))
        yield (inputs.stages[start], channel), _begun(inputs, channel, dict.fromkeys(inputs.months, number))


def rates_missing(rates: Iterable[str], channel: str | None = None) -> Message:
    """What to tell somebody whose agreement lacks a rate that the plan needs."""
    named = Named(tuple(rates))
    if channel is None:
        return say("a plan needs the rate {rates}: write it under {section}", rates=named, section=Written("rates:"))
    return say(
        "a plan needs the rate {rates} for {channel}: write it under {section}",
        rates=named,
        channel=Written(channel),
        section=Written("rates:"),
    )


def _budgets(inputs: PlanInputs, channels: Iterable[str]) -> Mapping[str, Fraction]:
    paths: dict[str, Path] = {name: ("channels", name, "budget") for name in channels}
    return {name: inputs.numbers[path] for name, path in paths.items() if path in inputs.numbers}


def _index(inputs: PlanInputs, key: Key) -> int:
    return inputs.stages.index(key[0])


def _over_months(inputs: PlanInputs, key: Key) -> Mapping[Month, Fraction]:
    plan = DerivedPlan(inputs)
    channel = None if key[1] == ALL_CHANNELS else key[1]
    known = {month: number for month in inputs.months if (number := plan.number(key[0], month, channel)) is not None}
    return _filled(inputs, key[1], known)


def _filled(inputs: PlanInputs, channel: str, known: Mapping[Month, Fraction]) -> Mapping[Month, Fraction]:
    """Every month of the plan: a month of which nothing is known has the number of the month known before it."""
    numbers: dict[Month, Fraction] = {}
    for month in inputs.months:
        earlier = [other for other in known if other <= month]
        nearest = max(earlier) if earlier else min(known, default=None)
        numbers[month] = Fraction(0) if nearest is None else known[nearest]
    return _begun(inputs, channel, numbers)


def _begun(inputs: PlanInputs, channel: str, numbers: Mapping[Month, Fraction]) -> Mapping[Month, Fraction]:
    return {
        month: number if channel == ALL_CHANNELS or inputs.has_begun(channel, month) else Fraction(0)
        for month, number in numbers.items()
    }
