"""Why leads came back, the most frequent reason first."""

from __future__ import annotations

from collections import Counter

from checker.message import say
from checker.site import charts
from checker.site.basis import Basis
from checker.site.drawings.drawing import Drawing
from checker.site.safe import safe
from checker.site.voice import months_in_words
from checker.standing import month_of

MONTHS = 3
MOST_REASONS = 8
WITHOUT = say("without a reason")


def return_reasons(basis: Basis) -> Drawing | None:
    """Of the last three months in which any came back; None where the data does not tell it."""
    told = [
        (month, reason)
        for reason in (basis.results.figures.return_reasons if basis.results else ())
        if reason.channel is None and (month := month_of(reason.period)) is not None
    ]
    if not told:
        return None
    last = max(month for month, _ in told)
    counts: Counter[str | None] = Counter()
    for month, reason in told:
        if last - month < MONTHS:
            counts[reason.reason] += reason.count
    whole, most = counts.total(), max(counts.values())
    first = min(month for month, _ in told if last - month < MONTHS)
    voice = basis.voice
    rows = [
        (safe(_name(basis, reason)), voice.number(count), voice.tenths(count / whole))
        for reason, count in _ordered(counts)
    ]
    bars = [
        charts.Bar(
            _name(basis, reason),
            voice.gettext("{count} · {share}", count=count, share=voice.tenths(count / whole)),
            charts.WIDTH * count / most,
            None,
            charts.PLAIN,
        )
        for reason, count in _ordered(counts)[:MOST_REASONS]
    ]
    return Drawing(
        "bars",
        voice.gettext("Why leads came back, {months}", months=months_in_words([first, last])),
        voice.listed((name, count) for name, count, _ in rows),
        voice.ngettext(
            "{count} lead came back. Each bar: for this reason.",
            "{count} leads came back. Each bar: for this reason.",
            count=whole,
        ),
        (voice.gettext("Reason"), voice.gettext("Leads"), voice.gettext("Share")),
        tuple(rows),
        {"bars": bars},
    )


def _ordered(counts: Counter[str | None]) -> list[tuple[str | None, int]]:
    """The most frequent first; returns without a reason last, whatever their number."""
    return sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))


def _name(basis: Basis, reason: str | None) -> str:
    return basis.voice.words.say(WITHOUT) if reason is None else basis.names.reason(reason)
