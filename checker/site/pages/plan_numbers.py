"""A plan's numbers as tables and sums: what is written, what follows, and how one leads to the next."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from markupsafe import Markup

from checker.agreement.plan import ALL_CHANNELS
from checker.finding import Path
from checker.logic.plan import DerivedPlan
from checker.message import Message, say, say_counted
from checker.quantity import Month
from checker.site.basis import Basis

NOTHING = Markup('<span class="sla-n">–</span>')


@dataclass(frozen=True)
class Cell:
    """A number of a table: written in the agreement or not; `rate` leads to it from the cell before."""

    text: Markup
    is_written: bool = False
    rate: Markup = Markup("")


@dataclass(frozen=True)
class Row:
    """A line of a table of numbers; `path` is where it is written, None where all of it follows."""

    name: Markup
    cells: tuple[Cell, ...]
    is_total: bool = False
    path: Path | None = None


@dataclass(frozen=True)
class Link:
    """A step of the arithmetic: the sum, and what it says."""

    formula: Markup
    words: Markup


@dataclass(frozen=True)
class ByChannel:
    """The targets of one stage, channel by channel."""

    stage: str
    months: tuple[Month, ...]
    rows: tuple[Row, ...]


class Numbers:
    """A plan's numbers as cells of tables."""

    def __init__(self, basis: Basis, plan: DerivedPlan) -> None:
        self._basis = basis
        self._plan = plan
        self._voice = basis.voice
        self.stages = tuple(
            stage for stage in plan.stages if any(plan.number(stage, month) is not None for month in plan.months)
        )
        self.channels = tuple(
            channel
            for channel in basis.agreement.channels
            if any(plan.number(stage, month, channel) is not None for stage in plan.stages for month in plan.months)
        )
        self.has_revenue = any(plan.revenue(month) is not None for month in plan.months)

    @property
    def channel_stages(self) -> tuple[str, ...]:
        """The stages up to the last one that channels reach in ways of their own; after it, one rate holds for all."""
        inputs = self._plan.inputs
        last = max(
            [inputs.starts_at[channel] for channel in self.channels]
            + [
                index + 1
                for index, (first, second) in enumerate(pairwise(self._plan.stages))
                if any((f"{first}_to_{second}", channel) in inputs.rates for channel in self.channels)
            ],
            default=-1,
        )
        return tuple(stage for stage in self._plan.stages[: last + 1] if stage in self.stages)

    def example_month(self) -> Month | None:
        """The running month where the plan has it, else the plan's first."""
        months = self._plan.months
        board = self._basis.board
        if board is not None and board.this_month in months:
            return board.this_month
        return months[0] if months and self.stages else None

    def cell(self, stage: str, month: Month, channel: str | None = None) -> Cell:
        """The target of a stage and month, as a whole number."""
        whole = self._plan.whole(stage, month, channel)
        if whole is None:
            return Cell(NOTHING)
        return Cell(self._voice.number(whole), self._plan.is_written(stage, month, channel))

    def written_at(self, stage: str, channel: str = "") -> Path | None:
        """Where a stage's targets are written, or those of one channel; None where nothing of them is."""
        written = (self._basis.agreement.sections.targets or {}).get(stage)
        if not written or (channel and channel not in written):
            return None
        return ("targets", stage, channel) if channel else ("targets", stage)

    def has(self, stage: str, channel: str) -> bool:
        """Whether any month has a number of a stage from a channel."""
        return any(self._plan.number(stage, month, channel) is not None for month in self._plan.months)

    def steps(self, month: Month) -> tuple[Row, ...]:
        """Each channel's way through the stages in a month, with the rates between; and all of them together."""
        rows = [
            Row(
                self._voice.say(self._basis.names.channel(channel)),
                tuple(self._step(stage, month, channel) for stage in self.channel_stages),
            )
            for channel in self.channels
        ]
        if rows:
            total = tuple(self.cell(stage, month) for stage in self.channel_stages)
            rows.append(Row(self._voice.gettext("All channels"), total, is_total=True))
        return tuple(rows)

    def _step(self, stage: str, month: Month, channel: str) -> Cell:
        cell = self.cell(stage, month, channel)
        before = self._before(stage)
        if before is None or self._plan.number(before, month, channel) is None or cell.text == NOTHING:
            return cell
        rate = self._plan.rate(f"{before}_to_{stage}", channel)
        return Cell(cell.text, cell.is_written, self._voice.share(rate) if rate is not None else Markup(""))

    def _before(self, stage: str) -> str | None:
        index = self._plan.stages.index(stage)
        return self._plan.stages[index - 1] if index else None

    def chain(self, month: Month) -> tuple[Link, ...]:
        """From the last stage of the channels to customers and revenue, one sum a step."""
        plan = self._plan
        links: list[Link] = []
        after = plan.stages[plan.stages.index(self.channel_stages[-1]) :] if self.channel_stages else plan.stages
        for before, stage in pairwise(after):
            rate = plan.rate(f"{before}_to_{stage}")
            for lag, part in self._lags(stage).items():
                start, result = plan.number(before, month), plan.number(stage, month + lag)
                if rate is None or start is None:
                    continue
                yields = start * rate * part
                links.append(self._link(before, stage, month, lag, (start, rate, part, yields), result))
        revenue = self._revenue(month)
        return (*links, *revenue)

    def _lags(self, stage: str) -> dict[int, Fraction]:
        """Months after which leads of a month reach a stage -> the share that does so then."""
        return dict(self._plan.closing) if stage == self._plan.inputs.won and self._plan.closing else {0: Fraction(1)}

    def _link(
        self,
        before: str,
        stage: str,
        month: Month,
        lag: int,
        sums: tuple[Fraction, Fraction, Fraction, Fraction],
        result: Fraction | None,
    ) -> Link:
        start, rate, part, yields = sums
        voice, names = self._voice, self._basis.names
        number, share = voice.number, voice.share
        formula = (
            voice.gettext(
                "{number} × {rate} = {result}", number=number(start), rate=share(rate), result=_bold(number(yields))
            )
            if part == 1
            else voice.gettext(
                "{number} × {rate} × {part} = {result}",
                number=number(start),
                rate=share(rate),
                part=share(part),
                result=_bold(number(yields)),
            )
        )
        words: Message = say(
            "{first} → {second}, {month}",
            first=names.short_stage(before),
            month=month,
            second=names.short_stage(stage),
        )
        if lag:
            words = say_counted(
                "{first} of {month} → {second} of {then}, {count} month later",
                "{first} of {month} → {second} of {then}, {count} months later",
                count=lag,
                first=names.short_stage(before),
                month=month,
                second=names.short_stage(stage),
                then=month + lag,
            )
        text = voice.say(words)
        if part == 1 and result is not None and result != yields:
            text += Markup("; ") + voice.gettext("the agreement says {number}", number=result)
        return Link(formula, text)

    def _revenue(self, month: Month) -> tuple[Link, ...]:
        plan = self._basis.agreement.sections.plan
        won = self._plan.inputs.won
        customers = self._plan.number(won, month) if won else None
        amount = self._plan.revenue(month)
        if plan is None or plan.average_deal is None or customers is None or amount is None:
            return ()
        money = self._basis.agreement.money
        formula = self._voice.gettext(
            "{number} × {deal} = {revenue}",
            number=customers,
            deal=money(plan.average_deal),
            revenue=_bold(self._voice.money(money(amount))),
        )
        return (Link(formula, self._voice.gettext("what the customers of {month} bring", month=month)),)

    def by_month(self) -> tuple[Row, ...]:
        """Every stage's target of every month, and of the whole plan."""
        rows = [
            Row(
                self._voice.month(month),
                (*(self.cell(stage, month) for stage in self.stages), *self._revenue_cell(month)),
            )
            for month in self._plan.months
            if self.stages
        ]
        if len(rows) > 1:
            rows.append(Row(self._voice.gettext("Whole plan"), self._totals(), is_total=True))
        return tuple(rows)

    def _revenue_cell(self, month: Month) -> tuple[Cell, ...]:
        if not self.has_revenue:
            return ()
        amount = self._plan.revenue(month)
        return (Cell(NOTHING if amount is None else self._voice.money(self._basis.agreement.money(amount))),)

    def _totals(self) -> tuple[Cell, ...]:
        plan = self._plan
        cells = []
        for stage in self.stages:
            numbers = [plan.whole(stage, month) for month in plan.months]
            known = [number for number in numbers if number is not None]
            cells.append(Cell(self._voice.number(sum(known)) if len(known) == len(numbers) else NOTHING))
        if self.has_revenue:
            amounts = [plan.revenue(month) or Fraction(0) for month in plan.months]
            cells.append(Cell(self._voice.money(self._basis.agreement.money(sum(amounts, Fraction(0))))))
        return tuple(cells)

    def by_channel(self) -> tuple[ByChannel, ...]:
        """For each stage that single channels have numbers for: every channel, every month."""
        months = self._plan.months
        blocks = []
        for stage in self.channel_stages:
            rows = [
                Row(
                    self._voice.say(self._basis.names.channel(channel)),
                    tuple(self.cell(stage, month, channel) for month in months),
                    path=self.written_at(stage, channel),
                )
                for channel in self.channels
                if any(self._plan.number(stage, month, channel) is not None for month in months)
            ]
            total = Row(
                self._voice.gettext("All channels"),
                tuple(self.cell(stage, month) for month in months),
                is_total=True,
                path=self.written_at(stage, ALL_CHANNELS),
            )
            blocks.append(ByChannel(stage, months, (*rows, total)))
        return tuple(blocks)


def _bold(text: Markup) -> Markup:
    return Markup("<b>{}</b>").format(text)
