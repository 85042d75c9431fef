"""Results as GitHub's workflow commands: what was missed and what is at risk, on the promises' lines."""

from __future__ import annotations

from checker.report.remarks_github import remarks_github
from checker.report.result_remarks import about, finding_remarks, further, result_remarks
from checker.report.results_view import ResultsView
from checker.verdict import Results


def results_github(results: Results, view: ResultsView) -> str:
    """The worst ten as commands, all others as lines, and last what there is to know of the whole run."""
    remarks = [remark for _, remark in result_remarks(results, view)] + finding_remarks(results, view)
    return remarks_github(remarks, about(results, view.words), further, view.words, view.repository)
