"""Names that the `source` section maps the data's own words to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.agreement import Agreement
from checker.agreement.events import counted_by
from checker.agreement.source import Always, AnySource, Column, EventColumn, SameAs, SystemSource
from checker.finding import At, Path
from checker.rules.kinds import NAMED_BY_FIELD, Kind, Reference, each, keys

_OF_A_LEAD = {
    "channel": Kind.CHANNEL,
    "campaign": Kind.CAMPAIGN,
    "persona": Kind.PERSONA,
    "owner": Kind.PERSON,
    "return_reason": Kind.RETURN_REASON,
}
"""What is known of a lead -> what its values must be."""

_OF_A_LINE = {"channel": Kind.CHANNEL, "owner": Kind.PERSON, "actor": Kind.PERSON}
"""What a line of a log says -> what its values must be; attempts have channels of their own."""


def source_references(agreement: Agreement) -> Iterator[Reference]:
    """Files, fields, events, stages, and every name that a value stands for."""
    source = agreement.sections.source
    if source is None:
        return
    yield from _leads(agreement, source)
    if isinstance(source, SystemSource):
        yield from keys(("source", "stages"), source.stages, Kind.STAGE)
    yield from keys(("source", "events"), source.events, Kind.EVENT)
    for name, event in (source.events or {}).items():
        path = ("source", "events", name)
        if isinstance(event, SameAs):
            yield from each((*path, "same_as"), event.same_as, Kind.EVENT)
        if isinstance(event, EventColumn):
            for key, value in (event.set or {}).items():
                kind = Kind.RETURN_REASON if (name, key) == ("returned", "reason") else _OF_A_LINE.get(key)
                if kind is not None and not (key == "channel" and counted_by(name) == "activity"):
                    yield from _named((*path, "set", key), value, kind)
    yield from keys(("source", "coverage"), source.coverage, Kind.EVENT)
    yield from keys(("source", "totals"), source.totals, Kind.STAGE)
    for name, totals in (source.totals or {}).items():
        yield from _file(source, ("source", "totals", name, "from"), totals.from_)
        yield from _named(("source", "totals", name, "channel"), totals.channel, Kind.CHANNEL)
    for list_name, entries in (source.log or {}).items():
        yield from _file(source, ("source", "log", list_name, "from"), entries.from_)
    if source.actions is not None:
        yield from _file(source, ("source", "actions", "from"), source.actions.from_)
        yield from _named(("source", "actions", "action"), source.actions.action, Kind.ACTION)


def _leads(agreement: Agreement, source: AnySource) -> Iterator[Reference]:
    leads = source.leads
    if leads is None:
        return
    path: Path = ("source", "leads")
    if leads.from_ is not None:
        yield from _file(source, (*path, "from"), leads.from_)
    if isinstance(source.files, dict):
        yield from keys((*path, "join"), leads.join, Kind.FILE)
    for key, kind in _OF_A_LEAD.items():
        yield from _named((*path, key), getattr(leads, key), kind)
    yield from keys((*path, "fields"), leads.fields, Kind.FIELD)
    for name, value in (leads.fields or {}).items():
        field_kind = NAMED_BY_FIELD.get(agreement.field_kind(name) or "")
        if field_kind is not None:
            yield from _named((*path, "fields", name), value, field_kind)


def _file(source: AnySource, path: Path, name: str) -> Iterator[Reference]:
    """A file by its short name; those of a known system have none."""
    if isinstance(source.files, dict):
        yield from each(path, name, Kind.FILE)


def _named(path: Path, value: Any, kind: Kind) -> Iterator[Reference]:
    for at, meaning in meanings(path, value):
        if isinstance(meaning, str):
            yield Reference(at, meaning, kind)


def meanings(path: Path, value: Any) -> Iterator[tuple[At, Any]]:
    """Everything that a cell is said to stand for, each with its place."""
    if isinstance(value, Always):
        yield At((*path, "always")), value.always
    if isinstance(value, Column):
        for text, meaning in (value.values or {}).items():
            yield At((*path, "values", text)), meaning
        for key, fallback in (("other", value.other), ("blank", value.blank)):
            if fallback is not None:
                yield At((*path, key)), fallback
