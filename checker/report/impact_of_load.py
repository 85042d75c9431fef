"""What a change brings the sellers, against what they take: sentences and details."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from checker.impact import Load
from checker.logic.plan_names import months_named, spelled_out, when
from checker.message import Message, say
from checker.report.impact_of_stages import Detail


def load_sentences(loads: Sequence[Load], more_a_month: Fraction = Fraction(0)) -> Iterator[Message]:
    """Whether sellers have room. `more_a_month`: by how many the leads grow because other leads count."""
    if more_a_month:
        yield from _more_loads(loads, more_a_month)
        return
    over = [load for load in loads if load.most is not None and load.after > load.most]
    rising = [load for load in loads if load.after > load.before]
    unknown = [load for load in rising if load.most is None]
    if over and len(over) < len(loads):
        yield say("Sellers have room, except {months}.", months=_one_by_one(over))
    elif over:
        yield say("Sellers do not have room: {months}.", months=_one_by_one(over))
    elif rising and not unknown:
        yield say("Sellers have room for them: the team takes {takes}.", takes=_taken(rising))
    for (before, after), members in _alike(unknown).items():
        yield say(
            "{after} leads a month instead of {before} {when}; how many the team takes is written nowhere.",
            after=after,
            before=before,
            when=when([load.month for load in members]),
        )


def _one_by_one(loads: Sequence[Load]) -> Message:
    """Each month in which too many come: "in January 2027 (95 of 93)"."""
    return spelled_out(
        [
            say("in {month} ({after} of {most})", month=load.month, after=load.after, most=_whole(load.most))
            for load in loads
        ]
    )


def details_of_load(loads: Sequence[Load]) -> Iterator[Detail]:
    """Every month's leads against what the team takes, where some months are over it."""
    known = [load for load in loads if load.most is not None]
    if len(known) > 1 and any(load.after > (load.most or 0) for load in known):
        lines = [
            say(
                "{month}: {after} leads, and the team takes {most}",
                month=load.month,
                after=Fraction(round(load.after)) if load.after.denominator > 1 else load.after,
                most=_whole(load.most),
            )
            for load in known
        ]
        yield Detail(say("Leads against what sellers take, month by month"), tuple(lines))


def _alike(loads: Iterable[Load]) -> dict[tuple[Fraction, Fraction], list[Load]]:
    """Months of the same numbers together."""
    groups: dict[tuple[Fraction, Fraction], list[Load]] = {}
    for load in loads:
        groups.setdefault((load.before, load.after), []).append(load)
    return groups


def _more_loads(loads: Iterable[Load], more_a_month: Fraction) -> Iterator[Message]:
    """The plan's leads and those that come in on top, a month, against what the team takes."""
    more = abs(round(more_a_month))
    for (_, exact), members in _alike(loads).items():
        after = Fraction(round(exact))
        months = months_named([load.month for load in members])
        if more_a_month < 0:
            yield say(
                "{fewer} fewer a month is {after} instead of {before} in {months}.",
                fewer=more,
                after=after,
                # what the new text plans, which may be another number than that of the old one
                before=exact - more_a_month,
                months=months,
            )
            continue
        arriving = say("{more} more a month is {after} in {months}", more=more, after=after, months=months)
        if any(load.most is not None and load.after > load.most for load in members):
            yield say("{arriving}; the team takes {takes}.", arriving=arriving, takes=_taken(members))
        elif all(load.most is None for load in members):
            yield say("{arriving}; how many the team takes is written nowhere.", arriving=arriving)
        else:
            yield say("{arriving}: the team takes {takes}, which is enough.", arriving=arriving, takes=_taken(members))


def _taken(loads: Sequence[Load]) -> Message:
    """What the team takes month by month, or once where it is always the same."""
    known = [load for load in loads if load.most is not None]
    amounts = {_whole(load.most) for load in known}
    if len(amounts) == 1:
        return say("{most}", most=amounts.pop())
    parts = [say("{most} in {month}", most=_whole(load.most), month=load.month) for load in known]
    found = parts[0]
    for part in parts[1:]:
        found = say("{some}, {other}", some=found, other=part)
    return found


def _whole(most: Fraction | None) -> int:
    return 0 if most is None else most.numerator // most.denominator
