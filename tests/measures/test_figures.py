"""The figures of the reports, beside an oracle that goes through the leads one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.figure import Figures
from checker.funnel import DuckdbEngine
from checker.funnel.conditions import Shape
from checker.review.check import check
from checker.text import parse
from tests.funnel.made import BASE, MadeFunnel, agreement_of, instant

TEXT = """
format: sla/v1
agreement: Figures
status: draft
language: en
currency: EUR
working_time:
  office: {timezone: America/Sao_Paulo, days: Monday to Friday, hours: "09:00 to 18:00"}
fields:
  email: {is: text}
  size: {is: whole number}
  last_action: {is: action}
actions: {read: {mode: information}, ask: {mode: buying}}
modes: {information: {contact_by: marketing}, buying: {contact_by: sales}}
stages:
  mql: {team: marketing}
  opportunity: {team: sales, is: pipeline}
  customer: {team: sales, is: won}
personas:
  boss:
    {recognised_by: {size: at least 5}, problem: p, needs: n, buys_how: b, compares_on: [x], role_in_decision: decides}
ranking:
  - {when: {size: at least 5}, rank: hot}
  - {when: {email: known}, rank: nurture}
  - {otherwise: yes, rank: cold}
handoff: {stage: mql, channel: The queue, must_have: [email, size]}
channels:
  search: {team: marketing, budget: € 1000 a month}
  fairs: {team: marketing}
rates: {opportunity_to_customer: 50%}
plan: {months: 2027-01 to 2027-06, average_deal: 100}
targets: {customer: {all: {2027-01 to 2027-06: 2}}}
return_reasons:
  no_need: {found: after accepting, back_to: nobody, then: close}
sellers: {ana: {}, edu: {}}
limit_per_seller: {handoffs: 4 a month}
objections: {price: It costs too much, wifi: None is there}
content: {guide: {stage: mql, for: boss, by: mia, answers: price}}
people: {mia: {name: Mia, team: marketing}}
log:
  objections_heard: [{what: wifi, on: 2027-03-02, by: mia}, {what: wifi, on: 2027-03-03, by: mia}]
sales_promises:
  win: {promise: Win, measure: rate, of: opportunity_to_customer, target: 50%, judged_after: 20 days}
  first-response:
    promise: Call
    starts: handed_off
    stops: first_personal_contact
    within: 2 business hours
    target: 50%
"""
EVENTS = ("became_mql", "handed_off", "assigned", "first_personal_contact", "returned", "became_opportunity",
          "became_customer", "lost")  # fmt: skip
FIELDS = {"email": Shape.TEXT, "size": Shape.NUMBER, "last_action": Shape.TEXT}
AS_OF = date(2027, 3, 31)
ZONE = ZoneInfo("America/Sao_Paulo")
END = int(datetime(2027, 4, 1, tzinfo=ZONE).timestamp()) - 1
MOMENTS = st.datetimes(datetime(2027, 2, 1), datetime(2027, 4, 20)).map(lambda at: at.replace(microsecond=0))
LEADS = st.lists(
    st.fixed_dictionaries(
        {
            **{event: st.none() | MOMENTS for event in EVENTS},
            "channel": st.none() | st.sampled_from(["search", "fairs"]),
            "owner": st.none() | st.sampled_from(["ana", "edu", "nobody"]),
            "amount": st.none() | st.integers(1, 9),
            "return_reason": st.none() | st.sampled_from(["no_need", "other"]),
            "expected_closing": st.none() | st.dates(date(2027, 3, 1), date(2027, 8, 31)),
            "email": st.none() | st.just("a@b"),
            "size": st.none() | st.integers(1, 9),
            "last_action": st.none() | st.sampled_from(["read", "ask"]),
        }
    ),
    max_size=12,
)
Lead = Mapping[str, Any]


@pytest.fixture(scope="module")
def engine():
    with DuckdbEngine() as engine:
        yield engine


def figures_of(engine: DuckdbEngine, leads: Sequence[Lead]) -> Figures:
    made = [{"lead_id": "before", "at_became_mql": instant("2027-01-04 10:00")}]
    for number, lead in enumerate(leads):
        told = {name: value for name, value in lead.items() if name not in EVENTS}
        told["amount"] = None if lead["amount"] is None else Decimal(lead["amount"])
        stamps = {f"at_{event}": seconds(lead, event) for event in EVENTS}
        made.append({"lead_id": f"L{number}", **told, **stamps})
    coverage = dict.fromkeys(EVENTS, (date(2027, 1, 1), date(2027, 6, 30)))
    funnel = MadeFunnel(engine, made, EVENTS, FIELDS, coverage, base=(*BASE, "expected_closing"))
    return check(agreement_of(TEXT), parse(TEXT), funnel, AS_OF, with_figures=True).results.figures


def seconds(lead: Lead, event: str) -> int | None:
    return None if lead[event] is None else int(lead[event].replace(tzinfo=ZONE).timestamp())


def happened(lead: Lead, event: str) -> datetime | None:
    """When an event happened, if by the end of March."""
    at = lead[event]
    return at if at is not None and at.date() <= AS_OF else None


def month_of(at: datetime | date) -> str:
    return f"{at:%Y-%m}"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LEADS)
def test_figures_beside_the_oracle(engine, leads):
    """Every figure, for all channels together and for each."""
    figures = figures_of(engine, leads)

    assert sold(leads) == {
        (sale.period, sale.channel, sale.persona): (sale.customers, sale.revenue, sale.without_amount)
        for sale in figures.sales
        if sale.customers
    }
    assert medians(leads) == {
        sale.period: (sale.median, sale.largest_share) for sale in figures.sales if sale.median is not None
    }
    assert paid(leads) == {
        cost.period: (cost.budget, cost.opportunities, cost.customers, cost.expected_customers)
        for cost in figures.customer_costs
    }
    assert came_back(leads) == {
        (reason.period, reason.channel, reason.reason): (reason.count, reason.is_listed)
        for reason in figures.return_reasons
    }
    assert filled(leads) == {
        (told.period, told.channel, told.field): (told.filled, told.leads) for told in figures.fields_filled
    }
    assert given_to(leads) == Counter((load.period, load.handoffs, load.limit) for load in figures.seller_loads)
    assert ranked(leads) == {rank.rank: rank.leads for rank in figures.ranks}
    assert early(leads) == {told.period: (told.contacts, told.in_other_mode) for told in figures.early_contacts}
    assert closes(leads) == {told.period: (told.value, told.opportunities) for told in figures.closing}
    assert took(leads) == {
        (told.starts, told.stops, told.period): (told.count, told.elapsed.median)
        for told in figures.times
        if told.promise is None and told.channel is None
    }
    assert went_on(leads) == {
        told.period: (told.entered, told.reached, told.expected and round(told.expected, 9), told.waiting)
        for told in figures.conversions
        if (told.stage, told.channel) == ("opportunity", None)
    }

    assert {key: value for key, value in day_by_day(leads).items() if sum(value)} == {
        (told.period, told.stage): told.counts for told in figures.daily if sum(told.counts)
    }
    assert by_age(leads) == {
        told.period: told.by_age for told in figures.conversions if (told.stage, told.channel) == ("opportunity", None)
    }


def day_by_day(leads: Sequence[Lead]) -> dict[tuple[str, str], tuple[int, ...]]:
    """February and March are told, whole: the cut-off is the last day of March."""
    found = {}
    for stage, event in (("mql", "handed_off"), ("opportunity", "became_opportunity"), ("customer", "became_customer")):
        for month, days in (("2027-02", 28), ("2027-03", 31)):
            own = Counter(at.day for lead in leads if (at := happened(lead, event)) and month_of(at) == month)
            found[month, stage] = tuple(own[day] for day in range(1, days + 1))
    return found


def by_age(leads: Sequence[Lead]) -> dict[str, dict[int, int]]:
    """All of February's leads have seen 30 days by the end of March, March's none."""
    found: dict[str, dict[int, int]] = {}
    for month, ages in (("2027-02", (1, 3, 7, 14, 30)), ("2027-03", ())):
        own = [lead for lead in leads if (at := happened(lead, "became_opportunity")) and month_of(at) == month]
        if own:
            found[month] = dict.fromkeys(ages, 0)
        for lead in own:
            start, won = happened(lead, "became_opportunity"), happened(lead, "became_customer")
            for age in ages:
                found[month][age] += bool(start and won and (won.date() - start.date()).days <= age)
    return found


def by_channel(lead: Lead) -> set[str | None]:
    return {None, lead["channel"]}


def sold(leads: Sequence[Lead]) -> dict[tuple[str, str | None, str | None], tuple[int, int, int]]:
    found: dict[tuple[str, str | None, str | None], tuple[int, int, int]] = {}
    for lead in leads:
        won = happened(lead, "became_customer")
        if won is None:
            continue
        keys: list[tuple[str, str | None, str | None]] = [(month_of(won), name, None) for name in by_channel(lead)]
        keys += [(month_of(won), None, "boss")] if (lead["size"] or 0) >= 5 else []
        for key in keys:
            customers, revenue, without = found.get(key, (0, 0, 0))
            found[key] = customers + 1, revenue + (lead["amount"] or 0), without + (lead["amount"] is None)
    return found


def medians(leads: Sequence[Lead]) -> dict[str, tuple[float, float]]:
    values: dict[str, list[int]] = {}
    for lead in leads:
        if (won := happened(lead, "became_customer")) and lead["amount"] is not None:
            values.setdefault(month_of(won), []).append(lead["amount"])
    return {month: (median(own), max(own) / sum(own)) for month, own in values.items()}


def paid(leads: Sequence[Lead]) -> dict[str, tuple[float, int, int, float]]:
    """Search alone has a budget; every month in which anybody opened something is told."""
    found: dict[str, tuple[float, int, int, float]] = {}
    for month in {month_of(at) for lead in leads if (at := happened(lead, "became_opportunity"))}:
        own = [lead for lead in leads if (at := happened(lead, "became_opportunity")) and month_of(at) == month]
        own = [lead for lead in own if lead["channel"] == "search"]
        won = sum(happened(lead, "became_customer") is not None for lead in own)
        found[month] = 1000, len(own), won, len(own) / 2
    return found


def came_back(leads: Sequence[Lead]) -> dict[tuple[str, str | None, str | None], tuple[int, bool]]:
    counts: Counter[tuple[str, str | None, str | None]] = Counter()
    for lead in leads:
        if at := happened(lead, "returned"):
            counts.update((month_of(at), channel, lead["return_reason"]) for channel in by_channel(lead))
    return {key: (count, key[2] == "no_need") for key, count in counts.items()}


def filled(leads: Sequence[Lead]) -> dict[tuple[str, str | None, str], tuple[int, int]]:
    found: dict[tuple[str, str | None, str], tuple[int, int]] = {}
    for lead in leads:
        if at := happened(lead, "handed_off"):
            for channel in by_channel(lead):
                for name in ("email", "size"):
                    has, of = found.get((month_of(at), channel, name), (0, 0))
                    found[month_of(at), channel, name] = has + (lead[name] is not None), of + 1
    return found


def given_to(leads: Sequence[Lead]) -> Counter[tuple[str, int, float]]:
    """Nobody has thirty leads, so nobody is named; who is no seller is left out."""
    counts = Counter(
        (month_of(at), lead["owner"])
        for lead in leads
        if (at := happened(lead, "handed_off")) and lead["owner"] in ("ana", "edu")
    )
    return Counter((month, count, 4.0) for (month, _), count in counts.items())


def ranked(leads: Sequence[Lead]) -> dict[str, int]:
    """And the lead that was there before is cold."""
    counts = Counter(
        "hot" if (lead["size"] or 0) >= 5 else "nurture" if lead["email"] is not None else "cold" for lead in leads
    )
    return {"hot": counts["hot"], "nurture": counts["nurture"], "cold": counts["cold"] + 1}


def early(leads: Sequence[Lead]) -> dict[str, tuple[int, int]]:
    """Whom sales called who had only read."""
    found: dict[str, tuple[int, int]] = {}
    for lead in leads:
        if at := happened(lead, "first_personal_contact"):
            contacts, other = found.get(month_of(at), (0, 0))
            found[month_of(at)] = contacts + 1, other + (lead["last_action"] == "read")
    return found


def closes(leads: Sequence[Lead]) -> dict[str | None, tuple[float, int]]:
    found: dict[str | None, tuple[float, int]] = {}
    for lead in leads:
        if happened(lead, "became_opportunity") is None:
            continue
        closed = happened(lead, "became_customer") or happened(lead, "lost")
        day = closed or (lead["expected_closing"] if (lead["expected_closing"] or AS_OF) >= AS_OF else None)
        month = None if day is None else month_of(day)
        value, count = found.get(month, (0, 0))
        found[month] = (0 if month is None else value + (lead["amount"] or 0)), count + 1
    return found


def took(leads: Sequence[Lead]) -> dict[tuple[str, str, str], tuple[int, int]]:
    pairs = (("became_mql", "handed_off"), ("handed_off", "assigned"), ("assigned", "first_personal_contact"),
             ("handed_off", "first_personal_contact"))  # fmt: skip
    values: dict[tuple[str, str, str], list[int]] = {}
    for lead in leads:
        for starts, stops in pairs:
            start, stop = happened(lead, starts), happened(lead, stops)
            if start and stop:
                elapsed = max(int((stop - start) / timedelta(seconds=1)), 0)
                values.setdefault((starts, stops, month_of(start)), []).append(down(elapsed))
    return {key: (len(own), sorted(own)[(len(own) + 1) // 2 - 1]) for key, own in values.items()}


def down(elapsed: int) -> int:
    to = 60 if elapsed < 7200 else 600 if elapsed < 2 * 86400 else 3600 if elapsed < 20 * 86400 else 86400
    return elapsed // to * to


def went_on(leads: Sequence[Lead]) -> dict[str, tuple[int, int, float | None, int]]:
    """By the product of what was left of those at risk each day: who is lost stays at risk, and never goes on."""
    months: dict[str, list[Lead]] = {}
    for lead in leads:
        if at := happened(lead, "became_opportunity"):
            months.setdefault(month_of(at), []).append(lead)
    found = {}
    for month, own in months.items():
        seen = []
        for lead in own:
            start, won = happened(lead, "became_opportunity"), happened(lead, "became_customer")
            assert start is not None

            until = won.date() if won else AS_OF
            kind = "won" if won else "lost" if happened(lead, "lost") else "waiting"
            seen.append((max((until - start.date()).days, 0), kind))
        left = 1.0
        for day in range(21):
            at_risk = sum(days >= day or kind == "lost" for days, kind in seen)
            left *= 1 - sum(one == (day, "won") for one in seen) / at_risk if at_risk else 1
        is_old = max(days for days, _ in seen) >= 20
        waiting = sum(kind == "waiting" for _, kind in seen)
        found[month] = len(own), sum(kind == "won" for _, kind in seen), (1 - left if is_old else None), waiting
    return {
        month: (entered, reached, expected and round(expected, 9), waiting)
        for month, (entered, reached, expected, waiting) in found.items()
    }


def test_objections_and_what_answers_them(engine):
    """Heard twice and unanswered, before what nobody has heard yet."""
    told = [(one.objection, one.count, one.answered_by) for one in figures_of(engine, []).objections]

    assert [("wifi", 2, ()), ("price", 0, ("guide",))] == told


def test_working_time_and_time_on_the_wall(engine):
    """Handed over on Friday at 17:00 and called on Monday at 10:00: two hours here, 65 for the buyer."""
    empty = dict.fromkeys((*EVENTS, "channel", "owner", "amount", "return_reason", "expected_closing", "email", "size",
                           "last_action"))  # fmt: skip
    lead = empty | {"handed_off": datetime(2027, 3, 5, 17), "first_personal_contact": datetime(2027, 3, 8, 10)}
    (taken,) = [one for one in figures_of(engine, [lead]).times if one.promise == "first-response"]

    assert taken.worked is not None
    assert (7200, 65 * 3600, 1, "2027-03") == (taken.worked.p90, taken.elapsed.p90, taken.count, taken.period)


def test_the_days_on_which_people_work_stand_beside_the_days(engine):
    """March 2027 begins on a Monday: its counts have 31 days, its plan 23 of work."""
    empty = dict.fromkeys((*EVENTS, "channel", "owner", "amount", "return_reason", "expected_closing", "email", "size",
                           "last_action"))  # fmt: skip
    leads = [empty | {"handed_off": datetime(2027, 3, day, 12)} for day in (1, 1, 6, 31)]
    (told,) = [one for one in figures_of(engine, leads).daily if (one.stage, one.period) == ("mql", "2027-03")]

    assert (2, *[0] * 4, 1, *[0] * 24, 1) == told.counts
    assert tuple(day for day in range(1, 32) if day % 7 not in (6, 0)) == told.working_days
