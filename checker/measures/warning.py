"""Early warning: whether misses come faster than a promise allows, over the last working days.

A month begins with an empty count, and hides for weeks that things have got worse since the last one. These windows
do not end with the month: they hold whatever fell due in the last 5 and the last 20 working days.

A window warns where a team that keeps its target exactly would show as many misses, or more, in less than `RARELY`
of such windows, by the exact binomial distribution. With few leads hardly anything is so rare, so that no least number
is needed. Decision 0035 says how often it warns for nothing, and how soon it warns when something is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from checker.logic.statistics import chance_of_at_most
from checker.measures.beside import Recent
from checker.measures.judging import Target
from checker.measures.timeline import Timeline

WINDOWS = (5, 20)
"""In working days, today's among them."""
RARELY = 0.005


def window_begins(timeline: Timeline, days: int) -> date | None:
    """The first of the last `days` working days at the cut-off; None where the calendar does not go back so far."""
    first = max(timeline.calendar.first, timeline.today - timedelta(days=400))
    working = timeline.calendar.working_days(first, timeline.today)
    return working[-days] if len(working) >= days else None


def is_held(timeline: Timeline, events: Iterable[str], since: date) -> bool:
    """Whether the data of these events begins by a day."""
    found = [timeline.coverage.get(event) for event in events]
    return all(coverage is not None and coverage.first <= since for coverage in found)


def recent(days: int, since: date, missed: int, due: int, target: Target) -> Recent | None:
    """What a window says; None where nothing fell due in it, or where no miss is allowed at all."""
    if not due or target.least == 1:
        return None
    by_chance = chance_of_at_most(due - missed, due, target.least)
    return Recent(
        days,
        since,
        missed,
        due,
        Fraction(missed, due) / (1 - target.least),
        by_chance,
        is_warning=by_chance < RARELY,
    )
