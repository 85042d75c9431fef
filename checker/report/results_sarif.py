"""Results as SARIF 2.1.0: a promise is what can be said, a result is what became of it.

| status                          | kind          | level   |
|---------------------------------|---------------|---------|
| missed                          | fail          | error   |
| at risk, can no longer be kept  | fail          | warning |
| kept                            | pass          | none    |
| on course                       | open          | none    |
| not measurable, no data         | notApplicable | none    |
"""

from __future__ import annotations

from checker.finding import Severity
from checker.report.findings_sarif import finding_descriptors, finding_results
from checker.report.result_remarks import about, findings_of, result_remarks
from checker.report.result_words import needs_somebody
from checker.report.results_view import ResultsView
from checker.report.sarif import Json, descriptor, result, sarif
from checker.report.terminal import printable
from checker.verdict import Result, Results, Status

_KINDS = {
    Status.MISSED: "fail",
    Status.MET: "pass",
    Status.OPEN: "open",
    Status.NO_DATA: "notApplicable",
    Status.NOT_MEASURABLE: "notApplicable",
}


def results_sarif(results: Results, view: ResultsView) -> str:
    """One run with a result for each promise and month that is told, and for what the data says of the agreement."""
    found = result_remarks(results, view)
    promises = {remark.code: remark for _, remark in found}
    codes = list(promises)
    said = findings_of(results)
    rules: list[Json] = [descriptor(code, of.name, Severity.ERROR, of.help) for code, of in promises.items()]
    return sarif(
        rules + finding_descriptors(said, view.words),
        [
            result(remark, codes.index(remark.code), view.words, view.repository, _kind(verdict))
            for verdict, remark in found
        ]
        + finding_results(said, len(codes), view.words, view.repository),
        view.words,
        [printable(view.words.say(message)) for message in about(results, view.words)],
        {"asOf": results.as_of.isoformat()},
    )


def _kind(result: Result) -> str:
    return "fail" if needs_somebody(result) else _KINDS[result.status]
