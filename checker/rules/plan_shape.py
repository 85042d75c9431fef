"""Rules about the shape of a plan: its months, its rates, what it leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from checker.agreement import Agreement
from checker.agreement.conditions import FieldIs
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.plan_inputs import WrittenLine
from checker.message import say
from checker.quantity import Month, Share
from checker.rules.plan_conflicts import NUMBERS, channel_label, months_named, plan_of, stage_label
from checker.rules.rule import rule


@rule(
    "SLA204",
    "Opportunities of earlier months are missing",
    severity=Severity.ERROR,
    since="0.1",
    needs=NUMBERS,
    bad="""
        plan: {months: 2027-01 to 2027-03, sales_cycle: 2 months}
        rates:
          opportunity_to_customer: 25%
        opened_before_plan:
          2026-12: 24
        targets:
          opportunity:
            all:
              2027-01 to 2027-03: 32
          customer:
            all:
              2027-01: 6               # SLA204
              2027-02: 6
              2027-03: 8
        stages:
          opportunity: {team: sales, is: pipeline}
          customer: {team: sales, is: won}
        """,
    good="""
        plan: {months: 2027-01 to 2027-03, sales_cycle: 2 months}
        rates:
          opportunity_to_customer: 25%
        opened_before_plan:
          2026-11: 24
          2026-12: 24
        targets:
          opportunity:
            all:
              2027-01 to 2027-03: 32
          customer:
            all:
              2027-01: 6
              2027-02: 6
              2027-03: 8
        stages:
          opportunity: {team: sales, is: pipeline}
          customer: {team: sales, is: won}
        """,
)
def earlier_months_are_missing(agreement: Agreement) -> Iterator[Problem]:
    """
    The first customers of a plan were opportunities before it began.

    Where the sales cycle reaches back before the first month, `opened_before_plan` says how many opportunities were
    opened then. Without them nobody can tell whether the first months' customers can be reached. Nothing is reported
    where the plan speaks of no opportunities at all.
    """
    plan = plan_of(agreement)
    inputs = plan.inputs
    if inputs.won is None or inputs.pipeline is None or not plan.closing:
        return
    if all(plan.number(inputs.pipeline, month) is None for month in plan.months):
        return
    reported: set[Path] = set()
    for month in plan.months:
        line = inputs.line(inputs.won, "all", month)
        missing = [
            earlier
            for lag in plan.closing
            if not inputs.covers(earlier := month + -lag) and earlier not in inputs.opened_before
        ]
        if line is None or not missing or line.path in reported:
            continue
        reported.add(line.path)
        yield Problem(
            At(line.path),
            say(
                "the {customers} of {month} cannot be checked: how many were opened in {missing} is not written",
                customers=stage_label(agreement, inputs.won),
                month=month,
                missing=months_named(missing),
            ),
            note=say(
                "write {line} under {section}",
                line=f"{missing[0]}: 24",
                section="opened_before_plan:",
            ),
        )


@rule(
    "SLA208",
    "A share is more than 100%, or parts do not make 100%",
    severity=Severity.ERROR,
    since="0.1",
    needs=("plan", "rates", "channels", "sellers"),
    bad="""
        rates:
          lead_to_mql: 120%    # SLA208
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
    good="""
        rates:
          lead_to_mql: 20%
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
)
def impossible_share(agreement: Agreement) -> Iterator[Problem]:
    """
    Of 100 leads, 120 cannot go on.

    Conversion rates, promised shares and the shares of a ramp lie between 0% and 100%; a rate of 0% makes every later
    number impossible to reach. The shares of a sales cycle that is spread over months add up to 100%.
    """
    for path, share in _shares(agreement):
        if share.value > 1:
            yield Problem(At(path), say("{share} is more than all of them", share=share))
        elif share.value == 0 and "rates" in path:
            yield Problem(At(path), say("at 0% nobody ever gets further; leave the line out if it is not known"))
    plan = agreement.sections.plan
    if plan is not None and plan.closing():
        total = sum(plan.closing().values(), Fraction(0))
        if total != 1:
            yield Problem(
                At(("plan", "sales_cycle"), "key"),
                say("the shares of the sales cycle add up to {total}, not to 100%", total=Share(total)),
            )


def _shares(agreement: Agreement) -> Iterator[tuple[Path, Share]]:
    for name, share in (agreement.sections.rates or {}).items():
        yield ("rates", name), share
    for channel, entry in agreement.channels.items():
        for name, share in (entry.rates or {}).items():
            yield ("channels", channel, "rates", name), share
    for name, seller in (agreement.sections.sellers or {}).items():
        for index, share in enumerate(seller.ramp or ()):
            yield ("sellers", name, "ramp", index), share
    for promise in agreement.promises():
        if isinstance(promise.target, Share):
            yield (*promise.path, "target"), promise.target
        for deadline in promise.deadlines:
            if deadline.name is not None and isinstance(deadline.target, Share) and deadline.target != promise.target:
                yield (*deadline.path, "target"), deadline.target


@rule(
    "SLA209",
    "More leads go on than are accepted",
    severity=Severity.ERROR,
    since="0.1",
    needs=("rates", "channels", "handoff", "stages", "marketing_promises", "sales_promises"),
    bad="""
        rates:
          mql_to_sql: 50%        # SLA209
        stages:
          mql: {team: marketing}
          sql: {team: sales, accepted: yes}
        handoff: {stage: mql, channel: The queue}
        marketing_promises:
          quality:
            promise: Sales accepts what we hand over
            measure: acceptance_rate
            target: 40%          # because
        """,
    good="""
        rates:
          mql_to_sql: 50%
        stages:
          mql: {team: marketing}
          sql: {team: sales, accepted: yes}
        handoff: {stage: mql, channel: The queue}
        marketing_promises:
          quality:
            promise: Sales accepts what we hand over
            measure: acceptance_rate
            target: 85%
        """,
)
def more_go_on_than_are_accepted(agreement: Agreement) -> Iterator[Problem]:
    """
    A lead must be accepted before it can go on.

    Where the stage after the handoff asks for `accepted: yes`, its conversion rate cannot be above the promised share
    of accepted leads: the plan would count on leads that the same agreement expects to come back.
    """
    handoff = agreement.sections.handoff
    following = agreement.stage_after(handoff.stage) if handoff else None
    if handoff is None or following is None or not _asks_for_acceptance(agreement, following):
        return
    rate_id = f"{handoff.stage}_to_{following}"
    for promise in agreement.promises():
        if promise.measured is None or promise.measured.measure != "acceptance_rate":
            continue
        if not isinstance(promise.target, Share):
            continue
        for path, share in _shares(agreement):
            if path[-1] == rate_id and share.value > promise.target.value:
                yield Problem(
                    At(path),
                    say(
                        "{rate} are planned to become {stage}, but only {accepted} are promised to be accepted",
                        rate=share,
                        stage=stage_label(agreement, following),
                        accepted=promise.target,
                    ),
                    because=(Because(At((*promise.path, "target"))),),
                )


def _asks_for_acceptance(agreement: Agreement, stage: str) -> bool:
    node = agreement.named_conditions.get(stage)
    return node is not None and any(
        isinstance(part, FieldIs) and part.field == "accepted" and part.test.operands == (True,) for part in node.parts
    )


@rule(
    "SLA216",
    "The months of a target do not fit the plan",
    severity=Severity.ERROR,
    since="0.1",
    needs=("plan", "targets", "channels", "stages"),
    bad="""
        plan: {months: 2027-01 to 2027-04}
        targets:
          mql:
            all:
              2027-01 to 2027-03: 80    # SLA216
        stages:
          mql: {team: marketing}
        """,
    good="""
        plan: {months: 2027-01 to 2027-04}
        targets:
          mql:
            all:
              2027-01 to 2027-04: 80
        stages:
          mql: {team: marketing}
        """,
)
def months_do_not_fit(agreement: Agreement) -> Iterator[Problem]:
    """
    In a month without a target nobody knows what was promised; in a month with two, everybody knows something else.

    The periods of a target cover each month of the plan once: no gap, no overlap, nothing outside. A channel that
    begins later (`since`) needs targets from then on. Write 0 where nothing is expected.
    """
    plan = plan_of(agreement)
    for (stage, channel), lines in plan.inputs.lines.items():
        named = (
            stage_label(agreement, stage)
            if channel == "all"
            else f"{stage_label(agreement, stage)}, {channel_label(agreement, channel)}"
        )
        ordered = sorted(lines, key=lambda line: line.period)
        for first, second in pairwise(ordered):
            if second.period.first <= first.period.last:
                yield Problem(
                    At(second.path, "key"),
                    say("{target}: {month} has two numbers", target=named, month=second.period.first),
                    because=(Because(At(first.path, "key")),),
                )
        if plan.inputs.plan_is_written:
            yield from _outside(plan.months, named, ordered)
        if ordered:
            # else there is nothing but keys that are no periods
            yield from _gaps(_expected(agreement, plan.months, channel, ordered), named, ordered)


def _outside(months: tuple[Month, ...], named: str, lines: list[WrittenLine]) -> Iterator[Problem]:
    for line in lines:
        outside = [month for month in line.period if month not in months]
        if outside:
            yield Problem(
                At(line.path, "key"),
                say(
                    "{target}: {outside} is not in the plan, which covers {months}",
                    target=named,
                    outside=months_named(outside),
                    months=months_named(months),
                ),
                because=(Because(At(("plan", "months"))),),
            )


def _expected(
    agreement: Agreement, months: tuple[Month, ...], channel: str, lines: list[WrittenLine]
) -> tuple[Month, ...]:
    """The months in which a target should have a number."""
    entry = agreement.channels.get(channel)
    begins = Month.parse(entry.since[:7]) if entry is not None and entry.since is not None else None
    if agreement.sections.plan is None:
        months = tuple(
            month for month in months if lines[0].period.first <= month <= max(line.period.last for line in lines)
        )
    return tuple(month for month in months if begins is None or month >= begins)


def _gaps(expected: tuple[Month, ...], named: str, lines: list[WrittenLine]) -> Iterator[Problem]:
    missing = [month for month in expected if not any(month in line.period for line in lines)]
    if missing:
        yield Problem(
            At(lines[-1].path, "key"),
            say("{target}: there is no number for {missing}", target=named, missing=months_named(missing)),
            note=say("write a number for each month of the plan, 0 where nothing is expected"),
        )
