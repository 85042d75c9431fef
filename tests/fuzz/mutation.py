"""Texts, tables and bytes as somebody, or something, damages them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from typing import Any

SIGNS = "{}[]:,#'\"-|>&*!%@ \t\\\u202eé0x\n\r?<=~`;\u2028\ufeff\x00\x1b\x85\ud800😀"
WORDS = (
    "&a ",
    "*a",
    "!!python/object:os.system ",
    "<<: *a",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "? ",
    "|\n",
    ">-\n",
    '"',
    "'",
    "# sla: waive[SLA301] until 2026-12-31 because",
    "# sla: waive[",
    "at least ",
    " to ",
    "%",
    "9" * 60,
    "[" * 70,
    "{a: " * 70,
    "\t",
    "  " * 40,
    "a" * 5000,
    "\r\n",
    "\r",
    "null",
    "~",
    "0x1F",
    "1_000",
    "1.200",
    "010",
    "=1+1",
)


def text(chance: Random, original: str, others: Sequence[str] = ()) -> str:
    """A text with some edits: signs, words, lines taken out, doubled, exchanged, indented otherwise, from elsewhere."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 4, 8))):
        original = chance.choice(_EDITS)(chance, original, others)
    return original


def _sign(chance: Random, original: str, others: Sequence[str]) -> str:
    at = chance.randint(0, len(original))
    return original[:at] + chance.choice(SIGNS) + original[at + chance.choice((0, 1)) :]


def _word(chance: Random, original: str, others: Sequence[str]) -> str:
    at = chance.randint(0, len(original))
    return original[:at] + chance.choice(WORDS) + original[at:]


def _cut(chance: Random, original: str, others: Sequence[str]) -> str:
    at = chance.randint(0, len(original))
    return original[:at] + original[at + chance.choice((1, 2, 10, 100, 10_000)) :]


def _line_gone(chance: Random, original: str, others: Sequence[str]) -> str:
    lines = original.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _line_twice(chance: Random, original: str, others: Sequence[str]) -> str:
    lines = original.split("\n")
    at = chance.randrange(len(lines))
    return "\n".join([*lines[:at], *[lines[at]] * chance.choice((2, 2, 3, 50)), *lines[at + 1 :]])


def _lines_exchanged(chance: Random, original: str, others: Sequence[str]) -> str:
    lines = original.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _indented(chance: Random, original: str, others: Sequence[str]) -> str:
    lines = original.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = chance.choice(("  " + lines[at], " " + lines[at], lines[at][2:], lines[at].lstrip(), "\t" + lines[at]))
    return "\n".join(lines)


def _value(chance: Random, original: str, others: Sequence[str]) -> str:
    from tests.fuzz.tree import ODD_VALUES

    lines = original.split("\n")
    at = chance.randrange(len(lines))
    value = chance.choice(ODD_VALUES)
    lines[at] = lines[at].partition(":")[0] + ": " + (value if isinstance(value, str) else json.dumps(value))
    return "\n".join(lines)


def _from_elsewhere(chance: Random, original: str, others: Sequence[str]) -> str:
    if not others:
        return _sign(chance, original, others)
    other = chance.choice(others).split("\n")
    start = chance.randrange(len(other))
    lines = original.split("\n")
    at = chance.randint(0, len(lines))
    return "\n".join([*lines[:at], *other[start : start + chance.choice((1, 1, 3, 8))], *lines[at:]])


_EDITS = (
    _sign,
    _sign,
    _word,
    _cut,
    _line_gone,
    _line_twice,
    _lines_exchanged,
    _indented,
    _value,
    _value,
    _from_elsewhere,
    _from_elsewhere,
)


def raw(chance: Random, original: bytes) -> bytes:
    """Bytes with some of them changed, taken out, or put in."""
    found = bytearray(original)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randint(0, len(found))
        match chance.randrange(5):
            case 0 if found:
                found[at % len(found)] ^= 1 << chance.randrange(8)
            case 1:
                found[at:at] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 2, 8))))
            case 2:
                del found[at : at + chance.choice((1, 4, 64))]
            case 3:
                found[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"PAR1"))
            case _:
                del found[at : at + 1 if chance.random() < 0.7 else None]
    return bytes(found)


CELLS = (
    "",
    " ",
    "-",
    "NULL",
    "N/A",
    "0",
    "-1",
    "1e400",
    "9" * 400,
    "1.234,56",
    "R$ 1.000,00",
    "2027-01-01",
    "2027-02-30",
    "31/12/2027 25:61",
    "0001-01-01 00:00:00",
    "9999-12-31T23:59:59.999999Z",
    "2027-03-01T13:00:00+99:99",
    "1772000000",
    "true",
    "VERDADEIRO",
    "=1+1",
    "@SUM(A1)",
    '"',
    '""',
    '"a\nb"',
    "a;b;c",
    "a\tb",
    "é",
    "\ufeff",
    "\u202e",
    "\x00",
    "😀",
    "x" * 3000,
    "<b>",
    "'); DROP TABLE x; --",
    "L1",
    "00Q00001",
)


def table(chance: Random, original: str) -> str:
    """A CSV file with cells exchanged, columns lost, renamed and doubled, rows cut short or too long, odd quotes."""
    lines = original.split("\n")
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        at = chance.randrange(len(lines))
        cells = lines[at].split(",")
        column = chance.randrange(len(cells))
        match chance.randrange(9):
            case 0 | 1 | 2:
                cells[column] = chance.choice(CELLS)
            case 3:
                del cells[column]
            case 4:
                cells.insert(column, chance.choice(CELLS))
            case 5:
                heading = lines[0].split(",")
                heading[column % len(heading)] = chance.choice((*CELLS, *heading))
                lines[0] = ",".join(heading)
                continue
            case 6:
                lines = [";".join(line.split(",")) for line in lines] if chance.random() < 0.3 else lines[: at + 1]
                continue
            case 7:
                lines[at:at] = [lines[at]] * chance.choice((1, 2, 40))
                continue
            case _:
                lines = text(chance, "\n".join(lines)).split("\n")
                continue
        if at < len(lines):
            lines[at] = ",".join(cells)
    return "\n".join(lines)


def records(chance: Random, original: Any) -> str:
    """JSON with values and signs exchanged."""
    from tests.fuzz.tree import Harvest

    harvest = Harvest([original])
    written = json.dumps(harvest.edited(chance), default=str)
    return written if chance.random() < 0.6 else text(chance, written)
