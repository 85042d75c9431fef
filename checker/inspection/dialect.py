"""How a CSV file is written: letters, delimiter, quotes, damage. Told from its bytes, and proposed, never used as told.

Reference: the byte order marks are those of the Unicode standard, 23.8; windows-1250 and windows-1252 are those of
the Encoding Standard.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.errors import UnreadableInput
from checker.funnel.csv_files import NOT_CSV, WEB_PAGE, WEB_PAGE_STARTS
from checker.message import Message, Written, say, say_counted

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 1 << 18
"""So many letters are looked at to tell the delimiter."""
_ROWS = 200
_BLOCK = 1 << 20
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WESTERN, _CENTRAL = "windows-1252", "windows-1250"
_CENTRAL_LETTERS = "ąćęłńśźżĄĆĘŁŃŚŹŻ"


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say of a key of the proposal. `is_doubt`: a person has to decide it."""

    key: str
    said: Message
    is_doubt: bool = True


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the lines of a file in the source section have to say, by their keys, and what is to be said of them."""

    keys: dict[str, object]
    notes: tuple[Note, ...] = ()


def tell_dialect(path: Path, label: str) -> Dialect:
    """How a CSV file is written. Raises UnreadableInput, with one sentence, for what is no table of cells."""
    encoding, notes = _encoding(path, label)
    keys: dict[str, object] = {}
    if encoding != "utf-8":
        keys["encoding"] = encoding
    sample = _sample(path, encoding)
    if not sample.strip():
        raise UnreadableInput(say("{file} is empty", file=label))
    _check_first_line(sample, label)
    shape = _shape(sample)
    if shape is None:
        raise one_column(label, _first_line(sample))
    if shape.delimiter != ",":
        keys["delimiter"] = "tab" if shape.delimiter == "\t" else shape.delimiter
    if shape.quote != '"':
        keys["quote"] = shape.quote or "none"
    if shape.wrapped:
        keys["repair"] = ["whole_row_quoted"]
        said = say_counted(
            "{count} of the first {rows} lines stands in quotes as a whole",
            "{count} of the first {rows} lines stand in quotes as a whole",
            count=shape.wrapped,
            rows=shape.rows,
        )
        notes.append(Note("repair", said, is_doubt=False))
    return Dialect(keys, tuple(notes))


def one_column(label: str, heading: str) -> UnreadableInput:
    """The error for a file with a single column."""
    return UnreadableInput(
        say(
            "{file} has one column, {column}: a lead needs an id and the day of what happened to it, so export more",
            file=label,
            column=Written(heading[:60]),
        )
    )


# ---------------------------------------------------------------- letters


def _encoding(path: Path, label: str) -> tuple[str, list[Note]]:
    """In which encoding the letters are stored, by the mark at the start, else by whether all bytes fit."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise UnreadableInput(
            say("{file} cannot be read: {why}", file=label, why=error.strerror or str(error))
        ) from error
    if not start:
        raise UnreadableInput(say("{file} is empty", file=label))
    if start.startswith(_UTF16):
        encoding = "utf-16"
    elif guess := _utf16_without_mark(start):
        encoding = guess
    else:
        for signature, said in NOT_CSV:
            if start.startswith(signature):
                raise UnreadableInput(say("{file} is {what}", file=label, what=said))
        encoding = "utf-8"
    said_by_text = start.decode(encoding if encoding != "utf-8" else "latin-1", errors="replace")
    if said_by_text.removeprefix("\ufeff").removeprefix("ï»¿").lstrip().lower().startswith(WEB_PAGE_STARTS):
        raise UnreadableInput(say("{file} is {what}", file=label, what=WEB_PAGE))
    if encoding == "utf-8" and _has_zero_bytes(path):
        raise UnreadableInput(
            say("{file} holds zero bytes, which no text has: it is no CSV file, so export the table again", file=label)
        )
    if _fits(path, encoding):
        return encoding, []
    if encoding != "utf-8":
        raise UnreadableInput(say("{file} is damaged: it begins as UTF-16 and goes on as something else", file=label))
    encoding = _one_byte_a_letter(path)
    line, example = _first_foreign_line(path, encoding)
    said = say(
        "line {line} is not UTF-8 and would read {example}: right letters?",
        line=str(line),
        example=Written(example),
    )
    return encoding, [Note("encoding", said)]


def _utf16_without_mark(start: bytes) -> str | None:
    """Latin letters stored in two bytes have a zero in every other place."""
    even, odd = start[0::2], start[1::2]
    if len(odd) < 8:
        return None
    if odd.count(0) > 0.6 * len(odd) and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > 0.6 * len(even) and not odd.count(0) else None


def _has_zero_bytes(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b"\0" in block for block in iter(lambda: file.read(_BLOCK), b""))


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            for block in iter(lambda: file.read(_BLOCK), b""):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True


def _one_byte_a_letter(path: Path) -> str:
    """Western or Central European letters: by whether the latter make words of what is signs in the former."""
    high = Counter(byte for byte in path.read_bytes() if byte > 0x7F)
    codes = bytes(high)
    central = dict(zip(codes, codes.decode(_CENTRAL, errors="replace"), strict=True))
    western = dict(zip(codes, codes.decode(_WESTERN, errors="replace"), strict=True))
    votes = 0
    for byte, times in high.items():
        is_central, is_western = central[byte] in _CENTRAL_LETTERS, western[byte].isalpha()
        votes += times * (is_central and not is_western) - times * (is_western and not is_central)
    return _CENTRAL if votes > 0 else _WESTERN


def _first_foreign_line(path: Path, encoding: str) -> tuple[int, str]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.isascii():
                text = line.decode(encoding, errors="replace").strip()
                found = re.search(r"[\w-]*[^\x00-\x7f][\w-]*", text)
                return number, found[0] if found else text[:40]
    raise ValueError("all bytes are ASCII, which is UTF-8")


def _sample(path: Path, encoding: str) -> str:
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="", errors="replace") as file:
        sample = file.read(_SAMPLE)
        # half a line would look like a row with too few cells
        return sample if len(sample) < _SAMPLE else sample + file.readline()


# ---------------------------------------------------------------- rows and cells


@dataclass(frozen=True, slots=True)
class _Shape:
    """How lines fall into cells: in how many, for what share of the rows."""

    delimiter: str
    quote: str
    width: int
    share: float
    rows: int
    wrapped: int = 0


def _check_first_line(sample: str, label: str) -> None:
    first = _first_line(sample)
    if re.fullmatch(r"sep=.", first, re.IGNORECASE):
        raise UnreadableInput(
            say(
                "{file} begins with {line}, which only Excel reads: delete that line, so that the headings come first",
                file=label,
                line=Written(first),
            )
        )


def _first_line(sample: str) -> str:
    return next((line for line in sample.splitlines() if line.strip()), "")


def _shape(sample: str) -> _Shape | None:
    """The delimiter and quote by which most rows have as many cells as the headings; None for a single column."""
    quotes = ('"', "'") if re.search(r"(?m)(?:^|[,;\t|])'", sample) else ('"',)
    found = [shape for sign in DELIMITERS for quote in quotes if (shape := _tried(sample, sign, quote)) is not None]
    opens_cells = re.search(r'(?m)(?:^|[,;\t|])"', sample) is not None
    if not opens_cells and not any(shape.share > 0.5 for shape in found):
        found += [shape for sign in DELIMITERS if (shape := _tried(sample, sign, "")) is not None]
    return max(found, key=lambda shape: (round(shape.share, 1), shape.width, shape.share), default=None)


def _tried(sample: str, delimiter: str, quote: str) -> _Shape | None:
    rows, wrapped = _rows(sample, delimiter, quote)
    if not rows or len(rows[0]) < 2:
        return None
    width = len(rows[0])
    good = sum(len(row) == width or (len(row) > width and not any(row[width:])) for row in rows)
    return _Shape(delimiter, quote, width, good / len(rows), len(rows), wrapped)


def _rows(sample: str, delimiter: str, quote: str) -> tuple[list[list[str]], int]:
    """The first rows, and how many of them were unwrapped from quotes around the whole line."""
    found: list[list[str]] = []
    wrapped = 0
    lines = iter(sample.splitlines(keepends=True))
    for row in _parsed(lines, delimiter, quote):
        if not row:
            continue
        if len(row) == 1 and quote and delimiter in row[0]:
            inner = next(_parsed(iter(row[0].splitlines(keepends=True)), delimiter, quote), row)
            if len(inner) > 1 and (not found or len(inner) == len(found[0])):
                row, wrapped = inner, wrapped + 1
        found.append(row)
        if len(found) == _ROWS:
            break
    return found, wrapped


def _parsed(lines: Iterator[str], delimiter: str, quote: str) -> Iterator[list[str]]:
    reader = (
        csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True)
        if quote
        else csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    )
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            # a row that is none counts as one with the wrong number of cells
            yield [""]


def looks_like_data(headings: Sequence[str]) -> bool:
    """Whether the first line holds values where headings should stand."""
    return any(re.fullmatch(r"[\d.,:/T Z+-]*\d[\d.,:/T Z+-]*", name) and len(name) > 3 for name in headings)
