"""What the agreement says should be done now: the steps of a budget of misses, and those of escalation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from checker.agreement import Agreement, Promise
from checker.agreement.base import as_list
from checker.agreement.promises import Escalation
from checker.measures.asked import Key, Verdict
from checker.measures.beside import Escalated, StepReached
from checker.message import Message, all_of, say, say_counted
from checker.quantity import Duration, Month
from checker.verdict import Status

SELLER = "seller"
"""In `tell`: the seller who has the lead."""


def step_reached(promise: Promise, verdict: Verdict, agreement: Agreement) -> StepReached | None:
    """The highest step of the promise's budget that the misses of a month that goes on have reached.

    A step is reached where misses >= its share of those allowed; no step is before the first miss.
    """
    used, allowed = verdict.offender_count, verdict.allowed_misses
    if verdict.status is not Status.OPEN or allowed is None or not used:
        return None
    written = promise.written.when_late_leads_reach or {}
    steps = {_share_of_allowed(text): then for text, then in written.items()}
    reached = [share for share in steps if used >= share * allowed]
    if not reached:
        return None
    return StepReached(max(reached), used, allowed, agreement.text(steps[max(reached)]))


def _share_of_allowed(written: str) -> Fraction:
    return Fraction(written.partition("%")[0]) / 100


# ---------------------------------------------------------------- escalation


def late_by_steps(agreement: Agreement, promise: Promise) -> list[tuple[int, Duration]]:
    """The steps that ask how long leads of a promise have been late: their places, and how long."""
    return [
        (place, step.when.late_by) for place, step in _steps_about(agreement, promise) if step.when.late_by is not None
    ]


def _steps_about(agreement: Agreement, promise: Promise) -> Iterator[tuple[int, Escalation]]:
    """The steps about a promise: those that name it, and those that name none if it has a deadline."""
    for place, step in enumerate(agreement.sections.escalation or ()):
        named = as_list(step.of)
        if promise.id in named if named else promise.clock is not None:
            yield place, step


def escalations(
    promise: Promise,
    verdicts: Sequence[Verdict],
    overdue: Mapping[tuple[str, int], int],
    month: Month,
    agreement: Agreement,
) -> dict[Key, tuple[Escalated, ...]]:
    """The steps to be taken now, by the verdict that says so.

    `verdicts` are all of a promise, `month` is that of the cut-off, `overdue` says by rung and step how many leads
    still wait so long after their deadline. Missed leads are those of the running month, of all rungs together;
    months in a row end with the last one that was judged, and a month that could not be judged breaks the row.
    """
    found: dict[Key, list[Escalated]] = {}
    running = [verdict for verdict in verdicts if verdict.month == month]
    for place, step in _steps_about(agreement, promise):
        whom = _whom(step, agreement)
        if step.when.missed is not None and promise.clock is not None:
            missed = sum(verdict.offender_count for verdict in running)
            when = say_counted("{count} lead was missed", "{count} leads were missed", count=missed)
            if missed >= step.when.missed:
                for verdict in running:
                    if verdict.offender_count:
                        found.setdefault(verdict.key, []).append(Escalated(place, step, missed, when, whom))
        elif step.when.late_by is not None:
            for verdict in running:
                waiting = overdue.get((verdict.id, place), 0)
                if waiting:
                    when = _late_by(waiting, step.when.late_by)
                    found.setdefault(verdict.key, []).append(Escalated(place, step, waiting, when, whom))
        elif step.when.months_missed is not None:
            for judged_id in promise.judged_ids():
                row = _missed_in_a_row([verdict for verdict in verdicts if verdict.id == judged_id])
                if row and len(row) >= step.when.months_missed:
                    when = say_counted(
                        "{count} month was missed", "{count} months in a row were missed", count=len(row)
                    )
                    found.setdefault(row[-1].key, []).append(Escalated(place, step, len(row), when, whom))
    return {key: tuple(steps) for key, steps in found.items()}


def _late_by(waiting: int, late_by: Duration) -> Message:
    return say_counted(
        "{count} lead still waits {time} after its deadline",
        "{count} leads still wait {time} after their deadline",
        count=waiting,
        time=late_by,
    )


def _missed_in_a_row(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The missed months that follow each other and end with the last one that was judged, the oldest first."""
    by_month = {verdict.month: verdict for verdict in verdicts}
    judged = [verdict.month for verdict in verdicts if verdict.is_decided]
    found: list[Verdict] = []
    month = max(judged, default=None)
    while month is not None and month in by_month and by_month[month].status is Status.MISSED:
        found.insert(0, by_month[month])
        month = month + -1
    return found


def _whom(step: Escalation, agreement: Agreement) -> Message:
    """Who is told, by name."""
    people = agreement.sections.people or {}
    told = as_list(step.tell)
    names = [agreement.text(people[name].name, name) if name in people else name for name in told if name != SELLER]
    if SELLER not in told:
        return say("{people}", people=all_of(names))
    return say("each lead's seller and {people}", people=all_of(names)) if names else say("each lead's seller")
