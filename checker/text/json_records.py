"""JSON objects with the place of every key: one object, a list of them, or one object a line (JSON Lines).

What cannot be read becomes a problem at its place, and reading goes on behind it, so that one bad record hides nothing.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from checker.finding import Place, Problem
from checker.message import Written, say
from checker.text.folder import shown_path, text_of
from checker.text.source import Source
from checker.text.tree import Span

_WHITE_SPACE = " \t\r\n\ufeff"
_MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Record:
    """One object: where it begins, its values, and where each of them stands."""

    place: Place
    values: Mapping[str, Any]
    places: Mapping[str, Place]


class Records(NamedTuple):
    """The objects of a file, what is wrong with them, and how many could not be read at all."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    unreadable: int


def read_records(path: Path) -> Records:
    """The objects of a file, and what could not be read of it. Raises UnreadableInput as `read` does."""
    return _Reader(text_of(path), shown_path(path)).read()


class _Refused(Exception):
    """What is no JSON, with the position at which that shows."""

    def __init__(self, problem: str, position: int) -> None:
        super().__init__(problem)
        self.position = position


class _Reader:
    """Goes through a text once. Positions count letters from 0."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._source = Source(name, [line.rstrip("\r") for line in text.split("\n")])
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._decoder = json.JSONDecoder(parse_float=_exact, parse_constant=_no_number)
        self._records: list[Record] = []
        self._problems: list[Problem] = []
        self._unreadable = 0
        self._is_broken = False
        """Whether what was read last is an object that is broken, whose rest may go on over some lines."""

    def read(self) -> Records:
        """All objects, in the order of the file."""
        position, in_list = self._skipped(0), False
        while position < len(self._text) and len(self._problems) < _MOST_PROBLEMS:
            sign = self._text[position]
            if sign == "[" and not in_list:
                position, in_list = position + 1, True
            elif in_list and sign in ",]":
                position, in_list = position + 1, sign == ","
            else:
                position = self._next(position)
            position = self._skipped(position)
        if not self._records and not self._problems:
            self._problems.append(Problem(self._place(0, 1), say("there is no lead in here")))
        return Records(tuple(self._records), tuple(self._problems), self._unreadable)

    def _next(self, position: int) -> int:
        """Reads one object; where that fails, goes on at the next line."""
        is_object = self._text[position] == "{"
        if is_object:
            self._is_broken = False
        try:
            if not is_object:
                self._count_unreadable()
                _, end = self._value(position)
                message = say("a lead is written in braces, {example}", example=Written('{"email": "ana@example.com"}'))
                self._problems.append(Problem(self._place(position, end), message))
                return end
            return self._object(position)
        except _Refused as refused:
            message = say("this is no JSON: look for a missing comma, quote or brace here or just before")
            self._problems.append(Problem(self._place(refused.position, refused.position + 1), message))
            self._count_unreadable()
        except RecursionError:
            self._count_unreadable()
            self._problems.append(Problem(self._place(position, position + 1), say("this is nested too deeply")))
        end = self._text.find("\n", position)
        return len(self._text) if end < 0 else end

    def _count_unreadable(self) -> None:
        """Counts a lead that cannot be read, once: the lines behind its fault are no leads of their own."""
        self._unreadable += not self._is_broken
        self._is_broken = True

    def _object(self, start: int) -> int:
        values: dict[str, Any] = {}
        places: dict[str, Place] = {}
        position = self._skipped(start + 1)
        while self._sign(position) != "}":
            key, end = self._value(position)
            if not isinstance(key, str):
                raise _Refused("a key", position)
            if key in values:
                message = say("{key} stands here twice", key=Written(key))
                self._problems.append(Problem(self._place(position, end), message))
            places[key] = self._place(position, end)
            position = self._skipped(end)
            if self._sign(position) != ":":
                raise _Refused("a colon", position)
            values[key], end = self._value(self._skipped(position + 1))
            position = self._skipped(end)
            if self._sign(position) == ",":
                position = self._skipped(position + 1)
                if self._sign(position) == "}":
                    raise _Refused("a key", position)
            elif self._sign(position) != "}":
                # right behind what is there: what follows may stand on the next line, which is another lead's
                raise _Refused("a comma", end)
        self._records.append(Record(self._place(start, start + 1), values, places))
        return position + 1

    def _value(self, position: int) -> tuple[Any, int]:
        try:
            return self._decoder.raw_decode(self._text, position)
        except json.JSONDecodeError as error:
            raise _Refused(error.msg, min(error.pos, max(len(self._text) - 1, 0))) from None
        except ValueError as error:
            # a number that JSON does not have, or one of thousands of digits
            raise _Refused(str(error), position) from None

    def _sign(self, position: int) -> str:
        if position >= len(self._text):
            raise _Refused("the end", max(len(self._text.rstrip(_WHITE_SPACE)) - 1, 0))
        return self._text[position]

    def _skipped(self, position: int) -> int:
        while position < len(self._text) and self._text[position] in _WHITE_SPACE:
            position += 1
        return position

    def _place(self, start: int, end: int) -> Place:
        """A piece of one line; what goes over several is marked at its first."""
        line = bisect_right(self._starts, start) - 1
        column = start - self._starts[line]
        last = len(self._source.line(line + 1))
        return self._source.place(Span(line, column, line, max(min(end - self._starts[line], last), column + 1)))


def _exact(written: str) -> int | Decimal:
    """A number as it stands; 12.0 is the whole number 12."""
    number = Decimal(written)
    return int(number) if number == number.to_integral_value() and abs(number.adjusted()) < 30 else number


def _no_number(written: str) -> Any:
    raise ValueError(written)
