"""Leads one by one, where counts are not enough: lists that people work through, and the story of one lead.

The same statements that count decide here, so that a list is as long as the count, and a lead's verdict is the one that
was counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlglot import exp

from checker.agreement.conditions import Question
from checker.errors import UnreadableInput
from checker.funnel import answers, nodes
from checker.funnel.clock import ON_THE_CLOCK, clock_by_lead
from checker.funnel.engine import CannotAnswer, Engine, Row
from checker.funnel.lead_rows import LeadRows, Setting
from checker.funnel.leads import LEADS, MERGED
from checker.funnel.lines import Lines
from checker.funnel.nodes import Node
from checker.logic.aggregate import Fact, Rows, State, Timing
from checker.message import Written, say
from checker.quantity import Month

ONE = "the lead asked for"
POINTS = "points"
_OF_LEAD, _ANSWER, _LINE = "lead ", "answer ", "line "
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of each lead beside the clock: columns of the lead facts (those that are not there are None),
    facts, and which line of an ordered list is the first that surely fits (counted from 0).

    Lines are asked as at an event (None: the cut-off). One without a condition takes every lead that no line above
    took. `with_points` asks for the points, too.
    """

    columns: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    lines: tuple[Question | None, ...] = ()
    at: str | None = "handed_off"
    with_points: bool = False

    def values(self, rows: LeadRows) -> dict[str, Node]:
        """The values over a row."""
        leads = rows.setting.leads
        found: dict[str, Node] = {
            _OF_LEAD + name: leads.column(name) if _is_there(leads.shapes, name) else nodes.nothing()
            for name in dict.fromkeys(("lead_id", "row_number", *self.columns))
        }
        found |= {_ANSWER + name: rows.fact(fact) for name, fact in self.facts.items()}
        if self.with_points:
            points = rows.conditions().points(self.at)
            found[POINTS] = nodes.nothing() if points is None else points
        if self.lines:
            found[_LINE] = self._line(rows)
        return found

    def _line(self, rows: LeadRows) -> Node:
        branches: list[tuple[Node, Node]] = []
        for place, line in enumerate(self.lines):
            if line is None:
                return nodes.case(branches, nodes.number(place)) if branches else nodes.number(place)
            branches.append((answers.surely(rows.conditions().sql(line, self.at)), nodes.number(place)))
        return nodes.case(branches)


def _is_there(shapes: Mapping[str, object], name: str) -> bool:
    return name in shapes or name in ("lead_id", "row_number")


@dataclass(frozen=True, slots=True)
class LeadTold:
    """What was asked of a lead: its columns, the answers to facts (None: cannot be told), and the line that fits."""

    lead_id: str
    columns: Mapping[str, Any]
    answers: Mapping[str, bool | None]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class OnTheClock:
    """One lead on a clock: see `checker.funnel.clock.ON_THE_CLOCK`. Instants are seconds since 1970-01-01 UTC."""

    told: LeadTold
    rung: int
    start: int
    start_is_day: bool
    stop: int | None
    stop_is_day: bool
    deadline: int | None
    month: Month | None
    state: State
    used: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a log."""

    event: str
    at: int
    is_day: bool
    file: str
    line: int
    reason: str | None
    actor: str | None
    channel: str | None


@dataclass(frozen=True, slots=True)
class ByLead:
    """Asks the engine for single leads."""

    engine: Engine
    setting: Setting

    def clock(self, timing: Timing, states: Collection[State], asked: Asked) -> list[OnTheClock]:
        """The leads of a clock that stand in one of these states; none without the events."""
        statement = clock_by_lead(self.setting, timing, asked.values, states)
        if statement is None:
            return []
        found = []
        for row in self._rows(statement):
            rung, start, start_is_day, stop, stop_is_day, deadline, month, state, used = row[: len(ON_THE_CLOCK)]
            found.append(
                OnTheClock(
                    self._told(asked, row[len(ON_THE_CLOCK) :]),
                    int(rung),
                    int(start),
                    bool(start_is_day),
                    stop,
                    bool(stop_is_day),
                    deadline,
                    None if month is None else Month(*divmod(month, 100)),
                    State(state),
                    used,
                )
            )
        return found

    def leads(self, counted: Rows, by: str | None, where: Fact | None, asked: Asked) -> list[tuple[int, LeadTold]]:
        """The rows that have a moment and of which a fact surely holds, each with the moment (the cut-off without one).

        None where the data does not have the moment.
        """
        rows = LeadRows(self.setting.of(counted), anchor=by)
        moment = nodes.number(self.setting.cut_off) if by is None else rows.moments.instant(by)
        if moment is None:
            return []
        conditions: list[Node] = []
        if by is not None and rows.stamp(by) is None:
            conditions += [nodes.is_known(moment.copy()), *rows.answered_in_span()]
        if where is not None:
            conditions.append(answers.surely(rows.fact(where)))
        values = [nodes.named(moment, "moment"), *(nodes.named(v, n) for n, v in asked.values(rows).items())]
        found = self._rows(rows.select(values, conditions))
        return [(int(row[0]), self._told(asked, row[1:])) for row in found]

    def _rows(self, statement: exp.Select) -> list[Row]:
        """Raises UnreadableInput where the engine cannot answer."""
        try:
            return self.engine.rows(statement)
        except CannotAnswer as error:
            reason = Written(str(error).splitlines()[0])
            raise UnreadableInput(say("the data cannot be counted: {reason}", reason=reason)) from error

    def _told(self, asked: Asked, row: Sequence[Any]) -> LeadTold:
        names = list(dict.fromkeys(("lead_id", "row_number", *asked.columns)))
        columns = dict(zip(names, row, strict=False))
        told = dict(zip(asked.facts, row[len(names) :], strict=False))
        if asked.with_points:
            columns[POINTS] = row[len(names) + len(asked.facts)]
        return LeadTold(str(columns["lead_id"]), columns, told, row[-1] if asked.lines else None)

    # ------------------------------------------------------------ one lead

    def only(self, lead: str) -> ByLead:
        """The same for one lead alone: every statement then reads nothing else."""
        leads, others = self.setting.leads, {}
        for place, (rows, view) in enumerate([(Rows.LEADS, leads), *self.setting.others.items()]):
            name = f"{ONE} {place}"
            is_it = nodes.equal(nodes.column("lead_id", view.view), nodes.text(lead))
            self.engine.make_view(name, nodes.select([exp.Star()], nodes.table(view.view), is_it))
            others[rows] = replace(view, view=name)
        own = others.pop(Rows.LEADS)
        return ByLead(self.engine, replace(self.setting, leads=own, others=others))

    def survivor(self, lead: str) -> str | None:
        """The lead that one is counted as: itself, or the one that it was merged into; None where there is none."""
        if self.setting.leads.merged:
            merged = nodes.select(
                [nodes.column("survivor")], nodes.table(MERGED), nodes.equal(nodes.column("lead_id"), nodes.text(lead))
            )
            for (found,) in self._rows(merged):
                return str(found)
        is_it = nodes.equal(nodes.column("lead_id"), nodes.text(lead))
        return lead if self._rows(nodes.select([nodes.column("lead_id")], nodes.table(LEADS), is_it)) else None

    def duplicates(self, lead: str) -> tuple[str, ...]:
        """The leads that were merged into one."""
        if not self.setting.leads.merged:
            return ()
        merged = nodes.select(
            [nodes.column("lead_id")],
            nodes.table(MERGED),
            nodes.both(
                [
                    nodes.equal(nodes.column("survivor"), nodes.text(lead)),
                    nodes.negated(nodes.equal(nodes.column("lead_id"), nodes.text(lead))),
                ]
            ),
        )
        return tuple(sorted(str(found) for (found,) in self._rows(merged)))

    def lines(self, lines: Lines, leads: Sequence[str]) -> list[Line]:
        """Every line of a log about some leads, by the cut-off, in the order of time."""
        found = [Line(*row) for row in self._rows(lines.of_leads(leads))]
        return [line for line in found if self.setting.leads.begin <= line.at <= self.setting.cut_off]

    def nearest(self, lead: str) -> tuple[str, ...]:
        """The leads whose ids are most like a text, the most alike first."""
        name = nodes.column("lead_id")
        asked = nodes.text(lead.lower())
        unlike = nodes.call("levenshtein", nodes.call("lower", name.copy()), asked)
        statement = nodes.select([name, nodes.named(unlike, "unlike")], nodes.table(LEADS))
        statement = statement.order_by(nodes.number(2), nodes.number(1), copy=False).limit(NEAREST, copy=False)
        most = max(len(lead) // 2, 1)
        return tuple(str(found) for found, away in self._rows(statement) if away <= most)
