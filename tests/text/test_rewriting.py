"""Edits in a text: made where they stand, and nothing else of it is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import UnwritableOutput
from checker.finding import Place, PlacedEdit
from checker.text import Document, parse, read
from checker.text.rewriting import new_texts, rewritten


def edit(document: Document, line: int, old: str, new: str) -> PlacedEdit:
    """An edit of the first such words of a line; of words that do not stand there, at its beginning."""
    file = document.files[0]
    source = document.line(file, line)
    column = max(source.find(old), 0) + 1
    return PlacedEdit(Place(file, line, column, column + len(old), source), old, new, None, True)


def text_after(text: str, *edits: tuple[int, str, str]) -> str:
    document = parse(text)
    return rewritten(document, [[edit(document, *item)] for item in edits]).document.text("agreement.yaml")


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("a: 1\nb: 2\n", [(2, "2", "3")], "a: 1\nb: 3\n"),
        ("a: 1\r\nb: 2 # x\r\n", [(1, "1", "one"), (2, "2", "3")], "a: one\r\nb: 3 # x\r\n"),
        ("a: {b: 1, c: 2}", [(1, "2", "22"), (1, "1", "11")], "a: {b: 11, c: 22}"),
        ("a: x\u2028b: y\n", [(2, "y", "z")], "a: x\u2028b: z\n"),
        ("a: é ü\n\n\nb: ç\n", [(4, "ç", "c")], "a: é ü\n\n\nb: c\n"),
        ("a: 1\n", [(1, "1", "2"), (1, "1", "3")], "a: 2\n"),
        ("a: 1\n", [(1, "1", "2"), (1, "1", "2")], "a: 2\n"),
        ("a: one two\n", [(1, "one two", "x"), (1, "two", "y")], "a: x\n"),
        ("a: one two\n", [(1, "two", "y"), (1, "one two", "x")], "a: one y\n"),
        ("a: 1\n", [(1, "7", "2")], "a: 1\n"),
    ],
)
def test_edits_are_made_and_of_two_that_meet_the_first(
    text: str, edits: list[tuple[int, str, str]], expected: str
) -> None:
    assert expected == text_after(text, *edits)


def test_edits_that_belong_together_are_made_all_or_not_at_all() -> None:
    """The second of them meets an edit that was wanted before."""
    document = parse("a: 1\nb: 2\n")
    first, *pair = edit(document, 2, "2", "3"), edit(document, 1, "1", "0"), edit(document, 2, "2", "4")
    result = rewritten(document, [[first], pair])

    assert "a: 1\nb: 3\n" == result.document.text("agreement.yaml")
    assert (first,) == result.made


WORDS = st.text(st.sampled_from("ab é\u2028\r\n#:{"), max_size=40)


@given(WORDS, st.data())
def test_what_is_around_an_edit_stays(text: str, data: st.DataObject) -> None:
    """Cutting any piece out of a line and putting another in is what slicing the whole text does."""
    document = parse(text)
    lines = document.lines("agreement.yaml")
    number = data.draw(st.integers(0, len(lines) - 1))
    start = data.draw(st.integers(0, len(lines[number])))
    old = lines[number][start : data.draw(st.integers(start, len(lines[number])))]
    spot = Place("agreement.yaml", number + 1, start + 1, start + 1 + len(old), lines[number])
    got = rewritten(document, [[PlacedEdit(spot, old, "<>", None, True)]]).document.text("agreement.yaml")
    before = got.partition("<>")[0]

    assert text == got.replace("<>", old) if old else text == got
    assert not old or (number, start) == _position(before)


def _position(before: str) -> tuple[int, int]:
    """The line, counted from 0, and the column at which a text ends."""
    lines = before.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").split("\n")
    return len(lines) - 1, len(lines[-1])


def written(folder: Path, data: bytes) -> Document:
    (folder / "agreement.yaml").write_bytes(data)
    return read(folder)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_mark_of_utf_8_stays(tmp_path: Path, mark: bytes) -> None:
    before = written(tmp_path, mark + "a: é\r\n".encode())
    after = rewritten(before, [[edit(before, 1, "é", "ü")]]).document

    assert [(Path(before.files[0]), mark.decode() + "a: ü\r\n")] == list(new_texts(after, before))


def test_files_without_an_edit_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("b: 1\n", encoding="utf-8")
    before = written(tmp_path, b"a: 1\n")
    after = rewritten(before, [[edit(before, 1, "1", "2")]]).document

    assert ["agreement.yaml"] == [file.name for file, _ in new_texts(after, before)]


def test_a_file_that_was_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    before = written(tmp_path, b"a: 1\n")
    after = rewritten(before, [[edit(before, 1, "1", "2")]]).document
    (tmp_path / "agreement.yaml").write_text("a: 1\nb: 5\n", encoding="utf-8")

    with pytest.raises(UnwritableOutput, match="was changed meanwhile"):
        list(new_texts(after, before))
