"""The meaning of a word is shown where the word stands."""

from __future__ import annotations

import pytest

from checker.agreement import build
from checker.report.names import Names
from checker.site.tooltips import Tooltips
from checker.text import parse

AGREEMENT = """
format: sla/v1
agreement: Test
stages:
  lead: {name: Lead, team: marketing, means: Left a name}
  mql: {name: Marketing qualified lead (MQL), team: marketing, means: Fits us}
dictionary:
  BANT: {means: Four questions}
  returned lead: {means: Came back, also_called: [rejected lead]}
  first-call: {means: The <b>first</b> one}
"""
MQL = '<abbr title="Marketing qualified lead&#58; Fits us" tabindex="0">MQL</abbr>'
BANT = '<abbr title="Four questions" tabindex="0">BANT</abbr>'


@pytest.fixture(scope="module")
def tooltips() -> Tooltips:
    document = parse(AGREEMENT)
    agreement = build(document.values, document.problems)
    return Tooltips(agreement, Names(agreement))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An MQL came", f"An {MQL} came"),
        ("MQL, MQL and MQL", f"{MQL}, MQL and MQL"),
        ("MQL\n## Next\nMQL", f"{MQL}\n## Next\n{MQL}"),
        ("## MQL {: #mql }", "## MQL {: #mql }"),
        ("XMQL MQLs MQL-X", "XMQL MQLs " + MQL + "-X"),
        ("an mql is no abbreviation", "an mql is no abbreviation"),
        ("Returned lead", '<abbr title="Came back" tabindex="0">Returned lead</abbr>'),
        ("a rejected lead", 'a <abbr title="Came back" tabindex="0">rejected lead</abbr>'),
        (
            "a first&#45;call",
            'a <abbr title="The &#60;b&#62;first&#60;&#47;b&#62; one" tabindex="0">first&#45;call</abbr>',
        ),
        ('<a href="x">MQL</a> and MQL', f'<a href="x">MQL</a> and {MQL}'),
        ("<svg><title>MQL</title></svg> MQL", f"<svg><title>MQL</title></svg> {MQL}"),
        ('<td title="MQL">MQL</td>', f'<td title="MQL">{MQL}</td>'),
        ("<svg>\nMQL\n</svg>\nBANT", f"<svg>\nMQL\n</svg>\n{BANT}"),
        ("<b>MQL</b> <summary>BANT</summary>", "<b>MQL</b> <summary>BANT</summary>"),
        ("&#66;ANT &BANT;", "&#66;ANT &BANT;"),
    ],
)
def test_the_first_use_of_a_word_in_each_part_is_explained(tooltips: Tooltips, text: str, expected: str):
    """Once between two headings, never in links, headings, drawings or attributes, and never a part of a word."""
    assert expected == tooltips.put_into(text)


def test_without_words_nothing_changes():
    """An agreement without a dictionary has pages without tooltips."""
    document = parse("format: sla/v1\nagreement: T\nstages:\n  lead: {team: marketing}\n")
    agreement = build(document.values, document.problems)

    assert "An MQL" == Tooltips(agreement, Names(agreement)).put_into("An MQL")
