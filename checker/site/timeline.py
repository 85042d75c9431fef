"""A deadline drawn as a line of days: when the clock starts, when it runs, when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from checker.agreement.agreement import Agreement
from checker.agreement.promise_list import Deadline, Promise
from checker.agreement.promises import Clock
from checker.logic.calendar import Calendar
from checker.logic.example_deadline import ExampleWeek, example_week
from checker.report.names import Names
from checker.site.voice import Voice

LEFT, RIGHT = 4.0, 716.0
_HOUR = 3600
_LETTER = 13.2
_CLOSED_DAY = 0.45
"""The width of a day without work, in days with work."""


@dataclass(frozen=True)
class Stretch:
    """A part of the line: of opening hours, or of those in which the clock runs."""

    x: float
    width: float


@dataclass(frozen=True)
class Day:
    """A day's place, and its name where there is room."""

    x: float
    width: float
    name: Markup
    is_open: bool


@dataclass(frozen=True)
class Timeline:
    """The drawing."""

    days: tuple[Day, ...]
    open: tuple[Stretch, ...]
    runs: tuple[Stretch, ...]
    start: float
    due: float
    start_label: Markup
    due_label: Markup

    @property
    def start_x(self) -> float:
        """Where the label of the start begins: under its mark, and never past the right edge."""
        return max(min(self.start - 8, RIGHT - _width(self.start_label)), 0.0)

    @property
    def due_anchor(self) -> str:
        """Whether the label of the deadline begins or ends under its mark: where there is room for it."""
        return "start" if self.due - 8 + _width(self.due_label) <= RIGHT else "end"

    @property
    def due_x(self) -> float:
        """Where the label of the deadline begins or ends: under its mark, and never past an edge."""
        if self.due_anchor == "start":
            return max(self.due - 8, 0.0)
        return min(max(self.due + 8, _width(self.due_label)), 720.0)


def _width(label: Markup) -> float:
    """How wide a label may be: as on a phone, where letters are larger in the same picture."""
    return len(label.striptags()) * _LETTER


@dataclass(frozen=True)
class Example:
    """A drawing with its title and the sentence that says the same."""

    chart: Timeline
    title: Markup
    caption: Markup


def examples(agreement: Agreement, names: Names, voice: Voice, promise: Promise) -> Iterator[Example]:
    """One for each deadline of a promise that can be drawn."""
    week = None if promise.clock is None else example_week(agreement, promise.clock)
    if promise.clock is None or week is None:
        return
    for rung in promise.deadlines:
        example = _example(names, voice, promise.clock, rung, week)
        if example is not None:
            yield example


def _example(names: Names, voice: Voice, clock: Clock, rung: Deadline, week: ExampleWeek) -> Example | None:
    due = week.due(rung.time)
    if due is None:
        return None
    starts, stops = names.event(clock.starts), names.event(clock.stops)
    begins, ends = week.in_words(week.start), week.in_words(due)
    title = (
        voice.gettext("The deadline of “{rung}”, an example", rung=names.rung(rung.name))
        if rung.name
        else voice.gettext("The deadline, an example")
    )
    caption = voice.gettext(
        "An example: {starts} {begins}, to be {stops} by {ends}.", starts=starts, begins=begins, stops=stops, ends=ends
    )
    labels = (
        voice.gettext("{moment}: {event}", moment=begins, event=starts),
        voice.gettext("{moment}: {event} by then", moment=ends, event=stops),
    )
    return Example(_drawn(voice, week.calendar, week.zone, (week.start, due), labels), title, caption)


def _drawn(
    voice: Voice, calendar: Calendar, zone: ZoneInfo, ends: tuple[int, int], labels: tuple[Markup, Markup]
) -> Timeline:
    start, due = ends
    scale = _Scale(calendar, zone, start, due)
    stretches = [
        (opens, closes)
        for opens, closes in zip(calendar.opens, calendar.closes, strict=True)
        if closes > scale.first and opens < scale.last
    ]
    counting = [(max(opens, start), min(closes, due)) for opens, closes in stretches]
    days = tuple(
        Day(x, width, voice.short_weekday(day.weekday()) if width > 40 else Markup(""), is_open)
        for day, x, width, is_open in scale.days
    )
    return Timeline(
        days,
        tuple(scale.stretches(stretches)),
        tuple(scale.stretches([(a, b) for a, b in counting if a < b])),
        scale.x(start),
        scale.x(due),
        *labels,
    )


class _Scale:
    """Where an instant stands: days side by side, each cut to the hours that matter; days without work are narrow."""

    def __init__(self, calendar: Calendar, zone: ZoneInfo, start: int, due: int) -> None:
        first_day = datetime.fromtimestamp(start, UTC).astimezone(zone).date()
        last_day = datetime.fromtimestamp(due, UTC).astimezone(zone).date()
        count = (last_day - first_day).days + 1
        dates = [first_day + timedelta(days=number) for number in range(count)]
        self._windows = [self._window(calendar, day, start, due) for day in dates]
        open_days = [self._is_open(calendar, day) for day in dates]
        weights = [1.0 if is_open else _CLOSED_DAY for is_open in open_days]
        gap = 6.0 if count <= 10 else 2.0
        unit = (RIGHT - LEFT - gap * (count - 1)) / sum(weights)
        self.days: list[tuple[date, float, float, bool]] = []
        x = LEFT
        for day, weight, is_open in zip(dates, weights, open_days, strict=True):
            self.days.append((day, x, weight * unit, is_open))
            x += weight * unit + gap
        self.first, self.last = self._windows[0][0], self._windows[-1][1]

    @staticmethod
    def _is_open(calendar: Calendar, day: date) -> bool:
        midnight = calendar.midnight(day)
        return calendar.elapsed(midnight, midnight + 86400) > 0

    @staticmethod
    def _window(calendar: Calendar, day: date, start: int, due: int) -> tuple[int, int]:
        midnight, after = calendar.midnight(day), calendar.midnight(day + timedelta(days=1))
        inside = [(a, b) for a, b in zip(calendar.opens, calendar.closes, strict=True) if b > midnight and a < after]
        moments = [moment for moment in (start, due) if midnight <= moment < after]
        if due - start <= 2 * _HOUR and len(moments) == 2:
            return start - _HOUR // 4, due + _HOUR // 4
        edges = [edge for stretch in inside for edge in stretch] + moments
        if not edges:
            return midnight, after
        return max(min(edges) - _HOUR, midnight), min(max(edges) + _HOUR, after)

    def x(self, instant: int) -> float:
        """The place of an instant; one between two days' hours stands at the end of the first."""
        for (_, x, width, _), (opens, closes) in zip(self.days, self._windows, strict=True):
            if instant <= closes:
                return x + width * (max(instant, opens) - opens) / (closes - opens)
        return RIGHT

    def stretches(self, parts: list[tuple[int, int]]) -> Iterator[Stretch]:
        """The places of stretches of time, cut at the days' edges."""
        for (_, x, width, _), (opens, closes) in zip(self.days, self._windows, strict=True):
            for begin, end in parts:
                a, b = max(begin, opens), min(end, closes)
                if a < b:
                    yield Stretch(x + width * (a - opens) / (closes - opens), width * (b - a) / (closes - opens))
