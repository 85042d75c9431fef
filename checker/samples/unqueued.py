"""Leads that were never in the queue: last year's, when there was none, and those that sellers found themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from checker.samples import profiles
from checker.samples.arrivals import lead_moment, opening_moment, some_working_day, span
from checker.samples.chance import Chance
from checker.samples.hours import after, is_working_day, next_working_day
from checker.samples.marketing import SOURCES
from checker.samples.records import Fate, Lead
from checker.samples.sales import confirm
from checker.samples.story import CHANNELS, FIRST_DAY, JANUARY, MONTHS

SELLERS_LAST_YEAR = {"south": ("ana", "bruno"), "southeast": ("caio", "dora"), "elsewhere": ("ana",)}
REGIONS = {"south": 40, "southeast": 40, "elsewhere": 20}
PROSPECTORS = {"bruno": 35, "dora": 35, "ana": 10, "caio": 10}
"""The pilot's two find most."""
FOUND_BY_SELLERS = 0.25
"""The part of last year's leads that no channel of marketing brought."""
OPENED_BY_HAND_UNTIL = 20
"""The day of January after which no opportunity comes from last year's leads."""


def earlier_leads(chance: Chance) -> dict[Lead, date]:
    """Last year's leads that became opportunities without being MQLs first, and the day on which they did."""
    opened: dict[Lead, date] = {}
    for month, story in MONTHS.items():
        first, last = span(month)
        if month == JANUARY:
            last = date(month.year, month.number, OPENED_BY_HAND_UNTIL)
        days = [some_working_day(chance, first, last) for _ in range(story.opened_by_hand)]
        if first == FIRST_DAY:
            days[0] = next_working_day(FIRST_DAY)
        for day in days:
            opened[_known(chance, day)] = day
    return opened


def _known(chance: Chance, day: date) -> Lead:
    """A lead that came before there were MQLs, or that a seller had found."""
    if chance.happens(FOUND_BY_SELLERS):
        lead = _found(chance, day - timedelta(days=chance.whole(12, 40)))
    else:
        channel = chance.one_of(CHANNELS)
        until = day - timedelta(days=8)
        moment = lead_moment(chance, channel, until - timedelta(days=40), until)
        region = chance.weighted(REGIONS)
        profile = profiles.ready(chance, region, 0, moment.date())
        lead = Lead(
            channel=channel,
            source=chance.weighted(SOURCES[channel]),
            created=moment,
            became_lead=moment,
            profile=replace(profile, activities=("Read an article", "Opened an e-mail")),
            region=region,
            owner=chance.one_of(SELLERS_LAST_YEAR[region]),
        )
    confirm(chance, lead)
    return lead


def prospected_leads(chance: Chance) -> list[Lead]:
    """SQLs that the sellers found themselves: they are in nobody's queue."""
    leads = []
    for month, story in MONTHS.items():
        first, last = span(month)
        for _ in range(story.prospected):
            day = some_working_day(chance, first, last - timedelta(days=2))
            lead = _found(chance, day - timedelta(days=chance.whole(6, 28)))
            lead.became_sql = opening_moment(chance, day)
            lead.outcome, lead.outcome_written = "Still working", after(lead.became_sql, chance.share())
            lead.fate = Fate.QUALIFIED
            confirm(chance, lead)
            leads.append(lead)
    return leads


def _found(chance: Chance, day: date) -> Lead:
    day = day if is_working_day(day) else next_working_day(day)
    region = chance.weighted(REGIONS)
    profile = profiles.ready(chance, region, 0, day)
    return Lead(
        channel="prospecting",
        source="Outbound",
        created=opening_moment(chance, day),
        profile=replace(profile, activities=()),
        region=region,
        owner=chance.weighted(PROSPECTORS),
    )
