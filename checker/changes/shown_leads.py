"""Leads that show what a change is where no proof finds one: by what they lack, when they come, how many they are."""

from __future__ import annotations

from fractions import Fraction

from checker.agreement import Agreement, Promise
from checker.change import ExampleLead
from checker.changes.showing import named
from checker.logic.example_deadline import example_week
from checker.message import say, say_counted
from checker.quantity import Duration, Share

_OF_LEADS = (
    "rate",
    "acceptance_rate",
    "payload_completeness",
    "persistence_rate",
    "return_reason_rate",
    "recycled_on_time",
    "field_known",
    "missed_leads",
    "wrongly_qualified",
    "rehandoff_rate",
)
"""Measures whose share is one of leads."""
_CROWDS = (10, 20, 50, 100, 200, 500, 1000, 10_000)
"""How many leads are spoken of: the fewest that show the difference."""


def without(agreement: Agreement, field: str) -> ExampleLead:
    """A lead of which a field is not known."""
    name = named(agreement, field, "fields")
    return ExampleLead(say("a lead without “{field}”", field=name), {field: "not known"})


def with_known(agreement: Agreement, field: str) -> ExampleLead:
    """A lead of which a field is known."""
    name = named(agreement, field, "fields")
    return ExampleLead(say("a lead whose “{field}” is known", field=name), {field: "known"})


def coming_late(new: Agreement, promise: Promise, was: Duration, now: Duration) -> ExampleLead | None:
    """A lead that comes when the week is nearly over, and its deadline before and after, in the promise's hours."""
    week = None if promise.clock is None else example_week(new, promise.clock)
    if week is None:
        return None
    before, after = week.due(was), week.due(now)
    if before is None or after is None or before == after:
        return None
    told = say(
        "a lead whose clock starts {start}: to be done by {new} instead of {old}",
        start=week.in_words(week.start),
        new=week.in_words(after),
        old=week.in_words(before),
    )
    return ExampleLead(told, is_typical=True)


def one_too_many(promise: Promise, was: object, now: object, *, is_at_most: bool) -> ExampleLead | None:
    """So many leads that the promise is kept under one of two shares only; None where the shares are not of leads."""
    measured = promise.measured
    if not (isinstance(was, Share) and isinstance(now, Share)):
        return None
    if measured is not None and measured.measure not in _OF_LEADS:
        return None
    allowed = [share.value if is_at_most else 1 - share.value for share in (was, now)]
    for crowd in _CROWDS:
        before, after = (_whole(crowd * share) for share in allowed)
        if before == after:
            continue
        count = max(before, after)
        if after > before:
            told = say_counted(
                "{crowd} leads of which {count} falls short: missed before, kept now",
                "{crowd} leads of which {count} fall short: missed before, kept now",
                count=count,
                crowd=crowd,
            )
        else:
            told = say_counted(
                "{crowd} leads of which {count} falls short: kept before, missed now",
                "{crowd} leads of which {count} fall short: kept before, missed now",
                count=count,
                crowd=crowd,
            )
        return ExampleLead(told, is_typical=True)
    return None


def _whole(number: Fraction) -> int:
    return number.numerator // number.denominator
