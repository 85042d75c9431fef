"""Channels: where leads come from, what each costs and must bring, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from checker.agreement.conditions import question
from checker.agreement.plan import Campaign, Channel
from checker.agreement.source import Column
from checker.finding import Path
from checker.logic.plan import derive
from checker.message import Message
from checker.quantity import Month
from checker.site.basis import Basis
from checker.site.page import Page
from checker.site.pages.plan_numbers import Cell, Numbers
from checker.site.safe import safe, slug
from checker.site.where import has_page

PATH = "channels.md"


@dataclass(frozen=True)
class Rate:
    """A conversion rate that holds for a channel, and where it is written: with the channel or for all."""

    name: Markup
    share: Markup
    path: Path
    is_own: bool


@dataclass(frozen=True)
class Targets:
    """What a channel must bring of one stage, month by month; `path` is None where nothing of it is written."""

    stage: str
    cells: tuple[Cell, ...]
    path: Path | None


@dataclass(frozen=True)
class Sent:
    """A campaign of the channel."""

    id: str
    campaign: Campaign
    name: str
    told: tuple[Markup, ...]


@dataclass(frozen=True)
class Way:
    """A channel as it stands on the page; `values` are the words by which the source knows it."""

    id: str
    anchor: str
    channel: Channel
    name: Message
    since: Markup
    starts_at: str
    budget: Markup
    rates: tuple[Rate, ...]
    targets: tuple[Targets, ...]
    values: tuple[str, ...]
    campaigns: tuple[Sent, ...]


def channels(basis: Basis) -> Page | None:
    """The page; None where the agreement names no channels."""
    agreement = basis.agreement
    if not has_page(agreement, PATH):
        return None
    plan = derive(agreement)
    numbers = Numbers(basis, plan)
    values = _values(basis)
    return basis.page(
        PATH,
        "channels.md.j2",
        basis.voice.gettext("Channels"),
        ("channels",),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        is_wide=True,
        ways=[
            Way(
                id=name,
                anchor=f"channel-{slug(name)}",
                channel=channel,
                name=basis.names.channel(name),
                since=_since(basis, channel),
                starts_at=basis.names.short_stage(channel.starts_at) if channel.starts_at else "",
                budget=_budget(basis, channel),
                rates=tuple(_rates(basis, name, channel)),
                targets=tuple(_targets(numbers, plan.months, name)),
                values=values.get(name, ()),
                campaigns=tuple(_campaigns(basis, name)),
            )
            for name, channel in agreement.channels.items()
        ],
        months=plan.months,
        has_targets=bool(agreement.sections.targets),
        has_source=agreement.sections.source is not None,
        homeless=list(_campaigns(basis, None)),
    )


def _since(basis: Basis, channel: Channel) -> Markup:
    """The month in which it began; a day where that is what is written."""
    if channel.since is None:
        return Markup("")
    month = Month.parse(channel.since[: len("2027-01")])
    return basis.voice.month(month)


def _budget(basis: Basis, channel: Channel) -> Markup:
    if channel.budget is None:
        return Markup("")
    return basis.voice.gettext("{amount} a month", amount=basis.agreement.money(channel.budget))


def _rates(basis: Basis, name: str, channel: Channel) -> Iterator[Rate]:
    """From the stage at which the channel starts: its own rates, and those that hold for all channels."""
    order = list(basis.agreement.stages)
    start = order.index(channel.starts_at) if channel.starts_at in order else 0
    for first, second, rate_id in basis.agreement.conversions()[start:]:
        rate = basis.agreement.rate(rate_id, name)
        if rate is not None:
            share, path = rate
            label = basis.voice.gettext(
                "{first} → {second}", first=basis.names.short_stage(first), second=basis.names.short_stage(second)
            )
            yield Rate(label, basis.voice.share(share), path, path[0] == "channels")


def _targets(numbers: Numbers, months: tuple[Month, ...], channel: str) -> Iterator[Targets]:
    for stage in numbers.channel_stages:
        if numbers.has(stage, channel):
            cells = tuple(numbers.cell(stage, month, channel) for month in months)
            yield Targets(stage, cells, numbers.written_at(stage, channel))


def _values(basis: Basis) -> Mapping[str, tuple[str, ...]]:
    """Channel -> the words of the source that mean it."""
    source = basis.agreement.sections.source
    leads = getattr(source, "leads", None)
    column = leads.channel if leads is not None else None
    found: dict[str, list[str]] = {}
    for word, channel in (column.values or {}).items() if isinstance(column, Column) else ():
        found.setdefault(str(channel), []).append(word)
    return {channel: tuple(words) for channel, words in found.items()}


def _campaigns(basis: Basis, channel: str | None) -> Iterator[Sent]:
    """The campaigns of a channel; for None, those of channels that the agreement does not have."""
    for name, campaign in (basis.agreement.sections.campaigns or {}).items():
        known = campaign.channel if campaign.channel in basis.agreement.channels else None
        if known == channel:
            title = basis.names.prose(campaign.name) or name.replace("_", " ")
            yield Sent(name, campaign, title, tuple(_told(basis, name, campaign)))


def _told(basis: Basis, name: str, campaign: Campaign) -> Iterator[Markup]:
    voice = basis.voice
    if campaign.to is not None:
        condition = question(campaign.to, ("campaigns", name, "to"))
        yield voice.gettext("to leads where {condition}", condition=basis.sentences.inline(condition))
    if campaign.sends is not None:
        yield voice.ngettext("{count} person receives it", "{count} people receive it", count=campaign.sends)
    if campaign.hands_over is not None:
        yield voice.ngettext("{count} is handed over", "{count} are handed over", count=campaign.hands_over)
    if campaign.month is not None:
        yield voice.gettext("counts in {month}", month=campaign.month)
    if campaign.why is not None:
        yield safe(basis.names.prose(campaign.why))
