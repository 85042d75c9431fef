"""Working together: meetings, tools, processes, and what each team does and does not."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from checker.agreement import Agreement
from checker.agreement.scalars import Cadence
from checker.change import Difference, Sides
from checker.changes.entries import Key, come_and_gone, in_both, moved, only_in
from checker.changes.kind import change
from checker.changes.showing import cadence, named
from checker.changes.sides import HEAVIER, NOBODY, SHIFTED, side_of, team_named
from checker.finding import Path
from checker.message import Argument, Message, say


def _of_team(_: Agreement, __: str, before: Any, after: Any) -> Sides:
    return side_of(before.team, SHIFTED) | side_of(after.team, SHIFTED)


# ---------------------------------------------------------------- meetings


def _comers(agreement: Agreement, meeting: Any) -> set[str]:
    """The teams that a meeting takes time of."""
    people = agreement.sections.people or {}
    return {people[name].team if name in people else name for name in meeting.who}


def _meeting_sides(agreement: Agreement, _: str, entry: Any) -> Sides:
    sides = NOBODY
    for team in sorted(_comers(agreement, entry)):
        sides |= side_of(team, HEAVIER)
    return sides


def _meeting(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("Meeting “{meeting}”", meeting=named(agreement, name, "meetings"))


def _told_meeting(agreement: Agreement, name: str, entry: Any) -> tuple[Message, Message]:
    meeting = named(agreement, name, "meetings")
    return (
        say("There is a meeting “{meeting}”, {cadence}", meeting=meeting, cadence=cadence(entry.every)),
        say("There is no meeting “{meeting}” any more", meeting=meeting),
    )


@change(
    "meeting-added",
    "A meeting is new",
    mirror=("meeting-dropped", "A meeting is gone"),
    covers=("meetings",),
    old="meetings: {weekly: {every: week, who: [marketing, sales], topics: [volume]}}",
    new="""
        meetings:
          weekly: {every: week, who: [marketing, sales], topics: [volume]}
          review: {every: month, who: [marketing, sales], topics: [targets]}
        """,
)
def meetings_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Both teams sit together once more, or once less."""
    yield from come_and_gone(old, new, "meetings", _told_meeting, _meeting_sides)


@change(
    "meeting-more-often",
    "A meeting is held more often",
    mirror=("meeting-less-often", "A meeting is held less often"),
    covers=("meetings.*.every",),
    old="meetings: {review: {every: month, who: [marketing, sales], topics: [targets]}}",
    new="meetings: {review: {every: week, who: [marketing, sales], topics: [targets]}}",
)
def meeting_cadence(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The same meeting takes more time of a quarter, or less."""
    for name, before, after in in_both(old, new, "meetings"):
        if before.every == after.every:
            continue
        is_less = _days(after.every) > _days(before.every)
        sides = _meeting_sides(new, name, after)
        path: Path = ("meetings", name, "every")
        yield Difference(
            name,
            say(
                "{meeting} is held {new} instead of {old}",
                meeting=_meeting(new, name),
                new=cadence(after.every),
                old=cadence(before.every),
            ),
            sides.mirrored if is_less else sides,
            path,
            path,
            is_less,
        )


def _days(every: Cadence) -> Fraction:
    return every.count * (Fraction(7) if every.unit == "week" else Fraction(365, 12))


@change(
    "meeting-changed",
    "A meeting is held otherwise",
    alike="another day, circle or list of topics is another one, whichever way one looks",
    covers=("meetings.*.on", "meetings.*.at", "meetings.*.who", "meetings.*.topics", "meetings.*.topics.*.other"),
    old="meetings: {review: {every: month, on: first Monday, who: [marketing, sales], topics: [targets]}}",
    new="meetings: {review: {every: month, on: first Tuesday, who: [marketing, sales], topics: [targets]}}",
)
def meeting_changed(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """A meeting is on another day or at another time, others come, or other things are talked about."""

    def sides(agreement: Agreement, _: str, before: Any, after: Any) -> Sides:
        found = NOBODY
        for team in sorted(_comers(old, before) | _comers(agreement, after)):
            found |= side_of(team, SHIFTED)
        return found

    keys = (
        Key("on", say("the day"), sides),
        Key("at", say("the time"), sides),
        Key("who", say("those who come"), sides),
        Key("topics", say("what is talked about"), sides),
    )
    yield from moved(old, new, "meetings", keys, _meeting)


# ---------------------------------------------------------------- tools


def _tool(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("{tool}", tool=named(agreement, name, "tools"))


def _told_tool(agreement: Agreement, name: str, entry: Any) -> tuple[Message, Message]:
    tool, team = named(agreement, name, "tools"), team_named(entry.team)
    return (
        say("{tool} is used, kept by {team}", tool=tool, team=team),
        say("{tool} is used no longer, which {team} kept", tool=tool, team=team),
    )


@change(
    "tool-added",
    "A tool is new",
    mirror=("tool-dropped", "A tool is gone"),
    covers=("tools",),
    old="tools: {crm: {team: sales, records: [decided]}}",
    new="tools: {crm: {team: sales, records: [decided]}, mailer: {team: marketing, records: [activity]}}",
)
def tools_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """A team keeps one system more, or one less."""

    def sides(_: Agreement, __: str, entry: Any) -> Sides:
        return side_of(entry.team, HEAVIER)

    yield from come_and_gone(old, new, "tools", _told_tool, sides)


@change(
    "tool-changed",
    "A tool records something else",
    alike="other records, another keeper and another delay are others, whichever way one looks",
    covers=("tools.*.team", "tools.*.records", "tools.*.synced"),
    old="tools: {crm: {team: sales, records: [decided]}}",
    new="tools: {crm: {team: sales, records: [decided, returned]}}",
)
def tool_changed(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """A system records more or less, is kept by another team, or its records arrive sooner or later."""
    keys = (
        Key("team", say("the team that keeps it"), _of_team),
        Key("records", say("what it records"), _of_team),
        Key("synced", say("when its records arrive"), _of_team),
    )
    yield from moved(old, new, "tools", keys, _tool)


# ---------------------------------------------------------------- processes


def _process(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("Process “{process}”", process=named(agreement, name, "processes"))


def _told_process(agreement: Agreement, name: str, entry: Any) -> tuple[Message, Message]:
    process, team = named(agreement, name, "processes"), team_named(entry.team, starts=True)
    arguments: dict[str, Argument] = {"process": process, "team": team}
    return (
        say("{team} follows a process now: {process}", **arguments),
        say("{team} no longer follows a process: {process}", **arguments),
    )


@change(
    "process-added",
    "A process is new",
    mirror=("process-dropped", "A process is gone"),
    covers=("processes",),
    old="processes: {nurture: {team: marketing}}",
    new="processes: {nurture: {team: marketing}, sale: {team: sales}}",
)
def processes_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """A team always does something in the same way from now on, or no longer."""

    def sides(_: Agreement, __: str, entry: Any) -> Sides:
        return side_of(entry.team, HEAVIER)

    yield from come_and_gone(old, new, "processes", _told_process, sides)


@change(
    "process-changed",
    "A process goes otherwise",
    alike="other steps and other people are others, whichever way one looks",
    covers=(
        "processes.*.team",
        "processes.*.steps",
        "processes.*.helped_by",
        "processes.*.pilot",
        "processes.*.pilot_until",
    ),
    old="processes: {sale: {team: sales, steps: [Call, Offer]}}",
    new="processes: {sale: {team: sales, steps: [Call, Visit, Offer]}}",
)
def process_changed(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """A process has other steps, is done by another team or with other help, or is tried by others or for longer."""

    def helping(_: Agreement, __: str, before: Any, after: Any) -> Sides:
        sides = _of_team(new, "", before, after)
        for team in only_in(before.helped_by, after.helped_by) + only_in(after.helped_by, before.helped_by):
            sides |= side_of(team, SHIFTED)
        return sides

    keys = (
        Key("team", say("the team that does it"), _of_team),
        Key("steps", say("the steps"), _of_team, is_ordered=True),
        Key("helped_by", say("the team that helps"), helping),
        Key("pilot", say("those who try it first"), _of_team),
        Key("pilot_until", say("the end of the trial"), _of_team),
    )
    yield from moved(old, new, "processes", keys, _process)


# ---------------------------------------------------------------- roles


@change(
    "role-added",
    "A team does more",
    mirror=("role-dropped", "A team does less"),
    covers=("roles", "roles.*.does"),
    old="roles: {sales: {does: [advise]}}",
    new="roles: {sales: {does: [advise, negotiate]}}",
)
def roles(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """One thing more is a team's own to do, or one thing less."""
    yield from _deeds(
        old,
        new,
        "does",
        lambda team, deed: (
            say("{team}: does this, too: {deed}", team=team, deed=deed),
            say("{team}: no longer does this: {deed}", team=team, deed=deed),
        ),
    )


@change(
    "role-excluded",
    "A team is said not to do something",
    mirror=("role-included", "A team is no longer said not to do something"),
    covers=("roles.*.does_not",),
    old="roles: {sales: {does: [advise]}}",
    new="roles: {sales: {does: [advise], does_not: [cold calls]}}",
)
def roles_not(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Something is not a team's to do, and is said to be so; or is no longer said."""
    for found in _deeds(
        old,
        new,
        "does_not",
        lambda team, deed: (
            say("{team}: does not do this: {deed}", team=team, deed=deed),
            say("{team}: is no longer said not to do this: {deed}", team=team, deed=deed),
        ),
    ):
        yield Difference(found.what, found.message, found.sides.mirrored, found.old, found.new, found.is_mirrored)


def _deeds(old: Agreement, new: Agreement, key: str, told: Any) -> Iterator[Difference]:
    before, after = (side.sections.roles or {} for side in (old, new))
    for name in dict.fromkeys([*before, *after]):
        was, now = (getattr(roles.get(name), key, None) for roles in (before, after))
        for values, others, is_gone in ((now, was, False), (was, now, True)):
            for deed in only_in(values, others):
                sides = side_of(name, HEAVIER)
                yield Difference(
                    name,
                    told(team_named(name, starts=True), deed)[is_gone],
                    sides.mirrored if is_gone else sides,
                    _place(before, name, key, was),
                    _place(after, name, key, now),
                    is_gone,
                )


def _place(roles: Any, name: str, key: str, value: Any) -> Path | None:
    if name not in roles:
        return None
    return ("roles", name, key) if value is not None else ("roles", name)
