"""`make bench-spark`: the same check of a million leads on both engines, to the last sign; and how long each takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tools.bench.check import AGREEMENT, CUT_OFF, KEPT_OR_MISSED, set_up
from tools.bench.startup import SLA

ENGINES = ("duckdb", "spark")


def main(leads: int = 1_000_000) -> None:
    """Prints the seconds of each engine. Ends with exit code 1 where they give different results."""
    place = set_up(Path("build") / "bench", leads)
    text = AGREEMENT.read_text(encoding="utf-8").replace("within: 24 hours", "within: 4 business hours")
    (place / "business.yaml").write_text(text, encoding="utf-8")
    found: list[bytes] = []
    for engine in ENGINES:
        command = [SLA, "check", str(place / "business.yaml"), "--as-of", CUT_OFF, "--format", "json"]
        began = time.monotonic()
        done = subprocess.run([*command, "--engine", engine], capture_output=True, check=False)
        seconds = time.monotonic() - began
        if done.returncode not in KEPT_OR_MISSED:
            sys.exit(done.stderr.decode())
        busy = os.getloadavg()[0]
        print(f"{leads} leads on {engine}: {seconds:.1f} s (load of the machine {busy:.1f})", flush=True)
        found.append(done.stdout)
    if found[0] != found[1]:
        sys.exit("the engines give different results")
    print(f"the same results, {len(found[0])} bytes")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
