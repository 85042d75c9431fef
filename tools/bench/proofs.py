"""What proofs add to `sla validate`, and how long many criteria take that the solver has to look at."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from checker.agreement import build
from checker.logic.proof import Prover
from checker.text import parse
from tools.bench.agreements import agreement_of
from tools.bench.figures import Figure
from tools.bench.startup import SLA
from tools.bench.timing import cheapest

CRITERIA = 1_000
LINES_EACH = 30
LINE = "      - field_1: 50 to 2000\n"
"""A line of the agreement, below which the bench writes one that excludes it."""


def measure_proofs(folder: Path, runs: int = 7) -> Iterator[Figure]:
    """A usual agreement without and with a clash, which takes the solver to find; and many criteria, all solved."""
    folder.mkdir(parents=True, exist_ok=True)
    text = agreement_of(300)
    sound, clashing = folder / "sound.yaml", folder / "clashing.yaml"
    sound.write_text(text, encoding="utf-8")
    clashing.write_text(text.replace(LINE, f"{LINE}      - field_1: at most 49\n", 1), encoding="utf-8")
    without, with_clash = cheapest(
        [SLA, "validate", str(sound)], [SLA, "validate", str(clashing)], runs=2 * runs, accepted=(0, 1)
    )
    added = (with_clash.wall - without.wall) * 1000
    yield Figure("proofs that need the solver, added", added, 150, "ms", "sla validate with a clash, without", 2 * runs)
    half, whole = _solved(CRITERIA // 2), _solved(CRITERIA)
    yield Figure("proofs, twice as many criteria", whole / half, 2.2, "x", f"{CRITERIA:,} against half of them", 1)
    yield Figure(f"proofs, {CRITERIA:,} criteria", whole, None, "s", "possible, not trivial: processor time", 1)


def _solved(criteria: int) -> float:
    """Processor seconds to prove of so many criteria that some lead fits and that some does not, both with the lead."""
    document = parse(agreement_of(criteria * LINES_EACH))
    agreement = build(document.values, document.problems, document.unread)
    prover = Prover(agreement, shows_all=True)
    groups = [node for name, node in agreement.named_conditions.items() if name not in agreement.stages]
    began = time.process_time()
    for node in groups:
        if not prover.satisfiable(node).is_yes or not prover.trivial(node).is_no:
            raise ValueError(node.path)
    return time.process_time() - began
