"""Texts that read well but mean something else: found where they stand, and repaired as they were meant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.finding import Place
from checker.language import words
from checker.text import Value, parse
from tests.text.applying import applied, mended

# text, kind, line, columns (the end exclusive), the line after the safe fix (None: there is none), the value of `a`
TRAPS: list[tuple[str, str, int, tuple[int, int], str | None, Value]] = [
    (
        "a: {means: Sales accepted lead, one that sales said yes to}",
        "comma-in-braces",
        1,
        (12, 59),
        'a: {means: "Sales accepted lead, one that sales said yes to"}',
        {"means": "Sales accepted lead, one that sales said yes to"},
    ),
    (
        "a: {means: One, two, three, team: sales}",
        "comma-in-braces",
        1,
        (12, 27),
        'a: {means: "One, two, three", team: sales}',
        {"means": "One, two, three", "team": "sales"},
    ),
    (
        'a: {means: The "new" ones, and the old}',
        "comma-in-braces",
        1,
        (12, 39),
        "a: {means: 'The \"new\" ones, and the old'}",
        {"means": 'The "new" ones, and the old'},
    ),
    ("a: {marketing, sales}", "comma-in-braces", 1, (4, 22), None, ["marketing", "sales"]),
    (
        "a: {means: Four questions: budget, need and time}",
        "colon-in-braces",
        1,
        (12, 49),
        'a: {means: "Four questions: budget, need and time"}',
        {"means": "Four questions: budget, need and time"},
    ),
    (
        "b: {name: Bo, team: sales}\na:\n  ana: {name: Ana team: sales}\n  bo: {name: Bo, team: sales}",
        "colon-in-braces",
        3,
        (17, 18),
        "  ana: {name: Ana, team: sales}",
        {"ana": {"name": "Ana", "team": "sales"}, "bo": {"name": "Bo", "team": "sales"}},
    ),
    ("a: {team:sales}", "syntax", 1, (5, 15), "a: {team: sales}", {"team": "sales"}),
    ("a: {cost: R$ 30,000}", "thousands", 1, (11, 20), "a: {cost: R$ 30000}", {"cost": "R$ 30000"}),
    ("a: {cost: R$ 1,380,000}", "thousands", 1, (11, 23), "a: {cost: R$ 1380000}", {"cost": "R$ 1380000"}),
    (
        "a: {cost: at most R$ 12,000, team: sales}",
        "thousands",
        1,
        (11, 28),
        "a: {cost: at most R$ 12000, team: sales}",
        {"cost": "at most R$ 12000", "team": "sales"},
    ),
    ("a: {count: 1,000}", "thousands", 1, (12, 17), "a: {count: 1000}", {"count": 1000}),
    ("a: {part: 2,5%}", "thousands", 1, (11, 15), "a: {part: 2.5%}", {"part": "2.5%"}),
    ("a: [R$ 30,000, known]", "thousands", 1, (5, 14), "a: [R$ 30000, known]", ["R$ 30000", "known"]),
    ("a: [10,000]", "thousands", 1, (5, 11), "a: [10000]", [10000]),
    ("a: R$ 30.000", "thousands", 1, (4, 13), "a: R$ 30000", "R$ 30000"),
    ('a: "R$ 30.000"', "thousands", 1, (4, 15), 'a: "R$ 30000"', "R$ 30000"),
    ("a: at most R$ 12.000", "thousands", 1, (4, 21), "a: at most R$ 12000", "at most R$ 12000"),
    ("a: R$ 1.380.000,50", "thousands", 1, (4, 19), "a: R$ 1380000.50", "R$ 1380000.50"),
    ("a: R$ 18.000 a month", "thousands", 1, (4, 21), "a: R$ 18000 a month", "R$ 18000 a month"),
    ("a: 1.380.000", "thousands", 1, (4, 13), "a: 1380000", 1380000),
    ("a: 1_000", "thousands", 1, (4, 9), "a: 1000", 1000),
    ("a: 50 to 2_000", "thousands", 1, (4, 15), "a: 50 to 2000", "50 to 2000"),
    ("a: 1.200", "thousands", 1, (4, 9), None, Decimal("1.200")),
    ("a: at least 1.200", "thousands", 1, (4, 18), None, "at least 1.200"),
    ("a: 010", "thousands", 1, (4, 7), None, 10),
    ("a: call #5 first", "lost-comment", 1, (4, 17), 'a: "call #5 first"', "call #5 first"),
    ("a: #5 first", "lost-comment", 1, (4, 12), 'a: "#5 first"', "#5 first"),
    ("a:\n  - go to #2", "lost-comment", 2, (5, 13), '  - "go to #2"', ["go to #2"]),
    ("a: 22 a month #was 20", "lost-comment", 1, (4, 22), None, "22 a month"),
    (
        "a: {then: call #5 first, team: sales}",
        "lost-comment",
        1,
        (11, 24),
        'a: {then: "call #5 first", team: sales}',
        {"then": "call #5 first", "team": "sales"},
    ),
    ("a: >= 50", "special-start", 1, (4, 9), "a: at least 50", "at least 50"),
    ("a: > 50", "special-start", 1, (4, 8), "a: more than 50", "more than 50"),
    ("a: {b: >= 50, c: 1}", "special-start", 1, (8, 13), "a: {b: at least 50, c: 1}", {"b": "at least 50", "c": 1}),
    ("a:\n  - visits: >= 3", "special-start", 2, (13, 17), "  - visits: at least 3", [{"visits": "at least 3"}]),
    ("a: %15", "special-start", 1, (4, 7), "a: 15%", "15%"),
    ("a: {b: %2.5}", "special-start", 1, (8, 12), "a: {b: 2.5%}", {"b": "2.5%"}),
    ("a: @ana", "special-start", 1, (4, 8), "a: ana", "ana"),
    ("a: [@ana, bo]", "special-start", 1, (5, 9), "a: [ana, bo]", ["ana", "bo"]),
    ("a: @ana calls", "special-start", 1, (4, 14), 'a: "@ana calls"', "@ana calls"),
    ("a: `code`", "special-start", 1, (4, 10), 'a: "`code`"', "`code`"),
    ("a: *bold* words", "special-start", 1, (4, 16), 'a: "*bold* words"', "*bold* words"),
    ("a: [draft] plan", "special-start", 1, (4, 16), 'a: "[draft] plan"', "[draft] plan"),
    ("a: {{name}}", "special-start", 1, (4, 12), 'a: "{{name}}"', "{{name}}"),
    ("a: ? what", "special-start", 1, (4, 10), 'a: "? what"', "? what"),
    ("a: - one", "special-start", 1, (4, 9), None, "- one"),
    ("a: &Co Ltd", "no-anchors", 1, (4, 11), 'a: "&Co Ltd"', "&Co Ltd"),
    ("a: !important", "no-tags", 1, (4, 14), 'a: "!important"', "!important"),
    ("a:\n\tb: 1", "tab", 2, (1, 2), "  b: 1", {"b": 1}),
    ("a:\n\u00a0\u00a0b: 1", "tab", 2, (1, 3), "  b: 1", {"b": 1}),
    ("a: Note: hello", "syntax", 1, (4, 15), 'a: "Note: hello"', "Note: hello"),
    ("a: Ana:", "syntax", 1, (4, 8), 'a: "Ana:"', "Ana:"),
    ('a: "New leads" queue', "syntax", 1, (4, 21), "a: '\"New leads\" queue'", '"New leads" queue'),
    ("a: 'It's fine'", "syntax", 1, (4, 15), 'a: "It\'s fine"', "It's fine"),
    ('a: "New leads', "syntax", 1, (4, 14), 'a: "New leads"', "New leads"),
    (
        'a: {say: "New leads, team: sales}',
        "syntax",
        1,
        (10, 20),
        'a: {say: "New leads", team: sales}',
        {"say": "New leads", "team": "sales"},
    ),
    ('a: "C:\\queue"', "syntax", 1, (4, 14), "a: 'C:\\queue'", "C:\\queue"),
    ('a:\n  "b: 1\n  c: 2', "syntax", 2, (3, 8), None, {"b": 1, "c": 2}),
    ("a: {b: c", "syntax", 1, (8, 9), "a: {b: c}", {"b": "c"}),
    ("a: {b: [c}", "syntax", 1, (10, 11), "a: {b: [c]}", {"b": ["c"]}),
    ("a: {b: c]", "syntax", 1, (9, 10), "a: {b: c}", {"b": "c"}),
    ("a: [b]]", "syntax", 1, (6, 8), "a: [b]", ["b"]),
    ("a: [b, , c]", "syntax", 1, (6, 9), "a: [b, c]", ["b", "c"]),
    ("b: 1\na:2", "syntax", 2, (1, 4), "a: 2", 2),
    ("a:\n  b:1\n  c: 2", "syntax", 2, (3, 6), "  b: 1", {"b": 1, "c": 2}),
    ("a: b\x07c", "syntax", 1, (5, 6), "a: bc", "bc"),
]
every_trap = pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap[0])


@every_trap
def test_a_trap_is_found_once_and_where_it_stands(trap):
    text, kind, line, (column, end), _, _ = trap
    problems = parse(text).problems

    assert [(kind, line, column, end)] == [
        (problem.kind, problem.at.line, problem.at.column, problem.at.end_column)
        for problem in problems
        if isinstance(problem.at, Place)
    ]


@every_trap
def test_a_trap_is_read_as_it_was_meant(trap):
    """Nothing else complains of what a trap caused."""
    text, _, _, _, _, value = trap

    assert value == parse(text).values["a"]


@every_trap
def test_the_safe_fix_writes_what_was_meant(trap):
    text, _, line, _, fixed, value = trap
    after = mended(text)

    if fixed is None:
        assert parse(text).problems == after.problems
    else:
        assert fixed == after.line("agreement.yaml", line)
        assert () == after.problems
        assert value == after.values["a"]


@every_trap
def test_a_trap_says_what_to_write(trap):
    """Each message can be worded, and shows the repaired piece where there is one."""
    text, *_ = trap
    for problem in parse(text).problems:
        said = words().say(problem.message)

        assert "{" not in said.replace("{name}", "").replace(text, "") or "{" in text
        assert said[0] in "`\"'" or not said[0].isupper()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a: 1.200", ["a: 1200", "a: 1.2"]),
        ("a: 1.234", ["a: 1234", "a: 1.2340"]),
        ("a: 010", ["a: 10", 'a: "010"']),
        ("a: 22 a month #was 20", ['a: "22 a month #was 20"', "a: 22 a month # was 20"]),
    ],
)
def test_what_may_mean_two_things_offers_both(text, meant):
    """Nobody can tell, so nothing is safe; each choice leads to an agreement without the trap."""
    (problem,) = parse(text).problems
    offered = [applied(text, choice.edits) for choice in problem.choices]

    assert meant == offered
    assert [()] * 2 == [parse(choice).problems for choice in offered]


FINE = [
    "a: 1.5",
    "a: 0.125",
    "a: 12.3456",
    "a: 2027.123",
    'a: "1.200"',
    "a: Version 1.200",
    "a: Signs up to R$ 50.000 alone",
    "a: R$ 30,000",
    "a: 2.500%",
    "a: 0",
    "a: 09:30",
    "a: 2027-03-01",
    "a: [100,200,300]",
    "a: {until: 09:30, link: https://example.org/a?b=1#top}",
    "a: R&D, C#, 50% and 5*3",
    "a: one # a remark",
    "a: one #",
    "a: one ## a heading",
    "a: one #--------",
    "a: # a remark\n  b: 1",
    "a: one:two",
    'a: The "New leads" queue',
    "a: It's fine",
    "a: < 50",
    "a: |\n  one\n  \ttwo\n",
    "a: {say: Really? Yes ? No?, then: why?}",
    "a: >\n  folded: text, with {signs}\n",
    "a: {1 month: 10%, 2 months: 60%}",
    'a: {b: "one, two: three #4"}',
    "a: [b, c,\n    d]",
    "---\na: 1\n",
    "a: {\"<<\": 1, 'b': 2}",
    "a: b\tc",
    "a: []",
    "\ufeffa: one",
    "a: \u0646\u0627\u0645\u0647\u200c\u0627\u06cc \u200f(\u05d3\u05e0\u05d4)\u200f",
    "a: \U0001f469\u200d\U0001f4bb",
]


@pytest.mark.parametrize("text", FINE)
def test_what_only_looks_like_a_trap_is_none(text):
    assert () == parse(text).problems


@pytest.mark.parametrize(
    ("text", "column", "mended_text"),
    [
        ("a: pay \u202e001", 8, "a: pay 001"),
        ("a: ana\u200b\u2060prado", 7, "a: anaprado"),
        ("a: 1 # mar\u00adketing", 11, "a: 1 # marketing"),
    ],
)
def test_signs_that_nobody_sees_are_told_of_and_deleted(text, column, mended_text):
    """Also in a remark: a reviewer reads remarks."""
    (problem,) = parse(text).problems

    assert "unseen" == problem.kind
    assert isinstance(problem.at, Place)
    assert column == problem.at.column
    assert mended_text == mended(text).line("agreement.yaml", 1)


def test_a_number_with_a_comma_stays_text_outside_braces():
    """The value's own type refuses it: one finding is enough."""
    assert {"a": "R$ 30,000"} == parse("a: R$ 30,000").values


def test_tabs_that_may_mean_two_things_are_not_fixed_unasked():
    """A tab beside a line with four spaces: as deep, or deeper?"""
    document = parse("a:\n    b: 1\n\tc: 2\n")

    assert ["tab"] == [problem.kind for problem in document.problems]
    assert [False] == [edit.safe for problem in document.problems for edit in problem.fixes]
    assert {("a",)} == document.unread


def test_tabs_of_a_whole_section_are_one_problem():
    """Fifty lines, one cause, one edit a line."""
    text = "a:\n" + "".join(f"\tb{number}:\n\t\tc: {number}\n" for number in range(25))
    (problem,) = parse(text).problems

    assert 50 == len(problem.fixes)
    assert {f"b{number}": {"c": number} for number in range(25)} == mended(text).values["a"]
