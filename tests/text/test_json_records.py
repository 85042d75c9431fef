"""JSON and JSON Lines: every object with the place of its keys, and what cannot be read said at its place."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import UnreadableInput
from checker.finding import Place
from checker.language import words
from checker.text.json_records import read_records

LINE = '{"phone": "1", "size": 12}'
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
leads = st.lists(st.dictionaries(st.text(max_size=6), values, max_size=4), min_size=1, max_size=4)


def problems(folder: Path, text: str) -> list[tuple[int, int, str]]:
    """Line, column and words of what cannot be read."""
    file = folder / "leads.json"
    file.write_text(text, encoding="utf-8")
    _, found, _ = read_records(file)
    said = []
    for problem in found:
        assert isinstance(problem.at, Place)
        said.append((problem.at.line, problem.at.column, words().say(problem.message)))
    return said


@given(leads)
def test_one_object_a_line_and_one_list_hold_the_same_leads(tmp_path_factory, written):
    """What Python's own writer makes is read back, whatever its layout."""
    file = tmp_path_factory.getbasetemp() / "leads.json"
    for text in (
        "\n".join(json.dumps(lead) for lead in written),
        json.dumps(written),
        json.dumps(written, indent=2, ensure_ascii=False),
    ):
        file.write_text(text, encoding="utf-8")
        records, found, _ = read_records(file)

        assert ([], written) == (list(found), [dict(record.values) for record in records])


@given(leads)
def test_a_place_is_where_the_key_stands(tmp_path_factory, written):
    file = tmp_path_factory.getbasetemp() / "leads.json"
    text = json.dumps(written, indent=1)
    file.write_text(text, encoding="utf-8")
    lines = text.split("\n")
    records, _, _ = read_records(file)

    for record in records:
        for key, place in record.places.items():
            assert json.dumps(key) == lines[place.line - 1][place.column - 1 : place.end_column - 1]


def test_numbers_are_exact(tmp_path):
    """12.0 is the whole number 12; 0.1 is a tenth."""
    file = tmp_path / "leads.json"
    file.write_text('{"a": 12.0, "b": 0.1, "c": 1e2, "d": -3}', encoding="utf-8")
    records, _, _ = read_records(file)

    assert {"a": 12, "b": Decimal("0.1"), "c": 100, "d": -3} == records[0].values
    assert [int, Decimal, int, int] == [type(value) for value in records[0].values.values()]


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ('{"phone": "1"', 1, 13, "no JSON"),
        ('{"phone" "1"}', 1, 10, "no JSON"),
        ('{"phone": "1"\n{"phone": "2"}', 1, 14, "no JSON"),
        ('{"phone": "1" "size": 2}', 1, 14, "no JSON"),
        ('{"phone": "1",}', 1, 15, "no JSON"),
        ("{phone: 1}", 1, 2, "no JSON"),
        ('{"size": NaN}', 1, 10, "no JSON"),
        ('[{"a": 1}, 5]', 1, 12, "in braces"),
        ('"phone"', 1, 1, "in braces"),
        ('{"a": 1, "a": 2}', 1, 10, "a stands here twice"),
        ("", 1, 1, "no lead in here"),
        ("[]", 1, 1, "no lead in here"),
        ('{"a": ' + "[" * 100_000, 1, 1, "nested too deeply"),
        ('{"a": ' + "9" * 10_000 + "}", 1, 7, "no JSON"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_place(tmp_path, text, line, column, said):
    found = problems(tmp_path, text)

    assert (line, column) == found[0][:2]
    assert said in found[0][2]


def test_a_bad_line_hides_none_of_the_others(tmp_path):
    file = tmp_path / "leads.jsonl"
    file.write_text(f'{LINE}\n{{"phone": \n{LINE}\n', encoding="utf-8")
    records, found, _ = read_records(file)

    assert [1, 3] == [record.place.line for record in records]
    assert 1 == len(found)


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path):
    file = tmp_path / "leads.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + f"{LINE}\r\n{LINE}\r\n".encode())
    records, found, _ = read_records(file)

    assert ([1, 2], ()) == ([record.place.line for record in records], found)
    assert LINE == records[1].place.source


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    (tmp_path / "picture.json").write_bytes(b"\x89PNG\0\0")

    for name in ("none.json", "picture.json"):
        with pytest.raises(UnreadableInput):
            read_records(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "read", "unreadable"),
    [
        ('{"a": 1}\n{"a": 2}\n', 2, 0),
        ('{"a": 1\n{"a": 2}\n{"a"\n', 1, 2),
        ('{\n  "a": 1\n  "b": 2\n}\n', 0, 1),
        ('[{"a": 1}, {"a" 2}]', 1, 1),
        ("12\n", 0, 1),
        ('{"a": 1, "a": 2}\n', 1, 0),
        ("", 0, 0),
    ],
)
def test_objects_that_cannot_be_read_are_counted(tmp_path, text, read, unreadable):
    """Once each, on however many lines their rest goes on; what is read in spite of a fault is none of them."""
    file = tmp_path / "leads.jsonl"
    file.write_text(text, encoding="utf-8")
    found = read_records(file)

    assert (read, unreadable) == (len(found.records), found.unreadable)
