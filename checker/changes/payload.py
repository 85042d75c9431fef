"""Which data goes along with a handed-over lead."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from checker.agreement import Agreement
from checker.change import Difference
from checker.changes.kind import change
from checker.changes.showing import named
from checker.changes.shown_leads import with_known, without
from checker.changes.sides import HEAVIER, LIGHTER, NOBODY, STRICTER, side_of
from checker.finding import Path
from checker.message import Message, say

_COVERS = ("handoff.must_have", "handoff.nice_to_have")


class _Level(Enum):
    """How surely a field goes along; `BY_ITSELF` where the criteria or the routing ask for it."""

    NOT = 0
    NICE = 1
    MUST = 2


def _levels(agreement: Agreement) -> dict[str, tuple[_Level, Path | None]]:
    """Field -> how surely it goes along, and where that is written."""
    return {item.field: (_Level.MUST if item.required else _Level.NICE, item.listed_at) for item in agreement.payload}


@change(
    "payload-field-required",
    "More data must go along with a lead",
    mirror=("payload-field-released", "Less data must go along with a lead"),
    covers=_COVERS,
    old="""
        fields: {phone: {is: text}, company: {is: text}}
        handoff: {stage: mql, channel: The queue, must_have: [company], nice_to_have: [phone]}
        """,
    new="""
        fields: {phone: {is: text}, company: {is: text}}
        handoff: {stage: mql, channel: The queue, must_have: [company, phone]}
        """,
)
def payload_required(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    A lead may not be handed over without this field any more, or may be from now on.

    Marketing has one thing more to find out of every lead. What the criteria and the routing ask for goes along by
    itself, whether it is listed or not.
    """
    for name, (was, old_at), (now, new_at) in _both(old, new):
        if (was is _Level.MUST) is (now is _Level.MUST):
            continue
        is_released = was is _Level.MUST
        field = named(new, name, "fields")
        if now is _Level.MUST:
            message = say("Every handed-over lead must have “{field}”", field=field)
        elif now is _Level.NICE:
            message = say(
                "A lead may be handed over without “{field}”, which goes along where it is known", field=field
            )
        else:
            message = say("A lead may be handed over without “{field}”", field=field)
        required = side_of("marketing", STRICTER)
        lead = without(new, name)
        yield Difference(
            name,
            message,
            required.mirrored if is_released else required,
            old_at,
            new_at,
            is_released,
            None if is_released else lead,
            lead if is_released else None,
        )


@change(
    "payload-field-offered",
    "More data goes along where it is known",
    mirror=("payload-field-withdrawn", "Less data goes along where it is known"),
    covers=_COVERS,
    old="""
        fields: {phone: {is: text}, company: {is: text}}
        handoff: {stage: mql, channel: The queue, must_have: [company]}
        """,
    new="""
        fields: {phone: {is: text}, company: {is: text}}
        handoff: {stage: mql, channel: The queue, must_have: [company], nice_to_have: [phone]}
        """,
)
def payload_offered(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Sales gets one thing more about a lead where marketing happens to know it, or one thing less."""
    offered = side_of("marketing", HEAVIER) | side_of("sales", LIGHTER)
    for name, (was, old_at), (now, new_at) in _both(old, new):
        if {was, now} == {_Level.NOT, _Level.NICE}:
            is_gone = now is _Level.NOT
            field = named(new, name, "fields")
            yield Difference(
                name,
                say("“{field}” no longer goes along with a lead", field=field)
                if is_gone
                else say("“{field}” goes along with a lead where it is known", field=field),
                offered.mirrored if is_gone else offered,
                old_at,
                new_at,
                is_gone,
                only_new=with_known(new, name),
            )


@change(
    "payload-field-listed",
    "Data that goes along by itself is listed",
    mirror=("payload-field-unlisted", "Data that goes along by itself is no longer listed"),
    covers=_COVERS,
    old="""
        fields: {phone: {is: text}, employees: {is: whole number}}
        stages: {mql: {team: marketing, employees: at least 50}, customer: {team: sales}}
        handoff: {stage: mql, channel: The queue, must_have: [phone]}
        """,
    new="""
        fields: {phone: {is: text}, employees: {is: whole number}}
        stages: {mql: {team: marketing, employees: at least 50}, customer: {team: sales}}
        handoff: {stage: mql, channel: The queue, must_have: [phone, employees]}
        """,
)
def payload_listed(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """A field that the criteria or the routing ask for goes along anyway: to list it changes nothing for anybody."""
    for name, (was, old_at), (now, new_at) in _both(old, new):
        if was is now and _list_of(old_at) != _list_of(new_at):
            is_gone = new_at is None
            yield Difference(name, _listed(new, name, is_gone=is_gone), NOBODY, old_at, new_at, is_gone)


def _list_of(path: Path | None) -> str | int | None:
    return path[1] if path else None


def _listed(agreement: Agreement, name: str, *, is_gone: bool) -> Message:
    field = named(agreement, name, "fields")
    if is_gone:
        return say("“{field}” still goes along with a lead, since the criteria ask for it", field=field)
    return say("“{field}” is listed among what goes along, where it went by itself", field=field)


def _both(
    old: Agreement, new: Agreement
) -> Iterator[tuple[str, tuple[_Level, Path | None], tuple[_Level, Path | None]]]:
    """Every field of either payload, before and after. A handoff that is new or gone is a change of its own."""
    if old.sections.handoff is None or new.sections.handoff is None:
        return
    before, after = _levels(old), _levels(new)
    nothing = (_Level.NOT, None)
    for name in dict.fromkeys([*before, *after]):
        yield name, before.get(name, nothing), after.get(name, nothing)
