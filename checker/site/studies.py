"""What else pages are made of: a plan that `sla plan` made, a test of the criteria that `sla backtest` made."""

from __future__ import annotations

from dataclasses import dataclass

from checker.backtested import BacktestFile
from checker.report.plan_json import PlanFile


@dataclass(frozen=True)
class Studies:
    """Each is None where there is none yet; then it has no page."""

    plan: PlanFile | None = None
    backtest: BacktestFile | None = None


@dataclass(frozen=True)
class StudyFiles:
    """Where they are, as seen from the site's configuration; empty for nowhere."""

    plan: str = ""
    backtest: str = ""
