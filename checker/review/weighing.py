"""How much findings matter here, why a rule could not run, and the order in which findings are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from checker.agreement import Agreement
from checker.finding import Finding, Severity
from checker.message import Message, Written, all_of, say
from checker.rules.rule import HOLIDAYS, PLANNED_NAMES, RELEASES, TODAY, Rule

AS_OF = "--as-of"
"""The option that tells today's date."""


def wanted_severities(agreement: Agreement) -> Mapping[str, str]:
    """Rule -> the severity that the company gives it."""
    checks = agreement.sections.checks
    return (checks.severity if checks else None) or {}


def severity_of(rule: Rule, wanted: Mapping[str, str], *, with_notes: bool) -> Severity:
    """How much a rule's findings matter here: what the company says, else the rule."""
    if rule.code in wanted and not rule.is_about_reading:
        return Severity(wanted[rule.code])
    return Severity.OFF if rule.on_request and not with_notes else rule.severity


def why_skipped(missing: Sequence[str]) -> Message:
    """Why a rule could not run that lacks one of these."""
    if RELEASES in missing:
        return say("no version has been released before: there is nothing in {folder}", folder=Written("releases/"))
    if TODAY in missing:
        return say("today's date is not known; give it with {option}", option=Written(AS_OF))
    if HOLIDAYS in missing:
        return say(
            "a part that is installed separately is missing; {command} brings it",
            command=Written('pip install "smarketing-sla[check]"'),
        )
    if PLANNED_NAMES in missing:
        return say("targets or rates are written for names that are not known")
    return say("what they need cannot be read yet: {sections}", sections=all_of(missing))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By file and line. Findings that one edit settles stand together, behind the one that says how."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(number if finding.group is None else finding.group, []).append(finding)
    for members in groups.values():
        members.sort(key=lambda finding: (not finding.choices, not finding.follows, _position(finding)))
    return [
        finding for members in sorted(groups.values(), key=lambda group: _position(group[0])) for finding in members
    ]


def _position(finding: Finding) -> tuple[str, int, int, str]:
    return finding.place.file, finding.place.line, finding.place.column, finding.code
