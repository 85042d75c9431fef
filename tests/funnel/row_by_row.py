"""A second reader of sources, as plain as can be: one row after the other, with Python's own csv and datetime.

It knows nothing of the product's reading of values and moments, and is its oracle on small files.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
EPOCH = datetime(1970, 1, 1)


class Unreadable(Exception):
    """A cell that cannot be read."""


class RowByRow:
    """Reads the files of a source (a plain mapping, as written) in a folder."""

    def __init__(self, source: Mapping[str, Any], kinds: Mapping[str, str], report_zone: str, folder: Path) -> None:
        self.source = source
        self.kinds = kinds
        self.report_zone = report_zone
        self.folder = folder
        self.rejected = 0
        self.unmatched = 0
        self.rows_in = 0

    def facts(self) -> list[Row]:
        """The lead facts, a row a lead."""
        leads = self.source["leads"]
        files = [leads["from"], *leads.get("join", {})]
        rows = {name: self._rows(name) for name in files}
        partners: dict[str, dict[tuple[str, ...], Row]] = {}
        for name, join in leads.get("join", {}).items():
            partners[name] = {}
            for row in rows[name]:
                cells = [self._cell(name, row, column) for column in join["on"]]
                key = tuple(cell for cell in cells if cell is not None)
                if len(key) < len(cells):
                    self.unmatched += 1
                    continue
                if key in partners[name]:
                    self.rejected += 1
                else:
                    partners[name][key] = row
        seen: set[str] = set()
        found: list[Row] = []
        for row in rows[leads["from"]]:
            lead_id = self._cell(leads["from"], row, leads["id"])
            if lead_id is None or lead_id in seen:
                self.rejected += 1
                continue
            seen.add(lead_id)
            fact = {"lead_id": lead_id, "source_line": row["line"], **row["facts"]}
            for name, join in leads.get("join", {}).items():
                cells = [self._cell(leads["from"], row, column) for column in join["on"].values()]
                wanted = tuple(cell for cell in cells if cell is not None)
                fact |= partners[name].pop(wanted, {"facts": {}})["facts"]
            found.append(fact)
        self.unmatched += sum(len(left) for left in partners.values())
        for fact in found:
            for name, written in self._values():
                if isinstance(written, Mapping) and "blank" in written and fact.get(name) is None:
                    fact[name] = written["blank"]
        return found

    # ------------------------------------------------------------ rows

    def _rows(self, name: str) -> list[Row]:
        """The sound rows of a file, each with its line and what it says."""
        written = self.source["files"][name]
        with (self.folder / written["path"]).open(newline="", encoding="utf-8") as file:
            reader = csv.reader(file, delimiter=written.get("delimiter", ","))
            headings = next(reader)
            read, line = [], reader.line_num + 1
            for cells in reader:
                if cells:
                    self.rows_in += 1
                    row: Row = {"line": line, "cells": dict(zip(headings, cells, strict=False))}
                    try:
                        if len(cells) != len(headings):
                            raise Unreadable(cells)
                        row["facts"] = self._facts_of(name, row)
                        read.append(row)
                    except Unreadable:
                        self.rejected += 1
                line = reader.line_num + 1
        return read

    def _cell(self, file: str, row: Row, column: str, nothing: tuple[str, ...] = ()) -> str | None:
        text: str = row["cells"][column].strip()
        placeholders = (*self.source["files"][file].get("null_values", ()), *nothing)
        return None if text == "" or text.lower() in [known.lower() for known in placeholders] else text

    def _values(self) -> list[tuple[str, Any]]:
        leads = self.source["leads"]
        own = [(name, leads[name]) for name in ("channel", "owner", "amount") if name in leads]
        return own + [(f"field_{name}", written) for name, written in leads.get("fields", {}).items()]

    def _facts_of(self, file: str, row: Row) -> Row:
        read: Row = {}
        for name, written in self._values():
            as_mapping = written if isinstance(written, Mapping) else {"column": written}
            if "always" in as_mapping:
                read[name] = as_mapping["always"]
            elif column := self._own(file, as_mapping["column"]):
                read[name] = self._value(self.kinds.get(name, "text"), file, row, column, as_mapping)
        for event, written in self.source.get("events", {}).items():
            as_mapping = written if isinstance(written, Mapping) else {"column": written}
            if column := self._own(file, as_mapping["column"]):
                stamp = self._stamp(file, row, column, as_mapping)
                read[f"at_{event}"] = stamp and stamp[0]
                read[f"day_{event}"] = stamp and stamp[1]
        return read

    def _own(self, file: str, column: str) -> str | None:
        """The heading, if the column is this file's."""
        prefix, point, heading = column.partition(".")
        if point:
            return heading if prefix == file else None
        return column if file == self.source["leads"]["from"] else None

    # ------------------------------------------------------------ values

    def _value(self, kind: str, file: str, row: Row, column: str, written: Mapping[str, Any]) -> Any:
        text = self._cell(file, row, column, tuple(written.get("null_values", ())))
        if text is None:
            return None
        meant = {known.lower(): value for known, value in reversed(written.get("values", {}).items())}
        if "separator" in written:
            parts = [part.strip() for part in text.split(written["separator"])]
            return [meant.get(part.lower(), written.get("other", part)) for part in parts if part]
        if text.lower() in meant:
            return meant[text.lower()]
        if "other" in written:
            return written["other"]
        return self._read(kind, text, self.source["files"][file].get("decimal"), written.get("format"))

    def _read(self, kind: str, text: str, decimal: str | None, written_as: str | None) -> Any:
        if kind in ("whole number", "months", "number", "money", "amount"):
            return self._number(kind, text, decimal)
        if kind == "yes or no":
            if text.lower() in ("yes", "true", "y", "t", "1"):
                return True
            if text.lower() in ("no", "false", "n", "f", "0"):
                return False
            raise Unreadable(text)
        if kind in ("date", "days ago"):
            return self._moment(text, written_as)[0].date()
        return text

    def _number(self, kind: str, text: str, decimal: str | None) -> int | Decimal:
        if kind in ("money", "amount"):
            text = re.sub(r"^(R\$|BRL) ?|(?<=[0-9]) ?(R\$|BRL)$", "", text)
        if decimal is not None:
            thousands = "." if decimal == "," else ","
            if re.fullmatch(rf"[+-]?[0-9]{{1,3}}([{thousands} '][0-9]{{3}})+({decimal}[0-9]+)?", text):
                text = re.sub(rf"[{thousands} ']", "", text)
        if not re.fullmatch(rf"[+-]?[0-9]+([{decimal or '.'}][0-9]+)?", text):
            raise Unreadable(text)
        try:
            number = Decimal(text.replace(",", "."))
        except InvalidOperation as error:
            raise Unreadable(text) from error
        if kind in ("whole number", "months"):
            if number % 1:
                raise Unreadable(text)
            return int(number)
        return number

    # ------------------------------------------------------------ moments

    def _stamp(self, file: str, row: Row, column: str, written: Mapping[str, Any]) -> tuple[int, bool] | None:
        """The instant, and whether only the day is known."""
        for key, fits in (("when", True), ("unless", False)):
            for tested, values in written.get(key, {}).items():
                wanted = [value.lower() for value in (values if isinstance(values, list) else [values])]
                cell = self._cell(file, row, tested)
                if (cell is not None and cell.lower() in wanted) is not fits:
                    return None
        text = self._cell(file, row, column, tuple(written.get("null_values", ())))
        if text is None:
            return None
        moment, is_day = self._moment(text, written.get("format"))
        wall = moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
        if not datetime(2000, 1, 1) <= wall < datetime(2050, 1, 1):
            raise Unreadable(text)
        if is_day:
            return self._first_instant(moment.date(), self.report_zone), True
        zone = written.get("timezone", self.source.get("timezone"))
        instant = seconds(moment) if moment.tzinfo is not None else instant_of(moment, zone)
        if written.get("midnight"):
            midnights = self.source.get("timezone", zone)
            local = datetime.fromtimestamp(instant, ZoneInfo(midnights)).date()
            if self._first_instant(local, midnights) == instant:
                return self._first_instant(local, self.report_zone), True
        return instant, False

    def _first_instant(self, day: date, zone: str) -> int:
        return instant_of(datetime(day.year, day.month, day.day), zone)

    def _moment(self, text: str, written_as: str | None) -> tuple[datetime, bool]:
        try:
            if written_as is not None:
                has_time = any(f"%{letter}" in written_as for letter in "HIMSfp")
                return datetime.strptime(text, written_as), not has_time
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                return datetime.fromisoformat(text), True
            parts = re.fullmatch(
                r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(\.[0-9]+)?"
                r" ?(Z|z|[+-][0-9]{2}:?[0-9]{0,2})?",
                text,
            )
            if parts is None or (parts[4] and not parts[3]) or (parts[5] or "")[-1:] == ":":
                raise Unreadable(text)
            offset = (parts[5] or "").replace("Z", "+00:00").replace("z", "+00:00")
            if len(offset) == len("+02"):
                offset += ":00"
            return datetime.fromisoformat(f"{parts[1]}T{parts[2]}{parts[3] or ':00'}{offset}"), False
        except ValueError as error:
            raise Unreadable(text) from error


def seconds(moment: datetime) -> int:
    """Seconds since 1970-01-01 UTC of an instant."""
    return (moment.astimezone(UTC).replace(tzinfo=None) - EPOCH) // timedelta(seconds=1)


def instant_of(wall: datetime, zone: str) -> int:
    """The first instant at which a zone's clocks show a wall time, or, where they never do, a later one."""
    local = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    if local.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall:
        return seconds(local)
    # in the gap: walk to the minute in which the clocks were put forward
    minute = local.replace(fold=1).astimezone(UTC).replace(second=0)
    while minute.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < wall:
        minute += timedelta(minutes=1)
    return seconds(minute)
