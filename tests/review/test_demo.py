"""The sample funnel, judged: the story that it was made to tell is what the verdicts say."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.agreement import build
from checker.funnel import open_funnel
from checker.review.check import check
from checker.samples.folder import write_demo
from checker.text import read
from checker.verdict import Outlook, Results, Status

NEVER = {"come-back", "persistence", "crm-up-to-date"}
MISSED = {
    "2027-01": set(),
    "2027-02": {"mql-volume", "first-response.asked", "bad-data-fix", "revenue", "win-rate"},
    "2027-03": {"first-response.other", "reason-given"},
    "2027-04": {"handoff-data", "accept-or-return", "outcome-known"},
    "2027-05": {"mql-quality", "revenue"},
}
IN_THE_LOG = {"objection-content", "prospecting-kit", "objection-log", "meetings-held"}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    agreement_folder, _ = write_demo(tmp_path_factory.mktemp("demo"))
    document = read(agreement_folder)
    agreement = build(document.values, document.problems)
    with open_funnel(agreement, Path(agreement_folder)) as funnel:
        return check(agreement, document, funnel).results


def test_each_month_misses_what_its_story_says(results):
    """And keeps everything else that can be judged."""
    missed: dict[str, set[str]] = {month: set() for month in MISSED}
    for result in results.results:
        if result.status is Status.MISSED and result.promise not in IN_THE_LOG and result.period in missed:
            missed[result.period].add(result.promise)

    assert MISSED == missed


def test_march_has_nothing_to_repair(results):
    """Two returns without a reason may or may not be about bad data: they are counted apart."""
    (repair,) = [item for item in results.results if (item.promise, item.period) == ("bad-data-fix", "2027-03")]

    assert (Status.NO_DATA, 0, 2) == (repair.status, repair.denominator, repair.cannot_tell)


def test_june_is_open_with_each_outlook(results):
    """Two can no longer be kept, three are at risk, the others on course."""
    june = {
        result.promise: result.outlook
        for result in results.results
        if result.status is Status.OPEN and result.period == "2027-06" and result.promise not in IN_THE_LOG
    }
    lost = {promise for promise, outlook in june.items() if outlook is Outlook.LOST}
    at_risk = {promise for promise, outlook in june.items() if outlook is Outlook.AT_RISK}

    assert {"handoff-speed", "reason-given"} == lost
    assert {"mql-volume", "accept-or-return", "revenue"} == at_risk
    assert set(june) - lost - at_risk == {promise for promise, outlook in june.items() if outlook is Outlook.ON_COURSE}


def test_what_a_wide_export_cannot_say_stays_unsaid(results):
    """Three promises are not measurable, each with its reason and with what would unlock it."""
    never = {
        result.promise for result in results.results if result.status is Status.NOT_MEASURABLE and result.unlock
    } - {result.promise for result in results.results if result.status is not Status.NOT_MEASURABLE}

    assert NEVER == never
    assert (20, 17) == (results.promises, results.judgeable)
    assert all(result.why for result in results.results if result.status is Status.NOT_MEASURABLE)


def test_january_counts_its_exceptions(results):
    """The days on which the integration was down, and the call from a private phone."""
    counted = {
        result.promise: result.not_counted
        for result in results.results
        if result.period == "2027-01" and result.not_counted
    }

    assert {"handoff-speed", "first-response.other"} == set(counted)
    assert 1 == counted["first-response.other"]
