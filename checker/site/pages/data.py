"""About the data: what it covers, what it cannot tell and why, what was odd, what was kept out, what is accepted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from checker.quantity import Month
from checker.site.basis import Basis
from checker.site.page import Page
from checker.verdict import Coverage

PATH = "data.md"
WIDTH = 720.0
MOST_TICKS = 6


@dataclass(frozen=True)
class Span:
    """The days of one event."""

    name: Markup
    text: Markup
    x: float
    width: float
    is_declared: bool


@dataclass(frozen=True)
class Tick:
    """The first day of a month."""

    x: float
    text: Markup
    anchor: str


@dataclass(frozen=True)
class Covered:
    """The drawing of what the data covers."""

    spans: tuple[Span, ...]
    ticks: tuple[Tick, ...]
    description: Markup
    rows: tuple[tuple[Markup, ...], ...]


def about_the_data(basis: Basis) -> Page:
    """The page; without results it says that nothing was judged yet."""
    coverage = basis.results.data.coverage if basis.results else ()
    return basis.page(
        PATH,
        "data.md.j2",
        basis.voice.gettext("About the data"),
        ("source",),
        coverage=_covered(basis, coverage) if coverage else None,
        exceptions=len(basis.agreement.sections.not_counted or ()),
    )


def _covered(basis: Basis, coverage: Sequence[Coverage]) -> Covered:
    voice = basis.voice
    first, last = min(item.first for item in coverage), max(item.last for item in coverage)
    days = max((last - first).days, 1)

    def x(day: date) -> float:
        return WIDTH * (day - first).days / days

    spans = []
    rows = []
    for item in coverage:
        name = voice.say(basis.names.event(item.event))
        text = voice.gettext("{first} to {last}", first=item.first, last=item.last)
        width = max(x(item.last) - x(item.first), 4.0)
        spans.append(Span(name, text, min(x(item.first), WIDTH - width), width, item.declared))
        how = voice.gettext("declared") if item.declared else voice.gettext("found in the data")
        rows.append((name, voice.date(item.first), voice.date(item.last), how))
    return Covered(
        tuple(spans),
        tuple(_ticks(basis, first, last, x)),
        voice.listed((span.name, span.text) for span in spans),
        tuple(rows),
    )


def _ticks(basis: Basis, first: date, last: date, x: Callable[[date], float]) -> list[Tick]:
    """The first days of months, at most six of them, evenly apart."""
    months = [Month.of(first) + number for number in range(Month.of(last) - Month.of(first) + 1)]
    inside = [month for month in months if first <= month.first_day <= last]
    every = -(-len(inside) // MOST_TICKS) if inside else 1
    ticks = []
    for month in inside[::every]:
        place = x(month.first_day)
        anchor = "start" if place < 30 else "end" if place > WIDTH - 30 else "middle"
        ticks.append(Tick(place, basis.voice.month_short(month), anchor))
    return ticks
