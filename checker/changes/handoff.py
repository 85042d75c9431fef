"""How a lead passes from marketing to sales: at which stage, by which channel, and what happens when that fails."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.change import Difference
from checker.changes.entries import Key, essence, value_moved
from checker.changes.kind import change
from checker.changes.showing import named
from checker.changes.sides import BOTH_SHIFTED, LIGHTER, STRICTER, side_of
from checker.finding import Path
from checker.message import Message, say

_PATH: Path = ("handoff",)


def _whose(_: Agreement, __: str, ___: object) -> Message:
    return say("Handoff")


@change(
    "handoff-added",
    "A handoff is agreed",
    mirror=("handoff-dropped", "No handoff is agreed any more"),
    covers=("handoff",),
    old="currency: BRL",
    new="""
        currency: BRL
        handoff: {stage: mql, channel: The queue}
        """,
)
def handoff_comes_and_goes(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """It is written down how leads pass from one team to the other, or no longer."""
    before, after = old.sections.handoff, new.sections.handoff
    if (before is None) is not (after is None):
        yield Difference(
            "handoff",
            say("How leads are handed over is no longer agreed")
            if after is None
            else say("How leads are handed over is agreed now"),
            BOTH_SHIFTED,
            _PATH if before else None,
            _PATH if after else None,
            after is None,
        )


@change(
    "handoff-later",
    "Leads are handed over at a later stage",
    mirror=("handoff-earlier", "Leads are handed over at an earlier stage"),
    covers=("handoff.stage",),
    old="""
        stages: {lead: {team: marketing}, mql: {team: marketing}, customer: {team: sales}}
        handoff: {stage: lead, channel: The queue}
        """,
    new="""
        stages: {lead: {team: marketing}, mql: {team: marketing}, customer: {team: sales}}
        handoff: {stage: mql, channel: The queue}
        """,
)
def handoff_stage(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Marketing takes leads further before sales gets them, and sales gets fewer of them; or the other way round."""
    before, after = old.sections.handoff, new.sections.handoff
    if before is None or after is None or before.stage == after.stage:
        return
    order = _later(old, new, before.stage, after.stage)
    if order == 0:
        return
    is_earlier = order < 0
    later = side_of("marketing", STRICTER) | side_of("sales", LIGHTER)
    path: Path = (*_PATH, "stage")
    yield Difference(
        "handoff",
        _stages_named(old, new, before.stage, after.stage),
        later.mirrored if is_earlier else later,
        path,
        path,
        is_earlier,
    )


def _stages_named(old: Agreement, new: Agreement, before: str, after: str) -> Message:
    return say(
        "Leads are handed over at {new} instead of {old}",
        new=named(new, after, "stages"),
        old=named(old, before, "stages"),
    )


def _later(old: Agreement, new: Agreement, before: str, after: str) -> int:
    """1 where leads go further before they are handed over, -1 where less far; 0 where the stages do not tell."""
    steps = [list(side.stages) for side in (old, new)]
    signs = {
        1 if order.index(after) > order.index(before) else -1 for order in steps if before in order and after in order
    }
    if len(signs) == 1:
        return signs.pop()
    if signs or before not in steps[0] or after not in steps[1]:
        return 0
    first, second = steps[0].index(before), steps[1].index(after)
    return (second > first) - (second < first)


@change(
    "handoff-way-changed",
    "Leads are handed over by another way",
    alike="another way is another way, whichever way one looks",
    covers=(
        "handoff.channel",
        "handoff.how",
        "handoff.seller_told_by",
        "handoff.if_it_fails.then",
        "handoff.if_it_fails.until",
    ),
    old="handoff: {stage: mql, channel: The queue}",
    new="handoff: {stage: mql, channel: The shared inbox}",
)
def handoff_way(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Sales receives leads elsewhere, learns of them in another way, or something else is done when that fails."""
    before, after = old.sections.handoff, new.sections.handoff
    if before is None or after is None:
        return
    for key in (
        Key("channel", say("the channel")),
        Key("how", say("what carries leads")),
        Key("seller_told_by", say("how the seller learns of a lead")),
    ):
        yield from value_moved(old, new, _PATH, "handoff", key, before, after, _whose)
    if before.stage != after.stage and _later(old, new, before.stage, after.stage) == 0:
        path = (*_PATH, "stage")
        message = _stages_named(old, new, before.stage, after.stage)
        yield Difference("handoff", message, BOTH_SHIFTED, path, path)
    was, now = before.if_it_fails, after.if_it_fails
    if essence(was) != essence(now):
        if now is None:
            message = say("What is done when the handoff fails is no longer said")
        elif now.until is not None:
            message = say(
                "When the handoff fails: {then}, until {time}",
                then=new.text(now.then),
                time=now.until.strftime("%H:%M"),
            )
        else:
            message = say("When the handoff fails: {then}", then=new.text(now.then))
        path = (*_PATH, "if_it_fails")
        yield Difference("handoff", message, BOTH_SHIFTED, path if was else _PATH, path if now else _PATH)
