"""Rules about plans that say some things only: a total here, a channel there, a few months."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from checker.agreement import Agreement
from checker.agreement.plan import ALL_CHANNELS
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import HALF, numbers_behind
from checker.logic.plan_conflict import Conflict
from checker.logic.plan_names import channel_label, line_label, stage_label
from checker.logic.possible.contradictions import Settled
from checker.message import Message, Named, Written, any_of, say, say_counted
from checker.quantity import Month
from checker.rules.plan_capacity import WITH_SELLERS
from checker.rules.plan_conflicts import (
    MOST_LINES,
    NUMBERS,
    impossible_lines,
    lines_in_conflict,
    plan_of,
    what_is_left,
)
from checker.rules.rule import rule

MOST_NAMES = 3
"""Channels that a note names; of more it says how many."""


def _no_plan_fits(agreement: Agreement, conflict: Conflict) -> Message:
    number, fitting, written = conflict.number, conflict.fitting, conflict.written
    label = None if number is None else line_label(agreement, number)
    if fitting is None or written is None or label is None:
        return say_counted(
            "this line cannot be kept by any plan",
            "no plan can keep these {count} lines together, whatever the numbers that are not written",
            count=len(conflict.lines),
        )
    if fitting < written:
        return say(
            "{line}: {written} is written, but the other lines leave at most {most}",
            line=label,
            written=written,
            most=fitting,
        )
    return say(
        "{line}: {written} is written, but the other lines ask for at least {least}",
        line=label,
        written=written,
        least=fitting,
    )


@rule(
    "SLA217",
    "No plan fits everything that is written",
    severity=Severity.ERROR,
    since="0.1",
    needs=WITH_SELLERS,
    bad="""
        channels:
          ads: {team: marketing}
        rates:
          lead_to_mql: 20%          # because
        targets:
          lead:
            all:
              2027-01: 400          # because
          mql:
            ads:
              2027-01: 90           # SLA217
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
    good="""
        channels:
          ads: {team: marketing}
        rates:
          lead_to_mql: 20%
        targets:
          lead:
            all:
              2027-01: 400
          mql:
            ads:
              2027-01: 70
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
)
def no_plan_fits(agreement: Agreement) -> Iterator[Problem]:
    """
    Each line looks right, and yet nobody could keep them all.

    A plan may say a total here and a channel there, and leave the rest open. Then it is asked whether any numbers for
    the rest fit all that is written: rates, sums, the sales cycle, the goal, what sellers take. If none do, the fewest
    lines that contradict each other are shown; without any one of them, some plan would fit.
    """
    return impossible_lines(agreement, _no_plan_fits)


@rule(
    "SLA218",
    "It was not settled whether any plan fits",
    severity=Severity.WARNING,
    since="0.1",
    needs=WITH_SELLERS,
    bad="""
        channels:
          fairs:
            team: marketing
            rates: {mql_to_sql: 25%}
          ads:
            team: marketing
            rates: {mql_to_sql: 50%}
        targets:                    # SLA218
          mql:
            all:
              2027-01: 80
          sql:
            all:
              2027-01: 35
        stages:
          mql: {team: marketing}
          sql: {team: sales}
        """,
    good="""
        channels:
          fairs:
            team: marketing
            rates: {mql_to_sql: 25%}
          ads:
            team: marketing
            rates: {mql_to_sql: 50%}
        targets:
          mql:
            fairs:
              2027-01: 20
            ads:
              2027-01: 60
          sql:
            all:
              2027-01: 35
        stages:
          mql: {team: marketing}
          sql: {team: sales}
        """,
)
def not_settled(agreement: Agreement) -> Iterator[Problem]:
    """
    Nothing is known to be wrong, but nobody has shown that it is right.

    Where targets are left open, a solver looks for numbers that fit all that is written. It stops after a few seconds:
    then this is said, and the example shows where. Write a few more of the targets, and the question becomes easier.
    """
    if what_is_left(agreement) is Settled.UNKNOWN:
        yield Problem(
            At(("targets",), "key"),
            say("whether any plan fits these targets could not be settled within the limit"),
            note=say("write more of the numbers that {targets} leaves open", targets=Written("targets:")),
        )


@rule(
    "SLA225",
    "A total counts on channels without a target",
    severity=Severity.INFO,
    since="0.1",
    needs=NUMBERS,
    bad="""
        channels:
          ads: {team: marketing}
          referral: {team: sales}
        targets:
          mql:
            all:
              2027-01: 80            # SLA225
            ads:
              2027-01: 50            # because
          sql:
            referral:
              2027-01: 5
        stages:
          mql: {team: marketing}
          sql: {team: sales}
        """,
    good="""
        channels:
          ads: {team: marketing}
          referral: {team: sales}
        targets:
          mql:
            all:
              2027-01: 80
            ads:
              2027-01: 50
            referral:
              2027-01: 30
        stages:
          mql: {team: marketing}
          sql: {team: sales}
        """,
)
def total_counts_on_open_channels(agreement: Agreement) -> Iterator[Problem]:
    """
    Nothing is wrong as long as everybody knows who brings the rest.

    A total is written that is more than what the channels with targets bring, and there are channels without a target.
    The note says how much the others would have to bring.
    """
    plan = plan_of(agreement)
    contradicted = lines_in_conflict(agreement)
    for (stage, channel), lines in plan.inputs.lines.items():
        if channel != ALL_CHANNELS or stage not in plan.stages:
            continue
        for line in lines:
            month = line.period.first
            told = _told_by_channels(plan, stage, month)
            if line.path in contradicted or told is None or not plan.inputs.covers(month):
                continue
            brought, open_channels, paths = told
            if plan.inputs.numbers[line.path] <= brought + HALF:
                continue
            names = [channel_label(agreement, name) for name in open_channels]
            rest: Named | Message = any_of(names)
            if len(names) > MOST_NAMES:
                rest = say_counted("{count} other channel", "{count} other channels", count=len(names))
            yield Problem(
                At(line.path),
                say(
                    "{stage}: of {written} in {month}, {brought} come from channels with a target; the rest is left to "
                    "{channels}",
                    stage=stage_label(agreement, stage),
                    written=plan.inputs.numbers[line.path],
                    month=month,
                    brought=brought,
                    channels=rest,
                ),
                because=tuple(Because(At(path)) for path in paths if path != line.path),
            )
            # one note a stage: the other months are left open in the same way
            break


def _told_by_channels(
    plan: DerivedPlan, stage: str, month: Month
) -> tuple[Fraction, list[str], tuple[Path, ...]] | None:
    """What the channels of which something is written bring, those that are open, and the lines behind it.

    None where a total before says what follows, or no channel is open.
    """
    index = plan.stages.index(stage)
    if index and any(plan.inputs.line(before, ALL_CHANNELS, month) for before in plan.stages[:index]):
        return None
    brought, open_channels = Fraction(0), []
    paths: dict[Path, None] = {}
    for channel in plan.inputs.bringing(stage, month):
        number = plan.number(stage, month, channel)
        if number is None and any((before, channel) in plan.inputs.lines for before in plan.stages[: index + 1]):
            # a month of it is missing, and a rule of its own says so
            return None
        if number is None:
            open_channels.append(channel)
        else:
            brought += number
            paths |= dict.fromkeys(numbers_behind(plan.inputs, partial(_number, stage, month, channel)))
    return (brought, open_channels, tuple(paths)[:MOST_LINES]) if open_channels and brought else None


def _number(stage: str, month: Month, channel: str, plan: DerivedPlan) -> Fraction | None:
    return plan.number(stage, month, channel)
