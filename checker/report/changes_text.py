"""Changes for people, at a terminal: what changes for whom, the lines before and after, a lead, what follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.change import Change, Changes
from checker.finding import Place
from checker.message import Message, say
from checker.report.change_words import for_whom, leads, not_compared, standing, summary, version
from checker.report.impact_words import of_what_data, title, told
from checker.report.terminal import Paint, Style, printable, quote

if TYPE_CHECKING:
    from checker.impact import Impact
    from checker.language import Words


def changes_text(changes: Changes, words: Words, *, has_colour: bool = False) -> str:
    """All changes, one below the other, and last how many there are and which version they ask for."""
    return _Report(words, Paint(has_colour)).whole(changes)


class _Report:
    def __init__(self, words: Words, paint: Paint) -> None:
        self._words = words
        self._paint = paint

    def whole(self, changes: Changes) -> str:
        blocks = ["\n".join(self._change(change)) for change in changes.changes]
        if changes.impact is not None:
            blocks.append("\n".join(self._impact(changes.impact)))
        blocks += [self._paint(self._say(message), Style.WARNING) for message in not_compared(changes)]
        last = [self._paint(self._say(summary(changes)), Style.STRONG)]
        if (asked := version(changes)) is not None:
            last.append(self._say(asked))
        return "\n\n".join([*blocks, "\n".join(last)]) + "\n"

    def _say(self, message: Message) -> str:
        return printable(self._words.say(message))

    def _change(self, change: Change) -> Iterator[str]:
        yield self._paint(self._say(change.message), Style.STRONG)
        yield f"  {self._say(for_whom(change))}  {self._paint(f'[{change.kind}]', Style.QUIET)}"
        same = change.old is not None and change.new is not None and standing(change.old) == standing(change.new)
        if change.old is not None and not same:
            yield self._line("-", change.old)
        if change.new is not None:
            yield self._line(" " if same else "+", change.new)
        for lead in leads(change):
            yield f"  {self._say(lead)}"
        if change.follows:
            yield f"  {self._say(say('follows from it:'))}"
            for message in change.follows:
                yield f"    {self._say(message)}"

    def _impact(self, impact: Impact) -> Iterator[str]:
        yield self._paint(self._say(title(impact)), Style.STRONG)
        said = told(impact)
        for paragraph in said.paragraphs:
            for message in paragraph:
                yield f"  {self._say(message)}"
        for detail in said.details:
            yield f"  {self._say(detail.title)}"
            for line in detail.shown:
                yield f"    {self._say(line)}"
        for message in of_what_data(impact):
            yield f"  {self._paint(self._say(message), Style.QUIET)}"

    def _line(self, sign: str, place: Place) -> str:
        source = quote(standing(place), 0, 0, 90).text
        where = self._paint(f"{printable(place.file)}:{place.line}", Style.QUIET)
        return f"  {sign} {source}   {where}"
