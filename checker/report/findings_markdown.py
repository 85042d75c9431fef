"""Findings as the comment on a pull request: it is all that its reader sees, perhaps on a phone.

A bold sentence says what is wrong. Then, for what one edit settles, the line itself with a mark under it, the lines
that it conflicts with, what follows and the choices, each with a link that opens the line in the web editor. What comes
after the first few is folded.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from urllib.parse import quote as escaped_address

from checker.finding import Finding, Findings, Place, PlacedChoice, PlacedEdit, Severity
from checker.language import Words
from checker.message import Message, Written, say, say_counted
from checker.report.finding_words import because_text, groups, names_its_own_line, waiver
from checker.report.markdown_parts import LONGEST, fold, items, length, mark_of
from checker.report.markdown_text import code_block, code_span, markdown_text
from checker.report.repository import Repository
from checker.report.severities import SEVERITY, gravity
from checker.report.summary import draft_so_far, not_looked_at, open_findings, proofs, summary
from checker.report.terminal import quote

UNFOLDED = 3
"""How many things to settle are shown in full."""
_LINES = 6
"""How many lines of a list are shown; the others are folded."""
_COLUMNS = 60
_SIGNS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}
_HELD = "✅"
Group = Sequence[Finding]


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
        self._repository = repository

    def whole(self, findings: Findings, where: str) -> str:
        waived = [finding for finding in findings.findings if finding.waived]
        ordered = sorted(groups(findings), key=lambda group: min(map(gravity, group)))
        lead = self._lead(ordered) if ordered else f"{_HELD} **{self._say(summary(findings, where))}**"
        ending = [*self._waived(waived), *self._ending(findings, where), mark(where)]
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
        return f"{_SIGNS[severity]} **{self._say(verdict)}**"

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
                yield f"{self._say(more)} {code_span(_command(where))}"
                return
            yield block

    def _unfolded(self, group: Group, number: int) -> str:
        """The first group's message is the bold sentence of the whole."""
        headline = [] if number == 0 else ["---", f"**{self._say(group[0].message)}**"]
        return "\n\n".join([*headline, *self._body(group)])

    def _folded(self, group: Group) -> str:
        place = self._place(group[0].place)
        told = f"{self._say(SEVERITY[group[0].severity])} {group[0].code}, {place}: {self._say(group[0].message)}"
        return fold(told, "\n\n".join(self._body(group)))

    def _body(self, group: Group) -> Iterator[str]:
        first, *others = group
        yield f"{self._link(first.place)} · {self._rule(first)}"
        yield code_block(list(self._quotation(first)))
        if first.note:
            yield f"↑ {self._say(first.note)}"
        if first.because:
            yield self._say(say("Other lines that count here:"))
            yield self._list([self._because(item.place, because_text(item, self._words)) for item in first.because])
        if first.follows:
            yield self._say(say("What follows:"))
            yield self._list([self._say(message) for message in first.follows])
        if first.choices:
            yield self._say(say("The choices:"))
            yield "\n".join(
                line for number, choice in enumerate(first.choices, 1) for line in self._choice(number, choice, first)
            )
        elif first.fixes:
            yield self._say(say("To mend it:"))
            yield self._list([self._edit(edit) for edit in first.fixes])
        if others:
            yield self._say(say("Settled together with it:") if first.choices else say("Together with it:"))
            yield self._list([self._short(finding) for finding in others])

    def _quotation(self, finding: Finding) -> Iterator[str]:
        """The line without its indentation, and a mark below the piece that is meant."""
        place = finding.place
        indent = len(place.source) - len(place.source.lstrip())
        start = max(place.column - 1 - indent, 0)
        shown = quote(place.source.lstrip(), start, max(place.end_column - 1 - indent, start), _COLUMNS)
        yield shown.text
        yield f"{' ' * shown.start}{'^' * shown.columns}"

    def _because(self, place: Place, text: str) -> str:
        source = place.source.strip()
        if text == source:
            return f"{self._link(place)}: {code_span(source, 120)}"
        return f"{self._link(place)}: {markdown_text(text)}<br>{code_span(source, 120)}"

    # ------------------------------------------------------------ what to do

    def _choice(self, number: int, choice: PlacedChoice, finding: Finding) -> Iterator[str]:
        if names_its_own_line(choice, finding.place):
            link = self._repository.link(finding.place)
            edit = f" ([{self._say(say('edit this line'))}]({link}))" if link and choice.edits else ""
            yield f"{number}. {self._say(choice.message)}{edit}"
            return
        yield f"{number}. {self._say(choice.message)}"
        for change in choice.edits[:_MOST_EDITS]:
            yield f"   - {self._edit(change)}"
        if len(choice.edits) > _MOST_EDITS:
            yield f"   - {self._say(_and_more(len(choice.edits) - _MOST_EDITS))}"

    def _edit(self, edit: PlacedEdit) -> str:
        change = _filled(
            self._say(say("{new} instead of {old}", new=Written(_NEW), old=Written(_OLD))),
            {_NEW: code_span(edit.new, 120), _OLD: code_span(edit.old, 120)},
        )
        why = f" ({self._say(edit.why)})" if edit.why else ""
        return f"{self._link(edit.place)}: {change}{why}"

    def _short(self, finding: Finding) -> str:
        told = f"{self._rule(finding)}, {self._link(finding.place)}: {self._say(finding.message)}"
        return f"{told} ({self._say(waiver(finding.waived))})" if finding.waived else told

    # ------------------------------------------------------------ the end

    def _waived(self, waived: Group) -> Iterator[str]:
        if waived:
            told = say_counted("{count} finding is waived:", "{count} findings are waived:", count=len(waived))
            shown = [self._short(finding) for finding in waived[:_MOST_WAIVED]]
            if len(waived) > _MOST_WAIVED:
                shown.append(self._say(_and_more(len(waived) - _MOST_WAIVED)))
            yield fold(self._say(told), items(shown))

    def _ending(self, findings: Findings, where: str) -> Iterator[str]:
        made = proofs(findings) if findings.proofs.unknown or findings.proofs.skipped else ()
        left_out = [self._say(message) for message in (*not_looked_at(findings, self._words), *made)]
        if findings.checklist:
            told = draft_so_far(findings.checklist)
            boxes = [f"[{'x' if item.is_done else ' '}] {self._say(item.message)}" for item in findings.checklist]
            yield fold(self._say(told), items(boxes))
        if left_out:
            yield items(left_out)
        if open_findings(findings):
            at_home = self._say(say("On your own computer:"))
            yield f"{self._say(summary(findings, where))}. {at_home} {code_span(_command(where))}"

    # ------------------------------------------------------------ pieces

    def _list(self, texts: Sequence[str]) -> str:
        """A list whose end is folded where it is long, and cut where it has no end."""
        shown, folded = texts[:_LINES], texts[_LINES:]
        if len(folded) < 2:
            return items(texts)
        kept = [*folded[:_MOST_FOLDED]]
        if len(folded) > _MOST_FOLDED:
            kept.append(self._say(_and_more(len(folded) - _MOST_FOLDED)))
        return f"{items(shown)}\n\n{fold(self._say(_and_more(len(folded))), items(kept))}"

    def _rule(self, finding: Finding) -> str:
        severity = self._say(SEVERITY[finding.severity])
        address = escaped_address(finding.help, safe=":/?#=&%~.-_+", errors="replace")
        return f"{severity} [{markdown_text(finding.code)}]({address})"

    def _place(self, place: Place) -> str:
        return self._say(say("{file}, line {line}", file=Written(self._repository.file(place.file)), line=place.line))

    def _link(self, place: Place) -> str:
        link = self._repository.link(place)
        return f"[{self._place(place)}]({link})" if link else self._place(place)


_MOST_EDITS, _MOST_FOLDED, _MOST_WAIVED = 20, 20, 20
"""Of what is listed behind one finding; so that each finding takes a bounded room."""
_NEW, _OLD = "\ue000", "\ue001"
"""Stand for two pieces of code while the sentence around them is made safe."""


def _and_more(count: int) -> Message:
    return say_counted("and {count} more", "and {count} more", count=count)


def _filled(text: str, pieces: dict[str, str]) -> str:
    return "".join(pieces.get(letter, letter) for letter in text)


def _command(where: str) -> str:
    return f"sla validate {shlex.quote(where)}"
