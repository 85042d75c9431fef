"""What every report says of a change in the same words: for whom it is what, leads that show it, and the sum of all."""

from __future__ import annotations

from collections.abc import Iterator

from checker.change import Bump, Change, Changes, Direction
from checker.finding import Place
from checker.message import Argument, Message, say, say_counted

_FOR: dict[str, dict[Direction, Message]] = {
    "marketing": {
        Direction.SAME: say("the same for marketing"),
        Direction.STRICTER: say("stricter for marketing"),
        Direction.LOOSER: say("looser for marketing"),
        Direction.HEAVIER: say("more work for marketing"),
        Direction.LIGHTER: say("less work for marketing"),
        Direction.SHIFTED: say("different for marketing"),
    },
    "sales": {
        Direction.SAME: say("the same for sales"),
        Direction.STRICTER: say("stricter for sales"),
        Direction.LOOSER: say("looser for sales"),
        Direction.HEAVIER: say("more work for sales"),
        Direction.LIGHTER: say("less work for sales"),
        Direction.SHIFTED: say("different for sales"),
    },
}
_FOR_BOTH = {
    Direction.SAME: say("nobody owes anything else"),
    Direction.STRICTER: say("stricter for both"),
    Direction.LOOSER: say("looser for both"),
    Direction.HEAVIER: say("more work for both"),
    Direction.LIGHTER: say("less work for both"),
    Direction.SHIFTED: say("different for both"),
}


def for_whom(change: Change) -> Message:
    """What a change is for each of the two sides."""
    marketing, sales = change.sides.marketing, change.sides.sales
    if change.is_editorial:
        return say("only words")
    if marketing is sales:
        return _FOR_BOTH[marketing]
    if sales is Direction.SAME:
        return _FOR["marketing"][marketing]
    if marketing is Direction.SAME:
        return _FOR["sales"][sales]
    return say("{marketing}, {sales}", marketing=_FOR["marketing"][marketing], sales=_FOR["sales"][sales])


def leads(change: Change) -> Iterator[Message]:
    """The leads that show a change."""
    if change.only_old is not None:
        yield say("only before: {lead}", lead=change.only_old.message)
    if change.only_new is not None and change.kind in _SAME_LEAD:
        yield say("for example {lead}", lead=change.only_new.message)
    elif change.only_new is not None:
        yield say("only now: {lead}", lead=change.only_new.message)


_SAME_LEAD = (
    "routing-changed",
    "ranking-changed",
    "promise-tightened",
    "promise-loosened",
    "promise-shifted",
    "payload-field-offered",
    "payload-field-withdrawn",
)
"""Kinds whose lead is there before and after, and is treated otherwise."""


def standing(place: Place) -> str:
    """A line as it stands, without its indentation and the dash of a list, which would look like a sign."""
    return place.source.strip().removeprefix("- ")


def weighty(changes: Changes) -> tuple[Change, ...]:
    """Those that are more than words."""
    return tuple(change for change in changes.changes if not change.is_editorial)


def summary(changes: Changes) -> Message:
    """How many changes there are."""
    real, words = len(weighty(changes)), len(changes.changes) - len(weighty(changes))
    if not changes.changes:
        return say("Nothing has changed")
    if not real:
        return say_counted("{count} change, only of words", "{count} changes, only of words", count=words)
    counted = say_counted("{count} change", "{count} changes", count=real)
    if not words:
        return counted
    return say(
        "{changes} and {words}",
        changes=counted,
        words=say_counted("{count} of words alone", "{count} of words alone", count=words),
    )


_BUMPS: dict[Bump, Message] = {
    Bump.NONE: say("none"),
    Bump.PATCH: say("patch"),
    Bump.MINOR: say("minor"),
    Bump.MAJOR: say("major"),
}


def version(changes: Changes) -> Message | None:
    """The version of the next release, and why; None where nothing has changed."""
    found = changes.version
    if found.bump is Bump.NONE:
        return None
    arguments: dict[str, Argument] = {"bump": _BUMPS[found.bump], "why": found.why}
    if found.next is None:
        return say("The next release is a {bump} one: {why}", **arguments)
    if found.old is None:
        return say("The first release will carry version {next}", next=found.next)
    return say("The next release will carry version {next} ({bump}): {why}", next=found.next, **arguments)


def not_compared(changes: Changes) -> Iterator[Message]:
    """What the reader has to know beside the changes: what was not compared, what is wrong with the new text."""
    if changes.unread:
        yield unread(changes)
    if changes.errors:
        yield say_counted(
            "The new version is not consistent: {count} error; sla validate shows it",
            "The new version is not consistent: {count} errors; sla validate shows them",
            count=changes.errors,
        )


def unread(changes: Changes) -> Message:
    """What was not compared."""
    return say("Not compared, because they cannot be read on one side: {sections}", sections=", ".join(changes.unread))


def headline(changes: Changes) -> Message:
    """What changes for whom, in one sentence that stands alone."""
    real = weighty(changes)
    if not real:
        return summary(changes)
    first = say("{message} ({who})", message=real[0].message, who=for_whom(real[0]))
    if len(real) == 1:
        return first
    return say_counted(
        "{first}. And {count} more change", "{first}. And {count} more changes", count=len(real) - 1, first=first
    )
