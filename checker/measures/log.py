"""What people write down because no system exports it: entries of lists, and meetings."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import cast

from checker.agreement import Promise
from checker.agreement.beside import LogEntry, LogList
from checker.funnel.side_tables import Entry
from checker.measures.asked import Asked, Noted, Unmeasurable
from checker.measures.measure import measure
from checker.measures.meetings import planned_meetings
from checker.measures.view import View
from checker.message import Written, say
from checker.quantity import Month, Period

LISTS = ("pieces", "kits", "meetings", "objections_heard", "improvements")


@measure(
    "entries",
    "a month",
    name=say("Entries of a list"),
    executive=say("whether the agreed work is done each month"),
    marketer=say("how many entries are still missing this month"),
    seller=say("how many entries are still missing this month"),
)
def entries(promise: Promise, view: View) -> Asked:
    """Entries of one list of the log by the month of their day, against the number a month that the promise names.

    A month is judged when it is over and something was still written down in it or later, in any list: else nobody
    can know whether nothing was done or nothing was written down.
    """
    name = promise.measured.of if promise.measured else None
    if name not in LISTS:
        return Unmeasurable(say("it does not name one of the lists: {lists}", lists=Written(", ".join(LISTS))))
    target = view.monthly(promise)
    if target is None:
        return Unmeasurable(say("it names no number a month"))
    span = _span(view)
    if span is None:
        return _nothing_written()
    done = Counter(Month.of(entry.on) for entry in entries_of(view, cast("LogList", name)))
    return Noted(done, lambda _: target, "a month", *span)


@measure(
    "meetings_held",
    "share",
    name=say("Meetings held"),
    executive=say("whether the teams talk as agreed"),
    marketer=say("which meetings were left out"),
    seller=say("which meetings were left out"),
)
def meetings_held(promise: Promise, view: View) -> Asked:
    """Meetings that the log names among those that the agreement plans, by month.

    Two notes on one meeting are one meeting, and more meetings of one kind than planned do not make up for another
    kind. A meeting on a holiday counts in the month of the next working day.
    """
    target = view.target(promise)
    if target is None:
        return Unmeasurable(say("it names no share that must be reached"))
    span = _span(view)
    if span is None:
        return _nothing_written()
    meetings = view.agreement.sections.meetings or {}
    if not meetings:
        return Unmeasurable(say("the agreement names no meetings"))
    months = list(Period(Month.of(span[0]), max(Month.of(span[0]), view.timeline.month)))
    planned = {name: planned_meetings(meeting, months, view) for name, meeting in meetings.items()}
    days = {(entry.what, entry.on) for entry in entries_of(view, "meetings")}
    held = Counter((name, Month.of(day)) for name, day in days)
    done = {month: sum(min(held[name, month], counts[month]) for name, counts in planned.items()) for month in months}
    due = {month: Fraction(sum(counts[month] for counts in planned.values())) for month in months}
    return Noted(done, lambda month: due.get(month) or None, "share", *span, share=target)


def entries_of(view: View, name: LogList) -> list[LogEntry | Entry]:
    """The entries of a list up to the cut-off: those of the log, and of the file that holds the list."""
    written = (view.agreement.sections.log or {}).get(name, ())
    return [entry for entry in [*written, *view.side.entries.get(name, ())] if entry.on <= view.timeline.today]


def _span(view: View) -> tuple[date, date] | None:
    """The first and the last day for which anything was written down."""
    names = dict.fromkeys([*(view.agreement.sections.log or {}), *view.side.entries])
    days = [entry.on for name in names for entry in entries_of(view, cast("LogList", name))]
    return (min(days), max(days)) if days else None


def _nothing_written() -> Unmeasurable:
    return Unmeasurable(
        say("nobody has written down what was done: there is no log"), say("a log of what no system exports (`log:`)")
    )
