"""A release for people, at a terminal: what is done, what to think of, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from checker.change import Changes
from checker.message import Message, Written, all_of, say, say_counted
from checker.report.change_words import for_whom
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
    lines = [
        say(
            "Version {version} is in force from {day}, signed by {people}.",
            version=Written(version),
            day=valid_from,
            people=signed,
        )
    ]
    lines += _since(changes)
    lines += [say("Mind: {notice}.", notice=notice) for notice in notices]
    if is_written:
        lines.append(say("Written: {files}", files=all_of(files)))
        lines.append(say("Next, so that everybody has it:"))
        for command in (f"git add {folder}", f'git commit -m "Release {version}"', f"git tag v{version.lstrip('v')}"):
            lines.append(say("  {command}", command=Written(command)))
    else:
        lines.append(say("Nothing is written. It would be: {files}", files=all_of(files)))
    return "".join(f"{printable(words.say(line))}\n" for line in lines)


def _since(changes: Changes | None) -> list[Message]:
    if changes is None:
        return [say("It is the first release.")]
    told = [change for change in changes.changes if not change.is_editorial]
    if not told:
        return [
            say("Nobody owes anything else than in version {version}.", version=Written(changes.version.old or "?"))
        ]
    lines = [
        say_counted(
            "{count} change since version {version}:",
            "{count} changes since version {version}:",
            count=len(told),
            version=Written(changes.version.old or "?"),
        )
    ]
    for change in told[:CHANGES_SHOWN]:
        lines.append(say("  {change} ({whom})", change=change.message, whom=for_whom(change)))
    if len(told) > CHANGES_SHOWN:
        further = len(told) - CHANGES_SHOWN
        command = Written("sla changelog")
        lines.append(
            say_counted(
                "  and {count} more: {command}", "  and {count} more: {command}", count=further, command=command
            )
        )
    return lines
