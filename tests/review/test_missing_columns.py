"""Each column of the sample's export is left out in turn: what stands on it is not measurable, all else is judged."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checker.agreement import build
from checker.funnel import open_funnel
from checker.review.check import check
from checker.samples.folder import write_demo
from checker.text import parse, read
from checker.verdict import Results, Status

LAST_DAY = date(2027, 6, 16)
RESPONSE = ("first-response.asked", "first-response.other")
OF_THE_QUEUE = ("mql-volume", "mql-quality", "handoff-data", "handoff-speed", *RESPONSE, "accept-or-return",
                "outcome-known")  # fmt: skip
"""All that begins with a handoff."""
PAYLOAD = ("full_name", "email", "phone", "company", "job_title", "industry", "employees", "cold_rooms", "country",
           "state", "contact_consent", "interested_in", "wants_it_by", "actions", "last_visit")  # fmt: skip
STANDS_ON: dict[str, tuple[str, ...]] = {
    "return_reason": ("bad-data-fix", "mql-quality", "reason-given"),
    "amount": ("revenue",),
    "last_action": (*RESPONSE, "handoff-data"),
    "next_step_on": ("next-step",),
    "became_mql": ("handoff-speed",),
    "handed_off": OF_THE_QUEUE,
    "first_personal_contact": RESPONSE,
    "decided": ("accept-or-return", "mql-quality", "outcome-known"),
    "returned": ("bad-data-fix", "mql-quality", "reason-given"),
    "handed_off_again": ("bad-data-fix",),
    "outcome_written": ("outcome-known",),
    "became_opportunity": ("win-rate", "next-step"),
    "became_customer": ("revenue", "win-rate", "next-step"),
} | dict.fromkeys(PAYLOAD, ("handoff-data",))
"""What cannot be told without a column. A column that is not here decides nothing that is promised."""
COUNTS_OTHERWISE: dict[str, tuple[str, ...]] = {
    # duplicates are leads of their own
    "merged_into": (
        "accept-or-return", "first-response.other", "handoff-data", "handoff-speed", "mql-quality", "mql-volume",
        "outcome-known",
    ),
    # returns that do not count are no longer told from others, and those before accepting look accepted
    "return_reason": ("mql-volume", "outcome-known"),
    "returned": ("outcome-known",),
    # whether a lead fits, and is owed an answer, can no longer be told: it is owed one
    "score": ("first-response.other",),
    "employees": ("first-response.other",),
    "cold_rooms": ("first-response.asked",),
    "country": RESPONSE,
    # whether a contact before the handoff is one of a qualified lead can no longer be told
    "became_mql": ("first-response.other",),
    # lost opportunities look open
    "lost": ("next-step",),
}  # fmt: skip
"""What is still judged, and counts other leads without a column."""


def source_of(folder: Path) -> dict[str, Any]:
    """The source section as plain values."""
    values: dict[str, Any] = dict(parse((folder / "source.yaml").read_text(encoding="utf-8")).values)
    return dict(values["source"])


def columns(source: Mapping[str, Any]) -> Iterator[str]:
    leads = source["leads"]
    yield from (key for key in leads if key not in ("from", "id", "join", "fields"))
    yield from (key for key in leads["fields"] if key not in leads)
    yield from source["events"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(write_demo(tmp_path_factory.mktemp("demo"))[0])


def judged(folder: Path, without: str | None = None) -> Results:
    """The sample judged, the source without a column wherever it names it."""
    document = read(folder)
    values: dict[str, Any] = copy.deepcopy(dict(document.values))
    source = values["source"]
    for part in (source["leads"], source["leads"]["fields"], source["events"], source["coverage"]):
        part.pop(without, None)
    agreement = build(values, document.problems)
    with open_funnel(agreement, folder) as funnel:
        return check(agreement, document, funnel, LAST_DAY).results


@pytest.fixture(scope="module")
def whole(folder: Path) -> Results:
    return judged(folder)


def told(results: Results, promise: str) -> list[tuple[object, ...]]:
    """Everything that is said of a promise."""
    return [
        (item.period, item.status, item.actual, item.target, item.numerator, item.denominator, item.waiting,
         item.not_counted, item.not_owed, item.cannot_tell, item.by_silence, item.median_seconds, item.offenders)
        for item in results.results
        if item.promise == promise
    ]  # fmt: skip


def never_judged(results: Results) -> set[str]:
    judged_at_all = {item.promise for item in results.results if item.status is not Status.NOT_MEASURABLE}
    return {item.promise for item in results.results} - judged_at_all


NAMES = (*STANDS_ON, *COUNTS_OTHERWISE, "channel", "campaign", "owner", "disposition", "company_type", "account_seller",
         "bant_budget", "bant_authority", "bant_need", "bant_timeline", "expected_closing", "became_lead",
         "became_sql")  # fmt: skip


@pytest.mark.parametrize("name", dict.fromkeys(NAMES))
def test_a_promise_on_a_column_that_is_not_there_is_not_measurable(folder, whole, name):
    """With the reason and what would unlock it; every other promise is judged on what it was judged on before."""
    results = judged(folder, name)
    lost = never_judged(results) - never_judged(whole)
    promises = list(dict.fromkeys(item.promise for item in whole.results))
    changed = {promise for promise in promises if told(results, promise) != told(whole, promise)}

    assert set(STANDS_ON.get(name, ())) == lost
    assert set(COUNTS_OTHERWISE.get(name, ())) == changed - lost
    assert all(item.why and item.unlock for item in results.results if item.promise in lost)
    assert len(whole.results) >= len(results.results)


def test_every_column_of_the_sample_is_left_out_once(folder):
    """So that a new column asks for its line here."""
    assert set(columns(source_of(folder))) == set(NAMES)
