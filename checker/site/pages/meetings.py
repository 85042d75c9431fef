"""Meetings: when both teams talk, about what, and what is on the table now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from checker.agreement.cooperation import Meeting, OtherTopic
from checker.agreement.people import Holidays
from checker.finding import Path
from checker.message import Message, say
from checker.report.names import in_words, team
from checker.site.basis import Basis
from checker.site.board import Board, Line, budget
from checker.site.page import Page, page_link
from checker.site.pages.home import next_step
from checker.site.safe import safe, slug
from checker.site.where import has_page, page_that_tells
from checker.standing import Standing

PATH = "meetings.md"
TOPICS: dict[str, tuple[Message, str]] = {
    "volume": (say("how many leads came"), "targets"),
    "targets": (say("the targets"), "targets"),
    "next targets": (say("the targets of the next months"), "targets"),
    "rates": (say("the conversion rates"), "rates"),
    "customers and revenue by channel": (say("customers and revenue by channel"), "channels"),
    "returned leads": (say("the leads that came back, and why"), "return_reasons"),
    "late first contacts": (say("first contacts that were late"), "sales_promises"),
    "missed promises": (say("promises that were missed"), "scoreboard"),
    "wins": (say("what was won together"), ""),
    "improvements": (say("improvements"), ""),
    "new objections": (say("new objections"), "objections"),
    "messages that worked": (say("messages that worked"), "value_propositions"),
    "competitors": (say("what competitors offer"), "value_propositions"),
    "personas": (say("the personas"), "personas"),
    "value propositions": (say("the value propositions"), "value_propositions"),
    "backtest of the criteria": (say("whether the criteria find those who buy"), "stages"),
    "dictionary": (say("the dictionary"), "dictionary"),
}
"""Topic -> what it is called, and the section of the agreement whose page is looked at together."""
_ORDINALS: dict[str, Message] = {
    "first": say("on the first {weekday} of the month"),
    "second": say("on the second {weekday} of the month"),
    "third": say("on the third {weekday} of the month"),
    "fourth": say("on the fourth {weekday} of the month"),
    "last": say("on the last {weekday} of the month"),
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Topic:
    """What is talked about; `href` leads to the page that is looked at together, None where there is none."""

    name: Markup
    path: Path
    href: Markup | None


@dataclass(frozen=True)
class Appointment:
    """A meeting."""

    id: str
    anchor: str
    name: str
    when: tuple[Markup, ...]
    who: Markup
    topics: tuple[Topic, ...]


def meetings(basis: Basis) -> Page | None:
    """The page; None where the agreement names no meetings. With results it begins with what is on the table now."""
    if not has_page(basis.agreement, PATH):
        return None
    board = basis.board
    return basis.page(
        PATH,
        "meetings.md.j2",
        basis.voice.gettext("Meetings"),
        ("meetings",),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        appointments=[
            _appointment(basis, name, meeting) for name, meeting in (basis.agreement.sections.meetings or {}).items()
        ],
        on_the_table=on_the_table(board) if board is not None else (),
        is_put_off=_has_holidays(basis),
        promise=next(
            (one for one in basis.agreement.promises() if one.measured and one.measured.measure == "meetings_held"),
            None,
        ),
        next_step=next_step,
    )


def on_the_table(board: Board) -> tuple[Line, ...]:
    """What both teams have to talk about: promises that are missed or at risk, and those without a miss left."""
    return tuple(line for line in board.measured if line.standing <= Standing.MISSED or _is_spent(line))


def _is_spent(line: Line) -> bool:
    spare = budget(line.current) if line.current is not None else None
    return line.is_warned or (spare is not None and spare.used > 0 and spare.left <= 0)


def _has_holidays(basis: Basis) -> bool:
    working_time = basis.agreement.working_time()
    if working_time is None or working_time.is_always:
        return False
    return not isinstance(working_time.holidays, Holidays) or working_time.holidays.country is not None


def _appointment(basis: Basis, name: str, meeting: Meeting) -> Appointment:
    people = basis.agreement.sections.people or {}
    who = [basis.names.person(one) if one in people else basis.voice.say(team(one)) for one in meeting.who]
    return Appointment(
        name,
        f"meeting-{slug(name)}",
        basis.names.prose(meeting.name) or in_words(name),
        tuple(_when(basis, meeting)),
        basis.voice.names(who),
        tuple(_topics(basis, name, meeting)),
    )


def _when(basis: Basis, meeting: Meeting) -> Iterator[Markup]:
    voice, every = basis.voice, meeting.every
    if every.unit == "week":
        yield voice.ngettext("every week", "every {count} weeks", count=every.count)
    else:
        yield voice.ngettext("every month", "every {count} months", count=every.count)
    if meeting.on is not None:
        ordinal, _, day = meeting.on.rpartition(" ")
        weekday = voice.weekday(_WEEKDAYS.index(day))
        said = _ORDINALS.get(ordinal)
        yield (
            voice.gettext("on {weekday}", weekday=weekday)
            if said is None
            else voice.say(Message(said.text, {"weekday": weekday}))
        )
    if meeting.at is not None:
        yield voice.gettext("at {time}", time=meeting.at.strftime("%H:%M"))


def _topics(basis: Basis, name: str, meeting: Meeting) -> Iterator[Topic]:
    for index, topic in enumerate(meeting.topics):
        path: Path = ("meetings", name, "topics", index)
        if isinstance(topic, OtherTopic):
            yield Topic(safe(topic.other), path, None)
        else:
            said, section = TOPICS[topic]
            yield Topic(basis.voice.say(said), path, _looked_at(basis, section))


def _looked_at(basis: Basis, section: str) -> Markup | None:
    if section == "scoreboard":
        return page_link("scoreboard.md")
    return page_that_tells(basis.agreement, (section,)) if section else None
