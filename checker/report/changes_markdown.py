"""Changes as the comment on a pull request: it is all that its reader sees, perhaps on a phone.

A bold sentence says what changes for whom. Then each change with its lines before and after, a lead that shows it and
what follows from it. What comes after the first few is folded, and changes of words are folded together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.change import Change, Changes
from checker.finding import Place
from checker.impact import Impact
from checker.language import Words
from checker.message import Message, Written, say, say_counted
from checker.report.change_words import for_whom, headline, leads, not_compared, standing, version, weighty
from checker.report.impact_words import of_what_data, told
from checker.report.markdown_parts import LONGEST, fold, items, length, mark_of
from checker.report.markdown_text import code_block, markdown_text
from checker.report.repository import Repository
from checker.report.terminal import quote

UNFOLDED = 4
"""How many changes are shown in full."""
_COLUMNS = 70


def changes_markdown(changes: Changes, words: Words, where: str, repository: Repository) -> str:
    """The comment. `where` is what was compared; its last line is a mark by which the comment is found again."""
    return _Report(words, repository).whole(changes, where)


def mark(where: str) -> str:
    """What no reader sees and tells the comment about one agreement from all others."""
    return mark_of("sla diff", where)


class _Report:
    def __init__(self, words: Words, repository: Repository) -> None:
        self._words = words
        self._repository = repository

    def whole(self, changes: Changes, where: str) -> str:
        lead = f"**{self._say(headline(changes))}**"
        ending = [*(f"⚠️ {self._say(message)}" for message in not_compared(changes))]
        if (asked := version(changes)) is not None:
            ending.append(self._say(asked))
        ending.append(mark(where))
        beginning = [lead, *self._impact(changes.impact)] if changes.impact is not None else [lead]
        room = LONGEST - length("\n\n".join([*beginning, *ending])) - 400
        return "\n\n".join([*beginning, *self._fitting(changes, room), *ending]) + "\n"

    def _impact(self, impact: Impact) -> Iterator[str]:
        """What real leads say, before the lines: that is what its reader decides by."""
        said = told(impact)
        for paragraph in said.paragraphs:
            yield " ".join(self._say(message) for message in paragraph)
        room, left = LONGEST // 2, 0
        for detail in said.details:
            block = fold(self._say(detail.title), items([self._say(line) for line in detail.shown]))
            room -= length(block)
            if room >= 0:
                yield block
            else:
                left += 1
        if left:
            yield self._say(
                say_counted("{count} more detail does not fit here", "{count} more details do not fit here", count=left)
            )
        yield f"<sub>{' '.join(self._say(message) for message in of_what_data(impact))}</sub>"

    def _say(self, message: Message) -> str:
        return markdown_text(self._words.say(message))

    def _fitting(self, changes: Changes, room: int) -> Iterator[str]:
        """As many changes as a comment holds, and how many did not fit."""
        blocks = list(self._blocks(weighty(changes)))
        words = [change for change in changes.changes if change.is_editorial]
        if words:
            told = say_counted("{count} change of words alone", "{count} changes of words alone", count=len(words))
            blocks.append(fold(self._say(told), items([self._short(change) for change in words])))
        for number, block in enumerate(blocks):
            room -= length(block) + 2
            if room < 0:
                left = len(blocks) - number
                yield self._say(
                    say_counted(
                        "{count} more change does not fit here", "{count} more changes do not fit here", count=left
                    )
                )
                return
            yield block

    def _blocks(self, changes: Sequence[Change]) -> Iterator[str]:
        for number, change in enumerate(changes):
            if number < UNFOLDED:
                yield "\n\n".join(["---", *self._unfolded(change, is_first=number == 0)])
            else:
                told = f"{self._say(change.message)} ({self._say(for_whom(change))})"
                yield fold(told, "\n\n".join(self._body(change)))

    def _unfolded(self, change: Change, *, is_first: bool) -> Iterator[str]:
        if not is_first:
            yield f"**{self._say(change.message)}**"
            yield self._say(for_whom(change))
        yield from self._body(change)

    def _body(self, change: Change) -> Iterator[str]:
        lines = [
            f"{sign} {quote(standing(place), 0, 0, _COLUMNS).text}"
            for sign, place in (("-", change.old), ("+", change.new))
            if place is not None
        ]
        if change.old is not None and change.new is not None and lines[0][2:] == lines[1][2:]:
            lines = [f"  {lines[1][2:]}"]
        if lines:
            yield code_block(lines).replace("text", "diff", 1)
        where = change.new or change.old
        if where is not None:
            yield self._link(where, is_new=change.new is not None)
        shown = [self._say(lead) for lead in leads(change)]
        if shown:
            yield items(shown)
        if change.follows:
            yield self._say(say("What follows from it:"))
            yield items([self._say(message) for message in change.follows])

    def _short(self, change: Change) -> str:
        where = change.new or change.old
        told = self._say(change.message)
        return told if where is None else f"{self._link(where, is_new=change.new is not None)}: {told}"

    def _link(self, place: Place, *, is_new: bool) -> str:
        """Where a line stands; only the new text can be edited."""
        shown = self._say(say("{file}, line {line}", file=Written(self._repository.file(place.file)), line=place.line))
        link = self._repository.link(place) if is_new else None
        return f"[{shown}]({link})" if link else shown
