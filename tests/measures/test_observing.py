"""What is observed for rules about the agreement, against the same numbers counted row by row from the same leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.agreement import build
from checker.funnel import open_funnel
from checker.measures.bench import set_up
from checker.measures.figures import tallies_of_stages, tallies_of_steps
from checker.measures.judge import questions
from checker.measures.observing import observe, tallies_to_observe
from checker.observed import Observed
from checker.quantity import Month
from checker.text import parse

AGREEMENT = """
format: sla/v1
agreement: Test
fields: {employees: {is: whole number}, sector: {is: one of, values: [food, pharma]}}
channels: {search: {team: marketing}, fairs: {team: marketing}}
stages:
  lead: {team: marketing}
  mql: {team: marketing, employees: at least 10}
  won: {team: sales, is: won}
people: {ana: {name: Ana, team: sales}, bruno: {name: Bruno, team: sales}}
sellers: {ana: {}, bruno: {}}
handoff: {stage: mql, channel: The queue}
sales_promises:
  rate: {promise: Win leads, measure: rate, of: mql_to_won, target: 50%, judged_after: 30 days}
  food:
    promise: Call food leads
    starts: handed_off
    stops: became_won
    within: 3 days
    target: 90%
    only: {sector: food}
source:
  timezone: UTC
  rejects: at most 100%
  files: {lead: {path: leads.csv}}
  leads: {from: lead, id: id, channel: channel, owner: owner, fields: {employees: employees, sector: sector}}
  events:
    became_lead: {column: came, format: "%Y-%m-%d"}
    handed_off: {column: handed, format: "%Y-%m-%d"}
    became_won: {column: won, format: "%Y-%m-%d"}
  coverage: {became_lead: DAYS, handed_off: DAYS, became_won: DAYS}
""".replace("DAYS", "2027-01-01 to 2027-06-30")
LAST = date(2027, 6, 30)
DAYS = st.one_of(st.none(), st.integers(0, 180).map(lambda day: date(2027, 1, 1) + timedelta(days=day)))


@dataclass(frozen=True)
class Lead:
    """One lead of an export."""

    channel: str
    owner: str
    employees: int | None
    sector: str
    came: date | None
    handed: date | None
    won: date | None

    def line(self, number: int) -> str:
        cells = (self.channel, self.owner, self.employees, self.sector, self.came, self.handed, self.won)
        return ",".join([f"L{number}", *("" if cell is None else str(cell) for cell in cells)])


LEADS = st.lists(
    st.builds(
        Lead,
        channel=st.sampled_from(["search", "fairs", "radio", ""]),
        owner=st.sampled_from(["ana", "Bruno", "zoe", ""]),
        employees=st.one_of(st.none(), st.integers(1, 30)),
        sector=st.sampled_from(["food", "pharma", "toys", ""]),
        came=DAYS,
        handed=DAYS,
        won=DAYS,
    ),
    min_size=1,
    max_size=25,
)
FIRST = Lead("search", "ana", 20, "food", date(2027, 1, 1), date(2027, 1, 1), date(2027, 1, 2))


def observed(leads: Iterable[Lead]) -> Observed:
    """What a check as of 30 June observes."""
    document = parse(AGREEMENT)
    agreement = build(document.values, document.problems)

    assert () == agreement.problems
    with TemporaryDirectory() as folder:
        lines = ["id,channel,owner,employees,sector,came,handed,won"]
        lines += [lead.line(number) for number, lead in enumerate(leads)]
        (Path(folder) / "leads.csv").write_text("\n".join(lines) + "\n")
        with open_funnel(agreement, Path(folder)) as funnel:
            bench = set_up(agreement, funnel, LAST)
            asked = questions(bench.view)
            tallies = tallies_of_stages(bench.view) | tallies_of_steps(bench.view)
            counts = bench.counter.tallies(tallies | tallies_to_observe(asked, bench.view))
            return observe(bench, asked, counts, funnel.data())


def handed(leads: Iterable[Lead]) -> list[tuple[Lead, Month]]:
    return [(lead, Month.of(lead.handed)) for lead in leads if lead.handed is not None]


@settings(max_examples=30)
@given(LEADS)
def test_blanks_by_month(drawn: list[Lead]) -> None:
    """Of the leads that reached the stage whose condition asks for the field."""
    leads = [FIRST, *drawn]
    of_all = Counter(month for _, month in handed(leads))
    blank = Counter(month for lead, month in handed(leads) if lead.employees is None)
    (filling,) = observed(leads).filling

    assert ("employees", "mql") == (filling.field, filling.stage)
    assert {month: (blank[month], count) for month, count in of_all.items()} == dict(filling.months)


@settings(max_examples=30)
@given(LEADS)
def test_who_fits_and_who_brings_leads_and_who_gets_them(drawn: list[Lead]) -> None:
    """Blank values are told of nobody; names count in any case."""
    leads = [FIRST, *drawn]
    seen = observed(leads)
    (audience,) = seen.audiences
    sectors = Counter(lead.sector for lead, _ in handed(leads))
    owners = Counter(lead.owner.casefold() for lead, _ in handed(leads) if lead.owner)
    came: dict[tuple[str, Month], int] = {}
    for channel in {lead.channel for lead in leads if lead.channel}:
        # some channels have leads only further down
        stages = [
            [getattr(lead, day) for lead in leads if lead.channel == channel] for day in ("came", "handed", "won")
        ]
        first = next(([day for day in days if day is not None] for days in stages if any(days)), [])
        came |= {(channel, month): count for month, count in Counter(map(Month.of, first)).items()}

    assert (sum(sectors.values()), sectors["food"], sectors[""]) == (audience.leads, audience.fitting, audience.untold)
    assert seen.handed is not None
    assert dict(owners) == dict(seen.handed.by_owner)
    assert Counter(month for _, month in handed(leads)) == seen.handed.months
    assert came == {(name, month): n for name, months in seen.channels.items() for month, n in months.items()}


@settings(max_examples=30)
@given(LEADS)
def test_matured_leads(drawn: list[Lead]) -> None:
    """Those of the months whose youngest possible member is 30 days old: January to May; won by their 30th day."""
    leads = [FIRST, *drawn]
    old = [(lead, month) for lead, month in handed(leads) if month.last_day + timedelta(days=30) <= LAST]
    entered = Counter(lead.channel or None for lead, _ in old)
    reached = Counter(
        lead.channel or None
        for lead, _ in old
        if lead.won is not None and lead.handed is not None and lead.won <= lead.handed + timedelta(days=30)
    )
    told: Mapping[str | None, tuple[int, int]] = {
        item.channel: (item.leads, item.reached) for item in observed(leads).matured if item.rate == "mql_to_won"
    }

    assert {channel: (count, reached[channel]) for channel, count in entered.items()} == told


@settings(max_examples=30)
@given(LEADS)
def test_unknown_values_of_each_list(drawn: list[Lead]) -> None:
    """Blank is no value."""
    leads = [FIRST, *drawn]
    unknown = {
        "channel": sum(lead.channel == "radio" for lead in leads),
        "owner": sum(lead.owner == "zoe" for lead in leads),
        "sector": sum(lead.sector == "toys" for lead in leads),
    }

    assert {name: count for name, count in unknown.items() if count} == {
        item.about: item.leads for item in observed(leads).strangers
    }


def test_a_rate_that_nobody_promises_is_held_against_leads_that_are_old_enough() -> None:
    """Of 40 that were handed over all but two were so within two days: months that ended three days ago are counted."""
    slow = Lead("search", "ana", 20, "food", date(2027, 2, 1), date(2027, 3, 20), None)
    quick = Lead("search", "ana", 20, "food", date(2027, 3, 1), date(2027, 3, 3), None)
    never = Lead("search", "ana", 20, "food", date(2027, 5, 31), None, None)
    young = Lead("search", "ana", 20, "food", date(2027, 6, 29), None, None)
    told = observed([FIRST, slow, *[quick] * 39, *[never] * 20, *[young] * 50]).matured
    (found,) = [item for item in told if item.rate == "lead_to_mql"]

    assert (61, 41, False, "2 days") == (found.leads, found.reached, found.is_promised, str(found.within))
