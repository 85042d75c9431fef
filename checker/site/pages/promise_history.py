"""A promise month by month: its verdicts, what stands beside them, its numbers as a line, who was missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from checker.quantity import Month, Share
from checker.report.beside_words import left_out_in_words, together_in_words
from checker.report.names import in_words
from checker.site import charts
from checker.site.basis import Basis
from checker.site.board import Line
from checker.site.drawings.shares import MonthShare, ShareChart, shares
from checker.site.safe import safe
from checker.site.voice import Voice, exact
from checker.standing import Standing, standing
from checker.verdict import Evidence, Result, Status

DRAWN_UNITS = ("leads", "money", "a month")
"""What is drawn as a line; shares are dots with their ranges."""
LEAST_MONTHS, MOST_MONTHS = 3, 24
_KINDS = {Status.OPEN: charts.OPEN, Status.MISSED: charts.BELOW, Status.MET: charts.ABOVE}
LIKELY = 0.05
"""From here on, that a month was missed by chance is worth saying."""


@dataclass(frozen=True)
class History:
    """A month of a promise (or of one rung)."""

    month: Month
    rung: str
    standing: Standing
    result: Result
    notes: tuple[Markup, ...]


@dataclass(frozen=True)
class Drawing:
    """A promise's months as a line, or as shares with their ranges; `name` is that of a rung, where there are some.

    The table behind it is that of the months, below.
    """

    kind: str
    chart: charts.Trend | ShareChart
    title: Markup
    description: Markup
    caption: Markup
    name: Markup = Markup("")


@dataclass(frozen=True)
class Missed:
    """The leads that were missed in a month; `leads` holds at most 20 of them."""

    number: int
    month: Month
    leads: tuple[str, ...]


def history(lines: Sequence[Line], voice: Voice) -> list[History]:
    """Every month that could be judged, the newest first; a ladder's rungs in their order."""
    rows = [
        History(month, in_words(line.rung.name or "") if line.rung else "", standing(result), result, notes)
        for line in lines
        for month, result in line.by_month.items()
        if standing(result) is not Standing.NOT_MEASURABLE
        for notes in [tuple(_notes(voice, result))]
    ]
    return sorted(rows, key=lambda row: row.month, reverse=True)


def _notes(voice: Voice, result: Result) -> Iterator[Markup]:
    if result.waiting:
        yield voice.ngettext("{count} not due yet", "{count} not due yet", count=result.waiting)
    if result.by_silence:
        yield voice.ngettext("{count} by silence", "{count} by silence", count=result.by_silence)
    if result.cannot_tell:
        yield voice.ngettext("{count} cannot be told", "{count} cannot be told", count=result.cannot_tell)
    yield from map(voice.say, left_out_in_words(result))
    if result.again is not None and result.again.denominator:
        yield voice.ngettext(
            "beside: {kept} of {count} second handoff in time",
            "beside: {kept} of {count} second handoffs in time",
            count=result.again.denominator,
            kept=result.again.numerator,
        )
    if result.evidence is Evidence.TOO_FEW and result.interval is not None:
        low, high = (Share(exact(round(bound, 2))) for bound in result.interval)
        yield voice.gettext("few leads: the true share may be {low} to {high}", low=low, high=high)
    if result.status is Status.MISSED and result.missed_by_chance is not None and result.missed_by_chance >= LIKELY:
        yield voice.gettext(
            "a team that keeps its target misses it by chance in {share} of such months",
            share=voice.whole_percent(result.missed_by_chance),
        )
    pooled = together_in_words(result)
    if pooled is not None:
        yield voice.say(pooled)


def drawings(basis: Basis, lines: Sequence[Line]) -> Iterator[Drawing]:
    """A drawing for each line that has numbers for at least three months."""
    for line in lines:
        told = [result for result in line.by_month.values() if result.actual is not None][-MOST_MONTHS:]
        if len(told) < LEAST_MONTHS:
            continue
        if told[-1].unit in DRAWN_UNITS:
            points = [_point(basis, result) for result in told]
            yield Drawing(
                "trend",
                charts.trend(points),
                safe(basis.names.promise(line.promise)),
                basis.voice.listed((point.label, point.text) for point in points),
                charts.trend_caption(basis.voice),
            )
        elif told[-1].unit == "share":
            yield _of_shares(basis, line, told)


def _of_shares(basis: Basis, line: Line, told: Sequence[Result]) -> Drawing:
    """Shares need their range beside them: of few leads the same share says less."""
    voice = basis.voice
    months = [
        MonthShare(
            voice.month_short(Month.parse(result.period)),
            voice.whole_percent(result.actual or 0) if result.actual != 1 else voice.share(1),
            float(result.actual or 0),
            result.interval,
            None if result.target is None else float(result.target),
            _KINDS.get(result.status, charts.PLAIN),
        )
        for result in told
    ]
    return Drawing(
        "shares",
        shares(months),
        safe(basis.names.promise(line.promise)),
        voice.listed((month.label, month.text) for month in months),
        voice.gettext(
            "Dot: the month's share. Thin line: where the true share may lie, for so few leads. Short lines: the"
            " target. A diamond is a month that missed it; a hollow dot goes on."
        ),
        safe(basis.names.rung(line.rung.name)) if line.rung is not None and line.rung.name is not None else Markup(""),
    )


def _point(basis: Basis, result: Result) -> charts.Point:
    actual = exact(result.actual or 0)
    is_money = result.unit == "money"
    return charts.Point(
        basis.voice.month_short(Month.parse(result.period)),
        basis.voice.money_short(basis.agreement.money(actual)) if is_money else basis.voice.number(actual),
        float(actual),
        None if result.target is None else float(result.target),
        _KINDS.get(result.status, charts.PLAIN),
    )


def missed(lines: Sequence[Line]) -> Missed | None:
    """The leads that were missed in the month that each line speaks of; None where there are none."""
    current = [line.current for line in lines if line.current is not None and line.current.offender_count]
    if not current:
        return None
    leads = tuple(dict.fromkeys(lead for result in current for lead in result.offenders))
    return Missed(sum(result.offender_count for result in current), Month.parse(current[0].period), leads)
