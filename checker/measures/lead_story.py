"""One lead from its first event to the cut-off: what each clock and each share made of it, and why.

The verdicts are asked of the same statements as those of all leads, restricted to this one, and each by the version of
the agreement that governs it: see `checker.measures.in_force`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from checker.agreement import Promise
from checker.errors import WrongUsage
from checker.funnel import Funnel
from checker.funnel.by_lead import ByLead, LeadTold
from checker.logic.aggregate import Rows
from checker.measures.added_up import InForce
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
from checker.measures.bench import Bench, set_up
from checker.measures.in_force import Ruled, judge_in_force, verdicts_of
from checker.measures.lead_clocks import clocks_of
from checker.measures.lead_known import LeadKnown
from checker.measures.leads_shown import LeadsShown
from checker.measures.listed import Routed
from checker.measures.run import Run, run, span_of
from checker.measures.story import ClockStory, Counted, LeadStory, NotAbout
from checker.measures.timeline import Timeline
from checker.measures.wording import none_of_in_words
from checker.message import Message, Written, any_of, say


def story_of(
    bench: Bench,
    funnel: Funnel,
    versions: Sequence[InForce],
    lead: str,
    as_of: date | None,
    *,
    with_personal: bool = False,
    language: str = "en",
) -> LeadStory:
    """The story of a lead by the versions that govern, the first in force first. `bench` is the working files'.

    Raises WrongUsage where there is no lead with this id, UnreadableInput.
    """
    by_lead = ByLead(bench.counter.engine, bench.counter.setting)
    survivor = by_lead.survivor(lead)
    if survivor is None:
        raise WrongUsage(_unknown(lead, by_lead.nearest(lead), with_personal=with_personal))
    timeline = bench.view.timeline
    runs: list[Run] = []
    clocks: list[ClockStory] = []
    for version in versions:
        runs.append(run(funnel, version, timeline, as_of, survivor))
        clocks += clocks_of(runs[-1], survivor, language)
    ruled = [item for item in judge_in_force(runs, timeline, None) if _is_about_leads(item, runs)]
    known = LeadKnown(set_up(versions[-1].agreement, funnel, as_of), funnel, survivor, with_personal=with_personal)
    counted = tuple(_counted(ruled, runs))
    agreement = bench.view.agreement
    zone = ZoneInfo(timeline.calendar.timezone)
    return LeadStory(
        known.shown.name(known.told),
        datetime.fromtimestamp(timeline.cut_off, zone),
        str(zone),
        versions[-1].version,
        asked_as=lead if lead != survivor else None,
        happenings=tuple(known.happenings()),
        route=_route(known, funnel, runs, timeline, as_of),
        clocks=tuple(sorted(clocks, key=lambda clock: _place(clock.promise, runs))),
        counted=counted,
        not_about=tuple(_not_about(known.told, clocks, counted, runs, timeline)),
        verdicts=tuple(item.verdict for item in ruled),
        owners={key: agreement.text(person.name, key) for key, person in (agreement.sections.people or {}).items()},
        **known.facts(),
    )


def _unknown(lead: str, near: tuple[str, ...], *, with_personal: bool) -> Message:
    message = say("there is no lead {lead} in the data", lead=Written(lead))
    shown = [name for name in near if with_personal or "@" not in name]
    return say("{problem}; did you mean {names}?", problem=message, names=any_of(shown)) if shown else message


def _place(promise: Promise, runs: Sequence[Run]) -> int:
    """Where a promise stands in the last version; what only older ones had comes last."""
    order = list(runs[-1].asked)
    return order.index(promise.id) if promise.id in order else len(order)


def _governing(moment: int | None, runs: Sequence[Run], timeline: Timeline) -> InForce:
    """The version in force at a moment; the last one without a moment."""
    for each in runs:
        span = span_of(each.governs, timeline)
        if moment is None or span is None:
            break
        if span[0] <= moment <= span[1]:
            return each.governs
    return runs[-1].governs


def _route(
    known: LeadKnown, funnel: Funnel, runs: Sequence[Run], timeline: Timeline, as_of: date | None
) -> Routed | None:
    """Who gets the lead, by the routing of the version in force when it was handed over, else by the last one's."""
    told, last = known.told, runs[-1].governs
    version = _governing(told.columns.get("at_handed_off"), runs, timeline)
    if version is last:
        route = known.shown.route(told)
        return None if route is None else replace(route, version=last.version)
    bench = set_up(version.agreement, funnel, as_of)
    shown = LeadsShown(bench.view, with_routes=True)
    one = ByLead(bench.counter.engine, bench.counter.setting).only(told.lead_id)
    ((_, found),) = one.leads(Rows.LEADS, None, None, shown.asked())
    route = shown.route(found)
    return None if route is None else replace(route, version=version.version)


# ---------------------------------------------------------------- what counts


def _asked(promise: str, runs: Sequence[Run]) -> Asked:
    """What the last version that has a promise asks."""
    return next(each.asked[promise] for each in reversed(runs) if promise in each.asked)


def _is_about_leads(ruled: Ruled, runs: Sequence[Run]) -> bool:
    return _asks_of_leads(_asked(ruled.promise.id, runs), runs[-1])


def _asks_of_leads(asked: Asked, last: Run) -> bool:
    view = last.bench.view
    match asked:
        case MonthlyAmount():
            return not view.is_total(asked.by)
        case CohortShare():
            return not view.is_total(asked.start)
        case Unmeasurable() | Noted():
            return False
        case _:
            return True


def _counted(ruled: Sequence[Ruled], runs: Sequence[Run]) -> Iterator[Counted]:
    """The promises in whose numbers the lead is, each by the versions that count it there."""
    found: dict[tuple[str, tuple[str, ...]], list[Ruled]] = {}
    for item in ruled:
        name, verdict = item.promise.id, item.verdict
        is_counting = isinstance(_asked(name, runs), (MonthlyShare, MonthlyAmount, CohortShare, Snapshot))
        if is_counting and verdict.id == name and counts_in(verdict):
            found.setdefault((name, _counting(item, runs)), []).append(item)
    for (_, versions), items in found.items():
        last = next(each for each in runs if each.governs.version == versions[-1])
        yield Counted(last.promise(items[0].promise.id), tuple(item.verdict for item in items), versions=versions)


def _counting(ruled: Ruled, runs: Sequence[Run]) -> tuple[str, ...]:
    """Of the versions that had a say on a month, those that count the lead in it."""
    names = tuple(version.version for version in ruled.versions)
    if len(names) == 1:
        return names
    own = tuple(
        each.governs.version
        for each in runs
        if each.governs.version in names
        and any(
            verdict.key == ruled.verdict.key and counts_in(verdict) for verdict in verdicts_of(each, ruled.promise.id)
        )
    )
    return own or names


def counts_in(verdict: Verdict) -> bool:
    """Whether the lead is in any number of a verdict on it alone."""
    others = (verdict.waiting, verdict.not_counted, verdict.not_owed, verdict.cannot_tell)
    own = verdict.denominator if verdict.unit == "share" else verdict.actual
    return bool(own) or any(others)


# ---------------------------------------------------------------- what does not


def _not_about(
    told: LeadTold, clocks: Sequence[ClockStory], counted: Sequence[Counted], runs: Sequence[Run], timeline: Timeline
) -> Iterator[NotAbout]:
    """The promises of the last version that say nothing of the lead."""
    last = runs[-1]
    named = {story.promise.id for story in clocks} | {item.promise.id for item in counted}
    for promise in last.governs.agreement.promises():
        if promise.id not in named:
            yield NotAbout(promise, _why_not(promise, told, runs, timeline), version=last.governs.version)


def _why_not(promise: Promise, told: LeadTold, runs: Sequence[Run], timeline: Timeline) -> Message:
    last = runs[-1]
    found = last.asked[promise.id]
    if isinstance(found, Unmeasurable):
        return say("it cannot be measured on this data: {reason}", reason=found.reason)
    if not _asks_of_leads(found, last):
        return say("it is not about single leads")
    moment = None
    if isinstance(found, AskedClock):
        moment = found.timings[0].starts
    elif isinstance(found, (MonthlyShare, MonthlyAmount)):
        moment = found.by
    elif isinstance(found, CohortShare):
        moment = found.start
    if moment is not None and f"at_{moment}" in told.columns:
        at = told.columns[f"at_{moment}"]
        if at is None:
            events = none_of_in_words([moment], last.governs.agreement)
            return say("the data holds no {events} of this lead", events=events)
        version = _governing(at, runs, timeline)
        if version.agreement.promise(promise.id) is None:
            return say("it was not promised yet on the day of this lead")
    return say("this lead is not among those that it is about")
