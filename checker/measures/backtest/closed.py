"""The leads whose end is known: won, lost, or so old that who has not bought by now hardly will."""

from __future__ import annotations

import math
from collections import Counter as Count
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from checker.agreement.events import became
from checker.errors import NothingToJudge, UnreadableInput
from checker.funnel.counts import TallyCounts
from checker.logic.aggregate import (
    ARRIVED,
    Aggregate,
    Crossing,
    DayOf,
    Every,
    Fact,
    Happened,
    OnDays,
    Some,
    Surely,
    Tally,
)
from checker.logic.statistics import nearest_rank_of_counts
from checker.measures.bench import Bench
from checker.message import Message, Written, say

CYCLES = Fraction(3, 2)
"""A lead is old once it is older than so many sales cycles."""
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Closed:
    """Which leads are looked at.

    `won` bought, `ended` bought or are lost, `among` are those who are looked at: `closed` leads, while `young` have no
    end yet. `cycle` is the median number of days from a lead's arrival to its purchase, `age` the days after which a
    lead is old; `old` is the last day on which old leads came. Leads that came before `later_from` found thresholds,
    those of `later` judge them: each side has about half of the customers. `is_lost_told` says whether the data tells
    lost leads.
    """

    won: Fact
    ended: Fact
    among: Fact
    later: Fact
    cycle: int
    age: int
    old: date
    later_from: date
    closed: int
    young: int
    is_lost_told: bool


def closed_leads(bench: Bench) -> Closed:
    """Finds them. Raises NothingToJudge where the data does not tell who bought, or nobody or everybody did."""
    view = bench.view
    stage = view.agreement.stage_named("won")
    if stage is None:
        raise NothingToJudge(_no_won_stage())
    if not view.has_event(became(stage)):
        raise NothingToJudge(
            say("the data does not say which leads became {stage}, so no criterion can be tested", stage=stage)
        )
    won = Surely(Happened(became(stage)))
    bought = bench.counter.crossing(
        "customers by their days", Crossing({}, {"came": DayOf(ARRIVED), "won": DayOf(became(stage))}, won)
    )
    ages: Count[int] = Count()
    came: Count[int] = Count()
    for group in bought:
        first, last = group.numbers["came"], group.numbers["won"]
        if first is not None and last is not None:
            ages[max(int(last - first), 0)] += group.leads
            came[int(first)] += group.leads
    cycle = nearest_rank_of_counts(ages, Fraction(1, 2)) if ages else None
    if cycle is None:
        raise NothingToJudge(say("no lead of the data bought, so no criterion can be tested"))
    age = math.ceil(CYCLES * cycle)
    today = view.timeline.today
    old = today - timedelta(days=age)
    is_lost_told = view.has_event("lost")
    ended = Some((won, Surely(Happened("lost")))) if is_lost_told else won
    later_from = _EPOCH + timedelta(days=_half(came))
    among = Some((ended, OnDays(ARRIVED, view.timeline.calendar.first, old)))
    counted = bench.counter.crossing(
        "leads whose end is known", Crossing({"closed": among, "won": won}, {}, _has_come(bench))
    )
    closed = sum(group.leads for group in counted if group.answers["closed"])
    if closed == sum(group.leads for group in counted if group.answers["won"]):
        raise NothingToJudge(
            say("every lead of the data whose end is known bought, so there is nobody to compare them with")
        )
    return Closed(
        won,
        ended,
        among,
        OnDays(ARRIVED, later_from, today),
        cycle,
        age,
        old,
        later_from,
        closed,
        sum(group.leads for group in counted) - closed,
        is_lost_told,
    )


def _has_come(bench: Bench) -> Fact:
    """That a lead has a day at all."""
    timeline = bench.view.timeline
    return OnDays(ARRIVED, timeline.calendar.first, timeline.today)


def _half(came: Mapping[int, int]) -> int:
    """The day from which on about the later half of the customers came."""
    total, before = sum(came.values()), 0
    for day, count in sorted(came.items()):
        if 2 * before >= total:
            return day
        before += count
    return max(came)


def _no_won_stage() -> Message:
    return say("no stage of the agreement says that a lead bought (`is: won`), so no criterion can be tested")


def all_of_these(*facts: Fact) -> Fact:
    """All of the facts, each surely."""
    return Every(tuple(Surely(fact) for fact in facts))


def counted(bench: Bench, title: str, numbers: Mapping[str, Aggregate]) -> Mapping[str, int]:
    """Several numbers of all leads, in one statement. Raises UnreadableInput where they cannot be counted."""
    found = bench.counter.tallies({title: Tally(None, numbers)})[title]
    if not isinstance(found, TallyCounts):
        reason = found.reason if found is not None else ""
        raise UnreadableInput(say("the data cannot be counted: {reason}", reason=Written(reason)))
    total = found.month(None)
    return {name: int(total.get(name, 0)) for name in numbers}
