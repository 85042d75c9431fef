"""Marketing's side of the story: leads come in, some of them become MQLs and are handed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from checker.quantity import Month
from checker.samples import profiles
from checker.samples.arrivals import lead_moment, moment_before, moment_of, mql_days, span
from checker.samples.chance import Chance
from checker.samples.hours import at
from checker.samples.records import Fate, Lead
from checker.samples.story import (
    CAMPAIGN,
    CAMPAIGN_LEADS,
    CARNIVAL,
    CHANNELS,
    CUT_OFF,
    JAM,
    MARCH,
    MAY,
    MONTHS,
    MQLS_AT,
    OUTAGE,
    SEED,
    SMALL_SHOPS,
    MonthStory,
)

SOURCES = {
    "organic_search": {"Organic search": 88, "Blog": 12},
    "paid_search": {"Google Ads": 80, "Bing Ads": 20},
    "email_webinars": {"E-mail": 60, "Webinar": 40},
    "trade_fairs": {"Trade fair": 100},
}
"""What the CRM calls them."""
ASKING = {"organic_search": 0.45, "paid_search": 0.4, "email_webinars": 0.25, "trade_fairs": 0.3}
"""How likely an MQL asks for a demo or a price, rather than only looking at prices."""
ASKING_OVER_CARNIVAL = 0.9
NEVER_HANDED_OFF = {Month(2027, 3): 1, Month(2027, 4): 2, Month(2027, 5): 1}
"""Leads that fit every criterion, and that nobody noticed."""
DUPLICATE = "Duplicate"
ALMOST_READY = 0.8
"""The part of the ideal customers who came back for a look at the product, and have too few points yet to be MQLs."""
MERGED = 14
"""People who came twice and were found out before anybody called."""
DAILY_EXPORT_AT = 9
SLOW_FROM, SLOW_TO = 16 * 60, 5 * 3600
"""Seconds that a slow handoff takes."""


def handed_off_leads(chance: Chance) -> list[Lead]:
    """All leads that became MQLs, in the order of their handoff, with regions but not yet with owners."""
    leads: list[Lead] = []
    for month, story in MONTHS.items():
        if story.mqls:
            leads += _mqls(chance, month, story)
    _hand_over(chance, leads)
    return sorted(leads, key=lambda lead: lead.handed_off or CUT_OFF)


def _mqls(chance: Chance, month: Month, story: MonthStory) -> list[Lead]:
    channels = [channel for channel in CHANNELS for _ in range(story.mqls[channel])]
    twice = [chance.one_of(("organic_search", "paid_search")) for _ in range(story.duplicates)]
    regions = iter(_regions(chance, len(channels) + len(twice), story.elsewhere))
    days = {channel: mql_days(channel, *span(month)) for channel in CHANNELS}
    if month == MAY:
        for day in days["paid_search"]:
            days["paid_search"][day] *= 5 if SMALL_SHOPS[0] <= day <= SMALL_SHOPS[1] else 1
    leads = []
    for channel in channels + twice:
        moment = moment_of(chance, channel, chance.weighted(days[channel]))
        leads.append(_mql(chance, channel, next(regions), moment))
    for lead in leads[len(channels) :]:
        lead.fate, lead.reason = Fate.SENT_BACK, DUPLICATE
    for channel, moment in MQLS_AT:
        if Month.of(moment) == month:
            moved = next(lead for lead in leads if lead.channel == channel and lead.fate is not Fate.SENT_BACK)
            leads.remove(moved)
            leads.append(_mql(chance, channel, moved.region, moment))
    usual = [lead for lead in leads if not lead.reason]
    _spoil(chance, usual, story)
    if month == MARCH:
        _invite(chance, [lead for lead in usual if lead.channel == "email_webinars"])
    return leads


def _regions(chance: Chance, count: int, elsewhere: int) -> list[str]:
    """The states come so that no seller gets more than the agreement allows."""
    south = (count - elsewhere) // 2
    return chance.shuffled(["elsewhere"] * elsewhere + ["south"] * south + ["southeast"] * (count - elsewhere - south))


def _mql(chance: Chance, channel: str, region: str, moment: datetime) -> Lead:
    created = moment_before(chance, channel, moment)
    asking = ASKING_OVER_CARNIVAL if CARNIVAL[0] <= moment.date() <= CARNIVAL[1] else ASKING[channel]
    profile = profiles.ready(chance, region, asking, moment.date())
    if channel == "paid_search" and SMALL_SHOPS[0] <= moment.date() <= SMALL_SHOPS[1]:
        profile = profiles.small_shop(chance, profile)
    return Lead(
        channel=channel,
        source=chance.weighted(SOURCES[channel]),
        created=created,
        profile=profile,
        region=region,
        became_lead=created,
        became_mql=moment,
    )


def _spoil(chance: Chance, leads: list[Lead], story: MonthStory) -> None:
    """Some do not fit the criteria after all, some lack a field that sales needs."""
    spoiled = chance.some(leads, story.wrongly_qualified)
    for lead in spoiled:
        lead.profile = profiles.wrongly_qualified(chance, lead.profile)
        lead.is_wrongly_qualified = True
    badges = {lead: 8.0 if lead.channel == "trade_fairs" else 1.0 for lead in leads if lead not in spoiled}
    for lead in chance.some_weighted(badges, story.incomplete):
        blank = chance.one_of(profiles.PLACEHOLDERS)
        missing = "phone" if lead.channel == "trade_fairs" else chance.one_of(("phone", "job_title", "cold_rooms"))
        if missing == "phone":
            lead.profile = replace(lead.profile, phone=blank)
        elif missing == "job_title":
            lead.profile = replace(lead.profile, job_title=blank)
        else:
            lead.profile = replace(lead.profile, cold_rooms=blank)


def _invite(chance: Chance, leads: list[Lead]) -> None:
    """The campaign writes to quality managers only."""
    for lead in chance.some(leads, CAMPAIGN_LEADS):
        lead.campaign = CAMPAIGN
        lead.profile = replace(lead.profile, job_title=chance.one_of(profiles.QUALITY_TITLES))


def _hand_over(chance: Chance, leads: list[Lead]) -> None:
    slow: list[Lead] = []
    for month, story in MONTHS.items():
        candidates = {
            lead: 100.0 if lead.became_mql.date() == JAM else 1.0
            for lead in leads
            if lead.became_mql
            and Month.of(lead.became_mql) == month
            and lead.became_mql.date() < span(month)[1]
            and not _falls_into_outage(lead.became_mql)
        }
        slow += chance.some_weighted(candidates, story.slow_handoffs)
    for lead in leads:
        if lead.became_mql is None:
            continue
        if _falls_into_outage(lead.became_mql):
            lead.handed_off = at(lead.became_mql.date() + timedelta(days=1), DAILY_EXPORT_AT, 0, chance.whole(0, 59))
        else:
            seconds = chance.whole(SLOW_FROM, SLOW_TO) if lead in slow else chance.whole(20, 480)
            lead.handed_off = lead.became_mql + timedelta(seconds=seconds)
        lead.automatic_mail = lead.handed_off + timedelta(seconds=chance.whole(5, 50))


def _falls_into_outage(moment: datetime) -> bool:
    return OUTAGE[0] <= moment < OUTAGE[1]


def other_leads(chance: Chance, known: Iterable[Lead]) -> list[Lead]:
    """The leads that sales never hears of: as many as each month and channel still lacks."""
    here = [lead for lead in known if lead.became_lead]
    leads: list[Lead] = []
    for month, story in MONTHS.items():
        for channel in CHANNELS:
            there = sum(
                lead.channel == channel and Month.of(lead.created) == month and not lead.merged_into for lead in here
            )
            missing = story.leads[channel] - there
            if missing < 0:
                raise ValueError(f"{month}, {channel}: {-missing} leads more than the story has")
            leads += [_other(chance, channel, month) for _ in range(missing)]
    for month, count in NEVER_HANDED_OFF.items():
        overlooked = [lead for lead in leads if lead.channel == "organic_search" and Month.of(lead.created) == month]
        for lead in chance.some(overlooked, count):
            lead.profile = profiles.ready(chance, "southeast", 1.0, lead.created.date())
    _look_around(leads)
    usual = [lead for lead in leads if lead.created < CUT_OFF - timedelta(days=20)]
    leads += [_again(chance, lead) for lead in chance.some(usual, MERGED)]
    # The export is made in the second in which its last lead comes in.
    latest = max((lead for lead in leads if not lead.merged_into), key=lambda lead: lead.created)
    latest.created = latest.became_lead = CUT_OFF
    return leads


def _look_around(leads: Iterable[Lead]) -> None:
    """Some ideal customers come close to being MQLs: whoever lowers the bar gets these.

    Drawn apart from all other chance, so that nothing else of the story moves with it.
    """
    chance = Chance(SEED + 1)
    for lead in leads:
        if profiles.is_ideal(lead.profile) and chance.happens(ALMOST_READY):
            lead.profile = profiles.almost_ready(chance, lead.profile, CUT_OFF.date())


def _other(chance: Chance, channel: str, month: Month) -> Lead:
    moment = lead_moment(chance, channel, *span(month))
    return Lead(
        channel=channel,
        source=chance.weighted(SOURCES[channel]),
        created=moment,
        profile=profiles.raw(chance, moment.date(), CUT_OFF.date()),
        became_lead=moment,
    )


def _again(chance: Chance, first: Lead) -> Lead:
    """The same person comes through another form; the CRM merges the two later."""
    moment = first.created + timedelta(days=chance.whole(1, 18), seconds=chance.whole(0, 7200))
    return replace(
        first, created=moment, became_lead=moment, source="Google Ads", channel="paid_search", merged_into=first
    )
