"""What people wrote of a plan: every number by the path of its line, and how the lines hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from checker.agreement import Agreement
from checker.agreement.plan import ALL_CHANNELS
from checker.finding import Path
from checker.quantity import Month, Period

Amounts = Mapping[Path, Fraction]
_DECISIONS = ("targets", "limit_per_seller", "campaigns")
_GOALS = ("revenue", "customers", "pipeline_coverage", "cost_per_customer")


def is_decision(path: Path) -> bool:
    """Whether people decide a number, as against one that they found out: a rate, a deal's size, last month's count."""
    return path[0] in _DECISIONS or (path[0] == "plan" and path[1] in _GOALS)


@dataclass(frozen=True)
class WrittenLine:
    """One written target: a number that holds for each month of its period."""

    path: Path
    period: Period
    has_reason: bool


@dataclass(frozen=True)
class SellerPlan:
    """A seller's presence: working from `starts`, `ramp` holds the paths of the first months' shares."""

    name: str
    starts: Month | None
    ends: Month | None
    ramp: tuple[Path, ...]

    def works_in(self, month: Month) -> bool:
        """Whether the seller is there in a month."""
        return (self.starts is None or month >= self.starts) and (self.ends is None or month <= self.ends)

    def share_in(self, month: Month) -> Path | None:
        """Where the share of a month of the ramp is written; None where the seller counts whole."""
        step = -1 if self.starts is None else month - self.starts
        return self.ramp[step] if 0 <= step < len(self.ramp) else None


@dataclass(frozen=True)
class CampaignPlan:
    """A campaign's part of its channel's target: `path` leads to how many leads it hands over in its month."""

    path: Path
    channel: str
    month: Month


@dataclass(frozen=True)
class PlanInputs:
    """Everything that was written, as numbers by path, and how the paths hang together.

    `numbers` is the only place that holds values, so that "what if this line said 43" is one replacement.
    """

    numbers: Amounts
    months: tuple[Month, ...]
    plan_is_written: bool
    stages: tuple[str, ...]
    pipeline: str | None
    won: str | None
    handed_over: str | None
    channels: tuple[str, ...]
    starts_at: Mapping[str, int]
    lines: Mapping[tuple[str, str], tuple[WrittenLine, ...]]
    rates: Mapping[tuple[str, str | None], Path]
    closing: Mapping[int, Path | None]
    opened_before: Mapping[Month, Path]
    sellers: tuple[SellerPlan, ...]
    begins: Mapping[str, Month]
    """Channel -> its first month, for those that say `since`."""
    unplanned_trials: frozenset[str]
    """Channels on trial of which no target is written: nothing is expected of them."""
    campaigns: tuple[CampaignPlan, ...]

    def with_number(self, path: Path, number: Fraction) -> PlanInputs:
        """The same plan with another number at one path."""
        return self.with_numbers({**self.numbers, path: number})

    def with_numbers(self, numbers: Amounts) -> PlanInputs:
        """The same plan with all its numbers from elsewhere."""
        return replace(self, numbers=numbers)

    def without(self, decisions: frozenset[Path]) -> PlanInputs:
        """The same plan as if some of its targets, goals, limits and campaigns had not been written."""
        if not decisions:
            return self
        kept = {key: tuple(line for line in lines if line.path not in decisions) for key, lines in self.lines.items()}
        return replace(
            self,
            numbers={path: number for path, number in self.numbers.items() if path not in decisions},
            lines={key: lines for key, lines in kept.items() if lines},
            campaigns=tuple(campaign for campaign in self.campaigns if campaign.path not in decisions),
        )

    def line(self, stage: str, channel: str, month: Month) -> WrittenLine | None:
        """The written target of a stage, channel (or `all`) and month."""
        found = None
        for line in self.lines.get((stage, channel), ()):
            if month in line.period:
                found = line
        return found

    def rate_path(self, rate_id: str, channel: str | None) -> Path | None:
        """Where a conversion rate is written: for the channel, else for all."""
        return self.rates.get((rate_id, channel)) or self.rates.get((rate_id, None))

    def covers(self, month: Month) -> bool:
        """Whether a month is one of the plan's, which follow each other without a gap."""
        return bool(self.months) and self.months[0] <= month <= self.months[-1]

    def has_numbers(self, channel: str) -> bool:
        """Whether any target of the channel is written."""
        return any(key[1] == channel for key in self.lines)

    def bringing(self, stage: str, month: Month) -> tuple[str, ...]:
        """The channels whose leads may be at a stage in a month: begun, and not merely on trial without a target.

        Whether a number of theirs is written does not matter here: a channel without one is open, not empty.
        """
        index = self.stages.index(stage)
        return tuple(
            channel
            for channel in self.channels
            if self.starts_at[channel] <= index
            and channel not in self.unplanned_trials
            and (self.has_begun(channel, month) or self.line(stage, channel, month) is not None)
        )

    def has_begun(self, channel: str, month: Month) -> bool:
        """Whether a channel exists in a month, as far as its `since` says."""
        return channel not in self.begins or month >= self.begins[channel]

    def working_sellers(self, month: Month) -> Fraction:
        """How many sellers a month has, someone new counted by the ramp."""
        return sum((self.presence(seller, month) for seller in self.sellers), Fraction(0))

    def presence(self, seller: SellerPlan, month: Month) -> Fraction:
        """Which part of a month a seller counts for: 0 before the start and after the end, in between by the ramp."""
        if not seller.works_in(month):
            return Fraction(0)
        share = seller.share_in(month)
        return Fraction(1) if share is None else self.numbers[share]

    def ramp_shares(self, month: Month) -> tuple[Path, ...]:
        """The written shares of those sellers who are new in a month."""
        shares = (seller.share_in(month) for seller in self.sellers if seller.works_in(month))
        return tuple(share for share in shares if share is not None)


def plan_inputs(agreement: Agreement) -> PlanInputs:
    """Collects the written numbers of an agreement; sections that are missing or broken simply add none."""
    sections = agreement.sections
    plan = sections.plan
    numbers: dict[Path, Fraction] = {}
    lines: dict[tuple[str, str], tuple[WrittenLine, ...]] = {}
    for stage, channels in (sections.targets or {}).items():
        for channel, target in channels.items():
            if stage not in agreement.stages or (channel != ALL_CHANNELS and channel not in agreement.channels):
                # nothing can be computed of what nobody knows; that the name is unknown is a finding of its own
                continue
            written = []
            for text, period, number in target.written():
                path: Path = ("targets", stage, channel, text)
                numbers[path] = Fraction(number)
                reason = target.why or (agreement.channels[channel].why if channel in agreement.channels else None)
                written.append(WrittenLine(path, period, reason is not None))
            lines[stage, channel] = tuple(written)
    rates: dict[tuple[str, str | None], Path] = {}
    for rate, share in (sections.rates or {}).items():
        rates[rate, None] = ("rates", rate)
        numbers["rates", rate] = share.value
    for name, channel_entry in agreement.channels.items():
        for rate, share in (channel_entry.rates or {}).items():
            path = ("channels", name, "rates", rate)
            rates[rate, name] = path
            numbers[path] = share.value
        if channel_entry.budget is not None:
            numbers["channels", name, "budget"] = channel_entry.budget
    opened: dict[Month, Path] = {}
    for month, count in (sections.opened_before_plan or {}).items():
        opened[month] = ("opened_before_plan", str(month))
        numbers[opened[month]] = Fraction(count)
    closing: dict[int, Path | None] = {}
    if plan is not None:
        for key, value in (
            ("revenue", plan.revenue),
            ("customers", plan.customers),
            ("average_deal", plan.average_deal),
            ("pipeline_coverage", plan.pipeline_coverage.value if plan.pipeline_coverage else None),
            ("cost_per_customer", plan.cost_per_customer),
        ):
            if value is not None:
                numbers["plan", key] = Fraction(value)
        if isinstance(plan.sales_cycle, dict):
            for span, share in plan.sales_cycle.items():
                closing[span.count] = ("plan", "sales_cycle", str(span))
                numbers["plan", "sales_cycle", str(span)] = share.value
        elif plan.sales_cycle is not None:
            closing[plan.sales_cycle.count] = None
    limits = sections.limit_per_seller
    if limits is not None:
        for key, limit in (
            ("handoffs", limits.handoffs.count if limits.handoffs else None),
            ("new_opportunities", limits.new_opportunities.count if limits.new_opportunities else None),
            ("open_opportunities", limits.open_opportunities),
        ):
            if limit is not None:
                numbers["limit_per_seller", key] = Fraction(limit)
    sellers = []
    for name, seller in (sections.sellers or {}).items():
        ramp = tuple(("sellers", name, "ramp", index) for index in range(len(seller.ramp or ())))
        numbers |= {path: share.value for path, share in zip(ramp, seller.ramp or (), strict=True)}
        sellers.append(
            SellerPlan(
                name,
                Month.of(seller.starts) if seller.starts else None,
                Month.of(seller.ends) if seller.ends else None,
                ramp,
            )
        )
    campaigns = []
    for name, campaign in (sections.campaigns or {}).items():
        if campaign.hands_over is not None and campaign.month is not None and campaign.channel in agreement.channels:
            path = ("campaigns", name, "hands_over")
            numbers[path] = Fraction(campaign.hands_over)
            campaigns.append(CampaignPlan(path, campaign.channel, campaign.month))
    stages = tuple(agreement.stages)
    months = tuple(plan.months) if plan is not None else _spanned(line for group in lines.values() for line in group)
    return PlanInputs(
        numbers=_in_file_order(numbers, agreement.written),
        months=months,
        plan_is_written=plan is not None,
        stages=stages,
        pipeline=agreement.stage_named("pipeline"),
        won=agreement.stage_named("won"),
        handed_over=sections.handoff.stage if sections.handoff and sections.handoff.stage in stages else None,
        channels=tuple(agreement.channels),
        starts_at={
            name: stages.index(channel.starts_at) if channel.starts_at in stages else 0
            for name, channel in agreement.channels.items()
        },
        lines=lines,
        rates=rates,
        closing=closing,
        opened_before=opened,
        sellers=tuple(sellers),
        begins={
            name: Month.parse(channel.since[:7])
            for name, channel in agreement.channels.items()
            if channel.since is not None
        },
        unplanned_trials=frozenset(
            name
            for name, channel in agreement.channels.items()
            if channel.status == "trial" and not any(key[1] == name for key in lines)
        ),
        campaigns=tuple(campaigns),
    )


def _in_file_order(numbers: dict[Path, Fraction], written: Mapping[str, Any]) -> dict[Path, Fraction]:
    """The same numbers in the order in which people wrote them, so that whatever goes through them does so too."""
    ranks: dict[Path, int] = {}

    def walk(values: Any, path: Path) -> None:
        ranks[path] = len(ranks)
        if isinstance(values, Mapping):
            for key, value in values.items():
                walk(value, (*path, key))
        elif isinstance(values, list):
            for index, value in enumerate(values):
                walk(value, (*path, index))

    for section in written:
        if any(path[0] == section for path in numbers):
            walk(written[section], (section,))
    return dict(sorted(numbers.items(), key=lambda item: ranks.get(item[0], len(ranks))))


def _spanned(lines: Iterable[WrittenLine]) -> tuple[Month, ...]:
    """From the first to the last month of any written target: the plan's months where no plan is written."""
    periods = [line.period for line in lines]
    if not periods:
        return ()
    return tuple(Period(min(period.first for period in periods), max(period.last for period in periods)))
