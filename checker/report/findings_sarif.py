"""Findings as SARIF 2.1.0: the rules that they are of, what was found, what may be mended by a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.finding import Finding, Findings, PlacedEdit, Waiver
from checker.language import Words
from checker.language.explained import explained
from checker.message import Message, say
from checker.report.finding_words import because_text, change, remark_of, waiver
from checker.report.repository import Repository
from checker.report.rule_page import rule_page
from checker.report.sarif import Json, artifact, descriptor, location, region, result, sarif
from checker.report.terminal import printable
from checker.rules.catalogue import all_rules
from checker.rules.rule import Rule


def findings_sarif(findings: Findings, words: Words, repository: Repository) -> str:
    """One run with a result for each finding, and the rules that they are of."""
    made = findings.proofs
    return sarif(
        finding_descriptors(findings.findings, words),
        finding_results(findings.findings, 0, words, repository),
        words,
        [
            printable(words.say(say("{code} could not run: {why}", code=item.code, why=item.why)))
            for item in findings.skipped
        ],
        {
            "rulesRun": findings.rules_run,
            "proofs": {"held": made.held, "unknown": made.unknown, "skipped": made.skipped},
        },
    )


def finding_descriptors(findings: Sequence[Finding], words: Words) -> list[Json]:
    """The rules that findings are of, in the order of their codes."""
    known = {rule.code: rule for rule in all_rules()}
    found = {finding.code: finding for finding in findings}
    return [_rule(found[code], known.get(code), words) for code in sorted(found)]


def finding_results(findings: Sequence[Finding], first: int, words: Words, repository: Repository) -> list[Json]:
    """A result for each finding, where `first` is the index of the first of their rules."""
    codes = sorted({finding.code for finding in findings})
    report = _Report(words, repository)
    return [report.result(finding, first + codes.index(finding.code)) for finding in findings]


def _rule(finding: Finding, rule: Rule | None, words: Words) -> Json:
    """A rule that was broken: from the catalogue, else (a rule that is not installed here) from its finding."""
    described = descriptor(
        finding.code, words.declared(finding.name), rule.severity if rule else finding.severity, finding.help
    )
    if rule and rule.explanation:
        told = explained(rule.explanation, words)
        described["fullDescription"] = {"text": told.partition("\n\n")[0]}
        described["help"] = {"text": told, "markdown": rule_page(rule, words)}
    return described


class _Report:
    def __init__(self, words: Words, repository: Repository) -> None:
        self._words = words
        self._repository = repository

    def _say(self, message: Message) -> str:
        return printable(self._words.say(message))

    def result(self, finding: Finding, index: int) -> Json:
        """What was found, with the other lines and what may be mended."""
        made = result(remark_of(finding, self._words, self._repository), index, self._words, self._repository)
        if finding.because:
            made["relatedLocations"] = [
                {
                    "id": number,
                    "message": {"text": printable(because_text(item, self._words))},
                    **location(item.place, self._repository),
                }
                for number, item in enumerate(finding.because, 1)
            ]
        if fixes := list(self._fixes(finding)):
            made["fixes"] = fixes
        if finding.waived:
            made["suppressions"] = [self._suppression(finding.waived)]
        properties: Json = {}
        if finding.group:
            properties["group"] = finding.group
        if finding.witness:
            properties["witness"] = {printable(name): printable(value) for name, value in finding.witness.items()}
        return made | ({"properties": properties} if properties else {})

    def _suppression(self, waived: Waiver) -> Json:
        return {
            "kind": "inSource",
            "status": "accepted",
            "justification": self._say(waiver(waived)),
            "location": location(waived.place, self._repository),
        }

    def _fixes(self, finding: Finding) -> Iterator[Json]:
        """What a program may apply: edits that settle the finding together.

        A choice of several edits is none: it may mean all of them or one of them, and people decide.
        """
        if finding.fixes:
            yield self._fix(", ".join(self._say(change(edit)) for edit in finding.fixes), finding.fixes)
        for choice in finding.choices:
            if len(choice.edits) == 1:
                yield self._fix(self._say(choice.message), choice.edits)

    def _fix(self, description: str, edits: Sequence[PlacedEdit]) -> Json:
        """Edits that are made together, file by file."""
        files: dict[str, list[PlacedEdit]] = {}
        for edit in edits:
            files.setdefault(edit.place.file, []).append(edit)
        return {
            "description": {"text": description},
            "artifactChanges": [
                {
                    "artifactLocation": artifact(members[0].place, self._repository),
                    "replacements": [
                        {"deletedRegion": region(edit.place), "insertedContent": {"text": printable(edit.new)}}
                        for edit in members
                    ],
                }
                for members in files.values()
            ],
        }
