"""Findings as the comment on a pull request: it is all that its reader sees, perhaps on a phone.

A bold sentence says what is wrong. Then, for what one edit settles, the line itself with a mark under it, the lines
that it conflicts with, what follows and the choices, each with a link that opens the line in the web editor. What comes
after the first few is folded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.finding import Findings, Severity
from checker.language import Words
from checker.message import Message, say_counted
from checker.report.finding_blocks import FindingBlocks, Group, command_for
from checker.report.finding_words import groups
from checker.report.markdown_parts import LONGEST, fold, length, mark_of
from checker.report.markdown_text import code_span, markdown_text
from checker.report.repository import Repository
from checker.report.severities import SEVERITY, SIGNS, gravity
from checker.report.summary import summary

UNFOLDED = 3
"""How many things to settle are shown in full."""
_HELD = "✅"


def findings_markdown(findings: Findings, words: Words, where: str, repository: Repository) -> str:
    """The comment; one line where the agreement is consistent. `where` is what was reviewed.

    Its last line is a mark by which the comment is found again: see `mark`.
    """
    return _Report(words, repository).whole(findings, where)


def mark(where: str) -> str:
    """What no reader sees and tells the comment about one agreement from all others."""
    return mark_of("sla validate", where)


class _Report:
    def __init__(self, words: Words, repository: Repository) -> None:
        self._words = words
        self._blocks = FindingBlocks(words, repository)

    def whole(self, findings: Findings, where: str) -> str:
        ordered = sorted(groups(findings), key=lambda group: min(map(gravity, group)))
        lead = self._lead(ordered) if ordered else f"{_HELD} **{self._say(summary(findings, where))}**"
        ending = [*self._blocks.waived(findings), *self._blocks.ending(findings, where), mark(where)]
        room = LONGEST - length("\n\n".join([lead, *ending])) - 400
        return "\n\n".join([lead, *self._fitting(ordered, room, where), *ending]) + "\n"

    def _say(self, message: Message) -> str:
        return markdown_text(self._words.say(message))

    # ------------------------------------------------------------ what is wrong

    def _lead(self, ordered: Sequence[Group]) -> str:
        worst = ordered[0]
        severity = min(worst, key=gravity).severity
        if severity is Severity.ERROR:
            verdict = say_counted(
                "The agreement does not hold yet: {message}",
                "The agreement does not hold yet. There are {count} things to settle, the first: {message}",
                count=sum(any(finding.severity is Severity.ERROR for finding in group) for group in ordered),
                message=worst[0].message,
            )
        else:
            verdict = say_counted(
                "The agreement holds, but look again at this: {message}",
                "The agreement holds, but look again at {count} things, the first: {message}",
                count=len(ordered),
                message=worst[0].message,
            )
        return f"{SIGNS[severity]} **{self._say(verdict)}**"

    def _fitting(self, ordered: Sequence[Group], room: int, where: str) -> Iterator[str]:
        """As many groups as a comment holds, the worst first, and how many did not fit."""
        for number, group in enumerate(ordered):
            block = self._unfolded(group, number) if number < UNFOLDED else self._folded(group)
            room -= length(block) + 2
            if room < 0:
                left = sum(map(len, ordered[number:]))
                more = say_counted(
                    "{count} more finding does not fit here:", "{count} more findings do not fit here:", count=left
                )
                yield f"{self._say(more)} {code_span(command_for(where))}"
                return
            yield block

    def _unfolded(self, group: Group, number: int) -> str:
        """The first group's message is the bold sentence of the whole."""
        headline = [] if number == 0 else ["---", f"**{self._say(group[0].message)}**"]
        return "\n\n".join([*headline, *self._blocks.body(group)])

    def _folded(self, group: Group) -> str:
        place = self._blocks.place(group[0].place)
        told = f"{self._say(SEVERITY[group[0].severity])} {group[0].code}, {place}: {self._say(group[0].message)}"
        return fold(told, "\n\n".join(self._blocks.body(group)))
