"""The scoreboard: every promise, month by month; targets against what was reached; how fast; how many."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from checker.quantity import Month
from checker.site import charts
from checker.site.basis import Basis
from checker.site.board import Board
from checker.site.drawings.drawing import Drawing
from checker.site.page import Page
from checker.site.pages.budgets import misses_allowed
from checker.site.pages.channel_heat import by_channel_and_stage
from checker.site.pages.month_so_far import month_so_far
from checker.site.pages.response_times import response_times
from checker.site.pages.return_reasons import return_reasons
from checker.site.safe import safe
from checker.site.voice import Voice, exact, months_in_words
from checker.standing import Standing
from checker.verdict import FunnelCount

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
MOST_POINTS = 24


def scoreboard(basis: Basis) -> Page:
    """The page; without results it says how to get some."""
    board = basis.board
    return basis.page(
        PATH,
        "scoreboard.md.j2",
        basis.voice.gettext("Scoreboard"),
        ("sales_promises",),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        is_wide=True,
        legend=LEGEND,
        span=months_in_words,
        drawings=list(_drawings(basis, board)) if board else [],
    )


def _drawings(basis: Basis, board: Board) -> Iterator[tuple[str, Drawing]]:
    """Each drawing below the table with the id of its heading."""
    month = against_month(board)
    handoff = basis.agreement.sections.handoff
    drawn = {
        "budget": misses_allowed(basis, board),
        "against": against_target(basis, board, month) if month else None,
        "pace": month_so_far(basis, handoff.stage) if handoff else None,
        "volume": volume(basis, board),
        "channels": by_channel_and_stage(basis),
        "times": response_times(basis, board),
        "reasons": return_reasons(basis),
    }
    yield from ((name, drawing) for name, drawing in drawn.items() if drawing is not None)


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
    return Drawing(
        "bars",
        voice.gettext("Target against actual, {month}", month=month),
        voice.listed([(bar.name, bar.text) for bar in bars]),
        voice.gettext(
            "Bar: what was reached. Line: the target of the whole month. A hatched bar ended below its target."
        ),
        (voice.gettext("Stage"), voice.gettext("Reached"), voice.gettext("Target"), voice.gettext("Share of target")),
        tuple(rows),
        {"bars": bars},
    )


def volume(basis: Basis, board: Board) -> Drawing | None:
    """The handed-over stage by month; the first stage that has counts where nothing is handed over."""
    handoff = basis.agreement.sections.handoff
    stages = [handoff.stage] if handoff else []
    stages += [stage for stage in basis.agreement.stages if stage not in stages]
    counts = next((counts for stage in stages if len(counts := board.trend(stage)) > 1), ())
    if not counts:
        return None
    voice = basis.voice
    points = [_point(voice, count) for count in counts[-MOST_POINTS:]]
    rows = tuple(
        (
            point.label,
            voice.number(point.actual),
            Markup("–") if point.target is None else voice.number(point.target),
        )
        for point in points
    )
    return Drawing(
        "trend",
        voice.gettext("{stage} by month", stage=basis.names.short_stage(counts[0].stage)),
        voice.listed([(point.label, point.text) for point in points]),
        charts.trend_caption(voice),
        (voice.gettext("Month"), voice.gettext("Reached"), voice.gettext("Target")),
        rows,
        {"chart": charts.trend(points)},
    )


def _point(voice: Voice, count: FunnelCount) -> charts.Point:
    actual = count.count or 0
    target = None if count.target is None else float(count.target)
    kind = charts.kind_of(float(actual), target, running=not count.complete)
    month = Month.parse(count.period)
    return charts.Point(voice.month_short(month), voice.number(actual), float(actual), target, kind)
