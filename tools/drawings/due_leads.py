"""Who is counted at a cut-off: leads whose deadline has passed, called or not, and nobody else."""

from __future__ import annotations

from datetime import date

from checker.logic.clock import deadline, is_late
from tools.drawings.picture import BAD, GOOD, INK, MARK, OPEN, QUIET, WIDTH, Picture
from tools.drawings.working_days import WITHIN, calendar, instant, on_the_clock

DAY = date(2027, 3, 3)
OPENS, CUT_OFF, CLOSES = "2027-03-03 09:00", "2027-03-03 16:00", "2027-03-03 18:00"
LEADS = (
    ("2027-03-03 09:10", "2027-03-03 10:00"),
    ("2027-03-03 10:20", "2027-03-03 15:30"),
    ("2027-03-03 11:15", None),
    ("2027-03-03 12:40", "2027-03-03 13:05"),
    ("2027-03-03 13:30", None),
    ("2027-03-03 15:20", None),
)
"""Handed over, and called (None: not yet)."""
KEPT, LATE, NOT_DUE = "kept", "late", "not due yet"
_LEFT, _TOP, _ROW, _HOURS = 60, 78, 40, 9
_FULL = WIDTH - _LEFT - 130


def what_counts(handed_off: str, called: str | None) -> str:
    """Kept, late or not due yet, as of the cut-off: by the deadline alone, and only then by the call."""
    days = calendar(DAY, date(2027, 3, 5))
    start, now = instant(handed_off), instant(CUT_OFF)
    if deadline(days, start, WITHIN) > now:
        return NOT_DUE
    return KEPT if called is not None and not is_late(days, start, instant(called), WITHIN) else LATE


def _at(moment: int) -> float:
    return _LEFT + _FULL * (moment - instant(OPENS)) / 3600 / _HOURS


def due_leads() -> str:
    """A line for each lead, from its handoff to its deadline, with its call, and the cut-off across them."""
    days = calendar(DAY, date(2027, 3, 5))
    said = [what_counts(handed_off, called) for handed_off, called in LEADS]
    due = [what for what in said if what != NOT_DUE]
    sum_up = f"{due.count(KEPT)} of {len(due)} in time; {said.count(NOT_DUE)} are not due yet and in no share"
    bottom = _TOP + _ROW * len(LEADS)
    picture = Picture(bottom + 74, "Who is counted at a cut-off", sum_up)
    picture.text(20, 30, "Call within 4 business hours: who is counted at four in the afternoon?", size=16)
    picture.dashed(_at(instant(CUT_OFF)), 46, bottom + 4, MARK)
    picture.text(_at(instant(CUT_OFF)) + 6, 58, "the data ends here", MARK, 13)
    for number, ((handed_off, called), what) in enumerate(zip(LEADS, said, strict=True)):
        middle = _TOP + number * _ROW + 16
        start = instant(handed_off)
        due_at = deadline(days, start, WITHIN)
        is_today = due_at <= instant(CLOSES)
        end = due_at if is_today else instant(CLOSES)
        colour = {KEPT: GOOD, LATE: BAD, NOT_DUE: OPEN}[what]
        picture.text(_LEFT - 34, middle + 5, str(number + 1), anchor="middle")
        picture.line(_at(instant(OPENS)), middle, _LEFT + _FULL, middle, QUIET, 1)
        picture.box(_at(start), middle - 7, _at(end) - _at(start), 14, colour, 0.25)
        if is_today:
            picture.line(_at(due_at), middle - 10, _at(due_at), middle + 10, colour, 3)
        if called is not None:
            picture.dot(_at(instant(called)), middle, colour)
        picture.text(_LEFT + _FULL + 14, middle + 5, what, colour)
    for hour in range(9, 19, 3):
        left = _at(instant(f"{DAY} {hour:02}:00"))
        picture.line(left, bottom, left, bottom + 6, INK, 1)
        picture.text(
            left, bottom + 22, f"{on_the_clock(instant(f'{DAY} {hour:02}:00')):%H:%M}", size=12, anchor="middle"
        )
    picture.text(
        _LEFT,
        bottom + 50,
        "The box is the time that sales has, the bar at its end the deadline, a dot the call.",
        size=13,
    )
    picture.text(_LEFT, bottom + 67, sum_up + ".", size=13)
    return picture.svg()
