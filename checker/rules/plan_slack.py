"""Rules about targets that promise less than the other numbers yield, or move too fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import ceil

from checker.agreement import Agreement
from checker.agreement.plan import ALL_CHANNELS
from checker.finding import At, Because, Edit, Path, Problem, Severity
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import HALF, numbers_behind
from checker.logic.plan_inputs import WrittenLine
from checker.message import Argument, say
from checker.quantity import Month, Share
from checker.rules.plan_conflicts import (
    MOST_LINES,
    NUMBERS,
    channel_label,
    group_of,
    groups_in_conflict,
    impossible_together,
    lines_in_conflict,
    months_named,
    plan_of,
    stage_label,
    what_follows,
)
from checker.rules.rule import rule

LAZY = Fraction(85, 100)
"""A written target under this part of what follows is a warning; above it, a note."""
JUMP = Fraction(1, 2)
"""A rise or fall by more than this part from one month to the next asks for a reason."""


@dataclass(frozen=True)
class Lower:
    """A written line that stays under what the other numbers yield, in the month where it does so most."""

    plan: DerivedPlan
    stage: str
    channel: str | None
    line: WrittenLine
    months: tuple[Month, ...]
    written: Fraction
    yields: Fraction
    behind: tuple[Path, ...]

    @property
    def heaviest(self) -> Path | None:
        """The biggest target that the yield rests on: most likely the one that was just raised."""
        targets = [path for path in self.behind if path[0] == "targets"]
        return max(targets, key=lambda path: self.plan.inputs.numbers[path], default=None)

    @property
    def part(self) -> Fraction:
        return self.written / self.yields


def _lower_lines(plan: DerivedPlan) -> Iterator[Lower]:
    for (stage, channel), lines in plan.inputs.lines.items():
        if stage not in plan.stages:
            continue
        among = None if channel == ALL_CHANNELS else channel
        for line in lines:
            found = [
                (month, yields)
                for month in line.period
                if (yields := _yields(plan, stage, among, month)) is not None
                and plan.inputs.numbers[line.path] < yields - HALF
            ]
            if found:
                month, yields = max(found, key=lambda item: item[1])
                behind = numbers_behind(plan.inputs, partial(_yields, stage=stage, channel=among, month=month))
                yield Lower(
                    plan,
                    stage,
                    among,
                    line,
                    tuple(item[0] for item in found),
                    plan.inputs.numbers[line.path],
                    yields,
                    tuple(path for path in behind if path != line.path),
                )


def _yields(plan: DerivedPlan, stage: str, channel: str | None, month: Month) -> Fraction | None:
    """What the numbers before yield: the nearest written one, or the channels alone, whichever is more."""
    if channel is None and not plan.comes_from_before(stage, month):
        return None
    follows = plan.follows(stage, month, channel)
    alone = plan.alone(stage, month) if channel is None and stage != plan.stages[0] else None
    is_own_sum = channel is None and all(
        plan.inputs.line(stage, name, month) is not None for name in plan.passing(stage)
    )
    if is_own_sum:
        return None
    known = [number for number in (follows, alone) if number is not None]
    return max(known, default=None)


def _problems(agreement: Agreement, lines: Iterable[Lower]) -> Iterator[Problem]:
    """One note a line; what follows is said once for all lines that rest on the same number."""
    told = set(groups_in_conflict(agreement))
    contradicted = impossible_together(agreement)
    for lower in lines:
        if lower.line.path in contradicted:
            continue
        group = None if lower.heaviest is None else group_of(lower.heaviest)
        yield _problem(agreement, lower, group, tells_what_follows=group not in told)
        told.add(group)


def _problem(agreement: Agreement, lower: Lower, group: str | None, tells_what_follows: bool) -> Problem:
    arguments: dict[str, Argument] = {
        "stage": stage_label(agreement, lower.stage),
        "written": lower.written,
        "period": months_named(lower.months),
        "yields": lower.yields,
        "part": Share(lower.part),
    }
    if lower.channel is None:
        message = say(
            "{stage}: {written} is written for {period}, but {yields} follow; that is {part} of what the others bring",
            **arguments,
        )
    else:
        message = say(
            "{stage} from {channel}: {written} is written for {period}, but {yields} follow; that is {part} of it",
            channel=channel_label(agreement, lower.channel),
            **arguments,
        )
    because = tuple(Because(At(path)) for path in lower.behind[:MOST_LINES])
    number = lower.heaviest
    return Problem(
        At(lower.line.path),
        message,
        because=because,
        follows=what_follows(agreement, lower.plan, number, lower.months[0]) if number and tells_what_follows else (),
        fixes=tuple(_what_follows_instead(lower)),
        group=group,
    )


def _what_follows_instead(lower: Lower) -> Iterator[Edit]:
    """The line with the whole number that follows, of two as near the lower.

    Nothing where its months yield different ones, or where it is the last stage's and the plan names a sum of its own,
    which another number would contradict.
    """
    numbers = lower.plan.inputs.numbers
    if lower.stage == lower.plan.inputs.won and any(("plan", sum_) in numbers for sum_ in ("customers", "revenue")):
        return
    yields = {_yields(lower.plan, lower.stage, lower.channel, month) for month in lower.line.period}
    if yields == {lower.yields}:
        number = ceil(lower.yields - HALF)
        yield Edit(At(lower.line.path), str(lower.written), str(number))


@rule(
    "SLA212",
    "A target is far below what follows",
    severity=Severity.WARNING,
    since="0.1",
    needs=NUMBERS,
    bad="""
        channels:
          ads:
            team: marketing
            rates: {lead_to_mql: 20%}    # because
        targets:
          lead:
            ads:
              2027-01: 150               # because
          mql:
            ads:
              2027-01: 25                # SLA212
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
def far_below(agreement: Agreement) -> Iterator[Problem]:
    """
    A target that is easy to reach hides what the numbers before it should bring.

    A written target under 85% of what follows from the numbers before it, or from the channels alone, is lazy: either
    raise it, or leave it out and let it follow.
    """
    return _problems(agreement, (lower for lower in _lower_lines(plan_of(agreement)) if lower.part < LAZY))


@rule(
    "SLA213",
    "A target is a little below what follows",
    severity=Severity.INFO,
    since="0.1",
    needs=NUMBERS,
    bad="""
        channels:
          ads:
            team: marketing
            rates: {lead_to_mql: 20%}    # because
        targets:
          lead:
            ads:
              2027-01: 150               # because
          mql:
            ads:
              2027-01: 28                # SLA213
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
def a_little_below(agreement: Agreement) -> Iterator[Problem]:
    """
    Nothing is wrong: there is some room between what is promised and what the numbers bring.

    The note says how much follows, so that one edit shows its consequences without recomputing anything by hand.
    """
    return _problems(agreement, (lower for lower in _lower_lines(plan_of(agreement)) if lower.part >= LAZY))


@rule(
    "SLA215",
    "A target jumps from one month to the next",
    severity=Severity.WARNING,
    since="0.1",
    needs=NUMBERS,
    bad="""
        targets:
          mql:
            all:
              2027-01: 40    # because
              2027-02: 90    # SLA215
        stages:
          mql: {team: marketing}
        """,
    good="""
        targets:
          mql:
            all:
              2027-01: 40
              2027-02: 90
              why: The spring fair doubles the leads
        stages:
          mql: {team: marketing}
        """,
)
def target_jumps(agreement: Agreement) -> Iterator[Problem]:
    """
    A typo often looks like this; a real jump has a reason.

    The total of a stage should not rise or fall by more than half from one month to the next unless a `why` stands
    beside the target.
    """
    plan = plan_of(agreement)
    for stage in plan.stages:
        for before, month in pairwise(plan.months):
            old, new = plan.number(stage, before), plan.number(stage, month)
            if not old or new is None or abs(new - old) <= JUMP * old:
                continue
            lines = _lines_behind(plan, stage, month)
            earlier = _lines_behind(plan, stage, before)
            moved = [line for line in lines if line not in earlier]
            if not moved or any(line.has_reason for line in moved) or moved[0].path[1] != stage:
                continue
            if moved[0].path in lines_in_conflict(agreement):
                continue
            yield Problem(
                At(moved[0].path),
                say(
                    "{stage} goes from {old} in {before} to {new} in {month}, and nothing says why",
                    stage=stage_label(agreement, stage),
                    old=old,
                    before=before,
                    new=new,
                    month=month,
                ),
                because=tuple(Because(At(line.path)) for line in earlier if line.path[1] == stage)[:1],
                note=say("add a {why} beside the numbers if it is meant", why="why:"),
            )


def _lines_behind(plan: DerivedPlan, stage: str, month: Month) -> list[WrittenLine]:
    behind = numbers_behind(plan.inputs, lambda other: other.number(stage, month))
    return [line for lines in plan.inputs.lines.values() for line in lines if line.path in behind]
