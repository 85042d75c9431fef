"""What stands beside a verdict, in words: the same for the terminal and for the pages."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction

from checker.beside_verdict import Excepted
from checker.language import from_json
from checker.message import Argument, Message, Written, all_of, say, say_counted
from checker.quantity import Money, Month, Share
from checker.standing import Standing
from checker.verdict import Result, Status

_STANDINGS: Mapping[Standing, Message] = {
    Standing.LOST: say("can no longer be kept"),
    Standing.AT_RISK: say("at risk"),
    Standing.MISSED: say("missed"),
    Standing.ON_COURSE: say("on course"),
    Standing.KEPT: say("kept"),
    Standing.NO_DATA: say("no data"),
    Standing.NOT_MEASURABLE: say("not measurable"),
}


def standings_in_words(counts: Mapping[Standing, int]) -> list[Message]:
    """How many promises stand in each way, what needs somebody first: "2 can no longer be kept"."""
    return [
        say("{number} {standing}", number=counts[standing], standing=_STANDINGS[standing])
        for standing in Standing
        if counts.get(standing)
    ]


def now_in_words(result: Result, currency: str) -> Iterator[Message]:
    """Of a month that goes on: where it is heading, whether things got worse, what is to be done."""
    pace = pace_in_words(result, currency)
    if pace is not None:
        yield pace
    warning = warning_in_words(result)
    if warning is not None:
        yield warning
    if result.step is not None:
        step = result.step
        yield say(
            "{used} of about {allowed} allowed misses used; at {share} of them the agreement says: {then}",
            used=step.used,
            allowed=step.allowed,
            share=Share(exact(step.share)),
            then=step.told,
        )
    for taken in result.escalations:
        yield say(
            "escalation: {when}, so tell {whom}: {then}",
            when=from_json(taken.when.model_dump()),
            whom=from_json(taken.whom.model_dump()),
            then=taken.told,
        )


def pace_in_words(result: Result, currency: str) -> Message | None:
    """Where leads and amounts are heading; None of everything else, and of the first day."""
    pace, heads_for = result.pace, _projection(result, currency)
    if pace is None or pace.share is None or heads_for is None:
        return None

    def amount(value: float | int | None) -> Argument:
        number = exact(value or 0)
        return Money(_whole(number), currency) if result.unit == "money" and currency else number

    share = Share(exact(round(pace.share, 3)))
    if not pace.a_day_needed:
        return say("the target is reached; heads for {projection}", projection=heads_for)
    if pace.low is None or pace.high is None:
        return say(
            "pace {share}: heads for {projection}; needs {needed} a day, had {so_far} a day",
            share=share,
            projection=heads_for,
            needed=amount(pace.a_day_needed),
            so_far=amount(pace.a_day_so_far),
        )
    return say(
        "pace {share}: heads for {projection}, most likely {low} to {high}; needs {needed} a day, had {so_far} a day",
        share=share,
        projection=heads_for,
        low=pace.low,
        high=pace.high,
        needed=amount(pace.a_day_needed),
        so_far=amount(pace.a_day_so_far),
    )


def heading_in_words(result: Result, currency: str) -> Message | None:
    """Where leads and amounts are heading, where there is little room."""
    heads_for = _projection(result, currency)
    return None if heads_for is None else say("heads for {projection}", projection=heads_for)


def _projection(result: Result, currency: str) -> Argument | None:
    """What a month comes to, as a whole number; None of what is not projected, and on the first day."""
    pace = result.pace
    if pace is None or pace.projection is None or result.unit not in ("leads", "money"):
        return None
    ahead = _whole(exact(pace.projection))
    return Money(ahead, currency) if result.unit == "money" and currency else ahead


def warning_in_words(result: Result) -> Message | None:
    """The stronger of the early warnings; None where there is none."""
    warnings = [recent for recent in result.recent if recent.is_warning]
    if not warnings:
        return None
    strongest = min(warnings, key=lambda recent: recent.by_chance)
    return say(
        "early warning: {missed} of {due} missed in the last {days} working days, {times} times what is allowed",
        missed=strongest.missed,
        due=strongest.due,
        days=strongest.days,
        times=exact(round(strongest.times_as_fast or 0, 1)),
    )


def together_in_words(result: Result) -> Message | None:
    """Three months together, where they tell something else than the month, or the month was missed."""
    pooled = result.together
    if pooled is None or (result.status is Status.MET and pooled.is_kept):
        return None
    months: dict[str, Argument] = {
        "first": Month.parse(pooled.months[0]),
        "last": Month.parse(pooled.months[-1]),
        "part": pooled.numerator,
        "whole": pooled.denominator,
        "share": Share(Fraction(pooled.numerator, pooled.denominator)),
    }
    if pooled.is_kept:
        return say("three months together ({first} to {last}): {part} of {whole}, or {share}, would be kept", **months)
    return say("three months together ({first} to {last}): {part} of {whole}, or {share}, would be missed", **months)


def left_out_in_words(result: Result) -> Iterator[Message]:
    """Which leads are in no share, and why; and what makes the numbers less than sure."""
    if result.exceptions:
        yield from (_exception(each) for each in result.exceptions)
    elif result.not_counted:
        yield say_counted(
            "{count} is not counted, as both agreed",
            "{count} are not counted, as both agreed",
            count=result.not_counted,
        )
    if result.released:
        yield from (_released(each.count, each.because) for each in result.released)
    elif result.not_owed:
        yield say_counted(
            "{count} was not owed, because the other side failed first",
            "{count} were not owed, because the other side failed first",
            count=result.not_owed,
        )
    if result.unknown_would_break:
        yield say("kept only because those that do not say enough are left out")
    for stand_in in result.stand_ins:
        yield say(
            "about, because {event} stands for {missing}",
            event=Written(stand_in.same_as),
            missing=Written(stand_in.event),
        )
    if result.about and not result.stand_ins:
        yield say("about, because a stand-in is used")


def _released(count: int, because: str) -> Message:
    if because == "wrongly_qualified":
        return say_counted(
            "{count} was not owed, because it did not meet the criteria when it was handed over",
            "{count} were not owed, because they did not meet the criteria when they were handed over",
            count=count,
        )
    return say_counted(
        "{count} was not owed, because the other side was late with it ({promise})",
        "{count} were not owed, because the other side was late with them ({promise})",
        count=count,
        promise=Written(because),
    )


def _exception(excepted: Excepted) -> Message:
    told: dict[str, Argument] = {"why": excepted.told, "people": all_of(excepted.agreed_by)}
    if excepted.first is not None and excepted.last is not None:
        return say_counted(
            "{count} is not counted, from {first} to {last}: {why} (agreed by {people})",
            "{count} are not counted, from {first} to {last}: {why} (agreed by {people})",
            count=excepted.count,
            first=excepted.first,
            last=excepted.last,
            **told,
        )
    return say_counted(
        "{count} is not counted ({leads}): {why} (agreed by {people})",
        "{count} are not counted ({leads}): {why} (agreed by {people})",
        count=excepted.count,
        leads=all_of(excepted.leads),
        **told,
    )


def exact(value: float | int) -> Fraction:
    """A number that was written down, with its decimals."""
    return Fraction(str(value))


def _whole(value: Fraction) -> Fraction:
    """Rounded to a whole number, halves up."""
    return Fraction(math.floor(value + Fraction(1, 2)))
