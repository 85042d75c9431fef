"""`make mutants`: puts one small mistake after the other into a file, and asks the tests whether they notice.

    python -m tools.mutants FILE…            these files; all of logic/, rules/ and measures/ without any
    python -m tools.mutants --report         what is known so far, file by file

First, each file of tests is run once, and it is kept in build/mutants which lines of the three rooms each test runs
(again only where something has changed). A mistake is then asked of those that run its line, in a child of a process
that has loaded everything already, whose functions get the mistaken code: nothing on disk is changed. What became of
each is kept, too: what was noticed stays so while its file is the same, the others are asked again where a test of them
has changed.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.mutants.recording import ROOMS, is_stale, record, recording
from tools.mutants.trying import KEPT, KILLED, SURVIVED, Trial, prepared, try_all

EQUIVALENT = Path(__file__).with_name("equivalent.txt")
WORKERS = 2
BESIDE = ("review", "changes", "report", "inspection")
"""Rooms whose tests run much of the three, beside their own."""
HEAVY = ("pytest", "hypothesis", "pydantic", "z3", "duckdb", "sqlglot", "babel", "holidays", "playwright", "coverage")
"""What every child needs, loaded once; none of it is ours."""


def files_of_tests() -> list[Path]:
    """All that are asked: those of the three rooms, then those beside."""
    return [file for room in (*ROOMS, *BESIDE) for file in sorted(Path("tests", room).rglob("test_*.py"))]


def at_once(pieces: Sequence[Iterable[Any]], work: Any) -> None:
    """Does the same with each piece, each in a process of its own."""
    children = []
    for piece in pieces:
        child = os.fork()
        if child == 0:
            number = 1
            try:
                work(piece)
                number = 0
            finally:
                sys.stdout.flush()
                os._exit(number)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


def record_all() -> None:
    """Records all tests whose recording is missing or old."""
    stale = [file for file in files_of_tests() if is_stale(file)]

    def work(files: Iterable[Path]) -> None:
        for file in files:
            record(file)

    at_once([stale[number::WORKERS] for number in range(WORKERS)], work)


def shared_out(trials: Sequence[Trial]) -> list[list[Trial]]:
    """The files, about as many open mistakes for each worker."""
    shares: list[list[Trial]] = [[] for _ in range(WORKERS)]
    for trial in sorted(trials, key=lambda trial: -len(trial.open)):
        min(shares, key=lambda share: sum(len(each.open) for each in share)).append(trial)
    return shares


def equivalent() -> dict[str, str]:
    """The mistakes that change nothing: what each is known by -> why. A line each:
    `FILE | FUNCTION | OLD -> NEW | REASON`.
    """
    found = {}
    for line in EQUIVALENT.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            key, _, reason = line.rpartition(" | ")
            found[key] = reason
    return found


def key_of(file: str, mistake: Mapping[str, Any]) -> str:
    """What a mistake is known by: not by its line, which moves."""
    return f"{file} | {mistake['within']} | {mistake['old']} -> {mistake['new']}"


def known() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What was kept of each file that is there."""
    for kept in sorted(KEPT.glob("*.json")):
        found = json.loads(kept.read_text())
        if Path(found["file"]).exists():
            yield found["file"], found["mutants"]


def report() -> int:
    """A line a file, then all that was not noticed, then a line a room; gives 1 where fewer than nine in ten are."""
    reasons, used = equivalent(), set()
    by_room: dict[str, Counter[str]] = {}
    survivors = []
    for file, mistakes in known():
        counts: Counter[str] = Counter()
        for each in mistakes:
            outcome = each.get("outcome", "open")
            if outcome == SURVIVED and key_of(file, each) in reasons:
                outcome = "same"
                used.add(key_of(file, each))
            elif outcome == SURVIVED:
                survivors.append((file, each))
            counts[outcome] += 1
        by_room.setdefault(file.split("/")[1], Counter()).update(counts)
        print(f"{_told(counts)}  {file}")
    for file, each in survivors:
        print(f"{file}:{each['line']} | {each['within']} | {each['old']} -> {each['new']} | {each['by']}")
    for key in sorted(set(reasons) - used):
        if Path(key.split(" | ")[0]).exists() and by_room.get(key.split("/")[1]):
            print(f"listed as changing nothing, but noticed or no longer there: {key}")
    total: Counter[str] = Counter()
    for room, counts in by_room.items():
        total += counts
        print(f"{_told(counts)}  {room}")
    print(f"{_told(total)}  in all")
    real = total[KILLED] + total[SURVIVED]
    return 0 if real and 10 * total[KILLED] >= 9 * real else 1


def _told(counts: Mapping[str, int]) -> str:
    killed, survived = counts.get(KILLED, 0), counts.get(SURVIVED, 0)
    share = f"{100 * killed / (killed + survived):5.1f}%" if killed + survived else "     –"
    missing = f", {counts['open']} not asked yet" if counts.get("open") else ""
    return f"{share}  {killed:4} of {killed + survived:4} noticed, {counts.get('same', 0):3} change nothing{missing}"


def main(arguments: Sequence[str]) -> int:
    """Tries files, or tells what is known."""
    if "--report" in arguments:
        return report()
    for heavy in HEAVY:
        importlib.import_module(heavy)
    files = [Path(file) for file in arguments] or [
        file for room in ROOMS for file in sorted(Path("checker", room).rglob("*.py"))
    ]
    record_all()
    recorded = recording(files_of_tests())
    trials = [trial for trial in (prepared(file, recorded) for file in files) if trial.mistakes]
    output = os.dup(1)

    def say(text: str) -> None:
        os.write(output, f"{text}\n".encode())

    at_once(shared_out(trials), lambda share: try_all(share, say))
    return report()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
