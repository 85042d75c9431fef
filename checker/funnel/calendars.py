"""Calendars inside the engine: one table of whole numbers each, joined on the UTC day of an instant.

No time zone is known to the engine. What a calendar says of an instant is a CASE over the columns of its day's row
(`checker.logic.pieces`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlglot import exp

from checker.funnel import answers, nodes
from checker.funnel.engine import Engine
from checker.funnel.nodes import Node
from checker.logic.calendar import Calendar
from checker.logic.clock import Counted, counted
from checker.logic.day_table import DayTable, day_table
from checker.logic.deadline_table import DeadlineTable, Position, deadline_table
from checker.logic.pieces import FOREVER, Piece, Pieces, laid_out
from checker.logic.wall_clock import DAY, day_number
from checker.quantity import Duration

# A day-only stamp is the first second of its day; a deadline in days that it starts is the end of the last day.
REST_OF_A_DAY = DAY - 1


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """A calendar as a table of the engine, with the deadlines of the durations that are asked of it."""

    name: str
    calendar: Calendar
    days: DayTable
    local_days: Pieces
    deadlines: Mapping[Duration, DeadlineTable]

    def knows_deadlines(self, duration: Duration, latest: int) -> bool:
        """Whether the deadline of whatever starts by an instant lies inside of the calendar."""
        return latest < self.deadlines[duration].known_until

    def joined(self, alias: str) -> JoinedDay:
        """What the row under an alias says of the instants of its day."""
        return JoinedDay(self, alias)


@dataclass(frozen=True, slots=True)
class JoinedDay:
    """A row of a calendar's table, joined on the UTC day of the instants that it is asked about."""

    table: CalendarTable
    alias: str

    def join_on(self, instant: Node) -> tuple[Node, Node]:
        """The table and the condition to join it on."""
        is_day = nodes.equal(nodes.column("day", self.alias), nodes.whole_part(instant, DAY))
        return nodes.table(self.table.name, self.alias), is_day

    def month(self, instant: Node) -> Node:
        """The local month as year * 100 + number."""
        return self._value(self.table.days.month, instant)

    def local_day(self, instant: Node) -> Node:
        """The local date as days since 1970-01-01."""
        return self._value(self.table.local_days, instant)

    def worked(self, instant: Node) -> Node:
        """Seconds of working time from the calendar's start."""
        return self._value(self.table.days.worked, instant)

    def deadline(
        self, start: Node, worked: Node, duration: Duration, only_day: Node, latest: int | None = None
    ) -> Node:
        """When the duration is over; null where that lies after the calendar.

        `worked` is the working time at the start, `only_day` whether only the day of the start is known, `latest` an
        instant after which no row has its start, where every row has one.
        """
        found = self.table.deadlines[duration]
        position = worked if found.position is Position.WORKED else start.copy()
        value = self._value(found.deadline, position, f"{duration} ")
        if counted(duration) is Counted.WALL_TIME and not answers.is_constant(only_day, False):
            rest = nodes.case([(only_day, nodes.number(REST_OF_A_DAY))], nodes.number(0))
            value = nodes.plus(value, rest)
        if latest is not None and self.table.knows_deadlines(duration, latest):
            return value
        return nodes.case([(nodes.less(start, nodes.number(found.known_until)), value)])

    def deadline_month(self, deadline: Node, duration: Duration) -> Node:
        """The local month of a deadline of this row's starts."""
        return self._value(self.table.deadlines[duration].month, deadline, f"{duration} ")

    def is_late(self, duration: Duration, deadline: Node, stop: Node, used: Node) -> Node:
        """Whether a stop comes after the deadline, or `used` working time is more than allowed; null without one."""
        seconds = self.table.deadlines[duration].seconds
        return nodes.less(deadline, stop) if seconds is None else nodes.less(nodes.number(seconds), used)

    def _value(self, pieces: Pieces, position: Node, prefix: str = "") -> Node:
        """The value of a function of time at a position: see `checker.logic.pieces`."""
        branches: list[tuple[Node, Node]] = []
        otherwise: Node | None = None
        for place in pieces.places:
            base: Node = nodes.column(prefix + place.base, self.alias)
            value = nodes.plus(base, position.copy()) if place.moves else base
            if place.until is None:
                otherwise = value
            else:
                until = nodes.column(prefix + place.until, self.alias)
                branches.append((exp.LTE(this=position.copy(), expression=until), value))
        return nodes.case(branches, otherwise)


def load_calendar(engine: Engine, name: str, calendar: Calendar, durations: Iterable[Duration]) -> CalendarTable:
    """Loads a calendar, with the deadlines of some durations, as a table of the engine."""
    days = day_table(calendar)
    local_days = _local_days(calendar, days.columns["day"])
    deadlines = {duration: deadline_table(calendar, duration) for duration in durations}
    columns = {**days.columns, **local_days.columns}
    for duration, found in deadlines.items():
        columns.update({f"{duration} {column}": cells for column, cells in found.columns.items() if column != "day"})
    engine.load(name, dict.fromkeys(columns, "BIGINT"), zip(*columns.values(), strict=True))
    return CalendarTable(name, calendar, days, local_days, deadlines)


def _local_days(calendar: Calendar, days: tuple[int, ...]) -> Pieces:
    """The local date of an instant, as days since 1970-01-01."""
    rows: dict[int, list[Piece]] = {day: [] for day in days}
    day: date = calendar.first
    while day <= calendar.last:
        begin = calendar.midnight(day)
        end = calendar.midnight(day + timedelta(days=1)) if day < calendar.last else calendar.end
        for utc_day in range(begin // DAY, (end - 1) // DAY + 1):
            rows[utc_day].append(Piece(end - 1 if end <= (utc_day + 1) * DAY else FOREVER, day_number(day)))
        day += timedelta(days=1)
    return laid_out("local_day", list(rows.values()))
