"""The story of one lead for programs: `lead/v1`, whose schema is published in `schema/lead.json`."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from pydantic import Field

from checker.logic.aggregate import State
from checker.logic.closed_time import Closing
from checker.measures.asked import Verdict
from checker.measures.story import ClockStory, Happening
from checker.record import Number, Record, number_of
from checker.report.leads_json import RouteRecord
from checker.report.story_words import StoryWords, counted_as
from checker.verdict import Status


class HappeningRecord(Record):
    """Something that happened to the lead."""

    event: str
    at: datetime
    only_the_day: bool = Field(default=False, description="True where the time of the day is not known")
    place: str | None = Field(default=None, description="File and line of the data, where known")
    stand_in: str | None = Field(default=None, description="The event that this one is only read off")
    says: dict[str, str] = Field(default={}, description="What the line of a log says beside")


class SkippedRecord(Record):
    """A stretch that the clock skipped."""

    begin: datetime
    end: datetime
    why: Closing
    holidays: dict[date, str | None] = Field(default={}, description="Each with its name, where it is known")


class ClockRecord(Record):
    """The lead on one clock."""

    promise: str = Field(description="The promise, or the rung that judged it")
    owed_by: Literal["marketing", "sales", "both"]
    again: bool = Field(default=False, description="True for a second handoff, which stands beside")
    starts: str
    stops: str
    start: datetime
    stop: datetime | None = None
    within: str
    deadline: datetime | None = None
    used_seconds: int | None = Field(default=None, description="Of working time where the deadline is in it")
    business_time: bool = False
    working_time: str | None = Field(default=None, description="The name of the working time")
    skipped: tuple[SkippedRecord, ...] = ()
    state: State
    month: str | None = Field(default=None, description="The month of the deadline")
    why: tuple[str, ...] = ()
    file: str | None = None
    line: int | None = Field(default=None, description="The line of the agreement that decided")
    version: str = Field(default="draft", description="The version in force at the start, or `draft`")


class CountedRecord(Record):
    """The lead in a promise that counts leads: the verdict of a month, on this lead alone."""

    promise: str
    month: str
    status: Status
    numerator: Number = 0
    denominator: Number = 0
    actual: Number | None = None
    waiting: int = 0
    not_counted: int = 0
    not_owed: int = 0
    cannot_tell: int = 0
    what: str = Field(default="", description="The same in words")
    file: str | None = None
    line: int | None = None
    versions: tuple[str, ...] = Field(default=(), description="Those that count the lead there")


class NotAboutRecord(Record):
    """A promise that says nothing of the lead, and why."""

    promise: str
    why: str


class LeadFile(Record):
    """One run of `sla explain --lead`."""

    format: Literal["lead/v1"] = "lead/v1"
    lead: str
    asked_as: str | None = Field(default=None, description="The duplicate that was asked for")
    duplicates: tuple[str, ...] = ()
    as_of: datetime
    timezone: str
    agreement: str = Field(default="draft", description="The release in force, or `draft`")
    language: str = "en"
    link: str | None = None
    owner: str | None = None
    channel: str | None = None
    stage: str | None = None
    rank: str | None = None
    persona: str | None = None
    points: Number | None = None
    fields: dict[str, str] = {}
    route: RouteRecord | None = None
    events: tuple[HappeningRecord, ...] = ()
    clocks: tuple[ClockRecord, ...] = ()
    counted: tuple[CountedRecord, ...] = ()
    not_about: tuple[NotAboutRecord, ...] = ()


def story_json(words: StoryWords) -> str:
    """The story as JSON."""
    story = words.story
    route = story.route
    file = LeadFile(
        lead=story.lead,
        asked_as=story.asked_as,
        duplicates=story.duplicates,
        as_of=story.as_of,
        timezone=story.timezone,
        agreement=story.version,
        language=words.words.language,
        link=story.link,
        owner=story.owner,
        channel=story.channel,
        stage=story.stage,
        rank=story.rank,
        persona=story.persona,
        points=None if story.points is None else number_of(Fraction(story.points)),
        fields=dict(story.fields),
        route=None
        if route is None
        else RouteRecord(
            sellers=route.sellers,
            instead_of=route.instead_of,
            file=route.place.file if route.place else None,
            line=route.place.line if route.place else None,
        ),
        events=tuple(_happening(item) for item in story.happenings),
        clocks=tuple(_clock(clock, words) for clock in story.clocks),
        counted=tuple(
            _counted(item.promise.id, verdict, words).model_copy(
                update={
                    "file": item.place.file if item.place else None,
                    "line": item.place.line if item.place else None,
                    "versions": item.versions,
                }
            )
            for item in story.counted
            for verdict in item.verdicts
        ),
        not_about=tuple(
            NotAboutRecord(promise=item.promise.id, why=words.words.say(item.why)) for item in story.not_about
        ),
    )
    return file.model_dump_json(indent=2) + "\n"


def _happening(item: Happening) -> HappeningRecord:
    return HappeningRecord(
        event=item.event,
        at=item.at,
        only_the_day=item.is_day,
        place=item.place,
        stand_in=item.stand_in,
        says=dict(item.says),
    )


def _clock(clock: ClockStory, words: StoryWords) -> ClockRecord:
    return ClockRecord(
        promise=clock.id,
        owed_by=clock.promise.owes,
        again=clock.is_again,
        starts=clock.starts,
        stops=clock.stops,
        start=clock.start,
        stop=clock.stop,
        within=str(clock.within),
        deadline=clock.deadline,
        used_seconds=clock.used_seconds,
        business_time=clock.is_business,
        working_time=clock.working_time,
        skipped=tuple(
            SkippedRecord(begin=each.begin, end=each.end, why=each.why, holidays=dict(each.holidays))
            for each in clock.skipped
        ),
        state=clock.state,
        month=None if clock.month is None else str(clock.month),
        why=tuple(words.words.say(message) for message in clock.why),
        file=clock.place.file if clock.place else None,
        line=clock.place.line if clock.place else None,
        version=clock.version,
    )


def _counted(promise: str, verdict: Verdict, words: StoryWords) -> CountedRecord:
    return CountedRecord(
        promise=promise,
        month=str(verdict.month),
        status=verdict.status,
        numerator=number_of(verdict.numerator),
        denominator=number_of(verdict.denominator),
        actual=None if verdict.actual is None else number_of(verdict.actual),
        waiting=verdict.waiting,
        not_counted=verdict.not_counted,
        not_owed=verdict.not_owed,
        cannot_tell=verdict.cannot_tell,
        what=words.words.say(counted_as(verdict)),
    )
