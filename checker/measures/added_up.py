"""Adding up what several versions of an agreement say of a month: targets by working days or leads, counts by cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from checker.agreement import Agreement, Promise
from checker.funnel.counts import Numbers, RungCounts, TallyCounts, TimingCounts, Unanswered
from checker.funnel.offenders import merged as first_of
from checker.logic.aggregate import State
from checker.measures.asked import Asked, AskedClock, TargetOf
from checker.measures.clocks import as_one, merged
from checker.measures.forms import WHOLE
from checker.measures.timeline import Timeline
from checker.quantity import Month, Share

Counted: TypeAlias = TallyCounts | TimingCounts | Unanswered | None


@dataclass(frozen=True, slots=True)
class InForce:
    """A version of the agreement and the days on which it is in force, both in; None where there is no such end."""

    version: str
    agreement: Agreement
    first: date | None = None
    last: date | None = None

    def has_a_day_of(self, month: Month) -> bool:
        """Whether it is in force on some day of a month."""
        return (self.first is None or self.first <= month.last_day) and (
            self.last is None or month.first_day <= self.last
        )


def prorated(targets: Sequence[TargetOf], weights: Sequence[Fraction]) -> TargetOf:
    """Each version's target by its part of the month; None where none has one."""

    def target(month: Month) -> Fraction | None:
        told = [(of(month), weight) for of, weight in zip(targets, weights, strict=True)]
        known = [number * weight for number, weight in told if number is not None]
        return sum(known, Fraction(0)) if known else None

    return target


def mean(shares: Iterable[tuple[Fraction | None, int]]) -> Fraction | None:
    """The mean of the shares that versions ask for, weighted by the leads of each; without leads, the last."""
    told = [(share, leads) for share, leads in shares if share is not None]
    leads = sum(count for _, count in told)
    if not leads:
        return told[-1][0] if told else None
    return sum((share * count for share, count in told), Fraction(0)) / leads


def weight(governs: InForce, month: Month, timeline: Timeline) -> Fraction:
    """A version's part of a month: of its working days, or of its days where nobody works in it."""
    first = max(month.first_day, governs.first or month.first_day)
    last = min(month.last_day, governs.last or month.last_day)
    if first > last:
        return Fraction(0)
    own, whole = (len(_working_days(*span, timeline)) for span in ((first, last), (month.first_day, month.last_day)))
    if whole:
        return Fraction(own, whole)
    return Fraction((last - first).days + 1, (month.last_day - month.first_day).days + 1)


def _working_days(first: date, last: date, timeline: Timeline) -> tuple[date, ...]:
    calendar = timeline.calendar
    first, last = max(first, calendar.first), min(last, calendar.last)
    return calendar.working_days(first, last) if first <= last else ()


def with_target(promise: Promise, share: Fraction | None) -> Promise:
    """The promise, asking for another share."""
    if share is None:
        return promise
    return replace(promise, written=promise.written.model_copy(update={"target": Share(share)}))


def added_clocks(
    asked: AskedClock, counts: Sequence[tuple[Asked, Counted]], month: Month
) -> tuple[Promise, Asked, Counted]:
    """Rungs are added up by their ids; each has the mean of the shares that the versions ask for."""
    known = [rung.id for rung in asked.timings[0].rungs]
    parts: list[TimingCounts] = []
    shares: dict[int, list[tuple[Fraction | None, int]]] = {}
    for other, counted in counts:
        if not isinstance(other, AskedClock) or not isinstance(counted, TimingCounts):
            continue
        if asked.as_one:
            places: dict[int, int] = {0: 0}
            counted = replace(as_one(counted), again=None if counted.again is None else as_one(counted.again))
            targets = [other.promise.target]
        else:
            ids = [rung.id for rung in other.timings[0].rungs]
            places = {ids.index(name): place for place, name in enumerate(known) if name in ids}
            targets = [deadline.target for deadline in other.promise.deadlines]
        parts.append(_moved(counted, places))
        for own, place in places.items():
            target = targets[own]
            share = target.value if isinstance(target, Share) else None
            shares.setdefault(place, []).append((share, _due(counted.month(own, month))))
    again = [part.again for part in parts if part.again is not None]
    total = replace(merged(parts), again=merged(again) if again else None)
    if asked.as_one:
        promise = with_target(asked.promise, mean(shares.get(0, [])))
        return promise, replace(asked, promise=promise), total
    deadlines = tuple(
        deadline if (share := mean(shares.get(place, []))) is None else replace(deadline, target=Share(share))
        for place, deadline in enumerate(asked.promise.deadlines)
    )
    promise = replace(asked.promise, deadlines=deadlines)
    return promise, replace(asked, promise=promise), total


def _moved(counts: TimingCounts, places: Mapping[int, int]) -> TimingCounts:
    """The counts of rungs under the places that they have in another ladder; those without one are left out."""
    cells = {(places[rung], month): cell for (rung, month), cell in counts.cells.items() if rung in places}
    return TimingCounts(cells, counts.beyond, None if counts.again is None else _moved(counts.again, places))


def _due(rung: RungCounts) -> int:
    return rung[State.MET] + rung[State.LATE]


def whole(counts: Counted, month: Month) -> int:
    """How many leads of a month a tally is about."""
    return int(counts.month(month).get(WHOLE, 0)) if isinstance(counts, TallyCounts) else 0


def added_tallies(parts: Sequence[TallyCounts]) -> TallyCounts:
    """The numbers of several tallies, cell by cell."""
    cells: dict[tuple[Month | None, str | None], Numbers] = {}
    first: dict[Month | None, tuple[int, ...]] = {}
    for part in parts:
        for key, numbers in part.cells.items():
            known = cells.get(key, {})
            cells[key] = {
                name: known.get(name, Fraction(0)) + numbers.get(name, Fraction(0)) for name in {*known, *numbers}
            }
        for month, places in part.first.items():
            first[month] = first_of(first.get(month), places)
    return TallyCounts(cells, first)
