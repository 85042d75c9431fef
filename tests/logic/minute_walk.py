"""The clock's oracle: looks at the wall clock every minute and writes down what it sees.

Nothing here is shared with the code under test. The one rule that a walk needs besides the clock on the wall is that
a shift opens once and closes once: time that the wall clock shows for the second time (when clocks are put back)
counts as the last minute it had reached. So the walker carries `reached`, the latest wall time seen so far.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = 60


class MinuteWalk:
    """What a walk from one UTC day to another (both in) saw, minute by minute."""

    def __init__(
        self,
        timezone: str,
        hours: Mapping[int, Sequence[tuple[int, int]]],
        holidays: Collection[date],
        first: date,
        last: date,
    ) -> None:
        zone = ZoneInfo(timezone)
        self.begin = int(datetime.combine(first, time(), UTC).timestamp())
        end = int(datetime.combine(last, time(), UTC).timestamp()) + 86400
        self.walls: list[datetime] = []
        self.days: list[date] = []
        self.reached: list[datetime] = []
        self.worked = [0]
        self.open: list[bool] = []
        self.closings: dict[date, int] = {}
        reached = datetime.combine(first - timedelta(days=7), time())
        shifts: list[tuple[date, datetime, datetime]] = []
        for instant in range(self.begin, end, MINUTE):
            wall = datetime.fromtimestamp(instant, zone).replace(tzinfo=None)
            if wall.date() != reached.date() and wall > reached:
                shifts = [
                    shift
                    for day in (wall.date() - timedelta(days=1), wall.date())
                    if day not in holidays
                    for shift in self._shifts(day, hours)
                ]
            reached = max(reached, wall)
            is_open = False
            for day, opens, closes in shifts:
                if opens <= reached < closes:
                    is_open = True
                    self.closings[day] = instant + MINUTE
            self.walls.append(wall)
            self.days.append(reached.date())
            self.reached.append(reached)
            self.open.append(is_open)
            self.worked.append(self.worked[-1] + MINUTE * is_open)
        self._close_in_order()

    @staticmethod
    def _shifts(day: date, hours: Mapping[int, Sequence[tuple[int, int]]]) -> list[tuple[date, datetime, datetime]]:
        midnight = datetime.combine(day, time())
        return [
            (day, midnight + timedelta(seconds=opens), midnight + timedelta(seconds=closes))
            for opens, closes in hours.get(day.weekday(), ())
        ]

    def _close_in_order(self) -> None:
        """No working day closes before the one ahead of it."""
        latest = 0
        for day in sorted(self.closings):
            latest = self.closings[day] = max(latest, self.closings[day])

    def day(self, instant: int) -> date:
        return self.days[(instant - self.begin) // MINUTE]

    def is_open(self, instant: int) -> bool:
        return self.open[(instant - self.begin) // MINUTE]

    def seconds(self, instant: int) -> int:
        minute, second = divmod(instant - self.begin, MINUTE)
        return self.worked[minute] + second * self.open[minute]

    def elapsed(self, start: int, stop: int) -> int:
        return self.seconds(stop) - self.seconds(start)

    def due_in_working_time(self, start: int, seconds: int) -> int:
        """The first instant by which the walker counted so many seconds more."""
        wanted = self.seconds(start) + seconds
        minute = bisect_left(self.worked, wanted)
        return self.begin + minute * MINUTE - (self.worked[minute] - wanted)

    def due_in_working_days(self, start: int, count: int) -> int:
        """The closing of the Nth day after the start's day on which the walker found the doors open."""
        later = sorted(day for day in self.closings if day > self.day(start))
        return self.closings[later[count - 1]]

    def due_on_the_wall(self, start: int, days: int = 0, months: int = 0) -> int:
        """The first instant at which the wall showed the start's wall time, so many days or months later, or more."""
        minute, second = divmod(start - self.begin, MINUTE)
        wall = self.walls[minute] + timedelta(seconds=second)
        target = wall + timedelta(days=days)
        for _ in range(months):
            target = target.replace(day=1) + timedelta(days=31)
            target = target.replace(day=1)
        if months:
            # Day by day to the start's own day, but never into another month.
            while target.day < wall.day and (target + timedelta(days=1)).month == target.month:
                target += timedelta(days=1)
        at = bisect_left(self.reached, target - timedelta(seconds=MINUTE - 1))
        return self.begin + at * MINUTE + max(int((target - self.reached[at]).total_seconds()), 0)
