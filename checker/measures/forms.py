"""The forms in which measures ask: which numbers each needs of the leads, and its verdicts month by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from checker.agreement import Promise
from checker.funnel.counts import TallyCounts
from checker.logic.aggregate import (
    Aggregate,
    CannotTell,
    Every,
    Fact,
    Matured,
    OnDays,
    Opposite,
    Reached,
    Surely,
    Tally,
    count,
)
from checker.logic.calendar import OutsideCalendar
from checker.logic.clock import deadline
from checker.measures.asked import CohortShare, MonthlyAmount, MonthlyShare, Noted, Snapshot, Verdict
from checker.measures.judging import (
    MOST_UNKNOWN,
    ShareCounts,
    Target,
    closed_amount,
    closed_share,
    not_measurable,
    of_amount,
    of_share,
    open_amount,
    open_share,
    uncovered,
    without_counts,
)
from checker.measures.timeline import Timeline
from checker.measures.view import View, spared_by
from checker.measures.warning import WINDOWS, window_begins
from checker.measures.wording import event_in_words, written
from checker.message import say, say_counted
from checker.quantity import Duration, Month, Period
from checker.verdict import Status

PART, DUE_PART, WHOLE, SPARED, UNKNOWN, SILENT, DUE, AMOUNT, BLANK = (
    "part",
    "part due",
    "whole",
    "spared",
    "unknown",
    "silent",
    "due",
    "amount",
    "blank",
)


def tally_of(promise: Promise, asked: MonthlyShare | MonthlyAmount | CohortShare | Snapshot, view: View) -> Tally:
    """The numbers that a form needs of the leads; exceptions that both sides agreed on are in none but their own."""
    moment = asked.start if isinstance(asked, CohortShare) else None if isinstance(asked, Snapshot) else asked.by
    spared = view.spared(promise.id, moment) if moment is not None else None
    each = view.exceptions(promise.id) if spared is not None else ()
    in_it: tuple[Fact, ...] = () if spared is None else (Opposite(spared),)
    of = view.about_whom(promise, moment) if isinstance(asked, CohortShare) else asked.of
    about: tuple[Fact, ...] = in_it if of is None else (*in_it, Surely(of))

    def counted(*facts: Fact) -> Aggregate:
        return count(Every((*about, *facts)))

    def left_out(fact: Fact | None) -> dict[str, Aggregate]:
        return {} if fact is None else {SPARED: count(Every((fact,) if of is None else (fact, Surely(of))))}

    numbers = left_out(spared)
    if len(each) > 1 and moment is not None:
        alone = enumerate(spared_by([exception], moment) for exception in each)
        numbers |= {spared_alone(place): number for place, fact in alone for number in left_out(fact).values()}
    match asked:
        case MonthlyShare() | Snapshot():
            numbers |= {WHOLE: counted(), PART: counted(asked.kept), UNKNOWN: counted(CannotTell(asked.kept))}
            if isinstance(asked, MonthlyShare) and asked.silent is not None:
                numbers[SILENT] = counted(asked.silent)
            if isinstance(asked, MonthlyShare):
                for days in WINDOWS:
                    if since := window_begins(view.timeline, days):
                        inside = OnDays(asked.by, since, view.timeline.today)
                        numbers |= {recent_whole(days): counted(inside)}
                        numbers |= {recent_part(days): counted(inside, asked.kept)}
        case MonthlyAmount():
            numbers |= {WHOLE: counted(), AMOUNT: replace(asked.amount, condition=Every(about))}
            if asked.blank is not None:
                numbers[BLANK] = counted(*(() if asked.blank.condition is None else (asked.blank.condition,)))
        case CohortShare():
            matured = Matured(asked.start, asked.within)
            reached = Reached(asked.start, asked.stop, asked.within)
            numbers |= {WHOLE: counted(), PART: counted(reached)}
            numbers |= {DUE: counted(matured), DUE_PART: counted(matured, reached)}
    if isinstance(asked, MonthlyShare):
        return Tally(moment, numbers, _offending(asked, about), asked.rows)
    return Tally(moment, numbers)


def spared_alone(place: int) -> str:
    """The number of leads that one of several exceptions leaves out; `place` is its place among the promise's."""
    return f"{SPARED} {place}"


def recent_whole(days: int) -> str:
    """The number of leads that a share is about, of the last working days."""
    return f"{WHOLE} of {days} days"


def recent_part(days: int) -> str:
    """The number of those that are as promised."""
    return f"{PART} of {days} days"


def _offending(asked: MonthlyShare, about: tuple[Fact, ...]) -> Fact:
    """The leads that a share is about and that are not as promised."""
    return Every((*about, Surely(asked.kept) if asked.at_most else Opposite(Surely(asked.kept))))


# ---------------------------------------------------------------- shares


def judge_share(promise: Promise, asked: MonthlyShare, counts: TallyCounts, view: View) -> list[Verdict]:
    """The verdicts on a share by month."""
    share = view.target(promise)
    if share is None:
        return []
    target = Target(share, asked.at_most)
    timeline, found = view.timeline, []
    for month in view.months(asked.needs.events):
        shares = _share_counts(counts, month)
        verdict = of_share(_verdict(promise, month, view, asked.needs.events), shares, target)
        verdict = replace(verdict, first_offenders=counts.first.get(month, ()))
        lacking = uncovered(verdict, view, asked.needs.events)
        if lacking is not None:
            found.append(lacking)
        elif shares.silent > MOST_UNKNOWN * shares.whole:
            found.append(_too_silent(verdict, shares))
        elif not timeline.is_over(month):
            found.append(open_share(verdict, shares, target, timeline.days_gone(month)))
        else:
            found.append(closed_share(verdict, shares, target))
    return found


def _share_counts(counts: TallyCounts, month: Month | None) -> ShareCounts:
    numbers = {name: int(number) for name, number in counts.month(month).items()}
    whole = numbers.get(WHOLE, 0)
    return ShareCounts(
        part=numbers.get(PART, 0),
        whole=whole,
        not_counted=numbers.get(SPARED, 0),
        cannot_tell=numbers.get(UNKNOWN, 0),
        asked=whole,
        silent=numbers.get(SILENT, 0),
    )


def _too_silent(verdict: Verdict, shares: ShareCounts) -> Verdict:
    why = say_counted(
        "{silent} of {count} was counted by silence",
        "{silent} of {count} were counted by silence",
        count=shares.whole,
        silent=shares.silent,
    )
    return not_measurable(verdict, why, say("decisions on more leads"))


def judge_snapshot(promise: Promise, asked: Snapshot, counts: TallyCounts, view: View) -> list[Verdict]:
    """The verdict on a share as at the cut-off, in the month of the cut-off."""
    share = view.target(promise)
    if share is None:
        return []
    shares = _share_counts(counts, None)
    verdict = of_share(_verdict(promise, view.timeline.month, view, asked.needs.events), shares, Target(share))
    return [closed_share(verdict, shares, Target(share))]


# ---------------------------------------------------------------- cohorts


def judge_cohort(promise: Promise, asked: CohortShare, counts: TallyCounts, view: View) -> list[Verdict]:
    """The verdicts on a rate by the month in which the leads entered."""
    timeline, found = view.timeline, []
    events = (asked.start, asked.stop)
    for month in view.months([asked.start]):
        share = asked.target(month)
        if share is None:
            continue
        numbers = {name: int(number) for name, number in counts.month(month).items()}
        whole, due = numbers.get(WHOLE, 0), numbers.get(DUE, 0)
        shares = ShareCounts(
            part=numbers.get(DUE_PART, 0), whole=due, waiting=whole - due, not_counted=numbers.get(SPARED, 0)
        )
        judged_on = judging_day(asked.within, month, timeline)
        is_due = judged_on is not None and timeline.is_over(month) and timeline.has_passed(judged_on)
        if is_due:
            shares = replace(shares, part=numbers.get(PART, 0), whole=whole, waiting=0)
        verdict = of_share(_verdict(promise, month, view, events), shares, Target(share))
        verdict = replace(verdict, judged_on=judged_on)
        lacking = _uncovered_cohort(verdict, asked, judged_on if is_due else None, view)
        if lacking is not None:
            found.append(lacking)
        elif is_due:
            found.append(closed_share(verdict, shares, Target(share)))
        else:
            found.append(_young(verdict, shares, Target(share), view))
    return found


def judging_day(within: Duration, month: Month, timeline: Timeline) -> date | None:
    """The day on which the youngest possible member of a month has had its time; None if that is far ahead."""
    calendar = timeline.calendar
    try:
        last = calendar.midnight(month.last_day + timedelta(days=1)) - 1
        return calendar.local_date(deadline(calendar, last, within))
    except OutsideCalendar:
        return None


def _uncovered_cohort(verdict: Verdict, asked: CohortShare, judged_on: date | None, view: View) -> Verdict | None:
    """Both events must be covered in the month itself, and what is reached until the day of judging."""
    lacking = uncovered(verdict, view, [asked.start])
    if lacking is not None:
        return lacking
    month, coverage = verdict.month, view.timeline.coverage.get(asked.stop)
    last = judged_on or max(month.first_day, min(month.last_day, coverage.last if coverage else month.last_day))
    if not view.timeline.lacking([asked.stop], month.first_day, last):
        return None
    events = event_in_words(asked.stop, view.agreement)
    if coverage is None:
        return without_counts(not_measurable(verdict, say("the data holds no {events}", events=events)))
    why = say(
        "the data holds {events} from {begin} to {end}, and these leads needed them from {first} to {last}",
        events=events,
        begin=coverage.first,
        end=coverage.last,
        first=month.first_day,
        last=last,
    )
    unlock = say("{names} for whole months", names=written([asked.stop]))
    return without_counts(not_measurable(verdict, why, unlock))


def _young(verdict: Verdict, shares: ShareCounts, target: Target, view: View) -> Verdict:
    """A cohort some of whose members still have time; those who have had theirs tell the outlook."""
    found = open_share(verdict, shares, target, view.timeline.days_gone(verdict.month))
    if shares.whole == 0:
        return replace(
            found,
            why=say_counted("{count} lead still has time", "{count} leads still have time", count=shares.waiting),
        )
    why = say_counted(
        "{part} of {due} went on in time; {count} still has time",
        "{part} of {due} went on in time; {count} still have time",
        count=shares.waiting,
        part=shares.part,
        due=shares.whole,
    )
    return replace(found, why=why)


# ---------------------------------------------------------------- amounts


def judge_amount(promise: Promise, asked: MonthlyAmount, counts: TallyCounts, view: View) -> list[Verdict]:
    """The verdicts on a count or a sum by month; months for which nothing is promised have none."""
    timeline, found = view.timeline, []
    currency = view.agreement.currency if asked.unit == "money" else None
    for month in view.months(asked.needs.events):
        target = asked.target(month)
        if target is None:
            continue
        numbers = counts.month(month)
        amount, blank = numbers.get(AMOUNT, Fraction(0)), int(numbers.get(BLANK, 0))
        verdict = of_amount(_verdict(promise, month, view, asked.needs.events), amount, target)
        verdict = replace(verdict, unit=asked.unit, not_counted=int(numbers.get(SPARED, 0)), cannot_tell=blank)
        lacking = uncovered(verdict, view, asked.needs.events)
        if lacking is not None:
            found.append(lacking)
        elif blank > MOST_UNKNOWN * numbers.get(WHOLE, Fraction(0)):
            why = say_counted("{count} lead has no amount", "{count} leads have no amount", count=blank)
            found.append(not_measurable(verdict, why, say("amounts of all leads that were won")))
        elif timeline.is_over(month):
            found.append(closed_amount(verdict, amount, target, currency))
        else:
            days = timeline.days_gone(month)
            found.append(open_amount(verdict, amount, target, days, currency, is_count=asked.unit == "leads"))
    return found


# ---------------------------------------------------------------- what people wrote down


def judge_noted(promise: Promise, asked: Noted, view: View) -> list[Verdict]:
    """The verdicts on what was written down, by month, from the first entry of any list to the cut-off."""
    timeline, found = view.timeline, []
    begin = max(Month.of(asked.first), view.since or Month.of(asked.first))
    for month in Period(begin, timeline.month) if begin <= timeline.month else ():
        verdict = replace(_verdict(promise, month, view, ()), unit=asked.unit)
        planned, done = asked.planned(month), asked.done.get(month, 0)
        is_over = timeline.is_over(month)
        if month > Month.of(asked.last) + (0 if is_over else 1):
            why = say("nothing was written down in the log after {day}", day=asked.last)
            found.append(not_measurable(verdict, why, say("entries in the log of each month")))
        elif planned is None:
            continue
        elif asked.unit == "share":
            found.append(_noted_share(verdict, asked.share, done, int(planned), view))
        elif is_over:
            found.append(closed_amount(of_amount(verdict, Fraction(done), planned), Fraction(done), planned))
        else:
            verdict, days = of_amount(verdict, Fraction(done), planned), timeline.days_gone(month)
            found.append(open_amount(verdict, Fraction(done), planned, days))
    return found


def _noted_share(verdict: Verdict, share: Fraction, done: int, planned: int, view: View) -> Verdict:
    shares, target = ShareCounts(part=done, whole=planned), Target(share)
    verdict = replace(of_share(verdict, shares, target), interval=None, evidence=None, missed_by_chance=None)
    if view.timeline.is_over(verdict.month):
        return closed_share(verdict, shares, target)
    return open_share(verdict, shares, target, view.timeline.days_gone(verdict.month), Fraction(planned))


def _verdict(promise: Promise, month: Month, view: View, events: Iterable[str]) -> Verdict:
    """A verdict still without one, of a promise and month."""
    return Verdict(promise.id, month, Status.OPEN, "share", about=view.is_about(events))
