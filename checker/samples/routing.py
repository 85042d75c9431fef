"""Who gets a lead that is handed off: the agreement's routing, and the week in which two sellers were ill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import cycle

from checker.samples.chance import Chance
from checker.samples.hours import when_open
from checker.samples.records import Lead
from checker.samples.story import ILL, ILL_SELLERS

TURNS = {"south": ("ana", "bruno"), "southeast": ("caio", "dora"), "elsewhere": ("edu",)}
"""Two names take turns."""
IF_ALL_ARE_AWAY = "tomas"
TIME_TO_CALL = timedelta(hours=2)
KNOWN_COMPANIES = 0.03
"""How many leads are of companies that a seller already looks after."""


def route(chance: Chance, leads: Iterable[Lead]) -> None:
    """Give each lead its owner; `leads` in the order of their handoff."""
    turns: dict[str, Iterator[str]] = {region: cycle(sellers) for region, sellers in TURNS.items()}
    for lead in leads:
        if chance.happens(KNOWN_COMPANIES):
            lead.account_seller = chance.one_of(TURNS[lead.region])
        seller = lead.account_seller or next(turns[lead.region])
        lead.owner = IF_ALL_ARE_AWAY if lead.handed_off and _is_away(seller, lead.handed_off) else seller


def _is_away(seller: str, moment: datetime) -> bool:
    """The two who are ill stand in for each other: nobody is left but the director.

    He also gets what they could not call before the evening of the last day.
    """
    return seller in ILL_SELLERS and ILL[0] <= when_open(moment + TIME_TO_CALL).date() <= ILL[1]
