"""Funnels made of a few leads, in the real engine, without files: for tests of everything that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from checker.agreement import Agreement, build
from checker.funnel import Engine, EventFacts, FactColumn, Funnel
from checker.funnel.conditions import Shape
from checker.text import parse
from checker.verdict import Coverage, Data

TYPES = {
    Shape.TEXT: "VARCHAR",
    Shape.NUMBER: "DECIMAL(38, 6)",
    Shape.DATE: "DATE",
    Shape.FLAG: "BOOLEAN",
    Shape.TEXTS: "VARCHAR[]",
}
BASE = {
    "lead_id": Shape.TEXT,
    "channel": Shape.TEXT,
    "owner": Shape.TEXT,
    "return_reason": Shape.TEXT,
    "merged_into": Shape.TEXT,
    "amount": Shape.NUMBER,
    "row_number": Shape.NUMBER,
}
ONLY_WHERE_MAPPED = {"expected_closing": Shape.DATE, "through_channel": Shape.FLAG}
Lead = Mapping[str, Any]


def agreement_of(text: str) -> Agreement:
    """The agreement of a text; the test fails where it has errors."""
    document = parse(text)
    agreement = build(document.values, document.problems)

    assert () == agreement.problems
    return agreement


class MadeFunnel(Funnel):
    """A funnel of leads that a test wrote: each has a `lead_id`, `at_<event>` (seconds), perhaps `day_<event>`,
    base columns, and fields under their own names. Of the events in `told` it says who has them, as Parquet files do.
    """

    def __init__(
        self,
        engine: Engine,
        leads: Sequence[Lead],
        events: Sequence[str],
        fields: Mapping[str, Shape],
        coverage: Mapping[str, tuple[date, date]] | None = None,
        zone: str = "America/Sao_Paulo",
        base: Sequence[str] = tuple(BASE),
        stand_ins: Mapping[str, str] | None = None,
        told: Sequence[str] = (),
    ) -> None:
        shapes = {name: shape for name, shape in (BASE | ONLY_WHERE_MAPPED).items() if name in base}
        types = {name: TYPES[shape] for name, shape in shapes.items()} | {"row_number": "BIGINT"}
        for name, shape in fields.items():
            shapes[f"field_{name}"], types[f"field_{name}"] = shape, TYPES[shape]
        for event in events:
            shapes[f"at_{event}"], types[f"at_{event}"] = Shape.NUMBER, "BIGINT"
            shapes[f"day_{event}"], types[f"day_{event}"] = Shape.FLAG, "BOOLEAN"
        types |= {f"told_{event}": "BOOLEAN" for event in told}
        rows = [_row(lead, number, types) for number, lead in enumerate(leads)]
        engine.load("made", types, rows)
        self.engine = engine
        self.facts = "made"
        self.told = frozenset(told)
        self.columns = {name: FactColumn(name, shape) for name, shape in shapes.items()}
        self.events = {event: _event(leads, event, (stand_ins or {}).get(event)) for event in events}
        self.coverage = _coverage(self.events, coverage, zone)
        stamps = [event.last for event in self.events.values() if event.last is not None]
        self.last_stamp = max(stamps, default=None)
        self.leads = len(leads)

    def data(self) -> Data:
        """What was read: nothing, the leads were there."""
        return Data(leads=self.leads, files=("made",))


def _row(lead: Lead, number: int, types: Mapping[str, str]) -> list[Any]:
    unknown = set(lead) - set(types) - {name.removeprefix("field_") for name in types}

    assert set() == unknown
    values: dict[str, Any] = {"row_number": number}
    for name in types:
        if name.startswith("day_"):
            values[name] = bool(lead.get(name, False))
        elif name.startswith("told_"):
            values[name] = lead.get(f"at_{name.removeprefix('told_')}") is not None
        elif name != "row_number":
            values[name] = lead.get(name.removeprefix("field_"), lead.get(name))
    return [values[name] for name in types]


def _event(leads: Sequence[Lead], event: str, stand_in: str | None) -> EventFacts:
    stamped = [lead for lead in leads if lead.get(f"at_{event}") is not None]
    stamps = [lead[f"at_{event}"] for lead in stamped]
    days = sum(bool(lead.get(f"day_{event}")) for lead in stamped)
    return EventFacts(len(stamps), min(stamps, default=None), max(stamps, default=None), days, stand_in)


def _coverage(
    events: Mapping[str, EventFacts], declared: Mapping[str, tuple[date, date]] | None, zone: str
) -> dict[str, Coverage]:
    found: dict[str, Coverage] = {}
    for name, event in events.items():
        if declared is not None and name in declared:
            first, last = declared[name]
            found[name] = Coverage(event=name, first=first, last=last, declared=True)
        elif event.first is not None and event.last is not None:
            first, last = (datetime.fromtimestamp(at, ZoneInfo(zone)).date() for at in (event.first, event.last))
            found[name] = Coverage(event=name, first=first, last=last)
    return found


def instant(text: str, zone: str = "America/Sao_Paulo") -> int:
    """`2027-03-05 17:30` as seconds since 1970."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())
