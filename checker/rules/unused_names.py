"""Names that are defined and that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checker.agreement import BUILT_IN_FIELDS, Agreement
from checker.agreement.conditions import FieldIs, leaves
from checker.agreement.events import became
from checker.agreement.plan import ALL_CHANNELS
from checker.finding import At, Problem, Severity
from checker.message import Message, Written, say
from checker.rules.kinds import Kind
from checker.rules.names import LOG_LISTS, Names
from checker.rules.references import references
from checker.rules.rule import rule

ALWAYS_RECORDED = (
    "handed_off",
    "handed_off_again",
    "first_personal_contact",
    "contact_attempt",
    "decided",
    "returned",
    "lost",
)
"""Events that the funnel is counted by, whatever is promised."""


@rule(
    "SLA108",
    "A name that nothing uses",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          phone: {is: text}
          fax: {is: text}                          # SLA108
        stages:
          lead:
            team: marketing
            phone: known
          mql: {team: marketing}
        channels:
          referral: {team: sales}
          fairs: {team: marketing}                 # SLA108
        targets:
          lead:
            referral:
              2027-01: 20
        """,
    good="""
        fields:
          phone: {is: text}
        stages:
          lead:
            team: marketing
            phone: known
          mql: {team: marketing}
        channels:
          referral: {team: sales}
          fairs: {team: marketing, status: trial}
        targets:
          lead:
            referral:
              2027-01: 20
        """,
)
def unused_name(agreement: Agreement) -> Iterator[Problem]:
    """
    What an agreement defines, it should use: a field that no condition asks for and that does not go along with a
    lead, a persona for whom nothing is made, a channel without a target, a tool that holds nothing of the agreement, a
    group that no condition names, a working time that no promise and no seller has. Often the place that should use it
    was forgotten or misspelt; else delete the lines, and nobody will ask what they are for. While some name is not
    known at all, nothing of its kind is reported here: it may be the one that is missing.

    A field also counts as used when it answers a BANT question, records consent, or is read from the data; a persona
    when leads are recognised as it; a channel when it is on trial, no target is written by channel, or a total leaves
    the rest open. A return reason is there for sellers to choose, and the first working time holds where a promise
    names none.
    """
    used = _mentions(agreement)
    yield from _fields(agreement, used)
    yield from _named(agreement, "personas", _personas(agreement, used), _persona)
    yield from _named(agreement, "channels", _channels(agreement, used), _channel)
    yield from _named(agreement, "tools", _tools(agreement, used), _tool)
    yield from _named(agreement, "groups", used[Kind.CONDITION], _group)
    calendars = agreement.sections.working_time or {}
    yield from _named(agreement, "working_time", used[Kind.WORKING_TIME] | set(list(calendars)[:1]), _working_time)


def _mentions(agreement: Agreement) -> dict[Kind, set[str]]:
    """Kind -> every name that stands somewhere in its place.

    Where a name is not known, it may be any of the known ones misspelt: then all of its kind count as used. A section
    with a mistake in it uses every name that is written in it, and one of which nothing can be read may use all.
    """
    names = Names(agreement)
    used: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    for reference in references(agreement):
        known = names.known(reference.kind)
        used[reference.kind] |= {reference.name} if reference.name in known else set(known)
    hidden = agreement.broken - set(agreement.written)
    words = {word for section in agreement.broken - hidden for word in _words(agreement.written[section])}
    for kind in Kind if agreement.broken else ():
        known = set(names.known(kind))
        used[kind] |= known if hidden else known & words
    return used


def _words(written: object) -> Iterator[str]:
    """Every key and text of written values, and each word of a text: `mql or later` holds `mql`."""
    if isinstance(written, Mapping):
        for key, value in written.items():
            yield from _words(key)
            yield from _words(value)
    elif isinstance(written, (list, tuple)):
        for value in written:
            yield from _words(value)
    elif isinstance(written, str):
        yield written
        yield from written.split()


def fields_in_use(agreement: Agreement) -> set[str]:
    """Every field that something of the agreement asks for, names or hands over; built-in fields too."""
    return _asked_for(agreement, _mentions(agreement))


def all_fields_known(agreement: Agreement) -> bool:
    """Whether each field and each named condition that is mentioned exists: else none is surely left out anywhere."""
    names = Names(agreement)
    kinds = (Kind.FIELD, Kind.CONDITION)
    return all(
        reference.name in names.known(reference.kind) for reference in references(agreement) if reference.kind in kinds
    )


def _asked_for(agreement: Agreement, used: dict[Kind, set[str]]) -> set[str]:
    asked = used[Kind.FIELD] | used[Kind.RECORD] | used[Kind.SELLER_OR_FIELD] | set(BUILT_IN_FIELDS)
    asked |= {
        leaf.field for node, _ in agreement.written_conditions() for leaf in leaves(node) if isinstance(leaf, FieldIs)
    }
    return asked | {item.field for item in agreement.payload}


def _fields(agreement: Agreement, used: dict[Kind, set[str]]) -> Iterator[Problem]:
    asked = _asked_for(agreement, used)
    for name, field in agreement.fields.items():
        if name not in asked and field.bant is None and not field.consent:
            yield _unused(("fields", name), say("nothing uses the field {name}", name=Written(name)))


def _personas(agreement: Agreement, used: dict[Kind, set[str]]) -> set[str]:
    personas = agreement.sections.personas or {}
    return used[Kind.PERSONA] | {name for name, persona in personas.items() if persona.recognised_by is not None}


def _channels(agreement: Agreement, used: dict[Kind, set[str]]) -> set[str]:
    by_channel = used[Kind.CHANNEL_OR_ALL] - {ALL_CHANNELS}
    if not by_channel or _leaves_channels_open(agreement):
        return set(agreement.channels)
    on_trial = {name for name, channel in agreement.channels.items() if channel.status == "trial"}
    return by_channel | used[Kind.CHANNEL] | on_trial


def _leaves_channels_open(agreement: Agreement) -> bool:
    """Whether a total is written no later than some channel's own target: then others may bring the rest of it."""
    order = list(agreement.stages)
    targets = agreement.sections.targets or {}
    known = [(order.index(stage), channels) for stage, channels in targets.items() if stage in order]
    totals = [index for index, channels in known if ALL_CHANNELS in channels]
    by_channel = [index for index, channels in known if set(channels) - {ALL_CHANNELS}]
    return bool(totals and by_channel) and min(totals) <= max(by_channel)


def _tools(agreement: Agreement, used: dict[Kind, set[str]]) -> set[str]:
    needed = {became(stage) for stage in agreement.stages} | {*ALWAYS_RECORDED, *LOG_LISTS} | set(agreement.fields)
    needed |= used[Kind.EVENT]
    tools = agreement.sections.tools or {}
    return used[Kind.TOOL] | {name for name, tool in tools.items() if not needed.isdisjoint(tool.records)}


def _named(agreement: Agreement, section: str, used: set[str], message: Any) -> Iterator[Problem]:
    for name in getattr(agreement.sections, section) or ():
        if name not in used:
            yield _unused((section, name), message(Written(name)))


def _persona(name: Written) -> Message:
    return say("nothing is made for the persona {name}, and no lead is recognised as it", name=name)


def _channel(name: Written) -> Message:
    return say("the channel {name} has no target", name=name)


def _tool(name: Written) -> Message:
    return say("nothing of this agreement is kept in the tool {name}", name=name)


def _group(name: Written) -> Message:
    return say("no condition uses the group {name}", name=name)


def _working_time(name: Written) -> Message:
    return say("no promise and no seller has the working time {name}", name=name)


def _unused(path: tuple[str, str], message: Message) -> Problem:
    return Problem(At(path, "key"), message, note=say("use it, or delete it"))
