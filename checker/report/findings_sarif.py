"""Findings as SARIF 2.1.0, the format in which analysers speak to code scanning, editors and each other.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from checker import __version__
from checker.finding import Finding, Findings, Place, PlacedEdit, Severity, Waiver
from checker.language import Words
from checker.message import Message, say
from checker.report.finding_words import because_text, change, explanation, waiver
from checker.report.repository import Repository
from checker.report.rule_page import rule_page
from checker.report.terminal import printable
from checker.rules.catalogue import all_rules
from checker.rules.rule import DOCUMENTATION, Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "smarketingSla/v1"
"""Under this name stands what stays the same of a finding while lines move."""

_TOP = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_WORD = re.compile(r"[^\W_]+")
Json = dict[str, Any]


def findings_sarif(findings: Findings, words: Words, repository: Repository) -> str:
    """One run with a result for each finding, and the rules that they are of."""
    return json.dumps(_Report(words, repository).log(findings), indent=2, ensure_ascii=False) + "\n"


class _Report:
    def __init__(self, words: Words, repository: Repository) -> None:
        self._words = words
        self._repository = repository

    def log(self, findings: Findings) -> Json:
        found = {finding.code: finding for finding in findings.findings}
        codes = sorted(found)
        known = {rule.code: rule for rule in all_rules()}
        run: Json = {
            "tool": {
                "driver": {
                    "name": "Smarketing SLA",
                    "version": __version__,
                    "informationUri": DOCUMENTATION,
                    "rules": [self._rule(found[code], known.get(code)) for code in codes],
                }
            },
            "invocations": [
                {
                    "executionSuccessful": True,
                    "toolConfigurationNotifications": [
                        {
                            "level": "note",
                            "message": {
                                "text": self._say(say("{code} could not run: {why}", code=item.code, why=item.why))
                            },
                        }
                        for item in findings.skipped
                    ],
                }
            ],
            "language": self._words.language,
            "columnKind": "unicodeCodePoints",
            "results": [self._result(finding, codes.index(finding.code)) for finding in findings.findings],
            "properties": {
                "rulesRun": findings.rules_run,
                "proofs": {
                    "held": findings.proofs.held,
                    "unknown": findings.proofs.unknown,
                    "skipped": findings.proofs.skipped,
                },
            },
        }
        return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}

    def _say(self, message: Message) -> str:
        return printable(self._words.say(message))

    # ------------------------------------------------------------ rules

    def _rule(self, finding: Finding, rule: Rule | None) -> Json:
        """A rule that was broken: from the catalogue, else (a rule that is not installed here) from its finding."""
        name = printable(finding.name)
        descriptor: Json = {
            "id": finding.code,
            "name": "".join(word.capitalize() for word in _WORD.findall(name)) or finding.code,
            "shortDescription": {"text": name or finding.code},
            "defaultConfiguration": {"level": _LEVELS[rule.severity if rule else finding.severity]},
        }
        if finding.help:
            descriptor["helpUri"] = finding.help
        if rule and rule.explanation:
            descriptor["fullDescription"] = {"text": rule.explanation.partition("\n\n")[0]}
            descriptor["help"] = {"text": rule.explanation, "markdown": rule_page(rule, self._words)}
        else:
            descriptor["help"] = {"text": name or finding.code}
        return descriptor

    # ------------------------------------------------------------ results

    def _result(self, finding: Finding, index: int) -> Json:
        more = explanation(finding, self._words, lambda place: f"{self._repository.file(place.file)}:{place.line}")
        result: Json = {
            "ruleId": finding.code,
            "ruleIndex": index,
            "level": _LEVELS[finding.severity],
            "message": {"text": "\n".join([self._say(finding.message), "", *map(printable, more)])},
            "locations": [self._location(finding.place)],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        }
        if finding.because:
            result["relatedLocations"] = [
                {
                    "id": number,
                    "message": {"text": printable(because_text(item, self._words))},
                    **self._location(item.place),
                }
                for number, item in enumerate(finding.because, 1)
            ]
        if fixes := list(self._fixes(finding)):
            result["fixes"] = fixes
        if finding.waived:
            result["suppressions"] = [self._suppression(finding.waived)]
        properties: Json = {}
        if finding.group:
            properties["group"] = finding.group
        if finding.witness:
            properties["witness"] = {printable(name): printable(value) for name, value in finding.witness.items()}
        return result | ({"properties": properties} if properties else {})

    def _suppression(self, waived: Waiver) -> Json:
        return {
            "kind": "inSource",
            "status": "accepted",
            "justification": self._say(waiver(waived)),
            "location": self._location(waived.place),
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
                    "artifactLocation": self._artifact(members[0].place),
                    "replacements": [
                        {"deletedRegion": _region(edit.place), "insertedContent": {"text": printable(edit.new)}}
                        for edit in members
                    ],
                }
                for members in files.values()
            ],
        }

    # ------------------------------------------------------------ places

    def _location(self, place: Place) -> Json:
        region = _region(place) | {"snippet": {"text": printable(place.source)}}
        return {"physicalLocation": {"artifactLocation": self._artifact(place), "region": region}}

    def _artifact(self, place: Place) -> Json:
        uri, is_relative = self._repository.uri(place.file)
        return {"uri": uri, "uriBaseId": _TOP} if is_relative else {"uri": uri}


def _region(place: Place) -> Json:
    """A piece of one line; lines and columns count from 1, the end is exclusive in SARIF too."""
    line, column = max(place.line, 1), max(place.column, 1)
    return {"startLine": line, "startColumn": column, "endLine": line, "endColumn": max(place.end_column, column)}
