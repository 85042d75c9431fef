"""How often a month of a promise of 90% is missed by a team that really keeps 90%, and by one that keeps 95%."""

from __future__ import annotations

import math
from fractions import Fraction

from checker.logic.statistics import chance_of_at_most, chance_of_missing
from tools.drawings.picture import BAD, INK, MARK, QUIET, WIDTH, Picture

TARGET, BETTER = Fraction(9, 10), Fraction(19, 20)
LEADS = (10, 20, 50, 100, 200)
"""Leads of a month."""
_LEFT, _TOP, _ROW = 120, 70, 52
_FULL = WIDTH - _LEFT - 90


def missed_of_100(leads: int, really: Fraction) -> int:
    """In how many of 100 months a team that really keeps this share shows less than the promised one."""
    if really == TARGET:
        return round(100 * chance_of_missing(leads, TARGET))
    return round(100 * chance_of_at_most(math.ceil(leads * TARGET) - 1, leads, really))


def luck() -> str:
    """A pair of bars for each number of leads."""
    rows = {leads: (missed_of_100(leads, TARGET), missed_of_100(leads, BETTER)) for leads in LEADS}
    says = "; ".join(f"{leads} leads: {exact} and {better} of 100 months" for leads, (exact, better) in rows.items())
    picture = Picture(_TOP + _ROW * len(rows) + 50, "Months that a promise of 90% is missed", says)
    picture.text(20, 30, "A promise of 90%: how many of 100 months are missed by a team that really keeps", size=16)
    picture.box(20, 42, 14, 14, BAD)
    picture.text(40, 54, "90%, exactly what it promises")
    picture.box(290, 42, 14, 14, MARK)
    picture.text(310, 54, "95%, a little more")
    for number, (leads, (exact, better)) in enumerate(rows.items()):
        top = _TOP + number * _ROW
        picture.text(_LEFT - 14, top + 27, f"{leads} leads", anchor="end")
        for row, (share, colour) in enumerate(((exact, BAD), (better, MARK))):
            picture.box(_LEFT, top + 4 + row * 18, _FULL, 15, QUIET, 0.4)
            picture.box(_LEFT, top + 4 + row * 18, max(_FULL * share / 100, 2), 15, colour)
            picture.text(_LEFT + _FULL * share / 100 + 8, top + 16 + row * 18, str(share), INK, 13)
    bottom = _TOP + _ROW * len(rows)
    for share in (0, 25, 50, 75, 100):
        left = _LEFT + _FULL * share / 100
        picture.line(left, bottom, left, bottom + 6, INK, 1)
        picture.text(left, bottom + 24, str(share), size=12, anchor="middle")
    return picture.svg()
