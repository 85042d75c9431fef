"""Plain files are read by the engine, all others are copied row by row first: both ways give the same."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.agreement.source import File
from checker.errors import SlaError
from checker.funnel import nodes, open_funnel
from checker.funnel.csv_files import CsvFile
from checker.language import words
from tests.funnel.sources import agreement, facts, leads

COLUMNS = ("lead_id", "owner", "campaign", "source_line")
SOURCE = leads(owner="name", campaign="note") | {"rejects": "at most 100%"}
# pieces that matter to one of the readers: quotes, delimiters, spaces, line ends, escapes, signs of comments and nulls
PIECES = ["a", "b", '"', '""', ",", " ", "\t", "\\", "#", "'", "é", "NULL", ";", "\r\n", "\n", '","', '",', ',"', '"x"']
LINES = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
ROWS = st.lists(LINES | st.sampled_from(["1,a,b", '"2","a","b"', '3,"a ""b""",', "4,,"]), max_size=6)


def outcome(folder: Path, content: str) -> object:
    """What reading a file gives: its rows and rejects, or the error."""
    (folder / "leads.csv").write_bytes(content.encode())
    try:
        with open_funnel(agreement(SOURCE), folder) as funnel:
            rejects = [(reject.line, reject.reason, reject.text) for reject in funnel.data().rejects]
            return [tuple(fact[name] for name in COLUMNS) for fact in facts(funnel)], rejects
    except SlaError as error:
        return words("en").say(error.message)


@settings(max_examples=60)
@given(ROWS)
def test_both_give_the_same(rows):
    """An empty line at the end makes a file one to copy, and says nothing."""
    content = "\n".join(["id,name,note", *rows]) + "\n"
    with tempfile.TemporaryDirectory() as name:
        assert outcome(Path(name), content + "\n") == outcome(Path(name), content)


def test_which_files_are_plain(tmp_path):
    """Of the plain ones, most real exports."""
    plain = {
        "id,name\n1,a\n2,b": True,
        "\ufeffid,name\r\n1,a\r\n": True,
        'id,name\n"1","a, b"\n2,"c ""d"""\n': True,
        "id,name\n\n1,a\n": False,
        "\nid,name\n1,a\n": False,
        "id,name\r1,a\r": False,
        'id,name\n1,"a\nb"\n': False,
        'id,name\n1, "a"\n': False,
        "id,name\n1,a\u00a0\n": False,
        "id,name\n1,a\0\n": False,
    }
    found = {}
    for content in plain:
        (tmp_path / "leads.csv").write_bytes(content.encode())
        found[content] = CsvFile(tmp_path / "leads.csv", "leads.csv", File(path="leads.csv")).is_plain()

    assert plain == found


def test_a_large_file_keeps_its_lines(tmp_path):
    """Whatever the engine reads at the same time, each row knows its line."""
    count = 400_000
    with (tmp_path / "leads.csv").open("w") as file:
        file.write("id,name,note\n")
        file.writelines(f'{number},"n{number}",note of {number}\n' for number in range(count))
    with open_funnel(agreement(SOURCE), tmp_path) as funnel:
        line = nodes.plus(nodes.as_type(nodes.column("lead_id"), "BIGINT"), nodes.number(2))
        is_right = nodes.equal(line, nodes.column("source_line"))

        assert count == funnel.engine.count(nodes.table(funnel.facts), is_right)
