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
OWN = ("SLA223", "SLA221")
"""Of the rules about targets, those that look at single channels and campaigns."""
LINES = {
    "unknown stand-ins": (
        "people:\n",
        "  person{0}: {{name: A, team: sales}}\n",
        "sellers:\n",
        "  p{0}: {{stand_in: x{0}}}\n",
    ),
    "teams": ("people:\n", "  person{0}: {{name: A, team: saels{0}}}\n", "", ""),
    "groups that lead on": ("groups:\n", "  g{0}: {{meets: g{0}0}}\n", "", ""),
    "words to avoid": (
        "words_to_avoid:\n",
        "  bad{0} word: good{0}\n",
        "objections:\n",
        "  o{0}: The bad{0} word of\n",
    ),
    "other words": (
        "dictionary:\n",
        "  term{0}: {{means: A B, also_called: [other{0}]}}\n",
        "objections:\n",
        "  o{0}: An OTHER{0} and the ABC\n",
    ),
    "the same words again": ("processes:\n", "  p{0}: {{team: sales, steps: [soon XYZ soon SAL]}}\n", "", ""),
    "meetings at one time": (
        "people:\n",
        "  person{0}: {{name: A, team: sales}}\n",
        "meetings:\n",
        '  m{0}: {{every: week, on: Monday, at: "09:30", who: [person{0}], topics: [targets]}}\n',
    ),
    "personal data": ("objections:\n", "  o{0}: Ask me@firm{0}.example, (11) 98888-7777\n", "", ""),
    "campaigns of one month": (
        "channels:\n  mail: {{team: marketing}}\ntargets: {{mql: {{mail: {{2027-01: 20}}}}}}\n"
        "handoff: {{stage: mql, channel: The queue}}\ncampaigns:\n",
        "  c{0}: {{channel: mail, hands_over: 1, month: 2027-01}}\n",
        "",
        "",
    ),
    "channels on trial": (
        "channels:\n",
        "  c{0}: {{team: marketing, status: trial}}\n",
        "targets:\n  mql:\n    all: {{2027-01 to 2027-12: 20}}\n",
        "    c{0}: {{2027-01 to 2027-12: 1}}\n",
    ),
    "twins": ("dictionary:\n", "  word{0}: {{means: A}}\n  Word{0}: {{means: B}}\n", "", ""),
}


def text(kind: str, count: int) -> str:
    first, line, second, other = LINES[kind]
    one = "".join(line.format(number) for number in range(count))
    two = "".join(other.format(number) for number in range(count))
    return HEAD + first.format() + one + second.format() + two


def seconds(document: str) -> float:
    """Of the rules alone, at best of three."""
    parsed = parse(document)
    taken = []
    for _ in range(3):
        started = time.process_time()
        validate(parsed, catalogue=[rule for rule in rules() if rule.code in OWN or rule.code[3] in "1678"])
        taken.append(time.process_time() - started)
    return min(taken)


@pytest.mark.parametrize("kind", LINES)
def test_four_times_the_lines_take_less_than_ten_times_as_long(kind: str) -> None:
    assert seconds(text(kind, 800)) < 10 * max(seconds(text(kind, 200)), 0.02)
