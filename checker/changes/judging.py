"""How a promise is judged: what silence counts as, how many tries are enough, at which age leads are looked at."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.promises import Clock
from checker.change import Difference, Sides
from checker.changes.entries import Key, value_moved
from checker.changes.kind import change
from checker.changes.promises import in_both, judged_by, of_promises, owed, sentence, whose
from checker.changes.showing import shown
from checker.changes.sides import LOOSER, SHIFTED, STRICTER
from checker.changes.spans import longer
from checker.message import Message, say
from checker.quantity import Duration


@change(
    "silence-counts-otherwise",
    "Silence counts otherwise",
    alike="accepted and returned are two answers, and neither is more than the other",
    covers=of_promises("no_answer_means"),
    old="""
        sales_promises:
          accept: {promise: Say it, starts: handed_off, stops: decided, within: 2 days, no_answer_means: accepted}
        """,
    new="""
        sales_promises:
          accept: {promise: Say it, starts: handed_off, stops: decided, within: 2 days, no_answer_means: returned}
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
                    "{thing}: {new} instead of {old} ({promise})",
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


_EFFORT = {
    "attempts": say("Attempts that count as enough"),
    "channels": say("Channels that count as enough"),
    "over": say("Time over which to try"),
}


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
        for found in value_moved(old, new, after.path, after.id, key, before.written, after.written, whose):
            yield judged_by(found, before, owed(after, SHIFTED))
