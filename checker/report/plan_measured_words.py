"""What the past says of a plan's numbers, in tables and sentences: each number with its interval, and of how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.agreement import Agreement
from checker.language import Words
from checker.logic.planning.measured import Interval, Measured, MeasuredRate
from checker.message import Argument, Message, Written, say, say_counted
from checker.quantity import Duration, Money, Share, Unit
from checker.report.names import Names


@dataclass(frozen=True, slots=True)
class Table:
    """Names down the left, headings along the top, and cells with numbers; the last row may be a total."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_total: bool = True


class MeasuredWords:
    """All that is said of what was measured, in one language."""

    def __init__(self, measured: Measured, agreement: Agreement, words: Words) -> None:
        self.measured = measured
        self.agreement = agreement
        self.words = words
        self.names = Names(agreement, words.language)

    def title(self) -> str:
        """As of when."""
        return self.words.say(say("What the data says, as of {day}:", day=self.measured.as_of))

    def remarks(self) -> list[str]:
        """What is written and lies outside of what was measured, and what is left out."""
        return [self.words.say(message) for message in self._remarks()]

    def _remarks(self) -> Iterator[Message]:
        measured = self.measured
        outside = [rate for rate in measured.rates if rate.is_outside]
        for rate in outside:
            low, high = self._ends(rate.interval)
            yield say_counted(
                "{rate}: {written} is written, but {reached} of {count} lead went on: that speaks for {low} to {high}",
                "{rate}: {written} is written, but {reached} of {count} leads went on: that speaks for {low} to {high}",
                count=rate.leads,
                rate=self._label(rate),
                written=rate.written or Share(Fraction(0)),
                reached=rate.reached,
                low=low,
                high=high,
            )
        deal = measured.deal
        if deal is not None and deal.is_outside and deal.interval is not None:
            yield say(
                "A customer brings {mean} on average, and not {written}: {count} deals speak for {low} to {high}",
                mean=self._money(deal.mean),
                written=self._money(deal.written or Fraction(0)),
                count=deal.count,
                low=self._money(Fraction(deal.interval[0])),
                high=self._money(Fraction(deal.interval[1])),
            )
        if not measured.rates:
            yield say("No rate can be measured: no month of leads is old enough and covered by the data.")
        elif not outside:
            yield say("Every rate that is written is one that the leads may well have.")
        season = measured.season
        if season is not None and not season.is_a_year:
            yield say("The data holds less than a year: growth and season cannot be told apart yet.")
        if season is not None and season.left_out:
            yield say_counted(
                "{count} month is left out of the season, because the data does not hold all of it.",
                "{count} months are left out of the season, because the data does not hold all of them.",
                count=len(season.left_out),
            )

    def tables(self) -> list[Table]:
        """Rates, deal, cycle and season, as far as the data tells."""
        found = [self._rates(), self._deal(), self._cycle(), self._season()]
        return [table for table in found if table is not None]

    def _rates(self) -> Table | None:
        rows = []
        for rate in self.measured.rates:
            low, high = self._ends(rate.interval)
            rows.append(
                (
                    self.words.say(self._label(rate)),
                    "–" if rate.written is None else self.words.share(rate.written),
                    self.words.share(_rounded(rate.share)),
                    self.words.say(say("{low} to {high}", low=low, high=high)),
                    self.words.number(rate.leads),
                    self.words.value(rate.months if len(rate.months) > 1 else rate.months.first),
                )
            )
        headings = (say("written"), say("measured"), say("between"), say("leads"), say("months"))
        return self._table(say("Rate"), headings, rows) if rows else None

    def _table(self, title: Message, headings: Sequence[Message], rows: Sequence[tuple[str, ...]]) -> Table:
        return Table(self.words.say(title), tuple(map(self.words.say, headings)), tuple(rows), has_total=False)

    def _deal(self) -> Table | None:
        deal = self.measured.deal
        if deal is None:
            return None
        between = "–"
        if deal.interval is not None:
            low, high = (self._money(Fraction(end)) for end in deal.interval)
            between = self.words.say(say("{low} to {high}", low=low, high=high))
        row = (
            self.words.say(say("average deal")),
            "–" if deal.written is None else self.words.money(self._money(deal.written)),
            self.words.money(self._money(deal.mean)),
            between,
            self.words.money(self._money(deal.median)),
            self.words.number(deal.count),
        )
        headings = (say("written"), say("measured"), say("between"), say("median"), say("customers"))
        return self._table(say("Deal"), headings, [row])

    def _cycle(self) -> Table | None:
        cycle = self.measured.cycle
        if cycle is None:
            return None
        rows = []
        for lag, count in cycle.taken.items():
            low, high = self._ends(cycle.intervals[lag])
            written = cycle.written.get(lag, Fraction(0)) if cycle.written else None
            rows.append(
                (
                    self.words.value(Duration(lag, Unit.MONTHS)) if lag else self.words.say(say("the same month")),
                    "–" if written is None else self.words.share(Share(written)),
                    self.words.share(_rounded(Fraction(count, cycle.count))),
                    self.words.say(say("{low} to {high}", low=low, high=high)),
                    self.words.number(count),
                )
            )
        title = say("From {stage} to customer", stage=self.names.short_stage(cycle.stage))
        headings = (say("written"), say("measured"), say("between"), say("customers"))
        return self._table(title, headings, rows)

    def _season(self) -> Table | None:
        season = self.measured.season
        if season is None:
            return None
        rows = []
        for month, count in season.counts.items():
            low, high = (_rounded(Fraction(end)) for end in season.intervals[month])
            rows.append(
                (
                    self.words.month(month),
                    self.words.number(count),
                    self.words.share(_rounded(season.weights[month])),
                    self.words.say(say("{low} to {high}", low=low, high=high)),
                )
            )
        title = say("{stage}, month by month", stage=self.names.short_stage(season.stage))
        headings = (say("leads"), say("of the mean"), say("between"))
        return self._table(title, headings, rows)

    def _label(self, rate: MeasuredRate) -> Message:
        channel: Argument = say("all channels")
        if rate.channel is not None:
            channel = self.names.channel(rate.channel)
        elif any(other.path is not None and other.channel is not None for other in self._of(rate.rate)):
            channel = say("all other channels")
        return say("{rate}, {channel}", rate=Written(rate.rate), channel=channel)

    def _of(self, rate: str) -> list[MeasuredRate]:
        return [item for item in self.measured.rates if item.rate == rate]

    def _ends(self, interval: Interval) -> tuple[Share, Share]:
        low, high = interval
        return _rounded(Fraction(low)), _rounded(Fraction(high))

    def _money(self, amount: Fraction) -> Money:
        return self.agreement.money(Fraction(round(amount)))


def _rounded(share: Fraction) -> Share:
    """To a tenth of a percent."""
    return Share(Fraction(round(share * 1000), 1000))
