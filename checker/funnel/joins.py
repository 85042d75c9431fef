"""Rows that found no partner: of another file without their lead, or leads whose key names nothing there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlglot import exp

from checker.funnel.engine import Engine
from checker.funnel.file_rows import MISFIT, FileRows
from checker.funnel.nodes import (
    Node,
    both,
    call,
    column,
    count_star,
    equal,
    falling,
    is_known,
    is_null,
    named,
    negated,
    number,
    select,
    table,
    text,
)
from checker.funnel.oddities import EXAMPLES, quality
from checker.funnel.reading_plan import Plan
from checker.message import Message, Written, say_counted
from checker.verdict import Quality

_KEY, _COUNT, _LIKENESS = "key", "count", "likeness"
_ALIKE = 0.9
"""So similar (by Jaro and Winkler; 1 is the same) must another key be to be offered."""


def unmatched(engine: Engine, plan: Plan, files: Mapping[str, FileRows]) -> Iterator[Quality]:
    """What did not join. That a lead has no deal is nothing odd: leads are counted where the key is not their id."""
    leads = files[plan.leads]
    for name, file in plan.files.items():
        if name == plan.leads:
            continue
        own, of_lead = [part.own for part in file.joined_on], [part.of_lead for part in file.joined_on]
        if any(part.lead_heading.name == plan.lead_id.heading.name for part in file.joined_on):
            count = _count_alone(engine, files[name], own, leads, of_lead)
            if count:
                examples = _examples(engine, files[name], own, leads, of_lead)
                yield quality("no match", count, _without_lead(files[name], leads, count), examples)
        else:
            count = _count_alone(engine, leads, of_lead, files[name], own)
            if count:
                examples = _examples(engine, leads, of_lead, files[name], own)
                heading = file.joined_on[0].lead_heading.name
                yield quality("no match", count, _without_row(files[name], heading, count), examples)


def _without_lead(rows: FileRows, leads: FileRows, count: int) -> Message:
    return say_counted(
        "{count} row of {file} belongs to no lead of {leads}",
        "{count} rows of {file} belong to no lead of {leads}",
        count=count,
        file=rows.located.label,
        leads=leads.located.label,
    )


def _without_row(rows: FileRows, heading: str, count: int) -> Message:
    return say_counted(
        "{count} lead has something in {column} that is not in {file}",
        "{count} leads have something in {column} that is not in {file}",
        count=count,
        column=Written(heading),
        file=rows.located.label,
    )


def _count_alone(
    engine: Engine, rows: FileRows, keys: Sequence[str], others: FileRows, other_keys: Sequence[str]
) -> int:
    """How many rows have a key that no sound row of the other file has."""
    (count,) = engine.row(select([count_star()], table(rows.name, "mine"), _is_alone(rows, keys, others, other_keys)))
    return int(count)


def _is_alone(rows: FileRows, keys: Sequence[str], others: FileRows, other_keys: Sequence[str]) -> Node:
    same = both(
        equal(column(key, "mine"), column(other, "theirs")) for key, other in zip(keys, other_keys, strict=True)
    )
    partner = select([number(1)], table(others.name, "theirs"), both([same, *_sound(others, "theirs")]))
    known = [is_known(column(key, "mine")) for key in keys]
    return both([*_sound(rows, "mine"), *known, negated(exp.Exists(this=partner))])


def _sound(rows: FileRows, alias: str) -> list[Node]:
    return [is_null(column(MISFIT, alias))] if rows.can_misfit else []


def _examples(
    engine: Engine, rows: FileRows, keys: Sequence[str], others: FileRows, other_keys: Sequence[str]
) -> Iterator[str]:
    """The keys without a partner that most rows have, each with the nearest one that there is: `GTXPro (GTX Pro?)`."""
    shown = named(call("concat_ws", text(", "), *(column(key, "mine") for key in keys)), _KEY)
    alone = select(
        [shown, named(count_star(), _COUNT)], table(rows.name, "mine"), _is_alone(rows, keys, others, other_keys)
    )
    alone = alone.group_by(number(1), copy=False).order_by(falling(column(_COUNT)), number(1), copy=False)
    for key, _ in engine.rows(alone.limit(number(EXAMPLES), copy=False)):
        # an address is personal data, and no neighbour of it is meant
        if "@" not in key:
            yield _with_nearest(engine, str(key), others, other_keys)


def _with_nearest(engine: Engine, key: str, others: FileRows, other_keys: Sequence[str]) -> str:
    """A key, with one that is written almost like it. Numbers that look alike have nothing to do with each other."""
    if any(sign.isdigit() for sign in key):
        return key
    theirs = call("concat_ws", text(", "), *map(column, other_keys))
    likeness = call("jaro_winkler_similarity", theirs, text(key))
    nearest = select([named(theirs.copy(), _KEY), named(likeness, _LIKENESS)], table(others.name))
    nearest = nearest.order_by(falling(column(_LIKENESS)), column(_KEY), copy=False).limit(number(1), copy=False)
    found = [other for other, alike in engine.rows(nearest) if alike >= _ALIKE]
    return f"{key} ({found[0]}?)" if found else key
