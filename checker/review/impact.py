"""What a change would have done to leads that really came: both versions put to the same data, which is read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.events import became
from checker.change import Changes
from checker.errors import NothingToJudge
from checker.funnel import Funnel
from checker.funnel.versions import NEW, OLD, AskedOfLeads, count_leads, keep_answers, keep_leads, months_with_leads
from checker.impact import Impact, ListKind, ReadBy
from checker.logic.aggregate import Fits, Happened, field_is
from checker.measures.bench import set_up
from checker.measures.timeline import Covered
from checker.measures.view import View
from checker.message import Message, say
from checker.quantity import Month, Period
from checker.review.effect import asked_people
from checker.review.impact_of_lists import asked_lists, list_impact
from checker.review.impact_of_payload import asked_payload
from checker.review.impact_of_plan import costs, loads, more_a_month
from checker.review.impact_of_promises import judged_in, promise_impacts
from checker.review.impact_of_rates import rate_impacts
from checker.review.impact_of_stages import CUSTOMER, HANDED_OVER, asked_conditions, entered, stage_impacts
from checker.review.real_leads import answers_that_moved, with_real_leads

MOST_MONTHS = 3
"""A quarter; of data that holds no whole one, so many whole months."""


def with_impact(
    old: Agreement,
    new: Agreement,
    changes: Changes,
    funnel: Funnel,
    read_by: ReadBy,
    as_of: date | None = None,
    period: Period | None = None,
) -> Changes:
    """The changes with what they do to real leads: both versions are put to a funnel.

    It is looked at as things stood at the end of a day (`as_of`), else at the last stamp. The leads are those
    that came in `period`: without it, in the last whole quarter of the data. Raises NothingToJudge where the data holds
    no whole month, WrongUsage, UnreadableInput, MissingExtra.
    """
    bench = set_up(new, funnel, as_of, looking_back=True)
    view = bench.view
    events = _arrivals(view)
    if not events:
        raise NothingToJudge(say("the data holds no event of any lead, so there is nothing to judge"))
    marks = {CUSTOMER: Happened(became(new.stage_named("won") or "")), HANDED_OVER: Happened("handed_off")}
    marks |= {entered(stage): Happened(became(stage)) for stage in new.stages}
    personas = {name: Fits(field_is("persona", name)) for name in new.sections.personas or {}}
    keep_leads(funnel.engine, bench.counter.setting, events, personas, marks)
    asked = period if period is not None else _last_whole(view, events[0])
    came = months_with_leads(funnel.engine)
    if asked is None:
        raise NothingToJudge(say("the data holds no whole month of leads that is over, so there is nothing to compare"))
    if not any(month in came for month in asked):
        raise NothingToJudge(_no_lead_in(asked, came))
    moments = {stage: view.arrival(stage) for stage in new.stages}
    keep_answers(funnel.engine, bench.counter.setting, NEW, _asked_by(new, changes, moments))
    after = judged_in(bench, _with_neighbours(asked))
    before_bench = set_up(old, funnel, as_of, looking_back=True)
    keep_answers(funnel.engine, before_bench.counter.setting, OLD, _asked_by(old, changes, moments))
    before = judged_in(before_bench, _with_neighbours(asked))
    stages = stage_impacts(old, new, view, funnel.engine, asked)
    whole = _whole_months(view, events[0], asked)
    held = stages if whole == asked else stage_impacts(old, new, view, funnel.engine, whole) if whole else ()
    more = more_a_month(held, view.handoff_stage, whole) if whole else Fraction(0)
    data = funnel.data()
    release = new.sections.release
    impact = Impact(
        period=asked,
        as_of=view.timeline.today,
        leads=count_leads(funnel.engine, asked),
        files=data.files,
        read_by=read_by,
        stages=stages,
        lists=tuple(
            found for kind in ListKind if (found := list_impact(kind, old, new, changes.changes, funnel.engine, asked))
        ),
        promises=promise_impacts(old, new, changes.changes, before, after, asked),
        rates=rate_impacts(new, stages, view, funnel.engine, asked),
        more_a_month=more,
        load=loads(before_bench, bench, stages, more, asked),
        costs=costs(old, new, before_bench.view.plan, view.plan),
        holds_from=release.valid_from if release is not None and release != old.sections.release else None,
        asked=asked_people(new, changes.changes),
        notes=tuple(_notes(view, asked, period, events[0])),
    )
    answers = answers_that_moved(old, new, changes.changes, funnel.engine, asked)
    return replace(changes, changes=with_real_leads(changes.changes, impact, answers), impact=impact)


def _asked_by(agreement: Agreement, changes: Changes, moments: Mapping[str, str]) -> AskedOfLeads:
    """All that one version is asked of every lead."""
    payload = asked_payload(agreement, changes.changes)
    return asked_conditions(agreement, moments) | asked_lists(agreement) | payload


def _no_lead_in(asked: Period, came: frozenset[Month]) -> Message:
    if not came:
        return say("no lead came in {period}", period=asked)
    there = Period(min(came), max(came))
    return say("no lead came in {period}: the data holds leads of {there}", period=asked, there=there)


def _with_neighbours(period: Period) -> Period:
    """The months with the ones beside them, into which another deadline may move a lead."""
    return Period(period.first + -1, period.last + 1)


def _arrivals(view: View) -> list[str]:
    """The events by which a lead may have come, in the order of the stages."""
    agreement = view.agreement
    named = [became(name) for name, stage in agreement.stages.items() if stage.is_ != "anonymous"]
    return [event for event in dict.fromkeys([*named, "handed_off"]) if view.has_event(event)]


def _last_whole(view: View, event: str) -> Period | None:
    """The last quarter of which the data holds every month to its end; else the last whole months, at most three."""
    timeline = view.timeline
    coverage = timeline.coverage.get(event)
    first = Month.of(coverage.first) if coverage is not None else timeline.month
    there = Period(first, timeline.month) if first <= timeline.month else ()
    months = [month for month in there if _is_whole(view, event, month)]
    for month in reversed(months):
        if month.number % 3 == 0 and {month + -1, month + -2} <= set(months):
            return Period(month + -2, month)
    last = months[-MOST_MONTHS:]
    while last and last[-1] - last[0] + 1 != len(last):
        last = last[1:]
    return Period(last[0], last[-1]) if last else None


def _is_whole(view: View, event: str, month: Month) -> bool:
    """Whether a month is over, and the data of an event holds all of it."""
    timeline = view.timeline
    is_covered = timeline.covered([event], month.first_day, month.last_day) is Covered.WHOLE
    return is_covered and timeline.is_over(month) and month.first_day >= timeline.calendar.first


def _whole_months(view: View, event: str, asked: Period) -> Period | None:
    """The months of a period of which the data holds all: what comes a month is counted in these."""
    whole = [month for month in asked if _is_whole(view, event, month)]
    return Period(whole[0], whole[-1]) if whole and whole[-1] - whole[0] + 1 == len(whole) else None


def _notes(view: View, asked: Period, wanted: Period | None, event: str) -> list[Message]:
    """What the reader must know of the months: chosen without being whole quarters, or not whole in the data."""
    found = []
    first, last = asked.first.first_day, asked.last.last_day
    is_quarter = len(asked) == MOST_MONTHS and asked.last.number % 3 == 0
    if wanted is None and not is_quarter:
        found.append(say("The data holds no whole quarter: these are the last whole months in it"))
    if view.timeline.covered([event], first, last) is not Covered.WHOLE or not view.timeline.is_over(asked.last):
        found.append(say("The data does not hold all of {period}", period=asked))
    return found
