"""Opportunities: opened after a first meeting, then won, lost or still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from checker.quantity import Month
from checker.samples.arrivals import opening_moment, some_working_day, span
from checker.samples.chance import Chance
from checker.samples.hours import after, at, is_working_day, next_working_day
from checker.samples.records import Deal, Lead
from checker.samples.story import CUT_OFF, MONTHS

SHORTEST_CYCLE, LONGEST_CYCLE = timedelta(days=25), timedelta(days=85)
"""From opening to signature, of what is won within three months."""
LATE_CYCLE = timedelta(days=95)
AMOUNTS = ((90, 180, 30), (181, 350, 45), (351, 620, 25))
"""Smallest and biggest in hundreds of R$, and how many in a hundred."""
SMALLEST_WON = 60
LOST_SHARE = 0.88
SQL_WRITTEN_LATE = 2
"""SQLs that were written down a day after their opportunity."""
WITHOUT_NEXT_STEP = 0.05
STRANGERS = 2
"""Opportunities of old customers, whose leads are not in the export."""


def opportunities(chance: Chance, earlier: Mapping[Lead, date], qualified: Iterable[Lead]) -> list[Deal]:
    """All opportunities, with what became of them, in the order of their opening.

    `earlier` are the leads of those that were opened by hand, each with the day of its opening; `qualified` the SQLs.
    """
    deals = [_open(chance, lead, day) for lead, day in earlier.items()]
    for deal in deals:
        deal.lead.outcome, deal.lead.outcome_written = "Still working", after(deal.opened, chance.share())
    deals += _from_sqls(chance, qualified)
    of_months = {month: [deal for deal in deals if Month.of(deal.opened) == month] for month in MONTHS}
    for month, story in MONTHS.items():
        for closing, count in story.won_in.items():
            _win(chance, of_months[month], closing, count, (SHORTEST_CYCLE, LONGEST_CYCLE))
        for closing, count in story.won_late.items():
            _win(chance, of_months[month], closing, count, (LATE_CYCLE, LATE_CYCLE * 2))
    for month, story in MONTHS.items():
        _share_out(chance, [deal for deal in deals if deal.closed and Month.of(deal.closed) == month], story.revenue)
    for deal in deals:
        if not deal.is_won:
            _lose_or_go_on(chance, deal)
    deals += _strangers(chance, deals)
    return sorted(deals, key=lambda deal: deal.opened)


def _open(chance: Chance, lead: Lead, day: date) -> Deal:
    smallest, biggest = chance.weighted({(low, high): share for low, high, share in AMOUNTS})
    return Deal(
        lead=lead,
        opened=opening_moment(chance, day),
        amount=100 * chance.whole(smallest, biggest),
        expected_close=day + timedelta(days=chance.whole(35, 85)),
    )


def _from_sqls(chance: Chance, leads: Iterable[Lead]) -> list[Deal]:
    """Four SQLs in five get to a first meeting, after a few days; which, so that each month has its count."""
    meetings: dict[Month, list[tuple[Lead, date]]] = {month: [] for month in MONTHS}
    for lead in leads:
        if lead.became_sql:
            day = next_working_day(lead.became_sql.date(), chance.whole(1, 6))
            if day < CUT_OFF.date():
                meetings[Month.of(day)].append((lead, day))
    deals = []
    for month, story in MONTHS.items():
        for lead, day in chance.some(meetings[month], story.opened - story.opened_by_hand):
            deals.append(_open(chance, lead, day))
    for deal in chance.some(deals, SQL_WRITTEN_LATE):
        deal.lead.became_sql = deal.opened + timedelta(days=1)
    return deals


def _win(chance: Chance, deals: list[Deal], closing: Month, count: int, cycle: tuple[timedelta, timedelta]) -> None:
    """Sign some of the opportunities in a month, so long after they were opened as the cycle says."""
    shortest, longest = cycle
    able = []
    for deal in deals:
        first = max(closing.first_day, (deal.opened + shortest).date())
        last = min(span(closing)[1], (deal.opened + longest).date())
        if not deal.is_won and first < last - timedelta(days=4):
            able.append((deal, first, last))
    for deal, first, last in chance.some(able, count):
        deal.is_won, deal.closed = True, some_working_day(chance, first, last)
        deal.lead.outcome = "Won deal"


def _share_out(chance: Chance, won: list[Deal], revenue: int) -> None:
    """Change the amounts as little as it takes for the month to bring its revenue."""
    missing = revenue // 100 - sum(deal.amount for deal in won) // 100
    while missing:
        deal = chance.one_of(won)
        step = max(-15, min(15, missing))
        if deal.amount // 100 + step >= SMALLEST_WON:
            deal.amount += 100 * step
            missing -= step


def _lose_or_go_on(chance: Chance, deal: Deal) -> None:
    if chance.happens(LOST_SHARE):
        day = deal.opened.date() + timedelta(days=chance.whole(20, 105))
        deal.closed = day if is_working_day(day) else next_working_day(day)
        deal.lead.lost = at(deal.closed, chance.whole(9, 17), chance.whole(0, 59), chance.whole(0, 59))
    if deal.closed is None or deal.closed > CUT_OFF.date():
        late = deal.expected_close < CUT_OFF.date()
        deal.expected_close = CUT_OFF.date() + timedelta(days=chance.whole(5, 60)) if late else deal.expected_close
        if not chance.happens(WITHOUT_NEXT_STEP):
            deal.next_step = chance.one_of(("Call", "Second meeting", "Visit the plant", "Send the proposal"))
            deal.next_step_on = next_working_day(CUT_OFF.date(), chance.whole(1, 10))


def _strangers(chance: Chance, deals: list[Deal]) -> list[Deal]:
    """More sensors for old customers: opened, and not yet decided."""
    strangers = []
    for number, like in enumerate(chance.some(deals[-30:], STRANGERS)):
        day = some_working_day(chance, date(2027, 5, 3), date(2027, 6, 10))
        deal = _open(chance, like.lead, day)
        deal.lead_id = f"L-{9402 + 377 * number:05d}"
        deal.next_step, deal.next_step_on = "Call", next_working_day(CUT_OFF.date(), 3)
        strangers.append(deal)
    return strangers
