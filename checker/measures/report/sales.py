"""What was won, what it cost, and what is still to close."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from checker.agreement.events import became
from checker.figure import Closing, CustomerCost, Sale
from checker.funnel.counts import TallyCounts, month_of_code
from checker.funnel.report_counts import amounts
from checker.logic.aggregate import CLOSING, Every, Filled, Fits, Happened, Opposite, Tally, count, field_is, total
from checker.measures.bench import Bench
from checker.measures.figures import Counts
from checker.measures.pipeline import COUNTED, EXPECTED_CLOSING, OPEN, STALE, VALUE, numbers_of_closing
from checker.measures.view import View
from checker.quantity import Month, Period

SALES, OPENED_AND_WON, TO_CLOSE = "what was won", "customers of opportunities", "what closes"
CUSTOMERS, REVENUE, WITHOUT, OPENED, WON = "customers", "revenue", "without an amount", "opened", "won"


def tallies_of_sales(view: View) -> dict[str, Tally]:
    """What is to be counted, by the name of the tally."""
    agreement, found = view.agreement, {}
    won, pipeline = agreement.stage_named("won"), agreement.stage_named("pipeline")
    if won is not None and view.has_event(view.arrival(won)):
        numbers = {CUSTOMERS: count(), WITHOUT: count(Opposite(Filled("amount")))}
        has_amounts = view.leads.has("amount")
        if has_amounts:
            numbers[REVENUE] = total("amount", Filled("amount"))
        for persona in agreement.sections.personas or {} if view.has_field("persona") else ():
            fits = Fits(field_is("persona", persona))
            numbers[f"{CUSTOMERS} {persona}"] = count(fits)
            numbers[f"{WITHOUT} {persona}"] = count(Every((fits, Opposite(Filled("amount")))))
            if has_amounts:
                numbers[f"{REVENUE} {persona}"] = total("amount", Every((fits, Filled("amount"))))
        found[SALES] = Tally(view.arrival(won), numbers)
    if won is None or pipeline is None or not view.has_event(view.arrival(pipeline)):
        return found
    if view.has_event(view.arrival(won)):
        numbers = {OPENED: count(), WON: count(Happened(view.arrival(won)))}
        found[OPENED_AND_WON] = Tally(view.arrival(pipeline), numbers)
        if view.leads.has(EXPECTED_CLOSING) and view.leads.has("amount") and view.has_event("lost"):
            found[TO_CLOSE] = Tally(CLOSING, numbers_of_closing(became(pipeline), became(won), view))
    return found


def sales(bench: Bench, counts: Counts, period: Period | None) -> Iterator[Sale]:
    """By month: of all, of each channel, of each persona."""
    view, counted = bench.view, counts.get(SALES)
    if not isinstance(counted, TallyCounts):
        return
    won = view.agreement.stage_named("won")
    values: dict[Month, Counter[Fraction]] = {}
    statement = None if won is None else amounts(bench.counter.setting, view.arrival(won))
    for code, amount, leads in bench.counter.told("amounts of what was won", statement):
        values.setdefault(month_of_code(code), Counter())[Fraction(amount)] += int(leads)
    for month in _months(counted, period):
        numbers = dict(counted.month(month))
        all_of_it = _sale(month, numbers, "", None, None)
        yield all_of_it.model_copy(update=_spread(values.get(month, Counter()), numbers.get(REVENUE, Fraction(0))))
        for channel in sorted(name for at, name in counted.cells if at == month and name is not None):
            yield _sale(month, dict(counted.cells[month, channel]), "", channel, None)
        for persona in view.agreement.sections.personas or {}:
            if f"{CUSTOMERS} {persona}" in numbers:
                yield _sale(month, numbers, f" {persona}", None, persona)


def _sale(month: Month, numbers: dict[str, Fraction], of: str, channel: str | None, persona: str | None) -> Sale:
    customers, without = int(numbers.get(CUSTOMERS + of, 0)), int(numbers.get(WITHOUT + of, 0))
    if REVENUE + of not in numbers:
        without = customers
    revenue = numbers.get(REVENUE + of, Fraction(0))
    known = customers - without
    return Sale(
        period=str(month),
        channel=channel,
        persona=persona,
        customers=customers,
        revenue=float(revenue),
        without_amount=without,
        average=float(revenue / known) if known else None,
    )


def _spread(values: Counter[Fraction], revenue: Fraction) -> dict[str, float]:
    """The median of the deals (of an even number, the middle between the two in it) and the largest one's share."""
    in_order = sorted(values.elements())
    if not in_order or not revenue:
        return {}
    middle = (in_order[(len(in_order) - 1) // 2] + in_order[len(in_order) // 2]) / 2
    return {"median": float(middle), "largest_share": float(in_order[-1] / revenue)}


def customer_costs(bench: Bench, counts: Counts, period: Period | None) -> Iterator[CustomerCost]:
    """By the month in which opportunities were opened, of channels with a budget that have begun."""
    view, counted = bench.view, counts.get(OPENED_AND_WON)
    inputs = view.plan.inputs
    budgets = {channel: inputs.numbers.get(("channels", channel, "budget")) for channel in inputs.channels}
    if not isinstance(counted, TallyCounts) or not any(budgets.values()):
        return
    won, pipeline = view.agreement.stage_named("won"), view.agreement.stage_named("pipeline")
    for month in _months(counted, period):
        paid = [name for name, budget in budgets.items() if budget and inputs.has_begun(name, month)]
        cells = {name: counted.cells.get((month, name), {}) for name in paid}
        rates = {name: view.plan.rate(f"{pipeline}_to_{won}", name) for name in paid}
        expected = None
        if paid and all(rate is not None for rate in rates.values()):
            expected = sum((cells[name].get(OPENED, Fraction(0)) * (rates[name] or 0) for name in paid), Fraction(0))
        yield CustomerCost(
            period=str(month),
            budget=float(sum((budgets[name] or Fraction(0) for name in paid), Fraction(0))),
            opportunities=sum(int(cells[name].get(OPENED, 0)) for name in paid),
            customers=sum(int(cells[name].get(WON, 0)) for name in paid),
            expected_customers=None if expected is None else float(expected),
        )


def closing(bench: Bench, counts: Counts, period: Period | None) -> Iterator[Closing]:
    """What closed, or is expected to, by month, those ahead too; last, what is open and has no day ahead of it."""
    view, counted = bench.view, counts.get(TO_CLOSE)
    if not isinstance(counted, TallyCounts):
        return
    for month in sorted(at for at in {at for at, _ in counted.cells} if at is not None):
        numbers = counted.month(month)
        if (period is not None and month not in period) or not numbers.get(COUNTED):
            continue
        revenue = view.plan.revenue(month) if view.plan.inputs.covers(month) else None
        value = numbers[VALUE]
        yield Closing(
            period=str(month),
            value=float(value),
            opportunities=int(numbers[COUNTED]),
            revenue=None if revenue is None else float(revenue),
            times=float(value / revenue) if revenue else None,
        )
    undated = counted.month(None).get(OPEN, Fraction(0))
    stale = sum((numbers[STALE] for (at, _), numbers in counted.cells.items() if at is not None), Fraction(0))
    if undated + stale:
        yield Closing(period=None, value=0, opportunities=int(undated + stale))


def _months(counted: TallyCounts, period: Period | None) -> list[Month]:
    months = {month for month, _ in counted.cells if month is not None}
    return sorted(month for month in months if period is None or month in period)
