"""What is odd about a log: lines that are none of the events, and values that the source names and no line has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from sqlglot import exp

from checker.funnel.engine import Engine
from checker.funnel.file_rows import FileRows
from checker.funnel.nodes import (
    Node,
    both,
    column,
    falling,
    how_many,
    is_null,
    named,
    number,
    select,
    table,
)
from checker.funnel.oddities import EXAMPLES, quality
from checker.funnel.reading_plan import Tested
from checker.funnel.readings import WHITE_SPACE
from checker.funnel.repeats import Repeats, sound
from checker.message import Written, say, say_counted
from checker.verdict import Quality

_MOST = 2000
"""Of so many different values, the most frequent ones, it is known that they are there. More are no kinds of events."""
_VALUE, _IDLE, _ALL = "value", "idle", "all"


def log_oddities(engine: Engine, rows: FileRows, repeats: Mapping[str, Repeats]) -> Iterator[Quality]:
    """What the lines of a log say that no event of the source asks for, and what is asked for in vain."""
    is_idle = both([*sound(rows, repeats), *(is_null(column(event.reading.name)) for event in rows.plan.moments())])
    idle = 0
    examples: list[str] = []
    for tested in rows.plan.tested:
        seen = _values(engine, rows, tested, is_idle)
        if not examples:
            idle = sum(seen.values())
            examples = [value for value, lines in seen.items() if lines and value is not None][:EXAMPLES]
        if len(seen) < _MOST:
            yield from _in_vain(rows, tested, [value for value in seen if value is not None])
    if not rows.plan.tested or len(seen) == _MOST:
        idle = engine.count(table(rows.name), is_idle.copy())
    if idle:
        said = say_counted(
            "{count} line of {file} is none of the events that the source names",
            "{count} lines of {file} are none of the events that the source names",
            count=idle,
            file=rows.located.label,
        )
        yield quality("no event", idle, said, examples)


def _values(engine: Engine, rows: FileRows, tested: Tested, is_idle: Node) -> dict[str | None, int]:
    """The values of a column -> how many of their lines are no event, those with the most such lines first."""
    value = column(tested.reading.name)
    counts = [named(value, _VALUE), named(how_many(is_idle.copy()), _IDLE), named(exp.Count(this=exp.Star()), _ALL)]
    statement = select(counts, table(rows.name)).group_by(number(1), copy=False)
    statement = statement.order_by(falling(column(_IDLE)), falling(column(_ALL)), column(_VALUE), copy=False)
    return {found: int(lines) for found, lines, _ in engine.rows(statement.limit(number(_MOST), copy=False))}


def _in_vain(rows: FileRows, tested: Tested, seen: Sequence[str]) -> Iterator[Quality]:
    known = {one.casefold(): one for one in seen}
    for value in tested.values:
        if value.strip(WHITE_SPACE).casefold() in known:
            continue
        said = say(
            "no line of {file} has {value} in {column}",
            file=rows.located.label,
            value=Written(value),
            column=Written(tested.reading.heading.name),
        )
        near = get_close_matches(value.casefold(), list(known), n=1, cutoff=0.6)
        if near:
            said = say("{said}; did you mean {nearest}?", said=said, nearest=Written(known[near[0]]))
        yield quality("in vain", 1, said)
