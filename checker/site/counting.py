"""How a promise is counted, in plain sentences: what starts and stops a clock, what a measure counts."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from checker.agreement.people import WorkingTime
from checker.agreement.promise_list import Promise
from checker.agreement.promises import Clock, LateWith, Measured
from checker.message import Message, Named, Written, say
from checker.site.basis import Basis

MEASURES: dict[str, Message] = {
    "volume": say("counts the leads that reach “{of}” for the first time, by month"),
    "rate": say("of the leads that came in a month, the share that went on ({of})"),
    "acceptance_rate": say("of the leads that sales decided on, the share that it accepted"),
    "payload_completeness": say("of the leads handed off, the share with every must-have field filled in"),
    "persistence_rate": say("of the leads returned as “{of}”, the share that was tried often enough before"),
    "return_reason_rate": say("of the returned leads, the share with a reason from the list"),
    "recycled_on_time": say("of the returned leads to contact again, the share that was contacted when it was due"),
    "field_known": say("of these leads, the share where “{of}” is filled in"),
    "entries": say("counts the entries in the list “{of}”, by month"),
    "meetings_held": say("of the meetings that were due, the share that was held"),
    "revenue": say("adds up the deals won in a month"),
    "single_channel": say("of the leads from marketing, the share that came by the one channel"),
    "missed_leads": say("of the leads that met the criteria, the share that was never handed off"),
    "wrongly_qualified": say("of the leads handed off, the share that did not meet the criteria"),
    "pipeline_coverage": say("the value of the opportunities that close in a month over its revenue target"),
    "cost_per_customer": say("the month's budgets over the customers expected from its opportunities"),
    "rehandoff_rate": say("of the handoffs, the share that were not the lead's first"),
    "capacity_use": say("of what the sellers can take in a month, the share that they were given"),
}


def counted(basis: Basis, promise: Promise) -> Iterator[Markup]:
    """The sentences of one promise."""
    say_it = basis.voice.say
    written = promise.written
    if promise.only is not None:
        yield say_it(say("it is about leads where {condition}", condition=basis.sentences.inline(promise.only)))
    if isinstance(written, Clock):
        yield from (say_it(message) for message in _clock(basis, written))
    if isinstance(written, Measured):
        yield from (say_it(message) for message in _measured(basis, written))
    for excuse in written.not_owed_when or ():
        if isinstance(excuse, LateWith):
            yield say_it(
                say(
                    "a lead is not owed where the other side was late with “{promise}”",
                    promise=_sentence(basis, excuse.late),
                )
            )
        else:
            yield say_it(say("a lead is not owed where it did not meet the criteria when it was handed off"))


def _clock(basis: Basis, clock: Clock) -> Iterator[Message]:
    names = basis.names
    yield say(
        "the clock starts when a lead is {starts}, and stops when it is {stops}",
        starts=names.event(clock.starts),
        stops=names.event(clock.stops),
    )
    for tool, events in _records(basis, clock):
        yield say("{tool} records when a lead is {events}", tool=tool, events=Named(tuple(events), "and"))
    personal = basis.agreement.sections.personal_contact
    if clock.stops == "first_personal_contact" and personal:
        yield say("what counts as contact in person: {ways}", ways=Named(tuple(personal), "or"))
    yield say("every lead whose clock started counts, also those that never got an answer: silence is late")
    if clock.no_answer_means == "accepted":
        yield say("a lead without an answer at the deadline counts as accepted")
    elif clock.no_answer_means == "returned":
        yield say("a lead without an answer at the deadline counts as returned")
    yield say("a lead belongs to the month in which its deadline falls")
    times = clock.within if isinstance(clock.within, list) else []
    units = [rung.time.unit for rung in times] or ([] if isinstance(clock.within, list) else [clock.within.unit])
    if any(unit.is_business for unit in units):
        yield from _working_time(basis, clock)


def _records(basis: Basis, clock: Clock) -> Iterator[tuple[str, list[str]]]:
    """The tools that record the start or the stop, each with what it records."""
    for name, tool in (basis.agreement.sections.tools or {}).items():
        known = [event for event in (clock.starts, clock.stops) if event in tool.records]
        if known:
            yield basis.names.tool(name), [basis.voice.say(basis.names.event(event)) for event in known]


def _working_time(basis: Basis, clock: Clock) -> Iterator[Message]:
    if clock.working_time == "of the seller":
        yield say("business time is each seller's own working time")
        return
    working_time = basis.agreement.working_time(clock.working_time)
    if working_time is None:
        return
    if working_time.is_always:
        yield say("business time runs day and night, also on holidays")
        return
    yield say(
        "business time is {days}, {hours}, time of {zone}",
        days=days_in_words(basis, working_time),
        hours=hours_in_words(working_time),
        zone=Written(working_time.timezone.replace("_", " ")),
    )
    if working_time.holidays:
        yield say("holidays do not count")


def days_in_words(basis: Basis, working_time: WorkingTime) -> Message:
    """The working days of a week."""
    days = sorted(working_time.week())
    names = tuple(basis.voice.weekday(day) for day in days)
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return say("{first} to {last}", first=names[0], last=names[-1])
    return say("{days}", days=Named(names))


def hours_in_words(working_time: WorkingTime) -> Message:
    """The opening hours of all days, each different span once."""
    shifts = list(dict.fromkeys(shift for day in sorted(working_time.week()) for shift in working_time.week()[day]))
    spans = tuple(f"{_time(shift.opens)}–{_time(shift.closes)}" for shift in shifts)
    return say("{hours}", hours=Named(spans))


def _time(second: int) -> str:
    return f"{second // 3600 % 24:02d}:{second % 3600 // 60:02d}" if second != 86400 else "24:00"


def _measured(basis: Basis, measured: Measured) -> Iterator[Message]:
    message = MEASURES[measured.measure]
    yield Message(message.text, {"of": _subject(basis, measured)} if "{of}" in message.text else {})
    needs = measured.needs
    if needs is not None and needs.attempts is not None and needs.channels is not None and needs.over is not None:
        yield say(
            "often enough is: {attempts} attempts, by {channels} different ways, over {time}",
            attempts=needs.attempts,
            channels=needs.channels,
            time=needs.over,
        )
    elif needs is not None and needs.attempts is not None:
        yield say("often enough is: {attempts} attempts", attempts=needs.attempts)
    if measured.judged_after is not None:
        yield say("a month's leads are judged when the youngest of them is {time} old", time=measured.judged_after)
    if measured.target == "as planned":
        yield say("the target is the plan's number of each month")


def _subject(basis: Basis, measured: Measured) -> str:
    """What `of` names, in words."""
    of = measured.of or ""
    names, agreement = basis.names, basis.agreement
    if of in agreement.stages:
        return names.short_stage(of)
    if of in agreement.fields:
        return names.field(of)
    if of in (agreement.sections.return_reasons or {}):
        return names.reason(of)
    for first, second, rate_id in agreement.conversions():
        if of == rate_id:
            return f"{names.short_stage(first)} → {names.short_stage(second)}"
    return of.replace("_", " ")


def _sentence(basis: Basis, promise_id: str) -> str:
    promise = basis.agreement.promise(promise_id)
    return basis.names.promise(promise) if promise else promise_id
