"""Ten thousand months whose end is known, judged from exports that stop at some moment before it.

Each month is of one rung of a promise with a deadline, or of one rate. Leads come and are called at random, by teams
that keep about as much as they promise, so that most months are close. An export holds what had happened by a random
moment, mostly near the end of a month, where it is easiest to be wrong. What was judged on it is compared with what
became of every lead, worked out without the tool.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest

from checker.funnel import DuckdbEngine
from checker.quantity import Month
from checker.review.check import check
from checker.text import parse
from checker.verdict import Outlook, Result, Status
from tests.funnel.made import MadeFunnel, agreement_of
from tests.review.test_check import FIELDS, HEAD

RUNGS, RATES, EXPORTS = 40, 10, 28
TARGETS = (Fraction(9, 10), Fraction(3, 4), Fraction(19, 20), Fraction(1))
WIN = Fraction(1, 4)
OFFICE = timezone(timedelta(hours=-3))
"""São Paulo, which has no summer time in these years."""
BEGIN, END = date(2026, 5, 1), date(2027, 4, 30)
DAY, HOUR = 86400, 3600
EVENTS = ("became_lead", "handed_off", "first_personal_contact", "became_customer")
Key = tuple[str, str]
"""A promise (or rung) and a month."""


@dataclass(frozen=True)
class Fate:
    """What becomes of a lead, whether or not anybody knows it yet."""

    kind: int
    handed_off: int
    called: int | None
    won: int | None


# ---------------------------------------------------------------- the truth, without the tool


def seconds(day: date, hour: int = 0) -> int:
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=OFFICE).timestamp())


WORKING = [
    (seconds(day, 9), seconds(day, 18))
    for offset in range((END - BEGIN).days + 60)
    for day in [BEGIN + timedelta(days=offset)]
    if day.weekday() < 5
]


def after_four_hours_of_work(start: int) -> int:
    """When four hours of work are over: day by day, from nine to six, Monday to Friday."""
    left, first = 4 * HOUR, (start - WORKING[0][0]) // DAY * 5 // 7 - 5
    for opens, closes in WORKING[max(first, 0) :]:
        worked = max(closes - max(opens, start), 0)
        if worked >= left:
            return max(opens, start) + left
        left -= worked
    raise ValueError(start)


def month_at(instant: int) -> str:
    return str(Month.of(datetime.fromtimestamp(instant, OFFICE).date()))


@dataclass
class Truth:
    """How many leads of a month were as promised, of how many, in the end."""

    kept: int = 0
    whole: int = 0

    def is_kept(self, target: Fraction) -> bool:
        return self.kept >= target * self.whole


def truth_of(fates: list[Fate]) -> dict[Key, Truth]:
    found: dict[Key, Truth] = {}
    for fate in fates:
        deadline = after_four_hours_of_work(fate.handed_off)
        rung = found.setdefault((f"first-response.r{fate.kind}", month_at(deadline)), Truth())
        rung.whole += 1
        rung.kept += fate.called is not None and fate.called <= deadline
        if fate.kind < RATES:
            rate = found.setdefault((f"win-{fate.kind}", month_at(fate.handed_off)), Truth())
            rate.whole += 1
            rate.kept += fate.won is not None and fate.won <= fate.handed_off + 30 * DAY
    return found


# ---------------------------------------------------------------- the months


def target_of(promise: str) -> Fraction:
    kind = int(promise.rpartition("r")[2]) if promise.startswith("first") else 0
    return TARGETS[kind % len(TARGETS)] if promise.startswith("first") else WIN


def fates_of(chance: random.Random) -> list[Fate]:
    """Leads of a year: a few a month of some kinds, twenty of others."""
    found = []
    for kind in range(RUNGS):
        target = float(target_of(f"first-response.r{kind}"))
        keeps = min(max(target + chance.uniform(-0.08, 0.08), 0.02), 1.0 if target == 1 else 0.99)
        for _ in range(12 * chance.choice((2, 5, 8, 12, 20))):
            start = seconds(BEGIN) + chance.randrange((END - BEGIN).days * DAY)
            deadline = after_four_hours_of_work(start)
            called: int | None
            if chance.random() < keeps:
                # in time, as a rule while somebody is at work, and often at the last moment
                called = deadline - chance.choice((0, 1, chance.randrange(4 * HOUR)))
                called = max(called, start)
            else:
                called = None if chance.random() < 0.5 else deadline + 1 + chance.randrange(5 * DAY)
            won = start + chance.randrange(45 * DAY) if chance.random() < 0.38 else None
            found.append(Fate(kind, start, called, won))
    return found


def cut_off_of(chance: random.Random) -> int:
    """Some moment of seven months: two times of three within four days of the end of one."""
    month = Month(2026, 10) + chance.randrange(7)
    if chance.random() < 2 / 3:
        return seconds(month.last_day, 18) + chance.randrange(-4 * DAY, 4 * DAY)
    return seconds(month.first_day) + chance.randrange(28 * DAY)


def export(fates: list[Fate], cut_off: int) -> list[dict[str, Any]]:
    """What had happened by then; the last stamp is the moment itself."""

    def by_then(stamp: int | None) -> int | None:
        return stamp if stamp is not None and stamp <= cut_off else None

    rows: list[dict[str, Any]] = [
        {
            "lead_id": str(number),
            "employees": fate.kind,
            "at_handed_off": fate.handed_off,
            "at_first_personal_contact": by_then(fate.called),
            "at_became_customer": by_then(fate.won),
        }
        for number, fate in enumerate(fates)
        if fate.handed_off <= cut_off
    ]
    rows.append({"lead_id": "last", "at_became_lead": cut_off})
    return rows


def agreement_text() -> str:
    rungs = "".join(
        f"      - {{name: r{kind}, when: {{employees: {kind}}}, time: 4 business hours, "
        f"target: {int(target_of(f'first-response.r{kind}') * 100)}%}}\n"
        for kind in range(RUNGS)
    )
    rates = "".join(
        f"  win-{kind}: {{promise: Win, measure: rate, of: mql_to_customer, only: {{employees: {kind}}}, "
        "target: 25%, judged_after: 30 days}\n"
        for kind in range(RATES)
    )
    return f"""{HEAD}
sales_promises:
{rates}  first-response:
    promise: Call each lead
    starts: handed_off
    stops: first_personal_contact
    within:
{rungs}      - {{name: rest, otherwise: yes, time: 4 business hours, target: 90%}}
"""


@dataclass(frozen=True)
class Said:
    """What was said of a month, what became of it, and what would have been said of the leads answered so far."""

    result: Result
    truth: Truth
    answered: Truth

    @property
    def is_broken(self) -> bool:
        return not self.truth.is_kept(target_of(self.result.promise))


def answered_so_far(fates: list[Fate], cut_off: int) -> dict[Key, Truth]:
    """The reading that the test is to tell from ours: by the month of the handoff, of those who were called."""
    found: dict[Key, Truth] = {}
    for fate in fates:
        if fate.called is not None and fate.called <= cut_off:
            cell = found.setdefault((f"first-response.r{fate.kind}", month_at(fate.handed_off)), Truth())
            cell.whole += 1
            cell.kept += fate.called <= after_four_hours_of_work(fate.handed_off)
    return found


@pytest.fixture(scope="module")
def said() -> list[Said]:
    chance = random.Random(20270430)
    text = agreement_text()
    agreement, document = agreement_of(text), parse(text)
    found = []
    with DuckdbEngine() as engine:
        for _ in range(EXPORTS):
            fates, cut_off = fates_of(chance), cut_off_of(chance)
            truth, answered = truth_of(fates), answered_so_far(fates, cut_off)
            funnel = MadeFunnel(engine, export(fates, cut_off), EVENTS, FIELDS)
            for result in check(agreement, document, funnel).results.results:
                key = result.promise, result.period
                if result.promise != "first-response.rest" and result.period > "2026-05":
                    found.append(Said(result, truth.get(key, Truth()), answered.get(key, Truth())))
    return found


def test_ten_thousand_months_were_judged_or_left_open(said):
    """Enough of each, so that the tests below say something."""
    statuses = Counter(each.result.status for each in said)

    assert len(said) >= 10_000
    assert statuses[Status.MET] >= 2_000
    assert statuses[Status.MISSED] >= 2_000
    assert statuses[Status.OPEN] >= 500


def test_no_promise_that_was_broken_is_called_met(said):
    """Nor one that was kept called missed: what is judged is judged as it is once everything is known."""
    wrong = [
        (each.result.promise, each.result.period, each.result.status)
        for each in said
        if (each.result.status is Status.MET and each.is_broken)
        or (each.result.status is Status.MISSED and not each.is_broken)
    ]

    assert [] == wrong


def test_the_counts_of_a_judged_month_are_those_of_the_end(said):
    """Not only the verdict: every lead is where it ends."""
    judged = [each for each in said if each.result.status in (Status.MET, Status.MISSED)]

    assert [] == [
        each.result
        for each in judged
        if (each.result.numerator, each.result.denominator) != (each.truth.kept, each.truth.whole)
    ]


def test_what_can_no_longer_be_kept_is_broken_in_the_end(said):
    """It is said of the leads that the month may bring, which nobody knows for sure: 97 times in 100 it comes true."""
    lost = [each for each in said if each.result.outlook is Outlook.LOST]

    assert len(lost) >= 100
    assert sum(each.is_broken for each in lost) >= 0.97 * len(lost)


def test_an_outlook_tells_more_than_nothing(said):
    """Of what is on course more is kept in the end than of what is at risk."""
    kept = {
        outlook: [not each.is_broken for each in said if each.result.outlook is outlook]
        for outlook in (Outlook.ON_COURSE, Outlook.AT_RISK)
    }
    on_course, at_risk = (sum(kept[outlook]) / len(kept[outlook]) for outlook in kept)

    assert on_course > at_risk + 0.3


def test_whoever_reads_answers_so_far_calls_broken_promises_met(said):
    """The same months by the usual report, of the leads answered so far those in time: wrong hundreds of times."""
    wrong = [
        each
        for each in said
        if each.result.promise.startswith("first")
        and each.answered.whole
        and each.answered.is_kept(target_of(each.result.promise))
        and each.is_broken
    ]

    assert len(wrong) >= 500
