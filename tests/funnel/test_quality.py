"""What is odd and was read all the same: counted, worded, and shown with examples."""

from __future__ import annotations

import duckdb
import pytest

from checker.funnel import open_funnel
from tests.funnel.sources import agreement, leads, said


def odd(folder, source, what=None, **sections):
    with open_funnel(agreement(source, **sections), folder) as funnel:
        found = funnel.data().quality
    return [
        (quality.count, said(quality.said), quality.examples)
        for quality in found
        if what is None or quality.what == what
    ]


def test_stamps_out_of_order(tmp_path):
    """Each pair of events that follow each other, with lead and line. A day does not come before its own evening."""
    (tmp_path / "leads.csv").write_text(
        "id,mql,won,handed,contact\n"
        "L1,2027-03-01 22:00,2027-03-01,2027-03-01 10:00,2027-03-01 09:59\n"
        "L2,2027-03-02 00:00,2027-03-01,2027-03-02 10:00,2027-03-02 10:00\n"
        "L3,2027-03-02 01:30,2027-03-01,,\n"
        "L4,,2027-03-01,2027-03-02 10:00,\n"
    )
    events = {"became_mql": "mql", "became_won": "won", "handed_off": "handed", "first_personal_contact": "contact"}
    source = leads() | {"timezone": "America/Sao_Paulo", "events": events}

    assert [
        (2, "2 leads have became_won before became_mql", ("L2 (leads.csv:3)", "L3 (leads.csv:4)")),
        (1, "1 lead has first_personal_contact before handed_off", ("L1 (leads.csv:2)",)),
    ] == odd(tmp_path, source, "out of order")


def test_stamps_out_of_order_in_a_typed_file(tmp_path):
    """Also where one of the two is in another file, and where most rows have neither."""
    duckdb.execute(
        f"""COPY (SELECT * FROM (VALUES
            ('L1', TIMESTAMP '2027-03-01 10:00', TIMESTAMP '2027-03-01 09:59:59'), ('L2', NULL, NULL),
            ('L3', '2027-03-01 10:00:00.9', '2027-03-01 10:00:00.1'), ('L4', NULL, '2027-03-01 10:00'),
            ('L5', '2027-03-01 10:00', NULL), ('L6', '2027-03-09 10:00', '2027-03-09 10:00')
        ) AS leads(id, mql, handed)) TO '{tmp_path}/leads.parquet' (FORMAT parquet)"""
    )
    (tmp_path / "deals.csv").write_text("lead,won\nL1,2027-02-01 10:00\nL2,2027-02-01 10:00\nL5,2027-03-01 09:00\n")
    source = leads(join={"deal": {"on": {"lead": "id"}, "at_most": "one"}})
    source["files"] = {"lead": {"path": "leads.parquet"}, "deal": {"path": "deals.csv"}}
    source["events"] = {"became_mql": "mql", "handed_off": "handed", "became_won": "deal.won"}
    handoff = {"stage": "mql", "channel": "The queue"}

    assert [
        (
            2,
            "2 leads have became_won before became_mql",
            ("L1 (leads.parquet:1, deals.csv:2)", "L5 (leads.parquet:5, deals.csv:4)"),
        ),
        (1, "1 lead has handed_off before became_mql", ("L1 (leads.parquet:1, deals.csv:2)",)),
    ] == odd(tmp_path, source, "out of order", handoff=handoff)


def test_values_that_the_agreement_does_not_know(tmp_path):
    """The most frequent first, with the one that was probably meant; case does not count."""
    (tmp_path / "leads.csv").write_text(
        "id,source,sector,done,who\nL1,serch,FOOD,read; dance,ana\nL2,radio,fud,ask,zoe\nL3,serch,,dance,\n"
        "L4,Fairs,food,,\n"
    )
    source = leads(
        channel="source", owner="who", fields={"sector": "sector", "actions": {"column": "done", "separator": ";"}}
    )
    people = {"ana": {"name": "Ana", "team": "sales"}}

    assert [
        (
            3,
            "3 leads have a value in source that the agreement does not know: did you mean search?",
            ("serch", "radio"),
        ),
        (1, "1 lead has a value in who that the agreement does not know", ("zoe",)),
        (1, "1 lead has a value in sector that the agreement does not know", ("fud",)),
        (2, "2 leads have a value in done that the agreement does not know", ("dance",)),
    ] == odd(tmp_path, source, "unknown value", people=people)


@pytest.mark.parametrize("is_joined", [False, True])
def test_unknown_values_are_counted_wherever_they_lie(tmp_path, is_joined):
    """Whether one file has everything, or another one is joined to it; blanks and other cases are no unknown values."""
    (tmp_path / "leads.csv").write_text("id,source\nL1,serch\nL2,SEARCH\nL3,\nL4,serch\nL5,radio\n")
    (tmp_path / "deals.csv").write_text("lead,won\nL1,2027-03-01\n")
    source = leads(channel="source")
    if is_joined:
        source["files"] |= {"deal": {"path": "deals.csv"}}
        source["leads"] |= {"join": {"deal": {"on": {"lead": "id"}, "at_most": "one"}}}
        source["events"] = {"became_won": "deal.won"}

    assert [
        (
            3,
            "3 leads have a value in source that the agreement does not know: did you mean search?",
            ("serch", "radio"),
        )
    ] == odd(tmp_path, source, "unknown value")


def test_values_out_of_range(tmp_path):
    """Both ends are still in."""
    (tmp_path / "leads.csv").write_text("id,size\nL1,0\nL2,1\nL3,5000\nL4,5001\nL5,\n")
    source = leads(fields={"employees": "size"})

    assert [(2, "2 leads have a value in size outside what the agreement says it can be", ())] == odd(
        tmp_path, source, "outside the range"
    )


@pytest.mark.parametrize(("sizes", "outside"), [("(1), (5000), (NULL)", 0), ("(1), (5001)", 1), ("(0), (5000)", 1)])
def test_a_typed_file_tells_its_range_itself(tmp_path, sizes, outside):
    """Both ends are still in."""
    duckdb.execute(
        f"""COPY (SELECT 'L' || size AS id, size FROM (VALUES {sizes}) AS sizes(size) WHERE size IS NOT NULL
        UNION ALL SELECT 'L', NULL) TO '{tmp_path}/leads.parquet' (FORMAT parquet)"""
    )
    source = leads(fields={"employees": "size"}) | {"files": {"lead": {"path": "leads.parquet"}}}

    assert [outside] * bool(outside) == [count for count, *_ in odd(tmp_path, source, "outside the range")]


@pytest.mark.parametrize("empty", [[], [7], [4000]])
def test_empty_texts_of_a_typed_file_are_blanks(tmp_path, empty):
    """Wherever in the file they lie: in the first of its parts, in another one, or nowhere."""
    listed = ", ".join(map(str, [-1, *empty]))
    duckdb.execute(
        f"""COPY (SELECT 'L' || row AS id, CASE WHEN row NOT IN ({listed}) THEN 'x' ELSE '' END AS source
        FROM range(5000) AS rows(row) ORDER BY row)
        TO '{tmp_path}/leads.parquet' (FORMAT parquet, ROW_GROUP_SIZE 2048)"""
    )
    source = leads(channel="source") | {"files": {"lead": {"path": "leads.parquet"}}}

    assert [len(empty)] * len(empty) == [count for count, *_ in odd(tmp_path, source, "blank")]


def test_blanks(tmp_path):
    """Of the leads that have a row; a field that may be blank says nothing by being so."""
    (tmp_path / "leads.csv").write_text("id,size,title,source\nL1,,x,search\nL2,5,,\nL3,,,search\n")
    fields = {"employees": {"is": "whole number"}, "job_title": {"is": "text", "optional": True}}
    source = leads(channel="source", campaign="title", fields={"employees": "size", "job_title": "title"})

    assert [(1, "source is blank in 1 of 3 rows", ()), (2, "size is blank in 2 of 3 rows", ())] == odd(
        tmp_path, source, "blank", fields=fields
    )


@pytest.mark.parametrize("value", ['\'; DROP VIEW "lead facts"; --', "a\\'b", "{count}", "%s", "<script>"])
def test_hostile_texts_are_texts(tmp_path, value):
    """In cells, headings, value maps and file names."""
    (tmp_path / "le'ads.csv").write_text(f'id,"{value.replace(chr(34), chr(34) * 2)}"\nL1,x\nL2,y\n')
    source = leads(channel={"column": value, "values": {"x": value}}) | {"files": {"lead": {"path": "le'ads.csv"}}}

    ((count, message, examples),) = odd(tmp_path, source, "unknown value")

    assert (2, f"2 leads have a value in {value} that the agreement does not know") == (count, message)
    assert {value, "y"} == set(examples)
