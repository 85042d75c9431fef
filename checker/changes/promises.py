"""What the two sides owe each other: promises that come and go, deadlines, shares, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement, Promise
from checker.agreement.promises import AT_MOST, OWN_WORKING_TIME, Clock, Rung
from checker.agreement.scalars import MonthlyRate
from checker.change import Difference, Direction, Sides
from checker.changes.effects import compared
from checker.changes.entries import Key, value_moved
from checker.changes.kind import change
from checker.changes.lists import moves
from checker.changes.showing import example, named, shown, within_instead
from checker.changes.sides import LOOSER, SHIFTED, STRICTER, side_of, team_named
from checker.changes.spans import longer
from checker.finding import Path
from checker.logic.proof import Direction as Proved
from checker.logic.proof.results import Status
from checker.message import Argument, Message, say
from checker.quantity import Duration, Share

SECTIONS = ("marketing_promises", "sales_promises", "both_promise")


def of_promises(*keys: str) -> tuple[str, ...]:
    """Keys of a promise, in each of the three sections."""
    return tuple(f"{section}.*.{key}" for section in SECTIONS for key in keys)


def in_both(old: Agreement, new: Agreement) -> Iterator[tuple[Promise, Promise]]:
    """Each promise that is there before and after, whoever owes it."""
    for promise in old.promises():
        later = new.promise(promise.id)
        if later is not None:
            yield promise, later


def sentence(agreement: Agreement, promise: Promise) -> str:
    """The promise as people wrote it."""
    return agreement.text(promise.sentence).rstrip(".")


def owed(promise: Promise, direction: Direction) -> Sides:
    """What it is for each side when more is asked of this promise."""
    return side_of(promise.owes, direction)


def _whose(agreement: Agreement, name: str, _: object) -> Message:
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
        for promise in after.promises():
            if before.promise(promise.id) is not None:
                continue
            team = team_named(promise.owes, starts=True)
            if is_mirrored:
                message = say("{team} no longer promises: {promise}", team=team, promise=sentence(after, promise))
            else:
                message = say("{team} promises: {promise}", team=team, promise=sentence(after, promise))
            yield Difference(
                promise.id,
                message,
                owed(promise, LOOSER if is_mirrored else STRICTER),
                promise.path if is_mirrored else None,
                None if is_mirrored else promise.path,
                is_mirrored,
            )


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
    "promise-tightened",
    "A promise asks for more",
    mirror=("promise-loosened", "A promise asks for less"),
    covers=of_promises("within", "target", "within.*.time", "within.*.target"),
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
    The deadline is shorter, or a larger share must be kept; or the other way round.

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
    covers=of_promises("within", "target", "within.*.time", "within.*.target"),
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
        if (found := _deadline(old, new, before, after)) is not None:
            yield found
    if before.target != after.target:
        yield _target(old, new, before, after)


def _judged(after: Promise, order: int | None) -> tuple[Sides, bool]:
    """For whom a level is what, and whether it is less: `order` is 1 for more, -1 for less, None for neither."""
    if order is None:
        return owed(after, SHIFTED), False
    return owed(after, STRICTER if order > 0 else LOOSER), order < 0


def _deadline(old: Agreement, new: Agreement, before: Promise, after: Promise) -> Difference | None:
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
    )


def _is_at_most(promise: Promise) -> bool:
    """Whether the target may not be gone over, so that a lower one asks for more."""
    return promise.measured is not None and promise.measured.measure in AT_MOST


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


def _rungs(promise: Promise) -> list[Rung]:
    """The lines of a ladder; a single deadline is a ladder of one line."""
    clock = promise.clock
    if clock is None:
        return []
    if isinstance(clock.within, list):
        return clock.within
    return [Rung(otherwise=True, name="all", time=clock.within, target=clock.target)]


def _ladder(old: Agreement, new: Agreement, before: Promise, after: Promise) -> Iterator[Difference]:
    first, second = _rungs(before), _rungs(after)
    paths: tuple[Path, Path] = ((*before.path, "within"), (*after.path, "within"))
    own = [
        {"time": rung.time, "target": rung.target or promise.target}
        for promise, rungs in ((before, first), (after, second))
        for rung in rungs
    ]
    level = dict(zip([id(rung) for rung in (*first, *second)], own, strict=True))

    def given(rung: Rung) -> object:
        return tuple(level[id(rung)].items())

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
    is_ladder = promise.clock is not None and isinstance(promise.clock.within, list)
    return (*path, index) if index is not None and is_ladder else path


def _level_order(was: dict[str, object] | None, now: dict[str, object] | None) -> int | None:
    """1 where leads are owed more than they were: less time, or a larger share in time."""
    if was is None or now is None:
        return 1 if was is None else -1
    times = was["time"], now["time"]
    time = longer(*times) if times[0] != times[1] else 0  # type: ignore[arg-type]
    share = 0 if was["target"] == now["target"] else _raised(was["target"], now["target"])  # type: ignore[arg-type]
    if time is None or share is None or time * share < 0:
        return None
    return time or share or None


def _told_rung(
    old: Agreement,
    new: Agreement,
    promise: Promise,
    was: dict[str, object] | None,
    now: dict[str, object] | None,
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
    arguments["new"] = now["time"]  # type: ignore[assignment]
    if was is None:
        return say("{team} must do this within {new} for leads that had no deadline: {promise}", **arguments)
    if was["time"] == now["time"]:
        arguments |= {"share": _in_words(new, now["target"]), "before": _in_words(old, was["target"])}  # type: ignore[arg-type]
        return say(
            "{team} must do this within {new} for {share} of some leads instead of {before}: {promise}", **arguments
        )
    arguments["new"], arguments["old"] = within_instead(now["time"], was["time"])  # type: ignore[arg-type]
    return say("{team} must do this within {new} instead of {old} for some leads: {promise}", **arguments)


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


def _event(agreement: Agreement, name: str) -> str:
    return name.replace("_", " ")


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
            for found in value_moved(old, new, after.path, after.id, key, before.written, after.written, _whose):
                yield _owed_by(found, before, after, owed(after, SHIFTED))


def _owed_by(found: Difference, before: Promise, after: Promise, sides: Sides) -> Difference:
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
          call: {promise: Call, starts: handed_off, stops: decided, within: 4 business hours, target: 90%}
        """,
    new="""
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "09:00 to 17:00"}
          shift: {timezone: Europe/Warsaw, days: Monday to Saturday, hours: "08:00 to 20:00"}
        sales_promises:
          call:
            {promise: Call, starts: handed_off, stops: decided, within: 4 business hours, working_time: shift, target: 90%}
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


@change(
    "silence-counts-otherwise",
    "Silence counts otherwise",
    alike="accepted and returned are two answers, and neither is more than the other",
    covers=of_promises("no_answer_means"),
    old="""
        sales_promises:
          accept: {promise: Say yes or no, starts: handed_off, stops: decided, within: 2 days, no_answer_means: accepted}
        """,
    new="""
        sales_promises:
          accept: {promise: Say yes or no, starts: handed_off, stops: decided, within: 2 days, no_answer_means: returned}
        """,
)
def silence(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    A lead on which nobody decides in time counts as accepted, as returned, or as neither.

    The silent side is late either way. What changes is the other side's share of accepted leads.
    """
    key = Key("no_answer_means", say("silence counts as"))
    for before, after in in_both(old, new):
        if not isinstance(before.written, Clock) or not isinstance(after.written, Clock):
            continue
        was, now = before.written.no_answer_means, after.written.no_answer_means
        if was == now:
            continue
        if now is None:
            message = say("Silence no longer counts as an answer: {promise}", promise=sentence(new, after))
        else:
            message = say("Silence counts as {answer}: {promise}", promise=sentence(new, after), answer=_answers()[now])
        yield Difference(
            after.id,
            message,
            Sides(SHIFTED, SHIFTED),
            (*before.path, key.key) if was else before.path,
            (*after.path, key.key) if now else after.path,
        )


def _answers() -> dict[str, Message]:
    return {"accepted": say("accepted"), "returned": say("returned")}


@change(
    "promise-effort-raised",
    "A promise counts more tries as enough",
    mirror=("promise-effort-lowered", "A promise counts fewer tries as enough"),
    covers=of_promises("needs.attempts", "needs.channels", "needs.over"),
    old="sales_promises: {try: {promise: Try, measure: persistence_rate, needs: {attempts: 4}, target: 90%}}",
    new="sales_promises: {try: {promise: Try, measure: persistence_rate, needs: {attempts: 6}, target: 90%}}",
)
def promise_effort(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """More attempts, by more channels or over a longer time, count as having tried often enough; or fewer."""
    for before, after in in_both(old, new):
        was, now = (promise.measured.needs if promise.measured else None for promise in (before, after))
        for attribute, words in _EFFORT.items():
            first, second = getattr(was, attribute, None), getattr(now, attribute, None)
            if first == second:
                continue
            order = _effort_order(first, second)
            is_less = order is not None and order < 0
            yield Difference(
                after.id,
                say(
                    "{thing} needed are {new} instead of {old}: {promise}",
                    thing=words,
                    new=say("not said") if second is None else shown(new, second),
                    old=say("not said") if first is None else shown(old, first),
                    promise=sentence(new, after),
                ),
                owed(after, SHIFTED) if order is None else owed(after, LOOSER if is_less else STRICTER),
                (*before.path, "needs", attribute) if first is not None else before.path,
                (*after.path, "needs", attribute) if second is not None else after.path,
                is_less,
            )


_EFFORT = {"attempts": say("The attempts"), "channels": say("The channels"), "over": say("The days")}


def _effort_order(first: object, second: object) -> int | None:
    if first is None or second is None:
        return 1 if first is None else -1
    if isinstance(first, Duration) and isinstance(second, Duration):
        return longer(second, first)
    if isinstance(first, int) and isinstance(second, int):
        return (second > first) - (second < first)
    return None


@change(
    "promise-judged-at-another-age",
    "A promise is judged at another age of its leads",
    alike="sooner and later are neither more nor less that is owed",
    covers=of_promises("judged_after"),
    old="""
        rates: {mql_to_customer: 25%}
        sales_promises:
          win: {promise: Win, measure: rate, of: mql_to_customer, judged_after: 60 days, target: as planned}
        """,
    new="""
        rates: {mql_to_customer: 25%}
        sales_promises:
          win: {promise: Win, measure: rate, of: mql_to_customer, judged_after: 90 days, target: as planned}
        """,
)
def promise_age(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    The leads of a month are judged when the youngest is older, or younger, than before.

    Later, more of them have had the time to get there, and the verdict comes later.
    """
    key = Key("judged_after", say("the age at which a month is judged"))
    for before, after in in_both(old, new):
        for found in value_moved(old, new, after.path, after.id, key, before.written, after.written, _whose):
            yield _owed_by(found, before, after, owed(after, SHIFTED))
