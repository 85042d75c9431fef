"""Targets from a spreadsheet, in the two layouts that people use, and what is said of one that cannot be read."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from checker.errors import UnreadableInput
from checker.quantity import Month
from checker.text.target_table import target_table


def numbers(file: Path) -> list[tuple[str, str, str, Fraction]]:
    return [(row.stage, row.channel, str(row.month), row.number) for row in target_table(file)]


EXPECTED = [("mql", "ads", "2027-01", Fraction(30)), ("mql", "ads", "2027-02", Fraction("32.5"))]


@pytest.mark.parametrize(
    "text",
    [
        "month,stage,channel,target\n2027-01,mql,ads,30\n2027-02,mql,ads,32.5\n",
        "\ufeffStage;Channel;2027-01;2027-02\r\nmql;ads;30;32.5\r\n\r\n",
        "stage\tchannel\tnote\t2027-01-01\t2027-02-01\nmql\tads\tours\t30\t32.5\n",
    ],
)
def test_both_layouts_and_all_separators_say_the_same(tmp_path: Path, text: str) -> None:
    file = tmp_path / "targets.csv"
    file.write_text(text, encoding="utf-8", newline="")

    assert numbers(file) == EXPECTED


def test_an_empty_cell_is_no_number(tmp_path: Path) -> None:
    file = tmp_path / "targets.csv"
    file.write_text("stage,2027-01,2027-02\nmql,,40\n", encoding="utf-8")

    assert [("mql", "", Month(2027, 2), Fraction(40))] == [
        (row.stage, row.channel, row.month, row.number) for row in target_table(file)
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", None),
        ("channel,2027-01\nads,30\n", 1),
        ("stage,2027-01\nmql,many\n", 2),
        ("stage,2027-01\nmql,1.200,50\n\nmql,-3\n", 4),
        ("stage,2027-13\nmql,30\n", 2),
        ("month,stage,target\nMarch,mql,30\n", 2),
        ("stage,2027-01\nmql,\n", 1),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, text: str, line: int | None) -> None:
    file = tmp_path / "targets.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableInput) as refused:
        target_table(file)

    assert line == (refused.value.place.line if refused.value.place else None)
