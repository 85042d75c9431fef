"""Laws of reading: what is written comes back, nothing crashes, and fixes do what they say."""

from __future__ import annotations

import re
from decimal import Decimal
from io import StringIO

from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.events import MappingStartEvent, ScalarEvent, SequenceStartEvent
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from checker.errors import SlaError
from checker.finding import Place
from checker.language import words
from checker.text import Document, parse
from tests.reference import FOLDER
from tests.text.applying import applied, safe_edits

REFERENCE = {file.name: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.yaml"))}
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufeff")
# Set apart by a sign that means nothing.
SIGNS = st.sampled_from(
    re.split(
        "¦",
        "a¦b: ¦- ¦? ¦?¦{¦}¦[¦]¦, ¦,¦: ¦:¦\"¦'¦#¦ #¦ #5¦ ¦  ¦\n¦\n  ¦|¦>¦>= 5¦%¦%5¦@¦`¦&x ¦*x¦!¦!!str ¦<<: ¦---\n¦...\n"
        "¦~¦\t¦\r\n¦1.200¦010¦R$ 30,000¦09:30¦é¦x y¦null¦\\¦\u00a0¦\u2028¦\x85¦\x00¦\ue000",
    )
)


def dumped(value: object) -> str:
    """A value as ruamel.yaml writes it, with texts in quotes, so that they stay texts."""

    def in_quotes(node: object) -> object:
        if isinstance(node, dict):
            return {DoubleQuotedScalarString(key): in_quotes(child) for key, child in node.items()}
        if isinstance(node, list):
            return [in_quotes(child) for child in node]
        if isinstance(node, bool):
            return node
        return DoubleQuotedScalarString(node) if isinstance(node, str) else node

    stream = StringIO()
    YAML().dump(in_quotes(value), stream)
    return stream.getvalue()


single = st.text(LETTERS, max_size=20) | st.integers(-(10**15), 10**15) | st.booleans()
nested = st.recursive(
    single,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(LETTERS, min_size=1, max_size=8), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(st.dictionaries(st.text(LETTERS, min_size=1, max_size=8), nested, min_size=1, max_size=5))
def test_what_another_writer_wrote_is_read_back(values):
    """Random values, written by ruamel.yaml."""
    document = parse(dumped(values))

    assert values == document.values
    assert () == tuple(problem for problem in document.problems if problem.kind != "unseen")


@given(st.decimals(-(10**9), 10**9, places=2))
def test_decimals_are_exact(number):
    """Never a float on the way."""
    read = parse(f"a: {number:.2f}\n").values["a"]

    assert Decimal(f"{number:.2f}") == read


def examined(text: str) -> Document | None:
    """Reads a text, and looks at everything that a report would look at. None where a limit is broken."""
    try:
        document = parse(text)
    except SlaError:
        return None
    for problem in document.problems:
        assert isinstance(problem.at, Place)
        assert problem.kind
        assert words().say(problem.message)
        assert document.line(problem.at.file, problem.at.line) == problem.at.source
        assert 1 <= problem.at.column < problem.at.end_column
        applied_one_by_one(text, document)
    return document


def applied_one_by_one(text: str, document: Document) -> None:
    lines = list(document.lines("agreement.yaml"))
    for problem in document.problems:
        for edit in (*problem.fixes, *(edit for choice in problem.choices for edit in choice.edits)):
            assert isinstance(edit.at, Place)
            assert edit.old
            assert edit.old == lines[edit.at.line - 1][edit.at.column - 1 : edit.at.end_column - 1]


@settings(max_examples=300)
@given(st.lists(SIGNS, max_size=25).map("".join))
@example("a: {, .{\t<<: , 09:30010\r\n\t")
@example("a: !\r\n\t- null\r\n- ...\x85@? 010\n- ")
@example("a: 1.200[010x!{1.200[{}<<: 09:30&a  #09:30")
@example("a: x#\\,\t[!'&a <<: é: http://x\u00a0")
@example("a: é {- a[: \ufeff.")
@example("---\n---\n!!str ")
def test_no_text_is_too_odd_to_be_told_about(text):
    examined(text)


@given(st.text())
def test_any_text_at_all_can_be_read_or_is_told_about(text):
    document = examined(text)

    assert document is None or document.values or document.problems or not text.strip(" \n")


@settings(max_examples=150)
@given(st.sampled_from(sorted(REFERENCE)), st.data())
def test_a_damaged_reference_is_read_or_told_about(name, data):
    """Somewhere in a file a piece is cut out and signs are put in."""
    text = REFERENCE[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 6, len(text))))
    examined(text[:start] + data.draw(SIGNS) + text[end:])


@settings(max_examples=300)
@given(st.lists(SIGNS, max_size=12).map(lambda signs: "a: " + "".join(signs)))
def test_values_are_those_of_the_file_after_its_safe_fixes(text):
    """What the reader understood is what stands there once every problem had one safe fix on a line of its own."""
    document = examined(text)
    if document is None or any(line_end in text for line_end in "\r\x85\u2028") or document.unread:
        return
    edits = safe_edits(document.problems)
    lines = {edit.at.line for edit in edits if isinstance(edit.at, Place)}
    if edits and len(edits) == len(document.problems) == len(lines):
        after = parse(applied("\n".join(document.lines("agreement.yaml")), edits))

        assert document.values == after.values
        assert () == after.problems


SAFE_IN_BRACES = st.text("abcé0159.:/?=&%$@-_'\"!", min_size=1, max_size=12)


@settings(max_examples=300)
@given(SAFE_IN_BRACES, st.sampled_from(["a: {{b: w{}}}", "a: [w{}, x]", "a: w{}", "- w{} x"]))
def test_words_are_those_of_the_reader_in_pure_python(word, around):
    """The C reader refuses times and web addresses in braces; what stands instead is what the other reader says."""
    text = around.format(word)
    try:
        events = list(YAML(typ="safe", pure=True).parse(text))
    except Exception:
        return
    theirs = [event.value for event in events if isinstance(event, ScalarEvent)]
    shape = [type(event) for event in events if isinstance(event, (MappingStartEvent, SequenceStartEvent))]
    document = parse(text)
    if document.problems or len(shape) != 2 - around.startswith("a: w"):
        return

    ours: list[object] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for key, child in value.items():
                ours.append(key)
                walk(child)
        elif isinstance(value, list):
            for child in value:
                walk(child)
        else:
            ours.append(value)

    walk(document.values)

    assert theirs == ours
