"""Each changed promise on the past months: kept or missed, under the old text and under the new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from checker.agreement import Agreement
from checker.agreement.base import prose
from checker.change import Change
from checker.impact import Judged, PromiseImpact
from checker.measures.asked import Verdict
from checker.measures.bench import Bench
from checker.measures.judge import judge, questions, tallies_of
from checker.quantity import Month, Period

Verdicts = Mapping[tuple[str, str], Mapping[Month, Verdict]]
"""Promise and what is judged by it (itself, or a rung) -> its verdicts by month."""


def judged_in(bench: Bench, period: Period) -> Verdicts:
    """The verdicts on all promises of an agreement in some months."""
    view = bench.view
    asked = questions(view)
    counts = bench.counter.tallies(tallies_of(asked, view))
    found: dict[tuple[str, str], dict[Month, Verdict]] = {}
    for item in judge(bench, asked, counts, period):
        for verdict in item.verdicts:
            found.setdefault((item.promise.id, verdict.id), {})[verdict.month] = verdict
    return found


def promise_impacts(
    old: Agreement, new: Agreement, changes: Iterable[Change], before: Verdicts, after: Verdicts, period: Period
) -> tuple[PromiseImpact, ...]:
    """The promises that are judged otherwise, and those that were edited, in the order of the new text.

    Of an edited ladder only the rungs are told that differ, unless none does.
    """
    edited = {change.what.split(".")[0] for change in changes if not change.is_editorial}
    found = [
        impact
        for key in dict.fromkeys([*after, *before])
        if (impact := _impact(key, old, new, before.get(key, {}), after.get(key, {}), period)) is not None
    ]
    differing = {impact.promise for impact in found if not impact.is_same}
    return tuple(
        impact
        for impact in found
        if not impact.is_same or (impact.promise in edited and impact.promise not in differing)
    )


def _impact(
    key: tuple[str, str],
    old: Agreement,
    new: Agreement,
    before: Mapping[Month, Verdict],
    after: Mapping[Month, Verdict],
    period: Period,
) -> PromiseImpact | None:
    name, judged_id = key
    agreement, promise = next(
        ((side, promise) for side in (new, old) if (promise := side.promise(name)) is not None), (new, None)
    )
    months = {
        month: (_judged(before.get(month)), _judged(after.get(month)))
        for month in period
        if month in before or month in after
    }
    if promise is None or not months:
        return None
    first = next(iter([*after.values(), *before.values()]))
    return PromiseImpact(
        promise=name,
        sentence=prose(promise.sentence, agreement.language),
        rung=judged_id.removeprefix(f"{name}.") if judged_id != name else None,
        owes=promise.owes,
        unit=first.unit,
        at_most=first.at_most,
        months=months,
        worse=tuple(_only_in(after, before, period)),
        better=tuple(_only_in(before, after, period)),
    )


def _only_in(one: Mapping[Month, Verdict], other: Mapping[Month, Verdict], period: Period) -> Iterator[str]:
    """The leads of which surely only the verdicts of one text say that they are not as promised.

    Nobody, where the other text's leads are not all known by name: a lead's month may be another one by its deadline.
    """
    if not one or not other or any(len(each.offenders) < each.offender_count for each in other.values()):
        return
    known = {lead for each in other.values() for lead in each.offenders}
    for month, verdict in one.items():
        if month in period:
            yield from (lead for lead in verdict.offenders if lead not in known)


def _judged(verdict: Verdict | None) -> Judged | None:
    if verdict is None:
        return None
    return Judged(verdict.status, verdict.numerator, verdict.denominator, verdict.target, verdict.why)
