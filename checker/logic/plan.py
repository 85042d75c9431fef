"""The plan's arithmetic: from the numbers that people wrote to every number that follows from them.

Symbols of the design: a target of stage s in month m from channel k follows forward by rates (Q = r L), backward by
division (L = Q / r), and customers follow with the lag of the sales cycle: C(m) = w * sum over j of f(j) O(m - j).
Everything is exact (`Fraction`); whole numbers for display come from the largest remainder, so that they add up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property

from checker.agreement import Agreement
from checker.agreement.plan import ALL_CHANNELS
from checker.logic.plan_inputs import PlanInputs, plan_inputs
from checker.quantity import Month


class DerivedPlan:
    """Every number of a plan: as written, as it follows from the nearest written one, as the channels alone yield."""

    def __init__(self, inputs: PlanInputs) -> None:
        self.inputs = inputs
        self._channel_cache: dict[tuple[int, str, Month], Fraction | None] = {}
        self._closed_cache: dict[tuple[int, Month], bool] = {}
        self._total_cache: dict[tuple[int, Month, bool], Fraction | None] = {}

    @property
    def months(self) -> tuple[Month, ...]:
        return self.inputs.months

    @property
    def stages(self) -> tuple[str, ...]:
        return self.inputs.stages

    # ------------------------------------------------------------ what is asked of a plan

    def number(self, stage: str, month: Month, channel: str | None = None) -> Fraction | None:
        """The target of a stage in a month, from one channel or from all: as written, else as it follows.

        None where nothing says it: no number is written near enough, a rate is missing, the channel starts later.
        """
        if stage not in self.stages:
            return None
        index = self.stages.index(stage)
        if channel is None:
            return self._total(index, month)
        if channel == ALL_CHANNELS or channel not in self._planned_channels:
            return self._written(index, channel, month)
        return self._channel(index, channel, month)

    def is_written(self, stage: str, month: Month, channel: str | None = None) -> bool:
        """Whether the number stands in the agreement."""
        return self.inputs.line(stage, channel or ALL_CHANNELS, month) is not None

    def whole(self, stage: str, month: Month, channel: str | None = None) -> int | None:
        """`number` as a whole number; the channels' whole numbers add up to the total's (largest remainder)."""
        exact = self.number(stage, month, channel)
        if exact is None or exact.denominator == 1:
            return None if exact is None else int(exact)
        if channel is None:
            return round_half_up(exact)
        return self._whole_channels(stage, month).get(channel, round_half_up(exact))

    def follows(self, stage: str, month: Month, channel: str | None = None) -> Fraction | None:
        """What a written number is held against: the number that follows from the nearest written one before it."""
        index = self.stages.index(stage)
        if channel is not None:
            return self._forward_channel(index, channel, month)
        return self._following_total(index, month)

    def at_most(self, stage: str, month: Month, channel: str | None = None) -> Fraction | None:
        """`follows`, where nothing else can come: None where a channel is open, so that a total may be more."""
        index = self.stages.index(stage)
        if channel is None and not self._is_closed(index, month):
            return None
        return self.follows(stage, month, channel)

    def comes_from_before(self, stage: str, month: Month) -> bool:
        """Whether the channels' numbers at a stage are written or follow from what is written before it.

        What was reckoned back from a later stage says how much it takes at least, and not how much there is.
        """
        index = self.stages.index(stage)
        return all(
            self._written(index, channel, month) is not None or self._forward_channel(index, channel, month) is not None
            for channel in self._there(index, month)
        )

    def alone(self, stage: str, month: Month) -> Fraction | None:
        """What the channels alone would yield, whatever totals are written."""
        return self._total_alone(self.stages.index(stage), month)

    def revenue(self, month: Month) -> Fraction | None:
        """Customers of the month times the average deal."""
        won = self.inputs.won
        deal = self.inputs.numbers.get(("plan", "average_deal"))
        customers = None if won is None else self.number(won, month)
        return None if customers is None or deal is None else customers * deal

    def opened(self, month: Month) -> Fraction | None:
        """Opportunities opened in a month, before the plan as written under `opened_before_plan`."""
        pipeline = self.inputs.pipeline
        return None if pipeline is None else self._total_or_opened(self.stages.index(pipeline), month)

    def closing_opportunities(self, month: Month) -> Fraction | None:
        """Opportunities that close in a month, won or lost: sum over j of f(j) O(m - j)."""
        return self._closing_sum(month, self.opened, Fraction(1)) if self.closing else None

    def rate(self, rate_id: str, channel: str | None = None) -> Fraction | None:
        """A planned conversion rate: the channel's, or the one for all; None where none is written."""
        path = self.inputs.rate_path(rate_id, channel)
        return None if path is None else self.inputs.numbers[path]

    def mixed_rate(self, index: int, month: Month) -> Fraction | None:
        """The conversion from stage `index` to the next one for all channels together, in one month.

        Where every channel has the same rate it is that rate; else the mean weighted by the channels' numbers.
        """
        rate_id = f"{self.stages[index]}_to_{self.stages[index + 1]}"
        own = {channel: self.rate(rate_id, channel) for channel in self._passing(index)}
        if not any((rate_id, channel) in self.inputs.rates for channel in own):
            return self.rate(rate_id)
        parts = [(self._channel(index, channel, month), rate) for channel, rate in own.items()]
        weight = sum((number for number, _ in parts if number is not None), Fraction(0))
        if weight == 0 or any(number is None or rate is None for number, rate in parts):
            return self.rate(rate_id)
        return sum((number * rate for number, rate in parts if number and rate), Fraction(0)) / weight

    def passing(self, stage: str) -> tuple[str, ...]:
        """The channels with targets whose leads pass a stage."""
        return self._passing(self.stages.index(stage))

    # ------------------------------------------------------------ channels

    @cached_property
    def _planned_channels(self) -> dict[str, None]:
        return dict.fromkeys(channel for channel in self.inputs.channels if self.inputs.has_numbers(channel))

    def _passing(self, index: int) -> tuple[str, ...]:
        """The planned channels whose leads pass a stage."""
        return tuple(channel for channel in self._planned_channels if self.inputs.starts_at[channel] <= index)

    def _there(self, index: int, month: Month) -> tuple[str, ...]:
        """The planned channels whose leads may be at a stage in a month; those that begin later are not there yet."""
        bringing = self.inputs.bringing(self.stages[index], month)
        return tuple(channel for channel in self._passing(index) if channel in bringing)

    def _written(self, index: int, channel: str, month: Month) -> Fraction | None:
        line = self.inputs.line(self.stages[index], channel, month)
        return None if line is None else self.inputs.numbers[line.path]

    def _channel(self, index: int, channel: str, month: Month) -> Fraction | None:
        key = (index, channel, month)
        if key not in self._channel_cache:
            self._channel_cache[key] = self._find_channel(index, channel, month)
        return self._channel_cache[key]

    def _find_channel(self, index: int, channel: str, month: Month) -> Fraction | None:
        if index < self.inputs.starts_at[channel]:
            return None
        written = self._written(index, channel, month)
        if written is not None:
            return written
        forward = self._forward_channel(index, channel, month)
        return forward if forward is not None else self._backward_channel(index, channel, month)

    def _forward_channel(self, index: int, channel: str, month: Month) -> Fraction | None:
        """From the nearest written number before, step by step."""
        if index <= self.inputs.starts_at[channel] or not self._anchored_before(index, channel):
            return None
        if self.stages[index] == self.inputs.won and self.inputs.closing:
            return self._closing_sum(
                month,
                lambda opened: self._channel(index - 1, channel, opened) if self.inputs.covers(opened) else None,
                self.rate(f"{self.stages[index - 1]}_to_{self.stages[index]}", channel),
            )
        written = self._written(index - 1, channel, month)
        before = written if written is not None else self._forward_channel(index - 1, channel, month)
        rate = self.rate(f"{self.stages[index - 1]}_to_{self.stages[index]}", channel)
        return None if before is None or rate is None else before * rate

    def _anchored_before(self, index: int, channel: str) -> bool:
        return any((stage, channel) in self.inputs.lines for stage in self.stages[:index])

    def _backward_channel(self, index: int, channel: str, month: Month) -> Fraction | None:
        """From the nearest written number after, by division."""
        if index + 1 >= len(self.stages) or self.stages[index + 1] == self.inputs.won:
            return None
        written = self._written(index + 1, channel, month)
        after = written if written is not None else self._backward_channel(index + 1, channel, month)
        rate = self.rate(f"{self.stages[index]}_to_{self.stages[index + 1]}", channel)
        return None if after is None or not rate else after / rate

    # ------------------------------------------------------------ totals

    def _total(self, index: int, month: Month) -> Fraction | None:
        key = (index, month, False)
        if key not in self._total_cache:
            written = self._written(index, ALL_CHANNELS, month)
            followed = written if written is not None else self._following_total(index, month)
            self._total_cache[key] = followed if followed is not None else self._backward_total(index, month)
        return self._total_cache[key]

    def _following_total(self, index: int, month: Month) -> Fraction | None:
        """A total from the nearest written number before it: a written total, else the channels' own numbers."""
        before = index - 1
        there = self._there(index, month)
        if there and all(self._written(index, channel, month) is not None for channel in there):
            return self._sum_of_channels(index, month)
        if before >= 0 and (self.stages[before], ALL_CHANNELS) in self.inputs.lines:
            converted = self._converted(index, month, lambda at: self._total_or_opened(before, at))
            entering = self._entering(index, month)
            return None if converted is None or entering is None else converted + entering
        by_channel = self._sum_of_channels(index, month)
        if by_channel is not None or before < 0:
            return by_channel
        return self._converted(index, month, lambda at: self._total_or_opened(before, at))

    def _entering(self, index: int, month: Month) -> Fraction | None:
        """What channels bring that start at a stage: it comes on top of what the stage before becomes."""
        if self.stages[index] == self.inputs.won and self.inputs.closing:
            return Fraction(0)
        entering = [channel for channel in self._there(index, month) if self.inputs.starts_at[channel] == index]
        numbers = [self._channel(index, channel, month) for channel in entering]
        known = [number for number in numbers if number is not None]
        return sum(known, Fraction(0)) if len(known) == len(numbers) else None

    def _is_closed(self, index: int, month: Month) -> bool:
        """Whether a total can be no more than what follows: every channel that may bring something is known."""
        if (index, month) not in self._closed_cache:
            self._closed_cache[index, month] = self._find_closed(index, month)
        return self._closed_cache[index, month]

    def _find_closed(self, index: int, month: Month) -> bool:
        stage, before = self.stages[index], index - 1
        channels = self.inputs.bringing(stage, month)
        there = self._there(index, month)
        is_written = bool(there) and all(self._written(index, channel, month) is not None for channel in there)
        if is_written or before < 0 or (self.stages[before], ALL_CHANNELS) not in self.inputs.lines:
            if self._sum_of_channels(index, month) is not None:
                return set(channels) <= set(self._planned_channels) and self.comes_from_before(stage, month)
            if before < 0:
                return True
        rate_id = f"{self.stages[before]}_to_{stage}"
        for channel in channels:
            is_own = (rate_id, channel) in self.inputs.rates
            at = before if self.inputs.starts_at[channel] < index else index
            if (is_own or at == index) and self._channel(at, channel, month) is None:
                return False
        lags = self.closing if stage == self.inputs.won and self.inputs.closing else {0: None}
        earlier = [month + -lag for lag in lags if self.inputs.covers(month + -lag)]
        return all(self._written(before, ALL_CHANNELS, at) is not None or self._is_closed(before, at) for at in earlier)

    def _total_or_opened(self, index: int, month: Month) -> Fraction | None:
        if not self.inputs.covers(month) and self.stages[index] == self.inputs.pipeline:
            path = self.inputs.opened_before.get(month)
            return None if path is None else self.inputs.numbers[path]
        return self._total(index, month) if self.inputs.covers(month) else None

    def _total_alone(self, index: int, month: Month) -> Fraction | None:
        key = (index, month, True)
        if key not in self._total_cache:
            self._total_cache[key] = self._find_total_alone(index, month)
        return self._total_cache[key]

    def _find_total_alone(self, index: int, month: Month) -> Fraction | None:
        if self.stages[index] == self.inputs.pipeline and month not in self.months:
            path = self.inputs.opened_before.get(month)
            return None if path is None else self.inputs.numbers[path]
        by_channel = self._sum_of_channels(index, month)
        if by_channel is not None or index == 0:
            return by_channel
        return self._converted(index, month, lambda at: self._total_alone(index - 1, at))

    def _converted(self, index: int, month: Month, before: Callable[[Month], Fraction | None]) -> Fraction | None:
        """The total of a stage from the total of the one before, with the sales cycle's lag for the won stage."""
        rate = self.mixed_rate(index - 1, month)
        if self.stages[index] == self.inputs.won and self.inputs.closing:
            return self._closing_sum(month, before, rate)
        number = before(month)
        return None if number is None or rate is None else number * rate

    def _closing_sum(
        self, month: Month, opened: Callable[[Month], Fraction | None], rate: Fraction | None
    ) -> Fraction | None:
        """C(m) = w * sum over j of f(j) O(m - j); None where one of the months is unknown."""
        closed = closing_in(month, self.closing, opened)
        return None if closed is None or rate is None else rate * closed

    @cached_property
    def closing(self) -> Mapping[int, Fraction]:
        """Months after opening -> share of the wins that close then."""
        numbers = self.inputs.numbers
        return {lag: Fraction(1) if path is None else numbers[path] for lag, path in self.inputs.closing.items()}

    def _sum_of_channels(self, index: int, month: Month) -> Fraction | None:
        passing = self._there(index, month)
        numbers = [self._channel(index, channel, month) for channel in passing]
        known = [number for number in numbers if number is not None]
        return sum(known, Fraction(0)) if passing and len(known) == len(passing) else None

    def _backward_total(self, index: int, month: Month) -> Fraction | None:
        """From the next total, by division; across a sales cycle of one length also from the customers it becomes."""
        if index + 1 >= len(self.stages):
            return None
        rate = self.rate(f"{self.stages[index]}_to_{self.stages[index + 1]}")
        lag = 0
        if self.stages[index + 1] == self.inputs.won and self.inputs.closing:
            if len(self.closing) > 1:
                return None
            lag = next(iter(self.closing))
        written = self._written(index + 1, ALL_CHANNELS, month + lag)
        after = written if written is not None else self._backward_total(index + 1, month + lag)
        return None if after is None or not rate else after / rate

    def _whole_channels(self, stage: str, month: Month) -> Mapping[str, int]:
        index = self.stages.index(stage)
        exact = {channel: self._channel(index, channel, month) for channel in self._passing(index)}
        known = {channel: number for channel, number in exact.items() if number is not None}
        return largest_remainder(known)


def derive(agreement: Agreement) -> DerivedPlan:
    """Every number of an agreement's plan."""
    return DerivedPlan(plan_inputs(agreement))


def closing_in(
    month: Month, closing: Mapping[int, Fraction], opened: Callable[[Month], Fraction | None]
) -> Fraction | None:
    """What closes in a month of what was opened before: sum over j of f(j) O(m - j).

    `closing` is f: the share that closes j months after opening. None where an opening month is not known.
    """
    total = Fraction(0)
    for lag, share in closing.items():
        number = opened(month + -lag)
        if number is None:
            return None
        total += share * number
    return total


def round_half_up(number: Fraction) -> int:
    """The nearest whole number; a half goes up, as people expect."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def largest_remainder(parts: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole numbers for parts so that they add up to the rounded total.

    Each part is rounded down, and what is left goes to the largest remainders (Hamilton's method, 1792); ties go to
    the part that stands first.
    """
    floors = {name: number.numerator // number.denominator for name, number in parts.items()}
    left = round_half_up(sum(parts.values(), Fraction(0))) - sum(floors.values())
    order = sorted(parts, key=lambda name: floors[name] - parts[name])
    return {name: floors[name] + (1 if name in order[:left] else 0) for name in parts}
