"""How the dates of a column are written, told from all of its values.

Cells are taken apart by shape (`31/03/2027 14:05`: three numbers parted by `/`, a time to the minute). Which of the
numbers is the day, and which the month, is taken as known only where a value proves it: a number above 12 is no month.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

Order = Literal["dmy", "mdy", "ymd"]

_TIME = (
    r"(?:(?P<gap>,? |T|, ?| - )(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?P<fraction>\.\d{1,9})?)?"
    r"(?P<half> ?[AaPp][Mm])?(?P<zone> ?(?:Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}))?)?"
)
_NUMERIC = re.compile(rf"(?P<first>\d{{1,4}})(?P<sign>[-/.])(?P<middle>\d{{1,2}})(?P=sign)(?P<last>\d{{1,4}}){_TIME}")
_DAY_NAME = re.compile(rf"(?P<first>\d{{1,2}})(?P<sign>[ -])(?P<name>[A-Za-z]{{3,9}})(?P=sign)(?P<last>\d{{4}}){_TIME}")
_NAME_DAY = re.compile(rf"(?P<name>[A-Za-z]{{3,9}}) (?P<first>\d{{1,2}})(?P<comma>,?) (?P<last>\d{{4}}){_TIME}")
_COMPACT = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MAY = "may"
"""Short and long name of a month in one: what the other cells of the column have decides."""
_ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")
_CENTURY = 2000
_YEARS = range(2000, 2050)
"""The years in which funnels are; a check keeps out whatever else stands there, such as 9999-12-31."""


@dataclass(frozen=True, slots=True)
class DateReading:
    """How most values of a column are written.

    `format` is in the letters of strptime, None where the values are ISO dates or moments, which need none. `moments`
    gives what each value says on the clocks of its zone, as far as it fits. `other_orders` are those that fit all
    values as well: where it is not empty, nothing proves which number is the month. `unfit` are the values that do not
    fit, with how often they stand there.
    """

    format: str | None
    moments: Mapping[str, datetime]
    unfit: Mapping[str, int]
    other_orders: tuple[Order, ...] = ()
    order: Order = "ymd"
    has_time: bool = False
    names_zone: bool = False
    """Whether every moment names its zone, in a way that is read without a declaration."""
    is_utc: bool = False
    """Whether `UTC` stands behind the moments, which has to be declared."""

    @property
    def first(self) -> datetime:
        return min(self.moments.values())

    @property
    def last(self) -> datetime:
        return max(self.moments.values())


@dataclass(frozen=True, slots=True)
class _Shape:
    """What cells have in common that are written alike."""

    kind: Literal["numeric", "day name", "name day", "compact"]
    sign: str = ""
    year: Literal["first", "last", "short"] = "last"
    gap: str = ""
    to: Literal["day", "minute", "second", "fraction"] = "day"
    half: str = ""
    zone: str = ""
    is_padded: bool = True
    month: str = ""


def read_dates(values: Mapping[str, int]) -> DateReading | None:
    """How the values (with how often each stands there) are written as dates; None where most of them are none."""
    shapes: dict[_Shape, dict[str, re.Match[str]]] = {}
    for value in values:
        if (found := _taken_apart(value)) is not None:
            shapes.setdefault(found[0], {})[value] = found[1]
    if not shapes:
        return None
    groups: dict[str, list[_Shape]] = {}
    for shape in shapes:
        if shape.month == _MAY:
            long = replace(shape, month="%B")
            groups.setdefault(repr(long if long in shapes else replace(shape, month="%b")), []).append(shape)
            continue
        loose = replace(shape, is_padded=False)
        # where some cells leave a zero out, no cell of the column is read as an ISO form
        kind = repr(loose) if loose in shapes else "iso" if _is_iso(shape) else repr(shape)
        groups.setdefault(kind, []).append(shape)
    weighed = {
        name: sum(values[value] for shape in members for value in shapes[shape]) for name, members in groups.items()
    }
    best = max(weighed, key=lambda name: weighed[name])
    members = groups[best]
    matches = {value: (shape, match) for shape in members for value, match in shapes[shape].items()}
    fitting = _orders(members[0], [match for _, match in matches.values()])
    order = fitting[0]
    moments: dict[str, datetime] = {}
    for value, (shape, match) in matches.items():
        moment = _moment(match, shape, order)
        if moment is not None and moment.year in _YEARS:
            moments[value] = moment
    if not moments:
        return None
    return DateReading(
        None if best == "iso" else _format(max(members, key=lambda shape: shape.month != _MAY), order),
        moments,
        {value: times for value, times in values.items() if value not in moments},
        tuple(fitting[1:]),
        order,
        any(shape.to != "day" for shape in members),
        all(_names_zone(shape) for shape in members),
        any(shape.zone.strip() in ("UTC", "GMT") for shape in members),
    )


# ---------------------------------------------------------------- taking apart


def _taken_apart(value: str) -> tuple[_Shape, re.Match[str]] | None:
    if match := _NUMERIC.fullmatch(value):
        lengths = len(match["first"]), len(match["last"])
        if 3 in lengths or lengths == (4, 4):
            return None
        year: Literal["first", "last", "short"] = "first" if lengths[0] == 4 else "last" if lengths[1] == 4 else "short"
        if year == "last" and lengths[0] > 2:
            return None
        # 1.2.3 is the number of a chapter
        if year == "short" and (lengths[1] != 2 or (match["sign"] == "." and lengths[0] != 2)):
            return None
        day = match["last"] if year == "first" else match["first"]
        padded = len(match["middle"]) == 2 and len(day) == 2
        return _shape("numeric", match, match["sign"], year, padded), match
    if match := _DAY_NAME.fullmatch(value):
        return _named("day name", match, match["sign"])
    if match := _NAME_DAY.fullmatch(value):
        return _named("name day", match, match["comma"])
    if match := _COMPACT.fullmatch(value):
        return _Shape("compact", year="first"), match
    return None


def _named(
    kind: Literal["day name", "name day"], match: re.Match[str], sign: str
) -> tuple[_Shape, re.Match[str]] | None:
    name = match["name"].casefold()
    if name == _MAY:
        month = _MAY
    elif name in _MONTHS:
        month = "%B"
    elif any(month.startswith(name) and len(name) == 3 for month in _MONTHS):
        month = "%b"
    else:
        return None
    return _shape(kind, match, sign, "last", True, month), match


def _shape(
    kind: Literal["numeric", "day name", "name day"],
    match: re.Match[str],
    sign: str,
    year: Literal["first", "last", "short"],
    is_padded: bool,
    month: str = "",
) -> _Shape:
    to: Literal["day", "minute", "second", "fraction"] = "day"
    if match["fraction"]:
        to = "fraction"
    elif match["second"]:
        to = "second"
    elif match["hour"]:
        to = "minute"
    zone = match["zone"] or ""
    if zone.strip()[:1] in ("+", "-", "Z", "z"):
        zone = zone[: len(zone) - len(zone.strip())] + "%z"
    # only ISO forms must have two digits everywhere; no other reading minds
    padded = is_padded and (match["hour"] is None or len(match["hour"]) == 2)
    half = match["half"] or ""
    return _Shape(
        kind,
        sign,
        year,
        match["gap"] or "",
        to,
        half[: len(half) - 2] + "%p" if half else "",
        zone,
        padded if year == "first" and sign == "-" else True,
        month,
    )


def _is_iso(shape: _Shape) -> bool:
    return (
        shape.kind == "numeric"
        and shape.year == "first"
        and shape.sign == "-"
        and shape.is_padded
        and shape.gap in ("", " ", "T")
        and not shape.half
        and shape.zone.strip() in ("", "%z")
    )


def _names_zone(shape: _Shape) -> bool:
    return shape.to == "day" or shape.zone.strip() == "%z"


# ---------------------------------------------------------------- day and month


def _orders(shape: _Shape, matches: Iterable[re.Match[str]]) -> list[Order]:
    """The orders of day, month and year that fit all values, else the one that fits most."""
    if shape.kind == "compact" or shape.year == "first":
        return ["ymd"]
    if shape.kind != "numeric":
        return ["dmy"]
    possible = _ORDERS if shape.year == "short" else _ORDERS[:2]
    counts: Counter[Order] = Counter()
    total = 0
    for match in matches:
        total += 1
        for order in possible:
            counts[order] += _moment(match, shape, order) is not None
    fitting = [order for order in possible if counts[order] == total]
    return fitting or [max(possible, key=lambda order: counts[order])]


def _moment(match: re.Match[str], shape: _Shape, order: Order) -> datetime | None:
    """What a value says on the clock, None where no calendar has that day."""
    if shape.kind == "compact":
        text = match[0]
        return _made(int(text[:4]), int(text[4:6]), int(text[6:]), None)
    if shape.kind != "numeric":
        short = match["name"].casefold()[:3]
        month = next(number for number, name in enumerate(_MONTHS, start=1) if name.startswith(short))
        return _made(int(match["last"]), month, int(match["first"]), match)
    numbers = [int(match[part]) for part in ("first", "middle", "last")]
    by_letter = dict(zip(order, numbers, strict=True))
    year = by_letter["y"] + (_CENTURY if shape.year == "short" else 0)
    return _made(year, by_letter["m"], by_letter["d"], match)


def _made(year: int, month: int, day: int, match: re.Match[str] | None) -> datetime | None:
    hour = minute = second = 0
    if match is not None and match["hour"]:
        hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
        if match["half"]:
            hour = hour % 12 + (12 if match["half"].strip().casefold() == "pm" else 0)
    try:
        moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  what the clocks show
    except ValueError:
        return None
    offset = re.fullmatch(r" ?([+-])(\d{2}):?(\d{2})?", match["zone"] or "") if match is not None else None
    if offset is not None:
        ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        try:
            return moment - ahead if offset[1] == "+" else moment + ahead
        except OverflowError:
            return None
    return moment


def _format(shape: _Shape, order: Order) -> str:
    """The shape in the letters of strptime."""
    if shape.kind == "compact":
        return "%Y%m%d"
    month = "%b" if shape.month == _MAY else shape.month
    if shape.kind == "numeric":
        letters = {"d": "%d", "m": "%m", "y": "%y" if shape.year == "short" else "%Y"}
        date = shape.sign.join(letters[letter] for letter in order)
    elif shape.kind == "day name":
        date = f"%d{shape.sign}{month}{shape.sign}%Y"
    else:
        date = f"{month} %d{shape.sign} %Y"
    time = {"day": "", "minute": "%H:%M", "second": "%H:%M:%S", "fraction": "%H:%M:%S.%f"}[shape.to]
    if shape.half:
        time = time.replace("%H", "%I")
    return f"{date}{shape.gap}{time}{shape.half}{shape.zone}"
