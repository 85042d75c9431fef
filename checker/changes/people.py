"""The people that the agreement names, and what is said of the agreement itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.agreement import Agreement
from checker.change import Difference, Sides
from checker.changes.entries import Key, come_and_gone, moved, value_moved
from checker.changes.kind import change
from checker.changes.showing import named
from checker.changes.sides import BOTH_SHIFTED, NOBODY, SHIFTED, side_of, team_named
from checker.message import Argument, Message, say


def _name(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("{person}", person=named(agreement, name, "people"))


def _told(agreement: Agreement, name: str, entry: Any) -> tuple[Message, Message]:
    arguments: dict[str, Argument] = {"person": named(agreement, name, "people"), "team": team_named(entry.team)}
    return (
        say("{person} ({team}) is named in the agreement", **arguments),
        say("{person} ({team}) is no longer named in the agreement", **arguments),
    )


@change(
    "person-added",
    "A person is new",
    mirror=("person-dropped", "A person is gone"),
    covers=("people",),
    old="people: {ana: {name: Ana, team: sales}}",
    new="people: {ana: {name: Ana, team: sales}, bruno: {name: Bruno, team: sales}}",
)
def people_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The agreement names one person more, or one less. What that person does is told where it is written."""
    yield from come_and_gone(old, new, "people", _told, NOBODY)


@change(
    "person-changed",
    "A person has another place",
    alike="another team and another role are others, whichever way one looks",
    covers=("people.*.team", "people.*.role"),
    old="people: {ana: {name: Ana, team: sales}}",
    new="people: {ana: {name: Ana, team: marketing}}",
)
def person_changed(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Someone is in another team, or does something else in it."""

    def sides(_: Agreement, __: str, before: Any, after: Any) -> Sides:
        return side_of(before.team, SHIFTED) | side_of(after.team, SHIFTED)

    yield from moved(
        old, new, "people", [Key("team", say("the team"), sides), Key("role", say("the role"), NOBODY)], _name
    )


@change(
    "status-changed",
    "The agreement is a draft, or signed",
    alike="a draft that is signed and a signature taken back both change how it is read",
    covers=("status",),
    old="status: draft",
    new="status: signed",
)
def status(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """What is missing is a list of things to do in a draft, and a warning in what is signed."""
    key = Key("status", say("the status"), NOBODY, default="draft")
    yield from _of_the_whole(old, new, key)


@change(
    "currency-changed",
    "Amounts are in another currency",
    alike="another currency is another one, whichever way one looks",
    covers=("currency",),
    old="currency: EUR",
    new="currency: PLN",
)
def currency(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Every amount of the agreement is in another currency, whether its number changes or not."""
    yield from _of_the_whole(old, new, Key("currency", say("the currency"), BOTH_SHIFTED))


@change(
    "language-changed",
    "The agreement is written in another language",
    alike="another language is another one, whichever way one looks",
    covers=("language", "format"),
    old="language: en",
    new="language: es",
    is_editorial=True,
)
def language(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Texts that are written once are in another language. What is agreed does not change."""
    yield from _of_the_whole(old, new, Key("language", say("the language"), NOBODY, default="en"))
    yield from _of_the_whole(old, new, Key("format", say("the version of the format"), NOBODY, default="sla/v1"))


def _of_the_whole(old: Agreement, new: Agreement, key: Key) -> Iterator[Difference]:
    for found in value_moved(old, new, (), key.key, key, old.sections, new.sections, lambda *_: say("The agreement")):
        yield Difference(found.what, found.message, found.sides, found.old or None, found.new or None)
