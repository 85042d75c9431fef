"""How many leads reach each stage day by day, so that a month can be seen beside its plan while it goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from checker.agreement.events import became
from checker.figure import DailyCounts
from checker.funnel.report_counts import daily
from checker.funnel.totals import daily_totals
from checker.logic.aggregate import Every
from checker.measures.bench import Bench
from checker.measures.figures import moment_of_stage
from checker.measures.timeline import Covered
from checker.measures.volume import counted
from checker.quantity import Month, Period

EPOCH = date(1970, 1, 1)


def daily_counts(bench: Bench, period: Period | None) -> Iterator[DailyCounts]:
    """Of the month of the cut-off and the one before: of each stage, as far as the data covers the month's days so
    far. The numbers are those of the funnel: they add up to the month's.
    """
    view = bench.view
    timeline, setting = view.timeline, bench.counter.setting
    months = [month for month in (timeline.month + -1, timeline.month) if period is None or month in period]
    months = [month for month in months if month.first_day >= timeline.calendar.first]
    if not months:
        return
    for stage in view.agreement.stages:
        moment, facts = moment_of_stage(view, stage), counted(view, stage)
        since = months[0].first_day
        statement = (
            daily_totals(setting, stage, since)
            if view.is_total(became(stage))
            else daily(setting, moment, Every(facts) if facts else None, since)
        )
        found = Counter({int(day): int(count) for day, count in bench.counter.told(f"{stage} by day", statement)})
        for month in months:
            last = min(month.last_day, timeline.today)
            if statement is not None and timeline.covered([moment], month.first_day, last) is Covered.WHOLE:
                yield _of_month(bench, stage, month, found)


def _of_month(bench: Bench, stage: str, month: Month, found: Counter[int]) -> DailyCounts:
    timeline = bench.view.timeline
    first, last = month.first_day, min(month.last_day, timeline.today)
    begin = (first - EPOCH).days
    until = min(month.last_day, timeline.calendar.last)
    return DailyCounts(
        period=str(month),
        stage=stage,
        counts=tuple(found[begin + number] for number in range((last - first).days + 1)),
        working_days=tuple(day.day for day in timeline.calendar.working_days(first, until)),
    )
