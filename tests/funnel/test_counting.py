"""Counts of the engine against counting one lead after the other: on leads with blanks, ties, stamps out of order,
dates without a time, duplicates, and deadlines on either side of the cut-off and of the end of a month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.agreement import Agreement
from checker.funnel import DuckdbEngine, Engine, Funnel
from checker.funnel.calendars import CalendarTable, load_calendar
from checker.funnel.conditions import Shape
from checker.funnel.counts import Counter, TallyCounts, TimingCounts
from checker.funnel.lead_rows import Setting, Silence
from checker.funnel.leads import surviving, view_of_leads
from checker.logic.aggregate import (
    ANSWERED,
    Ages,
    Every,
    Fits,
    Happened,
    Matured,
    Opposite,
    Reached,
    Rung,
    Spared,
    State,
    Tally,
    Timing,
    count,
    field_is,
    total,
)
from checker.logic.working_time import calendar_of
from checker.quantity import Duration, Month
from tests.funnel.made import MadeFunnel, agreement_of, instant
from tests.funnel.one_by_one import OneByOne, as_at
from tests.logic.minute_walk import MinuteWalk

ZONE = "America/Sao_Paulo"
TEXT = """
format: sla/v1
agreement: Test
working_time:
  office: {timezone: America/Sao_Paulo, days: Monday to Friday, hours: ["09:00 to 12:00", "13:00 to 18:00"],
           holidays: [2027-04-02]}
fields:
  employees: {is: whole number}
stages:
  mql: {team: marketing, employees: at least 2}
  customer: {team: sales, is: won}
handoff: {stage: mql, channel: The queue}
return_reasons:
  bad_data: {found: before accepting, back_to: marketing, then: repair}
  no_need: {found: after accepting, back_to: nobody, then: close}
"""
EVENTS = ("became_mql", "handed_off", "first_personal_contact", "decided", "returned", "became_customer")
TWO_DAYS, HOUR = Duration.parse("2 business days"), Duration.parse("1 business hour")
SPANS = [
    HOUR,
    TWO_DAYS,
    *map(Duration.parse, ["4 business hours", "15 minutes", "30 hours", "3 days", "1 week", "1 month"]),
]
# The days around the end of March 2027: a Friday, a weekend, and Good Friday on 2 April.
INSTANTS = [
    instant(text, ZONE)
    for text in [
        "2027-03-26 08:00",
        "2027-03-26 17:30",
        "2027-03-27 11:00",
        "2027-03-30 12:00",
        "2027-03-30 12:30",
        "2027-03-31 17:00",
        "2027-03-31 17:15",
        "2027-03-31 18:00",
        "2027-03-31 23:59",
        "2027-04-01 00:00",
        "2027-04-01 09:00",
        "2027-04-01 17:59",
        "2027-04-02 10:00",
        "2027-04-05 09:00",
        "2027-04-05 18:00",
        "2027-04-06 10:01",
    ]
]
MIDNIGHTS = [instant(f"2027-{day} 00:00", ZONE) for day in ("03-26", "03-27", "03-31", "04-01", "04-05")]
STAMPS = st.one_of(
    st.none(),
    st.sampled_from(INSTANTS).map(lambda at: (at, False)),
    st.sampled_from(MIDNIGHTS).map(lambda at: (at, True)),
    st.integers(INSTANTS[0], INSTANTS[-1]).map(lambda at: (at, False)),
)


@st.composite
def funnels(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A few leads; some were merged into others, or into one that is not there, or in a circle."""
    found = []
    for number in range(draw(st.integers(1, 20))):
        lead: dict[str, Any] = {
            "lead_id": f"L{number:02}",
            "channel": draw(st.sampled_from(["ads", "fairs", None])),
            "employees": draw(st.sampled_from([None, 1, 2, 3])),
            "amount": draw(st.sampled_from([None, Decimal("0.10"), Decimal(20)])),
            "return_reason": draw(st.sampled_from([None, "bad_data", "no_need", "else"])),
            "merged_into": draw(st.sampled_from([*[None] * 7, "L00", "L01", "L02", "gone"])),
        }
        if lead["merged_into"] == lead["lead_id"]:
            lead["merged_into"] = None
        for event in EVENTS:
            stamp = draw(STAMPS)
            lead[f"at_{event}"], lead[f"day_{event}"] = stamp or (None, False)
        found.append(lead)
    return found


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with DuckdbEngine() as engine:
        yield engine


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return agreement_of(TEXT)


@pytest.fixture(scope="module")
def office(engine, agreement) -> CalendarTable:
    calendar = calendar_of(agreement.working_time(), date(2027, 3, 1), date(2027, 6, 30))
    return load_calendar(engine, "office", calendar, SPANS)


@pytest.fixture(scope="module")
def walk() -> MinuteWalk:
    hours = {day: [(9 * 3600, 12 * 3600), (13 * 3600, 18 * 3600)] for day in range(5)}
    return MinuteWalk(ZONE, hours, [date(2027, 4, 2)], date(2027, 3, 2), date(2027, 5, 15))


Leads = list[dict[str, Any]]
CounterOf = Callable[[Leads, int], Counter]
"""What counts some leads as at a cut-off."""


def counting_in(engine: Engine, agreement: Agreement, office: CalendarTable) -> CounterOf:
    """Counts leads that are laid straight into an engine; every second funnel says who has which events."""

    def counter_of(leads: Leads, cut_off: int) -> Counter:
        told = EVENTS if len(leads) % 2 else ()
        funnel = MadeFunnel(engine, leads, EVENTS, {"employees": Shape.NUMBER}, zone=ZONE, told=told)
        return counter_over(funnel, agreement, office, cut_off)

    return counter_of


def counter_over(funnel: Funnel, agreement: Agreement, office: CalendarTable, cut_off: int) -> Counter:
    """Counts the leads of a funnel as at a cut-off; who does not answer in two business days accepts."""
    then = view_of_leads(funnel, office.calendar.start, cut_off)
    silence = Silence("handed_off", TWO_DAYS, "office", accepts=True)
    return Counter(funnel.engine, Setting(agreement, then, {"office": office}, "office", silence))


@pytest.fixture(scope="module")
def counter_of(engine, agreement, office) -> CounterOf:
    return counting_in(engine, agreement, office)


CUT_OFFS = st.sampled_from([*INSTANTS[5:], instant("2027-04-20 12:00", ZONE)])


@given(funnels(), CUT_OFFS, st.sampled_from(SPANS), st.sampled_from(SPANS), st.booleans())
@settings(max_examples=60)
def test_clocks(counter_of, walk, leads, cut_off, first, second, is_contact):
    """Every lead that has the start event stands on its rung, in the month of its deadline, in its one state."""
    stops, not_before = ("first_personal_contact", "became_mql") if is_contact else ("decided", None)
    large = field_is("employees", "3")
    timing = Timing(
        "handed_off",
        stops,
        (Rung("x.large", large, first), Rung("x.other", None, second)),
        "office",
        only=field_is("employees", "1", "2", "3"),
        spared=Spared("handed_off", ("L01",), ((date(2027, 3, 27), date(2027, 3, 30)),)),
        not_owed=(Opposite(Fits(field_is("employees", "2", "3"))),),
        not_before=not_before,
    )
    counts = counter_of(leads, cut_off).timing(timing)
    plain = OneByOne(walk, ZONE, cut_off)
    expected: dict[tuple[int, Month], dict[State, int]] = {}
    silent: dict[tuple[int, Month], int] = {}
    used: dict[tuple[int, Month], list[int]] = {}
    for lead in as_at(leads, cut_off, EVENTS):
        start, stop = lead["at_handed_off"], lead[f"at_{stops}"]
        if start is None:
            continue
        rung, within = (0, first) if lead["employees"] == 3 else (1, second)
        key = rung, plain.month(plain.deadline(start, within, lead["day_handed_off"]))
        if lead["employees"] is None:
            state = State.UNSURE
        elif lead["lead_id"] == "L01" or date(2027, 3, 27) <= plain.day(start) <= date(2027, 3, 30):
            state = State.NOT_COUNTED
        elif lead["employees"] == 1:
            state = State.NOT_OWED
        else:
            state = State(plain.state(lead, "handed_off", stops, within, not_before))
        states = expected.setdefault(key, {})
        states[state] = states.get(state, 0) + 1
        if state is State.LATE and stop is None:
            silent[key] = silent.get(key, 0) + 1
        if state in (State.MET, State.LATE) and stop is not None:
            used.setdefault(key, []).append(plain.used(start, stop, within))

    assert isinstance(counts, TimingCounts)
    assert expected == {key: rung.states for key, rung in counts.cells.items()}
    assert silent == {key: rung.silent for key, rung in counts.cells.items() if rung.silent}
    for key, counted in counts.cells.items():
        buckets = sorted(bucket for bucket, leads_in_it in counted.used.items() for _ in range(leads_in_it))
        times = sorted(max(seconds, 0) for seconds in used.get(key, []))

        assert len(times) == len(buckets)
        assert all(bucket <= seconds <= 1.1 * bucket + 3600 * 8 for bucket, seconds in zip(buckets, times, strict=True))


@given(funnels(), CUT_OFFS)
@settings(max_examples=60)
def test_tallies(counter_of, walk, leads, cut_off):
    """Numbers by month and channel: all, with an event, in time, old enough, excepted, accepted; sums of amounts."""
    spared = Spared("handed_off", ("L00",), ((date(2027, 4, 1), date(2027, 4, 1)),))
    reached = Reached("handed_off", "decided", TWO_DAYS)
    accepted = Fits(field_is("accepted", True))
    tallies = {
        "handoffs": Tally(
            "handed_off",
            {
                "all": count(),
                "decided": count(Happened("decided")),
                "in time": count(reached),
                "old": count(Matured("handed_off", TWO_DAYS)),
                "old and in time": count(Every((Matured("handed_off", TWO_DAYS), reached))),
                "spared": count(spared),
                "amount": total("amount"),
                "accepted": count(accepted),
            },
        ),
        "answers": Tally(ANSWERED, {"all": count(), "accepted": count(accepted)}),
        "now": Tally(None, {"customers": count(Happened("became_customer"))}),
    }
    counts = counter_of(leads, cut_off).tallies(tallies)
    plain = OneByOne(walk, ZONE, cut_off)
    handoffs: dict[tuple[Month | None, str | None], dict[str, Fraction]] = {}
    answers: dict[tuple[Month | None, str | None], dict[str, Fraction]] = {}
    now: dict[tuple[Month | None, str | None], dict[str, Fraction]] = {}

    def add(cells: dict[Any, dict[str, Fraction]], month: Month | None, lead: dict[str, Any], **numbers: Any) -> None:
        cell = cells.setdefault((month, lead["channel"]), {})
        for name, number in numbers.items():
            cell[name.replace("_", " ")] = cell.get(name.replace("_", " "), Fraction(0)) + Fraction(number)

    for lead in as_at(leads, cut_off, EVENTS):
        add(now, None, lead, customers=lead["at_became_customer"] is not None)
        start, stop, returned = lead["at_handed_off"], lead["at_decided"], lead["at_returned"]
        due = None if start is None else plain.deadline(start, TWO_DAYS)
        is_old = due is not None and due <= cut_off
        is_silent = is_old and stop is None and returned is None
        if stop is None and returned is None:
            is_accepted = is_silent
        else:
            # A return without a reason may be one from before accepting: then nobody can be sure.
            is_accepted = returned is None or lead["return_reason"] in ("no_need", "else")
        moment = stop if stop is not None else returned if returned is not None else due if is_silent else None
        if moment is not None:
            add(answers, plain.month(moment), lead, all=1, accepted=is_accepted)
        if start is not None:
            in_time = stop is not None and stop <= due
            add(
                handoffs,
                plain.month(start),
                lead,
                all=1,
                decided=stop is not None,
                in_time=in_time,
                old=is_old,
                old_and_in_time=is_old and in_time,
                spared=lead["lead_id"] == "L00" or plain.day(start) == date(2027, 4, 1),
                amount=lead["amount"] or 0,
                accepted=is_accepted,
            )

    found = {name: tally.cells for name, tally in counts.items() if isinstance(tally, TallyCounts)}

    assert {"handoffs": handoffs, "answers": answers, "now": now} == found


@given(funnels(), CUT_OFFS, st.sampled_from(SPANS))
@settings(max_examples=40)
def test_late_leads_are_named(counter_of, walk, leads, cut_off, within):
    """The late ones of a month by the age of their deadline, then in the order of the file."""
    timing = Timing("handed_off", "decided", (Rung("x", None, within),), "office")
    counter = counter_of(leads, cut_off)
    counts = counter.timing(timing)
    plain = OneByOne(walk, ZONE, cut_off)
    late: dict[Month, list[tuple[int, str]]] = {}
    for lead in sorted(as_at(leads, cut_off, EVENTS), key=lambda lead: str(lead["lead_id"])):
        if lead["at_handed_off"] is not None and plain.state(lead, "handed_off", "decided", within) == "late":
            due = plain.deadline(lead["at_handed_off"], within, lead["day_handed_off"])
            late.setdefault(plain.month(due), []).append((due, lead["lead_id"]))

    assert isinstance(counts, TimingCounts)

    names = counter.names(place for rung in counts.cells.values() for place in rung.first)
    found = {month: [names[place] for place in rung.first] for (_, month), rung in counts.cells.items() if rung.first}

    assert {month: [name for _, name in sorted(late[month])] for month in late} == found


@given(funnels(), CUT_OFFS)
@settings(max_examples=30)
def test_listed_leads_are_named(counter_of, walk, leads, cut_off):
    """Those of whom a fact holds, by month of the moment, the earliest first, over all channels."""
    tally = Tally("handed_off", {"all": count()}, listed=Opposite(Happened("decided")))
    counter = counter_of(leads, cut_off)
    counts = counter.tallies({"x": tally})["x"]
    plain = OneByOne(walk, ZONE, cut_off)
    listed: dict[Month, list[tuple[int, str]]] = {}
    for lead in as_at(leads, cut_off, EVENTS):
        if lead["at_handed_off"] is not None and lead["at_decided"] is None:
            listed.setdefault(plain.month(lead["at_handed_off"]), []).append((lead["at_handed_off"], lead["lead_id"]))

    assert isinstance(counts, TallyCounts)

    names = counter.names(place for places in counts.first.values() for place in places)
    found = {month: [names[place] for place in places] for month, places in counts.first.items() if places}

    assert {month: [name for _, name in sorted(listed[month])] for month in listed} == found


@given(funnels(), CUT_OFFS)
@settings(max_examples=30)
def test_ages_are_differences_of_local_dates(counter_of, walk, leads, cut_off):
    """How many days lie between two events, by month of the first and channel."""
    found = counter_of(leads, cut_off).ages(Ages("became_mql", "became_customer"))
    plain = OneByOne(walk, ZONE, cut_off)
    expected: dict[tuple[Month, str | None], dict[int, int]] = {}
    for lead in as_at(leads, cut_off, EVENTS):
        start, stop = lead["at_became_mql"], lead["at_became_customer"]
        if start is not None and stop is not None:
            days = expected.setdefault((plain.month(start), lead["channel"]), {})
            age = (plain.day(stop) - plain.day(start)).days
            days[age] = days.get(age, 0) + 1

    assert expected == found


@pytest.mark.parametrize(
    ("target", "there", "expected"),
    [
        ({"b": "a"}, {"a", "b"}, {"a": "a", "b": "a"}),
        ({"b": "a", "c": "b"}, {"a", "b", "c"}, {"a": "a", "b": "a", "c": "a"}),
        ({"b": "gone", "c": "gone"}, {"b", "c"}, {"b": "b", "c": "b"}),
        ({"a": "b", "b": "a"}, {"a", "b"}, {"a": "a", "b": "a"}),
    ],
)
def test_duplicates_are_counted_as_one(target, there, expected):
    """Chains end at their last lead; without it, and in a circle, the first by its id stands for all."""
    assert expected == surviving(target, there)
