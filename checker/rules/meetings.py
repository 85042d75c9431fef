"""Meetings: who comes, how often, about what, and whether anybody works at that time."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.cooperation import Meeting, OtherTopic
from checker.agreement.scalars import WEEKDAYS, Cadence, Hours
from checker.finding import At, Because, Path, Problem, Severity
from checker.message import Message, Written, all_of, any_of, say
from checker.quantity import Duration, Unit
from checker.rules.names import SIDES, Names
from checker.rules.rule import rule

WEEKS_A_MONTH = Fraction(52, 12)
DAYS_A_MONTH = Fraction(365, 12)


@rule(
    "SLA601",
    "Something that no meeting talks about",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        handoff: {stage: mql, channel: The queue}
        targets:
          mql:
            all:
              2027-01 to 2027-03: 80
        meetings:                        # SLA601
          weekly:
            every: week
            who: [marketing, sales]
            topics: [volume, targets]
        """,
    good="""
        handoff: {stage: mql, channel: The queue}
        targets:
          mql:
            all:
              2027-01 to 2027-03: 80
        meetings:
          weekly:
            every: week
            who: [marketing, sales]
            topics: [targets, returned leads, new objections, wins]
        """,
)
def unspoken_topic(agreement: Agreement) -> Iterator[Problem]:
    """
    Four things keep an agreement alive, and each needs a meeting at which it is talked about: the leads that came back
    and why, the objections that sellers hear, the targets, and what was won together.

    Leads that come back and objections are asked for where leads are handed over, targets where there are some. A topic
    of your own (`other: …`) counts where it holds the same words.
    """
    sections = agreement.sections
    if not sections.meetings:
        return
    talked = [_topic(topic) for meeting in sections.meetings.values() for topic in meeting.topics]
    wanted = []
    if sections.handoff is not None or sections.return_reasons:
        wanted.append("returned leads")
    if sections.handoff is not None or sections.objections:
        wanted.append("new objections")
    if sections.targets or sections.plan is not None:
        wanted.append("targets")
    wanted.append("wins")
    missing = [topic for topic in wanted if not any(topic in words for words in talked)]
    if missing:
        yield Problem(
            At(("meetings",), "key"),
            say("no meeting talks about {topics}", topics=any_of(missing)),
            note=say("add to the {topics} of a meeting: {missing}", topics=Written("topics"), missing=all_of(missing)),
        )


def _topic(topic: str | OtherTopic) -> str:
    return topic.other.casefold() if isinstance(topic, OtherTopic) else topic


@rule(
    "SLA602",
    "A joint meeting without one of the teams",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        meetings:
          weekly:
            every: week
            who: [marketing]             # SLA602
            topics: [wins]
        """,
    good="""
        meetings:
          weekly:
            every: week
            who: [marketing, sales]
            topics: [wins]
        """,
)
def one_team_alone(agreement: Agreement) -> Iterator[Problem]:
    """
    What one team decides alone, the other one hears of later, and does not feel bound by. Each meeting of the agreement
    has somebody of marketing and somebody of sales: the team, or people of it. Meetings of one team need no agreement.
    """
    people = agreement.sections.people or {}
    known = {*Names(agreement).teams, *people}
    for name, meeting in (agreement.sections.meetings or {}).items():
        teams = {people[who].team if who in people else who for who in meeting.who}
        missing = [side for side in SIDES if side not in teams]
        # a name that is not known has a finding of its own, and may be of the team that seems to be missing
        if missing and known.issuperset(meeting.who):
            yield Problem(
                At(("meetings", name, "who")),
                say("nobody of {teams} comes to this meeting", teams=any_of(missing)),
                note=say("add {teams}, or leave out a meeting that is not joint", teams=all_of(missing)),
            )


JUDGED_BY_MONTH = ("volume", "targets", "missed promises", "returned leads", "late first contacts")
"""Topics that have a new verdict every month."""


@rule(
    "SLA603",
    "A meeting rarer than what it is about",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        meetings:
          yearly:
            every: 12 months                               # because
            who: [marketing, sales]
            topics: [wins, missed promises]                # SLA603
        """,
    good="""
        meetings:
          monthly:
            every: month
            who: [marketing, sales]
            topics: [missed promises]
          yearly:
            every: 12 months
            who: [marketing, sales]
            topics: [wins]
        """,
)
def rare_meeting(agreement: Agreement) -> Iterator[Problem]:
    """
    A promise that was missed in January and is talked about in December was missed eleven times more. Targets, volume,
    promises, late first contacts and returned leads are judged by the month, so a meeting about them comes at least
    once a month. Personas and criteria are talked about as often as they are to be reviewed, next targets before the
    plan ends.

    Of several meetings about one topic the most frequent one counts.
    """
    often: dict[str, tuple[Fraction, str, int]] = {}
    meetings = agreement.sections.meetings or {}
    for name, meeting in meetings.items():
        for index, topic in enumerate(meeting.topics):
            if isinstance(topic, str):
                entry = (_months(meeting.every), name, index)
                often[topic] = min(often.get(topic, entry), entry)
    too_rare: dict[tuple[str, str, str], list[tuple[int, str, Wanted]]] = {}
    for said, (months, name, index) in often.items():
        wanted = _wanted(agreement, said)
        if wanted is not None and months > wanted[0]:
            reason = wanted[1]
            too_rare.setdefault((name, reason.text, str(reason.arguments)), []).append((index, said, wanted))
    for (name, *_), topics in too_rare.items():
        index, _, (_, reason, _) = topics[0]
        paths = dict.fromkeys(path for _, _, wanted in topics for path in wanted[2])
        every = meetings[name].every
        yield Problem(
            At(("meetings", name, "topics", index)),
            say(
                "{topics}: talked about every {often}, {reason}",
                topics=all_of([said for _, said, _ in topics]),
                often=Duration(every.count, Unit(f"{every.unit}s")),
                reason=reason,
            ),
            note=say("put it on the agenda of a more frequent meeting"),
            because=tuple(Because(At(path)) for path in (("meetings", name, "every"), *paths)),
        )


Wanted = tuple[Fraction, Message, tuple[Path, ...]]
"""In how many months a topic comes up at least once, why, and where that is written."""


def _wanted(agreement: Agreement, topic: str) -> Wanted | None:
    sections = agreement.sections
    if topic in JUDGED_BY_MONTH:
        return Fraction(1), say("but judged every month"), ()
    if topic == "next targets" and sections.plan is not None:
        length = len(sections.plan.months)
        return Fraction(length), say("but the plan ends before that"), (("plan", "months"),)
    reviewed = {"personas": sections.personas, "backtest of the criteria": sections.groups}.get(topic) or {}
    spans: list[tuple[Fraction, Duration, Path]] = []
    for name, entry in reviewed.items():
        if entry.built_from is not None and entry.built_from.review_every is not None:
            every = entry.built_from.review_every
            section = "personas" if topic == "personas" else "groups"
            spans.append((_span(every), every, (section, name, "built_from", "review_every")))
    if not spans:
        return None
    shortest = min(spans, key=lambda span: span[0])
    return shortest[0], say("but to be reviewed every {span}", span=shortest[1]), (shortest[2],)


def _months(every: Cadence) -> Fraction:
    # four weeks are a month to everybody who plans meetings
    return Fraction(every.count) if every.unit == "month" else Fraction(every.count) / WEEKS_A_MONTH


def _span(every: Duration) -> Fraction:
    a_month = {Unit.MONTHS: Fraction(1), Unit.WEEKS: WEEKS_A_MONTH, Unit.DAYS: DAYS_A_MONTH}
    return Fraction(every.count) / a_month[every.unit]


@rule(
    "SLA604",
    "A meeting when nobody works",
    severity=Severity.WARNING,
    since="0.1",
    needs=("working_time",),
    bad="""
        working_time:
          office:
            timezone: Europe/Warsaw
            days: Monday to Friday       # because
            hours: "08:00 to 16:00"
        meetings:
          weekly:
            every: week
            on: Saturday                 # SLA604
            at: "09:30"
            who: [marketing, sales]
            topics: [wins]
        """,
    good="""
        working_time:
          office:
            timezone: Europe/Warsaw
            days: Monday to Friday
            hours: "08:00 to 16:00"
        meetings:
          weekly:
            every: week
            on: Monday
            at: "09:30"
            who: [marketing, sales]
            topics: [wins]
        """,
)
def meeting_outside_work(agreement: Agreement) -> Iterator[Problem]:
    """
    A meeting on a day that no working time has is put off to the next working day, every time; one after closing time
    is held without those who went home. The rule compares day and time with all working times of the agreement, and
    reports a meeting that fits none.
    """
    calendars = agreement.sections.working_time or {}
    weeks = [calendar.week() for calendar in calendars.values()]
    if not weeks:
        return
    first = next(iter(calendars))
    for name, meeting in (agreement.sections.meetings or {}).items():
        day = _weekday(meeting)
        working = [week for week in weeks if day is None or week.get(day)]
        if not working:
            at, message = "on", say("nobody works on a {day}", day=Written(WEEKDAYS[day or 0]))
            where = "days" if calendars[first].days is not None else "hours"
        elif meeting.at is not None and not any(_is_open(week, day, meeting) for week in working):
            at, message = "at", say("nobody works at {time}", time=Written(meeting.at.strftime("%H:%M")))
            where = "hours" if calendars[first].hours is not None else "days"
        else:
            continue
        yield Problem(
            At(("meetings", name, at)),
            message,
            note=say("choose a time that the working times have"),
            because=(Because(At(("working_time", first, where)), say("the working time {name}", name=Written(first))),),
        )


def _weekday(meeting: Meeting) -> int | None:
    return None if meeting.on is None else WEEKDAYS.index(meeting.on.rpartition(" ")[2])


def _is_open(week: dict[int, tuple[Hours, ...]], day: int | None, meeting: Meeting) -> bool:
    if meeting.at is None:
        return True
    seconds = meeting.at.hour * 3600 + meeting.at.minute * 60
    # a shift that began the day before may still be open
    for number in range(7) if day is None else (day,):
        today = [(shift.opens, shift.closes) for shift in week.get(number, ())]
        before = [(shift.opens - 86400, shift.closes - 86400) for shift in week.get((number - 1) % 7, ())]
        if any(opens <= seconds < closes for opens, closes in (*today, *before)):
            return True
    return False


@rule(
    "SLA605",
    "Two meetings at the same time",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        meetings:
          weekly:
            every: week
            on: Monday                   # because
            at: "09:30"
            who: [marketing, sales]
            topics: [wins]
          monthly:
            every: month
            on: first Monday             # SLA605
            at: "09:30"
            who: [marketing, sales]
            topics: [improvements]
        """,
    good="""
        meetings:
          weekly:
            every: week
            on: Monday
            at: "09:30"
            who: [marketing, sales]
            topics: [wins]
          monthly:
            every: month
            on: first Monday
            at: "10:00"
            who: [marketing, sales]
            topics: [improvements]
        """,
)
def meetings_at_one_time(agreement: Agreement) -> Iterator[Problem]:
    """
    Nobody can be at two meetings at once: one of the two will be left out, each time another one, and `meetings_held`
    counts it as missed. The rule reports two meetings that begin at the same time on a day that both may fall on, and
    to which the same people go.
    """
    members: dict[str, list[str]] = {}
    for person, entry in (agreement.sections.people or {}).items():
        members.setdefault(entry.team, []).append(person)
    taken: dict[tuple[int, object, str, str], str] = {}
    for name, meeting in (agreement.sections.meetings or {}).items():
        day = _weekday(meeting)
        if day is None or meeting.at is None:
            continue
        ordinal = meeting.on.rpartition(" ")[0] if meeting.on and meeting.every.unit == "month" else ANY_WEEK
        if meeting.every.unit == "month" and not ordinal:
            ordinal = "first"
        coming = {person for who in meeting.who for person in (who, *members.get(who, ()))}
        other = next(
            (
                taken[day, meeting.at, person, week]
                for person in sorted(coming)
                for week in MAY_MEET.get(ordinal, (*ORDINALS, ANY_WEEK))
                if (day, meeting.at, person, week) in taken
            ),
            None,
        )
        if other is not None:
            yield Problem(
                At(("meetings", name, "on")),
                say(
                    "this meeting and {other} are at the same time, with the same people",
                    other=Written(other),
                ),
                note=say("move one of them, or let the rarer one take the place of the other for good"),
                because=(Because(At(("meetings", other, "on"))),),
            )
        for person in coming:
            taken.setdefault((day, meeting.at, person, ordinal), name)


ORDINALS = ("first", "second", "third", "fourth", "last")
ANY_WEEK = "any"
MAY_MEET: dict[str, tuple[str, ...]] = {
    **{ordinal: (ordinal, ANY_WEEK) for ordinal in ("first", "second", "third")},
    "fourth": ("fourth", "last", ANY_WEEK),
    "last": ("fourth", "last", ANY_WEEK),
}
"""The weeks of a month that may be the same one."""
