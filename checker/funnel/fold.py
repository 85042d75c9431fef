"""A log folded into lead facts: many lines of a lead become one row, by one grouped aggregation.

The row has the columns that a file with one row a lead would give, under the same names: `at_<event>` and
`day_<event>` of the first line of each event, and values. What only a log can tell stands beside them: `count_<event>`,
how many such lines the lead has; `last_<event>`, the last of their instants; and `contacts`, the instants of all
personal contacts. The order of the lines in the file says nothing of when things happened; it only decides between
lines of the same second, and which value is the last of those that no event dates.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from checker.funnel.file_rows import FILE, LINE, ROW
from checker.funnel.log_mapping import ATTEMPT, CONTACT
from checker.funnel.nodes import (
    Node,
    as_type,
    call,
    case,
    column,
    equal,
    inner,
    is_known,
    named,
    number,
    plus,
    select,
    whole_part,
)
from checker.funnel.reading_plan import LEAD_ID, EventPlan, FilePlan, SaidByLines
from checker.logic.wall_clock import DAY

CONTACTS = "contacts"
FOLDED = "folded"
_ROWS = 1 << 62
"""More rows than a log has: a moment and a row become one large number, so that the order of both is one order."""


def fold(file: FilePlan, is_of_leads: bool, said: Mapping[str, SaidByLines], lines: exp.Select) -> exp.Select:
    """The statement of one row a lead. `lines` gives the sound lines with their instants (`at_…`, `day_…`), `said` are
    the columns of the facts that they say.
    """
    keys = [LEAD_ID] if is_of_leads else [part.own for part in file.joined_on]
    further = [key for key in _of_leads(file) if key not in keys]
    row = column(ROW)
    values: list[Node] = [column(key) for key in keys]
    values += [named(exp.Min(this=row.copy()), ROW)]
    values += [named(call("arg_min", column(name), row.copy()), name) for name in (LINE, FILE)]
    values += [named(_last(column(name), row.copy()), name) for name in further]
    values += [named(_last(column(reading.name), row.copy()), reading.name) for reading in file.values]
    values += [named(_said(told), name) for name, told in said.items()]
    for event in file.events:
        at = column(f"at_{event.event}")
        values.append(named(exp.Min(this=_packed(event.event)), event.event))
        values.append(named(exp.Count(this=at), f"count_{event.event}"))
        values.append(named(exp.Max(this=at.copy()), f"last_{event.event}"))
    if contact := contacts_of(file):
        values.append(named(_listed(contact), CONTACTS))
    grouped = select(values, inner(lines, "lines")).group_by(*map(column, keys), copy=False)
    return _unpacked(file, keys, further, said, grouped)


def _unpacked(
    file: FilePlan, keys: list[str], further: list[str], said: Mapping[str, SaidByLines], grouped: exp.Select
) -> exp.Select:
    """The grouped rows with moments and precisions apart, numbered anew in the order of reading."""
    numbered = exp.Window(
        this=exp.RowNumber(), order=exp.Order(expressions=[exp.Ordered(this=column(ROW), desc=False)])
    )
    values: list[Node] = [column(key) for key in [*keys, *further]]
    values.append(named(exp.Sub(this=numbered, expression=number(1)), ROW))
    values += [column(name) for name in (LINE, FILE)]
    values += [column(reading.name) for reading in file.values]
    values += [column(name) for name in said]
    for event in file.events:
        at, is_day = unpacked(column(event.event))
        values += [named(at, f"at_{event.event}"), named(is_day, f"day_{event.event}")]
        values += [column(f"{kind}_{event.event}") for kind in ("count", "last")]
    if contacts_of(file):
        values.append(column(CONTACTS))
    return select(values, inner(grouped, FOLDED))


def _of_leads(file: FilePlan) -> list[str]:
    """The parts of keys by which other files find the leads of this one."""
    own = {part.own for part in file.joined_on}
    return [name for name in file.keys if name.startswith("key ") and name not in own]


def packed(at: Node, is_day: Node) -> Node:
    """A moment and its precision as one number, so that the earliest brings its own precision along."""
    one = case([(is_day, number(1))], number(0))
    return plus(exp.Mul(this=at, expression=number(2)), one)


def latest(at: Node, is_day: Node) -> Node:
    """The last instant at which something may have happened: of a day, its end."""
    return plus(at, case([(is_day, number(DAY - 1))], number(0)))


def _packed(event: str) -> Node:
    return packed(column(f"at_{event}"), column(f"day_{event}"))


def unpacked(value: Node) -> tuple[Node, Node]:
    """The moment, and whether only its day is known."""
    is_day = equal(exp.Mod(this=value.copy(), expression=number(2)), number(1))
    return whole_part(value, 2), is_day


# ---------------------------------------------------------------- values


def _last(value: Node, order: Node) -> Node:
    """The last value that is there."""
    return call("arg_max", value, order)


def _said(told: SaidByLines) -> Node:
    """What the lines of some events say of the lead."""
    branches: list[tuple[Node, Node]] = []
    for event, reading in told.readings.items():
        value: Node = column(reading.name)
        branches.append((_is_line_of(event) if told.pick == "of the first" else is_known(value.copy()), value))
    said = case((condition.copy(), value.copy()) for condition, value in branches)
    order = case((condition, _order(event)) for (condition, _), event in zip(branches, told.readings, strict=True))
    if told.pick == "of the first":
        return call("arg_min_null", said, order)
    return call("arg_min" if told.pick == "first" else "arg_max", said, order)


def _is_line_of(event: str) -> Node:
    return is_known(column(f"at_{event}"))


def _order(event: str) -> Node:
    """When a line's event happened, lines of the same second in the order of the file."""
    moment = as_type(_packed(event), "HUGEINT")
    return plus(exp.Mul(this=moment, expression=number(_ROWS)), column(ROW))


# ---------------------------------------------------------------- personal contacts


def contacts_of(file: FilePlan) -> EventPlan | None:
    """The event of a log whose lines are personal contacts: what is mapped as such, or attempts marked so."""
    events = {event.event: event for event in file.events}
    if CONTACT in events:
        return events[CONTACT]
    attempt = events.get(ATTEMPT)
    return attempt if attempt is not None and attempt.is_personal else None


def _listed(event: EventPlan) -> Node:
    is_there = exp.Where(this=_is_line_of(event.event))
    return exp.Filter(this=call("list", _packed(event.event)), expression=is_there)


def first_contact(contacts: Node, handed_off: Node | None) -> Node:
    """Of a list of packed contacts, the first at or after the handoff, still packed; where nothing is handed over in
    this data, the first of all. A contact of which only the day is known may have been at the end of that day.
    """
    if handed_off is None:
        return call("list_min", contacts)
    one = exp.to_identifier("one", quoted=True)
    fits = exp.GTE(this=latest(*unpacked(exp.Column(this=one.copy()))), expression=handed_off)
    return call("list_min", call("list_filter", contacts, exp.Lambda(this=fits, expressions=[one])))
