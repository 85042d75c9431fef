"""A release for people, at a terminal: what is done, what to think of, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from checker.change import Changes
from checker.message import Message, Written, all_of, say, say_counted
from checker.report.changelog_words import change_line
from checker.report.terminal import printable

if TYPE_CHECKING:
    from checker.language import Words

CHANGES_SHOWN = 8


def release_text(
    version: str,
    valid_from: date,
    people: Sequence[tuple[str, str]],
    files: Sequence[str],
    changes: Changes | None,
    notices: Sequence[Message],
    words: Words,
    folder: str,
    *,
    is_written: bool,
) -> str:
    """The report. `people` are names with their teams; `folder` is what is to be committed."""
    signed = all_of([f"{name} ({team})" for name, team in people])

    def spoken(message: Message) -> str:
        return printable(words.say(message))

    lines = [
        spoken(
            say(
                "Version {version} is in force from {day}, signed by {people}.",
                version=Written(version),
                day=valid_from,
                people=signed,
            )
        ),
        *_since(changes, spoken),
        *(spoken(say("Mind: {notice}.", notice=notice)) for notice in notices),
    ]
    if is_written:
        lines.append(spoken(say("Written: {files}", files=all_of(files))))
        lines.append(spoken(say("Next, so that everybody has it:")))
        tag = f"v{version.removeprefix('v')}"
        steps = (f"git add {folder}", f'git commit -m "Release {version}"', f"git tag {tag}")
        lines += [f"  {printable(step)}" for step in steps]
    else:
        lines.append(spoken(say("Nothing is written. It would be: {files}", files=all_of(files))))
    return "".join(f"{line}\n" for line in lines)


def _since(changes: Changes | None, spoken: Callable[[Message], str]) -> Iterator[str]:
    """What has changed since the last release."""
    if changes is None:
        yield spoken(say("It is the first release."))
        return
    told = [change for change in changes.changes if not change.is_editorial]
    last = Written(changes.version.old or "?")
    if not told:
        yield spoken(say("Nobody owes anything else than in version {version}.", version=last))
        return
    yield spoken(
        say_counted(
            "{count} change since version {version}:",
            "{count} changes since version {version}:",
            count=len(told),
            version=last,
        )
    )
    for change in told[:CHANGES_SHOWN]:
        yield f"  {spoken(change_line(change))}"
    if len(told) > CHANGES_SHOWN:
        further = len(told) - CHANGES_SHOWN
        command = Written("sla changelog")
        more = say_counted("and {count} more: {command}", "and {count} more: {command}", count=further, command=command)
        yield f"  {spoken(more)}"
