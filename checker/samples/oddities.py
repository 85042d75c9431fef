"""What is odd in every real export, made on purpose: stamps out of order, one person handed off twice.

Each is told in the tests, so that nothing else may be out of order.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from checker.quantity import Month
from checker.samples.chance import Chance
from checker.samples.hours import after, is_open
from checker.samples.records import Fate, Lead
from checker.samples.sales import answer_due, handoff_of
from checker.samples.story import APRIL, MAY, OUTAGE

CALLED_BEFORE_HANDOFF = 2
"""Leads of the outage that their sellers called all the same: in time, although before the handoff."""
MINUTES_TO_FIRST_CALL = (20, 40)


def add_oddities(chance: Chance, leads: list[Lead]) -> list[Lead]:
    """Change a few stamps of the leads that were handed off; the leads that come on top are returned."""
    down = [lead for lead in leads if lead.became_mql and OUTAGE[0] <= lead.became_mql < OUTAGE[1]]
    for lead in chance.some([lead for lead in down if _is_on_time(lead)], CALLED_BEFORE_HANDOFF):
        lead.contacted = handoff_of(lead) - timedelta(minutes=chance.whole(5, 25))
    plain = [lead for lead in leads if _is_plain(lead) and lead not in down]
    _call_too_early(chance, [lead for lead in plain if Month.of(handoff_of(lead)) == MAY])
    return [_hand_off_twice(chance, [lead for lead in plain if Month.of(handoff_of(lead)) == APRIL])]


def _is_on_time(lead: Lead) -> bool:
    return lead.contacted is not None and lead.contacted <= answer_due(lead)


def _is_plain(lead: Lead) -> bool:
    """On time and working, so that an oddity changes one thing only."""
    return (
        _is_on_time(lead)
        and not lead.profile.asked_for_us
        and not lead.is_wrongly_qualified
        and lead.fate in (Fate.WORKING, Fate.RETURNED)
        and lead.decided is not None
    )


def _call_too_early(chance: Chance, leads: list[Lead]) -> None:
    """A contact before the lead was an MQL: the stamp of some other call, and no answer to this handoff."""
    lead = chance.one_of(leads)
    if lead.became_mql:
        lead.contacted = lead.became_mql - timedelta(hours=2, minutes=chance.whole(1, 50))


def _hand_off_twice(chance: Chance, leads: list[Lead]) -> Lead:
    """The same person comes through two forms to two sellers: the second calls in time, the first does not."""
    first = chance.one_of([lead for lead in leads if _is_in_the_morning(handoff_of(lead))])
    start = handoff_of(first)
    again = start + timedelta(minutes=chance.whole(*MINUTES_TO_FIRST_CALL))
    first.contacted = after(answer_due(first), 0.5)
    first.decided = max(first.decided or first.contacted, after(first.contacted, 0.5))
    return replace(
        first,
        source="Google Ads",
        channel="paid_search",
        owner="edu" if first.owner != "edu" else "ana",
        created=again - timedelta(minutes=12),
        became_lead=again - timedelta(minutes=12),
        became_mql=again - timedelta(minutes=3),
        handed_off=again,
        automatic_mail=again + timedelta(seconds=20),
        contacted=again + timedelta(minutes=chance.whole(15, 30)),
        decided=None,
        returned=None,
        reason="",
        handed_off_again=None,
        outcome="",
        outcome_written=None,
        lost=None,
        budget="",
        authority="",
        need="",
        timeline="",
        merged_into=first,
    )


def _is_in_the_morning(moment: datetime) -> bool:
    """Early enough for both calls on the same day."""
    return is_open(moment) and moment.hour < 12
