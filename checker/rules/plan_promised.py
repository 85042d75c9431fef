"""Rules about what a plan leans on, and about promises beside it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.scalars import MonthlyRate
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import Check, Kind, failing, plan_checks
from checker.logic.plan_names import channel_label, stage_label
from checker.message import Message, say
from checker.quantity import Share
from checker.rules.plan_conflicts import NUMBERS, plan_of
from checker.rules.rule import rule

LEANS_ON = (Kind.RATE, Kind.LAG, Kind.GOAL_CUSTOMERS, Kind.GOAL_REVENUE, Kind.COVERAGE)
"""Checks that fail when a channel is gone on which the plan leans."""


@rule(
    "SLA223",
    "The plan leans on a channel that is on trial",
    severity=Severity.WARNING,
    since="0.1",
    needs=NUMBERS,
    bad="""
        channels:
          ads: {team: marketing}
          podcast: {team: marketing, status: trial}    # SLA223
        rates:
          mql_to_customer: 10%
        targets:
          mql:
            ads:
              2027-01: 60
            podcast:
              2027-01: 40                              # because
          customer:
            all:
              2027-01: 10                              # because
        stages:
          mql: {team: marketing}
          customer: {team: sales, is: won}
        """,
    good="""
        channels:
          ads: {team: marketing}
          podcast: {team: marketing, status: trial}
        rates:
          mql_to_customer: 10%
        targets:
          mql:
            ads:
              2027-01: 100
            podcast:
              2027-01: 4
          customer:
            all:
              2027-01: 10
        stages:
          mql: {team: marketing}
          customer: {team: sales, is: won}
        """,
)
def plan_leans_on_a_trial(agreement: Agreement) -> Iterator[Problem]:
    """
    A trial may fail: that is what it is for.

    The plan is computed a second time without the targets of each channel on trial. If later targets or the goal then
    no longer follow, the plan leans on something that nobody knows yet.
    """
    inputs = plan_of(agreement).inputs
    checks = plan_checks(inputs)
    broken = {(check.kind, check.at) for check, _ in failing(checks, plan_of(agreement))}
    for name, channel in agreement.channels.items():
        lines = [line.path for key, written in inputs.lines.items() if key[1] == name for line in written]
        if channel.status != "trial" or not lines:
            continue
        without = inputs.with_numbers({**inputs.numbers, **dict.fromkeys(lines, Fraction(0))})
        leaning = [
            check
            for check, _ in failing(checks, DerivedPlan(without))
            if check.kind in LEANS_ON and check.at not in lines and (check.kind, check.at) not in broken
        ]
        if leaning:
            yield Problem(
                At(("channels", name, "status")),
                _leans(agreement, name, leaning[0]),
                because=tuple(Because(At(path)) for path in dict.fromkeys([*lines, leaning[0].at])),
            )


def _leans(agreement: Agreement, channel: str, check: Check) -> Message:
    named = channel_label(agreement, channel)
    if check.stage is None or check.month is None:
        return say("the goal of the plan leans on {channel}, which is on trial", channel=named)
    return say(
        "the target of {month} for {stage} leans on {channel}, which is on trial",
        month=check.month,
        stage=stage_label(agreement, check.stage),
        channel=named,
    )


@rule(
    "SLA224",
    "A promise and the plan say two different things",
    severity=Severity.WARNING,
    since="0.1",
    needs=(*NUMBERS, "marketing_promises", "sales_promises", "both_promise"),
    bad="""
        plan: {months: 2027-01}
        rates:
          mql_to_sql: 40%                  # because
        targets:
          mql:
            all:
              2027-01: 80                  # because
        stages:
          mql: {team: marketing}
          sql: {team: sales}
        marketing_promises:
          volume:
            promise: Deliver MQLs
            measure: volume
            of: mql
            target: 100 a month            # SLA224
          quality:
            promise: MQLs that go on
            measure: rate
            of: mql_to_sql
            judged_after: 60 days
            target: 50%                    # SLA224
        """,
    good="""
        plan: {months: 2027-01}
        rates:
          mql_to_sql: 40%
        targets:
          mql:
            all:
              2027-01: 80
        stages:
          mql: {team: marketing}
          sql: {team: sales}
        marketing_promises:
          volume:
            promise: Deliver MQLs
            measure: volume
            of: mql
            target: as planned
          quality:
            promise: MQLs that go on
            measure: rate
            of: mql_to_sql
            judged_after: 60 days
            target: 40%
        """,
)
def promise_and_plan_differ(agreement: Agreement) -> Iterator[Problem]:
    """
    The one is judged each month, the other is what everybody plans with.

    A promise of so many leads a month should not be more than the plan's number for that stage, and a promised
    conversion rate not more than the planned one. It is best to write each number once, in the plan, and to promise
    `as planned`.
    """
    plan = plan_of(agreement)
    for promise in agreement.promises():
        if promise.measured is None:
            continue
        at: Path = (*promise.path, "target")
        measure, of = promise.measured.measure, promise.measured.of
        if measure == "volume" and isinstance(promise.target, MonthlyRate) and of in plan.stages:
            yield from _more_than_planned(agreement, plan, at, of or "", promise.target.count)
        elif measure == "rate" and isinstance(promise.target, Share) and of is not None:
            path = plan.inputs.rate_path(of, None)
            if path is not None and promise.target.value > plan.inputs.numbers[path]:
                yield Problem(
                    At(at),
                    say(
                        "{promised} are promised, but the plan counts on {planned}",
                        promised=promise.target,
                        planned=Share(plan.inputs.numbers[path]),
                    ),
                    because=(Because(At(path)),),
                )


def _more_than_planned(
    agreement: Agreement, plan: DerivedPlan, at: Path, stage: str, promised: Fraction
) -> Iterator[Problem]:
    known = [(month, number) for month in plan.months if (number := plan.number(stage, month)) is not None]
    less = [(month, number) for month, number in known if number < promised]
    if less:
        month, number = min(less, key=lambda item: item[1])
        line = plan.inputs.line(stage, "all", month)
        yield Problem(
            At(at),
            say(
                "{promised} a month are promised, but the plan has {number} {stage} in {month}",
                promised=promised,
                number=number,
                stage=stage_label(agreement, stage),
                month=month,
            ),
            because=() if line is None else (Because(At(line.path)),),
        )
