"""By which versions results are judged, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from checker.language import words
from checker.report.in_force_words import by_which_version, versions_in_force
from checker.verdict import Result, Results, Status

ENGLISH = words("en")
NOW = datetime(2027, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "until", "expected"),
    [
        ("draft", None, []),
        ("2027.2", None, ["Each lead is judged by the version in force on its day, now 2027.2."]),
        (
            "2027.2",
            date(2027, 1, 31),
            [
                "Each lead is judged by the version in force on its day, now 2027.2.",
                "No release covers the days until 31 January 2027: the working files judge them.",
            ],
        ),
    ],
)
def test_the_head_says_which_version_judges(version: str, until: date | None, expected: list[str]) -> None:
    results = Results(as_of=NOW, version=version, uncovered_until=until)

    assert expected == [ENGLISH.say(message) for message in versions_in_force(results)]


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        ("draft", "by the working files, as no release covers it"),
        ("2027.1", "by version 2027.1"),
        ("2027.1, 2027.2", "versions 2027.1 and 2027.2, added up"),
        ("draft, 2027.1", "the working files before version 2027.1, added up"),
    ],
)
def test_a_month_says_which_versions_had_a_say(agreement: str, expected: str) -> None:
    result = Result(
        promise="call", owes="sales", period="2027-03", status=Status.MET, agreement=agreement, unit="share", file="a",
        line=1,
    )  # fmt: skip

    assert expected == ENGLISH.say(by_which_version(result))
