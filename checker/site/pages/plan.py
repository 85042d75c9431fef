"""How the targets follow from the goal: what a plan asks of each month and channel, and what stands in its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from checker.logic.plan_checks import Kind
from checker.message import Message, say, say_counted
from checker.quantity import Month, Period
from checker.report.plan_json import PlanFile, PlanUse
from checker.site import charts
from checker.site.basis import Basis
from checker.site.drawings.drawing import Drawing
from checker.site.drawings.heat import Told, heat, level
from checker.site.page import Page
from checker.site.pages.plan_measured import measured_tables, rates_drawn
from checker.site.pages.plan_numbers import NOTHING
from checker.site.safe import safe
from checker.site.voice import exact, months_in_words

PATH = "plan.md"
MOST_COLUMNS = 6
USES: dict[Kind, Message] = {
    Kind.HANDOFFS: say("Leads for sales, and how many the sellers take"),
    Kind.NEW_OPPORTUNITIES: say("New opportunities, and how many the sellers begin"),
    Kind.OPEN_OPPORTUNITIES: say("Open opportunities, and how many the sellers keep"),
    Kind.COST: say("What a customer costs, and what is agreed"),
}
"""The headings of what a plan takes, in their order."""


@dataclass(frozen=True)
class Figure:
    """A number that stands large, and what it is."""

    text: Markup
    label: Markup


@dataclass(frozen=True)
class Table:
    """A table with its last row as a total."""

    title: Markup
    head: tuple[Markup, ...]
    rows: tuple[tuple[Markup, ...], ...]


@dataclass(frozen=True)
class Change:
    """Lines of a file that would change."""

    where: Markup
    old: tuple[str, ...]
    new: tuple[str, ...]


def plan_page(basis: Basis, plan: PlanFile) -> Page:
    """The page."""
    voice = basis.voice
    return basis.page(
        PATH,
        "plan.md.j2",
        voice.gettext("How the targets follow from the goal"),
        ("plan",),
        menu=voice.gettext("Plan"),
        tags=(voice.gettext("marketing"), voice.gettext("sales")),
        is_wide=True,
        months=_months(plan),
        state=_state(basis, plan),
        figures_of=list(_figures(basis, plan)),
        remarks=[basis.told(remark) for remark in plan.remarks],
        holds=not plan.limits and not any(problem.severity == "error" for problem in plan.problems),
        verdict=_verdict(basis, plan) if plan.limits else "",
        binding=[basis.told(said) for said in plan.binding],
        problems=plan.problems,
        by_month=_by_month(basis, plan),
        by_channel=list(_by_channel(basis, plan)),
        heat=_channels(basis, plan),
        by_day=_by_day(basis, plan),
        uses=list(_uses(basis, plan)),
        rates=rates_drawn(basis, plan.measured) if plan.measured else None,
        measured=list(measured_tables(basis, plan.measured)) if plan.measured else [],
        changes=list(_changes(basis, plan)),
    )


def _months(plan: PlanFile) -> Month | Period:
    return months_in_words([Month.parse(month.month) for month in plan.months])


def _state(basis: Basis, plan: PlanFile) -> Markup:
    if plan.written or not plan.changes:
        return basis.voice.gettext("The agreement says exactly this.")
    return basis.voice.gettext("A plan to talk about: the agreement says something else today.")


def _figures(basis: Basis, plan: PlanFile) -> Iterator[Figure]:
    voice = basis.voice
    yield Figure(voice.number(plan.customers), voice.gettext("customers to win"))
    if plan.revenue is not None:
        amount = voice.money(basis.agreement.money(exact(plan.revenue)))
        yield Figure(amount, voice.gettext("revenue to reach together"))
    if plan.limits and plan.reachable is not None and plan.reachable < plan.customers:
        yield Figure(voice.number(plan.reachable), voice.gettext("customers at most, as things are"))
    if plan.scale != 1:
        yield Figure(voice.share(plan.scale), voice.gettext("of the leads that are written or given"))


def _verdict(basis: Basis, plan: PlanFile) -> Markup:
    if plan.reachable is None or plan.reachable >= plan.customers:
        return basis.voice.gettext("The agreement does not allow this plan:")
    return basis.voice.say(
        say_counted(
            "This cannot be reached as things are: {count} customer at most. What binds:",
            "This cannot be reached as things are: {count} customers at most. What binds:",
            count=plan.reachable,
        )
    )


# ---------------------------------------------------------------- the numbers


def _stages(basis: Basis, plan: PlanFile, channel: bool = False) -> list[str]:
    told = {number.stage for number in plan.numbers if (number.channel is not None) == channel}
    return [stage for stage in basis.agreement.stages if stage in told]


def _numbers(plan: PlanFile) -> dict[tuple[str, str | None, str], int]:
    return {(number.stage, number.channel, number.month): number.target for number in plan.numbers}


def _number(basis: Basis, number: int | None) -> Markup:
    return NOTHING if number is None else basis.voice.number(number)


def _total(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _by_month(basis: Basis, plan: PlanFile) -> Table:
    voice, numbers, stages = basis.voice, _numbers(plan), _stages(basis, plan)
    months = [month.month for month in plan.months]
    has_revenue = plan.revenue is not None
    rows = []
    for month in plan.months:
        cells = [_number(basis, numbers.get((stage, None, month.month))) for stage in stages]
        if has_revenue:
            cells.append(NOTHING if month.revenue is None else voice.money(basis.agreement.money(exact(month.revenue))))
        rows.append((voice.month(Month.parse(month.month)), *cells))
    totals = [_number(basis, _total([numbers.get((stage, None, month)) for month in months])) for stage in stages]
    if plan.revenue is not None:
        totals.append(voice.money(basis.agreement.money(exact(plan.revenue))))
    rows.append((voice.gettext("Whole plan"), *totals))
    head = [safe(basis.names.short_stage(stage)) for stage in stages]
    head += [voice.gettext("Revenue")] if has_revenue else []
    return Table(voice.gettext("Targets by month"), (voice.gettext("Month"), *head), tuple(rows))


def _by_channel(basis: Basis, plan: PlanFile) -> Iterator[Table]:
    voice, numbers, names = basis.voice, _numbers(plan), basis.names
    months = [month.month for month in plan.months]
    for stage in _stages(basis, plan, channel=True):
        channels = [
            name for name in basis.agreement.channels if any((stage, name, month) in numbers for month in months)
        ]
        rows = []
        for channel in (*channels, None):
            told = [numbers.get((stage, channel, month)) for month in months]
            cells = [_number(basis, number) for number in (*told, _total(told))]
            rows.append((voice.say(names.channel(channel)), *cells))
        yield Table(
            voice.gettext("{stage} by channel", stage=names.short_stage(stage)),
            (
                voice.gettext("Channel"),
                *(voice.month_short(Month.parse(month)) for month in months),
                voice.gettext("Whole plan"),
            ),
            tuple(rows),
        )


def _channels(basis: Basis, plan: PlanFile) -> Drawing | None:
    """What each channel is to bring to the handoff, month by month; of a long plan its first months."""
    handoff = basis.agreement.sections.handoff
    numbers = _numbers(plan)
    stage = handoff.stage if handoff else ""
    if not any(at == stage and channel is not None for at, channel, _ in numbers):
        at_channels = _stages(basis, plan, channel=True)
        if not at_channels:
            return None
        stage = at_channels[-1]
    months = [month.month for month in plan.months][:MOST_COLUMNS]
    channels = [name for name in basis.agreement.channels if any((stage, name, month) in numbers for month in months)]
    if len(channels) < 2:
        return None
    voice = basis.voice
    most = max(numbers.get((stage, name, month), 0) for name in channels for month in months)
    told = [
        (
            voice.words.say(basis.names.channel(name)),
            [_cell(basis, numbers.get((stage, name, month)), most) for month in months],
        )
        for name in channels
    ]
    heads = [voice.words.month_short(Month.parse(month)) for month in months]
    rows = tuple(
        (
            voice.say(basis.names.channel(name)),
            *(_number(basis, numbers.get((stage, name, month))) for month in months),
        )
        for name in channels
    )
    return Drawing(
        "heat",
        voice.gettext("{stage}: what each channel is to bring", stage=basis.names.short_stage(stage)),
        voice.listed((row[0], Markup(", ").join(row[1:])) for row in rows),
        voice.gettext("The darker, the more leads of that month."),
        (voice.gettext("Channel"), *map(safe, heads)),
        rows,
        {"chart": heat(heads, told), "fits": 9},
    )


def _cell(basis: Basis, number: int | None, most: int) -> Told | None:
    return None if number is None else Told(basis.voice.number(number), Markup(""), level(number, most))


def _by_day(basis: Basis, plan: PlanFile) -> Table | None:
    voice, numbers, stages = basis.voice, _numbers(plan), _stages(basis, plan)
    rows = []
    for month in plan.months:
        if month.working_days:
            cells = []
            for stage in stages:
                number = numbers.get((stage, None, month.month))
                a_day = None if number is None else Fraction(round(Fraction(10 * number, month.working_days)), 10)
                cells.append(NOTHING if a_day is None else voice.number(a_day))
            rows.append((voice.month(Month.parse(month.month)), voice.number(month.working_days), *cells))
    if not rows:
        return None
    head = (voice.gettext("Month"), voice.gettext("Days"), *(safe(basis.names.short_stage(stage)) for stage in stages))
    return Table(voice.gettext("A working day"), head, tuple(rows))


# ---------------------------------------------------------------- capacity and cost


def _uses(basis: Basis, plan: PlanFile) -> Iterator[Drawing]:
    for kind, title in USES.items():
        uses = [use for use in plan.uses if use.kind is kind]
        if uses:
            yield _used(basis, basis.voice.say(title), uses)


def _used(basis: Basis, title: Markup, uses: list[PlanUse]) -> Drawing:
    voice = basis.voice

    def said(number: float) -> Markup:
        if uses[0].kind is Kind.COST:
            return voice.money(basis.agreement.money(Fraction(round(number))))
        return voice.number(Fraction(round(number * 10), 10))

    bars, rows = [], []
    scale = charts.WIDTH / max(*(use.needed for use in uses), *(use.allowed for use in uses), 1)
    for use in uses:
        part = use.needed / use.allowed if use.allowed else 0.0
        kind = charts.BELOW if use.needed > use.allowed else charts.ABOVE
        month = Month.parse(use.month)
        text = voice.gettext("{actual} of {target}", actual=said(use.needed), target=said(use.allowed))
        bars.append(charts.Bar(voice.words.month(month), text, use.needed * scale, use.allowed * scale, kind))
        rows.append((voice.month(month), said(use.needed), said(use.allowed), voice.whole_percent(part)))
    return Drawing(
        "bars",
        title,
        voice.listed((bar.name, bar.text) for bar in bars),
        voice.gettext("Bar: what the plan takes. Line: what there is. A hatched bar is more than there is."),
        (voice.gettext("Month"), voice.gettext("Needed"), voice.gettext("There is"), voice.gettext("Used")),
        tuple(rows),
        {"bars": bars},
    )


# ---------------------------------------------------------------- what would be written


def _changes(basis: Basis, plan: PlanFile) -> Iterator[Change]:
    if not plan.written:
        for change in plan.changes:
            where = basis.voice.gettext("{file}, line {line}", file=change.file, line=change.line)
            yield Change(where, change.old, change.new)
