"""The words that packed data may hold: those that the agreement and its source section say themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checker.agreement import Agreement
from checker.agreement.conditions import FieldIs, Kind, Operand, leaves, spelled
from checker.agreement.source import Actions, Column, EventColumn, Source
from checker.finding import Path
from checker.funnel.column_readings import spellings
from checker.logic.criteria import folded

PEOPLE = ("owner", "actor", "by")
"""Keys of the source section that name somebody of the company."""
_SECTIONS_WITH_NAMES = ("people", "source")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the agreement's tests ask of the text of a field: whether it is one of some, whether it contains one."""

    words: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackedWords:
    """In small letters: `known` words of the agreement, `asked` of each field's text, and `tested` words that tell
    rows apart, by the column's name. As they are: ids of `people`, and of `leads` that the agreement names. `columns`
    are the columns with a value map, by their path.
    """

    known: frozenset[str]
    asked: Mapping[str, Asked]
    tested: Mapping[str, frozenset[str]]
    people: frozenset[str]
    leads: frozenset[str]
    columns: Mapping[Path, Column]

    def of_map(self, path: Path) -> frozenset[str]:
        """The texts that a column's value map names."""
        column = self.columns.get(path)
        return frozenset(folded(word) for word in (column.values or {})) if column is not None else frozenset()


def packed_words(agreement: Agreement, source: Source) -> PackedWords:
    """The words of an agreement and its source."""
    columns = dict(_columns(source))
    known = {folded(word) for key, part in agreement.written.items() if key not in _SECTIONS_WITH_NAMES
             for word in (str(key), *_words(part))}  # fmt: skip
    for path, column in columns.items():
        if not names_people(agreement, path):
            for written, target in (column.values or {}).items():
                known |= {folded(written), folded(spelled(target))}
    asked = {name: _asked(tests) for name, tests in _tests(agreement).items()}
    known |= {word for of_field in asked.values() for word in of_field.words}
    return PackedWords(
        frozenset(known),
        asked,
        _tested(source),
        frozenset(agreement.sections.people or {}),
        frozenset(lead for entry in agreement.sections.not_counted or () for lead in entry.leads or ()),
        columns,
    )


def names_people(agreement: Agreement, path: Path) -> bool:
    """Whether a value of the source section names somebody of the company: by its key, or as a seller's field."""
    name = str(path[-1])
    return name in PEOPLE or agreement.field_kind(name) == "seller"


def _words(part: Any) -> Iterator[str]:
    """Every key and text of a part of the agreement."""
    waiting = [part]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            yield from map(str, item)
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, str):
            yield item


def _tests(agreement: Agreement) -> dict[str, list[FieldIs]]:
    found: dict[str, list[FieldIs]] = {}
    for condition, _ in agreement.written_conditions():
        for leaf in leaves(condition):
            if isinstance(leaf, FieldIs):
                found.setdefault(leaf.field, []).append(leaf)
    return found


def _asked(tests: list[FieldIs]) -> Asked:
    words: set[str] = set()
    parts: dict[str, None] = {}
    for leaf in tests:
        operands = [folded(str(operand)) for operand in leaf.test.operands]
        if leaf.test.kind is Kind.CONTAINS:
            parts |= dict.fromkeys(operands)
        else:
            words.update(operands)
    return Asked(frozenset(words), tuple(parts))


def _columns(source: Source) -> Iterator[tuple[Path, Column]]:
    """Every value of the source section that is more than a column's name."""
    leads = source.leads
    values: list[tuple[Path, Any]] = [
        (("source", "leads", name), getattr(leads, name)) for name in type(leads).model_fields if name != "fields"
    ]
    values += [(("source", "leads", "fields", name), value) for name, value in (leads.fields or {}).items()]
    for event, written in (source.events or {}).items():
        if isinstance(written, EventColumn):
            values += [(("source", "events", event, "set", key), value) for key, value in (written.set or {}).items()]
    if source.actions is not None:
        values.append((("source", "actions", "action"), source.actions.action))
    values += [(("source", "totals", stage, "channel"), of.channel) for stage, of in (source.totals or {}).items()]
    return ((path, value) for path, value in values if isinstance(value, Column))


def _tested(source: Source) -> dict[str, frozenset[str]]:
    """The values by which rows are told apart, by the column's name as it is written."""
    found: dict[str, set[str]] = {}
    moments: list[EventColumn | Actions] = [
        written for written in (source.events or {}).values() if isinstance(written, EventColumn)
    ]
    if source.actions is not None:
        moments.append(source.actions)
    for moment in moments:
        for tests in (moment.when, moment.unless):
            for name, written in (tests or {}).items():
                values: list[Operand] = written if isinstance(written, list) else [written]
                words = {folded(word) for value in values for word in spellings(value)}
                found.setdefault(name, set()).update(words)
    return {name: frozenset(words) for name, words in found.items()}
