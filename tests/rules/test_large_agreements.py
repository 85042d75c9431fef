"""Rules stay linear: twice the agreement takes about twice the work, however wrong it is."""

from __future__ import annotations

import cProfile
import pstats

import pytest

from checker.review.validate import validate
from checker.rules.catalogue import rules
from checker.rules.suggestions import MOST_NAMES
from checker.text import parse

HEAD = """\
format: sla/v1
agreement: Large
stages:
  lead: {team: marketing}
  mql: {team: marketing}
"""
OWN = ("SLA221",)
"""Of the rules about targets, the one that looks at single campaigns."""
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
    "twins": ("dictionary:\n", "  word{0}: {{means: A}}\n  Word{0}: {{means: B}}\n", "", ""),
}


def text(kind: str, count: int) -> str:
    first, line, second, other = LINES[kind]
    one = "".join(line.format(number) for number in range(count))
    two = "".join(other.format(number) for number in range(count))
    return HEAD + first.format() + one + second.format() + two


def work(document: str) -> int:
    """How many functions the rules alone call: the same on every machine, however busy it is."""
    parsed = parse(document)
    catalogue = [rule for rule in rules() if rule.code in OWN or rule.code[3] in "1678"]
    validate(parsed, catalogue=catalogue)
    profile = cProfile.Profile()
    profile.runcall(validate, parsed, catalogue=catalogue)
    return pstats.Stats(profile).total_calls  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("kind", LINES)
def test_twice_the_lines_take_less_than_three_times_the_work(kind: str) -> None:
    """Above a thousand names: up to there each misspelt one is compared with all others."""
    assert work(text(kind, 2 * MOST_NAMES + 200)) < 3 * work(text(kind, MOST_NAMES + 100))


def test_a_plan_of_very_many_channels_is_settled_in_bounded_time() -> None:
    """The search for ways out is cut short, and says so."""
    channels = "".join(f"  c{number}: {{team: marketing}}\n" for number in range(120))
    targets = "".join(f"    c{number}: {{2027-01 to 2027-12: 1}}\n" for number in range(120))
    found = validate(
        parse(HEAD + "channels:\n" + channels + "targets:\n  mql:\n    all: {2027-01 to 2027-12: 20}\n" + targets)
    ).findings
    choices = [choice.message.text for finding in found if finding.code == "SLA202" for choice in finding.choices]

    assert any("too many lines take part" in text or "leave this line out" in text for text in choices)
