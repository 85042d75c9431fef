"""The story of one lead: what happened to it, and what each promise makes of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from checker.agreement import Promise
from checker.agreement.conditions import Question
from checker.finding import Path, Place
from checker.logic.aggregate import State
from checker.logic.closed_time import Closing
from checker.measures.asked import Verdict
from checker.measures.listed import Routed
from checker.message import Message
from checker.quantity import Duration, Month


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to the lead. `place` is the file and line where the data tells it; `stand_in` is the
    event that this one is only read off. `says` is what the line of a log says beside.
    """

    event: str
    at: datetime
    is_day: bool = False
    place: str | None = None
    stand_in: str | None = None
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A stretch that the clock skipped, in the zone of its working time.

    `holidays` are those in it with what they are called; `with_weekend` says that a weekend is in it beside them.
    """

    begin: datetime
    end: datetime
    why: Closing
    holidays: Mapping[date, str | None] = field(default_factory=dict)
    with_weekend: bool = False


@dataclass(frozen=True, slots=True)
class ClockStory:
    """The lead on one clock.

    `id` is the rung that judged it, `line` where that stands, in the text of `version`, which was in force at the
    start. `passed_over` are the rungs above, each with whether the lead does not fit it, or it cannot be told (None).
    `used` is how much of the deadline's time was used, exact in `used_seconds`; None where nothing stopped the clock.
    `why` says what put the lead in its state.
    """

    promise: Promise
    id: str
    line: Path
    starts: str
    stops: str
    start: datetime
    stop: datetime | None
    deadline: datetime | None
    month: Month | None
    within: Duration
    state: State
    is_again: bool = False
    used_seconds: int | None = None
    used: Duration | None = None
    is_business: bool = False
    working_time: str | None = None
    skipped: tuple[Skipped, ...] = ()
    when: Question | None = None
    passed_over: tuple[tuple[str, Path, bool | None], ...] = ()
    why: tuple[Message, ...] = ()
    place: Place | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """The lead in a promise that counts: the verdicts of the months in which it counts, on this lead alone.

    `versions` are those that count it there.
    """

    promise: Promise
    verdicts: tuple[Verdict, ...]
    place: Place | None = None
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAbout:
    """A promise of a version that says nothing of the lead, and why."""

    promise: Promise
    why: Message
    place: Place | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class LeadStory:
    """Everything that the data and the agreement say of one lead, as at the cut-off.

    `asked_as` is the duplicate that was asked for, where the lead is counted as another one. `version` is the release
    in force, or `draft` for the working copy. `verdicts` are those of `sla check` on this lead alone: added up over
    all leads they give its numbers.
    """

    lead: str
    as_of: datetime
    timezone: str
    version: str
    asked_as: str | None = None
    duplicates: tuple[str, ...] = ()
    link: str | None = None
    owner: str | None = None
    channel: str | None = None
    stage: str | None = None
    rank: str | None = None
    persona: str | None = None
    points: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    hidden_fields: int = 0
    route: Routed | None = None
    happenings: tuple[Happening, ...] = ()
    clocks: tuple[ClockStory, ...] = ()
    counted: tuple[Counted, ...] = ()
    not_about: tuple[NotAbout, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
