"""Which share of one stage reaches the next, as the plan reckons."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.change import Difference, Sides
from checker.changes.consequences import numbers_that_follow
from checker.changes.kind import change
from checker.changes.sides import STRICTER, side_of
from checker.finding import Path
from checker.logic.plan_names import channel_label, stage_label
from checker.message import Argument, Message, say
from checker.quantity import Share


@change(
    "rate-raised",
    "The plan reckons with a higher rate",
    mirror=("rate-lowered", "The plan reckons with a lower rate"),
    covers=("rates", "rates.*", "channels.*.rates", "channels.*.rates.*"),
    old="rates: {lead_to_mql: 20%}",
    new="rates: {lead_to_mql: 25%}",
)
def rates(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    More of one stage is expected to reach the next, or less.

    Who brings leads to the next stage has the better rate to reach. What follows in other numbers is told below it.
    """
    for path, was, now in _rates(old, new):
        rate = str(path[-1])
        channel = str(path[1]) if path[0] == "channels" else None
        pairs = {name: (first, second) for first, second, name in (*old.conversions(), *new.conversions())}
        first, second = pairs.get(rate, (rate, ""))
        is_more = was is None or (now is not None and now > was)
        more = Sides()
        for side in (old, new):
            more |= side_of(side.stages[second].team if second in side.stages else "", STRICTER)
        yield Difference(
            rate if channel is None else f"{channel}.{rate}",
            _message(new if second in new.stages else old, first, second, channel, was, now),
            more if is_more else more.mirrored,
            _nearest(old, path),
            _nearest(new, path),
            not is_more,
            follows=numbers_that_follow(old, new, path),
        )


def _rates(old: Agreement, new: Agreement) -> Iterator[tuple[Path, Share | None, Share | None]]:
    before, after = (dict(_written(side)) for side in (old, new))
    channels = set(old.channels) ^ set(new.channels)
    for path in dict.fromkeys([*before, *after]):
        # the rates of a channel that is new or gone belong to that change
        if before.get(path) != after.get(path) and not (path[0] == "channels" and path[1] in channels):
            yield path, before.get(path), after.get(path)


def _written(agreement: Agreement) -> Iterator[tuple[Path, Share]]:
    for name, share in (agreement.sections.rates or {}).items():
        yield ("rates", name), share
    for channel, entry in agreement.channels.items():
        for name, share in (entry.rates or {}).items():
            yield ("channels", channel, "rates", name), share


def _nearest(agreement: Agreement, path: Path) -> Path | None:
    """A rate's path where it is written, else the line that it would stand below."""
    if path in dict(_written(agreement)):
        return path
    if path[0] == "channels" and path[1] in agreement.channels:
        return path[:2]
    return ("rates",) if agreement.sections.rates else None


def _message(
    agreement: Agreement, first: str, second: str, channel: str | None, was: Share | None, now: Share | None
) -> Message:
    step: Message = say(
        "{first} to {second}", first=stage_label(agreement, first), second=stage_label(agreement, second)
    )
    if channel is not None:
        step = say("{step}, {channel}", step=step, channel=channel_label(agreement, channel))
    arguments: dict[str, Argument] = {"step": step}
    if now is None:
        return say("{step}: the plan says no rate any more; it was {old}", old=was or 0, **arguments)
    if was is None:
        return say("{step}: the plan reckons with {new}, where it said no rate", new=now, **arguments)
    return say("{step}: the plan reckons with {new} instead of {old}", new=now, old=was, **arguments)
