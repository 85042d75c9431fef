"""What every report says of a history in the same words."""

from __future__ import annotations

from checker.change import Change, Changelog, Chapter
from checker.message import Message, Written, all_of, say, say_counted
from checker.report.change_words import for_whom


def headline(chapter: Chapter) -> Message:
    """The version, and the days on which it is in force."""
    if chapter.version is None or chapter.valid_from is None:
        return say("Not released yet")
    version = Written(chapter.version)
    if chapter.until is None:
        return say("Version {version}, from {day} on", version=version, day=chapter.valid_from)
    return say("Version {version}, from {day} until {until}", version=version, day=chapter.valid_from,
               until=chapter.until)  # fmt: skip


def signatures(chapter: Chapter) -> Message | None:
    """Who signed it; None where nobody has."""
    if not chapter.signed_by:
        return None
    return say("Signed by {people}", people=all_of([f"{signer.name} ({signer.team})" for signer in chapter.signed_by]))


def renewal(chapter: Chapter) -> Message | None:
    """By when both sides look at it again."""
    return None if chapter.renew_by is None else say("To be renewed by {day}", day=chapter.renew_by)


def told(chapter: Chapter) -> list[Change]:
    """The changes that are more than words."""
    return [change for change in chapter.changes if not change.is_editorial]


def change_line(change: Change) -> Message:
    """A change, and for whom it is what."""
    return say("{change} ({whom})", change=change.message, whom=for_whom(change))


def rest(chapter: Chapter) -> Message | None:
    """What is to be said behind the changes: that there are none, or how many are of words alone."""
    if chapter.is_first:
        return say("The first version")
    words = len(chapter.changes) - len(told(chapter))
    if words:
        return say_counted("{count} change of words alone", "{count} changes of words alone", count=words)
    return None if chapter.changes else say("The same text, signed again")


def following(changelog: Changelog) -> Message | None:
    """What the working files' changes ask for."""
    if changelog.next is None or changelog.next.next is None:
        return None
    return say("The next release will carry version {next}: {why}", next=Written(changelog.next.next),
               why=changelog.next.why)  # fmt: skip


def nothing() -> Message:
    """That there is no release yet."""
    return say("Nothing has been released yet: {command} does it once both sides agree", command=Written("sla release"))
