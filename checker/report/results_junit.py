"""Results as a JUnit report: each promise and month that is told is a test.

| status                  | test                                                                |
|-------------------------|---------------------------------------------------------------------|
| missed                  | a failure, where it fails the run; else it passes and tells its text |
| kept                    | passes                                                              |
| open                    | passes, and its output says where it is heading                     |
| no data, not measurable | skipped, with the reason                                            |

A suite is what one side promises; the next one is what the data says about the agreement, which fails only where that
fails the run; the last one is about the data, so that no report is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from checker.finding import Finding
from checker.message import say
from checker.report.finding_words import remark_of, waiver
from checker.report.junit import Test, junit, of_remark
from checker.report.remark import Remark
from checker.report.result_remarks import about, findings_of, result_remarks
from checker.report.result_words import SIDES, STATUSES
from checker.report.results_view import ResultsView
from checker.report.severities import SEVERITY
from checker.verdict import Result, Results, Status

_DATA, _FINDINGS = "sla.data", "sla.findings"


def results_junit(
    results: Results,
    view: ResultsView,
    fails: Callable[[Result], bool],
    finding_fails: Callable[[Finding], bool],
) -> str:
    """The report as XML. `fails` and `finding_fails` say which results and findings fail the run."""
    words = view.words
    found = result_remarks(results, view)
    suites: list[tuple[str, Iterable[Test]]] = [
        (
            words.say(name),
            [_test(result, remark, view, fails(result)) for result, remark in found if result.owes == side],
        )
        for side, name in SIDES.items()
    ]
    suites.append((_FINDINGS, [_finding(finding, view, finding_fails(finding)) for finding in findings_of(results)]))
    told = "\n".join(words.say(message) for message in about(results, view.words))
    suites.append((_DATA, [Test(_DATA, words.say(say("About the data")), told)]))
    return junit("sla check", [(name, tests) for name, tests in suites if tests])


def _test(result: Result, remark: Remark, view: ResultsView, is_failure: bool) -> Test:
    message, status = view.words.say(remark.message), view.words.say(STATUSES[result.status])
    failure = (message, status) if is_failure and result.status is Status.MISSED else None
    skipped = message if result.status in (Status.NO_DATA, Status.NOT_MEASURABLE) else None
    return of_remark(remark, view.words, view.repository, failure, skipped)


def _finding(finding: Finding, view: ResultsView, is_failure: bool) -> Test:
    remark = remark_of(finding, view.words, view.repository)
    message, severity = view.words.say(finding.message), view.words.say(SEVERITY[finding.severity])
    failure = (message, severity) if is_failure and not finding.waived else None
    skipped = view.words.say(waiver(finding.waived)) if finding.waived else None
    return of_remark(remark, view.words, view.repository, failure, skipped)
