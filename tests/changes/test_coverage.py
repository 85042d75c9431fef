"""No key of the format is without its kind of change."""

from __future__ import annotations

import re

from checker.changes.catalogue import kinds
from tests.changes.keys import keys


def _pattern(cover: str) -> re.Pattern[str]:
    return re.compile(re.escape(cover).replace(r"\*", r"[^.]+") + r"\Z")


def test_every_key_of_the_format_is_covered_by_a_kind() -> None:
    """Only what stands beside an agreement is left out."""
    covers = [_pattern(cover) for kind in kinds() for cover in kind.covers]
    uncovered = sorted(key for key in keys() if not any(cover.match(key) for cover in covers))

    assert [] == uncovered


def test_the_walk_knows_the_format() -> None:
    """So that an empty walk does not pass for full coverage."""
    found = keys()

    assert len(found) > 200
    assert {"sellers.*.ramp", "handoff.routing.*.when", "plan.months", "stages.*.FIELD", "rates.*"} & found == {
        "sellers.*.ramp",
        "handoff.routing.*.when",
        "plan.months",
        "stages.*.FIELD",
    }


def test_no_kind_covers_a_key_that_is_not_there() -> None:
    """A key that is renamed takes its kind along."""
    sections = {key.partition(".")[0] for key in keys()}
    known = [*keys(), *sections]
    stale = sorted(
        cover
        for kind in kinds()
        for cover in kind.covers
        if not any(re.match(re.escape(cover).replace(r"\*", r"[^.]+") + r"(?:\.|\Z)", key) for key in known)
        and not _is_below_a_value(cover, known)
    )

    assert [] == stale


def _is_below_a_value(cover: str, known: list[str]) -> bool:
    """`rates.*` is the share itself, which has no keys."""
    parent = cover.rpartition(".")[0]
    return cover.endswith(".*") and any(_pattern(parent).match(key) for key in known)
