"""What is left of a cell when it is packed: as much as decides the agreement's promises, and nothing of a person.

A date, a number, yes or no stay if they can be read as such. A word stays if the agreement or its source says it. An
id becomes a number that is drawn from it with the salt; so does any other word of a category. Of a free text, and of
any text of a personal field, only those words remain that a test asks for: `contains` answers the same, the text is
gone. Owners are ids of the agreement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlglot import exp

from checker.agreement import Agreement
from checker.funnel.conditions import Shape
from checker.funnel.headings import Heading
from checker.funnel.nodes import (
    Node,
    as_type,
    call,
    case,
    column,
    is_in,
    is_known,
    less,
    listed,
    number,
    text,
)
from checker.funnel.packed_words import Asked, PackedWords, names_people
from checker.funnel.reading_plan import LEAD_ID
from checker.funnel.readings import WHITE_SPACE, Reading, as_text

_MARK = "¦"
"""Begins what is left of a text, and parts its words: no test asks for it."""
_HEX, _DOTS = "0123456789abcdef", "⠁⠂⠃⠄⠅⠆⠇⠈⠉⠊⠋⠌⠍⠎⠏⠐"
"""A drawn number beside words is written in signs that no test asks for."""
_ID_NAMES = (LEAD_ID, "merged_into")
_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Use:
    """What a column is read for: a reading, or the words by which rows are told apart."""

    reading: Reading | None = None
    tested: frozenset[str] = frozenset()


class PackedCells:
    """Says what is left of the cells of columns. `is_log`: lines that say the same would be taken for one."""

    def __init__(self, agreement: Agreement, words: PackedWords, salt: str, is_log: bool) -> None:
        self._agreement = agreement
        self._words = words
        self._salt = salt
        self._is_log = is_log

    def of(self, heading: Heading, uses: Sequence[Use], is_key: bool) -> Node:
        """What is left of a column's cells; null where nothing is."""
        raw = column(heading.stored_as)
        readings = [use.reading for use in uses if use.reading is not None]
        if is_key or any(self._is_id(reading) for reading in readings):
            return self._id(as_text(raw, heading))
        lists = [reading for reading in readings if reading.shape is Shape.TEXTS]
        if lists:
            return self._several(heading, lists[0])
        sure = [reading for reading in readings if _is_sure(reading)]
        others = [use for use in uses if use.reading is None or not _is_sure(use.reading)]
        kept = [case([(is_known(_told(reading)), raw.copy())]) for reading in sure if not reading.is_personal]
        if not others:
            return exp.Coalesce(this=kept[0], expressions=kept[1:]) if kept else case([], None)
        written = as_text(raw.copy(), heading)
        found: list[Node] = [as_type(node, "VARCHAR") for node in kept]
        for use in others:
            cell = written if use.reading is None else as_text(use.reading.cell.copy(), heading)
            found.append(self._text(cell, use))
        return exp.Coalesce(this=found[0], expressions=found[1:])

    # ------------------------------------------------------------ kinds of text

    def _is_id(self, reading: Reading) -> bool:
        return reading.name in _ID_NAMES or reading.name.endswith(" says ref_id")

    def _is_free(self, reading: Reading) -> bool:
        """Whether people write what they like there."""
        return reading.is_personal or self._agreement.field_kind(_field(reading)) == "text"

    def _text(self, cell: Node, use: Use) -> Node:
        """What is left of one text; null where that is."""
        reading = use.reading
        if reading is None:
            return self._known_or(cell, use.tested, lambda word: self._rest(word, Asked()))
        own = self._words.of_map(reading.path)
        if names_people(self._agreement, reading.path):
            person = as_type(reading.read(cell), "VARCHAR")
            ids = [text(word) for word in sorted(self._words.people)]
            known = [(is_in(person, ids), person.copy())] if ids else []
            return case([*known, (is_known(cell.copy()), self._drawn(cell.copy()))])
        if self._is_free(reading):
            asked = self._words.asked.get(_field(reading), Asked())
            return self._known_or(cell, asked.words | own, lambda word: self._rest(word, asked))
        return self._known_or(cell, self._words.known | own | use.tested, self._drawn)

    def _known_or(self, cell: Node, known: Iterable[str], rest: Callable[[Node], Node]) -> Node:
        """A text that is known, else what is left of it."""
        words = [text(word) for word in sorted(known)]
        branches = [(is_in(call("lower", cell.copy()), words), cell.copy())] if words else []
        return case([*branches, (is_known(cell.copy()), rest(cell.copy()))])

    def _rest(self, cell: Node, asked: Asked) -> Node:
        """The words of a text that tests ask for, behind a mark."""
        small = call("lower", cell)
        parts: list[Node] = [
            case([(less(number(0), call("strpos", small.copy(), text(part))), text(f"{part}{_MARK}"))], text(""))
            for part in asked.parts
        ]
        if self._is_log:
            parts.append(call("translate", self._digest(cell.copy()), text(_HEX), text(_DOTS)))
        return call("concat", text(_MARK), *parts)

    def _several(self, heading: Heading, reading: Reading) -> Node:
        """What is left of several texts in one cell."""
        one = exp.to_identifier("one", quoted=True)
        written = self._words.columns.get(reading.path)
        separator = written.separator.strip() if written is not None and written.separator is not None else None
        element = call("trim", one, text(WHITE_SPACE))
        blanks = [text(""), *(call("lower", text(blank)) for blank in (written and written.null_values) or ())]
        left = case([(is_in(call("lower", element.copy()), blanks), text(""))], self._element(element, reading))
        lambda_ = exp.Lambda(this=left, expressions=[one.copy()])
        cell = reading.cell.copy()
        if heading.sql_type.endswith("[]"):
            return call("list_transform", as_type(cell, "VARCHAR[]"), lambda_)
        if separator is None:
            parts: Node = listed([as_text(cell, heading)])
        else:
            parts = call("string_split", as_text(cell, heading), text(separator))
        joined = call("array_to_string", call("list_transform", parts, lambda_), text(separator or ""))
        return case([(is_known(cell.copy()), joined)])

    def _element(self, element: Node, reading: Reading) -> Node:
        own = self._words.of_map(reading.path)
        if self._is_free(reading):
            asked = self._words.asked.get(_field(reading), Asked())
            return self._known_or(element, asked.words | own, lambda word: self._rest(word, asked))
        return self._known_or(element, self._words.known | own, self._drawn)

    # ------------------------------------------------------------ drawn numbers

    def _id(self, written: Node) -> Node:
        """A lead's id, drawn with the salt; one that the agreement names stays, since it is there already."""
        named = [text(lead) for lead in sorted(self._words.leads)]
        kept = [(is_in(written, named), written.copy())] if named else []
        filled = exp.Nullif(this=written.copy(), expression=text(""))
        return case([*kept, (is_known(filled), self._drawn(written.copy()))])

    def _drawn(self, written: Node) -> Node:
        return call("concat", text("~"), self._digest(written))

    def _digest(self, written: Node) -> Node:
        salted = call("concat", text(f"{self._salt}\x1f"), written)
        return call("left", call("sha256", salted), number(_DIGITS))


def uses_of(heading: str, readings: Iterable[Reading], words: PackedWords, file: str) -> Iterator[Use]:
    """Everything that a column of a file is read for."""
    tested = words.tested.get(heading, frozenset()) | words.tested.get(f"{file}.{heading}", frozenset())
    if tested:
        yield Use(tested=tested)
    for reading in readings:
        is_flag = reading.name.startswith(("is ", "tested "))
        if reading.heading.name == heading and not is_flag:
            yield Use(reading)


def _is_sure(reading: Reading) -> bool:
    """Whether nothing but a date, a number, yes or no can be read from the column."""
    if reading.shape not in (Shape.NUMBER, Shape.DATE, Shape.FLAG):
        return False
    return reading.can_fail or not reading.heading.is_text


def _told(reading: Reading) -> Node:
    told = reading.read(reading.cell.copy())
    return told if reading.check is None else reading.check(told)


def _field(reading: Reading) -> str:
    return reading.name.removeprefix("field_").rpartition(" says ")[2]
