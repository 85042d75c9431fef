"""`sla check` on a million leads and more, as a whole process, against a hand-written query for the same answers, and
against a scan of the same columns.

The scan asks min, max and count of all columns in one query. DuckDB would answer that from what a Parquet file says of
itself, if it were not for the columns of text, of which files do not say their ends whole: with them, it reads all.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.bench.figures import Figure
from tools.bench.leads import leads_in
from tools.bench.logs import LINES_OF, log_in
from tools.bench.startup import SLA
from tools.bench.timing import Cost, cheapest

HERE = Path(__file__).parent
AGREEMENT = HERE / "ten_checks.yaml"
CUT_OFF = "2026-12-31"
FEW, MANY, MORE = 1_000, 1_000_000, 4_000_000
LARGE = (10_000_000, 100_000_000)
"""So many leads are checked on top, where the bench is asked for as many; and as many as it is asked for."""
JSON_BOUND = 2.5
KEPT_OR_MISSED = (0, 1)


def measure_check(folder: Path, most: int = MANY, runs: int = 3) -> Iterator[Figure]:
    """The ten checks on a million leads: time and memory; then what each further lead costs, in business hours; a log;
    and larger funnels, up to `most` leads.

    Raises RuntimeError where the two ways give different answers.
    """
    few, many, more = (set_up(folder, leads) for leads in (FEW, MANY, MORE))
    if wrong := differences(many):
        raise RuntimeError(f"sla check and the hand-written query disagree: {wrong[:3]}")
    small, ours, theirs, as_json = cheapest(
        _check(few),
        _check(many),
        _by_hand("checks", many),
        [*_check(many), "--format", "json"],
        runs=runs,
        accepted=KEPT_OR_MISSED,
    )
    yield Figure("check, ten checks on 1M leads", ours.wall / theirs.wall, 1.5, "x", "one hand-written query", runs)
    yield Figure("check, 1M leads", ours.wall, None, "s", "sla check", runs)
    # JSON tells all months and the figures of the reports too
    yield Figure("check, 1M leads, CPU as JSON", as_json.cpu / ours.cpu, JSON_BOUND, "x", "sla check as text", runs)
    yield Figure("check, memory for 1M leads", ours.memory - small.memory, 300, "MB", "sla check of 1,000 leads", runs)

    business = "business.yaml"
    for place in (many, more):
        text = AGREEMENT.read_text(encoding="utf-8").replace("within: 24 hours", "within: 4 business hours")
        (place / business).write_text(text, encoding="utf-8")
    before, after, scan_before, scan_after = cheapest(
        _check(many, business),
        _check(more, business),
        _by_hand("scan", many),
        _by_hand("scan", more),
        runs=runs,
        accepted=KEPT_OR_MISSED,
    )
    further = (after.cpu - before.cpu) / (scan_after.cpu - scan_before.cpu)
    yield Figure("check, CPU of 3M further leads", further, 2.1, "x", "a scan: min, max, count of the columns", runs)
    yield from _measure_log(folder, many, small, runs)
    for leads in sorted({*LARGE, most}):
        if MANY < leads <= most:
            yield from _measure_large(folder, leads, small)


def _measure_log(folder: Path, of_leads: Path, small: Cost, runs: int) -> Iterator[Figure]:
    """A log of about five lines a lead, folded and judged."""
    place = log_in(folder, of_leads)
    (cost,) = cheapest(_check(place), runs=runs, accepted=KEPT_OR_MISSED)
    lines = f"a log of {LINES_OF / 1e6:.1f}M lines"
    yield Figure("check, log, CPU", cost.cpu, None, "s", lines, runs)
    yield Figure(
        "check, log, memory", cost.memory - small.memory, 300, "MB", f"{lines}; sla check of 1,000 leads", runs
    )


def _measure_large(folder: Path, leads: int, small: Cost) -> Iterator[Figure]:
    """One run: memory, which is to stay flat, and the two ratios of the ten checks."""
    place = set_up(folder, leads)
    ours, theirs, scan = cheapest(
        _check(place), _by_hand("checks", place), _by_hand("scan", place), runs=1, accepted=KEPT_OR_MISSED
    )
    name = f"check, {leads // 1_000_000}M leads"
    yield Figure(name, ours.wall, None, "s", "sla check", 1)
    yield Figure(f"{name}, CPU", ours.cpu / theirs.cpu, None, "x", "one hand-written query", 1)
    yield Figure(f"{name}, CPU", ours.cpu / scan.cpu, None, "x", "a scan: min, max, count of the columns", 1)
    yield Figure(f"{name}, memory", ours.memory - small.memory, 300, "MB", "sla check of 1,000 leads", 1)


def set_up(folder: Path, leads: int) -> Path:
    """A folder with so many leads and the agreement that asks ten things of them."""
    place = leads_in(folder, leads).parent
    shutil.copy(AGREEMENT, place / "agreement.yaml")
    return place


def differences(place: Path) -> list[tuple[Any, ...]]:
    """Promise, month, our answer and the one by hand, where `sla check` and the hand-written query differ.

    Months that `sla check` does not judge, because the data covers them in part or their time is not over, are left
    out: the query has no notion of that.
    """
    results = _printed(*_check(place), "--format", "json")["results"]
    ours = {
        (result["promise"], result["period"]): (result["numerator"], result["denominator"])
        for result in results
        if result["status"] in ("met", "missed")
    }
    counted = {(promise, month): (kept, owed) for promise, month, kept, owed in _printed(*_by_hand("checks", place))}
    return [
        (*key, answer, counted.get(key))
        for key, answer in ours.items()
        if key not in counted or not _agree(answer, counted[key])
    ]


def _agree(ours: tuple[float, float], counted: tuple[Any, Any]) -> bool:
    """Volumes and revenue have no second number by hand."""
    kept, owed = counted
    return float(kept) == ours[0] and owed in (None, ours[1])


def _printed(*command: str) -> Any:
    return json.loads(subprocess.run(command, capture_output=True, check=False).stdout)


def _check(place: Path, agreement: str = "agreement.yaml") -> list[str]:
    return [SLA, "check", str(place / agreement), "--as-of", CUT_OFF]


def _by_hand(what: str, place: Path) -> list[str]:
    return [sys.executable, str(HERE / "by_hand.py"), what, str(place)]
