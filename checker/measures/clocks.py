"""Promises with a deadline: from one event to another, within a time.

A lead belongs to the month in which its deadline falls and is due once that lies at or before the cut-off; nothing
else is in the share. Clocks never restart; silence is late; agreed exceptions and leads with which the other side
failed first are counted, and are in no share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from checker.agreement import Agreement, Deadline, Promise
from checker.agreement.conditions import Meets, Question
from checker.agreement.promises import Clock, LateWith
from checker.funnel.counts import RungCounts, TimingCounts
from checker.funnel.offenders import merged as first_of
from checker.logic.aggregate import Fits, Opposite, Rows, Rung, State, Timing
from checker.logic.clock import Counted, counted
from checker.logic.statistics import nearest_rank_of_counts
from checker.measures.asked import Again, AskedClock, Needs, Unmeasurable, Verdict
from checker.measures.judging import (
    ShareCounts,
    Target,
    closed_share,
    of_share,
    open_share,
    uncovered,
)
from checker.measures.view import View
from checker.measures.wording import all_of_in_words, written
from checker.message import Written, say
from checker.quantity import Month, Share
from checker.verdict import Status

OF_THE_SELLER = "of the seller"
WRONGLY_QUALIFIED = "wrongly_qualified"
"""In `not_owed_when`: the lead did not meet the criteria when it was handed over."""
NO_CALENDAR = ""
"""The name of the calendar of an agreement that names no working time: open day and night."""


def ask_clock(promise: Promise, view: View) -> AskedClock | Unmeasurable:
    """What a promise with a deadline asks of the data, or why it cannot be asked."""
    clock = promise.clock
    if clock is None:
        raise ValueError(f"{promise.id} has no deadline")
    needs = Needs(events=(clock.starts, clock.stops), fields=tuple(_fields(promise, view)))
    refused = view.missing(needs) or _without_calendar(promise, view) or _too_coarse(promise, view)
    if refused is not None:
        return refused
    if any(not isinstance(deadline.target, Share) for deadline in promise.deadlines):
        return Unmeasurable(say("it names no share that must be in time"))
    timings = tuple(_timings(promise, view, follow=True))
    return AskedClock(promise, timings, again=tuple(_again(timings, view)))


def _again(timings: Iterable[Timing], view: View) -> Iterable[Timing]:
    """The same clocks for leads that are handed over a second time, where the data tells what happened then."""
    second = view.others.get(Rows.AGAIN)
    for timing in timings:
        if second is not None and timing.starts == "handed_off" and second.has(f"at_{timing.stops}"):
            # how late the first handoff was says nothing of the second one
            yield replace(timing, rows=Rows.AGAIN, late_on=())


def _fields(promise: Promise, view: View) -> Iterable[str]:
    """The fields that decide which leads the promise, and each of its rungs, is about."""
    asked: list[Question] = [] if promise.only is None else [promise.only]
    asked += [deadline.when for deadline in promise.deadlines if deadline.when is not None]
    for node in asked:
        for leaf in view.agreement.reached(node):
            yield leaf.field


def _without_calendar(promise: Promise, view: View) -> Unmeasurable | None:
    is_business = any(deadline.time.unit.is_business for deadline in promise.deadlines)
    for name in calendars_of(promise, view.agreement):
        if name == NO_CALENDAR and is_business:
            return Unmeasurable(say("its deadline is in working time, and the agreement names none"))
        if name in view.broken_calendars:
            return Unmeasurable(view.broken_calendars[name])
        if name != NO_CALENDAR and name not in (view.agreement.sections.working_time or {}):
            return Unmeasurable(say("there is no working time {name}", name=Written(name)))
    return None


def _too_coarse(promise: Promise, view: View) -> Unmeasurable | None:
    """A deadline that asks for the time of the day where the data has only dates."""
    clock = promise.clock
    if clock is None or not all(is_within_a_day(deadline) for deadline in promise.deadlines):
        return None
    events = [event for event in (clock.starts, clock.stops) if event in view.only_dates]
    if not events:
        return None
    return Unmeasurable(
        say(
            "its deadline is {within}, and the data holds {events} by day only",
            within=promise.deadlines[0].time,
            events=all_of_in_words(events, view.agreement),
        ),
        say("times of the day, not only dates, for {names}", names=written(events)),
    )


def is_within_a_day(deadline: Deadline) -> bool:
    """Whether a deadline asks for the time of the day, and not only for dates."""
    return counted(deadline.time) in (Counted.WORKING_TIME, Counted.ELAPSED_TIME)


# ---------------------------------------------------------------- calendars


def calendars_of(promise: Promise, agreement: Agreement) -> dict[str, tuple[str | None, ...] | None]:
    """The calendars that the promise's leads follow -> the sellers of each, None where it is all leads."""
    clock = promise.clock
    first = first_calendar(agreement)
    if clock is None or clock.working_time is None:
        return {first: None}
    if clock.working_time != OF_THE_SELLER:
        return {clock.working_time: None}
    sellers = agreement.sections.sellers or {}
    own = {name: seller.working_time for name, seller in sellers.items() if seller.working_time not in (None, first)}
    found: dict[str, list[str | None]] = {}
    for name, calendar in own.items():
        found.setdefault(calendar or first, []).append(name)
    if not found:
        return {first: None}
    others: list[str | None] = [None, *(name for name in sellers if name not in own)]
    return {first: tuple(others), **{calendar: tuple(names) for calendar, names in found.items()}}


def first_calendar(agreement: Agreement) -> str:
    """The working time that holds where a promise names none."""
    return next(iter(agreement.sections.working_time or {}), NO_CALENDAR)


def _timings(promise: Promise, view: View, *, follow: bool) -> Iterable[Timing]:
    """The promise as a timing for each calendar. With `follow`, clocks of the other side that excuse it are in it."""
    clock = promise.clock
    if clock is None:
        return
    rungs = tuple(
        Rung(judged_id, deadline.when, deadline.time)
        for judged_id, deadline in zip(promise.judged_ids(), promise.deadlines, strict=True)
    )
    stage = view.handoff_stage
    for calendar, owners in calendars_of(promise, view.agreement).items():
        yield Timing(
            clock.starts,
            clock.stops,
            rungs,
            calendar,
            only=promise.only,
            owners=owners,
            spared=view.spared(promise.id, clock.starts),
            not_owed=_wrongly_qualified(clock, view),
            late_on=tuple(_late_on(clock, view)) if follow else (),
            not_before=f"became_{stage}" if stage and clock.stops == "first_personal_contact" else None,
            rows=view.rows_of(clock.starts),
        )


def _wrongly_qualified(clock: Clock, view: View) -> tuple[Opposite, ...]:
    stage = view.handoff_stage
    if WRONGLY_QUALIFIED not in (clock.not_owed_when or ()) or stage not in view.agreement.named_conditions:
        return ()
    return (Opposite(Fits(Meets(str(stage), ("stages", str(stage))), "handed_off")),)


def _late_on(clock: Clock, view: View) -> Iterable[Timing]:
    for excuse in clock.not_owed_when or ():
        other = view.agreement.promise(excuse.late) if isinstance(excuse, LateWith) else None
        if other is not None and other.clock is not None and not isinstance(ask_excuse(other, view), Unmeasurable):
            yield from _timings(other, view, follow=False)


def ask_excuse(other: Promise, view: View) -> Unmeasurable | None:
    """Why another side's clock cannot be asked, so that it excuses nobody."""
    clock = other.clock
    if clock is None:
        return Unmeasurable(say("{promise} has no deadline", promise=Written(other.id)))
    return view.missing(Needs(events=(clock.starts, clock.stops))) or _without_calendar(other, view)


# ---------------------------------------------------------------- verdicts


def judge_clock(asked: AskedClock, counts: TimingCounts, view: View) -> list[Verdict]:
    """The verdicts of each rung and month, rung by rung."""
    months = view.months([asked.timings[0].starts])
    targets = [asked.promise.target] if asked.as_one else [each.target for each in asked.promise.deadlines]
    counted = as_one(counts) if asked.as_one else counts
    return [
        _judge_month(asked, counted, place, month, Target(target.value), view)
        for place, target in enumerate(targets)
        for month in months
        if isinstance(target, Share)
    ]


def _judge_month(
    asked: AskedClock, counts: TimingCounts, place: int, month: Month, target: Target, view: View
) -> Verdict:
    rung = counts.month(place, month)
    verdict = Verdict(
        asked.timings[0].rungs[place].id,
        month,
        Status.OPEN,
        "share",
        about=view.is_about(asked.events),
        median_seconds=nearest_rank_of_counts(rung.used, Fraction(1, 2)),
        p90_seconds=nearest_rank_of_counts(rung.used, Fraction(9, 10)),
        first_offenders=rung.first,
    )
    if counts.again is not None:
        verdict = replace(verdict, again=_again_counts(counts.again.month(place, month)))
    shares = _share_counts(rung)
    verdict = of_share(verdict, shares, target)
    lacking = uncovered(verdict, view, asked.events)
    if lacking is not None:
        return lacking
    if shares.waiting or not view.timeline.is_over(month):
        planned = _planned(asked, counts, place, month, view)
        return open_share(verdict, shares, target, view.timeline.days_gone(month), planned)
    return closed_share(verdict, shares, target)


def _again_counts(rung: RungCounts) -> Again:
    return Again(rung[State.MET], rung[State.MET] + rung[State.LATE], rung[State.WAITING])


def _share_counts(rung: RungCounts) -> ShareCounts:
    due = rung[State.MET] + rung[State.LATE]
    return ShareCounts(
        part=rung[State.MET],
        whole=due,
        waiting=rung[State.WAITING],
        not_counted=rung[State.NOT_COUNTED],
        not_owed=rung[State.NOT_OWED],
        cannot_tell=rung[State.CANNOT_TELL],
        unsure=rung[State.UNSURE],
        asked=due + rung[State.CANNOT_TELL],
        silent=rung.silent,
    )


def _planned(asked: AskedClock, counts: TimingCounts, place: int, month: Month, view: View) -> Fraction | None:
    """How many leads the plan expects on a rung: of the stage's number, the rung's part of what came so far."""
    if asked.promise.only is not None:
        return None
    stage = _stage_of(asked.timings[0].starts, view)
    number = None if stage is None else view.plan.number(stage, month)
    if number is None:
        return None
    own, all_rungs = (
        sum(
            _share_counts(counts.month(each, month)).whole + counts.month(each, month)[State.WAITING] for each in places
        )
        for places in ([place], range(len(asked.timings[0].rungs)))
    )
    return number * own / all_rungs if all_rungs else None


def _stage_of(event: str, view: View) -> str | None:
    if event == "handed_off":
        return view.handoff_stage
    stage = event.removeprefix("became_")
    return stage if stage in view.agreement.stages else None


def merged(parts: Iterable[TimingCounts]) -> TimingCounts:
    """The counts of one clock over the sellers of several calendars."""
    cells: dict[tuple[int, Month], RungCounts] = {}
    since: dict[tuple[int, int], RungCounts] = {}
    beyond = 0
    for part in parts:
        beyond += part.beyond
        for key, rung in part.cells.items():
            _add(cells.setdefault(key, RungCounts()), rung)
        for place, rung in part.since.items():
            _add(since.setdefault(place, RungCounts()), rung)
    return TimingCounts(cells, beyond, since=since)


def as_one(counts: TimingCounts) -> TimingCounts:
    """The counts of all rungs together, as those of the first one."""
    cells: dict[tuple[int, Month], RungCounts] = {}
    since: dict[tuple[int, int], RungCounts] = {}
    for (_, month), rung in counts.cells.items():
        _add(cells.setdefault((0, month), RungCounts()), rung)
    for (_, place), rung in counts.since.items():
        _add(since.setdefault((0, place), RungCounts()), rung)
    return TimingCounts(cells, counts.beyond, since=since)


def _add(into: RungCounts, rung: RungCounts) -> None:
    into.silent += rung.silent
    into.first = first_of(into.first, rung.first)
    for state, count in rung.states.items():
        into.states[state] = into[state] + count
    for seconds, count in rung.used.items():
        into.used[seconds] = into.used.get(seconds, 0) + count
