"""What each month must bring: targets by stage and channel, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from checker.agreement import Agreement
from checker.agreement.plan import ALL_CHANNELS, TargetLine
from checker.change import Difference, Sides
from checker.changes.consequences import numbers_that_follow, plan_of
from checker.changes.kind import change
from checker.changes.meaning import meaning
from checker.changes.sides import more_wanted, team_named
from checker.finding import Path
from checker.logic.plan_names import channel_label, months_named, stage_label, things, when
from checker.message import Argument, Message, say
from checker.quantity import Month

_COVERS = ("targets", "targets.*", "targets.*.*.PERIOD")


class _Step(NamedTuple):
    """What is wanted in a month before and after, None where nothing says it; and whether people wrote it."""

    old: Fraction | None
    new: Fraction | None
    was_written: bool
    is_written: bool


@change(
    "target-raised",
    "More is wanted of a month",
    mirror=("target-lowered", "Less is wanted of a month"),
    covers=_COVERS,
    old="""
        plan: {months: 2027-01 to 2027-03}
        targets: {mql: {all: {2027-01 to 2027-03: 80}}}
        """,
    new="""
        plan: {months: 2027-01 to 2027-03}
        targets: {mql: {all: {2027-01 to 2027-03: 95}}}
        """,
)
def targets_moved(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    A stage must reach more, or less, in some months than before, from one channel or from all.

    How the months are grouped is no change. What follows for other stages is told below it. A number that is written
    where it followed from others before is compared with what followed; a target that nothing said before is stricter.
    """
    for stage, channel, months, steps in _changes(old, new):
        if steps.old == steps.new:
            continue
        is_more = steps.old is None or (steps.new is not None and steps.new > steps.old)
        more = Sides()
        for side in (old, new):
            more |= more_wanted(side, stage, _team(side, stage, channel))
        yield _told(
            old, new, stage, channel, months, steps, more if is_more else more.mirrored, is_mirrored=not is_more
        )


@change(
    "target-written",
    "A number that followed is written down",
    mirror=("target-unwritten", "A written number follows from others"),
    covers=_COVERS,
    old="""
        plan: {months: 2027-01 to 2027-03}
        rates: {lead_to_mql: 20%}
        channels: {ads: {team: marketing}}
        targets: {mql: {ads: {2027-01 to 2027-03: 80}}}
        """,
    new="""
        plan: {months: 2027-01 to 2027-03}
        rates: {lead_to_mql: 20%}
        channels: {ads: {team: marketing}}
        targets: {mql: {ads: {2027-01 to 2027-03: 80}}, lead: {ads: {2027-01 to 2027-03: 400}}}
        """,
)
def targets_written(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    The same number as before is fixed by hand, or left to follow from the others.

    Nobody owes anything else today. With the next change of a rate, a written number stays where it is.
    """
    for stage, channel, months, steps in _changes(old, new):
        if steps.old == steps.new:
            yield _told(old, new, stage, channel, months, steps, Sides(), is_mirrored=steps.was_written)


def _team(agreement: Agreement, stage: str, channel: str) -> str:
    """Who owes a target: the team of the channel as far as its leads are its own, else the team of the stage."""
    written = agreement.channels.get(channel)
    entry = agreement.stages.get(stage)
    if written is not None and entry is not None and entry.team == "marketing":
        return written.team
    return entry.team if entry is not None else ""


def _lines(agreement: Agreement) -> dict[tuple[str, str], TargetLine]:
    return {
        (stage, channel): line
        for stage, channels in (agreement.sections.targets or {}).items()
        for channel, line in channels.items()
    }


def _changes(old: Agreement, new: Agreement) -> Iterator[tuple[str, str, list[Month], _Step]]:
    """Stage, channel, the months that changed alike, and how."""
    before, after = _lines(old), _lines(new)
    for stage, channel in dict.fromkeys([*before, *after]):
        was, now = (lines[stage, channel].by_month() if (stage, channel) in lines else {} for lines in (before, after))
        groups: dict[_Step, list[Month]] = {}
        for month in sorted({*was, *now}):
            if was.get(month) == now.get(month):
                continue
            found = _Step(
                _wanted(old, stage, channel, month, was),
                _wanted(new, stage, channel, month, now),
                month in was,
                month in now,
            )
            groups.setdefault(found, []).append(month)
        for found, months in groups.items():
            yield stage, channel, months, found


def _wanted(agreement: Agreement, stage: str, channel: str, month: Month, written: dict[Month, int]) -> Fraction | None:
    """The number of a month: as written, else as it follows from the others."""
    if month in written:
        return Fraction(written[month])
    plan = plan_of(agreement)
    if month not in plan.months:
        return None
    return plan.number(stage, month, None if channel == ALL_CHANNELS else channel)


def _told(
    old: Agreement,
    new: Agreement,
    stage: str,
    channel: str,
    months: list[Month],
    steps: _Step,
    sides: Sides,
    *,
    is_mirrored: bool,
) -> Difference:
    return Difference(
        stage if channel == ALL_CHANNELS else f"{stage}.{channel}",
        _of_all(old, new, stage, channel, months, steps)
        or _message(new if stage in new.stages else old, stage, channel, months, steps),
        sides,
        _path(old, stage, channel, months[0]),
        _path(new, stage, channel, months[0]),
        is_mirrored,
        follows=numbers_that_follow(old, new, ("targets", stage, channel)),
        means=meaning(old, new, ("targets", stage, channel), months) if steps.old != steps.new else None,
    )


def _of_all(
    old: Agreement, new: Agreement, stage: str, channel: str, months: list[Month], steps: _Step
) -> Message | None:
    """What the team promises of all its channels together, first, and then of this one: a promise is the sum.

    None where there is no such sum: other teams add to it, it is not known, it differs by month, or it stays.
    """
    if channel == ALL_CHANNELS or steps.old is None or steps.new is None or stage not in new.stages:
        return None
    before, after = plan_of(old), plan_of(new)
    sums = {(before.number(stage, month), after.number(stage, month)) for month in months}
    team = _team(new, stage, channel)
    teams = {_team(new, stage, other) for other in after.passing(stage)} if stage in after.stages else set()
    if len(sums) != 1 or teams != {team}:
        return None
    [(was, now)] = sums
    if was is None or now is None or was == now or (was, now) == (steps.old, steps.new):
        return None
    arguments: dict[str, Argument] = {
        "team": team_named(team, starts=True),
        "all": now,
        "before": was,
        "things": things(new, stage, was),
        "when": when(months),
        "new": steps.new,
        "old": steps.old,
        "channel": channel_label(new, channel),
    }
    if len(months) == 1:
        return say(
            "{team} promises {all} instead of {before} {things} {when}: {new} instead of {old} from {channel}",
            **arguments,
        )
    return say(
        "{team} promises {all} instead of {before} {things} a month {when}: {new} instead of {old} from {channel}",
        **arguments,
    )


def _message(agreement: Agreement, stage: str, channel: str, months: list[Month], steps: _Step) -> Message:
    team = team_named(_team(agreement, stage, channel), starts=True)
    what: Message = say("{stage}", stage=stage_label(agreement, stage))
    if channel != ALL_CHANNELS:
        what = say(
            "{stage} from {channel}",
            stage=stage_label(agreement, stage),
            channel=channel_label(agreement, channel),
        )
    arguments: dict[str, Argument] = {"team": team, "what": what, "months": months_named(months)}
    if len(months) == 1:
        arguments["month"] = months[0]
    if steps.new is None:
        return say(
            "{team} no longer has a target for {what} in {months}; it was {old}", old=steps.old or 0, **arguments
        )
    if steps.old is None:
        return say("{team} must bring {new} in {months}, where nothing was said: {what}", new=steps.new, **arguments)
    if steps.old == steps.new:
        if steps.was_written:
            return say("{what}: {new} in {months} follows from other numbers now", new=steps.new, **arguments)
        return say("{what}: {new} in {months} is written now, and followed before", new=steps.new, **arguments)
    if len(months) == 1:
        return say(
            "{team} must bring {new} instead of {old} in {months}: {what}", new=steps.new, old=steps.old, **arguments
        )
    return say(
        "{team} must bring {new} a month instead of {old} in {months}: {what}",
        new=steps.new,
        old=steps.old,
        **arguments,
    )


def _path(agreement: Agreement, stage: str, channel: str, month: Month) -> Path | None:
    """Where a month's number stands, or the nearest that is there."""
    channels = (agreement.sections.targets or {}).get(stage)
    if channels is None:
        return ("targets",) if agreement.sections.targets else None
    if channel not in channels:
        return ("targets", stage)
    for text, period, _ in channels[channel].written():
        if month in period:
            return ("targets", stage, channel, text)
    return ("targets", stage, channel)
