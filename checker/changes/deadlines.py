"""How much a promise asks for: deadlines, shares, and ladders of deadlines line by line."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from checker.agreement import Agreement, Promise
from checker.agreement.promises import LIMITS, Rung
from checker.agreement.scalars import MonthlyRate
from checker.change import Difference, Sides
from checker.changes.kind import change
from checker.changes.lists import moves
from checker.changes.promises import in_both, of_promises, owed, sentence
from checker.changes.showing import example, shown, within_instead
from checker.changes.shown_leads import coming_late, one_too_many
from checker.changes.sides import LOOSER, SHIFTED, STRICTER, team_named
from checker.changes.spans import longer
from checker.finding import Path
from checker.logic.proof.results import Status
from checker.message import Argument, Message, say
from checker.quantity import Duration, Share


@change(
    "promise-tightened",
    "A promise asks for more",
    mirror=("promise-loosened", "A promise asks for less"),
    covers=of_promises("within", "target", "within.*.time", "within.*.target", "within.*.when", "within.*.otherwise"),
    old="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        """,
    new="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 2 hours
            target: 90%
        """,
)
def promise_levels(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    The deadline is shorter, or a larger share must be kept; or the other way round. A lead of a Friday evening shows a
    deadline, so many leads of which one is late too often a share.

    Of a ladder of deadlines each line is compared for the leads that it takes: a new line is stricter where it gives
    leads less time than they had, and such a lead is shown.
    """
    for before, after in in_both(old, new):
        for found in _levels(old, new, before, after):
            if found.sides != owed(after, SHIFTED):
                yield found


@change(
    "promise-shifted",
    "A promise asks for something else",
    alike="what cannot be weighed one way cannot be weighed the other way",
    covers=of_promises("within", "target", "within.*.time", "within.*.target", "within.*.when", "within.*.otherwise"),
    old="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 3 hours
            target: 90%
        """,
    new="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 1 business day
            target: 90%
        """,
)
def promise_levels_shifted(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    The deadline is counted in another way, or the target is of another kind: whether that is more or less depends on
    the hour at which a lead comes, or on the plan.
    """
    for before, after in in_both(old, new):
        for found in _levels(old, new, before, after):
            if found.sides == owed(after, SHIFTED):
                yield found


def _levels(old: Agreement, new: Agreement, before: Promise, after: Promise) -> Iterator[Difference]:
    clocks = before.clock, after.clock
    if clocks[0] is not None and clocks[1] is not None:
        if isinstance(clocks[0].within, list) or isinstance(clocks[1].within, list):
            yield from _ladder(old, new, before, after)
            return
        if (found := _deadline(new, before, after)) is not None:
            yield found
    if before.target != after.target:
        yield _target(old, new, before, after)


def _judged(after: Promise, order: int | None) -> tuple[Sides, bool]:
    """For whom a level is what, and whether it is less: `order` is 1 for more, -1 for less, None for neither."""
    if order is None:
        return owed(after, SHIFTED), False
    return owed(after, STRICTER if order > 0 else LOOSER), order < 0


def _deadline(new: Agreement, before: Promise, after: Promise) -> Difference | None:
    was, now = before.deadlines[0].time, after.deadlines[0].time
    order = longer(was, now)
    if was == now or order == 0:
        return None
    sides, is_less = _judged(after, order)
    span, instead = within_instead(now, was)
    return Difference(
        after.id,
        say(
            "{team} must do this within {new} instead of {old}: {promise}",
            promise=sentence(new, after),
            team=team_named(after.owes, starts=True),
            new=span,
            old=instead,
        ),
        sides,
        before.deadlines[0].path,
        after.deadlines[0].path,
        is_less,
        only_new=coming_late(new, after, was, now),
    )


def _target(old: Agreement, new: Agreement, before: Promise, after: Promise) -> Difference:
    order = _raised(before.target, after.target)
    if order is not None and None not in (before.target, after.target) and _is_at_most(after):
        order = -order
    sides, is_less = _judged(after, order)
    arguments: dict[str, Argument] = {
        "promise": sentence(new, after),
        "team": team_named(after.owes, starts=True),
        "new": _in_words(new, after.target),
        "old": _in_words(old, before.target),
    }
    if before.target is None:
        message = say("{team} is held to {new} of this, where no target was written: {promise}", **arguments)
    elif after.target is None:
        message = say("{team} is no longer held to {old} of this: {promise}", **arguments)
    else:
        message = say("{team} must reach {new} instead of {old} in this: {promise}", **arguments)
    return Difference(
        after.id,
        message,
        sides,
        (*before.path, "target") if before.target is not None else before.path,
        (*after.path, "target") if after.target is not None else after.path,
        is_less,
        only_new=one_too_many(after, before.target, after.target, is_at_most=_is_at_most(after)),
    )


def _is_at_most(promise: Promise) -> bool:
    """Whether the target may not be gone over, so that a lower one asks for more."""
    return promise.measured is not None and promise.measured.measure in LIMITS


def _in_words(agreement: Agreement, target: Share | MonthlyRate | str | None) -> Argument:
    return say("nothing") if target is None else shown(agreement, target)


def _raised(before: Share | MonthlyRate | str | None, after: Share | MonthlyRate | str | None) -> int | None:
    """1 where a target asks for more, -1 where for less, None where the two cannot be compared."""
    if before is None or after is None:
        return 1 if before is None else -1
    numbers = []
    for target in (before, after):
        if isinstance(target, Share):
            numbers.append(("share", target.value))
        elif isinstance(target, MonthlyRate):
            numbers.append(("rate", Fraction(target.count)))
        else:
            return None
    (kind, was), (other, now) = numbers
    return None if kind != other else (now > was) - (now < was)


class _Level(NamedTuple):
    """What a line of a ladder asks of the leads that it takes."""

    time: Duration
    target: Share | MonthlyRate | str | None


def _rungs(promise: Promise) -> list[Rung]:
    """The lines of a ladder; a single deadline is a ladder of one line."""
    clock = promise.clock
    if clock is None:
        return []
    if isinstance(clock.within, list):
        return clock.within
    return [Rung.model_construct(when=None, otherwise=True, name="all", time=clock.within, target=clock.target)]


def _ladder(old: Agreement, new: Agreement, before: Promise, after: Promise) -> Iterator[Difference]:
    first, second = _rungs(before), _rungs(after)
    paths: tuple[Path, Path] = ((*before.path, "within"), (*after.path, "within"))
    own = [
        _Level(rung.time, rung.target or promise.target)
        for promise, rungs in ((before, first), (after, second))
        for rung in rungs
    ]
    level = dict(zip([id(rung) for rung in (*first, *second)], own, strict=True))

    def given(rung: Rung) -> object:
        return level[id(rung)]

    for taken in moves(old, new, first, second, paths, given):
        was = None if taken.old is None else level[id(first[taken.old])]
        now = None if taken.new is None else level[id(second[taken.new])]
        order = None if taken.status is not Status.YES else _level_order(was, now)
        sides, is_less = _judged(after, order)
        yield Difference(
            after.id,
            _told_rung(old, new, after, was, now, is_proved=taken.status is Status.YES),
            sides,
            _rung_path(before, taken.old),
            _rung_path(after, taken.new),
            is_less,
            only_new=example(taken.witness, new),
        )


def _rung_path(promise: Promise, index: int | None) -> Path:
    path: Path = (*promise.path, "within")
    return (*path, index) if index is not None and _is_ladder(promise) else path


def _level_order(was: _Level | None, now: _Level | None) -> int | None:
    """1 where leads are owed more than they were: less time, or a larger share in time."""
    if was is None or now is None:
        return 1 if was is None else -1
    times = was.time, now.time
    time = longer(*times) if times[0] != times[1] else 0
    share = 0 if was.target == now.target else _raised(was.target, now.target)
    if time is None or share is None or time * share < 0:
        return None
    return time or share or None


def _told_rung(
    old: Agreement,
    new: Agreement,
    promise: Promise,
    was: _Level | None,
    now: _Level | None,
    *,
    is_proved: bool,
) -> Message:
    arguments: dict[str, Argument] = {
        "promise": sentence(new, promise),
        "team": team_named(promise.owes, starts=True),
    }
    if not is_proved:
        return say(
            "The deadlines are others; whether leads have another one could not be proved: {promise}", **arguments
        )
    if now is None:
        return say("Some leads have no deadline any more: {promise}", **arguments)
    arguments["new"] = now.time
    if was is None:
        return say("{team} must do this within {new} for leads that had no deadline: {promise}", **arguments)
    if was.time == now.time:
        arguments |= {"share": _in_words(new, now.target), "before": _in_words(old, was.target)}
        return say(
            "{team} must do this within {new} for {share} of some leads instead of {before}: {promise}", **arguments
        )
    arguments["new"], arguments["old"] = within_instead(now.time, was.time)
    return say("{team} must do this within {new} instead of {old} for some leads: {promise}", **arguments)


@change(
    "promise-rung-renamed",
    "A line of a ladder has another name",
    alike="another name is another name, whichever way one looks",
    covers=of_promises("within.*.name"),
    old="""
        sales_promises:
          call:
            promise: Call
            starts: handed_off
            stops: decided
            within: [{name: other, otherwise: yes, time: 4 hours, target: 90%}]
        """,
    new="""
        sales_promises:
          call:
            promise: Call
            starts: handed_off
            stops: decided
            within: [{name: all, otherwise: yes, time: 4 hours, target: 90%}]
        """,
)
def promise_rung_renamed(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Each line of a ladder is judged under its own name, by which older results are no longer found."""
    for before, after in in_both(old, new):
        first, second = _rungs(before), _rungs(after)
        if len(first) != len(second):
            continue
        for index, (was, now) in enumerate(zip(first, second, strict=True)):
            if was.name != now.name and _is_ladder(before) and _is_ladder(after):
                yield Difference(
                    f"{after.id}.{now.name}",
                    say(
                        "The line “{old}” is called “{new}”: {promise}",
                        old=was.name,
                        new=now.name,
                        promise=sentence(new, after),
                    ),
                    Sides(),
                    (*before.path, "within", index, "name"),
                    (*after.path, "within", index, "name"),
                )


def _is_ladder(promise: Promise) -> bool:
    return promise.clock is not None and isinstance(promise.clock.within, list)
