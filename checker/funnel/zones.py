"""From what a local clock shows to an instant and back, in whole numbers that any engine can add up.

No engine's time-zone functions are used: they differ, and ship rules of different age. The changes of a zone's clocks
are looked up here, in Python's `zoneinfo`, and become a small tree of comparisons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from checker.errors import UnreadableInput
from checker.finding import At, Path
from checker.funnel.nodes import Node, case, less, minus, number, plus
from checker.logic.wall_clock import UnknownTimezone, WallClock

EARLIEST = 946684800
"""2000-01-01 00:00 UTC: no funnel is older, and what seems to be is a slip or a placeholder."""
LATEST = 2524608000
"""2050-01-01 00:00 UTC, the first instant that is taken for a slip at the other end."""
_DAY = 86400
_YEAR = 365 * _DAY


@dataclass(frozen=True, slots=True)
class Phase:
    """From the instant `begins` on, the zone's clocks show UTC plus `offset` seconds."""

    begins: int
    offset: int


def phases(timezone: str, first: int, last: int) -> tuple[Phase, ...]:
    """The phases of a zone that instants or wall times from `first` to `last` fall into. Raises UnknownTimezone.

    Few years make a small tree: ask for those that the data has.
    """
    return _phases(timezone, first // _YEAR * _YEAR, (last // _YEAR + 1) * _YEAR)


@lru_cache(maxsize=64)
def _phases(timezone: str, first: int, last: int) -> tuple[Phase, ...]:
    # a day more on either side, because a wall time may be that far from its instant
    first, last = first - _DAY, last + _DAY
    clock = WallClock(timezone, first, last)
    return tuple(Phase(begin, clock.shows(begin) - begin) for begin in (first, *clock.changes(first, last)))


def check_timezone(timezone: str, path: Path) -> None:
    """Raises UnreadableInput where nobody knows the zone that the agreement names at `path`."""
    try:
        phases(timezone, EARLIEST, EARLIEST)
    except UnknownTimezone as unknown:
        raise UnreadableInput(unknown.message, at=At(path)) from unknown


def instant(wall: Node, zone: Sequence[Phase]) -> Node:
    """The instant at which the zone's clocks show `wall` (seconds since 1970-01-01 00:00 on the wall).

    What they show twice is the first of both; what they never show is the first instant after the gap.
    """
    ends = [later.begins + phase.offset for phase, later in pairwise(zone)]

    def in_phase(index: int) -> Node:
        phase = zone[index]
        shown = minus(wall.copy(), number(phase.offset)) if phase.offset else wall.copy()
        if index == 0 or zone[index - 1].offset >= phase.offset:
            return shown
        return case([(less(shown, number(phase.begins)), number(phase.begins))], shown.copy())

    return _tree(wall, ends, in_phase)


def instant_at(wall: int, zone: Sequence[Phase]) -> int:
    """`instant` of one wall time."""
    for phase, later in pairwise(zone):
        if wall < later.begins + phase.offset:
            return max(wall - phase.offset, phase.begins)
    return max(wall - zone[-1].offset, zone[-1].begins)


def wall(moment: Node, zone: Sequence[Phase]) -> Node:
    """What the zone's clocks show at an instant."""
    ends = [later.begins for later in zone[1:]]
    return _tree(
        moment,
        ends,
        lambda index: plus(moment.copy(), number(zone[index].offset)) if zone[index].offset else moment.copy(),
    )


def _tree(position: Node, ends: Sequence[int], value: Callable[[int], Node]) -> Node:
    """The value of the phase whose end is the first after the position, found by halving."""

    def search(low: int, high: int) -> Node:
        if low == high:
            return value(low)
        middle = (low + high) // 2
        return case([(less(position.copy(), number(ends[middle])), search(low, middle))], search(middle + 1, high))

    return search(0, len(ends))
