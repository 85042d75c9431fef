"""Which way each lead goes that was handed off: the story's counts say how many, chance says which."""

from __future__ import annotations

from datetime import timedelta

from checker.quantity import Month
from checker.samples.chance import Chance
from checker.samples.hours import at
from checker.samples.records import Fate, Lead
from checker.samples.story import CUT_OFF, JUNE, MONTHS, MonthStory

AFTER_ACCEPTING = {"No answer": 36, "Too early": 24, "No budget": 18, "Wrong person": 12, "No need": 10}
RETURNED_LATER = 0.52
"""The part of the accepted leads, SQLs apart, that comes back."""
NOT_OUR_CUSTOMER, BAD_DATA = "Not our customer", "Bad data"
LAST_DAY_TO_REPAIR = 20
"""What comes back for bad data was handed off early enough for the repair's deadline to fall in the same month."""
FRESH = (at(CUT_OFF.date() - timedelta(days=2), 18), at(CUT_OFF.date(), 9))
"""One lead with bad data comes back so shortly before the export that its repair is not due."""
SMALL_EMPLOYEES = 80


def decide_fates(chance: Chance, leads: list[Lead]) -> None:
    """Set the fate of each lead, and the reason of those that come back."""
    for month, story in MONTHS.items():
        of_month = [
            lead
            for lead in leads
            if lead.handed_off and Month.of(lead.handed_off) == month and lead.fate is not Fate.SENT_BACK
        ]
        _send_back(chance, month, story, of_month)
        for channel, count in story.sqls.items():
            able = [lead for lead in _left(of_month) if lead.channel == channel and _is_older(lead, 4)]
            for lead in chance.some(able, count):
                lead.fate = Fate.QUALIFIED
        for lead in _left(of_month):
            if chance.happens(RETURNED_LATER):
                lead.fate, lead.reason = Fate.RETURNED, chance.weighted(AFTER_ACCEPTING)


def _left(leads: list[Lead]) -> list[Lead]:
    return [lead for lead in leads if lead.fate is Fate.WORKING]


def _is_older(lead: Lead, days: int) -> bool:
    return lead.handed_off is not None and lead.handed_off < CUT_OFF - timedelta(days=days)


def is_fresh(lead: Lead) -> bool:
    """Whether what comes back of it now is not due at the cut-off."""
    return lead.handed_off is not None and FRESH[0] <= lead.handed_off < FRESH[1]


def _send_back(chance: Chance, month: Month, story: MonthStory, leads: list[Lead]) -> None:
    misfits = {lead: _misfit(lead) for lead in leads if month != JUNE or _is_older(lead, 3)}
    for lead in chance.some_weighted(misfits, story.not_our_customer):
        lead.fate, lead.reason = Fate.SENT_BACK, NOT_OUR_CUSTOMER
    fresh = [lead for lead in _left(leads) if is_fresh(lead)][:1] if story.bad_data else []
    early = [
        lead
        for lead in _left(leads)
        if lead.handed_off and lead.handed_off.day <= LAST_DAY_TO_REPAIR and _is_older(lead, 7)
    ]
    for lead in fresh + chance.some(early, story.bad_data - len(fresh)):
        lead.fate, lead.reason = Fate.SENT_BACK, BAD_DATA


def _misfit(lead: Lead) -> float:
    """Who is wrongly qualified comes back for sure; shops that are hardly big enough, likely."""
    if lead.is_wrongly_qualified:
        return 1000.0
    is_small = lead.profile.industry == "Supermarkets" and int(lead.profile.employees) < SMALL_EMPLOYEES
    return 50.0 if is_small else 1.0
