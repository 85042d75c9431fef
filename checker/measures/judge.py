"""Puts every promise of an agreement to the data: asks the measures what to count, counts, and judges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from checker.agreement import Promise
from checker.funnel.counts import TallyCounts, TimingCounts, Unanswered
from checker.logic.aggregate import Tally, Timing
from checker.measures.asked import (
    Asked,
    AskedClock,
    CohortShare,
    MonthlyAmount,
    MonthlyShare,
    Noted,
    Snapshot,
    Unmeasurable,
    Verdict,
)
from checker.measures.bench import Bench
from checker.measures.catalogue import measures
from checker.measures.clocks import ask_clock, judge_clock, merged
from checker.measures.completing import completed, with_marks
from checker.measures.forms import (
    judge_amount,
    judge_cohort,
    judge_noted,
    judge_share,
    judge_snapshot,
    tally_of,
)
from checker.measures.view import View
from checker.measures.wording import none_of_in_words
from checker.message import Message, Written, say
from checker.quantity import Month, Period
from checker.verdict import Status

Questions: TypeAlias = Mapping[str, Asked]
Counts: TypeAlias = Mapping[str, TallyCounts | Unanswered | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A promise, and the verdicts on it (on each of its rungs) by month; `is_judged` marks those that decide."""

    promise: Promise
    verdicts: tuple[Verdict, ...]
    deciding: frozenset[tuple[str, Month]] = frozenset()

    def decides(self, verdict: Verdict) -> bool:
        """Whether a verdict is of the period that decides."""
        return (verdict.id, verdict.month) in self.deciding


def judge(bench: Bench, asked: Questions, counts: Counts, period: Period | None) -> list[Judged]:
    """The verdicts on all promises, in the order of the agreement.

    `asked` is what each promise asks, `counts` what was counted for their tallies; clocks are counted here. Of each
    promise that month decides which is the last that can be judged at the cut-off, or all months of `period`; months
    outside of a period that is asked for are left out.
    """
    found = []
    for promise in bench.view.agreement.promises():
        question = asked[promise.id]
        counted = _count_clock(bench, question) if isinstance(question, AskedClock) else counts.get(promise.id)
        told = _verdicts(promise, question, counted, bench.view)
        verdicts = _within(completed(bench, promise, question, counted, told), period)
        found.append(Judged(promise, tuple(verdicts), _deciding(verdicts, period)))
    return _with_offenders(bench, found)


def questions(view: View) -> Questions:
    """What each promise asks of the data, by its id."""
    return {promise.id: ask(promise, view) for promise in view.agreement.promises()}


def tallies_of(asked: Questions, view: View) -> dict[str, Tally]:
    """What is to be counted for the promises, by their ids; clocks are counted apart."""
    found: dict[str, Tally] = {}
    for promise in view.agreement.promises():
        question = asked[promise.id]
        if isinstance(question, (MonthlyShare, MonthlyAmount, CohortShare, Snapshot)):
            found[promise.id] = tally_of(promise, question, view)
    return found


def ask(promise: Promise, view: View) -> Asked:
    """What a promise asks of the data, or why it cannot be asked."""
    if promise.clock is not None:
        return ask_clock(promise, view)
    if promise.measured is None:
        raise ValueError(f"{promise.id} promises nothing")
    asked = measures()[promise.measured.measure].ask(promise, view)
    if isinstance(asked, (Unmeasurable, Noted, AskedClock)):
        return asked
    refused = view.missing(asked.needs)
    if refused is not None:
        return refused
    if isinstance(asked, (MonthlyShare, Snapshot)) and view.target(promise) is None:
        return Unmeasurable(say("it names no share that must be reached"))
    return asked


# ---------------------------------------------------------------- counting


def _count_clock(bench: Bench, asked: AskedClock) -> TimingCounts | Unanswered | None:
    counts = _count(bench, with_marks(bench, asked.promise, asked.timings))
    again = _count(bench, asked.again) if asked.again else None
    return (
        replace(counts, again=again) if isinstance(counts, TimingCounts) and isinstance(again, TimingCounts) else counts
    )


def _count(bench: Bench, timings: Iterable[Timing]) -> TimingCounts | Unanswered | None:
    parts = []
    for timing in timings:
        part = bench.counter.timing(timing)
        if not isinstance(part, TimingCounts):
            return part
        parts.append(part)
    return merged(parts)


def _verdicts(
    promise: Promise, asked: Asked, counts: TallyCounts | TimingCounts | Unanswered | None, view: View
) -> list[Verdict]:
    """The verdicts of a promise; where nothing can be said of any month, one that says why."""
    if isinstance(asked, Unmeasurable):
        return _not_at_all(promise, asked, view)
    if isinstance(counts, Unanswered):
        reason = say("the data cannot be counted: {reason}", reason=Written(counts.reason))
        return _not_at_all(promise, Unmeasurable(reason), view)
    found: list[Verdict] = []
    if isinstance(asked, Noted):
        found = judge_noted(promise, asked, view)
    elif isinstance(asked, AskedClock) and isinstance(counts, TimingCounts):
        found = judge_clock(asked, counts, view)
    elif isinstance(counts, TallyCounts):
        match asked:
            case MonthlyShare():
                found = judge_share(promise, asked, counts, view)
            case MonthlyAmount():
                found = judge_amount(promise, asked, counts, view)
            case CohortShare():
                found = judge_cohort(promise, asked, counts, view)
            case Snapshot():
                found = judge_snapshot(promise, asked, counts, view)
    return found or _not_at_all(promise, Unmeasurable(_why_no_month(asked, view)), view)


def _why_no_month(asked: Asked, view: View) -> Message:
    """Why there is no month to judge: something never happened in this data, or all of it lies outside the plan."""
    events: tuple[str, ...] = ()
    if isinstance(asked, AskedClock):
        events = asked.events
    elif isinstance(asked, (MonthlyShare, MonthlyAmount, CohortShare)):
        events = asked.needs.events
    never = [event for event in events if event not in view.timeline.coverage]
    if never:
        return say("the data holds no {events}", events=none_of_in_words(never, view.agreement))
    return say("nothing is promised for the months of this data")


def _not_at_all(promise: Promise, asked: Unmeasurable, view: View) -> list[Verdict]:
    """One verdict a rung, in the last month that is over."""
    month = view.timeline.month if view.timeline.is_over(view.timeline.month) else view.timeline.month + -1
    unit = measures()[promise.measured.measure].unit if promise.measured is not None else "share"
    found = Verdict(
        promise.id,
        month,
        Status.NOT_MEASURABLE,
        unit,
        target=view.target(promise),
        why=asked.reason,
        unlock=asked.unlock,
    )
    return [replace(found, id=judged_id) for judged_id in promise.judged_ids()]


# ---------------------------------------------------------------- which months decide


def _within(verdicts: Sequence[Verdict], period: Period | None) -> list[Verdict]:
    """The verdicts on months of a period; what cannot be measured at all is said of its last month."""
    if period is None:
        return list(verdicts)
    if all(verdict.status is Status.NOT_MEASURABLE for verdict in verdicts):
        found = {verdict.id: replace(verdict, month=period.last) for verdict in verdicts}
        inside = [verdict for verdict in verdicts if verdict.month in period]
        return inside or list(found.values())
    return [verdict for verdict in verdicts if verdict.month in period]


def _deciding(verdicts: Sequence[Verdict], period: Period | None) -> frozenset[tuple[str, Month]]:
    """The promise (or rung) and month of the verdicts that decide: see `judge`."""
    closed = [verdict for verdict in verdicts if verdict.status in (Status.MET, Status.MISSED, Status.NO_DATA)]
    if period is not None:
        return frozenset((verdict.id, verdict.month) for verdict in closed)
    last: dict[str, Month] = {}
    for verdict in closed:
        last[verdict.id] = max(verdict.month, last.get(verdict.id, verdict.month))
    return frozenset(last.items())


# ---------------------------------------------------------------- offenders


def _with_offenders(bench: Bench, judged: Sequence[Judged]) -> list[Judged]:
    """The verdicts with the ids of the first leads that did not go as promised, where a month decides or goes on."""
    named = [
        (item, verdict)
        for item in judged
        for verdict in item.verdicts
        if verdict.status is Status.OPEN or item.decides(verdict)
    ]
    names = bench.counter.names(place for _, verdict in named for place in verdict.first_offenders)
    wanted = {(verdict.id, verdict.month) for _, verdict in named}
    return [
        replace(
            item,
            verdicts=tuple(
                replace(verdict, offenders=_named(verdict, names)) if (verdict.id, verdict.month) in wanted else verdict
                for verdict in item.verdicts
            ),
        )
        for item in judged
    ]


def _named(verdict: Verdict, names: Mapping[int, str]) -> tuple[str, ...]:
    """Each lead once, also where several of its returns did not go as promised."""
    return tuple(dict.fromkeys(names[place] for place in verdict.first_offenders if place in names))
