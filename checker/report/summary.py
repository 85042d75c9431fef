"""The sentences at the end of a review: what was found, and what could not be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.finding import Findings, Severity
from checker.language import Words
from checker.message import Message, Written, say, say_counted


def summary(findings: Findings, where: str) -> Message:
    """What was found, in one sentence. `where` is what was reviewed."""
    told = _found(findings, where) if open_findings(findings) else _consistent(findings, where)
    if not findings.waived:
        return told
    waived = say_counted("{count} finding is waived", "{count} findings are waived", count=findings.waived)
    return say("{summary}; {waived}", summary=told, waived=waived)


def open_findings(findings: Findings) -> int:
    """How many findings are not waived."""
    return len(findings.findings) - findings.waived


def not_looked_at(findings: Findings, words: Words) -> Iterator[Message]:
    """One sentence for each reason for which something was left out; which rules they were is in the JSON."""
    for reason, count in Counter(words.say(item.why) for item in findings.skipped).items():
        yield say_counted(
            "{count} rule could not run: {reason}", "{count} rules could not run: {reason}", count=count, reason=reason
        )
    if unknown := findings.proofs.unknown:
        yield say_counted(
            "{count} question about criteria was not decided in the time that it was given",
            "{count} questions about criteria were not decided in the time that they were given",
            count=unknown,
        )
    if skipped := findings.proofs.skipped:
        yield say_counted(
            "{count} question about criteria was not asked: the solver is not installed",
            "{count} questions about criteria were not asked: the solver is not installed",
            count=skipped,
        )


def _consistent(findings: Findings, where: str) -> Message:
    return say(
        "{where} is consistent: {rules}, no findings ({stages}, {promises}, {fields})",
        where=Written(where),
        rules=_asked(findings),
        stages=say_counted("{count} stage", "{count} stages", count=findings.counts.get("stages", 0)),
        promises=say_counted("{count} promise", "{count} promises", count=findings.counts.get("promises", 0)),
        fields=say_counted("{count} field", "{count} fields", count=findings.counts.get("fields", 0)),
    )


def _found(findings: Findings, where: str) -> Message:
    shown, rules = Written(where), _asked(findings)
    errors = say_counted("{count} error", "{count} errors", count=findings.count(Severity.ERROR))
    warnings = say_counted("{count} warning", "{count} warnings", count=findings.count(Severity.WARNING))
    notes = findings.count(Severity.INFO)
    if not notes:
        return say(
            "{errors}, {warnings} in {where} ({rules})", errors=errors, warnings=warnings, where=shown, rules=rules
        )
    return say(
        "{errors}, {warnings}, {notes} in {where} ({rules})",
        errors=errors,
        warnings=warnings,
        notes=say_counted("{count} note", "{count} notes", count=notes),
        where=shown,
        rules=rules,
    )


def _asked(findings: Findings) -> Message:
    """How many rules ran, and how many proofs held."""
    rules = say_counted("{count} rule", "{count} rules", count=findings.rules_run)
    if not findings.proofs.held:
        return rules
    proofs = say_counted("{count} proof", "{count} proofs", count=findings.proofs.held)
    return say("{rules}, {proofs}", rules=rules, proofs=proofs)
