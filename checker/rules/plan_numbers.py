"""Rules about targets: every number that is written must follow from the numbers before it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement
from checker.finding import Problem, Severity
from checker.logic.plan_checks import Kind
from checker.message import Message, say
from checker.quantity import Share
from checker.rules.plan_conflicts import NUMBERS, Broken, broken_lines, channel_label, months_named, stage_label
from checker.rules.rule import rule


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
