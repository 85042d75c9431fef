"""Files that are joined to the leads: what finds its lead, what does not, and what comes twice."""

from __future__ import annotations

from typing import Any

import pytest

from checker.errors import UnreadableInput
from checker.funnel import open_funnel
from checker.language import words
from tests.funnel.sources import agreement, facts, refusal, said


def source(on: dict[str, str], **leads: Any) -> dict[str, Any]:
    return {
        "timezone": "UTC",
        "files": {"lead": {"path": "leads.csv"}, "deal": {"path": "deals.csv"}},
        "rejects": "at most 100%",
        "leads": {"from": "lead", "id": "id", "join": {"deal": {"on": on, "at_most": "one"}}} | leads,
    }


def write(folder, leads: str, deals: str) -> None:
    (folder / "leads.csv").write_text(leads, encoding="utf-8")
    (folder / "deals.csv").write_text(deals, encoding="utf-8")


def opened(folder, written):
    with open_funnel(agreement(written), folder) as funnel:
        return facts(funnel), funnel.data()


def odd(data, what: str) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(quality.count, said(quality.said), quality.examples) for quality in data.quality if quality.what == what]


def test_a_lead_has_at_most_one_deal(tmp_path):
    """The first row of a lead stands; the next is kept out and named."""
    write(tmp_path, "id\nL1\nL2\nL3\n", "lead,amount\nL2,10\nL1,20\nL2,30\n")
    rows, data = opened(tmp_path, source({"lead": "id"}, amount="amount"))

    assert [("L1", 20, 3), ("L2", 10, 2), ("L3", None, None)] == [
        (row["lead_id"], row["amount"], row["line_deal"]) for row in rows
    ]
    assert [("deals.csv", 4, "lead", "L2")] == [
        (reject.file, reject.line, reject.column, reject.text) for reject in data.rejects
    ]
    assert ["an earlier row belongs to the same lead, and at_most: one is declared"] == [
        said(reject.said) for reject in data.rejects
    ]


def test_rows_without_their_lead_are_counted(tmp_path):
    """Also those of a lead that was kept out itself, and those that name none."""
    write(tmp_path, "id,size\nL1,5\nL2,many\n", "lead,amount\nL1,1\nL9,2\nL2,3\n,4\nL9,5\n")
    rows, data = opened(tmp_path, source({"lead": "id"}, amount="amount", fields={"employees": "size"}))

    assert [("L1", 1)] == [(row["lead_id"], row["amount"]) for row in rows]
    assert [(3, "3 rows of deals.csv belong to no lead of leads.csv", ("L2", "L9"))] == odd(data, "no match")
    assert (1, 2) == (data.leads, data.rejected)


def test_what_is_almost_the_same_is_offered(tmp_path):
    """GTXPro is no GTX Pro: the leads of such a key are counted, because it is not their id."""
    write(
        tmp_path,
        "id,product\n1,GTXPro\n2,GTXPro\n3,GTX Pro\n4,\n5,Mystery\n6,joe@example.com\n",
        "name,sector\nGTX Pro,food\nMG Special,pharma\n",
    )
    rows, data = opened(tmp_path, source({"name": "product"}, fields={"sector": "deal.sector"}))

    assert [None, None, "food", None, None, None] == [row["field_sector"] for row in rows]
    assert [(4, "4 leads have something in product that is not in deals.csv", ("GTXPro (GTX Pro?)", "Mystery"))] == odd(
        data, "no match"
    )


def test_a_key_of_two_columns(tmp_path):
    """Both must be the same."""
    write(tmp_path, "id,site,year\n1,A,2026\n2,A,2027\n", "where,when,amount\nA,2027,7\nA,2026,6\nB,2027,5\n")
    rows, _ = opened(tmp_path, source({"where": "site", "when": "year"}, amount="amount"))

    assert [6, 7] == [row["amount"] for row in rows]


def test_a_column_that_several_files_have_must_say_whose_it_is(tmp_path):
    """A file's name stands before it; a heading with a point in it is one all the same."""
    write(tmp_path, "id,name,deal.x\nL1,Ana,1\n", "lead,name,deal.y\nL1,Deal one,2\n")
    ambiguous = refusal(tmp_path, source({"lead": "id"}, owner="name"))
    rows, _ = opened(
        tmp_path,
        source({"lead": "id"}, owner="lead.name", campaign="deal.name", disposition="deal.x", country="deal.y"),
    )

    assert (UnreadableInput, "name stands in several files: write lead.name or deal.name") == ambiguous
    assert [("Ana", "Deal one", "1", "2")] == [
        (row["owner"], row["campaign"], row["disposition"], row["country"]) for row in rows
    ]


REFUSED = [
    ({"id": "lead"}, "id is a column of leads.csv: under on:, the column of deals.csv comes first"),
    ({"laed": "id"}, "deals.csv has no column laed; did you mean lead?"),
    ({"lead": "ids"}, "leads.csv has no column ids; did you mean id?"),
]


@pytest.mark.parametrize(("on", "expected"), REFUSED)
def test_a_key_that_is_not_there(tmp_path, on, expected):
    """With the place in the source."""
    write(tmp_path, "id\nL1\n", "lead,amount\nL1,1\n")
    with pytest.raises(UnreadableInput) as error:
        open_funnel(agreement(source(on)), tmp_path)

    assert expected == words("en").say(error.value.message)
    assert error.value.at is not None
    assert ("source", "leads", "join", "deal", "on", *on) == error.value.at.path


def test_conditions_look_at_the_same_row(tmp_path):
    """A condition on another file's column would compare rows that are not one."""
    write(tmp_path, "id,stage\nL1,won\n", "lead,closed\nL1,2027-03-01\n")
    written = source({"lead": "id"}) | {
        "events": {"became_won": {"column": "deal.closed", "when": {"lead.stage": "won"}}}
    }

    assert (UnreadableInput, "lead.stage cannot be used here: only columns of deals.csv can") == refusal(
        tmp_path, written
    )
