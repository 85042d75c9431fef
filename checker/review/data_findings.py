"""What the data says about lines of the agreement, as findings: the rules that `sla check` runs beside the verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from checker.agreement import Agreement
from checker.agreement.history import History
from checker.finding import Finding, Severity
from checker.finding_record import record_of
from checker.language import to_json, words
from checker.message import Message
from checker.observed import Observed
from checker.record import Said
from checker.review.places import placed, with_distinct_fingerprints
from checker.review.waiving import waive
from checker.review.weighing import in_order, severity_of, wanted_severities, why_skipped
from checker.rules.catalogue import data_rules
from checker.rules.needs import Needs
from checker.rules.rule import Rule
from checker.text import Document
from checker.verdict import Found, FoundSaid, NotLookedAt

_IN_ENGLISH = words("en")


def data_findings(
    agreement: Agreement,
    document: Document,
    observed: Observed,
    today: date | None = None,
    catalogue: Sequence[Rule] | None = None,
    history: History | None = None,
) -> tuple[tuple[Finding, ...], tuple[NotLookedAt, ...]]:
    """What the rules about data find, in the order of the files, and those that could not run.

    What `checks` says of their severity holds for them too, and so do waivers, which are over after their last day.
    """
    wanted = wanted_severities(agreement)
    needs = Needs(agreement, today, observed, history)
    findings: list[Finding] = []
    skipped = []
    rules = data_rules() if catalogue is None else catalogue
    for rule in rules:
        severity = severity_of(rule, wanted, with_notes=False)
        if severity is Severity.OFF:
            continue
        if missing := needs.missing(rule.needs):
            why = why_skipped(missing)
            skipped.append(NotLookedAt(code=rule.code, name=rule.name, why=_IN_ENGLISH.say(why), said=_said(why)))
            continue
        for problem in rule.problems(agreement, today, (), observed, history):
            findings.append(placed(problem, rule, severity, document))
    codes = [rule.code for rule in rules]
    findings, _ = waive(findings, document.waivers, codes, codes, today)
    return with_distinct_fingerprints(in_order(findings)), tuple(skipped)


def found(finding: Finding) -> Found:
    """A finding as the results hold it: worded in English, and its words as data for every other language."""
    told = record_of(finding, _IN_ENGLISH.say)
    return Found(
        **{name: getattr(told, name) for name in type(told).model_fields},
        said=FoundSaid(
            message=_said(finding.message),
            because=tuple(None if item.message is None else _said(item.message) for item in finding.because),
            follows=tuple(_said(message) for message in finding.follows),
            choices=tuple(_said(choice.message) for choice in finding.choices),
        ),
    )


def _said(message: Message) -> Said:
    return Said(**to_json(message))
