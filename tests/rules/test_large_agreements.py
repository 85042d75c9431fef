"""Rules stay linear: twice the agreement takes about twice the time, however wrong it is."""

from __future__ import annotations

import time

import pytest

from checker.review.validate import validate
from checker.rules.catalogue import rules
from checker.text import parse

HEAD = """\
format: sla/v1
agreement: Large
stages:
  lead: {team: marketing}
  mql: {team: marketing}
"""
LINES = {
    "unknown stand-ins": (
        "people:\n",
        "  person{0}: {{name: A, team: sales}}\n",
        "sellers:\n",
        "  p{0}: {{stand_in: x{0}}}\n",
    ),
    "teams": ("people:\n", "  person{0}: {{name: A, team: saels{0}}}\n", "", ""),
    "groups that lead on": ("groups:\n", "  g{0}: {{meets: g{0}0}}\n", "", ""),
    "twins": ("dictionary:\n", "  word{0}: {{means: A}}\n  Word{0}: {{means: B}}\n", "", ""),
}


def text(kind: str, count: int) -> str:
    first, line, second, other = LINES[kind]
    one = "".join(line.format(number) for number in range(count))
    two = "".join(other.format(number) for number in range(count))
    return HEAD + first + one + second + two


def seconds(document: str) -> float:
    """Of the rules alone, at best of three."""
    parsed = parse(document)
    taken = []
    for _ in range(3):
        started = time.process_time()
        validate(parsed, catalogue=[rule for rule in rules() if rule.code.startswith("SLA1")])
        taken.append(time.process_time() - started)
    return min(taken)


@pytest.mark.parametrize("kind", LINES)
def test_four_times_the_lines_take_less_than_ten_times_as_long(kind: str) -> None:
    assert seconds(text(kind, 800)) < 10 * max(seconds(text(kind, 200)), 0.02)
