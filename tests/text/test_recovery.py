"""One bad line hides nothing: what can be read is read, and everything is told at once."""

from __future__ import annotations

import pytest

from checker.text import parse
from tests.reference import FOLDER
from tests.text.applying import mended, spot, told

SEVERAL = """\
a: {x: Note: this, y: 1}
b:
  - z: Note: that
  - %20
c: {q: R$ 30,000, s: one, two three}
d: "unclosed
e: {f: [g, h}
i: 'It's here'
j:
\tk: 1
l: fine
"""


def test_several_causes_are_all_found_and_repaired():
    """Each on its own line, in the order of the file, and one round of fixes is enough."""
    document = parse(SEVERAL)

    assert [1, 3, 4, 5, 5, 6, 7, 8, 10] == [spot(problem.at).line for problem in document.problems]
    assert {
        "a": {"x": "Note: this", "y": 1},
        "b": [{"z": "Note: that"}, "20%"],
        "c": {"q": "R$ 30000", "s": "one, two three"},
        "d": "unclosed",
        "e": {"f": ["g", "h"]},
        "i": "It's here",
        "j": {"k": 1},
        "l": "fine",
    } == document.values
    assert () == mended(SEVERAL).problems
    assert document.values == mended(SEVERAL).values


@pytest.mark.parametrize(
    ("section", "line", "column"),
    [
        ("a:\n  b: 1\n c: 2\n", 3, 1),
        ("a: 1\n   b: 2\n", 2, 1),
        ("a:\n  - b\n  c: 1\n", 3, 3),
        ("a:\n  - b: 1\n   c: 2\n", 3, 4),
        ("a: x\n  b: y\n", 2, 1),
        ("a:\n  just words\n  b: 1\n", 2, 3),
    ],
)
def test_a_section_that_cannot_be_understood_is_left_out_alone(section, line, column):
    """It is told once, its key is remembered, and the sections around it are read."""
    document = parse(f"before: 1\n{section}behind: 2\n")

    assert [("syntax", line + 1, column)] == told(document)
    assert {"before": 1, "behind": 2} == document.values
    assert {("a",)} == document.unread
    assert not any(edit.safe for problem in document.problems for edit in problem.fixes)


def test_a_line_without_a_key_loses_nothing_but_itself():
    document = parse("a: 1\njust some words\nb: 2\n")

    assert [("syntax", 2, 1)] == told(document)
    assert {"a": 1, "b": 2} == document.values


def test_missing_spaces_at_the_top_are_repaired():
    document = parse("format:sla/v1\nagreement:Ours\n")

    assert {"format": "sla/v1", "agreement": "Ours"} == document.values
    assert () == mended("format:sla/v1\nagreement:Ours\n").problems


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.name)
def test_each_line_of_the_reference_can_break_without_hiding_the_others(file):
    """A tab, a stray quote or a stray bracket behind any line: every other top-level key keeps its value."""
    lines = file.read_text(encoding="utf-8").split("\n")
    whole = parse("\n".join(lines)).values
    for number, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        broken = parse("\n".join([*lines[:number], f"{line} ]", *lines[number + 1 :]]))
        changed = {key for key in whole if whole[key] != broken.values.get(key)}

        assert len(changed) <= 1, (number + 1, changed)


def test_nothing_is_read_twice_over_without_end():
    """Ten thousand broken lines: the first two hundred problems are told, in one pass."""
    document = parse("a: b: c\n" * 10_000)

    assert 200 <= len(document.problems) <= 401
    assert "the text from here on is not read" in document.problems[-1].message.text
