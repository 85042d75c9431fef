"""`make mutants`: puts one small mistake after the other into a file, and asks its tests whether they notice.

    python -m tools.mutants FILE…            these files; all of logic/, rules/ and measures/ without any
    python -m tools.mutants --report         what is known so far, file by file

What became of each is kept in build/mutants, and asked again only where the file or one of its tests has changed. The
tests of a file are those of its room that import it, or else all of the room. Each mistake runs in a child of a process
that has loaded the tools already, and none of our own code: nothing on disk is changed.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.util
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from tools.mutants.mutation import Mutant, mutants

ROOMS = ("logic", "rules", "measures")
KEPT = Path("build/mutants")
EQUIVALENT = Path(__file__).with_name("equivalent.txt")
KILLED, SURVIVED, SAME = "killed", "survived", "equivalent"
MOST_SECONDS = 60
"""A mistake may make a loop endless: a run that takes so much longer than the usual one has noticed it."""


class Mistaken(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module of another text."""

    def __init__(self, module: str, file: Path, text: str) -> None:
        self._module = module
        self._file = file
        self._text = text

    def find_spec(self, fullname: str, path: object, target: ModuleType | None = None) -> ModuleSpec | None:
        """Only this module."""
        if fullname != self._module:
            return None
        return importlib.util.spec_from_file_location(fullname, self._file, loader=self)

    def create_module(self, spec: ModuleSpec) -> None:
        """As usual."""

    def exec_module(self, module: ModuleType) -> None:
        """Runs the other text."""
        exec(compile(self._text, str(self._file), "exec"), module.__dict__)


def module_of(file: Path) -> str:
    """`checker/logic/clock.py` -> `checker.logic.clock`."""
    return ".".join(file.with_suffix("").parts)


def asked_of(file: Path) -> list[Path]:
    """The tests of its room that import a file, or else all of the room."""
    room = Path("tests", *file.parts[1:2])
    found = sorted(room.rglob("test_*.py"))
    importing = [test for test in found if module_of(file) in _imported(test)]
    return importing or found


def _imported(test: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(test.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def run_tests(file: Path, text: str, tests: Sequence[Path], most: float) -> tuple[bool, float]:
    """Whether the tests pass with that text in the file's place, and how many seconds they took."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        _be_quiet()
        sys.meta_path.insert(0, Mistaken(module_of(file), file, text))
        import pytest

        # hypothesis is loaded already, of which pytest would warn
        quiet = ("-W", "ignore::pytest.PytestAssertRewriteWarning", "-p", "no:cacheprovider", "-p", "no:xdist")
        os._exit(int(pytest.main(["-x", "-q", *quiet, *map(str, tests)])))
    while time.monotonic() - began < most:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0, time.monotonic() - began
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False, time.monotonic() - began


def _be_quiet() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def try_file(file: Path, known: dict[str, str]) -> dict[str, Any]:
    """Tries all mistakes of a file; `known` are those that are none, with the reason."""
    source, tests = file.read_text(encoding="utf-8"), asked_of(file)
    stamp = sha256(b"".join(path.read_bytes() for path in (file, *tests))).hexdigest()
    kept = KEPT / f"{module_of(file)}.json"
    before = json.loads(kept.read_text()) if kept.exists() else {}
    told: list[dict[str, Any]] = before.get("mutants", []) if before.get("stamp") == stamp else []
    passes, seconds = run_tests(file, source, tests, 20 * MOST_SECONDS)
    if not passes:
        return {"file": str(file), "stamp": "", "mutants": [], "wrong": "its tests fail as it stands"}
    for number, mutant in enumerate(mutants(source)):
        if number < len(told):
            continue
        told.append(
            {"line": mutant.line, "old": mutant.old, "new": mutant.new} | _outcome(file, mutant, tests, seconds, known)
        )
        found = {"file": str(file), "stamp": stamp, "seconds": seconds, "mutants": told}
        KEPT.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(found, indent=1) + "\n")
    return {"file": str(file), "mutants": told}


def _outcome(
    file: Path, mutant: Mutant, tests: Sequence[Path], seconds: float, known: dict[str, str]
) -> dict[str, str]:
    if reason := known.get(key_of(file, mutant.old, mutant.new)):
        return {"outcome": SAME, "reason": reason}
    passes, _ = run_tests(file, mutant.text, tests, 5 * seconds + MOST_SECONDS)
    return {"outcome": SURVIVED if passes else KILLED}


def key_of(file: Path, old: str, new: str) -> str:
    """What a mistake is known by: not by its line, which moves."""
    return f"{file.as_posix()} | {old} -> {new}"


def equivalent() -> dict[str, str]:
    """The mistakes that change nothing: what each is known by -> why. A line each: `FILE | OLD -> NEW | REASON`."""
    found = {}
    for line in EQUIVALENT.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            key, _, reason = line.rpartition(" | ")
            found[key] = reason
    return found


def report() -> int:
    """A line a file, then all survivors; gives 1 where fewer than nine in ten are noticed."""
    total: Counter[str] = Counter()
    survivors = []
    for kept in sorted(KEPT.glob("*.json")):
        found = json.loads(kept.read_text())
        counts = Counter(each["outcome"] for each in found["mutants"])
        total += counts
        real = counts[KILLED] + counts[SURVIVED]
        share = f"{100 * counts[KILLED] / real:4.0f}%" if real else "   –"
        print(f"{share}  {counts[KILLED]:4} of {real:4} noticed, {counts[SAME]:3} change nothing  {found['file']}")
        survivors += [(found["file"], each) for each in found["mutants"] if each["outcome"] == SURVIVED]
    for file, each in survivors:
        print(f"{file}:{each['line']}  {each['old']} -> {each['new']}")
    real = total[KILLED] + total[SURVIVED]
    print(f"{total[KILLED]} of {real} noticed, {total[SAME]} change nothing")
    return 0 if real and 10 * total[KILLED] >= 9 * real else 1


def main(arguments: Sequence[str]) -> int:
    """Tries files, or tells what is known."""
    if "--report" in arguments:
        return report()
    # what every child needs, loaded once; none of it is ours
    for heavy in ("pytest", "hypothesis", "pydantic", "z3", "duckdb", "sqlglot", "babel", "holidays", "playwright"):
        importlib.import_module(heavy)
    files = [Path(file) for file in arguments] or [
        file for room in ROOMS for file in sorted(Path("checker", room).rglob("*.py")) if file.name != "__init__.py"
    ]
    known = equivalent()
    for file in files:
        found = try_file(file, known)
        counts = Counter(each["outcome"] for each in found["mutants"])
        print(found["file"], found.get("wrong", dict(counts)), flush=True)
    return report()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
