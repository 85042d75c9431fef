"""What things of an agreement are called on the pages: their own names, and plain words for events and days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.agreement.agreement import Agreement
from checker.agreement.base import Prose
from checker.agreement.events import BECAME
from checker.agreement.plan import ALL_CHANNELS
from checker.agreement.promise_list import Promise
from checker.message import Message, Written, in_language, say
from checker.report.plain_text import shortened

LONGEST_NAME = 120
"""A name in a menu, a heading or a column; the whole text stands where it is the subject."""


class Names:
    """Names by id, for a reader of a language, by default the agreement's own.

    An id without a name of its own reads as words (`trade_fairs`: trade fairs).
    """

    def __init__(self, agreement: Agreement, language: str = "") -> None:
        self.agreement = agreement
        self.language = language or agreement.language

    def stage(self, name: str) -> str:
        """A stage by its whole name."""
        return self._named(self.agreement.stages, name)

    def short_stage(self, name: str) -> str:
        """The abbreviation in the brackets of a stage's name, `MQL`, or the name."""
        return abbreviation(self.stage(name)) or self.stage(name)

    def field(self, name: str) -> str:
        """A piece of data about a lead."""
        return self._named(self.agreement.fields, name)

    def action(self, name: str) -> str:
        """Something that people do."""
        return self._named(self.agreement.sections.actions or {}, name)

    def group(self, name: str) -> str:
        """Named conditions, or those of a stage."""
        groups = self.agreement.sections.groups or {}
        return self._named(groups, name) if name in groups else self.stage(name)

    def persona(self, name: str) -> str:
        """A kind of buyer."""
        return self._named(self.agreement.sections.personas or {}, name)

    def reason(self, name: str) -> str:
        """A reason to return a lead."""
        return self._named(self.agreement.sections.return_reasons or {}, name)

    def tool(self, name: str) -> str:
        """A system."""
        return self._named(self.agreement.sections.tools or {}, name)

    def person(self, name: str) -> str:
        """Of a person; a team or anything else that `tell` and `to` may name is its id in words."""
        return self._named(self.agreement.sections.people or {}, name)

    def channel(self, name: str | None) -> Message:
        """A way by which leads come, or all of them."""
        if name is None or name == ALL_CHANNELS:
            return say("All channels")
        return as_it_is(self._named(self.agreement.channels, name))

    def promise(self, promise: Promise) -> str:
        """A promise in one sentence, as a heading."""
        return shortened(self.prose(promise.sentence), LONGEST_NAME)

    def promise_in_menu(self, promise: Promise) -> str:
        """The short name that was given to it; else its sentence."""
        return shortened(self.prose(promise.written.name) or self.promise(promise), 60)

    def rung(self, name: str) -> str:
        """A rung of a ladder."""
        return in_words(name)

    def event(self, name: str) -> Message:
        """An event as something that happened to a lead, after "is" or "to be": "handed off"."""
        if name.startswith(BECAME):
            return say("moved to {stage}", stage=self.short_stage(name.removeprefix(BECAME)))
        return EVENTS.get(name) or as_it_is(in_words(name))

    def prose(self, text: Prose | None) -> str:
        """A text in the reader's language where it is translated, else as it is; empty where nothing is written."""
        return in_language(self.agreement.text(text), self.language)

    def _named(self, entries: Mapping[str, Any], name: str) -> str:
        given = getattr(entries.get(name), "name", None)
        return shortened(self.prose(given) or in_words(name), LONGEST_NAME)


def in_words(name: str) -> str:
    """An id as people say it."""
    return name.replace("_", " ")


def abbreviation(name: str) -> str:
    """What stands in brackets at the end of a name: `MQL` of "Marketing qualified lead (MQL)"."""
    before, _, inside = name.rpartition("(")
    return inside.removesuffix(")").strip() if before.strip() and name.endswith(")") else ""


def as_it_is(text: str) -> Message:
    """Words of the agreement where a message is expected."""
    return say("{text}", text=Written(text))


EVENTS: dict[str, Message] = {
    "handed_off": say("handed off"),
    "handed_off_again": say("handed off again"),
    "assigned": say("assigned to a seller"),
    "contact_attempt": say("approached"),
    "first_personal_contact": say("contacted in person"),
    "decided": say("accepted or returned"),
    "returned": say("returned"),
    "outcome_written": say("given an outcome"),
    "activity": say("called or met"),
    "activity_logged": say("written down in the CRM"),
    "lost": say("lost"),
}
TEAMS: dict[str, Message] = {"marketing": say("Marketing"), "sales": say("Sales"), "both": say("Both teams")}


def team(name: str) -> Message:
    """A side of the agreement, or another team by its id."""
    return TEAMS.get(name) or as_it_is(in_words(name).capitalize())
