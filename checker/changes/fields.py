"""The data that both teams talk about: fields, their values, and when they are filled in."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.change import Difference
from checker.changes.effects import follows_from_fields
from checker.changes.entries import Key, come_and_gone, in_both, moved, value_moved
from checker.changes.kind import change
from checker.changes.showing import named
from checker.changes.sides import HEAVIER, LIGHTER, NOBODY, STRICTER, side_of
from checker.finding import Path
from checker.message import Message, say


def _name(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("Field “{field}”", field=named(agreement, name, "fields"))


def _told(agreement: Agreement, name: str, _: object) -> tuple[Message, Message]:
    field = named(agreement, name, "fields")
    return (
        say("“{field}” is known of a lead from now on", field=field),
        say("“{field}” is no longer known of a lead", field=field),
    )


@change(
    "field-added",
    "A field is new",
    mirror=("field-dropped", "A field is gone"),
    covers=("fields",),
    old="fields: {email: {is: text}}",
    new="fields: {email: {is: text}, phone: {is: text}}",
)
def fields_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """One more thing about a lead has a name, or one less. Who has to fill it in is told where it is asked for."""
    yield from come_and_gone(old, new, "fields", _told, NOBODY)


@change(
    "field-read-otherwise",
    "A field is read otherwise",
    alike="another kind of value, list or limit is another one, whichever way one looks",
    covers=(
        "fields.*.is",
        "fields.*.values",
        "fields.*.from",
        "fields.*.to",
        "fields.*.blank_means",
        "fields.*.bant",
    ),
    old="fields: {need: {is: one of, values: [confirmed, likely]}}",
    new="fields: {need: {is: one of, values: [confirmed, likely, none]}}",
)
def field_read(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    A field has values of another kind, other values to choose from, or a blank stands for something else.

    Where that lets other leads through a stage, it is judged by that, and told below it.
    """
    keys = (
        Key("is_", say("the kind of value"), NOBODY, alias="is"),
        Key("values", say("the list of values"), NOBODY),
        Key("from_", say("the smallest value"), NOBODY, alias="from"),
        Key("to", say("the largest value"), NOBODY),
        Key("blank_means", say("what a blank stands for"), NOBODY),
        Key("bant", say("the BANT question that it answers"), NOBODY),
    )
    for found in moved(old, new, "fields", keys, _name):
        sides, follows = follows_from_fields(old, new, ("fields", found.what), found.what)
        yield Difference(found.what, found.message, sides, found.old, found.new, follows=follows)


@change(
    "field-may-be-blank",
    "A field may be blank",
    mirror=("field-must-be-known", "A field may not be blank"),
    covers=("fields.*.optional",),
    old="fields: {fax: {is: text}}",
    new="fields: {fax: {is: text, optional: yes}}",
)
def field_optional(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    A blank means that there is none, which is known; or a blank is something that nobody has found out yet.

    A handed-over lead is complete without it, or is so no longer, where the field goes along.
    """
    for name, before, after in in_both(old, new, "fields"):
        was, now = bool(before.is_optional), bool(after.is_optional)
        if was == now:
            continue
        goes_along = any(item.field == name for side in (old, new) for item in side.payload)
        further, follows = follows_from_fields(old, new, ("fields", name), name)
        own = side_of("marketing", STRICTER).mirrored if goes_along else NOBODY
        field = named(new, name, "fields")
        path: Path = ("fields", name)
        yield Difference(
            name,
            say("“{field}” may be blank: that means there is none", field=field)
            if now
            else say("“{field}” may not be blank any more: a blank is not known", field=field),
            (own if now else own.mirrored) | further,
            (*path, "optional") if before.is_optional is not None else path,
            (*path, "optional") if after.is_optional is not None else path,
            was,
            follows=follows,
        )


@change(
    "field-filled-in-later",
    "A field is filled in after the handoff",
    mirror=("field-filled-in-sooner", "A field is filled in before the handoff"),
    covers=("fields.*.filled_in",),
    old="fields: {budget: {is: text}}",
    new="fields: {budget: {is: text, filled_in: after handoff}}",
)
def field_filled_in(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Sales finds out what marketing found out before, or the other way round."""
    for name, before, after in in_both(old, new, "fields"):
        if before.known_before_handoff == after.known_before_handoff:
            continue
        later = side_of("marketing", LIGHTER) | side_of("sales", HEAVIER)
        is_sooner = after.known_before_handoff
        field = named(new, name, "fields")
        path: Path = ("fields", name)
        yield Difference(
            name,
            say("“{field}” is filled in before the handoff, by marketing", field=field)
            if is_sooner
            else say("“{field}” is filled in after the handoff, by sales", field=field),
            later.mirrored if is_sooner else later,
            (*path, "filled_in") if before.filled_in else path,
            (*path, "filled_in") if after.filled_in else path,
            is_sooner,
        )


@change(
    "field-kept-otherwise",
    "A field is kept or guarded otherwise",
    alike="another place and another rule for it are others, whichever way one looks",
    covers=("fields.*.kept_in", "fields.*.consent", "fields.*.personal_data"),
    old="""
        tools: {crm: {team: sales, records: [decided]}}
        fields: {phone: {is: text, kept_in: crm}}
        """,
    new="""
        tools: {crm: {team: sales, records: [decided]}}
        fields: {phone: {is: text, kept_in: crm, personal_data: yes}}
        """,
)
def field_kept(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    A field is kept in another tool, or counts as personal data or as consent, or does so no longer.

    What anybody owes stays as it is; what the tools may show changes.
    """
    keys = (
        Key("kept_in", say("the tool that keeps it"), NOBODY),
        Key("consent", say("records consent"), NOBODY, default=False),
        Key("personal_data", say("personal data"), NOBODY, default=False),
    )
    for name, before, after in in_both(old, new, "fields"):
        for key in keys:
            yield from value_moved(old, new, ("fields", name), name, key, before, after, _name)
