"""Packing a funnel: Parquet files of what the agreement needs of its data, without anything of a person.

A packed file is called as in the source section (`lead.parquet`), has the columns in use of the export, and is read by
the same section. Rows that cannot be used are left out.
"""

from __future__ import annotations

from pathlib import Path

from sqlglot import exp

from checker.funnel.csv_rows import cells_of_csv
from checker.funnel.file_rows import ROW, FileRows
from checker.funnel.funnel import OpenedRows
from checker.funnel.nodes import Node, as_type, both, column, inner, named, nothing, one_by_one, select, table
from checker.funnel.packed_cells import PackedCells, uses_of
from checker.funnel.packed_words import PackedWords, packed_words
from checker.funnel.parquet_rows import cells_of_parquet
from checker.funnel.presets import known_headings
from checker.funnel.repeats import sound


def pack_rows(opened: OpenedRows, salt: str, to: Path, system: str | None = None) -> list[Path]:
    """Writes the files into a folder that is there. Raises UnreadableInput, UnwritableOutput.

    `system` is the known one that the files come from: they keep all headings by which it is recognised.
    """
    words = packed_words(opened.agreement, opened.source)
    written: list[Path] = []
    for name in opened.used:
        file = to / f"{name}.parquet"
        opened.engine.reader.write_parquet(_packed(opened, name, words, salt, system), file)
        written.append(file)
    return written


def _packed(opened: OpenedRows, name: str, words: PackedWords, salt: str, system: str | None) -> exp.Select:
    """What is left of the rows of a file that can be used, in their order."""
    rows = [each for each in opened.rows if each.plan.name == name]
    cells = PackedCells(opened.agreement, words, salt, is_log=any(each.plan.is_log for each in rows))
    keys = _keys(opened, name)
    readings = [reading for each in rows for reading in each.readings]
    values: list[Node] = []
    for heading in opened.used[name].values():
        uses = list(uses_of(heading.name, readings, words, name))
        values.append(named(cells.of(heading, uses, heading.name in keys), heading.name))
    if system is not None:
        headings = [heading for file in opened.headings_of[name] for heading in file.names]
        kept = {heading.name for heading in opened.used[name].values()}
        values += [named(as_type(nothing(), "VARCHAR"), heading) for heading in known_headings(system, headings, kept)]
    usable = one_by_one([_usable(opened, each) for each in rows])
    is_usable = exp.In(this=column(ROW), query=exp.Subquery(this=usable))
    return select(values, inner(_cells(opened, name), "cells"), is_usable).order_by(column(ROW), copy=False)


def _cells(opened: OpenedRows, name: str) -> exp.Query:
    """The cells of the columns in use as they stand in the file, with the number of their row."""
    place, used = opened.located[name], list(opened.used[name].values())
    if place.kind == "csv":
        return cells_of_csv(opened.engine.reader, place, opened.headings_of[name], used)
    return cells_of_parquet(opened.engine.reader, place, opened.headings_of[name], used)


def _usable(opened: OpenedRows, rows: FileRows) -> exp.Select:
    return select([column(ROW)], table(rows.name), both(sound(rows, opened.repeats)))


def _keys(opened: OpenedRows, name: str) -> set[str]:
    """The columns by which rows of files find each other."""
    found: set[str] = set()
    for rows in opened.rows:
        for part in rows.plan.joined_on:
            found |= {heading.name for heading in (part.heading, part.lead_heading) if heading.file == name}
    return found
