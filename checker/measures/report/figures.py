"""All figures of the reports, put together."""

from __future__ import annotations

from checker.figure import Figures
from checker.logic.aggregate import Tally
from checker.measures.bench import Bench
from checker.measures.figures import Counts
from checker.measures.judge import Questions
from checker.measures.report.conversions import conversions
from checker.measures.report.daily import daily_counts
from checker.measures.report.handoffs import (
    attempts,
    early_contacts,
    fields_filled,
    ranks,
    return_reasons,
    second_handoffs,
    seller_loads,
    tallies_of_handoffs,
)
from checker.measures.report.objections import objections
from checker.measures.report.sales import closing, customer_costs, sales, tallies_of_sales
from checker.measures.report.times import times_of_clocks, times_of_spans
from checker.measures.view import View
from checker.quantity import Period


def tallies_of_figures(view: View) -> dict[str, Tally]:
    """What is to be counted for the figures, by the name of the tally."""
    return tallies_of_sales(view) | tallies_of_handoffs(view)


def figures(bench: Bench, asked: Questions, counts: Counts, period: Period | None) -> Figures:
    """What the data tells beside the promises; `counts` are those of all tallies."""
    view = bench.view
    return Figures(
        times=(*times_of_clocks(bench, asked, period), *times_of_spans(bench, period)),
        conversions=tuple(conversions(bench, period)),
        daily=tuple(daily_counts(bench, period)),
        sales=tuple(sales(bench, counts, period)),
        customer_costs=tuple(customer_costs(bench, counts, period)),
        return_reasons=tuple(return_reasons(bench, period)),
        fields_filled=tuple(fields_filled(counts, period)),
        attempts=tuple(attempts(view, counts, period)),
        second_handoffs=tuple(second_handoffs(counts, period)),
        seller_loads=tuple(seller_loads(bench, period)),
        closing=tuple(closing(bench, counts, period)),
        ranks=tuple(ranks(counts)),
        early_contacts=tuple(early_contacts(counts, period)),
        objections=tuple(objections(view, period)),
    )
