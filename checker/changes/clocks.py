"""When clocks run, and what stops them: working time, days off, and what counts as personal contact."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from checker.agreement import Agreement
from checker.agreement.people import WorkingTime
from checker.agreement.promises import OWN_WORKING_TIME
from checker.agreement.scalars import Hours
from checker.change import Difference, Direction, Sides
from checker.changes.entries import come_and_gone, in_both, only_in
from checker.changes.kind import change
from checker.changes.showing import clock, named, shown
from checker.changes.sides import LOOSER, NOBODY, SHIFTED, STRICTER, side_of
from checker.finding import Path
from checker.message import Message, say
from checker.quantity import Unit


def _name(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("Working time “{name}”", name=named(agreement, name, "working_time"))


def _told(agreement: Agreement, name: str, _: object) -> tuple[Message, Message]:
    calendar = named(agreement, name, "working_time")
    return (
        say("There is a working time “{name}” now", name=calendar),
        say("There is no working time “{name}” any more", name=calendar),
    )


@change(
    "working-time-added",
    "A working time is new",
    mirror=("working-time-dropped", "A working time is gone"),
    covers=("working_time",),
    old='working_time: {office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "09:00 to 17:00"}}',
    new="""
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "09:00 to 17:00"}
          shift: {timezone: Europe/Warsaw, days: Saturday, hours: "09:00 to 17:00"}
        """,
)
def calendars_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """There is one calendar more to count business hours in, or one less. Which promise goes by it is told there."""
    yield from come_and_gone(old, new, "working_time", _told, NOBODY)


def _owing(agreement: Agreement, name: str, in_hours: Direction, in_days: Direction | None) -> Sides:
    """Those who owe a promise whose business hours or days are counted in a calendar, by the unit of its deadlines."""
    first = next(iter(agreement.sections.working_time or {}), None)
    of_sellers = {seller.working_time or first for seller in (agreement.sections.sellers or {}).values()}
    sides = NOBODY
    for promise in agreement.promises():
        written = promise.clock
        if written is None:
            continue
        used = of_sellers if written.working_time == OWN_WORKING_TIME else {written.working_time or first}
        if name not in used:
            continue
        for unit in {deadline.time.unit for deadline in promise.deadlines}:
            direction = in_days if unit is Unit.BUSINESS_DAYS else in_hours
            if unit.is_business and direction is not None:
                sides |= side_of(promise.owes, direction)
    return sides


def _in_days(before: WorkingTime, after: WorkingTime) -> Direction | None:
    """What other hours of the week mean for deadlines in business days, which end when their last day closes."""
    was, now = _closing(before), _closing(after)
    both = was.keys() & now.keys()
    is_sooner = now.keys() >= was.keys() and all(now[day] <= was[day] for day in both)
    is_later = now.keys() <= was.keys() and all(now[day] >= was[day] for day in both)
    if is_sooner and is_later:
        return None
    return STRICTER if is_sooner else LOOSER if is_later else SHIFTED


def _closing(entry: WorkingTime) -> dict[int, int]:
    """Weekday -> when it closes, in seconds from its midnight."""
    return {day: max(shift.closes for shift in shifts) for day, shifts in entry.week().items() if shifts}


@change(
    "working-time-longer",
    "Clocks run for more hours",
    mirror=("working-time-shorter", "Clocks run for fewer hours"),
    covers=(
        "working_time.*.days",
        "working_time.*.hours",
        "working_time.*.holidays.country",
        "working_time.*.holidays.region",
        "working_time.*.holidays.also",
        "working_time.*.holidays.except",
        "working_time.*.holidays",
    ),
    old="""
        working_time: {office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "09:00 to 17:00"}}
        sales_promises: {call: {promise: Call, starts: handed_off, stops: decided, within: 4 business hours}}
        """,
    new="""
        working_time: {office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 18:00"}}
        sales_promises: {call: {promise: Call, starts: handed_off, stops: decided, within: 4 business hours}}
        """,
)
def working_hours(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Deadlines in business hours and days come sooner, since more hours of the week count or fewer days are off; or
    later. It is stricter for those who owe such a promise.
    """
    for found, is_shifted in _hours(old, new):
        if not is_shifted:
            yield found


@change(
    "working-time-moved",
    "Clocks run at other hours",
    alike="some hours are gained and others lost, whichever way one looks",
    covers=(
        "working_time.*.days",
        "working_time.*.hours",
        "working_time.*.timezone",
        "working_time.*.holidays.country",
        "working_time.*.holidays.region",
        "working_time.*.holidays.also",
        "working_time.*.holidays.except",
        "working_time.*.holidays",
    ),
    old='working_time: {office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "09:00 to 17:00"}}',
    new='working_time: {office: {timezone: Europe/Lisbon, days: Monday to Friday, hours: "09:00 to 17:00"}}',
)
def working_hours_moved(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    Some hours count that did not, and some no longer do; or the same hours count in another time zone, or with another
    country's holidays.
    """
    for found, is_shifted in _hours(old, new):
        if is_shifted:
            yield found
    for name, before, after in in_both(old, new, "working_time"):
        if before.timezone != after.timezone:
            path: Path = ("working_time", name, "timezone")
            yield Difference(
                name,
                say(
                    "{whose}: {thing} is {new} instead of {old}",
                    whose=_name(new, name),
                    thing=say("the time zone"),
                    new=after.timezone,
                    old=before.timezone,
                ),
                _owing(old, name, SHIFTED, SHIFTED) | _owing(new, name, SHIFTED, SHIFTED),
                path,
                path,
            )


def _hours(old: Agreement, new: Agreement) -> Iterator[tuple[Difference, bool]]:
    for name, before, after in in_both(old, new, "working_time"):
        for key, order, message in (
            ("hours", *_weeks(new, name, before, after)),
            ("holidays", *_holidays(new, name, before, after)),
        ):
            if message is None:
                continue
            direction = {None: SHIFTED, 1: STRICTER, -1: LOOSER}[order]
            in_days = _in_days(before, after) if key == "hours" else direction
            path: Path = ("working_time", name)
            yield (
                Difference(
                    name,
                    message,
                    _owing(old, name, direction, in_days) | _owing(new, name, direction, in_days),
                    _at(path, key, before),
                    _at(path, key, after),
                    order == -1,
                ),
                order is None,
            )


def _at(path: Path, key: str, entry: WorkingTime) -> Path:
    if getattr(entry, key) is not None:
        return (*path, key)
    return (*path, "days") if key == "hours" and entry.days is not None else path


def _minutes(entry: WorkingTime) -> set[tuple[int, int]]:
    """Every weekday and minute in which a clock runs; a shift past midnight runs into the next day."""
    running = set()
    for day, shifts in entry.week().items():
        for shift in shifts:
            for second in range(shift.opens, shift.closes, 60):
                running.add(((day + second // 86400) % 7, second % 86400 // 60))
    return running


def _weeks(new: Agreement, name: str, before: WorkingTime, after: WorkingTime) -> tuple[int | None, Message | None]:
    was, now = _minutes(before), _minutes(after)
    if was == now and before.is_always == after.is_always:
        return None, None
    order = 1 if was < now or (was == now and after.is_always) else -1 if now < was or was == now else None
    hours = say("{whose}: {new} instead of {old}", whose=_name(new, name), new=_week(after), old=_week(before))
    return order, hours


def _week(entry: WorkingTime) -> Message:
    """The week's hours: how many, and on a day the first and last."""
    if entry.is_always:
        return say("day and night")
    shifts = [shift for day in entry.week().values() for shift in day]
    total = sum(shift.closes - shift.opens for shift in shifts)
    opens, closes = min(shift.opens for shift in shifts), max(_end(shift) for shift in shifts)
    return say(
        "{hours} hours a week, from {first} to {last}",
        hours=Fraction(total, 3600),
        first=clock(opens),
        last=clock(closes),
    )


def _end(shift: Hours) -> int:
    return shift.closes


def _holidays(new: Agreement, name: str, before: WorkingTime, after: WorkingTime) -> tuple[int | None, Message | None]:
    was, now = (_days_off(entry) for entry in (before, after))
    if was == now:
        return None, None
    whose = _name(new, name)
    (old_place, old_also, old_except), (new_place, new_also, new_except) = was, now
    if old_place == new_place:
        off, on = (new_also - old_also) | (old_except - new_except), (old_also - new_also) | (new_except - old_except)
        order = 1 if on and not off else -1 if off and not on else None
        if off and on:
            days = shown(new, sorted(off)), shown(new, sorted(on))
            return order, say("{whose}: {off} off, and {on} no longer", whose=whose, off=days[0], on=days[1])
        if off:
            return order, say("{whose}: {days} off", whose=whose, days=shown(new, sorted(off)))
        return order, say("{whose}: {days} no longer off", whose=whose, days=shown(new, sorted(on)))
    if not old_place or not new_place:
        order = -1 if new_place else 1
        place = "-".join(new_place or old_place)
        if new_place:
            return order, say("{whose}: the public holidays of {place} are off", whose=whose, place=place)
        return order, say("{whose}: the public holidays of {place} are no longer off", whose=whose, place=place)
    return None, say(
        "{whose}: the public holidays of {new} are off instead of those of {old}",
        whose=whose,
        new="-".join(new_place),
        old="-".join(old_place),
    )


def _days_off(entry: WorkingTime) -> tuple[tuple[str, ...], frozenset[Any], frozenset[Any]]:
    """Country and region, further days off, holidays on which people work."""
    holidays = entry.holidays
    if holidays is None:
        return (), frozenset(), frozenset()
    if isinstance(holidays, list):
        return (), frozenset(holidays), frozenset()
    place = tuple(filter(None, (holidays.country, holidays.region)))
    return place, frozenset(holidays.also or ()), frozenset(holidays.except_ or ())


@change(
    "personal-contact-widened",
    "More counts as personal contact",
    mirror=("personal-contact-narrowed", "Less counts as personal contact"),
    covers=("personal_contact",),
    old="personal_contact: [phone call, meeting]",
    new="personal_contact: [phone call, meeting, personal message]",
)
def personal_contact(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """One more way to reach a person stops the clock of the first contact, or one less."""
    was, now = old.sections.personal_contact or [], new.sections.personal_contact or []
    for values, others, is_gone in ((now, was, False), (was, now, True)):
        for value in only_in(values, others):
            sides = side_of("sales", LOOSER)
            yield Difference(
                "personal_contact",
                say("“{way}” no longer counts as personal contact", way=value)
                if is_gone
                else say("“{way}” counts as personal contact", way=value),
                sides.mirrored if is_gone else sides,
                ("personal_contact",) if was else None,
                ("personal_contact",) if now else None,
                is_gone,
            )
