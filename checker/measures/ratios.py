"""Numbers of a month that are divided by another one: what is needed of the leads, and the verdicts month by month."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from checker.agreement import Promise
from checker.funnel.counts import TallyCounts
from checker.logic.aggregate import Every, Fact, Opposite, Surely, Tally, count
from checker.measures.asked import MonthlyRatio, Sides, Verdict
from checker.measures.forms import SPARED, had_its_time, judging_day, uncovered_cohort
from checker.measures.judging import MOST_UNKNOWN, not_measurable, uncovered
from checker.measures.view import View
from checker.message import Message, say, say_counted
from checker.verdict import Outlook, Status


def tally_of_ratio(promise: Promise, asked: MonthlyRatio, view: View) -> Tally:
    """The numbers that a ratio needs of the leads; agreed exceptions are in none but their own."""
    spared = view.spared(promise.id, asked.by)
    of = view.about_whom(promise, None if asked.by not in asked.needs.events else asked.by)
    about: tuple[Fact, ...] = () if of is None else (Surely(of),)
    counted = about if spared is None else (Opposite(spared), *about)
    numbers = {
        name: replace(number, condition=Every((*counted, *(() if number.condition is None else (number.condition,)))))
        for name, number in asked.numbers.items()
    }
    if spared is not None:
        numbers[SPARED] = count(Every((spared, *about)))
    return Tally(asked.by, numbers)


def judge_ratio(promise: Promise, asked: MonthlyRatio, counts: TallyCounts, view: View) -> list[Verdict]:
    """The verdicts on a ratio by month; months for which nothing is promised have none."""
    found = []
    for month in view.months(asked.needs.events):
        target, sides = asked.target(month), asked.sides(month, counts.cells)
        if target is None or sides is None:
            continue
        verdict = Verdict(
            promise.id,
            month,
            Status.OPEN,
            asked.unit,
            at_most=asked.at_most,
            about=view.is_about(asked.needs.events),
            actual=sides.part / sides.whole if sides.whole else None,
            target=target,
            numerator=sides.part,
            denominator=sides.whole,
            not_counted=int(counts.month(month).get(SPARED, 0)),
            cannot_tell=sides.blank,
            why=sides.said,
        )
        found.append(_judged(verdict, asked, sides, target, view))
    return found


def _judged(verdict: Verdict, asked: MonthlyRatio, sides: Sides, target: Fraction, view: View) -> Verdict:
    month, timeline = verdict.month, view.timeline
    is_over = timeline.is_over(month)
    if asked.within is None:
        lacking = uncovered(verdict, view, asked.needs.events)
    else:
        judged_on = judging_day(asked.within, month, timeline)
        is_over = had_its_time(month, judged_on, timeline)
        verdict = replace(verdict, judged_on=judged_on)
        start, stop = asked.by, asked.needs.events[-1]
        lacking = uncovered_cohort(verdict, start, stop, judged_on if is_over else None, view)
    if lacking is not None:
        return lacking
    if sides.blank > MOST_UNKNOWN * sides.among:
        return not_measurable(verdict, _blanks_in_words(sides), asked.blanks)
    if not is_over:
        return replace(verdict, outlook=_outlook(asked, sides, target, timeline.days_gone(month)))
    if not sides.part and not sides.whole:
        return replace(verdict, status=Status.NO_DATA, why=say("there was nothing to judge"))
    return replace(verdict, status=Status.MET if _is_kept(asked, sides, target) else Status.MISSED)


def _is_kept(asked: MonthlyRatio, sides: Sides, target: Fraction) -> bool:
    """Exactly, and without a division: where the whole is nothing, any part is too much, or enough."""
    return sides.part <= target * sides.whole if asked.at_most else sides.part >= target * sides.whole


def _outlook(asked: MonthlyRatio, sides: Sides, target: Fraction, days: tuple[int, int]) -> Outlook:
    """On course if the promise would be kept by what belongs to the working days gone."""
    gone, total = days
    so_far = Fraction(gone, total) if total else Fraction(1)
    if asked.at_most and asked.grows == "part" and not _is_kept(asked, sides, target):
        return Outlook.LOST
    by_now = replace(
        sides,
        part=sides.part * so_far if asked.grows == "whole" else sides.part,
        whole=sides.whole * so_far if asked.grows == "part" else sides.whole,
    )
    return Outlook.ON_COURSE if _is_kept(asked, by_now, target) else Outlook.AT_RISK


def _blanks_in_words(sides: Sides) -> Message:
    return say_counted(
        "{unknown} of {count} lead does not say enough",
        "{unknown} of {count} leads do not say enough",
        count=sides.among,
        unknown=sides.blank,
    )
