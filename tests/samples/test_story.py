"""The story comes out as it was meant: verdicts are counted here from the exported cells alone, in plain Python."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest

from checker.samples.funnel import Sample, generate
from checker.samples.records import Row

MONTHS = ("2027-01", "2027-02", "2027-03", "2027-04", "2027-05", "2027-06")
CLOSED = {"2027-01-01", "2027-02-08", "2027-02-09", "2027-03-26", "2027-04-21", "2027-05-27"}
CUT_OFF = datetime.fromisoformat("2027-06-16 18:00:00")
BLANK = ("", "-", "N/A")
PAYLOAD = (
    "Full name", "Email", "Phone", "Company", "Job title", "Interested in", "Wants it by",
    "Industry", "Employees", "Country", "Cold rooms", "Contact consent", "State",
    "Recent activity", "Last activity", "Last visit",
)  # fmt: skip
NOT_COUNTED_LEAD = "L-20231"
NOT_COUNTED_DAYS = ("2027-01-25", "2027-01-26")

# ------------------------------------------------- a small clock, unlike the one that made the data

OPEN = [
    (datetime.combine(day, time(9)), datetime.combine(day, time(18)))
    for day in (date(2027, 1, 1) + timedelta(days=offset) for offset in range(220))
    if day.weekday() < 5 and day.isoformat() not in CLOSED
]


def worked(until: datetime) -> timedelta:
    """Working time between New Year and a moment."""
    return sum((max(min(until, shut) - opens, timedelta()) for opens, shut in OPEN), timedelta())


def hours_later(start: datetime, hours: int) -> datetime:
    """The first moment at which so many working hours have gone by."""
    wanted = worked(start) + timedelta(hours=hours)
    gone = [timedelta(hours=9) * number for number in range(len(OPEN) + 1)]
    number = bisect_right(gone, wanted - timedelta(microseconds=1)) - 1
    return OPEN[number][0] + (wanted - gone[number])


def close_of_day(start: datetime, days: int) -> datetime:
    """The close of the nth working day after the start's own day."""
    return [shut for _, shut in OPEN if shut.date() > start.date()][days - 1]


def test_the_small_clock_agrees_with_days_worked_by_hand():
    """Two of the agreement's own examples: a Friday evening, and a start on the dot."""
    friday, monday, carnival = map(datetime.fromisoformat, ("2027-03-05 17:30", "2027-03-08 14:00", "2027-02-05 17:30"))

    assert "2027-03-08 12:30:00" == str(hours_later(friday, 4))
    assert "2027-03-08 18:00:00" == str(hours_later(monday, 4))
    assert "2027-02-10 12:30:00" == str(hours_later(carnival, 4))
    assert "2027-03-09 18:00:00" == str(close_of_day(friday, 2))


# ---------------------------------------------------------------- reading the cells


def stamp(row: Row, column: str) -> datetime | None:
    return datetime.fromisoformat(row[column]) if row[column] else None


def surviving(rows: Iterable[Row]) -> list[dict[str, str]]:
    """One row a person: merged records lend their earliest stamps to the one that is left."""
    by_id = {row["Record ID"]: dict(row) for row in rows}
    for row in rows:
        if row["Merged into"]:
            del by_id[row["Record ID"]]
            survivor = by_id[row["Merged into"]]
            for column in row:
                if column.endswith(" at") and row[column]:
                    survivor[column] = min(row[column], survivor[column] or row[column])
    return list(by_id.values())


def month(moment: datetime) -> str:
    return f"{moment:%Y-%m}"


# ------------------------------------------------------------------ the promises

KeptAndDue = dict[str, list[int]]
"""Month -> how many were kept, were due at the cut-off, and wait."""
Deadline = Callable[[datetime], datetime]


def counts() -> KeptAndDue:
    return {name: [0, 0, 0] for name in ("2026-12", *MONTHS, "2027-07")}


def clock(rows: Iterable[Row], starts: str, stops: str, due: Deadline, business: bool = True) -> KeptAndDue:
    """By the month of the deadline; a stop after closing time is as good as one at closing time."""
    count = counts()
    for row in rows:
        start, stop = stamp(row, starts), stamp(row, stops)
        if start is None:
            continue
        deadline = due(start)
        in_time = stop is not None and (stop <= deadline or (business and worked(stop) == worked(deadline)))
        of_month = count[month(deadline)]
        if deadline > CUT_OFF:
            of_month[2] += 1
        else:
            of_month[0] += in_time
            of_month[1] += 1
    return count


def tally(rows: Iterable[Row], column: str, holds: Callable[[Row], bool]) -> KeptAndDue:
    """By the month of a stamp."""
    count = counts()
    for row in rows:
        moment = stamp(row, column)
        if moment is not None and month(moment) in count:
            count[month(moment)][0] += holds(row)
            count[month(moment)][1] += 1
    return count


def asked(row: Row) -> bool:
    return row["Last activity"] in ("Asked for a demo", "Asked for a price")


def sent_back(row: Row) -> bool:
    return row["Return reason"] in ("Not our customer", "Bad data", "Duplicate")


def is_decided(row: Row) -> bool:
    """Said yes or no, or kept silent past the deadline, which counts as a yes."""
    handed = stamp(row, "Handed off at")
    return row["Decided at"] != "" or (handed is not None and two_days(handed) <= CUT_OFF)


def is_answerable(row: Row) -> bool:
    """A contact before the lead was an MQL says nothing: such a row is an error of the data."""
    contact, mql = stamp(row, "First personal contact at"), stamp(row, "Became MQL at")
    return contact is None or mql is None or contact >= mql


def one_hour(start: datetime) -> datetime:
    return hours_later(start, 1)


def four_hours(start: datetime) -> datetime:
    return hours_later(start, 4)


def two_days(start: datetime) -> datetime:
    return close_of_day(start, 2)


def fifteen_days(start: datetime) -> datetime:
    return close_of_day(start, 15)


def kept_and_due(sample: Sample, not_counted: str = "") -> dict[str, KeptAndDue]:
    """Promise -> month -> kept, due, waiting, for the promises that are shares of leads or returns."""
    rows = surviving(sample.leads)
    handed = [row for row in rows if row["Handed off at"]]
    answerable = [row for row in handed if is_answerable(row) and row["Record ID"] != not_counted]
    counted = [row for row in handed if row["Return reason"] != "Duplicate"]
    contact = ("Handed off at", "First personal contact at")
    return {
        "mql-quality": tally(filter(is_decided, counted), "Handed off at", lambda row: not sent_back(row)),
        "handoff-speed": clock(
            [row for row in rows if row["Became MQL at"][:10] not in NOT_COUNTED_DAYS],
            "Became MQL at",
            "Handed off at",
            lambda start: start + timedelta(minutes=15),
            business=False,
        ),
        "handoff-data": tally(handed, "Handed off at", lambda row: all(row[column] not in BLANK for column in PAYLOAD)),
        "bad-data-fix": clock(
            [row for row in handed if row["Return reason"] == "Bad data"],
            "Returned at",
            "Handed off again at",
            two_days,
        ),
        "first-response.asked": clock(filter(asked, answerable), *contact, one_hour),
        "first-response.other": clock((row for row in answerable if not asked(row)), *contact, four_hours),
        "accept-or-return": clock(handed, "Handed off at", "Decided at", two_days),
        "outcome-known": clock(
            (row for row in handed if not sent_back(row)), "Handed off at", "Outcome written at", fifteen_days
        ),
        "reason-given": tally(rows, "Returned at", lambda row: row["Return reason"] not in BLANK),
    }


TARGETS = {
    "mql-quality": 85,
    "handoff-speed": 98,
    "handoff-data": 95,
    "bad-data-fix": 90,
    "first-response.asked": 95,
    "first-response.other": 90,
    "accept-or-return": 95,
    "outcome-known": 95,
    "reason-given": 100,
}
"""In percent, as the agreement has them."""
PLANNED_IN_JUNE = 100
JUNE_GONE = Fraction(12, 22)
"""Working days."""


def status(promise: str, of_month: str, count: list[int]) -> str:
    """Met, missed or no data; of June, the outlook."""
    kept, due, waiting = count
    if of_month != "2027-06":
        return "no data" if due == 0 else "met" if 100 * kept >= TARGETS[promise] * due else "missed"
    planned = PLANNED_IN_JUNE if promise not in ("bad-data-fix", "reason-given") else 0
    allowed = (100 - TARGETS[promise]) * max(planned, due + waiting) // 100
    missed = due - kept
    if missed > allowed:
        return "can no longer be kept"
    return "at risk" if missed > allowed * JUNE_GONE else "on course"


def pace(actual: Mapping[str, int], planned: Iterable[int]) -> list[str]:
    """The same of volumes and money."""
    statuses = ["met" if actual[name] >= target else "missed" for name, target in zip(MONTHS, planned, strict=True)]
    june = list(planned)[-1]
    statuses[-1] = "on course" if actual["2027-06"] >= june * JUNE_GONE else "at risk"
    return statuses


VERDICTS = {
    "mql-volume": ["met", "missed", "met", "met", "met", "at risk"],
    "mql-quality": ["met", "met", "met", "met", "missed", "on course"],
    "handoff-speed": ["met", "met", "met", "met", "met", "can no longer be kept"],
    "handoff-data": ["met", "met", "met", "missed", "met", "on course"],
    "bad-data-fix": ["met", "missed", "no data", "met", "met", "on course"],
    "first-response.asked": ["met", "missed", "met", "met", "met", "on course"],
    "first-response.other": ["met", "met", "missed", "met", "met", "on course"],
    "accept-or-return": ["met", "met", "met", "missed", "met", "at risk"],
    "outcome-known": ["met", "met", "met", "missed", "met", "on course"],
    "reason-given": ["met", "met", "missed", "met", "met", "can no longer be kept"],
    "revenue": ["met", "missed", "met", "met", "missed", "at risk"],
}
"""The story, promise by promise: what the made-up half-year was made for."""


KEPT_DUE_WAITING = {
    "mql-quality": [(75, 82, 0), (64, 71, 0), (76, 83, 0), (94, 104, 0), (81, 101, 0), (40, 44, 0)],
    "handoff-speed": [(75, 76, 0), (71, 72, 0), (84, 85, 0), (105, 106, 0), (102, 103, 0), (42, 46, 0)],
    "handoff-data": [(80, 83, 0), (70, 72, 0), (82, 85, 0), (97, 106, 0), (100, 103, 0), (45, 46, 0)],
    "bad-data-fix": [(3, 3, 0), (2, 3, 0), (0, 0, 0), (4, 4, 0), (3, 3, 0), (1, 1, 1)],
    "first-response.asked": [(32, 33, 0), (24, 27, 0), (27, 28, 0), (42, 43, 0), (43, 44, 0), (17, 17, 1)],
    "first-response.other": [(45, 47, 0), (42, 44, 0), (51, 60, 0), (58, 62, 0), (54, 58, 0), (28, 29, 0)],
    "accept-or-return": [(71, 73, 0), (71, 73, 0), (86, 89, 0), (98, 107, 0), (97, 100, 0), (40, 43, 10)],
    "outcome-known": [(12, 12, 0), (68, 70, 0), (82, 84, 0), (59, 66, 0), (94, 97, 0), (47, 48, 34)],
    "reason-given": [(19, 19, 0), (22, 22, 0), (39, 41, 0), (39, 39, 0), (39, 39, 0), (16, 17, 0)],
}


def volume(sample: Sample) -> Counter[str]:
    return Counter(
        row["Handed off at"][:7]
        for row in surviving(sample.leads)
        if row["Handed off at"] and row["Return reason"] != "Duplicate"
    )


def revenue(sample: Sample) -> Counter[str]:
    won: Counter[str] = Counter()
    for deal in sample.deals:
        if deal["Stage"] == "Closed won":
            won[deal["Close date"][:7]] += int(Fraction(deal["Amount"]))
    return won


def verdicts(sample: Sample) -> dict[str, list[str]]:
    shares = {
        promise: [status(promise, name, count[name]) for name in MONTHS]
        for promise, count in kept_and_due(sample).items()
    }
    return {
        "mql-volume": pace(volume(sample), (80, 80, 80, 100, 100, 100)),
        **shares,
        "revenue": pace(revenue(sample), (180_000, 180_000, 240_000, 240_000, 240_000, 300_000)),
    }


@pytest.mark.parametrize("seed", [2027, 3, 5])
def test_the_story_is_told_whoever_comes(seed):
    """The counts are the story's; chance only says who, and at which hour."""
    assert VERDICTS == verdicts(generate(seed))


def test_the_demo_counts_what_its_reader_will_see():
    """Kept, due and waiting of each month, as `sla check` has to find them; the agreed exception is left out."""
    found = {
        promise: [tuple(count[name]) for name in MONTHS]
        for promise, count in kept_and_due(generate(), NOT_COUNTED_LEAD).items()
    }

    assert KEPT_DUE_WAITING == found


def test_a_lead_that_nobody_called_on_time_is_the_agreed_exception(sample):
    """It was called on the next morning: without the exception January has one miss more."""
    with_it = kept_and_due(sample)["first-response.other"]["2027-01"]
    without = kept_and_due(sample, NOT_COUNTED_LEAD)["first-response.other"]["2027-01"]

    assert [with_it[0], with_it[1] - 1, with_it[2]] == without


def test_the_outage_would_break_january(sample):
    """All leads of the two days went out at nine on the next morning, which is why both teams agreed not to count."""
    down = [row for row in sample.leads if row["Became MQL at"][:10] in NOT_COUNTED_DAYS]

    assert {"2027-01-26 09:00", "2027-01-27 09:00"} == {row["Handed off at"][:16] for row in down}
    assert 100 * 75 < TARGETS["handoff-speed"] * (76 + len(down))


# ---------------------------------------------------------------- volumes and money


def test_leads_mqls_and_opportunities_come_as_planned_but_for_february(sample):
    """Of June until the cut-off; two opportunities of old customers stand on top, and find no lead."""
    ids = {row["Record ID"] for row in sample.leads}
    people = surviving(sample.leads)
    leads = Counter(row["Became lead at"][:7] for row in people if row["Became lead at"])
    opened = Counter(deal["Deal created at"][:7] for deal in sample.deals if deal["Lead ID"] in ids)
    won = Counter(deal["Close date"][:7] for deal in sample.deals if deal["Stage"] == "Closed won")

    assert [404, 352, 421, 512, 497, 254] == [leads[name] for name in MONTHS]
    assert [82, 71, 83, 104, 101, 45] == [volume(sample)[name] for name in MONTHS]
    assert [24, 24, 32, 30, 32, 40, 40, 12] == [opened[name] for name in ("2026-11", "2026-12", *MONTHS)]
    assert [6, 5, 8, 9, 7, 4] == [won[name] for name in MONTHS]
    assert [187_400, 148_200, 251_300, 268_500, 209_800, 118_600] == [revenue(sample)[name] for name in MONTHS]


def three_months_after(day: date) -> date:
    number = day.month + 2
    first = date(day.year + number // 12, number % 12 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return min(last, first + timedelta(days=day.day - 1))


def test_one_opportunity_in_four_is_won_but_for_february(sample):
    """Within three months of opening; from March on the youngest are not three months old."""
    won: dict[str, int] = defaultdict(int)
    for deal in sample.deals:
        opened = date.fromisoformat(deal["Deal created at"][:10])
        if deal["Stage"] == "Closed won" and date.fromisoformat(deal["Close date"]) <= three_months_after(opened):
            won[deal["Deal created at"][:7]] += 1

    assert {"2026-11": 6, "2026-12": 6, "2027-01": 8, "2027-02": 7, "2027-03": 8, "2027-04": 3} == won


def test_four_sqls_in_five_meet_sales(sample):
    """Of those that had the time for it."""
    in_time = {row["Record ID"] for row in sample.leads if row["Became SQL at"] and row["Became SQL at"] < "2027-06-01"}
    met = in_time & {deal["Lead ID"] for deal in sample.deals}

    assert 0.72 <= len(met) / len(in_time) <= 0.86


# -------------------------------------------------------------------- slow days


def test_the_director_calls_alone_while_two_sellers_are_ill(sample):
    """Nobody gets their leads but he, in that week only, and most of March's late contacts are his."""
    his = [row for row in sample.leads if row["Lead owner"] == "Tomás Quintela"]
    late = [
        row
        for row in sample.leads
        if row["Handed off at"][:7] == "2027-03"
        and not asked(row)
        and (contact := stamp(row, "First personal contact at"))
        and (handed := stamp(row, "Handed off at"))
        and worked(contact) > worked(four_hours(handed))
    ]

    assert {"2027-03"} == {row["Handed off at"][:7] for row in his}
    assert all("2027-03-12 16:00" <= row["Handed off at"] <= "2027-03-19 16:00" for row in his)
    assert sum(row in his for row in late) > len(late) / 2


def test_nobody_is_back_before_noon_on_ash_wednesday(sample):
    """Who asked for a demo over Carnival was called in the afternoon."""
    waited = [
        row
        for row in sample.leads
        if asked(row)
        and "2027-02-05 17:00" < row["Handed off at"] < "2027-02-10 10:00"
        and row["First personal contact at"] > "2027-02-10 12:00"
    ]

    assert 3 == len(waited)
