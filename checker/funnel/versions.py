"""What two versions of an agreement make of each lead: their answers side by side, a row a lead.

Each version answers under its own setting into a table of its own, since calendars and points are its own; what they
say is then counted and listed together. A row's month is that in which the lead came: its first stage of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
from sqlglot import exp

from checker.agreement.conditions import Question
from checker.errors import UnreadableInput
from checker.funnel import answers, nodes
from checker.funnel.engine import Engine
from checker.funnel.lead_rows import LeadRows, Setting
from checker.funnel.nodes import Node, column
from checker.logic.aggregate import Fact, Fits
from checker.message import Written, say
from checker.quantity import Month, Period

CAME, OLD, NEW = "leads that came", "answers of the old text", "answers of the new text"
ROW, LEAD, MONTH, CHANNEL, PERSONA, ARRIVED = "row", "lead", "month", "channel", "persona", "arrived"


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line of an ordered list: whom it takes (None: everybody), and what it gives: a text, or what a field holds."""

    when: Question | None
    gives: str
    is_field: bool = False


@dataclass(frozen=True, slots=True)
class AskedOfLeads:
    """What is asked of every lead, by a name: facts, and ordered lists of which the first line that fits wins.

    A list's event is the one from which `days ago` count back, None the cut-off.
    """

    facts: Mapping[str, Fact] = field(default_factory=dict)
    lists: Mapping[str, tuple[str | None, Sequence[ListedLine]]] = field(default_factory=dict)

    def __or__(self, other: AskedOfLeads) -> AskedOfLeads:
        """All that is asked by both."""
        return AskedOfLeads({**self.facts, **other.facts}, {**self.lists, **other.lists})


@dataclass(frozen=True, slots=True)
class Group:
    """Leads of whom both texts say the same two things: true, false, a text, or None where it cannot be told."""

    channel: str | None
    persona: str | None
    old: bool | str | None
    new: bool | str | None
    marks: Mapping[str, bool]
    count: int


@dataclass(frozen=True, slots=True)
class MovedLead:
    """A lead of which the two texts say something else."""

    lead: str
    channel: str | None
    old: bool | str
    new: bool | str


def keep_leads(
    engine: Engine, setting: Setting, events: Sequence[str], personas: Mapping[str, Fact], marks: Mapping[str, Fact]
) -> None:
    """Keeps who came when, by the first of these events, with channel, persona and what else surely holds of them."""
    rows = LeadRows(setting)
    stamps = [stamp for event in events if (stamp := rows.stamp(event)) is not None]
    arrived = nodes.earliest(stamps)
    known = exp.Coalesce(this=arrived.copy(), expressions=[nodes.number(setting.cut_off)])
    month = rows.join("day of arrival", known, setting.reports).month(arrived.copy())
    persona = nodes.case([(answers.surely(rows.fact(fact)), nodes.text(name)) for name, fact in personas.items()])
    values = {
        ROW: setting.leads.column("row_number"),
        LEAD: setting.leads.column("lead_id"),
        ARRIVED: arrived.copy(),
        MONTH: nodes.case([(nodes.is_known(arrived), month)]),
        CHANNEL: rows.channel(),
        PERSONA: nodes.as_type(persona, "VARCHAR"),
        **{name: answers.surely(rows.fact(fact)) for name, fact in marks.items()},
    }
    _keep(engine, CAME, rows, values)


def keep_answers(engine: Engine, setting: Setting, table: str, asked: AskedOfLeads) -> None:
    """Keeps what a version says of every lead; `table` is OLD or NEW. Raises UnreadableInput where it cannot."""
    rows = LeadRows(setting)
    values: dict[str, Node] = {ROW: setting.leads.column("row_number")}
    for name, fact in asked.facts.items():
        values[name] = nodes.as_type(rows.fact(fact), "BOOLEAN")
    for name, (on, lines) in asked.lists.items():
        values[name] = nodes.as_type(_given(rows, on, lines), "VARCHAR")
    _keep(engine, table, rows, values)


def _given(rows: LeadRows, on: str | None, lines: Sequence[ListedLine]) -> Node:
    """What the first line that fits gives; null where an earlier one may fit, and a blank text where none does."""
    branches: list[tuple[Node, Node]] = []
    for line in lines:
        given: Node = nodes.text(line.gives)
        if line.is_field:
            found = rows.field(line.gives)
            given = nodes.nothing() if found is None else found.value
        if line.when is None:
            return nodes.case(branches, given)
        fits = rows.fact(Fits(line.when, on))
        branches += [(answers.cannot_tell(fits.copy()), nodes.nothing()), (answers.surely(fits), given)]
    return nodes.case(branches, nodes.text(""))


def _keep(engine: Engine, table: str, rows: LeadRows, values: Mapping[str, Node]) -> None:
    try:
        engine.make_table(table, rows.select(nodes.named(value, name) for name, value in values.items()))
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise UnreadableInput(say("the data cannot be counted: {reason}", reason=Written(reason))) from error


def count_leads(engine: Engine, period: Period) -> int:
    """How many leads came in these months."""
    return engine.count(nodes.table(CAME), _came_in(period))


def months_with_leads(engine: Engine) -> frozenset[Month]:
    """The months in which any lead came."""
    asked = nodes.select([column(MONTH)], nodes.table(CAME), nodes.is_known(column(MONTH))).distinct(copy=False)
    return frozenset(Month(*divmod(int(code), 100)) for (code,) in engine.rows(asked))


def both_answers(engine: Engine, name: str, period: Period, marks: Sequence[str]) -> list[Group]:
    """What both texts say to one question, of the leads that came in these months."""
    keys = [column(CHANNEL, CAME), column(PERSONA, CAME), column(name, OLD), column(name, NEW)]
    keys += [column(mark, CAME) for mark in marks]
    asked = _side_by_side([*keys, nodes.count_star()], period)
    grouped = asked.group_by(*(nodes.number(place + 1) for place in range(len(keys))), copy=False)
    grouped = grouped.order_by(*(nodes.number(place + 1) for place in range(len(keys))), copy=False)
    return [
        Group(channel, persona, old, new, dict(zip(marks, told, strict=True)), int(count))
        for channel, persona, old, new, *told, count in engine.rows(grouped)
    ]


def leads_that_moved(engine: Engine, name: str, period: Period, mark: str | None = None) -> list[MovedLead]:
    """The leads of which both texts can tell, and say something else, in the order of their arrival; with `mark`, only
    those of which that holds.
    """
    old, new = column(name, OLD), column(name, NEW)
    differ = [nodes.is_known(old), nodes.is_known(new), exp.NEQ(this=old.copy(), expression=new.copy())]
    differ += [] if mark is None else [column(mark, CAME)]
    values = [column(LEAD, CAME), column(CHANNEL, CAME), old.copy(), new.copy()]
    asked = _side_by_side(values, period, differ)
    return [
        MovedLead(*row) for row in engine.rows(asked.order_by(column(ARRIVED, CAME), column(LEAD, CAME), copy=False))
    ]


def _side_by_side(values: Iterable[Node], period: Period, where: Iterable[Node] = ()) -> exp.Select:
    asked = nodes.select(values, nodes.table(CAME), nodes.both([_came_in(period), *where]))
    for table in (OLD, NEW):
        is_same = nodes.equal(column(ROW, table), column(ROW, CAME))
        asked = asked.join(nodes.table(table), on=is_same, copy=False)
    return asked


def _came_in(period: Period) -> Node:
    first, last = (nodes.number(month.year * 100 + month.number) for month in (period.first, period.last))
    return exp.Between(this=column(MONTH, CAME), low=first, high=last)
