"""The misses that each promise allows, and how many of them are used up."""

from __future__ import annotations

from checker.message import say
from checker.report.plain_text import shortened
from checker.site import charts
from checker.site.basis import Basis
from checker.site.board import Board, Budget, Line, budget
from checker.site.drawings.drawing import Drawing
from checker.site.safe import safe

MOST_BARS = 12


def misses_allowed(basis: Basis, board: Board) -> Drawing | None:
    """Of every promise that allows some, in the month that speaks for today; what is closest to its limit first."""
    told = [
        (line, spare)
        for line in board.measured
        if line.current is not None and (spare := budget(line.current)) is not None and (spare.allowed or spare.used)
    ]
    if not told:
        return None
    told.sort(key=lambda item: (-_used(item[1]), item[0].id))
    voice = basis.voice
    bars = []
    for line, spare in told[:MOST_BARS]:
        allowed = max(spare.allowed, 0)
        text = voice.gettext("{used} of {allowed} used", used=spare.used, allowed=allowed)
        length = min(_used(spare) * 0.8, 1.0) * charts.WIDTH
        kind = charts.BELOW if spare.left < 0 else charts.OPEN
        bars.append(charts.Bar(_name(basis, line), text, length, charts.WIDTH * 0.8, kind))
    rows = tuple(
        (safe(_name(basis, line)), voice.number(spare.allowed), voice.number(spare.used), voice.number(spare.left))
        for line, spare in told
    )
    return Drawing(
        "bars",
        voice.gettext("Misses allowed and used"),
        voice.listed((bar.name, bar.text) for bar in bars),
        voice.gettext("Bar: misses so far. Line: as many as the target allows. A hatched bar has used up more."),
        (voice.gettext("Promise"), voice.gettext("Allowed"), voice.gettext("Used"), voice.gettext("Left")),
        rows,
        {"bars": bars},
    )


def _used(spare: Budget) -> float:
    """The part of the allowed misses that is used; where none is allowed, the first one is too many."""
    return spare.used / spare.allowed if spare.allowed > 0 else 1.25 * bool(spare.used)


def _name(basis: Basis, line: Line) -> str:
    """A promise and its rung in one line of a drawing."""
    sentence = shortened(basis.names.promise_in_menu(line.promise), 40)
    if line.rung is None or line.rung.name is None:
        return sentence
    return basis.voice.words.say(say("{rung}: {promise}", promise=sentence, rung=basis.names.rung(line.rung.name)))
