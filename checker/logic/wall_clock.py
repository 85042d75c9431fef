"""What the clocks on the walls of a time zone show.

An instant is a whole number of seconds since 1970-01-01 00:00 UTC. A wall time is the same count made with what a
local clock shows: the wall time of São Paulo's 1970-01-02 09:00 is 86400 + 32400, whatever UTC says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from checker.message import Message, say

DAY = 86400
_CITY_ALIKE = 0.8
_FIRST_ORDINAL = date(1970, 1, 1).toordinal()


class UnknownTimezone(ValueError):
    """A time zone that nobody knows; `nearest` is the most similar name, where there is one."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.nearest = _nearest(name)
        super().__init__(self.message.text)

    @property
    def message(self) -> Message:
        if self.nearest is None:
            return say("there is no time zone {name}: write it as in America/Sao_Paulo", name=self.name)
        return say("there is no time zone {name}: did you mean {nearest}?", name=self.name, nearest=self.nearest)


def _nearest(name: str) -> str | None:
    """The zone that was probably meant: by its city, else by its whole name; never one by a name of former times."""
    wanted = "_".join(name.lower().split())
    by_city = {zone.rpartition("/")[2].lower(): zone for zone in reversed(zones_in_use())}
    city = wanted.rpartition("/")[2]
    if city in by_city:
        return by_city[city]
    by_lower_case = {zone.lower(): today for zone, today in _former_zones().items()}
    by_lower_case |= {zone.lower(): zone for zone in zones_in_use()}
    similar = get_close_matches(wanted, by_lower_case, n=2)
    likeness = {SequenceMatcher(None, near, wanted).ratio() for near in similar}
    if similar and (len(likeness) == len(similar) or len({by_lower_case[near] for near in similar}) == 1):
        return by_lower_case[similar[0]]
    similar = get_close_matches(city, by_city, n=1, cutoff=_CITY_ALIKE)
    return by_city[similar[0]] if similar else None


@cache
def zones_in_use() -> tuple[str, ...]:
    """The names of time zones that people should write, in the order of the alphabet."""
    return tuple(sorted(set(_countries()) & available_timezones() | {"UTC"}))


def country_of(timezone: str) -> str | None:
    """The code of the country whose clocks a zone has, as in `BR`; None for zones of no country, and unknown ones."""
    return _countries().get(timezone)


@cache
def _countries() -> dict[str, str]:
    """Zone -> the code of its country, of all zones that people should write but UTC."""
    lines = (line.split("\t") for line in _zone_data("zone.tab").splitlines() if line and not line.startswith("#"))
    return {columns[2].strip(): columns[0] for columns in lines}


@cache
def _former_zones() -> dict[str, str]:
    """Names that are only kept for old files -> what the zone is called today: `Brazil/East` is America/Sao_Paulo."""
    links = (line.split() for line in _zone_data("tzdata.zi").splitlines() if line.startswith("L "))
    return {former: today for _, today, former in links if today in zones_in_use() and "/" in former}


def _zone_data(name: str) -> str:
    return resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _FIRST_ORDINAL


def numbered_day(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(number + _FIRST_ORDINAL)


class WallClock:
    """The local clocks of one time zone, right from the instant `first` to the instant `last`.

    Where clocks are put forward, the times in between are never shown; where they are put back, an hour is shown
    twice. Neither matters here: a wall time is *reached* at the first instant at which the clocks show it or a
    later time. So what opens at 09:00 opens once, and what closes in the repeated hour closes once.
    """

    def __init__(self, timezone: str, first: int, last: int) -> None:
        """Raises UnknownTimezone. No zone changes its clocks twice within a day, so daily looks find all changes."""
        try:
            self._zone = ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise UnknownTimezone(timezone) from error
        self._begins = [first]
        self._offsets = [self._offset_in_zone(first)]
        for look in range(first + DAY, last + DAY, DAY):
            offset = self._offset_in_zone(look)
            if offset != self._offsets[-1]:
                self._begins.append(self._change(look - DAY, look))
                self._offsets.append(offset)
        self._ends = [begin + old for begin, old, _ in self._changes()]

    def _offset_in_zone(self, instant: int) -> int:
        wall = datetime.fromtimestamp(instant, self._zone).replace(tzinfo=UTC)
        return int(wall.timestamp()) - instant

    def _change(self, before: int, after: int) -> int:
        """The instant at which the clocks are changed, somewhere after `before` and at the latest at `after`."""
        old = self._offset_in_zone(before)
        while after - before > 1:
            middle = (before + after) // 2
            if self._offset_in_zone(middle) == old:
                before = middle
            else:
                after = middle
        return after

    def _changes(self) -> Iterator[tuple[int, int, int]]:
        """Each change of the clocks: its instant, and the offsets before and from then on."""
        for (_, old), (begin, new) in pairwise(zip(self._begins, self._offsets, strict=True)):
            yield begin, old, new

    def shows(self, instant: int) -> int:
        """The wall time at an instant."""
        return instant + self._offsets[bisect_right(self._begins, instant) - 1]

    def reaches(self, wall: int) -> int:
        """The first instant at which the clocks show this wall time or a later one."""
        phase = bisect_right(self._ends, wall)
        return max(self._begins[phase], wall - self._offsets[phase])

    def changes(self, first: int, last: int) -> Iterator[int]:
        """The instants after `first` and up to `last` at which the clocks are changed."""
        for begin, _, _ in self._changes():
            if first < begin <= last:
                yield begin

    def turns(self, first: int, last: int) -> Iterator[int]:
        """Both ends of each hour that is never shown or shown twice, where after `first` and up to `last`."""
        for begin, old, new in self._changes():
            for wall in sorted((begin + old, begin + new)):
                if first < wall <= last:
                    yield wall
