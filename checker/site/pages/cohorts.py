"""What became of each month's leads: of those that came to a stage in a month, how many have gone on to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from checker.logic.plan import DerivedPlan
from checker.quantity import Month
from checker.site.basis import Basis
from checker.site.pages.plan_numbers import NOTHING
from checker.standing import month_of
from checker.verdict import Cohort

MOST_MONTHS = 6


@dataclass(frozen=True)
class Followed:
    """A table: its head, a row a month with the newest first, and the agreed rates below them."""

    head: tuple[Markup, ...]
    rows: tuple[tuple[Markup, ...], ...]
    agreed: tuple[Markup, ...]


def followed(basis: Basis, plan: DerivedPlan) -> Followed | None:
    """The cohorts of the last months; None where the check followed none."""
    cohorts = {
        (month, cohort.stage, cohort.reaches): cohort
        for cohort in (basis.results.cohorts if basis.results else ())
        if cohort.channel is None and (month := month_of(cohort.period)) is not None and cohort.entered
    }
    steps = [
        (first, second)
        for first, second, _ in basis.agreement.conversions()
        if any((first, second) == key[1:] for key in cohorts)
    ]
    months = sorted({month for month, _, _ in cohorts}, reverse=True)[:MOST_MONTHS]
    if not steps:
        return None
    names, voice = basis.names, basis.voice
    head = [
        voice.gettext("{first} → {second}", first=names.short_stage(first), second=names.short_stage(second))
        for first, second in steps
    ]
    rows = [
        (voice.month(month), *(_cell(basis, cohorts.get((month, first, second))) for first, second in steps))
        for month in months
    ]
    return Followed((voice.gettext("Month"), *head), tuple(rows), tuple(_agreed(basis, plan, months[0], steps)))


def _cell(basis: Basis, cohort: Cohort | None) -> Markup:
    """A share with its n; of a month that is old enough the share that decides, else how many so far."""
    if cohort is None:
        return NOTHING
    is_judged = cohort.within is not None and cohort.within_count is not None
    reached = cohort.within_count if is_judged and cohort.within_count is not None else cohort.reached
    words = (
        basis.voice.gettext("{part} of {whole}", part=reached, whole=cohort.entered)
        if is_judged
        else basis.voice.gettext("{part} of {whole} so far", part=reached, whole=cohort.entered)
    )
    return Markup('<b>{}</b> <span class="sla-n">{}</span>').format(basis.voice.tenths(reached / cohort.entered), words)


def _agreed(basis: Basis, plan: DerivedPlan, month: Month, steps: list[tuple[str, str]]) -> Iterator[Markup]:
    """The planned rate of all channels together, in the newest of the months."""
    yield basis.voice.gettext("Agreed")
    for first, _ in steps:
        rate = plan.mixed_rate(plan.stages.index(first), month)
        yield NOTHING if rate is None else basis.voice.share(rate)
