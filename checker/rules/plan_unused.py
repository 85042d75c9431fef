"""A rule about numbers that nothing can be held against."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.plan_inputs import PlanInputs
from checker.logic.plan_names import campaign_label, channel_label, person_label, stage_label
from checker.message import Message, Written, say
from checker.rules.plan_capacity import WITH_SELLERS
from checker.rules.plan_conflicts import plan_of
from checker.rules.rule import rule


@rule(
    "SLA222",
    "A number that counts for nothing",
    severity=Severity.WARNING,
    since="0.1",
    needs=(*WITH_SELLERS, "campaigns", "people"),
    bad="""
        plan:
          months: 2027-01 to 2027-03         # because
          sales_cycle: 1 month               # because
          cost_per_customer: at most 9000    # SLA222
        opened_before_plan:
          2026-10: 24                        # SLA222
          2026-12: 24
          2027-01: 30                        # SLA222
        rates:
          opportunity_to_customer: 25%
        channels:
          prospecting:
            team: sales
            starts_at: opportunity
            rates: {mql_to_opportunity: 40%} # SLA222
        targets:
          opportunity:
            prospecting:
              2027-01 to 2027-03: 30
        stages:
          mql: {team: marketing}
          opportunity: {team: sales, is: pipeline}
          customer: {team: sales, is: won}
        limit_per_seller: {handoffs: 22 a month}    # SLA222
        """,
    good="""
        plan:
          months: 2027-01 to 2027-03
          sales_cycle: 1 month
        opened_before_plan:
          2026-12: 24
        rates:
          opportunity_to_customer: 25%
        channels:
          prospecting: {team: sales, starts_at: opportunity}
        targets:
          opportunity:
            prospecting:
              2027-01 to 2027-03: 30
        stages:
          mql: {team: marketing}
          opportunity: {team: sales, is: pipeline}
          customer: {team: sales, is: won}
        """,
)
def number_counts_for_nothing(agreement: Agreement) -> Iterator[Problem]:
    """
    Somebody took care to write a number, and believes that it is checked.

    Reported are numbers that nothing is held against: limits without sellers, coverage, cost or a goal where what they
    are compared with is missing, opportunities of months that no deal comes from, rates and first months that never
    apply, campaigns outside the plan. Write what is missing, or take the number out.
    """
    inputs = plan_of(agreement).inputs
    yield from _limits(agreement, inputs)
    yield from _goals(inputs)
    yield from _opened(inputs)
    for channel, entry in agreement.channels.items():
        for rate_id in entry.rates or {}:
            before = next((first for first, _, name in agreement.conversions() if name == rate_id), None)
            if before is not None and inputs.stages.index(before) < inputs.starts_at[channel]:
                start = inputs.stages[inputs.starts_at[channel]]
                yield Problem(
                    At(("channels", channel, "rates", rate_id)),
                    say(
                        "{channel} starts at {stage}, so this rate never applies",
                        channel=channel_label(agreement, channel),
                        stage=stage_label(agreement, start),
                    ),
                )
    for name, seller in (agreement.sections.sellers or {}).items():
        if seller.ramp and seller.starts is None:
            yield Problem(
                At(("sellers", name, "ramp"), "key"),
                say(
                    "the first months of {seller} count for nothing, because no {starts} is written",
                    seller=person_label(agreement, name),
                    starts=Written("starts:"),
                ),
            )
    for campaign in inputs.campaigns:
        if inputs.plan_is_written and not inputs.covers(campaign.month):
            name = str(campaign.path[1])
            yield Problem(
                At(("campaigns", name, "month")),
                say(
                    "{campaign} is in {month}, which the plan does not cover",
                    campaign=campaign_label(agreement, name),
                    month=campaign.month,
                ),
            )


def _limits(agreement: Agreement, inputs: PlanInputs) -> Iterator[Problem]:
    needed = {
        # a stage that nobody knows is a finding of its own
        "handoffs": say("which stage is handed over") if agreement.sections.handoff is None else None,
        "new_opportunities": _pipeline_missing(inputs),
        "open_opportunities": _pipeline_missing(inputs) or _cycle_missing(inputs),
    }
    for key, missing in needed.items():
        path: Path = ("limit_per_seller", key)
        reason = missing if inputs.sellers else say("who the sellers are ({sellers})", sellers=Written("sellers:"))
        if path in inputs.numbers and reason is not None:
            yield _not_held(path, reason)


def _goals(inputs: PlanInputs) -> Iterator[Problem]:
    deal = None if ("plan", "average_deal") in inputs.numbers else _line_missing("average_deal:")
    has_budget = any(path[0] == "channels" and path[-1] == "budget" for path in inputs.numbers)
    won = None if inputs.won is not None else say("which stage is the won one ({line})", line=Written("is: won"))
    rate = _win_rate_missing(inputs)
    needed = {
        "customers": won if deal or ("plan", "revenue") not in inputs.numbers else None,
        "revenue": deal or (won if ("plan", "customers") not in inputs.numbers else None),
        "pipeline_coverage": won or _pipeline_missing(inputs) or rate,
        "cost_per_customer": won
        or _pipeline_missing(inputs)
        or rate
        or (None if has_budget else say("a budget of some channel ({line})", line=Written("budget:"))),
    }
    for key, missing in needed.items():
        if ("plan", key) in inputs.numbers and missing is not None:
            yield _not_held(("plan", key), missing)


def _not_held(path: Path, missing: Message) -> Problem:
    return Problem(At(path), say("nothing is held against this number: it is not written {missing}", missing=missing))


def _line_missing(line: str) -> Message:
    return say("what {line} is", line=Written(line))


def _pipeline_missing(inputs: PlanInputs) -> Message | None:
    if inputs.pipeline is not None:
        return None
    return say("at which stage opportunities are opened ({line})", line=Written("is: pipeline"))


def _cycle_missing(inputs: PlanInputs) -> Message | None:
    return None if inputs.closing else _line_missing("sales_cycle:")


def _win_rate_missing(inputs: PlanInputs) -> Message | None:
    rate_id = f"{inputs.pipeline}_to_{inputs.won}"
    if any(rate == rate_id for rate, _ in inputs.rates):
        return None
    return say("how many opportunities are won ({line})", line=Written(f"{rate_id}:"))


def _opened(inputs: PlanInputs) -> Iterator[Problem]:
    """Months of `opened_before_plan` that are in the plan, or so early that no deal of the plan comes from them."""
    if not inputs.plan_is_written:
        return
    first = inputs.months[0]
    for month, path in inputs.opened_before.items():
        if month >= first:
            yield Problem(
                At(path),
                say(
                    "{month} is not before the plan: write it under {targets}", month=month, targets=Written("targets:")
                ),
                because=(Because(At(("plan", "months"))),),
            )
        elif not inputs.closing:
            missing = _cycle_missing(inputs)
            if missing is not None:
                yield _not_held(path, missing)
        elif first - month > max(inputs.closing):
            yield Problem(
                At(path),
                say(
                    "what was opened in {month} is closed before the plan begins, with a sales cycle of {lag} months",
                    month=month,
                    lag=max(inputs.closing),
                ),
                because=(Because(At(("plan", "sales_cycle"), "key")),),
            )
