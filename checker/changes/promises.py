"""What the two sides owe each other: promises that come and go, deadlines, shares, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement, Promise
from checker.agreement.promises import OWN_WORKING_TIME
from checker.change import Difference, Direction, Sides
from checker.changes.effects import compared
from checker.changes.entries import Key, value_moved
from checker.changes.kind import change
from checker.changes.showing import example, named
from checker.changes.sides import LOOSER, SHIFTED, STRICTER, side_of, team_named
from checker.finding import Path
from checker.logic.proof import Direction as Proved
from checker.message import Argument, Message, say

SECTIONS = ("marketing_promises", "sales_promises", "both_promise")


def of_promises(*keys: str) -> tuple[str, ...]:
    """Keys of a promise, in each of the three sections."""
    return tuple(f"{section}.*.{key}" for section in SECTIONS for key in keys)


def in_both(old: Agreement, new: Agreement) -> Iterator[tuple[Promise, Promise]]:
    """Each promise that is there before and after, whoever owes it."""
    later = {promise.path: promise for promise in new.promises()}
    moved = _by_id(new, old)
    for promise in old.promises():
        if promise.path in later:
            yield promise, later[promise.path]
        elif promise.id in moved:
            yield promise, moved[promise.id]


def _by_id(agreement: Agreement, other: Agreement) -> dict[str, Promise]:
    """The promises that do not stand in the same section of the other text, by their id."""
    there = {promise.path for promise in other.promises()}
    return {promise.id: promise for promise in agreement.promises() if promise.path not in there}


def sentence(agreement: Agreement, promise: Promise) -> str:
    """The promise as people wrote it."""
    return agreement.text(promise.sentence).rstrip(".")


def owed(promise: Promise, direction: Direction) -> Sides:
    """What it is for each side when more is asked of this promise."""
    return side_of(promise.owes, direction)


def whose(agreement: Agreement, name: str, _: object) -> Message:
    """A promise by its sentence, at the beginning of what is said of it."""
    promise = agreement.promise(name)
    return say("{promise}", promise=sentence(agreement, promise) if promise else name)


@change(
    "promise-added",
    "A promise is new",
    mirror=("promise-dropped", "A promise is gone"),
    covers=SECTIONS,
    old="sales_promises: {reason: {promise: Say why, measure: return_reason_rate, target: 100%}}",
    new="""
        sales_promises:
          reason: {promise: Say why, measure: return_reason_rate, target: 100%}
          try: {promise: Try again, measure: persistence_rate, target: 90%}
        """,
)
def promises_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """One side owes the other something that it did not owe, or owes it no longer."""
    for before, after, is_mirrored in ((old, new, False), (new, old, True)):
        moved = _by_id(before, after)
        for promise in _by_id(after, before).values():
            if promise.id in moved:
                continue
            yield Difference(
                promise.id,
                _promised(after, promise, is_gone=is_mirrored),
                owed(promise, LOOSER if is_mirrored else STRICTER),
                promise.path if is_mirrored else None,
                None if is_mirrored else promise.path,
                is_mirrored,
            )


def _promised(agreement: Agreement, promise: Promise, *, is_gone: bool) -> Message:
    words = sentence(agreement, promise)
    if promise.owes == "both":
        if is_gone:
            return say("Both teams no longer promise: {promise}", promise=words)
        return say("Both teams promise: {promise}", promise=words)
    team = team_named(promise.owes, starts=True)
    if is_gone:
        return say("{team} no longer promises: {promise}", team=team, promise=words)
    return say("{team} promises: {promise}", team=team, promise=words)


@change(
    "promise-handed-over",
    "Another side owes a promise",
    alike="what one side no longer owes the other does, whichever way one looks",
    covers=SECTIONS,
    old="marketing_promises: {reason: {promise: Say why, measure: return_reason_rate, target: 100%}}",
    new="sales_promises: {reason: {promise: Say why, measure: return_reason_rate, target: 100%}}",
)
def promise_handed_over(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    The same promise is owed by the other side, or by both.

    Who is new to it owes more, who no longer has it owes less.
    """
    for before, after in in_both(old, new):
        if before.owes == after.owes:
            continue
        sides = Sides(
            *(
                STRICTER if is_now and not was else LOOSER if was and not is_now else Direction.SAME
                for was, is_now in (
                    (before.owes in (side, "both"), after.owes in (side, "both")) for side in ("marketing", "sales")
                )
            )
        )
        yield Difference(
            after.id,
            say(
                "{promise}: {team} owes it now, and no longer {other}",
                promise=sentence(new, after),
                team=team_named(after.owes),
                other=team_named(before.owes),
            ),
            sides,
            before.path,
            after.path,
        )


@change(
    "promise-covers-more",
    "A promise is about more leads",
    mirror=("promise-covers-fewer", "A promise is about fewer leads"),
    covers=of_promises("only"),
    old="""
        fields: {employees: {is: whole number}}
        sales_promises:
          reason: {promise: Say why, only: {employees: at least 50}, measure: return_reason_rate, target: 100%}
        """,
    new="""
        fields: {employees: {is: whole number}}
        sales_promises:
          reason: {promise: Say why, only: {employees: at least 20}, measure: return_reason_rate, target: 100%}
        """,
)
def promise_scope(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The promise is owed for leads that it did not cover, or no longer for some that it did; a lead is shown."""
    for found, is_shifted in _scopes(old, new):
        if not is_shifted:
            yield found


@change(
    "promise-covers-others",
    "A promise is about other leads",
    alike="some leads are gained and others lost, whichever way one looks",
    covers=of_promises("only"),
    old="""
        fields: {employees: {is: whole number}, country: {is: text}}
        sales_promises:
          reason: {promise: Say why, only: {employees: at least 50}, measure: return_reason_rate, target: 100%}
        """,
    new="""
        fields: {employees: {is: whole number}, country: {is: text}}
        sales_promises:
          reason: {promise: Say why, only: {country: Brazil}, measure: return_reason_rate, target: 100%}
        """,
)
def promise_scope_shifted(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The promise is owed for some leads that it did not cover, and no longer for others; a lead is shown for each."""
    for found, is_shifted in _scopes(old, new):
        if is_shifted:
            yield found


def _scopes(old: Agreement, new: Agreement) -> Iterator[tuple[Difference, bool]]:
    for before, after in in_both(old, new):
        if before.only is None and after.only is None:
            continue
        first = None if before.only is None else before.only
        comparison = compared(old, new, first, after.only)
        if comparison.direction is Proved.SAME:
            continue
        arguments = {"promise": sentence(new, after)}
        if comparison.direction is Proved.STRICTER:
            message, direction = say("This is owed for fewer leads: {promise}", **arguments), LOOSER
        elif comparison.direction is Proved.LOOSER:
            message, direction = say("This is owed for more leads: {promise}", **arguments), STRICTER
        elif comparison.direction is Proved.SHIFTED:
            message, direction = say("This is owed for other leads: {promise}", **arguments), SHIFTED
        else:
            message = say("Whether this is owed for other leads could not be proved: {promise}", **arguments)
            direction = SHIFTED
        yield (
            Difference(
                after.id,
                message,
                owed(after, direction),
                (*before.path, "only") if before.only is not None else before.path,
                (*after.path, "only") if after.only is not None else after.path,
                direction is LOOSER,
                example(comparison.lost, old),
                example(comparison.gained, new),
            ),
            direction is SHIFTED,
        )


_MEASURED = (
    Key("starts", say("what starts the clock")),
    Key("stops", say("what stops the clock")),
    Key("measure", say("what is measured")),
    Key("of", say("what the measure is of")),
)


@change(
    "promise-measured-otherwise",
    "A promise is measured otherwise",
    alike="another measure is another measure, whichever way one looks",
    covers=of_promises("starts", "stops", "measure", "of"),
    old="""
        sales_promises:
          first-response:
            {promise: Call, starts: handed_off, stops: contact_attempt, within: 4 hours, target: 90%}
        """,
    new="""
        sales_promises:
          first-response:
            {promise: Call, starts: handed_off, stops: first_personal_contact, within: 4 hours, target: 90%}
        """,
)
def promise_measure(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Other events start or stop the clock, or something else is counted.

    What was reached so far says nothing about the promise from then on.
    """
    for before, after in in_both(old, new):
        for key in _MEASURED:
            for found in value_moved(old, new, after.path, after.id, key, before.written, after.written, whose):
                yield judged_by(found, before, owed(after, SHIFTED))


def judged_by(found: Difference, before: Promise, sides: Sides) -> Difference:
    """A difference of a key, judged by who owes the promise; it may have stood in another section before."""
    old = None if found.old is None else (*before.path, *found.old[2:])
    return Difference(found.what, found.message, sides, old, found.new, found.is_mirrored)


@change(
    "promise-working-time-changed",
    "A promise is counted in another working time",
    alike="another calendar is another calendar, whichever way one looks",
    covers=of_promises("working_time"),
    old="""
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "09:00 to 17:00"}
          shift: {timezone: Europe/Warsaw, days: Monday to Saturday, hours: "08:00 to 20:00"}
        sales_promises:
          call: {promise: Call, starts: handed_off, stops: decided, within: 4 business hours}
        """,
    new="""
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "09:00 to 17:00"}
          shift: {timezone: Europe/Warsaw, days: Monday to Saturday, hours: "08:00 to 20:00"}
        sales_promises:
          call:
            {promise: Call, starts: handed_off, stops: decided, within: 4 business hours, working_time: shift}
        """,
)
def promise_working_time(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Business hours and days are counted in another calendar: that of another team, or of the seller who has the lead.

    A promise that names none goes by the first calendar, so that a new first one changes it too.
    """
    for before, after in in_both(old, new):
        was, now = _calendar(old, before), _calendar(new, after)
        if was == now or was is None or now is None:
            continue
        yield Difference(
            after.id,
            say(
                "The hours of “{new}” count instead of those of “{old}”: {promise}",
                promise=sentence(new, after),
                new=_calendar_name(new, now),
                old=_calendar_name(old, was),
            ),
            owed(after, SHIFTED),
            _working_time_path(before),
            _working_time_path(after),
        )


def _calendar(agreement: Agreement, promise: Promise) -> str | None:
    """The calendar of a promise that counts business hours or days; None for others."""
    clock = promise.clock
    if clock is None:
        return None
    if clock.working_time is None and not any(deadline.time.unit.is_business for deadline in promise.deadlines):
        return None
    return clock.working_time or next(iter(agreement.sections.working_time or {}), None)


def _calendar_name(agreement: Agreement, name: str) -> Argument:
    return say("the seller who has the lead") if name == OWN_WORKING_TIME else named(agreement, name, "working_time")


def _working_time_path(promise: Promise) -> Path:
    is_written = promise.clock is not None and promise.clock.working_time is not None
    return (*promise.path, "working_time") if is_written else promise.path
