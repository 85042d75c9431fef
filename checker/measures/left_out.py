"""Why leads are in no share: by which agreed exception, and because of which failure of the other side.

Where there is one reason, it has them all. Where there are several, each is counted as if it were alone, so that a
lead for which two hold is counted with both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from checker.agreement.promises import LateWith
from checker.funnel.counts import TallyCounts, TimingCounts
from checker.logic.aggregate import State, Timing
from checker.measures.asked import AskedClock, Key, Verdict
from checker.measures.beside import Excepted, Released
from checker.measures.clocks import WRONGLY_QUALIFIED, as_one
from checker.measures.forms import spared_alone
from checker.measures.view import View, spared_by

CountClock: TypeAlias = Callable[[Iterable[Timing]], TimingCounts | None]
"""Counts the timings of a clock, one of each calendar, as one; None where that cannot be counted."""


def excepted_by_clock(
    asked: AskedClock, verdicts: Sequence[Verdict], count: CountClock, view: View
) -> Mapping[Key, tuple[Excepted, ...]]:
    """Of each verdict, which exception left out how many leads."""
    exceptions = view.exceptions(asked.promise.id)
    concerned = [verdict for verdict in verdicts if verdict.not_counted]
    if not concerned or len(exceptions) < 2:
        return {verdict.key: tuple(Excepted(verdict.not_counted, each) for each in exceptions) for verdict in concerned}
    alone = [
        count(replace(timing, spared=spared_by([each], timing.starts), marks=()) for timing in asked.timings)
        for each in exceptions
    ]
    numbers = _numbers(asked, concerned, alone, State.NOT_COUNTED)
    return {
        key: tuple(Excepted(number, exceptions[place]) for place, number in enumerate(found) if number)
        for key, found in numbers.items()
    }


def excepted_by_tally(
    promise: str, counts: TallyCounts, verdicts: Sequence[Verdict], view: View
) -> Mapping[Key, tuple[Excepted, ...]]:
    """The same of a share or an amount."""
    exceptions = view.exceptions(promise)
    found: dict[Key, tuple[Excepted, ...]] = {}
    for verdict in verdicts:
        if verdict.not_counted and len(exceptions) == 1:
            found[verdict.key] = (Excepted(verdict.not_counted, exceptions[0]),)
        elif verdict.not_counted:
            numbers = counts.month(verdict.month)
            alone = [int(numbers.get(spared_alone(place), 0)) for place in range(len(exceptions))]
            found[verdict.key] = tuple(
                Excepted(number, exceptions[place]) for place, number in enumerate(alone) if number
            )
    return found


def released_by_clock(
    asked: AskedClock, verdicts: Sequence[Verdict], count: CountClock
) -> Mapping[Key, tuple[Released, ...]]:
    """Of each verdict, because of what how many leads were not owed."""
    causes = list(_causes(asked))
    concerned = [verdict for verdict in verdicts if verdict.not_owed]
    if not concerned or len(causes) < 2:
        return {verdict.key: tuple(Released(verdict.not_owed, name) for name, _ in causes) for verdict in concerned}
    alone = [count(replace(timing, marks=()) for timing in timings) for _, timings in causes]
    numbers = _numbers(asked, concerned, alone, State.NOT_OWED)
    return {
        key: tuple(Released(number, causes[place][0]) for place, number in enumerate(found) if number)
        for key, found in numbers.items()
    }


def _causes(asked: AskedClock) -> Iterator[tuple[str, list[Timing]]]:
    """What may release a lead, with the clocks as they would be if it were alone."""
    clock = asked.promise.clock
    for excuse in (clock.not_owed_when or ()) if clock is not None else ():
        if isinstance(excuse, LateWith):
            timings = [
                replace(timing, not_owed=(), late_on=tuple(_those_of(excuse.late, timing.late_on)))
                for timing in asked.timings
            ]
            if any(timing.late_on for timing in timings):
                yield excuse.late, timings
        elif any(timing.not_owed for timing in asked.timings):
            yield WRONGLY_QUALIFIED, [replace(timing, late_on=()) for timing in asked.timings]


def _those_of(promise: str, clocks: Sequence[Timing]) -> Iterator[Timing]:
    """The clocks of one promise; those of its rungs are called `promise.rung`."""
    for timing in clocks:
        if timing.rungs[0].id.partition(".")[0] == promise:
            yield timing


def _numbers(
    asked: AskedClock, verdicts: Sequence[Verdict], alone: Sequence[TimingCounts | None], state: State
) -> Mapping[Key, list[int]]:
    """Of each verdict: how many leads are in a state, reason by reason."""
    places = {rung.id: place for place, rung in reversed(list(enumerate(asked.timings[0].rungs)))}
    told = [as_one(counts) if counts is not None and asked.as_one else counts for counts in alone]
    return {
        verdict.key: [
            0 if counts is None else counts.month(places[verdict.id], verdict.month)[state] for counts in told
        ]
        for verdict in verdicts
    }
