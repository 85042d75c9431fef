"""Whatever is typed into the reference agreement, the review ends, and what it finds can be shown."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import UnreadableInput
from checker.finding import Findings
from checker.language import words
from checker.report.findings_json import findings_json
from checker.report.findings_text import findings_text
from checker.review.validate import validate
from checker.text import parse
from tests.reference import FOLDER

TEXT = "\n".join(file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.yaml")) if file.name != "log.yaml")
LINES = TEXT.splitlines()
VALUES = [
    "",
    "0",
    "-1",
    "yes",
    "{}",
    "[]",
    "x",
    "[a, b]",
    "{a: 1}",
    "0%",
    "2.5",
    "1 month",
    "2027-13",
    "at least",
    "9" * 30,
]
SIGNS = "{}[]:,#'\"-|>&*!%@ \t\\\u202eé0x"

numbers = st.integers(0, len(LINES) - 1)
edits = st.one_of(
    st.tuples(st.just("delete"), numbers, st.just("")),
    st.tuples(st.just("repeat"), numbers, st.just("")),
    st.tuples(st.just("value"), numbers, st.sampled_from(VALUES)),
    st.tuples(st.just("sign"), numbers, st.sampled_from(SIGNS)),
)


def edited(changes: list[tuple[str, int, str]]) -> str:
    lines = list(LINES)
    for kind, number, new in changes:
        line = lines[number % len(lines)]
        if kind == "delete":
            line = ""
        elif kind == "repeat":
            line = f"{line}\n{line}"
        elif kind == "value":
            line = f"{line.partition(':')[0]}: {new}"
        else:
            line = line[: number % (len(line) + 1)] + new + line[number % (len(line) + 1) :]
        lines[number % len(lines)] = line
    return "\n".join(lines)


def reviewed(text: str) -> Findings | None:
    try:
        return validate(parse(text))
    except UnreadableInput:
        return None


@settings(max_examples=60)
@given(st.lists(edits, min_size=1, max_size=4))
def test_every_finding_stands_on_a_line_of_the_file(changes: list[tuple[str, int, str]]) -> None:
    text = edited(changes)
    found = reviewed(text)
    count = len(parse(text).lines("agreement.yaml")) if found else 0

    for finding in found.findings if found else ():
        assert 1 <= finding.place.line <= count
        assert 1 <= finding.place.column < finding.place.end_column


@settings(max_examples=40)
@given(st.lists(edits, min_size=1, max_size=4))
def test_every_finding_can_be_shown(changes: list[tuple[str, int, str]]) -> None:
    found = reviewed(edited(changes))
    english = words("en")

    if found is not None:
        shown = findings_text(found, english, "sla")
        assert {"\n"} == {sign for sign in shown if not sign.isprintable()}
        assert len(found.findings) == findings_json(found, english).count('"fingerprint"')


@settings(max_examples=30)
@given(st.lists(edits, min_size=1, max_size=2))
def test_fingerprints_are_unique(changes: list[tuple[str, int, str]]) -> None:
    found = reviewed(edited(changes))
    prints = [finding.fingerprint for finding in found.findings] if found else []

    assert len(prints) == len(set(prints))
