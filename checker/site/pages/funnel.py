"""Funnel and targets: the goal, the funnel of a month, the arithmetic written out, every target with its origin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from checker.finding import Path
from checker.logic.plan import DerivedPlan, derive
from checker.quantity import Month, Share
from checker.site import charts
from checker.site.basis import Basis
from checker.site.board import Board
from checker.site.page import Page
from checker.site.pages.channel_heat import by_channel_and_stage
from checker.site.pages.cohort_ages import cohort_ages
from checker.site.pages.cohorts import followed
from checker.site.pages.plan_numbers import NOTHING, Numbers
from checker.site.safe import safe
from checker.site.voice import exact
from checker.site.where import has_page

PATH = "funnel.md"


@dataclass(frozen=True)
class Figure:
    """A number that stands large, and what it is."""

    text: Markup
    label: Markup


@dataclass(frozen=True)
class Funnel:
    """The drawing of one month."""

    month: Month
    rows: tuple[charts.FunnelRow, ...]
    description: Markup
    caption: Markup
    head: tuple[Markup, ...]
    table: tuple[tuple[Markup, ...], ...]


@dataclass(frozen=True)
class Rates:
    """The agreed rates, channel by channel."""

    head: tuple[Markup, ...]
    rows: tuple[tuple[Markup, ...], ...]


def funnel(basis: Basis) -> Page | None:
    """The page, as far as there is a plan; None where there are neither numbers of a plan nor results."""
    if basis.board is None and not has_page(basis.agreement, PATH):
        return None
    numbers = derive(basis.agreement)
    planned = Numbers(basis, numbers)
    month = planned.example_month()
    return basis.page(
        PATH,
        "funnel.md.j2",
        basis.voice.gettext("Funnel and targets"),
        ("targets",),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        is_wide=True,
        goal=list(_goal(basis)),
        why=basis.names.prose(basis.agreement.sections.plan.why) if basis.agreement.sections.plan else "",
        funnel=_funnel(basis, planned, month) if month else None,
        example_month=month,
        channel_stages=planned.channel_stages,
        steps=planned.steps(month) if month else (),
        chain=planned.chain(month) if month else (),
        stages=planned.stages,
        months=planned.by_month(),
        has_revenue=planned.has_revenue,
        by_channel=planned.by_channel(),
        rates=_rates(basis),
        written_at=planned.written_at,
        followed=followed(basis, numbers),
        channels=by_channel_and_stage(basis),
        ages=list(cohort_ages(basis)),
    )


def _goal(basis: Basis) -> Iterator[Figure]:
    plan = basis.agreement.sections.plan
    voice = basis.voice
    if plan is None:
        return
    money = basis.agreement.money
    yield Figure(voice.gettext("{period}", period=plan.months), voice.gettext("months of the plan"))
    if plan.revenue is not None:
        yield Figure(voice.money(money(plan.revenue)), voice.gettext("revenue to reach together"))
    if plan.customers is not None:
        yield Figure(voice.number(plan.customers), voice.gettext("customers to win"))
    if plan.average_deal is not None:
        yield Figure(voice.money(money(plan.average_deal)), voice.gettext("a deal, on average"))
    if plan.pipeline_coverage is not None:
        yield Figure(
            voice.gettext("{number}x", number=plan.pipeline_coverage.value),
            voice.gettext("open pipeline for each month's revenue"),
        )
    if plan.cost_per_customer is not None:
        yield Figure(
            voice.money(money(plan.cost_per_customer)), voice.gettext("at most, from marketing, for each customer")
        )


def _funnel(basis: Basis, planned: Numbers, month: Month) -> Funnel | None:
    """What the data counted in the last whole month, with the plan's numbers beside it; else the plan of a month."""
    board = basis.board
    if board is not None and board.last_whole_month is not None:
        counted = _counted(basis, board, board.last_whole_month)
        if counted is not None:
            return counted
    return _planned(basis, planned, month)


def _counted(basis: Basis, board: Board, month: Month) -> Funnel | None:
    counts = [
        count
        for stage in basis.agreement.stages
        if (count := board.counts(month).get(stage)) is not None and count.count is not None
    ]
    if len(counts) < 2:
        return None
    voice, plan = basis.voice, derive(basis.agreement)
    widths = charts.funnel_widths([float(count.count or 0) for count in counts])
    rows = []
    table = []
    for count, after, (top, bottom) in zip(counts, [*counts[1:], None], widths, strict=True):
        number = count.count or 0
        rate = voice.tenths((after.count or 0) / number) if after is not None and number else Markup("")
        agreed = _agreed(plan, count.stage, month) if rate else None
        if agreed is not None:
            rate = voice.gettext("{rate}, agreed {agreed}", rate=rate, agreed=Share(agreed))
        target = None if count.target is None else exact(count.target)
        rows.append(
            charts.FunnelRow(
                basis.names.short_stage(count.stage),
                voice.number(number),
                Markup("") if target is None else voice.gettext("target {number}", number=target),
                rate,
                top,
                bottom,
            )
        )
        table.append(
            (
                safe(basis.names.stage(count.stage)),
                voice.number(number),
                NOTHING if target is None else voice.number(target),
                rate or NOTHING,
            )
        )
    return Funnel(
        month,
        tuple(rows),
        voice.listed((row.name, row.number) for row in rows),
        voice.gettext(
            "Counted in {month}. Between the stages: this month's number over that of the stage before, not the fate of"
            " the same leads. Widths on a logarithmic scale.",
            month=month,
        ),
        (
            voice.gettext("Stage"),
            voice.gettext("Reached"),
            voice.gettext("Target"),
            voice.gettext("Next stage, as a share of it"),
        ),
        tuple(table),
    )


def _agreed(plan: DerivedPlan, stage: str, month: Month) -> Fraction | None:
    """The agreed conversion from a stage to the next, of all channels together."""
    if stage not in plan.stages[:-1]:
        return None
    return plan.mixed_rate(plan.stages.index(stage), month)


def _planned(basis: Basis, planned: Numbers, month: Month) -> Funnel | None:
    plan = derive(basis.agreement)
    numbers = [(stage, number) for stage in planned.stages if (number := plan.number(stage, month)) is not None]
    if len(numbers) < 2:
        return None
    voice = basis.voice
    widths = charts.funnel_widths([float(number) for _, number in numbers])
    rows = []
    for index, ((stage, _), (top, bottom)) in enumerate(zip(numbers, widths, strict=True)):
        position = plan.stages.index(stage)
        rate = plan.mixed_rate(position, month) if index + 1 < len(numbers) else None
        text = voice.share(rate) if rate is not None else Markup("")
        rows.append(
            charts.FunnelRow(
                basis.names.short_stage(stage), planned.cell(stage, month).text, Markup(""), text, top, bottom
            )
        )
    return Funnel(
        month,
        tuple(rows),
        voice.listed((row.name, row.number) for row in rows),
        voice.gettext("What is planned. Between the stages: the agreed rate. Widths on a logarithmic scale."),
        (voice.gettext("Stage"), voice.gettext("Target"), voice.gettext("Share that goes on")),
        tuple((safe(row.name), row.number, row.rate or NOTHING) for row in rows),
    )


def _rates(basis: Basis) -> Rates | None:
    conversions = basis.agreement.conversions()
    channels: list[str | None] = [*basis.agreement.channels, None]
    rows = []
    for channel in channels:
        rates = [_own_rate(basis, rate_id, channel) for _, _, rate_id in conversions]
        if any(rate is not None for rate in rates):
            cells = tuple(NOTHING if rate is None else basis.voice.share(rate) for rate in rates)
            name = basis.voice.say(basis.names.channel(channel))
            path: Path = ("rates",) if channel is None else ("channels", channel, "rates")
            rows.append((basis.with_pencil(name, path), *cells))
    if not rows:
        return None
    head = [
        basis.voice.gettext("{first} → {second}", first=basis.names.short_stage(a), second=basis.names.short_stage(b))
        for a, b, _ in conversions
    ]
    return Rates((basis.voice.gettext("Channel"), *head), tuple(rows))


def _own_rate(basis: Basis, rate_id: str, channel: str | None) -> Fraction | None:
    """The rate written for a channel itself; for None, the one for all."""
    if channel is None:
        shared = basis.agreement.sections.rates or {}
        return shared[rate_id].value if rate_id in shared else None
    own = basis.agreement.channels[channel].rates or {}
    return own[rate_id].value if rate_id in own else None
