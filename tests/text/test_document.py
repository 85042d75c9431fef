"""Values, places and the text that stands at them."""

from __future__ import annotations

import pytest

from checker.finding import At, Place
from checker.text import parse
from tests.text.applying import spot, told

TEXT = """\
# an agreement
format: sla/v1
people:
  ana: {name: Ana Beltrão, team: sales}   # seller
  bo:
    name: "Bo, the second"
stages:
  - mql
  - name: sql
    all:
      - visits: at least 3
steps: [First contact,
        Second]
why: A text that goes
  on and on
"""


@pytest.fixture(scope="module")
def document():
    return parse(TEXT)


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("format",), "format", "sla/v1"),
        (("people",), "people", "people"),
        (("people", "ana"), "ana", "{name: Ana Beltrão, team: sales}"),
        (("people", "ana", "name"), "name", "Ana Beltrão"),
        (("people", "ana", "team"), "team", "sales"),
        (("people", "bo"), "bo", "bo"),
        (("people", "bo", "name"), "name", '"Bo, the second"'),
        (("stages",), "stages", "stages"),
        (("stages", 0), "mql", "mql"),
        (("stages", 1), "name: sql", "name: sql"),
        (("stages", 1, "all", 0, "visits"), "visits", "at least 3"),
        (("steps",), "steps", "[First contact,"),
        (("steps", 1), "Second", "Second"),
        (("why",), "why", "A text that goes"),
    ],
)
def test_a_place_marks_the_key_or_the_value(document, path, key, value):
    """What spans lines is marked on its first; what is indented below a key, at the key."""
    places = {on: document.place_at(At(path, on)) for on in ("key", "value")}

    assert {"key": key, "value": value} == {
        on: place.source[place.column - 1 : place.end_column - 1] for on, place in places.items()
    }
    assert all(place.source == document.line(place.file, place.line) for place in places.values())


@pytest.mark.parametrize(
    ("path", "line", "marked"),
    [
        ((), 1, "# an agreement"),
        (("targets",), 1, "# an agreement"),
        (("targets", "mql"), 1, "# an agreement"),
        ((0,), 1, "# an agreement"),
        (("people", "caio"), 3, "people"),
        (("people", "ana", "role"), 4, "ana"),
        (("people", "ana", "role", 3), 4, "ana"),
        (("people", "ana", "name", "first"), 4, "name"),
        (("stages", 7), 7, "stages"),
        (("stages", "mql"), 7, "stages"),
        (("stages", 1, "team"), 9, "name: sql"),
        (("format", 0), 2, "format"),
    ],
)
def test_what_is_missing_is_placed_at_its_nearest_surviving_parent(document, path, line, marked):
    place = document.place(path)

    assert (line, marked) == (place.line, place.source[place.column - 1 : place.end_column - 1])
    assert place == document.place(path, "key")
    assert (path == ()) is document.has(path)


def test_what_is_written_keeps_its_quotes(document):
    """As it stands in the file, so that an edit finds it."""
    assert '"Bo, the second"' == document.written(("people", "bo", "name"))
    assert "A text that goes\n  on and on" == document.written(("why",))
    assert "" == document.written(("people", "caio"))


def test_any_line_can_be_quoted(document):
    assert ("agreement.yaml",) == document.files
    assert "  bo:" == document.line("agreement.yaml", 5)
    assert "" == document.line("agreement.yaml", 99)
    assert tuple(TEXT.split("\n")) == document.lines("agreement.yaml")
    assert "agreement.yaml" == document.file_of(("people", "bo")) == document.file_of(("nothing",))


def test_line_ends_and_a_byte_order_mark_do_not_move_places():
    """As Windows saves it."""
    document = parse("\ufeff" + TEXT.replace("\n", "\r\n"))

    assert parse(TEXT).values == document.values
    assert parse(TEXT).place(("people", "bo", "name")) == document.place(("people", "bo", "name"))


def test_a_repaired_line_keeps_its_places():
    """Columns are those of the file, not of the copy that was repaired to be read."""
    text = "a: {b: Note: this, c: @ana, d: R$ 30,000, e: last}"
    document = parse(text)

    assert {"b": "Note: this", "c": "ana", "d": "R$ 30000", "e": "last"} == document.values["a"]
    assert ["Note: this", "@ana", "R$ 30,000", "last"] == [document.written(("a", key)) for key in "bcde"]
    assert text.index("last") + 1 == document.place(("a", "e")).column
    assert text.index("e: last") + 1 == document.place(("a", "e"), "key").column


def test_of_two_equal_keys_the_first_counts():
    document = parse("people:\n  ana: 1\n  bo: 2\n  ana: 3\nplan: x\npeople: y\n")
    places = [(problem.kind, spot(problem.at).line, spot(problem.because[0].at).line) for problem in document.problems]

    assert {"people": {"ana": 1, "bo": 2}, "plan": "x"} == document.values
    assert [("duplicate-key", 4, 2), ("duplicate-key", 6, 1)] == places


@pytest.mark.parametrize(
    ("text", "line", "column", "values", "unread"),
    [
        ("a:\nb: 1\n", 1, 1, {"b": 1}, {("a",)}),
        ("a:\n  b:\n  c: 1\n", 2, 3, {"a": {"c": 1}}, {("a", "b")}),
        ("a: ~\n", 1, 4, {}, {("a",)}),
        ("a: {b: null, c: 1}\n", 1, 8, {"a": {"c": 1}}, {("a", "b")}),
        ("a: {b:, c: 1}\n", 1, 5, {"a": {"c": 1}}, {("a", "b")}),
        ("a: {b: , c: 1}\n", 1, 5, {"a": {"c": 1}}, {("a", "b")}),
        ("a: [Null, 1]\n", 1, 5, {"a": [1]}, set()),
        ("a:\n  -\n  - 1\n", 2, 4, {"a": [1]}, set()),
        ("a: >\nb: 1\n", 1, 1, {"b": 1}, {("a",)}),
    ],
)
def test_an_empty_value_is_left_out_and_remembered(text, line, column, values, unread):
    """Nobody is told twice: a rule that misses the key finds it among the unread."""
    document = parse(text)

    assert [("empty-value", line, column)] == told(document)
    assert values == document.values
    assert unread == document.unread
    assert not any(document.has(path) for path in unread)


def test_a_word_alone_in_braces_may_be_a_key_without_a_value():
    """Nobody can tell whether quotes or a value are missing: nothing is fixed unasked, and nothing is made up."""
    document = parse("ana: {name: Ana, team}\n")

    assert [("comma-in-braces", 1, 18)] == told(document)
    assert {"ana": {"name": "Ana"}} == document.values
    assert {("ana", "team")} == document.unread


def test_places_of_a_list_count_what_was_read():
    """An entry without a value has no number."""
    document = parse("a:\n  - \n  - one\n  - ~\n  - two\n")

    assert [3, 5] == [document.place(("a", number)).line for number in range(2)]


@pytest.mark.parametrize(
    ("text", "spots"),
    [
        ("a: &x {b: 1}\nc: *x\n", [("no-anchors", 1, 4), ("no-anchors", 2, 4)]),
        ("a: {b: 1}\nc:\n  <<: {d: 2}\n", [("no-anchors", 3, 3)]),
        ("a: !!str 5\n", [("no-tags", 1, 4)]),
        ("a: !person\n  b: 1\n", [("no-tags", 1, 4)]),
        ("a: 1\n---\nb: 2\n", [("second-document", 2, 1)]),
        ("a: 1\n...\nb: 2\n", [("second-document", 2, 1)]),
    ],
)
def test_what_yaml_has_and_an_agreement_has_not(text, spots):
    assert spots == told(parse(text))


def test_a_reference_to_itself_ends():
    assert {"a": ["x"]} == parse("a: &a [*a, x]\n").values


def test_what_stands_in_a_second_document_is_read_too():
    assert {"a": 1, "b": 2} == parse("a: 1\n---\nb: 2\n").values


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing yet\n", "---\n", "- a\n- b\n", "[a]", "Hello\n", "<html>\n<p>\n"]
)
def test_what_is_no_agreement_is_said_once(text):
    document = parse(text)

    assert {} == document.values
    assert 1 == len(document.problems)
    assert document.problems[0].kind in ("not-a-mapping", "syntax")


def test_a_web_page_is_named():
    (problem,) = parse("<!DOCTYPE html>\n<html><head>a: b: c</head></html>\n").problems

    assert "web page" in problem.message.text


def test_places_are_quoted_from_the_file():
    place = parse("a: 1\nwhy: Something\n").place(("why",))

    assert Place("agreement.yaml", 2, 6, 15, "why: Something") == place
