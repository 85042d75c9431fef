"""Each quirk of real exports is either read right or refused with one clear error."""

from __future__ import annotations

from typing import Any

import pytest

from checker.errors import UnreadableInput
from checker.funnel import open_funnel
from tests.funnel.sources import agreement, facts, leads, read, refusal

TWO = [("L1", "Ana", 2), ("L2", "Bruno", 3)]
SOURCE = leads(owner="name")


def source(**file: Any) -> dict[str, Any]:
    """The source of leads.csv with these words about the file; up to all rows may be unreadable."""
    return {**SOURCE, "files": {"lead": {"path": "leads.csv"} | file}, "rejects": "at most 100%"}


READ_RIGHT: dict[str, tuple[bytes, dict[str, Any], list[Any]]] = {
    "plain": (b"id,name\nL1,Ana\nL2,Bruno\n", {}, TWO),
    "no line end at the end": (b"id,name\nL1,Ana\nL2,Bruno", {}, TWO),
    "BOM": (b"\xef\xbb\xbfid,name\nL1,Ana\nL2,Bruno\n", {}, TWO),
    "CRLF": (b"id,name\r\nL1,Ana\r\nL2,Bruno\r\n", {}, TWO),
    "old Macintosh line ends": (b"id,name\rL1,Ana\rL2,Bruno\r", {}, TWO),
    "all cells in quotes": (b'"id","name"\n"L1","Ana"\n"L2","Bruno"\n', {}, TWO),
    "spaces around cells": (b"id , name\n L1,Ana \n\tL2,\xc2\xa0Bruno\n", {}, TWO),
    "spaces around quotes": (b'id,name\nL1, "Ana"\n', {}, [("L1", '"Ana"', 2)]),
    "doubled quotes": (b'id,name\nL1,"Ana ""A."" B"\n', {}, [("L1", 'Ana "A." B', 2)]),
    "a quote inside an unquoted cell": (b'id,name\nL1,5" pipe\n', {}, [("L1", '5" pipe', 2)]),
    "a delimiter in quotes": (b'id,name\nL1,"Sa, Ana"\n', {}, [("L1", "Sa, Ana", 2)]),
    "line ends in quotes": (b'id,name\nL1,"A\nna"\n\nL2,"B\r\n\r\nruno"\nL3,C\n', {},
                            [("L1", "A\nna", 2), ("L2", "B\r\n\r\nruno", 5), ("L3", "C", 8)]),
    "blank lines": (b"\n\nid,name\n\nL1,Ana\n\r\n\nL2,Bruno\n\n", {}, [("L1", "Ana", 5), ("L2", "Bruno", 8)]),
    "columns in another order": (b"x,name,id\n1,Ana,L1\n2,Bruno,L2\n", {}, TWO),
    "headings that differ in case alone": (b"Id,NAME,id,name\n1,x,L1,Ana\n2,y,L2,Bruno\n", {}, TWO),
    "a double heading that nobody uses": (b"id,Celular,name,Celular\nL1,1,Ana,2\nL2,3,Bruno,4\n", {}, TWO),
    "an empty heading": (b"id,,name\nL1,1,Ana\nL2,2,Bruno\n", {}, TWO),
    "semicolons": (b"id;name\nL1;Ana\nL2;Bruno\n", {"delimiter": ";"}, TWO),
    "tabs": (b"id\tname\nL1\tAna\nL2\tBruno\n", {"delimiter": "tab"}, TWO),
    "bars, with commas in cells": (b"id|name\nL1|Sa, Ana\n", {"delimiter": "|"}, [("L1", "Sa, Ana", 2)]),
    "a delimiter of two bytes": ("id§name\nL1§Ana\nL2§Bruno\n".encode(), {"delimiter": "§"}, TWO),
    "single quotes": (b"id,name\nL1,'Sa, Ana'\n", {"quote": "'"}, [("L1", "Sa, Ana", 2)]),
    "quotes that are none": (b'id,name\nL1,"Ana\nL2,Bru"no\n', {"quote": "none"},
                             [("L1", '"Ana', 2), ("L2", 'Bru"no', 3)]),
    "windows-1252": ("id,name\nL1,João\n".encode("cp1252"), {"encoding": "windows-1252"}, [("L1", "João", 2)]),
    "UTF-16": ("id,name\nL1,João\n".encode("utf-16"), {"encoding": "utf-16"}, [("L1", "João", 2)]),
    "whole lines in quotes": (b'"id,""name"""\n"L1,""Sa, Ana"""\nL2,Bruno\n', {"repair": ["whole_row_quoted"]},
                              [("L1", "Sa, Ana", 2), ("L2", "Bruno", 3)]),
    "delimiters at the end of lines": (b"id,name\nL1,Ana,\nL2,Bruno,,,\n", {}, TWO),
    "delimiters at the end of copied lines": (b"id,name\nL1,Ana,\nL2,Bruno,,,\n\n", {}, TWO),
    "only headings": (b"id,name\n", {}, []),
    "blank cells": (b"id,name\nL1,\nL2,  \nL3,\"\"\n", {}, [("L1", None, 2), ("L2", None, 3), ("L3", None, 4)]),
    "placeholders": (b"id,name\nL1,-\nL2,n/a\nL3,N/A.\n", {"null_values": ["-", "N/A"]},
                     [("L1", None, 2), ("L2", None, 3), ("L3", "N/A.", 4)]),
    "what engines take for null": (b"id,name\nL1,NULL\nL2,\\N\n", {}, [("L1", "NULL", 2), ("L2", "\\N", 3)]),
    "what programs run": (b"id,name\nL1,=1+1\nL2,'; DROP TABLE leads; --\n", {},
                          [("L1", "=1+1", 2), ("L2", "'; DROP TABLE leads; --", 3)]),
}  # fmt: skip

REFUSED: dict[str, tuple[bytes, dict[str, Any], str]] = {
    "an empty file": (b"", {}, "leads.csv is empty"),
    "nothing but blank lines": (b"\n\n\r\n", {}, "leads.csv is empty"),
    "another delimiter": (
        b"id;name\nL1;Ana\n", {},
        'leads.csv has no column id: its columns seem to be parted by another sign; add delimiter: ";"',
    ),
    "a web page": (
        b"\n<!DOCTYPE html>\n<html><body>Log in</body></html>", {},
        "leads.csv is a web page, as exports give when the login has run out: export it again",
    ),
    "a web page with a BOM": (
        b"\xef\xbb\xbf<HTML><table>", {},
        "leads.csv is a web page, as exports give when the login has run out: export it again",
    ),
    "UTF-16 not declared": (
        "id,name\n".encode("utf-16"), {}, "leads.csv is stored as UTF-16: add encoding: utf-16 to this file's lines",
    ),
    "UTF-16 without its mark": (
        "id,name\nL1,Ana\n".encode("utf-16-le"), {}, "leads.csv, line 1: there are zero bytes, which no text has",
    ),
    "zero bytes": (
        b"id,name\nL1,Ana\nL2,Br\0uno\n", {}, "leads.csv, line 3: there are zero bytes, which no text has",
    ),
    "an Excel workbook": (b"PK\x03\x04rest", {}, "leads.csv is an Excel workbook: save it as CSV"),
    "an old Excel workbook": (b"\xd0\xcf\x11\xe0rest", {}, "leads.csv is an old Excel workbook: save it as CSV"),
    "a compressed file": (b"\x1f\x8b\x08rest", {}, "leads.csv is a compressed file: unpack it"),
    "letters of another encoding": (
        b"id,name\nL1,Ana\nL2,Jo\xe3o\n", {},
        "leads.csv, line 3: the letters are not stored as utf-8; if it was saved by Excel, add encoding: windows-1252",
    ),
    "letters that the declared encoding lacks": (
        b"id,name\nL1,\x81\n", {"encoding": "windows-1252"},
        "leads.csv, line 2: the letters are not stored as windows-1252; declare the encoding in which it was saved",
    ),
    "a quote that is never closed": (
        b'id,name\nL1,Ana\nL2,"Bruno\nL3,Caio\n', {}, "leads.csv, line 3: the quote that opens here is never closed",
    ),
    "a heading that is never closed": (
        b'"id,name\nL1,Ana\n', {}, "leads.csv, line 1: the quote that opens here is never closed",
    ),
    "a double heading that is used": (
        b"id,name,name\nL1,Ana,B\n", {},
        "leads.csv has several columns named name (number 2 and 3): give them different names before the export, so "
        "that it is clear which one is meant",
    ),
    "a missing column": (
        b"id,nome\nL1,Ana\n", {}, "leads.csv has no column name; did you mean nome?",
    ),
    "a missing column that is like none": (
        b"id,phone,age\nL1,1,2\n", {}, "leads.csv has no column name; it has id, phone and age",
    ),
    "whole lines in quotes, undeclared": (
        b'"id,""name"""\n"L1,""Ana"""\n', {},
        "leads.csv has no column id: its lines stand in quotes as a whole; add repair: [whole_row_quoted]",
    ),
}  # fmt: skip

REJECTED: dict[str, tuple[bytes, dict[str, Any], list[Any]]] = {
    "too few cells": (b"id,name\nL1\nL2,Bruno\n", {}, [(2, "the row has 1 cell, but there are 2 headings")]),
    "too many cells": (b"id,name\nL1,Ana,x\nL2,Bruno\n", {}, [(2, "the row has 3 cells, but there are 2 headings")]),
    "a quote that is not doubled": (
        b'id,name\nL1,"An"a\nL2,Bruno\n', {}, [(2, "a quote stands inside a cell without a second one beside it")],
    ),
    "behind line ends in quotes": (
        b'id,name\nL0,"a\nb"\n\nL1\nL2,Bruno\n', {}, [(5, "the row has 1 cell, but there are 2 headings")],
    ),
    "some lines in quotes, undeclared": (
        b'id,name\n"L1,""Ana"""\nL2,Bruno\n', {},
        [(2, "the line stands in quotes as a whole; repair: [whole_row_quoted] undoes that")],
    ),
    "no id": (b"id,name\n,Ana\nL2,Bruno\n", {}, [(2, "the row has no id of a lead")]),
    "an id that an earlier row has": (
        b"id,name\nL2,Bruno\nL1,Ana\nL2 ,Bia\n", {},
        [
            (
                4,
                "an earlier row has the same id; if each row is an event of a lead, say so with each_row: is an event "
                "under files: lead:",
            )
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("quirk", READ_RIGHT)
def test_read_right(tmp_path, quirk):
    """Id, name and the line of each row."""
    content, written, expected = READ_RIGHT[quirk]
    (tmp_path / "leads.csv").write_bytes(content)

    assert expected == read(tmp_path, source(**written), "lead_id", "owner", "source_line")


@pytest.mark.parametrize("quirk", REFUSED)
def test_refused_with_one_clear_error(tmp_path, quirk):
    """One sentence says what is wrong and what to do; the exit code is 3."""
    content, written, expected = REFUSED[quirk]
    (tmp_path / "leads.csv").write_bytes(content)

    assert (UnreadableInput, expected) == refusal(tmp_path, source(**written))
    assert UnreadableInput.exit_code == 3


@pytest.mark.parametrize("quirk", REJECTED)
def test_a_bad_row_is_kept_out_and_named(tmp_path, quirk):
    """By file and line; the others are read."""
    content, written, expected = REJECTED[quirk]
    (tmp_path / "leads.csv").write_bytes(content)

    with open_funnel(agreement(source(**written)), tmp_path) as funnel:
        data = funnel.data()
        kept = [row["lead_id"] for row in facts(funnel)]

    assert expected == [(reject.line, reject.reason) for reject in data.rejects]
    assert {"leads.csv"} == {reject.file for reject in data.rejects}
    assert (len(expected), len(kept)) == (data.rejected, data.leads)
    assert "L2" in kept
