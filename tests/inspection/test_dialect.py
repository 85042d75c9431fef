"""How a file is written is told from its bytes; what is no table of cells is told in one sentence."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.agreement.source import File
from checker.errors import UnreadableInput
from checker.funnel.whole_files import read_csv
from checker.inspection.dialect import tell_dialect
from checker.inspection.export_file import open_export
from tests.inspection.exports import refusal

CELL = st.text("abcç á0123,;|\t\"'\n", min_size=1, max_size=8).map(str.strip).filter(bool)
ROWS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=3, max_size=8)
)


@given(ROWS, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_was_written_with_quotes_is_read_back(tmp_path_factory, rows, delimiter, encoding):
    """Whatever the cells hold: delimiters, quotes and line ends inside of them are theirs."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(
        [[f"h{n}" for n in range(len(rows[0]))], *rows]
    )
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_text(text.getvalue(), encoding=encoding, newline="")
    keys = tell_dialect(path, path.name).keys
    read = read_csv(path, path.name, File.model_validate({"path": path.name, **keys}))

    assert rows == [list(row) for row in zip(*read.columns, strict=True)]


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        (b"id,day\n1,2027-01-02\n", {}),
        (b"\xef\xbb\xbfid,day\n1,2027-01-02\n", {}),
        (b"id;day\n1;2027-01-02\n", {"delimiter": ";"}),
        (b"id\tday\n1\t2027-01-02\n", {"delimiter": "tab"}),
        (b"id|day\r\n1|2027-01-02\r\n", {"delimiter": "|"}),
        (b"id,origin\n1,Indica\xe7\xe3o\n", {"encoding": "windows-1252"}),
        ("id,źródło\n1,Poleceń\n2,Wrocław\n".encode("cp1250"), {"encoding": "windows-1250"}),
        ("id,day\n1,2027-01-02\n".encode("utf-16"), {"encoding": "utf-16"}),
        ("id,day\n1,2027-01-02\n".encode("utf-16-le"), {"encoding": "utf-16-le"}),
        ("id,day\n1,2027-01-02\n".encode("utf-16-be"), {"encoding": "utf-16-be"}),
        (b"'id','day'\n'1','a, b'\n", {"quote": "'"}),
        (b'id,day,"x"\n"1,2027-01-02,""a, b"""\n"2,2027-01-03,c"\n', {"repair": ["whole_row_quoted"]}),
        (b'"id,day"\n"1,2027-01-02"\n', {"repair": ["whole_row_quoted"]}),
        (b'id;size\n1;5" pipe\n2;6" pipe\n', {"delimiter": ";"}),
        (b"id;amount\n1;1,5\n2;2,5\n3;3,5\n", {"delimiter": ";"}),
    ],
)
def test_lines_of_the_section_say_how_a_file_is_written(tmp_path: Path, written, keys):
    """Only what differs from the usual is said."""
    path = tmp_path / "leads.csv"
    path.write_bytes(written)
    found = tell_dialect(path, path.name).keys
    read = read_csv(path, path.name, File.model_validate({"path": path.name, **found}))

    assert keys == found
    assert 0 == read.misread


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (b"", "leads.csv is empty"),
        (b"\n \n\n", "leads.csv is empty"),
        (
            b"<!DOCTYPE html><p>Log in",
            "leads.csv is a web page, as exports give when the login has run out: export it again",
        ),
        (b"PK\x03\x04abc", "leads.csv is an Excel workbook: save it as CSV"),
        (
            b"id,day\n1,\0\n",
            "leads.csv holds zero bytes, which no text has: it is no CSV file, so export the table again",
        ),
        (
            bytes(range(256)) * 9,
            "leads.csv holds zero bytes, which no text has: it is no CSV file, so export the table again",
        ),
        (
            b"Email\na@b.example\n",
            "leads.csv has one column, Email: a lead needs an id and the day of what happened to it, so export more",
        ),
        (b"id,day\n", "leads.csv holds headings and no rows"),
        (b'id,day\n1,"2027-01-02\n', "leads.csv, line 2: the quote that opens here is never closed"),
        (
            b"sep=;\nid;day\n1;2027-01-02\n",
            "leads.csv begins with sep=;, which only Excel reads: delete that line, so that the headings come first",
        ),
        (
            b"1047,2027-01-02,a\n1048,2027-01-03,b\n",
            "leads.csv begins with values where the headings of its columns should stand: export it with them",
        ),
        (
            b",".join(b"c%d" % n for n in range(10_000)) + b"\n" + b",".join([b"2027-01-02"] * 10_000) + b"\n",
            "leads.csv has 10,000 columns, more than 2,000: export only those that say something of the leads",
        ),
        (b"PAR1abc", "leads.csv is damaged: it is no Parquet file that can be read"),
    ],
)
def test_what_is_no_export_is_told_in_one_sentence(tmp_path: Path, written, sentence):
    """Whatever the bytes are, nobody sees more than that."""
    path = tmp_path / "leads.csv"
    path.write_bytes(written)

    assert sentence == refusal(path)


@given(st.binary(max_size=300))
def test_any_bytes_are_an_export_or_a_sentence(tmp_path_factory, written):
    """Nothing else ever comes of them."""
    path = tmp_path_factory.mktemp("bytes") / "leads.csv"
    path.write_bytes(written)
    try:
        rows = open_export(path, path.name).rows
    except UnreadableInput:
        return

    assert rows > 0
