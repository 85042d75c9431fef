"""Findings as a JUnit report, which Jenkins, GitLab and most other servers show as failed tests.

A suite is a file of the agreement, a test is a finding. A finding that fails the run is a failure; one that does not
passes and tells its text; one that is waived is skipped, like a rule that could not run. The shape is the one that
Jenkins and Ant agree on. It holds no time: the same agreement gives the same report.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from xml.etree import ElementTree as ET

from checker.finding import Finding, Findings, Severity
from checker.language import Words
from checker.message import say_counted
from checker.report.finding_words import waiver
from checker.report.findings_text import finding_text
from checker.report.repository import Repository
from checker.report.severities import SEVERITY
from checker.report.summary import summary
from checker.report.terminal import printable

_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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
            files.setdefault(self._file(finding), []).append(finding)
        suites = [_suite(file, map(self._test, members)) for file, members in files.items()]
        suites.append(_suite(_RULES, [self._others(findings, where), *self._skipped(findings)]))
        root = ET.Element("testsuites", _counts(suites) | {"name": "sla validate"})
        root.extend(suites)
        ET.indent(root)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'

    def _file(self, finding: Finding) -> str:
        return _clean(self._repository.file(finding.place.file))

    def _test(self, finding: Finding) -> ET.Element:
        place = finding.place
        message = _clean(self._words.say(finding.message))
        test = ET.Element(
            "testcase",
            classname=finding.code,
            name=f"{self._file(finding)}:{place.line}:{place.column} {message}",
            file=self._file(finding),
            line=str(place.line),
            time="0",
        )
        text = _clean(finding_text(finding, self._words))
        if finding.waived:
            _add(test, "skipped", _clean(self._words.say(waiver(finding.waived))))
            _add(test, "system-out", text=text)
        elif finding.severity in self._failing:
            severity = _clean(self._words.say(SEVERITY[finding.severity]))
            _add(test, "failure", message, text, type=severity)
        else:
            _add(test, "system-out", text=text)
        return test

    def _others(self, findings: Findings, where: str) -> ET.Element:
        """The rules that found nothing, as one test that passes: no report is empty."""
        silent = findings.rules_run - len({finding.code for finding in findings.findings})
        name = say_counted("{count} rule that found nothing", "{count} rules that found nothing", count=max(silent, 0))
        test = ET.Element("testcase", classname=_RULES, name=_clean(self._words.say(name)), time="0")
        _add(test, "system-out", text=_clean(self._words.say(summary(findings, where))))
        return test

    def _skipped(self, findings: Findings) -> Iterable[ET.Element]:
        for rule in findings.skipped:
            test = ET.Element("testcase", classname=rule.code, name=_clean(rule.name), time="0")
            _add(test, "skipped", _clean(self._words.say(rule.why)))
            yield test


def _suite(name: str, tests: Iterable[ET.Element]) -> ET.Element:
    suite = ET.Element("testsuite")
    suite.extend(tests)
    counts = {
        "tests": len(suite),
        "failures": len(suite.findall("testcase/failure")),
        "errors": 0,
        "skipped": len(suite.findall("testcase/skipped")),
    }
    suite.attrib = {"name": name, **{key: str(count) for key, count in counts.items()}, "time": "0"}
    return suite


def _counts(suites: Sequence[ET.Element]) -> dict[str, str]:
    return {key: str(sum(int(suite.attrib[key]) for suite in suites)) for key in ("tests", "failures", "errors")}


def _add(test: ET.Element, tag: str, message: str | None = None, text: str | None = None, **more: str) -> None:
    attributes = ({} if message is None else {"message": message}) | more
    ET.SubElement(test, tag, attributes).text = text


def _clean(text: str) -> str:
    """A text that XML may hold: without control characters, marks of direction and what is no character."""
    return _NO_XML.sub("\ufffd", "\n".join(map(printable, text.split("\n"))))
