"""What the solver chooses of a lead: of each field one cell, or which of several actions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Protocol, TypeAlias

from checker.agreement.conditions import FieldTest, Kind
from checker.finding import Path
from checker.logic.proof.cells import Asked, Cell, Sides, cells_of, plain_texts, told, unlike
from checker.logic.proof.modes import Mode
from checker.logic.proof.results import Trait, Wording
from checker.logic.proof.solver import Term, module

Picked: TypeAlias = Callable[[Term], bool]
"""Whether the solver chose what a yes-or-no stands for."""
Exclusion: TypeAlias = tuple[Path, Term]
"""A line of the agreement, and what it says of all leads."""


class Variable(Protocol):
    """A part of a lead that the solver chooses."""

    name: str

    def literal(self, asked: Asked, mode: Mode) -> Term:
        """That a test of this part has one of the answers that are asked for."""
        ...

    def always(self) -> Iterator[Term]:
        """What holds of every lead."""
        ...

    def exclusions(self) -> Iterator[Exclusion]:
        """What holds because a line of the agreement says so."""
        ...

    def unknown(self) -> Iterator[Term]:
        """That nothing is known of this part."""
        ...

    def decisions(self) -> Iterator[Sequence[Term]]:
        """What there is to choose, step by step, each step's choices in the order of preference."""
        ...

    def chosen(self, picked: Picked) -> Mapping[str, Sequence[Term]]:
        """What was chosen, in pieces that may matter or not."""
        ...

    def trait(self, picked: Picked, pieces: Collection[str]) -> Trait:
        """What was chosen, as values; of it the pieces that matter."""
        ...


class Choice:
    """A field that has one value: one cell is chosen, and for text of no particular wording the words in it."""

    def __init__(self, sides: Sides, name: str, tests: Sequence[Asked], members: Sequence[int], called: str) -> None:
        """`called` is what the part of the lead is called: the field's name, unless it means two things."""
        z3 = module()
        self.name = called
        self._field = name
        self.cells = cells_of(sides, name, tests, members)
        self._place = {test: index for index, test in enumerate(tests)}
        self._terms = [z3.Bool(f"{called}={index}") for index in range(len(self.cells))]
        self._words: dict[str, Term] = {}
        for cell in self.cells:
            for answer in cell.answers:
                if isinstance(answer, str):
                    self._words.setdefault(answer, z3.Bool(f"{called}~{answer}"))

    def literal(self, asked: Asked, mode: Mode) -> Term:
        """That a test has one of the answers that are asked for."""
        z3 = module()
        place = self._place[asked]
        found = []
        for cell, term in zip(self.cells, self._terms, strict=True):
            answer = cell.answers[place]
            if isinstance(answer, str):
                word = self._words[answer]
                found.append(z3.And(term, word if mode.asks_for_yes else z3.Not(word)))
            elif mode.takes(answer):
                found.append(term)
        return z3.Or(found)

    def always(self) -> Iterator[Term]:
        """What holds of every lead."""
        z3 = module()
        yield z3.Or(self._terms)
        if len(self._terms) > 1:
            yield z3.AtMost(*self._terms, 1)
        for word, term in self._words.items():
            for other, part in self._words.items():
                if word != other and other in word:
                    yield z3.Implies(term, part)

    def exclusions(self) -> Iterator[Exclusion]:
        """What holds because a line says so."""
        z3 = module()
        for cell, term in zip(self.cells, self._terms, strict=True):
            for path in cell.excluded_by:
                yield path, z3.Not(term)

    def unknown(self) -> Iterator[Term]:
        """That nothing is known of it."""
        for cell, term in zip(self.cells, self._terms, strict=True):
            if cell.is_unknown:
                yield term

    def decisions(self) -> Iterator[Sequence[Term]]:
        """What there is to choose, the preferred choice first."""
        z3 = module()
        yield self._terms
        for word in self._words.values():
            yield (z3.Not(word), word)

    def chosen(self, picked: Picked) -> Mapping[str, Sequence[Term]]:
        """The cell, and each word that is in the text or is not."""
        z3 = module()
        cell, term = self._picked(picked)
        words = self._words if cell.is_any_text else {}
        return {"": [term]} | {word: [yes if picked(yes) else z3.Not(yes)] for word, yes in words.items()}

    def trait(self, picked: Picked, pieces: Collection[str]) -> Trait:
        """The value of the cell; for text of no particular wording one that holds the words."""
        cell, _ = self._picked(picked)
        if not cell.is_any_text:
            return Trait(self.name, cell.value)
        inside = [word for word, term in self._words.items() if picked(term)]
        longest = tuple(word for word in inside if not any(word != other and word in other for other in inside))
        wording = Wording(
            tuple(word for word in longest if word in pieces),
            tuple(word for word in self._words if word not in inside and word in pieces),
            plain_texts(self._place, self._field),
        )
        return Trait(self.name, _joined(longest, [*self._words], str(cell.value)), wording)

    def _picked(self, picked: Picked) -> tuple[Cell, Term]:
        return next((cell, term) for cell, term in zip(self.cells, self._terms, strict=True) if picked(term))


def _joined(inside: Sequence[str], words: Sequence[str], filler: str) -> str:
    """A text that contains these words, and none of the others: what parts them occurs in no word."""
    marks = chain("|/;+", (chr(code) for code in range(0x25A0, 0x2FFF)))
    mark = next(mark for mark in marks if not any(mark in word for word in words))
    return mark.join([*inside, filler])


class Several:
    """A list of actions, of which no dates are known: any of them may be in it."""

    def __init__(self, sides: Sides, name: str, tests: Sequence[Asked], members: Sequence[int], called: str) -> None:
        z3 = module()
        self.name = called
        self._sides = sides
        lists = [sides[member].field_values(name) for member in members]
        listed = list(dict.fromkeys(value for values in lists for value in values or ()))
        if None in lists:
            named = [str(operand) for item in tests for operand in item.test.operands]
            listed = list(dict.fromkeys([*listed, *named, unlike(named)]))
        self.values = listed
        self._terms = {value: z3.Bool(f"{called}#{value}") for value in listed}
        self._blank = z3.Bool(f"{called} blank")
        declared = [sides[member].fields.get(name) for member in members]
        self._is_blank_known = all(
            item is not None and (item.is_optional or item.blank_means is not None) for item in declared
        )

    def literal(self, asked: Asked, mode: Mode) -> Term:
        """That a test has one of the answers that are asked for."""
        return several_literal(self._sides, asked, mode, self._terms, self._blank)

    def always(self) -> Iterator[Term]:
        """What holds of every lead."""
        z3 = module()
        yield self._blank == z3.Not(z3.Or(list(self._terms.values())))

    def exclusions(self) -> Iterator[Exclusion]:
        """What holds because a line says so."""
        yield from ()

    def unknown(self) -> Iterator[Term]:
        """That nothing is known of it."""
        if not self._is_blank_known:
            yield self._blank

    def decisions(self) -> Iterator[Sequence[Term]]:
        """What there is to choose, the preferred choice first."""
        z3 = module()
        for term in self._terms.values():
            yield (z3.Not(term), term)

    def chosen(self, picked: Picked) -> Mapping[str, Sequence[Term]]:
        """Each action that is in the list or is not."""
        z3 = module()
        return {"": [term if picked(term) else z3.Not(term) for term in self._terms.values()]}

    def trait(self, picked: Picked, pieces: Collection[str]) -> Trait:
        """The actions in the list."""
        return Trait(self.name, [value for value, term in self._terms.items() if picked(term)] or None)


def several_literal(sides: Sides, asked: Asked, mode: Mode, terms: dict[str, Term], blank: Term) -> Term:
    """That a test of several values has one of the answers that are asked for: one value that passes is enough."""
    z3 = module()
    agreement, name, test = sides[asked.side], asked.field, asked.test
    if test.kind is Kind.NOT_ONE_OF:
        mode, test = mode.of_opposite, FieldTest(Kind.ONE_OF, test.operands, test.written)
    passing = [term for value, term in terms.items() if told(agreement, name, test, [value])]
    of_blank = told(agreement, name, asked.test, None)
    if test.kind is not asked.test.kind and of_blank is not None:
        of_blank = not of_blank
    has_one = z3.Or(passing)
    if mode.asks_for_yes:
        return z3.Or(has_one, blank) if mode.takes(of_blank) else z3.And(has_one, z3.Not(blank))
    without = z3.And(z3.Not(has_one), z3.Not(blank))
    return z3.Or(without, blank) if mode.takes(of_blank) else without
