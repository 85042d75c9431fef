"""Releases in force: worked out by hand, and against every lead judged row by row by the version of its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.agreement.history import History
from checker.funnel import DuckdbEngine
from checker.quantity import Period
from checker.review.check import Checked, check
from checker.text import parse
from checker.verdict import Result, Status
from tests.funnel.made import MadeFunnel, agreement_of
from tests.review.releases import released
from tests.review.test_check import EVENTS, FIELDS, HEAD, answered, lead

ZONE = ZoneInfo("America/Sao_Paulo")
WHOLE = dict.fromkeys(EVENTS, (date(2027, 1, 1), date(2027, 6, 30)))
RESPONSE = """
sales_promises:
  first-response:
    promise: Call each lead
    starts: handed_off
    stops: first_personal_contact
    within: %s
    target: %s
"""
VOLUME = """
marketing_promises:
  volume: {promise: Bring leads, measure: volume, of: mql, target: %s a month}
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckdbEngine]:
    with DuckdbEngine() as engine:
        yield engine


def checked(
    engine: DuckdbEngine,
    text: str,
    leads: Sequence[Mapping[str, Any]],
    history: History,
    as_of: date = date(2027, 6, 30),
    period: Period | None = None,
    head: str = HEAD,
    is_draft: bool = False,
) -> Checked:
    everybody = [*leads, lead(99, became_lead="2027-01-04 10:00")]
    funnel = MadeFunnel(engine, everybody, EVENTS, FIELDS, WHOLE)
    document = parse(head + text)
    return check(agreement_of(head + text), document, funnel, as_of, period, history, is_draft=is_draft)


def of(found: Checked, promise: str, period: str) -> Result:
    (result,) = [item for item in found.results.results if (item.promise, item.period) == (promise, period)]
    return result


def handed(count: int, day: str, first: int = 0) -> list[dict[str, Any]]:
    return [lead(first + number, handed_off=f"{day} 10:00") for number in range(count)]


# ---------------------------------------------------------------- by hand


def test_a_target_that_changes_within_a_month_is_shared_out_by_working_days(engine):
    """80 a month until 14 March 2027 and 100 from the 15th: 10 and 12 of 22 working days in São Paulo, so 90.9.

    Good Friday, the 26th, is none of them.
    """
    head = HEAD.replace("office: {", "office: {holidays: {country: BR}, ")
    history = released(("1", "2027-01-01", head + VOLUME % 80), ("2", "2027-03-15", head + VOLUME % 100))
    leads = [*handed(45, "2027-03-03"), *handed(45, "2027-03-18", 100)]
    found = checked(engine, VOLUME % 100, leads, history, head=head)
    one_more = checked(engine, VOLUME % 100, [*leads, *handed(1, "2027-03-19", 200)], history, head=head)
    march = of(found, "volume", "2027-03")

    assert (90, float(Fraction(1000, 11)), "1, 2") == (march.actual, march.target, march.agreement)
    assert (Status.MISSED, Status.MET) == (march.status, of(one_more, "volume", "2027-03").status)
    assert [80, 100] == [of(found, "volume", month).target for month in ("2027-02", "2027-04")]


def test_the_funnel_counts_against_the_same_target(engine):
    """Also where it is the plan's, by channel and in all."""
    head = HEAD + "channels: {search: {team: marketing}}\n"
    plan = 'targets: {mql: {search: {"2027-01 to 2027-06": %s}}}\n'
    history = released(
        ("1", "2027-01-01", head + RESPONSE % ("4 hours", "90%") + plan % 80),
        ("2", "2027-03-15", head + RESPONSE % ("4 hours", "90%") + plan % 100),
    )
    leads = [lead(1, handed_off="2027-03-02 10:00", channel="search"), lead(2, handed_off="2027-03-20 10:00")]
    found = checked(engine, RESPONSE % ("4 hours", "90%") + plan % 100, leads, history, head=head)
    counts = {
        (item.period, item.channel): (item.count, item.target) for item in found.results.funnel if item.stage == "mql"
    }
    # without holidays: 10 and 13 of 23 working days
    shared = float(Fraction(80 * 10 + 100 * 13, 23))

    assert ((2, shared), (1, shared)) == (counts["2027-03", None], counts["2027-03", "search"])
    assert [(0, 80), (0, 100)] == [counts[month, None] for month in ("2027-02", "2027-04")]


def test_the_version_of_the_start_governs_the_whole_clock(engine):
    """Handed over on the last of February, with 4 hours; called after 3: kept, though March's version has 2."""
    history = released(
        ("1", "2027-01-01", HEAD + RESPONSE % ("4 hours", "90%")),
        ("2", "2027-03-01", HEAD + RESPONSE % ("2 hours", "90%")),
    )
    leads = [
        lead(1, handed_off="2027-02-28 22:00", first_personal_contact="2027-03-01 01:00"),
        lead(2, handed_off="2027-03-01 00:00", first_personal_contact="2027-03-01 03:00"),
    ]
    found = checked(engine, RESPONSE % ("2 hours", "90%"), leads, history, as_of=date(2027, 3, 31))
    march = of(found, "first-response", "2027-03")

    assert (1, 2, "1, 2", ("L02",)) == (march.numerator, march.denominator, march.agreement, march.offenders)


def test_both_versions_shares_weigh_as_many_leads_as_they_are_about(engine):
    """1 of 2 at 50% and 8 of 8 at 90%: together 9 of 10, where 8.2 were asked for."""
    history = released(
        ("1", "2027-01-01", HEAD + RESPONSE % ("4 hours", "50%")),
        ("2", "2027-03-15", HEAD + RESPONSE % ("4 hours", "90%")),
    )
    late = [
        *answered(1, late=1, day="2027-03-02"),
        *({**item, "lead_id": f"M{place}"} for place, item in enumerate(answered(8, day="2027-03-16"))),
    ]
    march = of(checked(engine, RESPONSE % ("4 hours", "90%"), late, history), "first-response", "2027-03")

    assert (Status.MET, 9, 10, 0.82) == (march.status, march.numerator, march.denominator, march.target)


def test_days_before_the_first_release_are_the_working_files(engine):
    history = released(("1", "2027-03-01", HEAD + RESPONSE % ("4 hours", "90%")))
    leads = [*answered(1, day="2027-02-02"), *answered(1, day="2027-03-02")]
    found = checked(engine, RESPONSE % ("1 hour", "50%"), leads, history)
    told = {month: (of(found, "first-response", month).agreement, of(found, "first-response", month).target)
            for month in ("2027-02", "2027-03")}  # fmt: skip

    assert {"2027-02": ("draft", 0.5), "2027-03": ("1", 0.9)} == told
    assert ("1", date(2027, 2, 28)) == (found.results.version, found.results.uncovered_until)


def test_a_release_that_is_not_in_force_yet_governs_nothing(engine):
    """As of February the working files are judged, without the stamp that they may bear."""
    stamp = 'release: {version: "1", valid_from: 2027-03-01}\n'
    history = released(("1", "2027-03-01", HEAD + RESPONSE % ("4 hours", "90%")))
    leads = answered(1, day="2027-02-02")
    found = checked(engine, RESPONSE % ("1 hour", "50%") + stamp, leads, history, as_of=date(2027, 2, 28))

    assert "draft" == found.results.version
    assert ("draft", 0.5) == (
        of(found, "first-response", "2027-02").agreement,
        of(found, "first-response", "2027-02").target,
    )


def test_a_draft_judges_everything_by_the_working_files(engine):
    history = released(
        ("1", "2027-01-01", HEAD + RESPONSE % ("4 hours", "50%")),
        ("2", "2027-03-15", HEAD + RESPONSE % ("4 hours", "90%")),
    )
    found = checked(engine, RESPONSE % ("30 minutes", "80%"), answered(1, day="2027-03-02"), history, is_draft=True)
    march = of(found, "first-response", "2027-03")

    assert ("draft", "draft", 0.8, 0) == (found.results.version, march.agreement, march.target, march.numerator)


def test_a_promise_that_was_dropped_is_told_and_decides_nothing(engine):
    """Unless its months are asked for."""
    history = released(
        ("1", "2027-01-01", HEAD + RESPONSE % ("4 hours", "90%")), ("2", "2027-03-01", HEAD + VOLUME % 1)
    )
    leads = [*answered(0, late=1, day="2027-02-02"), *handed(1, "2027-05-03", 50)]
    found = checked(engine, VOLUME % 1, leads, history)
    asked = checked(engine, VOLUME % 1, leads, history, period=Period.parse("2027-02"))

    assert (Status.MISSED, False) == (
        of(found, "first-response", "2027-02").status,
        of(found, "first-response", "2027-02").judged,
    )
    assert of(asked, "first-response", "2027-02").judged
    assert {"2027-01", "2027-02"} == {
        item.period for item in found.results.results if item.promise == "first-response"
    } - {"2027-03"}


def test_a_promise_that_begins_within_a_month_owes_its_part_of_it(engine):
    """23 working days in March, 13 of them from the 15th: of 46 leads a month, 26."""
    history = released(
        ("1", "2027-01-01", HEAD + RESPONSE % ("4 hours", "90%")),
        ("2", "2027-03-15", HEAD + RESPONSE % ("4 hours", "90%") + VOLUME % 46),
    )
    leads = [*handed(20, "2027-03-02"), *handed(26, "2027-03-16", 50)]
    march = of(checked(engine, RESPONSE % ("4 hours", "90%") + VOLUME % 46, leads, history), "volume", "2027-03")

    assert (Status.MET, 26, 26, "2") == (march.status, march.actual, march.target, march.agreement)


def test_what_cannot_be_added_up_is_not(engine):
    """A number of leads and a share, under one name."""
    share = "marketing_promises: {volume: {promise: Say yes, measure: acceptance_rate, target: 80%}}\n"
    history = released(("1", "2027-01-01", HEAD + VOLUME % 10), ("2", "2027-03-15", HEAD + share))
    found = checked(engine, share, handed(3, "2027-03-02"), history)
    march = of(found, "volume", "2027-03")

    assert (Status.NOT_MEASURABLE, 0) == (march.status, march.denominator)
    assert "versions 1 and 2 promise different things under this name" in march.why


def test_each_verdict_names_the_line_of_the_version_that_decided(engine):
    history = released(
        ("1", "2027-01-01", HEAD + RESPONSE % ("4 hours", "90%")),
        ("2", "2027-03-01", "# one line more\n" + HEAD + RESPONSE % ("2 hours", "90%")),
    )
    found = checked(engine, RESPONSE % ("2 hours", "90%"), answered(1), history)
    places = {of(found, "first-response", month).file.rpartition("/")[2]: of(found, "first-response", month).line
              for month in ("2027-02", "2027-04")}  # fmt: skip

    assert 1 == places["2.yaml"] - places["1.yaml"]


def test_silence_is_counted_once_by_the_version_of_its_start(engine):
    """Nobody decides on a lead of 26 February: silence after 48 hours by the first version, after 9 days by the second.

    By the day of the second answer it would be counted in both versions.
    """
    answer = """
sales_promises:
  answer: {promise: Decide, starts: handed_off, stops: decided, within: %s, target: 90%%, no_answer_means: %s}
marketing_promises:
  quality: {promise: Bring good ones, measure: acceptance_rate, target: 80%%}
"""
    first, second = answer % ("48 hours", "accepted"), answer % ("9 days", "returned")
    history = released(("1", "2027-01-01", HEAD + first), ("2", "2027-03-01", HEAD + second))
    leads = [lead(1, handed_off="2027-02-26 10:00"), lead(2, handed_off="2027-03-02 10:00", decided="2027-03-02 12:00")]
    found = checked(engine, second, leads, history)
    told = {month: of(found, "quality", month) for month in ("2027-02", "2027-03")}

    assert {"2027-02": (1, 1, 1), "2027-03": (1, 1, 0)} == {
        month: (item.numerator, item.denominator, item.by_silence) for month, item in told.items()
    }


def test_a_rate_follows_the_version_of_the_day_on_which_a_lead_entered(engine):
    """1 of 2 at 20% and 1 of 2 at 40%: 2 of 4, where 30% were asked for; each with the time of its own version.

    The first version gives 10 days, the second 30: a customer after 20 days counts in the second alone.
    """
    rate = """
sales_promises:
  win: {promise: Win leads, measure: rate, of: mql_to_customer, target: %s, judged_after: %s}
"""
    history = released(
        ("1", "2027-01-01", HEAD + rate % ("20%", "10 days")), ("2", "2027-03-15", HEAD + rate % ("40%", "30 days"))
    )
    leads = [
        lead(1, handed_off="2027-03-02 10:00", became_customer="2027-03-05 10:00"),
        lead(2, handed_off="2027-03-02 10:00", became_customer="2027-03-22 10:00"),
        lead(3, handed_off="2027-03-16 10:00", became_customer="2027-04-05 10:00"),
        lead(4, handed_off="2027-03-16 10:00"),
    ]
    march = of(checked(engine, rate % ("40%", "30 days"), leads, history), "win", "2027-03")

    assert (Status.MET, 2, 4, 0.3) == (march.status, march.numerator, march.denominator, march.target)


def test_what_is_told_as_at_the_cut_off_follows_the_version_of_that_day(engine):
    known = """
marketing_promises:
  mail: {promise: Know the address, measure: field_known, of: email, target: %s}
"""
    history = released(("1", "2027-01-01", HEAD + known % "90%"), ("2", "2027-03-15", HEAD + known % "50%"))
    leads = [lead(1, became_lead="2027-03-02 10:00"), lead(2, became_lead="2027-03-03 10:00", email=None)]
    found = checked(engine, known % "50%", leads, history, as_of=date(2027, 3, 31))
    march = of(found, "mail", "2027-03")

    assert (0.5, "2") == (march.target, march.agreement)


def test_what_people_wrote_down_is_asked_for_by_working_days(engine):
    """4 entries a month until 14 March, 8 from the 15th: 10 and 13 of 23 working days, so 6.26; 7 were written."""
    entries = """
marketing_promises:
  pieces: {promise: Publish, measure: entries, of: pieces, target: %s a month}
"""
    log = (
        "log:\n  pieces:\n"
        + "".join(f"    - {{what: A{day}, on: 2027-03-{day:02}, by: mia}}\n" for day in range(1, 8))
        + "    - {what: B, on: 2027-06-30, by: mia}\n    - {what: C, on: 2027-01-04, by: mia}\n"
    )
    history = released(("1", "2027-01-01", HEAD + entries % 4), ("2", "2027-03-15", HEAD + entries % 8))
    march = of(checked(engine, entries % 8 + log, [lead(1)], history), "pieces", "2027-03")

    assert (Status.MET, 7, float(Fraction(4 * 10 + 8 * 13, 23))) == (march.status, march.actual, march.target)


# ---------------------------------------------------------------- row by row

LADDER = """
sales_promises:
  first-response:
    promise: Call each lead
    starts: handed_off
    stops: first_personal_contact
    within:
      - {{name: big, when: {{employees: at least {big}}}, time: {hours} hours, target: {share}%}}
      - {{name: other, otherwise: yes, time: {more} hours, target: {share}%}}
marketing_promises:
  volume: {{promise: Bring leads, measure: volume, of: mql, target: {volume} a month}}
  quality: {{promise: Bring good ones, measure: acceptance_rate, target: {share}%}}
both_promise:
  answer:
    promise: Decide
    starts: handed_off
    stops: decided
    within: {decide} hours
    target: 1%
    no_answer_means: {silence}
"""
SHAPES = st.fixed_dictionaries(
    {
        "big": st.integers(1, 60),
        "hours": st.integers(1, 60),
        "more": st.integers(1, 200),
        "share": st.integers(1, 99),
        "volume": st.integers(1, 8),
        "decide": st.integers(1, 400),
        "silence": st.sampled_from(["accepted", "returned"]),
    }
)
MOMENTS = st.integers(0, 150 * 24 * 2).map(
    lambda halves: datetime(2027, 1, 2, tzinfo=ZONE) + timedelta(hours=halves / 2)
)
LEADS = st.lists(
    st.tuples(
        MOMENTS, st.integers(0, 250), st.integers(0, 60), st.one_of(st.none(), st.integers(0, 300)), st.booleans()
    ),
    max_size=14,
)
DAYS = st.lists(st.integers(0, 170), min_size=1, max_size=3, unique=True).map(
    lambda days: [date(2027, 1, 1) + timedelta(days=day) for day in sorted(days)]
)
LAST_DAY = date(2027, 6, 30)
CUT_OFF = datetime(2027, 7, 1, tzinfo=ZONE)


def rows(leads) -> list[dict[str, Any]]:
    """Handed over, called some hours later, decided some hours later (and sent back at once, or not), or never."""
    found = []
    for number, (at, called, employees, decided, is_good) in enumerate(leads):
        told = {"handed_off": at, "first_personal_contact": at + timedelta(hours=called)}
        if decided is not None:
            told["decided"] = at + timedelta(hours=decided)
        row: dict[str, Any] = {"lead_id": f"L{number:02}", "employees": employees}
        for name, moment in told.items():
            row[f"at_{name}"] = int(moment.timestamp())
        if not is_good and decided is not None:
            row["at_returned"] = row["at_decided"]
            row["return_reason"] = "bad_data"
        found.append(row)
    return found


def by_rows(leads, versions) -> dict[tuple[str, str], tuple[Fraction, Fraction, Fraction]]:
    """Promise and month -> versions, what was kept, of how many, the target: every lead by the version of its day."""
    kept: dict[tuple[str, str], list[tuple[int, bool]]] = {}

    def number_at(moment: datetime) -> int:
        return max(place for place, (day, _) in enumerate(versions) if day <= moment.astimezone(ZONE).date())

    for at, called, employees, decided, is_good in leads:
        place = number_at(at)
        shape = versions[place][1]
        is_big = employees >= shape["big"]
        hours = shape["hours"] if is_big else shape["more"]
        due = (at.astimezone(ZoneInfo("UTC")) + timedelta(hours=hours)).astimezone(ZONE)
        if due < CUT_OFF:
            name = "first-response.big" if is_big else "first-response.other"
            kept.setdefault((name, f"{due:%Y-%m}"), []).append((place, called <= hours))
        answer = (at.astimezone(ZoneInfo("UTC")) + timedelta(hours=decided or 0)).astimezone(ZONE)
        if decided is None or answer >= CUT_OFF:
            # silence is an answer when its time is over, by the version under which its clock started
            over = (at.astimezone(ZoneInfo("UTC")) + timedelta(hours=shape["decide"])).astimezone(ZONE)
            if over < CUT_OFF:
                kept.setdefault(("quality", f"{over:%Y-%m}"), []).append((place, shape["silence"] == "accepted"))
        else:
            kept.setdefault(("quality", f"{answer:%Y-%m}"), []).append((number_at(answer), is_good))
        kept.setdefault(("volume", f"{at.astimezone(ZONE):%Y-%m}"), []).append((place, True))
    found = {}
    for (name, month), told in kept.items():
        whole = Fraction(sum(1 for _ in told))
        good = Fraction(sum(is_kept for _, is_kept in told))
        if name == "volume":
            found[name, month] = (good, prorated(month, versions), prorated(month, versions))
        else:
            target = sum(Fraction(versions[place][1]["share"], 100) for place, _ in told) / whole
            found[name, month] = (good, whole, target)
    return found


def prorated(month: str, versions) -> Fraction:
    """The month's target: of each of its working days, that of the version in force."""
    first = date.fromisoformat(f"{month}-01")
    days = [
        first + timedelta(days=place) for place in range(31) if (first + timedelta(days=place)).month == first.month
    ]
    working = [day for day in days if day.weekday() < 5]
    in_force = [max((since, place) for place, (since, _) in enumerate(versions) if since <= day)[1] for day in working]
    return sum((Fraction(versions[place][1]["volume"]) for place in in_force), Fraction(0)) / len(working)


@settings(max_examples=25, deadline=None)
@given(LEADS, DAYS, st.lists(SHAPES, min_size=4, max_size=4))
def test_every_month_is_what_its_leads_say_row_by_row(engine, leads, days, shapes):
    """Working files first, then up to three releases from any days."""
    texts = [LADDER.format(**shape) for shape in shapes]
    history = released(*((f"{place + 1}", day.isoformat(), HEAD + texts[place + 1]) for place, day in enumerate(days)))
    funnel = MadeFunnel(engine, [*rows(leads), lead(99, became_lead="2027-01-04 10:00")], EVENTS, FIELDS, WHOLE)
    results = check(agreement_of(HEAD + texts[0]), parse(HEAD + texts[0]), funnel, LAST_DAY, None, history).results
    versions = [(date(2000, 1, 1), shapes[0]), *zip(days, shapes[1:], strict=False)]
    expected = by_rows(leads, versions)
    told = {(item.promise, item.period): item for item in results.results if item.period <= "2027-06"}

    assert expected.keys() <= told.keys()
    for (name, month), item in told.items():
        if name == "answer":
            continue
        if (name, month) not in expected and name != "volume":
            assert (Status.NO_DATA, 0) == (item.status, item.denominator), (name, month)
            continue
        asked = prorated(month, versions)
        good, whole, target = expected.get((name, month), (Fraction(0), asked, asked))
        found = (item.numerator, item.denominator, item.target)
        assert (float(good), float(whole), float(target)) == found, (name, month)
        if item.status is Status.NOT_MEASURABLE:
            # more than three in ten by silence: the counts stand beside it all the same
            assert item.by_silence * 10 > item.denominator * 3
            continue
        is_kept = good >= target * (1 if name == "volume" else whole)
        assert (Status.MET if is_kept else Status.MISSED) is item.status, (name, month)
    assert sum(1 for _ in leads) == sum(
        item.count or 0 for item in results.funnel if item.stage == "mql" and item.channel is None
    )
