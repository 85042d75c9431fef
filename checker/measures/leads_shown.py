"""What may be shown of a lead: names, its link, who gets it by the routing, and personal data only where asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from checker.agreement.base import as_list
from checker.agreement.conditions import question
from checker.funnel.by_lead import Asked, LeadTold
from checker.funnel.offenders import place_in_data, shown
from checker.logic.aggregate import Fact
from checker.logic.rounded_times import rounded_elapsed
from checker.logic.who_gets_it import sellers_named, sellers_present
from checker.measures.listed import Listed, Routed
from checker.measures.view import View
from checker.message import Message

_ADDRESS = "@"
_WHERE = ("source_file", "source_line")


class LeadsShown:
    """How leads of one funnel are shown."""

    def __init__(self, view: View, *, with_personal: bool = False, with_routes: bool = False) -> None:
        """`with_personal` shows fields with personal data, and ids that are e-mail addresses."""
        self.view = view
        self.agreement = view.agreement
        self.with_personal = with_personal
        source = self.agreement.sections.source
        self._link = source.link if source is not None else None
        handoff = self.agreement.sections.handoff
        self._routing = tuple((handoff.routing if handoff else None) or ()) if with_routes else ()

    @property
    def personal(self) -> tuple[str, ...]:
        """The fields with personal data that are shown: none unless they were asked for."""
        return self._personal() if self.with_personal else ()

    def _personal(self) -> tuple[str, ...]:
        return tuple(
            name for name, field in self.agreement.fields.items() if field.personal_data and self._column(name)
        )

    def _column(self, name: str) -> str | None:
        """The column of the lead facts that holds a field."""
        return f"field_{name}" if self.view.leads.has(f"field_{name}") else None

    def can_show(self, name: str) -> bool:
        """Whether a field is in the data, and may be shown."""
        field = self.agreement.fields.get(name)
        return self._column(name) is not None and (self.with_personal or field is None or not field.personal_data)

    # ------------------------------------------------------------ asking

    def asked(
        self, columns: Collection[str] = (), facts: Mapping[str, Fact] | None = None, fields: Collection[str] = ()
    ) -> Asked:
        """What to ask of each lead, so that it can be shown; with some columns, facts and fields beside."""
        names = [*columns, "owner", "channel", "at_handed_off", *_WHERE]
        shown = [*self.personal, *(name for name in fields if self.can_show(name))]
        names += [f"field_{name}" for name in dict.fromkeys(shown)]
        lines = tuple(
            None if line.when is None else question(line.when, ("handoff", "routing", place, "when"))
            for place, line in enumerate(self._routing)
        )
        for line in self._routing:
            names += [f"field_{name}" for name in as_list(line.to) if self._column(name)]
        there = self.view.leads.shapes
        names = [name for name in dict.fromkeys(names) if name in there or name in _WHERE]
        return Asked(tuple(names), facts or {}, lines)

    # ------------------------------------------------------------ showing

    def name(self, told: LeadTold) -> str:
        """The lead's id; where that is an e-mail address that must not be shown, its place in the data."""
        return told.lead_id if self.with_personal else shown(told.lead_id, place_of(told))

    def value(self, name: str, told: LeadTold) -> str | None:
        """What a field holds, as people read it; None where it is blank."""
        return written_value(told.columns.get(f"field_{name}"))

    def link(self, told: LeadTold) -> str | None:
        """The address of the lead in its system; None where the source names none, or the id must not be shown."""
        if self._link is None or self.name(told) != told.lead_id:
            return None
        return self._link.replace("{id}", quote(told.lead_id, safe=""))

    def owner(self, told: LeadTold) -> str | None:
        """Who has the lead; an owner who is named by an e-mail address is not shown unless asked for."""
        owner = told.columns.get("owner")
        if owner is None or self.with_personal or _ADDRESS not in str(owner):
            return None if owner is None else str(owner)
        return "…"

    def listed(self, told: LeadTold, do: Message, **more: Any) -> Listed:
        """A lead on a list."""
        personal = {name: self.value(name, told) or "" for name in self.personal}
        listed = Listed(self.name(told), do, self.owner(told), told.columns.get("channel"), link=self.link(told))
        listed = replace(listed, personal=personal, route=self.route(told), **more)
        if listed.seconds is None or listed.time is not None:
            return listed
        return replace(listed, time=rounded_elapsed(abs(listed.seconds)))

    def route(self, told: LeadTold) -> Routed | None:
        """Who gets the lead by the routing; None where no line takes it, or routes are not asked for."""
        if told.line is None or not self._routing:
            return None
        sellers = sellers_named(
            self.agreement, as_list(self._routing[told.line].to), lambda name: self.value(name, told)
        )
        calendar = self.view.timeline.calendar
        at = told.columns.get("at_handed_off") or self.view.timeline.cut_off
        day = datetime.fromtimestamp(at, ZoneInfo(calendar.timezone)).date()
        present, absent = sellers_present(self.agreement, sellers, day)
        return Routed(present, absent, ("handoff", "routing", told.line))


def place_of(told: LeadTold) -> str:
    """Where a lead stands in the data."""
    file, line = (told.columns.get(name) for name in _WHERE)
    return place_in_data(file, line, int(told.columns.get("row_number") or 0))


def written_value(value: Any) -> str | None:
    """A cell as people read it; None where it is blank."""
    match value:
        case None | "" | []:
            return None
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(str, value))
        case Decimal():
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case _:
            return str(value)
