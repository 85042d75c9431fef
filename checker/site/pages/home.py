"""The first page: are we keeping it this month, and what needs somebody now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from checker.agreement.promise_list import SECTIONS, Promise
from checker.message import say
from checker.site.basis import Basis
from checker.site.board import Board, Line
from checker.site.page import Page
from checker.site.pages.month_so_far import month_so_far
from checker.site.pages.promises import SIDES, targets_in_words
from checker.site.safe import safe
from checker.site.voice import exact
from checker.standing import Standing

PATH = "index.md"
ALWAYS_SHOWN = (Standing.KEPT, Standing.ON_COURSE, Standing.AT_RISK, Standing.LOST)


@dataclass(frozen=True)
class Tile:
    """A number that stands large: how many promises stand in one way."""

    standing: Standing
    number: int
    always: bool


@dataclass(frozen=True)
class Won:
    """What was won in the running month, and of how much."""

    actual: Markup
    label: Markup


def home(basis: Basis) -> Page:
    """The page; without results it tells what is promised and how to get a scoreboard."""
    agreement = basis.agreement
    plan = agreement.sections.plan
    promises = agreement.promises()
    period = say("{period}", period=plan.months) if plan is not None else say("no plan yet")
    board = basis.board
    return basis.page(
        PATH,
        "home.md.j2",
        safe(basis.names.prose(agreement.sections.agreement)),
        ("agreement",),
        menu=basis.voice.gettext("This month") if board else basis.voice.gettext("At a glance"),
        is_wide=True,
        tiles=list(_tiles(board)) if board else [],
        urgent=board.urgent() if board else (),
        by_side=_by_side(board.measured) if board else [],
        won=list(_won(basis, board)) if board else [],
        so_far=month_so_far(basis, agreement.sections.handoff.stage) if agreement.sections.handoff else None,
        promises=promises,
        promises_by_side=[
            (side, owed)
            for side in SECTIONS.values()
            if (owed := [promise for promise in promises if promise.owes == side])
        ],
        has_source=agreement.sections.source is not None,
        period_text=basis.voice.say(period),
        next_step=next_step,
        in_short=lambda promise: in_short(basis, promise),
        side_title=lambda side: basis.voice.say(SIDES[side][2]),
    )


def _tiles(board: Board) -> Iterator[Tile]:
    for standing in (
        Standing.KEPT,
        Standing.ON_COURSE,
        Standing.AT_RISK,
        Standing.LOST,
        Standing.MISSED,
        Standing.NO_DATA,
        Standing.NOT_MEASURABLE,
    ):
        yield Tile(standing, board.counted([standing]), standing in ALWAYS_SHOWN)


def _by_side(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    sides = ((side, [line for line in lines if line.promise.owes == side]) for side in SECTIONS.values())
    return [(side, owed) for side, owed in sides if owed]


def next_step(line: Line) -> str:
    """What the agreement says is done now that so many of the allowed misses are used up; else empty."""
    step = line.current.step if line.current is not None else None
    return "" if step is None else step.told


def _won(basis: Basis, board: Board) -> Iterator[Won]:
    voice = basis.voice
    won = basis.agreement.stage_named("won")
    counted = board.counts(board.this_month).get(won) if won else None
    if counted is not None and counted.count is not None:
        yield Won(
            voice.number(counted.count),
            voice.gettext(
                "{what}: target {target}", what=basis.names.stage(counted.stage), target=exact(counted.target)
            )
            if counted.target is not None
            else safe(basis.names.stage(counted.stage)),
        )
    for line in board.lines:
        measured = line.promise.measured
        result = line.by_month.get(board.this_month)
        if measured is None or measured.measure != "revenue" or result is None or result.actual is None:
            continue
        label = (
            voice.gettext("revenue")
            if result.target is None
            else voice.gettext("revenue: target {target}", target=basis.agreement.money(exact(result.target)))
        )
        yield Won(voice.money(basis.agreement.money(exact(result.actual))), label)


def in_short(basis: Basis, promise: Promise) -> Markup:
    """A promise's deadline and target in a few words."""
    voice = basis.voice
    parts = []
    if promise.deadlines:
        times = voice.names([voice.duration(rung.time) for rung in promise.deadlines], "or")
        parts.append(voice.gettext("within {times}", times=times))
    told = targets_in_words(basis, promise)
    if told:
        parts.append(voice.gettext("target {target}", target=voice.names(told, "or")))
    return Markup(" · ").join(parts)
