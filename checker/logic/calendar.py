"""The working time of a team: when it is open, which days it works, and how much of it lies between two instants.

Instants are whole seconds since 1970-01-01 00:00 UTC. All rules about time zones, clock changes, holidays and
shifts are applied once, when the calendar is built; afterwards everything is arithmetic on sorted whole numbers.
`checker.logic.day_table` hands the same numbers to engines that know nothing of time zones.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import accumulate

from checker.logic.wall_clock import DAY, WallClock, day_number, numbered_day
from checker.message import Message, say
from checker.quantity import Month

Opening = tuple[int, int]
"""When a shift opens and closes, in seconds from local midnight; it closes past 86400 if it ends on the next day."""


class OutsideCalendar(ValueError):
    """What was asked for lies outside the days that a calendar covers: it is reported, never moved inside.

    `asked` is the instant or the date; `message` says it to people.
    """

    def __init__(self, asked: int | date, message: Message) -> None:
        super().__init__(message.text)
        self.asked = asked
        self.message = message


def _moment(instant: int) -> datetime | int:
    """An instant as people read it; the number itself where no calendar has such a year."""
    try:
        return datetime.fromtimestamp(instant, UTC)
    except (ValueError, OverflowError, OSError):
        return instant


class Calendar:
    """Working time in one time zone, from the first to the last local day that it covers.

    A shift opens once and closes once, also on days when the clocks are changed (see `WallClock`), and belongs to
    the local day on which it opens, also past midnight. Shifts that overlap or touch are one stretch of time. A
    working day is a local day with a shift. It closes when its last shift does, and never before the working day
    ahead of it.

    Attributes: `timezone`, `first`, `last` as given; `start` (the first instant of the first day) and `end` (the
    first instant after the last day): the calendar covers `start <= instant < end`. `opens` and `closes` are the
    stretches of working time, `worked` the working time up to each opening (and at the end, in all); `beginnings`
    are the local midnights of the working days and `closings` their closings.
    """

    def __init__(
        self,
        timezone: str,
        hours: Mapping[int, Sequence[Opening]],
        holidays: Collection[date],
        first: date,
        last: date,
    ) -> None:
        """Build a calendar.

        `hours` gives the shifts of each weekday, Monday is 0; `holidays` are the dates without work. A shift of
        the day before `first` that runs past midnight counts, so `holidays` must be right for that day too. A
        team that never closes has the shift (0, 86400) on all seven days and no holidays.

        Raises UnknownTimezone; ValueError for a weekday, shift or range of days that cannot be.
        """
        for weekday, shifts in hours.items():
            if not 0 <= weekday <= 6:
                raise ValueError(f"no weekday has the number {weekday}")
            for opens, closes in shifts:
                if not (0 <= opens < DAY and opens < closes <= opens + DAY):
                    raise ValueError(f"no shift opens at second {opens} and closes at second {closes}")
        if not date(1970, 1, 3) <= first <= last <= date(9998, 12, 31):
            raise ValueError(f"no calendar covers {first} to {last}: it needs a day, between 1970-01-03 and 9998-12-31")
        self.timezone = timezone
        self.first = first
        self.last = last
        self._first_number = day_number(first)
        after_last = day_number(last) + 1
        self.wall = WallClock(timezone, (self._first_number - 2) * DAY, (after_last + 3) * DAY)
        self._midnights = [self.wall.reaches(number * DAY) for number in range(self._first_number, after_last + 1)]
        self.start = self._midnights[0]
        self.end = self._midnights[-1]
        self._months = [Month.of(first) + offset for offset in range(Month.of(last) - Month.of(first) + 1)]
        self._month_starts = [self.start] + [self.midnight(month.first_day) for month in self._months[1:]]
        shifts, working, closings = self._lay_out(hours, frozenset(holidays))
        stretches = self._merge(shifts)
        self.opens = tuple(opens for opens, _ in stretches)
        self.closes = tuple(closes for _, closes in stretches)
        self.worked = (0, *accumulate(closes - opens for opens, closes in stretches))
        self._working = tuple(working)
        self.beginnings = tuple(self._midnights[number - self._first_number] for number in working)
        self.closings = tuple(closings)

    def _lay_out(
        self, hours: Mapping[int, Sequence[Opening]], holidays: frozenset[date]
    ) -> tuple[list[tuple[int, int]], list[int], list[int]]:
        """All shifts as instants; the numbers of the working days; their closings."""
        shifts: list[tuple[int, int]] = []
        working: list[int] = []
        closings: list[int] = []
        for number in range(self._first_number - 1, day_number(self.last) + 1):
            day = numbered_day(number)
            if day in holidays:
                continue
            closing = 0
            for opens, closes in hours.get(day.weekday(), ()):
                shift = self.wall.reaches(number * DAY + opens), self.wall.reaches(number * DAY + closes)
                if shift[0] < shift[1]:
                    shifts.append(shift)
                    closing = max(closing, shift[1])
            if closing and number >= self._first_number:
                working.append(number)
                closings.append(max(closing, closings[-1]) if closings else closing)
        return shifts, working, closings

    def _merge(self, shifts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Shifts as stretches of working time that neither overlap nor touch, cut to the days covered."""
        stretches: list[tuple[int, int]] = []
        for opens, closes in sorted(shifts):
            opens, closes = max(opens, self.start), min(closes, self.end)
            if stretches and opens <= stretches[-1][1]:
                stretches[-1] = stretches[-1][0], max(closes, stretches[-1][1])
            elif opens < closes:
                stretches.append((opens, closes))
        return stretches

    # ------------------------------------------------------------------ days and months

    def covers(self, instant: int) -> bool:
        """Whether the calendar knows this instant."""
        return self.start <= instant < self.end

    def check_covered(self, instant: int) -> None:
        """Raises OutsideCalendar for an instant that the calendar does not know."""
        if not self.covers(instant):
            raise OutsideCalendar(
                instant,
                say(
                    "{when} lies outside the calendar, which covers {first} to {last}",
                    when=_moment(instant),
                    first=self.first,
                    last=self.last,
                ),
            )

    def deadline_outside(self, start: int) -> OutsideCalendar:
        """The error for a start whose deadline falls after the last day."""
        return OutsideCalendar(
            start,
            say(
                "the deadline of what starts at {when} falls after the calendar ends on {last}",
                when=_moment(start),
                last=self.last,
            ),
        )

    def _number(self, day: date) -> int:
        if not self.first <= day <= self.last:
            raise OutsideCalendar(
                day,
                say(
                    "{when} lies outside the calendar, which covers {first} to {last}",
                    when=day,
                    first=self.first,
                    last=self.last,
                ),
            )
        return day_number(day)

    def midnight(self, day: date) -> int:
        """The first instant of a local day. Raises OutsideCalendar."""
        return self._midnights[self._number(day) - self._first_number]

    def local_date(self, instant: int) -> date:
        """The local day that an instant belongs to. Raises OutsideCalendar."""
        self.check_covered(instant)
        return numbered_day(self._first_number + bisect_right(self._midnights, instant) - 1)

    def month_of(self, instant: int) -> Month:
        """The month of the local day that an instant belongs to. Raises OutsideCalendar."""
        self.check_covered(instant)
        return self._months[bisect_right(self._month_starts, instant) - 1]

    def month_starts(self, first: int, last: int) -> list[int]:
        """The instants after `first` and up to `last` at which a month begins locally."""
        starts = self._month_starts
        return starts[bisect_right(starts, first) : bisect_right(starts, last)]

    def working_days(self, first: date, last: date) -> tuple[date, ...]:
        """The working days from one date to another, both in. Raises OutsideCalendar."""
        begin, end = self._ordinals(first, last)
        return tuple(numbered_day(number) for number in self._working[begin:end])

    def ends_of_working_days(self, first: date, last: date) -> tuple[date, date] | None:
        """The first and the last of them; None where there is none. Raises OutsideCalendar."""
        begin, end = self._ordinals(first, last)
        return (numbered_day(self._working[begin]), numbered_day(self._working[end - 1])) if begin < end else None

    def count_working_days(self, first: date, last: date) -> int:
        """How many of them there are. Raises OutsideCalendar."""
        begin, end = self._ordinals(first, last)
        return end - begin

    def working_days_gone(self, first: date, last: date, instant: int) -> int:
        """How many working days from `first` to `last` (both in) have closed at or before an instant.

        Raises OutsideCalendar.
        """
        self.check_covered(instant)
        begin, end = self._ordinals(first, last)
        return max(min(bisect_right(self.closings, instant), end) - begin, 0)

    def _ordinals(self, first: date, last: date) -> tuple[int, int]:
        """Where the working days from `first` to `last` stand among all: the first one's place, and after the last."""
        return bisect_left(self._working, self._number(first)), bisect_right(self._working, self._number(last))

    # ------------------------------------------------------------------ working time

    def is_open(self, instant: int) -> bool:
        """Whether an instant is working time; the instant of closing is not. Raises OutsideCalendar."""
        self.check_covered(instant)
        stretch = bisect_right(self.opens, instant) - 1
        return stretch >= 0 and instant < self.closes[stretch]

    def next_open(self, instant: int) -> int:
        """The first instant of working time at or after an instant. Raises OutsideCalendar, also where none follows."""
        self.check_covered(instant)
        stretch = bisect_right(self.closes, instant)
        if stretch == len(self.opens):
            raise OutsideCalendar(
                instant,
                say(
                    "no working time follows {when} before the calendar ends on {last}",
                    when=_moment(instant),
                    last=self.last,
                ),
            )
        return max(instant, self.opens[stretch])

    def business_seconds(self, instant: int) -> int:
        """Seconds of working time from the calendar's start to an instant. Raises OutsideCalendar."""
        self.check_covered(instant)
        stretch = bisect_right(self.opens, instant) - 1
        if stretch < 0:
            return 0
        return self.worked[stretch] + min(instant, self.closes[stretch]) - self.opens[stretch]

    def elapsed(self, start: int, stop: int) -> int:
        """Seconds of working time from one instant to another, negative if `stop` comes first.

        Raises OutsideCalendar.
        """
        return self.business_seconds(stop) - self.business_seconds(start)

    def due_in_business_time(self, start: int, seconds: int) -> int:
        """The first instant at which `seconds` of working time have passed since `start`; `start` itself for 0.

        A deadline that is full at closing time falls on the closing, not on the next opening. Raises
        OutsideCalendar, also where the deadline does.
        """
        if seconds == 0:
            self.check_covered(start)
            return start
        total = self.business_seconds(start) + seconds
        stretch = bisect_left(self.worked, total) - 1
        if stretch == len(self.opens):
            raise self.deadline_outside(start)
        due = self.opens[stretch] + total - self.worked[stretch]
        if not self.covers(due):
            raise self.deadline_outside(start)
        return due

    # ------------------------------------------------------------------ business days

    def working_days_begun(self, instant: int) -> int:
        """How many working days of the calendar have a local date at or before the instant's.

        Raises OutsideCalendar.
        """
        self.check_covered(instant)
        return bisect_right(self.beginnings, instant)

    def closings_before(self, instant: int) -> int:
        """How many working days of the calendar closed strictly before an instant.

        Raises OutsideCalendar.
        """
        self.check_covered(instant)
        return bisect_left(self.closings, instant)

    def length_of_days(self, first: int, count: int) -> int:
        """Seconds of working time of `count` working days of the calendar, from the one with the index `first` on."""
        begin = self.business_seconds(self.closings[first - 1]) if first else 0
        return self.business_seconds(self.closings[first + count - 1]) - begin

    def due_in_business_days(self, start: int, count: int) -> int:
        """The close of the `count`-th working day after the start's own local day, which never counts.

        Friday 17:30 plus 2 business days is Tuesday 18:00. Raises ValueError for a count below 1, OutsideCalendar,
        also where the deadline does.
        """
        if count < 1:
            raise ValueError(f"a deadline is at least one business day away, not {count}")
        ordinal = self.working_days_begun(start) + count
        if ordinal > len(self.closings) or not self.covers(self.closings[ordinal - 1]):
            raise self.deadline_outside(start)
        return self.closings[ordinal - 1]

    def late_in_business_days(self, start: int, stop: int, count: int) -> bool:
        """Whether `stop` comes after the deadline of `count` business days.

        The same as comparing with `due_in_business_days`, but known even if the deadline lies outside the calendar:
        the closings before the stop are `count` or more ahead of the working days begun at the start. Raises
        OutsideCalendar.
        """
        return self.closings_before(stop) - self.working_days_begun(start) >= count
