"""`make bench`: how fast the commands are, against the bounds that the project set itself."""

from __future__ import annotations

from pathlib import Path

from tools.bench.check import measure_check
from tools.bench.figures import ratios_first, table, write
from tools.bench.plans import measure_plans
from tools.bench.proofs import measure_proofs
from tools.bench.startup import measure_help, measure_validate

BUILD = Path("build")


def main() -> None:
    """Measures, prints the table, writes build/bench.json."""
    folder = BUILD / "bench"
    figures = ratios_first(
        [
            *measure_help(),
            *measure_validate(folder),
            *measure_proofs(folder),
            *measure_plans(folder),
            *measure_check(folder),
        ]
    )
    print(table(figures))
    write(figures, BUILD / "bench.json")
    over = sum(figure.over for figure in figures)
    print(f"\n{over} of {len(figures)} over their bound. Written to {BUILD / 'bench.json'}")


if __name__ == "__main__":
    main()
