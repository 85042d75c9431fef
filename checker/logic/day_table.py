"""A calendar as an engine sees it: working time, months and working days, as pieces over the instants of a UTC day.

There is one row a UTC day (`day = instant // 86400`), for every day of the calendar. An engine keeps the rows whose
instants the calendar covers (`first_instant <= instant < end_instant`), counts and reports the others, and joins the
table with an inner join on the day. Instants are never negative, so that integer division means the same everywhere.
The functions, each with the position `t` (the instant itself), are read as `checker.logic.pieces` says:

    worked        B(t): seconds of working time from the calendar's start to t;  elapsed(a, b) = B(b) - B(a)
    month         the local month of t as year * 100 + number
    closings      Cl(t): how many working days closed strictly before t
    working_days  D(t): how many working days have a local date at or before that of t

An answer at `b` to what started at `a` is late by N business days if Cl(b) - D(a) >= N. Deadlines have a table of
their own: `checker.logic.deadline_table`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.logic.calendar import Calendar
from checker.logic.pieces import FOREVER, Piece, Pieces, laid_out
from checker.logic.wall_clock import DAY
from checker.quantity import Month


@dataclass(frozen=True, slots=True)
class DayTable:
    """The columns (`day` and those of the functions, one whole number a UTC day each) and the functions they hold."""

    columns: Mapping[str, tuple[int, ...]]
    worked: Pieces
    month: Pieces
    closings: Pieces
    working_days: Pieces
    first_instant: int
    end_instant: int


def day_table(calendar: Calendar) -> DayTable:
    """The calendar as a table of UTC days."""
    days = utc_days(calendar)
    spans = [(max(day * DAY, calendar.start), min((day + 1) * DAY, calendar.end) - 1) for day in days]
    before_beginnings = [begin - 1 for begin in calendar.beginnings]
    functions = {
        "worked": laid_out("worked", [_worked(calendar, *span) for span in spans]),
        "month": laid_out("month", [months_between(calendar, *span) for span in spans]),
        "closings": laid_out("closings", [_counts(calendar.closings, *span) for span in spans]),
        "working_days": laid_out("working_days", [_counts(before_beginnings, *span) for span in spans]),
    }
    columns = {"day": tuple(days)}
    for pieces in functions.values():
        columns.update(pieces.columns)
    return DayTable(columns, **functions, first_instant=calendar.start, end_instant=calendar.end)


def utc_days(calendar: Calendar) -> range:
    """The numbers of the UTC days that the calendar covers, the first and the last perhaps in part."""
    return range(calendar.start // DAY, (calendar.end - 1) // DAY + 1)


def month_code(month: Month) -> int:
    """A month as engines hold it: 202703 is March 2027."""
    return month.year * 100 + month.number


def months_between(calendar: Calendar, first: int, last: int) -> list[Piece]:
    """The local months of the instants from `first` to `last`."""
    begins = [first, *calendar.month_starts(first, last)]
    untils = [begin - 1 for begin in begins[1:]] + [FOREVER]
    return [Piece(until, month_code(calendar.month_of(begin))) for begin, until in zip(begins, untils, strict=True)]


def _worked(calendar: Calendar, first: int, last: int) -> list[Piece]:
    """Working time over the instants from `first` to `last`."""
    stretch = bisect_right(calendar.closes, first)
    pieces: list[Piece] = []
    while stretch < len(calendar.opens) and calendar.opens[stretch] <= last:
        opens, worked = calendar.opens[stretch], calendar.worked[stretch]
        if first < opens:
            pieces.append(Piece(opens, worked))
        pieces.append(Piece(calendar.closes[stretch], worked - opens, moves=True))
        stretch += 1
    if not pieces or pieces[-1].until < last:
        pieces.append(Piece(FOREVER, calendar.worked[stretch]))
    return pieces


def _counts(instants: Sequence[int], first: int, last: int) -> list[Piece]:
    """How many of the sorted instants lie strictly before each instant from `first` to `last`."""
    begin, end = bisect_left(instants, first), bisect_left(instants, last)
    return [*(Piece(instants[count], count) for count in range(begin, end)), Piece(FOREVER, end)]
