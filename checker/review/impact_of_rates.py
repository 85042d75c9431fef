"""Written rates that were measured on the leads that counted before, and what they are once others count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.agreement import Agreement
from checker.finding import Path
from checker.funnel.engine import Engine
from checker.funnel.versions import Group, both_answers
from checker.impact import RateImpact, StageImpact
from checker.logic.plan_names import stage_label
from checker.measures.view import View
from checker.quantity import Period, Share
from checker.review.impact_of_stages import entered, question_of


class _Written(NamedTuple):
    """A rate as it is written, and the channels that it holds for; none where it holds for all leads."""

    channels: tuple[str, ...]
    share: Share
    path: Path


def rate_impacts(
    new: Agreement, stages: Iterable[StageImpact], view: View, engine: Engine, period: Period
) -> tuple[RateImpact, ...]:
    """The written rates that lead to, or from, a stage that takes other leads.

    A rate to the stage is measured anew: of the leads that once came to the stage before it, how many fit. A rate from
    the stage cannot be: those who come in never had the chance to get further that the others had.
    """
    found: list[RateImpact] = []
    changed = {stage.stage for stage in stages if stage.gained.count or stage.lost.count}
    for first, second, rate in new.conversions():
        if second in changed and view.has_event(f"became_{first}"):
            groups = both_answers(engine, question_of(second), period, [entered(first)])
            told = [group for group in groups if group.marks[entered(first)] and None not in (group.old, group.new)]
            for written in _written(rate, new):
                found += _measured(rate, stage_label(new, second), written, told)
        elif first in changed:
            for written in _written(rate, new)[:1]:
                found.append(RateImpact(rate, stage_label(new, second), None, written.share, written.path, None, None))
    return tuple(found)


def _measured(rate: str, label: str, written: _Written, told: Iterable[Group]) -> Iterator[RateImpact]:
    """A rate before and after; nothing where it stays as it is."""
    here = [group for group in told if not written.channels or group.channel in written.channels]
    whole = sum(group.count for group in here)
    was = sum(group.count for group in here if group.old)
    now = sum(group.count for group in here if group.new)
    if was != now:
        channel = written.channels[0] if len(written.channels) == 1 else None
        yield RateImpact(rate, label, channel, written.share, written.path, (was, whole), (now, whole))


def _written(rate: str, agreement: Agreement) -> list[_Written]:
    """All channels together where they have one rate, then each by itself; the one for all where no channel has it."""
    own = [(channel, *found) for channel in agreement.channels if (found := agreement.rate(rate, channel)) is not None]
    if not own:
        shared = agreement.rate(rate)
        return [] if shared is None else [_Written((), *shared)]
    each = [_Written((channel,), share, path) for channel, share, path in own]
    if len({share for _, share, _ in own}) > 1 or len(own) == 1:
        return each
    return [_Written(tuple(channel for channel, _, _ in own), own[0][1], own[0][2]), *each]
