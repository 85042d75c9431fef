"""What makes `sla check` fail: `--fail-on`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.finding import Finding
    from checker.verdict import Result, Results

LIMITS = ("missed", "finding", "never")
"""What `--fail-on` may say; the first is the default."""


@dataclass(frozen=True, slots=True)
class Failing:
    """Which results, and which findings about the agreement, fail the run."""

    result: Callable[[Result], bool]
    finding: Callable[[Finding], bool]

    def any_of(self, results: Results) -> bool:
        """Whether something fails it."""
        from checker.report.found_findings import finding_of

        return any(map(self.result, results.results)) or any(self.finding(finding_of(f)) for f in results.findings)


def failing(fail_on: str) -> Failing:
    """What a limit means."""
    from checker.finding import Severity
    from checker.verdict import Status

    def result_fails(result: Result) -> bool:
        return fail_on != "never" and result.judged and result.status is Status.MISSED

    def finding_fails(finding: Finding) -> bool:
        return fail_on == "finding" and finding.waived is None and finding.severity is not Severity.INFO

    return Failing(result_fails, finding_fails)
