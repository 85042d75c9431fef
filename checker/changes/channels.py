"""The ways by which leads come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.agreement import Agreement
from checker.change import Difference, Sides
from checker.changes.consequences import numbers_that_follow
from checker.changes.entries import Key, come_and_gone, in_both, instead, moved, placed
from checker.changes.kind import change
from checker.changes.showing import named
from checker.changes.sides import HEAVIER, LIGHTER, SHIFTED, STRICTER, side_of, team_named
from checker.finding import Path
from checker.message import Message, say


def _name(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("{channel}", channel=named(agreement, name, "channels"))


def _told(agreement: Agreement, name: str, entry: Any) -> tuple[Message, Message]:
    channel, team = named(agreement, name, "channels"), team_named(entry.team)
    return (
        say("A new way by which leads come, run by {team}: {channel}", channel=channel, team=team),
        say("Leads no longer come by {channel}, which {team} ran", channel=channel, team=team),
    )


@change(
    "channel-added",
    "A channel is new",
    mirror=("channel-dropped", "A channel is gone"),
    covers=("channels",),
    old="channels: {ads: {team: marketing}}",
    new="channels: {ads: {team: marketing}, fairs: {team: marketing}}",
)
def channels_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The team that runs the channel has one more to look after, or one less. Its targets are changes of their own."""

    def sides(_: Agreement, __: str, entry: Any) -> Sides:
        return side_of(entry.team, HEAVIER)

    yield from come_and_gone(old, new, "channels", _told, sides)


@change(
    "channel-handed-over",
    "Another team runs a channel",
    alike="what one team gives the other takes, whichever way one looks",
    covers=("channels.*.team",),
    old="channels: {fairs: {team: marketing}}",
    new="channels: {fairs: {team: sales}}",
)
def channel_team(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """One team takes the channel over from the other, with what is wanted of it."""
    for name, before, after in in_both(old, new, "channels"):
        if before.team != after.team:
            yield Difference(
                name,
                say(
                    "{channel} is run by {team}, and no longer by {other}",
                    channel=named(new, name, "channels"),
                    team=team_named(after.team),
                    other=team_named(before.team),
                ),
                side_of(after.team, STRICTER) | side_of(before.team, STRICTER).mirrored,
                ("channels", name, "team"),
                ("channels", name, "team"),
            )


@change(
    "budget-raised",
    "A channel has more money",
    mirror=("budget-lowered", "A channel has less money"),
    covers=("channels.*.budget",),
    old="channels: {ads: {team: marketing, budget: 18000 a month}}",
    new="channels: {ads: {team: marketing, budget: 24000 a month}}",
)
def budget(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The same is wanted of the channel with more money, or with less. What a customer costs follows from it."""
    key = Key("budget", say("the budget of a month"), is_money=True)
    for name, before, after in in_both(old, new, "channels"):
        was, now = before.budget, after.budget
        if was == now:
            continue
        is_more = was is None or (now is not None and now > was)
        more = side_of(after.team, LIGHTER)
        path: Path = ("channels", name)
        yield Difference(
            name,
            instead(old, new, _name(new, name), key, before, after),
            more if is_more else more.mirrored,
            placed(path, key, before),
            placed(path, key, after),
            not is_more,
        )


@change(
    "channel-on-trial",
    "A channel is only tried",
    mirror=("channel-proven", "A channel is no longer only tried"),
    covers=("channels.*.status",),
    old="channels: {fairs: {team: marketing}}",
    new="channels: {fairs: {team: marketing, status: trial}}",
)
def channel_trial(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The goal does not lean on the channel for now, or leans on it from now on."""
    for name, before, after in in_both(old, new, "channels"):
        if before.status == after.status:
            continue
        is_over = after.status is None
        channel = named(new, name, "channels")
        trial = side_of(after.team, STRICTER).mirrored
        path: Path = ("channels", name)
        yield Difference(
            name,
            say("{channel} is no trial any more: the goal may lean on it", channel=channel)
            if is_over
            else say("{channel} is a trial: the goal does not lean on it", channel=channel),
            trial.mirrored if is_over else trial,
            (*path, "status") if is_over else path,
            path if is_over else (*path, "status"),
            is_over,
        )


@change(
    "channel-changed",
    "A channel begins elsewhere",
    alike="another beginning is another beginning, whichever way one looks",
    covers=("channels.*.since", "channels.*.starts_at"),
    old="channels: {fairs: {team: marketing, since: 2026-05}}",
    new="channels: {fairs: {team: marketing, since: 2026-09}}",
)
def channel_begins(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The channel began in another month, or its leads come in at another stage; other numbers may follow."""
    keys = (
        Key("since", say("the first month"), _of_its_team),
        Key("starts_at", say("the first stage of its leads"), _of_its_team),
    )
    for found in moved(old, new, "channels", keys, _name):
        follows = numbers_that_follow(old, new, ("channels", found.what, "starts_at"))
        yield Difference(found.what, found.message, found.sides, found.old, found.new, follows=follows)


def _of_its_team(_: Agreement, __: str, before: Any, after: Any) -> Sides:
    return side_of(before.team, SHIFTED) | side_of(after.team, SHIFTED)
