"""When leads come, and when they become MQLs: each channel has its own days of the week and hours of the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache

from checker.quantity import Month
from checker.samples.chance import Chance
from checker.samples.hours import at, is_working_day, next_working_day
from checker.samples.story import CUT_OFF, FAIRS, SLOW_WEEKS, WEBINARS

WEEKDAYS = {
    "organic_search": (10, 11, 11, 10, 8, 2, 2),
    "paid_search": (9, 9, 9, 9, 8, 5, 6),
    "email_webinars": (4, 8, 6, 9, 4, 1, 1),
    "trade_fairs": (2, 2, 2, 2, 2, 0, 0),
}
"""How much comes on each day from Monday; fairs have days of their own."""
HOURS = {
    "organic_search": {7: 2, 8: 6, 9: 9, 10: 12, 11: 11, 12: 6, 13: 7, 14: 11, 15: 11, 16: 10, 17: 8, 19: 3, 21: 3},
    "paid_search": {7: 3, 8: 5, 9: 8, 10: 9, 11: 9, 12: 9, 13: 8, 14: 8, 15: 8, 16: 8, 17: 7, 19: 5, 20: 6, 22: 5},
    "email_webinars": {8: 4, 9: 8, 10: 18, 11: 22, 12: 8, 13: 6, 14: 10, 15: 8, 16: 6, 17: 4, 20: 3},
    "trade_fairs": {9: 8, 10: 14, 11: 14, 12: 6, 13: 7, 14: 13, 15: 13, 16: 11, 17: 8},
}
FAIR_HOURS = {10: 8, 11: 12, 12: 10, 13: 8, 14: 13, 15: 14, 16: 12, 17: 8}
"""When visitors come to the stand."""
WEBINAR, DAY_AFTER_WEBINAR = 5.0, 3.0
"""How many times the usual of the day comes then."""
FOLLOW_UP_DAYS = 14
"""How long visitors of a fair keep becoming MQLs."""


def span(month: Month) -> tuple[date, date]:
    """First and last day of a month, or of what the export holds of it."""
    return month.first_day, min(month.last_day, CUT_OFF.date())


def days_of(first: date, last: date) -> list[date]:
    """All days of a span, both ends in."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def usual(channel: str, day: date) -> float:
    """How much comes on a day, against the channel's other days."""
    weight = float(WEEKDAYS[channel][day.weekday()])
    if channel == "email_webinars" and day in WEBINARS:
        weight *= WEBINAR
    if channel == "email_webinars" and day - timedelta(days=1) in WEBINARS:
        weight *= DAY_AFTER_WEBINAR
    if channel in ("trade_fairs", "email_webinars") and not is_working_day(day):
        weight *= 0.2
    for first, last, share in SLOW_WEEKS:
        if first <= day <= last:
            weight *= share
    return weight


def mql_days(channel: str, first: date, last: date) -> dict[date, float]:
    """Day -> how likely a lead of the channel becomes an MQL on it."""
    return {
        day: usual(channel, day) * (_follow_up(day) if channel == "trade_fairs" else 1.0)
        for day in days_of(first, last)
    }


def _follow_up(day: date) -> float:
    """Little as a rule, and ten times as much while visitors of the latest fair are written to."""
    since = (day - latest_fair(day)[1]).days
    return 1.0 if 1 <= since <= FOLLOW_UP_DAYS else 0.1


def latest_fair(day: date) -> tuple[date, date]:
    """First and last day of the fair that ended last before a day."""
    return next(fair for fair in reversed(FAIRS) if fair[1] < day)


def moment_of(chance: Chance, channel: str, day: date) -> datetime:
    """A moment of a day, at the channel's hours; never after the export."""
    while True:
        moment = at(day, chance.weighted(HOURS[channel]), chance.whole(0, 59), chance.whole(0, 59))
        if moment < CUT_OFF:
            return moment


def lead_moment(chance: Chance, channel: str, first: date, last: date) -> datetime:
    """When someone of a channel leaves a name and an e-mail: a moment of the span."""
    fairs = _fair_days(first, last)
    if channel == "trade_fairs" and fairs:
        return at(chance.one_of(fairs), chance.weighted(FAIR_HOURS), chance.whole(0, 59), chance.whole(0, 59))
    return moment_of(chance, channel, chance.weighted(_lead_days(channel, first, last)))


@cache
def _fair_days(first: date, last: date) -> tuple[date, ...]:
    return tuple(day for day in days_of(first, last) if any(opens <= day <= closes for opens, closes in FAIRS))


@cache
def _lead_days(channel: str, first: date, last: date) -> Mapping[date, float]:
    return {day: usual(channel, day) for day in days_of(first, last)}


def moment_before(chance: Chance, channel: str, mql: datetime) -> datetime:
    """When an MQL had become a lead: at the fair, in the same visit, or days and weeks before."""
    if channel == "trade_fairs":
        first, last = latest_fair(mql.date())
        return lead_moment(chance, channel, first, last)
    same_day, longest = {"organic_search": (0.3, 30), "paid_search": (0.6, 7), "email_webinars": (0.1, 40)}[channel]
    if chance.happens(same_day):
        return mql - timedelta(seconds=chance.whole(180, 5400))
    day = mql.date() - timedelta(days=1 + int(chance.share() * chance.share() * longest))
    return moment_of(chance, channel, day)


def opening_moment(chance: Chance, day: date) -> datetime:
    """When a meeting of a working day ends and its opportunity is written down."""
    return at(day, chance.whole(9, 17), chance.whole(0, 59), chance.whole(0, 59))


def some_working_day(chance: Chance, first: date, last: date) -> date:
    """A working day of a span that holds at least one."""
    day = first + timedelta(days=chance.whole(0, (last - first).days))
    while not is_working_day(day):
        day = next_working_day(day) if next_working_day(day) <= last else next_working_day(first - timedelta(days=1))
    return day
