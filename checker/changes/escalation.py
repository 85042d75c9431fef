"""What happens when promises are missed: who is told, when, and what is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.promises import Escalation
from checker.change import Difference, Sides
from checker.changes.entries import essence
from checker.changes.kind import change
from checker.changes.showing import names
from checker.changes.sides import NOBODY, SHIFTED, both, side_of
from checker.message import Argument, Message, say, say_counted

_COVERS = (
    "escalation",
    "escalation.*.when.missed",
    "escalation.*.when.late_by",
    "escalation.*.when.months_missed",
    "escalation.*.of",
    "escalation.*.tell",
    "escalation.*.then",
)


def _rests(old: Agreement, new: Agreement) -> tuple[list[tuple[int, Escalation]], list[tuple[int, Escalation]]]:
    """The steps of each side that the other has not got: their order means nothing."""
    steps = [list(enumerate(side.sections.escalation or ())) for side in (old, new)]
    left = [[essence(step) for _, step in side] for side in steps]
    rests: list[list[tuple[int, Escalation]]] = []
    for side, others in ((0, left[1]), (1, left[0])):
        over = list(others)
        rest = []
        for index, step in steps[side]:
            if essence(step) in over:
                over.remove(essence(step))
            else:
                rest.append((index, step))
        rests.append(rest)
    return rests[0], rests[1]


def _trigger(step: Escalation) -> Any:
    return essence(step.when)


def _pairs(
    old: Agreement, new: Agreement
) -> Iterator[tuple[tuple[int, Escalation] | None, tuple[int, Escalation] | None]]:
    """Steps that are the same one, edited: with the same trigger, or for the same people, or doing the same."""
    before, after = _rests(old, new)
    for same in (_trigger, lambda step: essence(as_list(step.tell)), lambda step: essence(step.then)):
        for first in list(before):
            partner = next((second for second in after if same(first[1]) == same(second[1])), None)
            if partner is not None:
                before.remove(first)
                after.remove(partner)
                yield first, partner
    for first in before:
        yield first, None
    for second in after:
        yield None, second


def _owed(agreement: Agreement, step: Escalation) -> Sides:
    """Whom a step presses: those who owe the promises that it is about."""
    about = as_list(step.of)
    sides = NOBODY
    for promise in agreement.promises():
        if promise.id in about or (not about and promise.clock is not None):
            sides |= side_of(promise.owes, SHIFTED)
    return sides if sides != NOBODY else both(SHIFTED)


def _when(step: Escalation) -> Message:
    when = step.when
    if when.missed is not None:
        return say_counted("after {count} missed lead", "after {count} missed leads", count=when.missed)
    if when.late_by is not None:
        return say("{span} after the deadline", span=when.late_by)
    return say_counted(
        "after {count} missed month", "after {count} missed months in a row", count=when.months_missed or 0
    )


def _told_to(agreement: Agreement, step: Escalation) -> Argument:
    """Who is told, as people call them."""
    tell = as_list(step.tell)
    return say("the lead's seller") if tell == ["seller"] else names(agreement, tell, "people")


@change(
    "escalation-added",
    "A step of escalation is new",
    mirror=("escalation-dropped", "A step of escalation is gone"),
    covers=_COVERS,
    old="escalation: [{when: {missed: 1}, tell: seller, then: Call now}]",
    new="""
        escalation:
          - {when: {missed: 1}, tell: seller, then: Call now}
          - {when: {late_by: 2 hours}, tell: [marketing, sales], then: Give the lead away}
        """,
)
def steps_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """A missed promise is followed by one step more, or one less."""
    for first, second in _pairs(old, new):
        if first is not None and second is not None:
            continue
        side, found = (new, second) if second is not None else (old, first)
        if found is None:
            continue
        index, step = found
        people = _told_to(side, step)
        then = side.text(step.then)
        arguments = {"people": people, "when": _when(step), "then": then}
        message = (
            say("Escalation {when}: {people} will be told, “{then}”", **arguments)
            if first is None
            else say("Escalation {when}: {people} will no longer be told, “{then}”", **arguments)
        )
        path = ("escalation", index)
        yield Difference(
            f"escalation.{index + 1}",
            message,
            _owed(side, step),
            None if first is None else path,
            path if first is None else None,
            first is not None,
        )


@change(
    "escalation-changed",
    "A step of escalation is another",
    alike="another step is another step, whichever way one looks",
    covers=_COVERS,
    old="escalation: [{when: {missed: 1}, tell: seller, then: Call now}]",
    new="escalation: [{when: {missed: 2}, tell: seller, then: Call now}]",
)
def steps_changed(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """A step comes sooner or later, tells others, is about other promises, or does something else."""
    for first, second in _pairs(old, new):
        if first is None or second is None:
            continue
        step = second[1]
        yield Difference(
            f"escalation.{second[0] + 1}",
            say(
                "Another step of escalation {when}: {people} will be told, “{then}”",
                when=_when(step),
                people=_told_to(new, step),
                then=new.text(step.then),
            ),
            _owed(old, first[1]) | _owed(new, step),
            ("escalation", first[0]),
            ("escalation", second[0]),
        )
