"""What every report says of results in the same words: how old the data is, what it can judge, which results count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from itertools import groupby

from checker.language import Words, from_json
from checker.message import Argument, Message, all_of, say, say_counted
from checker.report.beside_words import standings_in_words
from checker.report.unlocking import unlocks
from checker.standing import counted, is_about_now, standing
from checker.verdict import Outlook, Result, Results, Status

SIDES: Mapping[str, Message] = {
    "marketing": say("What marketing promises"),
    "sales": say("What sales promises"),
    "both": say("What both promise"),
}
"""Who owes -> what their promises are called, in the order in which they are told."""
STATUSES: Mapping[Status, Message] = {
    Status.MET: say("kept"),
    Status.MISSED: say("missed"),
    Status.OPEN: say("open"),
    Status.NO_DATA: say("no data"),
    Status.NOT_MEASURABLE: say("not measurable"),
}
"""Status -> its word."""
NEEDS_SOMEBODY = (Outlook.LOST, Outlook.AT_RISK)


def told(results: Results) -> Iterator[list[Result]]:
    """The results that a report tells, promise by promise in its order: those that decide, and the one that goes on."""
    for side in SIDES:
        own = [result for result in results.results if result.owes == side]
        for _, months in groupby(own, key=lambda result: result.promise):
            yield shown_of(list(months))


def shown_of(results: Sequence[Result]) -> list[Result]:
    """Of a promise: the months that decide, and the one that goes on and ends first; else the last that is told."""
    deciding = [result for result in results if result.judged]
    going_on = [result for result in results if result.status is Status.OPEN]
    shown = [*deciding, *(going_on[:1] if going_on and going_on[0].judged_on else going_on[-1:])]
    return shown or list(results[-1:])


def needs_somebody(result: Result) -> bool:
    """Whether somebody should look at it: it was missed, or is about to be."""
    return result.status is Status.MISSED or result.outlook in NEEDS_SOMEBODY


def age(results: Results) -> Iterator[Message]:
    """How old the data is, how much of it there is, and as of when it was judged; nothing where there is no data."""
    data = results.data
    if data.last is not None:
        yield say_counted(
            "The data ends on {last} and holds {count} lead; judged as of {as_of}.",
            "The data ends on {last} and holds {count} leads; judged as of {as_of}.",
            count=data.leads,
            last=data.last.astimezone(results.as_of.tzinfo).date(),
            as_of=_day_or_moment(results.as_of),
        )


def _day_or_moment(moment: datetime) -> Argument:
    """The day, where a whole day was asked for; else the moment."""
    return moment.date() if moment.timetz().replace(tzinfo=None) == time(23, 59, 59) else moment


def judgeable(results: Results) -> Message:
    """How many promises the data can judge."""
    return say_counted(
        "{judgeable} of {count} promise can be judged on this data.",
        "{judgeable} of {count} promises can be judged on this data.",
        count=results.promises,
        judgeable=results.judgeable,
    )


def unlocked(results: Results) -> Iterator[Message]:
    """What the data would need, and how many more promises that would unlock."""
    for what, count in unlocks(results):
        yield say_counted("+{count} with {what}", "+{count} with {what}", count=count, what=what)


def summary(results: Results, words: Words) -> Message:
    """Where the promises stand now, in one sentence, what needs somebody first; or, of a period that is over, how they
    were kept.
    """
    now = is_about_now(results)
    closed = Counter(standing(result) for shown in told(results) for result in shown)
    standings = [words.say(message) for message in standings_in_words(counted(results) if now else closed)]
    if not standings:
        return say("There is nothing that could be judged.")
    if not now:
        return say("How they were kept: {standings}.", standings=all_of(standings))
    return say("Where they stand now: {standings}.", standings=all_of(standings))


def left_out(results: Results) -> Iterator[Message]:
    """The rules about data that could not run, and why."""
    # before the first release there is no older version to look at
    for rule in results.not_looked_at if results.version != "draft" else ():
        yield say(
            "not looked at: {name} ({code}): {why}",
            name=rule.name,
            code=rule.code,
            why=from_json(rule.said.model_dump()),
        )
