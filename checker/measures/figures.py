"""The funnel beside the verdicts: how many leads reached each stage, and what became of each month's leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from checker.agreement.events import became
from checker.funnel.counts import MonthAndChannel, TallyCounts, Unanswered
from checker.logic.aggregate import Ages, Every, Happened, Matured, Reached, Tally, count
from checker.measures.bench import Bench
from checker.measures.forms import judging_day
from checker.measures.timeline import Covered
from checker.measures.view import View
from checker.measures.volume import counted
from checker.quantity import Duration, Month, Period
from checker.verdict import Cohort, FunnelCount

REACHED, WITHIN, MATURED, ENTERED = "reached", "within", "matured", "entered"
Counts: TypeAlias = Mapping[str, TallyCounts | Unanswered | None]
AgeCounts: TypeAlias = Mapping[MonthAndChannel, Mapping[int, int]]


def tallies_of_stages(view: View) -> dict[str, Tally]:
    """What is to be counted for the funnel, by the name of the tally."""
    found = {}
    for stage in _stages(view):
        facts = counted(view, stage)
        numbers = {REACHED: count(Every(facts) if facts else None)}
        found[stage_tally(stage)] = Tally(moment_of_stage(view, stage), numbers)
    return found


def funnel_counts(view: View, counts: Counts, period: Period | None) -> list[FunnelCount]:
    """How many leads reached each stage that has names or totals, by month and channel, with the plan's number."""
    found: list[FunnelCount] = []
    stages = _stages(view)
    for stage in stages:
        counted_leads = counts.get(stage_tally(stage))
        of_stage = counted_leads if isinstance(counted_leads, TallyCounts) else TallyCounts({})
        found += _of_stage(view, stage, of_stage, period)
    order = {name: place for place, name in enumerate(stages)}
    return sorted(
        found, key=lambda item: (item.period, item.channel is not None, item.channel or "", order[item.stage])
    )


def _stages(view: View) -> list[str]:
    """Those whose leads have names, or of which there are totals."""
    stages = view.agreement.stages.items()
    return [name for name, stage in stages if stage.is_ != "anonymous" or view.is_total(became(name))]


def stage_tally(stage: str) -> str:
    """The name of the tally that counts a stage's leads."""
    return f"stage {stage}"


def moment_of_stage(view: View, stage: str) -> str:
    """By what leads of a stage are counted; where the data lacks the handoff, by their becoming one."""
    moment = view.arrival(stage)
    return moment if view.has_event(moment) else f"became_{stage}"


def _of_stage(view: View, stage: str, counts: TallyCounts, period: Period | None) -> Iterable[FunnelCount]:
    moment = moment_of_stage(view, stage)
    months = _months(view)
    channels = [*view.agreement.channels, *_other_channels(view, counts)]
    for month in months:
        if period is not None and month not in period:
            continue
        covered = view.timeline.covered([moment], month.first_day, month.last_day)
        for channel in (None, *channels):
            number = sum(
                int(numbers[REACHED])
                for (at, name), numbers in counts.cells.items()
                if at == month and channel in (None, name)
            )
            target = view.plan.whole(stage, month, channel)
            if channel is None or number or target is not None:
                yield FunnelCount(
                    period=str(month),
                    channel=channel,
                    stage=stage,
                    count=None if covered is Covered.NONE else number,
                    target=target,
                    complete=covered is Covered.WHOLE and view.timeline.is_over(month),
                )


def _months(view: View) -> tuple[Month, ...]:
    """From the first month that the data of any stage touches to the month of the cut-off."""
    coverage = [view.timeline.coverage.get(moment_of_stage(view, stage)) for stage in view.agreement.stages]
    firsts = [Month.of(found.first) for found in coverage if found is not None]
    first = max(min(firsts, default=view.timeline.month), Month.of(view.timeline.calendar.first))
    return tuple(Period(first, view.timeline.month)) if first <= view.timeline.month else ()


def _other_channels(view: View, counts: TallyCounts) -> list[str]:
    """Channels of the data that the agreement does not name."""
    names = {name for _, name in counts.cells if name is not None}
    return sorted(names - set(view.agreement.channels))


# ---------------------------------------------------------------- cohorts


@dataclass(frozen=True, slots=True)
class Step:
    """From one stage to the next, and the time that a promised rate gives for it."""

    stage: str
    reaches: str
    start: str
    stop: str
    within: Duration | None

    @property
    def tally(self) -> str:
        return f"{self.stage} to {self.reaches}"


def tallies_of_steps(view: View) -> dict[str, Tally]:
    """What is to be counted for the cohorts, by the name of the tally."""
    found = {}
    for step in steps(view):
        numbers = {ENTERED: count(), REACHED: count(Happened(step.stop))}
        if step.within is not None:
            numbers[MATURED] = count(Matured(step.start, step.within))
            numbers[WITHIN] = count(Reached(step.start, step.stop, step.within))
        found[step.tally] = Tally(step.start, numbers)
    return found


def cohorts(bench: Bench, counts: Counts, period: Period | None) -> list[Cohort]:
    """What became of the leads that entered a stage in a month: by channel, of all, and of all months together."""
    found: list[Cohort] = []
    for step in steps(bench.view):
        entered = counts.get(step.tally)
        if isinstance(entered, TallyCounts):
            ages = bench.counter.ages(Ages(step.start, step.stop))
            found += _of_step(step, entered, ages, bench.view, period)
    return found


def steps(view: View) -> Iterable[Step]:
    """The steps from stage to stage whose events the data has."""
    within = {
        promise.measured.of: promise.measured.judged_after
        for promise in view.agreement.promises()
        if promise.measured is not None and promise.measured.measure == "rate"
    }
    for stage, reaches, rate in view.agreement.conversions():
        start, stop = moment_of_stage(view, stage), moment_of_stage(view, reaches)
        if view.has_event(start) and view.has_event(stop):
            yield Step(stage, reaches, start, stop, within.get(rate))


def _of_step(step: Step, counts: TallyCounts, ages: AgeCounts, view: View, period: Period | None) -> list[Cohort]:
    """The cohorts of a step, month by month, of all channels first; then of all months together."""
    cells = {
        (month, channel): numbers
        for (month, channel), numbers in counts.cells.items()
        if month is not None and (period is None or month in period)
    }
    months = sorted({month for month, _ in cells})
    whole = Period(months[0], months[-1]) if months else None
    members: dict[tuple[Period, str | None], list[tuple[Month, str | None]]] = {}
    for month, channel in cells:
        for span in dict.fromkeys([Period(month, month), *([whole] if whole else [])]):
            for asked in dict.fromkeys([None, channel]):
                members.setdefault((span, asked), []).append((month, channel))
    order = sorted(members, key=lambda key: (key[0] == whole, key[0].first, key[1] is not None, key[1] or ""))
    return [
        _cohort(step, span, channel, [cells[key] for key in keys], [ages.get(key, {}) for key in keys], view)
        for span, channel in order
        for keys in [members[span, channel]]
    ]


def _cohort(
    step: Step,
    span: Period,
    channel: str | None,
    cells: Iterable[Mapping[str, Fraction]],
    ages: Iterable[Mapping[int, int]],
    view: View,
) -> Cohort:
    total: dict[str, int] = {}
    for numbers in cells:
        for name, number in numbers.items():
            total[name] = total.get(name, 0) + int(number)
    days: dict[int, int] = {}
    for each in ages:
        for day, leads in each.items():
            days[day] = days.get(day, 0) + leads
    middle = median_of_counts(days)
    has_matured = step.within is not None and is_told(step, span, total, view)
    return Cohort(
        period=str(span),
        channel=channel,
        stage=step.stage,
        reaches=step.reaches,
        entered=total[ENTERED],
        reached=total[REACHED],
        within=total[WITHIN] / total[ENTERED] if has_matured else None,
        within_count=total[WITHIN] if has_matured else None,
        horizon=None if step.within is None else str(step.within),
        median_days=None if middle is None else float(middle),
    )


def is_told(step: Step, span: Period, total: Mapping[str, int], view: View) -> bool:
    """Whether all of these leads had the time of the promised rate, and the data covers all of it."""
    if step.within is None or not total[ENTERED] or total[MATURED] < total[ENTERED]:
        return False
    timeline = view.timeline
    judged_on = judging_day(step.within, span.last, timeline)
    if judged_on is None or timeline.lacking([step.start], span.first.first_day, span.last.last_day):
        return False
    return not timeline.lacking([step.stop], span.first.first_day, judged_on)


def median_of_counts(counts: Mapping[int, int]) -> Fraction | None:
    """The median of values given with how often each occurs: of an even number, the middle between the two in it."""
    total = sum(counts.values())
    lower, upper = (nearest_rank_at(counts, rank) for rank in ((total + 1) // 2, total // 2 + 1))
    return None if lower is None or upper is None else Fraction(lower + upper, 2)


def nearest_rank_at(counts: Mapping[int, int], rank: int) -> int | None:
    """The value at a rank, counted from 1, in ascending order; None for a rank that is not there."""
    for value, number in sorted(counts.items()):
        rank -= number
        if rank <= 0:
            return value
    return None
