"""Findings as a JUnit report, which Jenkins, GitLab and most other servers show as failed tests.

A suite is a file of the agreement, a test is a finding. A finding that fails the run is a failure; one that does not
passes and tells its text; one that is waived is skipped, like a rule that could not run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from checker.finding import Finding, Findings, Severity
from checker.language import Words
from checker.message import say_counted
from checker.report.finding_words import waiver
from checker.report.findings_text import finding_text
from checker.report.junit import Test, junit
from checker.report.repository import Repository
from checker.report.severities import SEVERITY
from checker.report.summary import summary

_RULES = "sla.rules"


def findings_junit(
    findings: Findings, words: Words, where: str, repository: Repository, failing: Collection[Severity]
) -> str:
    """The report as XML. `failing` are the severities that fail the run, `where` is what was reviewed."""
    return _Report(words, repository, failing).whole(findings, where)


class _Report:
    def __init__(self, words: Words, repository: Repository, failing: Collection[Severity]) -> None:
        self._words = words
        self._repository = repository
        self._failing = failing

    def whole(self, findings: Findings, where: str) -> str:
        files: dict[str, list[Finding]] = {}
        for finding in findings.findings:
            files.setdefault(self._repository.file(finding.place.file), []).append(finding)
        suites: list[tuple[str, Iterable[Test]]] = [(file, map(self._test, members)) for file, members in files.items()]
        suites.append((_RULES, [self._others(findings, where), *self._skipped(findings)]))
        return junit("sla validate", suites)

    def _test(self, finding: Finding) -> Test:
        place, file = finding.place, self._repository.file(finding.place.file)
        message = self._words.say(finding.message)
        is_failure = finding.severity in self._failing and not finding.waived
        return Test(
            code=finding.code,
            name=f"{file}:{place.line}:{place.column} {message}",
            text=finding_text(finding, self._words),
            file=file,
            line=place.line,
            failure=(message, self._words.say(SEVERITY[finding.severity])) if is_failure else None,
            skipped=self._words.say(waiver(finding.waived)) if finding.waived else None,
        )

    def _others(self, findings: Findings, where: str) -> Test:
        """The rules that found nothing, as one test that passes: no report is empty."""
        silent = findings.rules_run - len({finding.code for finding in findings.findings})
        name = say_counted("{count} rule that found nothing", "{count} rules that found nothing", count=max(silent, 0))
        return Test(_RULES, self._words.say(name), self._words.say(summary(findings, where)))

    def _skipped(self, findings: Findings) -> Iterable[Test]:
        for rule in findings.skipped:
            yield Test(rule.code, self._words.declared(rule.name), skipped=self._words.say(rule.why))
