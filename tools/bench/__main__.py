"""`make bench`: how fast the commands are, against the bounds that the project set itself."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.bench.check import measure_check
from tools.bench.figures import ratios_first, table, write
from tools.bench.pages import measure_pages
from tools.bench.plans import measure_plans
from tools.bench.proofs import measure_proofs
from tools.bench.startup import measure_help, measure_validate

BUILD = Path("build")


def main(leads: str = "1M") -> None:
    """Measures, prints the table, writes build/bench.json. `leads` is how large funnels get: 1M, 10M or 100M."""
    most = int(leads.upper().replace("M", "000000"))
    folder = BUILD / "bench"
    figures = ratios_first(
        [
            *measure_help(),
            *measure_validate(folder),
            *measure_proofs(folder),
            *measure_plans(folder),
            *measure_pages(folder),
            *measure_check(folder, most),
        ]
    )
    print(table(figures))
    write(figures, BUILD / "bench.json")
    over = sum(figure.over for figure in figures)
    print(f"\n{over} of {len(figures)} over their bound. Written to {BUILD / 'bench.json'}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
