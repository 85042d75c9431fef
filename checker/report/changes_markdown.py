"""Changes as the comment on a pull request: it is all that its reader sees, perhaps on a phone.

A bold sentence says what changes for whom. Then what it means, whether sellers have room, what it contradicts and the
ways to settle that with their lines, what it costs, what the past says, who is asked. The lines of the other changes
follow, and what only some want to know is folded at the end. Nothing is said twice: where a contradiction is in a line
that was changed, the line before and after stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.change import Change, Changes
from checker.finding import Finding, Findings, Place, PlacedEdit, Severity
from checker.impact import Load
from checker.language import Words
from checker.message import Message, Written, say, say_counted
from checker.report.change_words import for_whom, headline, leads, standing, unread, version, weighty
from checker.report.finding_blocks import FindingBlocks, Group
from checker.report.finding_words import groups, names_its_own_line
from checker.report.impact_words import of_what_data, told, told_without_data
from checker.report.markdown_parts import LONGEST, fold, items, length, mark_of
from checker.report.markdown_text import code_block, markdown_text
from checker.report.page_words import PagePart, page_parts
from checker.report.repository import Repository
from checker.report.severities import SIGNS, gravity
from checker.report.terminal import quote

UNFOLDED = 4
"""How many changes are shown in full."""
UNFOLDED_FINDINGS = 3
"""How many things to settle are shown in full."""
_COLUMNS = 70
_NO_ROOM = "SLA214"
"""The rule whose message the sentence about sellers' room says already."""


def changes_markdown(
    changes: Changes, words: Words, where: str, repository: Repository, parts: Sequence[PagePart] = ()
) -> str:
    """The comment. `where` is what was compared; its last line is a mark by which the comment is found again.

    `parts` are what changes on the pages.
    """
    return _Report(changes, words, where, repository, parts).whole()


def mark(where: str) -> str:
    """What no reader sees and tells the comment about one agreement from all others."""
    return mark_of("sla diff", where)


class _Report:
    def __init__(
        self, changes: Changes, words: Words, where: str, repository: Repository, parts: Sequence[PagePart]
    ) -> None:
        self._changes = changes
        self._words = words
        self._where = where
        self._repository = repository
        self._parts = parts
        self._blocks = FindingBlocks(words, repository)
        self._told = told_without_data(changes.effect) if changes.impact is None else told(changes.impact)
        self._findings = changes.findings or Findings(())
        self._groups = sorted(groups(self._findings), key=lambda group: min(map(gravity, group)))
        self._weighty = weighty(changes)
        self._shown: set[int] = set()
        """The changes whose lines have been shown, by their number."""
        self._later: list[str] = []
        """What is folded, of findings that have been shown."""

    def whole(self) -> str:
        """The comment."""
        beginning = [self._lead(), *self._meaning(), *self._paragraphs(self._told.leads), *self._line(self._told.load)]
        settling = list(self._settling())
        after = [
            *self._line(self._told.money),
            *self._paragraphs(self._told.past if self._changes.impact is not None else ()),
            *self._line(self._told.asked),
        ]
        ending = [*self._ending(), mark(self._where)]
        room = LONGEST - length("\n\n".join([*beginning, *after, *ending])) - 800
        middle, room = self._fitting(settling, room)
        changes, room = self._fitting(list(self._change_blocks()), room)
        folded, _ = self._fitting(list(self._folded()), room)
        return "\n\n".join([*beginning, *middle, *after, *changes, *folded, *ending]) + "\n"

    def _say(self, message: Message) -> str:
        return markdown_text(self._words.say(message))

    def _line(self, messages: Sequence[Message]) -> Iterator[str]:
        if messages:
            yield " ".join(self._say(message) for message in messages)

    def _paragraphs(self, paragraphs: Sequence[Sequence[Message]]) -> Iterator[str]:
        for paragraph in paragraphs:
            yield from self._line(paragraph)

    def _fitting(self, blocks: Sequence[str], room: int) -> tuple[list[str], int]:
        """As many blocks as there is room for, how many are left out, and the room that is left."""
        shown: list[str] = []
        for number, block in enumerate(blocks):
            if length(block) + 2 > room:
                left = len(blocks) - number
                more = say_counted(
                    "{count} more part does not fit here", "{count} more parts do not fit here", count=left
                )
                return [*shown, self._say(more)], 0
            room -= length(block) + 2
            shown.append(block)
        return shown, room

    # ------------------------------------------------------------ what changes, and what it means

    def _lead(self) -> str:
        if self._weighty:
            return f"**{self._say(headline(self._changes))}**"
        sign = "" if self._groups or self._changes.unread else "✅ "
        return f"{sign}**{self._say(_only_words(self._changes))}**"

    def _meaning(self) -> Iterator[str]:
        """What the first change means; what others mean stands with their lines."""
        if self._weighty and self._weighty[0].means is not None:
            yield self._say(self._weighty[0].means)

    # ------------------------------------------------------------ what it contradicts

    def _settling(self) -> Iterator[str]:
        """The contradictions, the worst first; the first ones in full."""
        for number, group in enumerate(self._groups):
            if number >= UNFOLDED_FINDINGS:
                yield self._folded_finding(group)
                continue
            yield "\n\n".join([self._verdict(group, number), *self._body(group)])

    def _verdict(self, group: Group, number: int) -> str:
        """What is wrong, in bold; without the message where the sentence about sellers says it already."""
        worst = min(group, key=gravity)
        is_told = self._is_told(group[0])
        if number:
            verdict = say("{message}", message=group[0].message)
        elif worst.severity is not Severity.ERROR:
            verdict = say("The agreement holds, but look again at this: {message}", message=group[0].message)
        elif is_told and len(group[0].choices) == 2:
            verdict = say("So the agreement does not hold yet. There are two ways to settle it:")
        elif is_told and group[0].choices:
            verdict = say("So the agreement does not hold yet. To settle it:")
        elif is_told:
            verdict = say("So the agreement does not hold yet")
        else:
            verdict = say("The agreement does not hold yet: {message}", message=group[0].message)
        return f"{SIGNS[worst.severity]} **{self._say(verdict)}**"

    def _is_told(self, finding: Finding) -> bool:
        return finding.code == _NO_ROOM and any(map(_is_too_much, self._load()))

    def _load(self) -> tuple[Load, ...]:
        impact = self._changes.impact
        return self._changes.effect.load if impact is None else impact.load

    def _body(self, group: Group) -> Iterator[str]:
        """The line before and after, the ways out; the other lines of the conflict are folded."""
        first, *others = group
        number = next((n for n, change in enumerate(self._weighty) if change.new == first.place), None)
        if number is None:
            number = next((n for n, change in enumerate(self._weighty) if _is_line_of(change, first.place)), None)
        if number is None or number in self._shown:
            yield from self._blocks.body(group)
            return
        self._shown.add(number)
        yield from self._lines_of(self._weighty[number])
        yield self._blocks.whereabouts(first)
        if first.choices:
            if not self._is_told(first):
                yield self._say(say("The ways to settle it:"))
            yield self._blocks.choices(first, also=tuple(_to_write_too(first, others)))
        elif first.fixes:
            yield self._say(say("To mend it:"))
            yield self._blocks.listed([self._blocks.edit(edit) for edit in first.fixes])
        if first.because:
            self._later.append(fold(self._say(say("Other lines that count here")), self._blocks.because(first)))
        if others:
            shown = [self._blocks.short(finding) for finding in others]
            self._later.append(fold(self._say(say("What else does not fit any more")), items(shown)))

    def _folded_finding(self, group: Group) -> str:
        told = f"{self._blocks.place(group[0].place)}: {self._say(group[0].message)}"
        return fold(told, "\n\n".join(self._blocks.body(group)))

    # ------------------------------------------------------------ the changes

    def _change_blocks(self) -> Iterator[str]:
        """The lines of every change that have not been shown, and what shows it."""
        for number, change in enumerate(self._weighty):
            body = list(self._change_body(change, is_shown=number in self._shown))
            if number >= UNFOLDED:
                told = f"{self._say(change.message)} ({self._say(for_whom(change))})"
                yield fold(told, "\n\n".join(body)) if body else told
            elif number:
                means = [self._say(change.means)] if change.means is not None else []
                title = f"**{self._say(change.message)}**"
                yield "\n\n".join(["---", title, self._say(for_whom(change)), *means, *body])
            elif body:
                yield "\n\n".join(["---", *body])
        words = [change for change in self._changes.changes if change.is_editorial]
        if words and self._weighty:
            counted = say_counted("{count} change of words alone", "{count} changes of words alone", count=len(words))
            yield fold(self._say(counted), items([self._short(change) for change in words]))

    def _change_body(self, change: Change, *, is_shown: bool) -> Iterator[str]:
        if not is_shown:
            yield from self._lines_of(change)
            place = change.new or change.old
            if place is not None:
                yield self._link(place, is_new=change.new is not None)
        shown = [self._say(lead) for lead in leads(change)]
        if shown:
            yield items(shown)

    def _lines_of(self, change: Change) -> Iterator[str]:
        lines = [
            f"{sign} {quote(standing(place), 0, 0, _COLUMNS).text}"
            for sign, place in (("-", change.old), ("+", change.new))
            if place is not None
        ]
        if change.old is not None and change.new is not None and lines[0][2:] == lines[1][2:]:
            lines = [f"  {lines[1][2:]}"]
        if lines:
            yield code_block(lines).replace("text", "diff", 1)

    def _short(self, change: Change) -> str:
        where = change.new or change.old
        told = self._say(change.message)
        return told if where is None else f"{self._link(where, is_new=change.new is not None)}: {told}"

    def _link(self, place: Place, *, is_new: bool) -> str:
        """Where a line stands; only the new text can be edited."""
        shown = self._say(
            say("{file}, line {line}", file=Written(self._repository.file(place.file)), line=str(place.line))
        )
        link = self._repository.link(place) if is_new else None
        return f"[{shown}]({link})" if link else shown

    # ------------------------------------------------------------ folded, and the end

    def _folded(self) -> Iterator[str]:
        yield from self._later
        follows = [message for change in self._weighty for message in change.follows]
        if follows:
            yield fold(
                self._say(say("What follows, number by number")), self._blocks.listed(list(map(self._say, follows)))
            )
        for detail in self._told.details:
            yield fold(self._say(detail.title), items([self._say(line) for line in detail.shown]))
        if self._weighty:
            yield from page_parts(self._parts, self._words)
        yield from self._blocks.waived(self._findings)

    def _ending(self) -> Iterator[str]:
        if self._changes.unread:
            yield f"⚠️ {self._say(unread(self._changes))}"
        if self._changes.impact is not None:
            yield f"<sub>{' '.join(self._say(message) for message in of_what_data(self._changes.impact))}</sub>"
        if (asked := version(self._changes)) is not None and self._weighty:
            yield f"{self._say(asked)}."
        if self._weighty and self._changes.findings is not None and not self._groups:
            yield f"✅ {self._say(say('The agreement is consistent.'))}"
        if self._weighty or self._groups:
            yield from self._blocks.ending(self._findings, self._where)


def _only_words(changes: Changes) -> Message:
    """What is said of a change that asks nothing of anybody."""
    if changes.unread and not changes.changes:
        return say("What can be read on both sides has not changed.")
    if not changes.changes:
        return say("Nothing that is agreed has changed: only its order, its notation, or remarks.")
    return say_counted(
        "Only words have changed, in {count} place: nobody owes anything else.",
        "Only words have changed, in {count} places: nobody owes anything else.",
        count=len(changes.changes),
    )


def _to_write_too(first: Finding, others: Sequence[Finding]) -> Iterator[PlacedEdit]:
    """What findings of the same edit ask for, where its line stays as it is and its own ways out do not write it."""
    own = [
        edit.place for choice in first.choices if not names_its_own_line(choice, first.place) for edit in choice.edits
    ]
    for other in others:
        yield from (edit for edit in other.fixes if edit.place not in own)


def _is_line_of(change: Change, place: Place) -> bool:
    return change.new is not None and (change.new.file, change.new.line) == (place.file, place.line)


def _is_too_much(load: Load) -> bool:
    return load.most is not None and load.after > load.most
