"""What happens to a number when leads that are not due yet are counted, or cohorts that are not grown up: the bias
table of the design, by simulation, and that a check shows none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from checker.funnel import DuckdbEngine
from checker.quantity import Month
from checker.review.check import check
from checker.text import parse
from checker.verdict import Result
from tests.funnel.made import MadeFunnel, agreement_of, instant
from tests.review.test_check import HEAD

CALL = """
sales_promises:
  first-response:
    promise: Call each lead
    starts: handed_off
    stops: first_personal_contact
    within: 4 business hours
    target: 90%
"""
Called = tuple[int, int | None]
"""When a lead was handed over, and when it was called, if it was."""
HOUR, CLOCK = 3600, ("became_lead", "handed_off", "first_personal_contact")
# The office is open from nine to six. From Monday at nine to Wednesday at eleven are 20 hours of work.
DAYS = [instant(f"2027-03-0{day} 09:00") for day in (1, 2, 3)]
CUT_OFF = instant("2027-03-03 11:00")


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckdbEngine]:
    with DuckdbEngine() as engine:
        yield engine


def at(worked: int) -> int:
    """The instant at which so many seconds have been worked since Monday at nine."""
    day, rest = divmod(worked, 9 * HOUR)
    return DAYS[day] + rest


def leads_of_twenty_hours() -> list[Called]:
    """Handed over all through 20 hours, and called or not: seconds worked until each.

    Eight of ten are called in time, at any of the four hours; of the others half are called just too late, and half
    never.
    """
    found: list[Called] = []
    for arrival in range(400):
        handed_off = arrival * 20 * HOUR // 400 + 90
        for fate in range(100):
            # every other lead half a step later, so that no moment is met twice
            delay = fate * 180 + 90 * (1 + arrival % 2) if fate < 80 else 4 * HOUR + 1 if fate < 90 else None
            found.append((handed_off, None if delay is None else handed_off + delay))
    return found


def percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1)


def test_the_bias_table_is_reproduced_and_only_due_leads_are_counted(engine):
    """A team that answers 80% in time reads as 81.8, 72.0 or 90.0 by other ways of counting; a check says 80.0."""
    now, within = 20 * HOUR, 4 * HOUR
    leads: list[Called] = [
        (start, stop if stop is not None and stop <= now else None) for start, stop in leads_of_twenty_hours()
    ]
    due = [lead for lead in leads if lead[0] + within <= now]
    early = [lead for lead in leads if lead[0] + within > now and lead[1] is not None]
    answered = [lead for lead in leads if lead[1] is not None]

    def in_time(some: list[Called]) -> int:
        return sum(1 for start, stop in some if stop is not None and stop - start <= within)

    result = checked_share(engine, leads)

    assert (80.0, 81.8, 72.0, 90.0) == (
        percent(in_time(due), len(due)),
        percent(in_time(due + early), len(due + early)),
        percent(in_time(leads), len(leads)),
        percent(in_time(answered), len(answered)),
    )
    assert (in_time(due), len(due), len(leads) - len(due)) == (result.numerator, result.denominator, result.waiting)
    assert 80.0 == percent(int(result.numerator), int(result.denominator))


def checked_share(engine: DuckdbEngine, leads: list[Called]) -> Result:
    rows: list[dict[str, Any]] = [
        {
            "lead_id": str(number),
            "at_handed_off": at(start),
            "at_first_personal_contact": None if stop is None else at(stop),
        }
        for number, (start, stop) in enumerate(leads)
    ]
    rows.append({"lead_id": "last", "at_became_lead": CUT_OFF})
    since = dict.fromkeys(CLOCK, (date(2027, 1, 1), date(2027, 3, 3)))
    text = HEAD + CALL
    results = check(agreement_of(text), parse(text), MadeFunnel(engine, rows, CLOCK, {}, since)).results.results
    return next(result for result in results if result.period == "2027-03")


RATE = """
sales_promises:
  win: {promise: Win one in four, measure: rate, of: mql_to_customer, target: 25%, judged_after: 3 months}
"""
FIRST = Month(2026, 7)


def test_growth_hides_wins_from_whoever_divides_by_the_same_month(engine):
    """One in four wins, two months later; where each month brings 10% more, the month's own ratio says 20.7%."""
    opened = [round(400 * Fraction(11, 10) ** number / 4) * 4 for number in range(8)]
    rows: list[dict[str, Any]] = []
    for number, count in enumerate(opened):
        month, won = FIRST + number, FIRST + number + 2
        for lead in range(count):
            row = {"lead_id": f"{month}-{lead}", "at_handed_off": instant(f"{month}-10 10:00")}
            if lead % 4 == 0:
                row["at_became_customer"] = instant(f"{won}-10 10:00")
            rows.append(row)
    months = [FIRST + number for number in range(2, 5)]
    won_in = {str(month): opened[(month + -2) - FIRST] // 4 for month in months}
    ratios = [round(100 * won_in[str(month)] / opened[month - FIRST], 1) for month in months]
    text = HEAD + RATE
    whole = dict.fromkeys(("handed_off", "became_customer"), (date(2026, 7, 1), date(2027, 3, 31)))
    funnel = MadeFunnel(engine, rows, tuple(whole), {}, whole)
    results = check(agreement_of(text), parse(text), funnel, date(2027, 3, 31)).results.results
    cohorts = [result.actual for result in results if Month.parse(result.period) in months]

    assert [20.7, 20.7, 20.7] == ratios
    assert [0.25, 0.25, 0.25] == cohorts
