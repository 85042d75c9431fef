"""When something happened: from a cell to whole seconds, with what is known of them.

A stamp is read as a position: seconds since 1970-01-01 00:00, of UTC where the cell says so itself (`utc`), else on
the clocks of the column's time zone. `day` is true where only the date is known. What a position means as an instant
is worked out in `checker.funnel.facts`, when it is known which years the data has.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from checker.funnel.nodes import (
    Node,
    as_type,
    as_type_or_nothing,
    both,
    call,
    case,
    either,
    equal,
    less,
    minus,
    negated,
    number,
    plus,
    text,
    truth,
    whole_part,
)
from checker.funnel.readings import Read
from checker.funnel.zones import EARLIEST, LATEST
from checker.logic.wall_clock import DAY

_TIME_OF_DAY = ("%H", "%I", "%p", "%M", "%S", "%f")
_OFFSET = r"Z|z|[+-]\d{2}(?::?\d{2})?"
_ISO = rf"\d{{4}}-\d{{2}}-\d{{2}}(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)? ?(?:{_OFFSET})?)?"
_TO_MINUTE, _WITH_SECONDS = len("2027-03-31 14:05"), len("2027-03-31 14:05:00")
_ISO_OFFSET = rf".{{16,}}?({_OFFSET})"
"""What stands at the end of a date and time, and never at the end of a date alone."""
INSTANT_TYPES = ("TIMESTAMP WITH TIME ZONE",)
WALL_TYPES = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")


@dataclass(frozen=True, slots=True)
class StampReading:
    """How a column's cells are read: the position, whether it is UTC, whether only the day is known.

    `has_statistics`: the order of the cells is that of the positions, so that the smallest and the largest cell, which
    a Parquet file knows without being read, give those of the positions.
    """

    position: Read
    utc: Read | bool
    day: Read | bool
    can_fail: bool
    has_statistics: bool = False


def stamp_reading(sql_type: str, written_as: str | None) -> StampReading | None:
    """How stamps of a stored type are read; `written_as` is the declared format of a text. None: not a stamp's type."""
    if sql_type == "DATE":
        return StampReading(seconds, utc=False, day=True, can_fail=False, has_statistics=True)
    if sql_type in WALL_TYPES:
        return StampReading(seconds, utc=False, day=False, can_fail=False, has_statistics=True)
    if sql_type in INSTANT_TYPES:
        return StampReading(seconds, utc=True, day=False, can_fail=False, has_statistics=True)
    if sql_type != "VARCHAR":
        return None
    if written_as is None:
        return StampReading(_iso_position, utc=_iso_has_offset, day=_iso_is_date, can_fail=True)
    has_time = any(directive in written_as for directive in _TIME_OF_DAY)
    return StampReading(
        lambda cell: seconds(parsed(cell, written_as)), utc="%z" in written_as, day=not has_time, can_fail=True
    )


def parsed(cell: Node, written_as: str) -> Node:
    """A text as the engine's time stamp, null where it does not fit the format."""
    if written_as.endswith("%z"):
        # strptime of the engine knows offsets as digits only
        cell = call("regexp_replace", cell, text("[Zz]$"), text("+00:00"))
    return call("try_strptime", cell, text(written_as))


def plausible(position: Node) -> Node:
    """A position, null outside the years in which funnels are."""
    inside = both([negated(less(position.copy(), number(EARLIEST))), less(position.copy(), number(LATEST))])
    return case([(inside, position)])


def iso_date(cell: Node) -> Node:
    """The date that a text in ISO form begins with, as it stands there; null where it is none."""
    return case([(_is_iso(cell), as_type_or_nothing(call("left", cell.copy(), number(10)), "DATE"))])


def seconds(moment: Node) -> Node:
    """Whole seconds since 1970-01-01 00:00 of a time stamp or date."""
    return exp.IntDiv(this=call("epoch_us", moment), expression=number(1_000_000))


def date_of(position: Node) -> Node:
    """The date of a position on the wall."""
    number_of_days = as_type(whole_part(position, DAY), "INTEGER")
    return exp.Add(this=as_type(text("1970-01-01"), "DATE"), expression=number_of_days)


def _is_iso(cell: Node) -> Node:
    return call("regexp_full_match", cell.copy(), text(_ISO))


def _iso_position(cell: Node) -> Node:
    # the engine reads what the clocks show and leaves the offset to us
    shown = seconds(as_type_or_nothing(call("upper", cell.copy()), "TIMESTAMP"))
    moment = case([(_iso_has_offset(cell), minus(shown, _iso_offset(cell)))], shown.copy())
    return case([(_is_iso(cell), moment)])


def _iso_has_offset(cell: Node) -> Node:
    """Whether an offset stands at the end. The usual lengths, without one, are told without a search."""
    has_seconds_only = both(
        [equal(call("length", cell.copy()), number(_WITH_SECONDS)), equal(_sign(cell, _TO_MINUTE + 1), text(":"))]
    )
    is_usual = either([less(call("length", cell.copy()), number(_TO_MINUTE + 1)), has_seconds_only])
    return case([(is_usual, truth(False))], call("regexp_full_match", cell.copy(), text(_ISO_OFFSET)))


def _sign(cell: Node, place: int) -> Node:
    return call("substr", cell.copy(), number(place), number(1))


def _iso_offset(cell: Node) -> Node:
    """Seconds by which the offset at the end of a text is ahead of UTC."""
    offset = call("regexp_extract", cell.copy(), text(rf"(?:{_OFFSET})$"))
    digits = call("regexp_replace", offset, text("[^0-9]"), text(""), text("g"))
    hours = as_type_or_nothing(call("left", digits, number(2)), "BIGINT")
    minutes = as_type_or_nothing(call("substr", digits.copy(), number(3)), "BIGINT")
    ahead = plus(_times(hours, 3600), _times(minutes, 60))
    is_behind = call("starts_with", offset.copy(), text("-"))
    return case([(is_behind, exp.Neg(this=exp.Paren(this=ahead)))], ahead.copy())


def _times(value: Node, factor: int) -> Node:
    """A multiple of a number; 0 where there is none."""
    return exp.Mul(this=exp.Coalesce(this=value, expressions=[number(0)]), expression=number(factor))


def _iso_is_date(cell: Node) -> Node:
    return equal(call("length", cell.copy()), number(len("2027-03-31")))
