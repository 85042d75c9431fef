"""Rows that found no partner: of another file without their lead, or leads whose key names nothing there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp

from checker.funnel.engine import Engine
from checker.funnel.file_rows import FileRows
from checker.funnel.nodes import (
    Node,
    both,
    call,
    column,
    count_star,
    equal,
    falling,
    is_known,
    named,
    negated,
    number,
    select,
    table,
    text,
)
from checker.funnel.oddities import EXAMPLES, quality
from checker.funnel.reading_plan import Plan
from checker.funnel.repeats import Repeats, sound
from checker.message import Message, Written, say_counted
from checker.verdict import Quality

_KEY, _COUNT = "key", "count"
_ALIKE = 0.9
"""So similar (by Jaro and Winkler; 1 is the same) must another key be to be offered."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a join: the rows of a file, the columns of its view that hold the key, the heading of the first."""

    rows: FileRows
    keys: tuple[str, ...]
    heading: str


def unmatched(
    engine: Engine, plan: Plan, files: Mapping[str, FileRows], repeats: Mapping[str, Repeats]
) -> Iterator[Quality]:
    """What did not join. That a lead has no deal is nothing odd: leads are counted where the key is not their id."""
    for name, file in plan.files.items():
        if name == plan.leads:
            continue
        parts = file.joined_on
        joined = _Side(files[name], tuple(part.own for part in parts), parts[0].heading.name)
        leads = _Side(files[plan.leads], tuple(part.of_lead for part in parts), parts[0].lead_heading.name)
        if any(part.lead_heading.name == plan.lead_id.heading.name for part in parts):
            alone = _Alone(engine, repeats, joined, leads, with_blanks=True)
            if count := alone.count():
                yield quality("no match", count, _without_lead(joined, leads, count), alone.examples())
        else:
            alone = _Alone(engine, repeats, leads, joined, with_blanks=False)
            if count := alone.count():
                yield quality("no match", count, _without_row(leads, joined, count), alone.examples())


def _without_lead(joined: _Side, leads: _Side, count: int) -> Message:
    return say_counted(
        "{count} row of {file} belongs to no lead of {leads}",
        "{count} rows of {file} belong to no lead of {leads}",
        count=count,
        file=joined.rows.located.label,
        leads=leads.rows.located.label,
    )


def _without_row(leads: _Side, joined: _Side, count: int) -> Message:
    return say_counted(
        "{count} lead has something in {column} that is not in {file}",
        "{count} leads have something in {column} that is not in {file}",
        count=count,
        column=Written(leads.heading),
        file=joined.rows.located.label,
    )


class _Alone:
    """The rows of one side whose key no sound row of the other side has; also those without a key, if asked for."""

    def __init__(
        self, engine: Engine, repeats: Mapping[str, Repeats], side: _Side, other: _Side, with_blanks: bool
    ) -> None:
        self._engine = engine
        self._side = side
        self._other = other
        pairs = zip(side.keys, other.keys, strict=True)
        same = [equal(column(mine, "mine"), column(theirs, "theirs")) for mine, theirs in pairs]
        partner = select(
            [number(1)], table(other.rows.name, "theirs"), both([*same, *sound(other.rows, repeats, "theirs")])
        )
        self._has_key = [is_known(column(key, "mine")) for key in side.keys]
        asked = [*sound(side.rows, repeats, "mine"), negated(exp.Exists(this=partner))]
        self._condition = both(asked if with_blanks else [*asked, *self._has_key])

    def count(self) -> int:
        """How many there are."""
        statement = select([count_star()], table(self._side.rows.name, "mine"), self._condition.copy())
        return int(self._engine.row(statement)[0])

    def examples(self) -> Iterator[str]:
        """The keys that most of them have, each with the nearest one that there is: `GTXPro (GTX Pro?)`."""
        shown = named(_joined(column(key, "mine") for key in self._side.keys), _KEY)
        condition = both([self._condition, *self._has_key])
        found = select([shown, named(count_star(), _COUNT)], table(self._side.rows.name, "mine"), condition)
        found = found.group_by(number(1), copy=False).order_by(falling(column(_COUNT)), number(1), copy=False)
        for key, _ in self._engine.rows(found.limit(number(EXAMPLES), copy=False)):
            # an address is personal data, and no neighbour of it is meant
            if "@" not in key:
                yield self._with_nearest(str(key))

    def _with_nearest(self, key: str) -> str:
        # numbers that look alike have nothing to do with each other
        if any(sign.isdigit() for sign in key):
            return key
        theirs = select([named(_joined(map(column, self._other.keys)), _KEY)], table(self._other.rows.name))
        found = self._engine.likest(theirs, key)
        return f"{key} ({found[0]}?)" if found is not None and found[1] >= _ALIKE else key


def _joined(keys: Iterable[Node]) -> Node:
    return call("concat_ws", text(", "), *keys)
