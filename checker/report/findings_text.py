"""Findings for people, at a terminal: the line itself with a mark under it, the other lines, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from checker.finding import Finding, Findings, Place, PlacedChoice, Severity
from checker.message import Message, Written, say, say_counted
from checker.report.finding_words import because_text, change, consequences, groups, names_its_own_line, waiver
from checker.report.severities import SEVERITY
from checker.report.summary import draft_so_far, not_looked_at, open_findings, proofs, summary
from checker.report.terminal import Paint, Style, printable, quote, width

if TYPE_CHECKING:
    from checker.language import Words

_STYLES = {Severity.ERROR: Style.ERROR, Severity.WARNING: Style.WARNING, Severity.INFO: Style.INFO}
_MARGIN = 5
_DONE, _TO_DO = "[x]", "[ ]"


def findings_text(findings: Findings, words: Words, where: str, *, has_colour: bool = False) -> str:
    """All findings, one below the other, and a last line that sums them up. `where` is what was reviewed."""
    return _Report(words, Paint(has_colour)).whole(findings, where)


def finding_text(finding: Finding, words: Words) -> str:
    """One finding alone, without colours."""
    return "\n".join(_Report(words, Paint()).group([finding])) + "\n"


class _Report:
    def __init__(self, words: Words, paint: Paint) -> None:
        self._words = words
        self._paint = paint
        self._explained: set[str] = set()

    def whole(self, findings: Findings, where: str) -> str:
        blocks = ["\n".join(self.group(members)) for members in groups(findings)]
        left_out = map(self._say, not_looked_at(findings, self._words))
        ends = self._waived(findings), left_out, self._checklist(findings), map(self._say, proofs(findings))
        blocks += filter(None, map("\n".join, ends))
        told = self._say(summary(findings, where))
        blocks.append(told if open_findings(findings) else self._paint(told, Style.GOOD))
        return "\n\n".join(blocks) + "\n"

    def _say(self, message: Message) -> str:
        return printable(self._words.say(message))

    # ------------------------------------------------------------ one finding

    def group(self, findings: Sequence[Finding]) -> Iterator[str]:
        """The first in full; what else the same edit settles, in short."""
        first, *others = findings
        yield self._headline(first)
        yield ""
        yield from self._quotation(first)
        yield from self._places(first)
        if others:
            yield ""
            together = say("settled together with it:") if first.choices else say("together with it:")
            yield f"   {self._say(together)}"
            for finding in others:
                yield f"  {self._headline(finding)}"
        if lines := [*self._ways_out(first), *self._pages(findings)]:
            yield ""
            yield from (f"   {line}" for line in lines)

    def _headline(self, finding: Finding) -> str:
        label = self._paint(f"{self._say(SEVERITY[finding.severity])}[{finding.code}]", _STYLES[finding.severity])
        return f"{_spot(finding.place)}: {label} {self._paint(self._say(finding.message), Style.STRONG)}"

    def _quotation(self, finding: Finding) -> Iterator[str]:
        place = finding.place
        shown = quote(place.source, place.column - 1, place.end_column - 1)
        number = str(place.line).rjust(_MARGIN)
        yield f"{number} | {shown.text}"
        note = self._say(finding.note) if finding.note else ""
        mark = self._paint("^" * shown.columns, _STYLES[finding.severity])
        yield f"{' ' * len(number)} | {' ' * shown.start}{mark} {note}".rstrip()

    def _places(self, finding: Finding) -> Iterator[str]:
        spots = [_spot(item.place) for item in finding.because]
        column = max(map(width, spots), default=0)
        for spot, item in zip(spots, finding.because, strict=True):
            text = printable(because_text(item, self._words))
            yield f"  {spot}{' ' * (column - width(spot))}   {text}"

    def _ways_out(self, finding: Finding) -> Iterator[str]:
        for number, choice in enumerate(finding.choices, 1):
            yield f"{number}. {self._say(choice.message)}"
            yield from self._edits(choice, finding.place)
        if finding.follows:
            yield self._say(consequences(finding, self._words))

    def _edits(self, choice: PlacedChoice, here: Place) -> Iterator[str]:
        """The lines that a choice changes; not where it is the finding's own line alone, which the choice names."""
        if names_its_own_line(choice, here):
            return
        spots = [_spot(edit.place) for edit in choice.edits]
        column = max(map(width, spots))
        for spot, edit in zip(spots, choice.edits, strict=True):
            yield f"     {spot}{' ' * (column - width(spot))}   {self._say(change(edit))}"

    def _pages(self, findings: Sequence[Finding]) -> Iterator[str]:
        """The pages of the findings' rules, each once in a report."""
        for finding in findings:
            if finding.code not in self._explained:
                self._explained.add(finding.code)
                command = Written(f"sla explain {finding.code}")
                line = say("why this rule: {command}", command=command)
                if finding.help:
                    line = say("{line}, or {address}", line=line, address=finding.help)
                yield self._paint(self._say(line), Style.QUIET)

    # ------------------------------------------------------------ the end

    def _waived(self, findings: Findings) -> Iterator[str]:
        """What is accepted: why, and until when."""
        waived = [finding for finding in findings.findings if finding.waived]
        if waived:
            yield self._say(
                say_counted("{count} finding is waived:", "{count} findings are waived:", count=len(waived))
            )
        for finding in waived:
            yield f"  {self._headline(finding)}"
            yield from (f"     {self._say(waiver(accepted))}" for accepted in filter(None, [finding.waived]))
        yield from (f"   {line}" for line in self._pages(waived))

    def _checklist(self, findings: Findings) -> Iterator[str]:
        if findings.checklist:
            yield self._say(draft_so_far(findings.checklist))
        for item in findings.checklist:
            box = self._paint(_DONE, Style.GOOD) if item.is_done else _TO_DO
            yield f"  {box} {self._say(item.message)}"


def _spot(place: Place) -> str:
    return f"{printable(place.file)}:{place.line}:{place.column}"
