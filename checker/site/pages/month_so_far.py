"""The month that goes on, day by day, beside its plan."""

from __future__ import annotations

import math
from datetime import date
from itertools import accumulate

from markupsafe import Markup

from checker.beside_verdict import Pace
from checker.figure import DailyCounts
from checker.quantity import Month
from checker.site.basis import Basis
from checker.site.board import Board
from checker.site.drawings.drawing import Drawing
from checker.site.drawings.pace import pace, planned_by
from checker.site.pages.plan_numbers import NOTHING
from checker.site.voice import exact

FEW_DAYS = 3
HALF = 0.5
"""Before so many days are counted a month says little: the one before it is shown."""


def month_so_far(basis: Basis, stage: str) -> Drawing | None:
    """Of the running month, at its beginning of the one before; None where the results do not tell it day by day."""
    board = basis.board
    if board is None:
        return None
    told = [daily for daily in board.results.figures.daily if daily.stage == stage]
    running = [daily for daily in told if len(daily.counts) >= FEW_DAYS]
    return _drawn(basis, board, max(running or told, key=lambda daily: daily.period)) if told else None


def _drawn(basis: Basis, board: Board, daily: DailyCounts) -> Drawing:
    voice = basis.voice
    month = Month.parse(daily.period)
    length = month.last_day.day
    counted = board.counts(month).get(daily.stage)
    target = None if counted is None or counted.target is None else float(counted.target)
    found = _pace(board, daily, month)
    ahead = None if found is None or found.projection is None else math.floor(found.projection + HALF)
    band = None if found is None or found.low is None or found.high is None else (float(found.low), float(found.high))
    chart = pace(daily.counts, length, target, daily.working_days, ahead, band)
    today = date(month.year, month.number, len(daily.counts))
    reached = list(accumulate(daily.counts))
    planned = None if target is None else planned_by(target, daily.working_days, length)
    said = [voice.gettext("{number} by {day}", number=reached[-1], day=today)]
    if target is not None:
        said.append(voice.gettext("{number} are planned for the month", number=exact(target)))
    if ahead is not None and not chart.is_over:
        said.append(voice.gettext("it heads for {number}", number=ahead))
    caption = voice.gettext("Line: what has come in so far. Grey: the plan, spread evenly over the working days.")
    if chart.heads_for is not None:
        caption = voice.gettext(
            "Line: what has come in so far. Grey: the plan, spread evenly over the working days. Dotted: where the"
            " month heads; it ends in the shaded part 95 times in 100."
        )
    return Drawing(
        "pace",
        voice.gettext("{stage}, {month} day by day", stage=basis.names.short_stage(daily.stage), month=month),
        Markup("; ").join(said),
        caption,
        (voice.gettext("Day"), voice.gettext("New"), voice.gettext("So far"), voice.gettext("Planned by then")),
        tuple(
            (
                voice.date(date(month.year, month.number, number)),
                voice.number(count),
                voice.number(so_far),
                NOTHING if planned is None else voice.number(exact(round(planned[number - 1], 1))),
            )
            for number, (count, so_far) in enumerate(zip(daily.counts, reached, strict=True), 1)
        ),
        {"chart": chart, "today": voice.date(today)},
    )


def _pace(board: Board, daily: DailyCounts, month: Month) -> Pace | None:
    """What a promise of so many leads says of where it heads."""
    for line in board.lines:
        measured = line.promise.measured
        if measured is not None and (measured.measure, measured.of) == ("volume", daily.stage):
            result = line.by_month.get(month)
            return None if result is None else result.pace
    return None
