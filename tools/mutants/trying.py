"""What becomes of a mistake: the tests that run its lines are asked, the quickest first, until one fails."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from tools.mutants.mutation import Mutant, mutants
from tools.mutants.recording import Asked, House, Recording, be_quiet, open_house, stamp_of
from tools.mutants.swapping import Functions, Mistaken, module_of

KEPT = Path("build/mutants")
KILLED, SURVIVED = "killed", "survived"
MOST_SECONDS = 4.0
"""How long, by their recorded seconds, the tests of one mistake may take together."""
MOST_BYTES = 6 * 1024**3
NOT_SWAPPED = 77
"""How a child says that the mistake is in what importing runs."""


@dataclass(slots=True)
class Trial:
    """A file's mistakes, with the tests that can notice each and what is known of it."""

    file: Path
    source: str
    stamp: str
    mistakes: list[Mutant]
    chosen: list[list[Asked]]
    at_import: list[bool]
    told: list[dict[str, Any]]
    noticing: Counter[str] = field(default_factory=Counter)
    """Tests that noticed something in this file: they are asked first."""

    @property
    def open(self) -> list[int]:
        """The numbers of those that are still to be asked."""
        return [number for number, told in enumerate(self.told) if "outcome" not in told]

    def keep(self) -> None:
        """Writes what is known."""
        KEPT.mkdir(parents=True, exist_ok=True)
        known = {"file": str(self.file), "stamp": self.stamp, "mutants": self.told}
        _kept(self.file).write_text(json.dumps(known, indent=1) + "\n")


def _kept(file: Path) -> Path:
    return KEPT / f"{module_of(file)}.json"


def prepared(file: Path, recording: Recording) -> Trial:
    """A file's mistakes. What was noticed before stays noticed while the file is the same; what was not is asked again
    where there are other tests to ask.
    """
    source = file.read_text(encoding="utf-8")
    stamp = stamp_of(file)
    mistakes = list(mutants(source))
    kept = _kept(file)
    before = json.loads(kept.read_text()) if kept.exists() else {}
    known = before.get("mutants", []) if before.get("stamp") == stamp else []
    if len(known) != len(mistakes):
        known = [{}] * len(mistakes)
    lines = recording.lines.get(str(file), {})
    everywhere = sorted({test for tests in lines.values() for test in tests})
    near = _near(file, {test.test.split("::")[0] for test in recording.tests})
    trial = Trial(file, source, stamp, mistakes, [], [], [])
    for mistake, old in zip(mistakes, known, strict=True):
        ran = recording.at_import.get(str(file), set())
        at_import = any(line in ran for line in mistake.lines) or (
            not mistake.within and any(line in ran for line in mistake.statement)
        )
        found = {test for line in mistake.lines for test in lines.get(line, ())}
        found = found or {test for line in mistake.statement for test in lines.get(line, ())}
        chosen = _in_order([recording.tests[each] for each in (everywhere if at_import else found)], near)
        asked = sha256("".join(f"{test.test}{test.stamp}" for test in chosen).encode()).hexdigest()[:16]
        told: dict[str, Any] = {
            "line": mistake.line,
            "within": mistake.within,
            "old": mistake.old,
            "new": mistake.new,
            "asked": asked,
        }
        if old.get("outcome") == KILLED or (old.get("outcome") == SURVIVED and old.get("asked") == asked):
            told |= {"outcome": old["outcome"], "by": old.get("by", "")}
        elif not chosen:
            told |= {"outcome": SURVIVED, "by": "no test runs it"}
        trial.told.append(told)
        trial.chosen.append(chosen)
        trial.at_import.append(at_import)
        if told.get("outcome") == KILLED:
            trial.noticing[told["by"]] += 1
    return trial


def _near(file: Path, tests: set[str]) -> set[str]:
    """The files of tests that import a file by name."""
    names = (f"{module_of(file)} import", f"from {module_of(file.parent)} import {file.stem}")
    return {
        test
        for test in tests
        if Path(test).exists() and any(name in Path(test).read_text(encoding="utf-8") for name in names)
    }


def _in_order(tests: list[Asked], near: set[str]) -> list[Asked]:
    """The quickest first; in turn one of a file of tests that imports the mistaken one, and one of the others."""
    by_file: tuple[list[Asked], list[Asked]] = ([], [])
    for test in sorted(tests, key=lambda test: test.seconds):
        by_file[test.test.split("::")[0] not in near].append(test)
    found: list[Asked] = []
    for group in by_file:
        seconds = 0.0
        for test in group:
            seconds += test.seconds
            if seconds > MOST_SECONDS and found:
                break
            found.append(test)
    return found


def try_all(trials: Sequence[Trial], say: Callable[[str], None]) -> None:
    """Asks all that is open, in children of a process that has collected the tests; then what importing runs, each in a
    process that has imported nothing of ours.
    """
    files = {
        test.test.split("::")[0]
        for trial in trials
        for number in trial.open
        for test in trial.chosen[number]
        if not trial.at_import[number]
    }

    def then(house: House) -> None:
        functions = Functions()
        sound: dict[str, bool] = {}

        def swapped(trial: Trial, number: int, tests: Sequence[Asked]) -> tuple[int, str]:
            return _in_child(tests, lambda: _run_swapped(trial, number, tests, house, functions))

        def unharmed(test: Asked) -> bool:
            if test.test not in sound:
                sound[test.test] = _in_child([test], lambda: _run([test], house))[0] == 0
            return sound[test.test]

        for trial in trials:
            began, count = time.monotonic(), len(trial.open)
            for number in trial.open:
                if not trial.at_import[number]:
                    _ask(trial, number, swapped, unharmed, set(house.items))
            trial.keep()
            if count:
                outcomes = dict(Counter(told.get("outcome", "open") for told in trial.told))
                say(f"{trial.file} {outcomes} {time.monotonic() - began:.0f} s")

    for trial in trials:
        trial.keep()
    if files:
        child = os.fork()
        if child == 0:
            os._exit(open_house(sorted(files), then))
        os.waitpid(child, 0)
    for trial in trials:
        trial.told = json.loads(_kept(trial.file).read_text())["mutants"]
        for number in trial.open:
            _ask(trial, number, _try_imported)
        trial.keep()


def _ask(
    trial: Trial,
    number: int,
    attempt: Callable[[Trial, int, Sequence[Asked]], tuple[int, str]],
    unharmed: Callable[[Asked], bool] | None = None,
    there: set[str] | None = None,
) -> None:
    tests = [test for test in trial.chosen[number] if there is None or test.test in there]
    tests.sort(key=lambda test: -trial.noticing[test.test])
    while True:
        number_of_exit, by = attempt(trial, number, tests)
        if number_of_exit == NOT_SWAPPED:
            trial.at_import[number] = True
            return
        if not number_of_exit:
            trial.told[number] |= {"outcome": SURVIVED, "by": f"{len(tests)} tests"}
            return
        noticed = [test for test in tests if test.test == by]
        if noticed and unharmed is not None and not unharmed(noticed[0]):
            tests.remove(noticed[0])
            continue
        trial.told[number] |= {"outcome": KILLED, "by": by}
        trial.noticing[by] += 1
        return


def _in_child(tests: Sequence[Asked], act: Callable[[], int]) -> tuple[int, str]:
    """What a child ends with, and the name of the test that it was at."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        number = 1
        try:
            be_quiet()
            most = int(3 * sum(test.seconds for test in tests) + 10)
            resource.setrlimit(resource.RLIMIT_CPU, (most, most))
            resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
            global _tell
            _tell = write
            number = act()
        finally:
            os._exit(number)
    os.close(write)
    began, status = time.monotonic(), None
    while status is None:
        done, ended = os.waitpid(child, os.WNOHANG)
        if done:
            status = os.waitstatus_to_exitcode(ended)
        elif time.monotonic() - began > 200:
            os.kill(child, signal.SIGKILL)
        else:
            time.sleep(0.004)
    with os.fdopen(read, encoding="utf-8") as told:
        names = told.read().split("\n")
    return status, names[-2] if len(names) > 1 else ""


_tell = -1


def _run(tests: Sequence[Asked], house: House) -> int:
    """0 where all pass."""
    for number, test in enumerate(tests):
        os.write(_tell, f"{test.test}\n".encode())
        following = tests[number + 1].test if number + 1 < len(tests) else None
        if not house.run(test.test, following):
            return 1
    return 0


def _run_swapped(trial: Trial, number: int, tests: Sequence[Asked], house: House, functions: Functions) -> int:
    if not functions.swap(trial.file, trial.source, trial.mistakes[number].text):
        return NOT_SWAPPED
    return _run(tests, house)


def _try_imported(trial: Trial, number: int, tests: Sequence[Asked]) -> tuple[int, str]:
    """A mistake in what importing runs: everything of ours is imported anew, with it."""
    few: list[Asked] = []
    files: set[str] = set()
    for test in tests:
        # each further file of tests costs its import
        if test.test.split("::")[0] in files or len(files) < 3:
            few.append(test)
            files.add(test.test.split("::")[0])

    def act() -> int:
        sys.meta_path.insert(0, Mistaken(trial.file, trial.mistakes[number].text))
        ended: list[int] = []
        # a file of tests that cannot even be collected has noticed the mistake
        number_of_pytest = open_house(sorted(files), lambda house: ended.append(_run(few, house)))
        return ended[0] if ended else number_of_pytest or 1

    return _in_child(few, act)
