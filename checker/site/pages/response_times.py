"""How fast: of each clock the times within which leads had their answer, against its deadline."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from checker.agreement.promise_list import Deadline
from checker.figure import Quantiles, TimeTaken
from checker.message import Message, say, say_counted
from checker.quantity import Month, Share, Unit
from checker.report.plain_text import shortened
from checker.site import charts
from checker.site.basis import Basis
from checker.site.board import Board, Line
from checker.site.drawings.answered import Stop, answered
from checker.site.drawings.drawing import Drawing
from checker.site.safe import safe
from checker.site.voice import exact
from checker.standing import month_of
from checker.verdict import Result

MOST_TIMES = 8
FEW = 10
"""Of fewer leads no distribution is drawn."""
_SECONDS = {Unit.MINUTES: 60, Unit.HOURS: 3600, Unit.BUSINESS_MINUTES: 60, Unit.BUSINESS_HOURS: 3600, Unit.DAYS: 86400}


def response_times(basis: Basis, board: Board) -> Drawing | None:
    """Of every clock whose deadline has a length: median and nine in ten of its last month, against it."""
    voice = basis.voice
    bars: list[charts.Bar] = []
    rows: list[tuple[Markup, ...]] = []
    for line, deadline, result in _timed(board):
        allowed = _length(deadline)
        median, nine_in_ten = result.median_seconds or 0, result.p90_seconds or 0
        month = Month.parse(result.period)
        text = voice.gettext(
            "{month}: half within {median}, nine in ten within {most}",
            month=month,
            median=length(median),
            most=length(nine_in_ten),
        )
        name = _name(basis, line, deadline)
        bars.append(charts.against_deadline(name, text, median, nine_in_ten, allowed))
        rows.append(
            (
                safe(name),
                voice.month(month),
                voice.say(length(median)),
                voice.say(length(nine_in_ten)),
                voice.duration(deadline.time),
            )
        )
    if not bars:
        return None
    return Drawing(
        "spread",
        voice.gettext("How fast"),
        voice.listed([(bar.name, bar.text) for bar in bars]),
        voice.gettext("Dot: half of the leads took no longer. Bar: nine in ten took no longer. Line: the deadline."),
        (
            voice.gettext("Promise"),
            voice.gettext("Month"),
            voice.gettext("Half within"),
            voice.gettext("Nine in ten within"),
            voice.gettext("Deadline"),
        ),
        tuple(rows),
        {"bars": bars},
    )


def _length(deadline: Deadline) -> float:
    """A deadline in seconds, on the clock that it counts by."""
    return float(deadline.time.count) * _SECONDS[deadline.time.unit]


def _timed(board: Board) -> list[tuple[Line, Deadline, Result]]:
    """The last times of each clock whose deadline has a length."""
    found = []
    for line in board.lines:
        timed = [result for month, result in line.by_month.items() if result.p90_seconds and month <= board.this_month]
        if line.rung is not None and line.rung.time.unit in _SECONDS and timed:
            found.append((line, line.rung, timed[-1]))
    return found[:MOST_TIMES]


def distributions(basis: Basis, lines: tuple[Line, ...]) -> Iterator[Drawing]:
    """Of each line of a promise, how many had their answer after how long, in the last month with enough leads."""
    for line in lines:
        if line.rung is None or line.rung.time.unit not in _SECONDS or basis.results is None:
            continue
        told = [
            (month, taken)
            for taken in basis.results.figures.times
            if taken.promise == line.id
            and taken.channel is None
            and taken.count >= FEW
            and (month := month_of(taken.period)) is not None
        ]
        if told:
            month, taken = max(told, key=lambda item: item[0])
            times = _times(taken, line.rung)
            if times is not None:
                yield _distribution(basis, line, line.rung, month, taken, times)


def _times(taken: TimeTaken, deadline: Deadline) -> Quantiles | None:
    """The times on the clock that the deadline counts by."""
    return taken.worked if deadline.time.unit.is_business else taken.elapsed


def _distribution(
    basis: Basis, line: Line, deadline: Deadline, month: Month, taken: TimeTaken, times: Quantiles
) -> Drawing:
    voice = basis.voice
    shares = ((0.5, times.median), (0.75, times.p75), (0.9, times.p90), (0.95, times.p95))
    told = [
        (
            voice.gettext("{share} of the leads", share=Share(exact(share))),
            voice.say(length(seconds)),
        )
        for share, seconds in shares
    ]
    stops = [
        Stop(
            share,
            float(seconds),
            voice.gettext("{share}: {time}", share=Share(exact(share)), time=length(seconds))
            if share in (0.5, 0.9)
            else Markup(""),
        )
        for share, seconds in shares
    ]
    title = voice.gettext("How long it took, {month}", month=month)
    if line.rung is not None and line.rung.name is not None:
        title = voice.gettext("How long it took, “{rung}”, {month}", rung=basis.names.rung(line.rung.name), month=month)
    return Drawing(
        "answered",
        title,
        voice.listed(told),
        voice.ngettext(
            "The share of {count} lead that took no longer; the shaded part was in time. Line: the deadline.",
            "The share of {count} leads that took no longer; the shaded part was in time. Line: the deadline.",
            count=taken.count,
        ),
        (voice.gettext("Share"), voice.gettext("Took no longer than")),
        tuple(told),
        {"chart": answered(stops, _length(deadline)), "deadline": voice.duration(deadline.time)},
    )


def _name(basis: Basis, line: Line, deadline: Deadline) -> str:
    """A promise and its deadline in one line of a drawing."""
    sentence = shortened(basis.names.promise_in_menu(line.promise), 40)
    if deadline.name is None:
        return basis.voice.words.say(say("{promise}: {time}", promise=sentence, time=deadline.time))
    rung = basis.names.rung(deadline.name)
    return basis.voice.words.say(
        say("{promise}, {rung}: {time}", promise=sentence, rung=shortened(rung, 16), time=deadline.time)
    )


def length(seconds: int) -> Message:
    """A time in minutes up to two hours, else in hours."""
    if seconds < 7200:
        return say_counted("{count} minute", "{count} minutes", count=round(seconds / 60))
    return say_counted("{count} hour", "{count} hours", count=exact(round(seconds / 3600, 1)))
