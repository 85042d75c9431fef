"""By which versions of the agreement results are judged, in words that every report shares."""

from __future__ import annotations

from collections.abc import Iterator

from checker.message import Message, Written, all_of, say
from checker.verdict import Result, Results

DRAFT = "draft"


def versions_in_force(results: Results) -> Iterator[Message]:
    """Which version judges, where one was released; and that none was in force at first."""
    if results.version != DRAFT:
        yield say(
            "Each lead is judged by the version in force on its day, now {version}.", version=Written(results.version)
        )
    if results.uncovered_until is not None:
        yield say("No release covers the days until {day}: the working files judge them.", day=results.uncovered_until)


def by_which_version(result: Result) -> Message:
    """That a month is judged by another version than the last, or by several."""
    names = result.agreement.split(", ")
    if names == [DRAFT]:
        return say("by the working files, as no release covers it")
    if len(names) == 1:
        return say("by version {version}", version=Written(names[0]))
    if names[0] == DRAFT:
        return say("the working files before version {version}, added up", version=all_of(names[1:]))
    return say("versions {versions}, added up", versions=all_of(names))
