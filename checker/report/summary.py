"""The sentences at the end of a review: what was found, and what could not be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from checker.finding import ChecklistItem, Findings, Severity
from checker.language import Words
from checker.message import Message, Written, say, say_counted


def summary(findings: Findings, where: str) -> Message:
    """What was found, in one sentence. `where` is what was reviewed."""
    return _found(findings, where) if open_findings(findings) else _consistent(findings, where)


def open_findings(findings: Findings) -> int:
    """How many findings are not waived."""
    return len(findings.findings) - findings.waived


def not_looked_at(findings: Findings, words: Words) -> Iterator[Message]:
    """One sentence for each reason for which something was left out; which rules they were is in the JSON.

    What an option of the command adds stands in the summary.
    """
    for reason, count in Counter(words.say(item.why) for item in findings.skipped if not item.option).items():
        yield say_counted(
            "{count} rule could not run: {reason}", "{count} rules could not run: {reason}", count=count, reason=reason
        )


def proofs(findings: Findings) -> Iterator[Message]:
    """Where some proofs are missing: how many there were, and what it means."""
    made = findings.proofs
    if not made.unknown and not made.skipped:
        return
    held = say_counted("{count} proof held", "{count} proofs held", count=made.held)
    yield say("{held}, {unknown} unknown, {skipped} skipped", held=held, unknown=made.unknown, skipped=made.skipped)
    if made.unknown:
        yield say("unknown: it was not settled within the limit, so the conditions may still exclude each other")
    if made.skipped:
        command = Written('pip install "z3-solver"')
        yield say("skipped: what proves things of all leads is not installed; {command} brings it", command=command)


def _consistent(findings: Findings, where: str) -> Message:
    return say(
        "{where} is consistent: {rules}, {found} ({stages}, {promises}, {fields})",
        where=Written(where),
        rules=_rules(findings),
        found=say("no findings but those waived") if findings.waived else say("no findings"),
        stages=say_counted("{count} stage", "{count} stages", count=findings.counts.get("stages", 0)),
        promises=say_counted("{count} promise", "{count} promises", count=findings.counts.get("promises", 0)),
        fields=say_counted("{count} field", "{count} fields", count=findings.counts.get("fields", 0)),
    )


def _found(findings: Findings, where: str) -> Message:
    shown, rules = Written(where), _rules(findings)
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


def _rules(findings: Findings) -> Message:
    """How many rules were run, how many more an option adds, and how many proofs held."""
    rules = say_counted("{count} rule", "{count} rules", count=findings.rules_run)
    for option, count in Counter(item.option for item in findings.skipped if item.option).items():
        rules = say("{rules}, {count} more with {option}", rules=rules, count=count, option=Written(option))
    if not findings.proofs.held:
        return rules
    held = say_counted("{count} proof", "{count} proofs", count=findings.proofs.held)
    return say("{rules}, {proofs}", rules=rules, proofs=held)


def draft_so_far(checklist: Sequence[ChecklistItem]) -> Message:
    """How much of what an agreement needs a draft has."""
    done = sum(item.is_done for item in checklist)
    return say("a draft has {done} of the {all} things that an agreement needs", done=done, all=len(checklist))
