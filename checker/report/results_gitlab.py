"""Results as GitLab's Code Quality report: what was missed (critical), at risk (minor) and not measurable (info).

What is kept is no entry, since GitLab counts each as a loss of quality; the JUnit report has all of them.
"""

from __future__ import annotations

from checker.report.remarks_gitlab import remarks_gitlab
from checker.report.result_remarks import finding_remarks, result_remarks
from checker.report.results_view import ResultsView
from checker.verdict import Results


def results_gitlab(results: Results, view: ResultsView) -> str:
    """A JSON list; an empty one where nothing needs somebody."""
    remarks = [remark for _, remark in result_remarks(results, view)] + finding_remarks(results, view)
    return remarks_gitlab(remarks, view.words, view.repository)
