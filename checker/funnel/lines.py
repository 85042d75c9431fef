"""Lines of logs, one by one: what a lead's row of the facts cannot hold, because it happens more than once.

A lead's story is read in the order of time, lines of the same second in the order of the file. A handoff after a return
is a second handoff, and begins a round of its own; any other further handoff only passes the lead on, and begins
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlglot import exp

from checker.funnel.engine import Engine
from checker.funnel.facts import FACTS, lines_of
from checker.funnel.file_rows import FILE, LINE, ROW, FileRows
from checker.funnel.fold import contacts_of, packed
from checker.funnel.log_mapping import ATTEMPT
from checker.funnel.nodes import (
    Node,
    as_type,
    both,
    case,
    column,
    either,
    equal,
    inner,
    is_in,
    is_known,
    less,
    named,
    negated,
    nothing,
    number,
    one_by_one,
    select,
    table,
    text,
    truth,
)
from checker.funnel.reading_plan import LEAD_ID, EventPlan, Plan
from checker.funnel.repeats import Repeats

EVENT, AT, DAY, REASON, ACTOR, CHANNEL, REF = "event", "at", "is_day", "reason", "actor", "channel", "ref_id"
TURN, IS_AGAIN, SINCE, UNTIL, _ROUND = "turn", "is_again", "since", "until", "round"
TURNS = "turns"
"""The table of handoffs and returns of the leads that were ever returned: `turn` (a number of its own), lead_id, event,
at, is_day, reason; `is_again`, whether it is a second handoff (or a later one); `since`, the handoff with which its
round began; and `until`, the next second handoff, with its precision (`checker.funnel.fold.packed`).
"""
_FOLDED = "folded facts"
AGAIN = "handed_off_again"
_TURN_EVENTS = ("handed_off", "returned", AGAIN)
_SAID = (REASON, ACTOR, CHANNEL, REF)


class Lines:
    """The lines of the logs of one funnel."""

    def __init__(
        self, engine: Engine, plan: Plan, files: Mapping[str, FileRows], repeats: Mapping[str, Repeats]
    ) -> None:
        self.engine = engine
        self.plan = plan
        self.files = files
        self.repeats = repeats
        self.events: Mapping[str, EventPlan] = {
            event.event: event for file in plan.files.values() if file.is_log for event in file.events
        }

    # ------------------------------------------------------------ one line after the other

    def has(self, event: str) -> bool:
        """Whether each occurrence of an event is a line."""
        return event in self.events

    def says(self, event: str, key: str) -> bool:
        """Whether the lines of an event say something."""
        return event in self.events and key in self.events[event].says

    def contacts(self) -> str | None:
        """The event whose lines are personal contacts."""
        found = [contacts_of(file) for file in self.plan.files.values() if file.is_log]
        return next((event.event for event in found if event is not None), None)

    def of(self, events: Iterable[str]) -> exp.Query:
        """The lines of some events: lead_id, event, at, is_day, row, and what they say (null where they do not)."""
        return one_by_one([self._of(self.events[event]) for event in events])

    def of_leads(self, leads: Iterable[str]) -> exp.Select:
        """Every line of some leads, with its file and line: event, at, is_day, file, line, reason, actor, channel."""
        wanted = [text(lead) for lead in leads]
        told = inner(one_by_one([self._of(event, with_place=True) for event in self.events.values()]), "told")
        kept = [EVENT, AT, DAY, FILE, LINE, REASON, ACTOR, CHANNEL]
        of_leads = both([is_in(column(LEAD_ID), wanted), is_known(column(AT))])
        return select([column(name) for name in kept], told, of_leads).order_by(column(AT), column(ROW), copy=False)

    def _of(self, event: EventPlan, *, with_place: bool = False) -> exp.Select:
        file = self.plan.files[event.file]
        lines = inner(lines_of(self.plan, self.files[event.file], self.repeats), "lines")
        at = column(f"at_{event.event}", "lines")
        lead_id = column(LEAD_ID, FACTS if file.joined_on else "lines")
        said = {key: event.says[key].name for key in _SAID if key in event.says}
        values = [
            named(lead_id, LEAD_ID),
            named(text(event.event), EVENT),
            named(at, AT),
            named(column(f"day_{event.event}", "lines"), DAY),
            named(column(ROW, "lines"), ROW),
            *(
                named(column(said[key], "lines") if key in said else as_type(nothing(), "VARCHAR"), key)
                for key in _SAID
            ),
            *(column(name, "lines") for name in ((FILE, LINE) if with_place else ())),
        ]
        statement = select(values, lines, is_known(at.copy()))
        if file.joined_on:
            on = both(equal(column(part.of_lead, FACTS), column(part.own, "lines")) for part in file.joined_on)
            statement = statement.join(table(self._facts, FACTS), on=on, copy=False)
        return statement

    # ------------------------------------------------------------ the facts, and second handoffs

    def make_facts(self, definition: exp.Select) -> None:
        """Makes the lead facts; where second handoffs follow from the order of lines, with the first of them."""
        self._facts = _FOLDED if AGAIN in self.plan.derived else FACTS
        self.engine.make_table(self._facts, definition)
        if self.tells_returns or self.tells_again:
            self.engine.make_table(TURNS, self._turns())
        if AGAIN not in self.plan.derived:
            return
        first = select(
            [column(LEAD_ID), *(named(_earliest(column(name)), name) for name in (AT, DAY))],
            table(TURNS),
            column(IS_AGAIN),
        ).group_by(column(LEAD_ID), copy=False)
        every = exp.Column(this=exp.Star(), table=exp.to_identifier(_FOLDED, quoted=True))
        again = [named(column(AT, "again"), f"at_{AGAIN}"), named(column(DAY, "again"), f"day_{AGAIN}")]
        same = equal(column(LEAD_ID, "again"), column(LEAD_ID, _FOLDED))
        self.engine.make_view(
            FACTS,
            select([every, *again], table(_FOLDED)).join(inner(first, "again"), on=same, join_type="left", copy=False),
        )

    @property
    def tells_returns(self) -> bool:
        """Whether the data tells one return from the next, or what was done before and after the only one."""
        is_told = any(self.has(event) for event in (ATTEMPT, "activity"))
        return self.has("returned") or (is_told and self._is_mapped("returned"))

    @property
    def tells_again(self) -> bool:
        """Whether the data tells one handoff from the next."""
        return self.has(AGAIN) or AGAIN in self.plan.derived

    def _turns(self) -> exp.Select:
        """Handoffs and returns, one row each: see `TURNS`."""
        parts = [self._turn(event) for event in _TURN_EVENTS if self._is_mapped(event)]
        turns = inner(exp.Select(expressions=[exp.Star()]).from_(exp.Subquery(this=one_by_one(parts))), TURNS)
        numbered = select([exp.Star(), named(self._is_again(), IS_AGAIN), named(_number(), TURN)], turns)
        begun = exp.Sum(this=case([(column(IS_AGAIN), number(1))], number(0)))
        rounds = select([exp.Star(), named(_over(begun), _ROUND)], inner(numbered, "numbered"))
        is_handoff = negated(equal(column(EVENT), text("returned")))
        since = exp.Window(
            this=exp.Min(this=case([(is_handoff, column(AT))])), partition_by=[column(LEAD_ID), column(_ROUND)]
        )
        later = exp.WindowSpec(kind="ROWS", start="1", start_side="FOLLOWING", end="UNBOUNDED", end_side="FOLLOWING")
        until = _over(exp.Min(this=case([(column(IS_AGAIN), packed(column(AT), column(DAY)))])), later)
        kept = [column(name) for name in (TURN, LEAD_ID, EVENT, AT, DAY, REASON, IS_AGAIN)]
        return select([*kept, named(since, SINCE), named(until, UNTIL)], inner(rounds, "rounds"))

    def _is_mapped(self, event: str) -> bool:
        return any(event == plan.event for plan in self.plan.events())

    def _turn(self, event: str) -> exp.Select:
        """The turns of one event, of the leads that have ever been returned or handed over again."""
        kept = [LEAD_ID, EVENT, AT, DAY, ROW, REASON]
        if self.has(event):
            lines = select(map(column, kept), inner(self._of(self.events[event]), "lines"))
        else:
            # of a table with one row a lead, which has no order of lines
            reason = column("return_reason") if event == "returned" else as_type(nothing(), "VARCHAR")
            facts: dict[str, Node] = {
                LEAD_ID: column(LEAD_ID),
                EVENT: text(event),
                AT: column(f"at_{event}"),
                DAY: column(f"day_{event}"),
                ROW: number(-1),
                REASON: reason,
            }
            known = is_known(column(f"at_{event}"))
            lines = select([named(value, name) for name, value in facts.items()], table(self._facts), known)
        come_back = [name for name in ("returned", AGAIN) if self._is_mapped(name)]
        have_come_back = either(is_known(column(f"at_{name}")) for name in come_back)
        ever = select([column(LEAD_ID)], table(self._facts), have_come_back)
        return lines.where(exp.In(this=column(LEAD_ID), query=exp.Subquery(this=ever)), copy=False)

    def _is_again(self) -> Node:
        """Whether a turn is a second handoff (or a later one)."""
        if AGAIN not in self.plan.derived:
            return equal(column(EVENT), text(AGAIN))
        is_handoff = equal(column(EVENT), text("handed_off"))
        before = _over(exp.Lag(this=column(EVENT)))
        handoffs = _over(
            exp.Count(this=case([(is_handoff.copy(), number(1))])),
            exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="1", end_side="PRECEDING"),
        )
        is_after_return = exp.Coalesce(this=equal(before, text("returned")), expressions=[truth(False)])
        return both([is_handoff, is_after_return, less(number(0), handoffs)])


def _number() -> exp.Window:
    """A number for each turn."""
    order = exp.Order(expressions=[exp.Ordered(this=column(name), desc=False) for name in (LEAD_ID, AT, ROW, EVENT)])
    return exp.Window(this=exp.RowNumber(), order=order)


def _over(value: Node, rows: exp.WindowSpec | None = None) -> exp.Window:
    """A value over the turns of a lead, in the order of time."""
    order = exp.Order(expressions=[exp.Ordered(this=column(name), desc=False) for name in (AT, ROW)])
    return exp.Window(this=value, partition_by=[column(LEAD_ID)], order=order, spec=rows)


def _earliest(value: Node) -> Node:
    """The value of the earliest turn."""
    return exp.ArgMin(this=value, expression=column(AT))
