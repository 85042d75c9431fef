"""Four business hours over a weekend and a holiday: which time counts, and when the promise is due."""

from __future__ import annotations

from datetime import date, timedelta

from checker.logic.clock import deadline
from checker.logic.closed_time import Closing, closed_between
from tools.drawings.picture import BAD, GOOD, INK, MARK, QUIET, WIDTH, Picture
from tools.drawings.working_days import OFFICE, WITHIN, calendar, instant, on_the_clock

HANDED_OFF = "2027-03-26 16:31"
FIRST, DAYS = date(2027, 3, 26), 5
_LEFT, _TOP, _ROW, _FROM, _TO = 170, 60, 44, 8, 19
_FULL = WIDTH - _LEFT - 30


def _at(hour: float) -> float:
    return _LEFT + _FULL * (hour - _FROM) / (_TO - _FROM)


def business_time() -> str:
    """A row for each day: opening hours, and in them the time that counts."""
    days = calendar(FIRST - timedelta(days=7), FIRST + timedelta(days=14))
    start = instant(HANDED_OFF)
    due = deadline(days, start, WITHIN)
    closed = [stretch for stretch in closed_between(days, OFFICE, start, due) if stretch.why is Closing.HOLIDAY]
    holidays = {day for stretch in closed for day in stretch.holidays}
    says = f"handed over on {on_the_clock(start):%A at %H:%M}, due on {on_the_clock(due):%A at %H:%M}"
    picture = Picture(_TOP + _ROW * DAYS + 40, "Four business hours over Easter", says)
    picture.text(20, 30, f"4 business hours: {says}", size=16)
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        top = _TOP + number * _ROW
        picture.text(20, top + 22, f"{day:%a} {day.day} {day:%B}")
        picture.box(_at(_FROM), top + 6, _FULL, 24, QUIET, 0.35)
        if not days.working_days(day, day):
            why = "public holiday: closed" if day in holidays else "weekend: closed"
            picture.text(_at((_FROM + _TO) / 2), top + 23, why, BAD if day in holidays else INK, 13, "middle")
            continue
        opens, closes = instant(f"{day} 09:00"), instant(f"{day} 18:00")
        picture.box(_at(9), top + 6, _at(18) - _at(9), 24, QUIET)
        begin, end = max(start, opens), min(due, closes)
        used = days.elapsed(begin, end)
        left, right = (_at((moment - opens) / 3600 + 9) for moment in (begin, end))
        picture.box(left, top + 6, right - left, 24, GOOD, 0.75)
        hours, minutes = divmod(used // 60, 60)
        picture.text((left + right) / 2, top + 23, f"{hours} h {minutes:02} min", "#ffffff", 13, "middle")
        if begin == start:
            picture.line(left, top, left, top + 36, MARK, 3)
        if end == due:
            picture.line(right, top, right, top + 36, MARK, 3)
            picture.text(right + 8, top + 23, "due", MARK, 13)
    bottom = _TOP + _ROW * DAYS
    for hour in range(9, 19, 3):
        picture.line(_at(hour), bottom, _at(hour), bottom + 6, INK, 1)
        picture.text(_at(hour), bottom + 22, f"{hour:02}:00", size=12, anchor="middle")
    return picture.svg()
