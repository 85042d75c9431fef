"""Reading CSV files as they are declared: nothing about them is guessed, and what does not fit is named by its line."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from checker.agreement.source import File
from checker.errors import UnreadableInput
from checker.funnel.headings import TEXT_TYPE, FileHeadings
from checker.funnel.readings import WHITE_SPACE
from checker.funnel.temporary import is_no_room, no_room
from checker.message import Message, Written, say, say_counted

NOT_CSV: tuple[tuple[bytes, Message], ...] = (
    (b"PK\x03\x04", say("an Excel workbook: save it as CSV")),
    (b"\xd0\xcf\x11\xe0", say("an old Excel workbook: save it as CSV")),
    (b"\x1f\x8b", say("a compressed file: unpack it")),
    (b"%PDF", say("a PDF document: export the table as CSV")),
    (b"\xff\xfe", say("stored as UTF-16: add {line} to this file's lines", line=Written("encoding: utf-16"))),
    (b"\xfe\xff", say("stored as UTF-16: add {line} to this file's lines", line=Written("encoding: utf-16"))),
)
"""How files begin that are not the CSV that their name promises, and what to do about it."""
WEB_PAGE = say("a web page, as exports give when the login has run out: export it again")
WEB_PAGE_STARTS = ("<!doctype", "<html", "<head", "<table", "<?xml")
_DELIMITERS = {",": '","', ";": '";"', "\t": "tab", "|": '"|"'}
_BLOCK = 1 << 20
_UNCLOSED = ("unexpected end of data", "field larger than field limit")


@dataclass(frozen=True, slots=True)
class Misread:
    """A row that is no row of its file, and where it begins."""

    line: int
    reason: Message


@dataclass(slots=True)
class Copied:
    """What was copied of a file: how many rows it has, and the first of those that were kept out."""

    rows: int = 0
    misread: int = 0
    examples: list[Misread] = field(default_factory=list)


class Records(Protocol):
    """Rows of a CSV file, one by one; `line_num` is the last physical line of the one read last."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


class RowWriter(Protocol):
    """What takes the rows that are copied."""

    def writerow(self, row: Sequence[object], /) -> object:
        """Takes one row."""


class CsvFile:
    """One CSV file and how it is written."""

    def __init__(self, path: Path, label: str, written: File) -> None:
        self.path = path
        self.label = label
        self.delimiter = written.delimiter or ","
        self.quote = '"' if written.quote is None else written.quote
        self.encoding = codecs.lookup(written.encoding or "utf-8").name
        self._encoding_as_written = written.encoding or "utf-8"
        self.unwraps = "whole_row_quoted" in (written.repair or ())

    # ------------------------------------------------------------ headings

    def headings(self) -> FileHeadings:
        """The first line as headings. Raises UnreadableInput for what is empty or no CSV file."""
        with self._records() as records:
            row = self._next_row(records)
        if self._is_wrapped(row, 2) and self.unwraps:
            row = self._unwrap(row[0])
        names = tuple(name.strip() for name in row)
        # engines do not tell apart headings that differ in case alone: they get names of their own
        stored_as = tuple(f"column {index}" for index in range(len(names)))
        return FileHeadings(self.label, names, (TEXT_TYPE,) * len(names), stored_as, self._hint(row))

    def _next_row(self, records: Records) -> list[str]:
        try:
            for row in records:
                if row:
                    return row
        except csv.Error as error:
            raise self._unclosed(1) from error
        raise UnreadableInput(say("{file} is empty", file=self.label))

    def _hint(self, row: Sequence[str]) -> Message | None:
        """What the first line looks like, where it does not look like headings."""
        if len(row) != 1:
            return None
        if self._is_wrapped(row, 2) and not self.unwraps:
            return say("its lines stand in quotes as a whole; add {line}", line=Written("repair: [whole_row_quoted]"))
        other = max(_DELIMITERS, key=row[0].count)
        if row[0].count(other) == 0:
            return None
        return say(
            "its columns seem to be parted by another sign; add {line}",
            line=Written(f"delimiter: {_DELIMITERS[other]}"),
        )

    # ------------------------------------------------------------ rows

    def copy(self, columns: Sequence[int], to: RowWriter, examples: int) -> Copied:
        """Copies some columns of all rows, without the white space around cells.

        Each row stands behind the number that its place adds to give its line. The rows are counted from 0, lines
        from 1. Raises UnreadableInput for a file that cannot be read to its end.
        """
        copied = Copied()
        with self._records() as records:
            width = len(self._unwrapped(self._next_row(records)))
            line, written = records.line_num, 0
            while True:
                try:
                    for row in records:
                        if len(row) != width:
                            if not row:
                                line = records.line_num
                                continue
                            row = self._unwrapped(row)
                            # delimiters at the end of a line add nothing
                            if len(row) < width or any(row[width:]):
                                self._keep_out(copied, Misread(line + 1, self._ragged(row, width)), examples)
                                line = records.line_num
                                continue
                        to.writerow((line + 1 - written, *[row[column].strip(WHITE_SPACE) for column in columns]))
                        written += 1
                        line = records.line_num
                    break
                except csv.Error as error:
                    if str(error).startswith(_UNCLOSED):
                        raise self._unclosed(line + 1) from error
                    reason = say("a quote stands inside a cell without a second one beside it")
                    self._keep_out(copied, Misread(line + 1, reason), examples)
                    line = records.line_num
        copied.rows = written + copied.misread
        return copied

    def _keep_out(self, copied: Copied, misread: Misread, examples: int) -> None:
        copied.misread += 1
        if len(copied.examples) < examples:
            copied.examples.append(misread)

    def _ragged(self, row: Sequence[str], width: int) -> Message:
        if self._is_wrapped(row, width) and not self.unwraps:
            return say(
                "the line stands in quotes as a whole; {line} undoes that", line=Written("repair: [whole_row_quoted]")
            )
        return say_counted(
            "the row has {count} cell, but there are {width} headings",
            "the row has {count} cells, but there are {width} headings",
            count=len(row),
            width=width,
        )

    def _unclosed(self, line: int) -> UnreadableInput:
        return UnreadableInput(
            say("{file}, line {line}: the quote that opens here is never closed", file=self.label, line=str(line))
        )

    def _is_wrapped(self, row: Sequence[str], width: int) -> bool:
        return len(row) == 1 and width > 1 and self.delimiter in row[0] and bool(self.quote)

    def _unwrapped(self, row: list[str]) -> list[str]:
        return self._unwrap(row[0]) if self.unwraps and self._is_wrapped(row, 2) else row

    def _unwrap(self, line: str) -> list[str]:
        return next(self._reader(iter(line.splitlines(keepends=True))), [])

    # ------------------------------------------------------------ bytes and letters

    @contextmanager
    def _records(self) -> Iterator[Records]:
        """The rows of the file; whatever goes wrong with its bytes is raised as UnreadableInput."""
        try:
            with self.path.open("rb") as file:
                self._check_start(file)
                encoding = "utf-8-sig" if self.encoding == "utf-8" else self.encoding
                with io.TextIOWrapper(file, encoding, newline="") as letters:
                    yield self._reader(self._lines(letters))
        except UnicodeError as error:
            raise self._undecodable() from error
        except OSError as error:
            # rows that are being copied may find no room for their copy
            if is_no_room(error):
                raise no_room() from error
            raise UnreadableInput(
                say("{file} cannot be read: {why}", file=self.label, why=error.strerror or str(error))
            ) from error

    def _reader(self, lines: Iterator[str]) -> Records:
        if not self.quote:
            return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE, strict=True)
        return csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote, strict=True)

    def _lines(self, letters: io.TextIOWrapper) -> Iterator[str]:
        for number, line in enumerate(letters, start=1):
            if "\0" in line:
                raise UnreadableInput(
                    say(
                        "{file}, line {line}: there are zero bytes, which no text has",
                        file=self.label,
                        line=str(number),
                    )
                )
            yield line

    def _check_start(self, file: BinaryIO) -> None:
        start = file.read(1024)
        file.seek(0)
        said = next((said for signature, said in NOT_CSV if start.startswith(signature)), None)
        if said is not None and not (start[:2] in (b"\xff\xfe", b"\xfe\xff") and self.encoding.startswith("utf-16")):
            raise UnreadableInput(say("{file} is {what}", file=self.label, what=said))
        letters = start.removeprefix(codecs.BOM_UTF8).lstrip().lower().decode("latin-1")
        if letters.startswith(WEB_PAGE_STARTS):
            raise UnreadableInput(say("{file} is {what}", file=self.label, what=WEB_PAGE))

    def _undecodable(self) -> UnreadableInput:
        """The error for bytes that are no letters in the declared encoding, with the first such line."""
        advice = (
            say("if it was saved by Excel, add {line}", line=Written("encoding: windows-1252"))
            if self.encoding == "utf-8"
            else say("declare the encoding in which it was saved")
        )
        with self.path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                try:
                    line.decode(self.encoding)
                except UnicodeError:
                    return UnreadableInput(
                        say(
                            "{file}, line {line}: the letters are not stored as {encoding}; {advice}",
                            file=self.label,
                            line=str(number),
                            encoding=self._encoding_as_written,
                            advice=advice,
                        )
                    )
        return UnreadableInput(
            say(
                "{file}: the letters are not stored as {encoding}; {advice}",
                file=self.label,
                encoding=self._encoding_as_written,
                advice=advice,
            )
        )

    # ------------------------------------------------------------ plain files

    def is_plain(self) -> bool:
        """Whether every line is one row, and the engine's own reader, many times faster, reads it just the same.

        Looks at the bytes alone: UTF-8, no empty lines, no cell with a line end or with spaces around its quotes, no
        white space but spaces. Rows of the wrong length may still be in it.
        """
        if self.encoding != "utf-8" or self.unwraps or len(self.delimiter.encode()) > 1:
            return False
        quote, part = self.quote.encode(), re.escape(self.delimiter.encode())
        # readers disagree whether such spaces belong to the cell
        around = re.compile(rb"(?:^|[\n%b]) +%b|%b +(?:[\r\n%b]|$)" % (part, quote, quote, part))
        with self.path.open("rb") as file:
            if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
                file.seek(0)
            while block := file.read(_BLOCK):
                block += file.readline()
                if not _has_plain_lines(block) or not self._has_plain_letters(block):
                    return False
                if quote and quote in block:
                    has_line_end = any(line.count(quote) % 2 for line in block.split(b"\n"))
                    if has_line_end or around.search(block):
                        return False
        return True

    def _has_plain_letters(self, block: bytes) -> bool:
        """Whether all bytes are letters, and no white space is among them but spaces."""
        other_spaces = [space for space in WHITE_SPACE if space not in f" \r\n{self.delimiter}"]
        if b"\0" in block or any(space.encode() in block for space in other_spaces if space.isascii()):
            return False
        if block.isascii():
            return True
        return _is_utf8(block) and not any(space.encode() in block for space in other_spaces if not space.isascii())


def _has_plain_lines(block: bytes) -> bool:
    """Whether all lines, none of them empty, end in the same of the two usual ways."""
    if block.startswith((b"\n", b"\r")) or b"\n\n" in block:
        return False
    return b"\r" not in block or (block.count(b"\r") == block.count(b"\r\n") and b"\n\r" not in block)


def _is_utf8(block: bytes) -> bool:
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
