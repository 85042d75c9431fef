"""The page of a kind of change: what `sla explain` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.language.explained import explained
from checker.message import say

if TYPE_CHECKING:
    from checker.changes.kind import Kind
    from checker.language import Words


def change_page(kind: Kind, words: Words) -> str:
    """A kind as Markdown: what it is, its mirror, an example before and after."""
    if kind.alike:
        mirror = say("the opposite change is of the same kind: {why}", why=words.declared(kind.alike))
    else:
        mirror = say("the opposite change is {kind}", kind=kind.mirror)
    parts = [
        f"# {kind.slug}: {words.declared(kind.name)}",
        words.say(mirror),
        explained(kind.explanation, words),
        f"## {words.say(say('Before'))}",
        _block(kind.old),
        f"## {words.say(say('After'))}",
        _block(kind.new),
    ]
    return "\n\n".join(parts) + "\n"


def _block(example: str) -> str:
    return f"```yaml\n{example.rstrip()}\n```"
