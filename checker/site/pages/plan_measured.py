"""What past leads say of a plan's numbers, beside what is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from checker.message import say
from checker.quantity import Duration, Month, Share, Unit
from checker.report.plan_json import MeasuredRateRecord, MeasuredRecord
from checker.site.basis import Basis
from checker.site.drawings.drawing import Drawing
from checker.site.drawings.ranges import Ranged, ranges
from checker.site.pages.plan_numbers import NOTHING
from checker.site.safe import safe
from checker.site.voice import exact

MOST_RATES = 16
ENOUGH = 30
"""Of fewer leads a rate is drawn hollow: it is not planned with."""


@dataclass(frozen=True)
class MeasuredTable:
    """A table of what was measured."""

    title: Markup
    head: tuple[Markup, ...]
    rows: tuple[tuple[Markup, ...], ...]


def rates_drawn(basis: Basis, measured: MeasuredRecord) -> Drawing | None:
    """Each rate with its range, and what is written beside it; those that are written outside of it first."""
    rates = sorted((rate for rate in measured.rates if rate.leads), key=lambda rate: not rate.outside)
    if not rates:
        return None
    voice = basis.voice
    rows = [
        Ranged(
            _label(basis, rate),
            voice.gettext("{part} of {whole}", part=rate.reached, whole=rate.leads),
            rate.reached / rate.leads,
            rate.interval,
            is_weak=rate.leads < ENOUGH,
            other=None if rate.written is None else float(rate.written),
        )
        for rate in rates[:MOST_RATES]
    ]
    return Drawing(
        "ranges",
        voice.gettext("The rates, as past leads show them"),
        voice.listed((safe(row.name), row.text) for row in rows),
        voice.gettext(
            "Dot: the share that went on, with its range; hollow where there are too few leads to plan with. Square:"
            " the rate that is written. A square outside of the line is a rate that the leads do not bear out."
        ),
        (
            voice.gettext("Rate"),
            voice.gettext("Written"),
            voice.gettext("Measured"),
            voice.gettext("Between"),
            voice.gettext("Leads"),
        ),
        tuple(
            (
                safe(_label(basis, rate)),
                NOTHING if rate.written is None else voice.share(rate.written),
                voice.tenths(rate.reached / rate.leads),
                _between(basis, rate.interval),
                voice.number(rate.leads),
            )
            for rate in rates
        ),
        {"chart": ranges(rows)},
    )


def _label(basis: Basis, rate: MeasuredRateRecord) -> str:
    steps = {name: (first, second) for first, second, name in basis.agreement.conversions()}
    names = basis.names
    step = rate.rate
    if rate.rate in steps:
        first, second = (names.short_stage(stage) for stage in steps[rate.rate])
        step = basis.voice.words.say(say("{first} → {second}", first=first, second=second))
    return basis.voice.words.say(say("{step}: {channel}", step=step, channel=names.channel(rate.channel)))


def _between(basis: Basis, found: tuple[float, float]) -> Markup:
    low, high = (Share(Fraction(round(end * 1000), 1000)) for end in found)
    return basis.voice.gettext("{low} to {high}", low=low, high=high)


def measured_tables(basis: Basis, measured: MeasuredRecord) -> Iterator[MeasuredTable]:
    """The deal, the time to the sale, the season: as far as the data tells."""
    voice = basis.voice
    deal = measured.deal
    if deal is not None:

        def money(amount: float) -> Markup:
            return voice.money(basis.agreement.money(Fraction(round(amount))))

        between = NOTHING
        if deal.interval is not None:
            low, high = map(money, deal.interval)
            between = voice.gettext("{low} to {high}", low=low, high=high)
        yield MeasuredTable(
            voice.gettext("Average deal"),
            (
                voice.gettext("Written"),
                voice.gettext("Measured"),
                voice.gettext("Between"),
                voice.gettext("Median"),
                voice.gettext("Customers"),
            ),
            (
                (
                    NOTHING if deal.written is None else money(float(deal.written)),
                    money(deal.mean),
                    between,
                    money(deal.median),
                    voice.number(deal.customers),
                ),
            ),
        )
    if measured.cycle:
        yield MeasuredTable(
            voice.gettext("How long until somebody buys"),
            (voice.gettext("After"), voice.gettext("Share"), voice.gettext("Between"), voice.gettext("Customers")),
            tuple(
                (
                    voice.duration(Duration(lag.months, Unit.MONTHS))
                    if lag.months
                    else voice.gettext("the same month"),
                    voice.tenths(lag.share),
                    _between(basis, lag.interval),
                    voice.number(lag.customers),
                )
                for lag in measured.cycle
            ),
        )
    if measured.season:
        yield MeasuredTable(
            voice.gettext("The season"),
            (voice.gettext("Month"), voice.gettext("Leads"), voice.gettext("Of the mean"), voice.gettext("Between")),
            tuple(
                (
                    voice.month(Month.parse(month.month)),
                    voice.number(month.leads),
                    voice.share(Share(exact(round(month.weight, 3)))),
                    _between(basis, month.interval),
                )
                for month in measured.season
            ),
        )
