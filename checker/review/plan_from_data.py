"""The numbers of a plan as the past shows them: rates, deal size, sales cycle, season."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.written_rates import WrittenRate, written_rates
from checker.funnel import Funnel
from checker.funnel.counts import TallyCounts, month_of_code
from checker.funnel.report_counts import amounts, months_taken
from checker.logic.planning.measured import Measured, MeasuredCycle, MeasuredDeal, MeasuredRate, MeasuredSeason
from checker.logic.planning.planned import RateWish
from checker.logic.statistics import mean_interval, poisson_band, wilson_interval
from checker.measures.bench import Bench, set_up
from checker.measures.figures import (
    REACHED,
    Counts,
    moment_of_stage,
    stage_tally,
    steps,
    tallies_of_stages,
    tallies_of_steps,
)
from checker.measures.matured import matured
from checker.measures.timeline import Covered
from checker.observed import Matured
from checker.quantity import Month, Period
from checker.rules.by_data.enough import is_enough, rounded


def measure_plan(agreement: Agreement, funnel: Funnel, as_of: date | None = None) -> Measured:
    """What a funnel says of an agreement's plan, at the end of a day, else at the last stamp of the data.

    Raises NothingToJudge where the data holds no stamp, WrongUsage, MissingExtra.
    """
    bench = set_up(agreement, funnel, as_of, looking_back=True)
    counts = bench.counter.tallies(tallies_of_steps(bench.view) | tallies_of_stages(bench.view))
    grown = list(matured(bench, counts))
    return Measured(
        as_of=bench.view.timeline.today,
        rates=tuple(measured_rates(agreement, grown)),
        deal=_deal(bench),
        cycle=_cycle(bench, grown),
        season=_season(bench, counts),
    )


def rates_to_plan_with(measured: Measured) -> tuple[RateWish, ...]:
    """The measured rates of those lines that say something of enough leads."""
    return tuple(
        RateWish(rate.rate, rate.use.value, rate.channel, (rate.path,))
        for rate in measured.rates
        if rate.path is not None and rate.use is not None
    )


# ---------------------------------------------------------------- rates


def measured_rates(agreement: Agreement, grown: Iterable[Matured]) -> Iterator[MeasuredRate]:
    """Each rate: of all channels together, then of each; with the line that speaks of just these leads."""
    grown = list(grown)
    lines = list(written_rates(agreement))
    for _, _, rate in agreement.conversions():
        of_rate = [item for item in grown if item.rate == rate]
        own = [line for line in lines if line.id == rate and line.channel is not None]
        shared = next((line for line in lines if line.id == rate and line.channel is None), None)
        if not own and of_rate:
            yield _rate(rate, None, of_rate, shared, is_of_all=True)
        elif shared is not None and (rest := [item for item in of_rate if shared.is_about(item.channel)]):
            # the line for all speaks of the channels that have none of their own
            yield _rate(rate, None, rest, shared, is_of_all=True)
        for item in sorted(of_rate, key=lambda item: item.channel or ""):
            if item.channel is not None:
                line = next((line for line in own if line.channel == item.channel), None)
                yield _rate(rate, item.channel, [item], line, is_of_all=False, written=line or shared)


def _rate(
    rate: str,
    channel: str | None,
    items: list[Matured],
    line: WrittenRate | None,
    *,
    is_of_all: bool,
    written: WrittenRate | None = None,
) -> MeasuredRate:
    leads, reached = sum(item.leads for item in items), sum(item.reached for item in items)
    says = written or line
    share = rounded(Fraction(reached, leads))
    return MeasuredRate(
        rate,
        channel,
        is_of_all,
        leads,
        reached,
        wilson_interval(reached, leads),
        Period(min(item.months.first for item in items), max(item.months.last for item in items)),
        items[0].within,
        None if line is None else line.path,
        None if says is None else says.share,
        share if is_enough(leads) and share.value else None,
        is_enough(leads),
    )


# ---------------------------------------------------------------- what is won, and when


def _deal(bench: Bench) -> MeasuredDeal | None:
    view = bench.view
    won, plan = view.agreement.stage_named("won"), view.agreement.sections.plan
    statement = None if won is None else amounts(bench.counter.setting, view.arrival(won))
    values: Counter[Fraction] = Counter()
    for _, amount, leads in bench.counter.told("amounts of what was won", statement):
        values[Fraction(amount)] += int(leads)
    if not values:
        return None
    count = values.total()
    return MeasuredDeal(
        count,
        sum((value * times for value, times in values.items()), Fraction(0)) / count,
        _median(values),
        mean_interval(values) if is_enough(count) else None,
        plan.average_deal if plan is not None else None,
    )


def _median(values: Counter[Fraction]) -> Fraction:
    """The middle of the values: of an even number, the middle between the two in it."""
    in_order = sorted(values.elements())
    return (in_order[(len(in_order) - 1) // 2] + in_order[len(in_order) // 2]) / 2


def _cycle(bench: Bench, grown: Iterable[Matured]) -> MeasuredCycle | None:
    """How many calendar months after entering the stage before it customers were won, of leads old enough."""
    view = bench.view
    won = view.agreement.stage_named("won")
    step = next((step for step in steps(view) if step.reaches == won), None)
    rates = {(stage, reaches): rate for stage, reaches, rate in view.agreement.conversions()}
    if step is None:
        return None
    old = [item.months for item in grown if item.rate == rates[step.stage, step.reaches]]
    if not old:
        return None
    months = Period(min(each.first for each in old), max(each.last for each in old))
    taken: Counter[int] = Counter()
    statement = months_taken(bench.counter.setting, step.start, step.stop)
    for start, stop, leads in bench.counter.told(f"months from {step.start} to {step.stop}", statement):
        came, left = month_of_code(start), month_of_code(stop)
        if came in months:
            taken[left - came] += int(leads)
    count = taken.total()
    if not count:
        return None
    intervals = {lag: wilson_interval(leads, count) for lag, leads in sorted(taken.items())}
    return MeasuredCycle(step.stage, months, count, dict(sorted(taken.items())), intervals, dict(view.plan.closing))


# ---------------------------------------------------------------- season


def _season(bench: Bench, counts: Counts) -> MeasuredSeason | None:
    view = bench.view
    for stage in view.agreement.stages:
        counted = counts.get(stage_tally(stage))
        if isinstance(counted, TallyCounts) and counted.cells:
            moment, timeline = moment_of_stage(view, stage), view.timeline
            months = sorted({month for month, _ in counted.cells if month is not None})
            whole = [
                month
                for month in months
                if timeline.is_over(month)
                and timeline.covered([moment], month.first_day, month.last_day) is Covered.WHOLE
            ]
            left_out = tuple(month for month in months if month not in whole)
            return season_of(stage, {month: int(counted.month(month)[REACHED]) for month in whole}, left_out)
    return None


def season_of(stage: str, counts: Mapping[Month, int], left_out: tuple[Month, ...]) -> MeasuredSeason | None:
    """How months stand to their mean; the band is that of a Poisson count of their size (80: 63 to 98)."""
    total = sum(counts.values())
    if not total:
        return None
    mean = Fraction(total, len(counts))
    bands = {month: poisson_band(count) for month, count in counts.items()}
    return MeasuredSeason(
        stage,
        counts,
        {month: count / mean for month, count in counts.items()},
        {month: (low / float(mean), high / float(mean)) for month, (low, high) in bands.items()},
        left_out,
    )
