"""Findings for people, at a terminal: the line itself with a mark under it, the other lines, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from checker.finding import Finding, Findings, Place, PlacedChoice, Proofs, Severity, Skipped
from checker.message import Message, Written, say, say_counted
from checker.report.terminal import Paint, Style, printable, quote, width

if TYPE_CHECKING:
    from checker.language import Words

_STYLES = {Severity.ERROR: Style.ERROR, Severity.WARNING: Style.WARNING, Severity.INFO: Style.INFO}
_MARGIN = 5
_DONE, _TO_DO = "[x]", "[ ]"


def findings_text(findings: Findings, words: Words, where: str, *, has_colour: bool = False) -> str:
    """All findings, one below the other, and a last line that sums them up. `where` is what was reviewed."""
    return _Report(words, Paint(has_colour)).whole(findings, where)


class _Report:
    def __init__(self, words: Words, paint: Paint) -> None:
        self._words = words
        self._paint = paint
        self._explained: set[str] = set()

    def whole(self, findings: Findings, where: str) -> str:
        blocks = [
            "\n".join(self._group(list(members)))
            for _, members in groupby(findings.findings, key=lambda finding: finding.group or finding.fingerprint)
        ]
        blocks += filter(None, ("\n".join(self._skipped(findings.skipped)), "\n".join(self._checklist(findings))))
        if proofs := "\n".join(self._proofs(findings.proofs)):
            blocks.append(proofs)
        blocks.append(self._summary(findings, where))
        return "\n\n".join(blocks) + "\n"

    def _say(self, message: Message) -> str:
        return printable(self._words.say(message))

    # ------------------------------------------------------------ one finding

    def _group(self, findings: Sequence[Finding]) -> Iterator[str]:
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
        yield from self._ways_out(first)

    def _headline(self, finding: Finding) -> str:
        label = self._paint(f"{self._say(_SEVERITY[finding.severity])}[{finding.code}]", _STYLES[finding.severity])
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
            text = self._say(item.message) if item.message else printable(item.place.source.strip())
            yield f"  {spot}{' ' * (column - width(spot))}   {text}"

    def _ways_out(self, finding: Finding) -> Iterator[str]:
        lines: list[str] = []
        for number, choice in enumerate(finding.choices, 1):
            lines.append(f"{number}. {self._say(choice.message)}")
            lines += self._edits(choice, finding.place)
        if finding.follows:
            follows = ", ".join(self._say(message) for message in finding.follows)
            lines.append(self._say(say("what follows: {consequences}", consequences=follows)))
        if finding.code not in self._explained:
            self._explained.add(finding.code)
            command = Written(f"sla explain {finding.code}")
            lines.append(self._paint(self._say(say("why this rule: {command}", command=command)), Style.QUIET))
        if lines:
            yield ""
            yield from (f"   {line}" for line in lines)

    def _edits(self, choice: PlacedChoice, here: Place) -> Iterator[str]:
        """The lines that a choice changes; not where it is the finding's own line alone, which the choice names."""
        if all(edit.place == here for edit in choice.edits):
            return
        spots = [_spot(edit.place) for edit in choice.edits]
        column = max(map(width, spots))
        for spot, edit in zip(spots, choice.edits, strict=True):
            change = say("{new} instead of {old}", new=Written(edit.new), old=Written(edit.old))
            text = say("{change} ({why})", change=change, why=edit.why) if edit.why else change
            yield f"     {spot}{' ' * (column - width(spot))}   {self._say(text)}"

    # ------------------------------------------------------------ the end

    def _skipped(self, skipped: Sequence[Skipped]) -> Iterator[str]:
        """One line for each reason; which rules they were is in the JSON. What an option adds stands in the summary."""
        for reason, count in Counter(self._say(item.why) for item in skipped if not item.option).items():
            yield self._say(
                say_counted(
                    "{count} rule could not run: {reason}",
                    "{count} rules could not run: {reason}",
                    count=count,
                    reason=reason,
                )
            )

    def _proofs(self, proofs: Proofs) -> Iterator[str]:
        """How many proofs there were; and what it means that some are missing."""
        if proofs == Proofs():
            return
        held = say_counted("{count} proof held", "{count} proofs held", count=proofs.held)
        yield self._say(
            say(
                "{held}, {unknown} unknown, {skipped} skipped",
                held=held,
                unknown=proofs.unknown,
                skipped=proofs.skipped,
            )
        )
        if proofs.unknown:
            yield self._say(
                say("unknown: it was not settled within the limit, so the conditions may still exclude each other")
            )
        if proofs.skipped:
            command = Written('pip install "z3-solver"')
            yield self._say(
                say("skipped: what proves things of all leads is not installed; {command} brings it", command=command)
            )

    def _checklist(self, findings: Findings) -> Iterator[str]:
        sections = [item for item in findings.checklist if item.is_section]
        if not sections:
            return
        done = sum(item.is_done for item in sections)
        yield self._say(say("a draft: {done} of {all} sections are there", done=done, all=len(sections)))
        for item in findings.checklist:
            box = self._paint(_DONE, Style.GOOD) if item.is_done else _TO_DO
            yield f"  {box} {self._say(item.message)}"

    def _summary(self, findings: Findings, where: str) -> str:
        rules = _rules(findings)
        shown = Written(where)
        if not findings.findings:
            message = say(
                "{where} is consistent: {rules}, no findings ({stages}, {promises}, {fields})",
                where=shown,
                rules=rules,
                stages=say_counted("{count} stage", "{count} stages", count=findings.counts["stages"]),
                promises=say_counted("{count} promise", "{count} promises", count=findings.counts["promises"]),
                fields=say_counted("{count} field", "{count} fields", count=findings.counts["fields"]),
            )
            return self._paint(self._say(message), Style.GOOD)
        errors = say_counted("{count} error", "{count} errors", count=findings.count(Severity.ERROR))
        warnings = say_counted("{count} warning", "{count} warnings", count=findings.count(Severity.WARNING))
        notes = findings.count(Severity.INFO)
        if not notes:
            message = say(
                "{errors}, {warnings} in {where} ({rules})", errors=errors, warnings=warnings, where=shown, rules=rules
            )
        else:
            message = say(
                "{errors}, {warnings}, {notes} in {where} ({rules})",
                errors=errors,
                warnings=warnings,
                notes=say_counted("{count} note", "{count} notes", count=notes),
                where=shown,
                rules=rules,
            )
        return self._say(message)


_SEVERITY = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.INFO: say("note"),
}


def _spot(place: Place) -> str:
    return f"{printable(place.file)}:{place.line}:{place.column}"


def _rules(findings: Findings) -> Message:
    """How many rules were run, and how many more an option adds."""
    rules = say_counted("{count} rule", "{count} rules", count=findings.rules_run)
    for option, count in Counter(item.option for item in findings.skipped if item.option).items():
        rules = say("{rules}, {count} more with {option}", rules=rules, count=count, option=Written(option))
    return rules
