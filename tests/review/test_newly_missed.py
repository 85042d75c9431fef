"""Which missed promises are news: by the month before, and by what earlier runs said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from checker.funnel.history import Entry, History
from checker.review.newly_missed import newly_missed
from checker.verdict import Result, Results, Status

TODAY = datetime(2027, 6, 16, 18, tzinfo=UTC)
YESTERDAY = TODAY - timedelta(days=1)
STATUSES = {"+": Status.MET, "-": Status.MISSED, "0": Status.NO_DATA, "?": Status.NOT_MEASURABLE}


def result(period: str, sign: str, **more: Any) -> Result:
    usual: dict[str, Any] = {"promise": "a", "owes": "sales", "unit": "share", "file": "a.yaml", "line": 1}
    return Result(**usual | {"period": period, "status": STATUSES[sign]} | more)


def months(signs: str) -> list[Result]:
    """A sign a month up to May, the last one being the month that decides."""
    first = 6 - len(signs)
    return [
        result(f"2027-{first + place:02}", sign, judged=place == len(signs) - 1) for place, sign in enumerate(signs)
    ]


@pytest.mark.parametrize(
    ("now", "earlier", "is_news"),
    [
        ("+-", "", True),
        ("-", "", True),
        ("--", "", False),
        ("-0-", "", False),
        ("-?-", "", False),
        ("-+-", "", True),
        ("++", "", False),
        ("-+", "", False),
        # yesterday it was known already
        ("+-", "+-", False),
        ("-", "+-", False),
        # yesterday it was kept, or could not be told
        ("+-", "++", True),
        ("+-", "+0", True),
        # the data has lost the month before, the history has not
        ("-", "-?", False),
        ("-", "+?", True),
        # the month before was put right since
        ("+-", "-?", True),
    ],
)
def test_what_is_news(now: str, earlier: str, is_news: bool) -> None:
    history = History(tuple(Entry(YESTERDAY, 1, item) for item in months(earlier)))
    found = newly_missed(Results(as_of=TODAY, results=tuple(months(now))), history)

    assert ({("a", "2027-05", None)} if is_news else set()) == found


def test_the_same_run_again_says_the_same() -> None:
    """What it wrote itself is no earlier run."""
    run = Results(as_of=TODAY, results=tuple(months("+-")))
    history = History(tuple(Entry(TODAY, 1, item) for item in run.results))

    assert {("a", "2027-05", None)} == newly_missed(run, history)


def test_promises_and_channels_do_not_mix() -> None:
    """That another one was missed before is another matter."""
    others = [result("2027-04", "-", promise="b"), result("2027-04", "-", channel="ads")]
    run = Results(as_of=TODAY, results=(*others, *months("+-")))

    assert {("a", "2027-05", None)} == newly_missed(run, History())
