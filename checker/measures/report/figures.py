"""All figures of the reports, put together."""

from __future__ import annotations

from checker.figure import Figures
from checker.measures.bench import Bench
from checker.measures.judge import Questions
from checker.measures.report.times import times_of_clocks
from checker.quantity import Period


def figures(bench: Bench, asked: Questions, period: Period | None) -> Figures:
    """What the data tells beside the promises."""
    return Figures(times=tuple(times_of_clocks(bench, asked, period)))
