"""Which of the missed promises were kept when they were last judged: what somebody should hear of today."""

from __future__ import annotations

from checker.funnel.history import History
from checker.verdict import Result, Results, Status

Key = tuple[str, str, str | None]
"""Promise, month, channel."""
_JUDGED = (Status.MET, Status.MISSED)


def newly_missed(results: Results, history: History) -> frozenset[Key]:
    """The results that decide, are missed, and are news.

    It is no news where an earlier run said so of the same month, nor where the promise was missed in the month before
    that could be judged, by what this run or an earlier one says. Only runs that looked less far count as earlier: the
    same run again says the same.
    """
    earlier = history.before(results.as_of).latest()
    known = {key_of(result) for result in earlier if result.status is Status.MISSED}
    statuses: dict[tuple[str, str | None], dict[str, Status]] = {}
    for result in (*earlier, *results.results):
        if result.status in _JUDGED:
            statuses.setdefault((result.promise, result.channel), {})[result.period] = result.status
    return frozenset(
        key_of(result)
        for result in results.results
        if result.judged
        and result.status is Status.MISSED
        and key_of(result) not in known
        and _previous(statuses[result.promise, result.channel], result.period) is not Status.MISSED
    )


def key_of(result: Result) -> Key:
    """By what a result is known in every run."""
    return result.promise, result.period, result.channel


def _previous(by_period: dict[str, Status], period: str) -> Status | None:
    """The status of the last judged month before one."""
    before = [other for other in by_period if other < period]
    return by_period[max(before)] if before else None
