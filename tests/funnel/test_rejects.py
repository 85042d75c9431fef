"""Rows that cannot be used: named, counted, kept out; and the end of the reading where they are too many."""

from __future__ import annotations

import pytest

from checker.errors import UnreadableInput
from checker.funnel import open_funnel
from tests.funnel.sources import agreement, leads, refusal


def source(rejects: str | None, **fields: str):
    return leads(fields=fields) | ({"rejects": rejects} if rejects else {})


def write(folder, good: int, bad: int) -> None:
    rows = [f"L{number},{number}" for number in range(good)] + [f"B{number},many" for number in range(bad)]
    (folder / "leads.csv").write_text("\n".join(["id,size", *rows]))


@pytest.mark.parametrize(
    ("rejects", "good", "bad", "is_read"),
    [
        (None, 99, 1, True),
        (None, 98, 1, False),
        ("at most 2.5%", 39, 1, True),
        ("at most 2.5%", 38, 1, False),
        ("at most 0%", 10, 0, True),
        ("at most 0%", 1000, 1, False),
    ],
)
def test_one_row_in_a_hundred_may_be_bad(tmp_path, rejects, good, bad, is_read):
    """Unless the source says another share. Exactly that share is still allowed."""
    write(tmp_path, good, bad)
    written = source(rejects, employees="size")

    if is_read:
        with open_funnel(agreement(written), tmp_path) as funnel:
            assert (good, bad) == (funnel.leads, funnel.data().rejected)
    else:
        kind, said = refusal(tmp_path, written)
        share = (rejects or "at most 1%").removeprefix("at most ")

        assert UnreadableInput is kind
        assert (
            f"leads.csv: {bad} of {good + bad:,} rows cannot be used, and at most {share} may be so. The first is line "
            f"{good + 2}: expected a whole number (column size: many)"
        ) == said


def test_the_first_twenty_are_shown_and_all_are_counted(tmp_path):
    """In the order of their lines."""
    write(tmp_path, 3000, 30)
    with open_funnel(agreement(source(None, employees="size")), tmp_path) as funnel:
        data = funnel.data()

    assert (3000, 30) == (data.leads, data.rejected)
    assert list(range(3002, 3022)) == [reject.line for reject in data.rejects]


def test_a_row_is_rejected_once(tmp_path):
    """By its first cell that cannot be read, in the order of the source."""
    (tmp_path / "leads.csv").write_text("id,size,wanted\nL1,many,soon\nL1,5,2027-03-01\n")
    written = source("at most 100%", employees="size", wants_it_by="wanted")
    with open_funnel(agreement(written), tmp_path) as funnel:
        data = funnel.data()

    assert (1, 1) == (data.leads, data.rejected)
    assert [("leads.csv", 2, "size", "many", "expected a whole number")] == [
        (reject.file, reject.line, reject.column, reject.text, reject.reason) for reject in data.rejects
    ]


def test_personal_data_is_not_shown(tmp_path):
    """The phone number stays in its file; a long cell is cut."""
    (tmp_path / "leads.csv").write_text(f"id,phone,size\nL1,+55 11 5555,1\nL2,1,{'9x' * 100}\n")
    fields = {"phone": {"is": "number", "personal_data": True}, "employees": {"is": "whole number"}}
    written = source("at most 100%", phone="phone", employees="size")
    with open_funnel(agreement(written, fields=fields), tmp_path) as funnel:
        rejects = funnel.data().rejects

    assert [("phone", None), ("size", "9x" * 30 + "…")] == [(reject.column, reject.text) for reject in rejects]


def test_a_log_is_recognised(tmp_path):
    """One lead on many lines is no file of one row a lead."""
    (tmp_path / "leads.csv").write_text("id,what\nL1,created\nL1,called\nL2,created\nL2,won\n")
    kind, said = refusal(tmp_path, source(None))

    assert UnreadableInput is kind
    assert (
        "leads.csv: 2 of 4 rows cannot be used, and at most 1% may be so. The first is line 3: an earlier row has the "
        "same id; if each row is an event of a lead, say so with each_row: is an event under files: lead: (column id: "
        "L1)"
    ) == said
