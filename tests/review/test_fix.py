"""Safe fixes: all are made, everything else of the text stays, and a second time nothing is left to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.finding import Finding, Findings, Place, PlacedEdit, Severity
from checker.message import say
from checker.review.fix import Fixed, fix, has_safe_fix
from checker.review.validate import validate
from checker.text import Document, parse
from tests.reference import FOLDER

FILE = "agreement.yaml"
REFERENCE = "".join(file.read_text(encoding="utf-8").rstrip("\n") + "\n" for file in sorted(FOLDER.glob("*.yaml")))
SLIPS: dict[str, tuple[str, str]] = {
    "thousands in braces": ("{name: Helena Prado,", "{name: Helena Prado, the one,"),
    "a name": ("who: [marketing, sales]", "who: [marketng, sales]"),
    "a test": ("cold_rooms: at least 3", "cold_rooms: at lest 3"),
    "a waiver": ("country: Brazil", "country: Brazil # sla:waive[SLA805] until 2027-12-31 why"),
    "a colon": ("currency: BRL", "currency:BRL"),
    "a zone": ("timezone: America/Sao_Paulo", "timezone: America/Sao_Paolo"),
}


def fixed(text: str) -> Fixed:
    return fix(parse(text), validate)


def text_after(text: str) -> str:
    return fixed(text).document.text(FILE)


def slip(text: str, name: str) -> str:
    """The text with one slip of the pen. Raises AssertionError where its words are not there."""
    old, new = SLIPS[name]
    if old not in text:
        raise AssertionError(f"the reference does not say {old!r}")
    return text.replace(old, new, 1)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    """Path -> value, of every single value."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = {deeper: leaf for key, child in below for deeper, leaf in leaves(child, (*path, key)).items()}
    return found or {path: value}


def test_a_slip_in_the_reference_is_mended_letter_by_letter() -> None:
    """The one right text is the one that stood there before."""
    result = fixed(slip(slip(REFERENCE, "a name"), "a colon"))

    assert REFERENCE == result.document.text(FILE)
    assert [("currency:BRL", "currency: BRL"), ("marketng", "marketing")] == sorted(
        (edit.old, edit.new) for edit in result.edits
    )


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from(sorted(SLIPS)), max_size=4, unique=True),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "# Ünïcode, and a remark at the end"]),
)
def test_no_safe_fix_is_left_nothing_else_is_touched_and_a_second_time_nothing_is_done(
    slips: list[str], line_end: str, last: str
) -> None:
    """Lines without an edit stay as they are; paths without an edit on their line keep their value."""
    text = REFERENCE
    for name in slips:
        text = slip(text, name)
    text = (text + last).replace("\n", line_end)
    before = parse(text)
    result = fix(before, validate)
    after = result.document
    edited = {edit.place.line for edit in result.edits}
    pairs = zip(before.lines(FILE), after.lines(FILE), strict=True)
    values, new_values = leaves(before.values), leaves(after.values)
    elsewhere = {
        path for path in {*values} | {*new_values} if (after.place(path).line not in edited and values.get(path))
    }

    assert result.is_settled
    assert [] == [finding.code for finding in result.findings.findings if has_safe_fix(finding)]
    assert {number for number, (old, new) in enumerate(pairs, 1) if old != new} <= edited
    assert {path: values[path] for path in elsewhere} == {path: new_values.get(path) for path in elsewhere}
    assert text.count(line_end) == after.text(FILE).count(line_end)
    assert () == fix(after, validate).edits


def test_fixes_that_only_come_to_light_after_others_are_made_too() -> None:
    """Behind the tab stands a name that is misspelt."""
    text = (
        "format: sla/v1\nagreement: Ours\nstages:\n  lead: {team: marketing}\n  mql: {team: markting}\n"
        "people:\n\tana: {name: Ana, team: sales}\n"
    )

    assert "\tana" not in text_after(text)
    assert "mql: {team: marketing}" in text_after(text)


def test_what_is_not_safe_is_left_alone() -> None:
    """Only its writer knows which of two readings was meant."""
    text = "format: sla/v1\nagreement: Ours\nstages: {lead: {team: marketing}}\nplan: {average_deal: 1.200}\n"

    assert ((), text) == (fixed(text).edits, text_after(text))


def test_what_is_waived_is_left_alone() -> None:
    """The slip in a test has a safe fix; whoever waives it wants it so."""
    text = slip(REFERENCE, "a test")
    waived = text.replace(
        "cold_rooms: at lest 3", "cold_rooms: at lest 3 # sla: waive[SLA309] until 2027-12-31 we mean these words", 1
    )

    assert 1 == len(fixed(text).edits)
    assert () == fixed(waived).edits


def proposing(*fixes: tuple[str, str]) -> Callable[[Document], Findings]:
    """A review that proposes to write other words wherever some words stand at the beginning of a line."""

    def review(document: Document) -> Findings:
        found = []
        for number, line in enumerate(document.lines(FILE), 1):
            for old, new in fixes:
                if line.startswith(old):
                    place = Place(FILE, number, 1, 1 + len(old), line)
                    edit = PlacedEdit(place, old, new, None, True)
                    found.append(Finding("SLA000", "x", Severity.ERROR, say("x"), place, fixes=(edit,)))
        return Findings(tuple(found))

    return review


@pytest.mark.parametrize(
    ("fixes", "expected", "is_settled"),
    [
        ([("a", "b")], "b: 1\n", True),
        ([("a", "b"), ("b", "c"), ("c", "d")], "d: 1\n", True),
        ([("a", "b"), ("b", "a")], "b: 1\n", False),
        ([("a", "a")], "a: 1\n", False),
        ([("a", "aa")], "a" * 21 + ": 1\n", False),
        ([("a: 1", "x: 1"), ("a", "y")], "x: 1\n", True),
    ],
)
def test_it_ends_even_where_fixes_lead_nowhere(fixes: list[tuple[str, str]], expected: str, is_settled: bool) -> None:
    """Fixes that bring each other back are made once, and it is said; so are those that never come to an end."""
    result = fix(parse("a: 1\n"), proposing(*fixes))

    assert (expected, is_settled) == (result.document.text(FILE), result.is_settled)
