"""Judging by the releases in force: each lead by the version that governs it, added up where a month has several.

A version governs the leads whose clock starts, or whose moment falls, on its days; what began under it is judged by it
to the end. So every version is put to the data on its own (`Run`), counting its own days alone, and a month is added
up from the versions that have a say in it:

- of shares and clocks, what was kept and what was due are added up. Where they ask for different shares, the month's
  target is their mean, weighted by the leads that each is about: kept if all of them together are as many as both
  versions asked for.
- of amounts, each version's target counts for its share of the month's working days: 80 until 14 March 2027 and 100
  from the 15th are 80 × 10/22 + 100 × 12/22 = 90.9 in São Paulo.
- what is told as at the cut-off is judged by the version of that day, and so are a month's log and its ratios (what
  closes against the revenue, cost against customers) by that of its end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from checker.agreement import Promise
from checker.funnel.counts import TallyCounts, TimingCounts
from checker.measures.added_up import (
    Counted,
    InForce,
    added_clocks,
    added_tallies,
    mean,
    prorated,
    weight,
    whole,
    with_target,
)
from checker.measures.asked import (
    Asked,
    AskedClock,
    CohortShare,
    MonthlyAmount,
    MonthlyRatio,
    MonthlyShare,
    Noted,
    Snapshot,
    Unmeasurable,
    Verdict,
)
from checker.measures.completing import completed
from checker.measures.figures import funnel_counts
from checker.measures.judge import Judged, deciding, verdicts_on, with_offenders, within
from checker.measures.judging import not_measurable, without_counts
from checker.measures.run import Run
from checker.measures.timeline import Timeline
from checker.message import Written, say
from checker.quantity import Month, Period
from checker.record import Number
from checker.verdict import FunnelCount


@dataclass(frozen=True, slots=True)
class Ruled:
    """A verdict, the promise in the words of the last version that had a say, and all that had one."""

    verdict: Verdict
    promise: Promise
    versions: tuple[InForce, ...]
    decides: bool


def judge_in_force(runs: Sequence[Run], timeline: Timeline, period: Period | None) -> list[Ruled]:
    """The verdicts on all promises by the versions in force, the first of which comes first.

    Promises come in the order of the last version, then those that only older ones knew: of these no month decides,
    unless a period is asked for.
    """
    last = runs[-1].asked
    names = [*last, *dict.fromkeys(name for each in reversed(runs) for name in each.asked if name not in last)]
    told = {name: _judge(name, [each for each in runs if name in each.asked], timeline) for name in names}
    told = _completed(runs, told)
    judged = [_decided(name, runs, told[name], period, knows=name in last) for name in names]
    named = with_offenders(runs[-1].bench, judged)
    return [
        Ruled(
            verdict,
            _worded_by(told[name].by(verdict), item.promise),
            told[name].by(verdict),
            item.decides(verdict),
        )
        for name, item in zip(names, named, strict=True)
        for verdict in item.verdicts
    ]


def _worded_by(versions: Sequence[InForce], promise: Promise) -> Promise:
    return versions[-1].agreement.promise(promise.id) or promise


@dataclass(frozen=True, slots=True)
class _Told:
    """The verdicts on one promise, and by which versions each is; what none is of is the last one's."""

    verdicts: tuple[Verdict, ...]
    versions: Mapping[tuple[str, Month], tuple[InForce, ...]]
    last: InForce

    def by(self, verdict: Verdict) -> tuple[InForce, ...]:
        return self.versions.get(verdict.key, (self.last,))


def _completed(runs: Sequence[Run], told: Mapping[str, _Told]) -> dict[str, _Told]:
    """The verdicts with what stands beside them, each told by the last version that had a say."""
    found = {name: list(item.verdicts) for name, item in told.items()}
    for each in runs:
        bench = each.again() if len(runs) > 1 else each.bench
        for name, asked in each.asked.items():
            item = told[name]
            mine = [verdict.key for verdict in item.verdicts if item.by(verdict)[-1] is each.governs]
            if not mine:
                continue
            full = {
                verdict.key: verdict
                for verdict in completed(bench, each.promise(name), asked, each.counts.get(name), item.verdicts)
            }
            found[name] = [full[verdict.key] if verdict.key in mine else verdict for verdict in found[name]]
    return {name: replace(item, verdicts=tuple(found[name])) for name, item in told.items()}


def _decided(name: str, runs: Sequence[Run], told: _Told, period: Period | None, *, knows: bool) -> Judged:
    """The verdicts of a period, and those that decide; `knows` is whether the last version still has the promise."""
    promise = [each for each in runs if name in each.asked][-1].promise(name)
    kept = within(told.verdicts, period)
    if period is not None:
        return Judged(promise, tuple(kept), deciding(kept, period))
    known = promise.judged_ids() if knows else ()
    return Judged(promise, tuple(kept), frozenset(key for key in deciding(kept, period) if key[0] in known))


def _judge(name: str, runs: Sequence[Run], timeline: Timeline) -> _Told:
    """The verdicts on one promise, month by month."""
    alone = {id(each): verdicts_of(each, name) for each in runs}
    months = sorted({verdict.month for verdicts in alone.values() for verdict in verdicts})
    verdicts: list[Verdict] = []
    versions: dict[tuple[str, Month], tuple[InForce, ...]] = {}
    for month in months:
        having = [each for each in runs if each.says(name, month)]
        own = [(each, [verdict for verdict in alone[id(each)] if verdict.month == month]) for each in having]
        own = [(each, told) for each, told in own if told]
        if not own:
            continue
        by = tuple(each.governs for each, _ in (own[-1:] if _is_of_the_last(own[-1][0].asked[name]) else own))
        told = _of_month(name, [each for each, _ in own], month, timeline) or own[-1][1]
        ids = {verdict.id for verdict in told}
        for verdict in told:
            versions[verdict.id, month] = by
        for each, older in reversed(own[:-1]):
            for verdict in older:
                # a rung that only an older version has: its last leads fall due
                if verdict.id not in ids and verdict.denominator + verdict.waiting > 0:
                    told.append(verdict)
                    ids.add(verdict.id)
                    versions[verdict.id, month] = (each.governs,)
        verdicts += told
    promise = runs[-1].promise(name)
    order = {found: place for place, found in enumerate(dict.fromkeys(verdict.id for verdict in verdicts))}
    known = list(promise.judged_ids())
    verdicts.sort(key=lambda verdict: (_place(verdict.id, known, order), verdict.month))
    return _Told(tuple(verdicts), versions, runs[-1].governs)


def _place(name: str, known: Sequence[str], order: Mapping[str, int]) -> int:
    return known.index(name) if name in known else len(known) + order[name]


def verdicts_of(each: Run, name: str) -> list[Verdict]:
    """The verdicts on a promise by one version alone."""
    return verdicts_on(each.promise(name), each.asked[name], each.counts.get(name), each.bench.view)


# ---------------------------------------------------------------- a month of several versions


def _of_month(name: str, runs: Sequence[Run], month: Month, timeline: Timeline) -> list[Verdict]:
    """The verdicts of a month, added up; empty where the last version's own are right as they are."""
    last = runs[-1]
    asked = last.asked[name]
    is_whole = weight(last.governs, month, timeline) == 1
    if len(runs) == 1 and (is_whole or not isinstance(asked, MonthlyAmount)):
        return []
    if _is_of_the_last(asked):
        return []
    if not all(_can_be_added(asked, each.asked[name]) for each in runs):
        return _cannot_be_added(name, runs, month)
    promise = last.promise(name)
    judged = _added_up(
        asked, promise, [(each, each.asked[name], each.counts.get(name)) for each in runs], month, timeline
    )
    return [verdict for verdict in verdicts_on(*judged, last.bench.view) if verdict.month == month]


def _is_of_the_last(asked: Asked) -> bool:
    """Whether what is asked is one thing at the month's end, of which no part is an older version's."""
    return isinstance(asked, (MonthlyRatio, Snapshot)) or (isinstance(asked, Noted) and asked.unit == "share")


def _added_up(
    asked: Asked, promise: Promise, parts: Sequence[tuple[Run, Asked, Counted]], month: Month, timeline: Timeline
) -> tuple[Promise, Asked, Counted]:
    """The promise, what it asks and the counts as if one version had asked for all of it."""
    weights = [weight(each.governs, month, timeline) for each, _, _ in parts]
    total = added_tallies([counted for _, _, counted in parts if isinstance(counted, TallyCounts)])
    match asked:
        case AskedClock():
            return added_clocks(asked, [(other, counted) for _, other, counted in parts], month)
        case Noted():
            planned = [other.planned for _, other, _ in parts if isinstance(other, Noted)]
            return promise, replace(asked, planned=prorated(planned, weights)), None
        case MonthlyAmount():
            targets = [other.target for _, other, _ in parts if isinstance(other, MonthlyAmount)]
            return promise, replace(asked, target=prorated(targets, weights)), total
        case CohortShare():
            shares = [
                (other.target(month), whole(item, month)) for _, other, item in parts if isinstance(other, CohortShare)
            ]
            share = mean(shares)
            return promise, replace(asked, target=lambda _: share), total
        case _:
            wanted = [(each.bench.view.target(each.promise(promise.id)), whole(item, month)) for each, _, item in parts]
            return with_target(promise, mean(wanted)), asked, total


def _can_be_added(asked: Asked, other: Asked) -> bool:
    """Whether two versions measure the same kind of thing: a count of leads and a share are no sum."""
    if isinstance(asked, Unmeasurable) or type(asked) is not type(other):
        return False
    if isinstance(asked, MonthlyAmount) and isinstance(other, MonthlyAmount):
        return asked.unit == other.unit
    return not (isinstance(asked, MonthlyShare) and isinstance(other, MonthlyShare)) or asked.at_most is other.at_most


def _cannot_be_added(name: str, runs: Sequence[Run], month: Month) -> list[Verdict]:
    """The last version's verdicts, where nothing of the month can be said."""
    last = [verdict for verdict in verdicts_of(runs[-1], name) if verdict.month == month]
    if isinstance(runs[-1].asked[name], Unmeasurable):
        return last
    asked = [each.asked[name] for each in runs]
    why = next((other.reason for other in asked if isinstance(other, Unmeasurable)), None) or say(
        "versions {first} and {last} promise different things under this name, which cannot be added up",
        first=Written(runs[-2].governs.version),
        last=Written(runs[-1].governs.version),
    )
    return [without_counts(not_measurable(verdict, why)) for verdict in last]


# ---------------------------------------------------------------- the funnel


def funnel_in_force(runs: Sequence[Run], timeline: Timeline, period: Period | None) -> list[FunnelCount]:
    """How many leads reached each stage, each counted by the version of its day; targets by their working days."""
    found: dict[tuple[str, str | None, str], list[tuple[FunnelCount, Fraction]]] = {}
    for each in runs:
        of_stages = {name: item for name, item in each.counts.items() if not isinstance(item, TimingCounts)}
        for counted in funnel_counts(each.bench.view, of_stages, period):
            part = weight(each.governs, Month.parse(counted.period), timeline)
            if part or counted.count:
                found.setdefault((counted.period, counted.channel, counted.stage), []).append((counted, part))
    stages = list(dict.fromkeys(stage for each in reversed(runs) for stage in each.bench.view.agreement.stages))
    order = sorted(found, key=lambda key: (key[0], key[1] is not None, key[1] or "", stages.index(key[2])))
    return [_added(found[key]) for key in order]


def _added(parts: Sequence[tuple[FunnelCount, Fraction]]) -> FunnelCount:
    last = parts[-1][0]
    counts = [part.count for part, _ in parts if part.count is not None]
    targets = [Fraction(str(part.target)) * weight for part, weight in parts if part.target is not None]
    total = sum(targets, Fraction(0)) if targets else None
    return last.model_copy(update={"count": sum(counts) if counts else None, "target": _number(total)})


def _number(value: Fraction | None) -> Number | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)
