"""Targets from a spreadsheet: a CSV file with a column for the stage and one for the channel, and the numbers.

Either a row a number (`month, stage, channel, target`), or a row a channel with a column a month (`stage, channel,
2027-01, 2027-02`). A column that is missing may be left out where there is but one answer: without `channel` the
numbers are those of all channels together.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from checker.errors import UnreadableInput
from checker.finding import Place
from checker.message import Written, say
from checker.quantity import Month
from checker.text.folder import shown_path, text_of

_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?\Z")
_NUMBER = re.compile(r"\d+(?:\.\d+)?\Z")
_TARGETS = ("target", "number", "value")
_MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One number of a table: stage and channel as they are written there (an empty channel: all), and its place."""

    stage: str
    channel: str
    month: Month
    number: Fraction
    place: Place


def target_table(path: Path) -> tuple[TargetRow, ...]:
    """The numbers of a CSV file; empty cells are no numbers. Raises UnreadableInput."""
    file = shown_path(path)
    lines = text_of(path).removeprefix("\ufeff").splitlines()
    if not lines:
        raise UnreadableInput(say("there is nothing in {file}", file=Written(file)))
    separator = max(",;\t", key=lines[0].count)
    rows = list(csv.reader(lines[:_MOST_ROWS], delimiter=separator))
    headings = [heading.strip().casefold() for heading in rows[0]]
    if "stage" not in headings:
        raise UnreadableInput(
            say(
                "{file} has no column {column}: it needs {needed}",
                file=Written(file),
                column=Written("stage"),
                needed=Written("month, stage, channel, target"),
            ),
            _place(file, 1, lines[0]),
        )
    found: list[TargetRow] = []
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            row = dict(zip(headings, (cell.strip() for cell in cells), strict=False))
            place = _place(file, number, lines[number - 1] if number <= len(lines) else "")
            found += _numbers(row, place)
    if not found:
        raise UnreadableInput(say("there is no target in {file}", file=Written(file)), _place(file, 1, lines[0]))
    return tuple(found)


def _numbers(row: dict[str, str], place: Place) -> Iterator[TargetRow]:
    target = next((row[name] for name in _TARGETS if name in row), None)
    months = {row["month"]: target} if "month" in row and target is not None else row
    for heading, cell in months.items():
        month = _MONTH.match(heading)
        if month is None and months is not row:
            raise UnreadableInput(say("{text} is no month; write it as 2027-03", text=Written(heading or "''")), place)
        if month is None or not cell:
            continue
        if not _NUMBER.match(cell):
            raise UnreadableInput(
                say("{text} is no number; write it without signs, as 1200 or 12.5", text=Written(cell)), place
            )
        try:
            when = Month.parse(f"{month[1]}-{month[2]}")
        except ValueError:
            raise UnreadableInput(say("there is no month {text}", text=Written(heading)), place) from None
        yield TargetRow(row["stage"], row.get("channel", ""), when, Fraction(cell), place)


def _place(file: str, line: int, source: str) -> Place:
    return Place(file, line, 1, len(source) + 1, source)
