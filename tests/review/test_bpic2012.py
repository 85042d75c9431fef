"""A real log of a lender's applications: every number that a right reading gives, also from its wide export."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from checker.agreement import build
from checker.funnel import Funnel, nodes, open_funnel
from checker.review.check import check
from checker.text import parse
from checker.verdict import Results
from tests.funnel.sources import facts

# The design's example agreement and source of this log; names as there.
AGREEMENT = """
format: sla/v1
agreement: Loan applications
status: draft
language: en
currency: EUR
working_time:
  desk:
    timezone: Europe/Amsterdam
    days: {Monday to Friday: "08:00 to 21:00", Saturday: "09:00 to 17:00"}
    holidays: {country: NL}
stages:
  application: {name: Application, team: marketing}
  preaccepted: {name: Pre-accepted, team: sales}
  accepted: {name: Accepted, team: sales}
  offer: {name: Offer sent, team: sales, is: pipeline}
  granted: {name: Granted, team: sales, is: won}
channels:
  web_and_branch: {team: marketing}
fields:
  amount_requested: {is: money}
handoff: {stage: application, channel: Work queue}
sales_promises:
  first-response:
    promise: A person takes up each application that reaches the queue
    starts: handed_off
    stops: first_personal_contact
    within: 4 business hours
    target: 90%
  within-the-hour:
    promise: Half of them within the hour
    starts: handed_off
    stops: first_personal_contact
    within: 1 business hour
    target: 50%
"""
# The same log as a funnel of two stages: who applied, and who got the money.
TWO_STAGES = AGREEMENT[: AGREEMENT.index("  preaccepted:")] + (
    "  granted: {name: Granted, team: sales, is: won}\n"
    + AGREEMENT[AGREEMENT.index("channels:") : AGREEMENT.index("handoff:")]
    + "both_promise:\n  loans: {promise: Grant loans, measure: volume, of: granted, target: 450 a month}\n"
)
LOG = """
source:
  timezone: Europe/Amsterdam
  files:
    log: {path: bpic2012_events.parquet}
  leads:
    from: log
    id: case_id
    channel: {always: web_and_branch}
    fields:
      amount_requested: amount_req
  events:
    became_application: {column: timestamp, when: {activity: A_SUBMITTED}}
    became_preaccepted: {column: timestamp, when: {activity: A_PREACCEPTED}}
    handed_off:
      column: timestamp
      when: {activity: [W_Afhandelen leads, W_Completeren aanvraag], lifecycle: SCHEDULE}
    contact_attempt:
      column: timestamp
      when:
        activity: [W_Afhandelen leads, W_Completeren aanvraag, W_Nabellen offertes, W_Nabellen incomplete dossiers]
        lifecycle: START
      unless: {resource: "112"}
      set: {actor: resource}
      personal: yes
    became_accepted: {column: timestamp, when: {activity: A_ACCEPTED}}
    became_offer: {column: timestamp, when: {activity: O_SENT}}
    became_granted: {column: timestamp, when: {activity: A_APPROVED}, set: {amount: amount_req}}
    lost: {column: timestamp, when: {activity: [A_DECLINED, A_CANCELLED]}, set: {reason: activity}}
"""
STAGES = ("application", "preaccepted", "accepted", "offer", "granted")
EVENTS = (*(f"became_{stage}" for stage in STAGES), "handed_off", "first_personal_contact", "lost")
WIDE = f"""
source:
  timezone: Europe/Amsterdam
  files:
    wide: {{path: wide.csv}}
  leads:
    from: wide
    id: case
    channel: {{always: web_and_branch}}
    amount: amount
    disposition: outcome
  events: {{{", ".join(f"{event}: {event}" for event in EVENTS)}}}
"""
_TWO = ("became_preaccepted", "became_accepted", "became_offer")


def opened(text: str, folder: Path) -> Funnel:
    document = parse(text)
    return open_funnel(build(document.values, document.problems), folder)


def checked(text: str, folder: Path) -> Results:
    document = parse(text)
    agreement = build(document.values, document.problems)
    with open_funnel(agreement, folder) as funnel:
        return check(agreement, document, funnel, with_figures=True).results


def without(source: str) -> str:
    """A source without the stages that the shorter funnel does not have."""
    if "wide.csv" in source:
        return source.replace("".join(f"{event}: {event}, " for event in _TWO), "")
    return "\n".join(line for line in source.splitlines() if not any(event in line for event in _TWO)) + "\n"


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "bpic2012"


@pytest.fixture(scope="module")
def funnel(folder: Path) -> Iterator[Funnel]:
    with opened(AGREEMENT + LOG, folder) as funnel:
        yield funnel


@pytest.fixture(scope="module")
def wide(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wide export of the same cases, derived from the log one line after the other."""
    place = tmp_path_factory.mktemp("wide")
    with (place / "wide.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ["case", "amount", "outcome", *EVENTS])
        writer.writeheader()
        writer.writerows(wide_rows(folder))
    return place


def lines_of(folder: Path) -> list[tuple[str, ...]]:
    """Case, amount, activity, lifecycle, moment and resource of each line of the log, as text."""
    with opened(AGREEMENT + LOG, folder) as funnel:
        wanted = ["case_id", "amount_req", "activity", "lifecycle", "timestamp", "resource"]
        log = nodes.file_call("read_parquet", nodes.text(str(folder / "bpic2012_events.parquet")), {})
        return list(funnel.engine.rows(nodes.select(map(nodes.column, wanted), log)))


def wide_rows(folder: Path) -> Iterator[Mapping[str, str]]:
    """One row a case: the first time of each stage, and of the first call by a person after the first handoff."""
    lines = lines_of(folder)
    stage_of = {"A_SUBMITTED": "application", "A_PREACCEPTED": "preaccepted", "A_ACCEPTED": "accepted"}
    stage_of |= {"O_SENT": "offer", "A_APPROVED": "granted"}
    cases: dict[str, dict[str, list[tuple[datetime, str]]]] = {}
    amounts: dict[str, str] = {}
    for case, amount, activity, lifecycle, stamp, resource in lines:
        told = cases.setdefault(case, {})
        amounts[case] = amount
        at = datetime.fromisoformat(stamp)
        if activity in stage_of:
            told.setdefault(f"became_{stage_of[activity]}", []).append((at, activity))
        elif activity in ("A_DECLINED", "A_CANCELLED"):
            told.setdefault("lost", []).append((at, activity))
        elif activity in ("W_Afhandelen leads", "W_Completeren aanvraag") and lifecycle == "SCHEDULE":
            told.setdefault("handed_off", []).append((at, activity))
        elif lifecycle == "START" and resource != "112" and activity in CALLS:
            told.setdefault("calls", []).append((at, activity))
    for case, told in cases.items():
        firsts = {event: min(told[event]) for event in EVENTS if event in told}
        if "handed_off" in firsts:
            since = firsts["handed_off"][0].replace(microsecond=0)
            if calls := [call for call in told.get("calls", []) if call[0] >= since]:
                firsts["first_personal_contact"] = min(calls)
        row = {event: at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for event, (at, _) in firsts.items()}
        won = amounts[case] if "became_granted" in firsts else ""
        yield {"case": case, "amount": won, "outcome": firsts["lost"][1] if "lost" in firsts else "", **row}


CALLS = ("W_Afhandelen leads", "W_Completeren aanvraag", "W_Nabellen offertes", "W_Nabellen incomplete dossiers")


def test_the_numbers_of_the_log(funnel):
    """Cases, lines of each event, and what was granted."""
    lines = {event: told.lines for event, told in funnel.events.items() if told.lines is not None}
    cases = {event: told.count for event, told in funnel.events.items()}
    granted = [fact["amount"] for fact in facts(funnel) if fact["at_became_granted"] is not None]

    assert 13_087 == funnel.leads == cases["became_application"]
    assert (7_367, 5_113, 2_246, 10_442) == tuple(
        cases[event] for event in ("became_preaccepted", "became_accepted", "became_granted", "lost")
    )
    assert (12_142, 9_607) == (lines["handed_off"], cases["handed_off"])
    assert (63_215, 7_030) == (lines["contact_attempt"], lines["became_offer"])
    assert Decimal(35_290_338) == sum(granted)


def test_nothing_of_the_log_is_lost(folder):
    """262,200 lines are events, or none of those that the source names."""
    with opened(AGREEMENT + LOG, folder) as funnel:
        data = funnel.data()
    idle = sum(odd.count for odd in data.quality if odd.what == "no event")
    derived = funnel.events["first_personal_contact"].count

    assert (0, 262_200) == (data.rejected, idle + data.events - derived)


@pytest.mark.parametrize("source", ["log", "wide"])
def test_applications_and_loans_by_month(folder, wide, source):
    """By the month of the application; half of the loans were granted within 15 days."""
    results = (
        checked(TWO_STAGES + without(LOG), folder) if source == "log" else checked(TWO_STAGES + without(WIDE), wide)
    )
    months = {cohort.period: cohort for cohort in results.cohorts if cohort.channel is None}
    whole = months.pop("2011-10 to 2012-02")

    assert [(2393, 500), (2940, 460), (2122, 376), (2747, 487), (2885, 423)] == [
        (cohort.entered, cohort.reached) for _, cohort in sorted(months.items())
    ]
    assert (13_087, 2_246, 15) == (whole.entered, whole.reached, whole.median_days)


def test_both_promises_by_month(folder):
    """In working hours; every handoff is due in one of them, and March goes on."""
    results = checked(AGREEMENT + LOG, folder).results
    told = {
        promise: [
            (result.period, str(result.status), result.numerator, result.denominator)
            for result in results
            if result.promise == promise
        ]
        for promise in ("first-response", "within-the-hour")
    }

    assert {
        "first-response": [
            ("2011-10", "met", 1706, 1771),
            ("2011-11", "met", 1984, 2107),
            ("2011-12", "met", 1480, 1586),
            ("2012-01", "missed", 1750, 2036),
            ("2012-02", "missed", 1695, 2059),
            ("2012-03", "open", 33, 48),
        ],
        "within-the-hour": [
            ("2011-10", "met", 1017, 1793),
            ("2011-11", "met", 1077, 2097),
            ("2011-12", "met", 836, 1580),
            ("2012-01", "missed", 863, 2045),
            ("2012-02", "missed", 916, 2064),
            ("2012-03", "open", 5, 28),
        ],
    } == told
    assert {9_607} == {sum(due for *_, due in months) for months in told.values()}


def test_the_wide_export_gives_the_same(folder, wide):
    """The same facts, verdicts, months and cohorts."""
    with opened(AGREEMENT + LOG, folder) as of_log, opened(AGREEMENT + WIDE, wide) as of_wide:
        names = ["lead_id", "channel", "amount", "disposition", *(f"at_{event}" for event in EVENTS)]
        by_log, by_wide = ([[fact[name] for name in names] for fact in facts(told)] for told in (of_log, of_wide))

    assert by_wide == by_log

    log, table = checked(AGREEMENT + LOG, folder), checked(AGREEMENT + WIDE, wide)

    assert table.results == log.results
    assert (table.funnel, table.cohorts, table.as_of.date()) == (log.funnel, log.cohorts, log.as_of.date())
    assert table.figures == log.figures


def test_the_data_says_nothing_against_the_agreement(folder):
    """No rate is written, and every channel and field is known."""
    assert () == checked(AGREEMENT + LOG, folder).findings


def test_rates_that_nobody_promises(folder):
    """The log says how long it takes; 45.5% of the offers that were old enough were granted."""
    rates = "rates: {application_to_preaccepted: 77%, offer_to_granted: 30%}\n"
    found = checked(AGREEMENT + rates + LOG, folder).findings

    assert [
        "offer_to_granted: 30% is written, but 1,320 of 2,899 leads that were old enough went on, which speaks for 43% "
        "to 48%"
    ] == [item.message for item in found]


# ---------------------------------------------------------------- response times, walked day by day

DESK = ZoneInfo("Europe/Amsterdam")
CLOSED = {date(2011, 12, 25), date(2011, 12, 26), date(2012, 1, 1)}
"""The public holidays of the Netherlands in these months."""


def windows(since: datetime) -> Iterator[tuple[datetime, datetime]]:
    """When the desk is open, from the day of a moment on."""
    day = since.astimezone(DESK).date()
    while True:
        hours = {5: (9, 17), 6: None}.get(day.weekday(), (8, 21))
        if hours is not None and day not in CLOSED:
            begin, end = (datetime.combine(day, time(hour), DESK).astimezone(UTC) for hour in hours)
            yield begin, end
        day += timedelta(days=1)


def worked(start: datetime, stop: datetime) -> int:
    """Seconds that the desk was open from one moment to another."""
    total = 0.0
    for begin, end in windows(start):
        if begin >= stop:
            return int(total)
        total += max((min(end, stop) - max(begin, start)).total_seconds(), 0)
    raise AssertionError


def due(start: datetime, seconds: int) -> datetime:
    """When the desk has been open for so many seconds."""
    for begin, end in windows(start):
        here = (end - max(begin, start)).total_seconds()
        if here >= seconds:
            return max(begin, start) + timedelta(seconds=seconds)
        seconds -= max(int(here), 0)
    raise AssertionError


def down(seconds: int) -> int:
    for below, to in ((7200, 60), (172_800, 600), (1_728_000, 3600)):
        if seconds < below:
            return max(seconds, 0) // to * to
    return seconds // 86_400 * 86_400


def nearest(values: list[int], share: float) -> int:
    return sorted(values)[math.ceil(share * len(values)) - 1]


def test_response_times_by_month_in_working_hours_and_as_the_buyer_waits(folder):
    """Median and p90 of both promises, by the month of the deadline, beside an oracle that walks from day to day."""
    results = checked(AGREEMENT + LOG, folder)
    last = results.as_of.astimezone(UTC)
    rows = [row for row in wide_rows(folder) if row.get("handed_off") and row.get("first_personal_contact")]
    expected: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in rows:
        start, stop = (datetime.fromisoformat(row[event]) for event in ("handed_off", "first_personal_contact"))
        for promise, hours in (("first-response", 4), ("within-the-hour", 1)):
            deadline = due(start, hours * 3600)
            if deadline <= last:
                month = deadline.astimezone(DESK).strftime("%Y-%m")
                took = down(worked(start, stop)), down(int((stop - start).total_seconds()))
                expected.setdefault((promise, month), []).append(took)
    told = {
        (taken.promise, taken.period): (
            taken.count,
            (taken.worked.median, taken.worked.p90) if taken.worked else None,
            (taken.elapsed.median, taken.elapsed.p90),
        )
        for taken in results.figures.times
        if taken.channel is None and taken.promise
    }

    assert {
        key: (
            len(times),
            (nearest([one for one, _ in times], 0.5), nearest([one for one, _ in times], 0.9)),
            (nearest([wall for _, wall in times], 0.5), nearest([wall for _, wall in times], 0.9)),
        )
        for key, times in expected.items()
    } == told


GIVEN_UP = """
  persistence: {promise: Call often, measure: persistence_rate, of: cancelled, needs: {attempts: 3}, target: 50%}
return_reasons: {cancelled: {found: after accepting, back_to: nobody, then: close}}
"""
RETURNED = """    returned:
      column: timestamp
      when: {activity: A_CANCELLED}
      set: {reason: {column: activity, values: {A_CANCELLED: cancelled}}}
"""


def tried_often(folder: Path) -> dict[str, tuple[int, int]]:
    """Month -> of how many cancelled cases how many were called in three minutes or more."""
    handed: dict[str, list[datetime]] = {}
    calls: dict[str, list[datetime]] = {}
    cancelled: dict[str, datetime] = {}
    for case, _, activity, lifecycle, stamp, resource in lines_of(folder):
        at = datetime.fromisoformat(stamp).replace(microsecond=0)
        if activity == "A_CANCELLED":
            cancelled[case] = at
        elif activity in CALLS[:2] and lifecycle == "SCHEDULE":
            handed.setdefault(case, []).append(at)
        elif activity in CALLS and lifecycle == "START" and resource != "112":
            calls.setdefault(case, []).append(at)
    found: dict[str, tuple[int, int]] = {}
    for case, end in cancelled.items():
        before = [at for at in handed.get(case, []) if at <= end]
        minutes = {
            at.replace(second=0) for at in calls.get(case, []) if (not before or at >= min(before)) and at <= end
        }
        month = end.astimezone(DESK).strftime("%Y-%m")
        kept, whole = found.get(month, (0, 0))
        found[month] = kept + (len(minutes) >= 3), whole + 1
    return dict(sorted(found.items()))


def test_what_the_wide_export_cannot_know_says_so(folder, wide):
    """How often a person called before an application was cancelled: only the log holds every call."""
    text = AGREEMENT + GIVEN_UP.lstrip("\n")
    log = checked(text + LOG + RETURNED, folder)
    columns = WIDE.replace("disposition: outcome", "disposition: outcome\n    return_reason: outcome")
    table = checked(text + columns.replace("lost: lost", "lost: lost, returned: lost"), wide)
    of_log, of_table = (
        [result for result in results.results if result.promise == "persistence"] for results in (log, table)
    )

    assert tried_often(folder) == {result.period: (result.numerator, result.denominator) for result in of_log}
    assert ["it needs every attempt with its time and channel; the data has one row a lead"] == [
        result.why for result in of_table
    ]
    assert [result for result in log.results if result.promise != "persistence"] == [
        result for result in table.results if result.promise != "persistence"
    ]
