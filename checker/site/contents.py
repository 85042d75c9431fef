"""What the pages are made of: the files of a company, and what was read from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # mkdocs asks for the files before it is time to load all that reads them
    from checker.agreement.agreement import Agreement
    from checker.backtested import BacktestFile
    from checker.change import Changelog
    from checker.finding import Finding
    from checker.report.plan_json import PlanFile
    from checker.site.basis import Places
    from checker.verdict import Results


@dataclass(frozen=True)
class SiteFiles:
    """Where the files are, as seen from the folder `root`; each is empty for nowhere.

    agreement: a file or a folder, which must be there; none of the others need be
    results: what `sla check --format json` wrote
    history: what `sla check --history` keeps; it adds months that the results do not know any more
    plan: what `sla plan --format json` wrote
    backtest: what `sla backtest --format json` wrote
    """

    root: Path
    agreement: str = "sla"
    results: str = "build/results.json"
    history: str = ""
    plan: str = "build/plan.json"
    backtest: str = "build/backtest.json"

    def watched(self) -> list[Path]:
        """Those that are there: when one changes, so do the pages."""
        named = (self.agreement, self.results, self.history, self.plan, self.backtest)
        return [self.root / name for name in named if name and (self.root / name).exists()]


@dataclass(frozen=True)
class SiteContents:
    """What was read.

    document: knows the line of everything that is written in the agreement
    results: None where nothing was judged yet; the pages then show what is agreed, and say so
    waived: the findings that the company accepts for a while; their files are named as `document` names them
    changelog: the releases; None where nobody looked
    plan, backtest: None where there is none yet; then it has no page
    """

    agreement: Agreement
    document: Places
    results: Results | None = None
    waived: tuple[Finding, ...] = ()
    changelog: Changelog | None = None
    plan: PlanFile | None = None
    backtest: BacktestFile | None = None
