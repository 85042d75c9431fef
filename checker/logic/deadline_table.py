"""The deadlines of a duration as an engine sees them: pieces over the starts of a UTC day.

Over the starts of one day, a deadline stands still or moves on with the start, and jumps in between (the four hours
of 14:01 end tomorrow). That holds for every unit, so that an engine needs one join on the day of the start, whether a
promise says 4 business hours, 2 business days or 1 month. The rows are those of `checker.logic.day_table`, so that an
inner join keeps every start that the calendar covers. The functions are read as `checker.logic.pieces` says:

    deadline  over the position B(start) where `position` is worked, `start` itself where it is instant;
              known for the starts before `known_until`
    month     the local month of the deadline as year * 100 + number, over the deadline

    CASE WHEN start < known_until THEN (the pieces of the deadline) END

A deadline that is not known lies after all that the calendar covers: it is not due yet, and cannot have been missed.
What is late follows `checker.logic.clock.is_late`: where the duration counts working time, `seconds` is given, and
late is `B(stop) - B(start) > seconds`; else late is `stop > deadline`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from checker.logic.calendar import Calendar, OutsideCalendar
from checker.logic.clock import Counted, counted, deadline, seconds_of, wall_deadline
from checker.logic.day_table import months_between, utc_days
from checker.logic.pieces import FOREVER, Piece, Pieces, joined, laid_out
from checker.logic.wall_clock import DAY
from checker.quantity import Duration


class Position(StrEnum):
    """Over what a deadline's pieces are laid out: the working time B at the start, or the start itself."""

    WORKED = "worked"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class DeadlineTable:
    """The columns (`day` and those of the functions, one whole number a UTC day each) and the functions they hold.

    `seconds` is the working time allowed, None where the duration does not count working time. `known_until` is the
    first instant whose deadline lies after the calendar's end, or that end.
    """

    columns: Mapping[str, tuple[int, ...]]
    position: Position
    deadline: Pieces
    month: Pieces
    seconds: int | None
    known_until: int


def deadline_table(calendar: Calendar, duration: Duration) -> DeadlineTable:
    """The deadlines of a duration for the starts of every UTC day of the calendar."""
    days = utc_days(calendar)
    known_until = _known_until(calendar, duration)
    works = counted(duration) is Counted.WORKING_TIME
    deadlines: list[list[Piece]] = []
    months: list[list[Piece]] = []
    for day in days:
        first, last = max(day * DAY, calendar.start), min((day + 1) * DAY, known_until) - 1
        if last < first:
            deadlines.append([Piece(FOREVER, 0, moves=counted(duration) is not Counted.WORKING_DAYS)])
            months.append([Piece(FOREVER, 0)])
            continue
        if works:
            first, last = calendar.business_seconds(first), calendar.business_seconds(last)
        pieces = joined(_pieces(calendar, duration, first, last))
        deadlines.append(pieces)
        months.append(months_between(calendar, *_extent(pieces, first, last)))
    due, month = laid_out("deadline", deadlines), laid_out("deadline_month", months)
    return DeadlineTable(
        {"day": tuple(days), **due.columns, **month.columns},
        position=Position.WORKED if works else Position.INSTANT,
        deadline=due,
        month=month,
        seconds=seconds_of(duration) if works else None,
        known_until=known_until,
    )


def _known_until(calendar: Calendar, duration: Duration) -> int:
    """The first instant of the calendar whose deadline lies after the calendar's end, or that end."""

    def unknown(start: int) -> bool:
        try:
            deadline(calendar, start, duration)
        except OutsideCalendar:
            return True
        return False

    return calendar.start + bisect_left(range(calendar.start, calendar.end), True, key=unknown)


def _pieces(calendar: Calendar, duration: Duration, first: int, last: int) -> Iterator[Piece]:
    """The pieces of the deadline over the positions from `first` to `last`, which lie in one UTC day."""
    match counted(duration):
        case Counted.WORKING_TIME:
            return _over_working_time(calendar, seconds_of(duration), first, last)
        case Counted.WORKING_DAYS:
            return _over_working_days(calendar, duration.count, first, last)
        case Counted.ELAPSED_TIME:
            return iter([Piece(last, seconds_of(duration), moves=True)])
        case Counted.WALL_TIME:
            return _over_wall_time(calendar, duration, first, last)


def _over_working_time(calendar: Calendar, seconds: int, first: int, last: int) -> Iterator[Piece]:
    """One piece a stretch of working time that deadlines fall in; positions are working time."""
    while first <= last:
        stretch = bisect_left(calendar.worked, first + seconds) - 1
        until = calendar.worked[stretch + 1] - seconds
        yield Piece(until, calendar.opens[stretch] - calendar.worked[stretch] + seconds, moves=True)
        first = until + 1


def _over_working_days(calendar: Calendar, count: int, first: int, last: int) -> Iterator[Piece]:
    """One piece a working day that begins, and one before it."""
    begun = bisect_right(calendar.beginnings, first)
    for begin in calendar.beginnings[begun : bisect_right(calendar.beginnings, last)]:
        yield Piece(begin - 1, calendar.closings[begun + count - 1])
        begun += 1
    yield Piece(last, calendar.closings[begun + count - 1])


def _over_wall_time(calendar: Calendar, duration: Duration, first: int, last: int) -> Iterator[Piece]:
    """The pieces of days, weeks and months: cut at midnights, and where clocks are changed at the start or the end."""
    wall = calendar.wall
    cuts = [first, *wall.changes(first, last), last + 1]
    for begin, end in pairwise(cuts.copy()):
        midnight = begin + -wall.shows(begin) % DAY
        if begin < midnight < end:
            cuts.append(midnight)
    for begin, end in pairwise(sorted(cuts)):
        target = wall_deadline(calendar, begin, duration)
        turns = {turn - target for turn in wall.turns(target, target + end - begin - 1)}
        for after, until in pairwise([0, *sorted(turns), end - begin]):
            due = wall.reaches(target + after)
            moves = wall.reaches(target + after + 1) > due
            yield Piece(begin + until - 1, due - begin - after if moves else due, moves)


def _extent(pieces: Sequence[Piece], position: int, last: int) -> tuple[int, int]:
    """The earliest and the latest deadline over the positions from `position` to `last`."""
    dues: list[int] = []
    for piece in pieces:
        dues += [piece.base + at * piece.moves for at in (position, min(piece.until, last))]
        position = piece.until + 1
    return min(dues), max(dues)
