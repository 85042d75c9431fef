"""One thing to settle, in a comment: its line, the lines that it conflicts with, what follows, the choices.

Shared by the comment of a review and by that of a comparison.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from urllib.parse import quote as escaped_address

from checker.finding import Finding, Findings, Place, PlacedChoice, PlacedEdit
from checker.language import Words
from checker.message import Message, Written, say, say_counted
from checker.report.finding_words import because_text, names_its_own_line, waiver
from checker.report.markdown_parts import fold, items
from checker.report.markdown_text import code_block, code_span, markdown_text
from checker.report.repository import Repository
from checker.report.severities import SEVERITY
from checker.report.summary import draft_so_far, not_looked_at, open_findings, proofs, summary
from checker.report.terminal import quote

LINES = 6
"""How many lines of a list are shown; the others are folded."""
MOST_EDITS, MOST_FOLDED, _MOST_WAIVED = 20, 20, 20
"""Of what is listed behind one finding; so that each finding takes a bounded room."""
COLUMNS = 60
Group = Sequence[Finding]


class FindingBlocks:
    """Writes findings as Markdown, in someone's words, with links into a repository."""

    def __init__(self, words: Words, repository: Repository) -> None:
        self._words = words
        self._repository = repository

    def body(self, group: Group) -> Iterator[str]:
        """All that there is to say of findings that one edit settles, below the message of the first."""
        first, *others = group
        yield self.whereabouts(first)
        yield code_block(list(self._quotation(first)))
        if first.note:
            yield f"↑ {self.say(first.note)}"
        if first.because:
            yield self.say(say("Other lines that count here:"))
            yield self.because(first)
        if first.follows:
            yield self.say(say("What follows:"))
            yield self.listed([self.say(message) for message in first.follows])
        if first.choices:
            yield self.say(say("The choices:"))
            yield self.choices(first)
        elif first.fixes:
            yield self.say(say("To mend it:"))
            yield self.listed([self.edit(edit) for edit in first.fixes])
        if others:
            yield self.say(say("Settled together with it:") if first.choices else say("Together with it:"))
            yield self.listed([self.short(finding) for finding in others])

    def whereabouts(self, finding: Finding) -> str:
        """Its line and its rule, each as a link."""
        return f"{self.link(finding.place)} · {self.rule(finding)}"

    def because(self, finding: Finding) -> str:
        """The other lines of a conflict."""
        return self.listed([self._because(item.place, because_text(item, self._words)) for item in finding.because])

    def choices(self, finding: Finding, *, also: Sequence[PlacedEdit] = ()) -> str:
        """The ways out, each with its lines. `also` is to be written too wherever the finding's own line stays."""
        lines: list[str] = []
        for number, choice in enumerate(finding.choices, 1):
            lines += self._choice(number, choice, finding)
            if also and not names_its_own_line(choice, finding.place):
                lines.append(f"   - {self.say(say('and in any case, what follows from it:'))}")
                lines += [f"     - {self.edit(edit)}" for edit in also[:MOST_EDITS]]
        return "\n".join(lines)

    def _quotation(self, finding: Finding) -> Iterator[str]:
        """The line without its indentation, and a mark below the piece that is meant."""
        place = finding.place
        indent = len(place.source) - len(place.source.lstrip())
        start = max(place.column - 1 - indent, 0)
        shown = quote(place.source.lstrip(), start, max(place.end_column - 1 - indent, start), COLUMNS)
        yield shown.text
        yield f"{' ' * shown.start}{'^' * shown.columns}"

    def _because(self, place: Place, text: str) -> str:
        source = place.source.strip()
        if text == source:
            return f"{self.link(place)}: {code_span(source, 120)}"
        return f"{self.link(place)}: {markdown_text(text)}<br>{code_span(source, 120)}"

    # ------------------------------------------------------------ what to do

    def _choice(self, number: int, choice: PlacedChoice, finding: Finding) -> Iterator[str]:
        if names_its_own_line(choice, finding.place):
            link = self._repository.link(finding.place)
            edit = f" ([{self.say(say('edit this line'))}]({link}))" if link and choice.edits else ""
            yield f"{number}. {self.say(choice.message)}{edit}"
            return
        yield f"{number}. {self.say(choice.message)}"
        for change in choice.edits[:MOST_EDITS]:
            yield f"   - {self.edit(change)}"
        if len(choice.edits) > MOST_EDITS:
            yield f"   - {self.say(and_more(len(choice.edits) - MOST_EDITS))}"

    def edit(self, edit: PlacedEdit) -> str:
        """What to write in which line, in place of what."""
        change = _filled(
            self.say(say("{new} instead of {old}", new=Written(_NEW), old=Written(_OLD))),
            {_NEW: code_span(edit.new, 120), _OLD: code_span(edit.old, 120)},
        )
        why = f" ({self.say(edit.why)})" if edit.why else ""
        return f"{self.link(edit.place)}: {change}{why}"

    def short(self, finding: Finding) -> str:
        """A finding on one line."""
        told = f"{self.rule(finding)}, {self.link(finding.place)}: {self.say(finding.message)}"
        return f"{told} ({self.say(waiver(finding.waived))})" if finding.waived else told

    # ------------------------------------------------------------ the end

    def waived(self, findings: Findings) -> Iterator[str]:
        """What is accepted for a while, folded."""
        waived = [finding for finding in findings.findings if finding.waived]
        if waived:
            told = say_counted("{count} finding is waived:", "{count} findings are waived:", count=len(waived))
            shown = [self.short(finding) for finding in waived[:_MOST_WAIVED]]
            if len(waived) > _MOST_WAIVED:
                shown.append(self.say(and_more(len(waived) - _MOST_WAIVED)))
            yield fold(self.say(told), items(shown))

    def ending(self, findings: Findings, where: str) -> Iterator[str]:
        """What a draft lacks, what could not be looked at, how many findings there are and how one sees them all."""
        made = proofs(findings) if findings.proofs.unknown or findings.proofs.skipped else ()
        left_out = [self.say(message) for message in (*not_looked_at(findings, self._words), *made)]
        if findings.checklist:
            told = draft_so_far(findings.checklist)
            boxes = [f"[{'x' if item.is_done else ' '}] {self.say(item.message)}" for item in findings.checklist]
            yield fold(self.say(told), items(boxes))
        if left_out:
            yield items(left_out)
        if open_findings(findings):
            at_home = self.say(say("On your own computer:"))
            yield f"{self.say(summary(findings, where))}. {at_home} {code_span(command_for(where))}"

    # ------------------------------------------------------------ pieces

    def say(self, message: Message) -> str:
        """A message whose words stay letters."""
        return markdown_text(self._words.say(message))

    def listed(self, texts: Sequence[str]) -> str:
        """A list whose end is folded where it is long, and cut where it has no end."""
        shown, folded = texts[:LINES], texts[LINES:]
        if len(folded) < 2:
            return items(texts)
        kept = [*folded[:MOST_FOLDED]]
        if len(folded) > MOST_FOLDED:
            kept.append(self.say(and_more(len(folded) - MOST_FOLDED)))
        return f"{items(shown)}\n\n{fold(self.say(and_more(len(folded))), items(kept))}"

    def rule(self, finding: Finding) -> str:
        """How grave it is, and its rule as a link."""
        severity = self.say(SEVERITY[finding.severity])
        address = escaped_address(finding.help, safe=":/?#=&%~.-_+", errors="replace")
        return f"{severity} [{markdown_text(finding.code)}]({address})"

    def place(self, place: Place) -> str:
        """A file and its line."""
        return self.say(
            say("{file}, line {line}", file=Written(self._repository.file(place.file)), line=str(place.line))
        )

    def link(self, place: Place) -> str:
        """The same as a link that opens the editor, where its address is known."""
        link = self._repository.link(place)
        return f"[{self.place(place)}]({link})" if link else self.place(place)


_NEW, _OLD = "\ue000", "\ue001"
"""Stand for two pieces of code while the sentence around them is made safe."""


def and_more(count: int) -> Message:
    """How many are left out of a list."""
    return say_counted("and {count} more", "and {count} more", count=count)


def command_for(where: str) -> str:
    """What somebody types to see the same at home."""
    return f"sla validate {shlex.quote(where)}"


def _filled(text: str, pieces: dict[str, str]) -> str:
    return "".join(pieces.get(letter, letter) for letter in text)
