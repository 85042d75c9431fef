"""Changes as remarks on the lines of the new text, for the formats that servers show beside lines."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from checker.change import Change, Changes
from checker.finding import Place, Severity
from checker.language import Words
from checker.message import Message, Written, say, say_counted
from checker.report.change_words import for_whom, leads, not_compared, standing, summary, version
from checker.report.remark import Remark
from checker.report.repository import Repository


def change_remarks(changes: Changes, words: Words, repository: Repository) -> tuple[Remark, ...]:
    """A note for each change; changes of words alone need nobody's attention. Each has a fingerprint of its own."""
    seen: dict[str, int] = {}
    made = []
    for change in changes.changes:
        known_by = sha256(f"{change.kind}\0{change.what}".encode()).hexdigest()[:16]
        seen[known_by] = count = seen.get(known_by, 0) + 1
        made.append(
            Remark(
                code=change.kind,
                name=words.declared(change.name),
                severity=Severity.INFO,
                message=say("{message} ({who})", message=change.message, who=for_whom(change)),
                place=change.at,
                more=tuple(_more(change, words, repository)),
                help=change.help,
                fingerprint=known_by if count == 1 else f"{known_by}-{count}",
                is_quiet=change.is_editorial,
            )
        )
    return tuple(made)


def ending(changes: Changes) -> Iterator[Message]:
    """What a report of remarks says last: what was left out, how many changes there are, what they ask for."""
    yield from not_compared(changes)
    yield summary(changes)
    if (asked := version(changes)) is not None:
        yield asked


def further(count: int) -> Message:
    """How many changes have no remark of their own."""
    return say_counted("{count} more change", "{count} more changes", count=count)


def _more(change: Change, words: Words, repository: Repository) -> Iterator[str]:
    """The line before and after, leads that show the change, and what follows from it."""
    old, new = change.old, change.new
    if old is not None and (new is None or standing(old) != standing(new)):
        yield f"- {standing(old)} ({_spot(old, repository)})"
    if new is not None:
        yield f"+ {standing(new)} ({_spot(new, repository)})"
    for lead in leads(change):
        yield words.say(lead)
    if change.follows:
        yield words.say(say("follows from it:"))
        yield from (f"   {words.say(message)}" for message in change.follows)
    yield words.say(say("what this means: {address}", address=Written(change.help)))


def _spot(place: Place, repository: Repository) -> str:
    return f"{repository.file(place.file)}:{place.line}"
