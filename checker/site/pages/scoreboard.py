"""The scoreboard: every promise, month by month; targets against what was reached; how fast; how many."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from checker.agreement.promise_list import Deadline
from checker.message import Message, say, say_counted
from checker.quantity import Month, Unit
from checker.report.plain_text import shortened
from checker.site import charts
from checker.site.basis import Basis
from checker.site.board import Board, Line
from checker.site.page import Page
from checker.site.safe import safe
from checker.site.voice import Voice, exact
from checker.standing import Standing
from checker.verdict import FunnelCount, Result

PATH = "scoreboard.md"
LEGEND = (
    Standing.KEPT,
    Standing.MISSED,
    Standing.ON_COURSE,
    Standing.AT_RISK,
    Standing.LOST,
    Standing.NO_DATA,
    Standing.NOT_MEASURABLE,
)
MOST_TIMES = 8
_SECONDS = {Unit.MINUTES: 60, Unit.HOURS: 3600, Unit.BUSINESS_MINUTES: 60, Unit.BUSINESS_HOURS: 3600, Unit.DAYS: 86400}


@dataclass(frozen=True)
class Drawing:
    """What a chart shows, in a sentence, and as rows of a table."""

    description: Markup
    rows: tuple[tuple[Markup, ...], ...]
    bars: tuple[charts.Bar, ...] = ()
    chart: charts.Trend | None = None
    name: str = ""


def scoreboard(basis: Basis) -> Page:
    """The page; without results it says how to get some."""
    board = basis.board
    month = against_month(board) if board else None
    return basis.page(
        PATH,
        "scoreboard.md.j2",
        basis.voice.gettext("Scoreboard"),
        ("sales_promises",),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        is_wide=True,
        legend=LEGEND,
        against_month=month,
        against=against_target(basis, board, month) if board and month else None,
        volume=volume(basis, board) if board else None,
        trend_caption=charts.trend_caption(basis.voice),
        times=response_times(basis, board) if board else None,
    )


def against_month(board: Board) -> Month | None:
    """The running month where it has counts, else the last whole one."""
    running = board.counts(board.this_month)
    return board.this_month if any(count.count for count in running.values()) else board.last_whole_month


def against_target(basis: Basis, board: Board, month: Month) -> Drawing | None:
    """Each stage's count of a month against its target."""
    voice = basis.voice
    counts = [
        count
        for stage in basis.agreement.stages
        if (count := board.counts(month).get(stage)) is not None and count.count is not None and count.target
    ]
    if not counts:
        return None
    bars = []
    rows = []
    for count in counts:
        name = basis.names.stage(count.stage)
        actual, target = exact(count.count or 0), exact(count.target or 0)
        text = voice.gettext("{actual} of {target}", actual=actual, target=target)
        bars.append(charts.against_target(name, text, float(actual), float(target), not count.complete))
        rows.append((safe(name), voice.number(actual), voice.number(target), voice.share(actual / target)))
    return Drawing(voice.listed([(bar.name, bar.text) for bar in bars]), tuple(rows), tuple(bars))


def volume(basis: Basis, board: Board) -> Drawing | None:
    """The handed-over stage by month; the first stage that has counts where nothing is handed over."""
    handoff = basis.agreement.sections.handoff
    stages = [handoff.stage] if handoff else []
    stages += [stage for stage in basis.agreement.stages if stage not in stages]
    counts = next((counts for stage in stages if len(counts := board.trend(stage)) > 1), ())
    if not counts:
        return None
    voice = basis.voice
    points = [_point(voice, count) for count in counts[-12:]]
    return Drawing(
        voice.listed([(point.label, point.text) for point in points]),
        tuple(
            (
                point.label,
                voice.number(point.actual),
                Markup("–") if point.target is None else voice.number(point.target),
            )
            for point in points
        ),
        chart=charts.trend(points),
        name=basis.names.short_stage(counts[0].stage),
    )


def _point(voice: Voice, count: FunnelCount) -> charts.Point:
    actual = count.count or 0
    target = None if count.target is None else float(count.target)
    kind = charts.kind_of(float(actual), target, running=not count.complete)
    month = Month.parse(count.period)
    return charts.Point(voice.month_short(month), voice.number(actual), float(actual), target, kind)


def response_times(basis: Basis, board: Board) -> Drawing | None:
    """Of every clock whose deadline has a length: median and nine in ten of its last month, against it."""
    voice = basis.voice
    bars: list[charts.Bar] = []
    rows: list[tuple[Markup, ...]] = []
    for line, deadline, result in _timed(board):
        unit = deadline.time.unit
        allowed = deadline.time.count * _SECONDS[unit]
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
    return Drawing(voice.listed([(bar.name, bar.text) for bar in bars]), tuple(rows), tuple(bars))


def _timed(board: Board) -> list[tuple[Line, Deadline, Result]]:
    """The last times of each clock whose deadline has a length."""
    found = []
    for line in board.lines:
        timed = [result for month, result in line.by_month.items() if result.p90_seconds and month <= board.this_month]
        if line.rung is not None and line.rung.time.unit in _SECONDS and timed:
            found.append((line, line.rung, timed[-1]))
    return found[:MOST_TIMES]


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
