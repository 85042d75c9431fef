"""A column of an export: what its cells hold, how many are blank, and what they say of how they are written."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from checker.inspection.dates import DateReading, read_dates
from checker.inspection.numbers import NumberReading, read_numbers

Kind = Literal["blank", "date", "number", "yes or no", "text"]

PLACEHOLDERS = (
    "-", "--", "---", "–", "—", "?", "n/a", "#n/a", "n.a.", "n/d", "nd", "null", "(null)", "nil", "nan", "undefined",
    "(blank)", "(empty)", "select", "- select -", "please select", "-none-", "--none--", "0000", "0000-00-00",
    "0000-00-00 00:00:00", "00/00/0000", "selecione", "selecionar", "seleccione", "seleccionar", "seleziona",
    "selezionare", "wybierz", "não informado", "nao informado", "sem informação", "no informado", "sin información",
    "non specificato", "brak", "brak danych", "nie podano",
)  # fmt: skip
"""What systems and people write where nothing is known, in small letters."""
DOUBTFUL = ("none", "na", "unknown", "desconhecido", "desconocido", "sconosciuto", "nieznany", "other", "not set")
"""What may mean the same, or be a value like any other: blank only among dates and numbers."""
_YES_NO = frozenset(("yes", "no", "true", "false", "y", "n", "t", "f", "1", "0"))
_DATES_AT_LEAST = 0.9
_SEPARATORS = (";", "|", ",", "/")
_MOST_PARTS = 60
_NOT_STATED = 0.5
"""From this share on, zeros of an amount look like "not stated"."""


@dataclass(frozen=True)
class ExportColumn:
    """A column and everything that its cells tell. `name` is its heading, `place` its number from 0."""

    name: str
    place: int
    cells: Sequence[str]
    is_repeated: bool = False
    """Whether another column of the file has the same heading, so that nothing can name it."""
    sql_type: str = "VARCHAR"

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """The values and how often each stands there, without blanks and placeholders."""
        all_values = Counter(self.cells)
        all_values.pop("", None)
        return {value: times for value, times in all_values.items() if value not in self.placeholders}

    @cached_property
    def placeholders(self) -> tuple[str, ...]:
        """The ways in which cells say that nothing is known, as they stand there."""
        values = Counter(self.cells)
        values.pop("", None)
        sure = [value for value in values if value.casefold() in PLACEHOLDERS]
        doubtful = [value for value in values if value.casefold() in DOUBTFUL]
        if doubtful:
            others = {v: n for v, n in values.items() if v not in sure and v not in doubtful}
            if others and (read_numbers(others) or _mostly_dates(others)):
                sure += doubtful
        return tuple(sorted(sure, key=lambda value: (-values[value], value)))

    @cached_property
    def known(self) -> int:
        return sum(self.counts.values())

    @property
    def blank(self) -> int:
        """How many cells are empty or say that nothing is known."""
        return len(self.cells) - self.known

    @property
    def is_unique(self) -> bool:
        """Whether no value stands there twice, but for one row in a hundred."""
        return self.known > 0 and len(self.counts) >= 0.99 * self.known

    @cached_property
    def dates(self) -> DateReading | None:
        return _mostly_dates(self.counts)

    @cached_property
    def numbers(self) -> NumberReading | None:
        return None if self.dates is not None else read_numbers(self.counts)

    @cached_property
    def kind(self) -> Kind:
        if not self.counts:
            return "blank"
        if self.dates is not None:
            return "date"
        if all(value.casefold() in _YES_NO for value in self.counts) and len(self.counts) <= 2:
            return "yes or no" if not all(value.isdigit() for value in self.counts) else "number"
        return "number" if self.numbers is not None else "text"

    @cached_property
    def not_stated(self) -> str | None:
        """The zero that seems to mean "not stated": most rows have it, and all others hold large amounts."""
        numbers = self.numbers
        if self.kind != "number" or numbers is None or numbers.zero is None or numbers.total < 10:
            return None
        is_common = numbers.zeros >= _NOT_STATED * numbers.total
        return numbers.zero if is_common and numbers.typical >= 50 else None

    @cached_property
    def separator(self) -> str | None:
        """What parts several values in one cell: its parts also stand alone, and there are few different ones."""
        if self.kind != "text":
            return None
        for sign in _SEPARATORS:
            several = {value: times for value, times in self.counts.items() if sign in value}
            if not several or len(several) == len(self.counts) == 1:
                continue
            parts: Counter[str] = Counter()
            for value, times in several.items():
                for part in value.split(sign):
                    parts[part.strip()] += times
            alone = {value for value in self.counts if sign not in value}
            words = [part for part in parts if part]
            are_words = all(len(part) <= 40 and not part.isdigit() for part in words)
            again = sum(part in alone or parts[part] > 1 for part in words)
            if are_words and words and len(words) <= _MOST_PARTS and again >= 0.5 * len(words):
                return sign
        return None

    @property
    def is_personal(self) -> bool:
        """Whether the cells are addresses or numbers of people, which must not be printed."""
        with_at = sum(times for value, times in self.counts.items() if "@" in value)
        return with_at > 0.5 * max(self.known, 1)


def plain(name: str) -> str:
    """A text without accents and in small letters, to compare with."""
    apart = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def _mostly_dates(values: Mapping[str, int]) -> DateReading | None:
    reading = read_dates(values)
    if reading is None:
        return None
    fitting = sum(times for value, times in values.items() if value in reading.moments)
    return reading if fitting >= _DATES_AT_LEAST * sum(values.values()) else None
