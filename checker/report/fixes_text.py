"""What was mended in an agreement's files, for people at a terminal: a line for each edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from checker.finding import PlacedEdit
from checker.message import Written, say, say_counted
from checker.report.terminal import printable

if TYPE_CHECKING:
    from checker.language import Words


def fixes_text(edits: Sequence[PlacedEdit], words: Words, *, is_done: bool, is_settled: bool) -> str:
    """Each edit with its line.

    `is_done` tells what was written into the files from what would be; `is_settled` is False where fixes are left that
    bring each other back.
    """
    return "".join(f"{printable(line)}\n" for line in _lines(edits, words, is_done, is_settled))


def _lines(edits: Sequence[PlacedEdit], words: Words, is_done: bool, is_settled: bool) -> Iterator[str]:
    for edit in edits:
        change = say("{old} -> {new}", old=Written(_visible(edit.old)), new=Written(_visible(edit.new)))
        yield f"{edit.place.file}:{edit.place.line}: {words.say(change)}"
    count = len(edits)
    if not count:
        summary = say("nothing to mend without asking")
    elif is_done:
        summary = say_counted("mended in {count} place", "mended in {count} places", count=count)
    else:
        summary = say_counted("would be mended in {count} place", "would be mended in {count} places", count=count)
    yield words.say(summary)
    if not is_settled:
        yield words.say(say("some fixes bring each other back, and were not made: mend those lines yourself"))


def _visible(text: str) -> str:
    """A piece that has nothing to see, or begins or ends with nothing, in quotes."""
    return repr(text) if text != text.strip() or not text else text
