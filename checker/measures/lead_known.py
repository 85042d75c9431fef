"""What is known of one lead: where it stands, what it holds, and what happened to it, by the version in force now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from checker.agreement.conditions import question
from checker.funnel import Funnel
from checker.funnel.by_lead import POINTS, Asked, ByLead, LeadTold
from checker.logic.aggregate import Rows
from checker.measures.bench import Bench
from checker.measures.leads_shown import LeadsShown
from checker.measures.story import Happening

_MOST_SHOWN = 500  # characters of a field


class LeadKnown:
    """One lead of a funnel; `lead` is the one that others were merged into."""

    def __init__(self, bench: Bench, funnel: Funnel, lead: str, *, with_personal: bool) -> None:
        self.view = bench.view
        self.agreement = bench.view.agreement
        self.funnel = funnel
        self.lead = lead
        self.every = ByLead(bench.counter.engine, bench.counter.setting)
        self.one = self.every.only(lead)
        self.shown = LeadsShown(bench.view, with_personal=with_personal, with_routes=True)
        self.zone = ZoneInfo(bench.view.timeline.calendar.timezone)
        self.events = [event for event in funnel.events if self.view.leads.has(f"at_{event}")]
        self.told = self._told(self.events)

    def facts(self) -> dict[str, Any]:
        """All of it, under the names of a LeadStory; the lead's name, its route and the happenings are left out."""
        told = self.told
        return {
            "duplicates": self.every.duplicates(self.lead),
            "link": self.shown.link(told),
            "owner": self.shown.owner(told),
            "channel": told.columns.get("channel"),
            "stage": self._stage(told),
            "rank": self._rank(),
            "persona": self._persona(told),
            "points": self._points(),
            "fields": self._fields(told),
            "hidden_fields": self._hidden_fields(told),
        }

    def _told(self, events: list[str]) -> LeadTold:
        there = self.view.leads.shapes
        columns = [name for event in events for name in (f"at_{event}", f"day_{event}")]
        columns += [line for _, line in self.funnel.told_in.values()]
        columns += [name for name in ("persona", *(f"field_{name}" for name in self.agreement.fields)) if name in there]
        asked = self.shown.asked()
        asked = replace(asked, columns=tuple(dict.fromkeys([*asked.columns, *columns])))
        ((_, told),) = self.one.leads(Rows.LEADS, None, None, asked)
        return told

    def _stage(self, told: LeadTold) -> str | None:
        """The furthest stage that is recorded."""
        reached = [stage for stage in self.agreement.stages if told.columns.get(f"at_became_{stage}") is not None]
        return reached[-1] if reached else None

    def _line(self, asked: Asked) -> int | None:
        ((_, told),) = self.one.leads(Rows.LEADS, None, None, asked)
        return told.line

    def _rank(self) -> str | None:
        ranks = self.agreement.sections.ranking or []
        lines = tuple(
            None if rank.when is None else question(rank.when, ("ranking", place, "when"))
            for place, rank in enumerate(ranks)
        )
        place = self._line(Asked(lines=lines, at=None)) if lines else None
        return None if place is None else str(ranks[place].rank)

    def _persona(self, told: LeadTold) -> str | None:
        if told.columns.get("persona") is not None:
            return str(told.columns["persona"])
        names, lines = [], []
        for name, persona in (self.agreement.sections.personas or {}).items():
            if persona.recognised_by is not None:
                names.append(name)
                lines.append(question(persona.recognised_by, ("personas", name, "recognised_by")))
        place = self._line(Asked(lines=tuple(lines), at=None)) if lines else None
        return None if place is None else names[place]

    def _points(self) -> str | None:
        ((_, found),) = self.one.leads(Rows.LEADS, None, None, Asked(with_points=True, at=None))
        points = found.columns.get(POINTS)
        return None if points is None else str(Fraction(points))

    def _fields(self, told: LeadTold) -> dict[str, str]:
        found = {}
        for name in self.agreement.fields:
            value = self.shown.value(name, told)
            if value is not None and self.shown.can_show(name):
                found[name] = value[:_MOST_SHOWN]
        return found

    def _hidden_fields(self, told: LeadTold) -> int:
        return sum(
            self.shown.value(name, told) is not None and not self.shown.can_show(name) for name in self.agreement.fields
        )

    def happenings(self) -> Iterator[Happening]:
        """Everything that happened to it, in the order of time."""
        told = self.told
        lines = self.funnel.lines
        found = []
        if lines is not None:
            for line in self.every.lines(lines, [self.lead, *self.every.duplicates(self.lead)]):
                said = {"reason": line.reason, "by": line.actor, "channel": line.channel}
                found.append(
                    Happening(
                        line.event,
                        datetime.fromtimestamp(line.at, self.zone),
                        line.is_day,
                        f"{line.file}:{line.line}",
                        says={key: value for key, value in said.items() if value and self._may_say(value)},
                    )
                )
        for event in self.events:
            at = told.columns.get(f"at_{event}")
            if at is None or (lines is not None and lines.has(event)):
                continue
            stand_in = self.funnel.events[event].stand_in
            found.append(
                Happening(
                    event,
                    datetime.fromtimestamp(at, self.zone),
                    bool(told.columns.get(f"day_{event}")),
                    self._place(event, told),
                    stand_in,
                )
            )
        yield from sorted(found, key=lambda each: each.at)

    def _may_say(self, value: str) -> bool:
        return self.shown.with_personal or "@" not in value

    def _place(self, event: str, told: LeadTold) -> str | None:
        """Where the data tells an event: not of stamps that may be a duplicate's."""
        file, column = self.funnel.told_in.get(event, ("", ""))
        line = told.columns.get(column)
        file = file or str(told.columns.get("source_file") or "")
        return f"{file}:{line}" if file and line is not None and not self.every.duplicates(self.lead) else None
