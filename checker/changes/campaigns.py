"""Campaigns: many are written to, few are handed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.agreement import Agreement
from checker.agreement.conditions import Condition, question
from checker.change import Difference, Sides
from checker.changes.effects import compared
from checker.changes.entries import Key, come_and_gone, in_both, instead, moved, placed
from checker.changes.kind import change
from checker.changes.showing import example, named
from checker.changes.sides import HEAVIER, SHIFTED, STRICTER, side_of
from checker.finding import Path
from checker.logic.proof import Direction
from checker.message import Message, say


def _team(agreement: Agreement, campaign: Any) -> str:
    channel = agreement.channels.get(campaign.channel)
    return channel.team if channel else "marketing"


def _name(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("Campaign “{campaign}”", campaign=named(agreement, name, "campaigns"))


def _told(agreement: Agreement, name: str, _: object) -> tuple[Message, Message]:
    campaign = named(agreement, name, "campaigns")
    return (
        say("There will be a campaign “{campaign}”", campaign=campaign),
        say("There will be no campaign “{campaign}”", campaign=campaign),
    )


@change(
    "campaign-added",
    "A campaign is new",
    mirror=("campaign-dropped", "A campaign is gone"),
    covers=("campaigns",),
    old="channels: {email: {team: marketing}}",
    new="""
        channels: {email: {team: marketing}}
        campaigns: {audits: {channel: email, sends: 400}}
        """,
)
def campaigns_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The team of the campaign's channel has one more to make, or one less."""

    def sides(agreement: Agreement, _: str, entry: Any) -> Sides:
        return side_of(_team(agreement, entry), HEAVIER)

    yield from come_and_gone(old, new, "campaigns", _told, sides)


@change(
    "campaign-raised",
    "More is wanted of a campaign",
    mirror=("campaign-lowered", "Less is wanted of a campaign"),
    covers=("campaigns.*.sends", "campaigns.*.hands_over"),
    old="""
        channels: {email: {team: marketing}}
        campaigns: {audits: {channel: email, sends: 400}}
        """,
    new="""
        channels: {email: {team: marketing}}
        campaigns: {audits: {channel: email, sends: 600}}
        """,
)
def campaign_numbers(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    More people are written to, or more of them are to be handed over; or fewer.

    What a campaign hands over is owed by the team of its channel, as part of that channel's target.
    """
    keys = (
        (Key("sends", say("how many receive it")), HEAVIER),
        (Key("hands_over", say("how many are handed over")), STRICTER),
    )
    for name, before, after in in_both(old, new, "campaigns"):
        for key, direction in keys:
            was, now = getattr(before, key.attribute), getattr(after, key.attribute)
            if was == now:
                continue
            is_more = was is None or (now is not None and now > was)
            more = side_of(_team(new, after), direction)
            path: Path = ("campaigns", name)
            yield Difference(
                name,
                instead(old, new, _name(new, name), key, before, after),
                more if is_more else more.mirrored,
                placed(path, key, before),
                placed(path, key, after),
                not is_more,
            )


@change(
    "campaign-changed",
    "A campaign is another one",
    alike="another month, channel or audience is another one, whichever way one looks",
    covers=("campaigns.*.channel", "campaigns.*.month", "campaigns.*.to"),
    old="""
        channels: {email: {team: marketing}}
        campaigns: {audits: {channel: email, month: 2027-03}}
        """,
    new="""
        channels: {email: {team: marketing}}
        campaigns: {audits: {channel: email, month: 2027-04}}
        """,
)
def campaign_changed(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """A campaign goes out by another channel, counts in another month, or goes to other people, who are shown."""

    def sides(agreement: Agreement, _: str, before: Any, after: Any) -> Sides:
        return side_of(_team(old, before), SHIFTED) | side_of(_team(agreement, after), SHIFTED)

    keys = (Key("channel", say("the channel"), sides), Key("month", say("the month"), sides))
    yield from moved(old, new, "campaigns", keys, _name)
    for name, before, after in in_both(old, new, "campaigns"):
        path: Path = ("campaigns", name, "to")
        comparison = compared(old, new, _asked(before.to, path), _asked(after.to, path))
        if comparison.direction is not Direction.SAME:
            yield Difference(
                name,
                say("{campaign} goes to other people", campaign=_name(new, name)),
                sides(new, name, before, after),
                path if before.to else path[:2],
                path if after.to else path[:2],
                only_old=example(comparison.lost, old),
                only_new=example(comparison.gained, new),
            )


def _asked(condition: Condition | None, path: Path) -> Any:
    return None if condition is None else question(condition, path)
