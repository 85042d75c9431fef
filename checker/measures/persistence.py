"""Whether leads are tried often enough before they are given up, and contacted again when it was said."""

from __future__ import annotations

from checker.agreement import Agreement, Promise
from checker.funnel.rounds import ATTEMPTS, CHANNELS, COME_BACK, FIRST, LAST
from checker.logic.aggregate import AtLeast, Every, Fact, Fits, Lasted, Rows, Rung, Timing, field_is
from checker.measures.asked import Asked, AskedClock, MonthlyShare, Needs, Unmeasurable
from checker.measures.clocks import NO_CALENDAR, first_calendar
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import Message, Written, say
from checker.quantity import Duration, Share


@measure(
    "persistence_rate",
    "share",
    name=say("Tried often enough"),
    executive=say("whether leads are given up too early"),
    marketer=say("how many leads were given up after one call"),
    seller=say("which leads deserve another try"),
)
def persistence_rate(promise: Promise, view: View) -> Asked:
    """Leads given up for a reason after enough attempts, on enough channels, over enough time, among all given up.

    A lead is given up when it is returned for the reason that the promise names, by the month of the return; who is
    given up twice counts twice. Attempts count from the handoff to the return, personal or not; those by one channel
    within the same minute are one. `over` is the time from the first to the last of them, of days by their dates. It
    needs every single attempt with its time and channel; a table with one row a lead holds at most the first.
    """
    returns = view.others.get(Rows.RETURNS)
    if returns is None or not returns.has(ATTEMPTS):
        return Unmeasurable(
            say("it needs every attempt with its time and channel; the data has one row a lead"),
            say("a list of all attempts, one row each"),
        )
    reason = promise.measured.of if promise.measured else None
    needs = promise.measured.needs if promise.measured else None
    if reason not in (view.agreement.sections.return_reasons or {}):
        return Unmeasurable(say("it does not name one of the reasons to return a lead"))
    if needs is None:
        return Unmeasurable(say("it does not say what is often enough ({needs})", needs=Written("needs:")))
    if needs.channels is not None and not returns.has(CHANNELS):
        return Unmeasurable(
            say("the lines of the attempts do not say by which channel each was made"),
            say("{line} under {event}", line=Written("set: {channel: …}"), event=Written("contact_attempt:")),
        )
    enough: list[Fact] = []
    if needs.attempts is not None:
        enough.append(AtLeast(ATTEMPTS, needs.attempts))
    if needs.channels is not None:
        enough.append(AtLeast(CHANNELS, needs.channels))
    if needs.over is not None:
        enough.append(Lasted(FIRST, LAST, needs.over))
    of = view.about_whom(promise, "returned", Fits(field_is("return_reason", reason)))
    data = Needs(events=("returned", "contact_attempt"), columns=("return_reason",))
    return MonthlyShare(data, "returned", of, Every(tuple(enough)), rows=Rows.RETURNS)


@measure(
    "recycled_on_time",
    "share",
    name=say("Returned leads contacted again in time"),
    executive=say("whether returned leads are used again"),
    marketer=say("which returned leads wait for a contact"),
    seller=say("when a returned lead is expected back"),
)
def recycled_on_time(promise: Promise, view: View) -> Asked:
    """Returned leads that marketing contacted again by the day that their reason asks for, among all that were due.

    Each return for a reason with `come_back_after` starts a clock; the first attempt or activity of somebody of
    marketing, or a second handoff, stops it. A return belongs to the month in which its time is over. It needs what
    marketing did after the return; a table with one row a lead does not tell who did what when.
    """
    times = _times(view.agreement)
    if not times:
        return Unmeasurable(
            say("no reason to return a lead says when it comes back ({key})", key=Written("come_back_after:"))
        )
    if not isinstance(promise.target, Share):
        return Unmeasurable(say("it names no share that must be reached"))
    returns = view.others.get(Rows.RETURNS)
    if returns is None:
        return _not_told(say("it needs what marketing did after each return; the data has one row a lead"))
    if not returns.has(f"at_{COME_BACK}"):
        return _not_told(say("the lines of attempts and activities do not say who did them"))
    refused = view.missing(Needs(events=("returned",), columns=("return_reason",)))
    if refused is not None:
        return refused
    rungs = tuple(Rung(promise.id, field_is("return_reason", reason), after) for reason, after in times.items())
    first = first_calendar(view.agreement)
    calendar = NO_CALENDAR if first in view.broken_calendars else first
    spared = view.spared(promise.id, "returned")
    timing = Timing("returned", COME_BACK, rungs, calendar, only=promise.only, spared=spared, rows=Rows.RETURNS)
    recorded = [event for event in ("contact_attempt", "activity") if view.says(event, "actor")]
    return AskedClock(promise, (timing,), as_one=True, recorded=("returned", *recorded))


def _not_told(reason: Message) -> Unmeasurable:
    return Unmeasurable(reason, say("a list of all activities with who did them, one row each"))


def _times(agreement: Agreement) -> dict[str, Duration]:
    """Reason -> when its leads come back."""
    reasons = agreement.sections.return_reasons or {}
    return {name: reason.come_back_after for name, reason in reasons.items() if reason.come_back_after is not None}


def come_back_times(agreement: Agreement) -> list[Duration]:
    """All times after which returned leads come back."""
    return list(_times(agreement).values())
