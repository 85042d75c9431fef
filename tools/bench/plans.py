"""`sla validate` on plans of a year and twenty channels: all numbers written, some left open, and contradictory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.bench.figures import Figure
from tools.bench.startup import SLA
from tools.bench.timing import cheapest

MONTHS, CHANNELS = 12, 20
YEAR = tuple(f"2027-{month:02d}" for month in range(1, MONTHS + 1))
HEAD = """\
format: sla/v1
agreement: A plan of {months} months and {channels} channels
status: draft
currency: EUR
plan:
  months: {first} to {last}
  average_deal: 30000
  sales_cycle: 2 months
  customers: {customers}
rates:
  lead_to_mql: 20%
  sql_to_opportunity: 80%
  opportunity_to_customer: 25%
opened_before_plan:
  2026-11: 160
  2026-12: 160
stages:
  lead: {{team: marketing}}
  mql: {{team: marketing}}
  sql: {{team: sales}}
  opportunity: {{team: sales, is: pipeline}}
  customer: {{team: sales, is: won}}
"""


def year_plan(*, is_open: bool = False, customers: int = 480) -> str:
    """Twenty channels of 25 MQLs a month: 500 MQLs, 200 SQLs, 160 opportunities and 40 customers.

    An open one writes every second channel and the totals of MQLs and SQLs, so that numbers must be found for the rest.
    """
    channels = [f"channel_{number}" for number in range(1, CHANNELS + 1)]
    text = HEAD.format(months=MONTHS, channels=CHANNELS, first=YEAR[0], last=YEAR[-1], customers=customers)
    # the rest of an open plan is best left to the channels of the higher rate, which come last
    text += "channels:\n" + "".join(
        f"  {name}: {{team: marketing, rates: {{mql_to_sql: {30 if number < CHANNELS // 2 else 50}%}}}}\n"
        for number, name in enumerate(channels)
    )
    written = [*channels[:: 2 if is_open else 1]]
    text += "targets:\n  mql:\n" + "".join(_row(name, 25) for name in written)
    if is_open:
        text += _row("all", 500) + "  sql:\n" + _row("all", 215)
    text += "  opportunity:\n" + _row("all", 160)
    return text


def _row(name: str, number: int) -> str:
    months = "".join(f"      {month}: {number}\n" for month in YEAR)
    return f"    {name}:\n{months}"


def measure_plans(folder: Path, runs: int = 5) -> Iterator[Figure]:
    """A plan where every number is written, one that only the solver settles, and one that contradicts itself."""
    size = f"{MONTHS} months, {CHANNELS} channels"
    plans = {
        "whole": (year_plan(), 0.5),
        "open": (year_plan(is_open=True), 1.5),
        "impossible": (year_plan(is_open=True, customers=600), 5.0),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, (text, bound) in plans.items():
        file = folder / f"plan-{name}.yaml"
        file.write_text(text, encoding="utf-8")
        (timed,) = cheapest([SLA, "validate", str(file)], runs=runs, accepted=(0, 1))
        yield Figure(f"validate, {name} plan", timed.wall, bound, "s", size, runs)
