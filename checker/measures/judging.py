"""From counts to verdicts. Every comparison is exact; what is only an estimate stands beside the verdict.

A month that the data does not cover, or of which too much cannot be told, is not measurable. A month that goes on is
open, and has an outlook. Else it is met or missed, or there was nothing to keep.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from checker.logic.pace import pace_of, projection
from checker.logic.statistics import chance_of_missing, too_few_to_tell, wilson_interval
from checker.measures.asked import Verdict
from checker.measures.timeline import Covered
from checker.measures.view import View
from checker.measures.wording import event_in_words, written
from checker.message import Argument, Message, say, say_counted
from checker.quantity import Money, Share
from checker.verdict import Evidence, Outlook, Status

MOST_UNKNOWN = Fraction(3, 10)
"""Over this share of leads that say nothing (silence, blanks, dates without a time) a month is not measurable."""


@dataclass(frozen=True, slots=True)
class Target:
    """What was promised for a month: at least, or at most, this share of the leads."""

    value: Fraction
    at_most: bool = False

    def is_kept_by(self, part: Fraction, whole: Fraction) -> bool:
        """Whether `part` of `whole` keeps it, exactly: 88% is no 90%."""
        return part <= self.value * whole if self.at_most else part >= self.value * whole

    @property
    def least(self) -> Fraction:
        """The share of leads that have to be as they should."""
        return 1 - self.value if self.at_most else self.value

    def misses(self, part: int, whole: int) -> int:
        """How many of the leads are not as they should."""
        return part if self.at_most else whole - part


@dataclass(frozen=True, slots=True)
class ShareCounts:
    """The leads of one promise and month: `part` of `whole` is the share, `waiting` are those that are not due yet.

    Of `asked` leads (the whole, or more where those of whom nothing can be told are no part of it) `cannot_tell` say
    nothing; of `unsure` ones it cannot be told whether they are asked at all. `silent` were counted by silence.
    """

    part: int = 0
    whole: int = 0
    waiting: int = 0
    not_counted: int = 0
    not_owed: int = 0
    cannot_tell: int = 0
    unsure: int = 0
    asked: int = 0
    silent: int = 0


def of_share(verdict: Verdict, counts: ShareCounts, target: Target) -> Verdict:
    """A verdict with the counts of a share written in."""
    has_share = counts.whole > 0
    misses = target.misses(counts.part, counts.whole)
    good = counts.whole - misses
    return replace(
        verdict,
        at_most=target.at_most,
        actual=Fraction(counts.part, counts.whole) if has_share else None,
        target=target.value,
        numerator=Fraction(counts.part),
        denominator=Fraction(counts.whole),
        waiting=counts.waiting,
        not_counted=counts.not_counted,
        not_owed=counts.not_owed,
        cannot_tell=counts.cannot_tell + counts.unsure,
        by_silence=counts.silent,
        interval=wilson_interval(counts.part, counts.whole) if has_share else None,
        evidence=_evidence(good, counts.whole, target.least) if has_share else None,
        missed_by_chance=chance_of_missing(counts.whole, target.least) if has_share else None,
        offender_count=misses,
    )


def _evidence(good: int, whole: int, least: Fraction) -> Evidence:
    return Evidence.TOO_FEW if too_few_to_tell(good, whole, least) else Evidence.CLEAR


def closed_share(verdict: Verdict, counts: ShareCounts, target: Target) -> Verdict:
    """The verdict on a month that is over."""
    if _is_unknown(counts):
        return _unknown(verdict, counts)
    if counts.whole == 0:
        return replace(verdict, status=Status.NO_DATA, why=say("there was nothing to judge"))
    if target.is_kept_by(Fraction(counts.part), Fraction(counts.whole)):
        beside = replace(verdict.beside, unknown_would_break=_hinges_on_unknown(counts, target))
        return replace(verdict, status=Status.MET, why=_share_in_words(counts), beside=beside)
    return replace(verdict, status=Status.MISSED, why=_share_in_words(counts))


def _is_unknown(counts: ShareCounts) -> bool:
    return counts.cannot_tell > MOST_UNKNOWN * counts.asked


def _unknown(verdict: Verdict, counts: ShareCounts) -> Verdict:
    """The verdict on a month of which too many leads say too little."""
    why = say_counted(
        "{unknown} of {count} lead does not say enough",
        "{unknown} of {count} leads do not say enough",
        count=counts.asked,
        unknown=counts.cannot_tell,
    )
    return not_measurable(verdict, why, say("complete dates and times of all leads"))


def _hinges_on_unknown(counts: ShareCounts, target: Target) -> bool:
    """Whether a promise that is kept would be missed, if all that do not say enough had been misses.

    Of a clock they are no part of the whole; of a share they are, and not of the part.
    """
    outside = max(counts.asked - counts.whole, 0) + counts.unsure
    inside = counts.cannot_tell if counts.asked == counts.whole else 0
    worst = counts.part + outside + inside if target.at_most else counts.part
    return not target.is_kept_by(Fraction(worst), Fraction(counts.whole + outside))


def _share_in_words(counts: ShareCounts) -> Message:
    share = Share(Fraction(counts.part, counts.whole))
    return say("{part} of {whole}, or {share}", part=counts.part, whole=counts.whole, share=share)


def open_share(
    verdict: Verdict, counts: ShareCounts, target: Target, days: tuple[int, int], planned: Fraction | None = None
) -> Verdict:
    """The verdict on a month that goes on. `planned` is how many leads the plan expects in it; `days` are the working
    days gone, and all of them.

    Misses are allowed for the leads that the plan expects; without a plan, for as many as come at the rate so far. A
    promise can no longer be kept where the misses are too many even for the most leads that the month may bring
    (decision 0035); it is at risk where they are too many for the leads expected, or for those that were due so far.
    """
    if _is_unknown(counts):
        return _unknown(verdict, counts)
    came = counts.whole + counts.waiting
    gone, total = days
    ahead = projection(came, gone, total) if total else None
    expected = max(planned or (ahead.expected if ahead else Fraction(0)), Fraction(came))
    allowed = math.floor((1 - target.least) * expected)
    misses = target.misses(counts.part, counts.whole)
    outlook = Outlook.ON_COURSE
    if misses and (target.least == 1 or misses > _most_allowed(target, ahead.band if ahead else None, expected)):
        outlook = Outlook.LOST
    elif misses > allowed or not target.is_kept_by(Fraction(counts.part), Fraction(counts.whole)):
        outlook = Outlook.AT_RISK
    why = _room_in_words(misses, allowed, days)
    return replace(verdict, status=Status.OPEN, outlook=outlook, allowed_misses=allowed, why=why)


def _most_allowed(target: Target, band: tuple[int, int] | None, expected: Fraction) -> int | float:
    """How many misses are allowed at most; without an end where nothing is known of how many leads may come."""
    return math.inf if band is None else math.floor((1 - target.least) * max(expected, Fraction(band[1])))


def _room_in_words(misses: int, allowed: int, days: tuple[int, int]) -> Message:
    gone, total = days
    if misses == 0:
        return say("no miss so far, {gone} of {total} working days gone", gone=gone, total=total)
    if allowed == 0:
        return say(
            "{misses} missed where none may be, {gone} of {total} working days gone",
            misses=misses,
            gone=gone,
            total=total,
        )
    if misses > allowed:
        return say(
            "{misses} missed where about {allowed} may be, {gone} of {total} working days gone",
            misses=misses,
            allowed=allowed,
            gone=gone,
            total=total,
        )
    return say(
        "{misses} of about {allowed} allowed misses used, {gone} of {total} working days gone",
        misses=misses,
        allowed=allowed,
        gone=gone,
        total=total,
    )


# ---------------------------------------------------------------- amounts


def of_amount(verdict: Verdict, amount: Fraction, target: Fraction) -> Verdict:
    """A verdict with an amount and its target written in."""
    return replace(verdict, actual=amount, target=target, numerator=amount, denominator=target)


def closed_amount(verdict: Verdict, amount: Fraction, target: Fraction, currency: str | None = None) -> Verdict:
    """The verdict on a month that is over."""
    status = Status.MET if amount >= target else Status.MISSED
    why = say("{amount} of {target}", amount=_worded(amount, currency), target=_worded(target, currency))
    return replace(verdict, status=status, why=why)


def open_amount(
    verdict: Verdict,
    amount: Fraction,
    target: Fraction,
    days: tuple[int, int],
    currency: str | None = None,
    *,
    is_count: bool = False,
) -> Verdict:
    """The verdict on a month that goes on: on course if there is as much as belongs to the working days gone.

    What is counted is counted in whole things: half of one is not expected. While a day remains more may come, so
    that an amount can always still be reached (decision 0034). `is_count` is of leads, which come by themselves.
    """
    gone, total = days
    pace = pace_of(amount, target, gone, total, is_count=is_count) if total else None
    due = pace.expected if pace else target
    due = due if currency else Fraction(math.floor(due))
    outlook = Outlook.ON_COURSE if amount >= due else Outlook.AT_RISK
    why = say(
        "{amount} of {target}; {gone} of {total} working days gone, so it should be {due} by now",
        amount=_worded(amount, currency),
        target=_worded(target, currency),
        due=_worded(due, currency),
        gone=gone,
        total=total,
    )
    return replace(verdict, status=Status.OPEN, outlook=outlook, why=why, beside=replace(verdict.beside, pace=pace))


def _worded(amount: Fraction, currency: str | None) -> Argument:
    return amount if currency is None else Money(amount, currency)


# ---------------------------------------------------------------- what the data does not cover


def not_measurable(verdict: Verdict, why: Message, unlock: Message | None = None) -> Verdict:
    """The verdict on a month of which nothing can be said, and why. Counts stay beside it, a share of them does not."""
    return replace(
        verdict,
        status=Status.NOT_MEASURABLE,
        actual=None,
        interval=None,
        evidence=None,
        missed_by_chance=None,
        offender_count=0,
        why=why,
        unlock=unlock,
    )


def without_counts(verdict: Verdict) -> Verdict:
    """A verdict whose counts would mislead: of a month without data, 0 is not what happened."""
    return replace(
        verdict, numerator=Fraction(0), denominator=Fraction(0), waiting=0, median_seconds=None, p90_seconds=None
    )


def uncovered(verdict: Verdict, view: View, events: Iterable[str]) -> Verdict | None:
    """The verdict on a month that the data of these events does not cover; None where it does.

    A month that goes on is covered if the data begins with it, or before, and has not stopped since.
    """
    month, asked, timeline = verdict.month, list(dict.fromkeys(events)), view.timeline
    if timeline.is_over(month):
        lacking = timeline.lacking(asked, month.first_day, month.last_day)
    else:
        lacking = [event for event in asked if not timeline.goes_on(event, month)]
    if not lacking:
        return None
    is_empty = timeline.covered(lacking, month.first_day, month.last_day) is Covered.NONE
    unlock = say("{names} for whole months", names=written(lacking))
    found = not_measurable(verdict, _lack(lacking[0], view, is_empty=is_empty), unlock)
    return without_counts(found) if is_empty else found


def _lack(event: str, view: View, *, is_empty: bool) -> Message:
    """What the data does not hold of a month."""
    events, coverage = event_in_words(event, view.agreement), view.timeline.coverage.get(event)
    if coverage is None:
        return say("the data holds no {events}", events=events)
    if is_empty:
        return say(
            "the data holds {events} from {first} to {last}, and none of this month",
            events=events,
            first=coverage.first,
            last=coverage.last,
        )
    return say(
        "the data holds {events} from {first} to {last}, which is only a part of this month",
        events=events,
        first=coverage.first,
        last=coverage.last,
    )
