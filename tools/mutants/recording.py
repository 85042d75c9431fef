"""Which lines each test runs, and how long it takes: what a mistake's tests are chosen by.

A recording is kept in build/mutants/recording, a file for each file of tests, and made anew where that file of tests,
or one of ours that it runs, has changed.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from hashlib import sha256
from pathlib import Path
from typing import Any

RECORDINGS = Path("build/mutants/recording")
ROOMS = ("logic", "rules", "measures")
SLOWEST_SECONDS = 20.0
"""A test that takes longer is asked of no mistake."""
NOT_ASKED = {"browser", "postgres", "shared_postgres", "spark", "real_data"}
"""Fixtures that start programs, or need what is not everywhere."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A test: what pytest knows it by, its seconds of processor, and the digest of its file."""

    test: str
    seconds: float
    stamp: str


@dataclass(frozen=True, slots=True)
class Recording:
    """All tests, and for each file the numbers of those that run a line. `at_import`: lines that importing runs."""

    tests: list[Asked]
    lines: Mapping[str, Mapping[int, Sequence[int]]]
    at_import: Mapping[str, set[int]]


def stamp_of(file: Path) -> str:
    """A digest of what is in a file."""
    return sha256(file.read_bytes()).hexdigest()[:16] if file.exists() else ""


def gentle(session: Any) -> None:
    """Tests that draw examples draw few, always the same, and seek no smaller ones."""
    from hypothesis import HealthCheck, Phase, settings

    for item in session.items:
        function = getattr(item, "function", None)
        drawn = getattr(function, "_hypothesis_internal_use_settings", None)
        if function is not None and drawn is not None:
            function._hypothesis_internal_use_settings = settings(
                drawn,
                max_examples=min(drawn.max_examples, 40),
                derandomize=True,
                database=None,
                deadline=None,
                phases=(Phase.explicit, Phase.generate),
                suppress_health_check=list(HealthCheck),
            )


class House:
    """A plugin of pytest: instead of running what was collected it does something else with it."""

    def __init__(self, then: Callable[[House], None]) -> None:
        self._then = then
        self.failed = False
        self.passed = False
        self.items: dict[str, Any] = {}

    def pytest_runtestloop(self, session: Any) -> bool:
        """What was collected, by name."""
        gentle(session)
        self.items = {item.nodeid: item for item in session.items}
        self._then(self)
        return True

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Remembers how the last one ended."""
        self.failed |= report.failed
        self.passed |= report.when == "call" and report.passed

    def run(self, test: str, following: str | None = None) -> bool:
        """Whether a test passes. One that is skipped does not."""
        self.failed = self.passed = False
        item, after = self.items[test], self.items[following] if following else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        return self.passed and not self.failed


def open_house(tests: Iterable[str], then: Callable[[House], None], *more: str) -> int:
    """Collects tests in this process, for `then`. Gives pytest's number; nothing is printed but by `then`."""
    import pytest

    quiet = ("-q", "-s", "-W", "ignore::pytest.PytestAssertRewriteWarning", "-p", "no:cacheprovider", "-p", "no:xdist")
    return int(pytest.main([*quiet, *more, *tests], plugins=[House(then)]))


def forget() -> None:
    """Empties what our functions remember of earlier calls: each test runs what it asks for."""
    for name, module in list(sys.modules.items()):
        if name.startswith("checker."):
            for value in list(vars(module).values()):
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()


def be_quiet() -> None:
    """Sends what is printed from now on nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def record(file: Path) -> None:
    """Runs a file of tests in a child, and keeps what each ran."""
    child = os.fork()
    if child == 0:
        be_quiet()
        os._exit(_record(file))
    os.waitpid(child, 0)


def _record(file: Path) -> int:
    import coverage

    rooms = [str(Path("checker", room).resolve() / "*") for room in ROOMS]
    tracer = coverage.Coverage(data_file=None, include=rooms, config_file=False, messages=False)
    tracer.start()
    seconds: dict[str, float] = {}

    def run_all(house: House) -> None:
        names = list(house.items)
        for number, (test, item) in enumerate(house.items.items()):
            if NOT_ASKED & set(getattr(item, "fixturenames", ())):
                continue
            forget()
            tracer.switch_context(test)
            began = time.process_time()
            if house.run(test, names[number + 1] if number + 1 < len(names) else None):
                seconds[test] = time.process_time() - began
            tracer.switch_context("between")

    number = open_house([str(file)], run_all)
    tracer.stop()
    data = tracer.get_data()
    lines: dict[str, dict[str, list[int]]] = defaultdict(dict)
    at_import: dict[str, list[int]] = {}
    for measured in data.measured_files():
        name = Path(measured).relative_to(Path.cwd()).as_posix()
        for line, contexts in data.contexts_by_lineno(measured).items():
            if "" in contexts:
                at_import.setdefault(name, []).append(line)
            for test in set(contexts) & set(seconds):
                lines[test].setdefault(name, []).append(line)
    files = set(at_import) | {name for found in lines.values() for name in found}
    kept = {
        "stamp": stamp_of(file),
        "ran": {name: stamp_of(Path(name)) for name in sorted(files)},
        "seconds": seconds,
        "lines": {test: found for test, found in lines.items() if seconds[test] <= SLOWEST_SECONDS},
        "at_import": at_import,
    }
    _path_of(file).parent.mkdir(parents=True, exist_ok=True)
    _path_of(file).write_text(json.dumps(kept))
    return number


def _path_of(file: Path) -> Path:
    return RECORDINGS / (".".join(file.with_suffix("").parts) + ".json")


def is_stale(file: Path) -> bool:
    """Whether a file of tests, or one of ours that it ran, is another than when it was recorded."""
    if not _path_of(file).exists():
        return True
    kept = json.loads(_path_of(file).read_text())
    return bool(
        kept["stamp"] != stamp_of(file) or any(stamp_of(Path(name)) != stamp for name, stamp in kept["ran"].items())
    )


def recording(files: Sequence[Path]) -> Recording:
    """What is kept of these files of tests."""
    tests: list[Asked] = []
    lines: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    at_import: dict[str, set[int]] = defaultdict(set)
    for file in files:
        if not _path_of(file).exists():
            continue
        kept = json.loads(_path_of(file).read_text())
        for name, found in kept["at_import"].items():
            at_import[name] |= set(found)
        for test, ran in kept["lines"].items():
            for name, found in ran.items():
                for line in found:
                    lines[name][line].append(len(tests))
            tests.append(Asked(test, kept["seconds"][test], kept["stamp"]))
    return Recording(tests, lines, at_import)
