"""Months that the data has lost stand on the pages as a history keeps them; nothing replaces what is known."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from checker.funnel.history import append
from checker.site.checked import Refused, checked_pages
from checker.site.contents import SiteFiles
from checker.site.earlier_months import with_earlier_months
from checker.verdict import Result, Results, Status
from tests.site.built import built, laid_out
from tests.site.made_up import results

LATE = "first-response.other"
WHOLE = results()
MONTHS = sorted({item.period for item in WHOLE.results})


def short(months: list[str], **more: object) -> Results:
    """Results that know of these months alone."""
    return WHOLE.model_copy(
        update={
            "results": tuple(item for item in WHOLE.results if item.period in months),
            "funnel": tuple(item for item in WHOLE.funnel if item.period in months),
            **more,
        }
    )


def by_month(found: Results, promise: str = LATE) -> dict[str, Status]:
    return {item.period: item.status for item in found.results if item.promise == promise}


def without_words(item: Result) -> tuple[object, ...]:
    return (item.promise, item.period, item.status, item.numerator, item.denominator, item.actual, item.target)


def test_lost_months_come_back_and_known_ones_stay(tmp_path: Path) -> None:
    """Verdicts and counts of stages; none of them decides anything."""
    history = tmp_path / "history.parquet"
    append(history, WHOLE)
    recent = MONTHS[-2:]
    found = with_earlier_months(short(recent), history)
    lost = [
        item
        for item in WHOLE.results
        if item.period not in recent and item.status in (Status.MET, Status.MISSED, Status.NO_DATA)
    ]

    assert lost
    assert sorted(map(without_words, lost)) == sorted(
        without_words(item) for item in found.results if item.period not in recent
    )
    assert not any(item.judged for item in found.results if item.period not in recent)
    assert tuple(item for item in WHOLE.results if item.period in recent) == tuple(
        item for item in found.results if item.period in recent
    )
    assert {(item.stage, item.period, item.count) for item in WHOLE.funnel if item.count is not None} == {
        (item.stage, item.period, item.count) for item in found.funnel if item.count is not None
    }


def test_what_is_known_today_wins_over_what_was_found_then(tmp_path: Path) -> None:
    history = tmp_path / "history.parquet"
    then = tuple(item.model_copy(update={"status": Status.MISSED}) for item in WHOLE.results)
    append(history, short(MONTHS, results=then))
    today = with_earlier_months(WHOLE, history)

    assert {
        month: status for month, status in by_month(WHOLE).items() if status is not Status.NOT_MEASURABLE
    }.items() <= by_month(today).items()


def test_what_was_found_later_is_not_on_an_earlier_page(tmp_path: Path) -> None:
    """Results that are published again, such as those of a release, stay what they were."""
    history = tmp_path / "history.parquet"
    append(history, short(MONTHS, as_of=WHOLE.as_of + timedelta(days=1)))
    recent = short(MONTHS[-2:])

    assert recent == with_earlier_months(recent, history)


def test_a_history_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    """The site is not built from half of what it should show."""
    laid_out(tmp_path, WHOLE)
    (tmp_path / "history.parquet").write_bytes(b"junk")
    with pytest.raises(Refused) as raised:
        checked_pages(SiteFiles(tmp_path, history="history.parquet"), "en")

    assert "history.parquet is damaged, or no history of results" in str(raised.value)


def test_the_plugin_shows_them(tmp_path: Path) -> None:
    """`history:` beside `results:`; where there is no file yet, the pages are those of the results alone."""
    recent = short(MONTHS[-2:])
    config = laid_out(tmp_path, recent)
    text = config.read_text(encoding="utf-8")
    named = [line for line in text.splitlines() if line.strip().startswith("results:")]
    config.write_text(
        text.replace(
            named[0], f"{named[0]}\n{named[0].replace('results:', 'history:').partition(':')[0]}: kept.parquet"
        ),
        encoding="utf-8",
    )
    page = built(config) / "scoreboard" / "index.html"
    before = page.read_text(encoding="utf-8")
    append(tmp_path / "kept.parquet", WHOLE)
    after = built(config) / "scoreboard" / "index.html"

    assert page == after
    assert before.count("<td") < after.read_text(encoding="utf-8").count("<td")
