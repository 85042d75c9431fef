"""What makes `sla check` fail: `--fail-on`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.finding import Finding
    from checker.verdict import Result, Results

LIMITS = ("missed", "newly-missed", "finding", "never")
"""What `--fail-on` may say; the first is the default."""
NEWLY_MISSED = LIMITS[1]


@dataclass(frozen=True, slots=True)
class Failing:
    """Which results, and which findings about the agreement, fail the run."""

    result: Callable[[Result], bool]
    finding: Callable[[Finding], bool]

    def any_of(self, results: Results) -> bool:
        """Whether something fails it."""
        from checker.report.found_findings import finding_of

        return any(map(self.result, results.results)) or any(self.finding(finding_of(f)) for f in results.findings)


def failing(fail_on: str, results: Results, history: Path | None) -> Failing:
    """What a limit means for these results. Raises UnreadableInput where the history that it asks cannot be read."""
    from checker.finding import Severity
    from checker.verdict import Status

    news = _news(results, history) if fail_on == NEWLY_MISSED and history is not None else None

    def result_fails(result: Result) -> bool:
        if fail_on == "never" or not result.judged or result.status is not Status.MISSED:
            return False
        return news is None or (result.promise, result.period, result.channel) in news

    def finding_fails(finding: Finding) -> bool:
        return fail_on == "finding" and finding.waived is None and finding.severity is not Severity.INFO

    return Failing(result_fails, finding_fails)


def _news(results: Results, history: Path) -> frozenset[tuple[str, str, str | None]]:
    from checker.funnel.history import read_history
    from checker.review.newly_missed import newly_missed

    return newly_missed(results, read_history(history))
