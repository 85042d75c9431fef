"""Where the numbers come from: channels and stages of the last whole month, each against its target."""

from __future__ import annotations

from markupsafe import Markup

from checker.quantity import Month
from checker.site.basis import Basis
from checker.site.board import Board
from checker.site.drawings.drawing import Drawing
from checker.site.drawings.heat import Told, against_target, heat
from checker.site.pages.plan_numbers import NOTHING
from checker.site.safe import safe
from checker.site.voice import exact
from checker.verdict import FunnelCount

MOST_CHANNELS = 12


def by_channel_and_stage(basis: Basis) -> Drawing | None:
    """The drawing; None where the results do not tell channels apart."""
    board = basis.board
    month = board.last_whole_month if board is not None else None
    if board is None or month is None:
        return None
    counts = _counts(board, month)
    stages = [stage for stage in basis.agreement.stages if any(at == stage for _, at in counts)]
    channels = [name for name in basis.agreement.channels if any(at == name for at, _ in counts)]
    channels += sorted({name for name, _ in counts} - set(channels))
    if len(channels) < 2 or not stages:
        return None
    voice, names = basis.voice, basis.names
    rows = [
        (voice.words.say(names.channel(channel)), [_told(basis, counts.get((channel, stage))) for stage in stages])
        for channel in channels[:MOST_CHANNELS]
    ]
    heads = [names.short_stage(stage) for stage in stages]
    return Drawing(
        "heat",
        voice.gettext("Channels and stages, {month}", month=month),
        voice.listed(
            (safe(name), Markup(", ").join(voice.listed([(head, cell.text)]) for head, cell in told))
            for name, cells in rows
            for told in [[(head, cell) for head, cell in zip(heads, cells, strict=True) if cell is not None]]
        ),
        voice.gettext(
            "How many came to each stage, and the part of the target below it. Green: at the target or over it."
            " Yellow: below. Red with a folded corner: more than a quarter below."
        ),
        (voice.gettext("Channel"), *map(safe, heads)),
        tuple(
            (
                voice.say(names.channel(channel)),
                *(_in_words(basis, counts.get((channel, stage))) for stage in stages),
            )
            for channel in channels
        ),
        {"chart": heat(heads, rows), "fits": 14},
    )


def _counts(board: Board, month: Month) -> dict[tuple[str, str], FunnelCount]:
    """By channel and stage, where there is a number."""
    return {
        (count.channel, count.stage): count
        for count in board.results.funnel
        if count.channel is not None and count.period == str(month) and count.count is not None
    }


def _told(basis: Basis, counted: FunnelCount | None) -> Told | None:
    if counted is None or counted.count is None or not (counted.count or counted.target):
        return None
    target = None if counted.target is None else float(counted.target)
    part = basis.voice.whole_percent(counted.count / target) if target else Markup("")
    return Told(basis.voice.number(counted.count), part, against_target(float(counted.count), target))


def _in_words(basis: Basis, counted: FunnelCount | None) -> Markup:
    if counted is None or counted.count is None:
        return NOTHING
    if counted.target is None:
        return basis.voice.number(counted.count)
    return basis.voice.gettext("{actual} of {target}", actual=counted.count, target=exact(counted.target))
