"""A version of the agreement, put to the data of its own days: all leads, or a single one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from checker.agreement import Promise
from checker.funnel import Funnel
from checker.funnel.by_lead import ByLead
from checker.funnel.counts import Counter, TallyCounts, TimingCounts
from checker.measures.added_up import Counted, InForce
from checker.measures.asked import AskedClock, MonthlyRatio
from checker.measures.bench import Bench, set_up
from checker.measures.figures import tallies_of_stages
from checker.measures.judge import Questions, count_clock, questions, tallies_of
from checker.measures.timeline import Timeline
from checker.quantity import Month


@dataclass(frozen=True, slots=True)
class Run:
    """What each promise of a version asks, and what was counted.

    The engine's calendars and views are this run's until the next one; `again` makes them this run's once more.
    """

    governs: InForce
    bench: Bench
    asked: Questions
    counts: Mapping[str, Counted]
    again: Callable[[], Bench]

    def promise(self, name: str) -> Promise:
        """One of the version's promises. Raises KeyError for a name that it does not have."""
        found = self.governs.agreement.promise(name)
        if found is None:
            raise KeyError(name)
        return found

    def says(self, promise: str, month: Month) -> bool:
        """Whether the version has a say on a promise in a month: it is in force, or leads that it governs fall due."""
        if promise not in self.asked:
            return False
        if isinstance(self.asked[promise], MonthlyRatio):
            return self.governs.has_a_day_of(month)
        counts = self.counts.get(promise)
        if isinstance(counts, TimingCounts):
            has_due = any(at == month for _, at in counts.cells)
        else:
            has_due = isinstance(counts, TallyCounts) and any(counts.month(month).values())
        return has_due or self.governs.has_a_day_of(month)


def bench_of(
    funnel: Funnel, governs: InForce, timeline: Timeline, as_of: date | None, *, only_verdicts: bool = False
) -> Bench:
    """Lays out what counting a version's own days needs. `timeline` is the whole check's: its calendar says when days
    begin.
    """
    bench = set_up(governs.agreement, funnel, as_of, only_verdicts=only_verdicts)
    setting = replace(bench.counter.setting, span=span_of(governs, timeline))
    return Bench(bench.view, Counter(funnel.engine, setting))


def span_of(governs: InForce, timeline: Timeline) -> tuple[int, int] | None:
    """The first and the last instant of a version's days; None where it governs everything."""
    calendar = timeline.calendar
    first, last = governs.first, governs.last
    if first is None and last is None:
        return None
    begin = calendar.start if first is None or first <= calendar.first else calendar.midnight(first)
    if last is None or last >= timeline.today:
        return begin, timeline.cut_off
    return begin, calendar.midnight(last + timedelta(days=1)) - 1


def run(
    funnel: Funnel,
    governs: InForce,
    timeline: Timeline,
    as_of: date | None,
    lead: str | None = None,
    *,
    only_verdicts: bool = False,
) -> Run:
    """Puts a version to the data of its days, or to what of these is about one lead alone.

    Stages are counted for all leads only; with `only_verdicts`, not how long answers took.
    """

    def laid_out() -> Bench:
        bench = bench_of(funnel, governs, timeline, as_of, only_verdicts=only_verdicts)
        if lead is None:
            return bench
        one = ByLead(funnel.engine, bench.counter.setting).only(lead)
        return Bench(bench.view, Counter(funnel.engine, one.setting))

    bench = laid_out()
    asked = questions(bench.view)
    tallies = tallies_of(asked, bench.view)
    of_months = {name: tallies.pop(name) for name in list(tallies) if isinstance(asked[name], MonthlyRatio)}
    counts: dict[str, Counted] = {}
    counts.update(bench.counter.tallies(tallies | (tallies_of_stages(bench.view) if lead is None else {})))
    if of_months:
        # a ratio is one of the whole month, whoever governed its first days
        whole_months = Counter(funnel.engine, replace(bench.counter.setting, span=None))
        counts.update(whole_months.tallies(of_months))
    for promise, question in asked.items():
        if isinstance(question, AskedClock):
            counts[promise] = count_clock(bench, question)
    return Run(governs, bench, asked, counts, laid_out)
