"""Changed promises on past months, in sentences: in how many they were kept under each text, and month by month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from checker.impact import Impact, Judged, PromiseImpact
from checker.message import Argument, Message, all_of, say, say_counted
from checker.quantity import Period, Share
from checker.verdict import Status

_JUDGED = (Status.MET, Status.MISSED)


@dataclass(frozen=True, slots=True)
class PromiseParts:
    """Sentences for all to see; month by month for who wants it; and promises of which only counts have changed."""

    sentences: tuple[Message, ...]
    months: tuple[Message, ...]
    others: tuple[Message, ...]


def promise_parts(impact: Impact) -> PromiseParts:
    """What is to be said of the promises."""
    told = [promise for promise in impact.promises if _matters(promise)]
    others = [promise for promise in impact.promises if not _matters(promise)]
    return PromiseParts(
        tuple(_sentence(promise, impact.period) for promise in told),
        tuple(line for promise in told for line in _months(promise)),
        tuple(line for promise in others for line in _months(promise, only_others=True)),
    )


def _matters(promise: PromiseImpact) -> bool:
    """Whether it is promised otherwise, is kept in other months, or was edited without either."""
    if promise.is_same:
        return True
    return any(
        old is None or new is None or old.status is not new.status or old.target != new.target
        for old, new in promise.months.values()
    ) or any(old and new and old.whole == new.whole and old.part != new.part for old, new in promise.months.values())


def name_of(promise: PromiseImpact) -> Message:
    """A promise as its reader knows it, with its rung."""
    if promise.rung is None:
        return say("“{promise}”", promise=promise.sentence)
    return say("“{promise}” ({rung})", promise=promise.sentence, rung=promise.rung.replace("_", " "))


def _sentence(promise: PromiseImpact, period: Period) -> Message:
    old = [judged for judged, _ in promise.months.values() if judged is not None]
    new = [judged for _, judged in promise.months.values() if judged is not None]
    name = name_of(promise)
    if not any(judged.status in _JUDGED for judged in [*old, *new]):
        why = next((judged.why for judged in [*new, *old] if judged.why is not None), None)
        if why is None:
            return say("{promise} cannot be judged on this data.", promise=name)
        return say("{promise} cannot be judged on this data: {why}.", promise=name, why=why)
    arguments: dict[str, Argument] = {"promise": name, "period": period}
    was, now = _kept(old, promise), _kept(new, promise)
    if not old:
        return say("{promise} is new; in {period} it would have been {new}.", new=now, **arguments)
    if not new:
        return say("{promise} is promised no more; in {period} it was {old}.", old=was, **arguments)
    if promise.is_same:
        return say("In {period}, {promise} would have been judged the same: {new}.", new=now, **arguments)
    return say(
        "In {period}, {promise} was {old}; under the new text it would have been {new}.", old=was, new=now, **arguments
    )


_BOTH = 2


def _kept(judged: Iterable[Judged], promise: PromiseImpact) -> Message:
    """In how many months it was kept, and the share of all of them together."""
    closed = [each for each in judged if each.status in _JUDGED]
    kept = sum(each.status is Status.MET for each in closed)
    if not closed:
        return say("not measurable")
    if len(closed) == _BOTH and kept in (0, _BOTH):
        months = say("kept in both months") if kept else say("missed in both months")
    elif kept == 0:
        months = say_counted("missed", "missed in all {count} months", count=len(closed))
    elif kept == len(closed):
        months = say_counted("kept", "kept in all {count} months", count=len(closed))
    else:
        months = say("kept in {kept} of {count} months", kept=kept, count=len(closed))
    part, whole = sum((each.part for each in closed), Fraction(0)), sum((each.whole for each in closed), Fraction(0))
    if promise.unit == "leads":
        came = all_of([str(int(each.part)) for each in closed])
        targets = {each.whole for each in closed}
        if len(targets) == 1:
            return say("{months} ({came} against {target})", months=months, came=came, target=targets.pop())
        return say("{months} ({came})", months=months, came=came)
    if promise.unit != "share" or not whole:
        return months
    return say(
        "{months} ({part} of {whole}, {share})", months=months, part=part, whole=whole, share=Share(part / whole)
    )


def _months(promise: PromiseImpact, *, only_others: bool = False) -> Iterator[Message]:
    for month, (old, new) in promise.months.items():
        if only_others and old == new:
            continue
        arguments: dict[str, Argument] = {"month": month, "promise": name_of(promise)}
        if old is None:
            yield say("{promise}, {month}: {new}", new=_verdict(new), **arguments)
        elif new is None:
            yield say("{promise}, {month}: was {old}", old=_verdict(old), **arguments)
        elif old == new:
            yield say("{promise}, {month}: {new}, as before", new=_verdict(new), **arguments)
        else:
            yield say("{promise}, {month}: {new}; was {old}", new=_verdict(new), old=_verdict(old), **arguments)


_STATUS: dict[Status, Message] = {
    Status.MET: say("kept"),
    Status.MISSED: say("missed"),
    Status.OPEN: say("still open"),
    Status.NO_DATA: say("nothing to judge"),
    Status.NOT_MEASURABLE: say("not measurable"),
}


def _verdict(judged: Judged | None) -> Message:
    if judged is None:
        return say("not promised")
    status = _STATUS[judged.status]
    return status if judged.why is None else say("{status} ({why})", status=status, why=judged.why)
