"""The leads whose end is known: so old that who has not bought by now hardly will.

Younger ones are left out, also those that are won or lost already: who ends early would weigh more than who does not.
Where only leads that were handed over are ever marked as lost, the others would seem to buy each time (decision 0052).
"""

from __future__ import annotations

import math
from collections import Counter as Count
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from checker.agreement.events import became
from checker.errors import NothingToJudge, UnreadableInput
from checker.funnel.counts import Crossed, TallyCounts
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
from checker.message import Message, Written, say, say_counted

CYCLES = Fraction(3, 2)
"""A lead is old once it is older than so many sales cycles,"""
MOST_OF_THEM = Fraction(9, 10)
"""and as old as this share of the customers were when they bought."""
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Closed:
    """Which leads are looked at.

    `won` bought, `ended` bought or are lost, `among` are those who are looked at: the `leads` that came on the day
    `old` or before. `young` came later, and `ended_young` of them have ended all the same. `cycle` is the median number
    of days from a lead's arrival to its purchase, `age` the days after which a lead is old; `slow` of all `customers`
    took longer. Leads that came before `later_from` find bounds, those of `later` judge them: each side has about half
    of the customers. `is_lost_told` says whether the data tells lost leads.
    """

    won: Fact
    ended: Fact
    among: Fact
    later: Fact
    cycle: int
    age: int
    old: date
    later_from: date
    leads: int
    young: int
    ended_young: int
    customers: int
    slow: int
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
    age = max(math.ceil(CYCLES * cycle), nearest_rank_of_counts(ages, MOST_OF_THEM) or 0)
    today = view.timeline.today
    old = today - timedelta(days=age)
    is_lost_told = view.has_event("lost")
    ended = Some((won, Surely(Happened("lost")))) if is_lost_told else won
    among = OnDays(ARRIVED, view.timeline.calendar.first, old)
    facts: dict[str, Fact] = {"old": among, "ended": ended, "won": won}
    groups = bench.counter.crossing("leads whose end is known", Crossing(facts, {}, _has_come(bench)))
    young = [group for group in groups if not group.answers["old"]]
    leads = _number(group for group in groups if group.answers["old"])
    bought_by_old = _number(group for group in groups if group.answers["old"] and group.answers["won"])
    if not bought_by_old:
        raise NothingToJudge(
            say_counted(
                "no lead that came more than {count} day before {day} bought, so no criterion can be tested yet",
                "no lead that came more than {count} days before {day} bought, so no criterion can be tested yet",
                count=age,
                day=today,
            )
        )
    if bought_by_old == leads:
        raise NothingToJudge(say("all leads of the data bought, so there is nobody to compare them with"))
    later_from = _half({day: count for day, count in came.items() if _EPOCH + timedelta(days=day) <= old})
    return Closed(
        won=won,
        ended=ended,
        among=among,
        later=OnDays(ARRIVED, _EPOCH + timedelta(days=later_from), today),
        cycle=cycle,
        age=age,
        old=old,
        later_from=_EPOCH + timedelta(days=later_from),
        leads=leads,
        young=_number(young),
        ended_young=_number(group for group in young if group.answers["ended"]),
        customers=sum(ages.values()),
        slow=sum(count for days, count in ages.items() if days > age),
        is_lost_told=is_lost_told,
    )


def _number(groups: Iterable[Crossed]) -> int:
    return sum(group.leads for group in groups)


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
