"""Working hours: whether a calendar says what its author meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.people import WorkingTime
from checker.agreement.scalars import WEEKDAYS, Hours
from checker.finding import At, Because, Edit, Path, Problem, Severity
from checker.logic.wall_clock import DAY
from checker.message import Written, all_of, say
from checker.rules.rule import rule

WEEKEND = {5, 6}
LONG_NIGHT = 12 * 3600
"""A shift past midnight that is longer is rather a slip than a shift."""


@rule(
    "SLA525",
    "Working hours that overlap",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        working_time:
          office:
            timezone: Europe/Warsaw
            days: Monday to Friday
            hours:
              - "08:00 to 13:00"       # because
              - "12:00 to 16:00"       # SLA525
          shop:
            timezone: Europe/Warsaw
            days:
              Monday to Saturday: "09:00 to 18:00"     # because
              Saturday: "09:00 to 13:00"               # SLA525
        sellers:
          ana: {working_time: shop}
        people:
          ana: {name: Ana, team: sales}
        """,
    good="""
        working_time:
          office:
            timezone: Europe/Warsaw
            days: Monday to Friday
            hours:
              - "08:00 to 12:00"
              - "13:00 to 16:00"
          shop:
            timezone: Europe/Warsaw
            days:
              Monday to Friday: "09:00 to 18:00"
              Saturday: "09:00 to 13:00"
        sellers:
          ana: {working_time: shop}
        people:
          ana: {name: Ana, team: sales}
        """,
)
def overlapping_hours(agreement: Agreement) -> Iterator[Problem]:
    """
    A split shift has a gap in the middle; where the two parts overlap, one of the times is wrong, and every deadline is
    off by it. The same holds for a day that two lines give different hours to: only one of them can count.
    """
    for name, calendar in (agreement.sections.working_time or {}).items():
        path: Path = ("working_time", name)
        if isinstance(calendar.days, dict):
            seen: dict[int, str] = {}
            for days, hours in calendar.days.items():
                written = _written_days(days)
                twice = [day for day in days if day in seen]
                if twice:
                    yield Problem(
                        At((*path, "days", written), "key"),
                        say("{days} has hours on another line already", days=all_of([WEEKDAYS[day] for day in twice])),
                        because=(Because(At((*path, "days", seen[twice[0]]), "key")),),
                    )
                seen |= {day: written for day in days if day not in seen}
                yield from _overlaps((*path, "days", written), as_list(hours))
        else:
            yield from _overlaps((*path, "hours"), as_list(calendar.hours))


def _written_days(days: tuple[int, ...]) -> str:
    first, last = WEEKDAYS[days[0]], WEEKDAYS[days[-1]]
    return first if first == last else f"{first} to {last}"


def _overlaps(path: Path, hours: list[Hours | str]) -> Iterator[Problem]:
    shifts = [(shift, index) for index, shift in enumerate(hours) if isinstance(shift, Hours)]
    shifts.sort(key=lambda pair: (pair[0].opens, pair[0].closes))
    for (one, first), (other, second) in pairwise(shifts):
        if other.opens < one.closes:
            later, earlier = (second, first) if second > first else (first, second)
            yield Problem(
                At((*path, later)),
                say("these hours overlap with others of the same day"),
                because=(Because(At((*path, earlier))),),
            )


@rule(
    "SLA526",
    "Working hours that are probably a slip",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        working_time:
          office:
            timezone: Europe/Warsaw
            days: Monday to Friday
            hours: "18:00 to 09:00"         # SLA526
          shop:
            timezone: Europe/Warsaw
            days: Saturday to Sunday        # SLA526
            hours: "09:00 to 18:00"
        sellers:
          ana: {working_time: shop}
        people:
          ana: {name: Ana, team: sales}
        """,
    good="""
        working_time:
          office:
            timezone: Europe/Warsaw
            days: Monday to Friday
            hours: "09:00 to 18:00"
          shop:
            timezone: Europe/Warsaw
            days: Monday to Saturday
            hours: "09:00 to 18:00"
        sellers:
          ana: {working_time: shop}
        people:
          ana: {name: Ana, team: sales}
        """,
)
def hours_that_are_a_slip(agreement: Agreement) -> Iterator[Problem]:
    """
    Hours that end before they begin run past midnight: `"22:00 to 06:00"` is a night shift. But nobody works from
    six in the evening until nine in the morning; there the two times are swapped. Who is there day and night writes
    `24x7`. A team that works at weekends alone is rare, too: then no lead of the week is called before Saturday.
    """
    for name, calendar in (agreement.sections.working_time or {}).items():
        for path, shift in _shifts(("working_time", name), calendar):
            length = shift.closes - shift.opens
            if shift.closes > DAY and length > LONG_NIGHT:
                yield Problem(
                    At(path),
                    say("these hours run through the night, {count} of them", count=length // 3600),
                    note=say("write {always} where somebody is always there", always=Written("24x7"))
                    if length == DAY
                    else say("did you mean {guess}?", guess=Written(_swapped(shift))),
                    fixes=() if length == DAY else (Edit(At(path), _written(shift), _swapped(shift)),),
                )
        days = set(calendar.week())
        if not calendar.is_always and days and days <= WEEKEND:
            yield Problem(At(("working_time", name, "days")), say("nobody works from Monday to Friday here"))


def _shifts(path: Path, calendar: WorkingTime) -> Iterator[tuple[Path, Hours]]:
    """Every shift as written and where."""
    if calendar.is_always:
        return
    written = (
        [((*path, "days", _written_days(days)), hours) for days, hours in calendar.days.items()]
        if isinstance(calendar.days, dict)
        else [((*path, "hours"), calendar.hours)]
    )
    for at, hours in written:
        for index, shift in enumerate(as_list(hours)):
            if isinstance(shift, Hours):
                yield (*at, index) if isinstance(hours, list) else at, shift


def _swapped(shift: Hours) -> str:
    return f"{_clock(shift.closes % DAY)} to {_clock(shift.opens)}"


def _written(shift: Hours) -> str:
    return f"{_clock(shift.opens)} to {_clock(shift.closes % DAY)}"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
