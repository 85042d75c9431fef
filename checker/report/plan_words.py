"""A plan in words and tables, the same in every format: what it brings, and what stands in its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from checker.agreement.plan import ALL_CHANNELS
from checker.language import Words
from checker.logic.plan_checks import Kind
from checker.logic.planning.anchors import Basis
from checker.logic.planning.days import days_of_work
from checker.logic.planning.limits import Limit
from checker.logic.planning.planned import Planned
from checker.message import Message, Written, say, say_counted
from checker.quantity import Money, Period, Share
from checker.report.limit_words import limit_in_words
from checker.report.names import Names
from checker.report.plan_measured_words import MeasuredWords, Table


class PlanWords:
    """All that is said of a plan, in one language."""

    def __init__(self, planned: Planned, words: Words) -> None:
        self.planned = planned
        self.words = words
        self.names = Names(planned.agreement, words.language)
        self.plan = planned.made.plan
        self.days = days_of_work(planned.agreement, self.plan.months)
        self.measured = None if planned.measured is None else MeasuredWords(planned.measured, planned.agreement, words)

    # ------------------------------------------------------------ what it brings

    def title(self) -> str:
        """The goal, or what follows, in one line."""
        made = self.planned.made
        period = Period(made.inputs.months[0], made.inputs.months[-1])
        if made.revenue is None:
            message = say_counted(
                "Plan for {period}: {count} customer",
                "Plan for {period}: {count} customers",
                count=made.customers,
                period=period,
            )
        else:
            message = say_counted(
                "Plan for {period}: {count} customer, {revenue}",
                "Plan for {period}: {count} customers, {revenue}",
                count=made.customers,
                period=period,
                revenue=self._money(made.revenue),
            )
        return self.words.say(message)

    def remarks(self) -> list[str]:
        """What one must know to read the numbers."""
        return [self.words.say(message) for message in self.remarked()]

    def remarked(self) -> Iterator[Message]:
        """The same, not yet in words."""
        planned, made = self.planned, self.planned.made
        if planned.asked is not None and made.revenue is not None:
            yield say(
                "{asked} is no whole number of customers: planned is the next one that is.",
                asked=self._money(planned.asked),
            )
        yield self._basis()
        if planned.measured is not None:
            yield say("The rates are those that were measured, where at least 30 leads tell; the others as written.")
        if planned.sellers is not None:
            yield say_counted(
                "As if there were {count} seller from the first month on, whoever the agreement names.",
                "As if there were {count} sellers from the first month on, whoever the agreement names.",
                count=planned.sellers,
            )
        budgets = self._budgets()
        if budgets and planned.basis is Basis.WRITTEN and made.scale > 1:
            yield say(
                "It takes {part} more leads than are written now. At today's cost of a lead the budgets grow from "
                "{now} to {then} a month.",
                part=Share(made.scale - 1),
                now=self._money(budgets),
                then=self._money(Fraction(round(budgets * made.scale))),
            )

    def _basis(self) -> Message:
        if self.planned.is_forward and self.planned.basis is Basis.BUDGETS:
            return say("From the budgets: as many leads as keep a customer within the agreed cost.")
        if self.planned.is_forward:
            return say("From the leads that are given: customers and revenue follow.")
        match self.planned.basis:
            case Basis.WRITTEN:
                return say("The mix of channels and the season are those of the targets that are written.")
            case Basis.GIVEN:
                return say("The mix of channels and the season are those of the numbers that are given.")
            case Basis.BUDGETS:
                return say(
                    "No targets are written: the channels share the opportunities in proportion to their budgets, "
                    "every month alike."
                )
            case _:
                return say("No targets are written: all channels, and all months, bring the same.")

    def _budgets(self) -> Fraction:
        numbers = self.planned.made.inputs.numbers
        return sum((number for path, number in numbers.items() if path[-1] == "budget"), Fraction(0))

    def by_month(self) -> Table:
        """Every stage's number of every month, and of the whole plan."""
        months, stages = self.plan.months, self._stages()
        headings = [self.names.short_stage(stage) for stage in stages]
        rows = []
        has_revenue = self.planned.made.revenue is not None
        for month in months:
            cells = [self._number(self.plan.whole(stage, month)) for stage in stages]
            if has_revenue:
                cells.append(self._amount(self.plan.revenue(month)))
            rows.append((self.words.month(month), *cells))
        totals = [self._sum([self.plan.whole(stage, month) for month in months]) for stage in stages]
        if has_revenue:
            headings.append(self.words.say(say("Revenue")))
            totals.append(self._amount(self.planned.made.revenue))
        rows.append((self.words.say(say("Whole plan")), *totals))
        return Table(self.words.say(say("By month")), tuple(headings), tuple(rows))

    def by_channel(self) -> list[Table]:
        """For each stage before the customers: every channel, every month."""
        months, tables = self.plan.months, []
        for stage in self._stages():
            channels = [name for name in self.planned.agreement.channels if self._has(stage, name)]
            if not channels or stage == self.plan.inputs.won:
                continue
            rows = []
            for channel in (*channels, None):
                numbers = [self.plan.whole(stage, month, channel) for month in months]
                label = self.words.value(say("All channels") if channel is None else self.names.channel(channel))
                rows.append((label, *map(self._number, numbers), self._sum(numbers)))
            headings = (*map(str, months), self.words.say(say("Whole plan")))
            tables.append(Table(self.names.short_stage(stage), headings, tuple(rows)))
        return tables

    def by_day(self) -> Table | None:
        """What each working day must bring; None where the agreement names no working time."""
        months = [month for month in self.plan.months if self.days.get(month)]
        if not months:
            return None
        rows = [
            (
                self.words.month(month),
                self.words.number(self.days[month]),
                *(self._a_day(self.plan.whole(stage, month), self.days[month]) for stage in self._stages()),
            )
            for month in months
        ]
        headings = (self.words.say(say("Days")), *map(self.names.short_stage, self._stages()))
        return Table(self.words.say(say("A working day")), headings, tuple(rows), has_total=False)

    def _a_day(self, number: int | None, days: int) -> str:
        return "–" if number is None else self.words.number(Fraction(round(Fraction(10 * number, days)), 10))

    def _stages(self) -> list[str]:
        plan = self.plan
        return [stage for stage in plan.stages if any(plan.number(stage, month) is not None for month in plan.months)]

    def _has(self, stage: str, channel: str) -> bool:
        return channel != ALL_CHANNELS and any(
            self.plan.number(stage, month, channel) is not None for month in self.plan.months
        )

    def _number(self, number: int | None) -> str:
        return "–" if number is None else self.words.number(number)

    def _sum(self, numbers: Sequence[int | None]) -> str:
        known = [number for number in numbers if number is not None]
        return self._number(sum(known) if len(known) == len(numbers) else None)

    def _amount(self, amount: Fraction | None) -> str:
        return "–" if amount is None else self.words.money(self._money(amount))

    def _money(self, amount: Fraction) -> Money:
        return self.planned.agreement.money(amount)

    # ------------------------------------------------------------ what stands in the way

    def verdict(self) -> str:
        """Whether it can be reached, and how far one gets; empty where nothing stands in the way."""
        planned = self.planned
        if not planned.limits:
            return ""
        if planned.most is None or planned.most >= planned.made.customers:
            return self.words.say(say("The agreement does not allow this plan:"))
        deal = planned.made.inputs.numbers.get(("plan", "average_deal"))
        if deal is None:
            message = say_counted(
                "This cannot be reached as things are: {count} customer at most. What binds:",
                "This cannot be reached as things are: {count} customers at most. What binds:",
                count=planned.most,
            )
        else:
            message = say_counted(
                "This cannot be reached as things are: {count} customer at most, {revenue}. What binds:",
                "This cannot be reached as things are: {count} customers at most, {revenue}. What binds:",
                count=planned.most,
                revenue=self._money(planned.most * deal),
            )
        return self.words.say(message)

    def binding(self) -> list[str]:
        """What binds, each kind once, in the month in which it does so most; what binds first stands first."""
        return [self.words.say(message) for message in self.bound()]

    def bound(self) -> list[Message]:
        """The same, not yet in words."""
        kinds: dict[Kind, list[Limit]] = {}
        for limit in self.planned.limits:
            kinds.setdefault(limit.kind, []).append(limit)
        first = self.planned.first
        order = sorted(kinds, key=lambda kind: first is None or kind is not first.kind)
        told = []
        if first is not None and self.planned.most is not None and first not in self.planned.limits:
            told.append(say("first, with one customer more than that: {what}", what=self.limited(first)))
        for kind in order:
            worst = max(kinds[kind], key=lambda limit: limit.excess)
            text = self.limited(worst)
            others = len({limit.month for limit in kinds[kind]}) - 1
            if others > 0:
                more = say_counted("{count} more month like it", "{count} more months like it", count=others)
                text = say("{what} ({more})", what=text, more=more)
            told.append(text)
        return told

    def limit(self, limit: Limit) -> str:
        """One thing that stands in the way, by how much, and what would unlock it."""
        return self.words.say(self.limited(limit))

    def limited(self, limit: Limit) -> Message:
        """The same, not yet in words."""
        return limit_in_words(limit, limit.month or self.plan.months[0], self.plan.inputs, self.names)

    # ------------------------------------------------------------ what would be written

    def ending(self, *, is_written: bool) -> str:
        """What became of the files, or what to do next."""
        planned = self.planned
        count = sum(max(len(change.old), len(change.new)) for change in planned.changes)
        if not count:
            return self.words.say(say("The agreement says exactly this already."))
        if is_written:
            return self.words.say(say_counted("{count} line is written.", "{count} lines are written.", count=count))
        if planned.can_be_written:
            return self.words.say(say("Nothing is written yet: add {option} to do so.", option=Written("--write")))
        if planned.sellers is not None and planned.holds:
            return self.words.say(
                say(
                    "Nothing is written: sellers are people, so put them under {section} first.",
                    section=Written("sellers:"),
                )
            )
        return self.words.say(say("Nothing is written: the agreement would contradict itself."))
