"""The rule about sellers: what arrives must be taken by somebody."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement
from checker.finding import Problem, Severity
from checker.logic.plan_checks import Kind
from checker.message import Message, say
from checker.rules.plan_conflicts import NUMBERS, Broken, broken_lines
from checker.rules.rule import rule

WITH_SELLERS = (*NUMBERS, "handoff", "sellers", "limit_per_seller")


def _too_many_for_sellers(broken: Broken) -> Message:
    return say(
        "in {month} sellers cannot take this many leads: {arriving} arrive, {sellers} sellers take {most}",
        month=broken.month,
        arriving=broken.sides.actual,
        sellers=broken.plan.inputs.working_sellers(broken.month),
        most=_whole_below(broken.most),
    )


def _too_many_new_opportunities(broken: Broken) -> Message:
    return say(
        "in {month} sellers cannot open this many opportunities: {arriving} are planned, {sellers} sellers take {most}",
        month=broken.month,
        arriving=broken.sides.actual,
        sellers=broken.plan.inputs.working_sellers(broken.month),
        most=_whole_below(broken.most),
    )


def _too_many_open_opportunities(broken: Broken) -> Message:
    return say(
        "at the end of {month} {open} opportunities are open, but {sellers} sellers can keep {most}",
        month=broken.month,
        open=broken.sides.actual,
        sellers=broken.plan.inputs.working_sellers(broken.month),
        most=_whole_below(broken.most),
    )


def _whole_below(number: Fraction) -> int:
    return number.numerator // number.denominator


@rule(
    "SLA214",
    "Sellers cannot take so many",
    severity=Severity.ERROR,
    since="0.1",
    needs=WITH_SELLERS,
    bad="""
        targets:
          mql:
            all:
              2027-01: 45            # SLA214
        stages:
          mql: {team: marketing}
        handoff: {stage: mql, channel: The queue}
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        sellers:
          ana: {stand_in: bruno}
          bruno: {starts: 2025-03-03}
        limit_per_seller:
          handoffs: 22 a month       # because
        """,
    good="""
        targets:
          mql:
            all:
              2027-01: 44
        stages:
          mql: {team: marketing}
        handoff: {stage: mql, channel: The queue}
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        sellers:
          ana: {stand_in: bruno}
          bruno: {starts: 2025-03-03}
        limit_per_seller:
          handoffs: 22 a month
        """,
)
def sellers_cannot_take_so_many(agreement: Agreement) -> Iterator[Problem]:
    """
    Leads that nobody has time for are lost, and each side blames the other.

    For each month the sellers who work in it (someone new counts by the ramp) times the limit of one seller must be
    enough for the leads handed over, for the new opportunities, and for those that are open at the month's end.
    Open are the opportunities of as many months as the sales cycle is long (Little's law: stock is rate times time).
    """
    return broken_lines(
        agreement,
        {
            Kind.HANDOFFS: _too_many_for_sellers,
            Kind.NEW_OPPORTUNITIES: _too_many_new_opportunities,
            Kind.OPEN_OPPORTUNITIES: _too_many_open_opportunities,
        },
    )
