"""An agreement of several files as one text: it reads the same, and remarks stay with their sections."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.text import Document, parse, read
from checker.text.file import read_text
from checker.text.one_text import one_text
from tests.reference import FOLDER

STAMP = {"release": {"version": "1"}}


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_bytes(text.encode())
    return tmp_path


def test_the_reference_reads_the_same_behind_what_comes_first():
    document = read(FOLDER)
    text = one_text(document, {"source", "log"}, STAMP)
    again = parse(text)

    assert {**STAMP, **{k: v for k, v in document.values.items() if k not in ("source", "log")}} == again.values
    assert () == again.problems
    assert "# the first line that fits wins, so no lead has two ranks" in text


def test_remarks_stay_with_their_sections(tmp_path):
    """What is left out takes the remarks right above it along, and a file of nothing else is no longer there."""
    document = read(
        folder(
            tmp_path,
            a="# about all\n\n# about plan\nplan: 1 # here\n"
            "# about log\nlog: 2\n\n# about rates\nrates: 3\n# the end\n",
            b="# only a log\nsource: 4\n",
        )
    )

    assert (
        'release:\n  version: "1"\n\n# about all\n\n# about plan\nplan: 1 # here\n# about rates\nrates: 3\n# the end\n'
    ) == one_text(document, {"log", "source"}, STAMP)


def test_the_last_section_ends_where_its_file_does(tmp_path):
    document = read(folder(tmp_path, a="plan: 1\nlog:\n  meetings: [2]\n"))

    assert ["plan: 1"] == one_text(document, {"log"}, STAMP).splitlines()[3:]


@pytest.mark.parametrize(
    "text",
    [
        "{plan: 1, log: 2}\n",
        "---\nplan: 1\nlog: 2\n",
        "\ufeffplan: 1\r\nlog: 2\r\n",
        "plan: 1\nlog: 2",
        '"plan": 1\nlog: 2\n',
    ],
)
def test_whatever_the_notation_it_reads_the_same(tmp_path, text):
    document = read(folder(tmp_path, a=text, b="rates: {x: 5%}\n"))

    assert {**STAMP, "plan": 1, "rates": {"x": "5%"}} == parse(one_text(document, {"log"}, STAMP)).values


VALUES = ["1", "[a, b]", "{x: y}", "\n  - a\n  # inside\n  - b", "\n  x:\n    y: 2", "|\n  # text\n  more"]
SECTIONS = st.lists(
    st.tuples(
        st.sampled_from(["plan", "log", "rates", "source", "people", "stages"]),
        st.sampled_from(
            ["1", "[a, b]", "{x: y}", "\n  - a\n  # inside\n  - b", "\n  x:\n    y: 2", "|\n  # text\n  more"]
        ),
        st.sampled_from(["", "# above\n", "\n# above\n\n", "\n"]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda item: item[0],
)


@given(SECTIONS, st.integers(1, 5))
def test_any_sections_read_the_same_however_they_are_parted(sections, cut):
    pieces = [f"{remark}{key}: {value}\n" for key, value, remark in sections]
    texts = [piece for piece in ("".join(pieces[:cut]), "".join(pieces[cut:])) if piece]
    document = Document([read_text(text, f"{place}.yaml") for place, text in enumerate(texts)])
    kept = {key: value for key, value in document.values.items() if key not in ("log", "source")}

    assert {**STAMP, **kept} == parse(one_text(document, {"log", "source"}, STAMP)).values
