"""When a step of the escalation is to be taken, and who is told, in words."""

from __future__ import annotations

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.promises import Escalation
from checker.message import Argument, Message, say, say_counted

SELLER = "seller"
"""Who is told where it is the one who has the lead."""


def when_taken(step: Escalation) -> Message:
    """What must have happened, for a step to be taken."""
    if step.when.missed is not None:
        return say_counted("{count} lead is missed", "{count} leads are missed", count=step.when.missed)
    if step.when.late_by is not None:
        return say("a lead is {time} past its deadline", time=step.when.late_by)
    return say_counted(
        "{count} month is missed", "{count} months in a row are missed", count=step.when.months_missed or 0
    )


def who_is_told(step: Escalation, agreement: Agreement) -> list[Argument]:
    """The people, by name; a team by its id."""
    people = agreement.sections.people or {}
    return [
        say("the lead's seller")
        if name == SELLER
        else agreement.text(people[name].name, name)
        if name in people
        else name
        for name in as_list(step.tell)
    ]
