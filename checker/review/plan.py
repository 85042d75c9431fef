"""The making of a plan: from what somebody wants to targets that go together, and to the text that says them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from checker.agreement import Agreement, build
from checker.agreement.history import History
from checker.agreement.plan import ALL_CHANNELS
from checker.errors import NothingToPlan, WrongUsage
from checker.finding import Finding, Path, Severity
from checker.logic.plan_inputs import PlanInputs, SellerPlan, plan_inputs
from checker.logic.planning.anchors import (
    Anchors,
    Key,
    budget_anchors,
    even_anchors,
    given_anchors,
    written_anchors,
)
from checker.logic.planning.limits import reach
from checker.logic.planning.making import customers_for, plan_for, plan_from
from checker.logic.planning.planned import Planned, PlanWish, RateWish
from checker.message import Written, any_of, say
from checker.quantity import Month
from checker.review.plan_from_data import rates_to_plan_with
from checker.review.plan_writing import changed_lines, with_plan, with_rates
from checker.review.validate import validate
from checker.rules.suggestions import guesses
from checker.text import Document
from checker.text.target_table import TargetRow

FEWEST_STAGES = 2
"""One that leads enter, and the one that is won."""
_GRAVE = (Severity.ERROR, Severity.WARNING)


def make_plan(document: Document, wish: PlanWish, today: date | None = None, history: History | None = None) -> Planned:
    """Plans what is wished for. Nothing is written to any file.

    `today` and `history` are for the rules, which review the new text. Raises WrongUsage for names that the agreement
    does not know, NothingToPlan where it lacks what a plan is reckoned from, UnwritableOutput, UnreadableInput.
    """
    agreement = build(document.values, document.problems)
    measured = () if wish.measured is None else rates_to_plan_with(wish.measured)
    # what somebody wishes for stands above what was measured
    rates = [_on_lines(agreement, rate) for rate in (*measured, *wish.rates)]
    rated = with_rates(document, rates)
    if rates:
        agreement = build(rated.values, rated.problems)
    before = plan_inputs(agreement)
    if not before.plan_is_written:
        raise NothingToPlan(
            say(
                "the agreement has no plan: write its months, as in {example}",
                example=Written("plan: {months: 2027-01 to 2027-06}"),
            )
        )
    if before.won is None or len(before.stages) < FEWEST_STAGES:
        raise NothingToPlan(say("no stage that others lead to says `is: won`: without one no customers can be planned"))
    inputs = before if wish.sellers is None else replace(before, sellers=_sellers(wish.sellers))
    goal = _goal(inputs, wish)
    is_forward = goal is None
    anchors = _anchors(agreement, inputs, wish).in_season(_season(inputs, wish.season))
    made = plan_from(inputs, anchors) if goal is None else plan_for(inputs, anchors, goal)
    reached = reach(inputs, anchors, made)
    new = with_plan(rated, before, made)
    asked = wish.revenue if wish.revenue is not None and wish.revenue != made.revenue else None
    return Planned(
        agreement,
        made,
        anchors.basis,
        is_forward,
        asked,
        reached.limits,
        reached.most,
        reached.first,
        new,
        changed_lines(document, new),
        () if reached.limits or wish.sellers is not None else _new_problems(document, new, today, history),
        wish.sellers,
        wish.measured,
    )


def _goal(inputs: PlanInputs, wish: PlanWish) -> int | None:
    """The customers to win: as wished, else those of the agreement; None where given numbers say what follows."""
    if wish.customers is not None:
        return wish.customers
    if wish.revenue is not None:
        return customers_for(inputs, wish.revenue)
    if wish.rows or wish.from_budgets:
        return None
    if ("plan", "customers") in inputs.numbers:
        return int(inputs.numbers["plan", "customers"])
    if ("plan", "revenue") in inputs.numbers:
        return customers_for(inputs, inputs.numbers["plan", "revenue"])
    if written_anchors(inputs) is not None:
        return None
    raise NothingToPlan(say("there is no goal: give one, as in {example}", example=Written('--goal "R$ 1380000"')))


def _anchors(agreement: Agreement, inputs: PlanInputs, wish: PlanWish) -> Anchors:
    if wish.from_budgets:
        return budget_anchors(inputs)
    if wish.rows:
        return given_anchors(inputs, _given(agreement, inputs, wish.rows), with_others=True)
    return written_anchors(inputs) or even_anchors(inputs)


def _new_problems(
    document: Document, new: Document, today: date | None, history: History | None
) -> tuple[Finding, ...]:
    """What the rules find now, and did not before."""
    found = _grave(validate(new, today, history=history).findings)
    if not found:
        return ()
    known = {finding.fingerprint for finding in _grave(validate(document, today, history=history).findings)}
    return tuple(finding for finding in found if finding.fingerprint not in known)


def _grave(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity in _GRAVE and finding.waived is None]


# ---------------------------------------------------------------- what was given


def _on_lines(agreement: Agreement, wish: RateWish) -> RateWish:
    """A wish with the lines that must say it: the channel's own, or every one that says something now."""
    if wish.paths:
        return wish
    stages = list(agreement.stages)
    known = [f"{first}_to_{second}" for first, second in pairwise(stages)]
    if wish.rate not in known:
        close = guesses(wish.rate, known) or known
        raise WrongUsage(
            say("there is no rate {name}; did you mean {known}?", name=Written(wish.rate), known=any_of(close))
        )
    if wish.channel is not None:
        if wish.channel not in agreement.channels:
            close = guesses(wish.channel, list(agreement.channels)) or list(agreement.channels)
            raise WrongUsage(
                say(
                    "there is no channel {name}; did you mean {known}?",
                    name=Written(wish.channel),
                    known=any_of(close),
                )
            )
        return replace(wish, paths=(("channels", wish.channel, "rates", wish.rate),))
    own: list[Path] = [
        ("channels", name, "rates", wish.rate)
        for name, channel in agreement.channels.items()
        if wish.rate in (channel.rates or {})
    ]
    general: list[Path] = [("rates", wish.rate)] if wish.rate in (agreement.sections.rates or {}) or not own else []
    return replace(wish, paths=(*general, *own))


def _sellers(count: int) -> tuple[SellerPlan, ...]:
    return tuple(SellerPlan(str(number), None, None, ()) for number in range(1, count + 1))


def _season(inputs: PlanInputs, weights: Mapping[Month, Fraction]) -> Mapping[Month, Fraction]:
    for month in weights:
        if not inputs.covers(month):
            raise WrongUsage(say("{month} is no month of the plan", month=month))
    return weights


def _given(
    agreement: Agreement, inputs: PlanInputs, rows: Iterable[TargetRow]
) -> Mapping[Key, Mapping[Month, Fraction]]:
    """The rows by stage and channel; both may be written by id or by name. Raises WrongUsage with the row's place."""
    stages = _by_name(agreement.stages, lambda name: agreement.text(agreement.stages[name].name, name))
    channels = _by_name(agreement.channels, lambda name: agreement.text(agreement.channels[name].name, name))
    channels |= dict.fromkeys(("", ALL_CHANNELS), ALL_CHANNELS)
    given: dict[Key, dict[Month, Fraction]] = {}
    for row in rows:
        stage, channel = stages.get(row.stage.casefold()), channels.get(row.channel.casefold())
        if stage is None or stage == inputs.won:
            raise WrongUsage(
                say(
                    "{name} is no stage that leads are planned at: {known}",
                    name=Written(row.stage or "''"),
                    known=any_of([name for name in agreement.stages if name != inputs.won]),
                ),
                row.place,
            )
        if channel is None:
            raise WrongUsage(
                say(
                    "there is no channel {name}: {known}",
                    name=Written(row.channel),
                    known=any_of([*agreement.channels, ALL_CHANNELS]),
                ),
                row.place,
            )
        if channel != ALL_CHANNELS and inputs.stages.index(stage) < inputs.starts_at[channel]:
            raise WrongUsage(
                say(
                    "leads of {channel} begin at {stage}: they have no number before",
                    channel=Written(channel),
                    stage=Written(inputs.stages[inputs.starts_at[channel]]),
                ),
                row.place,
            )
        if inputs.covers(row.month):
            given.setdefault((stage, channel), {})[row.month] = row.number
    if not given:
        raise NothingToPlan(say("none of these numbers is for a month of the plan"))
    return given


def _by_name(entries: Iterable[str], named: Callable[[str], str]) -> dict[str, str]:
    return {named(name).casefold(): name for name in entries} | {name.casefold(): name for name in entries}
