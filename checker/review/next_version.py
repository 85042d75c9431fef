"""Which version the next release carries, by what has changed since the last one.

major: a side owes more or less than it signed, or a bar is higher or lower: something is stricter or looser
minor: something is different, and nobody owes more or less by it
patch: nothing but words
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.agreement.versions import compared, numbers
from checker.change import Bump, Change, Direction, NextVersion
from checker.message import Message, say, say_counted

FIRST = "1.0"
"""The version of a first release."""
_FIRST_YEAR, _LAST_YEAR = 1900, 9999
_OWED = (Direction.STRICTER, Direction.LOOSER)


def next_version(changes: Sequence[Change], released: str | None) -> NextVersion:
    """The version that the next release carries after these changes; `released` is the last one, None without any."""
    bump, why = _bump(changes)
    if released is None:
        return NextVersion(None, bump, None if bump is Bump.NONE else FIRST, why)
    return NextVersion(released, bump, released if bump is Bump.NONE else _bumped(released, bump), why)


def _bump(changes: Sequence[Change]) -> tuple[Bump, Message]:
    owed = [change for change in changes if {change.sides.marketing, change.sides.sales} & {*_OWED}]
    if owed:
        return Bump.MAJOR, say_counted(
            "{count} change asks more or less of a side than it signed",
            "{count} changes ask more or less of a side than it signed",
            count=len(owed),
        )
    if others := [change for change in changes if not change.is_editorial]:
        return Bump.MINOR, say_counted(
            "{count} change, by which nobody owes more or less",
            "{count} changes, by which nobody owes more or less",
            count=len(others),
        )
    if changes:
        return Bump.PATCH, say("nothing but words")
    return Bump.NONE, say("nothing has changed")


def _bumped(released: str, bump: Bump) -> str | None:
    """A version one step on. Where the first number is a year it stays: a plan's year is nobody's to raise."""
    parts = numbers(released)
    if parts is None:
        return None
    has_year = _FIRST_YEAR <= parts[0] <= _LAST_YEAR
    first, second, third = (*parts, 0, 0)[:3]
    bumped: tuple[int, ...]
    if bump is Bump.PATCH:
        bumped = (first, second, third + 1)
    elif bump is Bump.MAJOR and not has_year:
        bumped = (first + 1, 0)
    else:
        bumped = (first, second + 1)
    kept = bumped if len(parts) < 3 else (*bumped, 0, 0)[:3]
    return ("v" if released.startswith("v") else "") + ".".join(map(str, kept))


def suffices(version: str, needed: NextVersion) -> bool | None:
    """Whether a version is as far on as the changes ask for; None where the two cannot be compared."""
    if needed.next is None:
        return None if numbers(version) is None else True
    order = compared(version, needed.next)
    return None if order is None else order >= 0
