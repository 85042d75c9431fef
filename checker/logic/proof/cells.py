"""Every field splits into few cells: values that no test of a question tells apart.

What a test says of a cell is what `evaluate` says of a lead with the cell's value, so that there is one definition of
each test. The value is the roundest of its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import TypeAlias

from checker.agreement import Agreement
from checker.agreement.conditions import FieldIs, FieldTest, Kind
from checker.agreement.fields import read_operand
from checker.finding import Path
from checker.logic.criteria import NOTHING, LeadValue, Value, evaluate, folded, meaning_of_blank, passes
from checker.logic.proof.round_values import Span, roundest, roundest_date
from checker.logic.three_valued import Answer

ON = date(2027, 3, 1)
"""The day at which the leads of proofs are judged."""
GRIDS = {
    "whole number": Fraction(1),
    "days ago": Fraction(1),
    "months": Fraction(1),
    "points": Fraction(1),
    "money": Fraction(1, 100),
    "number": None,
}
"""Kind of number -> the step between its values; None where any number may be."""
ALWAYS_KNOWN = ("stage", "accepted")
"""Every lead is at some stage, and is accepted or is not."""
_YEAR = 365


@dataclass(frozen=True, slots=True)
class Asked:
    """A test of a field by one of the agreements that are looked at."""

    side: int
    field: str
    test: FieldTest


@dataclass(frozen=True, slots=True)
class Cell:
    """Values that no test tells apart, and one of them.

    `answers` has one for each test; a text is the answer of a test for a word that some texts of the cell contain.
    `excluded_by` are the lines of the agreement that say that there are no such values.
    """

    value: LeadValue
    answers: tuple[Answer | str, ...]
    is_unknown: bool = False
    is_any_text: bool = False
    excluded_by: tuple[Path, ...] = ()


Sides: TypeAlias = Sequence[Agreement]


def told(agreement: Agreement, name: str, test: FieldTest, value: LeadValue) -> Answer:
    """What a test says of a lead with this value."""
    return evaluate(FieldIs(name, test, ()), {name: value}, agreement, ON)


def family(kind: str) -> str:
    """What values of a kind are: number, date, yes or no, several or text."""
    if kind in GRIDS:
        return "number"
    return {"date": "date", "yes or no": "yes or no", "list of actions": "several"}.get(kind, "text")


def cells_of(sides: Sides, name: str, tests: Sequence[Asked], members: Sequence[int]) -> tuple[Cell, ...]:
    """The cells of a field that has one value: in an order of preference, blanks last.

    `members` are the sides that take the field to hold values of one family.
    """
    cells = _Cells(sides, name, tests, members)
    values = {"number": cells.numbers, "date": cells.dates, "yes or no": cells.flags}.get(cells.family, cells.texts)
    return tuple(cells.merged(chain(values(), cells.blanks())))


class _Cells:
    def __init__(self, sides: Sides, name: str, tests: Sequence[Asked], members: Sequence[int]) -> None:
        self.all_sides = sides
        self.sides = [sides[member] for member in members]
        self.name = name
        self.tests = tests
        self.kinds = [kind for side in self.sides if (kind := side.field_kind(name)) is not None]
        self.family = family(self.kinds[0])

    def cell(self, value: LeadValue, *excluded_by: Path) -> Cell:
        answers = tuple(told(self.all_sides[item.side], item.field, item.test, value) for item in self.tests)
        return Cell(value, answers, excluded_by=excluded_by)

    def merged(self, cells: Iterable[Cell]) -> Iterator[Cell]:
        """One cell for all that have the same answers; of numbers the roundest stands for them."""
        kept: dict[object, Cell] = {}
        for cell in cells:
            key = (cell.answers, cell.is_unknown, cell.excluded_by)
            if key not in kept or (self.family == "number" and _rounder(cell.value, kept[key].value)):
                kept[key] = cell
        yield from kept.values()

    def operands(self) -> list[Value]:
        """The values that the tests name, in order."""
        found: dict[Value, None] = {}
        for item in self.tests:
            kind = self.all_sides[item.side].field_kind(item.field)
            if item.field == self.name and kind is not None:
                found.update(dict.fromkeys(read_operand(kind, operand) for operand in item.test.operands))
        return list(found)

    # ------------------------------------------------------------ numbers, dates, yes or no

    def numbers(self) -> Iterator[Cell]:
        """The numbers between the bounds, cut where a test begins or ends to hold."""
        grids = [GRIDS[kind] for kind in self.kinds]
        grid = None if None in grids else min(grid for grid in grids if grid is not None)
        cuts = {operand for operand in self.operands() if isinstance(operand, Fraction)}
        least, most = self._bounds()
        natural = Fraction(0) if least is None and self.kinds[0] != "number" and min(cuts, default=0) >= 0 else None
        ends = sorted(cuts | {end for end in (least, most, natural) if end is not None})
        runs: list[tuple[Span, Cell]] = []
        for span in _spans(ends):
            number = roundest(span, grid)
            if number is None or (natural is not None and number < natural):
                continue
            excluded_by = tuple(self._bounds_that_exclude(number, least, most))
            if excluded_by and len(self.sides) > 1:
                continue
            cell = self.cell(_plain(number), *excluded_by)
            if runs and _same(runs[-1][1], cell):
                before = runs.pop()[0]
                span = Span(before.least, span.most, before.has_least, span.has_most)
            runs.append((span, cell))
        for span, cell in runs:
            number = roundest(span, grid)
            yield cell if number is None else replace(cell, value=_plain(number))

    def _bounds(self) -> tuple[Fraction | None, Fraction | None]:
        """The smallest and the largest value that makes sense to some of the sides."""
        fields = [side.fields[self.name] for side in self.sides if self.name in side.fields]
        least, most = [field.from_ for field in fields], [field.to for field in fields]
        lowest = min((bound for bound in least if bound is not None), default=None) if None not in least else None
        highest = max((bound for bound in most if bound is not None), default=None) if None not in most else None
        return lowest, highest

    def _bounds_that_exclude(self, number: Fraction, least: Fraction | None, most: Fraction | None) -> Iterator[Path]:
        if least is not None and number < least:
            yield ("fields", self.name, "from")
        if most is not None and number > most:
            yield ("fields", self.name, "to")

    def dates(self) -> Iterator[Cell]:
        """The days, cut where a test begins or ends to hold."""
        cuts = sorted({operand.toordinal() for operand in self.operands() if isinstance(operand, date)})
        if not cuts:
            yield self.cell(ON)
            return
        for before, cut in zip([None, *cuts], cuts, strict=False):
            if cut > 1 and before != cut - 1:
                first = cut - _YEAR if before is None else before + 1
                yield self.cell(roundest_date(date.fromordinal(max(1, first)), date.fromordinal(cut - 1)))
            yield self.cell(date.fromordinal(cut))
        if cuts[-1] < date.max.toordinal():
            yield self.cell(roundest_date(date.fromordinal(cuts[-1] + 1), date.max))

    def flags(self) -> Iterator[Cell]:
        """Yes and no."""
        yield self.cell(True)
        yield self.cell(False)

    # ------------------------------------------------------------ text and names

    def texts(self) -> Iterator[Cell]:
        """The values of a closed list; where there is none, those that tests name, and any other text."""
        lists = [side.field_values(self.name) for side in self.sides if side.field_kind(self.name) is not None]
        if None in lists:
            closed = {value: None for values in lists for value in values or ()}
            for value in dict.fromkeys([*closed, *plain_texts(self.tests, self.name)]):
                yield self.cell(value)
            yield self._any_text()
            return
        known = list(dict.fromkeys(str(value) for values in lists for value in values or ()))
        for value in known:
            yield self.cell(value)
        if len(self.sides) == 1:
            same = {folded(value) for value in known}
            others = [text for text in plain_texts(self.tests, self.name) if folded(text) not in same]
            for value in dict.fromkeys([*others, unlike([*known, *others])]):
                yield self.cell(value, self._where_listed())

    def _any_text(self) -> Cell:
        """Text of no particular wording: whether it contains a word is a yes or no of its own."""
        text = unlike([str(operand) for operand in self.operands()])
        return Cell(
            text,
            tuple(
                folded(str(item.test.operands[0]))
                if item.test.kind is Kind.CONTAINS
                else told(self.all_sides[item.side], item.field, item.test, text)
                for item in self.tests
            ),
            is_any_text=True,
        )

    def _where_listed(self) -> Path:
        """The line that says which values there are."""
        kind = self.kinds[0]
        if kind == "one of":
            return ("fields", self.name, "values")
        sections = {"stage": "stages", "mode": "modes", "action": "actions", "return reason": "return_reasons"}
        return (sections.get(kind) or f"{kind}s",)

    # ------------------------------------------------------------ blanks

    def blanks(self) -> Iterator[Cell]:
        """What a blank stands for, and what it would be if it stood for nothing."""
        if self.name in ALWAYS_KNOWN:
            return
        if self.name == "return_reason":
            yield self.cell(NOTHING)
        declared = [side.fields.get(self.name) for side in self.sides]
        meanings = [
            None if field is None else meaning_of_blank(field, side.field_kind(self.name) or "")
            for field, side in zip(declared, self.sides, strict=True)
        ]
        blank = self.cell(None)
        yield Cell(None, blank.answers, is_unknown=None in meanings)
        if len(self.sides) == 1 and meanings[0] is not None and declared[0] is not None:
            key = "blank_means" if declared[0].blank_means is not None else "optional"
            answers = tuple(
                passes(item.test, None, self.kinds[0], list(self.sides[0].stages))
                if item.field == self.name
                else told(self.sides[0], item.field, item.test, None)
                for item in self.tests
            )
            yield Cell(None, answers, is_unknown=True, excluded_by=(("fields", self.name, key),))


def plain_texts(tests: Iterable[Asked], name: str) -> tuple[str, ...]:
    """The values that tests of a field name, each once."""
    named: dict[str, str] = {}
    for item in tests:
        if item.field == name and item.test.kind in (Kind.ONE_OF, Kind.NOT_ONE_OF):
            for operand in item.test.operands:
                named.setdefault(folded(str(operand)), str(operand))
    return tuple(named.values())


def _spans(ends: Sequence[Fraction]) -> Iterator[Span]:
    """The numbers cut at the ends: up to the first, each end alone, between neighbours, from the last."""
    before: Fraction | None = None
    for end in ends:
        yield Span(before, end, False, False)
        yield Span(end, end)
        before = end
    yield Span(before, None, False, False)


def _same(first: Cell, second: Cell) -> bool:
    return (first.answers, first.excluded_by) == (second.answers, second.excluded_by)


def _plain(number: Fraction) -> int | Fraction:
    return int(number) if number.denominator == 1 else number


def _rounder(value: LeadValue, than: LeadValue) -> bool:
    """Whether a number is the rounder example of two."""
    if not isinstance(value, (int, Fraction)) or not isinstance(than, (int, Fraction)):
        return False
    return _roughness(Fraction(value)) < _roughness(Fraction(than))


def _roughness(number: Fraction) -> tuple[bool, bool, int]:
    digits = f"{number.numerator}{'' if number.denominator == 1 else number.denominator}"
    return number == 0, number < 0, len(digits.strip("-").rstrip("0"))


def unlike(texts: Sequence[str]) -> str:
    """A text that is none of these, contains none and is contained in none of them."""
    taken = [folded(text) for text in texts]
    candidates = chain(("something else", "other", "-", "?", "·"), (chr(code) for code in range(0x25A0, 0x2FFF)))
    return next(text for text in candidates if not any(text in other or other in text for other in taken))
