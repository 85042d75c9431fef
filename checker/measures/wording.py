"""What people call the events of an agreement, in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.agreement import Agreement
from checker.agreement.events import BECAME
from checker.message import Message, Named, all_of, say

_EVENTS: dict[str, Message] = {
    "handed_off": say("handoffs"),
    "handed_off_again": say("second handoffs"),
    "assigned": say("assignments to a seller"),
    "contact_attempt": say("contact attempts"),
    "first_personal_contact": say("first personal contacts"),
    "decided": say("decisions"),
    "returned": say("returns"),
    "outcome_written": say("outcomes"),
    "activity": say("activities"),
    "activity_logged": say("times of logging"),
    "lost": say("losses"),
}


def event_in_words(event: str, agreement: Agreement) -> Message:
    """What people call all that happened under the name of an event."""
    stage = event.removeprefix(BECAME)
    if event.startswith(BECAME) and stage in agreement.stages:
        return say("arrivals at the stage {stage}", stage=agreement.text(agreement.stages[stage].name, stage))
    return _EVENTS.get(event, say("{event}", event=event))


def none_of_in_words(events: Sequence[str], agreement: Agreement) -> Message:
    """Several events of which there is none: "decisions or returns"."""
    first, *others = [event_in_words(event, agreement) for event in events]
    for other in others:
        first = say("{some} or {other}", some=first, other=other)
    return first


def all_of_in_words(events: Sequence[str], agreement: Agreement) -> Message:
    """Several events: "decisions and returns"."""
    first, *others = [event_in_words(event, agreement) for event in events]
    for other in others:
        first = say("{some} and {other}", some=first, other=other)
    return first


def written(names: Iterable[str]) -> Named:
    """Names as they stand in an agreement's text, between backticks."""
    return all_of([f"`{name}`" for name in names])
