"""Words inside a value are marked where they stand, however the value is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.finding import At
from checker.text import parse
from checker.text.words import span_of_words

MEANS = ("stages", "lead", "means")
WAYS = {
    "plain": ("means: A suspect, really", "suspect", 0, 5, "suspect"),
    "in quotes": ('means: "A suspect: really"', "suspect", 0, 5, "suspect"),
    "in quotes with an escape": ('means: "A \\"new\\" suspect"', "suspect", 0, 5, "suspect"),
    "second time": ("means: A suspect is a suspect", "suspect", 1, 5, "suspect"),
    "in braces": ("means: {en: A suspect, es: Un suspect}", "suspect", 0, 5, "suspect"),
    "over lines": ("means: A lead\n      that is a suspect", "suspect", 0, 6, "suspect"),
    "folded": ("means: >\n      A lead\n      that is a suspect\n", "suspect", 0, 7, "suspect"),
    "as lines": ("means: |\n      A suspect\n      that came\n", "suspect", 0, 6, "suspect"),
    "broken by a line": ("means: A very good\n      quality lead", "good quality", 0, 5, "good"),
    "accents": ("means: Avaliação é não", "é", 0, 5, "é"),
}


@pytest.mark.parametrize(("line", "words", "nth", "number", "marked"), WAYS.values(), ids=WAYS)
def test_words_are_marked_where_they_stand(line: str, words: str, nth: int, number: int, marked: str) -> None:
    text = f"format: sla/v1\nstages:\n  lead:\n    team: marketing\n    {line}\n"
    path = (*MEANS, "en") if "{en" in line else MEANS
    place = parse(text).place_at(At(path, words=words, nth=nth))

    assert (number, marked) == (place.line, place.source[place.column - 1 : place.end_column - 1])


def test_the_second_of_two_is_the_later_one() -> None:
    document = parse("agreement: SAL and SAL\n")

    assert [12, 20] == [document.place_at(At(("agreement",), words="SAL", nth=nth)).column for nth in (0, 1)]


def test_words_that_are_not_there_give_the_whole_value() -> None:
    """As where the value has them in other signs: accents of their own, escapes."""
    document = parse("agreement: A lead\n")

    assert document.place(("agreement",)) == document.place_at(At(("agreement",), words="suspect"))
    assert document.place(("agreement", "en")) == document.place_at(At(("agreement", "en"), words="lead"))


@given(st.lists(st.sampled_from(["lead", "SAL", "SALES", "a", "\n", "  "]), max_size=12), st.integers(0, 3))
def test_a_span_holds_the_words(pieces: list[str], nth: int) -> None:
    """Cut out of the text by line and column, a span is what was looked for; without one there are not so many."""
    text = " ".join(pieces)
    span = span_of_words(text, "SAL", nth)

    assert (span is None) is (text.count("SAL") <= nth)
    if span is not None:
        line = text.split("\n")[span.line]

        assert "SAL" == line[span.column : span.end_column]
        assert nth == "\n".join([*text.split("\n")[: span.line], line[: span.column]]).count("SAL")
