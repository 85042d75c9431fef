"""Every place of an agreement where a name stands that must be defined elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.agreement import Agreement
from checker.agreement.conditions import FieldIs, FieldTest, Meets, leaves
from checker.agreement.conditions import Kind as TestKind
from checker.agreement.promises import OWN_WORKING_TIME, LateWith
from checker.finding import At, Path
from checker.rules.kinds import NAMED_BY_FIELD, Kind, Reference, each, keys
from checker.rules.rule import value_at
from checker.rules.source_references import source_references

MEASURED_OF: dict[str, Kind] = {
    "volume": Kind.STAGE,
    "rate": Kind.RATE,
    "persistence_rate": Kind.RETURN_REASON,
    "field_known": Kind.FIELD,
    "entries": Kind.LOG_LIST,
}
"""Measure -> what its `of` names. These measures cannot do without it."""


def references(agreement: Agreement) -> Iterator[Reference]:
    """All of them, section by section in the order of the format."""
    yield from planned(agreement)
    yield from _data(agreement)
    yield from _customers(agreement)
    yield from _handoff(agreement)
    yield from _promises(agreement)
    yield from _cooperation(agreement)
    yield from _beside(agreement)
    yield from source_references(agreement)
    for condition, _ in agreement.written_conditions():
        for leaf in leaves(condition):
            yield from _asked(agreement, leaf)


def planned(agreement: Agreement) -> Iterator[Reference]:
    """What the plan's numbers are of: stages, channels, steps between stages."""
    sections = agreement.sections
    for stage, lines in (sections.targets or {}).items():
        yield Reference(At(("targets", stage), "key"), stage, Kind.STAGE)
        yield from keys(("targets", stage), lines, Kind.CHANNEL_OR_ALL)
    yield from keys(("rates",), sections.rates, Kind.RATE)
    for name, channel in agreement.channels.items():
        yield from each(("channels", name, "starts_at"), channel.starts_at, Kind.STAGE)
        yield from keys(("channels", name, "rates"), channel.rates, Kind.RATE)
    for name, campaign in (sections.campaigns or {}).items():
        yield from each(("campaigns", name, "channel"), campaign.channel, Kind.CHANNEL)


def _data(agreement: Agreement) -> Iterator[Reference]:
    sections = agreement.sections
    for name, field in agreement.fields.items():
        yield from each(("fields", name, "kept_in"), field.kept_in, Kind.TOOL)
        if field.blank_means is not None and field.is_ in NAMED_BY_FIELD:
            yield from each(("fields", name, "blank_means"), field.blank_means, NAMED_BY_FIELD[field.is_])
    for name, action in (sections.actions or {}).items():
        yield from each(("actions", name, "mode"), action.mode, Kind.MODE)
    for name, mode in (sections.modes or {}).items():
        yield from each(("modes", name, "contact_by"), mode.contact_by, Kind.TEAM)
    for name, group in (sections.groups or {}).items():
        if group.built_from is not None:
            yield from each(("groups", name, "built_from", "with"), group.built_from.with_, Kind.TEAM)


def _customers(agreement: Agreement) -> Iterator[Reference]:
    sections = agreement.sections
    for name, persona in (sections.personas or {}).items():
        path: Path = ("personas", name)
        yield from each((*path, "journey"), persona.journey, Kind.ACTION)
        yield from each((*path, "objections"), persona.objections, Kind.OBJECTION)
        if persona.built_from is not None:
            yield from each((*path, "built_from", "with"), persona.built_from.with_, Kind.TEAM)
    for name, proposition in (sections.value_propositions or {}).items():
        path = ("value_propositions", name)
        yield from each((*path, "for"), proposition.for_, Kind.PERSONA)
        yield from each((*path, "made_by"), proposition.made_by, Kind.TEAM)
    for name, content in (sections.content or {}).items():
        path = ("content", name)
        yield from each((*path, "stage"), content.stage, Kind.STAGE)
        yield from each((*path, "for"), content.for_, Kind.PERSONA)
        yield from each((*path, "by"), content.by, Kind.PERSON)
        yield from each((*path, "expert"), content.expert, Kind.PERSON)
        yield from each((*path, "answers"), content.answers, Kind.OBJECTION)
        yield from each((*path, "carries"), content.carries, Kind.PROPOSITION)


def _handoff(agreement: Agreement) -> Iterator[Reference]:
    sections = agreement.sections
    if sections.handoff is not None:
        handoff = sections.handoff
        yield from each(("handoff", "stage"), handoff.stage, Kind.STAGE)
        for key, fields in (("must_have", handoff.must_have), ("nice_to_have", handoff.nice_to_have)):
            listed = keys if isinstance(fields, dict) else each
            yield from listed(("handoff", key), fields, Kind.FIELD)
        for index, route in enumerate(handoff.routing or ()):
            yield from each(("handoff", "routing", index, "to"), route.to, Kind.SELLER_OR_FIELD)
    yield from keys(("sellers",), sections.sellers, Kind.PERSON)
    for name, seller in (sections.sellers or {}).items():
        yield from each(("sellers", name, "stand_in"), seller.stand_in, Kind.PERSON)
        yield from each(("sellers", name, "working_time"), seller.working_time, Kind.WORKING_TIME)
    if sections.if_seller_leaves is not None:
        yield from each(("if_seller_leaves", "to"), sections.if_seller_leaves.to, Kind.PERSON)
    yield from each(("if_all_are_away",), sections.if_all_are_away, Kind.PERSON)


def _promises(agreement: Agreement) -> Iterator[Reference]:
    for promise in agreement.promises():
        path = promise.path
        if promise.clock is not None:
            yield from each((*path, "starts"), promise.clock.starts, Kind.EVENT)
            yield from each((*path, "stops"), promise.clock.stops, Kind.EVENT)
            if promise.clock.working_time != OWN_WORKING_TIME:
                yield from each((*path, "working_time"), promise.clock.working_time, Kind.WORKING_TIME)
        if promise.measured is not None and promise.measured.measure in MEASURED_OF:
            yield from each((*path, "of"), promise.measured.of, MEASURED_OF[promise.measured.measure])
        for index, waiver in enumerate(promise.written.not_owed_when or ()):
            if isinstance(waiver, LateWith):
                yield from each((*path, "not_owed_when", index, "late"), waiver.late, Kind.PROMISE)
    for index, step in enumerate(agreement.sections.escalation or ()):
        yield from each(("escalation", index, "of"), step.of, Kind.PROMISE)
        yield from each(("escalation", index, "tell"), step.tell, Kind.PERSON_TEAM_OR_SELLER)


def _cooperation(agreement: Agreement) -> Iterator[Reference]:
    sections = agreement.sections
    for name, meeting in (sections.meetings or {}).items():
        yield from each(("meetings", name, "who"), meeting.who, Kind.PERSON_OR_TEAM)
    for name, tool in (sections.tools or {}).items():
        yield from each(("tools", name, "records"), tool.records, Kind.RECORD)
    for name, process in (sections.processes or {}).items():
        yield from each(("processes", name, "helped_by"), process.helped_by, Kind.TEAM)
        yield from each(("processes", name, "pilot"), process.pilot, Kind.PERSON)
    yield from keys(("roles",), sections.roles, Kind.TEAM)


def _beside(agreement: Agreement) -> Iterator[Reference]:
    sections = agreement.sections
    for kind, entries in (sections.log or {}).items():
        for index, entry in enumerate(entries):
            yield from each(("log", kind, index, "by"), entry.by, Kind.PERSON)
            if kind == "meetings":
                yield from each(("log", kind, index, "what"), entry.what, Kind.MEETING)
    for index, exception in enumerate(sections.not_counted or ()):
        yield from each(("not_counted", index, "promise"), exception.promise, Kind.PROMISE)
        yield from each(("not_counted", index, "agreed_by"), exception.agreed_by, Kind.PERSON)
    for index, signature in enumerate((sections.release.signed_by if sections.release else None) or ()):
        yield from each(("release", "signed_by", index, "who"), signature.who, Kind.PERSON)
        yield from each(("release", "signed_by", index, "team"), signature.team, Kind.TEAM)


# ---------------------------------------------------------------- conditions


def _asked(agreement: Agreement, leaf: FieldIs | Meets) -> Iterator[Reference]:
    if isinstance(leaf, Meets):
        yield Reference(At(leaf.path), leaf.name, Kind.CONDITION)
        return
    yield Reference(At(leaf.path, "key"), leaf.field, Kind.FIELD)
    kind = NAMED_BY_FIELD.get(agreement.field_kind(leaf.field) or "")
    if kind is not None:
        for at, operand in operands(agreement, leaf):
            if isinstance(operand, str):
                yield Reference(at, stage_in(operand) if kind is Kind.STAGE else operand, kind, operand)


def operands(agreement: Agreement, leaf: FieldIs) -> Iterator[tuple[At, Any]]:
    """The values that a test names one by one, each with its place: `Brazil`, `[PR, SC]`, `not student`."""
    test: FieldTest = leaf.test
    if test.kind in (TestKind.ONE_OF, TestKind.NOT_ONE_OF):
        is_list = isinstance(value_at(agreement.written, leaf.path), list)
        for index, operand in enumerate(test.operands):
            yield At((*leaf.path, index) if is_list else leaf.path), operand


def stage_in(written: str) -> str:
    """The stage in `mql`, `mql or later`, `before mql`."""
    return written.removeprefix("before ").removesuffix(" or later")
