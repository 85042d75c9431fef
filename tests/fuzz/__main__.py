"""`make fuzz`: many cases, one after the other, with a count that is kept in build/fuzz/count.json.

A worker runs the cases; this process watches it. Where a case hangs, dies or takes too much memory, the worker is gone:
the case is kept, and a new worker goes on with the next one. A second run goes on with the numbers where the last one
ended.

    python -m tests.fuzz [CASES]              so many more cases
    python -m tests.fuzz --case NUMBER        one case again, with all that it prints
    python -m tests.fuzz --found              what was found, each defect once
    python -m tests.fuzz --recheck            runs what was found again, and strikes out what has been mended
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, TextIO

BUILD = Path("build/fuzz")
COUNT = BUILD / "count.json"
A_WORKERS_CASES = 2000
CASES_OF_GARBAGE = 50
MOST_SECONDS_OF_WAITING = 180
"""A case that uses no processor, and does not end."""
ALL_ADDRESSES = 8 * 1024**3
"""A bound for the machine's sake; what a case may really take is measured (see `running`)."""


def fuzz(cases: int) -> int:
    """Runs so many more cases; gives 1 where one of them went wrong."""
    BUILD.mkdir(parents=True, exist_ok=True)
    kept: dict[str, Any] = {"cases": 0, "seconds": 0.0, "kinds": {}, "codes": {}, "found": []}
    if COUNT.exists():
        kept |= json.loads(COUNT.read_text())
    until = kept["cases"] + cases
    while kept["cases"] < until:
        _run_worker(kept, min(A_WORKERS_CASES, until - kept["cases"]))
        COUNT.write_text(json.dumps(kept, indent=1) + "\n")
        print(f"{kept['cases']} cases, {kept['seconds']:.0f} s, {len(kept['found'])} found", flush=True)
    return 1 if kept["found"] else 0


def _run_worker(kept: dict[str, Any], cases: int) -> None:
    first, log = kept["cases"], BUILD / "worker.log"
    began = time.monotonic()
    done: list[dict[str, Any]] = []
    with log.open("w") as errors:
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz", "--worker", str(first), str(cases)],
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        assert worker.stdout is not None
        os.set_blocking(worker.stdout.fileno(), False)
        rest, heard = b"", time.monotonic()
        while True:
            is_over = worker.poll() is not None
            read = worker.stdout.read() or b""
            if read:
                *lines, rest = (rest + read).split(b"\n")
                done += map(json.loads, lines)
                heard = time.monotonic()
            elif is_over:
                break
            elif time.monotonic() - heard > MOST_SECONDS_OF_WAITING:
                worker.kill()
            else:
                time.sleep(0.2)
    if len(done) < cases:
        code = worker.returncode
        told = log.read_text(errors="replace")[-6000:]
        if not done and code == 1:
            raise SystemExit(f"the worker cannot begin:\n{told}")
        done.append({"kind": "?", "code": None, "wrong": f"the worker died with {code}\n{told}"})
    for number, ended in enumerate(done, first):
        kept["kinds"][ended["kind"]] = kept["kinds"].get(ended["kind"], 0) + 1
        kept["codes"][str(ended["code"])] = kept["codes"].get(str(ended["code"]), 0) + 1
        if ended["wrong"]:
            kept["found"].append({"number": number, **ended})
    kept["cases"] += len(done)
    kept["seconds"] += time.monotonic() - began


def work(first: int, cases: int, out: TextIO) -> None:
    """A worker: tells a line of JSON a case. A case that takes too long ends the process with its traceback."""
    from tests.fuzz.cases import numbered
    from tests.fuzz.running import MOST_MEGABYTES, MOST_SECONDS, run_case

    os.environ["SLA_DEBUG"] = "1"
    resource.setrlimit(resource.RLIMIT_AS, (ALL_ADDRESSES, ALL_ADDRESSES))
    # of the processor's time: a busy machine is no hang
    gc.disable()  # as the command itself does
    faulthandler.register(signal.SIGPROF, all_threads=False, chain=True)
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        for number in range(first, first + cases):
            case = numbered(number)
            signal.setitimer(signal.ITIMER_PROF, 2 * MOST_SECONDS)
            ended = run_case(case, Path(folder) / "case")
            signal.setitimer(signal.ITIMER_PROF, 0)
            if number % CASES_OF_GARBAGE == 0:
                gc.collect()
            print(json.dumps({"kind": case.kind, "code": ended.code, "wrong": ended.wrong}), file=out, flush=True)
            if ended.megabytes > MOST_MEGABYTES:
                # the next case would be blamed for this one's memory
                os._exit(1)


def again(number: int) -> int:
    """One case: its files, its command, and how it ends."""
    from tests.fuzz.cases import numbered
    from tests.fuzz.running import run_case

    os.environ["SLA_DEBUG"] = "1"
    case = numbered(number)
    print(case.kind, *map(repr, case.arguments))
    for name, content in case.files.items():
        print(f"---- {name}\n{content.decode(errors='backslashreplace')}")
    with tempfile.TemporaryDirectory() as folder:
        print(run_case(case, Path(folder) / "case"))
    return 0


def found() -> int:
    """What was found, each defect once."""
    from tests.fuzz.running import where

    kept = json.loads(COUNT.read_text())
    counted = Counter(where(each["wrong"]) for each in kept["found"])
    first = {where(each["wrong"]): each["number"] for each in reversed(kept["found"])}
    for defect, count in counted.most_common():
        print(f"{count:6} times, first in case {first[defect]}: {defect}")
    return 0


def recheck() -> int:
    """Runs all that was found again; what ends well now is kept among the mended."""
    kept = json.loads(COUNT.read_text())
    still = []
    for each in kept["found"]:
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz", "--worker", str(each["number"]), "1"], capture_output=True, check=False
        )
        ended = json.loads(done.stdout) if done.stdout else {"wrong": f"the worker died with {done.returncode}"}
        if ended["wrong"]:
            still.append(each | ended)
        else:
            kept.setdefault("mended", []).append(each)
    kept["found"] = still
    COUNT.write_text(json.dumps(kept, indent=1) + "\n")
    print(f"{len(still)} still go wrong, {len(kept.get('mended', []))} have been mended")
    return 1 if still else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--worker", start, count]:
            work(int(start), int(count), sys.stdout)
            code = 0
        case ["--case", number]:
            code = again(int(number))
        case ["--found"]:
            code = found()
        case ["--recheck"]:
            code = recheck()
        case [*cases]:
            code = fuzz(int(cases[0]) if cases else 200_000)
    sys.exit(code)
