"""Where each promise stands now, and how many stand in each way: one count for every page, text and summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from checker.quantity import Month
from checker.verdict import Outlook, Result, Results, Status


class Standing(IntEnum):
    """Where a promise stands; the smaller, the sooner it needs somebody."""

    LOST = 1
    AT_RISK = 2
    MISSED = 3
    ON_COURSE = 4
    KEPT = 5
    NO_DATA = 6
    NOT_MEASURABLE = 7


_OF_STATUS = {
    Status.MET: Standing.KEPT,
    Status.MISSED: Standing.MISSED,
    Status.NO_DATA: Standing.NO_DATA,
    Status.NOT_MEASURABLE: Standing.NOT_MEASURABLE,
}
_OF_OUTLOOK = {
    Outlook.LOST: Standing.LOST,
    Outlook.AT_RISK: Standing.AT_RISK,
    Outlook.ON_COURSE: Standing.ON_COURSE,
    None: Standing.ON_COURSE,
}


def standing(result: Result) -> Standing:
    """Where a result stands: the verdict of a closed period, the outlook of an open one."""
    return _OF_OUTLOOK[result.outlook] if result.status is Status.OPEN else _OF_STATUS[result.status]


def on_the_wall(moment: datetime, timezone: str) -> datetime:
    """A moment of the results as the company's clock shows it; one without a zone is taken for that already."""
    return moment.astimezone(ZoneInfo(timezone)) if moment.tzinfo else moment


def month_of(period: str) -> Month | None:
    """The month that a result is of; None for a span of months, which stands on no page."""
    return None if " to " in period else Month.parse(period)


def this_month(results: Results) -> Month:
    """The month of the cut-off."""
    return Month.of(on_the_wall(results.as_of, results.timezone).date())


def by_promise(results: Results) -> dict[str, dict[Month, Result]]:
    """Promise (a rung of a ladder on its own) -> its results of all channels, by month in their order."""
    found: dict[str, dict[Month, Result]] = {}
    for result in results.results:
        month = month_of(result.period)
        if result.channel is None and month is not None:
            found.setdefault(result.promise, {})[month] = result
    return {promise: dict(sorted(by_month.items())) for promise, by_month in found.items()}


def current(by_month: Mapping[Month, Result], now: Month) -> Result | None:
    """The result that speaks for today: of the running month, else the last that could be judged, else the last of
    all; None where there is none.
    """
    running = by_month.get(now)
    if running is not None and running.actual is not None:
        return running
    past = [result for month, result in sorted(by_month.items()) if month <= now]
    judged = [result for result in past if result.actual is not None]
    return next(reversed(judged or past), None)


def standing_now(result: Result | None) -> Standing:
    """Where a promise stands by its current result; what the check says nothing of is not measurable."""
    return Standing.NOT_MEASURABLE if result is None else standing(result)


def counted(results: Results, promises: Iterable[str] = ()) -> Counter[Standing]:
    """How many promises stand in each way, rungs one by one.

    Of these `promises`; without them of all that the agreement had when it was checked.
    """
    now, found = this_month(results), by_promise(results)
    named = tuple(promises) or tuple(found)
    counts = Counter(standing_now(current(found.get(name, {}), now)) for name in named)
    unsaid = max(results.promises - len(named), 0) if not promises else 0
    return counts + Counter({Standing.NOT_MEASURABLE: unsaid})
