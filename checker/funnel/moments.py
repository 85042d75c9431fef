"""The moments that leads are counted by: events, and what is none (an answer, an arrival, a closing)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlglot import exp

from checker.agreement.events import became
from checker.funnel import nodes
from checker.funnel.calendars import JoinedDay
from checker.funnel.nodes import Node
from checker.logic.aggregate import ANSWERED, ARRIVED, CLOSING, RECEIVED, SALES_WORK
from checker.logic.wall_clock import DAY

if TYPE_CHECKING:
    from checker.funnel.lead_rows import LeadRows

EXPECTED_CLOSING = "expected_closing"


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments of the rows of one statement; asking for one adds the joins that it needs to `rows`."""

    rows: LeadRows

    def month(self, name: str) -> Node:
        """The local month of a moment, of the rows that have it. Raises ValueError for what is not in the data."""
        moment = self.instant(name)
        if moment is None:
            raise ValueError(f"the data does not have {name}")
        if name == CLOSING:
            return self._closing_month()
        if name not in (ANSWERED, ARRIVED, RECEIVED):
            return self.rows.day_of(name, self.rows.setting.reports).month(moment)
        return self._month_of(f"{name} day", moment)

    def _month_of(self, alias: str, moment: Node) -> Node:
        """The local month of a moment that may be null."""
        return self._day_row(alias, moment).month(moment)

    def _day_row(self, alias: str, moment: Node) -> JoinedDay:
        """The calendar's row of the day of a moment that may be null; then that of the cut-off."""
        known = exp.Coalesce(this=moment.copy(), expressions=[nodes.number(self.rows.setting.cut_off)])
        return self.rows.join(alias, known, self.rows.setting.reports)

    def day(self, name: str) -> Node:
        """The local day of a moment (days since 1970), null without it or where the data does not have it."""
        moment = self.instant(name)
        if moment is None:
            return nodes.as_type(nodes.nothing(), "BIGINT")
        day = self._day_row(f"{name} day", moment).local_day(moment.copy())
        return nodes.case([(nodes.is_known(moment.copy()), day)])

    def instant(self, name: str) -> Node | None:
        """The instant of an event, or of a moment that is none; None where the data does not have it."""
        if name == ANSWERED:
            return self._answered()
        if name == RECEIVED:
            return self._first_known(["handed_off", *SALES_WORK])
        if name == ARRIVED:
            return self._arrived()
        return self._closing() if name == CLOSING else self.rows.stamp(name)

    def may_have(self, name: str) -> list[Node]:
        """A condition, or none, that holds wherever a moment that is no event is known, and costs little to ask."""
        silence = self.rows.setting.silence
        events = {
            ANSWERED: ["decided", "returned", *([silence.starts] if silence is not None else [])],
            RECEIVED: ["handed_off", *SALES_WORK],
            ARRIVED: self._arrivals(),
        }.get(name, [])
        return self.rows.setting.leads.may_have(events)

    def _first_known(self, events: Iterable[str]) -> Node | None:
        """When the first of these events (in their order) happened that did."""
        stamps = [stamp for event in events if (stamp := self.rows.stamp(event)) is not None]
        if len(stamps) < 2:
            return stamps[0] if stamps else None
        return exp.Coalesce(this=stamps[0], expressions=stamps[1:])

    def _arrived(self) -> Node | None:
        """When the first of all stages was reached, or the lead was handed over."""
        stamps = [stamp for event in self._arrivals() if (stamp := self.rows.stamp(event)) is not None]
        return nodes.earliest(stamps) if stamps else None

    def _arrivals(self) -> list[str]:
        stages = self.rows.setting.agreement.stages.items()
        return [*(became(name) for name, stage in stages if stage.is_ != "anonymous"), "handed_off"]

    def _closed(self) -> Node | None:
        """When an opportunity was won or lost."""
        won = self.rows.setting.agreement.stage_named("won")
        return self._first_known([*([became(won)] if won is not None else []), "lost"])

    def _closing(self) -> Node | None:
        closed, leads = self._closed(), self.rows.setting.leads
        if closed is None or not leads.has(EXPECTED_CLOSING):
            return closed
        expected = exp.Mul(
            this=exp.Paren(this=day_of_date(leads.column(EXPECTED_CLOSING))), expression=nodes.number(DAY)
        )
        return exp.Coalesce(this=closed, expressions=[expected])

    def _closing_month(self) -> Node:
        """That of an open opportunity is read off the date: no calendar reaches as far as hopes do."""
        closed, leads = self._closed(), self.rows.setting.leads
        if closed is None:
            return nodes.as_type(nodes.nothing(), "BIGINT")
        month = self._month_of("closing day", closed)
        expected = month_of_date(leads.column(EXPECTED_CLOSING)) if leads.has(EXPECTED_CLOSING) else None
        return nodes.case([(nodes.is_known(closed.copy()), month)], expected)

    def _answered(self) -> Node | None:
        """When sales said yes or no: by deciding, by returning, or by keeping silent until the deadline."""
        stamps = [stamp for event in ("decided", "returned") if (stamp := self.rows.stamp(event)) is not None]
        if self.rows.stamp("decided") is None:
            return None
        silence = self.rows.setting.silence
        deadline = None if silence is None else self.rows.deadline(silence.starts, silence.within, silence.calendar)
        if deadline is not None:
            stamps.append(nodes.case([(self.rows.is_over(deadline), deadline.copy())]))
        return exp.Coalesce(this=stamps[0], expressions=stamps[1:]) if len(stamps) > 1 else stamps[0]


def day_of_date(value: Node) -> Node:
    """A date as days since 1970-01-01."""
    days = exp.DateDiff(this=value, expression=nodes.date(date(1970, 1, 1)), unit=exp.Var(this="DAY"))
    return nodes.as_type(days, "BIGINT")


def month_of_date(value: Node) -> Node:
    """The month of a date as year * 100 + number."""
    year, month = (nodes.call(part, value.copy()) for part in ("year", "month"))
    return nodes.as_type(nodes.plus(exp.Mul(this=year, expression=nodes.number(100)), month), "BIGINT")
