"""Whether enough is open to reach the month's revenue."""

from __future__ import annotations

from fractions import Fraction

from checker.agreement import Promise
from checker.agreement.events import became
from checker.logic.aggregate import (
    CLOSING,
    Aggregate,
    Every,
    Fact,
    Filled,
    Happened,
    NotBefore,
    Opposite,
    Some,
    count,
    total,
)
from checker.measures.asked import Asked, Cells, MonthlyRatio, Needs, Sides, Unmeasurable
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import Message, say
from checker.quantity import Money, Month

EXPECTED_CLOSING = "expected_closing"
VALUE, COUNTED, BLANK, STALE, OPEN = "value", "counted", "without an amount", "stale", "open"


@measure(
    "pipeline_coverage",
    "multiple",
    name=say("Pipeline coverage"),
    executive=say("whether enough is open to reach the month's revenue"),
    marketer=say("how many opportunities are missing"),
    seller=say("how much is open for the month"),
)
def pipeline_coverage(promise: Promise, view: View) -> Asked:
    """The value of the opportunities that close in a month, won or lost, against its revenue target.

    Of the month that goes on it is what has closed, and what is open and expected to close by its end
    (`expected_closing`). Opportunities whose expected day is over, or is not known, count for no month; where they are
    more than 3 in 10 of the open ones, nothing can be said. The same for those without an amount.
    """
    agreement, plan = view.agreement, view.agreement.sections.plan
    pipeline, won = agreement.stage_named("pipeline"), agreement.stage_named("won")
    if pipeline is None or won is None:
        return Unmeasurable(say("no stage says `is: pipeline`, or none says `is: won`"))
    if plan is None or plan.pipeline_coverage is None or not promise.is_as_planned:
        return Unmeasurable(say("the plan names no pipeline coverage"))
    times = plan.pipeline_coverage.value

    def sides(month: Month, cells: Cells) -> Sides | None:
        revenue = view.plan.revenue(month) if view.plan.inputs.covers(month) else None
        if revenue is None:
            return None
        own = _sum(cells, month)
        blank, among = int(own.get(BLANK, 0)), int(own.get(COUNTED, 0))
        if not view.timeline.is_over(month):
            undated = _sum(cells, None).get(OPEN, Fraction(0))
            stale = sum(numbers.get(STALE, Fraction(0)) for numbers in cells.values())
            blank += int(undated + stale)
            among += int(undated + stale)
        value = own.get(VALUE, Fraction(0))
        return Sides(value, revenue, _in_words(value, revenue, agreement.currency), blank, among)

    return MonthlyRatio(
        Needs(events=(became(pipeline), became(won), "lost"), columns=(EXPECTED_CLOSING, "amount")),
        CLOSING,
        numbers_of_closing(became(pipeline), became(won), view),
        sides,
        "multiple",
        lambda _: times,
        blanks=say("the expected day and the amount of every open opportunity"),
    )


def numbers_of_closing(opened: str, won: str, view: View) -> dict[str, Aggregate]:
    """What is counted of opportunities by the month in which they close: those that closed, or will."""
    is_closed = Some((Happened(won), Happened("lost")))
    will_close = NotBefore(EXPECTED_CLOSING, view.timeline.today)
    closes: tuple[Fact, ...] = (Happened(opened), Some((is_closed, will_close)))
    is_open = (Happened(opened), Opposite(is_closed))
    return {
        VALUE: total("amount", Every(closes)),
        COUNTED: count(Every(closes)),
        BLANK: count(Every((*closes, Opposite(Filled("amount"))))),
        OPEN: count(Every(is_open)),
        STALE: count(Every((*is_open, Opposite(will_close)))),
    }


def _sum(cells: Cells, month: Month | None) -> dict[str, Fraction]:
    total_of: dict[str, Fraction] = {}
    for (at, _), numbers in cells.items():
        if at == month:
            for name, number in numbers.items():
                total_of[name] = total_of.get(name, Fraction(0)) + number
    return total_of


def _in_words(value: Fraction, revenue: Fraction, currency: str) -> Message:
    if not revenue:
        return say("{value} closes, and no revenue is planned", value=Money(value, currency))
    return say(
        "{value} closes, or {times} times the revenue of {revenue}",
        value=Money(value, currency),
        times=value / revenue,
        revenue=Money(revenue, currency),
    )
