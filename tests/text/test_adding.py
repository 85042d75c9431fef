"""Keys added to a text: laid out as those beside them, and nothing else changes."""

from __future__ import annotations

import pytest

from checker.errors import UnwritableOutput
from checker.finding import PlacedEdit
from checker.text import parse
from checker.text.adding import added, made
from checker.text.document import Document

TEXT = """\
# the plan
targets:
    mql:                       # four spaces, as somebody likes it
        ads: {2027-01: 30}     # in braces
        fairs:
            2027-01: 10        # the spring fair
            why: >-
                It doubles
                the leads

rates:
    lead_to_mql: 20%
"""


def text_of(document: Document) -> str:
    return document.text(document.files[0])


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (
            ("targets", "mql", "ads", "2027-02"),
            40,
            "{2027-01: 30}     # in braces",
            "{2027-01: 30, 2027-02: 40}     # in braces",
        ),
        (
            ("targets", "mql", "fairs", "2027-02"),
            12,
            "                the leads\n",
            "                the leads\n            2027-02: 12\n",
        ),
        (
            ("targets", "sql"),
            {"all": {"2027-01": 5}},
            "                the leads\n",
            "                the leads\n    sql:\n      all:\n        2027-01: 5\n",
        ),
        (("rates", "mql_to_sql"), "55%", "lead_to_mql: 20%\n", "lead_to_mql: 20%\n    mql_to_sql: 55%\n"),
        (("plan",), {"customers": 3}, "lead_to_mql: 20%\n", "lead_to_mql: 20%\n\nplan:\n  customers: 3\n"),
    ],
)
def test_a_key_goes_to_the_end_of_its_mapping(path: tuple[str, ...], value: object, old: str, new: str) -> None:
    document = added(parse(TEXT), path, value)

    assert TEXT.replace(old, new) == text_of(document)
    assert document.problems == ()
    assert document.has(path)


def test_line_ends_are_those_of_the_file() -> None:
    """A file from Windows stays one."""
    document = added(parse(TEXT.replace("\n", "\r\n")), ("rates", "mql_to_sql"), "55%")

    assert text_of(document).count("\n") == text_of(document).count("\r\n") == TEXT.count("\n") + 1


def test_a_file_without_a_last_line_end_gets_one_before_the_key() -> None:
    document = added(parse("rates:\n  lead_to_mql: 20%"), ("rates", "mql_to_sql"), "55%")

    assert text_of(document) == "rates:\n  lead_to_mql: 20%\n  mql_to_sql: 55%\n"


def test_what_cannot_be_rewritten_is_refused_with_its_line() -> None:
    document = parse(TEXT)
    place = document.place(("rates", "lead_to_mql"))

    with pytest.raises(UnwritableOutput) as refused:
        made(document, [PlacedEdit(place, "no such words", "25%", None, False)])

    assert refused.value.place == place


def test_no_key_is_added_to_what_is_no_mapping() -> None:
    with pytest.raises(UnwritableOutput):
        added(parse(TEXT), ("rates", "lead_to_mql", "ads"), "5%")
