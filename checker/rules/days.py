"""Days that contradict each other, and days that have passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from checker.agreement import Agreement
from checker.agreement.fields import Grounds
from checker.finding import At, Because, Path, Problem, Severity
from checker.message import Message, Written, say
from checker.quantity import Duration, Month, Unit
from checker.rules.rule import TODAY, rule


@rule(
    "SLA701",
    "Days in the wrong order",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        people:
          helena: {name: Helena, team: marketing}
        log:
          improvements:
            - what: Ask for the phone number at the stand
              on: 2027-02-03                               # because
              by: helena
              due: 2027-01-20                              # SLA701
        release:
          version: "2027.1"
          valid_from: 2027-01-01                           # because
          renew_by: 2026-06-30                             # SLA701
          signed_by:
            - {who: helena, team: marketing, on: 2027-02-10}   # SLA701
        """,
    good="""
        people:
          helena: {name: Helena, team: marketing}
        log:
          improvements:
            - what: Ask for the phone number at the stand
              on: 2027-02-03
              by: helena
              due: 2027-03-20
        release:
          version: "2027.1"
          valid_from: 2027-01-01
          renew_by: 2027-06-30
          signed_by:
            - {who: helena, team: marketing, on: 2026-12-10}
        """,
)
def days_in_wrong_order(agreement: Agreement) -> Iterator[Problem]:
    """
    An agreement is signed before it holds and renewed after that; what follows from a meeting is due after it. Where
    the days say the opposite, one of them is a slip, and what is counted from it is wrong: which text governs a lead,
    what is overdue.
    """
    for at, other, message in _out_of_order(agreement):
        yield Problem(At(at), message, because=(Because(At(other)),))


def _out_of_order(agreement: Agreement) -> Iterator[tuple[Path, Path, Message]]:
    """The day that is wrong, the one that it contradicts, and what to say."""
    sections = agreement.sections
    release = sections.release
    valid = ("release", "valid_from")
    if release is not None and release.renew_by is not None and release.renew_by < release.valid_from:
        yield ("release", "renew_by"), valid, say("this agreement is to be renewed before it holds")
    for index, signature in enumerate((release.signed_by if release else None) or ()):
        if release is not None and signature.on > release.valid_from:
            message = say("{person} signed after the agreement began to hold", person=_person(agreement, signature.who))
            yield ("release", "signed_by", index, "on"), valid, message
    for kind, entries in (sections.log or {}).items():
        for index, entry in enumerate(entries):
            if entry.due is not None and entry.due < entry.on:
                path = ("log", kind, index)
                yield (*path, "due"), (*path, "on"), say("this was due before it was agreed")


def _person(agreement: Agreement, name: str) -> str:
    person = (agreement.sections.people or {}).get(name)
    return agreement.text(person.name if person else None, name)


@rule(
    "SLA702",
    "A review that is overdue",
    severity=Severity.WARNING,
    since="0.1",
    needs=(TODAY,),
    bad="""
        personas:
          director:
            name: Director
            built_from:
              interviews: 5
              last_review: 2026-06-01          # SLA702
              review_every: 6 months           # because
        value_propositions:
          payback: {say: It pays back in a year, for: director, proof: Figures of 9 customers}
        """,
    good="""
        personas:
          director:
            name: Director
            built_from:
              interviews: 5
              last_review: 2026-11-20
              review_every: 6 months
        value_propositions:
          payback: {say: It pays back in a year, for: director, proof: Figures of 9 customers}
        """,
)
def overdue_review(agreement: Agreement, today: date) -> Iterator[Problem]:
    """
    Buyers change, and a persona or the picture of the ideal customer that nobody looked at again describes those of
    last year. The agreement says how often they are reviewed; here that time has passed. After the review, write its
    day under `last_review`. A review in the future is a slip of the pen.
    """
    for path, grounds in _grounds(agreement):
        if grounds.last_review is None:
            continue
        at = At((*path, "last_review"))
        if grounds.last_review > today:
            yield Problem(at, say("the last review cannot be after today, {today}", today=today))
        elif grounds.review_every is not None:
            due = after(grounds.last_review, grounds.review_every)
            if due < today:
                yield Problem(
                    at,
                    say("this was to be reviewed again by {due}", due=due),
                    because=(Because(At((*path, "review_every"))),),
                )


def _grounds(agreement: Agreement) -> Iterator[tuple[Path, Grounds]]:
    sections = agreement.sections
    for section, entries in (("groups", sections.groups), ("personas", sections.personas)):
        for name, entry in (entries or {}).items():
            if entry.built_from is not None:
                yield (section, name, "built_from"), entry.built_from


def after(day: date, span: Duration) -> date:
    """The day that comes so long after another one; a month later is the same day of the month, or its last.

    The last day of all where the calendar ends before.
    """
    try:
        if span.unit is Unit.MONTHS:
            month = Month.of(day) + span.count
            return date(month.year, month.number, min(day.day, month.last_day.day))
        return day + timedelta(days=span.count * (7 if span.unit is Unit.WEEKS else 1))
    except (ValueError, OverflowError):
        return date.max


@rule(
    "SLA703",
    "An agreement that has run out",
    severity=Severity.WARNING,
    since="0.1",
    needs=(TODAY,),
    bad="""
        release:
          version: "2026.2"
          valid_from: 2026-07-01
          renew_by: 2026-12-31         # SLA703
        """,
    good="""
        release:
          version: "2027.1"
          valid_from: 2027-01-01
          renew_by: 2027-06-30
        """,
)
def agreement_ran_out(agreement: Agreement, today: date) -> Iterator[Problem]:
    """
    Both teams agreed to renew this agreement by a day that has passed. What is promised in it still stands, but
    nobody has said so since: meet, look at the numbers, and release a new version.
    """
    release = agreement.sections.release
    if release is not None and release.renew_by is not None and release.valid_from <= release.renew_by < today:
        yield Problem(
            At(("release", "renew_by")),
            say("this agreement was to be renewed by {day}", day=release.renew_by),
            note=say("renew it together, then release a new version"),
        )


MONTHS_ON_TRIAL = 12


@rule(
    "SLA704",
    "A trial that should have ended",
    severity=Severity.WARNING,
    since="0.1",
    needs=(TODAY,),
    bad="""
        people:
          bruno: {name: Bruno, team: sales}
        channels:
          articles: {team: marketing}
          radio:
            team: marketing
            since: 2025-10             # because
            status: trial              # SLA704
        processes:
          prospecting:
            team: sales
            pilot: [bruno]
            pilot_until: 2027-02-28    # SLA704
        """,
    good="""
        people:
          bruno: {name: Bruno, team: sales}
        channels:
          articles: {team: marketing}
          radio:
            team: marketing
            since: 2026-10
            status: trial
        processes:
          prospecting:
            team: sales
            pilot: [bruno]
            pilot_until: 2027-06-30
        """,
)
def trial_ran_out(agreement: Agreement, today: date) -> Iterator[Problem]:
    """
    A pilot or a trial is there to be decided on. Where its last day has passed, decide: everybody does it from now on,
    nobody does, or the trial goes on until another day. A channel is on trial for a year at most.
    """
    for name, process in (agreement.sections.processes or {}).items():
        if process.pilot_until is not None and process.pilot_until < today:
            yield Problem(
                At(("processes", name, "pilot_until")),
                say("this pilot ended on {day}", day=process.pilot_until),
                note=say("decide whether everybody does it now, or nobody, or how long it goes on"),
            )
    for name, channel in agreement.channels.items():
        if channel.status == "trial" and channel.since is not None:
            since = Month.parse(channel.since[: len("2025-10")])
            if Month.of(today) - since > MONTHS_ON_TRIAL:
                yield Problem(
                    At(("channels", name, "status")),
                    say("this channel has been on trial since {month}", month=since),
                    note=say("decide whether to keep it"),
                    because=(Because(At(("channels", name, "since"))),),
                )


@rule(
    "SLA705",
    "A pilot without an end",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        people:
          bruno: {name: Bruno, team: sales}
        processes:
          prospecting:
            team: sales
            pilot: [bruno]             # SLA705
        """,
    good="""
        people:
          bruno: {name: Bruno, team: sales}
        processes:
          prospecting:
            team: sales
            pilot: [bruno]
            pilot_until: 2027-06-30
        """,
)
def pilot_without_end(agreement: Agreement) -> Iterator[Problem]:
    """
    A few people try something first, so that the others can decide whether to do it too. Without a last day nobody
    decides, and the few go on alone. Write the day under `pilot_until`.
    """
    plan = agreement.sections.plan
    until = "…" if plan is None else plan.months.last.last_day.isoformat()
    for name, process in (agreement.sections.processes or {}).items():
        if process.pilot is not None and process.pilot_until is None:
            yield Problem(
                At(("processes", name, "pilot"), "key"),
                say("nothing says when this pilot ends"),
                note=say("add {line}", line=Written(f"pilot_until: {until}")),
            )
