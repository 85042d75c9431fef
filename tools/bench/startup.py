"""`sla --help` and `sla validate`, as whole processes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tools.bench.agreements import agreement_of
from tools.bench.figures import Figure
from tools.bench.timing import cheapest

SLA = str(Path(sys.executable).parent / "sla")
PYTHON = [sys.executable, "-c", "pass"]


def measure_help(runs: int = 15) -> Iterator[Figure]:
    """The least that any command costs."""
    help_text, python = cheapest([SLA, "--help"], PYTHON, runs=runs)
    yield Figure("help, ratio", help_text.wall / python.wall, None, "x", "python -c pass", runs)
    yield Figure("help", help_text.wall * 1000, 120, "ms", "sla --help", runs)


def measure_validate(folder: Path, runs: int = 7) -> Iterator[Figure]:
    """A usual agreement, a very long one, and whether the cost grows no faster than the length."""
    short, half, long = (_written(folder, lines) for lines in (300, 10_000, 20_000))
    (usual,) = cheapest([SLA, "validate", short], runs=2 * runs)
    halfway, whole = cheapest([SLA, "validate", half], [SLA, "validate", long], runs=runs)
    yield Figure("validate, twice as long", whole.wall / halfway.wall, 2.1, "x", "20,000 against 10,000 lines", runs)
    yield Figure("validate, 300 lines", usual.wall * 1000, 200, "ms", f"sla validate {Path(short).name}", 2 * runs)
    yield Figure("validate, 20,000 lines", whole.wall, 1.0, "s", f"sla validate {Path(long).name}", runs)


def _written(folder: Path, lines: int) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"agreement-{lines}.yaml"
    file.write_text(agreement_of(lines), encoding="utf-8")
    return str(file)
