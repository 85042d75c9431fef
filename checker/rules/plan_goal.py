"""Rules about the shared goal: revenue, customers, coverage and cost must agree with the months."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement
from checker.finding import Problem, Severity
from checker.logic.plan_checks import Kind
from checker.message import Message, say
from checker.quantity import Money
from checker.rules.plan_conflicts import NUMBERS, Broken, broken_lines
from checker.rules.rule import rule


def _revenue_of_customers(broken: Broken) -> Message:
    return say(
        "the plan's revenue is {revenue}, but its customers bring {worth}",
        revenue=_money(broken, broken.sides.actual),
        worth=_money(broken, broken.most),
    )


def _money(broken: Broken, amount: Fraction) -> Money:
    return broken.agreement.money(amount)


@rule(
    "SLA205",
    "Revenue is not customers times the average deal",
    severity=Severity.ERROR,
    since="0.1",
    needs=NUMBERS,
    bad="""
        plan:
          months: 2027-01 to 2027-03
          revenue: 300000       # SLA205
          customers: 8          # because
          average_deal: 30000   # because
        """,
    good="""
        plan:
          months: 2027-01 to 2027-03
          revenue: 240000
          customers: 8
          average_deal: 30000
        """,
)
def revenue_of_customers(agreement: Agreement) -> Iterator[Problem]:
    """
    Finance would plan with one number and sales with another.

    The plan's revenue must be its customers times its average deal, exactly. Write two of the three and leave the
    third out, or make them agree.
    """
    return broken_lines(agreement, {Kind.REVENUE: _revenue_of_customers})


def _customers_of_months(broken: Broken) -> Message:
    return say(
        "the plan wants {written} customers, but its months add up to {added}",
        written=broken.sides.actual,
        added=broken.most,
    )


def _revenue_of_months(broken: Broken) -> Message:
    return say(
        "the plan wants {written}, but the customers of its months bring {added}",
        written=_money(broken, broken.sides.actual),
        added=_money(broken, broken.most),
    )


@rule(
    "SLA206",
    "The months do not add up to the shared goal",
    severity=Severity.ERROR,
    since="0.1",
    needs=NUMBERS,
    bad="""
        plan:
          months: 2027-01 to 2027-02
          customers: 13         # SLA206
        targets:
          customer:
            all:
              2027-01: 6        # because
              2027-02: 6        # because
        stages:
          customer: {team: sales, is: won}
        """,
    good="""
        plan:
          months: 2027-01 to 2027-02
          customers: 12
        targets:
          customer:
            all:
              2027-01: 6
              2027-02: 6
        stages:
          customer: {team: sales, is: won}
        """,
)
def months_miss_the_goal(agreement: Agreement) -> Iterator[Problem]:
    """
    Every month can be kept and the goal still be missed.

    The customers of all months, written or following from the opportunities, must add up to the plan's customers,
    and with the average deal to its revenue.
    """
    return broken_lines(agreement, {Kind.GOAL_CUSTOMERS: _customers_of_months, Kind.GOAL_REVENUE: _revenue_of_months})


def _coverage_too_low(broken: Broken) -> Message:
    return say(
        "a coverage of {written} is not enough: with this win rate it takes {needed} to reach the goal",
        written=broken.sides.actual,
        needed=broken.sides.low or Fraction(0),
    )


def _too_few_close(broken: Broken) -> Message:
    return say(
        "in {month} {closing} opportunities close, but the agreed coverage asks for {needed}",
        month=broken.month,
        closing=broken.sides.actual,
        needed=broken.sides.low or Fraction(0),
    )


@rule(
    "SLA210",
    "The pipeline coverage cannot be kept, or is not enough",
    severity=Severity.ERROR,
    since="0.1",
    needs=NUMBERS,
    bad="""
        plan:
          months: 2027-01 to 2027-03
          sales_cycle: 1 month
          pipeline_coverage: 2x            # SLA210
        rates:
          opportunity_to_customer: 25%     # because
        stages:
          opportunity: {team: sales, is: pipeline}
          customer: {team: sales, is: won}
        """,
    good="""
        plan:
          months: 2027-01 to 2027-03
          sales_cycle: 1 month
          pipeline_coverage: 4x
        rates:
          opportunity_to_customer: 25%
        stages:
          opportunity: {team: sales, is: pipeline}
          customer: {team: sales, is: won}
        """,
)
def coverage_cannot_be_kept(agreement: Agreement) -> Iterator[Problem]:
    """
    Who wins one deal in four needs four deals on the table for each one in the goal.

    The coverage must be at least one divided by the win rate, and in each month the opportunities that close must be
    at least the coverage times the customers wanted.
    """
    return broken_lines(agreement, {Kind.COVERAGE_FACTOR: _coverage_too_low, Kind.COVERAGE: _too_few_close})


def _customer_costs_more(broken: Broken) -> Message:
    limit = broken.plan.inputs.numbers["plan", "cost_per_customer"]
    return say(
        "with the budgets and opportunities of {month} a customer costs {cost}, more than the agreed {limit}",
        month=broken.month,
        cost=_money(broken, limit * broken.sides.actual / broken.most),
        limit=_money(broken, limit),
    )


@rule(
    "SLA211",
    "A customer costs more than agreed",
    severity=Severity.ERROR,
    since="0.1",
    needs=NUMBERS,
    bad="""
        plan:
          months: 2027-01
          cost_per_customer: at most 9000      # SLA211
        rates:
          opportunity_to_customer: 25%         # because
        channels:
          ads: {team: marketing, budget: 58000 a month}    # because
        targets:
          opportunity:
            ads:
              2027-01: 24                      # because
        stages:
          opportunity: {team: sales, is: pipeline}
          customer: {team: sales, is: won}
        """,
    good="""
        plan:
          months: 2027-01
          cost_per_customer: at most 10000
        rates:
          opportunity_to_customer: 25%
        channels:
          ads: {team: marketing, budget: 58000 a month}
        targets:
          opportunity:
            ads:
              2027-01: 24
        stages:
          opportunity: {team: sales, is: pipeline}
          customer: {team: sales, is: won}
        """,
)
def customer_costs_more_than_agreed(agreement: Agreement) -> Iterator[Problem]:
    """
    The budget and the limit on a customer's cost cannot both be kept.

    A month's budgets are divided by the customers to expect from that month's opportunities of the channels that have
    a budget. The customers come later; they are counted with the month that paid for them.
    """
    return broken_lines(agreement, {Kind.COST: _customer_costs_more})
