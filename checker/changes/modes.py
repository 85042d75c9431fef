"""Modes: whether a person wants to learn or to buy, and who may contact them."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.change import Difference
from checker.changes.entries import come_and_gone, in_both
from checker.changes.kind import change
from checker.changes.showing import named
from checker.changes.sides import (
    BOTH_SHIFTED,
    HEAVIER,
    LIGHTER,
    side_of,
    team_named,
)
from checker.message import Message, say


def _told_mode(agreement: Agreement, name: str, _: object) -> tuple[Message, Message]:
    return (
        say("There is a mode “{mode}” now", mode=named(agreement, name, "modes")),
        say("There is no mode “{mode}” any more", mode=named(agreement, name, "modes")),
    )


@change(
    "mode-added",
    "A mode is new",
    mirror=("mode-dropped", "A mode is gone"),
    covers=("modes",),
    old="modes: {information: {means: Wants to learn}}",
    new="modes: {information: {means: Wants to learn}, buying: {means: Wants to solve it now}}",
)
def modes_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """People are told apart in one more way by what they did last, or in one less."""
    yield from come_and_gone(old, new, "modes", _told_mode, BOTH_SHIFTED)


@change(
    "mode-contact-changed",
    "Another team contacts the leads of a mode",
    alike="what one team gives the other takes, whichever way one looks",
    covers=("modes.*.contact_by",),
    old="modes: {buying: {contact_by: sales}}",
    new="modes: {buying: {contact_by: marketing}}",
)
def mode_contact(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Leads in this mode are contacted by another team: it has more to do, and the first has less."""
    for name, before, after in in_both(old, new, "modes"):
        if before.contact_by == after.contact_by:
            continue
        sides = side_of(after.contact_by or "", HEAVIER) | side_of(before.contact_by or "", LIGHTER)
        mode = named(new, name, "modes")
        path = ("modes", name, "contact_by")
        if after.contact_by is None:
            message = say("Who contacts leads in the mode “{mode}” is no longer said", mode=mode)
        else:
            message = say(
                "Leads in the mode “{mode}” are contacted by {team}", mode=mode, team=team_named(after.contact_by)
            )
        yield Difference(
            name,
            message,
            sides,
            path if before.contact_by else path[:2],
            path if after.contact_by else path[:2],
        )
