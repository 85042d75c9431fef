"""Written rates that were measured on the leads that counted before, and what they are once others count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.agreement import Agreement
from checker.funnel.engine import Engine
from checker.funnel.versions import Group, both_answers
from checker.impact import RateImpact, StageImpact
from checker.logic.plan_names import channel_label, stage_label
from checker.measures.view import View
from checker.quantity import Period, Share
from checker.review.impact_of_stages import entered, question_of


class _Written(NamedTuple):
    """A rate as it is written (None: each channel has another), and the channels it holds for; none: for all leads."""

    channels: tuple[str, ...]
    share: Share | None


def rate_impacts(
    new: Agreement, stages: Iterable[StageImpact], view: View, engine: Engine, period: Period
) -> tuple[RateImpact, ...]:
    """The written rates that lead to, or from, a stage that takes other leads: of all channels first, then of each.

    A rate to the stage is measured anew: of the leads that once came to the stage before it, how many fit. A rate from
    the stage cannot be: those who come in never had the chance to get further that the others had.
    """
    found: list[RateImpact] = []
    changed = {stage.stage for stage in stages if stage.gained.count or stage.lost.count}
    for first, second, rate in new.conversions():
        labels = stage_label(new, first), stage_label(new, second)
        written = _written(rate, new)
        if second in changed and view.has_event(f"became_{first}"):
            groups = both_answers(engine, question_of(second), period, [entered(first)])
            told = [group for group in groups if group.marks[entered(first)] and None not in (group.old, group.new)]
            for each in written:
                found += _measured(rate, labels, each, told, new)
        elif first in changed and written:
            found.append(RateImpact(rate, labels, None, None, written[0].share, None, None))
    return tuple(found)


def _measured(
    rate: str, labels: tuple[str, str], written: _Written, told: Iterable[Group], agreement: Agreement
) -> Iterator[RateImpact]:
    """A rate before and after; nothing where it stays as it is."""
    here = [group for group in told if not written.channels or group.channel in written.channels]
    whole = sum(group.count for group in here)
    was = sum(group.count for group in here if group.old)
    now = sum(group.count for group in here if group.new)
    if was != now:
        channel = written.channels[0] if len(written.channels) == 1 else None
        label = None if channel is None else channel_label(agreement, channel)
        yield RateImpact(rate, labels, channel, label, written.share, (was, whole), (now, whole))


def _written(rate: str, agreement: Agreement) -> list[_Written]:
    """All channels together, then each by itself; the one for all where no channel is there."""
    own = [
        (channel, found[0]) for channel in agreement.channels if (found := agreement.rate(rate, channel)) is not None
    ]
    if not own:
        shared = agreement.rate(rate)
        return [] if shared is None else [_Written((), shared[0])]
    each = [_Written((channel,), share) for channel, share in own]
    if len(own) == 1:
        return each
    alike = own[0][1] if len({share for _, share in own}) == 1 else None
    return [_Written(tuple(channel for channel, _ in own), alike), *each]
