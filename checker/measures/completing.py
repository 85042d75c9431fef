"""Puts beside the verdicts of a promise what they do not decide by: see `checker.measures.beside`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from checker.agreement import Promise
from checker.funnel.counts import Counter, RungCounts, TallyCounts, TimingCounts, Unanswered
from checker.logic.aggregate import State, Timing
from checker.logic.calendar import Calendar, OutsideCalendar
from checker.logic.clock import deadline
from checker.measures.asked import Asked, AskedClock, Key, MonthlyShare, Verdict, events_of
from checker.measures.bench import Bench
from checker.measures.beside import Excepted, Recent, Released, Together
from checker.measures.clocks import as_one, merged
from checker.measures.forms import recent_part, recent_whole
from checker.measures.judging import Target
from checker.measures.left_out import excepted_by_clock, excepted_by_tally, released_by_clock
from checker.measures.steps import escalations, late_by_steps, step_reached
from checker.measures.together import together
from checker.measures.view import View
from checker.measures.warning import WINDOWS, is_held, recent, window_begins
from checker.quantity import Duration
from checker.verdict import Status


def with_marks(bench: Bench, promise: Promise, timings: Iterable[Timing]) -> list[Timing]:
    """The timings of a clock, with the instants from which deadlines are counted apart.

    First where each of the recent windows begins, then, of each step of escalation that asks for it, the first
    instant that is no more so long ago. A window that the calendar does not reach begins after the cut-off.
    """
    timeline = bench.view.timeline
    begins = [window_begins(timeline, days) for days in WINDOWS]
    windows = [timeline.cut_off + 1 if day is None else timeline.calendar.midnight(day) for day in begins]
    steps = late_by_steps(bench.view.agreement, promise)
    calendars = bench.counter.setting.calendars
    return [
        replace(
            timing,
            marks=(
                *windows,
                *(_less_late(calendars[timing.calendar].calendar, timeline.cut_off, late_by) for _, late_by in steps),
            ),
        )
        for timing in timings
    ]


def _less_late(calendar: Calendar, cut_off: int, late_by: Duration) -> int:
    """The first instant since which, at the cut-off, less than `late_by` has gone by, by the calendar."""
    first, last = calendar.start, cut_off + 1
    while first < last:
        middle = (first + last) // 2
        if _is_over(calendar, middle, cut_off, late_by):
            first = middle + 1
        else:
            last = middle
    return first


def _is_over(calendar: Calendar, start: int, cut_off: int, duration: Duration) -> bool:
    try:
        return deadline(calendar, start, duration) <= cut_off
    except OutsideCalendar:
        return False


# ---------------------------------------------------------------- all of a promise


def completed(
    bench: Bench,
    promise: Promise,
    asked: Asked,
    counts: TallyCounts | TimingCounts | Unanswered | None,
    verdicts: Sequence[Verdict],
) -> list[Verdict]:
    """The verdicts on a promise with what stands beside them."""
    view = bench.view
    if isinstance(asked, AskedClock) and asked.as_one and isinstance(counts, TimingCounts):
        counts = as_one(counts)
    pooled = _together(verdicts)
    overdue = _overdue(promise, asked, counts, view)
    taken = escalations(promise, verdicts, overdue, view.timeline.month, view.agreement)
    excepted: Mapping[Key, tuple[Excepted, ...]] = {}
    released: Mapping[Key, tuple[Released, ...]] = {}
    if isinstance(asked, AskedClock):
        count = partial(_count, bench.counter)
        excepted = excepted_by_clock(asked, verdicts, count, view)
        released = released_by_clock(asked, verdicts, count)
    elif isinstance(counts, TallyCounts):
        excepted = excepted_by_tally(promise.id, counts, verdicts, view)
    return [
        replace(
            verdict,
            beside=replace(
                verdict.beside,
                recent=tuple(_recent(asked, counts, verdict, view)),
                together=pooled.get(verdict.key),
                step=step_reached(promise, verdict, view.agreement),
                escalations=taken.get(verdict.key, ()),
                exceptions=excepted.get(verdict.key, ()),
                released=released.get(verdict.key, ()),
                stand_ins=_stand_ins(asked, view),
            ),
        )
        for verdict in verdicts
    ]


def _together(verdicts: Sequence[Verdict]) -> Mapping[Key, Together]:
    """Three months together, of each rung on its own."""
    found: dict[Key, Together] = {}
    for judged_id in dict.fromkeys(verdict.id for verdict in verdicts):
        found |= together([verdict for verdict in verdicts if verdict.id == judged_id])
    return found


def _count(counter: Counter, timings: Iterable[Timing]) -> TimingCounts | None:
    parts = [counter.timing(timing) for timing in timings]
    known = [part for part in parts if isinstance(part, TimingCounts)]
    return merged(known) if len(known) == len(parts) else None


def _stand_ins(asked: Asked, view: View) -> tuple[tuple[str, str], ...]:
    """The events of a promise that are read off others."""
    events = events_of(asked)
    return tuple((event, other) for event, other in view.stand_ins.items() if event in events)


# ---------------------------------------------------------------- the last working days


def _recent(
    asked: Asked, counts: TallyCounts | TimingCounts | Unanswered | None, verdict: Verdict, view: View
) -> Iterator[Recent]:
    """What the windows say, where the month of the cut-off is judged by a share of leads."""
    timeline = view.timeline
    if verdict.month != timeline.month or verdict.status is Status.NOT_MEASURABLE or verdict.target is None:
        return
    target = Target(verdict.target, verdict.at_most)
    for place, days in enumerate(WINDOWS):
        since = window_begins(timeline, days)
        if since is None or not is_held(timeline, events_of(asked), since):
            continue
        if isinstance(asked, AskedClock) and isinstance(counts, TimingCounts):
            rung = counts.since.get((_place(asked, verdict.id), place), RungCounts())
            part, whole = rung[State.MET], rung[State.MET] + rung[State.LATE]
        elif isinstance(asked, MonthlyShare) and isinstance(counts, TallyCounts):
            part, whole = (_total(counts, name(days)) for name in (recent_part, recent_whole))
        else:
            return
        found = recent(days, since, target.misses(part, whole), whole, target)
        if found is not None:
            yield found


def _place(asked: AskedClock, judged_id: str) -> int:
    """The place of a rung in its ladder; where they are judged together, of the first."""
    return next(place for place, rung in enumerate(asked.timings[0].rungs) if rung.id == judged_id)


def _total(counts: TallyCounts, name: str) -> int:
    return int(sum(numbers.get(name, 0) for numbers in counts.cells.values()))


def _overdue(
    promise: Promise, asked: Asked, counts: TallyCounts | TimingCounts | Unanswered | None, view: View
) -> Mapping[tuple[str, int], int]:
    """Rung and step of escalation -> how many leads wait so long after their deadline.

    Of those whose deadline lies in the longer of the windows: whom nobody called in a month, nobody will.
    """
    if not isinstance(asked, AskedClock) or not isinstance(counts, TimingCounts):
        return {}
    found = {}
    for number, (step, _) in enumerate(late_by_steps(view.agreement, promise)):
        for place, rung in enumerate(asked.timings[0].rungs):
            waiting, shorter = (
                counts.since.get((place, mark), RungCounts()).silent
                for mark in (len(WINDOWS) - 1, len(WINDOWS) + number)
            )
            found[rung.id, step] = max(waiting - shorter, 0)
    return found
