"""The first page: are we keeping it this month, and what needs somebody now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from checker.agreement.promise_list import SECTIONS, Promise
from checker.change import Changelog
from checker.message import say
from checker.report.changelog_words import change_line, headline, told
from checker.report.names import team
from checker.site.basis import Basis
from checker.site.board import Board, Line
from checker.site.page import Page
from checker.site.pages.month_so_far import month_so_far
from checker.site.pages.promises import SIDES, targets_in_words
from checker.site.safe import safe, slug
from checker.site.voice import exact
from checker.standing import Standing

PATH = "index.md"
MOST_CHANGES = 3
_ONE_BY_ONE = {"persistence_rate": "contact_attempt", "recycled_on_time": "activity"}
"""Measure -> the event that it needs one by one, and that its unlocking does not name."""
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


@dataclass(frozen=True)
class Changed:
    """What changed last, and from when; `anchor` leads to all of it."""

    headline: Markup
    changes: tuple[Markup, ...]
    more: Markup
    anchor: str


def home(basis: Basis, changelog: Changelog | None = None) -> Page:
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
        changed=list(_changed(basis, changelog)) if changelog else [],
        promises=promises,
        promises_by_side=[
            (side, owed)
            for side in SECTIONS.values()
            if (owed := [promise for promise in promises if promise.owes == side])
        ],
        has_source=agreement.sections.source is not None,
        period_text=basis.voice.say(period),
        next_step=next_step,
        keepers=lambda line: list(_keepers(basis, line)),
        in_short=lambda promise: in_short(basis, promise),
        side_title=lambda side: basis.voice.say(SIDES[side][2]),
    )


def _changed(basis: Basis, changelog: Changelog) -> Iterator[Changed]:
    """What is pending, and what the version in force brought; a first version changed nothing."""
    voice = basis.voice
    for chapter in changelog.chapters[:2]:
        changes = told(chapter)
        if changes and not chapter.is_first:
            shown = tuple(voice.say(change_line(change)) for change in changes[:MOST_CHANGES])
            left = len(changes) - len(shown)
            more = voice.ngettext("{count} more change", "{count} more changes", count=left) if left else Markup("")
            anchor = "pending" if chapter.version is None else f"version-{slug(chapter.version)}"
            yield Changed(voice.say(headline(chapter)), shown, more, anchor)


def _keepers(basis: Basis, line: Line) -> Iterator[Markup]:
    """Who can unlock a promise that cannot be judged: the team that keeps the system which records what is lacking."""
    unlock = line.current.unlock if line.current is not None else None
    if unlock is None:
        return
    asked = set(_names_in(unlock.arguments))
    measured, clock = line.promise.measured, line.promise.clock
    if measured is not None:
        asked.add(_ONE_BY_ONE.get(measured.measure, ""))
    if clock is not None:
        asked |= {clock.starts, clock.stops}
    for name, tool in (basis.agreement.sections.tools or {}).items():
        if asked & set(tool.records):
            yield basis.voice.gettext(
                "It is recorded in {tool}, which {team} keeps.", tool=basis.names.tool(name), team=team(tool.team)
            )


def _names_in(value: object) -> Iterator[str]:
    """Every text in the arguments of a message."""
    if isinstance(value, str):
        yield from (part.strip("` ") for part in value.split(","))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _names_in(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _names_in(part)


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
