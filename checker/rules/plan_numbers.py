"""Rules about targets: every number that is written must follow from the others."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement
from checker.finding import Problem, Severity
from checker.logic.plan_checks import Kind
from checker.message import Message, say
from checker.quantity import Money, Share
from checker.rules.plan_conflicts import Broken, broken_lines, channel_label, months_named, stage_label
from checker.rules.rule import PLANNED_NAMES, rule

NUMBERS = ("stages", "plan", "targets", "rates", "channels", "opened_before_plan", PLANNED_NAMES)
WITH_SELLERS = (*NUMBERS, "handoff", "sellers", "limit_per_seller")


def _above_the_rate(broken: Broken) -> Message:
    if broken.check.channel is not None:
        return say(
            "{stage} from {channel}: {written} is written for {period}, but only {most} follow",
            stage=broken.stage(),
            channel=channel_label(broken.agreement, broken.check.channel),
            written=broken.sides.actual,
            period=broken.period,
            most=broken.most,
        )
    return say(
        "{stage}: {written} is written for {period}, but only {most} follow",
        stage=broken.stage(),
        written=broken.sides.actual,
        period=broken.period,
        most=broken.most,
    )


@rule(
    "SLA201",
    "A target is above what its conversion rate yields",
    severity=Severity.ERROR,
    since="0.1",
    needs=NUMBERS,
    bad="""
        channels:
          ads:
            team: marketing
            rates: {lead_to_mql: 20%}  # because
        targets:
          lead:
            ads:
              2027-01: 150             # because
          mql:
            ads:
              2027-01: 31              # SLA201
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
    good="""
        channels:
          ads:
            team: marketing
            rates: {lead_to_mql: 20%}
        targets:
          lead:
            ads:
              2027-01: 150
          mql:
            ads:
              2027-01: 30
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
)
def above_the_rate(agreement: Agreement) -> Iterator[Problem]:
    """
    Somebody is promised leads that the numbers before cannot bring.

    A target that is written is held against the nearest written number before it, times the conversion rates between
    the two. It may be up to half a lead higher, because targets are whole numbers. Where nothing is written before,
    the channels' own targets count. Numbers that are not written follow by themselves and are never wrong.
    """
    return broken_lines(agreement, {Kind.RATE: _above_the_rate})


def _does_not_add_up(broken: Broken) -> Message:
    added = broken.sides.low if broken.sides.is_below else broken.sides.high
    return say(
        "{stage}: {written} is written for all channels in {period}, but the channels add up to {added}",
        stage=broken.stage(),
        written=broken.sides.actual,
        period=broken.period,
        added=added or Fraction(0),
    )


@rule(
    "SLA202",
    "Channels do not add up to their total",
    severity=Severity.ERROR,
    since="0.1",
    needs=NUMBERS,
    bad="""
        channels:
          ads: {team: marketing}
          fairs: {team: marketing}
        targets:
          mql:
            all:
              2027-01: 81    # SLA202
            ads:
              2027-01: 50    # because
            fairs:
              2027-01: 30    # because
        stages:
          mql: {team: marketing}
        """,
    good="""
        channels:
          ads: {team: marketing}
          fairs: {team: marketing}
        targets:
          mql:
            all:
              2027-01: 80
            ads:
              2027-01: 50
            fairs:
              2027-01: 30
        stages:
          mql: {team: marketing}
        """,
)
def channels_do_not_add_up(agreement: Agreement) -> Iterator[Problem]:
    """
    The total and its parts tell two different stories.

    Where every channel of a stage has a written target, they must add up to what is written for `all`, exactly.
    Where only some have one, they may not add up to more. It is enough to write the channels: the total follows.
    """
    return broken_lines(agreement, {Kind.SUM: _does_not_add_up})


def _above_what_closes(broken: Broken) -> Message:
    plan, agreement = broken.plan, broken.agreement
    closing, won = plan.closing_opportunities(broken.month), plan.inputs.won or ""
    rate = plan.rate(f"{plan.inputs.pipeline}_to_{won}", broken.check.channel)
    if closing is None or rate is None or broken.check.channel is not None:
        return _above_the_rate(broken)
    if len(plan.closing) > 1:
        return say(
            "{stage}: {written} is written for {period}, but only {most} follow ({closing} {opportunities} close "
            "then × {rate})",
            stage=broken.stage(),
            written=broken.sides.actual,
            period=broken.period,
            most=broken.most,
            closing=closing,
            opportunities=stage_label(agreement, plan.inputs.pipeline or ""),
            rate=Share(rate),
        )
    lag = next(iter(plan.closing))
    return say(
        "{stage}: {written} is written for {period}, but only {most} follow ({opportunities} of {opened}: {closing} "
        "× {rate})",
        stage=broken.stage(),
        written=broken.sides.actual,
        period=broken.period,
        most=broken.most,
        closing=closing,
        opportunities=stage_label(agreement, plan.inputs.pipeline or ""),
        opened=months_named([month + -lag for month in broken.period]),
        rate=Share(rate),
    )


@rule(
    "SLA203",
    "More customers than the earlier opportunities can become",
    severity=Severity.ERROR,
    since="0.1",
    needs=NUMBERS,
    bad="""
        plan: {months: 2027-01 to 2027-02, sales_cycle: 1 month}
        opened_before_plan:
          2026-12: 24
        rates:
          opportunity_to_customer: 25%    # because
        targets:
          opportunity:
            all:
              2027-01 to 2027-02: 32      # because
          customer:
            all:
              2027-01: 6
              2027-02: 9                  # SLA203
        stages:
          opportunity: {team: sales, is: pipeline}
          customer: {team: sales, is: won}
        """,
    good="""
        plan: {months: 2027-01 to 2027-02, sales_cycle: 1 month}
        opened_before_plan:
          2026-12: 24
        rates:
          opportunity_to_customer: 25%
        targets:
          opportunity:
            all:
              2027-01 to 2027-02: 32
          customer:
            all:
              2027-01: 6
              2027-02: 8
        stages:
          opportunity: {team: sales, is: pipeline}
          customer: {team: sales, is: won}
        """,
)
def more_customers_than_close(agreement: Agreement) -> Iterator[Problem]:
    """
    A deal takes its time: customers of May were opportunities of March.

    With the sales cycle of the plan, a month's customers are the win rate times the opportunities of the months in
    which they were opened. Where the cycle is spread over several months, each opening month counts with its share.
    """
    return broken_lines(agreement, {Kind.LAG: _above_what_closes})


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


def _bigger_than_before(broken: Broken) -> Message:
    return say(
        "{stage}: {written} is written for {period}, more than the {before} of the stage before it",
        stage=broken.stage(),
        written=broken.sides.actual,
        period=broken.period,
        before=broken.most,
    )


@rule(
    "SLA207",
    "A later stage is bigger than the one before it",
    severity=Severity.ERROR,
    since="0.1",
    needs=NUMBERS,
    bad="""
        targets:
          mql:
            all:
              2027-01: 100    # because
          sql:
            all:
              2027-01: 120    # SLA207
        stages:
          mql: {team: marketing}
          sql: {team: sales}
        """,
    good="""
        targets:
          mql:
            all:
              2027-01: 120
          sql:
            all:
              2027-01: 100
        stages:
          mql: {team: marketing}
          sql: {team: sales}
        """,
)
def later_stage_is_bigger(agreement: Agreement) -> Iterator[Problem]:
    """
    A funnel cannot widen: each lead of a later stage was a lead of the stage before.

    Compared are the written targets of neighbouring stages, channel by channel and for all. Customers are not
    compared with the opportunities of the same month, because they come from earlier ones.
    """
    return broken_lines(agreement, {Kind.FUNNEL: _bigger_than_before})


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
    return say(
        "with the budgets and opportunities of {month} a customer costs {cost}, more than the agreed {limit}",
        month=broken.month,
        cost=_money(broken, broken.sides.actual),
        limit=_money(broken, broken.most),
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
